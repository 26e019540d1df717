"""Places where other documents are cited: by number, by kind and date, laws by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from restore.meaning.issuers import issuer_after, issuer_at
from restore.meaning.type_words import Label, TypeWord, label_before, type_before
from restore.structure.codes import plain_notation
from restore.structure.dates import PrintedDate, date_at
from restore.structure.doctypes import type_of_code
from restore.structure.lines import CAPITALS, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a document is cited, as spans of the passages.

    Attributes:
        span: the whole of it, from its first word.
        doc_type: what the words or the code say that it is, and where.
        number: where its number stands, or the gap that was left for it.
        notation: where what follows the number stands.
        printed: its date; of a law its year.
        issuer: where the issuer stands.
        name: what a law is called.
        own: the document cites itself.
        locator: where the part cited is named.
        target_id: the section that this part is, in the own document.
    """

    span: Span
    doc_type: TypeWord | None = None
    number: Span | None = None
    notation: Span | None = None
    printed: PrintedDate | None = None
    issuer: Span | None = None
    name: Span | None = None
    own: bool = False
    locator: Span | None = None
    target_id: str | None = None


_YEAR = r"(?:19|20)\d\d(?!\d)"
_TIGHT = rf"[-–/.][{CAPITALS}][\w&]*"
# With a blank only between capitals: "CT - UBND" and "CT-" / "UBND" over a line's end, but not "KH-UBND - Phòng".
_LOOSE = rf"(?:\s[-–/]\s?|[-–/]\s)[{CAPITALS}]{{2,}}[\w&]*"
_LOOSE_ONCE = rf"(?:\s[-–/]|[-–/]\s)[{CAPITALS}]{{2,}}[\w&]*"
_LETTERS = rf"[{CAPITALS}][\w&]*(?:{_TIGHT}|{_LOOSE})?(?:{_TIGHT}|{_LOOSE_ONCE})*"
_CODE_RE = re.compile(
    rf"""
    (?P<number> \d{{1,6}} (?: \.\d{{1,2}} )? [a-zA-Z]? )
    (?: \s?/\s? (?P<notation> {_YEAR} (?: \s?[-–/]\s? {_LETTERS} )? | {_LETTERS} )
      | \s?[-–]\s? (?P<party> [{CAPITALS}]\w* \s?/\s? {_LETTERS} | [{CAPITALS}]{{1,6}}(?:/[{CAPITALS}]{{1,6}})? \b ) )
    """,
    re.VERBOSE,
)
# "Tờ trình số      /TTr-SNV": a draft is cited.
_BLANK_NUMBER_RE = re.compile(rf"[Ss](?:ố|Ố)\s?:?(?P<gap>[\s.…_]{{1,40}})/\s?(?P<notation>{_LETTERS})")
_FIGURE_RE = re.compile(r"\d(?<![\w/.,-]\d)\d{0,5}")
_BARE_NUMBER_RE = re.compile(r"\d{1,5}[a-zA-Z]?(?![\w/%]|[.,-]\d)")
# Kinds that are cited by a bare number without "số": "Nghị định 30", "Chỉ thị 16".
_CITED_SHORTLY = frozenset((
    "Nghị định", "Thông tư", "Quyết định", "Nghị quyết", "Chỉ thị", "Kết luận", "Đề án", "Công điện", "Công văn", "Quy định",
))  # fmt: skip
# Kinds whose numbers count them, if no date follows: "Dự án số 2", "Phương án số 1", "Biên bản số 3".
_COUNTED = frozenset(("Dự án", "Phương án", "Biên bản", "Hợp đồng", "Phiếu báo", "Nội quy"))
# Kinds that are also verbs or common words: with a date alone they are a document only where an issuer follows.
_COMMON_WORDS = frozenset((
    "Báo cáo", "Thông báo", "Hướng dẫn", "Quy định", "Quyết định", "Dự án", "Hợp đồng", "Chương trình", "Giấy mời",
    "Giấy nghỉ phép", "Phương án",
))  # fmt: skip
# What a figure counts: "Nghị quyết 5 năm", "Đề án 3 nội dung".
_COUNTS_RE = re.compile(
    r"\s*(?:nam|thang|ngay|tuan|quy|gio|lan|nguoi|dong|trieu|ty|muc|nhom|noi dung|nhiem vu|dong chi|phan|%|buoi|cap|don vi|dieu)\b"
)
# Forms, tables, houses and accounts have numbers with strokes too: "Mẫu số 04/2024/LLTP".
_NO_DOCUMENT_RE = re.compile(
    r"(?:mau|bieu|bang|phu luc|so nha|nha|duong|ngo|hem|tai khoan|dien thoai|ma|to khai)\s$"
)
_BEFORE_DATE_RE = re.compile(
    r"[\s,]*(?:\(|-\s)?\s*(?:(?:ban hanh|ky)\s)?(?=ngay\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
)
_YEAR_AFTER_RE = re.compile(r"\snam\s(?P<year>(?:19|20)\d\d)\b")
_NEXT_OF_LIST_RE = re.compile(r"\s*[,;]?\s*(?:(?:va|hoac|hay)\s+)?(?:cac\s+)?(?:so\s*:?\s*)?")
_LONGEST_ISSUER = 110


def find_citations(text: str, folded: str) -> list[Citation]:
    """All places where other documents are cited, in the order of the text; they do not overlap.

    Args:
        text: the text.
        folded: the same in lower case without marks.

    >>> from restore.structure.lines import fold
    >>> text = "Công văn số 87/BTV-GĐXH và 88/BTV-TG ngày 10/5/2017 của Ban Thường vụ; Luật Đất đai năm 2024."
    >>> [text[slice(*found.span)] for found in find_citations(text, fold(text))]
    ['Công văn số 87/BTV-GĐXH', '88/BTV-TG ngày 10/5/2017 của Ban Thường vụ', 'Luật Đất đai năm 2024']
    """
    found = list(find_laws(text, folded))
    taken = iter([*(law.span for law in found), Span(len(text), len(text) + 1)])
    law, passed, previous = next(taken), 0, None
    for match in _FIGURE_RE.finditer(text):
        start = match.start()
        while law.end <= start:
            previous, law = found[passed], next(taken)
            passed += 1
        if law.start <= start or (previous and start < previous.span.end):
            continue
        citation = _at_figure(text, folded, start, previous)
        if citation and not (previous and citation.span.start < previous.span.end):
            found.append(citation)
            previous = citation
    found += _blank_numbers(text, folded)
    found.sort(key=lambda citation: citation.span)
    return [
        one
        for one, before in zip(found, [None, *found], strict=False)
        if not before or before.span.end <= one.span.start
    ]


def _at_figure(text: str, folded: str, start: int, previous: Citation | None) -> Citation | None:
    """The citation whose number or date begins at a place, or None where a figure is just a figure."""
    code = _CODE_RE.match(text, start)
    if code:
        return _by_code(text, folded, code, previous)
    if folded.endswith("ngay ", 0, start):
        return _by_date(text, folded, start - len("ngay "))
    number = _BARE_NUMBER_RE.match(text, start)
    return _by_number(text, folded, Span(*number.span())) if number else None


def _by_code(text: str, folded: str, code: re.Match[str], previous: Citation | None) -> Citation | None:
    """Cited by number and notation; what looks like them and is no document is not: 24/7, 04 CTĐT/năm, 12/QL1A."""
    part = "notation" if code["notation"] else "party"
    notation = code[part]
    label = label_before(text, folded, code.start())
    kind = label.kind
    if kind is None and _NO_DOCUMENT_RE.search(folded, max(0, label.start - 12), label.start):
        return None
    coded = type_of_code(plain_notation(notation))
    if kind is None and coded:
        kind = TypeWord(Span(*code.span(part)), coded.name)
    listed = previous is not None and _is_next(folded, previous, code.start())
    if kind is None and listed and previous:
        kind = previous.doc_type
    citation = _completed(
        text,
        folded,
        Citation(Span(label.start, code.end()), kind, Span(*code.span("number")), Span(*code.span(part))),
        label,
    )
    dated = citation.printed is not None
    if label.kind or listed:
        plausible = True
    elif re.fullmatch(r"(?:19|20)\d\d", notation):
        plausible = False  # tháng 12/2020
    elif label.numbered:
        plausible = dated or coded is not None or notation[:1].isdigit()
    else:
        plausible = coded is not None and (dated or not notation.isalpha())
    return citation if plausible else None


def _blank_numbers(text: str, folded: str) -> Iterator[Citation]:
    """Citations whose number was left blank."""
    for match in _BLANK_NUMBER_RE.finditer(text):
        label = label_before(text, folded, match.start("gap"))
        if label.kind:
            gap, notation = Span(*match.span("gap")), Span(*match.span("notation"))
            yield _completed(
                text, folded, Citation(Span(label.start, match.end()), label.kind, gap, notation), label
            )


def _is_next(folded: str, previous: Citation, start: int) -> bool:
    """Whether only a comma or "và" stands between a citation and a number: both are of one list."""
    end = previous.span.end
    match = _NEXT_OF_LIST_RE.match(folded, end, start)
    return start > end and match is not None and match.end() == start


def _by_number(text: str, folded: str, number: Span) -> Citation | None:
    """Cited by a number without notation: ``Kế hoạch số 129 ngày …``, ``Nghị định 30``."""
    label = label_before(text, folded, number.start)
    kind = label.kind
    if kind is None or kind.name is None or (not label.numbered and _COUNTS_RE.match(folded, number.end)):
        return None
    citation = _completed(text, folded, Citation(Span(label.start, number.end), kind, number), label)
    dated = citation.printed is not None
    if _NO_DOCUMENT_RE.search(folded, max(0, label.start - 12), label.start):
        return None
    if label.numbered:
        return citation if dated or kind.name not in _COUNTED else None
    is_year = re.fullmatch("(?:19|20)\\d\\d", text[slice(*number)]) is not None
    named = text[kind.span.start].isupper() and kind.name in _CITED_SHORTLY
    return citation if named and not is_year else None


def _by_date(text: str, folded: str, start: int) -> Citation | None:
    """Cited by kind and date: ``Kết luận ngày 12/3/2024 của …``, ``Quyết định của Thủ tướng ngày 5/3/2024``."""
    printed = date_at(folded, start)
    if printed is None or printed.value is None or printed.blank_parts:
        return None
    kind = type_before(text, folded, start)
    issuer = issuer_after(text, folded, printed.span.end)
    if kind is None and issuer is None:
        kind, issuer = _issuer_between(text, folded, start)
    if kind is None or kind.name is None or not text[kind.span.start].isupper():
        return None
    if issuer is None and kind.name in _COMMON_WORDS:
        return None
    end = max(printed.span.end, issuer.end if issuer else 0)
    return Citation(Span(kind.span.start, end), kind, printed=printed, issuer=issuer)


def _completed(text: str, folded: str, citation: Citation, label: Label) -> Citation:
    """A citation with the date and the issuer that stand after it, or the issuer that stands before it."""
    printed, end = date_after(folded, citation.span.end)
    issuer = issuer_after(text, folded, end)
    if issuer:
        end = issuer.end
        if printed is None:
            printed, end = date_after(folded, end)
    start = citation.span.start
    if issuer is None and label.kind is None and label.numbered:
        kind, issuer = _issuer_between(text, folded, start)
        if kind:
            citation, start = replace(citation, doc_type=kind), kind.span.start
    elif issuer is None and folded.endswith(" tai ", 0, start):
        _, issuer = _issuer_between(text, folded, start - len(" tai"))
    return replace(citation, span=Span(start, end), printed=printed, issuer=issuer)


def _issuer_between(text: str, folded: str, end: int) -> tuple[TypeWord | None, Span | None]:
    """The issuer that ends at a place, and the kind of document before its "của": ``Quyết định của Thủ tướng số``."""
    of = folded.rfind(" cua ", max(0, end - _LONGEST_ISSUER), end)
    if of < 0:
        return None, None
    issuer = issuer_at(text, of + len(" cua "))
    if issuer is None or folded[issuer.end : end].strip(" ,"):
        return None, None
    return type_before(text, folded, of), issuer


def date_after(folded: str, position: int) -> tuple[PrintedDate | None, int]:
    """The date that follows a citation at once, and where what follows it begins.

    >>> date_after("so 44/kh-sgddt ngay 04/4/2023 cua so", 14)[0].value
    '2023-04-04'
    """
    match = _BEFORE_DATE_RE.match(folded, position)
    printed = date_at(folded, match.end()) if match else None
    if printed:
        return printed, printed.span.end
    year = _YEAR_AFTER_RE.match(folded, position)
    if year:
        return PrintedDate(Span(*year.span("year")), year["year"], (), True), year.end()
    return None, position


_LAW_RE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|BỘ LUẬT|LUẬT|PHÁP LỆNH|HIẾN PHÁP)(?!\w)")
_LONGEST_LAW = 260
# What tells which law it is, after its name, or what ends the search for it.
_LAW_END_RE = re.compile(
    rf"""
    \s+ (?P<code> (?: \( \s? )? (?: (?:Luật|Bộ\sluật|Pháp\slệnh) \s )? (?: [Ss]ố \s* )? (?=\d{{1,4}}\s?/\s?\d{{4}}\s?/) )
    | \s+ (?P<date> (?: \( \s? )? [Nn]gày \s+ (?=\d) )
    | \s+ (?: (?:n[ăa]m|NĂM) \s+ )? (?P<year> {_YEAR} ) (?![/.,-]\d)
    | [;:.“”"\x00] | \d (?! \d? \s [Ll]uật ) | \( (?! sửa\sđổi )
    | \b (?: Nghị\s(?:định|quyết) | Thông\stư | Quyết\sđịnh | Chỉ\sthị | Kế\shoạch | Công\svăn | Điều | này ) \b
    """,
    re.VERBOSE,
)
# Words that no law's name has, so that the date or year after them is not its own.
_NOT_IN_NAMES_RE = re.compile(
    r"\b(?:trên|cho|được|đến|từ|là|kế hoạch|năm|giai đoạn|có hiệu lực|thi hành|ban hành|quy định|triển khai|trước|vào|trong"
    r"|tuyên truyền|phổ biến|hưởng ứng|tháng)\b"
)
_AMENDING_RE = re.compile(r"\s*s[uử]a [dđ]ổi", re.IGNORECASE)
_NEXT_LAW_RE = re.compile(r"(?:, | và )(?=(?:Bộ luật|Luật|Pháp lệnh) )")


def find_laws(text: str, folded: str) -> Iterator[Citation]:
    """Laws cited by their names with a number, a date or a year; a bare name is no citation.

    >>> from restore.structure.lines import fold
    >>> text = "Luật Phòng, chống ma túy số 73/2021/QH14 ngày 30/3/2021; theo Luật Giáo dục; Hiến pháp năm 2013."
    >>> [text[slice(*found.span)] for found in find_laws(text, fold(text))]
    ['Luật Phòng, chống ma túy số 73/2021/QH14 ngày 30/3/2021', 'Hiến pháp năm 2013']
    """
    position = 0
    while match := _LAW_RE.search(text, position):
        position = match.end()
        end = _LAW_END_RE.search(text, match.end(), match.end() + _LONGEST_LAW)
        if end is None or not any(end[what] is not None for what in ("code", "date", "year")):
            continue
        if not _AMENDING_RE.match(text, match.end()):
            # "Luật Trẻ em và Luật Giáo dục năm 2019": the year is the last one's.
            for other in _NEXT_LAW_RE.finditer(text, match.end(), end.start()):
                match = _LAW_RE.match(text, other.end()) or match
        named = text[match.end() : end.start()].strip(" ,")
        is_constitution = folded.startswith("hien phap", match.start())
        if (not named and not is_constitution) or (end["code"] is None and _NOT_IN_NAMES_RE.search(named)):
            continue
        law = _law(text, folded, match, end)
        position = law.span.end
        yield law


def _law(text: str, folded: str, match: re.Match[str], end: re.Match[str]) -> Citation:
    kind = TypeWord(Span(*match.span()), match[0].capitalize())
    name = Span(match.start(), match.end() + len(text[match.end() : end.start()].rstrip(" ,")))
    law = Citation(Span(name.start, end.end()), kind, name=name)
    if end["year"]:
        return replace(law, printed=PrintedDate(Span(*end.span("year")), end["year"], (), True))
    code = _CODE_RE.match(text, end.end()) if end["code"] is not None else None
    if code and code["notation"]:
        law = replace(law, number=Span(*code.span("number")), notation=Span(*code.span("notation")))
    after = code.end() if code else end.start()
    printed, after = date_after(folded, after)
    return replace(law, span=Span(name.start, after), printed=printed)
