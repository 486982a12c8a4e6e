"""Exporting embedding models to ONNX.

A model is exported into the user's cache when it is first loaded, and from then on loads in a
fraction of a second. The export's vectors are compared with torch's; a model that cannot be
exported, or whose export gives other vectors, runs on torch.
"""

import hashlib
import json
import re
import shutil
import tempfile
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from platformdirs import user_cache_path

from index.embedding.onnx_model import (
    INFO_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
    ExportedModel,
    ExportInfo,
    write_checksums,
)
from index.embedding.onnx_runtime import open_session

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FORMAT = 3
"""The version of the export; a change makes existing exports obsolete."""

DIGEST_LENGTH = 32
"""Hexadecimal digits of a model's digest."""

DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}")

OPSET = 17

MIN_COSINE = 0.9999
"""The least cosine of an exported model's vectors to torch's."""

PROBES = (
    "A ferry.",
    "About 200 American soldiers are on their way to Israel, two officials said on Thursday.",
    "Ça coûte 28 €, не больше; 短い、でも長い。 🙂",
    "ALL CAPITALS, dots... and (brackets) – and more than a model may read at once. " * 40,
    "",
)
"""Texts whose vectors are compared."""


UNFINISHED_SECONDS = 3600.0
"""The age from which an export that is not complete never will be."""


class NotExportableError(Exception):
    """A model cannot be exported, with the reason."""


def export(model: "SentenceTransformer", fingerprint: str, folder: Path) -> None:
    """Export a model to a folder, which is created complete or not at all.

    Args:
        fingerprint: SHA-256 of the model's weights.

    Raises:
        NotExportableError: the model works with torch only, or the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_unfinished(folder.parent)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as temporary:
            complete = Path(temporary) / "complete"
            complete.mkdir()
            info = _write(model, fingerprint, complete)
            (complete / INFO_FILE).write_text(json.dumps(asdict(info)), encoding="utf-8")
            write_checksums(complete)
            _compare(ExportedModel(complete), model)
            try:
                complete.rename(folder)
            except OSError:
                if not folder.is_dir():  # unless another process was faster
                    raise
    except NotExportableError:
        raise
    except Exception as error:  # whatever torch, the model's code or the file system raises
        raise NotExportableError(str(error).strip() or type(error).__name__) from error


def _remove_unfinished(cache: Path) -> None:
    """Remove the files of exports that were interrupted more than an hour ago."""
    for path in cache.glob(".*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > UNFINISHED_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def export_folder(model: Path) -> Path:
    """The folder in the user's cache for the export of a model; it depends on the contents of the
    model's files only.

    Args:
        model: the folder of the model.
    """
    cache = user_cache_path("dateline") / "encoders"
    files = [path for path in sorted(model.rglob("*")) if path.is_file()]
    stats = [(str(path.resolve()), (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    # Hashing all files takes a third of a second, so the digest is cached by their metadata.
    cached = cache / "known" / hashlib.sha256(json.dumps([FORMAT, stats]).encode()).hexdigest()
    try:
        digest = cached.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        digest = _digest(files, model)
        with suppress(OSError):  # it is only slower next time
            cached.parent.mkdir(parents=True, exist_ok=True)
            cached.write_text(digest, encoding="ascii")
    is_digest = DIGEST.fullmatch(digest)  # and not damaged
    return cache / (digest if is_digest else _digest(files, model))


def _digest(files: Sequence[Path], model: Path) -> str:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for path in files:
        digest.update(f"{path.relative_to(model)} {path.stat().st_size} ".encode())
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:DIGEST_LENGTH]


def _write(model: "SentenceTransformer", fingerprint: str, folder: Path) -> ExportInfo:
    """Write a model and its tokenizer to a folder."""
    import torch

    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    length, width = model.max_seq_length, model.get_embedding_dimension()
    if backend is None or not length or not width:
        raise NotExportableError("it has no fast tokenizer")
    features: dict[str, Any] = model.preprocess(["A ferry was late.", "Otters."])
    names = tuple(n for n in ("input_ids", "attention_mask", "token_type_ids") if n in features)

    class SentenceEmbedding(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            features = self.model(dict(zip(names, tensors, strict=True)))
            return features["sentence_embedding"]  # type: ignore[no-any-return]

    model.eval()
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the vectors are compared afterwards
        torch.onnx.export(
            SentenceEmbedding(),
            tuple(features[name].cpu() for name in names),
            str(folder / MODEL_FILE),
            input_names=list(names),
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names}
            | {"vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )
    _optimize(folder / MODEL_FILE)
    backend.save(str(folder / TOKENIZER_FILE))
    query, document = _prompts(model)
    return ExportInfo(fingerprint, width, length, query, document, names)


def _optimize(path: Path) -> None:
    """Optimize a model once, which would otherwise take half of the time of each load."""
    optimized = path.with_suffix(".optimized")
    open_session(path, save_to=optimized)
    optimized.replace(path)


def _prompts(model: "SentenceTransformer") -> tuple[str, str]:
    """The prompts of questions and of sentences, as sentence-transformers chooses them."""
    prompts = model.prompts or {}
    default = prompts.get(model.default_prompt_name or "", "")
    documents = [prompts[name] for name in ("document", "passage", "corpus") if name in prompts]
    return prompts.get("query", default) or "", (documents or [default])[0] or ""


def _compare(exported: ExportedModel, model: "SentenceTransformer") -> None:
    """Raises NotExportableError if an exported model's vectors differ from the model's."""
    options: Any = {"normalize_embeddings": True, "show_progress_bar": False}
    pairs = [(exported.encode_document(PROBES), model.encode_document(list(PROBES), **options))]
    for probe in PROBES:
        pairs.append((exported.encode_queries([probe]), model.encode_query([probe], **options)))
    for ours, theirs in pairs:
        if float(np.sum(ours * theirs, axis=-1).min()) < MIN_COSINE:
            raise NotExportableError("ONNX Runtime gives other vectors than torch")
