"""The command line's output for people: answers and quotes with their citations."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.text import Text

from index.answer import Answer, Certainty
from index.answering.phrase_search import Lookup
from index.article import Citation, Passage
from index.commands.output import out, plain, print_line
from index.text.dates import format_date, format_days
from index.text.periods import Period
from index.text.recency import age


def show_answer(answer: Answer, *, with_question: bool = False) -> None:
    """Print an answer's passages with their citations; of several, each below its question.

    Args:
        with_question: print the question as a heading.
    """
    if answer.parts:
        for part in answer.parts:
            show_answer(part, with_question=True)
        return
    if with_question:
        out.print(plain(f"\n{answer.question}", "bold"))
    if answer.period:
        print_line(_period_line(answer.period))
    if answer.corrections:
        corrected = ", ".join(f"“{c.searched}” instead of “{c.typed}”" for c in answer.corrections)
        print_line(f"Searched for {corrected}.")
    if answer.found:
        out.print(Text(f"Found, with {answer.confidence:.0%} confidence:", style="bold"))
    elif answer.certainty is Certainty.WEAK:
        out.print(Text(f"This may be it, with {answer.confidence:.0%} confidence:", style="bold"))
    elif answer.passages:
        out.print(Text("I couldn't find that. The nearest passages:", style="bold"))
    else:
        out.print(Text("I couldn't find that.", style="bold"))
    strong = answer.strong_passages if answer.certainty is not Certainty.NONE else answer.passages
    _show_passages(strong)
    if further := answer.passages[len(strong) :]:
        out.print(Text("\nFurther passages:", style="bold"))
        _show_passages(further, 1 + len(strong))


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
    quote = plain(passage.quote)
    for start, end in passage.highlights:
        quote.stylize("bold", start, end)
    text = Text.assemble(f"{number}. “", quote, "”")
    for citation in (passage.citation, *passage.also):
        text.append_text(_citation_line(citation))
    return text


def _citation_line(citation: Citation) -> Text:
    article = citation.article
    how_old = age(article.published, datetime.now(UTC))
    day = format_date(article.published) + (f" ({how_old})" if how_old else "")
    parts = [article.publisher, article.title, day]
    parts.append(f"paragraph {citation.paragraph}, sentence {citation.sentence}")
    text = Text.assemble("\n", plain("   " + " · ".join(filter(None, parts)), "dim"))
    if citation.link:
        text.append(f"\n   {citation.link}", style="dim")
    return text
