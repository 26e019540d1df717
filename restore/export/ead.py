"""EAD_doc: the metadata of one document as XML, as packages of Thông tư 05/2025/TT-BNV hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree

from restore.export.characters import printable


def ead_doc(row: Mapping[str, str]) -> bytes:
    """The fields in their order as elements of ``simpledc``; what is empty is an empty element.

    >>> print(ead_doc({"docId": "H49.1", "subject": ""}).decode())
    <?xml version="1.0" encoding="UTF-8"?>
    <simpledc>
      <docId>H49.1</docId>
      <subject />
    </simpledc>
    <BLANKLINE>
    """
    root = ElementTree.Element("simpledc")
    for name, value in row.items():
        ElementTree.SubElement(root, name).text = printable(value) or None
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def ead_names(documents: Sequence[str]) -> tuple[str, ...]:
    """The file of each document, ``EAD_doc_<name>.xml`` beside its place in the batch.

    The suffix of the source is left out, as in the circular's own packages, unless two would get one name.

    >>> ead_names(["a/plan.pdf", "b/note.pdf", "b/note.txt"])
    ('a/EAD_doc_plan.xml', 'b/EAD_doc_note.pdf.xml', 'b/EAD_doc_note.txt.xml')
    """
    places = [PurePosixPath(name) for name in documents]
    counts = Counter(place.with_suffix("").as_posix().lower() for place in places)
    return tuple(
        (
            place.parent
            / f"EAD_doc_{place.stem if counts[place.with_suffix('').as_posix().lower()] == 1 else place.name}.xml"
        ).as_posix()
        for place in places
    )
