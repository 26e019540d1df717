"""Sentences that give a unit something to do: ``Giao X …``, ``Đề nghị X …``, ``X chủ trì …``, ``X có trách nhiệm …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from restore.meaning.passages import Passages
from restore.meaning.unit_words import SHORT_VERBS, VERBS, alternation
from restore.meaning.units import blanks, opens_unit, unit_end
from restore.structure.lines import Span, fold


class Order(NamedTuple):
    """A unit and what a sentence gives it to do, as spans of the passages.

    A sentence that ends with a colon ("đề nghị các đơn vị:", "có trách nhiệm sau đây:") leaves it to the items that
    follow: ``task`` is None then.
    """

    unit: Span
    task: Span | None


# Each alternative begins with a letter of its own, so that the search skips all places without one of them.
_TRIGGER_RE = re.compile(
    blanks(
        r"(?:(?P<request>giao(?: (?:trach )?nhiem(?: vu)?)?(?: cho)?|de nghi|yeu cau|phan cong|kien nghi) "
        r"|chu tri|co (?:trach nhiem|nhiem vu)|chiu trach nhiem|chieu quyet dinh|phoi hop(?: chat che)? (?:voi|cung)"
        r"|(?:thi hanh|can cu|theo) (?:quyet dinh|nghi quyet|nghi dinh|thong tu|quy che|chi thi|lenh) (?:nay|thi hanh)"
        r"|giam sat viec(?: to chuc)? thuc hien)\b"
    )
)
# "X … có trách nhiệm": whatever stands before it belongs to its subject, but a first thing that X does.
_BOUND_RE = re.compile(r"(?:co|chiu)\s+trach\s+nhiem")
_SECOND_RE = re.compile(r"(?:\b(?:va|dong thoi|hoac|phai|cung)|,)\s*$")
# "Ngày 05/10/2023, Hiệu trưởng chủ trì …" tells what was.
_ON_A_DAY_RE = re.compile(r"(?:(?:sang|chieu|hom nay|trong),?\s+)?(?:tu\s+)?ngay\s+\d")
_FREE_SUBJECT = 220
# Who asks and is no unit: a meeting, its chair, the conclusion.
_SPEAKER_RE = re.compile(
    r"(?:[^,]*, )?(?:hoi nghi|cuoc hop|hoi thao|dai hoi|phien hop|toi|chung toi|chu toa|chu tri|nguoi chu tri|ky hop)(?: \w+){0,4}"
)
_POLITE_RE = re.compile(r"\b(?:kinh|xin|tran trong)\s*$")
# A sentence ends at a point before a capital; the points of abbreviations (TP., ThS.) are no ends.
_LONGEST_SENTENCE = 3000
_SENTENCE_RE = re.compile(r"[.!?]\s+(?=\S)")
_ABBREVIATED_RE = re.compile(r"\b(?:tp|tx|tt|q|p|h|x|ths|ts|pgs|gs|bs|st|d/c)$")
_MARK_RE = re.compile(r"[;:.“”]|\b(?:co|chiu|chu)\s+(?:trach|tri)\b")
_CLAUSE_RE = re.compile(r"[,;:]\s+")
_NO_TASK_RE = re.compile(r"(?:ve(?! sinh)|cua|la|da|khong|bi|duoc|co trach nhiem (?:cao|lon))\b")
_NO_OPENING = frozenset(("là", "không", "đã", "sẽ", "bị", "theo", "nên"))
_OPENINGS = (
    *VERBS,
    *(fold(verb) for verb in SHORT_VERBS if verb not in _NO_OPENING),
    "la dau moi",
    "la co quan",
    "la thuong truc",
)
_MARKED = {fold(verb): verb for verb in SHORT_VERBS}
_OPENING_RE = re.compile(blanks(rf"(?:{alternation(_OPENINGS)})\b"))


def opens_duty(text: str, folded: str, start: int) -> bool:
    """Whether the word of something to be done stands at an offset; words of one syllable count with their marks only.

    >>> [opens_duty(text, fold(text), 0) for text in ("tổ chức khám bệnh", "phát quà", "phạt tiền", "Nguyễn Văn An")]
    [True, True, False, False]
    """
    match = _OPENING_RE.match(folded, start)
    if match is None:
        return False
    marked = _MARKED.get(match[0])
    return marked is None or text[start : match.end()].lower() == marked


def find_orders(passages: Passages) -> Iterator[Order]:
    """The sentences of all passages that give a unit something to do, in the order of the text."""
    text, folded = passages.text, passages.folded
    last_end = 0
    for trigger in _TRIGGER_RE.finditer(folded):
        place = trigger.start()
        if (
            place < last_end
            or (place and folded[place - 1].isalnum())
            or text[place : place + 4].lower() == "giáo"
        ):
            continue
        begin, end = _sentence(text, folded, place)
        if text.count("“", begin, place) > text.count("”", begin, place):
            continue  # the words of another document
        begin = max(begin, last_end)
        if _ON_A_DAY_RE.match(folded, begin):
            continue
        asks = trigger["request"] is not None
        unit = _requested(passages, trigger, begin, end) if asks else _subject(passages, begin, place)
        if unit is None or text[unit.end] == ";":
            continue
        start = unit.end
        while start < end and text[start] in " ,":
            start += 1
        last = clause_end(text, folded, start, end)
        if start < last and not _NO_TASK_RE.match(folded, start):
            yield Order(unit, None if text[start:last].rstrip()[-1:] == ":" else Span(start, last))
            last_end = last
            for further in further_orders(text, folded, last, end):
                yield further
                last_end = further.unit.end


def further_orders(text: str, folded: str, start: int, end: int) -> Iterator[Order]:
    """What a sentence gives to further units without a word of giving: "…; Thanh tra Sở kiểm tra việc thực hiện"."""
    while start < end and text[start] in "; ":
        start += 1
    unit = Span(start, unit_end(text, folded, start, end))
    if (
        start < unit.end < end
        and opens_duty(text, folded, unit.end + 1)
        and not _TRIGGER_RE.match(folded, unit.end + 1)
    ):
        last = clause_end(text, folded, unit.end, end)
        yield Order(unit, Span(unit.end + 1, last))
        yield from further_orders(text, folded, last, end)


def clause_end(text: str, folded: str, start: int, end: int) -> int:
    """Where another unit gets its own duty after a semicolon: "…; giao Sở Nội vụ theo dõi", "…; các xã lập dự toán"."""
    place = folded.find(";", start, end)
    while place >= 0:
        after = place + 1
        while after < end and text[after] == " ":
            after += 1
        request = _TRIGGER_RE.match(folded, after, end)
        asks = (
            request is not None and request["request"] is not None and opens_unit(text, folded, request.end())
        )
        own = unit_end(text, folded, after, end)
        if asks or (own > after and opens_duty(text, folded, own + 1)):
            return place
        place = folded.find(";", after, end)
    return end


def _sentence(text: str, folded: str, place: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends; not further than any sentence goes."""
    begin = max(folded.rfind("\x00", 0, place) + 1, place - _LONGEST_SENTENCE)
    end = folded.find("\x00", place, place + _LONGEST_SENTENCE)
    end = min(len(folded), place + _LONGEST_SENTENCE) if end < 0 else end
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
    before = trigger.start()
    if polite := _POLITE_RE.search(folded, begin, before):
        before = polite.start()
    words = folded[begin:before].rstrip()
    by_someone = _SPEAKER_RE.fullmatch(words) or _subject(passages, begin, before)
    if words and words[-1] not in ",;:" and not by_someone:
        return None
    unit = Span(trigger.end(), unit_end(text, folded, trigger.end(), end))
    return unit if unit.end < end else None


def _subject(passages: Passages, begin: int, end: int) -> Span | None:
    """The unit that stands right before an offset, at the beginning of a clause."""
    text, folded = passages.text, passages.folded
    starts = [begin, *(match.end() for match in _CLAUSE_RE.finditer(folded, begin, end))]
    for start in starts:
        last = unit_end(text, folded, start, end, colons=True)
        if last > start and not folded[last:end].strip(" ,"):
            return Span(start, last)
    if _BOUND_RE.match(folded, end) and not _SECOND_RE.search(folded, begin, end):
        return _free_subject(text, folded, starts, end)
    return None


def _free_subject(text: str, folded: str, starts: Sequence[int], end: int) -> Span | None:
    """The subject of "có trách nhiệm" with its own words of doing: "Đơn vị cung cấp dịch vụ kiểm định có trách nhiệm"."""
    for start in starts:
        if (
            end - start <= _FREE_SUBJECT
            and opens_unit(text, folded, start)
            and not _MARK_RE.search(folded, start, end)
        ):
            return Span(start, start + len(folded[start:end].rstrip(" ,")))
    return None
