"""The invented sites around the labelled pages: navigation, teasers, banners, sidebars, footers.

Each site is a function of what is on the page. The first five are of the half that rules are tuned
on, the others of the half that is held back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

Words = dict[str, str]
"""The words of a language on all sites; alternatives are separated by "|"."""


@dataclass(frozen=True)
class Content:
    """What a site shows.

    Args:
        main: markup of the article, or of the notice or list in its place.
        head: markup of the head; None for what the site says of its articles.
        is_story: whether the site shows it as it shows articles, with a byline.
        number: makes the teasers of pages differ.
    """

    title: str
    main: str
    head: str | None
    is_story: bool
    language: str
    words: Words
    number: int

    def pick(self, key: str, number: int = 0) -> str:
        """One of the alternatives of a word."""
        alternatives = self.words[key].split("|")
        return alternatives[number % len(alternatives)]

    def page(self, head: str, body: str) -> str:
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{self.title}</title>{head if self.head is None else self.head}"
            f"</head><body>{body}</body></html>"
        )

    def nav(self) -> str:
        names = self.words["nav"].split("|")
        items = "".join(f'<li><a href="/s{n}/">{name}</a></li>' for n, name in enumerate(names))
        return f"<ul>{items}</ul>"

    def links(self, count: int) -> str:
        """A list of headlines."""
        items = (
            f'<li><a href="/story/{n}">{self.pick("heads", self.number + n)}</a></li>'
            for n in range(count)
        )
        return f"<ul>{''.join(items)}</ul>"

    def teasers(self, count: int, form: str) -> str:
        """Headlines with summaries.

        Args:
            form: markup with "{head}", "{sum}" and "{url}".
        """
        return "".join(
            form.replace("{head}", self.pick("heads", self.number + n))
            .replace("{sum}", self.pick("sums", self.number + n))
            .replace("{more}", self.words["more"])
            .replace("{url}", f"/story/{n}.html")
            for n in range(count)
        )

    def footer(self) -> str:
        first, *others = self.words["footer"].split("|")
        links = "".join(f'<a href="/about/{n}">{name}</a> ' for n, name in enumerate(others))
        return f"<p>{first}</p>{links}"


def linked_data(**properties: object) -> str:
    data = {"@context": "https://schema.org", **properties}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def broadsheet(page: Content) -> str:
    w = page.words
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title"'
        f' content="{page.title}">'
        '<link rel="canonical" href="https://gazette.example/2024/03/05/story-4711">'
        + linked_data(**{"@type": "NewsArticle"}, headline=page.title, datePublished="2024-03-05")
    )
    main = f"<h1>{page.title}</h1>{page.main}"
    if page.is_story:
        main = (
            f'<article class="story"><header><h1>{page.title}</h1><p class="byline">{w["by"]}'
            ' <a href="/a/roe">Ann Roe</a>, <time datetime="2024-03-05">5.3.</time></p></header>'
            f'<div class="article-body">{page.main}</div><div class="tags">'
            f'<a href="/t/1">{page.pick("nav", 1)}</a></div></article>'
        )
    teaser = '<article><h3><a href="{url}">{head}</a></h3><p>{sum}</p></article>'
    return page.page(
        head,
        f'<header><a href="/"><img src="/logo.svg" alt="Gazette"></a><nav>{page.nav()}</nav>'
        f'<a href="/login">{w["signin"]}</a><a class="cta" href="/subscribe">{w["subscribe"]}</a>'
        f'</header><main>{main}<aside class="related"><h2>{w["related"]}</h2>'
        f"{page.teasers(3, teaser)}</aside></main><footer>{page.footer()}</footer>"
        f'<div id="cookie-banner"><p>{w["cookies"]}</p><button>{w["accept"]}</button>'
        f"<button>{w['settings']}</button></div>",
    )


def blog(page: Content) -> str:
    w = page.words
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title"'
        f' content="{page.title}"><meta property="article:published_time"'
        ' content="2024-03-05T08:00:00+00:00"><meta name="generator" content="WordPress 6.4">'
    )
    main = f'<h1 class="page-title">{page.title}</h1>{page.main}'
    if page.is_story:
        main = (
            '<article id="post-8" class="post type-post hentry"><header class="entry-header">'
            f'<h1 class="entry-title">{page.title}</h1><span class="posted-on">5.3.2024</span>'
            f'</header><div class="entry-content">{page.main}</div>'
            f'<footer class="entry-footer">{w["tags"]}: <a href="/t/2">{page.pick("nav", 2)}</a>'
            '</footer></article><div id="comments"><div id="respond"><p class="must-log-in">'
            f'<a href="/wp-login.php">{page.pick("comment")}</a></p></div></div>'
        )
    return page.page(
        head,
        f'<div id="page"><div id="masthead">{page.nav()}</div><div id="content"><div id="primary">'
        f'{main}</div><div id="secondary" class="widget-area"><section class="widget">'
        f'<form role="search"><input type="search" name="s"><button>{w["search"]}</button></form>'
        f'</section><section class="widget"><h2>{w["read"]}</h2>{page.links(5)}</section>'
        f'<section class="widget"><p>{page.pick("newsletter")}</p><form><input type="email"'
        f' placeholder="{w["email"]}"><button>{w["subscribe"]}</button></form></section></div>'
        f'</div><div id="colophon">{page.footer()}</div></div>',
    )


def old(page: Content) -> str:
    w = page.words
    by = f"<i>{w['by']} A. Roe</i><br>" if page.is_story else ""
    return page.page(
        "",
        f'<table width="980"><tr><td colspan="3" class="top">{page.nav()}</td></tr><tr>'
        f'<td class="left"><b>{w["read"]}</b>{page.links(4)}</td><td class="center">'
        f"<h1>{page.title}</h1>{by}{page.main}</td>"
        f'<td class="right"><b>{w["related"]}</b>{page.links(3)}<p>{page.pick("support")}</p></td>'
        f'</tr><tr><td colspan="3" class="bottom">{page.footer()}</td></tr></table>',
    )


def portal(page: Content) -> str:
    w = page.words
    head = (
        f'<meta property="og:type" content="website"><meta property="og:title"'
        f' content="{page.title}">' + linked_data(**{"@type": "WebPage"}, name=page.title)
    )
    by = f'<div class="css-9a"><span>{w["by"]} Ann Roe</span></div>' if page.is_story else ""
    card = '<div class="css-k2"><a href="{url}"><h3>{head}</h3></a><p>{sum}</p></div>'
    return page.page(
        head,
        f'<div id="app"><div class="css-h1">{page.nav()}<a href="/account">{w["signin"]}</a></div>'
        f'<main class="css-m4"><div class="css-t1"><h1>{page.title}</h1></div>{by}'
        f'<div class="css-b7">{page.main}</div><div class="css-s3"><button>{w["share"]}</button>'
        f'</div><div class="css-n5"><h4>{page.pick("newsletter")}</h4><form><input type="email">'
        f'<button>{w["subscribe"]}</button></form></div></main><section class="css-r6">'
        f"<h2>{w['related']}</h2>{page.teasers(4, card)}</section>"
        f'<div class="css-f8">{page.footer()}</div><div class="css-c0" role="dialog">'
        f"<p>{w['cookies']}</p><button>{w['accept']}</button></div></div>",
    )


def plain(page: Content) -> str:
    return page.page("", f"<h1>{page.title}</h1>{page.main}")


def tabloid(page: Content) -> str:
    w = page.words
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title"'
        f' content="{page.title}"><meta name="description" content="{page.title}">'
    )
    by = f'<div class="author-line">{w["by"]} Ben Lorne | 17.4.2024</div>' if page.is_story else ""
    tile = (
        '<div class="tile"><a href="{url}"><img src="/i.jpg" alt=""><span class="kicker">+</span>'
        '<strong class="headline">{head}</strong><span class="abstract">{sum}</span></a></div>'
    )
    return page.page(
        head,
        f'<div class="topbar">{page.nav()}<a href="/plus">{w["subscribe"]}</a>'
        f'<a href="/user/login">{w["signin"]}</a></div><section class="content">'
        f'<h1 class="hl">{page.title}</h1>{by}<div class="ad-slot"></div>{page.main}'
        f'<div class="ad-slot"></div></section><section class="stream"><h2>{w["read"]}</h2>'
        f"{page.teasers(6, tile)}</section>"
        f'<div class="newsletter-box"><b>{page.pick("newsletter", 1)}</b><input type="email">'
        f'<button>{w["subscribe"]}</button></div><div class="bottomline">{page.footer()}</div>',
    )


def amp(page: Content) -> str:
    w = page.words
    head = '<link rel="canonical" href="https://coast.example/news/coast-item-88">' + linked_data(
        **{"@type": ["NewsArticle"]},
        headline=page.title,
        datePublished="2024-04-17T06:30:00Z",
        publisher={"@type": "NewsMediaOrganization", "name": "Coast Herald"},
    )
    byline = (
        f'<div class="meta"><address>{w["by"]} B. Lorne</address>'
        '<time datetime="2024-04-17T06:30:00Z">17.4.2024</time></div>'
    )
    return page.page(
        head,
        f'<amp-sidebar id="side"><nav>{page.nav()}</nav></amp-sidebar><header class="amp-top">'
        f'<a href="/">Coast Herald</a></header><main role="main"><h1>{page.title}</h1>'
        f'{byline if page.is_story else ""}<amp-img src="/a.jpg"></amp-img>{page.main}</main>'
        f'<section class="amp-related"><h3>{w["related"]}</h3>{page.links(4)}</section>'
        f'<footer>{page.footer()}</footer><amp-consent><div id="consent-ui">{w["cookies"]}'
        f"<button>{w['accept']}</button></div></amp-consent>",
    )


def regional(page: Content) -> str:
    w = page.words
    text = f'<div class="fulltext" itemprop="articleBody">{page.main}</div>'
    main = (
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">'
        f"{page.title}</h1><small>{w['by']} B. Lorne</small>{text}</div>"
        if page.is_story
        else f"<h1>{page.title}</h1>{page.main}"
    )
    return page.page(
        '<meta name="viewport" content="width=device-width">',
        f'<div class="container"><div class="navbar">{page.nav()}</div><div class="row">'
        f'<div class="col-md-8">{main}<p class="comment-hint"><a href="/login">'
        f'{page.pick("comment", 1)}</a></p></div><div class="col-md-4"><form action="/login">'
        f'<label>{w["signin"]}</label><input name="user"><input type="password" name="pw">'
        f"<button>OK</button></form><h4>{w['read']}</h4>{page.links(6)}</div></div>"
        f'<div class="foot">{page.footer()}</div></div>',
    )


def magazine(page: Content) -> str:
    w = page.words
    head = '<meta property="og:type" content="website">' + linked_data(
        **{
            "@graph": [
                {"@type": "WebSite", "name": "Tide Magazine", "url": "https://tide.example/"},
                {"@type": "Organization", "name": "Tide"},
            ]
        }
    )
    main = f'<h1 class="display">{page.title}</h1>{page.main}'
    if page.is_story:
        main = (
            f'<article class="longread"><p class="kicker"><a href="/k">{page.pick("nav")}</a></p>'
            f'<h1 class="display">{page.title}</h1><p class="credit">{w["by"]} B. Lorne</p>'
            f'<section class="copy">{page.main}</section></article>'
        )
    card = (
        '<article class="card"><h4><a href="{url}">{head}</a></h4><p class="dek">{sum}</p>'
        '<a class="more" href="{url}">{more}</a></article>'
    )
    return page.page(
        head,
        f'<header class="masthead"><nav>{page.nav()}</nav></header><main>{main}</main>'
        f'<div class="support-strip"><p>{page.pick("support", 1)}</p>'
        f'<a class="btn" href="/join">{w["subscribe"]}</a></div>'
        f'<section class="cards"><h2>{w["related"]}</h2>{page.teasers(4, card)}</section>'
        f'<footer>{page.footer()}</footer><div class="modal" style="display:none"><form>'
        f'<h3>{w["signin"]}</h3><input type="email"><input type="password"></form></div>',
    )


SITES: dict[str, Callable[[Content], str]] = {
    site.__name__: site
    for site in (broadsheet, blog, old, portal, plain, tabloid, amp, regional, magazine)
}
