"""Labelled pages: the lines of ``pages.jsonl``, each on one of the invented sites.

Odd lines are the half that rules are tuned on, even ones are held back. A line names the page's
kind, its language, whether it has a complete article, its site, and perhaps one of the stories in
``stories.json``. Its "body" is markup in which ``[[text:1-3]]`` stands for paragraphs of the story,
``[[cut:2]]`` for the first half of a paragraph and an ellipsis, ``[[br]]`` and ``[[line]]`` for the
text without paragraphs, ``[[w:…]]`` for a word in ``words.json``, and the names in ``LISTS``, with
a number, for so many headlines with summaries.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.web_pages.sites import SITES, Content

FOLDER = Path(__file__).parent
HALVES = ("tuned", "held back")

LISTS = {
    "teasers": '<div class="teaser"><h3><a href="{url}">{head}</a></h3><p>{sum}</p></div>',
    "cards": '<article><a href="{url}"><img src="/i.jpg" alt=""></a><h2><a href="{url}">{head}</a>'
    '</h2><p>{sum}</p><time datetime="2024-03-05">5.3.</time></article>',
    "posts": '<article class="post"><h2 class="entry-title"><a href="{url}">{head}</a></h2>'
    '<div class="entry-summary"><p>{sum} <a href="{url}">{more}</a></p></div></article>',
    "tiles": '<div class="tile"><a href="{url}"><span class="headline">{head}</span>'
    '<span class="abstract">{sum}</span></a></div>',
    "features": '<section class="feature"><a href="{url}"><h3>{head}</h3></a><p class="dek">{sum}'
    '</p><p class="credit">B. Lorne</p></section>',
}

SURROUNDINGS = ("heads", "sums", "footer", "cookies", "newsletter", "comment", "support")
"""The words of sites that are whole texts."""

MIN_SURROUNDING = 13
"""Characters of a text that an article does not happen to have as well."""

MACRO = re.compile(r"\[\[(\w+)(?::([\w-]+))?\]\]")


@dataclass(frozen=True)
class Page:
    """Args:
    line: its number in the file, from 1.
    has_article: whether the page has a complete article.
    surroundings: texts that the site shows around it.
    """

    line: int
    half: str
    kind: str
    language: str
    has_article: bool
    surroundings: tuple[str, ...]
    content: bytes


def labelled_pages() -> Iterator[Page]:
    words = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    stories = json.loads((FOLDER / "stories.json").read_text(encoding="utf-8"))
    lines = (FOLDER / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        case = json.loads(line)
        title, paragraphs = stories.get(case.get("story"), ("", []))
        shell = Content(
            title=case.get("title", title),
            main="",
            head=case.get("head"),
            is_story=case.get("is_story", case["article"]),
            language=case["language"],
            words=words.get(case["language"], {}),
            number=number,
        )
        main = _expand(case["body"], shell, paragraphs)
        page = SITES[case["site"]](Content(**{**vars(shell), "main": main}))
        yield Page(
            line=number,
            half=HALVES[(number - 1) % 2],
            kind=case["kind"],
            language=case["language"],
            has_article=case["article"],
            surroundings=tuple(
                text
                for key in SURROUNDINGS
                for text in shell.words.get(key, "").split("|")
                if len(text) >= MIN_SURROUNDING and text not in main
            ),
            content=page.encode(),
        )


def _expand(body: str, shell: Content, paragraphs: list[str]) -> str:
    def markup(match: re.Match[str]) -> str:
        name, argument = match[1], match[2] or ""
        if name in LISTS:
            return shell.teasers(int(argument), LISTS[name])
        if name == "links":
            return shell.links(int(argument))
        if name == "text":
            first, dash, last = argument.partition("-")
            begin = int(first or 1)
            end = int(last) if last else len(paragraphs) if dash or not first else begin
            return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[begin - 1 : end])
        if name == "cut":
            paragraph = paragraphs[int(argument) - 1]
            return f"<p>{paragraph[: len(paragraph) // 2].rpartition(' ')[0]}…</p>"
        return {
            "br": "<br><br>".join(paragraphs),
            "line": " ".join(paragraphs),
            "head": shell.pick("heads", shell.number),
            "title": shell.title,
            "w": shell.pick(argument) if argument else "",
        }[name]

    return MACRO.sub(markup, body)
