"""Documents of pages in a batch: read page by page, once, by whoever is free; what changes redoes what it touches."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from restore import restore_file
from restore.batch.events import Event
from restore.batch.inputs import Job
from restore.batch.ledger import Ledger, ledger_rows
from restore.batch.plan import State, decide
from restore.batch.run import Totals, run_batch
from restore.config import Config
from restore.dictionary import Rule, write_rules
from restore.output import document_json
from tests.test_bad_input import font

PAGES = (
    "ỦY BAN NHÂN DÂN\nHUYỆN AN LÃO\nKẾ HOẠCH",
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Nơi nhận: Phòng Nội vụ huyện.",
)


def printed(text: str) -> Image.Image:
    """Some lines of print at 150 dpi."""
    page = Image.new("L", (900, 260), 255)
    ImageDraw.Draw(page).multiline_text((70, 50), text, font=font(27), fill=0, spacing=14)
    return page


KEPT = ("original.txt", "restored.txt", "edits.jsonl", "document.json", "seen.json")
CONFIG = Config(jobs=2, lang="en")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of three small pages."""
    path = tmp_path_factory.mktemp("scan") / "a.tif"
    first, *others = (printed(text) for text in PAGES)
    first.save(path, save_all=True, append_images=others, dpi=(150, 150))
    return path


class Told:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def pages(self) -> list[tuple[int, str]]:
        return sorted((event.page, event.status) for event in self.events if event.kind == "page")


def run(path: Path, out: Path, config: Config = CONFIG, **more: bool) -> tuple[Totals, Told]:
    told = Told()
    totals = run_batch([Job(path, path.name)], out, config, [told], **more)
    return totals, told


def results(out: Path, name: str = "a.tif") -> dict[str, bytes]:
    return {one: (out / name / one).read_bytes() for one in KEPT}


@pytest.fixture(scope="module")
def done(scan: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    out = tmp_path_factory.mktemp("out")
    totals, told = run(scan, out)
    assert (totals.ok, totals.failed, totals.pages) == (1, 0, 3)
    return out, told


def copied(out: Path, target: Path) -> Path:
    shutil.copytree(out, target)
    return target


def test_pages_of_one_file_are_read_by_several_workers_and_give_what_one_process_gives(
    scan: Path, done: tuple[Path, Told]
) -> None:
    out, told = done
    assert told.pages == [(1, "success"), (2, "success"), (3, "success")]
    assert len({event.worker for event in told.events if event.kind == "page"}) == 2
    restored = restore_file(scan)
    assert results(out)["document.json"].decode() == document_json(restored.document)
    assert results(out)["restored.txt"].decode() == restored.restored
    assert not list(out.rglob("*.jpg"))
    assert [path.name for path in sorted((out / "a.tif" / ".pages").iterdir())] == [
        f"{number:05}.page" for number in (1, 2, 3)
    ]


def test_the_ledger_tells_of_each_page(done: tuple[Path, Told]) -> None:
    out, _ = done
    (row,) = ledger_rows(out)
    assert (row.status, row.page_count, row.attempts) == ("success", 3, 1)
    with Ledger(out) as ledger:
        pages = ledger.pages("a.tif")
    assert [(page.number, page.status, page.attempts) for page in pages.values()] == [
        (number, "success", 1) for number in (1, 2, 3)
    ]
    for page in pages.values():
        assert page.seconds
        assert page.steps
        assert "recognize" in page.steps


def test_a_typeset_file_of_an_earlier_run_is_never_older_than_the_results(tmp_path: Path) -> None:
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text("Điều 1. Phạm vi cũ\n", "utf-8")
    run(text, out, CONFIG.model_copy(update={"formats": ("json", "txt", "md")}))
    sheet = out / "a.txt" / "document.md"
    assert "Phạm vi cũ" in sheet.read_text("utf-8")
    text.write_text("Điều 1. Phạm vi mới\n", "utf-8")
    run(text, out)  # nobody asks for it this time
    assert "Phạm vi mới" in sheet.read_text("utf-8")
    assert not (out / "a.txt" / "document.docx").exists()


def test_a_second_run_opens_nothing(scan: Path, done: tuple[Path, Told]) -> None:
    out, _ = done
    totals, told = run(scan, out)
    assert (totals.skipped, totals.pages, totals.documents) == (1, 0, 0)
    news = [event.kind for event in told.events if event.kind != "pulse"]
    assert news == ["batch-begins", "document", "batch-ends"]


def test_a_changed_dictionary_redoes_the_correction_and_no_page(
    scan: Path, done: tuple[Path, Told], tmp_path: Path
) -> None:
    out = copied(done[0], tmp_path / "out")
    write_rules(out / "dictionary.tsv", [Rule(before="Nội", after="Nỗi")])
    totals, told = run(scan, out)
    assert (totals.documents, told.pages) == (1, [])
    assert '"rules":' in results(out)["document.json"].decode()
    assert '"rules":' not in results(done[0])["document.json"].decode()


def test_more_pages_are_wanted_and_only_those_are_read(
    scan: Path, done: tuple[Path, Told], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    _, told = run(scan, out, CONFIG.model_copy(update={"pages": "2"}))
    assert told.pages == [(2, "success")]
    _, told = run(scan, out)
    assert told.pages == [(1, "success"), (3, "success")]
    assert results(out) == results(done[0])


@pytest.fixture
def mixed(scan: Path, tmp_path: Path) -> list[Job]:
    """A file of one page, one of three, and a text, which has no pages."""
    folder = tmp_path / "in"
    folder.mkdir()
    printed(PAGES[0]).save(folder / "one.png", dpi=(150, 150))
    shutil.copy(scan, folder / "three.tif")
    (folder / "text.txt").write_text("Điều 1. Phạm vi điều chỉnh\n", "utf-8")
    return [Job(path, path.name) for path in sorted(folder.iterdir())]


def test_a_file_with_none_of_the_wanted_pages_is_passed_over_and_says_so(
    mixed: list[Job], tmp_path: Path
) -> None:
    out, told, config = tmp_path / "out", Told(), CONFIG.model_copy(update={"pages": "2-3"})
    totals = run_batch(mixed, out, config, [told])
    assert (totals.ok, totals.failed, totals.passed_over, totals.without_pages) == (2, 0, 1, 1)
    assert told.pages == [(2, "success"), (3, "success")]
    (event,) = (event for event in told.events if event.status == "skipped")
    assert (event.document, event.cause) == ("one.png", "no-such-pages")
    assert event.reason.endswith("one.png: it has none of the pages 2-3; there are 1.")
    statuses = {row.output: row.status for row in ledger_rows(out)}
    assert statuses == {"one.png": "skipped", "text.txt": "success", "three.tif": "success"}
    assert not (out / "one.png").exists()


def test_who_has_none_of_the_wanted_pages_is_not_opened_again_until_others_are_wanted(
    mixed: list[Job], tmp_path: Path
) -> None:
    out, config = tmp_path / "out", CONFIG.model_copy(update={"pages": "2-3"})
    run_batch(mixed, out, config)
    again = Told()
    totals = run_batch(mixed, out, config, [again])
    assert (totals.documents, totals.skipped, totals.without_pages) == (0, 2, 1)
    assert [event.attempt for event in again.events if event.status == "skipped"] == [0]
    totals = run_batch(mixed, out, CONFIG)
    assert (totals.ok, totals.failed, totals.passed_over) == (3, 0, 0)


def test_results_of_a_file_stay_when_pages_are_wanted_that_it_has_not(
    mixed: list[Job], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run_batch(mixed[:1], out, CONFIG)
    before, row = results(out, "one.png"), ledger_rows(out)
    totals = run_batch(mixed[:1], out, CONFIG.model_copy(update={"pages": "2"}))
    assert (totals.ok, totals.passed_over) == (0, 1)
    assert (results(out, "one.png"), ledger_rows(out)) == (before, row)
    totals = run_batch(mixed[:1], out, CONFIG)
    assert (totals.documents, totals.skipped) == (0, 1)  # they are those of all pages, as before


def test_another_way_of_reading_reads_all_pages_anew(
    scan: Path, done: tuple[Path, Told], tmp_path: Path
) -> None:
    out = copied(done[0], tmp_path / "out")
    _, told = run(scan, out, CONFIG.model_copy(update={"mode": "redo"}))
    assert len(told.pages) == 3


def test_overwrite_reads_all_pages_anew(scan: Path, done: tuple[Path, Told], tmp_path: Path) -> None:
    out = copied(done[0], tmp_path / "out")
    _, told = run(scan, out, CONFIG.model_copy(update={"overwrite": True}))
    assert len(told.pages) == 3
    assert not [event for event in told.events if event.kind == "page" and "recognize" not in event.steps]
    assert results(out) == results(done[0])


@pytest.mark.parametrize("harm", [b"", b"no record\n", b'{"key": 1}\n\0\0'])
def test_a_damaged_or_missing_record_is_made_anew(
    scan: Path, done: tuple[Path, Told], tmp_path: Path, harm: bytes
) -> None:
    out = copied(done[0], tmp_path / "out")
    record = out / "a.tif" / ".pages" / "00002.page"
    whole = record.read_bytes()
    record.write_bytes(harm)
    (out / "a.tif" / "document.json").unlink()
    assert run(scan, out)[0].documents == 1
    assert results(out) == results(done[0])
    assert record.read_bytes() == whole


def test_a_file_that_was_only_touched_or_moved_is_not_read_again(
    scan: Path, done: tuple[Path, Told], tmp_path: Path
) -> None:
    out = copied(done[0], tmp_path / "out")
    moved = tmp_path / "a.tif"
    moved.write_bytes(scan.read_bytes())
    totals, told = run(moved, out)
    assert (totals.skipped, totals.failed, told.pages) == (1, 0, [])
    (row,) = ledger_rows(out)
    assert row.input == str(moved)
    (out / "a.tif" / "document.json").read_bytes()
    moved.touch()
    assert run(moved, out)[0].skipped == 1


def test_a_bad_page_fails_alone_and_is_left_alone_until_it_is_asked_for(tmp_path: Path) -> None:
    path, out = tmp_path / "a.tif", tmp_path / "out"
    large = Image.new("1", (20_000, 20_000), 1)
    printed(PAGES[0]).save(path, save_all=True, append_images=[large, printed(PAGES[2])], dpi=(150, 150))
    totals, told = run(path, out)
    assert (totals.ok, totals.failed, totals.need_review) == (1, 0, 1)
    assert told.pages == [(1, "success"), (2, "failed"), (3, "success")]
    (row,) = ledger_rows(out)
    assert row.status == "partial"
    document = results(out)["document.json"].decode()
    assert "page-failed" in document
    assert str(tmp_path) not in document
    totals, told = run(path, out)
    assert (totals.skipped, told.pages) == (1, [])
    totals, told = run(path, out, retry_failed=True)
    assert (totals.documents, told.pages) == (1, [(2, "failed")])


def decided(row_changes: dict[str, object], out: Path, **more: bool) -> tuple[str, str]:
    (row,) = ledger_rows(out)
    now = State(row.stamp, row.config)
    job = Job(Path(row.input), row.output)
    found = decide(job, row._replace(**row_changes), now, out, CONFIG, retry_failed=more.get("retry", False))
    return found.action, found.why


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, ("leave", "done")),
        ({"stamp": "another"}, ("look", "changed-file")),
        ({"config": "another"}, ("work", "changed-options")),
        ({"status": "started"}, ("work", "interrupted")),
        ({"status": "pending"}, ("work", "interrupted")),
        ({"status": "pending", "attempts": 0}, ("work", "new")),
        ({"status": "skipped"}, ("leave", "skipped")),
        (
            {"status": "skipped", "config": "", "stamp": ""},
            ("work", "new"),
        ),  # it was a link, now it is a file
        ({"status": "skipped", "config": "another"}, ("work", "new")),
        ({"status": "skipped", "stamp": "another"}, ("work", "new")),
        ({"status": "failed"}, ("leave", "failed-before")),
        ({"input": "/elsewhere/a.tif"}, ("look", "taken")),
        (
            {"status": "failed", "problem": '{"kind": "MissingToolError", "key": "x", "values": {}}'},
            ("work", "retry"),
        ),
    ],
)
def test_what_is_to_be_done_is_decided_by_the_ledger(
    done: tuple[Path, Told], changes: dict[str, object], wanted: Sequence[str]
) -> None:
    assert decided(changes, done[0]) == wanted


def test_what_failed_is_tried_again_when_it_is_asked_for(done: tuple[Path, Told]) -> None:
    assert decided({"status": "failed"}, done[0], retry=True) == ("work", "retry")
    assert decided({"status": "partial"}, done[0], retry=True) == ("work", "retry")
    assert decided({}, done[0], retry=True) == ("leave", "done")
