"""``restore export --to pdf`` end to end: the original is found and known by its sha256, and decisions flow into the layer."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from restore.batch.originals import Originals
from restore.cli import main
from restore.decisions import append_decisions, edit_decision
from restore.documents import read_document
from restore.edit import Edit
from restore.errors import InputError
from restore.output import DECISIONS_FILE, DOCUMENT_FILE, ORIGINAL_FILE
from tests.layers import text_of

SAMPLES = Path(__file__).parents[1] / "samples"
PLAN, DECISION = "ke-hoach-clean/scan.pdf", "quyet-dinh-clean/page-2.png"
pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of a PDF, of which one page is read, and a picture; also a text, which has no pages."""
    place = tmp_path_factory.mktemp("batch")
    for name in (PLAN, DECISION):
        (place / "in" / name).parent.mkdir(parents=True)
        shutil.copy(SAMPLES / name, place / "in" / name)
    (place / "in" / "a.txt").write_text("Kế hoạch", "utf-8")
    words = [
        "run",
        str(place / "in"),
        "-o",
        str(place / "out"),
        "--jobs",
        "1",
        "--pages",
        "1",
        "--lang",
        "en",
    ]
    assert main(words) == 0
    return place


@pytest.fixture
def batch(read: Path, tmp_path: Path) -> Path:
    """The batch at a place of its own; its ledger leads to the originals of the first."""
    shutil.copytree(read / "out", tmp_path / "out")
    return tmp_path / "out"


def export(*words: object) -> int:
    return main(["export", *map(str, words), "--to", "pdf", "--lang", "en"])


def warnings(folder: Path) -> list[dict[str, str]]:
    with (folder / "pdf-warnings.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_batch_becomes_searchable_and_archival(
    batch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(batch) == 0
    said = capsys.readouterr().err
    assert "2 ok, 0 failed" in said
    assert "a.txt: this text was read from no pages" in said
    plan = batch / "export" / f"{PLAN}.pdf"
    assert "Triển khai phong trào thi đua" in text_of(
        plan.read_bytes(), tmp_path / "x.pdf", "-l", "1", "-layout"
    )
    assert text_of(plan.read_bytes(), tmp_path / "x.pdf", "-f", "2").strip() == ""  # was not read
    restored = (batch / DECISION / "restored.txt").read_text("utf-8").split()
    made = (batch / "export" / f"{DECISION}.pdf").read_bytes()
    assert text_of(made, tmp_path / "x.pdf", "-raw").split() == restored
    assert warnings(batch / "export") == []
    for name in (PLAN, DECISION):
        size = (batch / "export" / f"{name}.pdf").stat().st_size
        assert size <= 1.3 * (SAMPLES / name).stat().st_size


def test_what_a_reviewer_decided_is_found(batch: Path, tmp_path: Path) -> None:
    original = (batch / PLAN / ORIGINAL_FILE).read_text("utf-8")
    start = original.index("Triển")
    edit = Edit(
        start=start, end=start + 5, before="Triển", after="Khởixướng", kind="mixed", source="reviewer", confidence=1,
        status="confirmed", reviewer="Lan",
    )  # fmt: skip
    append_decisions(batch / PLAN / DECISIONS_FILE, [edit_decision(edit, original)])
    target = tmp_path / "plan.pdf"
    assert export(batch / PLAN / DOCUMENT_FILE, "-o", target) == 0
    assert "Khởixướng khai phong trào" in text_of(target.read_bytes(), tmp_path / "x.pdf", "-l", "1")
    assert not (tmp_path / "pdf-warnings.csv").exists()


def test_a_missing_original_is_named_and_costs_no_other(
    read: Path, batch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = read / "in" / PLAN
    away = tmp_path / "away" / "deep" / "moved.pdf"
    away.parent.mkdir(parents=True)
    plan.rename(away)
    try:
        assert export(batch) == 6
        said = capsys.readouterr().err
        assert PLAN in said
        assert "--originals FOLDER" in said
        assert (batch / "export" / f"{DECISION}.pdf").is_file()
        assert not (batch / "export" / f"{PLAN}.pdf").exists()
        # Under another name it is not found; under its own it is, wherever it lies.
        assert export(batch, "--originals", tmp_path / "away", "--overwrite") == 6
        away.rename(away.with_name("scan.pdf"))
        assert export(batch, "--originals", tmp_path / "away", "--overwrite") == 0
    finally:
        away = away if away.exists() else away.with_name("scan.pdf")
        away.rename(plan)


def test_a_changed_original_is_not_taken(read: Path, batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = read / "in" / DECISION
    before = picture.read_bytes()
    picture.write_bytes(before + b"\0")
    try:
        assert export(batch / DECISION / DOCUMENT_FILE) == 3
        assert "has changed since it was read" in capsys.readouterr().err
        assert export(batch / DECISION / DOCUMENT_FILE, "--originals", SAMPLES) == 0
    finally:
        picture.write_bytes(before)


def test_a_document_without_its_batch_needs_to_be_told(batch: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    shutil.copytree(batch / PLAN, alone)
    document = read_document(alone / DOCUMENT_FILE)
    with pytest.raises(InputError) as error:
        Originals().find(alone, "alone", sha256=document.source.sha256)
    assert error.value.key == "original-missing"
    found = Originals(SAMPLES).find(alone, "alone", sha256=document.source.sha256, file="scan.pdf")
    assert found == SAMPLES / PLAN


def test_an_original_folder_that_is_not_there(batch: Path, tmp_path: Path) -> None:
    assert export(batch, "--originals", tmp_path / "nowhere") == 3
