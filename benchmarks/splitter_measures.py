"""What is counted of a sentence splitter: over whole question sets, and on gold cases.

The gold cases stand in splitter_cases.jsonl beside this file: one list of sentences a line, joined
by a space for the test.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.splitter_candidates import Span, Splitter, trim

CASES = Path(__file__).with_name("splitter_cases.jsonl")

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
