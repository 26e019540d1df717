"""The shapes of amounts with a unit and of codes of capitals and figures: ``10kg``, ``12.500 m2``, ``12A1``, ``QL10``.

Health takes every part of such a shape for sound. The search, which reads damaged text, knows only the narrower shapes that no
damaged word was met in: engines write 1, 5, 6, 8, 9 and 0 for letters, so that ``H6`` may be HỒ and ``6m`` be ỐM.
"""

from __future__ import annotations

import re

# What health takes for sound: 10h30, 5m2, km2, 66kV, 238U, Km9+500, A4, K12, 2a, and the points of laws: d1, đ2 (but not s6,
# which is số).
SOUND_RE = re.compile(
    r"\d+[a-zđ]{0,3}\d*|\d+[kmMGn]?[A-Z][a-z]?|[kcdm]?m[23²³]|[Kk]m[\d+]+|[a-zđ][123]|[A-ZĐ]+\d+[A-ZĐ]*",
    re.ASCII,
)

_UNIT = r"(?:k?m[23²³]|[cd]m[23]|[kcdm]m|[mk]?g|kVA?|kWh?|MWh?|kWp|[mM]l|ha|GB|MB|Hz|tr\.?[dđ])"
# By letters: what a single letter may follow has two figures, "6m" may be a word.
_AMOUNT = rf"\d[\d.,]*{_UNIT}|(?=\d[.,]?\d)\d[\d.,]*[mghlVWdđ]|\d{{1,2}}h\d{{2}}"
_PLATE = r"\d{2}[A-ZĐ]{1,2}\d?-(?:\d{3}\.?\d{2}|\d{4})"
_CODE = (
    r"T\d{1,2}/\d{4}"  # month
    r"|(?:QL|TL|ĐT|DT|HL)\.?\d{1,3}[A-ZĐ]?"  # road
    r"|\d{1,3}[A-ZĐ]\d{0,2}"  # 12A1, 5B
    r"|[A-ZĐ]{1,3}\d{2,3}|[A-ZĐ]{1,3}[1-47]|[A-ZĐ]\d[A-ZĐ]\d"  # DN100, KT3, H5N1
    r"|[A-ZĐ]{2,3}\d{1,2}[.,]\d{1,2}"  # PM2.5
    r"|[Kk]m\d+(?:\+\d+)?"
)
# Amounts and codes inside a chunk, between marks.
FIXED_RE = re.compile(
    rf"(?<![^\s(\[/,;:\"“–-])(?:{_PLATE}|{_AMOUNT}|{_CODE})(?=[;:)\]/\"”–-]|[.,](?!\d)|$)", re.ASCII
)
# A unit that stands alone, behind a blank; those of a single letter, and "ha", could be words.
UNIT_RE = re.compile(r"\(?(?P<unit>k?m[23²³]|[kcm]m|kg|ml|kVA?|kWh?|MWh?|tr\.?[dđ])[.,;:)]*(?:/\w+[.,;:)]*)?")
