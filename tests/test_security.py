"""The page on security names tests that exist, and the source keeps its promises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from restore.config import Config

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", PAGE)
MODULES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
    for path in sorted((ROOT / "restore").rglob("*.py"))
}
UNPICKLING = {"pickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
WORD_MODEL = "restore/correct/segmentation.py"


def imported(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_the_page_names_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_claim_of_the_table_names_a_test() -> None:
    table = PAGE.split("## Which test shows it")[1].split("## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    assert all(re.search(r"`tests/\w+\.py::\w+`", row) for row in rows)


def test_the_limits_are_those_of_the_settings() -> None:
    rows = re.findall(r"^\| \w+ \| `--([\w-]+)` \| ([\d,]+) \|", PAGE, re.MULTILINE)
    told = {flag.replace("-", "_"): float(value.replace(",", "")) for flag, value in rows}
    assert told == {name: float(getattr(Config(), name)) for name in told}
    assert len(told) == 5


def test_no_pickle_is_loaded_but_the_word_models() -> None:
    assert [name for name, module in MODULES.items() if imported(module) & UNPICKLING] == [WORD_MODEL]


def test_no_text_becomes_a_program() -> None:
    for name, module in MODULES.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                assert called not in ("eval", "exec"), name
                assert not any(word.arg == "shell" for word in node.keywords), name
