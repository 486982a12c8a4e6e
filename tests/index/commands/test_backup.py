"""``backup`` and ``restore`` as people run them."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import Library
from tests.index.factories import made_up_text
from tests.index.subprocesses import COMMAND, Run, environment, run, start, wait_until

QUESTIONS = "how many troops?\nwhich countries are involved?\nWho won the World Cup?\n"


@pytest.fixture
def backed_up(sample: Library) -> str:
    """A backup of the sample's library, which is in the folder ``library``."""
    sample.close()
    written = run("backup", "backup.zip")
    assert (written.code, written.err) == (0, "")
    assert re.fullmatch(r"Backed up to backup\.zip \(\d+\.\d MB\)\.\n", written.out)
    return "backup.zip"


def answers(library: str) -> list[dict[str, object]]:
    asked = run("--library", library, "ask", "-", "--json", stdin=QUESTIONS)
    assert asked.code == 0
    return [json.loads(line) | {"elapsed_ms": 0} for line in asked.out.splitlines()]


def complaint(result: Run, code: int) -> str:
    """The one line on standard error with which a command ended."""
    assert (result.code, result.out) == (code, "")
    assert result.err.count("\n") == 1
    return result.err


def test_a_restored_library_answers_the_same(backed_up: str) -> None:
    restored = run("--library", "new", "restore", backed_up)
    assert (restored.code, restored.err) == (0, "")
    assert re.fullmatch(
        r"Restored the library at new as of \d{4}-\d\d-\d\d \d\d:\d\d UTC: 3 articles, 30"
        r" sentences\.\n",
        restored.out,
    )
    assert answers("new") == answers("library")
    assert run("--library", "new", "export") == run("export")
    verified = run("--library", "new", "verify")
    assert verified == run("verify") == Run(0, "All is well: 3 articles, 30 sentences.\n", "")


def test_a_library_that_was_lost_in_part_is_what_it_was(backed_up: str) -> None:
    before = answers("library")
    (article, *_) = [json.loads(line) for line in run("list", "--json").out.splitlines()]
    assert run("remove", article["id"]).code == 0
    assert "--replace" in complaint(run("restore", backed_up), 1)
    restored = run("restore", backed_up, "--replace")
    assert (restored.code, restored.err) == (0, "")
    (kept,) = re.findall(r"former library is kept in (\S+);", restored.out)
    assert answers("library") == before
    assert run("--library", kept, "verify").out.startswith("All is well: 2 articles")


def count_articles() -> int:
    """The articles in a library that another process is writing; 0 while it is not there yet."""
    try:
        with closing(sqlite3.connect("file:library/library.sqlite?mode=ro", uri=True)) as rows:
            return int(rows.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_backup_of_a_library_that_is_written_to_is_consistent() -> None:
    with Path("many.jsonl").open("w", encoding="utf-8") as file:
        for number in range(20_000):  # more than it can add in time
            line = {"title": f"Report {number}", "text": made_up_text(number, 1)}
            print(json.dumps(line), file=file)
    with start(["add", "many.jsonl"]) as adding:
        try:
            wait_until(adding, lambda: count_articles() > 3)
            before = count_articles()
            assert run("backup", "backup.zip").code == 0
            after = count_articles()
            assert adding.poll() is None, "it was adding articles all the time"
            refused = run("restore", "backup.zip", "--replace")
            assert "Stop the bot and every other command" in complaint(refused, 69)
        finally:
            adding.kill()

    restored = run("--library", "new", "restore", "backup.zip")
    (count,) = map(int, re.findall(r"(\d+) articles", restored.out))
    assert before <= count <= after
    assert run("--library", "new", "verify").out.startswith(f"All is well: {count} articles")


def test_what_is_refused_is_one_sentence(backed_up: str) -> None:
    assert "exists already" in complaint(run("backup", backed_up), 1)
    assert run("backup", backed_up, "--overwrite").code == 0
    assert "There is no library at none yet" in complaint(
        run("--library", "none", "backup", "x"), 1
    )
    Path("text.zip").write_text("This is a text.")
    assert "is not a backup" in complaint(run("restore", "text.zip", "--replace"), 1)
    assert "No such file" in complaint(run("restore", "no.zip", "--replace"), 1)
    Path("short.zip").write_bytes(Path(backed_up).read_bytes()[:-100])
    assert "incomplete" in complaint(run("restore", "short.zip", "--replace"), 1)
    shutil.copytree("library", "photos", ignore=shutil.ignore_patterns("library.sqlite"))
    Path("photos/cat.png").touch()
    wrong = run("--library", "photos", "restore", backed_up)
    assert "is not a library, but it has files" in complaint(wrong, 1)
    server = run("--library", "postgresql://me:secret@host/db", "backup", "x.zip")
    assert "pg_dump" in complaint(server, 78)
    assert "secret" not in server.err
    assert run("backup").code == 2
    assert run("restore", backed_up, "--bad").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ulimit")
def test_a_disk_without_room_is_one_sentence(backed_up: str) -> None:
    """A limit on the size of files stands in for the end of the disk."""

    def limited(*arguments: str) -> Run:
        command = ["bash", "-c", 'ulimit -f 40; exec "$@"', "bash", *COMMAND, *arguments]
        ended = subprocess.run(command, capture_output=True, env=environment(), check=False)
        return Run(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    assert "cannot be written" in complaint(limited("backup", "again.zip"), 1)
    assert "cannot be restored" in complaint(limited("--library", "new", "restore", backed_up), 1)
    assert not Path("new").exists()
    assert not Path("again.zip").exists()
    assert not list(Path().glob(".dateline*"))
