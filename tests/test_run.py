"""The coordinator of a batch: files that change, vanish and come back while it works, and what the next run makes of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from pdfs import A4, lettered, pdf, stream

from restore.batch.events import Event
from restore.batch.inputs import Job
from restore.batch.ledger import Ledger, Row, ledger_row
from restore.batch.run import Totals, run_batch
from restore.batch.tasks import Result, Setting, Task
from restore.batch.work import perform
from restore.config import Config
from restore.dictionary import Rule, write_rules
from restore.errors import InputError, OutputError, RestoreError

FIRST = ["ỦY BAN NHÂN DÂN HUYỆN", "Kế hoạch tổ chức hội nghị", "Nơi nhận: Phòng Nội vụ"]
SECOND = ["HỘI ĐỒNG NHÂN DÂN TỈNH", "Nghị quyết về phân bổ ngân sách", "Nơi nhận: Văn phòng"]
CONFIG = Config(jobs=1, mode="keep", lang="en")  # what the layers hold counts: nothing is recognized here
Before = Callable[[Task], RestoreError | None]


def paged(*pages: Sequence[str], more: str = "") -> bytes:
    """A PDF with these lines on its pages; ``more`` makes another file of it, which says the same."""
    objects, kids = [], []
    for lines in pages:
        drawn, names = lettered(list(lines))
        number = 3 + len(objects)
        kids.append(f"{number} 0 R")
        objects += [
            f"<< /Type /Page /Parent 2 0 R {A4} /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F {number + 2} 0 R >> >> >>".encode(),
            stream("", drawn.encode()),
            f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {number + 3} 0 R >>".encode(),
            names,
        ]
    tree = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, *objects, trailer=more)


class Here:
    """An engine without processes: a task is done when it is handed out, after whatever a test has happen then."""

    slots = 1

    def __init__(self, out: Path, config: Config, before: Before) -> None:
        self._setting, self._before = Setting(out, config), before
        self._done: list[Result] = []
        self.tasks: list[tuple[str, int]] = []
        self.waits: list[float] = []

    def submit(self, task: Task) -> None:
        self.tasks.append((task.kind, task.number))
        error = self._before(task)
        self._done.append(Result(task, error=error) if error else perform(task, self._setting))

    def results(self, timeout: float) -> Sequence[Result]:
        self.waits.append(timeout)
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        pass


class Scene:
    """A file and an output folder."""

    def __init__(self, folder: Path) -> None:
        self.path, self.out = folder / "in" / "a.pdf", folder / "out"
        self.path.parent.mkdir()
        self.path.write_bytes(paged(FIRST, SECOND))
        self.events: list[Event] = []

    def run(
        self, config: Config = CONFIG, before: Before = lambda task: None, **more: bool
    ) -> tuple[Totals, list[tuple[str, int]]]:
        """How a run went, and the tasks that it has handed out."""
        engine = Here(self.out, config, before)
        jobs = [Job(self.path, "a.pdf")]
        totals = run_batch(jobs, self.out, config, [self.events.append], engine=engine, **more)
        return totals, engine.tasks

    @property
    def row(self) -> Row:
        row = ledger_row(self.out, "a.pdf")
        assert row is not None
        return row

    @property
    def text(self) -> str:
        return (self.out / "a.pdf" / "restored.txt").read_text("utf-8")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


WHOLE = [("look", 0), ("page", 1), ("page", 2), ("document", 0)]


def once(kind: str, number: int, happen: Callable[[], object]) -> Before:
    """Something that happens before a certain task is first done."""
    waiting = [(kind, number)]

    def before(task: Task) -> None:
        if (task.kind, task.number) in waiting:
            waiting.clear()
            happen()

    return before


def test_the_pages_of_a_file_are_handed_out_one_by_one(scene: Scene) -> None:
    totals, tasks = scene.run()
    assert (totals.ok, tasks, scene.row.status) == (1, WHOLE, "success")
    assert "HUYỆN" in scene.text
    assert "TỈNH" in scene.text


@pytest.mark.parametrize("when", [("page", 1), ("page", 2), ("document", 0)])
def test_a_document_is_never_made_of_two_states_of_its_file(scene: Scene, when: tuple[str, int]) -> None:
    changed = paged(SECOND, FIRST)
    totals, tasks = scene.run(before=once(*when, lambda: scene.path.write_bytes(changed)))
    assert (totals.ok, totals.failed) == (1, 0)
    assert tasks[-4:] == WHOLE
    assert scene.text.index("TỈNH") < scene.text.index("HUYỆN")
    assert scene.run()[1] == []


def test_what_was_read_of_another_state_is_not_kept_for_when_the_first_one_is_back(scene: Scene) -> None:
    """The file is replaced before its second page is read, and again the other way round before anything else is done."""
    first, other = scene.path.read_bytes(), paged(SECOND, FIRST)
    changes: list[int] = []

    def before(task: Task) -> None:
        if (task.kind, task.number) == ("page", 2) and not changes:
            changes.append(scene.path.write_bytes(other))
        elif task.kind == "look" and changes:
            scene.path.write_bytes(first)

    scene.run(before=before)
    scene.run()
    assert scene.text.index("HUYỆN") < scene.text.index("TỈNH")


def test_a_file_that_is_touched_while_it_is_read_loses_no_page(scene: Scene) -> None:
    totals, _ = scene.run(before=once("page", 2, lambda: os.utime(scene.path, (1, 1))))
    assert (totals.ok, scene.row.status) == (1, "success")
    assert "TỈNH" in scene.text


def test_a_file_that_never_rests_fails_and_is_tried_again_by_the_next_run(scene: Scene) -> None:
    def before(task: Task) -> None:
        os.utime(scene.path, (1, 1 + len(scene.events)))

    totals, _ = scene.run(before=before)
    assert (totals.failed, scene.row.cause) == (1, "file-changed")
    assert scene.run()[0].ok == 1


def test_a_file_that_cannot_be_reached_for_a_while_is_tried_again_by_the_next_run(scene: Scene) -> None:
    away = InputError("missing-file", path=scene.path)
    totals, _ = scene.run(before=lambda task: away if task.kind == "page" else None)
    assert (totals.failed, scene.row.cause) == (1, "missing-file")
    assert scene.run()[0].ok == 1


def test_a_good_file_that_takes_the_place_of_a_broken_one_again_is_restored(scene: Scene) -> None:
    """As when a backup is played back: it has the content of the last success, after which something failed."""
    whole = scene.path.read_bytes()
    scene.run()
    scene.path.write_bytes(b"%PDF-1.4\nnothing")
    assert scene.run()[0].failed == 1
    scene.path.write_bytes(whole)
    totals, _ = scene.run()
    assert (totals.ok, totals.failed, scene.row.status) == (1, 0, "success")


def test_a_file_whose_only_page_failed_is_not_opened_by_every_run(scene: Scene) -> None:
    """Also where a rule was added since: the page is the same, and so is its failure."""
    scene.path.write_bytes(paged(FIRST))
    bad = InputError("unreadable-page", path=scene.path, page=1, reason="?")
    assert scene.run(before=lambda task: bad if task.kind == "page" else None)[0].failed == 1
    write_rules(scene.out / "dictionary.tsv", [Rule(before="Nội", after="Nỗi")])
    totals, tasks = scene.run()
    assert (totals.failed, totals.left, tasks) == (1, 0, [("look", 0)])
    totals, tasks = scene.run()
    assert (totals.failed, totals.left, tasks) == (1, 1, [])


def test_what_is_missing_of_the_results_of_a_touched_file_is_made_at_once(scene: Scene) -> None:
    scene.run()
    scene.path.touch()
    (scene.out / "a.pdf" / "seen.json").unlink()
    assert scene.run()[1] == [("look", 0), ("document", 0)]
    assert (scene.out / "a.pdf" / "seen.json").is_file()


def test_a_failed_page_of_a_touched_file_is_tried_again_when_that_is_asked_for(scene: Scene) -> None:
    bad = InputError("unreadable-page", path=scene.path, page=2, reason="?")
    scene.run(before=lambda task: bad if task.number == 2 else None)
    assert scene.row.status == "partial"
    scene.path.touch()
    assert scene.run(retry_failed=True)[1] == [("look", 0), ("page", 2), ("document", 0)]
    assert scene.row.status == "success"


def test_a_broken_file_of_the_same_name_from_elsewhere_spoils_nobodys_results(
    scene: Scene, tmp_path: Path
) -> None:
    scene.run()
    row, scene.path = scene.row, tmp_path / "a.pdf"
    scene.path.write_bytes(b"%PDF-1.4\nnothing")
    assert scene.run()[0].failed == 1
    assert scene.row == row


def test_records_that_were_removed_are_made_again_page_by_page(scene: Scene) -> None:
    scene.run()
    shutil.rmtree(scene.out / "a.pdf" / ".pages")
    write_rules(scene.out / "dictionary.tsv", [Rule(before="Nội", after="Nỗi")])
    assert scene.run()[1] == WHOLE


def test_an_output_folder_that_is_taken_away_ends_the_run(scene: Scene) -> None:
    scene.run()
    with Ledger(scene.out) as ledger:
        ledger.begin_run()
        scene.out.rename(scene.out.with_name("elsewhere"))
        with pytest.raises(OutputError, match="output-not-writable"):
            ledger.worked(documents=0, pages=0, seconds=0)
        scene.out.with_name("elsewhere").rename(scene.out)


def test_files_are_passed_over_without_waiting_for_who_is_at_work(scene: Scene, tmp_path: Path) -> None:
    """One of two workers is busy, the other one is free: what was done before is passed over at once."""
    (tmp_path / "b.txt").write_text("Kế hoạch năm 2024\n", "utf-8")
    done, busy = Job(tmp_path / "b.txt", "b.txt"), Job(scene.path, "a.pdf")
    run_batch([done], scene.out, CONFIG, engine=Here(scene.out, CONFIG, lambda task: None))
    engine = Here(scene.out, CONFIG, lambda task: None)
    engine.slots = 2  # type: ignore[misc]
    totals = run_batch([busy, *[done] * 1200], scene.out, CONFIG, engine=engine)
    assert totals.skipped == 1200
    assert engine.waits[0] == 0.0


def test_overwriting_that_was_stopped_goes_on_without_the_flag_and_begins_anew_with_it(
    tmp_path: Path,
) -> None:
    jobs = []
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Điều 1. Phạm vi điều chỉnh\n", "utf-8")
        jobs.append(Job(tmp_path / name, name))
    overwriting = CONFIG.model_copy(update={"overwrite": True})

    def run(config: Config, before: Before = lambda task: None) -> list[str]:
        done: list[str] = []

        def noting(task: Task) -> RestoreError | None:
            error = before(task)
            done.append(task.job.name)
            return error

        with suppress(KeyboardInterrupt):
            run_batch(jobs, tmp_path / "out", config, engine=Here(tmp_path / "out", config, noting))
        return done

    def stopped(task: Task) -> None:
        if task.job.name == "b.txt":
            raise KeyboardInterrupt

    assert run(CONFIG) == ["a.txt", "b.txt", "c.txt"]
    assert run(overwriting, stopped) == ["a.txt"]
    assert run(CONFIG) == ["b.txt"]  # what was in work; the rest has the earlier results
    assert run(overwriting, stopped) == ["a.txt"]
    assert run(overwriting) == ["a.txt", "b.txt", "c.txt"]
