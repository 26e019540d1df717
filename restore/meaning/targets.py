"""Figures to be reached: ``phấn đấu đạt 95% trở lên``, ``ít nhất 30 mô hình``, ``từ 30 đến 40 hộ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from restore.content import Comparison, Target
from restore.document import Header
from restore.meaning.passages import Passage, Passages
from restore.structure.lines import Span

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"
_DIGITS_RE = re.compile(r"\d+")
_FIGURE_RE = re.compile(
    rf"(?<![\w.,/-])(?P<low>{_NUMBER})(?:\s?%?\s?(?:-|–|\bden\b)\s?(?P<high>{_NUMBER}))?\s?"
    r"(?P<unit>%|phan tram\b|(?=[a-z]))(?![\d/])"
)
# What is counted, in one or two syllables (folded); the longest that stands there is the unit.
_UNITS = frozenset((
    "ap", "bai", "bai bao", "bai hoc", "bai viet", "benh nhan", "bua", "buoi", "buoi tuyen truyen", "buon",
    "ca benh", "ca nhan", "cai", "can bo", "can ho", "can nha", "cau", "cau hoi", "cau lac bo", "cay",
    "cay xanh", "chau", "chi bo", "chi tieu", "chiec", "chien si", "chuong trinh", "chuyen de",
    "chuyen di", "co so", "con", "cong chuc", "cong dan", "cong nhan", "cong trinh", "cot", "cua hang",
    "cum", "cuoc", "cuon", "dai bieu", "dai ly", "dang vien", "dau sach", "de an", "de cuong", "de tai",
    "dia phuong", "dich vu", "diem", "diem ban hang", "diem den", "diem du lich", "diem truong",
    "doan vien", "doanh nghiep", "doi", "doi tuong", "don vi", "dong ho", "dot", "du an", "du khach", "em",
    "gia dinh", "giai phap", "gian hang", "giao vien", "giuong", "giuong benh", "goc", "ha", "hang muc",
    "ho", "ho dan", "ho gia dinh", "ho so", "hoat dong", "hoc sinh", "hoc vien", "hoi", "hoi nghi",
    "hoi thao", "hoi vien", "hop dong", "hop tac xa", "huyen", "kenh", "kg", "khach hang", "khoa dao tao",
    "khu", "khu dan cu", "km", "km2", "kwh", "lan", "lang nghe", "lao dong", "lieu", "lieu vac xin", "lit",
    "lo", "lop", "lop hoc", "lop tap huan", "luot", "luot ho", "luot khach", "luot kham", "luot nguoi",
    "luot xe", "m", "m2", "m3", "may", "may tinh", "mo hinh", "mo hinh diem", "mon", "mui tiem", "mw",
    "ngoi nha", "nguoi", "nguoi benh", "nguoi dan", "nha", "nhan luc", "nhiem vu", "nhom", "phien cho",
    "phieu", "phong", "phong hoc", "phong hop", "phuong", "phuong tien", "quyen", "sach", "san pham",
    "san pham du lich", "san pham ocop", "sang che", "sang kien", "sinh vien", "suat", "suat qua",
    "tai khoan", "tai lieu", "tan", "tap the", "thanh vien", "thiet bi", "thon", "thu tuc",
    "thu tuc hanh chinh", "thue bao", "tieu chi", "tin", "tin bai", "tin chi", "to chuc",
    "to hop tac", "tram", "tram bien ap", "trang trai", "tre", "truong", "truong hoc", "tuyen",
    "tuyen duong", "tuyen pho", "van ban", "vien chuc", "vu", "xa", "xe", "xet nghiem", "xom", "yen",
))  # fmt: skip
_THOUSANDS_RE = re.compile(r"\.(?=\d{3}(?!\d))")
_LONGEST_UNIT = 3  # syllables
_SCALES = {"nghin": 1000, "ngan": 1000, "trieu": 1_000_000, "ty": 1_000_000_000}
_LONGEST_CLAUSE = 500
_STOP_RE = re.compile(r"[.;]\s")
# Words that the figure itself wears: how it compares with what is reached.
_BEFORE_RE = re.compile(
    r"(?:(?P<least>it nhat|toi thieu|khong duoi|khong it hon|khong thap hon)|(?P<most>khong qua|toi da|khong vuot qua)"
    r"|(?P<about>khoang|xap xi)|(?P<more>tren|hon|vuot)|(?P<less>duoi|thap hon)"
    r"|(?P<up>tang(?: them| tu| binh quan)?)|(?P<down>giam(?: tu| them| binh quan)?)"
    r"|(?P<reach>dat(?: duoc)?(?: tu)?|len|con|xuong con|co them|them|trong moi|xay dung moi|dat ty le|phan dau(?: co)?))"
    r"(?:\s(?:dat|la|tu|co|duoc|hang nam|moi nam))?\s$"
)
# What is done to so many: they count as worn, but are no part of the figure. "Trong" needs its mark.
_GROW_RE = re.compile(
    r"\b(?:phát triển|trồng|kết nạp|xây dựng|thành lập|đào tạo|thu hút|nâng cấp|kiên cố hóa|lắp đặt)(?: mới| thêm)?\s$",
    re.IGNORECASE,
)
_AFTER_RE = re.compile(r"\s?(?:(?P<least>tro len)|(?P<most>tro xuong))\b")
_COMPARISONS: dict[str, Comparison] = {
    "least": "at-least", "most": "at-most", "about": "about", "more": "more-than", "less": "less-than",
    "up": "increase", "down": "decrease", "reach": "exactly",
}  # fmt: skip
# Words of aim, in the sentence or over it; what is past, and what the law sets, is no aim.
_AIM_RE = re.compile(r"\b(?:phan dau|chi tieu|muc tieu|huong toi|dat ty le|dat muc|ke hoach giao)\b")
_AIM_TITLE_RE = re.compile(r"\b(?:muc tieu|chi tieu)\b")
_PLAN_TITLE_RE = re.compile(
    r"\b(?:phuong huong|nhiem vu|ke hoach|muc tieu|chi tieu|giai phap|noi dung|yeu cau|to chuc thuc hien)\b"
)
_PAST_TITLE_RE = re.compile(
    r"\b(?:ket qua|danh gia|tinh hinh|thuc trang|ly do|ton tai|han che|uu diem|khai quat|dac diem|thong tin chung)\b"
)
_PAST_RE = re.compile(
    r"\b(?:đã|đạt được|ước đạt|hiện có|hiện nay|vừa qua|so với|tính đến|lũy kế|luỹ kế)\b", re.IGNORECASE
)
_STRIVE_RE = re.compile(r"\b(?:phan dau|huong toi)\b")
# Norms, shares and prices: "50% mức lương", "giảm 30% học phí", "phạt 8% giá trị hợp đồng".
_NORM_RE = re.compile(
    r"\s?(?:muc (?:luong|hoc phi|thu|phi|dong|phat|ho tro)|gia tri|tong (?:gia tri|so diem|kinh phi|muc)|hoc phi|luong"
    r"|kinh phi|thue|tien|von|chi phi|hop dong|lai)\b"
)
# Time passes, but a life or a stay that lasts so long may be an aim.
_TIME = frozenset(("ngay", "thang", "nam", "gio", "phut", "giay", "tuan", "tuoi", "ngay cong", "gio hoc"))
_NOT_COUNTED = frozenset(("quy", "dieu", "khoan", "trang", "chuong", "muc", "h"))
_REACHED = frozenset(("up", "down", "reach"))
# Words after a number that are not what is counted.
_NO_UNITS = frozenset((
    "va", "hoac", "den", "tro", "trong", "tren", "duoi", "cua", "tai", "theo", "la", "de", "cho", "voi", "ve", "thi",
    "duoc", "da", "se", "phai", "can", "khong", "tu", "moi", "do", "nay", "dong", "vnd", "usd", "qua", "nhu",
))  # fmt: skip
_NAMED_RE = re.compile(
    r"\b(?:nam|thang|quy|so|dieu|khoan|muc|thu|giai doan|ngay|khoa|lop|nhiem ky|cap|hang|loai|khu|ap|thon|phuong|quan"
    r"|diem|phu luc|nghi quyet|phien|ky hop|tieu chi|bang|mau|du an|duong|to)\s$"
)
# Laws set norms and scores, not targets, but where they strive; "Chỉ tiêu" is a criterion there.
_LAWS = frozenset((
    "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Quy chế",
    "Quy định", "Điều lệ", "Hợp đồng",
))  # fmt: skip
# In these a figure is a target only where words of aim stand in its clause or over it; in others its own words do.
_SPARING = frozenset((
    "Biên bản", "Báo cáo", "Tờ trình", "Giấy mời", "Thông báo", "Giấy giới thiệu", "Giấy nghỉ phép", "Giấy ủy quyền",
    "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Quyết định",
))  # fmt: skip


def find_targets(passages: Passages, header: Header) -> tuple[Target, ...]:
    """All figures to be reached, in the order of the text.

    A figure with "%" or something counted is one where it stands in a clause that strives ("phấn đấu"), and but for laws
    and contracts under a heading of aims ("Mục tiêu", "Chỉ tiêu") or with a word of aim, and but for decisions and
    reports too where it wears a word of reaching itself ("ít nhất", "tối thiểu", "đạt", "trở lên"), or where a share begins its
    item ("100% cán bộ …"). Time, ages and numbers of things named are none, nor what was reached already ("đã",
    "đạt được", "so với", under "Kết quả").

    Args:
        passages: of the document.
        header: whose type tells plans from laws.
    """
    context = _Context(passages, header.doc_type.value)
    found = (_target(passages, context, match) for match in _figures(passages.folded))
    return tuple(target for target in found if target is not None)


def _figures(folded: str) -> Iterator[re.Match[str]]:
    end = 0
    for digits in _DIGITS_RE.finditer(folded):
        if digits.start() >= end and (match := _FIGURE_RE.match(folded, digits.start())):
            end = match.end()
            yield match


class _Context:
    """What stands over a figure: the headings above it and the kind of document."""

    def __init__(self, passages: Passages, doc_type: str | None) -> None:
        self._passages = passages
        self.is_law = doc_type in _LAWS
        self.is_sparing = doc_type in _SPARING
        self._leads: dict[str, str] | None = None
        self._above: dict[str | None, str] = {}

    def above(self, passage: Passage) -> str:
        """The folded headings, and words before a colon, of the sections that hold a passage, its own included."""
        known = self._above.get(passage.section_id)
        if known is None:
            leads = self._lead_texts()
            name, parts = passage.section_id or "", []
            while name:
                parts.append(leads.get(name, ""))
                name = name.rpartition(".")[0]
            known = self._above[passage.section_id] = "\n".join(parts)
        return known

    def _lead_texts(self) -> dict[str, str]:
        if self._leads is None:
            folded = self._passages.folded
            self._leads = {}
            for one in self._passages.passages:
                if one.section_id and (one.kind == "title" or folded[one.end - 1 : one.end] == ":"):
                    lead = folded[one.start : one.end]
                    self._leads[one.section_id] = f"{self._leads.get(one.section_id, '')}\n{lead}"
        return self._leads


def _target(passages: Passages, context: _Context, match: re.Match[str]) -> Target | None:
    text, folded = passages.text, passages.folded
    unit = _unit(folded, match)
    if unit is None or _NAMED_RE.search(folded, max(0, match.start() - 14), match.start()):
        return None
    passage = passages.at(match.start())
    worn = _BEFORE_RE.search(folded, max(passage.start, match.start() - 40), match.start())
    after = _AFTER_RE.match(folded, unit.end)
    grown = _GROW_RE.search(text, max(passage.start, match.start() - 24), match.start())
    is_worn = bool(worn or grown or (after and match["unit"]))
    if folded[slice(*unit)].split()[0] in _TIME and not (worn and worn.lastgroup in _REACHED):
        return None
    if not _is_aim(passages, context, passage, match, unit, worn=is_worn):
        return None
    start, end = worn.start() if worn else match.start(), after.end() if after else unit.end
    scale = _SCALES.get(folded[match.end() : unit.start].strip(), 1)
    number = plain_number(match["low"], scale)
    if match["high"]:
        number = f"{number}/{plain_number(match['high'], scale)}"
    return Target(
        text=passages.field(start, end),
        number=passages.field(
            match.start(), match.end("high") if match["high"] else match.end("low"), number
        ),
        unit=passages.field(*unit, text[slice(*unit)] if match["unit"] != "phan tram" else "%"),
        comparison=_comparison(worn, after),
        section_id=passage.section_id,
    )


def _unit(folded: str, match: re.Match[str]) -> Span | None:
    """What is counted: the sign of a share, or the longest known words that follow the figure."""
    if match["unit"]:
        return Span(*match.span("unit"))
    run = _WORDS_RE.match(folded, match.end())
    words = list(_WORD_RE.finditer(folded, *run.span())) if run else []
    if words and words[0][0] in _SCALES:
        words = words[1:]
    if not words or words[0][0] in _NOT_COUNTED:
        return None
    for count in range(min(_LONGEST_UNIT, len(words)), 0, -1):
        if " ".join(word[0] for word in words[:count]) in _UNITS:
            return Span(words[0].start(), words[count - 1].end())
    first = words[0]
    return None if first[0] in _NO_UNITS or len(first[0]) == 1 else Span(*first.span())


_WORD_RE = re.compile(r"[^\W_]+")
_WORDS_RE = re.compile(r"\s?(?:[^\W_]+(?:\s(?=[^\W_])|)){1,4}")


def _clause(folded: str, passage: Passage, match: re.Match[str]) -> Span:
    """The clause around a figure, from one point or semicolon to the next, no further than any clause goes."""
    begin = max(passage.start, match.start() - _LONGEST_CLAUSE)
    begin = max(begin, *(folded.rfind(mark, begin, match.start()) for mark in (". ", "; ")))
    end = min(passage.end, match.end() + _LONGEST_CLAUSE)
    stop = _STOP_RE.search(folded, match.end(), end)
    return Span(begin, stop.start() if stop else end)


def _is_aim(
    passages: Passages, context: _Context, passage: Passage, match: re.Match[str], unit: Span, *, worn: bool
) -> bool:
    """Whether a figure is to be reached, by the words of its clause, the headings above it, and its own."""
    folded = passages.folded
    if passage.kind not in ("text", "title"):
        return False
    sentence = _clause(folded, passage, match)
    strives = _STRIVE_RE.search(folded, *sentence) is not None
    lasts = worn and folded[slice(*unit)] in _TIME
    known = bool(match["unit"]) or lasts or " ".join(folded[slice(*unit)].split()) in _UNITS
    if (strives and known) or context.is_law:
        return strives and known
    if not strives and _PAST_RE.search(passages.text, *sentence):
        return False
    above = context.above(passage)
    if _PAST_TITLE_RE.search(above) and not _PLAN_TITLE_RE.search(above):
        return False
    if _AIM_TITLE_RE.search(above):
        return True
    if lasts or not known:
        return False
    if _AIM_RE.search(folded, *sentence):
        return True
    if context.is_sparing or _NORM_RE.match(folded, match.end()):
        return False
    opens = bool(match["unit"]) and not folded[sentence.start : match.start()].strip("; .")
    return worn or opens


def _comparison(worn: re.Match[str] | None, after: re.Match[str] | None) -> Comparison:
    kind = worn.lastgroup if worn else None
    if after and kind not in ("up", "down"):
        kind = after.lastgroup
    return _COMPARISONS[kind] if kind else "exactly"


def plain_number(printed: str, scale: int = 1) -> str:
    """A number as printed in figures alone: points of thousands away, the fraction after a point.

    >>> plain_number("20.000"), plain_number("9,5"), plain_number("03"), plain_number("1,2", 1000000)
    ('20000', '9.5', '3', '1200000')
    """
    value = Decimal(_THOUSANDS_RE.sub("", printed).replace(",", ".")) * scale
    return f"{value.normalize():f}"
