import json

import pytest

from index.sources.html import read_html
from index.sources.parsers.pages.titles import without_site

PROSE = "<p>The night ferry reached Port Ellery three hours late, and nobody complained.</p>" * 4
SITE = '<meta property="og:site_name" content="The Coast Post">'
TITLE = "Night ferry late again"


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def linked_data(headline: object, **more: object) -> str:
    data = {"@type": "NewsArticle", "headline": headline, **more}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def title_of(head: str, before: str = "", header: str = "", url: str | None = None) -> str:
    page = (
        f"<html><head>{head}</head><body>{before}<article>{header}{PROSE}</article></body></html>"
    )
    return read_html(page.encode(), "page.html", "shared", fetched_from=url).title


@pytest.mark.parametrize(
    "window",
    [
        f"{TITLE} | The Coast Post",
        f"{TITLE} - Coast Post",
        f"{TITLE} — News — The Coast Post",
        f"{TITLE} | World News | coast post",
        f"{TITLE} · Coast Post Online",
        f"{TITLE} :: Post",
        f"Coast Post: {TITLE}",
        f"The Coast Post | {TITLE}",
    ],
)
def test_the_sites_name_is_no_part_of_the_title(window: str) -> None:
    assert title_of(f"<title>{window}</title>{SITE}") == TITLE
    assert title_of(og(window.replace(" — News", "").replace(" | World News", "")) + SITE) == TITLE


@pytest.mark.parametrize(
    ("window", "url"),
    [
        (f"{TITLE} - Coast Post", "https://www.coastpost.example/a"),
        (f"{TITLE} – coastpost.example", "https://www.coastpost.example/a"),
        (f"{TITLE} | Some Other Site", None),
    ],
)
def test_a_site_is_known_by_its_host_or_a_bar(window: str, url: str | None) -> None:
    assert title_of(f"<title>{window}</title>", url=url) == TITLE


def test_a_site_is_known_by_its_json_ld() -> None:
    window = f"<title>{TITLE} - Coast Post</title>"
    assert title_of(window + linked_data(None, publisher={"name": "The Coast Post"})) == TITLE
    site = '<script type="application/ld+json">{"@type": "WebSite", "name": "Coast Post"}</script>'
    assert title_of(window + site) == TITLE


def test_a_short_title_stands_before_a_whole_name_only() -> None:
    url = "https://www.coastpost.example/a"
    assert title_of("<title>Late - coastpost.example</title>", url=url) == "Late"
    assert without_site("Late - Coast", ["Coast Post"]) == "Late - Coast"
    assert without_site("Night ferry late - Coast", ["Coast Post"]) == "Night ferry late"


def test_a_part_of_a_host_is_not_the_start_of_a_name() -> None:
    title = "Ferry late again - News from the quay"
    assert title_of(f"<title>{title}</title>", url="https://news.coast.example/a") == title


@pytest.mark.parametrize(
    "title",
    [
        "Coast Post wins a prize",
        "Ferries – what we know so far",
        "Opinion | The quay needs a plan",
        "Ferry strike - live",
        "Ferry strike goes on | live",
        "Obituary | Jo Weir",
        "Coast | A history of the harbor",
        "Late: ferries, buses and trains",
        "Wait — for the post",
    ],
)
def test_a_separator_may_be_a_part_of_the_title(title: str) -> None:
    assert title_of(og(title) + SITE) == title
    assert title_of(f"<title>{title} | The Coast Post</title>{SITE}") == title
    assert title_of(og(title) + SITE, header=f"<h1>{title}</h1>") == title


@pytest.mark.parametrize("stray", ["News", "The Coast Post", "All the news of the coast", "Coast"])
@pytest.mark.parametrize(
    "head",
    [
        og(TITLE) + SITE,
        linked_data(TITLE, publisher={"@type": "Organization", "name": "The Coast Post"}),
        f"<title>{TITLE} | News | The Coast Post</title>{SITE}",
    ],
)
def test_the_heading_of_a_section_or_banner_is_not_the_title(stray: str, head: str) -> None:
    assert title_of(head, before=f"<header><h1>{stray}</h1></header>") == TITLE
    assert title_of(head, f"<h1>{stray}</h1>", f"<h1>{TITLE}</h1>") == TITLE


def test_a_heading_may_stand_before_the_article() -> None:
    window = f"<title>{TITLE} - Some Site</title>"
    assert title_of(window, before=f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(f"<title>News - {TITLE}</title>", before="<h1>News</h1>") == f"News - {TITLE}"
    assert title_of(SITE, before=f"<h1>The Coast Post</h1><h1>{TITLE}</h1>") == TITLE


def test_the_heading_of_the_article_is_its_title_if_the_metadata_words_it_otherwise() -> None:
    head = og("Late ferry: what we know") + SITE
    assert title_of(head, header=f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(head, before=f"<h1>{TITLE}</h1>") == "Late ferry: what we know"
    assert title_of(head, header="<h1>More of the coast</h1>") == "Late ferry: what we know"
    assert title_of(head, header="<h1>All we tell about the coast</h1>") == (
        "Late ferry: what we know"
    )
    assert title_of(head, header="<h1>Late</h1>") == "Late ferry: what we know"


@pytest.mark.parametrize("separator", ["_", "-", "–", "｜", "|", " - "])
def test_in_east_asia_a_separator_needs_no_spaces(separator: str) -> None:
    window = f"<title>夜间渡轮晚点{separator}海岸日报</title>"
    assert title_of(f'{window}<meta property="og:site_name" content="海岸日报">') == "夜间渡轮晚点"
    assert title_of(window, before="<h1>夜间渡轮晚点</h1>") == "夜间渡轮晚点"
    assert title_of("<title>Night_ferry-late</title>") == "Night_ferry-late"
    assert without_site("G7-峰会", ["峰会"]) == "G7-峰会"


def test_a_short_title_is_known_by_the_heading() -> None:
    assert title_of("<title>Ferry late | Coast Post</title>", "<h1>Ferry late</h1>") == "Ferry late"
    window = "<title>Ferry | Night ferry late again - Coast</title>"
    assert title_of(window, "<h1>Ferry</h1>") != "Ferry"


def test_a_title_that_is_cut_off_is_completed() -> None:
    cut = "Night ferry late ag…"
    assert title_of(og(cut), header=f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(linked_data("Night ferry...") + og(TITLE)) == TITLE
    assert title_of(og(cut), header="<h1>Another ferry</h1>") == cut
    assert title_of(og("Night ferry"), f"<h1>{TITLE}</h1>") == "Night ferry"


@pytest.mark.parametrize(
    "heading",
    [
        f"<span>KNOWHOW</span> {TITLE}",
        f"{TITLE} <small>Subscribers</small>",
        "<span>Night</span><span>ferry</span><span>late again</span>",
    ],
)
def test_a_label_in_the_heading_is_no_part_of_the_title(heading: str) -> None:
    assert title_of(og(TITLE), header=f"<h1>{heading}</h1>") == TITLE


def test_the_heading_is_as_the_page_shows_it() -> None:
    header = "<h1>Night <em>ferry</em><br>late again<sup>1</sup></h1>"
    assert title_of(og("Night Ferry Late Again"), header=header) == TITLE
    assert title_of("", header=header) == TITLE


def test_a_windows_title_is_the_least_reliable() -> None:
    assert title_of("<title>Home</title>", header=f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(f"<title>Home</title>{linked_data(TITLE)}") == TITLE
    assert title_of(f"<title>{TITLE}</title>", header="<h1>World</h1>") == TITLE
    assert title_of(og("The Coast Post") + SITE, header=f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(f"<title>The Coast Post</title>{SITE}", f"<h1>{TITLE}</h1>") == TITLE
    assert title_of(f"<title>The Coast Post</title>{SITE}", header=f"<h1>{TITLE}</h1>") == TITLE


def test_markup_in_metadata_is_read() -> None:
    assert title_of(linked_data("Smith &amp; Sons &#8211; <i>sold</i>")) == "Smith & Sons – sold"


@pytest.mark.parametrize("headline", [None, 7, ["a"], {"a": 1}, "", " "])
def test_a_headline_that_is_no_text_is_none(headline: object) -> None:
    assert title_of(linked_data(headline, publisher="Coast Post"), header=f"<h1>{TITLE}</h1>")
    assert title_of(linked_data(headline, publisher={"name": headline}) + og(TITLE)) == TITLE


@pytest.mark.parametrize("name", ["The Coast Post", "Coast Post", "coastpost", "@CoastPost"])
def test_names_are_compared_by_their_letters(name: str) -> None:
    assert without_site("Late | Coast Post", [name]) == "Late"
    assert without_site("Coast Post | Late", [name]) == "Late"
    assert without_site("Late | Ridge Gazette", [name]) == "Late | Ridge Gazette"
    assert without_site(" | ", [name]) == " | "


@pytest.mark.parametrize("url", ["http://[", "//", "", "mailto:a@b.example", "http://a:b@c:d/"])
def test_any_canonical_url_is_survived(url: str) -> None:
    assert title_of(f"<link rel='canonical' href='{url}'>{og(TITLE)}") == TITLE


def test_the_title_is_no_part_of_the_text() -> None:
    page = (
        f"<html><head>{linked_data(TITLE)}{og('Ferry late')}</head><body><article><h2>{TITLE}</h2>"
        f"{PROSE}</article></body></html>"
    )
    article = read_html(page.encode(), "page.html", "shared")
    assert article.title == TITLE
    assert article.text.startswith("The night ferry reached")
