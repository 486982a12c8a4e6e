"""The pictures in the documentation are those that ``make screenshots`` takes."""

import re

from tests.conftest import ROOT
from tools.scenes import SCENES
from tools.screenshots import PICTURES

SHOWN = re.compile(r"\]\((?:docs/)?pictures/([a-z-]+)\.png\)")


def test_every_scene_is_shown_dark_and_light() -> None:
    gallery = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")

    assert sorted(SHOWN.findall(gallery)) == sorted(
        name + suffix for name in SCENES for suffix in ("", "-light")
    )


def test_every_picture_that_is_shown_is_there_and_no_other() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name for page in pages for name in SHOWN.findall(page.read_text(encoding="utf-8"))}

    assert shown == {picture.stem for picture in PICTURES.glob("*.png")}
