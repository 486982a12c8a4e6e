"""The command line's output for people: answers and quotes with their citations."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.text import Text

from index.answer import Answer, Certainty
from index.answering.phrase_search import Lookup
from index.article import Citation, Passage
from index.commands.citation_text import differing_lines, sentences_text
from index.commands.output import out, plain, print_line
from index.text.dates import format_date, format_days
from index.text.periods import Period
from index.text.recency import age

HIGHLIGHT_MARK = "**"
"""Before and after a highlight where nothing can be shown in bold, as in a file or a pipe."""


def show_answer(answer: Answer, *, with_question: bool = False, with_further: bool = False) -> None:
    """Print an answer's passages with their citations; of several, each below its question.

    Args:
        with_question: print the question as a heading.
        with_further: also print the passages that match less well.
    """
    if answer.parts:
        for part in answer.parts:
            show_answer(part, with_question=True, with_further=with_further)
        return
    if with_question:
        out.print(plain(f"\n{answer.question}", "bold"))
    if answer.period:
        print_line(_period_line(answer.period))
    if answer.corrections:
        corrected = ", ".join(f"“{c.searched}” instead of “{c.typed}”" for c in answer.corrections)
        print_line(f"Searched for {corrected}.")
    out.print(Text(_headline(answer), style="bold"))
    for line in differing_lines(answer):
        print_line(line)
    strong = () if answer.certainty is Certainty.NONE else answer.strong_passages
    _show_passages(strong)
    further = answer.passages[len(strong) :]
    if further and not with_further:
        out.print(Text(_further_line(len(further), bool(strong)), style="dim"))
    elif further:
        heading = "Further passages:" if strong else "The nearest passages:"
        out.print(Text(f"\n{heading}", style="bold"))
        _show_passages(further, 1 + len(strong))


def _headline(answer: Answer) -> str:
    if answer.found:
        return f"Found, with {answer.confidence:.0%} confidence:"
    if answer.certainty is Certainty.WEAK:
        return f"This may be it, with {answer.confidence:.0%} confidence:"
    if not answer.searched:
        return "I couldn't find that."
    articles = "one article" if answer.searched == 1 else f"{answer.searched:,} articles"
    return f"I couldn't find that in {articles}."


def _further_line(count: int, has_answer: bool) -> str:
    """A line about the passages that are not shown, and how to see them."""
    passages = "One passage" if count == 1 else f"{count:,} passages"
    if not has_answer:
        return f"--all shows the {'nearest passage' if count == 1 else 'nearest passages'}."
    return f"\n{passages} matched less well; --all shows {'it' if count == 1 else 'them'}."


def _period_line(period: Period) -> str:
    """What the period of a question did to the search."""
    days = f"{format_days(period.since, period.until)} (“{period.words}”)"
    match period.effect:
        case "narrows":
            return f"Only articles published {days}; --any-time searches all."
        case "prefers":
            return f"What was published or happened {days} comes first; --any-time ignores that."
        case "widened":
            return f"Articles of all dates, because none published {days} answers this."


def show_lookup(lookup: Lookup) -> None:
    """Print the result of a phrase search."""
    if not lookup.total:
        print_line("No sentence contains that.")
        return
    out.print(Text(f"{lookup.total:,} sentence{'' if lookup.total == 1 else 's'}:", style="bold"))
    _show_passages(lookup.passages)


def _show_passages(passages: Sequence[Passage], first: int = 1) -> None:
    for number, passage in enumerate(passages, first):
        out.print()
        out.print(_quote(number, passage))


def _quote(number: int, passage: Passage) -> Text:
    quote = highlighted(passage)
    text = Text.assemble(f"{number}. “", quote, "”")
    for citation in (passage.citation, *passage.also):
        text.append_text(_citation_line(citation))
    return text


def highlighted(passage: Passage) -> Text:
    """The quote with its highlights in bold, or marked where there is no bold."""
    quote, end_of_last = Text(), 0
    mark = HIGHLIGHT_MARK if out.color_system is None else ""
    for start, end in passage.highlights:
        quote.append_text(plain(passage.quote[end_of_last:start]))
        quote.append_text(plain(f"{mark}{passage.quote[start:end]}{mark}", "bold"))
        end_of_last = end
    return quote.append_text(plain(passage.quote[end_of_last:]))


def _citation_line(citation: Citation) -> Text:
    article = citation.article
    how_old = age(article.published, datetime.now(UTC))
    day = format_date(article.published) + (f" ({how_old})" if how_old else "")
    parts = [article.publisher, article.title, day, sentences_text(citation)]
    text = Text.assemble("\n", plain("   " + " · ".join(filter(None, parts)), "dim"))
    if citation.link:
        text.append(f"\n   {citation.link}", style="dim")
    return text
