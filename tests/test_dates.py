"""Dates, whole and with parts left blank."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.structure.dates import date_at, find_date, iso_date


@pytest.mark.parametrize(
    ("text", "value", "blank_parts", "valid"),
    [
        ("ngày 20 tháng 02 năm 2025", "2025-02-20", (), True),
        ("ngày 3 tháng 9 năm 2024", "2024-09-03", (), True),
        ("ngày     tháng 4 năm 2023", "2023-04", ("day",), True),
        ("ngày ..... tháng ..... năm 2023", "2023", ("day", "month"), True),
        ("ngày ... tháng ... năm ...", None, ("day", "month", "year"), True),
        ("ngày 5 tháng 6 năm", None, ("year",), True),
        ("ngày 31 tháng 02 năm 2025", None, (), False),
        ("ngày 12 tháng 13 năm 2025", None, (), False),
        ("ngày 12 tháng 3 năm 1025", None, (), False),
        ("ngày 04/4/2023", "2023-04-04", (), True),
        ("ngảy 05 thảng 12 nãm 2024", "2024-12-05", (), True),
        ("ngày\n23 tháng\n3 năm 2022", "2022-03-23", (), True),
    ],
)
def test_find_date(text: str, value: str | None, blank_parts: tuple[str, ...], valid: bool) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.value, found.blank_parts, found.valid) == (value, blank_parts, valid)


@pytest.mark.parametrize("text", ["", "hằng ngày, tháng", "tỷ lệ 12/45", "số 15/2024/TT-BGDĐT", "24/7"])
def test_no_date(text: str) -> None:
    assert find_date(text) is None


def test_numeric_dates_can_be_left_aside() -> None:
    assert find_date("Kế hoạch ngày 04/4/2023", numeric=False) is None


@pytest.mark.parametrize(
    ("folded", "position", "value"),
    [
        ("so 5 ngay 04/4/2023 cua", 5, "2023-04-04"),
        ("so 5 ngay 04/4/2023 cua", 10, "2023-04-04"),
        ("so 5 ngay 04/4/2023 cua", 0, None),
        ("ngay 5 thang 6 nam 2024", 0, "2024-06-05"),
    ],
)
def test_date_at_a_place(folded: str, position: int, value: str | None) -> None:
    found = date_at(folded, position)
    assert (found.value if found else None) == value


@given(st.integers(1900, 2150), st.integers(0, 14), st.integers(0, 33))
def test_only_days_that_are(year: int, month: int, day: int) -> None:
    value, valid = iso_date(year, month, day)
    assert valid == (value is not None)
    if value is not None:
        assert date.fromisoformat(value) == date(year, month, day)


@given(st.dates(date(1945, 9, 2), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (
        f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        f"{day.day}/{day.month}/{day.year}",
    ):
        found = find_date(f"Hà Nội, {text}.")
        assert found is not None
        assert found.value == day.isoformat()
