"""The benchmarks: what is found in a folder, what a part gives, what other ways give."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from restore.bench import peers as peers_module
from restore.bench.ablation import EVERYTHING, ablation
from restore.bench.cases import damaged_texts, find_cases
from restore.bench.labels import LABELS
from restore.bench.pages import measure, totals
from restore.bench.peers import by_trigram, commonest_forms, count, peers, pyvi_accents, restore_by_pyvi
from restore.config import Config
from restore.correct.weights import DEFAULT, PARTS, Weights
from restore.errors import InputError

# A page with glued words, a garbled heading and lost marks: enough for the parts to matter.
DAMAGED = """UY BAN NHAN DAN
Can cir KShoach s6 129/KH-UBND ngay 30/5/2022 cua UBND thanh ph6
C8 quan, don vi trienkhai thuc hien nhiem vu cong tac nam hoc
"""
GOLD = """ỦY BAN NHÂN DÂN
Căn cứ Kế hoạch số 129/KH-UBND ngày 30/5/2022 của UBND thành phố
Cơ quan, đơn vị triển khai thực hiện nhiệm vụ công tác năm học
Nơi nhận:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page-1.ocr.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "page-1.gold.txt").write_text(GOLD, "utf-8")
    (tmp_path / "page-1.lost.txt").write_text("Nơi nhận:\n", "utf-8")
    (tmp_path / "plain.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "plain.gold.txt").write_text(GOLD, "utf-8")
    return tmp_path


def test_damaged_texts_are_found_by_their_names(folder: Path) -> None:
    (folder / "page-1.txt").write_text("not this one", "utf-8")
    (folder / "page-1.png").touch()
    found = [(case.name, case.kind, case.paths[0].name) for case in find_cases(folder)]
    assert found == [
        ("page-1", "text", "page-1.ocr.txt"),
        ("page-1", "scan", "page-1.png"),
        ("plain", "text", "plain.txt"),
    ]
    assert [case.name for case in damaged_texts([folder])] == ["page-1", "plain"]


def test_scans_alone_do_not_measure_the_core(tmp_path: Path) -> None:
    (tmp_path / "page.png").touch()
    (tmp_path / "page.gold.txt").write_text(GOLD, "utf-8")
    with pytest.raises(InputError, match="no-bench-texts"):
        damaged_texts([tmp_path])


def test_lost_lines_are_taken_out_of_the_gold(folder: Path) -> None:
    page, plain = measure(find_cases(folder), Config())
    assert page.held is not None
    assert page.held.words == page.after.words - 2
    assert page.held.word_errors == page.after.word_errors - 2
    assert plain.held is None
    both = totals([page, plain])
    assert both["mean_wer_held"] == pytest.approx((page.held.wer + plain.after.wer) / 2, abs=1e-4)
    assert totals([plain])["mean_wer_held"] is None


def test_each_part_is_switched_off_in_turn(folder: Path) -> None:
    outcomes = {one.name: one for one in ablation(damaged_texts([folder]))}
    assert list(outcomes) == [EVERYTHING, *PARTS]
    assert outcomes[EVERYTHING].wer < outcomes["blanks"].wer
    assert outcomes[EVERYTHING].helped > outcomes["blanks"].helped
    assert set(outcomes) <= set(LABELS)


def test_every_switch_is_a_part() -> None:
    switches = {field.name for field in fields(Weights) if isinstance(getattr(DEFAULT, field.name), bool)}
    switched_off = {name for part in PARTS.values() for name, value in part.items() if value is False}
    assert switched_off == switches
    assert all(DEFAULT.without(part) != DEFAULT for part in PARTS)


def test_other_ways_stand_between_nothing_and_ours(folder: Path) -> None:
    wer = {one.name: one.wer for one in peers(damaged_texts([folder]))}
    assert wer["restore"] < wer["trigram"] < wer["commonest"] < wer["nothing"]
    assert {*wer, "pyvi"} <= set(LABELS)
    assert ("pyvi" in wer) == (pyvi_accents() is not None)


def test_the_trigram_hears_the_context_and_the_commonest_form_does_not() -> None:
    text = "Can cu Luat to chuc"
    assert by_trigram(text) == "Căn cứ Luật tổ chức"
    assert commonest_forms(text) != by_trigram(text)
    assert by_trigram("") == ""
    assert by_trigram("12/KH-UBND (Kế hoạch)") == "12/KH-UBND (Kế hoạch)"


def test_lines_that_pyvi_stumbles_over_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def add_accents(line: str) -> str:
        if "~" in line:
            raise KeyError("~")
        return line.replace("ngay", "ngày")

    module = ModuleType("pyvi.ViUtils")
    module.add_accents = add_accents  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyvi", ModuleType("pyvi"))
    monkeypatch.setitem(sys.modules, "pyvi.ViUtils", module)
    peers_module.pyvi_accents.cache_clear()
    try:
        assert restore_by_pyvi("ngay\n\nngay ~\n") == "ngày\n\nngay ~\n"
    finally:
        peers_module.pyvi_accents.cache_clear()


def test_texts_of_any_encoding_are_measured(folder: Path) -> None:
    for name in ("page-1.ocr.txt", "page-1.lost.txt", "page-1.gold.txt"):
        path = folder / name
        path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    page, plain = measure(find_cases(folder), Config())
    assert page.held is not None
    assert (page.before, page.after) == (plain.before, plain.after)
    assert page.held.words == page.after.words - 2
    assert find_cases(folder)[0].damaged() == DAMAGED


def test_what_is_no_text_is_named(folder: Path) -> None:
    (folder / "page-1.ocr.txt").write_bytes(b"\0\1\2\3\xff" * 9)
    with pytest.raises(InputError, match="unreadable-text"):
        list(measure(find_cases(folder), Config()))
    with pytest.raises(InputError, match="unreadable-text"):
        damaged_texts([folder])[0].damaged()


def test_as_many_ways_are_announced_as_come(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for installed in (None, str):
        monkeypatch.setattr(peers_module, "pyvi_accents", lambda installed=installed: installed)
        assert count() == len(list(peers(damaged_texts([folder]))))
