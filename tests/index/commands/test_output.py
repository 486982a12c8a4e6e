"""The command line's output, run within this process, where the model is already loaded."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index import Answer, Article, Certainty, Citation, Library, Passage, Period
from index.answering.pipeline import AnsweringPipeline
from index.commands import answer_output, app, output
from index.scope import Scope
from index.text.periods import Effect
from index.text.recency import age
from tests.index.site import running_site

ARTICLE = Article(
    "Ferries [bold]late[/bold] again",
    "The [red]night ferry[/red] was late. Nobody complained.",
    "Coast Post",
    date(2025, 10, 9),
    "https://coast.example/ferry",
)


def passage(start: int, end: int, *highlights: tuple[int, int]) -> Passage:
    return Passage(start, end, 0.9, Citation(ARTICLE, 1, 2, "https://coast.example/#x"), highlights)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_an_answer_shows_its_quotes_and_where_they_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer_output.show_answer(Answer("?", Certainty.FOUND, 0.876, (passage(0, 37, (4, 9)),), 3))
    assert capsys.readouterr().out == (
        "Found, with 88% confidence:\n\n"
        "1. “The **[red]**night ferry[/red] was late. ”\n"
        "   Coast Post · Ferries [bold]late[/bold] again · 9 October 2025"
        f" ({age(date(2025, 10, 9), datetime.now(UTC))}) · paragraph 1, sentence 2\n"
        "   https://coast.example/#x\n"
    )


def test_an_answer_that_was_not_found_says_so_first(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = Answer("?", Certainty.NONE, 0.05, (passage(0, 9),), 3)
    answer_output.show_answer(nothing)
    assert capsys.readouterr().out == (
        "I couldn't find that in 3 articles.\n--all shows the nearest passage.\n"
    )
    answer_output.show_answer(nothing, with_further=True)
    assert capsys.readouterr().out.startswith(
        "I couldn't find that in 3 articles.\n\nThe nearest passages:\n\n1. "
    )
    answer_output.show_answer(Answer("?", Certainty.NONE, 0.0))
    assert capsys.readouterr().out == "I couldn't find that.\n"


def test_an_answer_that_may_be_it_says_so_first(capsys: pytest.CaptureFixture[str]) -> None:
    answer_output.show_answer(Answer("?", Certainty.WEAK, 0.3, (passage(0, 9),), 3))
    assert capsys.readouterr().out.startswith("This may be it, with 30% confidence:\n\n1. “")


@pytest.mark.parametrize(
    ("effect", "line"),
    [
        (
            "narrows",
            "Only articles published from 16 to 22 November 2026 (“last week”);"
            " --any-time searches all.",
        ),
        (
            "prefers",
            "What was published or happened from 16 to 22 November 2026 (“last week”) comes first;"
            " --any-time ignores that.",
        ),
        (
            "widened",
            "Articles of all dates, because none published from 16 to 22 November 2026"
            " (“last week”) answers this.",
        ),
    ],
)
def test_what_a_period_did_to_the_search_is_said(
    capsys: pytest.CaptureFixture[str], effect: Effect, line: str
) -> None:
    period = Period("last week", 0, date(2026, 11, 16), date(2026, 11, 22), effect)
    answer_output.show_answer(Answer("?", Certainty.NONE, 0.0, period=period))
    assert capsys.readouterr().out == f"{line}\nI couldn't find that.\n"


def test_the_words_of_articles_are_never_markup(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_articles([ARTICLE])
    output.show_article(ARTICLE)
    output.print_line("[bold]words[/bold]")
    shown = capsys.readouterr().out
    assert shown.count("Ferries [bold]late[/bold] again") == 2
    assert ARTICLE.text in shown
    assert "[bold]words[/bold]" in shown


def test_ids_and_titles_are_shown_whole_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    long = Article(
        "A title that goes on " * 8 + "and ends.",
        "Text.",
        "The Very Long Name of the Coastal Gazette and Advertiser",
        collection="a collection with a long name",
    )
    output.show_articles([long])
    shown = capsys.readouterr().out
    assert long.id in shown
    assert "…" not in shown
    assert all(word in shown for word in long.title.split())


def test_no_articles_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_articles([])
    assert capsys.readouterr().out == "There are no articles.\n"


def test_status_shows_everything_whole(sample: Library) -> None:
    result = invoke("status")
    assert result.exit_code == 0
    assert sample.model
    assert sample.model.fingerprint in result.output
    assert "collection shared  3 articles, 30 sentences" in result.output
    assert "MB" in result.output


def test_asking_shows_the_answer(sample: Library) -> None:
    result = invoke("ask", "how many troops?", "--limit", "1")
    assert result.exit_code == 0
    assert "Found, " in result.output
    assert "1. “**About 200 American troops**" in result.output
    assert "2. " not in result.output
    result = invoke("ask", "how many troops?", "--collection", "server 1")
    assert result.output == "There is no collection “server 1” in the library, only “shared”.\n"


def test_the_settings_reach_the_answer(sample: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIN_CONFIDENCE", "1")
    assert "This may be it, with " in invoke("ask", "how many troops?").output


def test_questions_are_evaluated(sample: Library) -> None:
    (troops,) = [one for one in sample.articles() if "troops" in one.title]
    fields = {"question": "how many troops?", "article": troops.title}
    asked = [
        {**fields, "answers": [{"start": 27, "text": "About 200 troops"}]},
        {**fields, "answers": []},
        {**fields, "article": "Elsewhere", "answers": [{"start": 1}]},
    ]
    Path("questions.jsonl").write_text("\n".join(map(json.dumps, asked)))
    result = invoke("evaluate", "questions.jsonl", "--json")
    figures = json.loads(result.stdout)
    assert (figures["answerable"], figures["unanswerable"], figures["skipped"]) == (1, 1, 1)
    assert (figures["hit@1"], figures["mrr@10"], figures["read"]) == (1.0, 1.0, 1.0)
    assert figures["f1"] > 0.5
    assert result.exit_code == 1
    assert result.stderr == "1 questions are about articles not in the library.\n"
    Path("questions.jsonl").write_text(json.dumps(asked[0]))
    result = invoke("evaluate", "questions.jsonl")
    assert result.exit_code == 0
    assert "hit@1" in result.stdout
    assert "1.000" in result.stdout
    assert "refused" in result.stdout


def test_foreign_questions_are_unanswerable_and_plain_searches_measured(sample: Library) -> None:
    (troops,) = [one for one in sample.articles() if "troops" in one.title]
    start = troops.text.index("200 American")
    asked = {"question": "how many troops?", "article": troops.title, "answers": [{"start": start}]}
    Path("own.jsonl").write_text(json.dumps(asked))
    asked |= {"question": "Who won the World Cup?", "article": "Football"}
    Path("foreign.jsonl").write_text(json.dumps(asked))
    options = ("--foreign", "foreign.jsonl", "--compare", "--plot", "plot.png")
    result = invoke("evaluate", "own.jsonl", *options, "--json")
    figures = json.loads(result.stdout)
    assert (figures["answerable"], figures["unanswerable"], figures["skipped"]) == (1, 1, 0)
    assert figures["roc_area"] == 1.0
    assert list(figures["compared"]) == ["dense", "BM25", "fused"]
    assert Path("plot.png").read_bytes().startswith(b"\x89PNG")
    told = invoke("evaluate", "own.jsonl", "--compare").stdout
    assert all(name in told for name in ("dense", "BM25", "fused", "Dateline"))


def test_questions_that_cannot_be_read_are_refused(sample: Library) -> None:
    result = invoke("evaluate", "none.jsonl")
    assert result.exit_code == 1
    assert result.stderr.startswith("none.jsonl: the questions cannot be read")


def test_a_plot_that_cannot_be_written_is_refused_before_anything_is_asked(
    sample: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("own.jsonl").write_text(json.dumps({"question": "Who?", "article": "", "answers": []}))
    asked: list[str] = []
    monkeypatch.setattr(
        AnsweringPipeline, "search", lambda self, question, *_: asked.append(question)
    )
    result = invoke("evaluate", "own.jsonl", "--plot", "nowhere/plot.png")
    assert result.exit_code == 78
    assert "the plot cannot be written" in result.stderr
    assert not asked


def test_articles_go_to_the_collection_that_is_named(sample: Library) -> None:
    Path("bee.txt").write_text("A bee hummed.")
    assert invoke("add", "bee.txt", "--collection", "server 1").output == "1 added (1 sentence).\n"
    assert [one.title for one in sample.articles(Scope(("server 1",)))] == ["Bee"]
    assert "Bee" not in invoke("list", "--collection", "shared").output


def test_without_a_source_the_articles_folder_is_added(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mine").mkdir()
    Path("mine/bee.txt").write_text("A bee hummed.")
    monkeypatch.setenv("ARTICLES_FOLDER", "mine")
    assert invoke("add").output == "1 added (1 sentence).\n"
    assert library.count() == 1


def test_a_model_that_is_not_there_exits_with_78(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDING_MODEL", "/no/such/model")
    Path("bee.txt").write_text("A bee hummed.")
    result = invoke("add", "bee.txt")
    assert (result.exit_code, result.stdout) == (78, "")
    assert "“/no/such/model” cannot be loaded" in result.stderr
    assert "EMBEDDING_MODEL" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_words_of_articles_have_no_hold_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    trick = Article("Red \x1b[31malert", "It \x1b[2J clears\x07 the \u202escreen.\n\nNot\there.")
    output.show_article(trick)
    output.show_articles([trick])
    output.print_error(trick.title)
    shown = "".join(capsys.readouterr())
    assert not set(shown) & set("\x1b\x07\u202e")
    assert "It  [2J clears  the  screen.\n\nNot" in shown


def test_tables_have_no_white_space_at_the_end_of_their_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.show_articles([ARTICLE, Article("A", "A short one.")])
    lines = capsys.readouterr().out.splitlines()
    assert lines == [line.rstrip() for line in lines]


def test_where_there_are_several_questions_each_stands_over_its_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer_output.show_answer(Answer("Who [b]won[/b]?", Certainty.NONE, 0.0), with_question=True)
    assert capsys.readouterr().out == "\nWho [b]won[/b]?\nI couldn't find that.\n"


@pytest.mark.parametrize(
    "command", ["list", "show abc", "remove abc", "rebuild", "verify", "status --json"]
)
def test_without_a_library_no_command_makes_one(command: str) -> None:
    result = invoke(*command.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no library at library yet.")
    assert not Path("library").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--bad"],
        ["bad"],
        ["ask"],
        ["ask", "Why?", "--limit", "0"],
        ["ask", "Why?", "--limit", "x"],
        ["show"],
        ["evaluate"],
        ["--library"],
    ],
)
def test_a_wrong_command_line_exits_with_2(arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_what_was_corrected_in_an_article_is_told() -> None:
    story = {"title": "Ferry", "url": "https://coast.example/a", "text": "It was late. It rained."}
    assert "It has not been corrected." in history_of(story)
    told = history_of(story | {"text": "It was early. It rained.", "title": "Ferries"})
    assert "title: Ferry → Ferries" in told
    assert "− It was late.\n+ It was early." in told
    assert "It rained" not in told
    correction = json.loads(history_of({}, "--json"))
    assert correction["known"] == {"title": ["Ferry", "Ferries"]}
    assert correction["removed"] == ["It was late."]
    assert correction["added"] == ["It was early."]


def history_of(story: dict[str, str], *options: str) -> str:
    """What is told of the only article there is, once it says this."""
    if story:
        Path("story.jsonl").write_text(json.dumps(story))
        assert invoke("add", "story.jsonl").exit_code == 0
    (known,) = invoke("list", "--json").output.splitlines()
    return invoke("show", json.loads(known)["id"], "--history", *options).output


def test_a_link_is_added_from_where_it_may_be_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_site() as site:
        url = site.put("/ferry", "Ferry\n\nThe ferry was late.", "text/plain")
        monkeypatch.setenv("FETCH_ALLOW", "127.0.0.1")
        refused = invoke("add", url, site.url("/no"))
        assert (refused.exit_code, refused.stdout) == (1, "1 added, 1 refused (1 sentence).\n")
        (article,) = map(json.loads, invoke("list", "--json").stdout.splitlines())
        assert (article["title"], article["url"]) == ("Ferry", url)

        site.put("/ferry", "Ferry\n\nThe ferry was early.", "text/plain")
        monkeypatch.setenv("FETCH_ALLOW", site.host)
        assert invoke("add", url).stdout == "1 updated (1 sentence).\n"
        assert invoke("add", url).stdout == "1 unchanged.\n"

        site.asked.clear()
        for name, value in (("", ""), ("FETCH_PORTS", str(site.port)), ("FETCH_ALLOW", "10.0.0.1")):
            monkeypatch.delenv("FETCH_ALLOW", raising=False)
            if name:
                monkeypatch.setenv(name, value)
            assert invoke("add", url).exit_code == 1
        assert site.asked == []
