"""What a section is for: purpose, requirements, content, schedule, funding, implementation, reporting."""

from __future__ import annotations

import re

from restore.document import Role
from restore.structure.lines import fold
from restore.structure.names import is_office_head

# The words of headings that tell what stands below them, folded. Plans, programmes, projects and directives of all
# offices are built of the same parts; only the words for them differ.
_WORDS: dict[Role, tuple[str, ...]] = {
    "purpose": (
        "muc dich", "muc tieu", "quan diem", "chi tieu", "tu tuong chi dao", "y nghia", "dinh huong chung",
    ),
    "requirements": ("yeu cau", "nguyen tac", "dieu kien thuc hien"),
    "content": (
        "noi dung", "nhiem vu", "giai phap", "bien phap", "hoat dong", "phuong huong", "hinh thuc", "chuong trinh hoat dong",
        "cong viec", "dau viec", "phuong phap", "cach thuc", "cac buoc",
    ),
    "schedule": (
        "thoi gian", "tien do", "lo trinh", "thoi han", "ke hoach thoi gian", "lich trinh", "lich cong tac", "moc thoi gian",
        "dia diem, thoi gian", "cac giai doan", "phan ky",
    ),
    "funding": (
        "kinh phi", "nguon kinh phi", "nguon von", "von dau tu", "tong muc dau tu", "du toan", "nguon luc",
        "co che tai chinh", "nhu cau von", "khai toan",
    ),
    "implementation": (
        "to chuc thuc hien", "to chuc trien khai", "to chuc thi hanh", "trien khai thuc hien", "trach nhiem", "phan cong",
        "dieu khoan thi hanh", "thuc hien ke hoach", "to chuc, thuc hien", "to chuc chi dao", "chi dao thuc hien",
        "phan cong nhiem vu",
    ),
    "reporting": (
        "bao cao", "che do bao cao", "che do thong tin", "thong tin, bao cao", "thong tin bao cao", "so ket", "tong ket",
        "kiem tra, giam sat", "kiem tra, danh gia", "giam sat, danh gia",
    ),
}  # fmt: skip
_ROLES = {words: role for role, all_words in _WORDS.items() for words in all_words}
_ROLE_RE = re.compile(rf"\b(?:{'|'.join(sorted(_ROLES, key=len, reverse=True))})\b")
# What was done so far, and why: no part of what is planned, whatever it speaks of.
_PAST_RE = re.compile(
    r"(?:danh gia|ket qua|tinh hinh|thuc trang|dac diem|han che|ton tai|nguyen nhan|su can thiet|can cu|co so phap ly"
    r"|uu diem|khuyet diem|bai hoc|kien nghi|de xuat)\b"
)


def role_of(title: str) -> Role | None:
    """What a section is for, by the first telling words of its title; None where none tell.

    >>> role_of("NỘI DUNG, THỜI GIAN TRIỂN KHAI"), role_of("Kinh phí thực hiện"), role_of("Công an quận")
    ('content', 'funding', None)
    >>> role_of("KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2023") is None
    True
    """
    folded = fold(title)
    if _PAST_RE.match(folded) or is_office_head(title):
        return None
    match = _ROLE_RE.search(folded)
    return _ROLES[match[0]] if match else None
