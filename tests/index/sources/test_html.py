from datetime import UTC, date, datetime

import pytest

from index import Article, SourceError
from index.sources.html import read_html

PAGE = """<!doctype html><html lang="en"><head>
<meta charset="{charset}"><title>Ferry late again | Coast Post</title>
<meta property="og:title" content="Ferry late again">
<meta property="og:site_name" content="Coast Post">
<meta property="article:published_time" content="2025-10-09T08:05:00Z">
<link rel="canonical" href="https://coast.example/news/ferry">
</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
<article><h1>Ferry late again</h1>
<p>The night ferry reached Port Ellery three hours late on Thursday, Captain Søren Holm said.</p>
<p>“Nobody complained,” he said, although <b>forty passengers</b> had to stand in the rain.</p>
</article>
<aside class="comments"><p>Great article, I love it so much, thanks for it!</p></aside>
<footer>Copyright Coast Post. All rights reserved.</footer>
</body></html>"""


def read(content: str, charset: str = "utf-8") -> Article:
    page = content.replace("{charset}", charset).encode(charset)
    return read_html(page, "saved/night-ferry.html", "shared")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_saved_page_gives_its_article_and_what_is_known_of_it(charset: str) -> None:
    article = read(PAGE, charset)
    assert article.title == "Ferry late again"
    assert article.publisher == "Coast Post"
    assert article.published == datetime(2025, 10, 9, 8, 5, tzinfo=UTC)
    assert article.url == "https://coast.example/news/ferry"
    assert article.text == (
        "The night ferry reached Port Ellery three hours late on Thursday, Captain Søren Holm"
        " said.\n\n“Nobody complained,” he said, although forty passengers had to stand in the"
        " rain."
    )


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2025-10-09T23:30:00-05:00", datetime.fromisoformat("2025-10-09T23:30:00-05:00")),
        ("2025-10-09", date(2025, 10, 9)),
        ("2025-10-09T08:05:00", date(2025, 10, 9)),  # in which zone, nobody knows
    ],
)
def test_a_date_is_kept_as_it_is_known(stated: str, published: date) -> None:
    assert read(PAGE.replace("2025-10-09T08:05:00Z", stated)).published == published


STATED = '<meta property="article:published_time" content="2025-10-09T08:05:00Z">'


def linked_data(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


ARTICLE = '"@type": "NewsArticle", "datePublished": "2025-10-09"'


@pytest.mark.parametrize(
    "head",
    [
        linked_data(f'{{"dateModified": "2025-11-01", {ARTICLE}}}'),
        linked_data(
            f'{{"@graph": [{{"@type": "WebPage", "datePublished": "2020-01-02"}}, {{{ARTICLE}}}]}}'
        ),
        linked_data('{"@type": "VideoObject", "datePublished": "2021-01-01"}')
        + linked_data(f"{{{ARTICLE}}}"),
        linked_data(f'{{"comment": [{{"datePublished": "2025-10-11"}}], {ARTICLE}}}'),
        linked_data('{"@type": "NewsArticle", "datePublished": "2025-10-09T08:05:00+99:00"}'),
        '<meta property="article:modified_time" content="2025-11-01">'
        + linked_data(f"{{{ARTICLE}}}"),
        '<meta property="og:updated_time" content="2025-11-01">'
        '<meta name="date" content="2025-10-09">',
    ],
)
def test_the_date_of_publication_of_the_article_itself_is_read(head: str) -> None:
    assert read(PAGE.replace(STATED, head)).published == date(2025, 10, 9)


@pytest.mark.parametrize(
    "header",
    [
        '<time datetime="2025-10-09">Thursday</time>',
        '<p>Updated <time datetime="2025-11-01">later</time></p>'
        '<p>Published <time datetime="2025-10-09">Thursday</time></p>',
        '<p class="byline">By Ann Roe | 9 October 2025</p>',
        "<p>Published on October 9, 2025</p>",
    ],
)
def test_a_date_above_the_text_is_read(header: str) -> None:
    page = PAGE.replace(STATED, "").replace("</h1>", f"</h1>{header}")
    assert read(page).published == date(2025, 10, 9)


@pytest.mark.parametrize(
    "stray",
    [
        "<footer>Copyright 2019 Coast Post</footer>",
        "<footer>© 2008–2019 Coast Post, phone 020 2019 0101, ISSN 2019-0102</footer>",
        '<img src="/media/2019/01/01/boat.jpg" alt="">',
        '<link rel="stylesheet" href="/css/2019-01-01/site.css">',
        '<div class="related"><article><time datetime="2020-02-02">old</time></article></div>',
        "<ul><li>Budget agreed, 3 April 2021</li></ul>",
        linked_data('{"@type": "ItemList", "itemListElement": [{"datePublished": "2022-02-02"}]}'),
        linked_data('{"@type": "NewsArticle", "datePublished": "0001-01-01T00:00:00Z"}'),
        linked_data('{"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00Z"}'),
        linked_data('{"@type": "NewsArticle", "datePublished": ["2025-10-09", {"a": 1}]'),
        '<div itemscope itemtype="https://schema.org/Review"><meta itemprop="datePublished"'
        ' content="2020-02-02"></div>',
    ],
)
def test_a_date_that_is_not_stated_is_none(stray: str) -> None:
    page = PAGE.replace(STATED, "").replace("</article>", f"</article>{stray}")
    assert read(page).published is None


def test_what_surrounds_the_article_is_left_out() -> None:
    text = read(PAGE).text
    for surroundings in ("Sport", "Great article", "Copyright"):
        assert surroundings not in text


def test_a_page_that_tells_no_title_is_named_after_its_file() -> None:
    page = "<html><body><article><p>" + "The night ferry was late, and it rained. " * 8
    assert read(page).title == "Night ferry"


@pytest.mark.parametrize("page", ["", "<html>", "<div>" * 3000, "\0\0"])
def test_a_page_without_an_article_is_refused_and_named(page: str) -> None:
    with pytest.raises(SourceError, match=r"^saved/night-ferry\.html: no article was found"):
        read(page)
