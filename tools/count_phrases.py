"""Whole lines in capitals that documents share: names of offices, titles, headings, signers' lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from restore.language.vietnamese import is_syllable, move_tone
from tools.corpora import CorpusDocument
from tools.office_words import SURNAMES
from tools.phrase_seeds import PHRASE_SEEDS

MIN_DOCUMENTS = 3
MAX_WORDS = 14  # longer lines in capitals are subjects of single documents
_WORD_RE = re.compile(r"[^\W\d_]+")
_FRAME = "-_*= "  # rules drawn with marks beside a line
_NUMBERING_RE = re.compile(r"^(?:[IVX]+|[A-Z]|\d+)\.\s+|^(?:PHẦN|CHƯƠNG|MỤC) (?:[IVX]+|\d+)[.:]?\s*")
# A line that was broken inside a phrase, or a row of a form or of a web page.
_BROKEN_RE = re.compile(
    r"^(?:VÀ|CỦA|MÔI TRƯỜNG|CÔNG NGHỆ|VIỆT NAM|HÀNH CHÍNH CÔNG|CẤP TỈNH|BẢNG)\b|(?: VÀ| CỦA| THỂ THAO|,|/)$"
    r"|TRANG CHỦ|GIỚI THIỆU|VĂN BẢN PHÁP LUẬT|^TÊN |DỰ THẢO|^PHỤ LỤC [IVX]+$|^[A-Z] |[\d()/:]"
)
_AUTHORITY_RE = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\. ?|^T/M ")
OPENINGS = tuple(text for text, role in PHRASE_SEEDS if role == "opening")
_POSITIONS = tuple(text for text, role in PHRASE_SEEDS if role == "signer_position")
_POSITION_RE = re.compile(r"(?:THỨ TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH HỘI ĐỒNG|KẾ TOÁN TRƯỞNG|THỦ TRƯỞNG|THẨM PHÁN)\b")
_ISSUER_RE = re.compile(
    r"(?:BỘ|SỞ|PHÒNG(?! NGỪA)|CỤC|TỔNG CỤC|CHI CỤC|ỦY BAN|HỘI ĐỒNG NHÂN DÂN|QUỐC HỘI|CHÍNH PHỦ|UBND|HĐND"
    r"|THỦ TƯỚNG CHÍNH PHỦ|TÒA ÁN|NGÂN HÀNG NHÀ NƯỚC|CHỦ TỊCH ỦY BAN|CHỦ TỊCH NƯỚC|TỈNH|THÀNH PHỐ"
    r"|ĐẢNG CỘNG SẢN|KIỂM TOÁN NHÀ NƯỚC|THANH TRA|VIỆN"
    r"|TRUNG TÂM|VĂN PHÒNG|LIÊN ĐOÀN|HUYỆN|QUẬN|ĐOÀN|BAN)\b"
)


def normalise_line(line: str) -> str:
    """A line without numbering and frame, in the old tone style.

    >>> normalise_line("II. TỔ CHỨC THỰC HIỆN"), normalise_line("--- TOÀ ÁN"), normalise_line("KT.CHỦ TỊCH")
    ('TỔ CHỨC THỰC HIỆN', 'TÒA ÁN', 'KT. CHỦ TỊCH')
    """
    text = _NUMBERING_RE.sub("", line.replace("–", "-").strip(_FRAME)).strip()
    text = _AUTHORITY_RE.sub(lambda match: match[0].strip() + " ", text)
    return _WORD_RE.sub(lambda word: move_tone(word[0], "old"), text)


def is_heading_line(line: str) -> bool:
    """Whether a normalised line may be a phrase: two words and more, all syllables, capitals, no broken line.

    >>> [is_heading_line(line) for line in ("TỔ CHỨC THỰC HIỆN", "GENERAL PROVISIONS", "VÀ DU LỊCH")]
    [True, False, False]
    """
    words = _WORD_RE.findall(_AUTHORITY_RE.sub("", line))
    if (
        not line.isupper()
        or not 2 <= len(words) <= MAX_WORDS
        or (_BROKEN_RE.search(line) and "T/M " not in line)
    ):
        return False
    return all(is_syllable(word) or word in ("UBND", "HĐND") for word in words) and not _is_person(words)


def _is_person(words: list[str]) -> bool:
    return (
        len(words) in (3, 4)
        and words[0].title() in SURNAMES
        and words[1] in ("THỊ", "VĂN", "XUÂN", "MINH", "ĐÌNH")
    )


def role_of(line: str, types: Iterable[str]) -> str:
    """What a line in capitals is; ``types`` are the names of document types in capitals.

    >>> [role_of(line, {"KẾ HOẠCH"}) for line in ("KẾ HOẠCH", "KT. CHỦ TỊCH", "SỞ Y TẾ", "KẾT LUẬN CHUNG")]
    ['title', 'signer_authority', 'issuer', 'heading']
    """
    if line in types:
        return "title"
    if _AUTHORITY_RE.match(line):
        return "signer_authority"
    if line in _POSITIONS or _POSITION_RE.match(line):
        return "signer_position"
    return "issuer" if _ISSUER_RE.match(line) else "heading"


def count_lines(documents: Iterable[CorpusDocument]) -> Counter[str]:
    """In how many documents each normalised line stands; lines in capitals, and those that the seeds name."""
    seeds = {text for text, _ in PHRASE_SEEDS}
    counts: Counter[str] = Counter()
    for document in documents:
        found: set[str] = set()
        for line in document.lines:
            text = normalise_line(line)
            if is_heading_line(text) or text in seeds:
                found.add(text)
            found.update(
                seed
                for seed in ("Căn cứ", "Kính gửi:", "Theo đề nghị của", "Thực hiện")
                if line.startswith(seed)
            )
        counts.update(found)
    return counts


def count_phrases(documents: Iterable[CorpusDocument], types: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Phrases with role and number of documents: seeds, titles, and lines that enough documents share."""
    titles = {name.upper() for name in types}
    counts: Mapping[str, int] = count_lines(documents)
    phrases = {title: ("title", counts.get(title, 0)) for title in titles}
    for line, count in counts.items():
        if count >= MIN_DOCUMENTS:
            phrases[line] = (role_of(line, titles), count)
    return phrases | {text: (role, counts.get(text, 0)) for text, role in PHRASE_SEEDS}
