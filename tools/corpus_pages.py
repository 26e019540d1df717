"""Pages to typeset from documents of the corpora: body text, decisions of offices that do not exist, tables.

What a page says depends on its seed alone. Only the text is the corpora's; offices, numbers, dates and signers
are drawn at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np

from tools.corpora import all_documents, is_held_out, read_lines
from tools.render import Draft, Paragraph
from tools.render_table import DraftTable, plain

# Registers near to what offices write, and news for their names; those of decisions are few, and cut into lines.
CORPORA = ("procedures", "laws", "vbpl", "news")
# What a page may hold: letters, digits and the marks that every typeface has. A small letter before a capital
# one is where two cells of a table were joined; keys of data bases and dotted lines are left out, too.
SETTABLE_RE = re.compile(r"[\w\s.,;:/()“”\"%+&–-]+")
JOINED_RE = re.compile(r"[^\W\d_A-ZĐ]{2}[A-ZĐ]|_|[0-9a-f]{8}-|\.{3}")
PARAGRAPH_LENGTH = (40, 700)
PAGE_LINES = 45  # paragraphs that fill any page
ARTICLE_RE = re.compile(r"^(Điều \d+[a-z]?\.)")
PLACES = (
    "Bình Mẫu",
    "Hà Nội",
    "Quảng Ngãi",
    "Thừa Thiên Huế",
    "Đắk Lắk",
    "Cần Thơ",
    "Hải Phòng",
    "Lạng Sơn",
    "Vĩnh Phúc",
)
OFFICES = (
    (("ỦY BAN NHÂN DÂN",), "TỈNH {place}", "UBND", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    (("HỘI ĐỒNG NHÂN DÂN",), "TỈNH {place}", "HĐND", "TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"),
    (("UBND TỈNH {place}",), "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT", "", "GIÁM ĐỐC"),
    (("UBND TỈNH {place}",), "SỞ Y TẾ", "SYT", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    (("UBND TỈNH {place}",), "SỞ NỘI VỤ", "SNV", "", "GIÁM ĐỐC"),
    (("BỘ TÀI CHÍNH",), "TỔNG CỤC THUẾ", "TCT", "KT. TỔNG CỤC TRƯỞNG", "PHÓ TỔNG CỤC TRƯỞNG"),
)  # fmt: skip
KINDS = (
    ("QUYẾT ĐỊNH", "QĐ"),
    ("KẾ HOẠCH", "KH"),
    ("THÔNG BÁO", "TB"),
    ("BÁO CÁO", "BC"),
    ("NGHỊ QUYẾT", "NQ"),
)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE_NAMES = ("Văn", "Thị", "Đức", "Hữu", "Minh", "Quốc", "Thanh", "Ngọc", "Xuân")
GIVEN_NAMES = (
    "Hùng",
    "Hạnh",
    "Tuấn",
    "Dũng",
    "Lượng",
    "Thủy",
    "Hiếu",
    "Quyền",
    "Thắng",
    "Nghĩa",
    "Phượng",
    "Đạt",
)
RECIPIENTS = (
    "- Như trên;", "- Như Điều 3;", "- Văn phòng Chính phủ;", "- Thường trực Tỉnh ủy;", "- Các Phó Chủ tịch UBND tỉnh;",
    "- Cục Kiểm tra VBQPPL - Bộ Tư pháp;", "- Các sở, ban, ngành;", "- UBND các huyện, thị xã, thành phố;",
    "- Cổng thông tin điện tử;", "- Kho bạc Nhà nước;",
)  # fmt: skip

DOERS = (
    "Văn phòng UBND tỉnh", "Sở Tài chính", "UBND các huyện, thị xã", "Sở Y tế, Sở Nội vụ", "Công an tỉnh",
)  # fmt: skip
CELL_LENGTH = 160  # letters of a cell at most
FILES = ("TH", "NC", "KT", "VX", "KGVX", "ĐTXD")

Texts = Sequence[Sequence[Sequence[str]]]  # corpora of documents of lines
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """What is to be set on one page: a decision from header to signature, or plain body text."""

    paragraphs: tuple[Paragraph, ...]
    draft: Draft | None = None


def is_settable(text: str) -> bool:
    """Whether a line of a corpus is whole text that every typeface has the letters of.

    >>> is_settable("Hình thức nộp, thời hạn và phí, lệ phí phải nộp")
    True
    >>> is_settable("Hình thức nộpThời hạnPhí, lệ phí phải nộp khi đến")
    False
    """
    low, high = PARAGRAPH_LENGTH
    return low <= len(text) <= high and bool(SETTABLE_RE.fullmatch(text)) and not JOINED_RE.search(text)


def texts(folder: Path, *, held_out: bool) -> Texts:
    """The settable lines of the documents of :data:`CORPORA`.

    Args:
        folder: of the corpora.
        held_out: the documents that nothing is learned from, or the other ones.
    """
    return [
        [
            lines
            for document in all_documents(read_lines(folder, corpus))
            if is_held_out(document.name) == held_out
            and (lines := tuple(filter(is_settable, document.lines)))
        ]
        for corpus in CORPORA
    ]


def page(corpora: Texts, rng: np.random.Generator, *, plain: bool) -> CorpusPage:
    """A page of text from places drawn at random."""
    lines = list(_lines(corpora, rng))
    if plain:
        return CorpusPage(tuple(map(paragraph, lines)))
    return CorpusPage((), _draft(lines, rng))


def appendix(corpora: Texts, rng: np.random.Generator) -> DraftTable:
    """A page with a ruled table: numbers, what is to be done, who does it, until when."""
    rows = [("STT", "Nội dung công việc", "Cơ quan thực hiện", "Thời hạn")]
    for number, line in enumerate(list(_lines(corpora, rng))[: rng.integers(5, 9)], 1):
        work = line[:CELL_LENGTH].rsplit(" ", 1)[0]
        day = f"{rng.integers(1, 29):02}/{rng.integers(1, 13):02}/{rng.integers(2010, 2027)}"
        rows.append((str(number), work, _one(DOERS, rng), day))
    above = ("PHỤ LỤC", "Danh mục công việc và thời hạn hoàn thành")
    return DraftTable((12.0, 75.0, 50.0, 33.0), plain(rows), above=above)


def _lines(corpora: Texts, rng: np.random.Generator) -> Iterator[str]:
    """Lines that follow each other, from one document after the other until they fill a page."""
    left = PAGE_LINES
    while left > 0:
        document = _one(_one(corpora, rng), rng)
        start = int(rng.integers(len(document)))
        part = document[start : start + left]
        yield from part
        left -= len(part)


def paragraph(text: str) -> Paragraph:
    """A line of a corpus as it is set: legal bases in italics, headings in capitals bold and centred.

    >>> paragraph("Điều 2. Điều khoản thi hành").text
    '**Điều 2.** Điều khoản thi hành'
    """
    if text.startswith(("Căn cứ", "Theo đề nghị")):
        return Paragraph(text, "basis")
    if text.isupper():
        return Paragraph(text, "centre")
    return Paragraph(ARTICLE_RE.sub(r"**\1**", text))


def _one(items: Sequence[T], rng: np.random.Generator) -> T:
    return items[int(rng.integers(len(items)))]


def _draft(lines: Sequence[str], rng: np.random.Generator) -> Draft:
    place, (title, code) = _one(PLACES, rng), _one(KINDS, rng)
    parents, issuer, office, authority, position = _one(OFFICES, rng)
    parent = tuple(line.format(place=place.upper()) for line in parents)
    issuer = issuer.format(place=place.upper())
    day, month, year = rng.integers(1, 29), rng.integers(1, 13), rng.integers(2008, 2026)
    recipients = [
        RECIPIENTS[index] for index in sorted(rng.permutation(len(RECIPIENTS))[: rng.integers(3, 6)])
    ]
    ring = (parent[-1], issuer) if parent[-1].isupper() else (issuer, place.upper())
    return Draft(
        issuer_parent=() if authority.startswith("TM.") else parent,
        issuer=(*parent, issuer) if authority.startswith("TM.") else (issuer,),
        number=f"Số: {rng.integers(1, 4000)}/{code}-{office}",
        place_date=f"{place}, ngày {day:02} tháng {month:02} năm {year}",
        title=title,
        subject=_subject(_one([line for line in lines if len(line) > 60] or lines, rng)),
        body=tuple(map(paragraph, lines)),
        recipients=(*recipients, f"- Lưu: VT, {_one(FILES, rng)}."),
        authority=(authority,) if authority else (),
        position=(position,),
        name=" ".join(_one(part, rng) for part in (SURNAMES, MIDDLE_NAMES, GIVEN_NAMES)),
        stamp=ring,
    )


def _subject(line: str) -> tuple[str, ...]:
    words = iter(line.lstrip("-+ 0123456789.)").split()[:18])
    first = " ".join(chain(["Về việc"], (word for _, word in zip(range(8), words, strict=False))))
    rest = " ".join(words)
    return (first, rest) if rest else (first,)
