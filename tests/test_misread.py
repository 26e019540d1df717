"""Numbers that were misread are repaired from their sequence, and only where nothing else can be meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.document import Section
from restore.edit import Edit
from restore.parser import build_document
from restore.structure.numbering import roman_number


def numbered(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        if section.number is not None:
            yield section
        yield from numbered(section.children)


def outline(text: str) -> list[tuple[str | None, str | None]]:
    """Number and marker as found of every numbered section."""
    return [(one.number, one.number_raw) for one in numbered(build_document(text).sections)]


def items(markers: list[str], text: str = "Đơn vị thực hiện đúng kế hoạch.") -> str:
    return "".join(f"{marker} {text}\n" for marker in markers)


@pytest.mark.parametrize(
    ("markers", "place", "number"),
    [
        (["1.", "2.", "3.", "4.", "5.", "6.", "7.", "S.", "9."], 7, "8"),
        (["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "1O."], 9, "10"),
        (["1.", "Z.", "3."], 1, "2"),
        (["l.", "2.", "3."], 0, "1"),
        (["1.", "2,", "3."], 1, "2"),
        (["1.", "2.", "8.", "4."], 2, "3"),
        (["a)", "b}", "c)"], 1, "b"),
        (["a)", "h)", "c)"], 1, "b"),
        (["â)", "b)", "c)"], 0, "a"),
        (["a)", "b)", "c)", "d)", "d)", "e)"], 4, "đ"),
        (["I.", "ll.", "III."], 1, "II"),
        (["I.", "Il.", "III."], 1, "II"),
        (["I.", "11.", "III."], 1, "II"),
        (["I.", "II.", "IIl.", "IV."], 2, "III"),
        (["I.", "II.", "III.", "lV.", "V."], 3, "IV"),
        (["I.", "II.", "III.", "IV.", "V.", "Vl."], 5, "VI"),
        (["I.", "H.", "III."], 1, "II"),
        (["Điều 1.", "Điều Z.", "Điều 3."], 1, "2"),
        (["Điều l.", "Điều 2."], 0, "1"),
        (["Điều 1.", "Điều 2.", "Điều 8.", "Điều 4."], 2, "3"),
        (["1)", "2)", "S)", "4)"], 2, None),
    ],
)
def test_a_misread_number_is_the_one_that_is_due(markers: list[str], place: int, number: str | None) -> None:
    found = outline(items(markers))
    if number is None:  # an S looks like a 5 or an 8, never like a 3
        assert len(found) == len(markers) - 1
        return
    assert len(found) == len(markers)
    assert found[place] == (number, markers[place])
    assert [raw for _, raw in found].count(None) == len(markers) - 1


@pytest.mark.parametrize(
    "markers",
    [
        ["1.", "2.", "4.", "5."],
        ["1.", "2.", "5.", "6."],
        ["a)", "b)", "d)", "đ)"],
        ["a)", "b)", "c)", "d)", "e)"],
        ["I.", "III.", "IV."],
        ["Điều 1.", "Điều 3.", "Điều 4."],
        ["1.", "2.", "2.", "3."],
        ["A.", "B.", "C."],
        ["g)", "h)", "i)", "k)", "l)", "m)", "n)", "o)"],
        ["1.", "1a.", "2."],
    ],
)
def test_what_may_be_right_is_left(markers: list[str]) -> None:
    numbers = [marker.removeprefix("Điều ").rstrip(".)") for marker in markers]
    assert outline(items(markers)) == [(number, None) for number in numbers]


def test_the_first_roman_number_is_known_by_the_second() -> None:
    text = (
        "l. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao chất lượng.\n2. Yêu cầu\nBảo đảm tiến độ.\n"
        "II. NỘI DUNG\n1. Tuyên truyền\nTrên loa.\nIII. KINH PHÍ\nTự cân đối.\n"
    )
    assert outline(text) == [
        ("I", "l."), ("1", None), ("2", None), ("II", None), ("1", None), ("III", None),
    ]  # fmt: skip
    assert outline(text.replace("l. MỤC", "1. MỤC"))[0] == ("I", "1.")


def test_a_number_without_its_point_is_known_by_the_next() -> None:
    rest = "báo cáo gửi các đơn vị theo quy định."
    assert outline(f"l Soạn {rest}\n2. Trình {rest}\n3 Gửi {rest}\n4. Lưu {rest}\n") == [
        ("1", "l"), ("2", None), ("3", None), ("4", None),
    ]  # fmt: skip
    assert outline("l MỤC ĐÍCH, YÊU CẦU\nTrồng cây.\nII. NỘI DUNG\nXây kè.\n") == [("I", "l"), ("II", None)]
    assert outline(f"l Soạn {rest}\nTrình {rest}\n") == []
    assert outline(f"1 Soạn {rest}\nTrình {rest}\n3. Gửi {rest}\n") == [("3", None)]


def test_decimals_follow_the_number_above() -> None:
    text = "1. Mục tiêu\n1.l. Mục tiêu chung\nCó nước sạch.\n1.Z. Mục tiêu cụ thể\nCó trường.\n2. Nhiệm vụ\nXây kè.\n"
    assert outline(text) == [("1", None), ("1.1", "1.l."), ("1.2", "1.Z."), ("2", None)]


def test_the_marker_is_set_right_and_the_repair_recorded() -> None:
    found = list(numbered(build_document(items(["1.", "2.", "3.", "4.", "S.", "6."])).sections))
    assert [one.marker for one in found] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert found[4].number_raw == "S."


def test_a_number_in_running_text_is_not_repaired() -> None:
    long = "Các đơn vị chủ động phối hợp với Ủy ban nhân dân các xã tổ chức thực hiện từ tháng"
    assert outline(f"1. Mục tiêu\n{long}\nZ. Trong năm, các xã báo cáo.\n2. Nhiệm vụ\n{long} nay.\n") == [
        ("1", None), ("2", None),
    ]  # fmt: skip


@given(st.integers(2, 30), st.sampled_from(["arabic", "roman", "article"]))
def test_a_whole_list_has_no_repairs(length: int, style: str) -> None:
    shape = {"arabic": "{}.", "article": "Điều {}.", "roman": "{}."}[style]
    numbers = [roman_number(value) if style == "roman" else str(value) for value in range(1, length + 1)]
    assert outline(items([shape.format(number) for number in numbers])) == [
        (number, None) for number in numbers
    ]


def test_a_number_that_the_correction_repaired_keeps_its_marker_as_found() -> None:
    original = items(["1.", "2.", "S.", "4."])
    place = original.index("S.")
    edit = Edit(
        start=place, end=place + 1, before="S", after="3", kind="number", source="list", confidence=0.9,
        status="suggested",
    )  # fmt: skip
    found = list(numbered(build_document(original, original=original, edits=(edit,)).sections))
    assert [(one.number, one.number_raw) for one in found] == [
        ("1", None), ("2", None), ("3", "S."), ("4", None),
    ]  # fmt: skip
