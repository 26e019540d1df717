"""What is kept of texts is bounded by number and by size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from restore.correct import lattice
from restore.correct.weights import DEFAULT
from restore.language import health
from restore.language.short_cache import LONGEST, short_cache


@pytest.mark.parametrize(("length", "calls"), [(1, 1), (LONGEST, 1), (LONGEST + 1, 2)])
def test_only_short_texts_are_kept(length: int, calls: int) -> None:
    asked: list[str] = []

    @short_cache(maxsize=2)
    def half(text: str, more: int) -> float:
        asked.append(text)
        return len(text) / 2 + more

    assert half("x" * length, 1) == half("x" * length, 1) == length / 2 + 1
    assert len(asked) == calls


@pytest.mark.parametrize(
    "judged",
    [
        lambda text: lattice.literals_under(DEFAULT)(text),
        lambda text: lattice._blanks_under(DEFAULT)(text),
        lambda text: lattice._marks_under(DEFAULT)(text),
        lambda text: health._judge(text),
    ],
    ids=["literals", "blanks", "marks", "health"],
)
def test_long_runs_of_documents_are_not_kept(judged: Callable[[str], object]) -> None:
    assert judged("hoạch,") is judged("hoạch,")
    assert judged("hoạch," * 20) is not judged("hoạch," * 20)
