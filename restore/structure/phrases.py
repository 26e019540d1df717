"""Fixed phrases of Decree 30/2020/NĐ-CP, found in spite of a few damaged letters.

Comparison is on folded text (lower case, no marks), where a lost mark costs nothing; rapidfuzz bears the
rest.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from restore.structure.lines import Span, fold

NATIONAL_NAME = "cong hoa xa hoi chu nghia viet nam"
PARTY_NAME = "dang cong san viet nam"
MOTTO = "doc lap - tu do - hanh phuc"
RECIPIENTS = "noi nhan"

# Half of the letters of these lines may be capitals with lost marks that an engine misreads; 75 of 100
# still finds
# "CQNG HOA xA HQI CH:U NGHiA VItT NAM" of the damaged sample and no other line of the two samples.
SIMILAR = 75.0
# The party's name has too much in common with those of associations ("HỘI NÔNG DÂN VIỆT NAM": 81).
SIMILAR_PARTY = 88.0

_URGENCY = ("hoa toc hen gio", "hoa toc", "thuong khan", "khan")
_SECRECY = ("tuyet mat", "toi mat", "mat")
_CIRCULATION = ("xem xong tra lai", "luu hanh noi bo", "chi luu hanh noi bo", "khong pho bien")
_COPIES = ("sao y ban chinh", "sao y", "trich sao", "sao luc", "ban sao")
_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("urgency", _URGENCY),
    ("secrecy", _SECRECY),
    ("circulation", _CIRCULATION),
    ("copy_of", _COPIES),
)
MARK_EDGE = " .:*[]()"
_MARK_LABEL_RE = re.compile(r"[\s.:*\[\](]*(?:(?:do|muc do|muc) (?:mat|khan)\s*:\s*)?")


def find_phrase(phrase: str, folded: str, similar: float = SIMILAR) -> Span | None:
    """Where a folded phrase stands in a folded line, whole words, or None.

    Args:
        phrase: what is looked for.
        folded: the line.
        similar: of 100, how much of the phrase must be there.

    >>> find_phrase(NATIONAL_NAME, fold("ỦY BAN NHÂN DÂN CỌNG HÒA XÃ HỘI CHỦ NGHĨA VIÊT NAM"))
    Span(start=16, end=50)
    >>> find_phrase(MOTTO, fold("Về việc công bố Danh mục")) is None
    True
    """
    if len(folded) < len(phrase) - 4:
        return None
    found = folded.find(phrase)
    if found >= 0:
        return Span(found, found + len(phrase))
    alignment = fuzz.partial_ratio_alignment(phrase, folded, score_cutoff=similar)
    if alignment is None:
        return None
    start, end = alignment.dest_start, alignment.dest_end
    # Move to the nearer edge of the word that the alignment cuts.
    while start > 0 and not folded[start - 1].isspace() and folded[start].isalnum():
        start -= 1
    while end < len(folded) and not folded[end].isspace():
        end += 1
    return Span(start, end)


def starts_with(phrase: str, folded: str) -> int:
    """How many characters a folded phrase takes at the start of a line, one letter wrong; 0 if none.

    >>> [starts_with(RECIPIENTS, line) for line in ("noi nhan: - so y te", "noi nh9n:", "noi dung")]
    [8, 8, 0]
    """
    if folded.startswith(phrase):
        return len(phrase)
    if len(phrase) < 6 or folded[:1] != phrase[0]:
        return 0
    for length in (len(phrase), len(phrase) - 1, len(phrase) + 1):
        head = folded[:length]
        at_word_end = length >= len(folded) or not folded[length].isalnum()
        if at_word_end and fuzz.ratio(phrase, head) > 86:
            return length
    return 0


def mark_label(text: str) -> int:
    """How much of a stamp-like line stands before the mark itself, ``Độ mật:`` or a bracket.

    >>> mark_label("ĐỘ MẬT: MẬT"), mark_label("(HỎA TỐC)"), mark_label("MẬT")
    (8, 1, 0)
    """
    match = _MARK_LABEL_RE.match(fold(text))
    return match.end() if match else 0


def handling_mark(text: str) -> str | None:
    """Which box a stamp-like line belongs to: urgency, secrecy, circulation or copy_of; None for other text.

    >>> handling_mark("HỎA TỐC"), handling_mark("Lưu hành nội bộ"), handling_mark("khẩn trương") is None
    ('urgency', 'circulation', True)
    """
    label = mark_label(text)
    folded = fold(text)[label:].strip(MARK_EDGE)
    for field, phrases in _MARKS:
        if folded in phrases and (text[label:].isupper() or len(folded) > 6):
            return field
    return None


_BLANKLESS_RE = re.compile(r"[\W_]+")


def blankless(text: str) -> str:
    """Folded letters and digits alone: ``K Ế  HOẠCH``, ``KEHOACH`` and ``Kế hoạch`` are one.

    >>> blankless("K Ế  H O Ạ C H")
    'kehoach'
    """
    return _BLANKLESS_RE.sub("", fold(text))
