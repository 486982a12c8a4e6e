"""``.jsonl`` files: one article per line."""

import json
from collections.abc import Iterable, Iterator

from index.article import Article
from index.errors import SourceError
from index.sources.files import MAX_BYTES, too_large
from index.sources.text import author_from, make_article

REQUIRED = ("title", "text")
OPTIONAL = ("url", "publisher", "published")


def read_jsonl(
    lines: Iterable[bytes], name: str, collection: str
) -> Iterator[Article | SourceError]:
    """The articles of a file, and an error for each invalid line. Texts are not changed.

    A line is a JSON object with ``title`` and ``text`` and, if known, ``url``, ``publisher``,
    ``author`` and ``published``; other fields are ignored.
    """
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        try:
            if len(line) > MAX_BYTES:
                raise too_large(where)
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if text.strip():
                yield _article(json.loads(text), where, collection)
        except SourceError as error:
            yield error
        except UnicodeDecodeError:
            yield SourceError(f"{where}: it is not UTF-8 text.")
        except (ValueError, RecursionError):
            yield SourceError(f"{where}: it is not JSON.")


def _article(value: object, where: str, collection: str) -> Article:
    if not isinstance(value, dict):
        raise SourceError(f"{where}: it is not a JSON object.")
    fields = {}
    for field in (*REQUIRED, *OPTIONAL):
        content = value.get(field)
        if isinstance(content, str):
            fields[field] = content
        elif content is not None or field in REQUIRED:
            kind = "there is no" if content is None else "only text can be the"
            raise SourceError(f"{where}: {kind} “{field}”.")
    author = author_from(value.get("author"))
    return make_article(where, collection, author=author, **fields)
