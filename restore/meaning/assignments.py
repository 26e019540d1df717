"""Who has to do what, by when and with whom: sections headed by a unit, and sentences that give it something to do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from restore.content import Assignment, Deadline, Task
from restore.field import ABSENT, Field
from restore.meaning.items import Item, read_items
from restore.meaning.orders import Order, clause_end, find_orders, further_orders, opens_duty
from restore.meaning.passages import Passage, Passages
from restore.meaning.units import does_something, part_units, unit_end
from restore.structure.lines import CAPITALS, Span

# What stands before the unit in a heading.
_LEAD_RE = re.compile(
    r"(?:(?P<order>de nghi|giao(?: cho)?|yeu cau|phan cong|trach nhiem(?: quan ly(?: nha nuoc)?| thi hanh| thuc hien)? cua"
    r"|nhiem vu(?: cu the)? cua|nghia vu cua)|doi voi)\s+"
)
# A heading that ends in the words that give the duty: "Sở Y tế có trách nhiệm:", "… chủ trì, thực hiện các nhiệm vụ sau:".
_TAIL_RE = re.compile(r"\s(?:co|chiu|chu tri|phoi hop|thuc hien|to chuc)\b[^.;\x00]{0,110}:$")
# "Cục trưởng có thẩm quyền:" is followed by what it may do.
_COMPETENT_RE = re.compile(r"\bco (?:tham )?quyen$")
# Words of doing that in a heading say of what kind the units are: "các đơn vị phối hợp: …".
_KIND_RE = re.compile(r" (?:phoi hop|chu tri|thuc hien|tham gia)(?=\s*(?::|$))")
# "… có các quyền sau:" gives rights and no duty.
_RIGHTS_RE = re.compile(r"^(?!.*\b(?:nhiem vu|trach nhiem|nghia vu)\b).*\bquyen\b")
# Last words of a document that stand under its last unit and are none of its duties.
_CLOSING_RE = re.compile(
    r"(?:tren day la|trong qua trinh|noi nhan|(?:ke hoach|cong van|chuong trinh|quyet dinh|quy che|nghi quyet) nay"
    r"|nhan duoc|yeu cau|de nghi)\b"
)
_WITH_RE = re.compile(
    r"\bphoi hop(?:,? (?:chat che|thuong xuyen|dong bo|tot|truc tiep))?\s(?:voi |cung voi |cung )?"
)
_HAND_RE = re.compile(r"(?:giao|phan cong|yeu cau|de nghi)\b")
# "Mỗi đơn vị cử một đội" under a unit's heading is a task of that unit.
_ANYONE_RE = re.compile(
    r"(?:(?:moi|tung|cac|nhung)\s)?(?:don vi|co quan|dia phuong|truong|nha truong|thanh vien|ca nhan|cap)"
)
_BASED_RE = re.compile(r"(?:can cu|tren co so)\b")
# "Các ông trong Ban chỉ huy …" are spoken of; who of them has a duty is named, or "có trách nhiệm".
_ADDRESSED_RE = re.compile(r"cac (?:ong|ba)\b")
_MADE_OF_RE = re.compile(r"(?:gom|bao gom|thanh phan|la cac|la nhung)\b")
# "Chủ tịch Hội: Ông Trần Văn An; Phó Chủ tịch: …" says who holds an office.
_HOLDER_RE = re.compile(rf"(?:[ÔôBbĐđ](?:ng|à|ồng chí|/c))\s[{CAPITALS}]")
_TELLING_RE = re.compile(r"\s+(?:la|gom|bao gom|do|duoc|co (?:cac|nhung))\b")
_COMMA_RE = re.compile(r",\s+")
_END_MARKS = " .;:,/"
_SHORT_LABEL = 60
# A list that a sentence introduces ("đề nghị các đơn vị:") is no longer.
_MOST_TASKS = 60


@dataclass(frozen=True, slots=True)
class _Heading:
    """The unit that heads a section.

    Attributes:
        unit: its name.
        rest: what follows the name's colon.
        ordered: words of the heading itself give the unit a duty.
    """

    unit: Span
    rest: Span | None
    ordered: bool


class _Finder:
    """One search through the tree of a document."""

    def __init__(self, passages: Passages, deadlines: Sequence[Deadline]) -> None:
        self._passages = passages
        self._unit_ends: dict[int, int] = {}
        self._orders: dict[int, list[Order]] = {}
        for order in find_orders(passages):
            self._orders.setdefault(passages.at(order.unit.start).start, []).append(order)
        self._deadlines = [one for one in deadlines if one.text.provenance]
        self._deadline_starts = [one.text.provenance[0].start for one in self._deadlines]
        self.found: list[tuple[int, Assignment]] = []

    def walk(self, items: Sequence[Item], *, duties: bool) -> None:
        """Find what the sections of one level and below assign."""
        asked = False
        for index, item in enumerate(items):
            if item.assigns_nothing:
                continue
            heading = self._heading(item) if duties or not item.is_unnumbered_heading else None
            if heading is not None and self._assign(item, heading, duties=duties or asked):
                # Beside a section that is headed by a unit the next one may have its unit in its sentence.
                asked |= item.first.node is not None and item.first.node.number is not None
                continue
            self._sentences(item, items[index + 1 : index + 1 + _MOST_TASKS], duties=duties or asked)
            self.walk(item.children, duties=duties or item.is_duty_part)
            asked |= item.is_request

    def _heading(self, item: Item) -> _Heading | None:
        """The unit that heads a section: alone in its title, or before the colon of its first words."""
        text, folded = self._passages.text, self._passages.folded
        passage = item.first
        lead = _LEAD_RE.match(folded, passage.start, passage.end)
        if lead and text[passage.start : passage.start + 4].lower() == "giáo":
            lead = None
        start = lead.end() if lead else passage.start
        end = self._unit_end(start, passage)
        if end == start:
            return None
        if _COMPETENT_RE.search(folded, start, end):
            return None
        if tail := _KIND_RE.match(folded, end, passage.end):
            end = tail.end()
        unit, ordered = Span(start, end), bool(lead and lead["order"])
        after = end
        while after < passage.end and text[after] in ": ":
            after += 1
        if after == passage.end - 1 and text[after] in ".;":
            after += 1
        rest = Span(after, passage.end) if after < passage.end else None
        if rest is None:
            below = item.text if item.text is not passage else None
            if below is None and not item.children:
                return None
            return _Heading(unit, Span(below.start, below.end) if below else None, ordered)
        if ":" in text[end:after]:
            return _Heading(unit, rest, ordered)
        if item.children and (tail := _TAIL_RE.match(folded, end, passage.end)):
            return None if _RIGHTS_RE.search(tail[0]) else _Heading(unit, None, ordered=True)
        return None

    def _assign(self, item: Item, heading: _Heading, *, duties: bool) -> bool:
        """Note what a section headed by a unit assigns; false where it does not."""
        text, folded = self._passages.text, self._passages.folded
        spans: list[tuple[Span, ...]] = []
        rest = heading.rest
        if rest and not (item.children and text[rest.end - 1] == ":") and not self._is_listing(rest):
            spans.append((rest,))
        own = self._tasks(item.children, heading.unit)
        spans += [task for task, _ in own]
        opening = sum(opens_duty(text, folded, task[0].start) for task in spans)
        if not spans or not (duties or heading.ordered or opening * 2 >= len(spans)):
            return False
        before = len(self.found)
        self._add(heading.unit, item.section_id, spans)
        taken = {id(child): child for _, child in own}
        for child in taken.values():
            self._handed_on(child)
        self.walk([child for child in item.children if id(child) not in taken], duties=True)
        return len(self.found) > before

    def _handed_on(self, child: Item) -> None:
        """Note to whom a task is given on."""
        for order in self._orders.get(child.first.start, []) if self._hands_on(child) else ():
            if order.task:
                self._add(order.unit, child.section_id, [(order.task,)])

    def _is_own(self, passage: Passage, above: Span | None) -> bool:
        """Whether an item has a unit of its own, or tells only what a unit is: "Ban Kiểm tra gồm …"."""
        folded = self._passages.folded
        orders = self._orders.get(passage.start)
        end = (
            orders[0].unit.end
            if orders and orders[0].unit.start == passage.start
            else self._own_unit(passage)
        )
        if end:
            # Under "Công đoàn cơ sở trực thuộc" stands "Công đoàn cơ sở căn cứ …": a task of the same.
            name = folded[passage.start : end]
            return above is None or not (
                name in folded[above.start : above.end] or _ANYONE_RE.fullmatch(name)
            )
        end = self._unit_end(passage.start, passage)
        return end > passage.start and bool(_TELLING_RE.match(folded, end))

    def _is_listing(self, span: Span) -> bool:
        """Whether only names of units follow the colon: they are who is meant, not what is to be done."""
        text, folded = self._passages.text, self._passages.folded
        return (
            unit_end(text, folded, span.start, span.end) >= span.end - 1
            or _MADE_OF_RE.match(folded, span.start) is not None
            or _HOLDER_RE.match(text, span.start) is not None
        )

    def _tasks(
        self, children: Sequence[Item], unit: Span | None = None
    ) -> list[tuple[tuple[Span, ...], Item]]:
        """The tasks among the items under a heading, each with its item; items with units of their own are none.

        Args:
            children: the items.
            unit: that heads them.
        """
        folded = self._passages.folded
        found: list[tuple[tuple[Span, ...], Item]] = []
        bullets = frame = False
        for child in children:
            first = child.first
            kind = first.node.kind if first.node else "paragraph"
            if bullets and kind == "paragraph":
                continue  # what goes on with a bullet
            bullets |= kind == "bullet"
            if kind == "paragraph" and _CLOSING_RE.match(folded, first.start):
                continue
            if self._heading(child) is not None or self._is_own(first, unit):
                frame = True
            elif child.children and child.text is None and first.end - first.start <= _SHORT_LABEL:
                found += [(task, child) for task, _ in self._tasks(child.children)]
            else:
                passages = [one for one in (child.title, child.text) if one is not None]
                found.append((tuple(Span(one.start, one.end) for one in passages), child))
        if frame:
            # Where others have their own units, "Giao X …" gives X its own too.
            found = [one for one in found if not self._hands_on(one[1])]
        return found

    def _hands_on(self, item: Item) -> bool:
        """Whether an item gives its task to another unit: "a) Giao Sở Tài chính bố trí vốn"."""
        first = item.first
        return bool(self._orders.get(first.start)) and bool(
            _HAND_RE.match(self._passages.folded, first.start)
        )

    def _sentences(self, item: Item, following: Sequence[Item], *, duties: bool) -> None:
        """Note what the sentences of a section's own passages assign, if need be to the items that follow."""
        for passage in (item.title, item.text):
            if passage is None:
                continue
            orders = self._orders.get(passage.start, [])
            for order in orders:
                tasks = [(order.task,)] if order.task else self._listed(item, following)
                if tasks:
                    self._add(order.unit, item.section_id, tasks)
            if not orders and duties:
                self._plain_sentence(item, passage)

    def _listed(self, item: Item, following: Sequence[Item]) -> list[tuple[Span, ...]]:
        """What an order that ends with a colon leaves to the items below it, or after it; none if they have own units."""
        items = list(item.children[:_MOST_TASKS])
        for one in () if items else following:
            if one.first.node is None or one.first.node.kind == "paragraph":
                break
            items.append(one)
        tasks = [task for task, _ in self._tasks(items)]
        return tasks if len(tasks) * 2 > len(items) else []

    def _unit_end(self, start: int, passage: Passage) -> int:
        """``unit_end`` in a passage; what heads a section is asked for more than once."""
        end = self._unit_ends.get(start)
        if end is None:
            end = unit_end(self._passages.text, self._passages.folded, start, passage.end)
            self._unit_ends[start] = end
        return end

    def _own_unit(self, passage: Passage, start: int | None = None) -> int:
        """Where the unit ends that a passage, or a clause of it, begins with, if what it does follows at once; else 0."""
        text, folded = self._passages.text, self._passages.folded
        start = passage.start if start is None else start
        end = self._unit_end(start, passage)
        does = start < end < passage.end and text[end] == " " and opens_duty(text, folded, end + 1)
        return end if does else 0

    def _doing_unit(self, passage: Passage, start: int) -> int:
        """Where an office's name ends after which come words of a sentence, whatever they are; else 0."""
        text, folded = self._passages.text, self._passages.folded
        end = self._unit_end(start, passage)
        does = start < end < passage.end and does_something(text, folded, end)
        return end if does and not _TELLING_RE.match(folded, end) else 0

    def _plain_sentence(self, item: Item, passage: Passage) -> None:
        """In a part that assigns duties a unit and what it does is enough: "Hạt Kiểm lâm hướng dẫn …"."""
        folded = self._passages.folded
        if _ADDRESSED_RE.match(folded, passage.start):
            return
        starts = [passage.start]
        if _BASED_RE.match(folded, passage.start):  # "Căn cứ Chương trình này, các sở xây dựng kế hoạch"
            starts += [comma.end() for comma in _COMMA_RE.finditer(folded, passage.start, passage.end)]
        for start in starts:
            end = self._own_unit(passage, start) or self._doing_unit(passage, start)
            if end:
                text = self._passages.text
                last = clause_end(text, folded, end, passage.end)
                self._add(Span(start, end), item.section_id, [(Span(end + 1, last),)])
                for order in further_orders(text, folded, last, passage.end):
                    if order.task:
                        self._add(order.unit, item.section_id, [(order.task,)])
                return

    def _add(self, unit: Span, section_id: str | None, spans: Sequence[tuple[Span, ...]]) -> None:
        tasks = tuple(task for pieces in spans if (task := self._task(pieces)) is not None)
        if tasks:
            assignment = Assignment(unit=self._passages.field(*unit), section_id=section_id, tasks=tasks)
            self.found.append((unit.start, assignment))

    def _task(self, pieces: tuple[Span, ...]) -> Task | None:
        text = self._passages.text
        start, end = pieces[-1]
        while end > start and text[end - 1] in _END_MARKS:
            end -= 1
        whole = (*pieces[:-1], Span(start, end))
        spans = self._joined(whole)
        if not spans:
            return None  # "Giao Sở Y tế: ..."
        field_ = self._passages.origin.field(spans)
        if " " not in (field_.value or ""):
            return None  # the head of a table, "Cơ quan trình"
        return Task(
            text=field_,
            deadline=self._deadline(field_),
            with_units=tuple(unit for piece in whole for unit in self._with(piece)),
        )

    def _joined(self, pieces: Sequence[Span]) -> list[Span]:
        """Where the pieces stand; a label and its text are one, with the colon between them."""
        source = self._passages.origin.text
        spans: list[Span] = []
        for piece in pieces:
            first, *others = self._passages.spans(*piece) or (None,)
            if first is None:
                continue
            if spans and first.start >= spans[-1].end and source[spans[-1].end : first.start].strip() == ":":
                first = Span(spans.pop().start, first.end)
            spans += [first, *others]
        return spans

    def _with(self, piece: Span) -> Iterator[Field]:
        """Who works with the unit: what follows "phối hợp với"."""
        text, folded = self._passages.text, self._passages.folded
        for match in _WITH_RE.finditer(folded, *piece):
            anyone = match[0].endswith(("voi ", "cung ")) and not folded.startswith("nhau", match.end())
            end = unit_end(text, folded, match.end(), piece.end, anyone=anyone)
            if end > match.end():
                for part in part_units(text, folded, match.end(), end):
                    yield self._passages.field(*part)

    def _deadline(self, task: Field) -> Field:
        """The first deadline that lies in a task: its date, or else its words."""
        start, end = task.provenance[0].start, task.provenance[-1].end
        index = bisect_left(self._deadline_starts, start)
        if index == len(self._deadlines) or self._deadline_starts[index] >= end:
            return ABSENT
        deadline = self._deadlines[index]
        return deadline.date if deadline.date.status == "present" else deadline.text


def find_assignments(passages: Passages, deadlines: Sequence[Deadline]) -> tuple[Assignment, ...]:
    """What each unit has to do, in the order of the text.

    Args:
        passages: of the document; their nodes know the tree.
        deadlines: of the document.
    """
    finder = _Finder(passages, deadlines)
    finder.walk(read_items(passages), duties=False)
    return tuple(assignment for _, assignment in sorted(finder.found, key=lambda one: one[0]))
