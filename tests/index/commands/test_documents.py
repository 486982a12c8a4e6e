"""Word documents and e-books on the command line: from the file to the answer."""

import signal
import zipfile
from pathlib import Path

from index.sources.web import DOCUMENT_READERS
from tests.index.commands.test_command_line import lines, query
from tests.index.site import running_site
from tests.index.sources.zipped_documents import docx, epub, paragraph, table
from tests.index.subprocesses import end_of, run, start, wait_until

MINUTES = docx(
    paragraph("What the harbor board heard", style="Titel"),
    "The harbor board of Korsvik met on Monday.",
    "The new pier in Sel Bay will be 120 meters long and open in the spring of 2027.",
    table(("Pier", "Length"), ("North", "80 meters")),
)
BOOK = epub(
    "<h1>A lamp goes out</h1><p>The keeper left the island in autumn.</p>",
    "<h1>A lamp is lit</h1><p>The lighthouse of Grimsey was repaired by Astrid Vik, a welder.</p>",
    metadata="<dc:title>The Lamps of Grimsey</dc:title><dc:creator>Ida Berg</dc:creator>"
    "<dc:publisher>Eastby Press</dc:publisher><dc:date>2025-10-09</dc:date>",
)


def answer_to(question: str) -> tuple[str, str]:
    """What is highlighted in the first passage of an answer that was found, and its title."""
    (answer,) = lines(run("ask", question, "--json"))
    passage = answer["passages"][0]
    assert answer["found"], answer
    ((start, end),) = passage["highlights"]
    return passage["quote"][start:end], passage["article"]["title"]


def test_questions_are_answered_from_a_word_document_and_an_e_book() -> None:
    Path("news").mkdir()
    Path("news/minutes.docx").write_bytes(MINUTES)
    Path("news/lamps.EPUB").write_bytes(BOOK)
    Path("news/~$minutes.docx").write_bytes(b"\7Marit Holm" + bytes(150))  # Word has it open

    added = run("add", "news")

    assert (added.code, added.err) == (0, "")
    assert "2 added" in added.out
    length, title = answer_to("How long will the new pier be?")
    assert ("120 meters" in length, title) == (True, "What the harbor board heard")
    welder, title = answer_to("Who repaired the lighthouse of Grimsey?")
    assert ("Astrid Vik" in welder, title) == (True, "The Lamps of Grimsey")
    shown = {article["title"]: article for article in lines(run("list", "--json"))}
    book = shown["The Lamps of Grimsey"]
    assert (book["author"], book["publisher"]) == ("Ida Berg", "Eastby Press")
    assert book["published"] == "2025-10-09"


def test_a_watched_folder_follows_documents_and_not_what_word_puts_beside_them() -> None:
    Path("news").mkdir()
    watching = start(["watch", "news"])
    Path("news/~$minutes.docx").write_bytes(b"\7Marit Holm" + bytes(150))
    Path("news/minutes.docx").write_bytes(MINUTES)
    Path("news/lamps.epub").write_bytes(BOOK)
    wait_until(watching, lambda: query("SELECT count(*) FROM articles") == 2)
    Path("news/lamps.epub").unlink()
    wait_until(watching, lambda: query("SELECT count(*) FROM articles") == 1)
    watching.send_signal(signal.SIGINT)
    ended = end_of(watching)
    assert (ended.code, ended.err) == (0, "")


def test_links_to_documents_are_followed_by_their_media_types() -> None:
    _, word, book = DOCUMENT_READERS
    with running_site() as site:
        urls = [site.put("/minutes", MINUTES, word), site.put("/lamps", BOOK, book)]
        added = run("add", *urls, FETCH_ALLOW=f"127.0.0.1:{site.port}")

    assert (added.code, added.err) == (0, "")
    assert {article["url"] for article in lines(run("list", "--json"))} == set(urls)


def test_a_document_that_cannot_be_read_is_refused_and_the_others_are_added() -> None:
    Path("cut.docx").write_bytes(MINUTES[:-200])
    Path("lamps.epub").write_bytes(BOOK)
    with zipfile.ZipFile("table.docx", "w") as other:
        other.writestr("xl/workbook.xml", "<workbook/>")

    added = run("add", "cut.docx", "table.docx", "lamps.epub")

    assert added.code == 1
    assert "1 added" in added.out
    assert "cut.docx: this Word document is damaged or incomplete" in added.err
    assert "table.docx: this is no Word document (.docx)" in added.err
