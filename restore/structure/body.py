"""The body as a tree: phần, chương, mục, điều, khoản, điểm, I., 1., a), dashes, and paragraphs between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from restore.document import Role, Section, SectionKind
from restore.structure.lines import Run, Span, fold, is_upper
from restore.structure.numbering import LEVELS, Marker, rank_of
from restore.structure.origin import Origin
from restore.structure.paragraphs import Paragraph


@dataclass(slots=True)
class Node:
    """A section while the tree grows."""

    kind: SectionKind
    rank: float
    spans: tuple[Span, ...]
    number: str | None = None
    marker: str | None = None
    title: tuple[Span, ...] = ()
    text: tuple[Span, ...] = ()
    children: list[Node] = field(default_factory=list)


_ROLES: tuple[tuple[str, Role], ...] = (
    ("muc dich", "purpose"), ("muc tieu", "purpose"), ("yeu cau", "requirements"), ("noi dung", "content"),
    ("nhiem vu", "content"), ("giai phap", "content"), ("thoi gian", "schedule"), ("tien do", "schedule"),
    ("lo trinh", "schedule"), ("kinh phi", "funding"), ("to chuc thuc hien", "implementation"),
    ("trach nhiem", "implementation"), ("phan cong", "implementation"), ("che do bao cao", "reporting"),
    ("bao cao", "reporting"), ("thong tin, bao cao", "reporting"),
)  # fmt: skip
# A heading longer than this is a sentence without its stop.
_LONGEST_TITLE = 260
_LONGEST_COLON_TITLE = 90
_LABEL_WORDS = 8
_SENTENCE_RE = re.compile(r"\b(?:nhu sau|sau|sau day|gom|la|bao gom|quy dinh|cu the)$")
_CLOSING_RE = re.compile(
    r"(?:de nghi|tren day|yeu cau|trong qua trinh|kinh |nhan duoc|rat mong|giao |ke hoach nay|cac co quan)"
)
_ROOT_RANK = -1.0
_CLOSING_PARAGRAPHS = 2


def role_of(title: str) -> Role | None:
    """What a section is for, by the first telling words of its title.

    >>> role_of("II. NỘI DUNG, THỜI GIAN TRIỂN KHAI"), role_of("Kinh phí thực hiện"), role_of("Công an quận")
    ('content', 'funding', None)
    """
    folded = fold(title)
    found = [(place, -len(words), role) for words, role in _ROLES if (place := folded.find(words)) >= 0]
    return min(found)[2] if found else None


def build_tree(origin: Origin, paragraphs: Sequence[Paragraph]) -> list[Node]:
    """Nest paragraphs by their markers. Text between numbered items belongs to the last numbered one."""
    root = Node("part", _ROOT_RANK, ())
    stack = [root]
    for index, paragraph in enumerate(paragraphs):
        if paragraph.marker is None:
            left = len(paragraphs) - index
            _add_plain(origin, paragraph, stack, last=left <= _CLOSING_PARAGRAPHS)
            continue
        node = _numbered_node(origin, paragraph, paragraph.marker, stack)
        while stack[-1].rank >= node.rank:
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    return root.children


_NUMBER_RE = re.compile(r"\w+(?:\.\w+)*(?=\W*$)")


def printed_marker(text: str, number: str | None) -> str:
    """What opens a section as it is printed, with the number that is meant.

    >>> printed_marker("Điều 5.  ", "5"), printed_marker("S. ", "8"), printed_marker("- ", None)
    ('Điều 5.', '8.', '-')
    """
    text = " ".join(text.split())
    return text if number is None else _NUMBER_RE.sub(lambda _: number, text, count=1)


def _numbered_node(origin: Origin, paragraph: Paragraph, marker: Marker, stack: Sequence[Node]) -> Node:
    level = LEVELS[marker.style]
    run = Run(paragraph.spans, origin.text)
    legal = any(node.kind == "article" for node in stack) and level.rank > LEVELS["article"].rank
    cut = _title_end(run.text, marker, legal=legal)
    after = cut
    while after < len(run.text) and (run.text[after] in ": " and cut):
        after += 1
    whole = paragraph.lines[0].start
    return Node(
        level.kind,
        rank_of(marker),
        (Span(whole, paragraph.lines[0].end), *(line.span for line in paragraph.lines[1:])),
        number=marker.number,
        marker=printed_marker(origin.text[whole : whole + marker.length], marker.number),
        title=run.slice(0, cut),
        text=run.slice(after, len(run.text)),
    )


def _title_end(text: str, marker: Marker, *, legal: bool) -> int:
    """How much of a section's first paragraph is its title: none, a label before a colon, or all.

    A heading has no end mark; ``4. Thời gian báo cáo: 8h00`` is a label with its text. Dashes have no titles.
    """
    if marker.style in ("bullet", "plus") or not text:
        return 0
    if is_upper(text) and len(text) <= _LONGEST_TITLE:
        return len(text)
    if text.endswith(":"):
        label = text[:-1]
        short = len(text) <= _LONGEST_COLON_TITLE and not _SENTENCE_RE.search(fold(label))
        return len(text) if short and marker.style != "article" else 0
    if text[-1] not in ".;,/" and len(text) <= _LONGEST_TITLE and ". " not in text and "; " not in text:
        colon = text.find(": ")
        if colon < 0 or colon > _LONGEST_COLON_TITLE:
            return len(text)
    colon = text.find(": ")
    if 0 < colon <= _LONGEST_COLON_TITLE and marker.style != "article" and not legal:
        label = text[:colon]
        if (
            len(label.split()) <= _LABEL_WORDS
            and not _SENTENCE_RE.search(fold(label))
            and not _is_listing(label)
        ):
            return colon
    if (
        text.endswith(".")
        and len(text.split()) <= _LABEL_WORDS - 2
        and marker.style in ("roman", "arabic", "upper")
    ):
        return len(text) if not legal else 0
    return 0


def _is_listing(label: str) -> bool:
    """Whether what stands before a colon is more than a name of what follows: longer, with a comma."""
    return "," in label and len(label.split()) > _LABEL_WORDS - 2


def _add_plain(origin: Origin, paragraph: Paragraph, stack: list[Node], *, last: bool) -> None:
    """Put an unnumbered paragraph or heading under the section in force."""
    text = Run(paragraph.spans, origin.text).text
    heading = is_upper(text) and len(text) <= _LONGEST_TITLE
    if last and _CLOSING_RE.match(fold(text)) and (stack[-1].children or stack[-1].text):
        # The last words of a letter or plan speak of all of it, not of its last item.
        article = next((node for node in stack if node.kind == "article"), None)
        while len(stack) > 1 and stack[-1] is not article:
            stack.pop()
    while stack[-1].kind == "bullet":
        stack.pop()
    node = Node(
        "heading" if heading else "paragraph",
        _ROOT_RANK,
        paragraph.spans,
        title=paragraph.spans if heading else (),
        text=() if heading else paragraph.spans,
    )
    stack[-1].children.append(node)


def to_sections(origin: Origin, nodes: Sequence[Node], prefix: str = "s") -> tuple[Section, ...]:
    """The finished tree; a section's id is its path, ``s2.1`` the first child of the second section."""
    sections: list[Section] = []
    for index, node in enumerate(nodes, start=1):
        name = f"{prefix}{index}"
        title = origin.running_text(node.title) if node.title else None
        sections.append(
            Section(
                id=name,
                kind=node.kind,
                number=node.number,
                marker=node.marker,
                title=title,
                text=origin.running_text(node.text),
                children=to_sections(origin, node.children, f"{name}."),
                provenance=origin.provenance(node.spans),
                role=role_of(title) if title else None,
            )
        )
    return tuple(sections)


def section_places(nodes: Sequence[Node], prefix: str = "s") -> list[tuple[Span, str]]:
    """All spans of all sections with the sections' ids, in the order of the text."""
    places: list[tuple[Span, str]] = []
    for index, node in enumerate(nodes, start=1):
        name = f"{prefix}{index}"
        places += [(span, name) for span in node.spans]
        places += section_places(node.children, f"{name}.")
    return places
