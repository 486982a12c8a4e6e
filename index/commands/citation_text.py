"""Where a quote stands in its article, in words."""

from index.article import Citation


def sentences_text(citation: Citation) -> str:
    """The paragraphs and sentences of a quote, such as "paragraph 1, sentences 2–4"."""
    first = f"paragraph {citation.paragraph}, sentence"
    if citation.last is None:
        return f"{first} {citation.sentence}"
    paragraph, sentence = citation.last
    if paragraph == citation.paragraph:
        return f"{first}s {citation.sentence}–{sentence}"
    return f"{first} {citation.sentence} – paragraph {paragraph}, sentence {sentence}"
