"""The documentation cannot lie: links lead somewhere, commands exist, examples run, rooms describe their files."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "contested"
FOLDERS = ("docs", "src", "examples", "evaluation", "training", "tests")
PAGES = sorted(ROOT.glob("*.md")) + sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.md"))
ROOMS = sorted(p.parent for p in PACKAGE.glob("*/__init__.py"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))

_LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]+)(#[^)]*)?\)|src=\"(?!https?://)([^\"]+)\"")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.S | re.M)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _commands(page: Path, program: str) -> list[list[str]]:
    """Return the words of every command line in the page's shell blocks that starts with `program`."""
    lines = [
        line.strip().removeprefix("$ ")
        for language, block in _FENCE.findall(page.read_text(encoding="utf-8"))
        if language in ("", "sh", "bash", "console")
        for line in block.replace("\\\n", " ").splitlines()
    ]
    return [shlex.split(line, comments=True) for line in lines if line.startswith(f"{program} ")]


@cache
def _help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "contested.cli.main", *command, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page):
    targets = [a or b for a, _, b in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert not [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", [p for p in PAGES if _commands(p, "contested")], ids=_name)
def test_commands_and_their_options_exist(page):
    for _, *words in _commands(page, "contested"):
        if words[0].startswith("-"):
            continue
        options = [word.split("=")[0] for word in words[1:] if re.match(r"--\w", word)]
        text = _help(words[0])
        assert not [option for option in options if option not in text]


@pytest.mark.parametrize("page", [p for p in PAGES if _commands(p, "make")], ids=_name)
def test_make_targets_exist(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {word for _, *words in _commands(page, "make") for word in words if re.fullmatch("[a-z]+", word)}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_python_examples_run(page):
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


@pytest.mark.model
def test_the_python_of_the_readme_runs():
    """The blocks run as they stand; that the reader finds something in them is the business of other tests."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block for language, block in _FENCE.findall(text) if language == "python"]
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_a_room_describes_its_files(room):
    readme = (room / "README.md").read_text(encoding="utf-8")
    shipped = [p for p in sorted(room.iterdir()) if p.suffix in (".py", ".toml", ".tsv", ".onnx", ".gz")]
    assert not [p.name for p in shipped if p.stem not in ("__init__",) and p.name not in readme]


def test_the_tour_is_a_dozen_files_and_starts_with_the_types():
    stops = re.findall(r"^\d+\. \[[^\]]+\]\(([^)]+)\)", (ROOT / "docs" / "tour.md").read_text(encoding="utf-8"), re.M)
    assert 10 <= len(stops) <= 14
    assert "types" in stops[0]


@pytest.mark.parametrize("page", DECISIONS, ids=_name)
def test_decisions_say_what_and_why(page):
    text = page.read_text(encoding="utf-8")
    number = DECISIONS.index(page) + 1
    assert page.name.startswith(f"{number:04d}-")
    assert re.match(rf"# {number}\. \S", text)
    for heading in ("Decision", "Why", "What it costs"):
        assert f"## {heading}\n" in text


def test_the_changelog_knows_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_says_why():
    """Each line of a dependency list in pyproject.toml ends in a comment of some length."""
    text = (
        (ROOT / "pyproject.toml")
        .read_text(encoding="utf-8")
        .split("[project.scripts]")[0]
        .split("dependencies = [", 1)[1]
    )
    lines = [line for line in text.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 8
    assert not [line for line in lines if len(line.partition("#")[2]) < 20]
