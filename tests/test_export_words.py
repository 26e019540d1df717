"""Every word of the restored text stands on one page, in its line, in the order of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore import restore_file
from restore.edit import Edit, apply
from restore.export.seats import MOST_PAIRS
from restore.export.words import PlacedPage, PlacedWord, placed_pages
from restore.page import BBox, Block, Line, Page, ProcessingStep, Word, document_text
from restore.seen import Doubt, Seen

SAMPLES = Path(__file__).parents[1] / "samples"
LETTERS = st.text("aâàđ ", max_size=5)


def line(*texts: str, top: int = 0) -> Line:
    """Words on one line, ten pixels a letter, ten between them."""
    left = 0
    words = []
    for text in texts:
        words.append(Word(f"{top}-{left}", text, BBox(left, top, left + 10 * len(text), top + 9), 0.9))
        left += 10 * len(text) + 10
    return Line(tuple(words))


def page(*lines: Line, turned: int = 0) -> Page:
    steps = (ProcessingStep("turn", (("degrees", turned),)),) if turned else ()
    return Page(1, 1000, 1000, 300, (Block(lines),), "tesseract", steps)


def edit(original: str, before: str, after: str, **more: object) -> Edit:
    start = original.index(before)
    values: dict[str, object] = {"kind": "mixed", "source": "model", "confidence": 0.9, "status": "auto"}
    return Edit.model_validate(
        {"start": start, "end": start + len(before), "before": before, "after": after} | values | more
    )


def placed(*lines: Line, changes: tuple[tuple[str, str], ...], turned: int = 0) -> list[PlacedWord]:
    seen = Seen(pages=(page(*lines, turned=turned),))
    original, _ = document_text(seen.pages)
    edits = [edit(original, before, after) for before, after in changes]
    return list(placed_pages(original, edits, seen)[0].words)


def boxes(words: list[PlacedWord]) -> list[tuple[str, int, int]]:
    return [(word.text, word.bbox.left, word.bbox.right) for word in words]


@st.composite
def changed_documents(draw: st.DrawFn) -> tuple[Seen, str, list[Edit]]:
    """Pages of words, and edits anywhere: through words, blanks and ends of lines."""
    texts = st.lists(st.lists(st.text("aâbđ", min_size=1, max_size=5), min_size=1, max_size=4), max_size=3)
    pages = tuple(
        Page(
            number, 1000, 1000, 300,
            tuple(Block((line(*words, top=20 * row),)) for row, words in enumerate(rows)),
            "tesseract",
            (ProcessingStep("turn", (("degrees", draw(st.sampled_from([0, 90, 180, 270]))),)),),
        )
        for number, rows in enumerate(draw(st.lists(texts, min_size=1, max_size=2)), 1)
    )  # fmt: skip
    original, _ = document_text(pages)
    cuts = sorted(draw(st.lists(st.integers(0, len(original)), max_size=6)))
    edits = [
        Edit(
            start=start, end=end, before=original[start:end], after=draw(LETTERS), kind="mixed", source="model",
            confidence=1, status=draw(st.sampled_from(["auto", "review", "suggested", "confirmed"])),
            reviewer="Lan",
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]  # fmt: skip
    return Seen(pages=pages), original, edits


@settings(max_examples=300, deadline=None)
@given(changed_documents())
def test_the_words_of_all_pages_are_the_restored_text(case: tuple[Seen, str, list[Edit]]) -> None:
    seen, original, edits = case
    pages = placed_pages(original, edits, seen)
    words = [word for one in pages for word in one.words]
    assert [word.text for word in words] == apply(original, edits).split()
    assert [one.number for one in pages] == [one.number for one in seen.pages]
    for one, before in zip(pages, seen.pages, strict=True):
        bounds = [word.bbox for word in before.words]
        for word in one.words:
            assert word.bbox.width >= 1 and word.bbox.height >= 1
            if bounds:
                assert BBox.union([*bounds, word.bbox]) == BBox.union(bounds)


@settings(deadline=None)
@given(changed_documents())
def test_what_nothing_touches_keeps_its_box(case: tuple[Seen, str, list[Edit]]) -> None:
    seen, original, _ = case
    pages = placed_pages(original, [], seen)
    for one, before in zip(pages, seen.pages, strict=True):
        assert [(word.text, word.bbox, word.word_ids, word.status) for word in one.words] == [
            (word.text, word.bbox, (word.id,), "seen") for word in before.words
        ]
        assert [[row.text for row in block.lines] for block in one.blocks] == [
            [row.text for row in block.lines] for block in before.blocks
        ]


def test_joined_split_dropped_and_inserted_words() -> None:
    assert boxes(placed(line("nhân", "dân"), changes=(("nhân dân", "nhândân"),))) == [("nhândân", 0, 80)]
    assert boxes(placed(line("nhândân"), changes=(("nhândân", "nhân dân"),))) == [
        ("nhân", 0, 40),
        ("dân", 40, 70),
    ]
    assert boxes(placed(line("Số", "|", "12"), changes=((" |", ""),))) == [("Số", 0, 20), ("12", 50, 70)]
    assert boxes(placed(line("Kế", "12"), changes=((" ", " số "),))) == [
        ("Kế", 0, 20),
        ("số", 20, 30),
        ("12", 30, 50),
    ]
    assert boxes(placed(line("Kế"), changes=(("\n", " số\n"),))) == [("Kế", 0, 20), ("số", 19, 20)]


def test_words_of_one_edit_are_told_apart() -> None:
    """One edit over a whole line: five words became five others, two of them joined, one split, one dropped."""
    words = placed(
        line("Uy", "ban", "nhândân", "|", "huy", "ện"),
        changes=(("Uy ban nhândân | huy ện", "Ủy ban nhân dân huyện"),),
    )
    assert boxes(words) == [
        ("Ủy", 0, 20),
        ("ban", 30, 60),
        ("nhân", 70, 110),
        ("dân", 110, 140),
        ("huyện", 170, 230),
    ]
    assert [word.seen for word in words] == ["Uy", "ban", "nhândân", "nhândân", "huy ện"]
    assert [word.status for word in words] == ["auto", "seen", "auto", "auto", "auto"]


def test_a_word_joined_across_lines_stands_where_most_of_it_is() -> None:
    words = placed(line("kế", "ho-"), line("ạch", "năm", top=20), changes=(("ho-\nạch", "hoạch"),))
    assert [(word.text, word.bbox.top) for word in words] == [("kế", 0), ("hoạch", 0), ("năm", 20)]


@pytest.mark.parametrize(
    ("turned", "first", "second"),
    [
        (0, BBox(0, 0, 40, 9), BBox(40, 0, 70, 9)),
        (90, BBox(0, 0, 70, 5), BBox(0, 5, 70, 9)),
        (180, BBox(30, 0, 70, 9), BBox(0, 0, 30, 9)),
        (270, BBox(0, 4, 70, 9), BBox(0, 0, 70, 4)),
    ],
)
def test_a_split_goes_the_way_that_the_page_was_turned(turned: int, first: BBox, second: BBox) -> None:
    """At 90 degrees the lines run down the page, at 270 up."""
    words = placed(line("nhândân"), changes=(("nhândân", "nhân dân"),), turned=turned)
    assert [word.bbox for word in words] == [first, second]


def test_confidence_alternatives_and_reviewer_come_along() -> None:
    seen = Seen(
        pages=(page(line("Kiin", "An", "xã")),),
        doubts=(Doubt(0, 4, 0.6, ("Kiên", "Kiến")), Doubt(5, 7, 0.7, ("Ân",))),
    )
    changes = [
        edit("Kiin An xã", "Kiin", "Kiến"),
        edit("Kiin An xã", "An", "Ân", status="confirmed", source="reviewer", reviewer="Lan"),
        edit("Kiin An xã", "xã", "xá", status="suggested"),
    ]
    first, second, third = placed_pages("Kiin An xã\n", changes, seen)[0].words
    assert (first.seen, first.text, first.confidence, first.status) == ("Kiin", "Kiến", 0.6, "auto")
    assert first.alternatives == ("Kiên",)
    assert (second.confidence, second.status, second.reviewer) == (1.0, "confirmed", "Lan")
    assert (third.text, third.status, third.start, third.end) == ("xã", "suggested", 8, 10)


def test_a_long_rewritten_passage_is_cut_by_letters() -> None:
    count = int(MOST_PAIRS**0.5) + 1
    before, after = ["a" * 3] * count, ["đ" * 3] * count
    words = placed(line(*before), changes=((" ".join(before), " ".join(after)),))
    assert [word.bbox for word in words] == [word.bbox for word in line(*before).words]


def test_pages_without_words_and_texts_without_pages() -> None:
    empty = Seen(pages=(Page(7, 100, 80, 300, (), "tesseract"),))
    assert placed_pages("", [], empty) == (PlacedPage(7, 100, 80, 300, ()),)
    written = [edit("", "", "Ghi chú", status="confirmed", reviewer="Lan")]
    assert [word.text for word in placed_pages("", written, empty)[0].words] == ["Ghi", "chú"]
    assert placed_pages("Kế hoạch", [], Seen()) == ()


def test_a_scan_of_the_samples() -> None:
    result = restore_file(SAMPLES / "quyet-dinh-mild" / "page-1.jpg")
    words = [word for one in placed_pages(result.original, result.edits, result.seen) for word in one.words]
    assert [word.text for word in words] == result.restored.split()
    by_id = {word.id: word for one in result.seen.pages for word in one.words}
    assert all(
        word.bbox == by_id[word.word_ids[0]].bbox
        for word in words
        if len(word.word_ids) == 1 and word.text == word.seen
    )


def test_words_that_a_changed_sign_parts_are_changed() -> None:
    words = placed(line("KIẾN,AN", "xã"), changes=((",", " "),))
    assert [(word.text, word.seen, word.status) for word in words] == [
        ("KIẾN", "KIẾN,AN", "auto"),
        ("AN", "KIẾN,AN", "auto"),
        ("xã", "xã", "seen"),
    ]
