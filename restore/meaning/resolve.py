"""Where in its own document a locator leads: ``khoản 2 Điều 5`` to the section that is it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from restore.meaning.locators import DEPTHS, THIS, Part
from restore.meaning.passages import Passages
from restore.structure.body import Node

# What may be meant by each word: plans call "I." a mục or a phần, and "1." a mục, a khoản or a điểm.
_KINDS = {
    "phan": ("part", "section"),
    "chuong": ("chapter",),
    "muc": ("section", "part", "clause"),
    "tieu muc": ("section", "clause"),
    "dieu": ("article",),
    "khoan": ("clause",),
    "diem": ("point", "clause"),
    "tiet": ("point", "clause"),
}
_ARTICLES = "articles"  # where the articles of a document are found, whatever they stand in


class Outline:
    """The numbered sections of a document, found by their numbers; quoted ones are another document's."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._nodes: dict[str, Node] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        for name, scope, node in _numbered(passages.nodes, "s", ""):
            assert node.number is not None
            self._nodes[name] = node
            if node.kind == "article":
                scope = _ARTICLES
            self._names.setdefault((scope, _key(node.number)), []).append(name)

    def target(self, parts: Sequence[Part], standing: str | None, *, whole: bool = False) -> str | None:
        """The id of the section that a locator leads to, None where there is none.

        Args:
            parts: its steps, outwards or inwards.
            standing: the section that the locator stands in, None outside the body.
            whole: it counts from the beginning of the document ("Điều 3 Quyết định này") and not from where it stands,
                which may be an annexed regulation with articles of its own.
        """
        inwards = len(parts) > 1 and DEPTHS[parts[0].kind] < DEPTHS[parts[-1].kind]
        first, *steps = parts if inwards else reversed(parts)
        scopes = tuple(_upwards("" if whole and first.number != THIS else standing or ""))
        if first.number == THIS:
            found = next((scope for scope in scopes if self._fits(first, scope)), None)
        else:
            found = next((name for scope in scopes if (name := self._below(first, scope))), None)
        for step in steps:
            found = self._below(step, found) if found else None
        return found

    def _below(self, step: Part, scope: str) -> str | None:
        """The section of that number in a scope: an article at any depth, others right under it."""
        if step.kind == "phu luc":
            return self._annexes.get(_key(step.number))
        if step.kind == "dieu":
            names = self._names.get((_ARTICLES, _key(step.number)), ())
            return next((name for name in names if name.startswith(f"{scope}." if scope else "s")), None)
        names = self._names.get((scope, _key(step.number)), ())
        found = next((name for name in names if self._fits(step, name)), None)
        outer, point, inner = step.number.rpartition(".")
        if found is None and point:  # "mục II.2"
            above = self._below(Part(step.kind, outer), scope)
            found = self._below(Part("khoan", inner), above) if above else None
        return found

    def _fits(self, step: Part, name: str) -> bool:
        return name in self._nodes and self._nodes[name].kind in _KINDS.get(step.kind, ())

    @cached_property
    def _annexes(self) -> dict[str, str]:
        """The sections headed "PHỤ LỤC …", by their numbers."""
        folded, text = self._passages.folded, self._passages.text
        annexes: dict[str, str] = {}
        for passage in self._passages.passages:
            if passage.section_id and folded.startswith("phu luc ", passage.start, passage.end):
                words = [word for word in text[passage.start : passage.end].split() if word.lower() != "số"]
                if len(words) > 2:
                    annexes.setdefault(_key(words[2]), passage.section_id)
        return annexes


def _numbered(nodes: Sequence[Node], prefix: str, scope: str) -> Iterator[tuple[str, str, Node]]:
    """Numbered sections with their ids and what they are right under: a numbered section, an annex, or "" for neither."""
    for index, node in enumerate(nodes, start=1):
        if node.quoted:
            continue
        name = f"{prefix}{index}"
        below = scope
        if node.number is not None:
            yield name, scope, node
            below = name
        elif node.annex and node.children:
            below = name
        yield from _numbered(node.children, f"{name}.", below)


def _upwards(name: str) -> Iterator[str]:
    """A section, those it stands in, from the inside out, and "" for the whole document."""
    while name:
        yield name
        name = name.rpartition(".")[0]
    yield ""


def _key(number: str) -> str:
    return number.casefold().removeprefix("thứ ").strip(".:")
