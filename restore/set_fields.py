"""Fields that a reviewer set, put into a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from restore.decisions import Decision, FieldValue, standing
from restore.document import Document, Section, SectionKind, Signer
from restore.field import ABSENT, Field

_STEP_RE = re.compile(r"(\w+)(?:\[(\d+)\])?")
# Where a reviewer may set fields; the rest of a document follows from its text.
_ROOMS = ("header", "closing", "legal_bases")
# Lists that a reviewer may add to, and what stands behind their last one until then.
_NEW: Mapping[Any, Field | Signer] = {tuple[Field, ...]: ABSENT, tuple[Signer, ...]: Signer()}
_SECTION_RE = re.compile(r"sections\.(.+)\.(kind|number|title)")  # "sections.s2.1.title": ids have dots
_ENTRY_RE = re.compile(r"(.+)\[\d+\]")  # one of a list
_SIGNER_RE = re.compile(r"closing\.(?:signers\[0\]\.(\w+)|signer_(\w+))")

_Model = TypeVar("_Model", bound=BaseModel)


def set_fields(document: Document, decisions: Iterable[Decision]) -> tuple[Document, tuple[Decision, ...]]:
    """The document with the values that were decided, and the decisions that found no place in it.

    >>> from restore.decisions import field_decision
    >>> value = FieldValue(path="header.number", value="129")
    >>> document, lost = set_fields(Document(), [field_decision(value, "Lan")])
    >>> document.header.number.value, lost
    ('129', ())
    """
    lost = []
    for decision in decisions:
        if decision.field is None:
            continue
        changed = _set(document, decision.field)
        if changed is None:
            lost.append(decision)
        else:
            document = changed
    return document, tuple(lost)


def field_at(document: Document, path: str) -> Field | str | None:
    """What stands at a path: a field, or the kind, number or title of a section; None where the path leads nowhere."""
    section = _SECTION_RE.fullmatch(path)
    if section:
        found = next((one for one in _all_sections(document.sections) if one.id == section[1]), None)
        return None if found is None else getattr(found, section[2]) or ""
    steps = _steps(path)
    if not steps or steps[0][0] not in _ROOMS:
        return None
    node: Any = document
    for name, index in steps:
        if not isinstance(node, BaseModel) or name not in type(node).model_fields:
            return None
        new = _NEW.get(type(node).model_fields[name].annotation)
        node = getattr(node, name)
        if index is not None:
            if not isinstance(node, tuple) or index >= len(node) + (new is not None):
                return None
            node = new if index == len(node) else node[index]
    return node if isinstance(node, Field) else None


def set_last(log: Sequence[Decision], revision: int, value: FieldValue) -> Decision | None:
    """The last of the decisions after a revision that set the same field and hold; None where nobody has set it.

    A field of a list is followed by its values, as its place may be another; what is added to a list is a field of its own.

    >>> from restore.decisions import field_decision
    >>> first = field_decision(FieldValue(path="closing.recipients[1]", value="Lưu: VT", was="Luu: VT"), "Lan")
    >>> set_last([first], 0, FieldValue(path="closing.recipients[0]", value="Lưu", was="Luu: VT")) == first
    True
    >>> set_last([first], 1, first.field), set_last([first], 0, FieldValue(path="closing.recipients[1]", value="Lưu"))
    (None, None)
    """
    stands = {one.id for one in standing(log)}
    found, was = None, value.was
    for one in log[revision:]:
        if one.field is not None and one.id in stands and _is_of(one.field, value.path, was):
            found, was = one, one.field.value
    return found


def _is_of(set_value: FieldValue, path: str, was: str | None) -> bool:
    """Whether a decision set the field that stands at a path and had this value."""
    room, entry = _ENTRY_RE.fullmatch(set_value.path), _ENTRY_RE.fullmatch(path)
    if room and entry:
        return room[1] == entry[1] and was is not None and set_value.was == was
    return _SIGNER_RE.sub(_first_signer, set_value.path) == _SIGNER_RE.sub(_first_signer, path)


def _first_signer(path: re.Match[str]) -> str:
    return f"closing.signers[0].{path[1] or path[2]}"


def replacing(document: Document, value: FieldValue) -> FieldValue:
    """The same value with what it takes the place of: what the reviewer saw, if a list still has it, else what stands there."""
    if "[" in value.path and _present_path(document, value) is not None:
        return value
    return with_value_there(document, value)


def with_value_there(document: Document, value: FieldValue) -> FieldValue:
    """The same value with what stands at its path now."""
    before = field_at(document, value.path)
    return value.model_copy(update={"was": before.value if isinstance(before, Field) else before})


def _set(document: Document, value: FieldValue) -> Document | None:
    section = _SECTION_RE.fullmatch(value.path)
    if section:
        return _set_in_section(document, section[1], section[2], value.value)
    path = _present_path(document, value)
    if path is None or (value.status == "present" and not value.value):
        return None
    before = field_at(document, path)
    assert isinstance(before, Field)
    field = before.model_copy(
        update={
            "value": value.value if value.status == "present" else None,
            "status": value.status,
            "suggested": False,
            "confidence": 0.0 if value.status == "unreadable" else 1.0,
            "blank_parts": (),
        }
    )
    document = _replaced(document, _steps(path), field)
    twin = _SIGNER_RE.fullmatch(path)  # the first signer stands in two places
    if twin is None:
        return document
    other = f"closing.signer_{twin[1]}" if twin[1] else f"closing.signers[0].{twin[2]}"
    return _replaced(document, _steps(other), field)


def _present_path(document: Document, value: FieldValue) -> str | None:
    """The path of the field now: in a list that was read anew it is where its value before stands."""
    found = field_at(document, value.path)
    head, bracket, rest = value.path.rpartition("[")
    if not bracket:
        return None if found is None or isinstance(found, str) else value.path
    if isinstance(found, Field) and found.value == value.was:
        return value.path
    tail = rest.partition("]")[2]
    if value.was is None and tail:  # what was added has been read meanwhile, or something else has
        return value.path if isinstance(found, Field) and found.value == value.value else None
    # What was added goes to the end of a list that has changed, unless it has been read meanwhile.
    wanted = value.value if value.was is None else value.was
    index = 0
    while (found := field_at(document, path := f"{head}[{index}]{tail}")) is not None:
        if isinstance(found, Field) and found.value == wanted:
            return path
        if found is ABSENT and not tail:
            return path if value.was is None else None
        index += 1
    return None


def _steps(path: str) -> list[tuple[str, int | None]]:
    steps = []
    for part in path.split("."):
        match = _STEP_RE.fullmatch(part)
        if match is None:
            return []
        steps.append((match[1], None if match[2] is None else int(match[2])))
    return steps


def _replaced(node: _Model, steps: Sequence[tuple[str, int | None]], field: Field) -> _Model:
    (name, index), *rest = steps
    value: Any = getattr(node, name)
    if index is None:
        value = _replaced(value, rest, field) if rest else field
    elif index == len(value) and field.status == "absent":
        return node  # nothing is added
    else:
        before = value[index] if index < len(value) else Signer()
        item = _replaced(before, rest, field) if rest else field
        items = [*value[:index], item, *value[index + 1 :]]
        value = tuple(one for one in items if not isinstance(one, Field) or one.status != "absent")
    return node.model_copy(update={name: value})


def _set_in_section(document: Document, section_id: str, name: str, value: str | None) -> Document | None:
    if name == "kind" and value not in get_args(SectionKind):
        return None
    if not any(section.id == section_id for section in _all_sections(document.sections)):
        return None
    sections = tuple(_with(section, section_id, {name: value}) for section in document.sections)
    return document.model_copy(update={"sections": sections})


def _with(section: Section, section_id: str, change: dict[str, str | None]) -> Section:
    if section.id == section_id:
        return section.model_copy(update=change)
    children = tuple(_with(child, section_id, change) for child in section.children)
    return section.model_copy(update={"children": children})


def _all_sections(sections: Iterable[Section]) -> Iterable[Section]:
    for section in sections:
        yield section
        yield from _all_sections(section.children)
