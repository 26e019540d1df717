"""Who can be given something to do: offices, positions, collectives, and where their names end in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from restore.structure.lines import Span, fold

_LONGEST = 420


def _alternation(words: Iterable[str]) -> str:
    """An alternation of words, those with the same first syllable together, longest first.

    >>> _alternation(("to chuc", "to", "so"))
    'so|to(?: chuc|)'
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        first, _, rest = word.partition(" ")
        groups[first].append(f" {rest}" if rest else "")
    parts = [
        first + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(sorted(rests, key=len, reverse=True))})")
        for first, rests in sorted(groups.items())
    ]
    return "|".join(parts)


# First words of units that are one syllable: here the marks tell the office from other words (sở, số; ban, bản).
# What may not follow: words that make another noun of it (hội nghị, phòng chống, bộ tiêu chí).
_SHORT_HEADS = {
    "so": ("sở", "huu|thich|di|dac|thu cong"),
    "bo": ("bộ", "may|tieu|chi so|ho so|cau|thu tuc|luat|de|sach|loc|sung|tai lieu|mon hoc|giao trinh|nho|so|chung tu"),
    "ban": ("ban", "hanh|dau|ngay|dem|cong|do|tang|khen|giao ca|bo"),
    "hoi": ("hội", "nghi|thao|thi|dien|nhap|truong|cho|trai|chung|hop|tu|lang|khoe|hoa|dam|y"),
    "doan": ("đoàn", "ket|tau|nguoi"),
    "vien": ("viện", "tro|dan|phi"),
    "vu": ("vụ", "viec|an|mua|dong|chay|tai|le|he|xuan|loi|vi pham|kien|thang"),
    "quy": ("quỹ", "dat|tien|nha|luong|thoi|von|i\\b"),
    "khoi": ("khối", "luong|u\\b|nha|cong viec|\\d"),
    "phong": ("phòng", ",? chong|ngua|chay|hoc|hop|benh|dich|khach|ve|tranh|thi nghiem|ngu|lam viec|tiep"),
    "truong": ("trường", "hop|phai|tho|luc|nghia|ton|ky|chinh|quay|dua"),
    "cuc": ("cục", "bo|dien|dien bien"),
    "to": ("tổ", "chuc|quoc|tien|hop|chim|khuc"),
    "doi": ("đội", "ngu|hinh|gia"),
    "dai": ("đài", "tho|loan|tuong niem|phun|hoa|cac"),
    "bao": ("báo", "cao|hieu|dong|hai|ve|an|chi|gia|mat|truoc|tu|tang"),
    "hat": ("hạt", "giong|nhan|dieu|ca|lua|mua|gao"),
    "tram": ("trạm", "bien ap|phat song|dung|xe|thu phi"),
    "nha": ("nhà", "o|nuoc|cua|ve sinh|dan|dat|xe|xuong|kho|tinh nghia|tam|rieng|tai tro|dai doan ket"),
    "nganh": ("ngành", "nghe|hang|hoc|dao tao"),
    "thon": ("thôn", "xom"),
    "khoa": ("khoa", "hoc|cu"),
    "don": ("đồn", "dien"),
}  # fmt: skip
_LONG_HEADS = (
    # offices
    "uy ban", "ubnd", "hdnd", "ubmttq", "ub mttq", "mttq", "mat tran to quoc", "ub mat tran", "hoi dong", "bo phan",
    "chi cuc", "tong cuc", "tong cong ty", "cong ty", "tap doan", "trung tam", "lien doan", "tong lien doan", "ldld",
    "cong doan", "cdcs", "benh vien", "dai hoc", "hoc vien", "dang bo", "dang uy", "tinh uy", "huyen uy", "thanh uy",
    "quan uy", "thi uy", "chi bo", "chi uy", "cap uy", "chi doan", "tinh doan", "huyen doan", "quan doan", "thi doan",
    "thanh doan", "xa doan", "phuong doan", "doan thanh nien", "doan tncs", "doan truong", "lien doi", "hoi sinh vien",
    "toa an", "vien kiem sat", "kho bac", "ngan hang", "bao hiem xa hoi", "bhxh", "thanh tra", "van phong", "cong an",
    "bo chi huy", "bch", "ban chi huy", "ban chqs", "bo doi bien phong", "chinh phu", "quoc hoi", "kiem toan",
    "hiep hoi", "lien hiep", "lien minh", "thong tan xa", "tong hoi", "thu vien", "bao tang", "cang vu", "xi nghiep",
    "hop tac xa", "htx", "dien luc", "buu dien", "vien thong", "vnpt", "viettel", "cong thong tin", "tap chi",
    "truyen hinh", "ban ql", "ban giam hieu", "bgh", "ban giam doc", "nha truong", "nha may", "nha xuat ban",
    "nha van hoa", "nha thau", "nha dau tu", "thuong truc", "tttt", "pgd", "tieu ban", "canh sat", "quan su",
    "co quan", "don vi", "dia phuong", "doanh nghiep", "chu dau tu", "chu so huu", "chu rung", "chu ho", "chu co so",
    "chu nguon", "chu du an", "ho gia dinh", "ho kinh doanh", "to dan pho", "khu dan cu", "khu pho", "co so giao duc",
    "co so y te", "co so kinh doanh", "co so san xuat", "co so dao tao", "tap the", "ca nhan", "chinh quyen", "doan the",
    "cac cap", "cap xa", "cap huyen", "cap tinh", "to chuc, ca nhan", "to chuc chinh tri", "to chuc dang", "to chuc doan",
    "to chuc cong doan", "to chuc tin dung", "to chuc co", "to chuc va ca nhan", "cau lac bo", "luc luong",
    "quan khu", "binh chung", "vu to chuc", "nhom cong tac",
    # positions
    "chu tich", "pho chu tich", "giam doc", "pho giam doc", "tong giam doc", "pho tong giam doc", "hieu truong",
    "pho hieu truong", "bi thu", "pho bi thu", "truong phong", "pho truong phong", "truong ban", "pho truong ban",
    "truong cac", "truong don vi", "truong khoa", "truong cong an", "truong tieu ban", "truong bo mon", "truong thon",
    "truong doan", "pho truong doan", "thu truong", "nguoi dung dau", "chanh van phong", "pho chanh van phong",
    "chanh thanh tra", "chanh an", "cuc truong", "chi cuc truong", "tong cuc truong", "vu truong", "vien truong",
    "bo truong", "thong doc", "doi truong", "to truong", "tram truong", "hat truong", "khoa truong", "ke toan",
    "chi huy truong", "chinh uy", "tong bien tap", "chu nhiem", "uy vien", "thu ky", "thu tuong", "pho thu tuong",
    "tong bi thu", "thanh vien", "giao vien", "giang vien", "can bo", "cong chuc", "vien chuc", "nguoi lao dong",
    "dang vien", "doan vien", "hoi vien", "hoc sinh", "sinh vien", "phu huynh", "cha me hoc sinh", "nhan vien",
    "nguoi dan", "nguoi su dung", "nguoi phu trach", "bao cao vien", "lanh dao", "tong phu trach", "nguoi nop",
    "nguoi duoc", "nguoi co ten",
)  # fmt: skip
# What "các" makes a unit of: kinds of bodies and levels of administration, that alone would be none.
_PLURAL_HEADS = (
    "so", "bo", "ban", "nganh", "phong", "hoi", "doan", "don vi", "co quan", "to chuc", "truong", "co so", "doan the",
    "xa", "phuong", "thi tran", "thi xa", "huyen", "quan", "tinh", "thanh pho", "dac khu", "dia phuong", "cap", "khoa",
    "lop", "to", "doi", "thon", "ap", "buon", "xom", "lang", "khu", "khoi", "tram", "vien", "cuc", "vu", "tap the",
    "ca nhan", "ho dan", "ho", "ong", "ba", "dong chi", "nhom", "chu", "dai", "bao", "co so", "hang", "diem truong",
    "nha may", "nha truong", "nguoi", "quan", "thay", "chi hoi", "phan hieu", "mang luoi", "bac", "chuyen gia", "tieu doan",
)  # fmt: skip
_LEAD = r"(?:(?:cac|nhung|moi|tung|toan the|tat ca|toan bo|hai|ba|2|3|dai dien|rieng)\s+)"
_PERSONS = r"(?:cac\s+)?(?:dong\schi|dong\schi:|d/c|ong(?:\s?\(\s?ba\s?\)|\s?/\s?ba|,\s?ba|\sba)?|ba)\b\s*:?"
_HEAD_RE = re.compile(
    rf"(?:{_LEAD}+(?P<plural>{_alternation(set(_PLURAL_HEADS))})\b"
    rf"|{_LEAD}*(?:(?P<long>{_alternation(_LONG_HEADS)})\b"
    rf"|(?P<short>{'|'.join(f'{word}(?! (?:{other})|{other[1:]})' if other.startswith(',') else rf'{word}(?!\s(?:{other})\b)' for word, (_, other) in _SHORT_HEADS.items())})\b)"
    rf"|(?P<person>{_PERSONS}))"
)
