"""Tesseract's hOCR as blocks of words, each letter with what else it may be.

With ``lstm_choice_mode=2`` Tesseract lists, for every letter, its likeliest choices as ``x_confs``: 100 less
``lstm_rating_coefficient`` times the negative log score, cut off at 0. With the standard coefficient of 5 nearly
all fall to 0; with 1 the differences are nats over the whole range.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count
from math import isfinite
from xml.etree import ElementTree

from restore.page import BBox, Block, Choice, Line, Word

# One iteration tells nearly as much as the five that are standard: on twelve rendered pages Tesseract took 25.4 instead of 28.7 CPU
# seconds; of the letters restored .31 % were wrong instead of .28 % on bitonal pages, as many on the others.
CHOICES = "-c lstm_choice_mode=2 -c lstm_choice_iterations=1 -c lstm_rating_coefficient=1"
# Tesseract reads no larger picture: what stands further out on it is no place.
LARGEST_SIDE = 32_768  # pixels
MOST_COST = 25.0  # nats: what lies further behind is noise
_BOX_RE = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE_RE = re.compile(r"x_wconf (\d+)")
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_Letter = tuple[tuple[str, float], ...]


def parse(hocr: bytes, number: int) -> tuple[Block, ...]:
    """The words of a page in Tesseract's own order and in NFC, one block a paragraph.

    Args:
        hocr: as Tesseract writes it.
        number: of the page; word ids begin with it.

    Raises:
        ValueError: it is no XML.
    """
    return tuple(block for blocks in parse_pages(hocr, number) for block in blocks)


def parse_pages(hocr: bytes, number: int) -> tuple[tuple[Block, ...], ...]:
    """The same, one tuple of blocks for each picture that Tesseract was given, also for one without words.

    Raises:
        ValueError: it is no XML.
    """
    try:
        root = ElementTree.fromstring(hocr)
    except (ElementTree.ParseError, LookupError) as error:  # no XML, or in an encoding that there is none of
        raise ValueError(f"no hOCR: {error}") from error
    ids = count()
    return tuple(tuple(_blocks(page, number, ids)) for page in _of_class(root, {"ocr_page"}))


def _blocks(page: ElementTree.Element, number: int, ids: Iterator[int]) -> Iterator[Block]:
    for paragraph in _of_class(page, {"ocr_par"}):
        lines = []
        for line in _of_class(paragraph, _LINES):
            elements = [e for e in _of_class(line, {"ocrx_word"}) if (e.text or "").strip()]
            words = tuple(_word(element, f"p{number}w{next(ids)}") for element in elements)
            if words:
                lines.append(Line(words))
        if lines:
            yield Block(tuple(lines))


def _of_class(
    element: ElementTree.Element, names: frozenset[str] | set[str]
) -> Iterator[ElementTree.Element]:
    return (child for child in element.iter() if child.get("class") in names)


def _word(element: ElementTree.Element, word_id: str) -> Word:
    text = unicodedata.normalize("NFC", (element.text or "").strip())
    title = element.get("title", "")
    box, confidence = _BOX_RE.search(title), _CONFIDENCE_RE.search(title)
    if box is None or confidence is None:
        raise ValueError(f"no hOCR: a word without its place, {title!r}")
    left, top, right, bottom = map(int, box.groups())
    letters = [tuple(_choices(group)) for group in element]
    place = BBox(left, top, right, bottom).within(LARGEST_SIDE, LARGEST_SIDE)
    return Word(word_id, text, place, min(int(confidence[1]), 100) / 100, _by_character(text, letters))


def _choices(group: ElementTree.Element) -> Iterator[tuple[str, float]]:
    for choice in group:
        sure = float(choice.get("title", "").rpartition(" ")[2] or 0)
        if not isfinite(sure):
            raise ValueError(f"no hOCR: a choice of {sure}")
        yield choice.text or "", sure


def _by_character(text: str, letters: Sequence[_Letter]) -> tuple[tuple[Choice, ...], ...]:
    """What else each character may be; nothing where the lists do not go with the text letter by letter.

    >>> _by_character("bổ", [((" ", 98.0),), (("b", 98.0), ("h", 70.0)), (("ỗ", 97.0), ("ổ", 96.5))])
    ((), (Choice(text='ỗ', cost=-0.5),))
    """
    # The first list of a word may be that of the blank before it.
    lists = [letter for letter in letters if letter and letter[0][0] != " "]
    if len(lists) != len(text):
        return ()
    found = []
    for character, letter in zip(text, lists, strict=True):
        # Tesseract's dictionary may have chosen another than the network's best.
        own = next((sure for choice, sure in letter if choice == character), letter[0][1])
        found.append(
            tuple(
                Choice(choice, round(own - sure, 2))
                for choice, sure in letter
                if choice != character and choice and own - sure <= MOST_COST
            )
        )
    return tuple(found)
