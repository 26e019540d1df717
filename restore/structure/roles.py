"""What a section is for: purpose, requirements, content, schedule, funding, implementation, reporting."""

from __future__ import annotations

from restore.document import Role
from restore.structure.lines import fold

_ROLES: tuple[tuple[str, Role], ...] = (
    ("muc dich", "purpose"), ("muc tieu", "purpose"), ("yeu cau", "requirements"), ("noi dung", "content"),
    ("nhiem vu", "content"), ("giai phap", "content"), ("thoi gian", "schedule"), ("tien do", "schedule"),
    ("lo trinh", "schedule"), ("kinh phi", "funding"), ("to chuc thuc hien", "implementation"),
    ("trach nhiem", "implementation"), ("phan cong", "implementation"), ("che do bao cao", "reporting"),
    ("bao cao", "reporting"), ("thong tin, bao cao", "reporting"),
)  # fmt: skip


def role_of(title: str) -> Role | None:
    """What a section is for, by the first telling words of its title.

    >>> role_of("II. NỘI DUNG, THỜI GIAN TRIỂN KHAI"), role_of("Kinh phí thực hiện"), role_of("Công an quận")
    ('content', 'funding', None)
    """
    folded = fold(title)
    found = [(place, -len(words), role) for words, role in _ROLES if (place := folded.find(words)) >= 0]
    return min(found)[2] if found else None
