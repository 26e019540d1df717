"""The library as others use it: its names, its types, its examples."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import restore

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if ">>>" in path.read_text("utf-8"))


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, restore; print(*[name for name in sys.modules if name.startswith('restore')])"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert names.split() == ["restore"]


@pytest.mark.parametrize("name", restore.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(restore, name)
    assert name == "__version__" or (inspect.getdoc(value) or "").strip()


@pytest.mark.parametrize("name", ["restore_text", "restore_file", "parse", "apply", "read_results"])
def test_every_public_function_is_typed(name: str) -> None:
    signature = inspect.signature(getattr(restore, name))
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="restore_all"):
        restore.restore_all  # noqa: B018


def test_the_wheel_says_that_it_is_typed_and_holds_what_the_desk_shows() -> None:
    files = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert "restore/py.typed" in files
    assert "restore/__init__.py" in files
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "restore").rglob("*.jinja")}
    assert templates <= files
    assert not [file for file in files if file.endswith((".c", ".cpp"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_in_the_docs_hold(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0
