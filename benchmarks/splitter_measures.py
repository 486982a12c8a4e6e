"""Measures of sentence splitters, on the texts of question sets and on gold cases.

Each line of ``splitter_cases.jsonl`` is a gold case: sentences, which are joined with spaces.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.splitter_candidates import Span, Splitter, trim

LONG_SENTENCE = 400
CASES = Path(__file__).with_name("splitter_cases.jsonl")
PROBES = Path(__file__).with_name("sentence_probes.jsonl")
"""Hard cases in the form of gold cases. Odd lines are the half that splitters are tuned on, even
ones are held back."""

TITLES = (
    "Mr Mrs Ms Dr Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Capt Sgt Cpl Adm Cmdr Brig Rev "
    "Hon Pres Supt Det Insp Messrs Mme Mlle Sra St Mt Ft vs"
).split()
BEFORE_DIGIT = (
    "No Nos Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Art Sec Fig fig pp vol".split()
)
OTHERS = "Inc Corp Co Ltd LLC Bros Jr Sr etc al Ave Blvd Rd approx Ph.D M.D a.m p.m".split()
ABBREVIATIONS = {*TITLES, *BEFORE_DIGIT, *OTHERS}
SENTENCE_STARTERS = set(
    "The A An He She It They We I You In On At By For But And So This That These Those His Her Its "
    "Their There If As When While After Before Since Then However Also Both Many Most Some".split()
)
SENTENCE_END = re.compile(r"(\S+?)[.!?]+[\"”’)]?\s+[\"“‘(]?[A-Z]")
INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")


def is_false_boundary(before: str, after: str) -> bool:
    """Whether a sentence was split after a title, an initial, "No.", "Oct." or "U.S."."""
    last, first = before.split()[-1].lstrip("“‘\"'("), after.split()[0]
    if not last.endswith("."):
        return False
    word = last[:-1]
    if word in TITLES or word in BEFORE_DIGIT:
        return first[0].isdigit() if word in BEFORE_DIGIT else first[0].isupper()
    initial = INITIAL.fullmatch(word) is not None and word[0].isupper() and word != "I"
    return initial and first[0].isupper() and first.strip(",;:.") not in SENTENCE_STARTERS


def contains_boundary(sentence: str) -> bool:
    """Whether a sentence should have been split: a word that is no abbreviation ends one in it."""
    words = (match[1].lstrip("“‘\"'(") for match in SENTENCE_END.finditer(sentence))
    return any(w not in ABBREVIATIONS and not INITIAL.fullmatch(w) for w in words)


TITLES_BEFORE_NAMES = (
    "Mr.,Mrs.,Ms.,Dr.,Prof.,Gen.,Sen.,Rep.,Gov.,Lt.,Col.,Maj.,Capt.,Sgt.,Cpl.,Adm.,Rev.,Supt.,"
    "Lt. Gov.,Lt. Gen.,Maj. Gen.,Brig. Gen.,U.S. Rep.,St.,J.,J.K.,U.S. Army Col.,Sr.,Fr.,Hon.,"
    "Pvt.,Cmdr.,Amb.,Pres.,Atty. Gen."
).split(",")


@dataclass
class TextSet:
    """Texts with the answers to questions; a splitter should not cut any answer.

    Args:
        answers: the number of the text and the span of each answer.
    """

    name: str
    texts: list[str] = field(default_factory=list)
    answers: list[tuple[int, Span]] = field(default_factory=list)

    def add_answer(self, text: int, start: int, answer: str) -> None:
        """Add an answer without the white space around it."""
        start += len(answer) - len(answer.lstrip())
        self.answers.append((text, (start, start + len(answer.strip()))))


@dataclass
class Counts:
    """Counts of a splitter's errors.

    Args:
        boundaries: between two sentences of a text.
        lowercase: boundaries before a lower-case letter.
        abbreviation: boundaries after an abbreviation; see ``is_false_boundary``.
        missed: sentences that should have been split; see ``contains_boundary``.
        long: sentences of more than ``LONG_SENTENCE`` characters.
        damaged: texts with overlapping sentences or lost characters.
        cut: answers that are in more than one sentence.
    """

    sentences: int = 0
    boundaries: int = 0
    lowercase: int = 0
    abbreviation: int = 0
    missed: int = 0
    long: int = 0
    damaged: int = 0
    answers: int = 0
    cut: int = 0


def read_sets(data: Path, limit: int) -> Iterator[TextSet]:
    """The sample articles, the question sets, and SQuADShifts.

    Args:
        limit: the number of paragraphs of each SQuADShifts file.
    """
    texts = [path.read_text("utf-8") for path in sorted((data / "articles").glob("*.txt"))]
    yield TextSet("articles", texts)
    for name in ("squad2", "xquad-en", "new-wiki"):
        text_set = TextSet(name)
        numbers = {}
        for line in (data / "eval" / name / "articles.jsonl").read_text("utf-8").splitlines():
            article = json.loads(line)
            numbers[article["title"]] = len(text_set.texts)
            text_set.texts.append(article["text"])
        for line in (data / "eval" / name / "questions.jsonl").read_text("utf-8").splitlines():
            question = json.loads(line)
            if question["answerable"]:
                first = question["answers"][0]
                text_set.add_answer(numbers[question["article"]], first["start"], first["text"])
        yield text_set
    for path in sorted((data / "train" / "squadshifts").glob("*.json")):
        text_set = TextSet("shifts " + path.stem.removesuffix("_reviews"))
        topics = json.loads(path.read_text("utf-8"))["data"]
        for paragraph in [p for topic in topics for p in topic["paragraphs"]][:limit]:
            for question in paragraph["qas"]:
                first = question["answers"][0]
                text_set.add_answer(len(text_set.texts), first["answer_start"], first["text"])
            text_set.texts.append(paragraph["context"])
        yield text_set


def measure(split: Splitter, data: TextSet) -> Counts:
    """The counts of a splitter on a set."""
    counts = Counts(answers=len(data.answers))
    spans_of = []
    for text in data.texts:
        spans = trim(text, split(text))
        spans_of.append(spans)
        kept = "".join(text[start:end] for start, end in spans)
        overlap = any(a[1] > b[0] for a, b in pairwise(spans))
        counts.damaged += overlap or "".join(kept.split()) != "".join(text.split())
        sentences = [text[start:end] for start, end in spans]
        counts.sentences += len(sentences)
        counts.missed += sum(contains_boundary(sentence) for sentence in sentences)
        counts.long += sum(len(sentence) > LONG_SENTENCE for sentence in sentences)
        for before, after in pairwise(sentences):
            counts.boundaries += 1
            counts.lowercase += after.lstrip("“‘\"'(")[:1].islower()
            counts.abbreviation += is_false_boundary(before, after)
    for number, (start, end) in data.answers:
        counts.cut += not any(s <= start and end <= e for s, e in spans_of[number])
    return counts


def evaluate_gold_cases(split: Splitter, verbose: bool) -> dict[str, tuple[int, int, int, bool]]:
    """The outcome of each kind of gold case and of "all": the numbers of right, false and missed
    boundaries, and whether all cases are exact."""
    kinds: dict[str, tuple[int, int, int, bool]] = {}
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        text = " ".join(case["sentences"])
        expected, start = set[int](), 0
        for sentence in case["sentences"][:-1]:
            start += len(sentence) + 1
            expected.add(start)
        spans = trim(text, split(text))
        actual = {start for start, _ in spans[1:]}
        if verbose and expected != actual:
            print(f"  {case['kind']}: {' ¦ '.join(text[a:b] for a, b in spans)}")
        for kind in (case["kind"], "all"):
            hits, false, misses, exact = kinds.get(kind, (0, 0, 0, True))
            hits, false = hits + len(expected & actual), false + len(actual - expected)
            kinds[kind] = (
                hits,
                false,
                misses + len(expected - actual),
                exact and expected == actual,
            )
    return kinds


def count_exact_probes(split: Splitter, verbose: bool) -> dict[str, list[int]]:
    """The number of probes of each kind, and of "all", that are split exactly: of the tuned half
    and of the half held back, each followed by the number of all.

    Args:
        verbose: whether to print the failures of the tuned half.
    """
    kinds: dict[str, list[int]] = {}
    for number, line in enumerate(PROBES.read_text("utf-8").splitlines()):
        probe = json.loads(line)
        text, half = " ".join(probe["sentences"]), number % 2
        found = [text[start:end] for start, end in trim(text, split(text))]
        exact = found == probe["sentences"]
        if verbose and not exact and not half:
            print(f"  {probe['kind']}: {' ¦ '.join(found)}")
        for kind in (probe["kind"], "all"):
            counts = kinds.setdefault(kind, [0, 0, 0, 0])
            counts[2 * half] += exact
            counts[2 * half + 1] += 1
    return kinds


def count_split_titles(split: Splitter) -> tuple[int, int]:
    """The number of wrong cases, and of all, with a title before a name: within a sentence, at its
    start, and after an opening quotation mark."""
    wrong = 0
    for title in TITLES_BEFORE_NAMES:
        for case in (
            [f"They met {title} Smith on Monday.", "Talks ended."],
            ["The talks ended on Monday.", f"{title} Smith left the room."],
            ["“We are done,” he said.", f"“{title} Smith knew it,” she added."],
        ):
            text = " ".join(case)
            wrong += [text[start:end] for start, end in trim(text, split(text))] != case
    return wrong, 3 * len(TITLES_BEFORE_NAMES)


def count_exact_cases(split: Splitter) -> tuple[int, int]:
    """The number of gold cases that are split exactly, and of all."""
    cases = [json.loads(line)["sentences"] for line in CASES.read_text("utf-8").splitlines()]
    texts = [(" ".join(case), case) for case in cases]
    return sum([t[a:b] for a, b in trim(t, split(t))] == case for t, case in texts), len(cases)
