"""Embedding models as ONNX Runtime runs them: without torch, whose import takes seconds.

A model is exported once, when it is first loaded, into the user's cache, and from there on loaded
in a fraction of a second. What comes out is compared with what torch gives; a model that cannot be
exported, or whose export gives anything else, is run by torch.
"""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from index.embedding.onnx_runtime import CORES, open_session

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

TOKENS = 1024
"""Of a batch, padding included: more of them at a time take longer each."""

FORMAT = 2
"""Of the exports: another one where they are made in another way."""

DIGEST = 32
"""Hexadecimal digits that tell models apart."""

OPSET = 17
LIKE = 0.9999
"""The cosine of a text's vectors, from ONNX Runtime and from torch, below which an export is no
good."""

PROBES = (
    "A ferry.",
    "About 200 American soldiers are on their way to Israel, two officials said on Thursday.",
    "Ça coûte 28 €, не больше; 短い、でも長い。 🙂",
    "ALL CAPITALS, dots... and (brackets) – and more than a model may read at once. " * 40,
    "",
)
"""Texts of which an export must make what torch makes."""

MODEL, TOKENIZER, ABOUT = "model.onnx", "tokenizer.json", "about.json"


@dataclass(frozen=True, slots=True)
class About:
    """What there is to know of an exported model.

    Args:
        fingerprint: SHA-256 of the weights that it was made from.
        length: tokens beyond which a text is cut.
        query, document: what is put before a question, and before a sentence.
        inputs: the names of those that the model has.
    """

    fingerprint: str
    width: int
    length: int
    query: str
    document: str
    inputs: tuple[str, ...]


class NotExportableError(Exception):
    """A model does not work without torch, and why."""


class ExportedModel:
    """A model in a folder that ``export`` has made. May be used from several threads."""

    together = CORES

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self.about = About(**about | {"inputs": tuple(about["inputs"])})
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(self.about.length)
        self._tokenizer.no_padding()
        self._session = open_session(folder / MODEL, optimize=False)  # it has been

    @property
    def width(self) -> int:
        """Of its vectors."""
        return self.about.width

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        """Which sentences are best embedded together, as their numbers: those of one length, not
        too many tokens, and of a few sentences as much for each core."""
        lengths = [len(ids) for ids in self._ids(self.about.document, sentences)]
        most = min(TOKENS, -(-sum(lengths) // CORES))
        batch: list[int] = []
        for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
            if batch and (len(batch) + 1) * lengths[batch[0]] > most:
                yield batch
                batch = []
            batch.append(number)
        if batch:
            yield batch

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences: shape (n, width)."""
        return self._run(self._ids(self.about.document, sentences))

    def encode_queries(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of questions: shape (n, width)."""
        return self._run(self._ids(self.about.query, questions))

    def _ids(self, prompt: str, texts: Sequence[str]) -> list[list[int]]:
        found = self._tokenizer.encode_batch([prompt + text for text in texts])
        return [one.ids for one in found]

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        if not rows:
            return np.empty((0, self.about.width), dtype=np.float32)
        tokens = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, ids in enumerate(rows):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        given = {
            "input_ids": tokens,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(tokens),
        }
        (vectors,) = self._session.run(None, {name: given[name] for name in self.about.inputs})
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def export(model: "SentenceTransformer", fingerprint: str, folder: Path) -> None:
    """Export a model to a folder, all at once: it is there whole, or not at all.

    Raises:
        NotExportableError: the model works with torch only, or the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as made:
            part = Path(made) / "whole"
            part.mkdir()
            about = _write(model, fingerprint, part)
            (part / ABOUT).write_text(json.dumps(asdict(about)), encoding="utf-8")
            _compare(ExportedModel(part), model)
            try:
                part.rename(folder)
            except OSError:
                if not folder.is_dir():  # no other process was quicker
                    raise
    except NotExportableError:
        raise
    except Exception as error:  # whatever torch, the model's code or the file system raises
        raise NotExportableError(str(error).strip() or type(error).__name__) from error


def export_folder(model: Path) -> Path:
    """The folder of the user's cache for the export of a model: the same for the same files,
    wherever they are.

    Args:
        model: the folder of the model.
    """
    cache = user_cache_path("dateline") / "encoders"
    files = [path for path in sorted(model.rglob("*")) if path.is_file()]
    stats = [(str(path.resolve()), (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    # Reading all of it takes a third of a second: what it gave is noted.
    note = cache / "known" / hashlib.sha256(json.dumps([FORMAT, stats]).encode()).hexdigest()
    try:
        digest = note.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        digest = _digest(files, model)
        with suppress(OSError):  # it is only slower without
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(digest, encoding="ascii")
    return cache / (digest if len(digest) == DIGEST else _digest(files, model))


def _digest(files: Sequence[Path], model: Path) -> str:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for path in files:
        digest.update(f"{path.relative_to(model)} {path.stat().st_size} ".encode())
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:DIGEST]


def _write(model: "SentenceTransformer", fingerprint: str, folder: Path) -> About:
    """Write a model and its tokenizer; what there is to know of them."""
    import torch

    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    length, width = model.max_seq_length, model.get_embedding_dimension()
    if backend is None or not length or not width:
        raise NotExportableError("it has no tokenizer of the usual kind")
    features: dict[str, Any] = model.preprocess(["A ferry was late.", "Otters."])
    names = tuple(n for n in ("input_ids", "attention_mask", "token_type_ids") if n in features)

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            found = self.model(dict(zip(names, tensors, strict=True)))
            return found["sentence_embedding"]  # type: ignore[no-any-return]

    model.eval()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is compared in the end anyway
        torch.onnx.export(
            Whole(),
            tuple(features[name].cpu() for name in names),
            str(folder / MODEL),
            input_names=list(names),
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names}
            | {"vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )
    _optimize(folder / MODEL)
    backend.save(str(folder / TOKENIZER))
    query, document = _prompts(model)
    return About(fingerprint, width, length, query, document, names)


def _optimize(path: Path) -> None:
    """Do once what would take half of the time of each loading."""
    optimized = path.with_suffix(".optimized")
    # The cache may be on a disk that several machines share.
    open_session(path, save_to=optimized)
    optimized.replace(path)


def _prompts(model: "SentenceTransformer") -> tuple[str, str]:
    """What sentence-transformers puts before questions and before sentences."""
    prompts = model.prompts or {}
    default = prompts.get(model.default_prompt_name or "", "")
    documents = [prompts[name] for name in ("document", "passage", "corpus") if name in prompts]
    return prompts.get("query", default) or "", (documents or [default])[0] or ""


def _compare(exported: ExportedModel, model: "SentenceTransformer") -> None:
    """Raises: NotExportableError, where an export makes other vectors than its model."""
    options: Any = {"normalize_embeddings": True, "show_progress_bar": False}
    pairs = [(exported.encode_document(PROBES), model.encode_document(list(PROBES), **options))]
    for probe in PROBES:
        pairs.append((exported.encode_queries([probe]), model.encode_query([probe], **options)))
    for ours, theirs in pairs:
        if float(np.sum(ours * theirs, axis=-1).min()) < LIKE:
            raise NotExportableError("ONNX Runtime gives other vectors than torch")
