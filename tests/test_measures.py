"""Amounts with a unit and codes of capitals and figures: which shapes are one, and that the restoring leaves them alone."""

from __future__ import annotations

import re

import pytest

from restore.correct.corrector import correct
from restore.language.measures import FIXED_RE, SOUND_RE, UNIT_RE

STRIPPED = (
    "Uy ban nhan dan quan Kien An bao cao ket qua thuc hien nhiem vu phat trien kinh te xa hoi nam 2023 tren dia ban quan,\n"
    "trong do cac phuong da to chuc thuc hien tot cac noi dung sau\n"
)
DAMAGED = (
    "Uy ban nhan dan qu~n KiSn An bao cao kSt qua thvc hi~n nhi~m vu phat tri8n kinh tS xa h9i nam 2023 tren dia ban qu~n,\n"
    "trong do cac phucmg da t6 chirc thgc hi~n t6t cac n9i dung sau\n"
)
LINES = (
    "so tien 20.000d, nang 10kg, lop D4",
    "dien tich dat la 5m2 va 12.500 m2 tai Quoc lo 1A",
    "duong day 66kV di qua xa, tram 110 kV",
    "bien so 15A-123.45 cua hoc sinh lop 12A1, lop 10A2, 5A, xe 16K6-1234, kho giay A1",
    "do dai 10 km2, 50m3 dat, bui PM2.5, cum H5N1, quy T1/2023, ong DN100, lop 9C, so KT3, gia 1.500 tr.d",
    "Quoc lo 5B, QL10, QL1A, tuyen Km9+500",
)
WITH_FIGURES = re.compile(r"\S*\d\S*|\b(?:kV|tr\.d)\b")


@pytest.mark.parametrize("before", [STRIPPED, DAMAGED], ids=["stripped", "damaged"])
@pytest.mark.parametrize("line", LINES)
def test_amounts_and_codes_stay(before: str, line: str) -> None:
    last = correct(f"{before}{line}\n").restored.splitlines()[-1]
    assert WITH_FIGURES.findall(last) == WITH_FIGURES.findall(line)


def test_a_text_of_nothing_but_such_lines() -> None:
    text = "\n".join(LINES[:3])
    assert WITH_FIGURES.findall(correct(text).restored) == WITH_FIGURES.findall(text)


@pytest.mark.parametrize(
    ("chunk", "found"),
    [
        ("10kg,", ["10kg"]), ("(5m2)", ["5m2"]), ("20.000d", ["20.000d"]), ("12A1/10A2", ["12A1", "10A2"]),
        ("66kV.", ["66kV"]), ("15A-123.45", ["15A-123.45"]), ("8h30", ["8h30"]), ("QL1A", ["QL1A"]),
    ],
)  # fmt: skip
def test_shapes(chunk: str, found: list[str]) -> None:
    assert [match[0] for match in FIXED_RE.finditer(chunk)] == found


@pytest.mark.parametrize(
    "chunk", ["S6", "S6:", "T6", "H9i", "s6", "d6", "6so", "6m", "16ng", "m6i", "HQi", "PH6I", "chBdi)", "20t9", "10km~"]
)  # fmt: skip
def test_damaged_words_have_no_such_shape(chunk: str) -> None:
    assert not [*FIXED_RE.finditer(chunk)]
    assert UNIT_RE.fullmatch(chunk) is None


def test_damaged_words_with_figures_are_still_read() -> None:
    last = correct(
        f"{DAMAGED}S6 6: cac HQi phu nu m6i n9i dung, t6 chirc vui choi va s6 li~u\n"
    ).restored.splitlines()[-1]
    assert last.startswith("Số 6: các Hội phụ nữ")
    assert last.endswith("số liệu")


@pytest.mark.parametrize("chunk", ["m2", "km2,", "kg", "kV)", "m3/h", "tr.d"])
def test_units_behind_a_blank(chunk: str) -> None:
    assert UNIT_RE.fullmatch(chunk)


@pytest.mark.parametrize(
    ("part", "sound"), [("10h30", True), ("5m2", True), ("A4", True), ("s6", False), ("h9i", False)]
)
def test_what_health_takes_for_sound(part: str, sound: bool) -> None:
    assert (SOUND_RE.fullmatch(part) is not None) is sound
