"""One list of what a person should look at: the engine's own doubts are on it as well as the program's."""

from __future__ import annotations

from restore.edit import Edit
from restore.evidence import doubtful_words
from restore.listed import listed, undecided
from restore.page import BBox, Block, Line, Page, Word
from restore.results import assemble
from restore.seen import Doubt, Seen


def page() -> Page:
    words = tuple(
        Word(f"p1w{index}", text, BBox(100 * index, 0, 100 * index + 80, 20), sure)
        for index, (text, sure) in enumerate([("UBND", 0.9), ("triển", 0.3), ("khai", 0.9), (".", 0.1)])
    )
    return Page(1, 1000, 100, 300, (Block((Line(words),)),), "tesseract")


def edit(start: int, before: str, after: str, status: str) -> Edit:
    return Edit(
        start=start, end=start + len(before), before=before, after=after, kind="mixed", source="model", confidence=0.6,
        status=status, reviewer="Lan" if status == "confirmed" else None,
    )  # type: ignore[arg-type]  # fmt: skip


def test_words_that_only_their_engine_doubts_are_listed_and_come_last() -> None:
    seen = Seen(pages=(page(),), doubts=(Doubt(11, 15, 0.7),))
    found = listed([], seen)
    assert [(one.start, one.end) for one in found] == [(5, 10), (11, 15)]
    assert found[0].confidence > found[1].confidence
    result = assemble("UBND triển khai .\n", [], seen)
    assert result.document.quality.words_to_review == 2
    assert len(doubtful_words([], seen.spans)[0].provenance) == 1


def test_a_place_is_listed_once_and_only_until_somebody_decides() -> None:
    own = [edit(0, "UBND triển", "UBND triển!", "review"), edit(11, "khai", "khải", "suggested")]
    seen = Seen(doubts=(Doubt(0, 4, 0.5), Doubt(5, 10, 0.6)))
    found = listed(own, seen)
    assert [(one.start, one.end) for one in undecided(found, [])] == [(0, 4), (5, 10), (11, 15)]
    decided = [edit(11, "khai", "khai", "confirmed")]
    assert [(one.start, one.end) for one in undecided(found, decided)] == [(0, 4), (5, 10)]
