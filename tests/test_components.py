"""Every line of a text is in exactly one component, and the components put together are the text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.document import Component
from restore.edit import Edit, apply
from restore.page import BBox, Block, BlockKind, Line, Page, Word, document_text
from restore.parser import build_document

LAYOUTS = json.loads((Path(__file__).parent / "cases" / "layouts.json").read_text(encoding="utf-8"))
TEXTS = ["\n".join(case["text"]) for case in LAYOUTS]
LINES = sorted(
    {line for case in LAYOUTS for line in case["text"]}
    | {"", "   ", "2", "____", "\f", "Ký bởi: Sở Y tế", "~ . *"}
)


def assert_total(original: str, components: tuple[Component, ...]) -> None:
    assert "".join(original[one.start : one.end] for one in components) == original
    starts = {0}
    for line in original.splitlines(keepends=True):
        starts.add(max(starts) + len(line))
    assert {one.start for one in components} <= starts
    assert all(a.end == b.start for a, b in pairwise(components))
    assert all(one.start < one.end for one in components)
    assert all((a.kind, a.section_id) != (b.kind, b.section_id) for a, b in pairwise(components))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in build_document(text).components]


@pytest.mark.parametrize("text", TEXTS, ids=[case["name"] for case in LAYOUTS])
def test_of_every_layout(text: str) -> None:
    assert_total(text, build_document(text).components)


@given(
    st.lists(st.sampled_from(LINES), max_size=40),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\v", "\u2028"]),
)
def test_of_lines_in_any_order(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    assert_total(text, build_document(text).components)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_of_any_text(text: str) -> None:
    assert_total(text, build_document(text).components)


CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 6),
        st.text(alphabet="aĐ1 /\n", max_size=5),
        st.sampled_from(["auto", "suggested"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(st.sampled_from(TEXTS), CHANGES)
def test_of_an_original_that_was_edited(original: str, changes: list[tuple[float, int, str, str]]) -> None:
    edits: list[Edit] = []
    position = 0
    for place, length, after, status in sorted(changes):
        start = int(place * len(original))
        end = min(start + length, len(original))
        if start < position:
            continue
        before = original[start:end]
        edits.append(
            Edit(start=start, end=end, before=before, after=after, kind="mixed", source="model", confidence=0.9, status=status)
        )  # fmt: skip
        position = end + 1
    document = build_document(apply(original, edits), original=original, edits=edits)
    assert_total(original, document.components)


def test_what_the_lines_of_a_plan_are() -> None:
    text = (
        "\nUBND HUYỆN AN LÃO      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHÒNG VĂN HÓA\n____\nSố: 5/KH-PVH\n"
        "An Lão, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây\n\nThực hiện Kế hoạch số 1/KH-UBND;\n"
        "I. MỤC ĐÍCH\n1. Trồng cây đa,\n2\ncây thị.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTRƯỞNG PHÒNG\nLê Văn Tám\nPHỤ LỤC\nDANH SÁCH\n1. Cây đa\n"
    )
    assert kinds(text) == [
        ("issuer", "\nUBND HUYỆN AN LÃO      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHÒNG VĂN HÓA\n"),
        ("ornament", "____\n"),
        ("number", "Số: 5/KH-PVH\n"),
        ("place_date", "An Lão, ngày 02 tháng 3 năm 2023\n"),
        ("doc_type", "KẾ HOẠCH\n"),
        ("subject", "Trồng cây\n\n"),
        ("legal_basis", "Thực hiện Kế hoạch số 1/KH-UBND;\n"),
        ("body", "I. MỤC ĐÍCH\n"),
        ("body", "1. Trồng cây đa,\n"),
        ("page_number", "2\n"),
        ("body", "cây thị.\n"),
        ("recipients", "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"),
        ("signature", "TRƯỞNG PHÒNG\nLê Văn Tám\n"),
        ("appendix", "PHỤ LỤC\nDANH SÁCH\n"),
        ("appendix", "1. Cây đa\n"),
    ]
    sections = [one.section_id for one in build_document(text).components if one.kind in ("body", "appendix")]
    assert sections == ["s1", "s1.1", "s1.1", "s2", "s2.1"]


def test_a_text_of_blanks_is_an_ornament_and_no_text_has_no_component() -> None:
    assert kinds(" \n\n") == [("ornament", " \n\n")]
    assert kinds("") == []


BESIDE: tuple[tuple[BlockKind, str], ...] = (
    ("running-head", "Sở Y tế Bình An"), ("body", "Điều 1. Ban hành."), ("table", "a b c d"),
    ("footnote", "1 Xem trang sau"),
)  # fmt: skip


def test_what_stands_beside_the_body_of_a_page_is_told_by_its_blocks() -> None:
    def block(kind: BlockKind, text: str) -> Block:
        words = (
            Word(f"{kind}{place}", word, BBox(10 * place, 0, 10 * place + 9, 9), 0.9)
            for place, word in enumerate(text.split())
        )
        return Block((Line(tuple(words)),), kind)

    page = Page(1, 100, 100, 200, tuple(block(kind, text) for kind, text in BESIDE), "tesseract")
    text, spans = document_text([page])
    document = build_document(text, spans=spans, pages=[page])
    assert_total(text, document.components)
    assert [one.kind for one in document.components] == ["running_head", "body", "table", "footnote"]
