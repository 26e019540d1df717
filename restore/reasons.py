"""Reasons that come from elsewhere, in Vietnamese: the system's, argparse's and pydantic's, which speak English.

A reason that is not listed is shown as it came: better in English than not at all.
"""

from __future__ import annotations

import re

# The whole reason as it comes, and how to say it; \1, \2 … stand for what the groups hold.
_VIETNAMESE = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        # The system's (strerror)
        (r"No such file or directory", "không có tệp hoặc thư mục này"),
        (r"Permission denied", "không có quyền truy cập"),
        (r"Is a directory", "đây là một thư mục"),
        (r"Not a directory", "trên đường dẫn có một tệp không phải thư mục"),
        (r"File exists", "đã có tệp trùng tên"),
        (r"File name too long", "tên tệp quá dài"),
        (r"No space left on device", "ổ đĩa đã đầy"),
        (r"Read-only file system", "hệ thống tệp chỉ cho đọc"),
        (r"Too many levels of symbolic links", "liên kết tượng trưng lặp vòng"),
        (r"Input/output error", "lỗi đọc ghi của thiết bị"),
        # Pillow's and PDFium's
        (r"image file is truncated.*", "tệp ảnh bị cụt"),
        (r"broken data stream when reading image file", "dữ liệu ảnh bị hỏng"),
        (r"unrecognized data stream contents when reading image file", "dữ liệu ảnh bị hỏng"),
        (r"broken PNG file.*", "tệp PNG bị hỏng"),
        (r"decoder error -?\d+( when reading image file)?", "dữ liệu ảnh bị hỏng"),
        (r"its picture cannot be decoded", "không giải mã được ảnh của trang"),
        (r"Failed to load document.*", "cấu trúc PDF bị hỏng"),
        (r"Failed to load page.*", "trang PDF bị hỏng"),
        # argparse's
        (r"a verb is missing", "thiếu tên lệnh"),
        (r"the following arguments are required: (.+)", r"thiếu \1"),
        (r"unrecognized arguments: (.+) \(did you mean (.+)\?\)", r"không hiểu \1 (ý bạn là \2?)"),
        (r"unrecognized arguments: (.+)", r"không hiểu \1"),
        (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 không nhận \2, chỉ nhận \3"),
        (r"argument (.+): invalid int value: (.+)", r"\1 cần một số nguyên, không phải \2"),
        (r"argument (.+): invalid float value: (.+)", r"\1 cần một số, không phải \2"),
        (r"argument (.+): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
        (r"ambiguous option: (.+) could match (.+)", r"\1 có thể là \2"),
        # pydantic's
        (r"Input should be greater than or equal to (\S+)", r"phải từ \1 trở lên"),
        (r"Input should be less than or equal to (\S+)", r"không được quá \1"),
        (r"Input should be greater than (\S+)", r"phải lớn hơn \1"),
        (r"Input should be a valid integer.*", "phải là một số nguyên"),
        (r"Input should be a valid number.*", "phải là một số"),
        (r"Input should be a valid string", "phải là một chuỗi chữ"),
        (r"Input should be a valid boolean.*", "phải là true hoặc false"),
        (r"Input should be a valid (?:tuple|list)", "phải là một danh sách"),
        (r"Input should be ('.+')", r"chỉ nhận \1"),
    )
)


def vietnamese_reason(reason: str) -> str:
    """The reason in Vietnamese where its form is known, and as it came elsewhere.

    >>> vietnamese_reason("the following arguments are required: INPUT, -o/--output")
    'thiếu INPUT, -o/--output'
    >>> vietnamese_reason("xref table is broken")
    'xref table is broken'
    """
    for pattern, said in _VIETNAMESE:
        match = pattern.fullmatch(reason)
        if match:
            return match.expand(said).replace("' or '", "' hoặc '")
    return reason
