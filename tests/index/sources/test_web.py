"""Links: what they lead to is fetched and read."""

from collections.abc import Iterator
from datetime import date

import pytest

from index import Article, SourceError
from index.fetching.guard import Guard
from index.sources.web import read_link
from tests.index.site import Page, Site, running_site
from tests.index.sources.hostile import page_of, pdf, stream

FERRY = "The night ferry reached Port Ellery three hours late on Thursday, Captain Holm said."
RAIN = "Forty passengers had to stand in the rain, and nobody complained about it at all."
HEAD = """<title>Ferry late again | Coast Post</title>
<meta property="og:title" content="Ferry late again"><meta name="author" content="Ida Berg">
<meta property="og:site_name" content="Coast Post">
<meta property="article:published_time" content="2025-10-09">"""


def page(body: str, head: str = HEAD) -> str:
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>"


NEWS = f"<article><h1>Ferry late again</h1><p>{FERRY}</p><p>{RAIN}</p></article>"
LINKS = "".join(
    f'<div><h3><a href="/{n}">Ferry number {n} comes late to the old harbor</a></h3>'
    f"<p>It happened again on day {n}. {RAIN}</p></div>"
    for n in range(12)
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def read(site: Site, url: str) -> Article | SourceError:
    return read_link(url, Guard({("127.0.0.1", site.port)}), "server-7")


def taken(site: Site, url: str) -> Article:
    found = read(site, url)
    assert isinstance(found, Article), found
    return found


def test_a_page_is_an_article_with_all_that_is_known_of_it(site: Site) -> None:
    site.redirect("/short", "/news/ferry")
    site.put("/news/ferry", page(NEWS))
    assert taken(site, site.url("/short#top")) == Article(
        "Ferry late again",
        f"{FERRY}\n\n{RAIN}",
        "Coast Post",
        date(2025, 10, 9),
        site.url("/news/ferry"),
        "server-7",
        "Ida Berg",
    )


@pytest.mark.parametrize(
    ("said", "is_taken"),
    [
        ("/news/ferry", True),
        ("/news/ferry.html", True),
        ("/m/news/ferry/amp", True),
        ("/", False),
        ("/news/otters", False),
        ("https://coast.example/news/ferry", False),
        ("http://[", False),
    ],
)
def test_a_page_says_its_own_address_only_where_it_means_itself(
    site: Site, said: str, is_taken: bool
) -> None:
    url = site.url("/news/ferry?from=front")
    canonical = site.url(said) if said.startswith("/") else said
    site.put(
        "/news/ferry?from=front", page(NEWS, f'{HEAD}<link rel="canonical" href="{canonical}">')
    )
    assert taken(site, url).url == (canonical if is_taken else url)


def test_the_encoding_that_the_server_says_is_taken_where_it_is_right(site: Site) -> None:
    content = page(NEWS.replace("Holm", "Hølm")).encode("latin-1")
    url = site.put("/a", content, "text/html; charset=iso-8859-1")
    assert "Captain Hølm" in taken(site, url).text
    url = site.put("/b", page(NEWS.replace("Holm", "Hølm")), "text/html; charset=nonsense")
    assert "Captain Hølm" in taken(site, url).text
    url = site.put("/c", page(NEWS.replace("Holm", "Hølm")), "text/html; charset=iso-8859-1")
    assert "Captain Hølm" in taken(site, url).text


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [("latin-1", "text/plain"), ("cp1251", "text/plain; charset=cp1251"), ("utf-8", "text/plain")],
)
def test_a_text_is_read_in_any_encoding(site: Site, encoding: str, kind: str) -> None:
    word = "Паром" if encoding == "cp1251" else "Fähre"
    assert word in taken(site, site.put("/a", f"{FERRY} {word}.".encode(encoding), kind)).text


def test_the_cells_of_a_table_are_told_apart(site: Site) -> None:
    rows = "<tr><th>Harbor</th><th>Delay</th></tr><tr><td>Port Ellery</td><td>3 hours</td></tr>"
    url = site.put("/a", page(f"<article><p>{FERRY}</p><table>{rows}</table><p>{RAIN}</p>"))
    assert taken(site, url).text.split("\n\n") == [
        FERRY,
        "Harbor | Delay",
        "Port Ellery | 3 hours",
        RAIN,
    ]


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        ("<p>Welcome.</p>", "", "no article was found"),
        ("<form>Log in: <input type=password></form><p>" + RAIN * 3, "", "asks for a password"),
        (LINKS, '<meta property="og:type" content="website">', "a list of links"),
        (f"<p>{RAIN * 2}</p>", '<meta property="og:type" content="video.other">', "a video"),
        (
            f"<article><p>{RAIN * 2}</p></article>",
            '<script type="application/ld+json">'
            '{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
            "only the beginning",
        ),
        (
            f"<article><p>{RAIN * 3}</p><p>To continue reading, subscribe now.</p></article>",
            "",
            "only the beginning",
        ),
        ("<p>You need to enable JavaScript to run this app. " + RAIN * 2, "", "no article was"),
        (f"<h1>Page not found</h1><p>This page was not found. {RAIN * 2}", "", "no article was"),
    ],
)
def test_a_page_without_a_whole_article_is_refused_with_the_reason(
    site: Site, body: str, head: str, reason: str
) -> None:
    found = read(site, site.put("/a", page(body, head)))
    assert isinstance(found, SourceError)
    assert reason in str(found)
    assert str(found).startswith(site.url("/a"))


@pytest.mark.parametrize("extra", ['<input type="password">', LINKS[:700], "<video></video>"])
def test_an_article_with_something_beside_it_is_taken(site: Site, extra: str) -> None:
    head = f'{HEAD}<meta property="og:type" content="article">'
    url = site.put("/a", page(f"{NEWS}<aside>{extra}</aside>", head))
    assert FERRY in taken(site, url).text


def test_a_heading_is_no_part_of_the_text(site: Site) -> None:
    body = NEWS.replace("<h1>Ferry late again</h1>", "<h1>Ferry late, once more</h1>")
    assert taken(site, site.put("/a", page(body))).text.startswith(FERRY)


def test_a_brief_item_that_calls_itself_an_article_is_taken(site: Site) -> None:
    head = '<meta property="og:type" content="article">'
    assert taken(site, site.put("/a", page(f"<article><p>{FERRY}</p>"))).text == FERRY
    assert taken(site, site.put("/b", page(f"<div><p>{FERRY}</p></div>", head))).text == FERRY


def test_a_plain_text_has_paragraphs_and_not_lines(site: Site) -> None:
    broken = FERRY.replace(" on ", " on\n")
    text = f"Ferry late again\n\n{broken}\nHe smiled.\n \n\n{RAIN}\n"
    article = taken(site, site.put("/news/ferry.txt", text, "text/plain; charset=utf-8"))
    assert article.title == "Ferry late again"
    assert article.text == f"{FERRY} He smiled.\n\n{RAIN}"
    assert article.url == site.url("/news/ferry.txt")


def test_lines_that_are_paragraphs_stay_apart(site: Site) -> None:
    article = taken(site, site.put("/ferry-notes", f"{FERRY}\n{RAIN}", "text/plain"))
    assert article.text == f"{FERRY}\n{RAIN}"
    assert article.title == "Ferry notes"


def test_what_a_text_says_of_itself_is_taken_but_its_address(site: Site) -> None:
    text = f"---\ntitle: Ferry\nurl: https://coast.example/a\npublished: 2025-10-09\n---\n{FERRY}"
    for kind in ("text/plain", "text/markdown"):
        article = taken(site, site.put("/a", text, kind))
        assert (article.title, article.published) == ("Ferry", date(2025, 10, 9))
        assert article.url == site.url("/a")


def drawn(*paragraphs: list[str]) -> bytes:
    """What draws some paragraphs of lines."""
    lines = b""
    for paragraph in paragraphs:
        for line in paragraph:
            lines += f"({line}) Tj 0 -14 Td\n".encode()
        lines += b"0 -20 Td\n"
    return b"BT /F 12 Tf 50 750 Td\n" + lines + b"ET"


def test_a_pdf_has_paragraphs_and_not_lines(site: Site) -> None:
    content = drawn(
        ["Ferry late again"],
        [
            "The night ferry reached Port Ellery three hours",
            "late, to the aston-",
            "ishment of all.",
        ],
        ["Nobody complained about it."],
    )
    url = site.put("/news/ferry.pdf", page_of(stream(content)), "application/pdf")
    article = taken(site, url)
    assert article.title == "Ferry late again"
    assert article.text == (
        "Ferry late again\n\n"
        "The night ferry reached Port Ellery three hours late, to the astonishment of all.\n\n"
        "Nobody complained about it."
    )
    assert article.url == url


def test_a_pdf_without_text_is_refused(site: Site) -> None:
    blank = pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
    )
    found = read(site, site.put("/a.pdf", blank, "application/pdf"))
    assert "this PDF contains no text" in str(found)


@pytest.mark.parametrize("date", [b"D:20269903", b"D:20251009120000Z"])
def test_the_date_of_a_pdf_file_is_no_date_of_publication(site: Site, date: bytes) -> None:
    content = page_of(stream(drawn([FERRY]))).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Info << /CreationDate (%s) /Title (Ferry) >>" % date
    )
    article = taken(site, site.put("/a.pdf", content, "application/pdf"))
    assert (article.title, article.published) == ("Ferry", None)


def test_what_is_not_there_is_refused(site: Site) -> None:
    site.pages["/known"] = Page(status=304)
    assert "sent no content" in str(read(site, site.url("/known")))
    site.pages["/nowhere"] = Page(status=302)
    assert "redirects without a target" in str(read(site, site.url("/nowhere")))
    assert "it does not exist (404)" in str(read(site, site.url("/nothing")))
    site.pages["/picture"] = Page(b"GIF89a", "image/gif")
    assert "the media type image/gif is not supported" in str(read(site, site.url("/picture")))
