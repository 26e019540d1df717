"""What stands on a page but is no part of its body: page numbers, running heads, footnotes, overlays.

An overlay is what was laid over the page after it was written: the imprint of a digital signature, the framed
stamp of arrival. It is no text of the document and leaves the page's text for a region of its own. The others
stay in the text, in blocks of their kind.

The words that tell an overlay are those of Decree 30/2020/NĐ-CP, Phụ lục I (signature: who, agency, time) and
of the signing programs in use; marks are left out of account, an engine loses them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from restore.language.vietnamese import strip_marks
from restore.page import BBox, BlockKind, Line, Region
from restore.scan.lines import centre_y, merge_pieces

# Print of 9 points and less beside the text's 13 or 14.
SMALL_PRINT = 0.7
# What a signing program prints is lower than this; without it, it takes two of its phrases to tell.
IMPRINT_PRINT = 0.75
# Above a header small print of one line may be a form's name ("Mẫu số 01"); imprints without a phrase are longer.
FEWEST_IMPRINT_LINES = 2
# A line is cut at gaps of so many units: what stands beyond is another's.
CUT = 2.0
# Small print belongs to an imprint if it is no further off than this, in heights of the imprint's words.
NEAR = 1.4
# A logo beside the imprint: at most so many words, no further off than this, in units.
LOGO_WORDS = 2
LOGO_GAP = 0.6

# What an office stamps and writes into a frame by hand reads below this; print reads at 0.9.
HAND_CONFIDENCE = 0.6

# Page numbers and running heads stand in this part of the page at its top and bottom.
MARGIN = 0.12
# A number in a running head stands so far from its words, in units; the body begins so far below it.
HEAD_GAP = 3.0
HEAD_PITCH = 1.6
# Footnotes are set in 10 points where the text has 13 or 14 (0.71 to 0.77); 12 points are 0.86 of 14.
FOOTNOTE_PRINT = 0.82
FOOTNOTES_BEGIN_BELOW = 0.4  # of the page's height
LETTERS_OF_A_WORD = 3  # shorter words may have no ascender, and say nothing of the size of type

_SIGNED_RE = re.compile(
    r"nguoi ?ky ?:|ky ?boi ?:|duoc ky boi|thoi ?gian ?ky ?:|gio ky ?:|ngay ky ?:|signature (?:not )?va?lid"
    r"|digitally signed|signed by ?:"
)
_SIGNED_TOO_RE = re.compile(r"\be?-?mail ?:|\bco ?quan ?:|\bto chuc ?:|\bdia diem ?:|\bchuc vu ?:|\bdate ?:")
_TIME_RE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4},? ?\d{1,2}:\d{2}:\d{2}|\d{2}:\d{2}:\d{2} ?[+-]\d{2}:?\d{2}\b"
)
# What is printed on stamps of arrival, without marks: in small letters "đến" is any text's.
_ARRIVAL_RE = re.compile(r"\bDEN\b|(?i:cong van den|thong ?t[it]n ?dien ?tu|\bgio ?:.*\bngay ?:|kinh chuyen)")
_NUMBER_RE = re.compile(r"[-–—.\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—.\s]*")
_BARE_NUMBER_RE = re.compile(r"\d{1,4}")
_FOOTNOTE_RE = re.compile(r"[\[(]?(?:\d{1,2}|[*†¹²³⁴⁵⁶⁷⁸⁹'°!])[\])]?[.:]?\s*\w")


@dataclass(frozen=True, slots=True)
class Margins:
    """A page's lines, those above and below the body apart, with their kinds."""

    above: tuple[tuple[BlockKind, tuple[Line, ...]], ...]
    body: tuple[Line, ...]
    below: tuple[tuple[BlockKind, tuple[Line, ...]], ...]


def overlays(pieces: Sequence[Line], unit: float) -> tuple[tuple[Region, ...], list[Line]]:
    """The imprints of digital signatures, and the pieces without them.

    A line tells an imprint by its phrase (``Ký bởi:``, ``Thời gian ký:``) and small print, or by two of them.
    Small print around it, and a logo beside it, are part of it.

    Args:
        pieces: lines of the page, or parts of lines.
        unit: the median height of the page's words.
    """
    parts = [part for line in pieces for part in _cut_at_gaps(line, CUT * unit)]
    regions = []
    for seed in [part for part in parts if _phrase(part)]:
        if seed not in parts:
            continue  # part of an imprint that was found
        members = _grown(seed, parts, unit)
        if _is_imprint_print(seed, unit) or len({_phrase(part) for part in members} - {""}) > 1:
            regions.append(_region(members))
            parts = [part for part in parts if part not in members]
    return (tuple(regions), parts) if regions else ((), list(pieces))


def stamps(
    pieces: Sequence[Line], frames: Iterable[BBox], unit: float
) -> tuple[tuple[Region, ...], list[Line]]:
    """The stamps of arrival, and the pieces without them; lines that run on out of a frame stay.

    Args:
        pieces: lines of the page, or parts of lines.
        frames: drawn frames of the size of a stamp.
        unit: the median height of the page's words.
    """
    regions = []
    rest = [part for line in pieces for part in _cut_at_gaps(line, CUT * unit)]
    for frame in frames:
        inside = [part for part in rest if _is_inside(part, frame, unit)]
        sure = [word.confidence for part in inside for word in part.words]
        told = any(_ARRIVAL_RE.search(strip_marks(part.text)) for part in inside)
        if inside and (told or median(sure) < HAND_CONFIDENCE):
            rest = [part for part in rest if part not in inside]
            text = _region(inside).text
            regions.append(Region("overlay", frame, text))
    return (tuple(regions), rest) if regions else ((), list(pieces))


def _is_inside(part: Line, frame: BBox, unit: float) -> bool:
    box = part.bbox
    y = (box.top + box.bottom) / 2
    around = unit / 2
    return frame.top - around <= y <= frame.bottom + around and (
        frame.left - unit <= box.left and box.right <= frame.right + unit
    )


def split_imprint(
    lines: Sequence[Line], header_top: float, unit: float
) -> tuple[tuple[Region, ...], list[Line]]:
    """The small print above a header: what an electronic signature stamps into the margin; and the other lines.

    Like a seal it lies on the page and is no part of its text. What is as large as the header's print stays.

    Args:
        lines: printed lines from top to bottom.
        header_top: where the header begins.
        unit: the median height of the page's words.
    """
    large = [centre_y(line) for line in lines if centre_y(line) >= header_top and not _is_small(line, unit)]
    begin = min(large, default=0.0)
    small = [line for line in lines if centre_y(line) < begin and _is_small(line, unit)]
    if len(small) < FEWEST_IMPRINT_LINES:
        return (), list(lines)
    return (_region(small),), [line for line in lines if line not in small]


def split_margins(rows: Sequence[Line], tables: Sequence[BBox], unit: float, page_height: int) -> Margins:
    """Page number and running head above the body, footnotes and page number below it.

    Args:
        rows: printed lines, each over the whole width.
        tables: where the tables stand.
        unit: the median height of the page's words.
        page_height: in pixels.
    """
    body = sorted(rows, key=centre_y)
    above: list[tuple[BlockKind, tuple[Line, ...]]] = []
    below: list[tuple[BlockKind, tuple[Line, ...]]] = []
    highest = min((box.top for box in tables), default=page_height)
    lowest = max((box.bottom for box in tables), default=0)
    if body and centre_y(body[0]) < min(MARGIN * page_height, highest):
        second = centre_y(body[1]) if len(body) > 1 else highest
        kind = _kind_above(body[0], second, unit)
        if kind:
            above.append((kind, (body.pop(0),)))
    if body and centre_y(body[-1]) > max((1 - MARGIN) * page_height, lowest) and _is_page_number(body[-1]):
        below.append(("page-number", (body.pop(),)))
    notes = _footnotes(body, lowest, page_height)
    if notes:
        del body[-len(notes) :]
        below.insert(0, ("footnote", tuple(notes)))
    return Margins(tuple(above), tuple(body), tuple(below))


def _kind_above(row: Line, second: float, unit: float) -> BlockKind | None:
    """What the first line of a page is, where it is no body."""
    if _is_page_number(row):
        return "page-number"
    gaps = [after.bbox.left - before.bbox.right for before, after in pairwise(row.words)]
    ends = [(row.words[0], gaps[0]), (row.words[-1], gaps[-1])] if gaps else []
    numbered = any(_BARE_NUMBER_RE.fullmatch(word.text) and gap > HEAD_GAP * unit for word, gap in ends)
    return "running-head" if numbered and second - centre_y(row) > HEAD_PITCH * unit else None


def _is_page_number(row: Line) -> bool:
    return bool(_NUMBER_RE.fullmatch(_folded(row)))


def _footnotes(body: Sequence[Line], lowest: float, page_height: int) -> list[Line]:
    """The lines of small print at the end of the body, from one that a footnote's mark begins."""
    sizes = [size for row in body if (size := _type_size(row))]
    if not sizes:
        return []
    usual = median(sizes)
    begin = max(lowest, FOOTNOTES_BEGIN_BELOW * page_height)
    notes: list[Line] = []
    run: list[Line] = []
    for row in reversed(body):
        size = _type_size(row)
        if centre_y(row) < begin or size is None or size > FOOTNOTE_PRINT * usual:
            break
        run.insert(0, row)
        if _FOOTNOTE_RE.match(row.text):
            notes = list(run)
    return notes


def _type_size(line: Line) -> float | None:
    """The height of a line's words; None where it has but short ones."""
    heights = [word.bbox.height for word in line.words if len(word.text) >= LETTERS_OF_A_WORD]
    return median(heights) if heights else None


def _is_small(line: Line, unit: float) -> bool:
    if line.text.strip("- ").isdigit():
        return False  # a page number: digits are lower than words with marks
    return median(word.bbox.height for word in line.words) < SMALL_PRINT * unit


def _folded(line: Line) -> str:
    return strip_marks(line.text).lower()


def _phrase(part: Line) -> str:
    """What in a line only an imprint has; nothing for other lines."""
    folded = _folded(part)
    found = _SIGNED_RE.search(folded) or _TIME_RE.search(folded)
    return found[0] if found else ""


def _is_imprint_print(part: Line, unit: float) -> bool:
    return median(word.bbox.height for word in part.words) < IMPRINT_PRINT * unit


def _grown(seed: Line, parts: Sequence[Line], unit: float) -> list[Line]:
    """The parts that make one imprint with a seed: small print or phrases near by, and a logo."""
    reach = NEAR * median(word.bbox.height for word in seed.words)
    small = _is_imprint_print(seed, unit)
    members = [seed]
    grew = True
    while grew:
        box = BBox.union(part.bbox for part in members)
        near = [
            part
            for part in parts
            if part not in members
            and _gap(part.bbox, box) <= reach
            and (
                _phrase(part)
                or _SIGNED_TOO_RE.search(_folded(part))
                or (small and _is_imprint_print(part, unit))
            )
        ]
        members += near
        grew = bool(near)
    if small:
        box = BBox.union(part.bbox for part in members)
        members += [part for part in parts if part not in members and _is_logo(part, box, unit)]
    return members


def _is_logo(part: Line, imprint: BBox, unit: float) -> bool:
    box = part.bbox
    beside = min(box.bottom, imprint.bottom) - max(box.top, imprint.top) > box.height / 2
    return len(part.words) <= LOGO_WORDS and beside and _gap(box, imprint) <= LOGO_GAP * unit


def _gap(one: BBox, other: BBox) -> int:
    """How far two boxes are apart, the longer way of across and down."""
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down, 0)


def _cut_at_gaps(line: Line, gap: float) -> list[Line]:
    """A line in parts where its words stand further apart than this."""
    parts = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.bbox.left - before.bbox.right > gap:
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def _region(lines: Iterable[Line]) -> Region:
    rows = sorted(merge_pieces(lines), key=centre_y)
    return Region("overlay", BBox.union(row.bbox for row in rows), "\n".join(row.text for row in rows))
