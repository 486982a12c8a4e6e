"""Markdown files, as text without markup."""

from index.article import Article
from index.sources.sandbox import parse_in_sandbox
from index.sources.text import decode, make_article, split_front_matter, title_from


def read_markdown(content: bytes, name: str, collection: str) -> Article:
    """The article in a Markdown file.

    Each heading, paragraph, list item and table cell becomes a paragraph; code blocks and embedded
    HTML are dropped. The title comes from the front matter or else from the first heading.

    Raises:
        SourceError: it is not UTF-8, its front matter is invalid, it cannot be parsed within the
            limits, or it is not an article.
    """
    metadata, source = split_front_matter(decode(content, name), name)
    blocks = parse_in_sandbox("markdown", source.encode(), name, label="Markdown file")["blocks"]
    title = metadata.pop("title", None)
    if title is None and blocks and blocks[0][0]:
        title = blocks.pop(0)[1]
    text = "\n\n".join(words for _, words in blocks)
    return make_article(name, collection, title=title or title_from(name), text=text, **metadata)
