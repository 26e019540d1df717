"""What the offices inside offices are named by: departments of ministries, hospitals, schools, companies.

Many of these names hold words of doing ("Kế hoạch tổng hợp", "Công nghệ thông tin", "Tổ chức cán bộ"), which elsewhere
begin a task. The names that are usual everywhere are told here, so that they decide first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from restore.meaning.unit_words import alternation

# Kinds of bodies that are named by a field.
_KINDS = (
    "phong|ban|phan xuong|trung tam|khoa|to|vu|cuc|chi cuc|tong cuc|bo phan|vien|bo mon|doi"
    "|van phong|so|bo|tieu ban|hoi dong|nhom|nganh"
)
# Usual names that hold a word of doing, by general knowledge of how offices are parted.
_FIELDS = (
    "an toan thong tin", "an toan ve sinh lao dong", "an toan ve sinh thuc pham", "bao cao vien",
    "bao dam chat luong", "bao quan va luu tru", "bao tri", "bao ve chinh tri noi bo", "bao ve rung",
    "bao ve suc khoe", "bien tap", "bien tap thong tin", "bo tro tu phap",
    "boi thuong giai phong mat bang", "cap cuu", "cap nuoc", "cham soc cay xanh", "cham soc khach hang",
    "cham soc suc khoe", "chi dao tuyen", "chuyen doi so", "chuyen giao cong nghe", "cong nghe thong tin",
    "cong nghe thong tin va truyen thong", "cong tac can bo", "cong tac chinh tri", "cong tac doan",
    "cong tac hoc sinh sinh vien", "cong tac hssv", "cong tac sinh vien", "cong tac xa hoi",
    "dam bao chat luong", "dam bao chat luong giao duc", "dan van", "dang kiem", "dang ky dat dai",
    "dang ky giao dich bao dam", "dang ky kinh doanh", "dao tao", "dao tao sau dai hoc",
    "dao tao va cong tac sinh vien", "dau tu", "dau tu cong", "dau tu xay dung",
    "den bu giai phong mat bang", "dich vu khach hang", "dich vu viec lam", "dieu do", "dieu hanh",
    "dieu hanh san xuat", "dinh gia", "doi moi sang tao", "du toan", "giai phong mat bang",
    "giai quyet khieu nai", "giai quyet thu tuc hanh chinh", "giam dinh", "giam sat", "giam sat ngan hang",
    "giam sat tai chinh", "giao dich khach hang", "hanh chinh quan tri", "hanh chinh to chuc",
    "hanh chinh tong hop", "ho tro", "ho tro doanh nghiep", "ho tro khach hang", "ho tro ky thuat",
    "ho tro phap ly", "ho tro sinh vien", "hop tac quoc te", "huan luyen", "huan luyen nghiep vu",
    "huong nghiep", "ke hoach dau tu", "ke hoach tai chinh", "ke hoach thong ke", "ke hoach tong hop",
    "ke toan tai chinh", "ke toan tong hop", "khao thi", "khao thi va dam bao chat luong",
    "khao thi va kiem dinh chat luong", "khao thi va quan ly chat luong", "khoi nghiep", "kiem dich",
    "kiem dinh", "kiem dinh chat luong", "kiem nghiem", "kiem soat benh tat", "kiem soat chat luong",
    "kiem soat nhiem khuan", "kiem soat noi bo", "kiem soat rui ro", "kiem soat thu tuc hanh chinh",
    "kiem toan noi bo", "kiem tra", "kiem tra chat luong", "kiem tra giam sat",
    "kiem tra kiem soat noi bo", "kiem tra noi bo", "kiem tra phap che", "kiem tra van ban",
    "ky thuat tong hop", "ky tuc xa", "lao dong tien luong", "luu tru", "luu tru lich su", "mua sam",
    "nghien cuu khoa hoc", "nghien cuu phat trien", "nghien cuu tong hop", "nghien cuu va phat trien",
    "ngoai tong hop", "noi tong hop", "phan tich", "phan tich thi nghiem", "phap che thanh tra",
    "phat hanh", "phat trien chuong trinh", "phat trien do thi", "phat trien doanh nghiep",
    "phat trien kinh doanh", "phat trien nguon nhan luc", "phat trien nong thon", "phat trien quy dat",
    "phong chong hiv/aids", "phuc hoi chuc nang", "phuc vu hanh chinh cong", "quan he doanh nghiep",
    "quan he quoc te", "quan ly benh vien", "quan ly chat luong", "quan ly cong nghiep",
    "quan ly cong san", "quan ly dao tao", "quan ly dat dai", "quan ly dau tu", "quan ly do thi",
    "quan ly du an", "quan ly hanh chinh", "quan ly khoa hoc", "quan ly khoa hoc va cong nghe",
    "quan ly ky tuc xa", "quan ly nhan su", "quan ly nuoc", "quan ly rui ro", "quan ly sinh vien",
    "quan ly tai san", "quan ly tau ca", "quan ly thi truong", "quan ly thuong mai", "quan ly tuyen sinh",
    "quan ly van ban", "quan ly van hanh", "quan ly van hanh luoi dien",
    "quan ly van hanh luoi dien cao the", "quan ly xay dung", "quan trac moi truong", "quan tri nhan su",
    "quan tri thiet bi", "quan tri tong hop", "so huu tri tue", "sua chua", "sua chua thiet bi",
    "tai chinh ke hoach", "tham dinh", "tham dinh du an", "tham dinh gia", "tham tra", "thanh quyet toan",
    "thanh toan", "thanh toan quoc te", "thanh tra", "thanh tra giao duc", "thanh tra giao thong",
    "thanh tra khao thi", "thanh tra kiem tra", "thanh tra noi bo", "thanh tra phap che",
    "thanh tra xay dung", "thi dua khen thuong", "thi dua tuyen truyen", "thi hanh an",
    "thong ke tong hop", "thong tin", "thong tin co dong", "thong tin doi ngoai", "thong tin khoa hoc",
    "thong tin thu vien", "thong tin truyen thong", "thong tin tu lieu", "thong tin tuyen truyen",
    "thong tin va truyen thong", "thu hoi dat", "thu ngan", "thu nghiem", "thu tien", "thu vien",
    "tiep cong dan", "tiep dan", "tiep nhan ho so", "tiep nhan va tra ket qua", "tin dung",
    "tin hoc va thong ke", "to chuc", "to chuc bien che", "to chuc can bo", "to chuc cong chuc",
    "to chuc hanh chinh", "to chuc lao dong", "to chuc nhan su", "to chuc phi chinh phu", "tong hop",
    "tong hop hanh chinh", "trinh sat", "truyen thong", "truyen thong giao duc suc khoe", "tu van",
    "tu van giam sat", "tu van tuyen sinh", "tuyen giao", "tuyen sinh", "tuyen truyen",
    "tuyen truyen van dong", "ung dung cong nghe thong tin", "ung dung khoa hoc", "ung pho su co",
    "van hanh", "van hanh luoi dien", "van hoa thong tin", "van thu luu tru", "ve sinh moi truong",
    "xay dung co ban", "xay dung dang", "xay dung luc luong", "xay dung nong thon moi", "xet nghiem",
    "xu ly no", "xu ly nuoc thai", "xu ly vi pham", "xuc tien dau tu", "xuc tien du lich",
    "xuc tien thuong mai", "y hoc phong xa",
)  # fmt: skip
# Without their last word these are names too: what follows tells whether "Phòng Kế hoạch tổng hợp …" is named or does it.
_DOUBLE_FIELDS = frozenset((
    "ke hoach tong hop", "hanh chinh tong hop", "ke toan tong hop", "ky thuat tong hop",
    "thong ke tong hop", "nghien cuu tong hop", "thanh tra kiem tra", "kiem tra giam sat", "ke hoach thong ke", "quan tri tong hop",
    "thi dua tuyen truyen", "thong tin tuyen truyen",
))  # fmt: skip
_LONGEST_FIELD = 80
_SHORT_FIELD = 2  # syllables
_WORD_RE = re.compile(r"\w+")


class FieldName(NamedTuple):
    """A department's name: where it ends, and whether its last word may be what the department does instead."""

    end: int
    may_do: bool


@cache
def _named_re() -> re.Pattern[str]:
    joint = r"(?:\s*[-–,]\s*|\s+(?:va\s+)?)"
    fields = alternation(_FIELDS).replace(" ", joint)
    return re.compile(
        rf"\b(?:{_KINDS})\s+(?P<field>{fields})\b(?:(?:\s*[-–,&]\s*|\s+va\s+)(?P<next>{fields})\b)?"
    )


def field_at(text: str, folded: str, start: int, place: int) -> FieldName | None:
    """The name of a department that goes over a place; None where none does.

    Args:
        text: as printed.
        folded: the same in lower case without marks.
        start: where the unit begins that is read.
        place: of a word of doing in it.

    >>> from restore.structure.lines import fold
    >>> text = "Phòng Kế hoạch tổng hợp và Trung tâm Công nghệ thông tin"
    >>> [field_at(text, fold(text), 0, text.index(word)) for word in ("tổng", "thông", "và")]
    [FieldName(end=23, may_do=True), FieldName(end=56, may_do=False), None]
    """
    for match in _named_re().finditer(folded, max(start, place - _LONGEST_FIELD), place + _LONGEST_FIELD):
        words = _WORD_RE.findall(match["field"])
        if match.start("field") > place:
            return None
        # "các phòng, ban tuyên truyền" do so; a name has its capital, or is longer.
        if text[match.start("field")].islower() and len(words) <= _SHORT_FIELD:
            continue
        end = match.end("field")
        if place < end:
            return FieldName(end, " ".join(words) in _DOUBLE_FIELDS)
        if (
            match["next"]
            and text[match.start("next")].isupper()
            and match.start("next") <= place < match.end("next")
        ):
            return FieldName(match.end("next"), may_do=False)
    return None
