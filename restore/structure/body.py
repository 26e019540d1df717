"""The body as a tree: phần, chương, mục, điều, khoản, điểm, I., 1., a), dashes, and paragraphs between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from restore.document import Section, SectionKind
from restore.structure.lines import Run, Span, is_upper, stripped
from restore.structure.numbering import LEVELS, Marker
from restore.structure.origin import Origin
from restore.structure.paragraphs import Paragraph
from restore.structure.roles import role_of
from restore.structure.titles import LONGEST_TITLE, title_end


@dataclass(slots=True)
class Node:
    """A section while the tree grows; see ``Section`` for what its parts are. ``annex``: something annexed hangs under it."""

    kind: SectionKind
    rank: float
    spans: tuple[Span, ...]
    number: str | None = None
    marker: str | None = None
    title: tuple[Span, ...] = ()
    text: tuple[Span, ...] = ()
    children: list[Node] = field(default_factory=list)
    number_raw: str | None = None
    quoted: bool = False
    annex: bool = False


_CLOSING_RE = re.compile(
    r"(?:de nghi|tren day|yeu cau|trong qua trinh|kinh |nhan duoc|rat mong|giao |ke hoach nay|cac co quan)"
)
_ROOT_RANK = -1.0
_CLOSING_PARAGRAPHS = 2


def build_tree(origin: Origin, paragraphs: Sequence[Paragraph], *, quoted: bool = False) -> list[Node]:
    """Nest paragraphs by their markers. Text between numbered items belongs to the last numbered one.

    Args:
        origin: the text and the way back to the original.
        paragraphs: in the order of the text.
        quoted: they stand inside a quoted amendment.
    """
    root = Node("part", _ROOT_RANK, ())
    stack = [root]
    for index, paragraph in enumerate(paragraphs):
        if paragraph.quoted:
            stack[-1].children.append(_quotation(origin, paragraph))
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if paragraph.marker is None:
            left = len(paragraphs) - index
            _add_plain(origin, paragraph, stack, following, last=left <= _CLOSING_PARAGRAPHS and not quoted)
            continue
        while stack[-1].rank >= paragraph.rank:
            stack.pop()
        legal = quoted or any(node.kind == "article" for node in stack)
        followed = following is not None and _is_text(following)
        node = _numbered_node(origin, paragraph, paragraph.marker, legal=legal, followed=followed)
        stack[-1].children.append(node)
        stack.append(node)
    if quoted:
        _mark_quoted(root.children)
    return root.children


def _is_text(paragraph: Paragraph) -> bool:
    """Whether a paragraph is what a title above it may be the title of: a dash, or no heading itself."""
    if paragraph.marker is None:
        return not is_upper(paragraph.lines[0].text)
    return paragraph.marker.number is None


def _quotation(origin: Origin, paragraph: Paragraph) -> Node:
    """A quoted amendment: a node without number whose children are what is quoted, all of them marked."""
    children = build_tree(origin, paragraph.quoted, quoted=True)
    node = Node("paragraph", _ROOT_RANK, paragraph.spans, quoted=True)
    if len(children) == 1 and children[0].kind == "paragraph":
        node.text = children[0].text
    else:
        node.children = children
    return node


def _mark_quoted(nodes: Sequence[Node]) -> None:
    for node in nodes:
        node.quoted = True
        _mark_quoted(node.children)


_PRINTED_RE = re.compile(r"(?P<before>(?:[^\W\d_]+ )*\(?)(?P<number>.+?)(?P<sign>[^\w\s]*)$")
_SIGNS = str.maketrans("}]>,;", ")))..")


def printed_marker(text: str, number: str | None, raw: str | None = None) -> str:
    """What opens a section as it is printed, with the number that is meant.

    >>> printed_marker("Điều 5.  ", "5"), printed_marker("S. ", "8", "S."), printed_marker("- ", None)
    ('Điều 5.', '8.', '-')
    """
    text = " ".join(text.split())
    match = _PRINTED_RE.match(text) if number and raw else None
    if match is None:
        return text
    return f"{match['before']}{number}{match['sign'].translate(_SIGNS)}"


def _numbered_node(
    origin: Origin, paragraph: Paragraph, marker: Marker, *, legal: bool, followed: bool
) -> Node:
    run = Run(paragraph.spans, origin.text)
    cut = title_end(run.text, marker, legal=legal and marker.style != "article", followed=followed)
    after = cut
    while after < len(run.text) and (run.text[after] in ": " and cut):
        after += 1
    whole = paragraph.lines[0].start
    printed = stripped(origin.text, Span(whole, whole + marker.length))
    return Node(
        LEVELS[marker.style].kind,
        paragraph.rank,
        (Span(whole, paragraph.lines[0].end), *(line.span for line in paragraph.lines[1:])),
        number=marker.number,
        marker=printed_marker(origin.text[slice(*printed)], marker.number, marker.raw),
        title=run.slice(0, cut),
        text=run.slice(after, len(run.text)),
        number_raw=_found_marker(origin, printed, marker),
    )


def _found_marker(origin: Origin, printed: Span, marker: Marker) -> str | None:
    """The marker as the original has it, where another number is meant."""
    if marker.raw is not None:
        return marker.raw
    original = origin.original[slice(*origin.original_span(printed))]
    if marker.number is None or marker.number in original:
        return None
    original = " ".join(original.split())
    return original if original[:1].isupper() and " " in original else original.replace(" ", "")


def _add_plain(
    origin: Origin, paragraph: Paragraph, stack: list[Node], following: Paragraph | None, *, last: bool
) -> None:
    """Put an unnumbered paragraph or heading under the section in force; a heading that a list begins under, beside it."""
    spans = paragraph.spans
    short = (
        spans[-1].end - spans[0].start <= 2 * LONGEST_TITLE
    )  # blanks between the lines are not counted then
    text = Run(spans, origin.text).text if short else ""
    heading = bool(text) and len(text) <= LONGEST_TITLE and is_upper(text)
    if last and _CLOSING_RE.match(paragraph.lines[0].folded) and (stack[-1].children or stack[-1].text):
        # The last words of a letter or plan speak of all of it, not of its last item.
        article = next((node for node in stack if node.kind == "article"), None)
        while len(stack) > 1 and stack[-1] is not article:
            stack.pop()
    while stack[-1].kind == "bullet":
        stack.pop()
    if not heading and _is_bare(stack[-1]):
        # "Điều 1" on a line of its own, as older laws print it: what follows is its text.
        stack[-1].text, stack[-1].spans = spans, (*stack[-1].spans, *spans)
        return
    if heading and following is not None and following.marker is not None and following.marker.value == 1:
        while stack[-1].rank >= following.rank:
            stack.pop()
    node = Node(
        "heading" if heading else "paragraph",
        _ROOT_RANK,
        spans,
        title=spans if heading else (),
        text=() if heading else spans,
    )
    stack[-1].children.append(node)


def _is_bare(node: Node) -> bool:
    """Whether an article is its marker alone so far."""
    return node.kind == "article" and not (node.title or node.text or node.children)


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
                number_raw=node.number_raw,
                quoted=node.quoted,
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
