"""What the tests of the index make for themselves: texts, models, and an encoder that counts."""

import random
import string
from collections.abc import Sequence
from pathlib import Path

from index import Encoder
from index.encoder import Vectors

WORDS = """amber boat canal delta ember ferry grain harbor island jetty kettle lantern meadow night
orchard parcel quarry river storm timber union valley winter yard zephyr bridge cargo dock engine
flood gate hull iron justice knot ledger mast notice oar pier quay rail sail tide vessel wharf
""".split()


def made_up_text(seed: int, sentences: int = 4) -> str:
    """A text of plain sentences, another for each seed."""
    choose = random.Random(seed)
    made = (" ".join(choose.sample(WORDS, 8)).capitalize() + "." for _ in range(sentences))
    return f"Report {seed} from the coast. " + " ".join(made)


class CountingEncoder(Encoder):
    """The real model, loaded already, that writes down what it embeds."""

    def __init__(self, loaded: Encoder) -> None:
        super().__init__(loaded.name)
        self.__dict__["_model"] = loaded._model
        self.__dict__["info"] = loaded.info
        self.embedded: list[str] = []

    def encode(self, sentences: Sequence[str]) -> Vectors:
        self.embedded += sentences
        return super().encode(sentences)


def make_model(folder: Path, width: int = 32, seed: int = 1) -> Path:
    """A sentence-transformers model with random weights, in ``folder``."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    folder.mkdir(parents=True)
    letters = string.ascii_lowercase + string.digits
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=width,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=width,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    return folder
