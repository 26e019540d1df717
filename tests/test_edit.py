"""Edits replay, do not overlap, and their offsets can be carried back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from restore.edit import APPLIED, Edit, OffsetMap, applied, apply


def edit(start: int, before: str, after: str, status: str = "auto") -> Edit:
    return Edit(
        start=start, end=start + len(before), before=before, after=after, kind="mixed", source="model",
        confidence=0.5, status=status,
    )  # fmt: skip


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[list[tuple[str, str | None]], list[str]]:
    """Pieces of a text, each with what takes its place or None, and the edits' statuses."""
    pieces = draw(st.lists(st.tuples(st.text(max_size=4), st.none() | st.text(max_size=4)), max_size=8))
    statuses = draw(
        st.lists(st.sampled_from(["auto", "review", "confirmed", "suggested"]), min_size=8, max_size=8)
    )
    return pieces, statuses


def made(pieces: list[tuple[str, str | None]], statuses: list[str]) -> tuple[str, str, list[Edit]]:
    """Original, restored by hand, edits."""
    original = restored = ""
    edits = []
    for (before, after), status in zip(pieces, statuses, strict=False):
        if after is not None:
            edits.append(edit(len(original), before, after, status))
        original += before
        restored += before if after is None or status == "suggested" else after
    return original, restored, edits


@given(edited_texts(), st.randoms())
def test_edits_replay_in_any_order(case, random) -> None:
    original, restored, edits = made(*case)
    spans = [(e.start, e.end) for e in edits]
    if len(set(spans)) == len(spans):  # two insertions at one place have only the order they are given in
        random.shuffle(edits)
    assert apply(original, edits) == restored


@given(edited_texts())
def test_an_edit_read_from_json_is_the_edit_written(case) -> None:
    for one in made(*case)[2]:
        assert Edit.model_validate_json(one.model_dump_json()) == one


def test_suggestions_are_not_applied() -> None:
    assert apply("771KH-UBND", [edit(0, "771KH-UBND", "77/KH-UBND", "suggested")]) == "771KH-UBND"
    assert "suggested" not in APPLIED
    assert list(applied([edit(4, "a", "b"), edit(0, "c", "d"), edit(2, "e", "f", "suggested")])) == [
        edit(0, "c", "d"),
        edit(4, "a", "b"),
    ]


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap at 3"):
        apply("Kiin An", [edit(0, "Kiin", "Kiến"), edit(3, "n A", "n a")])
    # one of them is only suggested: nothing overlaps
    assert apply("Kiin An", [edit(0, "Kiin", "Kiến"), edit(3, "n A", "n a", "suggested")]) == "Kiến An"


def test_an_edit_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="expects 'Kiin', found 'Kien'"):
        apply("Kien An", [edit(0, "Kiin", "Kiến")])
    with pytest.raises(ValueError, match="expects"):
        apply("Ki", [edit(0, "Kiin", "Kiến")])


@pytest.mark.parametrize(
    "change",
    [
        {"end": 3},
        {"confidence": 1.01},
        {"confidence": -0.1},
        {"kind": "guess"},
        {"status": "done"},
        {"start": -1},
        {"x": 1},
    ],
)
def test_an_impossible_edit_cannot_be_made(change) -> None:
    good = edit(0, "Kiin", "Kiến").model_dump()
    Edit(**good)
    with pytest.raises(ValidationError):
        Edit(**good | change)


def test_edits_are_frozen() -> None:
    with pytest.raises(ValidationError):
        edit(0, "a", "b").after = "c"


@given(edited_texts())
def test_offsets_outside_edits_map_to_the_same_character(case) -> None:
    original, restored, edits = made(*case)
    places = OffsetMap(edits)
    inside = set()
    at_original = at_restored = 0
    for (before, after), status in zip(*case, strict=False):
        if after is None or status == "suggested":
            for k in range(len(before)):
                start, end = places.span(at_restored + k, at_restored + k + 1)
                assert (start, end) == (at_original + k, at_original + k + 1)
                assert original[start:end] == restored[at_restored + k : at_restored + k + 1]
            at_restored += len(before)
        else:
            inside.update(range(at_restored, at_restored + len(after)))
            if after:
                assert places.span(at_restored, at_restored + len(after)) == (
                    at_original, at_original + len(before)
                )  # fmt: skip
            at_restored += len(after)
        at_original += len(before)


@given(edited_texts(), st.data())
def test_spans_map_to_spans_in_order(case, data) -> None:
    original, restored, edits = made(*case)
    start = data.draw(st.integers(0, len(restored)))
    end = data.draw(st.integers(start, len(restored)))
    first, last = OffsetMap(edits).span(start, end)
    assert 0 <= first <= len(original)
    assert 0 <= last <= len(original)
    if end > start:
        assert first <= last


def test_a_part_of_an_edit_maps_to_all_of_it() -> None:
    places = OffsetMap([edit(5, "KSnAn", "Kiến An")])
    # "quận KSnAn" -> "quận Kiến An"
    assert places.span(5, 9) == (5, 10)
    assert places.span(10, 12) == (5, 10)
    assert places.span(0, 4) == (0, 4)
    assert places.span(12, 12) == (10, 10)
