"""Who issued a document that is cited: ``… của Ủy ban nhân dân tỉnh``."""

from __future__ import annotations

import re

from restore.structure.lines import Span, fold
from restore.structure.names import is_office_head

_OF_RE = re.compile(r"\s*[,(]?\s*(?:cua|do)\s+")
# Words that go on after an issuer's name, in lower case; names write them with a capital ("Sở Kế hoạch và Đầu tư").
_STOPS = (
    "về", "v/v", "ban hành", "quy định", "hướng dẫn", "sửa đổi", "bổ sung", "công bố", "phê duyệt", "triển khai", "ngày",
    "thông qua", "chi tiết", "bãi bỏ", "thay thế", "đối với", "có", "cho", "tại", "đề nghị", "để", "số", "thực hiện",
    "yêu cầu", "giao", "đã", "được", "sẽ", "là", "nêu", "nhằm", "gửi", "trên", "trong", "theo", "kỳ họp", "giai đoạn", "đến",
    "từ", "phải", "cần", "khi", "xây dựng", "tổ chức", "chỉ đạo", "năm", "vào", "thì", "nói trên", "hiện hành", "đồng thời",
    "bảo đảm", "đảm bảo", "điều chỉnh", "tiếp tục", "liên quan", "quyết định", "thông báo", "ủy quyền", "kèm theo", "áp dụng",
    "khóa", "xem xét", "cùng", "như", "cụ thể", "chưa", "không", "vẫn", "còn", "chủ trì", "phối hợp", "trước", "sau", "trình",
    "phát động", "gắn", "với", "tổng kết", "đạt", "nhân dịp", r"v[ềêểếẻ]",
    "hết hiệu lực", "quy chế", "thuộc", "đang", "nếu", "mà", "này", "ký", "gồm", "bằng", "đính kèm", "khẩn trương",
    r"và (?:các|công (?:văn|điện)|kế hoạch|quyết định|quy (?:định|chế|trình)|nghị (?:định|quyết)|thông (?:tư|báo)|chỉ (?:thị|đạo))",
    r"và (?:ý kiến|tình hình|văn bản|luật|tinh thần|thay thế|hướng dẫn|thực (?:tế|hiện)|giao|phân công|cập nhật|báo cáo|thời gian)",
    r"và (?:điều|căn cứ|tờ trình|đề (?:nghị|án)|phù hợp|khoản|điểm|mục|chương|phần|phụ lục|yêu cầu|kết luận|hồ sơ)",
)  # fmt: skip
_STOP_RE = re.compile(rf"[;:.“”\"(){{}}\[\]\x00,]|\s[-–]\s|\b(?:{'|'.join(_STOPS)})\b")
_PLAIN_STOP_RE = re.compile(fold(_STOP_RE.pattern))  # for text that was written without marks
# Offices that are named by one word where everybody knows which: "… của Khoa về nhu cầu".
_ONE_WORD = frozenset(("khoa", "huyện", "tỉnh", "quận", "xã", "phường", "trạm", "đảng"))
# Names of offices that end with a stop word.
_NAMES_BEFORE_STOPS = (
    "bộ ngoại giao",
    "vụ ngoại giao",
    "sở ngoại giao",
    "ban tổ chức",
    "phòng tổ chức",
    "ban tuyên giáo",
)
_LONGEST = 140
# Committees are called after what they are for: "Ban chỉ đạo thực hiện Xóa quảng cáo, rao vặt trái quy định quận".
_NAMED_BY_TASK_RE = re.compile(r"ban (?:chi dao|van dong)|to (?:cong tac|giup viec)")
_TASK_END_RE = re.compile(r"\s*(?:[;:.“”\"()\[\]\x00]|\bvề\b|\bngày \d|\bnăm \d{4}|\bđề nghị\b|\byêu cầu\b)")
# "Sở Văn hóa, Thể thao và Du lịch", "Bộ Lao động, Thương binh và Xã hội": a comma inside a name.
_COMMA_INSIDE_RE = re.compile(r", (?:\w+ ){1,4}và \w+")
# "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ": one person with two posts.
_SECOND_POST_RE = re.compile(r"Bộ trưởng, (?:Chủ nhiệm|Trưởng [Bb]an)\b")


def issuer_after(text: str, folded: str, position: int) -> Span | None:
    """The issuer that follows a citation after ``của`` or ``do``, without what follows the name.

    >>> from restore.structure.lines import fold
    >>> text = "số 5/KH-SVHTTDL của Sở Văn hóa, Thể thao và Du lịch về việc phòng cháy"
    >>> text[slice(*issuer_after(text, fold(text), 15))]
    'Sở Văn hóa, Thể thao và Du lịch'
    """
    match = _OF_RE.match(folded, position)
    return issuer_at(text, match.end()) if match else None


def issuer_at(text: str, start: int) -> Span | None:
    """The issuer whose name begins at a place of the text; None where no office's name does."""
    window = text[start : start + _LONGEST]
    if not (window[:1].isupper() or window.startswith("liên ") or is_office_head(window)):
        return None
    end = start + _name_length(window)
    while end > start and text[end - 1] in " ,-–":
        end -= 1
    name = text[start:end]
    # One word is an office ("Sở", "UBND") or what is left of a name after a misread sign ("Ủy, ban").
    whole = " " in name or name.isupper() or is_office_head(name) or name.lower() in _ONE_WORD
    return Span(start, end) if whole and end > start + 1 else None


def _name_length(window: str) -> int:
    """How much of a text an office's name takes, from its beginning."""
    lower = window.lower()
    if _NAMED_BY_TASK_RE.match(fold(window[:20])):
        found = _TASK_END_RE.search(lower)
        return found.start() if found else len(window)
    shouted = window[:12].isupper()  # a title in capitals has its stop words in capitals too
    for stop in (_PLAIN_STOP_RE if lower.isascii() else _STOP_RE).finditer(lower):
        sign, first = stop[0].strip(), stop.start()
        if sign == ",":
            inside = _goes_on(window, first)
        elif sign in ("-", "–"):
            inside = window[stop.end() : stop.end() + 1].isupper()
        elif sign == ".":
            inside = lower.endswith("tp", 0, first)  # "TP. Huế"
        else:
            inside = sign[:1].isalpha() and window[first].isupper() and not shouted
            inside = inside or lower.endswith(_NAMES_BEFORE_STOPS, 0, stop.end())
        if not inside:
            return first
    return len(window)


def _goes_on(window: str, comma: int) -> bool:
    """Whether a comma stands inside a name: a capital follows it, an "và" soon after, and no new office."""
    after = comma + 2
    return _SECOND_POST_RE.match(window) is not None or (
        window[after : after + 1].isupper()
        and _COMMA_INSIDE_RE.match(window, comma) is not None
        and not is_office_head(window[after : after + 30])
    )
