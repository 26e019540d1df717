"""An older text layer taken out of a page: text that nobody can see, and nothing else.

Two kinds of text are never seen: what is drawn in render mode 3, on the page or in a form on it, and what is drawn before a
picture that covers the whole page. Where there is the least doubt (a picture with a mask, a clip that is no rectangle, anything
transparent, a form that something else draws, too) text counts as visible and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf
from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Matrix,
    Name,
    Object,
    Page,
    Pdf,
    Stream,
)

from restore.export.pdf_objects import inherited

_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_PLACING = frozenset({"Td", "TD", "Tm", "T*"})
_TEXT_STATE = frozenset({"Tf", "Tr", "Tz", "Tc", "Tw", "TL", "Ts"})
_FRAMING = frozenset({"BT", "ET"})
_PAINTING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"})
# What ends a path, and with it makes a clip of it.
_ENDING = frozenset({"n", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_INVISIBLE = 3
# A picture covers the page when no more than this part of a side is left free of it.
_MARGIN = 0.01

# What comes of a content that breaks off, or of operators without what they need.
_DAMAGED = (pikepdf.PdfError, IndexError, TypeError, ValueError)

_Instruction = ContentStreamInstruction | ContentStreamInlineImage


class Box(NamedTuple):
    """A rectangle of user space."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _State:
    """What of the graphics state tells whether something is seen."""

    matrix: Matrix = field(default_factory=Matrix)
    mode: int = 0
    opaque: bool = True
    clip: Box | None = None  # None: nothing is clipped
    clip_known: bool = True

    def copy(self) -> _State:
        return _State(self.matrix, self.mode, self.opaque, self.clip, self.clip_known)


def strip_hidden_text(pdf: Pdf, page: Page, box: Box) -> bool:
    """Take the text out of a page that is not seen on it.

    Args:
        pdf: the file of the page.
        page: the page, with resources of its own; its content is replaced where there is something to take out.
        box: its crop box.

    Returns:
        Whether there was any.
    """
    if "/Contents" not in page.obj:
        return False
    resources = page.obj.Resources
    try:
        before = list(pikepdf.parse_content_stream(page))
        gone = _unseen(before, resources, box)
    except _DAMAGED:  # what it shows depends on the viewer, so nothing is touched
        return False
    forms = _strip_forms(pdf, resources, depth=0)
    after = _without(before, gone, forms) if gone or forms else before
    _drop_unused(resources, after)  # a font that draws nothing need not be embedded
    if after is before:
        return False
    page.obj.Contents = pdf.make_indirect(Stream(pdf, pikepdf.unparse_content_stream(after)))
    return True


def drop_unused_fonts(page: Page) -> None:
    """Take the fonts out of a page's resources that draw nothing on it: they need not be embedded then.

    Args:
        page: the page, with resources of its own.
    """
    if "/Contents" in page.obj:
        try:
            _drop_unused(page.obj.Resources, pikepdf.parse_content_stream(page))
        except _DAMAGED:  # nobody can tell
            return


def own_resources(page: Page) -> None:
    """The page's resources as a dictionary of its own: others may share it, or inherit it."""
    found = inherited(page, "/Resources")
    own = Dictionary() if found is None else Dictionary(dict(found.items()))
    for kind in ("/Font", "/XObject"):
        if kind in own:
            own[kind] = Dictionary(dict(own[kind].items()))
    page.obj.Resources = own


def _strip_forms(pdf: Pdf, resources: Object, depth: int) -> dict[str, bool]:
    """Take invisible text out of the forms that these resources name; by name, whether anything is left of each."""
    found: dict[str, bool] = {}
    if "/XObject" not in resources or depth > 4:
        return found
    for name, item in list(resources.XObject.items()):
        if not isinstance(item, Stream) or item.get("/Subtype") != "/Form" or "/Resources" not in item:
            continue
        try:
            before = list(pikepdf.parse_content_stream(item))
            gone = _unseen(before, item.Resources, None)
        except _DAMAGED:
            continue
        inner = Dictionary(dict(item.Resources.items()))
        if "/XObject" in inner:
            inner.XObject = Dictionary(dict(inner.XObject.items()))
        if "/Font" in inner:
            inner.Font = Dictionary(dict(inner.Font.items()))
        forms = _strip_forms(pdf, inner, depth + 1)
        if not gone and not forms:
            continue
        after = _without(before, gone, forms)
        _drop_unused(inner, after)
        new = Stream(pdf, pikepdf.unparse_content_stream(after))  # the old one may be drawn elsewhere
        for key, value in item.items():
            if key not in ("/Length", "/Filter", "/DecodeParms", "/Resources"):
                new[key] = value
        new.Resources = inner
        resources.XObject[name] = pdf.make_indirect(new)
        found[name] = any(str(one.operator) in _PAINTING | _SHOWING for one in after)
    return found


# Which text is not seen


def _unseen(content: Sequence[_Instruction], resources: Object, box: Box | None) -> set[int]:
    """The indices of operators that show text nobody sees; ``box`` is the page's, None for a form."""
    gone: set[int] = set()
    shown: list[int] = []  # visible, so far
    pending: list[int] = []  # invisible, but what follows on the line may be visible and would move
    marks: list[bool] = []
    for index, one, state in _states(content, resources):
        operator = str(one.operator)
        if operator in _PLACING | _FRAMING | {"'", '"'}:
            gone.update(pending)
            pending = []
        if operator in ("BMC", "BDC"):
            marks.append(operator == "BDC" and str(one.operands[0]) == "/OC")
        elif operator == "EMC" and marks:
            marks.pop()
        elif operator in _SHOWING and state.mode == _INVISIBLE:
            pending.append(index)
        elif operator in _SHOWING:
            shown.append(index)
            pending = []
        elif operator == "Do" and box and not any(marks) and _covers(state, resources, one.operands[0], box):
            gone.update(shown)
            shown = []
    return gone | set(pending)


def _states(content: Sequence[_Instruction], resources: Object) -> Iterator[tuple[int, _Instruction, _State]]:
    """Each operator with the graphics state that it finds."""
    state = _State()
    stack: list[_State] = []
    path: list[Box | None] = []
    clipping = False
    for index, one in enumerate(content):
        operator = str(one.operator)
        if operator == "q":
            stack.append(state.copy())
        elif operator == "Q":
            state = stack.pop() if stack else _State()
        elif operator == "cm":
            state.matrix = Matrix(*map(float, one.operands)) @ state.matrix
        elif operator == "Tr":
            state.mode = int(one.operands[0])
        elif operator == "gs":
            state.opaque = state.opaque and _keeps_opaque(resources, one.operands[0])
        elif operator == "re":
            x, y, width, height = map(float, one.operands)
            path.append(_upright(state.matrix, x, y, width, height))
        elif operator in ("m", "l", "c", "v", "y"):
            path.append(None)
        elif operator in ("W", "W*"):
            clipping = True
        yield index, one, state
        if operator in _ENDING:
            if clipping:
                state.clip_known = state.clip_known and len(path) == 1 and path[0] is not None
                state.clip = _shared(state.clip, path[0]) if path else state.clip
            path, clipping = [], False


def _keeps_opaque(resources: Object, name: Object) -> bool:
    try:
        found = resources.ExtGState[str(name)]
    except (KeyError, AttributeError):
        return False
    alpha = float(found.get("/ca", 1)) == 1 and float(found.get("/CA", 1)) == 1
    return (
        alpha
        and str(found.get("/BM", "/Normal")) == "/Normal"
        and str(found.get("/SMask", "/None")) == "/None"
    )


def _upright(matrix: Matrix, x: float, y: float, width: float, height: float) -> Box | None:
    """A rectangle where it stands on the page, None where it is not upright there."""
    a, b, c, d = matrix.shorthand[:4]
    if not (abs(b) + abs(c) < 1e-6 * (abs(a) + abs(d)) or abs(a) + abs(d) < 1e-6 * (abs(b) + abs(c))):
        return None
    x0, y0 = matrix.transform((x, y))
    x1, y1 = matrix.transform((x + width, y + height))
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _shared(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return Box(
        max(one.left, other.left),
        max(one.bottom, other.bottom),
        min(one.right, other.right),
        min(one.top, other.top),
    )


def _covers(state: _State, resources: Object, name: Object, box: Box) -> bool:
    """Whether a picture hides all that was drawn before."""
    try:
        item = resources.XObject[str(name)]
    except (KeyError, AttributeError):
        return False
    if item.get("/Subtype") != "/Image" or not state.opaque or not state.clip_known:
        return False
    if item.get("/ImageMask", False) or any(
        key in item for key in ("/SMask", "/Mask", "/SMaskInData", "/OC")
    ):
        return False
    seen = _shared(_upright(state.matrix, 0, 0, 1, 1), state.clip)
    if seen is None or _upright(state.matrix, 0, 0, 1, 1) is None:
        return False
    across, up = _MARGIN * (box.right - box.left), _MARGIN * (box.top - box.bottom)
    return (
        seen.left <= box.left + across
        and seen.right >= box.right - across
        and seen.bottom <= box.bottom + up
        and seen.top >= box.top - up
    )


# What is left


def _without(content: Sequence[_Instruction], gone: set[int], forms: dict[str, bool]) -> list[_Instruction]:
    """The content without some of its operators, and without what is left of their framing."""
    gone = gone | {
        index
        for index, one in enumerate(content)
        if str(one.operator) == "Do" and forms.get(str(one.operands[0])) is False
    }
    gone |= _empty_marks(content, gone)
    kept = [one for index, old in enumerate(content) for one in (_moved(old) if index in gone else [old])]
    if any(str(one.operator) in _SHOWING for one in kept):
        return kept
    return [one for one in kept if str(one.operator) not in _FRAMING | _PLACING | _TEXT_STATE]


def _empty_marks(content: Sequence[_Instruction], gone: set[int]) -> set[int]:
    """Where marked passages begin and end that have lost all they drew: the text that they stand for would still be found."""
    found: set[int] = set()
    marks: list[int] = []
    for index, one in enumerate(content):
        operator = str(one.operator)
        if operator in ("BMC", "BDC"):
            marks.append(index)
        elif operator == "EMC" and marks:
            inside = range(marks[-1], index)
            drawn = any(
                str(content[other].operator) in _PAINTING | _SHOWING and other not in gone for other in inside
            )
            if not drawn and not gone.isdisjoint(inside):
                found |= {marks[-1], index}
            marks.pop()
    return found


def _moved(one: _Instruction) -> list[_Instruction]:
    """What an operator that showed text has done beside that."""
    operator = str(one.operator)
    if operator == "'":
        return [ContentStreamInstruction([], pikepdf.Operator("T*"))]
    if operator == '"':
        word, letter = one.operands[0], one.operands[1]
        return [
            ContentStreamInstruction([word], pikepdf.Operator("Tw")),
            ContentStreamInstruction([letter], pikepdf.Operator("Tc")),
            ContentStreamInstruction([], pikepdf.Operator("T*")),
        ]
    return []


def _drop_unused(resources: Object, content: Sequence[_Instruction]) -> None:
    """Fonts and forms that the content names no more; where it draws forms that use the page's own, all stay."""
    used = {str(operand) for one in content for operand in one.operands if isinstance(operand, Name)}
    forms = resources.get("/XObject", Dictionary())
    for name in set(forms.keys()) - used:
        del forms[name]
    if any(item.get("/Subtype") == "/Form" and "/Resources" not in item for _, item in forms.items()):
        return
    fonts = resources.get("/Font", Dictionary())
    for name in set(fonts.keys()) - used:
        del fonts[name]
