"""Factories for the tests of the index: texts, models, a recording encoder, and a word-overlap
reader."""

import random
import re
import string
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import Encoder
from index.answering.retrieval import content_words
from index.embedding.base import Vectors
from index.reader import Excerpt, Reader, SentencePrediction

if TYPE_CHECKING:
    from transformers import BertConfig

WORDS = """amber boat canal delta ember ferry grain harbor island jetty kettle lantern meadow night
orchard parcel quarry river storm timber union valley winter yard zephyr bridge cargo dock engine
flood gate hull iron justice knot ledger mast notice oar pier quay rail sail tide vessel wharf
""".split()


def made_up_text(seed: int, sentences: int = 4) -> str:
    """A text of plain sentences, different for each seed."""
    choose = random.Random(seed)
    made = (" ".join(choose.sample(WORDS, 8)).capitalize() + "." for _ in range(sentences))
    return f"Report {seed} from the coast. " + " ".join(made)


class CountingEncoder(Encoder):
    """The real model, already loaded; records the sentences that it embeds."""

    def __init__(self, loaded: Encoder) -> None:
        super().__init__(loaded.name)
        self.__dict__["_model"] = loaded._model
        self.__dict__["info"] = loaded.info
        self.embedded: list[str] = []

    def encode(self, sentences: Sequence[str]) -> Vectors:
        self.embedded += sentences
        return super().encode(sentences)


class WordReader(Reader):
    """Scores a sentence by the question's content words in it; the last of them is the span.

    Logits are from -10, without any of the words, to 10, with all of them. The reader records what
    it is given to read.
    """

    name = "words"

    def __init__(self) -> None:
        self.loaded = 0
        self.given: list[tuple[str, list[list[str]]]] = []

    def load(self) -> None:
        self.loaded += 1

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        self.given.append((question, [list(excerpt.sentences) for excerpt in excerpts]))
        wanted = set(content_words(question))
        return [[self._predict(wanted, sentence) for sentence in e.sentences] for e in excerpts]

    @staticmethod
    def _predict(wanted: set[str], sentence: str) -> SentencePrediction:
        shared = [m for m in re.finditer(r"\w+", sentence) if m[0].lower() in wanted]
        words = {match[0].lower() for match in shared}
        logit = 20 * len(words) / len(wanted) - 10
        return SentencePrediction(logit, shared[-1].span() if shared else None)


def make_model(folder: Path, width: int = 32, seed: int = 1) -> Path:
    """A sentence-transformers model with random weights, in ``folder``."""
    import torch
    from transformers import BertModel

    config = _make_tokenizer(folder, width)
    torch.manual_seed(seed)
    BertModel(config).save_pretrained(folder)
    return folder


def make_cross_encoder(folder: Path, labels: int = 1, seed: int = 1) -> Path:
    """A cross-encoder with random weights, in ``folder``."""
    import torch
    from transformers import BertForSequenceClassification

    config = _make_tokenizer(folder, initializer_range=0.5, num_labels=labels)
    torch.manual_seed(seed)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def make_answerer(folder: Path, seed: int = 1) -> Path:
    """An extractive question-answering model with random weights, in ``folder``."""
    import torch
    from transformers import BertForQuestionAnswering

    config = _make_tokenizer(folder, initializer_range=0.5)
    torch.manual_seed(seed)
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder


def make_pieces(folder: Path) -> Path:
    """Replace a model's tokenizer by one whose tokens include the preceding space."""
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    special["sep_token"] = "[SEP]"
    letters = string.ascii_lowercase + ".?"
    pieces = [*special.values(), *letters, *(f"▁{letter}" for letter in letters)]
    tokenizer = Tokenizer(Unigram([(piece, -3.0) for piece in pieces], unk_id=1))
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(token, pieces.index(token)) for token in ("[CLS]", "[SEP]")],
    )
    for file in (*folder.glob("tokenizer*"), *folder.glob("vocab*")):
        file.unlink()
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    return folder


def _make_tokenizer(folder: Path, width: int = 32, **options: Any) -> "BertConfig":
    """Write a tokenizer of single letters to ``folder``; returns the configuration of a model for
    it, with 64 positions."""
    from transformers import BertConfig, BertTokenizer

    folder.mkdir(parents=True)
    letters = string.ascii_lowercase + string.digits
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=width,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=width,
        max_position_embeddings=64,
        **options,
    )
