"""Words that open the name of an office or of a position, and what a personal name looks like."""

from __future__ import annotations

import re

from restore.language.vietnamese import is_syllable
from restore.structure.lines import fold

# First words of the names of offices (folded), as they open a line of the head: the kinds of bodies of the
# Constitution, the laws on the organisation of government and local government, the party and the
# associations.
_OFFICE_HEADS = (
    "uy ban", "ubnd", "ub mttq", "ubmttq", "hoi dong", "hdnd", "so", "bo", "phong", "truong", "ban",
    "chi cuc", "cuc", "tong cuc", "tong cong ty", "cong ty", "tap doan", "trung tam", "lien doan",
    "tong lien doan", "cong doan", "vien", "benh vien", "dai hoc", "hoc vien", "dang bo", "dang uy",
    "tinh uy", "huyen uy", "thanh uy", "quan uy", "thi uy", "chi bo", "doan", "tinh doan", "huyen doan",
    "quan doan", "thanh doan", "toa an", "vien kiem sat", "kho bac", "ngan hang", "bao hiem", "thanh tra",
    "van phong", "cong an", "bo chi huy", "ban chi huy", "dai", "hat", "tram", "chinh phu", "thu tuong",
    "quoc hoi", "chu tich", "kiem toan", "hiep hoi", "quy", "mat tran", "lien hiep", "hoi", "thong tan xa",
    "tong hoi", "khoi", "bch", "bql", "bcd", "dang doan", "tieu ban", "vu", "thu vien", "bao tang", "cang vu",
    "nha", "xi nghiep", "hop tac xa",
)  # fmt: skip
# Words that are spelt as one of these and go on as another: "PHÒNG CHỐNG THIÊN TAI", "sở hữu", "bổ sung".
_NO_OFFICE = (
    r"(?!phong(?: chong| chay| ngua| thu| benh|,)|so (?:huu|ket|lieu|luong)\b"
    r"|bo (?:tri|sung)\b|hoi nhap\b|doan ket\b|truong hop\b|ban hanh\b)"
)
_OFFICE_RE = re.compile(
    rf"{_NO_OFFICE}(?:{'|'.join(sorted(_OFFICE_HEADS, key=len, reverse=True))})\b(?! hoc\b| luat\b)"
)
# What an office may be called in the head besides; in running text the words are others as well ("khóa", "tổ", "đội").
_UNDER_OFFICE_RE = re.compile(
    r"(?:chi nhanh|phan (?:vien|hieu|xuong)|khoa|to|doi|tieu doan|trung doan|lu doan|su doan|dien luc|buu dien|vien thong"
    r"|cang|lien minh|nong truong|lam truong|xuong|khu bao ton|vuon quoc gia|hai quan|lang)\b(?! hoc\b| chuc\b)"
)
# Heads that are nothing without the next line: "TRƯỜNG" / "ĐẠI HỌC …".
_DANGLING_RE = re.compile(
    r"(?:\b(?:va|cua|tai|thuoc|cac|ve)|[,-]|^(?:truong|ban|so|phong|hoi|vien|bo|cuc|dai hoi(?: dai bieu)?))$"
)
_CONTINUED_RE = re.compile(
    r"(?:va|cua|(?:tinh|thanh pho|tp|quan|huyen|xa|phuong|thi xa|thi tran)(?! uy\b| doan\b)"
    r"|viet nam|trung uong|quoc hoi|chinh phu|nha nuoc|nhan dan)\b"
)


def is_office_head(text: str) -> bool:
    """Whether a line begins the name of an office, as opposed to going on with one.

    >>> is_office_head("TRƯỜNG ĐẠI HỌC TÂY ĐÔ"), is_office_head("TỈNH LÂM ĐỒNG"), is_office_head("VÀ DU LỊCH")
    (True, False, False)
    """
    return bool(_OFFICE_RE.match(fold(text)))


def opens_office(text: str) -> bool:
    """Whether a line of the head begins the name of an office or of a part of one.

    >>> [opens_office(line) for line in ("CHI NHÁNH GÒ CÔNG", "KHOA SINH HỌC", "KHOA HỌC VÀ CÔNG NGHỆ", "PHÒNG CHỐNG DỊCH")]
    [True, True, False, False]
    """
    folded = fold(text)
    return bool(_OFFICE_RE.match(folded) or _UNDER_OFFICE_RE.match(folded))


def is_unfinished(text: str) -> bool:
    """Whether a line of an office's name can't end it.

    >>> is_unfinished("ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ"), is_unfinished("TRƯỜNG"), is_unfinished("SỞ Y TẾ")
    (True, True, False)
    """
    return bool(_DANGLING_RE.search(fold(text).strip()))


def continues_office(text: str) -> bool:
    """Whether a line can only go on with the name of an office (``TỈNH …``, ``VÀ …``)."""
    return bool(_CONTINUED_RE.match(fold(text)))


# Positions that sign, as first words (folded).
_POSITION_RE = re.compile(
    r"""(?:quyen\s|q\.\s?)?(?:
    (?:pho\s|tong\s)?(?:chu\stich|giam\sdoc|cuc\struong|chu\snhiem|thanh\stra|kiem\stoan|bi\sthu|tu\slenh|bien\stap)
    | (?:pho|pho\stong)\s\w+ | tong\s(?:giam\sdoc|bi\sthu|cuc\struong|thu\sky|bien\stap)
    | bo\struong | thu\struong | thu\stuong | thong\sdoc | hieu\struong | hieu\spho | vien\struong
    | vu\struong
    | chanh\s\w+ | truong\s\w+ | doi\struong | tram\struong | to\struong | hat\struong | chi\scuc\struong
    | uy\svien
    | chi\shuy\struong | chinh\suy | quan\sdoc | ke\stoan | thuong\struc | nguoi\sdung\sdau | nguoi\sky
    | giam\sthi | khoa\struong | thu\sky | chu\stoa | chu\stri | nguoi\s(?:lap|ghi|nhan|giao|viet|lam|uy|duoc|chung\skien)
    | ben\s(?:[a-d]|giao|nhan|mua|ban|thue|cho\sthue|uy\squyen) | tong\scuc\struong | phu\strach | quyen\s\w+
    )\b""",
    re.VERBOSE,
)
_PLAIN_POSITION_RE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")


def is_plain_position(text: str) -> bool:
    """Whether a line in small letters is a position and nothing else (``Phó Giám đốc``), as older offices sign.

    >>> is_plain_position("Phó Giám đốc"), is_plain_position("Giám đốc Sở;"), is_plain_position("giám đốc")
    (True, False, False)
    """
    return text[:1].isupper() and bool(_PLAIN_POSITION_RE.fullmatch(text)) and is_position(text)


# The authority of the enacting line ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"), before or after the legal bases.
_AUTHORITY_RE = re.compile(
    r"(?:chu tich|bo truong|giam doc|hieu truong|thu tuong|chinh phu|hoi dong|uy ban|tong giam doc|chanh an"
    r"|chanh|vien truong|truong|cuc truong|tong cuc truong|thong doc|quoc hoi|ban thuong vu|ban chap hanh"
    r"|chi cuc truong|bi thu|tong kiem toan|tong thanh tra|chu nhiem|ban giam hieu|so |tong bien tap|vien)\b"
)


def is_position(text: str) -> bool:
    """Whether a line names a position that signs.

    >>> is_position("PHÓ CHỦ TỊCH"), is_position("HIỆU TRƯỞNG"), is_position("ỦY BAN NHÂN DÂN")
    (True, True, False)
    """
    return bool(_POSITION_RE.match(fold(text).strip()))


def is_enacting_authority(text: str) -> bool:
    """Whether a line in capitals names who enacts (``CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …``)."""
    return bool(_AUTHORITY_RE.match(fold(text).strip()))


_RANK_RE = re.compile(
    r"(?:(?:gs|pgs|ts|ths|bs|bsckii?|ks|cn|ll|ds|cki+|gvc|ncs|ns\w+)[.,\s]+"
    r"|(?:thuong|trung|dai|thieu) (?:tuong|ta|uy)\s+|tien si\s+|thac si\s+|bac si\s+|ong\s+|ba\s+)*"
)
_SHORTEST, _LONGEST = 2, 6
# Words in capitals that begin as surnames do and are none.
_NO_PERSON_RE = re.compile(r"van phong\b|chu (?:tich|nhiem|toa|tri)\b")
# What names of the highlands begin with, before syllables of other languages.
_HIGHLAND_RE = re.compile(r"[KYHR]['’]? ?[A-ZĐ]")
# Surnames, folded: what tells a name in capitals from any other line in capitals.
_SURNAMES = frozenset((
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho",
    "ngo", "duong", "ly", "an", "ang", "au", "bach", "bang", "banh", "be", "bien", "ca", "cam", "cao",
    "chau", "che", "chu", "chung", "co", "cu", "cung", "dam", "dan", "dao", "dau", "dien", "diep",
    "dinh", "doan", "dong", "du", "duong", "giang", "giap", "ha", "han", "hau", "hua", "huong", "kha",
    "khong", "khuat", "khuong", "kieu", "kim", "la", "lai", "lam", "lang", "lieu", "loc", "loi", "long",
    "lo", "luc", "luong", "luu", "ma", "mac", "mai", "man", "mau", "minh", "nghiem", "nghi", "nham",
    "ninh", "nong", "on", "ong", "phi", "pho", "phu", "phung", "quach", "quan", "quang", "sam",
    "son", "tang", "ta", "tiep", "thach", "thai", "than", "thang", "tiet", "tieu", "to", "ton", "tong",
    "trieu", "trinh", "truong", "tu", "tuong", "uong", "ung", "van", "vi", "vien", "vinh", "vuong",
    "xa", "yen", "cil", "kpa", "rah", "ksor", "nie",
))  # fmt: skip


def is_surname(text: str) -> bool:
    """Whether a text begins with a surname, capitalised.

    >>> is_surname("Trần Thị Bình"), is_surname("Thị Bình"), is_surname("trần nhà")
    (True, False, False)
    """
    word = text.split(None, 1)[0] if text.strip() else ""
    return word[:1].isupper() and fold(word) in _SURNAMES


def is_person(text: str) -> bool:
    """Whether a text looks like a person's name, titles allowed: two to six capitalised syllables.

    Names of the highlands have other syllables (``Y Thanh Hà Niê Kđăm``); two Vietnamese ones, or all
    capitalised, are enough.

    >>> [is_person(text) for text in ("Phan Thị Diễm", "TS. Nguyễn Văn An", "Y Thông", "Sở Y tế", "Lưu: VT")]
    [True, True, True, False, False]
    """
    text = text.strip(" .")
    rest = text[len(_RANK_RE.match(fold(text))[0]) :]  # type: ignore[index]
    words = rest.split()
    if not _SHORTEST <= len(words) <= _LONGEST or any(not _is_name_word(word) for word in words):
        return False
    if rest.isupper() and (fold(words[0]) not in _SURNAMES or _NO_PERSON_RE.match(fold(rest))):
        return False
    known = sum(is_syllable(part) for word in words for part in word.split("-"))
    return known * 2 >= len(words) or (known > 0 and bool(_HIGHLAND_RE.match(rest)))


def _is_name_word(word: str) -> bool:
    letters = word.replace("'", "").replace("’", "").replace("-", "")
    return letters.isalpha() and word[0].isupper() and (letters[1:].islower() or letters.isupper())
