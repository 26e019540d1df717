"""What MkDocs is taught for the documentation site: links out of ``docs/``, and figures that are written down in one place only.

    [text](../samples/README.md)              a file of the project that is no page: shown as its path, and must exist
    <!-- table 1: scans.md: How well -->      the first table below that heading of another page, or of README.md
    <!-- text 1: scans.md: How well -->       the first paragraph

Examples in docstrings become code there; without a heading of their own they would be quotations.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import griffe
from mkdocs.exceptions import PluginError

_EXAMPLE_RE = re.compile(r"^([ \t]*)>>> .*(?:\n[ \t]*\S.*)*", re.MULTILINE)
ROOT = Path(__file__).parents[1]
_OUTSIDE_RE = re.compile(r"\[([^\]]*)\]\(\.\./([^)#]+)(?:#[^)]*)?\)")
_PIECE_RE = re.compile(r"<!-- (table|text) (\d): (\S+): (.+?) -->")
_LINK_TO_DOCS_RE = re.compile(r"\]\(docs/")


def on_page_markdown(markdown: str, **_: Any) -> str:  # noqa: ANN401 - MkDocs says what it passes
    """A page's text as MkDocs is to read it.

    Raises:
        PluginError: it names a file, a table or a paragraph that is not there.
    """
    return _OUTSIDE_RE.sub(_path, _PIECE_RE.sub(_piece, markdown))


def _path(link: re.Match[str]) -> str:
    if not (ROOT / link[2]).exists():
        raise PluginError(f"there is no {link[2]}")
    return f"`{link[2]}`"


def _piece(place: re.Match[str]) -> str:
    kind, number, name, heading = place.groups()
    file = ROOT / name if name == "README.md" else ROOT / "docs" / name
    text = file.read_text("utf-8") if file.exists() else ""
    _, found, below = text.partition(f"\n## {heading}\n")
    section = re.split(r"^## ", below, maxsplit=1, flags=re.MULTILINE)[0]
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", section) if piece.strip()]
    fitting = [piece for piece in pieces if piece.startswith("|") == (kind == "table")]
    if not found or len(fitting) < int(number):
        raise PluginError(f"{name} has no {kind} {number} below “{heading}”")
    return _LINK_TO_DOCS_RE.sub("](", fitting[int(number) - 1])


class Examples(griffe.Extension):
    """Makes the examples in docstrings code."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:  # noqa: ANN401 - as above
        """Called for every object that has been read."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    r"""The docstring with its examples, each up to the next empty line, as blocks of code.

    >>> fenced("One.\n\n>>> 1 + 1\n2")
    'One.\n\n```python\n>>> 1 + 1\n2\n```'
    """
    return _EXAMPLE_RE.sub(lambda found: f"{found[1]}```python\n{found[0]}\n{found[1]}```", docstring)
