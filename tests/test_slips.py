"""Text that Tesseract read: what is mended in it, and what is left alone."""

from __future__ import annotations

import pytest

from restore.correct.corrector import correct
from restore.correct.slips import is_slip

AROUND = "Ủy ban nhân dân quận tổ chức hội nghị tổng kết phong trào thi đua năm 2023 của các {} trên địa bàn."


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("câp chính quyền", "cấp chính quyền"),
        ("khu côngnghiệp", "khu công nghiệp"),
        ("nhà sản xuât", "nhà sản xuất"),
    ],
)
def test_marks_and_blanks_are_mended(read: str, meant: str) -> None:
    assert correct(AROUND.format(read), engine="tesseract").restored == AROUND.format(meant)


@pytest.mark.parametrize(
    "kept",
    [
        "tỉnh Đắk Lắk",
        "xã Krông Pắk",
        "họ Chŏng",
        "cửa hàng Mátthêu",
        "phim Tête",
        "trạm ôxy",
        "nhà của Müller",
        "hiệu Läkerol",
    ],
)
def test_names_and_foreign_words_stay(kept: str) -> None:
    assert correct(AROUND.format(kept), engine="tesseract").restored == AROUND.format(kept)


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("câp", "cấp", True),
        ("Quôc", "Quốc", True),
        ("kếtquả", "kết quả", True),
        ("kếtquá", "kết quả", False),  # two things at once are a guess
        ("Tổngsố", "Tổng số", False),  # may be a name
        ("ôxy", "ô xy", False),
        ("đồg", "đồng", False),
        ("Đắk", "Đắc", False),
    ],
)
def test_what_is_a_slip(before: str, after: str, slip: bool) -> None:
    assert is_slip(before, after) == slip
