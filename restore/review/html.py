"""Pages for people: what changed, side by side, and the reason for every change.

A page is one file that needs nothing else, works without a network, and escapes what comes from documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from restore.edit import Edit, apply
from restore.field import Provenance
from restore.messages import Language
from restore.review.align import Pair, align, align_edits, align_letters
from restore.review.diff import KINDS, Piece, Row, pair_kind, rows
from restore.review.labels import label

DOUBTS = frozenset({"review", "suggested"})
_ORDER = (*KINDS, "drop")
SURE = 0.95  # a word as sure as this is wrong less often than one in fifty, see docs/restoring.md
BANDS = ("sure", "fair", "review", "suggested")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A changed or doubtful place: its class names (of ``sure`` too, see :func:`_band`), and what is told of it."""

    kind: str
    doubt: str
    told: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class _Bit:
    """Text of one pair; ``runs`` parts it into letters that changed and letters that did not."""

    text: str
    mark: _Mark | None
    index: int
    runs: tuple[tuple[str, bool], ...] = ()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["zip"] = zip
    return environment


def render_html(
    left: str,
    right: str,
    title: str,
    lang: Language = "vi",
    edits: Sequence[Edit] | None = None,
    doubtful: Sequence[Provenance] = (),
) -> str:
    """Two texts side by side, line by line, as one HTML page.

    Args:
        left: what was, ``original.txt``.
        right: what it became, ``restored.txt``.
        title: name of the document.
        lang: language of the labels.
        edits: the edits that led from left to right; with them every change tells its source, confidence and
            alternatives, and those to review are marked. Without them the texts are aligned.
        doubtful: where in left, in order, words stand that were read with little certainty: marked like edits
            to review.

    Raises:
        ValueError: the edits do not lead from left to right.
    """
    view = _view(left, right, lang, edits, doubtful)
    sides = ("left", "right") if edits is None else ("before", "after")
    return (
        _templates()
        .get_template("diff.html.j2")
        .render(
            **_common(title, lang, view),
            rows=[_row(row, view.marks, view.pairs) for row in view.rows],
            sides=[label(side, lang) for side in sides],
        )
    )


def render_restored(
    original: str,
    restored: str,
    title: str,
    lang: Language = "vi",
    edits: Sequence[Edit] = (),
    doubtful: Sequence[Provenance] = (),
) -> str:
    """The restored text as one HTML page: what changed marked by kind, and the less sure the stronger.

    What stood there, the source, cost and confidence and the other readings are told where the pointer or the keys rest.

    Args:
        original: the text before.
        restored: the text after.
        title: name of the document.
        lang: language of the labels.
        edits: what led from one to the other.
        doubtful: where in the original, in order, words stand that were read with little certainty.

    Raises:
        ValueError: the edits do not lead there.
    """
    view = _view(original, restored, lang, edits, doubtful)
    sure = Counter(mark.sure for mark in view.marks.values())
    bands = [(band, label(f"band-{band}", lang), _number(sure[band], lang)) for band in BANDS if sure[band]]
    lines = [
        {
            "gap": row.gap,
            "bits": _bits(row.right, view.marks, lambda piece: _runs(piece, view.pairs[piece.pair])),
        }
        for row in view.rows
        if row.right
    ]
    page = _templates().get_template("text.html.j2")
    return page.render(**_common(title, lang, view), lines=lines, bands=bands)


@dataclass(frozen=True, slots=True)
class _View:
    """Two aligned texts and what there is to tell of them."""

    pairs: Sequence[Pair]
    marks: Mapping[int, _Mark]
    rows: Sequence[Row]
    counts: Mapping[str, int]
    doubts: int
    figures: Sequence[tuple[str, str]]


def _view(
    left: str, right: str, lang: Language, edits: Sequence[Edit] | None, doubtful: Sequence[Provenance]
) -> _View:
    if edits is not None and apply(left, edits) != right:
        raise ValueError("the edits do not lead from left to right")
    alignment = align(left, right) if edits is None else align_edits(left, edits, right)
    marks = _pair_marks(alignment.pairs, edits or (), doubtful, lang)
    changed_words = sum(
        len(pair.right) for index, pair in enumerate(alignment.pairs) if index in marks and not pair.same
    )
    table = rows(alignment)
    counts = Counter(mark.kind for mark in marks.values() if mark.kind)
    # Every reason for doubt counts, as it does in document.json; two of them may meet in one marked place.
    doubts = sum(edit.status in DOUBTS for edit in edits or ()) + len(doubtful)
    figures = _figures(len(right.split()), changed_words, doubts if edits is not None else None, lang)
    changed = {index for index, mark in marks.items() if mark.kind}
    lines = sum(any(piece.pair in changed for piece in (*row.left, *row.right)) for row in table)
    figures.append((_number(lines, lang), label("lines-changed", lang)))
    return _View(alignment.pairs, marks, table, counts, doubts, figures)


def _pair_marks(
    pairs: Sequence[Pair], edits: Iterable[Edit], doubtful: Sequence[Provenance], lang: Language
) -> Mapping[int, _Mark]:
    """What there is to tell of each pair that changed or is in doubt."""
    ends = [place.end for place in doubtful]
    waiting = sorted(edits, key=lambda edit: (edit.start, edit.end))
    marks: dict[int, _Mark] = {}
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
        if not pair.same or is_doubtful or any(edit.status == "suggested" for edit in mine):
            mark = _mark(pair, mine, lang)
            marks[index] = _doubted(mark, doubtful[unsure], lang) if is_doubtful else mark
    return marks


def _touching(edits: Sequence[Edit], first: int, pair: Pair, start: int, end: int) -> list[Edit]:
    """The edits, in order from the first that may, that touch the left side of a pair."""
    found: list[Edit] = []
    for index in range(first, len(edits)):
        edit = edits[index]
        if edit.start > end:
            break
        if (edit.start < end and edit.end > start) or edit.start == edit.end or not pair.left:
            found.append(edit)
    return found


def _mark(pair: Pair, edits: Sequence[Edit], lang: Language) -> _Mark:
    kind = "" if pair.same else pair_kind(pair)
    before, after = (" ".join(token.text for token in side) for side in pair)
    statuses = {edit.status for edit in edits}
    doubt = "review" if "review" in statuses else "suggested" if "suggested" in statuses else ""
    head = [] if pair.same else [_change(before, after, lang), label(kind, lang)]
    told = "\n".join([*head, *(_explained(edit, lang) for edit in edits)])
    return _Mark(kind, doubt, told, _band(edits, doubt))


def _band(edits: Sequence[Edit], doubt: str) -> str:
    """How sure a changed place is: one of :data:`BANDS`."""
    if doubt:
        return doubt
    return "sure" if min((edit.confidence for edit in edits), default=1.0) >= SURE else "fair"


def _doubted(mark: _Mark, place: Provenance, lang: Language) -> _Mark:
    told = [mark.told] if mark.told else []
    told.append(label("unread" if place.page is None else "read-doubtfully", lang))
    if place.page is not None:
        told.append(f"{label('page', lang)}: {place.page}")
    doubt = mark.doubt or "review"
    return replace(mark, doubt=doubt, sure=doubt, told="\n".join(told))


def _change(before: str, after: str, lang: Language) -> str:
    nothing = label("nothing", lang)
    return f"{_line(before) or nothing} → {_line(after) or nothing}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _explained(edit: Edit, lang: Language) -> str:
    """Why an edit was made, in a line for each reason."""
    parts = [
        f"{label('source', lang)}: {label(f'source-{edit.source}', lang)}",
        f"{label('confidence', lang)}: {_percent(edit.confidence, lang)}",
        f"{label('status', lang)}: {label(edit.status, lang)}",
    ]
    if edit.cost is not None:
        parts.insert(1, f"{label('cost', lang)}: {_decimal(edit.cost, lang)}")
    if edit.status == "suggested":
        parts.insert(0, _change(edit.before, edit.after, lang))
    if edit.alternatives:
        parts.append(f"{label('alternatives', lang)}: " + " · ".join(map(_line, edit.alternatives)))
    if edit.page is not None:
        parts.append(f"{label('page', lang)}: {edit.page}")
    return "\n".join(parts)


def _row(row: Row, marks: Mapping[int, _Mark], pairs: Sequence[Pair]) -> dict[str, object]:
    found = [marks[piece.pair] for piece in (*row.left, *row.right) if piece.pair in marks]
    return {
        "numbers": (row.left_number, row.right_number),
        "gap": row.gap,
        "changed": bool(found),
        "doubt": any(mark.doubt for mark in found),
        "left": _bits(row.left, marks, lambda piece: ()),
        "right": _bits(row.right, marks, lambda piece: _runs(piece, pairs[piece.pair])),
    }


def _bits(
    pieces: Sequence[Piece],
    marks: Mapping[int, _Mark],
    runs: Callable[[Piece], tuple[tuple[str, bool], ...]],
) -> list[_Bit]:
    """The pieces of a row, unchanged neighbours joined."""
    bits: list[_Bit] = []
    for changed, group in groupby(pieces, key=lambda piece: piece.pair in marks):
        if changed:
            bits += (_Bit(piece.text, marks[piece.pair], piece.pair, runs(piece)) for piece in group)
        else:
            bits.append(_Bit(" ".join(piece.text for piece in group), None, -1))
    return bits


def _runs(piece: Piece, pair: Pair) -> tuple[tuple[str, bool], ...]:
    """The letters of the right side, parted into those that changed and those that did not."""
    left, right = (" ".join(token.text for token in side) for side in pair)
    if piece.text != right or not left:
        return ((piece.text, bool(left)),)
    return _letter_runs(left, right)


def _letter_runs(left: str, right: str) -> tuple[tuple[str, bool], ...]:
    letters = [(there, here != there) for here, there in align_letters(left, right) if there]
    return tuple(
        ("".join(letter for letter, _ in group), changed)
        for changed, group in groupby(letters, key=lambda letter: letter[1])
    )


def _common(title: str, lang: Language, view: _View) -> dict[str, object]:
    return {
        "title": title,
        "lang": lang,
        "label": lambda key: label(key, lang),
        "legend": [
            (kind, label(kind, lang), _number(view.counts[kind], lang))
            for kind in _ORDER
            if view.counts.get(kind)
        ],
        "figures": view.figures,
        "doubts": view.doubts,
        "kinds": _ORDER,
    }


def _figures(words: int, changed: int, doubts: int | None, lang: Language) -> list[tuple[str, str]]:
    share = _percent(changed / words, lang) if words else _percent(0.0, lang)
    told = [
        (_number(words, lang), label("words", lang)),
        (
            f"{_number(changed, lang)} ({share})",
            label("words-differ" if doubts is None else "words-changed", lang),
        ),
    ]
    return told if doubts is None else [*told, (_number(doubts, lang), label("words-to-review", lang))]


def _number(value: int, lang: Language) -> str:
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if lang == "vi" else grouped


def _decimal(value: float, lang: Language) -> str:
    return f"{value:.1f}".replace(".", ",") if lang == "vi" else f"{value:.1f}"


def _percent(share: float, lang: Language) -> str:
    """A share in per cent, never rounded up to certainty."""
    value = min(round(100 * share, 1 if 0.99 < share < 1 else 0), 99.9 if share < 1 else 100)
    text = f"{value:.1f}" if value % 1 else f"{value:.0f}"
    return f"{text.replace('.', ',')} %" if lang == "vi" else f"{text}%"
