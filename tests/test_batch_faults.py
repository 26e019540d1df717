"""What may happen to a batch, done to one: it goes on, nothing is lost, nothing is done again, nothing is left behind."""

from __future__ import annotations

import signal
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from restore.bench import fault_disk
from restore.bench.fault_scene import Scene, differences, left_behind, made, results, units_done, work_done
from restore.bench.fault_tools import ALLOWED, add_poisoned, is_poisoned
from restore.bench.fault_trials import PAGE_TIMEOUT
from restore.bench.faults import (
    beside,
    clock_jumps,
    full_disk,
    harmed,
    killed,
    moments,
    power_cut,
    read_only,
    told_to_end,
    undisturbed,
)

SEED = 7
TEXTS, IMAGES, SHEETS = 30, 4, (2,)  # six pages of print
PAGES = IMAGES + sum(SHEETS)
UNITS = TEXTS + IMAGES + len(SHEETS) + PAGES

needs_mounts = pytest.mark.skipif(
    not fault_disk.may_mount(), reason="this user may not mount a disk of its own (unshare -rm)"
)


@dataclass(frozen=True)
class Batch:
    """A batch, where its undisturbed results lie, and these."""

    scene: Scene
    whole: Path
    wanted: dict[str, bytes]

    def again(self, tmp_path: Path) -> Scene:
        return beside(self.scene, tmp_path.name)


def prepared(scene: Scene) -> Batch:
    whole = undisturbed(scene).out
    return Batch(scene, whole, results(whole))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    folder = tmp_path_factory.mktemp("faults") / "batch"
    return prepared(made(folder, texts=TEXTS, images=IMAGES, sheets=SHEETS, seed=SEED))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Two texts, an image, and a file of three pages with one that may be poisoned."""
    scene = made(tmp_path_factory.mktemp("faults") / "small", texts=2, images=1, seed=SEED)
    add_poisoned(scene)
    limits = {"RESTORE_PAGE_TIMEOUT": str(PAGE_TIMEOUT), "RESTORE_PAGE_MEMORY": str(ALLOWED)}
    return prepared(replace(scene, variables=limits))


def test_six_seeded_moments(batch: Batch, tmp_path: Path) -> None:
    when = moments(6, UNITS - 8, SEED)
    assert {moment.victim for moment in when} == {"coordinator", "worker", "both"}
    verdict = killed(batch.again(tmp_path), when, batch.wanted)
    assert verdict.problems == ()
    assert verdict.times >= 4  # a moment may find nobody at work


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_who_is_told_to_end_ends_and_goes_on(small: Batch, tmp_path: Path, sign: signal.Signals) -> None:
    assert told_to_end(small.again(tmp_path), sign, small.wanted, units=1).problems == ()


def test_a_power_cut(small: Batch, tmp_path: Path) -> None:
    verdict = power_cut(small.again(tmp_path), small.wanted, units=4)
    assert verdict.problems == ()
    assert verdict.times > 0


def test_a_clock_that_jumps(small: Batch, tmp_path: Path) -> None:
    assert clock_jumps(small.again(tmp_path), small.wanted, units=2).problems == ()


@needs_mounts
def test_a_full_disk(small: Batch, tmp_path: Path) -> None:
    assert full_disk(small.again(tmp_path), small.wanted, small.whole).problems == ()


@needs_mounts
def test_an_output_folder_that_is_read_only(small: Batch, tmp_path: Path) -> None:
    assert read_only(small.again(tmp_path), small.wanted, units=3).problems == ()


@pytest.mark.parametrize("harm", ["kills", "eats"])
def test_a_poisoned_page_fails_alone(small: Batch, tmp_path: Path, harm: str) -> None:
    assert harmed(small.again(tmp_path), harm, small.wanted).problems == ()  # type: ignore[arg-type]


def test_the_comparison_sees_what_is_lost_changed_and_left(batch: Batch, tmp_path: Path) -> None:
    scene = replace(batch.scene, folder=tmp_path)
    scene.temporary.mkdir()
    (scene.out / "a").mkdir(parents=True)
    wanted = {"a/restored.txt": b"1", "b/restored.txt": b"2"}
    (scene.out / "a" / "restored.txt").write_bytes(b"3")
    (scene.out / "a" / "edits.jsonl").write_bytes(b"")
    (scene.out / "a" / ".edits.jsonl.part").write_bytes(b"")
    (scene.temporary / "tess_1.PPM").touch()
    assert differences(scene, wanted) == [
        "missing: b/restored.txt",
        "too many: a/edits.jsonl",
        "differs: a/restored.txt",
        "left behind: tmp/tess_1.PPM",
        "left behind: out/a/.edits.jsonl.part",
    ]


def test_the_ledger_of_an_undisturbed_run_holds_every_page_once(batch: Batch) -> None:
    assert units_done(batch.whole) == UNITS
    assert {attempts for attempts, _ in work_done(batch.whole).values()} == {1}
    assert len(batch.wanted) == 3 * (TEXTS + IMAGES + len(SHEETS))
    assert left_behind(batch.scene) == []


def test_the_same_seed_makes_the_same_batch_and_moments(tmp_path: Path) -> None:
    folders = [made(tmp_path / name, texts=2, images=1, sheets=(2,), seed=3).inputs for name in "ab"]
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    )
    assert first == second
    assert len(first) == 4
    assert moments(9, 40, 1) == moments(9, 40, 1) != moments(9, 40, 2)
    assert not is_poisoned("texts/000.txt")
