"""What the command line says of itself: its version, its examples, and completion in a shell."""

import re
import shlex
from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from index.commands import app
from index.commands.cli import PROGRAM

GROUP = typer.main.get_group(app)


def test_the_version_is_that_of_the_package() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.output) == (0, f"dateline {version('dateline')}\n")


@pytest.mark.parametrize("name", GROUP.commands)
def test_each_commands_help_has_an_example_that_is_a_command_line(name: str) -> None:
    command = GROUP.commands[name]
    example = re.fullmatch(rf"Example: {PROGRAM} {name} ?(.*)", command.epilog or "")
    assert example is not None
    command.make_context(name, shlex.split(example[1])).close()  # raises if it cannot be parsed
    shown = " ".join(CliRunner().invoke(app, [name, "--help"]).output.split())
    assert "Example: " in shown


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("dateline e", {"export", "evaluate"}), ("dateline ask --pub", {"--publisher"})],
)
def test_a_shell_completes_commands_and_options(typed: str, completed: set[str]) -> None:
    environment = {
        "_DATELINE_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    told = CliRunner().invoke(app, [], prog_name="dateline", env=environment)
    assert set(told.output.split()) == completed
