"""Which web pages have a complete article, and what people are told of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from index import Article, SourceError
from index.sources.html import REFUSALS, read_html
from index.sources.parsers.pages.kinds import signs_of
from index.sources.parsers.pages.words import WORDS

FERRY = "The night ferry reached Port Ellery three hours late on Thursday, Captain Holm said."
RAIN = "Forty passengers had to stand in the rain, and nobody complained about it at all."
LONG = f"<p>{FERRY}</p>" + f"<p>{RAIN} {FERRY} {RAIN}</p>" * 3
NAVIGATION = '<nav><a href="/">Home</a> <a href="/subscribe">Subscribe</a></nav>'


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Ferry</title>{head}</head><body>{NAVIGATION}{body}</body></html>"


def story(body: str, head: str = "") -> str:
    return page(f"<article><h1>Ferry late again</h1>{body}</article>", head)


def read(content: str) -> Article:
    return read_html(content.encode(), "page.html", "shared")


def refusal(content: str) -> str:
    """The reason why the page is refused."""
    with pytest.raises(SourceError) as refused:
        read(content)
    told = str(refused.value).removeprefix("page.html: ")
    return next(reason for reason, text in REFUSALS.items() if text == told)


def linked_data(data: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {data}}}</script>'


@pytest.mark.parametrize(
    "text",
    [
        "नदी पर बना नया पुल सोमवार को लोगों के लिए खोल दिया गया। शहर का रास्ता अब छोटा हो गया है।",
        "চরের মানুষের জন্য একটি ভাসমান হাসপাতাল মঙ্গলবার যাত্রা শুরু করেছে। ওষুধ দেওয়া হবে বিনা মূল্যে।",
        "مچھیروں نے تین سو افراد کو محفوظ مقام پر پہنچا دیا۔ کسی نقصان کی اطلاع نہیں ملی۔",
        "เรือข้ามฟากไฟฟ้าลำแรกของเมืองเริ่มให้บริการเมื่อวันจันทร์ โดยมีผู้โดยสารกว่าสองร้อยคนในเที่ยวแรก",
        "မြစ်ကမ်းရွာတွင် စာကြည့်တိုက်သစ်တစ်ခုကို တနင်္လာနေ့က ဖွင့်လှစ်ခဲ့သည်။ စာအုပ် သုံးထောင်ကျော် ရှိသည်။",
        "በተራራው መንደር አዲስ የንጹህ ውሃ ጉድጓድ ሰኞ ዕለት ተከፈተ። ከሦስት መቶ በላይ ቤተሰቦች ይጠቀማሉ።",
        "Լեռնային գյուղում երկուշաբթի օրը վերաբացվեց հին ջրաղացը։ Ալյուրն առաջին օրն իսկ վաճառվեց։",
        "瀬戸内の小さな島で月曜日、九年ぶりに小学校の入学式が開かれた。島民四十人が拍手で迎えた。",
    ],
)
def test_articles_in_all_scripts_are_taken(text: str) -> None:
    assert read(story(f"<p>{text}</p>")).text == text


@pytest.mark.parametrize("end", ["।", "۔", "။", "።", "։", "。", "؟", "!"])
def test_short_sentences_are_recognized_in_all_scripts(end: str) -> None:
    lines = [f"{words}{end}" for words in ("a" * 30, "b" * 35, "c" * 40)]
    assert read(story("".join(f"<p>{line}</p>" for line in lines))).text.split("\n\n") == lines
    assert refusal(story("".join(f"<p>{line[:-1]}</p>" for line in lines))) == "nothing"


@pytest.mark.parametrize("end", ["“", "«", " *", " →", "", " ★", " …"])
def test_a_paragraph_can_end_in_anything(end: str) -> None:
    paragraphs = f"<p>{FERRY[:-1]}{end}</p><p>{RAIN[:-1]}{end}</p>"
    assert RAIN[:-1] in read(story(paragraphs)).text
    assert RAIN[:-1] in read(page(f"<h1>Ferry</h1><div>{paragraphs}</div>")).text


def test_text_in_the_outermost_element_is_taken() -> None:
    (block,) = signs_of(fromstring(f"<div>{FERRY} {RAIN}</div>"), []).article
    assert block.text == f"{FERRY} {RAIN}"


def test_a_page_needs_neither_head_nor_body() -> None:
    bare = (
        f"<!doctype html><title>Ferry</title><article><h1>Ferry</h1><p>{FERRY} {RAIN}</p></article>"
    )
    assert RAIN in read(bare).text


@pytest.mark.parametrize("tag", ["article", "div"])
def test_short_lines_below_the_article_may_say_together_that_there_is_more(tag: str) -> None:
    lines = "Read on with Coast Plus", "Try four weeks for free.", "Do you have an account? Log in."
    offer = "".join(f"<p>{line}</p>" for line in lines)
    text = f"<h1>Ferry</h1><p>{FERRY}</p><p>{RAIN}</p>"
    assert refusal(page(f"<{tag}>{text}{offer}</{tag}>")) == "beginning"
    metered = "<p>You have 2 free articles left.</p><p><a href='/subscribe'>Subscribe</a></p>"
    assert RAIN in read(page(f"<{tag}>{text}{metered}</{tag}>")).text


def test_readers_comments_may_be_longer_than_the_article() -> None:
    said = "".join(f"<p>{RAIN} I was there on day {number}. {FERRY}</p>" for number in range(60))
    comments = f'<div id="comments" class="comment-list">{said}</div>'
    body = f"<h1>Ferry</h1><article><p>{FERRY}</p><p>{RAIN}</p></article>{comments}"
    assert RAIN in read(page(body)).text


def test_long_stories_that_begin_with_links_are_no_teasers() -> None:
    days = "".join(
        f'<div class="day"><h3><a href="/day/{number}">What happened on day {number}</a></h3>'
        + "".join(f"<p>{FERRY} {RAIN} It was noon {hour}.</p>" for hour in range(12))
        + "</div>"
        for number in range(3)
    )
    assert FERRY in read(page(f"<h1>Ferry</h1>{days}")).text


def test_one_long_line_is_taken() -> None:
    assert FERRY in read(page(f"<h1>Ferry</h1>{f'{FERRY} {RAIN} ' * 4}")).text


@pytest.mark.parametrize(
    "text",
    [
        "Two websites that use cookies without asking must pay 90,000 euros, an office said.",
        "It was just a moment of silence, yet forty thousand people kept it before kick-off.",
        "“Page not found” was all that the site of the county showed for six hours on Tuesday.",
        "The Herald wants readers to pay: a subscription to its stories costs four pounds a month.",
        "“You must log in to read this page, please”, said the only sign in the empty office.",
        "Entry to the show stays free for members only; all others pay two pounds at the gate.",
    ],
)
def test_news_about_what_notices_are_about_is_taken(text: str) -> None:
    assert read(story(f"<p>{FERRY}</p><p>{text}</p>")).text.endswith(text)
    assert text in read(story(f"<p>{text}</p>")).text


@pytest.mark.parametrize(
    "notice",
    [
        "This article is for subscribers.",
        "You have read all of your free stories. Register to carry on reading.",
        "Dieser Beitrag ist nur für Abonnenten. Mit dem Abo lesen Sie weiter.",
        "La suite de cet article est réservée aux abonnés.",
        "Regístrate gratis para seguir leyendo esta noticia.",
        "Suscríbete para leer el artículo completo.",
        "Assine e leia esta reportagem na íntegra.",
        "Accedi o abbonati per leggere il resto dell’articolo.",
    ],
)
def test_an_article_that_goes_on_elsewhere_is_refused_however_long_it_is(notice: str) -> None:
    assert refusal(story(f"<p>{FERRY}</p><p>{notice}</p>")) == "beginning"
    assert refusal(story(f"{LONG}<p>{notice}</p>")) == "beginning"
    box = f'<div><p>{notice}</p><a href="/offers">See offers</a></div>'
    assert refusal(page(f"<h1>Ferry</h1><div>{LONG}{box}</div>")) == "beginning"


def test_a_long_article_needs_a_clearer_notice_to_go_on_elsewhere() -> None:
    offer = "<p>Subscribe to the Gazette for full access to its archive of 140 years.</p>"
    assert refusal(story(f"{LONG}{offer}")) == "beginning"
    assert FERRY in read(story(f"{LONG * 4}{offer}")).text
    notice = "<p>Subscribe to read the rest of this article. It is only for members.</p>"
    assert refusal(story(f"{LONG * 4}{notice}")) == "beginning"


def test_a_dialog_can_say_that_an_article_goes_on() -> None:
    dialog = (
        '<div role="dialog"><p>You have used all free articles. Subscribe to continue.</p></div>'
    )
    assert refusal(page(f"{dialog}<article>{LONG}</article>")) == "beginning"
    cookies = '<div role="dialog"><p>We use cookies to show you ads. You can refuse.</p></div>'
    assert FERRY in read(page(f"{cookies}<article>{LONG}</article>")).text


def test_names_of_elements_tell_in_any_language_that_an_article_goes_on() -> None:
    box = '<div class="{}"><p>Πλήρες κείμενο</p><a href="/subscribe">Συνδρομή</a></div>'
    assert refusal(story(f"<p>{FERRY}</p>{box.format('article-paywall')}")) == "beginning"
    assert FERRY in read(story(f"<p>{FERRY}</p>{box.format('banner-7')}")).text


@pytest.mark.parametrize(
    "below",
    [
        "<p>Subscribe to our Thursday letter to read more stories from the coast.</p>",
        '<div class="comments"><a href="/login">Log in to read and write comments</a></div>',
        '<div><p>You have 2 free articles left.</p><a href="/subscribe">Subscribe</a></div>',
        "<p>Mehr über Fähren lesen Sie am Samstag in der Beilage.</p>",
        f"<p>Subscribers read this article to the end.</p>{LONG}",
    ],
)
def test_what_else_sites_ask_for_hides_nothing(below: str) -> None:
    assert FERRY in read(story(f"{LONG}{below}")).text


@pytest.mark.parametrize(
    ("data", "body", "is_complete"),
    [
        ('"isAccessibleForFree": false', f"<p>{FERRY}</p>", False),
        ('"isAccessibleForFree": "False"', LONG, True),
        ('"isAccessibleForFree": true', f"<p>{FERRY}</p>", True),
        ('"wordCount": 640', f"<p>{FERRY}</p>", False),
        ('"wordCount": "15"', f"<p>{FERRY}</p>", True),
        (
            '"wordCount": 31',
            "<p>瀬戸内の小さな島で月曜日、九年ぶりに小学校の入学式が開かれた。</p>",
            True,
        ),
        (f'"articleBody": "{FERRY * 3}"', f"<p>{FERRY}</p>", False),
    ],
)
def test_metadata_tell_whether_an_article_is_complete(
    data: str, body: str, is_complete: bool
) -> None:
    content = story(body, linked_data(data))
    if is_complete:
        assert read(content).title
    else:
        assert refusal(content) == "beginning"


@pytest.mark.parametrize(
    ("part", "is_complete"),
    [
        (f'<div class="text paid">{LONG}</div>', True),
        ('<div class="text paid"></div>', False),
        (LONG, False),
    ],
)
def test_a_part_that_must_be_paid_for_is_there_or_not(part: str, is_complete: bool) -> None:
    head = linked_data(
        '"isAccessibleForFree": false, "hasPart": [{"isAccessibleForFree": false,'
        ' "cssSelector": ".paid"}]'
    )
    content = story(f"<p>{FERRY}</p>{part}", head)
    if is_complete:
        assert RAIN in read(content).text
    else:
        assert refusal(content) == "beginning"


TEASERS = [
    '<div class="t"><h3><a href="/{n}">Headline of day {n}</a></h3><p>{text}</p></div>',
    '<article><p>Monday</p><a href="/{n}"><h2>Day {n}</h2></a><p>{text}</p></article>',
    '<div class="tile"><a href="/{n}"><b>Headline of day {n}</b> <i>{text}</i></a></div>',
    '<p><b>Day {n}.</b> {text} <a href="/{n}">Read more</a></p>',
]


@pytest.mark.parametrize("teaser", TEASERS)
@pytest.mark.parametrize("intro", ["", f"<p>{FERRY} {RAIN}</p>"])
def test_a_page_of_teasers_is_a_list(teaser: str, intro: str) -> None:
    teasers = "".join(teaser.format(n=n, text=f"{RAIN} It is day {n}.") for n in range(9))
    assert refusal(page(f"<main><h1>News</h1>{intro}{teasers}</main>")) == "list"


def test_the_lead_story_of_a_front_page_is_a_teaser_too() -> None:
    teasers = "".join(TEASERS[0].format(n=n, text=RAIN) for n in range(4))
    lead = f'<div class="lead"><h2><a href="/ferry">Ferry late</a></h2><p>{FERRY} {RAIN}</p></div>'
    assert refusal(page(f"<main>{lead}<section>{teasers}</section></main>")) == "list"
    own = lead.replace("Ferry late", "Ferry")  # the title of the page
    assert FERRY in read(page(f"<main>{own}<section>{teasers}</section></main>")).text
    assert FERRY in read(page(f"<main>{lead}</main>")).text


OWN = '<link rel="canonical" href="https://coast.example/live/ferry">'


@pytest.mark.parametrize(
    "href", ["/live/ferry#post-{n}", "https://coast.example/live/ferry", "https://shop.example/{n}"]
)
def test_links_to_the_page_itself_and_to_other_sites_make_no_teasers(href: str) -> None:
    post = '<div><h3><a href="{href}">Headline of day {n}</a></h3><p>{text}</p></div>'
    posts = "".join(post.format(n=n, href=href.format(n=n), text=RAIN) for n in range(6))
    assert RAIN in read(page(f"<main><h1>Ferry</h1>{posts}</main>", OWN)).text
    others = "".join(
        post.format(n=n, href=f"//sport.coast.example/{n}", text=RAIN) for n in range(6)
    )
    assert refusal(page(f"<main><h1>Ferry</h1>{others}</main>", OWN)) == "list"


@given(
    st.lists(st.integers(0, 10**6), min_size=3, max_size=12, unique=True), st.sampled_from(TEASERS)
)
def test_teasers_below_an_article_change_nothing(numbers: list[int], teaser: str) -> None:
    below = "".join(teaser.format(n=n, text=RAIN) for n in numbers)
    assert FERRY in read(page(f"<article><p>{FERRY}</p></article><section>{below}</section>")).text


def test_the_text_of_a_brief_item_is_its_own() -> None:
    beside = "".join(TEASERS[0].format(n=n, text=RAIN) for n in range(4))
    newsletter = (
        "<div><div><p>Get our morning briefing in your inbox, every weekday.</p></div></div>"
    )
    footer = "<div class=foot><p>© Coast Post. All rights reserved, in all countries.</p></div>"
    consent = '<div role="dialog"><p>We use cookies to show you ads. You can refuse.</p></div>'
    around = f"{beside}{newsletter}{footer}{consent}"
    assert read(page(f"<div>{beside}</div><main><p>{RAIN} {FERRY}</p></main>{around}")).text == (
        f"{RAIN} {FERRY}"
    )
    assert read(page(f"<article><h1>Ferry</h1><p>{RAIN}</p></article>{around}")).text == RAIN


def test_notices_between_paragraphs_are_kept() -> None:
    """What an article says of itself and its readers is not for a rule of words to delete."""
    notice = "You can read the full report on our website, and write to us about this page."
    assert notice in read(story(f"<div>{LONG}<p>{notice}</p>{LONG}</div>")).text


def test_the_posts_of_a_live_blog_are_no_teasers() -> None:
    posts = "".join(f"<section><h3>{n}:30</h3><p>{RAIN} {FERRY}</p></section>" for n in range(9))
    assert RAIN in read(page(f"<main><h1>The night of the ferry</h1>{posts}</main>")).text


@pytest.mark.parametrize(
    "notice",
    [
        "The page that you are looking for has been moved. Check the address or use the search.",
        "This story has been removed at the request of the agency. We are sorry.",
        "Wir prüfen die Verbindung. Bitte warten Sie, Ihr Browser leitet Sie danach weiter.",
        "Nous utilisons des cookies. Vous pouvez changer d’avis à tout moment sur cette page.",
        "Demuestra que no eres un robot: escribe las letras de la imagen y pulsa el botón.",
        "Este site precisa de JavaScript. Ative-o no seu navegador e recarregue a página.",
        "La pagina che cerchi non esiste più. Torna alla home o prova con la ricerca.",
    ],
)
def test_a_page_with_a_notice_alone_is_refused(notice: str) -> None:
    assert refusal(page(f"<h1>Coast Post</h1><p>{notice}</p>")) == "notice"
    assert refusal(story(f"<p>{notice}</p>")) == "notice"


def test_a_short_page_that_speaks_to_its_readers_must_declare_itself_an_article() -> None:
    guide = f"<p>If you want to be on time, you should not take the ferry. {FERRY}</p>"
    assert refusal(page(guide)) == "nothing"
    assert FERRY in read(story(guide)).text
    assert FERRY in read(page(f"{guide}<p>{RAIN}</p>")).text


def test_a_page_whose_article_is_not_extracted_is_refused() -> None:
    comments = f'<div id="comments"><p>{FERRY} {RAIN}</p></div>'
    entries = "".join(f"<li>Entry {n}, with no sentence in it</li>" for n in range(9))
    assert refusal(page(f"<article>{comments}<ul>{entries}</ul></article>")) == "nothing"


def test_a_page_says_that_it_is_not_of_an_article() -> None:
    body = f"<h1>Ferry</h1><p>{FERRY} {RAIN}</p>"
    video = '<script type="application/ld+json">{"@type": "VideoObject"}</script>'
    assert refusal(page(body, video)) == "video"
    assert refusal(page(body, video.replace("VideoObject", "ImageGallery"))) == "nothing"
    assert refusal(page(f"{body}<p>£24.90</p>")) == "nothing"
    assert refusal(page(f"{body}<div class='g-recaptcha'></div>")) == "nothing"
    assert refusal(page(f"{body}<input type='password'>")) == "login"
    assert FERRY in read(page(body)).text


def test_text_in_an_aside_is_taken_where_it_is_the_article() -> None:
    fact = "The ferry was built in 1961 and carries two hundred people and eleven cars."
    assert FERRY in read(page(f"<h1>Ferry</h1><aside>{LONG}</aside>")).text
    text = read(story(f"<div>{LONG}<aside><p>{fact}</p></aside>{LONG}</div>")).text
    assert fact in text
    assert text.index(fact) < text.rindex(RAIN)


@pytest.mark.parametrize(
    "aside",
    [
        "<p>You can read our newsletter on Thursdays. Subscribe now.</p>",
        f"<p>{RAIN}</p>",  # a pull quote
        "".join(TEASERS[0].format(n=n, text="Something else happened there.") for n in range(4)),
    ],
)
def test_other_text_in_asides_is_left_out(aside: str) -> None:
    assert read(story(f"<div>{LONG}<aside>{aside}</aside></div>")).text == read(story(LONG)).text


def test_a_sidebar_is_left_out() -> None:
    sidebar = f"<aside><p>{RAIN} It happens every year, the harbor master said.</p></aside>"
    assert "every year" not in read(page(f"<main><div>{LONG}</div>{sidebar}</main>")).text


def test_words_are_known_in_six_languages() -> None:
    assert {tuple(languages) for languages in WORDS.values()} == {
        ("en", "de", "fr", "es", "pt", "it")
    }
