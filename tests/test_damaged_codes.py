"""Text in legacy encodings whose codes were damaged: what is mended, and what stays."""

from __future__ import annotations

import random

import pytest
from viparse.normalize.encodings import CHARMAPS

from restore.correct.corrector import correct
from restore.correct.damaged_codes import frozen_of_converted
from restore.language.channel import GRAPHEMES
from restore.language.damaged_codes import DAMAGED, INTACT, family_of
from restore.language.encodings import convert_legacy
from restore.language.legacy import LEGACY_ENCODINGS, codes
from restore.pipeline import restore_text

TEXT = (
    "Căn cứ kế hoạch của thành phố, phòng giáo dục tổ chức hội nghị tổng kết phong trào thi đua trong năm học.\n"
    "Các trường học trên địa bàn quận báo cáo kết quả thực hiện nhiệm vụ và đề xuất những nội dung mới.\n"
    "Ban tổ chức đề nghị các đơn vị chuẩn bị đầy đủ tài liệu, phân công cán bộ tham dự đúng thời gian quy định.\n"
    "Sau hội nghị, văn phòng tổng hợp ý kiến và trình lãnh đạo xem xét, quyết định theo thẩm quyền.\n"
)


def encoded(text: str, encoding: str) -> str:
    """The Latin-1 reading of a text in a legacy encoding."""
    table: dict[str, str] = {}
    for code, letter in CHARMAPS[encoding].pairs:
        table.setdefault(letter, code)
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def damaged(text: str, share: float, seed: int = 7) -> str:
    """A text with signs in the place of so many of its characters."""
    rng = random.Random(seed)
    return "".join(rng.choice("~^|*#\\<$") if not c.isspace() and rng.random() < share else c for c in text)


def wrong(text: str) -> int:
    return sum(left != right for left, right in zip(text.split(), TEXT.split(), strict=True))


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_damaged_codes_are_mended_with_their_neighbours(encoding: str) -> None:
    seen = damaged(encoded(TEXT, encoding), 0.04)
    converted = convert_legacy(seen)
    assert converted is not None
    restored = restore_text(seen).restored
    assert wrong(converted[0]) >= 7
    assert wrong(restored) <= wrong(converted[0]) // 3


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_text_that_no_conversion_makes_vietnamese_is_read(encoding: str) -> None:
    seen = damaged(encoded(TEXT, encoding), 0.22)
    assert convert_legacy(seen) is None
    restored = restore_text(seen)
    assert restored.document.source.encoding == encoding
    assert wrong(restored.restored) <= 0.25 * len(TEXT.split())


@pytest.mark.parametrize("encoding", LEGACY_ENCODINGS)
def test_text_that_is_right_is_only_converted(encoding: str) -> None:
    assert restore_text(encoded(TEXT, encoding)).edits == ()


@pytest.mark.parametrize(
    "kept",
    [
        "Krông Pắk",
        "H'Mông",
        "Windows",
        "R&D",
        "H2SO4",
        "129/KH-UBND",
        "12 km2",
        "10h30",
        "điểm d khoản 1",
        "homestay",
        "3ĐTB3",
        "iii)",
    ],
)
def test_names_numbers_and_foreign_words_stay_in_damaged_text(kept: str) -> None:
    seen = damaged(TEXT, 0.04) + f"Những người đã đến {kept} để thăm hỏi."
    assert correct(seen, encoding="tcvn3").restored.endswith(f" {kept} để thăm hỏi.")


def test_a_single_strange_word_is_no_damage() -> None:
    assert all(frozen_of_converted(TEXT + "Người ta ôm chặt chiếc bình ôzôn."))


def test_other_text_is_read_as_before() -> None:
    """Only text that was converted is looked at for damaged codes."""
    assert correct(damaged(TEXT, 0.01)).restored == damaged(TEXT, 0.01)


@pytest.mark.parametrize(
    "text", ["Der Ausschuß beschließt, daß sämtliche Schriftstücke für die Bürger geöffnet würden. " * 8]
)
def test_other_languages_are_not_converted(text: str) -> None:
    assert convert_legacy(text, damaged=True) is None


@pytest.mark.parametrize("encoding", LEGACY_ENCODINGS)
def test_rows_of_the_families_are_whole(encoding: str) -> None:
    """All of a letter's counts, those of strings that are too long aside."""
    for grapheme, row in family_of(encoding).counts.items():
        assert INTACT <= sum(row.values()) <= INTACT + DAMAGED + 1e-6
        assert max(row, key=row.__getitem__) == grapheme
    assert set(family_of(encoding).counts) == set(GRAPHEMES)


def test_tcvn3_has_no_capitals_with_tones() -> None:
    assert "ộ" in codes("tcvn3") and "Ộ" not in codes("tcvn3") and "Đ" in codes("tcvn3")


def test_unicode_beside_lines_in_a_legacy_encoding_is_read_as_before() -> None:
    """Damage in the Unicode part of a text that was converted in part is not taken for damaged codes."""
    unicode = (
        TEXT * 3
        + "Can cu ke hoach cua thanh pho, phong giao duc to chuc hoi nghi tong ket phong trao thi dua.\n"
    )
    both = unicode + encoded(TEXT, "tcvn3")
    assert restore_text(both).restored == restore_text(unicode).restored + TEXT
    assert "Căn cứ kế hoạch của thành phố" in restore_text(both).restored.splitlines()[12]


def test_a_line_without_marks_in_undamaged_legacy_text_gets_them_back() -> None:
    stripped = "Can cu ke hoach cua thanh pho, phong giao duc to chuc hoi nghi tong ket phong trao thi dua.\n"
    restored = restore_text(encoded(TEXT, "vni") + stripped).restored
    assert restored.startswith(TEXT)
    assert restored.splitlines()[-1].startswith("Căn cứ kế hoạch của thành phố")
