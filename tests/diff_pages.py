"""What a diff page holds, read from its HTML as its own script reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Mark:
    """A changed or doubtful place: its words on either side, and what is told of it."""

    kind: str
    state: str
    told: list[str]
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    changed: str = ""  # the letters of the right side that are said to have changed


@dataclass
class Row:
    """A line: its numbers and text on either side."""

    left_number: int
    right_number: int
    gap: bool
    left: str
    right: str


class DiffPage(HTMLParser):
    """Rows, marks and images of a diff page, and all its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[Row] = []
        self.marks: list[Mark] = []
        self.images: dict[int, list[Any]] = {}  # by the number of their line
        self._open: list[str] = []
        self._json: list[list[str]] = []  # the data of each chunk, and that of the page
        self._lines: list[list[tuple[str, str]]] = []
        self._texts: list[str] = []
        self.feed(html)
        self._read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "section":
            self._json.append([])
            self._lines.append([])
        elif tag == "script":
            data = attributes.get("type") == "application/json"
            self._open.append("data" if data else "script")
            if data and "id" in attributes:
                self._json.append([])
            if data:
                self._json[-1].append("")
        elif tag == "pre":
            self._open.append("pre")
            self._texts.append("")
        elif tag == "div" and attributes.get("class") == "r":
            self._open.append("r")
        elif tag == "p" and self._open[-1:] == ["r"]:
            self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._open.pop()
        elif tag == "pre" and self._open[-1:] == ["pre"]:
            self._open.pop()
            self._lines[-1] += [(line, line) for line in self._texts.pop().split("\n")]
        elif tag == "div" and self._open[-1:] == ["r"]:
            self._open.pop()
            left, right = self._texts
            self._texts = []
            self._lines[-1].append((left, right))

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["data"]:
            self._json[-1][-1] += data
        elif self._texts:
            self._texts[-1] += data

    def _read(self) -> None:
        page = json.loads(self._json[-1][0])
        numbers = [0, 0]
        for chunk, lines in zip(self._json, self._lines, strict=False):
            entries = json.loads(chunk[0])
            assert len(entries) == len(lines)
            images = json.loads(chunk[1]) if len(chunk) > 1 else {}
            for entry, (left, right) in zip(entries, lines, strict=True):
                given, *marks = entry or [0]
                here = given or [numbers[0] + 1, numbers[1] + 1, 0]
                numbers = [new or old for new, old in zip(here, numbers, strict=False)]
                self.rows.append(Row(here[0], here[1], bool(here[2]), left, right))
                if str(here[0]) in images:
                    self.images[here[0]] = images[str(here[0])]
                self._read_marks(marks, left.split(" "), right.split(" "), page)

    def _read_marks(self, marks: list[Any], left: list[str], right: list[str], page: dict[str, Any]) -> None:
        at = [0, 0]
        for passed, length, passed_right, length_right, kind, state, since, runs, *told in marks:
            if not since:
                reasons = [page["told"][index] for index in told]
                self.marks.append(
                    Mark(page["kinds"][kind], page["states"][state] if state >= 0 else "", reasons)
                )
            mark = self.marks[-since] if since else self.marks[-1]
            starts = at[0] + passed, at[1] + passed_right
            at = [starts[0] + length, starts[1] + length_right]
            mark.left += left[starts[0] : at[0]]
            words = right[starts[1] : at[1]]
            mark.right += words
            letters = " ".join(words)
            for turn, digit in enumerate(runs):
                run, letters = letters[: int(digit, 36)], letters[int(digit, 36) :]
                mark.changed += run if turn % 2 else ""
            assert not runs or not letters

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of all tags of a class."""
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]

    @property
    def told(self) -> dict[str, str]:
        """What is told of each place, by what became what in it."""
        return {f"{' '.join(m.left)} → {' '.join(m.right)}": "\n".join(m.told) for m in self.marks}
