"""What there is to tell of every changed or doubtful place of two texts, for pages that show it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from restore.edit import Edit, apply
from restore.field import Provenance
from restore.messages import Language
from restore.review.align import Alignment, Pair, align, align_edits, align_letters
from restore.review.diff import KINDS, Row, pair_kind, rows
from restore.review.labels import label

DOUBTS = frozenset({"review", "suggested"})
# Kinds in the order of legends; the last is no difference: words in doubt that stayed as they were.
ORDER = (*KINDS, "drop", "kept")
STATES = ("review", "suggested", "confirmed", "auto")
SURE = 0.95  # a word as sure as this is wrong less often than one in fifty, see docs/restoring.md
BANDS = ("sure", "fair", "review", "suggested")


@dataclass(frozen=True, slots=True)
class Mark:
    """A changed or doubtful place.

    Attributes:
        kind: the sort of difference, "" where both sides are the same.
        state: the status that asks most of a person, one of :data:`STATES`; "" where no edit says anything.
        edits: those that touch it.
        place: where words stand that were read with little certainty, if they stand here.
    """

    kind: str
    state: str = ""
    edits: tuple[Edit, ...] = ()
    place: Provenance | None = None

    @property
    def shown_kind(self) -> str:
        """The kind that legends and filters count it under: that of the suggestion, where nothing was changed."""
        if self.kind:
            return self.kind
        return next((edit.kind for edit in self.edits if edit.status == "suggested"), "kept")

    @property
    def doubt(self) -> str:
        """The state, where it waits for a person."""
        return self.state if self.state in DOUBTS else ""

    @property
    def band(self) -> str:
        """How sure a changed place is: one of :data:`BANDS`."""
        if self.doubt:
            return self.doubt
        return "sure" if min((edit.confidence for edit in self.edits), default=1.0) >= SURE else "fair"


@dataclass(frozen=True, slots=True)
class View:
    """Two aligned texts and what there is to tell of them; ``marks`` are keyed by the index of their pair."""

    pairs: Sequence[Pair]
    marks: Mapping[int, Mark]
    rows: Sequence[Row]
    counts: Mapping[str, int]
    doubts: int
    figures: Sequence[tuple[str, str]]


def view(
    left: str,
    right: str,
    lang: Language,
    edits: Sequence[Edit] | None,
    doubtful: Sequence[Provenance],
    aligned: Alignment | None = None,
    doubts: int | None = None,
) -> View:
    """Align two texts, by their edits where there are any, and gather what is told of them.

    The words to review are as many as the document says (``doubts``): marked places are fewer where several of them meet in one.

    Raises:
        ValueError: the edits do not lead from left to right.
    """
    if edits is not None and apply(left, edits) != right:
        raise ValueError("the edits do not lead from left to right")
    alignment = (aligned or align(left, right)) if edits is None else align_edits(left, edits, right)
    marks = _pair_marks(alignment.pairs, edits or (), doubtful)
    changed_words = sum(len(alignment.pairs[index].right) for index, mark in marks.items() if mark.kind)
    table = rows(alignment)
    counts = Counter(mark.kind for mark in marks.values() if mark.kind)
    if doubts is None:
        doubts = sum(edit.status in DOUBTS for edit in edits or ()) + len(doubtful)
    figures = _figures(len(right.split()), changed_words, doubts if edits is not None else None, lang)
    changed = {index for index, mark in marks.items() if mark.kind}
    lines = sum(any(piece.pair in changed for piece in (*row.left, *row.right)) for row in table)
    figures.append((number(lines, lang), label("lines-changed", lang)))
    return View(alignment.pairs, marks, table, counts, doubts, figures)


def _pair_marks(
    pairs: Sequence[Pair], edits: Iterable[Edit], doubtful: Sequence[Provenance]
) -> Mapping[int, Mark]:
    """What there is to tell of each pair that changed or is in doubt."""
    ends = [place.end for place in doubtful]
    waiting = sorted(edits, key=lambda edit: (edit.start, edit.end))
    marks: dict[int, Mark] = {}
    position = first = 0
    for index, pair in enumerate(pairs):
        start = pair.left[0].start if pair.left else position
        end = pair.left[-1].end if pair.left else position + 1
        while first < len(waiting) and waiting[first].end < start:
            first += 1
        mine = _touching(waiting, first, pair, start, end)
        position = max(position, end if pair.left else start)
        unsure = bisect_right(ends, start)
        is_doubtful = bool(pair.left) and unsure < len(doubtful) and doubtful[unsure].start < end
        if not pair.same or is_doubtful or any(_is_told(edit) for edit in mine):
            kind = "" if pair.same else pair_kind(pair)
            statuses = {edit.status for edit in mine} | ({"review"} if is_doubtful else set())
            state = next((state for state in STATES if state in statuses), "")
            marks[index] = Mark(kind, state, mine, doubtful[unsure] if is_doubtful else None)
    return marks


def _is_told(edit: Edit) -> bool:
    """Whether an edit is shown although it changed nothing: a suggestion, or a person's word that all is right."""
    return edit.status == "suggested" or edit.kind == "same"


def _touching(edits: Sequence[Edit], first: int, pair: Pair, start: int, end: int) -> tuple[Edit, ...]:
    """The edits, in order from the first that may, that touch the left side of a pair."""
    found: list[Edit] = []
    for index in range(first, len(edits)):
        edit = edits[index]
        if edit.start > end:
            break
        if (edit.start < end and edit.end > start) or edit.start == edit.end or not pair.left:
            found.append(edit)
    return tuple(found)


def reasons(mark: Mark, lang: Language) -> list[str]:
    """Why a place is marked, a line for each reason."""
    lines = [line for edit in mark.edits for line in _explained(edit, lang)]
    if mark.place:
        lines.append(label("unread" if mark.place.page is None else "read-doubtfully", lang))
        if mark.place.page is not None:
            lines.append(f"{label('page', lang)}: {mark.place.page}")
    return lines


def told(mark: Mark, pair: Pair, lang: Language) -> str:
    """All that there is to tell of a place: what became what, the kind, and the reasons."""
    before, after = (" ".join(token.text for token in side) for side in pair)
    head = [_change(before, after, lang), label(mark.kind, lang)] if mark.kind else []
    return "\n".join([*head, *reasons(mark, lang)])


def _change(before: str, after: str, lang: Language) -> str:
    nothing = label("nothing", lang)
    return f"{_line(before) or nothing} → {_line(after) or nothing}"


def _line(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _reason(key: str, value: str, lang: Language) -> str:
    return f"{label(key, lang)}: {label(value, lang)}"


def _explained(edit: Edit, lang: Language) -> list[str]:
    """Why an edit was made, in a line for each reason."""
    parts = [
        _reason("source", f"source-{edit.source}", lang),
        _reason("confidence", percent(edit.confidence, lang), lang),
        _reason("status", edit.status, lang),
    ]
    if edit.cost is not None:
        parts.insert(1, _reason("cost", _decimal(edit.cost, lang), lang))
    if edit.status == "suggested":
        parts.insert(0, _change(edit.before, edit.after, lang))
    if edit.reviewer:
        parts.append(f"{label('reviewer', lang)}: {_line(edit.reviewer)}")
    if edit.alternatives:
        parts.append(f"{label('alternatives', lang)}: " + " · ".join(map(_line, edit.alternatives)))
    if edit.page is not None:
        parts.append(f"{label('page', lang)}: {edit.page}")
    return parts


@lru_cache(maxsize=65536)
def letter_runs(left: str, right: str) -> tuple[tuple[str, bool], ...]:
    """The letters of what took the place of left, parted into those that changed and those that did not.

    >>> letter_runs("Kiin", "Kiến")
    (('Ki', False), ('ế', True), ('n', False))
    """
    letters = [(there, here != there) for here, there in align_letters(left, right) if there]
    return tuple(
        ("".join(letter for letter, _ in group), changed)
        for changed, group in groupby(letters, key=lambda letter: letter[1])
    )


def _figures(words: int, changed: int, doubts: int | None, lang: Language) -> list[tuple[str, str]]:
    share = percent(changed / words, lang) if words else percent(0.0, lang)
    figures = [
        (number(words, lang), label("words", lang)),
        (
            f"{number(changed, lang)} ({share})",
            label("words-differ" if doubts is None else "words-changed", lang),
        ),
    ]
    return figures if doubts is None else [*figures, (number(doubts, lang), label("words-to-review", lang))]


def number(value: int, lang: Language) -> str:
    """A whole number with its thousands parted as the language does it.

    >>> number(12345, "vi"), number(12345, "en")
    ('12.345', '12,345')
    """
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if lang == "vi" else grouped


def _decimal(value: float, lang: Language) -> str:
    return f"{value:.1f}".replace(".", ",") if lang == "vi" else f"{value:.1f}"


def percent(share: float, lang: Language, *, fine: bool = False) -> str:
    """A share in per cent, never rounded up to certainty; a fine one with a decimal.

    >>> percent(0.9996, "vi"), percent(0.62, "en"), percent(0.0047, "en", fine=True)
    ('99,9 %', '62%', '0.5%')
    """
    value = min(round(100 * share, 1 if fine or 0.99 < share < 1 else 0), 99.9 if share < 1 else 100)
    text = f"{value:.1f}" if fine or value % 1 else f"{value:.0f}"
    return f"{text.replace('.', ',')} %" if lang == "vi" else f"{text}%"
