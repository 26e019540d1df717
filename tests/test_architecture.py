"""The house's rules, read from the syntax trees: who imports whom, how long a room is, who may speak."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text("utf-8")
    )
    for path in sorted((ROOT / "restore").rglob("*.py"))
}
LINES = {
    path: len(path.read_text("utf-8").splitlines())
    for path in (ROOT / "restore").rglob("*.py*")
    if path.suffix in (".py", ".pyx")
}

# A floor may import its own floor (rooms of one folder) and everything below, but never its neighbours.
GROUND = {
    "page",
    "preview",
    "edit",
    "document",
    "content",
    "field",
    "errors",
    "messages",
    "documents",
    "batch_messages",
    "export_messages",
    "dictionary",
    "dictionary_messages",
    "bench_messages",
    "cluster_messages",
    "desk_messages",
    "diff_messages",
    "input_messages",
    "limited",
    "search_messages",
    "status_messages",
    "watch_messages",
    "wording",
    "reasons",
    "help_texts",
    "config",
    "output",
    "memory",
    "hashing",
    "timing",
    "seen",
    "decisions",
    "replay",
    "set_fields",
}
MAY_IMPORT = {
    "language": {"ground"},
    "scan": {"ground", "language"},
    "correct": {"ground", "language"},
    "structure": {"ground", "language"},
    "meaning": {"ground", "language", "structure"},
    "parser": {"ground", "language", "structure", "meaning"},
    "review": {"ground", "language"},
    "export": {"ground", "language"},
    "search": {"ground", "language"},
    "pipeline": {"ground", "language", "scan", "correct", "structure", "parser"},
    "batch": {"ground", "pipeline", "review", "export"},
    "desk": {"ground", "language", "review", "export", "search", "pipeline", "batch"},
    "machine": {
        "ground",
        "language",
        "scan",
        "correct",
        "pipeline",
        "review",
        "parser",
        "search",
        "batch",
    },
    "cli": {"ground", "language", "review", "export", "search", "pipeline", "batch", "desk", "machine"},
    "ground": set(),
}
FLOOR_OF = {
    "versions": "pipeline",
    "reading": "pipeline",
    "previews": "pipeline",
    "evidence": "pipeline",
    "listed": "pipeline",
    "results": "pipeline",
    "recognised": "pipeline",
    "doctor": "machine",
    "bench": "machine",
    "__main__": "cli",
}


def floor(module: str) -> str:
    part = module.split(".")[1]
    return "ground" if part in GROUND else FLOOR_OF.get(part, part)


def imports(module: str) -> set[str]:
    """The modules of ours that one imports, at load time or later."""
    found: set[str] = set()
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            deeper = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in deeper}
    return {name for name in found if name.split(".")[0] == "restore"}


INNER = [module for module in MODULES if module != "restore"]


@pytest.mark.parametrize("module", INNER)
def test_imports_point_downwards(module: str) -> None:
    for target in imports(module):
        assert target != "restore", f"{module} imports the face"
        assert target in MODULES or (ROOT / target.replace(".", "/")).with_suffix(".pyx").exists(), target
        allowed = MAY_IMPORT[floor(module)] | {floor(module)}
        assert floor(target) in allowed, f"{module} ({floor(module)}) imports {target} ({floor(target)})"


def test_there_is_no_circle() -> None:
    open_modules = {module: imports(module) & set(MODULES) - {module} for module in INNER}
    while open_modules:
        leaves = {module for module, targets in open_modules.items() if not targets & set(open_modules)}
        assert leaves, f"a circle among {sorted(open_modules)}"
        for module in leaves:
            del open_modules[module]


@pytest.mark.parametrize("path", sorted(LINES), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert LINES[path] <= 400


@pytest.mark.parametrize("module", MODULES)
def test_a_function_has_at_most_60_lines(module: str) -> None:
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno + 1 <= 60, node.name


@pytest.mark.parametrize("module", [module for module in INNER if floor(module) != "cli"])
def test_nothing_below_the_command_line_prints_or_exits(module: str) -> None:
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in {"print", "sys.exit", "exit", "quit", "sys.stdout.write"}, (
                node.lineno
            )
