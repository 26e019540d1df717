"""How an element becomes the bytes of a file: the same element always the same bytes."""

from __future__ import annotations

from xml.etree import ElementTree


def xml_bytes(root: ElementTree.Element, doctype: str = "") -> bytes:
    """A file of XML in UTF-8, indented, with a line break at its end.

    >>> print(xml_bytes(ElementTree.Element("alto")).decode())
    <?xml version="1.0" encoding="UTF-8"?>
    <alto />
    <BLANKLINE>
    """
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{body}\n'.encode()


def confidence_text(confidence: float) -> str:
    """A probability to four places, as short as it can be written.

    >>> confidence_text(0.98), confidence_text(1.0)
    ('0.98', '1')
    """
    return f"{confidence:.4f}".rstrip("0").rstrip(".")
