"""Where in its own document a locator leads: ``khoản 2 Điều 5`` to the section that is it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from restore.meaning.locators import THIS, Part
from restore.meaning.passages import Passages
from restore.structure.body import Node

# What may be meant by each word: plans call "I." a mục or a phần, and "1." a mục, a khoản or a điểm.
_KINDS = {
    "dieu": ("article",),
    "khoan": ("clause",),
    "diem": ("point", "clause"),
    "tiet": ("point", "clause"),
    "muc": ("section", "part", "clause"),
    "tieu muc": ("section", "clause"),
    "chuong": ("chapter",),
    "phan": ("part", "section"),
}


class Outline:
    """The numbered sections of a document, found by their numbers; quoted ones are another document's."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._nodes: dict[str, Node] = {}
        self._numbered: dict[tuple[str, str], list[str]] = {}
        for name, parent, node in _numbered_nodes(passages.nodes):
            self._nodes[name] = node
            self._numbered.setdefault((parent, _key(node.number)), []).append(name)
            if node.kind == "article":
                self._numbered.setdefault(("article", _key(node.number)), []).append(name)

    def target(self, parts: Sequence[Part], standing: str | None, *, whole: bool = False) -> str | None:
        """The id of the section that a locator leads to, None where there is none.

        Args:
            parts: its steps, outwards or inwards.
            standing: the section that the locator stands in, None outside the body.
            whole: it counts from the beginning of the document ("Điều 3 Quyết định này"), not from where it stands.
        """
        steps = parts if len(parts) > 1 and _depth(parts[0]) < _depth(parts[-1]) else tuple(reversed(parts))
        found = self._first(steps[0], "" if whole and steps[0].number != THIS else standing or "")
        for step in steps[1:]:
            if found is None:
                return None
            found = self._below(step, found)
        return found

    def _first(self, step: Part, standing: str) -> str | None:
        scopes = list(_upwards(standing))
        if step.number == THIS:
            return next((one for one in scopes if one in self._nodes and self._fits(step, one)), None)
        if step.kind == "phu luc":
            return self._annexes.get(_key(step.number))
        return next((found for scope in scopes if (found := self._below(step, scope))), None)

    def _below(self, step: Part, scope: str) -> str | None:
        """The section of that number in a scope: articles at any depth, others right under it."""
        if step.kind == "dieu":
            names = self._numbered.get(("article", _key(step.number)), ())
            return next((one for one in names if not scope or one.startswith(f"{scope}.")), None)
        if step.kind in ("phu luc",):
            return None
        names = self._numbered.get((scope, _key(step.number)), ())
        found = next((one for one in names if self._fits(step, one)), None)
        if found is None and "." in step.number:
            first, _, rest = step.number.partition(".")
            outer = self._below(Part(step.kind, first), scope)
            return self._below(Part("khoan", rest), outer) if outer else None
        return found

    def _fits(self, step: Part, name: str) -> bool:
        return self._nodes[name].kind in _KINDS.get(step.kind, ())

    @cached_property
    def _annexes(self) -> dict[str, str]:
        """The sections headed "PHỤ LỤC …" by their numbers."""
        folded, text = self._passages.folded, self._passages.text
        annexes: dict[str, str] = {}
        for passage in self._passages.passages:
            if passage.kind == "title" and passage.section_id and folded.startswith("phu luc", passage.start):
                words = text[passage.start : passage.end].split()
                if len(words) > 2:
                    annexes.setdefault(_key(words[3 if words[2].lower() == "số" and words[3:] else 2]), passage.section_id)
        return annexes


def _depth(part: Part) -> int:
    return tuple(_KINDS).index(part.kind) if part.kind in _KINDS else -1
