"""What is fuzzed: a function for each way in, which takes any bytes.

It raises what the program would not expect: any exception but those that become a sentence for a
person, and an AssertionError where a promise is broken, such as that a quote is a slice.
"""

import inspect
import json
import os
import signal
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from benchmarks.crash.made_up import MODELS
from benchmarks.fuzzing.stored_rows import HashingEncoder, LengthReader, StoredRows
from bot.buttons.answers import answer_buttons
from bot.buttons.pagination import page_buttons
from bot.buttons.paste_form import article_of_draft
from bot.cards import answer_card, article_card, lookup_card
from bot.cards.answers import FOUND_PAGE_SIZE
from bot.errors import Refusal
from bot.language import translator_for
from bot.markdown import bold, cut, length, link, plain, quote
from bot.services.filters import parse_since, parse_until
from bot.services.question_detection import is_question
from bot.services.uploads import links_in, with_scheme
from bot.settings import load_bot_settings
from bot.storage.drafts import ArticleDraft
from index import Answer, Article, DatelineError, Library, SourceError
from index.conversation import NO_TURN
from index.fetching import headers
from index.fetching.fetcher import NAME, parse_url
from index.fetching.guard import Guard
from index.fetching.robots import rules_of
from index.scope import SHARED_ONLY
from index.sentences import split_sentences
from index.sources import feed, html, markdown, pdf, read_bytes
from index.sources.feed_article import add_metadata, article_in_entry
from index.sources.parsers import feed as feed_parser
from index.sources.parsers import markdown as markdown_parser
from index.sources.parsers import page as page_parser
from index.sources.parsers import pdf as pdf_parser
from index.store import SqliteStore
from index.text.datelines import find_dateline

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 10, 10, 12, tzinfo=UTC)
ENGLISH = translator_for("en-US")
MAX_CARD_LENGTH = 4000

PARSING_SECONDS = 10.0
"""The processor time for a document; the sandbox allows twice as long, whatever else runs."""

PARSERS: dict[str, ModuleType] = {
    "feed": feed_parser,
    "markdown": markdown_parser,
    "page": page_parser,
    "pdf": pdf_parser,
}

Target = Callable[[bytes], object]


def text(data: bytes) -> None:
    """A text file, with or without front matter."""
    _read_file(data, "story.txt")


def markdown_file(data: bytes) -> None:
    _read_file(data, "story.md")


def jsonl(data: bytes) -> None:
    _read_file(data, "stories.jsonl")


def page(data: bytes) -> None:
    """A web page, saved or fetched."""
    with parsed_here(), suppress(SourceError):
        _check_article(html.read_html(data, "page.html", "shared", fetched_from=URL_OF_PAGE))


def feed_document(data: bytes) -> None:
    """A feed, and the articles in its entries."""
    with parsed_here(), suppress(SourceError):
        for entry in feed.read_feed(data, "https://feeds.example/news").entries:
            json.dumps(entry.metadata)
            with suppress(SourceError):
                if article := article_in_entry(entry, "https://feeds.example/news", "shared"):
                    _check_article(add_metadata(article, entry.metadata))


def pdf_document(data: bytes) -> None:
    with parsed_here(), suppress(SourceError):
        _check_article(pdf.read_pdf(data, "report.pdf", "shared"))


def response(data: bytes) -> None:
    """The headers of a response, and a robots.txt."""
    for value in data.decode("latin-1").split("\n")[:4]:
        headers.media_type_of(value)
        if charset := headers.charset_of(value):
            data.decode(charset, errors="replace")
        seconds = headers.retry_after_of(value)
        assert seconds is None or 0 <= seconds < float("inf")
        headers.validators_of({"ETag": value, "Last-Modified": value})
    rules_of(data.decode(errors="replace"), NAME).can_fetch(URL_OF_PAGE, NAME)


def typed_link(data: bytes) -> None:
    """A link that somebody types, and the links in a message."""
    typed = data.decode(errors="replace")
    for address in (with_scheme(typed), *links_in(typed)):
        with suppress(DatelineError):
            Guard().check(parse_url(address))
        with suppress(DatelineError):
            _check_article(Article("Title", "A text.", url=address))


def question(data: bytes) -> None:
    """Questions of one conversation, one a line."""
    turn = NO_TURN
    for line in _decoded(data).split("\n")[:3]:
        answer = _sample().ask(line, previous=turn, now=NOW)
        _check_answer(answer)
        _check_card(answer_card(answer, 0, SHARED_ONLY, answer_buttons(1, ENGLISH), ENGLISH))
        turn = answer.turn
        json.dumps(answer.as_dict())


def phrase_search(data: bytes) -> None:
    """The words of `/find`, and what is typed for a title or a publisher."""
    words = _decoded(data)
    lookup = _sample().find(words, limit=FOUND_PAGE_SIZE)
    for passage in lookup.passages:
        assert passage.quote == passage.citation.article.text[passage.start : passage.end]
    context_button, page_button = answer_buttons(1, ENGLISH).context, page_buttons("found", 1)
    _check_card(lookup_card(words, lookup, 0, context_button, page_button, ENGLISH))
    _sample().articles(title=words)
    _sample().publishers(SHARED_ONLY, words)
    with suppress(DatelineError):
        _sample().get(words)


def typed_day(data: bytes) -> None:
    """The options `since` and `until`."""
    typed = _decoded(data)[:60]
    for parse in (parse_since, parse_until):
        with suppress(Refusal):
            parse(typed, NOW)


def paste_form(data: bytes) -> None:
    """The form for pasting an article: five fields, one a line."""
    fields = [*_decoded(data).split("\n", 4), "", "", "", ""][:5]
    title, publisher, published, url, body = fields
    draft = ArticleDraft(title[:300], publisher[:200], published[:200], url[:4000], body[:4000])
    with suppress(Refusal):
        article = article_of_draft(draft, "shared", NOW)
        _check_article(article)
        _check_card(article_card(article, [(0, len(article.text))], ENGLISH))


def message(data: bytes) -> None:
    """A message in a channel, and its text on a card."""
    content = _decoded(data)
    is_question(content)
    for limit in (20, 300, None):
        for shown in (plain(content, limit), quote(content, [(0, len(content))], limit)):
            assert limit is None or length(shown) <= limit
            assert "@" not in shown.replace("\\@", "")
    assert length(cut(content, 100)) <= 100
    bold(content, 100)
    link(content, URL_OF_PAGE, 200)


def settings(data: bytes) -> None:
    """A file .env."""
    with _folder() as folder, patch.dict(os.environ, {}, clear=True):
        (folder / ".env").write_bytes(data)
        with suppress(DatelineError):
            _ = load_bot_settings().guard


def stored_rows(data: bytes) -> None:
    """Rows of a library and of the bot's storage."""
    _stored_rows().change_and_use(data)


TARGETS: dict[str, Target] = {
    "feed": feed_document,
    "find": phrase_search,
    "form": paste_form,
    "jsonl": jsonl,
    "link": typed_link,
    "markdown": markdown_file,
    "message": message,
    "page": page,
    "pdf": pdf_document,
    "question": question,
    "response": response,
    "rows": stored_rows,
    "settings": settings,
    "since": typed_day,
    "text": text,
}
"""The functions, by the names of the folders with their inputs."""

URL_OF_PAGE = "https://harbor.example/story"


@contextmanager
def parsed_here() -> Iterator[None]:
    """Have documents parsed in this process instead of the sandbox, so that coverage is measured.

    An exception in a library that parses makes the document a broken one, as in the sandbox; one
    in Dateline's own code is raised. So is the end of the time for a document.
    """

    def parse(kind: str, content: bytes, name: str, *, label: str = "", **known: Any) -> Any:
        try:
            with _limited_time():
                parsed = PARSERS[kind].parse(content, **known)
            return json.loads(json.dumps(parsed))
        except Exception as error:
            files = (Path(inspect.getfile(f)) for f, _ in traceback.walk_tb(error.__traceback__))
            *_, innermost = (file for file in files if file != Path(__file__))
            if innermost.is_relative_to(ROOT / "index"):
                raise
            raise SourceError(f"{name}: this {label or kind} is broken.") from error

    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings(action="ignore"))  # of libraries
        for module in (feed, html, markdown, pdf):
            stack.enter_context(patch.object(module, "parse_in_sandbox", parse))
        yield


@contextmanager
def _limited_time() -> Iterator[None]:
    """A context that ends with a TimeoutError after ``PARSING_SECONDS`` of processor time."""

    def interrupt(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, PARSING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _read_file(data: bytes, name: str) -> None:
    with parsed_here():
        for found in read_bytes(data, name):
            if isinstance(found, Article):
                _check_article(found)


def _check_article(article: Article) -> None:
    dateline = find_dateline(article.text)
    end = dateline.end if dateline else 0
    for sentence in split_sentences(article.text):
        assert end <= sentence.start < sentence.end <= len(article.text)
        assert not _has_text(article.text[end : sentence.start])
        end = sentence.end
    assert not _has_text(article.text[end:])
    (again,) = read_bytes(json.dumps(article.as_record()).encode(), "again.jsonl")
    assert again == article, again


def _has_text(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _check_answer(answer: Answer) -> None:
    assert 0 <= answer.confidence <= 1
    assert not answer.found or answer.passages
    for passage in answer.passages:
        assert passage.quote == passage.citation.article.text[passage.start : passage.end] != ""
        assert 0 <= passage.score <= 1
        assert all(0 <= start < end <= len(passage.quote) for start, end in passage.highlights)


def _check_card(view: Any) -> None:
    texts = [item.content for item in view.walk_children() if hasattr(item, "content")]
    assert sum(map(length, texts)) <= MAX_CARD_LENGTH
    assert all(shown.strip() for shown in texts)


def _decoded(data: bytes) -> str:
    """Text as Discord may send it."""
    return data.decode(errors="replace")[:2000]


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty working directory."""
    former = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(former)


@cache
def _sample() -> Library:
    """A library with the sample articles; with real models, a question would take too long."""
    store = SqliteStore(Path(tempfile.mkdtemp(prefix="fuzzing-")))
    library = Library(store, HashingEncoder(MODELS[0]), LengthReader())
    for file in sorted((ROOT / "articles").iterdir()):
        for found in read_bytes(file.read_bytes(), file.name):
            if isinstance(found, Article):
                library.add(found)
    return library


@cache
def _stored_rows() -> StoredRows:
    return StoredRows(Path(tempfile.mkdtemp(prefix="fuzzing-")))
