"""Vietnamese encodings from before Unicode, as the characters they show up as when read as Latin-1.

TCVN3 and VNI are encodings of fonts (``.VnTime``, ``VNI-Times``), VISCII and VPS are 8-bit character sets.
The tables are those of viparse (MIT), which were checked on real documents of agencies; what they lack is
added here. Whether a text is in one of them at all is judged in :mod:`restore.language.encodings`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from restore.language.vietnamese import MARKED_LETTERS, nfc

LEGACY_ENCODINGS = ("tcvn3", "vni", "viscii", "vps")

# viparse leaves out what its corpus does not hold. The same rows of the VNI-Windows layout: breve with hook,
# and y with dot.
_VNI_GAPS = {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}

# The soft hyphen (ư in TCVN3) and the middle dot (ã) as a PDF text layer gives them: minus sign, bullet
# operator.
_PDF_GLYPHS = {"\N{MINUS SIGN}": "\N{SOFT HYPHEN}", "\N{BULLET OPERATOR}": "\N{MIDDLE DOT}"}
_PDF_GLYPH_RE = re.compile(r"(?<=[^\W\d_])[\u2212\u2219]|[\u2212\u2219](?=[^\W\d_])")

# VISCII and VPS keep letters at 0x80 to 0x9F, which Windows-1252 shows as typographic signs: back to Latin-1.
_CP1252_TO_LATIN1 = {
    ord(bytes([byte]).decode("cp1252")): chr(byte)
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # unassigned in Windows-1252
}


# Vietnamese letters outside Latin-1, composed or as combining tones.
_UNICODE_RE = re.compile(f"[{''.join(sorted(c for c in MARKED_LETTERS if ord(c) > 0xFF))}\u0300-\u0323]")


@cache
def _table(encoding: str) -> tuple[re.Pattern[str], dict[str, str]]:
    # viparse takes a tenth of a second to import, and few documents need it.
    from viparse.normalize.encodings import CHARMAPS

    pairs: dict[str, str] = dict(CHARMAPS[encoding].pairs)
    if encoding == "vni":
        pairs |= _VNI_GAPS
    longest_first = sorted(pairs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), pairs


@cache
def codes(encoding: str) -> Mapping[str, str]:
    """The code of every letter that a legacy encoding has one for, as it shows up when read as Latin-1.

    >>> codes("tcvn3")["ộ"], codes("vni")["ộ"], "Ộ" in codes("tcvn3")
    ('é', 'oä', False)
    """
    found: dict[str, str] = {}
    for code, letter in _table(encoding)[1].items():
        found.setdefault(letter, code)
    return found


def from_legacy(text: str, encoding: str) -> str:
    r"""Convert text whose characters are the Latin-1 reading of a legacy encoding to Unicode, NFC.

    TCVN3 has no accented capitals, its capital fonts draw the small codes large: words that are otherwise in
    capitals become capitals throughout.

    Args:
        text: as read with Latin-1 or Windows-1252, or as a PDF text layer gives it.
        encoding: one of :data:`LEGACY_ENCODINGS`.

    >>> from_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> from_legacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> from_legacy("UBND TØNH, Së X¢Y DùNG", "tcvn3")
    'UBND TỈNH, SỞ XÂY DỰNG'

    Lines with letters that no legacy encoding has are Unicode already, a stamp for instance, and stay:

    >>> from_legacy("Ký bởi: Văn thư có dấu\nngµy 12", "tcvn3")
    'Ký bởi: Văn thư có dấu\nngày 12'
    """
    if _UNICODE_RE.search(text):
        return "\n".join(
            nfc(line) if _UNICODE_RE.search(line) else _convert(line, encoding) for line in text.split("\n")
        )
    return _convert(text, encoding)


def _convert(text: str, encoding: str) -> str:
    pattern, pairs = _table(encoding)
    if encoding in ("viscii", "vps"):
        text = text.translate(_CP1252_TO_LATIN1)
    elif encoding == "tcvn3":
        text = _PDF_GLYPH_RE.sub(lambda match: _PDF_GLYPHS[match[0]], text)
        return nfc(_with_capitals(text, pairs))
    return nfc(pattern.sub(lambda match: pairs[match[0]], text))


_TCVN3_RUN_RE = re.compile(r"[^\s\d.,;:/()\"'–-]+")


def _with_capitals(text: str, pairs: dict[str, str]) -> str:
    """Convert TCVN3 word by word, in capitals where the word's own letters or its neighbours are."""
    words = list(_TCVN3_RUN_RE.finditer(text))
    shapes = [_capital_shape(word[0]) for word in words]
    parts: list[str] = []
    position = 0
    for index, word in enumerate(words):
        neighbours = [
            shapes[other]
            for other in (index - 1, index + 1)
            if 0 <= other < len(words) and not _parted_by_line(text, word, words[other])
        ]
        capitals = shapes[index] == "capitals" or (
            shapes[index] == "unclear" and "capitals" in neighbours and "small" not in neighbours
        )
        converted = "".join(pairs.get(letter, letter) for letter in word[0])
        parts += text[position : word.start()], converted.upper() if capitals else converted
        position = word.end()
    parts.append(text[position:])
    return "".join(parts)


def _parted_by_line(text: str, word: re.Match[str], other: re.Match[str]) -> bool:
    return "\n" in text[min(word.end(), other.end()) : max(word.start(), other.start())]


def _capital_shape(word: str) -> str:
    """``capitals``, ``small``, or ``unclear``: ``§é`` may be Độ or ĐỘ, ``ë`` ở or Ở."""
    capitals = sum("A" <= letter <= "Z" or letter in "¡¢£¤¥¦§" for letter in word)
    if any("a" <= letter <= "z" or letter in "¨©ª«¬\N{SOFT HYPHEN}®" for letter in word):
        return "small"
    return "capitals" if capitals > 1 else "unclear"
