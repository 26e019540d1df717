"""Lines of the end cut where two columns share them: recipients and signature, or several signers side by side."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from restore.structure.lines import CAPITALS, Line, Span, is_upper, stripped
from restore.structure.names import is_office_head, is_person, is_position, is_surname

AUTHORITY = (
    rf"(?:ĐẠI DIỆN\b|(?:TM|KT|TL|TUQ|Q)\s*[./]|(?:T/M|K/T|T/L|T/UQ)[.\s]|[TK]\.[TML]\.?)\s*[{CAPITALS}]{{2}}"
)
AUTHORITY_RE = re.compile(AUTHORITY)
# An engine reads a short dash as a point.
ITEM_RE = re.compile(rf"[-–+•*·]\s*|[.,~]\s+(?=[{CAPITALS}])")

_WIDE_RE = re.compile(r"\s{3,}|\t")
# A second signer begins without a wide gap before him: "ĐẠI DIỆN BÊN A ĐẠI DIỆN BÊN B", "THƯ KÝ CHỦ TỌA".
_INNER_RE = re.compile(rf"(?<=\s)(?:{AUTHORITY}|(?:CHỦ TỌA|CHỦ TRÌ|NGƯỜI (?:GHI|LẬP|KÝ|NHẬN|GIAO))\b)")
# Pages of the web lose the line's end between the two columns: "- Lưu: VT, PCKT. BỘ TRƯỞNG".
_GLUED_RE = re.compile(rf"(?<=\w)(?:KT|TM|TL|TUQ)\.\s*(?=[{CAPITALS}][{CAPITALS} ]+$)")
# What an engine reads where a hand went over the line: "..--cJl{)' CHỦ TỊCH".
_JUNK_RE = re.compile(rf"\S*[^\w\s]{{2,}}\S*\s+(?=[{CAPITALS}]{{2,}}(?: [{CAPITALS}]{{2,}})*$)")
_PAIR_RE = re.compile(
    r"^(?:THƯ KÝ|NGƯỜI LẬP(?: BIỂU| BẢNG| BIÊN BẢN)?|NGƯỜI GHI(?: BIÊN BẢN)?|KẾ TOÁN(?: TRƯỞNG)?|BÊN [A-D])\s+"
    r"(?=(?:CHỦ|GIÁM|THỦ|HIỆU|TRƯỞNG|TỔ|BÊN|PHÓ|ĐẠI) )"
)
_POSITION_TAIL_RE = re.compile(
    rf"(?<=[;.:])(?<!TM\.)(?<!KT\.)(?<!TL\.)(?<!UQ\.)\s+(?=[{CAPITALS}]{{2,}}(?:\s+[{CAPITALS}]{{2,}})+\s*$)"
)
_RANK = r"(?:(?:PGS|GS|TS|ThS|BS|BSCK\w+|KS|CN|DS|LS)[.,]\s*)*"
_NAME_TAIL_RE = re.compile(
    r"(?<=[;.])(?<!TM\.)(?<!KT\.)(?<!TL\.)(?<!UQ\.)\s+"
    rf"(?={_RANK}[{CAPITALS}]\w+(?:\s+[{CAPITALS}]\w*){{1,4}}\s*$)"
)
_WORD_RE = re.compile(r"\S+")
# "PHÓ GIÁM ĐỐC" is one position, not two.
_LEADING_WORDS = frozenset(
    {"PHÓ", "TỔNG", "QUYỀN", "Q.", "NGUYÊN", "KT.", "TM.", "TL.", "TUQ.", "VÀ", "KIÊM"}
)


# At the beginning of a line also in small letters, "T/M Ban chấp hành", and without its point, "KT CHỦ TỊCH".
_LOOSE_AUTHORITY_RE = re.compile(rf"(?:(?:TM|KT|TL|TUQ)\.|[TK]/[MTL]\b|T/UQ\b)\s?[{CAPITALS}][^;:]{{1,60}}$")
_POINTLESS_RE = re.compile(r"(?:KT|TL|TUQ)\s+")


_FIRST_LETTERS = frozenset("TKQĐ")  # of the patterns above


def is_authority(text: str) -> bool:
    """Whether a line tells in whose name one signs.

    >>> [is_authority(text) for text in ("TM. ỦY BAN NHÂN DÂN", "K/T GIÁM ĐỐC", "T/M Ban chấp hành", "GIÁM ĐỐC")]
    [True, True, True, False]
    """
    if text[:1] not in _FIRST_LETTERS:
        return False
    if AUTHORITY_RE.match(text) or _LOOSE_AUTHORITY_RE.match(text):
        return True
    pointless = _POINTLESS_RE.match(text)
    return pointless is not None and is_upper(text) and is_position(text[pointless.end() :])


def closing_columns(source: str, line: Line, label: int, signers: int = 1) -> list[Span]:
    """The line cut where recipients and signature share it, and between several signers.

    Args:
        source: the text.
        line: of the end.
        label: how many characters "Nơi nhận" takes at its beginning.
        signers: how many signatures stand side by side above it.

    >>> from restore.structure.lines import split_lines
    >>> source = "THƯ KÝ CHỦ TỌA"
    >>> [source[slice(*span)] for span in closing_columns(source, split_lines(source)[0], 0)]
    ['THƯ KÝ', 'CHỦ TỌA']
    """
    text = line.text
    cuts = {match.end() for match in _WIDE_RE.finditer(text)}
    if label:
        while label < len(text) and text[label] in " :;.":
            label += 1
        cuts.add(label)
    cuts |= {match.start() for match in _INNER_RE.finditer(text) if is_upper(text[match.start() :])}
    if ITEM_RE.match(text) and (glued := _GLUED_RE.search(text)) and is_position(text[glued.end() :]):
        cuts.add(glued.start())
    if (junk := _JUNK_RE.match(text)) and is_position(text[junk.end() :]):
        return [Span(line.start + junk.end(), line.end)]
    if pair := _PAIR_RE.match(text):
        cuts.add(pair.end())
    tail = _POSITION_TAIL_RE.search(text)
    if (tail and not is_authority(text) and is_position(text[tail.end() :])) or (
        ITEM_RE.match(text) and (tail := _NAME_TAIL_RE.search(text)) and is_person(text[tail.end() :])
    ):
        cuts.add(tail.end())
    if not cuts and signers > 1:
        cuts = set(parted(text, signers))
    edges = [0, *sorted(cuts), len(text)]
    spans = [
        stripped(source, Span(line.start + start, line.start + end))
        for start, end in itertools.pairwise(edges)
    ]
    return [span for span in spans if span.end > span.start]


def parted(text: str, count: int) -> tuple[int, ...]:
    """Where to cut a line without gaps into the positions, offices or names of several signers; nowhere if it isn't.

    >>> [parted(text, 2) for text in ("THỨ TRƯỞNG THỨ TRƯỞNG", "Lê Văn An Trần Thị Bình", "BỘ Y TẾ BỘ NỘI VỤ", "Bình An")]
    [(11,), (10,), (8,), ()]
    """
    words = list(_WORD_RE.finditer(text))
    if len(words) < 2 * count:
        return ()
    if len(words) % count == 0:
        size = len(words) // count
        runs = {
            tuple(word[0] for word in words[start : start + size]) for start in range(0, len(words), size)
        }
        if len(runs) == 1:
            return tuple(words[start].start() for start in range(size, len(words), size))
    starts = [word.start() for word in words]
    if not is_upper(text):
        return _by_heads(text, starts, count, is_surname, is_person)
    heads = _by_heads(text, starts, count, is_office_head, is_office_head)
    return heads or _by_heads(text, starts, count, is_position, is_position)


def _by_heads(
    text: str, starts: list[int], count: int, opens: Callable[[str], bool], holds: Callable[[str], bool]
) -> tuple[int, ...]:
    """The cuts before all words that open a part, where they are as many as asked for and every part holds."""
    later = (start for start in starts[1:] if opens(text[start:]) and " " in text[start:])
    cuts = [0, *(start for start in later if not _led(text[:start]))]
    if count == 2 and opens is is_surname:  # a middle name may be a surname too: the halves have to be alike
        cuts = [0, *sorted(cuts[1:], key=lambda cut: abs(2 * cut - len(text)))[:1]]
    if len(cuts) != count:
        return ()
    parts = [text[start:end].strip() for start, end in itertools.pairwise([*cuts, len(text)])]
    return tuple(cuts[1:]) if all(map(holds, parts)) else ()


def _led(before: str) -> bool:
    """Whether the word before belongs to what follows."""
    return bool(before.strip()) and before.split()[-1] in _LEADING_WORDS
