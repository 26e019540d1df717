"""What is told of a word of a scan: what was read, by whom, how sure, and what was made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from test_bad_input import font
from test_cli import restore

from restore.edit import Edit
from restore.page import BBox, Block, Line, Page, Reading, Word, document_text
from restore.recognised import Recognised, Saying, recognised
from restore.results import Restored, assemble
from restore.seen import Doubt, Seen


def word(number: int, text: str, confidence: float, page: int = 1) -> Word:
    return Word(f"p{page}w{number}", text, BBox(60 * number, 10, 60 * number + 50, 30), confidence)


@pytest.fixture(scope="module")
def plan() -> Restored:
    """A page that an engine read with faults, and one whose text layer was kept."""
    lines = (
        Line((word(0, "KÊ", 0.6), word(1, "HOẠCH", 0.97))),
        Line((word(2, "Trông", 0.8), word(3, "câyxanh,", 0.7), word(4, "HO4CH", 0.3))),
    )
    reading = Reading(("p1w0",), (word(9, "KẾ", 0.83),), "script-model")
    pages = (
        Page(1, 400, 90, 100, (Block(lines),), "tesseract", readings=(reading,)),
        Page(2, 400, 90, 100, (Block((Line((word(0, "cây", 1.0, page=2),)),)),), "text-layer"),
    )
    text, _ = document_text(pages)

    def edit(before: str, after: str, status: str, confidence: float) -> Edit:
        start = text.index(before)
        return Edit(
            start=start, end=start + len(before), before=before, after=after, kind="mixed", source="model",
            confidence=confidence, status=status, alternatives=("Trống",) if after == "Trồng" else (),
        )  # fmt: skip

    edits = (
        edit("KÊ", "KẾ", "suggested", 0.6),
        edit("Trông", "Trồng", "auto", 0.97),
        edit("câyxanh", "cây xanh", "review", 0.7),
    )
    unread = text.index("HO4CH"), text.index("HO4CH") + 5
    doubts = (Doubt(*unread, 0.2, ("HOẠCH", "HỌC")), Doubt(0, 2, 0.4, ("KỂ",)))
    return assemble(text, edits, Seen(pages=pages, doubts=doubts, unread=(unread,)))


def told(plan: Restored, wanted: str) -> Recognised:
    return recognised(plan, wanted)[1][0]


def test_a_change_tells_what_was_read_and_what_stands_there(plan: Restored) -> None:
    for wanted in ("Trông", "Trồng", "trồng", "2:1", "2:5"):
        one = told(plan, wanted)
        assert (one.observed, one.restored, one.outcome, one.status) == ("Trông", "Trồng", "changed", "auto")
        assert (one.page, one.line, one.column) == (1, 2, 1)
        assert (one.source, one.confidence, one.engine, one.alternatives) == ("model", 0.97, 0.8, ("Trống",))


def test_a_suggestion_waits_and_other_readings_are_named_with_who_read_them(plan: Restored) -> None:
    one = told(plan, "KÊ")
    assert (one.restored, one.outcome, one.suggestion, one.confidence) == ("KÊ", "suggested", "KẾ", 0.4)
    assert one.readings == (Saying("script-model", "KẾ", 0.83),)
    assert one.alternatives == ("KỂ",)


def test_what_could_not_be_read_has_its_candidates(plan: Restored) -> None:
    one = told(plan, "HO4CH")
    assert (one.outcome, one.confidence, one.engine) == ("unread", 0.2, 0.3)
    assert one.alternatives == ("HOẠCH", "HỌC")
    sure = told(plan, "HOẠCH")
    assert (sure.outcome, sure.confidence, sure.alternatives, sure.readings) == ("kept", 1.0, (), ())


def test_words_that_were_parted_are_found_by_each_of_them_and_marks_do_not_count(plan: Restored) -> None:
    for wanted in ("câyxanh", "câyxanh,", "xanh"):
        assert told(plan, wanted).restored == "cây xanh,"
    count, both = recognised(plan, "cây", limit=9)
    assert (count, [one.page for one in both], both[1].engine) == (2, [1, 2], None)
    assert recognised(plan, "cây", skip=1)[1] == both[1:]
    for nothing in ("vắng", "9:1", "#9999"):
        assert recognised(plan, nothing) == (0, ())


def test_the_verb_reads_a_scan(tmp_path: Path) -> None:
    page = Image.new("L", (900, 160), 255)
    ImageDraw.Draw(page).text((70, 50), "Căn cứ Luật Tổ chức", font=font(27), fill=0)
    page.save(tmp_path / "a.png", dpi=(150, 150))
    done = restore("explain", "a.png", "Luật", folder=tmp_path)
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.startswith("page 1, line 1, column 8:  Luật\n")
    assert "the engine is sure" in shown
    report = json.loads(restore("explain", "a.png", "1:1", "--json", folder=tmp_path).stdout)
    assert (report["places"], report["derivations"][0]["restored"]) == (1, "Căn")
    missing = restore("explain", "a.png", "vắng", folder=tmp_path, lang="vi")
    assert (missing.returncode, "a.png: không có chỗ nào ứng với" in missing.stderr.decode()) == (3, True)
