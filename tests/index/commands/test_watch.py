"""A folder that is watched: ``python -m index watch``, as people run it."""

import json
import random
import signal
from functools import partial
from pathlib import Path

from index.sources import read_path
from tests.index.commands.test_command_line import lines, query, query_rows
from tests.index.factories import made_up_text
from tests.index.subprocesses import Run, end_of, run, run_locked_out, start, wait_until

ARTICLES = "SELECT count(*) FROM articles"
UNREAD = "SELECT count(*) FROM files WHERE fingerprint IS NULL"
FILES = "SELECT count(*) FROM files"

NEWS = Path("news")


def titles() -> set[str]:
    return {article["title"] for article in lines(run("list", "--json"))}


def test_files_that_come_change_and_go_are_followed_until_ctrl_c() -> None:
    NEWS.mkdir()
    (NEWS / "a.txt").write_text("Ant\n\nAn ant ran.")
    watching = start(["watch", "news"])
    wait_until(watching, lambda: query(ARTICLES) == 1)

    (NEWS / "b.md").write_text("# Bee\n\nA bee hummed.")
    (NEWS / "c.jsonl").write_text("nonsense")
    wait_until(watching, lambda: query(FILES) == 3 and query(UNREAD) == 0)
    (NEWS / "b.md").write_text("# Bee\n\nA bee slept.")
    wait_until(watching, lambda: query(f"{ARTICLES} WHERE text = 'A bee slept.'") == 1)
    (NEWS / "a.txt").unlink()
    wait_until(watching, lambda: query(FILES) == 2 and query(UNREAD) == 0)

    watching.send_signal(signal.SIGINT)
    ended = end_of(watching)
    assert ended.code == 0
    assert ended.out.splitlines()[0] == f"Watching {NEWS.resolve()}; press Ctrl-C to stop."
    assert ended.out.splitlines()[1:-1] == [
        "Added: Ant (1 sentence)",
        "Added: Bee (1 sentence)",
        "Added: Bee (1 sentence)",
        "Removed: Bee",
        "Removed: Ant",
    ]
    assert ended.err == f"{NEWS.resolve() / 'c.jsonl'}, line 1: it is not JSON.\n"
    assert titles() == {"Bee"}


def test_a_folder_that_is_not_there_is_told() -> None:
    result = run("watch", "nowhere")
    assert result.code == 1
    assert "nowhere: there is no such folder." in result.err


def test_when_it_is_killed_the_library_ends_as_the_folder_is() -> None:
    """Files are dropped, the watcher is killed, some files are changed and some deleted."""
    chance = random.Random()
    NEWS.mkdir()
    for n in range(60):
        _write(n, "first")
    watching = start(["watch", "news"])
    wait_until(watching, partial(_has_changed, chance.randrange(1, 60)))
    watching.kill()
    watching.communicate()
    for n in range(0, 60, 2):
        _write(n, "second")
    for n in chance.sample(range(60), 15):
        (NEWS / f"{n}.jsonl").unlink()

    expected = {one for file in NEWS.iterdir() for one in _contents(file)}
    watching = start(["watch", "news"])
    wait_until(watching, lambda: _in_the_library() == expected and query(UNREAD) == 0)
    watching.send_signal(signal.SIGTERM)
    assert end_of(watching).code == 0

    exported = [json.loads(line) for line in run("export").out.splitlines()]
    assert {(one["title"], one["text"]) for one in exported} == expected
    assert len(exported) == len(expected)
    assert run("verify").code == 0


def _has_changed(times: int) -> bool:
    return query("SELECT value FROM meta WHERE key = 'generation'") >= times


def _in_the_library() -> set[tuple[str, str]]:
    return set(query_rows("SELECT title, text FROM articles"))


def _write(n: int, text: str) -> None:
    record = {"title": f"Report {n}", "text": f"{text}. {made_up_text(n, 1)}"}
    if n % 3:
        record["url"] = f"https://coast.example/{n}"
    (NEWS / f"{n}.jsonl").write_text(json.dumps(record))


def _contents(file: Path) -> set[tuple[str, str]]:
    return {(one.title, one.text) for one in read_path(file) if not isinstance(one, Exception)}


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_added() -> None:
    for path in (NEWS / "a.txt", NEWS / "locked" / "b.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.stem}\n\nIt ran.")
    assert run("add", "news").code == 0
    (NEWS / "locked").chmod(0)
    complaint = "news/locked: it cannot be read (Permission denied).\n"
    assert run_locked_out("add", "news") == Run(1, "1 unchanged, 1 refused.\n", complaint)


def test_a_drive_that_is_not_mounted_takes_no_article_with_it() -> None:
    NEWS.mkdir()
    for n in range(8):
        _write(n, "first")
    watching = start(["watch", "news"])
    wait_until(watching, lambda: query(FILES) == 8 and query(UNREAD) == 0)
    NEWS.rename("drive")
    NEWS.mkdir()  # the mount point
    watching.send_signal(signal.SIGINT)
    assert end_of(watching).code == 0

    watching = start(["watch", "news"])
    wait_until(watching, lambda: query(f"{FILES} WHERE fingerprint = 'held'") == 8)
    watching.send_signal(signal.SIGINT)
    ended = end_of(watching)
    command = f"python -m index watch {NEWS.resolve()} --accept-removals"
    assert f"The files of 8 articles, most of {NEWS.resolve()}, are no longer there." in ended.err
    assert ended.err.endswith(f"{command}\n")
    assert len(titles()) == 8

    accepted = run(*command.split()[3:])
    assert (accepted.code, accepted.out.splitlines()[-1]) == (0, "Removed 8 articles.")
    assert run("watch", "news", "--accept-removals").out == "No article is kept without its file.\n"
    assert titles() == set()
