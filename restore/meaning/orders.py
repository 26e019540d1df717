"""Sentences that give a unit something to do: ``Giao X …``, ``Đề nghị X …``, ``X chủ trì …``, ``X có trách nhiệm …``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from restore.meaning.passages import Passages
from restore.meaning.unit_words import SHORT_VERBS, VERBS
from restore.meaning.units import alternation, opens_unit, unit_end
from restore.structure.lines import Span, fold


class Order(NamedTuple):
    """A unit and what a sentence gives it to do, as spans of the passages.

    A sentence that ends with a colon ("đề nghị các đơn vị:", "có trách nhiệm sau đây:") leaves it to the items that
    follow: ``task`` is None then.
    """

    unit: Span
    task: Span | None


_TRIGGER_RE = re.compile(
    r"\b(?:(?P<request>(?:kinh |xin |tran trong )?(?:giao(?: cho)?|de nghi|yeu cau|phan cong))\s"
    r"|(?P<duty>chu tri|co trach nhiem|chiu trach nhiem|co nhiem vu|phoi hop(?: chat che)? (?:voi|cung)))\b"
)
# A sentence ends at a point before a capital; the points of abbreviations (TP., ThS.) are no ends.
_SENTENCE_RE = re.compile(r"[.!?]\s+(?=\S)|\x00")
_ABBREVIATED_RE = re.compile(r"\b(?:tp|tx|tt|q|p|h|x|ths|ts|pgs|gs|bs|st|d/c)$")
_CLAUSE_RE = re.compile(r"[,;:]\s+")
_NO_TASK_RE = re.compile(r"(?:ve|cua|la|da|khong|bi|duoc)\b")
_OPENING_RE = re.compile(rf"(?:{alternation((*VERBS, *map(fold, SHORT_VERBS)))})\b")


def opens_duty(folded: str, start: int) -> bool:
    """Whether the word of something to be done stands at an offset of a folded text.

    >>> opens_duty("to chuc kham benh", 0), opens_duty("nguyen van an", 0)
    (True, False)
    """
    return _OPENING_RE.match(folded, start) is not None


def find_orders(passages: Passages) -> Iterator[Order]:
    """The sentences of all passages that give a unit something to do, in the order of the text."""
    folded = passages.folded
    last_end = 0
    for trigger in _TRIGGER_RE.finditer(folded):
        if trigger.start() < last_end:
            continue
        begin, end = _sentence(passages.text, folded, trigger.start())
        unit = (
            _requested(passages, trigger, max(begin, last_end), end)
            if trigger["request"]
            else _obliged(passages, trigger, max(begin, last_end))
        )
        if unit is None:
            continue
        start = unit.end
        while start < end and passages.text[start] in " ,":
            start += 1
        if start < end and not _NO_TASK_RE.match(folded, start):
            is_open = passages.text[end - 1] == ":"
            yield Order(unit, None if is_open else Span(start, end))
            last_end = end


def _sentence(text: str, folded: str, place: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    begin = folded.rfind("\x00", 0, place) + 1
    end = folded.find("\x00", place)
    end = len(folded) if end < 0 else end
    for stop in _SENTENCE_RE.finditer(folded, begin, end):
        if not text[stop.end()].isupper() or _ABBREVIATED_RE.search(folded, begin, stop.start()):
            continue
        if stop.end() <= place:
            begin = stop.end()
        elif stop.start() >= place:
            end = stop.start()
            break
    return begin, end


def _requested(passages: Passages, trigger: re.Match[str], begin: int, end: int) -> Span | None:
    """The unit that is asked: the verb opens the sentence or a clause of it, or an office stands before it."""
    text, folded = passages.text, passages.folded
    if not opens_unit(text, folded, trigger.end()):
        return None
    before = folded[begin : trigger.start()].rstrip()
    if before and before[-1] not in ",;:" and not _is_subject(passages, begin, trigger.start()):
        return None
    unit = Span(trigger.end(), unit_end(text, folded, trigger.end(), end))
    return unit if unit.end < end else None


def _is_subject(passages: Passages, begin: int, end: int) -> bool:
    return _subject(passages, begin, end) is not None


def _obliged(passages: Passages, trigger: re.Match[str], begin: int) -> Span | None:
    """The unit that is the subject of a duty."""
    return _subject(passages, begin, trigger.start())


def _subject(passages: Passages, begin: int, end: int) -> Span | None:
    """The unit that stands right before an offset, at the beginning of a clause."""
    text, folded = passages.text, passages.folded
    starts = [begin, *(match.end() for match in _CLAUSE_RE.finditer(folded, begin, end))]
    for start in starts:
        last = unit_end(text, folded, start, end)
        if last > start and not folded[last:end].strip(" ,"):
            return Span(start, last)
    return None
