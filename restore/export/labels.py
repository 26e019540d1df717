"""Headings of the tables that people open, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from restore.messages import Language, Words

LABELS: Final[dict[str, Words]] = {
    # sheets
    "documents": Words("Văn bản", "Documents"),
    "assignments": Words("Nhiệm vụ", "Assignments"),
    "references": Words("Văn bản viện dẫn", "References"),
    "tt05": Words("TT 05-2025", "Circular 05-2025"),
    "warnings": Words("Cảnh báo", "Warnings"),
    "codes": Words("Bảng mã", "Codes"),
    # documents
    "path": Words("Tệp", "File"),
    "number": Words("Số", "Number"),
    "notation": Words("Ký hiệu", "Notation"),
    "issued_date": Words("Ngày ban hành", "Date of issue"),
    "doc_type": Words("Tên loại", "Type"),
    "doc_type_code": Words("Viết tắt tên loại", "Type code"),
    "subject": Words("Trích yếu nội dung", "Subject"),
    "issuer_parent": Words("Cơ quan chủ quản", "Issuer's parent"),
    "issuer": Words("Cơ quan ban hành", "Issuer"),
    "place": Words("Địa danh", "Place"),
    "urgency": Words("Mức độ khẩn", "Urgency"),
    "secrecy": Words("Độ mật", "Secrecy"),
    "circulation": Words("Phạm vi lưu hành", "Circulation"),
    "addressees": Words("Kính gửi", "Addressees"),
    "signer_authority": Words("Quyền hạn ký", "Signing authority"),
    "signer_position": Words("Chức vụ người ký", "Signer's position"),
    "signer_name": Words("Người ký", "Signer"),
    "recipients": Words("Nơi nhận", "Recipients"),
    "filing": Words("Lưu", "Filing"),
    "number_status": Words("Tình trạng của số", "State of the number"),
    "issued_date_status": Words("Tình trạng của ngày", "State of the date"),
    "page_count": Words("Số trang", "Pages"),
    "grade": Words("Tình trạng", "Grade"),
    "words": Words("Số chữ", "Words"),
    "words_changed": Words("Số chữ đã sửa", "Words changed"),
    "words_to_review": Words("Số chữ cần xem", "Words to review"),
    "sha256": Words("SHA-256", "SHA-256"),
    # assignments and references
    "document": Words("Văn bản", "Document"),
    "section": Words("Mục", "Section"),
    "unit": Words("Đơn vị", "Unit"),
    "task": Words("Nhiệm vụ", "Task"),
    "deadline": Words("Thời hạn", "Deadline"),
    "with_units": Words("Phối hợp với", "Together with"),
    "text": Words("Nguyên văn", "As printed"),
    "date": Words("Ngày", "Date"),
    "name": Words("Tên văn bản", "Name"),
    "locator": Words("Điều, khoản, điểm", "Article, clause, point"),
    "own": Words("Tự viện dẫn", "Cites itself"),
    "target": Words("Dẫn tới mục", "Leads to section"),
    # archival metadata
    "field": Words("Trường", "Field"),
    "value": Words("Giá trị", "Value"),
    "rule": Words("Quy tắc", "Rule"),
    "limit": Words("Giới hạn", "Limit"),
    "table": Words("Trường", "Field"),
    "code": Words("Mã", "Code"),
    "meaning": Words("Nghĩa", "Meaning"),
    "state": Words("Tình trạng", "State"),
}


def label(key: str, lang: Language) -> str:
    """The heading in the reader's language; a key that has none (a field of the circular) is its own.

    >>> label("issuer", "en"), label("docCode", "vi")
    ('Issuer', 'docCode')
    """
    words = LABELS.get(key)
    return str(getattr(words, lang)) if words else key
