"""Which characters of a text are read anew and which stay: the part of the work that keeps right words right.

A damaged document is read as a whole, but for its healthy lines; a healthy one where a line says by itself that it lost its
marks; and where single words of a stretch lost theirs, those words alone (:mod:`restore.correct.lost_marks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from restore.correct.candidates import PROTECTED_RE
from restore.correct.composition import stacks
from restore.language import marks
from restore.language.health import (
    DOUBTFUL_LINE_MARKED_SHARE,
    FORMULA_RE,
    HEALTHY_MARKED_SHARE,
    MIN_WORDS,
    Health,
    health,
    is_code,
    is_english,
    line_health,
)

# Nats by which a text, or a line of a healthy text, must look as if it had lost marks before anything in it is read anew: one
# frequent word ("cua", "nguoi") is enough beside words that nobody writes. Names and film titles have none of them.
DAMAGE_EVIDENCE = 3.0
# A text of fewer than five words, all of them syllables without a mark, needs two such words: "nay." may be the end of a line.
FEW_EVIDENCE = 4.5
# Words with letters that only Vietnamese has, by words with any mark: .7 and more in Vietnamese, 0 to .1 in what engines write that
# know the marks of French.
MODERN_SHARE = 0.35


def frozen_of_layer(text: str) -> tuple[bool, ...]:
    r"""By character, whether it stays as it stands; white space does.

    >>> frozen_of_layer("Thuc hien ke hoach\nGia Nghĩa")[:4], all(frozen_of_layer("Thực hiện kế hoạch, Aung San Suu Kyi"))
    ((False, False, False, False), True)
    """
    whole = health(text)
    if whole.grade not in ("damaged", "stripped", "healthy") or not _is_vietnamese(text, whole):
        return (True,) * len(text)
    # Letters that only Vietnamese has are there: the other words lost their marks, they did not get wrong ones (nuóc).
    kept = whole.modern >= MODERN_SHARE * whole.accented
    in_healthy = whole.grade == "healthy" or whole.marked_share >= HEALTHY_MARKED_SHARE
    frozen: list[bool] = []
    lines = text.split("\n")
    grades = line_health(text, whole.grade)
    foreign = _foreign(lines, [judged.grade for judged in grades])
    for index, (line, judged) in enumerate(zip(lines, grades, strict=True)):
        anew = index not in foreign and _is_read(line, judged, kept=kept, in_healthy=in_healthy)
        frozen += [not anew or character.isspace() for character in line + "\n"]
    for start, end in endless(text):
        frozen[start:end] = [True] * (end - start)
    return tuple(frozen[: len(text)])


def _foreign(lines: Sequence[str], grades: Sequence[str]) -> set[int]:
    """Lines in English or of programs, and beside them those that are no Vietnamese either: titles, ends of sentences."""
    foreign: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        beside = False
        for index in order:
            beside = (
                is_english(lines[index])
                or is_code(lines[index])
                or (beside and grades[index] in ("other", "empty"))
            )
            if beside:
                foreign.add(index)
    return foreign


def _is_vietnamese(text: str, whole: Health) -> bool:
    """Whether what is not healthy in a text can be damaged Vietnamese, not a foreign name or a formula."""
    if whole.grade == "healthy" or whole.broken > 0:
        return True
    least = DAMAGE_EVIDENCE if whole.words >= MIN_WORDS else FEW_EVIDENCE
    return marks.evidence(text) > least and not marks.is_foreign(text)


def _is_read(line: str, judged: Health, *, kept: bool, in_healthy: bool) -> bool:
    """Whether a line is read anew as a whole; where letters are right, the words without marks are, one by one."""
    unbroken = judged.grade == "stripped" or (judged.grade == "damaged" and not judged.broken)
    if unbroken and kept and (in_healthy or judged.marked_share > DOUBTFUL_LINE_MARKED_SHARE):
        return False
    if in_healthy:
        return (
            judged.grade == "damaged"
            and marks.evidence(line) > DAMAGE_EVIDENCE
            and (judged.broken > 0 or not marks.is_foreign(line))
        )
    # lines that say little of themselves go with the whole
    return judged.grade != "healthy"


# The longest run of glued words in the damaged documents has 60 characters; what is longer is a key, a picture as text, a row of
# signs. Leaders ("Họ tên:.........") do not count.
_ENDLESS_RE = re.compile(r"(?:(?!([.…_-])\1\1)\S){120,}")


_FORMULA_RE = re.compile(rf"(?<![\w.,]){FORMULA_RE.pattern}(?!\w)")


def endless(text: str) -> Iterator[tuple[int, int]]:
    """Spans of runs without a blank that are too long for words.

    >>> list(endless("Ho ten:" + "." * 200)), list(endless("ma: " + "aB3" * 50))
    ([], [(4, 154)])
    """
    return (match.span() for match in _ENDLESS_RE.finditer(text))


def formulas(text: str) -> Iterator[tuple[int, int]]:
    """Spans of chemical formulas.

    >>> text = "dung dich H2SO4, Ca(OH)2 va NaHCO3 tai PH6 AN"
    >>> [text[start:end] for start, end in formulas(text)]
    ['H2SO4', 'NaHCO3']
    """
    return (match.span() for match in _FORMULA_RE.finditer(text))


def protected(text: str, frozen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Spans that no reading may reach into: healthy stretches, codes and addresses, stacked letters, runs, formulas.

    >>> text = "Can cu Luat, xem tai so@thanhpho.gov.vn"
    >>> [text[start:end] for start, end in protected(text, [False] * len(text))]
    ['so@thanhpho.gov.vn']
    """
    yield from far_from_damage(text, frozen)
    yield from (match.span() for match in PROTECTED_RE.finditer(text))
    yield from stacks(text)
    yield from endless(text)
    yield from formulas(text)


def far_from_damage(text: str, frozen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Spans of healthy lines with no damage in the line before or after: nothing there needs to be decoded."""
    bounds = [match.span() for match in re.finditer(r"[^\n]*\n?", text) if match.end() > match.start()]
    healthy = [all(frozen[start:end]) for start, end in bounds]
    begin = None
    for index, (start, _) in enumerate(bounds):
        if all(healthy[max(0, index - 1) : index + 2]):
            begin = start if begin is None else begin
        elif begin is not None:
            yield begin, start
            begin = None
    if begin is not None:
        yield begin, len(text)
