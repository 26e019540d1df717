"""Laws of restoring that hold for any text: it never fails, replays, is settled once it is done, and grows as the text does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cases import check_laws

from restore.correct import casing
from restore.correct.casing import Placed
from restore.correct.corrector import Correction, correct, read
from restore.edit import apply
from restore.language.vietnamese import strip_marks
from restore.pipeline import restore_text

SAMPLES = Path(__file__).parents[1] / "samples"
DAMAGED = (
    "Can cir KS hoach cua Uy ban nhan dan thanh ph6 v8 viec triSn khai phong trao thi dua, cac phong, ban"
)
CLEAN = "Căn cứ Kế hoạch của Ủy ban nhân dân quận về việc triển khai phong trào thi đua"


@cache
def plan() -> Correction:
    """The damaged plan, restored once for all tests."""
    return correct((SAMPLES / "000_d85d24a1343911c1.txt").read_text(encoding="utf-8"))


# Any code point: other planes, controls, private use, what has no meaning yet, and halves of surrogate pairs.
ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_any_code_points_beside_damage_and_beside_health(text: str) -> None:
    for whole in (text, f"{DAMAGED}\n{text} thvc hi~n", f"{CLEAN}\n{text} cac don vi"):
        found = correct(whole)
        assert apply(whole, found.edits) == found.restored
        assert len(found.restored.splitlines()) == len(whole.splitlines())


@given(ANY)
@settings(max_examples=25, deadline=None)
def test_the_whole_pipeline_takes_any_text(text: str) -> None:
    found = restore_text(f"{DAMAGED}\n{text}")
    assert apply(found.original, found.edits) == found.restored


@pytest.mark.parametrize(
    "strange",
    [
        "\0\0 thv\0c hi~n",
        "\ud800 \udfff thvc",
        "".join(map(chr, range(0x1F300, 0x1F400))),
        "مرحبا بالعالم \u202eabc\u202c שלום",
        "a" + "\N{COMBINING ACUTE ACCENT}" * 3000,
        "x" * 10_000,
        "".join(random.Random(1).choices("abcdehilnotuvy~\\^S6", k=10_000)),
        "1" * 10_000,
        "." * 10_000,
        "\n" * 10_000,
        "_" * 10_000,
        "…" * 8_000,
    ],
    ids=[
        "nul",
        "surrogates",
        "pictures",
        "right to left",
        "marks",
        "word",
        "garbage",
        "digits",
        "leaders",
        "lines",
        "blanks to fill in",
        "ellipses",
    ],
)
def test_strange_texts(strange: str) -> None:
    text = f"{DAMAGED}\n{strange}\n{DAMAGED}"
    found = correct(text)
    check_laws(found)
    assert found.restored.startswith("Căn cứ Kế hoạch của Ủy ban nhân dân thành phố")


def test_a_line_of_a_megabyte() -> None:
    text = f"{CLEAN} " * 13_000
    assert len(text) > 1_000_000
    assert correct(text).restored == text


def test_what_is_restored_stays_when_it_is_restored_again() -> None:
    again = correct(plan().restored)
    changed = [edit for edit in again.edits if edit.status != "suggested"]
    assert len(changed) <= 0.001 * again.words


def test_what_got_its_marks_back_stays_when_it_is_restored_again() -> None:
    words = (SAMPLES / "002_7d7d882c88c23fa0.txt").read_text(encoding="utf-8").split(" ")
    bare = " ".join(strip_marks(word) if place % 3 else word for place, word in enumerate(words))
    once = correct(bare)
    assert once.words_changed > 0.3 * once.words
    again = correct(once.restored)
    changed = [edit for edit in again.edits if edit.status != "suggested"]
    assert len(changed) <= 0.001 * again.words


@given(st.integers(0, 150), st.integers(1, 12))
@settings(max_examples=8, deadline=None)
def test_parts_are_settled_too(start: int, lines: int) -> None:
    part = "\n".join(plan().restored.split("\n")[start : start + lines])
    again = correct(part)
    changed = [edit for edit in again.edits if edit.status != "suggested"]
    assert len(changed) <= max(1, 0.01 * again.words)


def test_the_search_grows_as_the_text_does() -> None:
    """Readings are looked for chunk by chunk: twice the pages have twice the edges, and no more."""
    page = "\n".join((SAMPLES / "000_d85d24a1343911c1.txt").read_text(encoding="utf-8").split("\n")[16:60])
    sizes = []
    for copies in (1, 2, 4):
        work = read("\n".join([page] * copies))
        assert work is not None
        sizes.append(len(work.decoding.lattice.edges.start))
    assert sizes[1] <= 2.2 * sizes[0]
    assert sizes[2] <= 4.4 * sizes[0]


class Counted(list[Placed]):
    """A path that counts how often one of its items is looked at."""

    looked = 0

    def __getitem__(self, index):
        self.looked += 1
        return super().__getitem__(index)

    def __iter__(self) -> Iterator[Placed]:
        for item in super().__iter__():
            self.looked += 1
            yield item


@pytest.mark.parametrize("leader", "_….")
def test_the_case_of_words_around_leaders_takes_as_long_as_the_leaders(
    leader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed, paths = casing.weighed, []

    def counting(path, shapes, printed=None):
        paths.append(Counted(path))
        return weighed(paths[-1], shapes, printed)

    monkeypatch.setattr(casing, "weighed", counting)
    for length in (200, 400):
        correct(f"{DAMAGED}\n{leader * length}\n{DAMAGED}")
    small, large = (path.looked for path in paths)
    assert large <= 2.2 * small
