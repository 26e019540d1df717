"""Which characters a file can hold."""

from __future__ import annotations

import re

# XML 1.0 has no control characters but tab and line ends, no lone surrogates and no U+FFFE and U+FFFF.
_UNPRINTABLE_RE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    r"""The text with each character that XML (so DOCX and XLSX, too) cannot hold as the replacement character.

    >>> printable("Kế\x00 hoạch")
    'Kế� hoạch'
    """
    return _UNPRINTABLE_RE.sub("\N{REPLACEMENT CHARACTER}", text)
