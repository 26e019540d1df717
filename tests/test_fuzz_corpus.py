"""What fuzzing once broke stays mended, the tally in the docs is the one that was counted, and the mutators do damage."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from random import Random

import pytest

from tools.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).parents[1]
FAULTS = Path(__file__).parent / "cases" / "faults"
CAUSES = json.loads((FAULTS / "faults.json").read_text("utf-8"))
FILES = sorted(path for path in FAULTS.rglob("*") if path.is_file() and path.parent != FAULTS)
# Written by tools.fuzz.report.
TALLY = json.loads((ROOT / "docs" / "fuzzing.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "fuzzing.md").read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_once_broke_a_law_keeps_it(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)
        TARGETS[path.parent.name].check(path.read_bytes())


def test_every_fault_has_its_cause_and_its_file() -> None:
    listed = [name for cause in CAUSES for name in cause["files"]]
    assert sorted(listed) == [path.relative_to(FAULTS).as_posix() for path in FILES]
    assert len(listed) == len(set(listed))
    for cause in CAUSES:
        assert (ROOT / cause["mended"]).is_file(), cause["id"]


def test_the_page_shows_every_fault_and_the_tally() -> None:
    for cause in CAUSES:
        assert f"| `{cause['id']}` |" in PAGE
    rows = {name: row for name, row in TALLY["targets"].items() if row["inputs"]}
    assert rows.keys() == TARGETS.keys()
    for name, row in rows.items():
        assert f"| `{name}` | {row['minutes']:.1f} | {row['inputs']:,} |" in PAGE
    assert f"{sum(row['inputs'] for row in rows.values()):,} inputs" in PAGE
    assert f"{len(FILES)} places" in PAGE
    assert f"{len(CAUSES)} causes" in PAGE


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_beginnings_keep_the_laws_and_are_damaged_the_same_way_again(target: Target) -> None:
    seed = next(iter(target.seeds()))[: target.longest]
    target.check(seed)
    damaged = [target.mutate(seed, Random(number)) for number in range(20)]
    assert damaged == [target.mutate(seed, Random(number)) for number in range(20)]
    assert sum(one != seed for one in damaged) >= 15


def test_a_broken_law_is_told(tmp_path: Path) -> None:
    """The net has no hole: what breaks a law is kept, by its place, the shortest of several."""
    from tools.fuzz.kept import Current, read_current
    from tools.fuzz.tried import tried

    def check(data: bytes) -> None:
        assert b"x" not in data, "an x"

    target = Target("x", "text", check, lambda: iter([b""]), lambda data, chance: data)
    one = tried(target, Current(tmp_path / "current"), tmp_path / "faults")
    for data in (b"aax", b"ok", b"x", b"xyz"):
        one(data)
    assert read_current(tmp_path / "current") == (4, b"xyz")
    (kept,) = (tmp_path / "faults").glob("*.input")
    assert kept.read_bytes() == b"x"
    assert "an x" in kept.with_suffix(".txt").read_text("utf-8")
