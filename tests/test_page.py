"""Boxes, and the text of pages with the place of every word in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.page import BBox, Block, Line, Page, Word, document_text

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=6)
boxes = st.builds(
    lambda left, top, width, height: BBox(left, top, left + width, top + height),
    st.integers(0, 900), st.integers(0, 900), st.integers(0, 90), st.integers(0, 90),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> list[Page]:
    shape = st.lists(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=3), max_size=3)
    pages = []
    for number, blocks in enumerate(draw(st.lists(shape, max_size=3)), 1):
        count = iter(range(1000))
        pages.append(
            Page(
                number,
                1000,
                1000,
                300,
                tuple(
                    Block(
                        tuple(
                            Line(tuple(Word(f"p{number}w{next(count)}", t, draw(boxes), 1.0) for t in line))
                            for line in block
                        )
                    )
                    for block in blocks
                ),
                "text-layer",
            )
        )
    return pages


@given(documents())
def test_every_word_stands_where_its_span_says(pages: list[Page]) -> None:
    text, spans = document_text(pages)
    assert [span.word for span in spans] == [word for page in pages for word in page.words]
    for span in spans:
        assert text[span.start : span.end] == span.word.text
        assert span.word.id.startswith(f"p{span.page}w")
    assert all(a.end < b.start for a, b in pairwise(spans))
    outside = list(text)
    for span in spans:
        outside[span.start : span.end] = [""] * len(span.word.text)
    assert set("".join(outside)) <= {" ", "\n"}


@given(documents())
def test_lines_and_blocks_are_as_printed(pages: list[Page]) -> None:
    text, _ = document_text(pages)
    assert text.strip("\n") == "\n\n".join(page.text for page in pages if page.blocks)
    for page in pages:
        assert page.text == "\n\n".join(block.text for block in page.blocks)
        for block in page.blocks:
            assert block.text.split("\n") == [line.text for line in block.lines]


@given(st.lists(boxes, min_size=1, max_size=5))
def test_a_union_holds_all_boxes_and_touches_them(found: list[BBox]) -> None:
    union = BBox.union(found)
    for box in found:
        assert union.left <= box.left
        assert union.top <= box.top
        assert union.right >= box.right
        assert union.bottom >= box.bottom
    assert union.left in {box.left for box in found}
    assert union.bottom in {box.bottom for box in found}
    assert (union.width, union.height) == (union.right - union.left, union.bottom - union.top)
    assert BBox.union([union]) == union


def test_nothing_has_no_union() -> None:
    with pytest.raises(ValueError, match="no box"):
        BBox.union([])


def test_boxes_of_lines_and_blocks() -> None:
    left, right = Word("a", "Kiến", BBox(10, 10, 30, 20), 0.9), Word("b", "An", BBox(35, 8, 50, 21), 0.8)
    line = Line((left, right))
    assert line.bbox == BBox(10, 8, 50, 21)
    assert Block((line, Line((Word("c", "x", BBox(0, 40, 5, 50), 1.0),)))).bbox == BBox(0, 8, 50, 50)


def test_pages_are_never_edited() -> None:
    page = Page(1, 10, 10, 300, (), "text")
    with pytest.raises(AttributeError):
        page.number = 2  # type: ignore[misc]
    assert document_text([]) == ("", ())
    assert document_text([page]) == ("", ())
