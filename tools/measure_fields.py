"""Measure the parser over hand-checked documents: fields right, and every miss by name.

    python tools/measure_fields.py FOLDER

``FOLDER`` holds one folder a document with ``page-*.gold.txt`` (or ``text.txt``) and ``fields.json``;
values there
are as printed, lines joined by one blank.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from restore.document import Document, Field, Section
from restore.parser import build_document

HEADER_FIELDS = (
    "issuer_parent", "issuer", "number", "notation", "place", "date", "doc_type", "subject",
    "signer_authority", "signer_position", "signer_name",
)  # fmt: skip
LIST_FIELDS = ("addressee", "recipients", "legal_bases", "outline")


def read_text(folder: Path) -> str:
    """The pages of a document in their order, joined by an empty line."""
    pages = sorted(
        folder.glob("page-*.gold.txt"), key=lambda path: int(path.name.split("-")[1].split(".")[0])
    )
    if pages:
        return "\n\n".join(page.read_text(encoding="utf-8") for page in pages)
    return (folder / "text.txt").read_text(encoding="utf-8")


def plain(value: object) -> object:
    """A value for comparison: white space folded, an end mark of a clause left aside."""
    return " ".join(value.split()).rstrip(" ;.") if isinstance(value, str) else value


def values(fields: tuple[Field, ...]) -> list[str]:
    """The values of fields, empty ones left out."""
    return [field.value for field in fields if field.value]


def outline(sections: tuple[Section, ...], level: int = 1) -> list[tuple[int, str, str]]:
    """Level, number and title (or text) of every numbered section; dashes and unnumbered parts left out."""
    rows: list[tuple[int, str, str]] = []
    for section in sections:
        if section.number is None:
            rows += outline(section.children, level) if section.kind == "paragraph" else []
            continue
        number = f"Điều {section.number}" if section.kind == "article" else section.number
        rows.append((level, number, section.title or section.text))
        rows += outline(section.children, level + 1)
    return rows


def found_fields(document: Document) -> dict[str, Any]:
    """The document's fields under the names of ``fields.json``."""
    header, closing = document.header, document.closing
    return {
        **{
            name: getattr(header, name).value
            for name in ("issuer_parent", "issuer", "number", "notation", "place")
        },
        "date": header.issued_date.value,
        "doc_type": header.doc_type.value,
        "subject": header.subject.value,
        **{name: getattr(closing, name).value for name in HEADER_FIELDS[-3:]},
        "addressee": "; ".join(values(header.addressees)) or None,
        "recipients": values(closing.recipients),
        "legal_bases": [basis.text.value for basis in document.legal_bases],
        "outline": outline(document.sections),
    }


def expected_items(name: str, value: object) -> list[Any]:
    """The items of a list field; an outline's as (level, number, title or text)."""
    if name == "addressee":
        return [plain(value)] if value else []
    if name == "outline":
        return [
            (row["level"], row["number"], plain(row["title"] or row.get("text", ""))) for row in value or []
        ]
    return [plain(item) for item in _as_list(value)]


def measure(folder: Path) -> Iterator[tuple[str, bool, str]]:
    """(field, right, what was expected and found) for every non-null field and list item of one document."""
    expected = json.loads((folder / "fields.json").read_text(encoding="utf-8"))
    found = found_fields(build_document(read_text(folder)))
    for name in HEADER_FIELDS:
        want, got = expected.get(name), found[name]
        if want is not None or got is not None:
            kind = name if want is not None else f"{name} (null)"
            yield kind, plain(want) == plain(got), f"{want!r} <- {got!r}"
    for name in LIST_FIELDS:
        wanted = expected_items(name, expected.get(name))
        had = [
            plain(item) if name != "outline" else (*item[:2], plain(item[2]))
            for item in _as_list(found[name])
        ]
        for item in wanted:
            yield name, item in had, f"{item!r} is missing"
        for item in had:
            if item not in wanted:
                yield f"{name} (extra)", False, f"{item!r} is too much"


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def main() -> int:
    """Print the table and the misses; exit code 1 where less than nine tenths of the head is right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folders = sorted(path.parent for path in parser.parse_args().folder.glob("*/fields.json"))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    misses: list[str] = []
    for folder in folders:
        for name, good, detail in measure(folder):
            total[name] += 1
            right[name] += good
            if not good:
                misses.append(f"{folder.name}: {name}: {detail}")
    for name in (*HEADER_FIELDS, *LIST_FIELDS):
        print(f"{name:18} {right[name]:4} of {total[name]:4}")
    for name in sorted(set(total) - set(HEADER_FIELDS) - set(LIST_FIELDS)):
        print(f"{name:24} {total[name]:4}")
    head, of = sum(right[name] for name in HEADER_FIELDS), sum(total[name] for name in HEADER_FIELDS)
    print(f"header and signer: {head} of {of} ({head / max(1, of):.3f})\n" + "\n".join(misses))
    return 0 if head >= 0.9 * of else 1


if __name__ == "__main__":
    sys.exit(main())
