import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fetching.fetcher import Fetched
from index.sources.html import read_html
from index.sources.parsers.charsets import decode
from index.sources.web import article_of

PRICE = "Paid 5 € – “a café’s price”…"
RUSSIAN = "Ночной паром опоздал на три часа, и никто не пожаловался."
JAPANESE = "夜のフェリーは三時間遅れたが、誰も苦情を言わなかった。"
CHINESE = "夜间渡轮晚点三小时，没有人抱怨。"


def meta(label: str) -> bytes:
    return f'<html><head><meta charset="{label}"></head>'.encode()


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii", "cp1252"])
def test_latin_1_is_windows_1252_as_in_browsers(label: str) -> None:
    assert decode(PRICE.encode("cp1252"), label) == PRICE
    assert decode(meta(label) + PRICE.encode("cp1252")).endswith(PRICE)


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("shift_jis", "cp932", "①" + JAPANESE),
        ("gb2312", "gbk", "镕" + CHINESE),
        ("big5", "big5hkscs", "夜間渡輪"),
        ("ks_c_5601-1987", "cp949", "뷁 야간 여객선"),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("koi8-r", "koi8_r", RUSSIAN),
        ("iso-8859-9", "cp1254", "Gece vapuru – 5 €"),
        ("utf-16le", "utf-16-le", RUSSIAN),
    ],
)
def test_labels_mean_what_they_mean_in_browsers(label: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), label) == text


@pytest.mark.parametrize("label", [None, "iso-8859-1", "shift_jis", "klingon"])
def test_what_is_valid_utf_8_is_utf_8_whatever_is_declared(label: str | None) -> None:
    assert decode(PRICE.encode(), label) == PRICE


def test_a_byte_order_mark_decides_and_is_no_part_of_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + PRICE.encode(), "iso-8859-1") == PRICE
    assert decode(codecs.BOM_UTF16_BE + PRICE.encode("utf-16-be"), "utf-8") == PRICE
    assert decode(codecs.BOM_UTF16_LE + PRICE.encode("utf-16-le")) == PRICE


def test_the_server_is_believed_before_the_page() -> None:
    assert decode(meta("windows-1252") + RUSSIAN.encode("cp1251"), "cp1251").endswith(RUSSIAN)
    assert decode(meta("windows-1251") + RUSSIAN.encode("cp1251"), "klingon").endswith(RUSSIAN)


def test_utf_8_with_quotes_of_another_encoding_keeps_both() -> None:
    text = decode(PRICE.encode() + b" \x93caf\xe9\x94", "utf-8")
    assert text == f"{PRICE} “café”"


@pytest.mark.parametrize("declared", [None, "utf-8", "replacement", "hz-gb-2312"])
def test_what_is_not_declared_is_told_by_language_script_or_habit(declared: str | None) -> None:
    czech = "Noční přívoz měl tři hodiny zpoždění."
    assert decode(b"<html lang='cs'>" + czech.encode("cp1250"), declared).endswith(czech)
    assert decode(b"<html lang='cs-CZ'>" + czech.encode("cp1250"), declared).endswith(czech)
    assert decode(b"<html lang=zh-TW>" + "夜間渡輪".encode("big5"), declared).endswith("夜間渡輪")
    assert decode(RUSSIAN.encode("cp1251"), declared) == RUSSIAN
    assert decode(b"<html lang=ja>" + JAPANESE.encode("euc_jp"), declared).endswith(JAPANESE)
    assert decode(PRICE.encode("cp1252"), declared) == PRICE


@given(st.binary(max_size=300), st.sampled_from([None, "utf-16", "big5", "iso-2022-jp", "x"]))
def test_any_bytes_are_decoded(content: bytes, label: str | None) -> None:
    decode(content, label).encode("utf-8", "surrogatepass")


WORDS = "café naïve “so” l’été 5 € – … señor Ærø Straße über crème brûlée and the rest".split()


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.sampled_from([None, "utf-8", "latin1"]))
def test_words_in_windows_1252_are_read(text: str, label: str | None) -> None:
    assert decode(text.encode("cp1252"), label) == text


def test_pages_and_texts_are_read_alike() -> None:
    prose = f"The night ferry was late. {PRICE} " * 8
    page = f"<html><body><article><h1>Late</h1><p>{prose}</p></article></body></html>"
    content = page.encode("cp1252")
    assert PRICE in read_html(content, "page.html", "shared", charset="iso-8859-1").text
    url, content = "https://coast.example/a", prose.encode("cp1252")
    fetched = Fetched(url, content, "text/plain", "latin1", {})
    assert PRICE in article_of(fetched, "shared").text
