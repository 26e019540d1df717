"""What share of whole collections of documents has each component: the table in ``docs/structure.md``.

    python -m tools.component_shares FOLDER vbpl local-decisions

Documents of a collection are parted by lines ``<<<name>>>``. Every document is parsed; an exception ends the program, and
so does a document whose components, put together, are not its text.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from restore.document import Document
from restore.field import Field
from restore.parser import build_document
from tools.corpora import all_documents, read_lines

PAGE = 2500


def present(document: Document) -> Iterator[str]:
    """The names of the components that a document has, those left blank or unreadable among them."""
    for part in (document.header, document.closing):
        for name, value in part:
            if isinstance(value, Field):
                if value.status != "absent":
                    yield name
            elif value:
                yield name
    for name in ("legal_bases", "sections", "references", "deadlines", "assignments"):
        if getattr(document, name):
            yield name
    for name, found in document.mentions:
        if found:
            yield name
    yield from {f"warning {warning.code}" for warning in document.quality.warnings}


def main() -> None:
    """Print the table, one column a collection."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpora", nargs="+")
    options = parser.parse_args()
    shares: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for name in options.corpora:
        shares[name] = Counter()
        characters, start = 0, time.process_time()
        for found in all_documents(read_lines(options.folder, name)):
            text = "\n".join(found.lines)
            document = build_document(text)
            if "".join(text[one.start : one.end] for one in document.components) != text:
                raise SystemExit(f"{name}: the components of a document are not its text")
            shares[name].update(present(document))
            sizes[name] += 1
            characters += len(text)
        speed = characters / PAGE / (time.process_time() - start)
        print(f"{name}: {sizes[name]} documents, {characters / PAGE:.0f} pages, {speed:.0f} pages a second")
    names = sorted(set().union(*shares.values()), key=lambda name: -sum(one[name] for one in shares.values()))
    print("| component | " + " | ".join(shares) + " |\n|---|" + "---|" * len(shares))
    for name in names:
        print(f"| {name} | " + " | ".join(f"{shares[one][name] / sizes[one]:.1%}" for one in shares) + " |")


if __name__ == "__main__":
    main()
