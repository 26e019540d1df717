"""What an engine reads where there is no print: specks, scanner edges, crumbs of seals and paraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from restore.page import Line, Word

# A line stays if one of its words is as sure as this; lines of words of one or two letters need more.
# Rendered print reads at 0.9 and above, noise at 0.5 and below.
SURE_OF_WORDS = 0.35
CRUMB = 2
SURE_OF_CRUMBS = 0.88


def swept(lines: Iterable[Line], unit: float, page_width: int) -> list[Line]:
    """The lines without specks, those with nothing else left out."""
    return [Line(words) for line in lines if (words := without_specks(line.words, unit, page_width))]


def without_specks(words: Sequence[Word], unit: float, page_width: int) -> tuple[Word, ...]:
    """The words of a line without what is no print: specks, scanner edges, crumbs of seals and paraphs.

    A doubtful letter or digit is kept wherever other words stand beside it: it may be a handwritten number.
    """
    sound = [index for index, word in enumerate(words) if not _is_speck(word, unit, page_width)]
    between = range(sound[0], sound[-1]) if sound else range(0)
    kept = tuple(
        word for index, word in enumerate(words) if index in sound or (index in between and is_dash(word))
    )
    letters = [word for word in kept if any(map(str.isalnum, word.text))]
    longest = max((sum(map(str.isalnum, word.text)) for word in letters), default=0)
    sure = max((word.confidence for word in letters), default=0.0)
    # A line without one sure word: of short ones these are crumbs, of long ones a seal read along its rim.
    if sure < (SURE_OF_CRUMBS if longest <= CRUMB else SURE_OF_WORDS):
        return ()
    return kept


def is_dash(word: Word) -> bool:
    """Whether a word is a hyphen or a dash."""
    return word.text in ("-", "\N{EN DASH}", "\N{EM DASH}")


def _is_speck(word: Word, unit: float, page_width: int) -> bool:
    box = word.bbox
    if box.height > 3 * unit and box.width < box.height:  # an edge of the paper, a rule, a paraph
        return True
    if not any(map(str.isalnum, word.text)):
        at_margin = box.right < 0.03 * page_width or box.left > 0.97 * page_width
        return word.confidence < 0.5 or at_margin
    return word.confidence < 0.3 and box.height < 0.4 * unit
