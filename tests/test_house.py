"""The house keeps its own rules: floors, names, sizes, and nothing read before it is asked for."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "contested"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())

BANNED = {"data", "info", "item", "obj", "process", "handle", "manager", "helper", "utils", "misc", "common", "core"}

FILE_LINES = 400  # the house style: a file is one thought
FUNCTION_LINES = 45  # "about 40", without the docstring
WHO_MAY_IMPORT = {
    "onnxruntime": {"reader"},
    "tokenizers": {"reader"},
    "trafilatura": {"sources"},
    "pypdf": {"sources"},
    "pyarrow": {"sources", "export", "pipeline"},
    "warcio": {"sources"},
    "ray": {"scale"},
    "duckdb": {"cli"},
    "xlsxwriter": {"export"},
    "psycopg": {"store"},
    "click": {"cli"},
    "rich": {"cli", "pipeline"},
}


def _functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_rooms_are_there():
    assert {"types", "resources", "sources"} <= set(ROOMS)


def test_importing_the_package_opens_no_file_of_its_own():
    """Every module is imported under an audit hook that records each file opened inside the package."""
    names = [".".join(("contested", *m.relative_to(PACKAGE).with_suffix("").parts)) for m in MODULES]
    names = [name.removesuffix(".__init__") for name in names]
    program = f"""
import importlib, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
for name in {names!r}:
    importlib.import_module(name)
code = (".py", ".pyc", ".so")
inside = [path for path in opened if path.startswith({str(PACKAGE)!r})]
print("\\n".join(path for path in inside if not path.endswith(code) and ".pyc." not in path))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_floors_of_the_house_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_heavy_dependencies_stay_in_their_rooms(module):
    trespassing = {name for name in _imports(module) if _room(module) not in WHO_MAY_IMPORT.get(name, {_room(module)})}
    assert not trespassing


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_files_are_short(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_functions_are_short(module):
    long = {}
    for function in _functions(module):
        first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        lines = (function.end_lineno or 0) - first.lineno + 1
        if lines > FUNCTION_LINES:
            long[function.name] = lines
    assert not long


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_names_say_something(module):
    """No banned word is a name, or a part of a file's, class's or function's name."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    defined = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    arguments = [a.arg for n in ast.walk(tree) if isinstance(n, ast.arguments) for a in (*n.args, *n.kwonlyargs)]
    variables = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    parts = {part for name in [*defined, module.stem] for part in name.lower().split("_")}
    assert not BANNED & (parts | {*arguments, *variables})


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_exist_and_are_said(room):
    """A room's `__all__` lists what other rooms may use, and every name of it is there."""
    module = importlib.import_module(f"contested.{room}")
    assert len(module.__all__) == len(set(module.__all__))
    assert not [name for name in module.__all__ if not hasattr(module, name)]


def test_the_public_surface_is_small():
    import contested

    assert set(contested.__all__) == {"__version__", "read"}
    assert not [name for name in contested.__all__ if not hasattr(contested, name)]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_no_word_lists(room):
    """Knowledge lives in tables: no literal collection in the code holds many strings, but for names of columns."""
    for module in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.List | ast.Set | ast.Tuple) and not _is_all(module, node):
                words = [e for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
                assert len(words) <= 16, f"{module.relative_to(ROOT)}:{node.lineno} holds {len(words)} strings"


def _is_all(module: Path, node: ast.AST) -> bool:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return any(
        isinstance(n, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id in ("__all__", "__slots__", "COLUMNS") for t in n.targets)
        and ast.dump(n.value) == ast.dump(node)
        for n in ast.walk(tree)
    )
