"""The objects of a PDF, those inside others too, and what pages inherit."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Page, Pdf, Stream

# Deeper than any writer nests; a damaged file may nest without end.
_DEEPEST = 50


def parts(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and every stream of a file, also those that are written inside another, each once."""
    for item in pdf.objects:
        yield from _parts(item, 0)


def _parts(item: object, depth: int) -> Iterator[Object]:
    if depth > _DEEPEST:
        return
    if isinstance(item, Dictionary | Stream):
        yield item
        inner = [value for _, value in item.items()]
    elif isinstance(item, Array):
        inner = list(item)
    else:
        return
    for value in inner:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _parts(value, depth + 1)


def inherited(page: Page, name: str) -> Object | None:
    """An attribute of a page, or of the nearest node above it that has it."""
    node: Object = page.obj
    for _ in range(100):  # of a damaged tree, which may lead back to itself
        if name in node:
            return node[name]
        if "/Parent" not in node:
            break
        node = node.Parent
    return None
