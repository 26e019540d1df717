"""The sections of a body with their passages, and what their words say of their place in a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from restore.meaning.passages import Passage, Passages

# Parts of a plan that say who does what.
_DUTIES_RE = re.compile(
    r"\b(?:to chuc(?:,| va)? (?:thuc hien|trien khai|chi dao|thi hanh|quan ly|phan cong)"
    r"|phan cong|trach nhiem|nhiem vu cua|giao nhiem vu)\b"
)
# These do so where the title begins with them: "NỘI DUNG TRIỂN KHAI THỰC HIỆN" is what is to be done.
_DUTIES_FIRST_RE = re.compile(
    r"(?:trien khai(?:,| va)? thuc hien|chi dao(?:,| va) (?:dieu hanh|thuc hien)|co che phoi hop|don vi thuc hien)\b"
)
_REQUEST_RE = re.compile(
    r"\b(?:yeu cau|de nghi|chi thi|chi dao|giao nhiem vu|phan cong|giao|co y kien)\b[^.;\x00]*:$"
)
_LONGEST_REQUEST = 160
_PAST_RE = re.compile(
    r"danh gia(?: chung)?$"
    r"|(?:danh gia |nhung )?(?:ket qua|tinh hinh|thuc trang|uu diem|ton tai|han che|khuyet diem|khai quat|dac diem)\b"
)
_PLAN_RE = re.compile(r"(?:.{0,60}\s)?(?:ke hoach|chuong trinh|phuong an|de an|phan cong|lo trinh)\b")
# An annex has its number, its name and what it is annexed to in so many headings.
_ANNEX_HEADS = 3


@dataclass(slots=True)
class Item:
    """A section with its passages.

    Attributes:
        section_id: the section.
        folded: the folded text of all passages.
        title: the passage of its title.
        text: the passage of its text.
        children: the sections below it.
    """

    section_id: str
    folded: str
    title: Passage | None = None
    text: Passage | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def first(self) -> Passage:
        """The passage it begins with."""
        passage = self.title or self.text
        assert passage is not None
        return passage

    @property
    def is_duty_part(self) -> bool:
        """Whether its title says that it assigns duties: "TỔ CHỨC THỰC HIỆN", "Phân công nhiệm vụ"."""
        title = self.title
        if title is None:
            return False
        found = _DUTIES_FIRST_RE.match(self.folded, title.start, title.end)
        return (found or _DUTIES_RE.search(self.folded, title.start, title.end)) is not None

    @property
    def is_request(self) -> bool:
        """Whether it asks for what follows it: "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:"."""
        last = self.text or self.first
        begin = max(last.start, last.end - _LONGEST_REQUEST)
        return (
            self.folded[last.end - 1] == ":" and _REQUEST_RE.search(self.folded, begin, last.end) is not None
        )

    @property
    def is_unnumbered_heading(self) -> bool:
        """Whether it is a line of capitals."""
        node = self.first.node
        return node is not None and node.kind == "heading"

    @property
    def assigns_nothing(self) -> bool:
        """Whether it tells what was done, quotes, or is an annex but no plan: lists and forms are nobody's tasks."""
        title, node = self.title, self.first.node
        if node is not None and node.quoted:
            return True
        if title is not None and _PAST_RE.match(self.folded, title.start, title.end):
            return True
        return bool(self.children) and node is not None and node.annex and not self._is_plan()

    def _is_plan(self) -> bool:
        heads = (self, *self.children[:_ANNEX_HEADS])
        titles = (one.title for one in heads if one.title is not None)
        return any(_PLAN_RE.match(self.folded, title.start, title.end) for title in titles)


def read_items(passages: Passages) -> list[Item]:
    """The sections of a document with their passages, nested by their ids; those without any text are left out."""
    folded = passages.folded
    roots: list[Item] = []
    items: dict[str, Item] = {}
    for passage in passages.passages:
        name = passage.section_id
        if name is None:
            continue
        item = items.get(name)
        if item is None:
            item = items[name] = Item(name, folded)
            parent = items.get(name.rpartition(".")[0])
            (parent.children if parent else roots).append(item)
        if passage.kind == "title":
            item.title = passage
        else:
            item.text = passage
    return roots
