"""Scans read beside other programs: what they wrote, what they cost, and how pages add up."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from restore.bench import scans as module
from restore.bench.labels import LABELS
from restore.bench.processes import run
from restore.bench.scan_parts import EVERYTHING, scan_parts
from restore.bench.scan_parts import WAYS as PART_WAYS
from restore.bench.scans import OCRMYPDF, RESTORE, TESSERACT, WAYS, Score, Way, missed, scanned, ways
from restore.cli import main
from restore.config import Config
from restore.errors import InputError
from restore.review.metrics import Scores
from restore.scan.parts import ALL, PARTS
from tools.degrade import degrade
from tools.typeface import load_font

GOLD = "ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Tổ chức chính quyền địa phương\nngày 19 tháng 6 năm 2015;\n"
SIDECAR = "ỦY BAN NHÂN DÂN TỈNH\nLuật Căn cứ\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    page = Image.new("L", (1500, 500), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(GOLD.splitlines()):
        draw.text((80, 80 + 100 * number), line, 0, load_font("", 14))
    page.save(folder / "one.body.png", dpi=(300, 300))
    (folder / "one.body.gold.txt").write_text(GOLD, "utf-8")
    return folder


@pytest.fixture
def ocrmypdf(tmp_path: Path) -> str:
    """A program that takes OCRmyPDF's arguments and writes a sidecar."""
    program = tmp_path / "ocrmypdf"
    body = f"import sys\nopen(sys.argv[sys.argv.index('--sidecar') + 1], 'w', encoding='utf-8').write({SIDECAR!r})\n"
    program.write_text(f"#!{sys.executable}\n{body}", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_all_processes_of_a_program_are_measured() -> None:
    burn = "sum(k * k for k in range(3_000_000))"
    below = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    alone, parent = run([sys.executable, "-c", "pass"]), run([sys.executable, "-c", below])
    assert parent.seconds > alone.seconds + 0.05
    large = run(
        [sys.executable, "-c", "held = bytearray(150_000_000); held[::4096] = b'x' * len(held[::4096])"]
    )
    assert large.megabytes > 150 > alone.megabytes
    failed = run([sys.executable, "-c", "raise SystemExit(3)"])
    assert (failed.code, failed.text) == (3, "")
    assert run(["no-such-program"]).code == 127


def test_every_way_reads_the_same_scans(folder: Path, ocrmypdf: str) -> None:
    done: list[str] = []
    found = {way.name: way for way in ways(scanned([folder]), Config(), ocrmypdf, done.append)}
    assert tuple(found) == WAYS
    assert done == ["one.body"] * 3
    assert found[TESSERACT].as_json()["wer"] < 0.2
    assert found[RESTORE].as_json()["wer"] < 0.2
    fake = found[OCRMYPDF].as_json()
    assert (fake["words"], fake["missed"]) == (20, 12)
    assert fake["wer"] == pytest.approx(14 / 20, abs=1e-4)  # the order counts here, and not in what is missed
    for way in found.values():
        assert way.seconds > 0 and way.megabytes > 1
    assert found[RESTORE].pages[0].seconds is None
    assert found[TESSERACT].pages[0].seconds == pytest.approx(found[TESSERACT].seconds)
    assert set(WAYS) <= set(LABELS)


def test_body_pages_make_the_error_of_the_body() -> None:
    page = Score("a.body", Scores(chars=100, char_errors=1, words=20, word_errors=1), 1, True, 2.0)
    other = Score("b", Scores(chars=300, char_errors=30, words=60, word_errors=9), 3, False, 1.0)
    both, alone = (
        Way("tesseract", (page, other), 3.5, 90.0).as_json(),
        Way("tesseract", (other,), 1.0, 9.0).as_json(),
    )
    assert (both["body_cer"], both["cer"], both["wer"]) == (0.01, 0.0775, 0.125)
    assert (both["missed"], both["missed_share"], both["cpu_seconds"]) == (4, 0.05, 3.5)
    assert alone["body_cer"] == alone["cer"] == 0.1
    assert (page.as_json()["body_cer"], other.as_json()["body_cer"]) == (0.01, None)


def test_words_are_missed_wherever_they_stand() -> None:
    assert missed("hai một", "một, hai.") == 0
    assert missed("một", "một một hai") == 2
    assert missed("", GOLD) == 20


def test_texts_alone_are_no_scans(tmp_path: Path) -> None:
    (tmp_path / "page.ocr.txt").write_text("Can cu", "utf-8")
    (tmp_path / "page.gold.txt").write_text("Căn cứ", "utf-8")
    with pytest.raises(InputError, match="no-bench-scans"):
        scanned([tmp_path])


def test_a_pdf_is_read_page_by_page(folder: Path, tmp_path: Path) -> None:
    with Image.open(folder / "one.body.png") as page:
        page.save(tmp_path / "two.pdf", resolution=300, save_all=True, append_images=[page])
    (tmp_path / "two.gold.txt").write_text(GOLD * 2, "utf-8")
    (case,) = scanned([tmp_path])
    found = module._tesseract(case.paths[0], tmp_path)
    assert found.code == 0 and found.text.count("2015") == 2


def test_the_verb_says_what_is_not_installed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "scans", str(folder), "--ocrmypdf", "no-such-program", "--lang", "en"]) == 0
    table = capfd.readouterr().out
    assert "one.body" in table and "tesseract -l vie" in table
    assert "not installed" in table
    assert main(["bench", "scans", str(folder), "--ocrmypdf", "no-such-program", "--json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert set(report["totals"]) == {TESSERACT, RESTORE}
    assert [page["way"] for page in report["pages"]] == [TESSERACT, RESTORE]


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with grain, which is filtered."""
    folder = tmp_path_factory.mktemp("spoilt")
    page = Image.new("L", (1500, 700), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate((GOLD * 2).splitlines()):
        draw.text((80, 60 + 90 * number), line, 0, load_font("", 14))
    degrade(page, "hard", 1).save(folder / "hard.body.png", dpi=(200, 200))
    (folder / "hard.body.gold.txt").write_text(GOLD * 2, "utf-8")
    return folder


def test_each_part_of_reading_is_switched_off_in_turn(spoilt: Path) -> None:
    done: list[str] = []
    found = {one.way.name: one for one in scan_parts(scanned([spoilt]), Config(), done.append)}
    assert tuple(found) == PART_WAYS
    assert len(done) == len(PART_WAYS)
    whole, grainy = found[EVERYTHING].as_json(), found["remove_grain"].as_json()
    assert (whole["changed"], grainy["changed"]) == (0, 1)
    assert whole["wer"] < grainy["wer"]
    assert found["ink"].changed == 0  # the page has no colour
    assert set(PART_WAYS) <= set(LABELS)


def test_every_part_is_a_switch() -> None:
    assert all(ALL.without(part) != ALL for part in PARTS)
    assert {getattr(ALL, part) for part in PARTS} == {True}
