"""The places of quotes in their articles, and the values on which sources differ, in words."""

from index.answer import Answer
from index.article import Citation
from index.text.dates import format_date


def sentences_text(citation: Citation) -> str:
    """The paragraphs and sentences of a quote, such as "paragraph 1, sentences 2–4"."""
    first = f"paragraph {citation.paragraph}, sentence"
    if citation.last is None:
        return f"{first} {citation.sentence}"
    paragraph, sentence = citation.last
    if paragraph == citation.paragraph:
        return f"{first}s {citation.sentence}–{sentence}"
    return f"{first} {citation.sentence} – paragraph {paragraph}, sentence {sentence}"


def differing_lines(answer: Answer) -> list[str]:
    """The values on which an answer's sources differ: a line for each, with the sources."""
    heading = "Reported over time, newest first:" if answer.differs_over_time else "Sources differ:"
    lines = [heading] if answer.differing else []
    for value in answer.differing:
        articles = [citation.article for citation in value.citations]
        sources = "; ".join(
            ", ".join(filter(None, (one.publisher or one.title, format_date(one.published))))
            for one in articles
        )
        lines.append(f"  {' '.join(value.text.split())} – {sources}")
    return lines
