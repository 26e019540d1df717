"""Zip packages (DOCX, XLSX) without the time at which they were made: the same content gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_MADE_RE = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def timeless(package: bytes) -> bytes:
    """The package with its parts in their order, all of them dated 1 January 1980."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MADE_RE.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, data)
    return target.getvalue()
