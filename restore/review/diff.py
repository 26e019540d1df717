"""What differs between two texts, word by word, and what sort of difference each is.

It is shown to people by :mod:`restore.review.terminal` and :mod:`restore.review.html`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Literal

from restore.language.vietnamese import nfc, split_letter
from restore.review.align import Alignment, Pair, Token, align, align_letters, letter_key

DifferenceKind = Literal[
    "tone", "mark", "letter", "split", "merge", "case", "number", "punctuation", "mixed", "encoding",
    "insertion", "deletion",
]  # fmt: skip
KINDS: tuple[DifferenceKind, ...] = (
    "tone", "mark", "letter", "split", "merge", "case", "number", "punctuation", "mixed", "insertion",
    "deletion", "encoding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of left and what stands for them in right. Offsets are code points, lines count from 1.

    The text of a side that has no such words is "", its offsets are those of the place where they would
    stand.
    """

    kind: DifferenceKind
    left: str
    right: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    left_line: int
    right_line: int


_EDGE_RE = re.compile(r"^[\W_]+|[\W_]+$")
_INNER_RE = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def classify(left: str, right: str) -> DifferenceKind:
    """The sort of a difference; where several come together, the heaviest: letter, mark, tone, case.

    - ``encoding``: the same letters in another normal form (NFC, NFD).
    - ``insertion``, ``deletion``: words that only one side has.
    - ``punctuation``: nothing but signs differ.
    - ``split``, ``merge``: one word on the left is several on the right, or the other way round, with the
      same base letters; ``mixed`` where base letters differ as well.
    - ``number``: the right word has a digit, or the left one nothing else: numbers, dates, codes.
    - ``letter``: a base letter; ``mark``: breve, circumflex, horn or stroke, whatever the tone; ``tone``;
      ``case``.

    >>> [classify(a, b) for a, b in (("hoat", "hoạt"), ("dien", "điện"), ("hdi", "hội"), ("s6", "số"))]
    ['tone', 'mark', 'letter', 'letter']
    >>> [classify(a, b) for a, b in (("KiếnAn", "Kiến An"), ("Kiế n", "Kiến"), ("KiSnAn", "Kiến An"))]
    ['split', 'merge', 'mixed']
    >>> [classify(a, b) for a, b in (("3O/5", "30/5"), ("đảng", "Đảng"), ("an,", "an"), ("~", ""))]
    ['number', 'case', 'punctuation', 'punctuation']
    """
    if nfc(left) == nfc(right):
        return "encoding"
    words = [word for chunk in nfc(left).split() if (word := _EDGE_RE.sub("", chunk))]
    others = [word for chunk in nfc(right).split() if (word := _EDGE_RE.sub("", chunk))]
    here, there = (_INNER_RE.sub("", " ".join(side)) for side in (words, others))
    if here == there and len(words) == len(others):
        return "punctuation"
    if not here or not there:
        return "deletion" if here or (not there and left) else "insertion"
    if any(c.isdigit() for c in _without_common_words(right, left)) or here.isdigit():
        return "number"
    if len(words) != len(others):
        if letter_key(here) != letter_key(there):
            return "mixed"
        return "split" if len(words) < len(others) else "merge"
    if here.lower() == there.lower():
        return "case"
    if letter_key(here) != letter_key(there):
        return "letter"
    marks = (
        split_letter(one.lower()).mark != split_letter(other.lower()).mark
        for one, other in align_letters(here, there)
    )
    return "mark" if any(marks) else "tone"


def _without_common_words(text: str, other: str) -> str:
    """The text without the words that the other begins with as well: ``1.`` before a glued heading."""
    words = text.split()
    while len(words) > 1 and other.startswith(words[0]):
        other = other.removeprefix(words.pop(0)).lstrip()
    return " ".join(words)


def diff(left: str, right: str) -> tuple[Difference, ...]:
    r"""All differences between two texts in order; line breaks and the width of blanks are none.

    >>> [(d.kind, d.left, d.right, d.left_line) for d in diff("quan KiSnAn\n12", "quận Kiến An\n12")]
    [('mark', 'quan', 'quận', 1), ('mixed', 'KiSnAn', 'Kiến An', 1)]
    """
    return differences(align(left, right))


def differences(alignment: Alignment) -> tuple[Difference, ...]:
    """The differences of an alignment that was made before."""
    found: list[Difference] = []
    last = Token("", 0, 0, 0), Token("", 0, 0, 0)
    for pair in alignment.pairs:
        here, there = pair.left or (_behind(last[0]),), pair.right or (_behind(last[1]),)
        if not pair.same:
            found.append(
                Difference(
                    pair_kind(pair),
                    " ".join(token.text for token in pair.left),
                    " ".join(token.text for token in pair.right),
                    here[0].start,
                    here[-1].end,
                    there[0].start,
                    there[-1].end,
                    here[0].line + 1,
                    there[0].line + 1,
                )
            )
        last = here[-1], there[-1]
    return tuple(found)


def _behind(token: Token) -> Token:
    return Token("", token.end, token.end, token.line)


def pair_kind(pair: Pair) -> DifferenceKind:
    """The sort of difference between the two sides of a pair."""
    return classify(" ".join(token.text for token in pair.left), " ".join(token.text for token in pair.right))


def counts(found: Iterable[Difference]) -> Mapping[DifferenceKind, int]:
    """How many differences of each kind there are, in the order of KINDS; kinds without any are left out."""
    counted = Counter(difference.kind for difference in found)
    return {kind: counted[kind] for kind in KINDS if counted[kind]}


def as_json(found: Sequence[Difference]) -> dict[str, object]:
    """The differences and their counts as ``restore diff --json`` gives them."""
    return {"counts": dict(counts(found)), "differences": [asdict(difference) for difference in found]}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one pair that stand side by side on one row; ``pair`` is the index of their pair."""

    text: str
    pair: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of left beside what became of it. ``gap``: empty lines stand before it.

    ``left_number`` and ``right_number`` count lines from 1; one is None where that side has nothing.
    """

    left_number: int | None
    right_number: int | None
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    gap: bool


def rows(alignment: Alignment) -> tuple[Row, ...]:
    r"""The lines of left, each with the words of right that belong to it, wherever these broke their lines.

    Lines that only right has stand in rows of their own.

    >>> [(" ".join(p.text for p in row.left), " ".join(p.text for p in row.right))
    ...  for row in rows(align("mot\nhai ba", "một hai\nba\nbốn"))]
    [('mot', 'một'), ('hai ba', 'hai ba'), ('', 'bốn')]
    """
    shared = {token.line for pair in alignment.pairs if pair.left for token in pair.right}
    left: dict[tuple[int, int], list[tuple[Token, int]]] = {}
    right: dict[tuple[int, int], list[tuple[Token, int]]] = {}
    current = last_right = -1
    for index, (pair, following) in enumerate(
        zip(alignment.pairs, _following_lines(alignment.pairs), strict=True)
    ):
        for token in pair.left:
            left.setdefault((token.line, 0), []).append((token, index))
        current = pair.left[0].line if pair.left else current
        for token in pair.right:
            if pair.left or following == current or token.line == last_right:
                key = current, 0
            elif token.line in shared:  # the words before the first that the next line of left has
                key = following, 0
            else:  # a line that only right has: between two rows, never inside one
                key = current, token.line + 1
            right.setdefault(key, []).append((token, index))
            last_right = token.line if pair.left else last_right
    result: list[Row] = []
    last: tuple[int | None, int | None] = (None, None)
    for key in sorted(left.keys() | right.keys()):
        here, there = left.get(key, []), right.get(key, [])
        numbers = here[0][0].line + 1 if here else None, there[0][0].line + 1 if there else None
        gap = any(now and then and now - then > 1 for now, then in zip(numbers, last, strict=True))
        result.append(Row(*numbers, _pieces(here), _pieces(there), gap))
        last = here[-1][0].line + 1 if here else last[0], there[-1][0].line + 1 if there else last[1]
    return tuple(result)


def _following_lines(pairs: Sequence[Pair]) -> list[int]:
    """For each pair the line of left on which it, or the next pair that has words there, begins; or -1."""
    lines: list[int] = []
    line = -1
    for pair in reversed(pairs):
        line = pair.left[0].line if pair.left else line
        lines.append(line)
    return lines[::-1]


def _pieces(tokens: Sequence[tuple[Token, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for token, index in tokens:
        if pieces and pieces[-1].pair == index:
            pieces[-1] = Piece(f"{pieces[-1].text} {token.text}", index)
        else:
            pieces.append(Piece(token.text, index))
    return tuple(pieces)


def visible(text: str) -> str:
    r"""The text without control characters, which could steer a terminal.

    >>> visible("a\x1b[31mb\tc")
    'a�[31mb\tc'
    """
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", text)
