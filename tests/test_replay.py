"""Decisions meet another text: each finds its own place or none; never somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from restore.decisions import Decision, edit_decision
from restore.edit import Edit, apply
from restore.page import BBox, Block, Line, Page, Word, WordSpan, document_text
from restore.replay import merged, replay


def edit_of(start: int, before: str, after: str, **more: object) -> Edit:
    values: dict[str, object] = {
        "kind": "mixed", "source": "reviewer", "confidence": 1.0, "status": "confirmed", "reviewer": "Lan",
    }  # fmt: skip
    return Edit(start=start, end=start + len(before), before=before, after=after, **values | more)


def own(start: int, before: str, after: str) -> Edit:
    return edit_of(start, before, after, source="model", confidence=0.5, status="auto", reviewer=None)


def decided(original: str, before: str, after: str, start: int | None = None) -> Decision:
    start = original.index(before) if start is None else start
    return edit_decision(edit_of(start, before, after), original)


def pages_of(*texts: str) -> tuple[str, Sequence[WordSpan]]:
    """Pages of one line each; their words stand below one another's."""
    pages = [
        Page(
            number, 2000, 100, 300,
            (Block((Line(tuple(
                Word(f"p{number}w{index}", word, BBox(100 * index, 0, 100 * index + 80, 20), 0.9)
                for index, word in enumerate(text.split())
            )),)),),
            "tesseract",
        )
        for number, text in enumerate(texts, start=1)
    ]  # fmt: skip
    return document_text(pages)


def test_a_page_put_before_does_not_take_the_decisions_of_another() -> None:
    text, spans = pages_of("UBND xã Kiin An báo cáo")
    decision = edit_decision(edit_of(8, "Kiin", "Kiến", page=1), text, spans[2].word.bbox)
    again, now = pages_of("Bìa hồ sơ lưu trữ", "UBND xã Kiin An báo cáo")
    assert apply(again, replay([decision], again, now).edits) == again.replace("Kiin", "Kiến")
    gone, there = pages_of("Bìa hồ sơ lưu trữ")
    assert replay([decision], gone, there).lost == (decision,)


def test_a_word_read_quite_otherwise_is_known_by_its_neighbours() -> None:
    text, spans = pages_of("UBND xã ~~ An báo cáo")
    decision = edit_decision(edit_of(8, "~~", "Kiến", page=1), text, spans[2].word.bbox)
    again, now = pages_of("UBND xã lll An báo cáo")
    assert apply(again, replay([decision], again, now).edits) == "UBND xã Kiến An báo cáo\n"


def test_the_same_word_of_another_sentence_is_left_alone() -> None:
    original = "thực hiện theo kế hoạch của sở, rồi báo cáo"
    decision = decided(original, "kế", "KẾ")
    other = "thực hiện theo kê hoạch của sở, rồi báo cáo; sau đó theo kế hoạch của phòng giáo dục"
    assert replay([decision], other).lost == (decision,)


def test_of_two_places_alike_neither_is_taken_by_chance() -> None:
    line = "Như trên, để thực hiện và báo cáo;\n"
    original = line * 3
    decision = decided(original, "trên", "TRÊN", start=len(line) + 4)
    moved = line + "x" * 20 + "\n" + line
    found = replay([decision], moved)
    assert found.lost or apply(moved, found.edits).count("TRÊN") == 1
    near = "!\n" + original  # a little further on, and no other is as near
    (edit,) = replay([decision], near).edits
    assert edit.start == len(line) + 6


@pytest.mark.parametrize(("start", "again"), [(3, "xyz mot hai ba"), (1, "abcdef mot hai")])
def test_an_insertion_never_parts_another_word(start: int, again: str) -> None:
    decision = edit_decision(edit_of(start, "", " thêm"), "a b")
    assert replay([decision], again).lost == (decision,)


def test_an_insertion_follows_its_neighbours() -> None:
    original = "ngày tháng năm nay, họp tại trụ sở"
    decision = edit_decision(edit_of(5, "", "8 "), original)
    assert (
        apply("Sáng " + original, replay([decision], "Sáng " + original).edits)
        == "Sáng ngày 8 tháng năm nay, họp tại trụ sở"
    )


def test_what_the_program_put_to_a_word_goes_with_the_word() -> None:
    original = "Kien An"
    edits = merged([own(4, "", ",")], [edit_of(0, "Kien", "Kiến;")])
    assert apply(original, edits) == "Kiến; An"
    edits = merged([own(5, "", "(")], [edit_of(5, "An", "[An")])
    assert apply(original, edits) == "Kien [An"
    edits = merged([own(4, "", " xã")], [edit_of(0, "Kien", "Kiến")])  # a word of its own stays
    assert apply(original, edits) == "Kiến xã An"
