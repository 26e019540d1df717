"""What differs between two texts, or two folders, for a terminal: plain lines that a pager can show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from restore.messages import Language
from restore.review.align import Alignment, Pair
from restore.review.comparison import Compared, Comparison, FolderComparison
from restore.review.diff import (
    KINDS,
    DifferenceKind,
    Piece,
    Row,
    counts,
    differences,
    pair_kind,
    rows,
    visible,
)
from restore.review.labels import label
from restore.review.marks import number, percent

_RED, _GREEN, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class _Paint:
    """How to mark what: with ANSI codes, or with signs where there are no colours."""

    left: tuple[str, str]
    right: tuple[str, str]
    dim: str = ""
    bold: str = ""
    plain: str = ""


_COLOURS = _Paint((_RED, _PLAIN), (_GREEN, _PLAIN), _DIM, _BOLD, _PLAIN)
_SIGNS = _Paint(("[-", "-]"), ("{+", "+}"))


def render_terminal(
    alignment: Alignment,
    lang: Language = "en",
    *,
    colour: bool = False,
    context: int = 0,
    only: Collection[DifferenceKind] = KINDS,
) -> str:
    r"""The lines that differ, each over what it became, the sort of every difference, and the counts.

    Args:
        alignment: the two texts.
        lang: language of the labels.
        colour: whether to paint with ANSI codes; without, changed words stand in ``[-…-]`` and ``{+…+}``.
        context: lines without a difference that are shown before and after each with one.
        only: kinds of differences; others count as none.

    >>> from restore.review.align import align
    >>> print(render_terminal(align("quan KiSn\nAn\nxanh", "quận Kiến\nAn\nxanh"), context=1))
       1 - [-quan-] [-KiSn-]
         + {+quận+} {+Kiến+}
           mark: quan → quận · letter: KiSn → Kiến
       2   An
    2 differences: mark 1, letter 1
    <BLANKLINE>
    """
    paint = _COLOURS if colour else _SIGNS
    kinds = {
        i: kind
        for i, pair in enumerate(alignment.pairs)
        if not pair.same and (kind := pair_kind(pair)) in only
    }
    table = rows(alignment)
    differing = [any(piece.pair in kinds for piece in (*row.left, *row.right)) for row in table]
    near = _near(differing, context)
    lines: list[str] = []
    told: set[int] = set()
    last = -1
    for index in near:
        row = table[index]
        if context and last >= 0 and index > last + 1:
            lines.append(f"{paint.dim}  ...{paint.plain}")
        last = index
        if not differing[index]:
            lines.append(_side(" ", row.left_number or row.right_number, row.left or row.right, {}, paint))
            continue
        lines += _lines(row, kinds, paint)
        new = [
            i for i in dict.fromkeys(p.pair for p in (*row.left, *row.right)) if i in kinds and i not in told
        ]
        told.update(new)
        if new:
            explained = " · ".join(_told(alignment.pairs[i], kinds[i], lang) for i in new)
            lines.append(f"{paint.dim}{'':>7}{explained}{paint.plain}")
    found = [difference for difference in differences(alignment) if difference.kind in only]
    total = ", ".join(f"{label(kind, lang)} {number(count, lang)}" for kind, count in counts(found).items())
    summary = f"{number(len(found), lang)} {label('differences', lang)}" + (f": {total}" if total else "")
    return "\n".join([*(line.rstrip() for line in lines), f"{paint.bold}{summary}{paint.plain}", ""])


def _near(differing: Sequence[bool], context: int) -> list[int]:
    """The rows that differ and so many before and after each."""
    found: list[int] = []
    for index, differs in enumerate(differing):
        if differs:
            first = max(index - context, found[-1] + 1 if found else 0)
            found += range(first, min(index + context + 1, len(differing)))
    return found


def _lines(row: Row, kinds: Mapping[int, DifferenceKind], paint: _Paint) -> Iterator[str]:
    if row.left:
        yield _side("-", row.left_number, row.left, kinds, paint)
    if row.right:
        yield _side("+", "" if row.left else row.right_number, row.right, kinds, paint)


def _side(
    sign: str, line: object, pieces: Sequence[Piece], kinds: Mapping[int, DifferenceKind], paint: _Paint
) -> str:
    before, after = paint.left if sign == "-" else paint.right
    words = (
        f"{before}{visible(piece.text)}{after}" if piece.pair in kinds else visible(piece.text)
        for piece in pieces
    )
    return f"{paint.dim}{line:>4}{paint.plain} {sign} " + " ".join(words)


def _told(pair: Pair, kind: DifferenceKind, lang: Language) -> str:
    left, right = (visible(" ".join(token.text for token in side)) or "∅" for side in pair)
    return f"{label(kind, lang)}: {left} → {right}"


def render_folders(result: FolderComparison, lang: Language = "en", *, colour: bool = False) -> str:
    """The documents of two folders, a line each, those that differ most last, where a terminal stops scrolling.

    >>> row = Compared("a.pdf", "a.txt", Comparison(200, 3, {"tone": 2, "case": 1}))
    >>> print(render_folders(FolderComparison((row,), ("b.pdf",), ())))
    words  words differ  share  document
      200             3   1.5%  a.pdf → a.txt: tone 2, case 1
    only on the left: b.pdf
    1 document, 200 words, 3 words differ (1.5%): tone 2, case 1
    <BLANKLINE>
    """
    paint = _COLOURS if colour else _SIGNS
    heads = [label("words", lang), label("words-differ", lang), label("share", lang)]
    read = sorted(
        (row for row in result.documents if row.comparison), key=lambda row: (_share(row), row.name)
    )
    table = [_cells(row.comparison or Comparison(), lang) for row in read]
    widths = [max(map(len, column)) for column in zip(heads, *table, strict=True)]
    lines: list[str] = []
    if read:
        heading = "  ".join(head.rjust(width) for head, width in zip(heads, widths, strict=True))
        lines.append(f"{paint.dim}{heading}  {label('document', lang)}{paint.plain}")
    for row, cells in zip(read, table, strict=True):
        figures = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        kinds = _kinds(row.comparison or Comparison(), lang) or label("no-difference", lang)
        lines.append(f"{figures}  {visible(row.name)}: {paint.dim}{kinds}{paint.plain}")
    lines += [f"{visible(row.name)}: {row.reason}" for row in result.documents if row.comparison is None]
    for key, names in (("only-left", result.only_left), ("only-right", result.only_right)):
        said = label(key, lang)
        lines += [f"{said[0].lower()}{said[1:]}: {visible(name)}" for name in names]
    total = result.total
    words, changed, share = _cells(total, lang)
    counted = "document" if len(result.documents) == 1 else "documents"
    summary = (
        f"{number(len(result.documents), lang)} {label(counted, lang)}, {words} {label('words', lang)}, "
        f"{changed} {label('words-differ', lang)} ({share})"
    )
    kinds = _kinds(total, lang)
    lines.append(f"{paint.bold}{summary}{': ' if kinds else ''}{kinds}{paint.plain}")
    return "\n".join([*lines, ""])


def _share(row: Compared) -> float:
    return row.comparison.share if row.comparison else 0.0


def _cells(comparison: Comparison, lang: Language) -> tuple[str, str, str]:
    return (
        number(comparison.words, lang),
        number(comparison.changed, lang),
        percent(comparison.share, lang, fine=True),
    )


def _kinds(comparison: Comparison, lang: Language) -> str:
    return ", ".join(
        f"{label(kind, lang)} {number(count, lang)}" for kind, count in comparison.counts.items()
    )
