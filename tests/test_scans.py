"""Scanned text: the decoder chooses among what was read, what letters may be, and what other readings saw."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.correct.corrector import Correction, correct_scanned, joined
from restore.edit import apply
from tests.scanned import Doubts, second_reading, spans_of

AROUND = "Ủy ban nhân dân quận tổ chức hội nghị tổng kết phong trào thi đua năm 2023 của các {} trên địa bàn."
SAMPLE = next((Path(__file__).parents[1] / "samples").glob("002_*.txt")).read_text()


def restored(text: str, doubts: Doubts | None = None) -> str:
    return correct_scanned(text, spans_of(text, doubts)).restored


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("khu côngnghiệp", "khu công nghiệp"),
        ("nhà sản xuât", "nhà sản xuất"),
        ("đơn vị sự nghiệp cong lập", "đơn vị sự nghiệp công lập"),
        ("trường tiêu học", "trường tiểu học"),
    ],
)
def test_marks_and_blanks_are_mended_however_sure_the_engine_was(read: str, meant: str) -> None:
    assert restored(AROUND.format(read)) == AROUND.format(meant)


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
        "đơn vị (mã số 12A1, T1/2023, 10kg, 45%)",
        "cơ quan (http://vidu.gov.vn, so@vidu.gov.vn)",
    ],
)
def test_names_numbers_and_foreign_words_stay(kept: str) -> None:
    assert restored(AROUND.format(kept)) == AROUND.format(kept)


def test_right_text_comes_back_as_it_is() -> None:
    assert restored(SAMPLE) == SAMPLE


def test_the_engine_s_own_second_choice_is_taken_where_the_sentence_asks_for_it() -> None:
    text = "sửa đôi, bỗ sung một số điều của Quyết định"
    assert restored(text, {"đôi,": (0.54, {1: "ỗổố"}), "bỗ": (0.64, {1: "ổồ"})}).startswith(
        "sửa đổi, bổ sung"
    )


def test_what_is_no_syllable_is_mended_where_the_engine_had_its_doubts() -> None:
    text = AROUND.format("câp chính quyền")
    assert restored(text, {"câp": (0.7, {1: "ấầ"})}) == AROUND.format("cấp chính quyền")


def test_capitals_stay_capitals() -> None:
    text = "HỘI ĐÒNG NHÂN DÂN TỈNH"
    assert restored(text, {"ĐÒNG": (0.6, {1: "ỎÔỒ"})}) == "HỘI ĐỒNG NHÂN DÂN TỈNH"


def test_another_reading_of_the_line_is_heard() -> None:
    text = "Căn cứ Luật Tồ chúc chính quyén địa phương"
    spans = spans_of(text, {"Tồ": (0.5, {}), "chúc": (0.5, {}), "quyén": (0.5, {})})
    reading = second_reading(spans, 3, 6, "Tổ chức chính quyền")
    found = correct_scanned(text, spans, [reading])
    assert found.restored == "Căn cứ Luật Tổ chức chính quyền địa phương"
    assert {edit.before: edit.source for edit in found.edits}.keys() == {"Tồ", "chúc", "quyén"}


def test_another_reading_may_part_and_join_words() -> None:
    text = "Độc lập - Tựdo - Hạnh phú c"
    spans = spans_of(text, {"Tựdo": (0.4, {}), "phú": (0.4, {}), "c": (0.4, {})})
    readings = [second_reading(spans, 3, 3, "Tự do"), second_reading(spans, 5, 7, "Hạnh phúc")]
    assert correct_scanned(text, spans, readings).restored == "Độc lập - Tự do - Hạnh phúc"


def test_a_number_that_two_readings_saw_differently_is_for_a_person_to_see() -> None:
    text = "Quyết định số 5/QĐ-UBND ngày 1O tháng 5 năm 2023"
    spans = spans_of(text, {"1O": (0.3, {})})
    found = correct_scanned(text, spans, [second_reading(spans, 4, 4, "10")])
    assert all(edit.status != "auto" for edit in found.edits if edit.before == "1O")


def test_dirt_between_words_is_dropped_and_recorded() -> None:
    text = "thực hiện ¬ nhiệm vụ"
    found = correct_scanned(text, spans_of(text, {"¬": (0.3, {})}))
    assert "¬" not in found.restored
    assert [edit.kind for edit in found.edits] == ["drop"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("yêu cầu kỹ.thuật của", "yêu cầu kỹ thuật của"),
        ("đã nHận được", "đã nhận được"),
        ("theo .quy định của", "theo quy định của"),
        ("Sở GD&ĐÐT", "Sở GD&ĐT"),
        ("Quyết định số 5/QĐÐ-UBND", "Quyết định số 5/QĐ-UBND"),
        ("Xanh-Sạch-Đẹp", "Xanh-Sạch-Đẹp"),
        ("ngày 5.6.2023", "ngày 5.6.2023"),
    ],
)
def test_specks_and_letters_that_only_an_engine_writes(read: str, meant: str) -> None:
    assert restored(AROUND.format(read)) == AROUND.format(meant)


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Mn")), max_size=60),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.text("aăđốộ12.- ", max_size=8)), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_any_text_and_any_readings(text: str, others: list[tuple[int, int, str]]) -> None:
    text = " ".join(text.split())
    spans = spans_of(text)
    readings = [second_reading(spans, a, a + b, other) for a, b, other in others if a < len(spans)]
    check(correct_scanned(text, spans, readings), text)


def check(found: Correction, text: str) -> None:
    assert found.original == text
    assert apply(text, found.edits) == found.restored
    assert len(found.confidences) == found.words == len(found.restored.split())
    assert all(0 <= sure <= 1 for sure in found.confidences)


def test_stretches_are_joined_in_their_places() -> None:
    parts = ["Hội đông nhân dân\n", "tổ chức hội nghi tổng kết"]
    one, other = (correct_scanned(part, spans_of(part)) for part in parts)
    whole = joined([(0, one), (len(parts[0]), other)])
    check(whole, "".join(parts))
    assert whole.words_changed == one.words_changed + other.words_changed == 2
