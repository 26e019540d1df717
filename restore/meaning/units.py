"""Who can be given something to do: offices, positions, collectives, and where their names end in a sentence."""

from __future__ import annotations

import re

from restore.meaning.office_names import office_at
from restore.meaning.unit_fields import field_at
from restore.meaning.unit_words import (
    HEAD_NOUNS,
    KNOWN_COMPOUNDS,
    LONG_HEADS,
    NO_PLURAL,
    NO_VERBS,
    NOUN_AFTER,
    NOUN_BEFORE,
    PLURAL_HEADS,
    SHORT_HEADS,
    SHORT_VERBS,
    VERBS,
    alternation,
)
from restore.structure.lines import CAPITALS, Span, fold

# An enumeration of all who carry out a decision fills a paragraph at most.
_LONGEST = 600


def blanks(pattern: str) -> str:
    r"""A pattern whose single blanks match any white space, as texts of engines have it.

    >>> blanks("co trach nhiem")
    'co\\s+trach\\s+nhiem'
    """
    return pattern.replace(" ", r"\s+")


_PERSONS = r"(?:cac\s)?(?:dong\schi|d/c|ong\s?\(\s?ba\s?\)|ong\s?/\s?ba|ong,\sba|ong|ba|thay|co)\b(?=[\s:])"
_LEAD = r"(?:(?:cac|nhung|moi|tung|quy|toan the|tat ca|toan bo|dai dien|rieng|hai)\s(?:cac\s)?)"
_SHORTS = "|".join(rf"{word}(?!,? (?:{other})\b)" for word, (_, other) in SHORT_HEADS.items())
_HEAD_RE = re.compile(
    blanks(
        rf"(?P<lead>{_LEAD})(?!{NO_PLURAL})(?P<plural>{alternation((*PLURAL_HEADS, *LONG_HEADS))})\b"
        rf"|(?P<long>{alternation(LONG_HEADS)})\b|(?P<short>{_SHORTS})\b|(?P<person>{_PERSONS})"
    )
)
# Labels of tables and forms, and headings that begin as the name of a unit does.
_NO_UNIT_RE = re.compile(
    r"(?:don vi|co quan) (?:tinh|chu tri|phoi hop|thuc hien|do|bao cao|soan|ban hanh|nhan)\b(?! (?:cac|tren|va))"
    r"|hoc sinh (?:gioi|nang khieu)|(?:can bo|ca nhan|tap the)\s?[:.]?$|dai dien (?:cho|theo)"
)


def opens_unit(text: str, folded: str, start: int) -> bool:
    """Whether a unit's name begins at an offset.

    Args:
        text: as printed.
        folded: the same in lower case without marks.
        start: where to look.

    >>> [opens_unit(text, fold(text), 0) for text in ("Sở Y tế", "Số liệu", "Các xã", "Hội nghị", "Công tác Đoàn")]
    [True, False, True, False, False]
    """
    return _head_end(text, folded, start) > start


def _head_end(text: str, folded: str, start: int) -> int:
    """Where the first words of a unit's name end; ``start`` where none begins."""
    match = _HEAD_RE.match(folded, start)
    if match is None or _NO_UNIT_RE.match(folded, start):
        return start
    short = match["short"]
    if match["person"] in ("thay", "co") and not _TEACHER_RE.match(text, start):
        return start
    if short is None:
        return start if _OTHER_LEAD_RE.match(text, start) else match.end()
    printed = text[match.start() : match.end()].lower()
    # A text that lost its marks keeps the capital of a name; one with marks has the office's own.
    bare = printed == short and text[start].isupper() and short not in _WORDS_WITHOUT_MARKS
    return match.end() if printed == SHORT_HEADS[short][0] or bare else start


# "Thầy Trần Văn An", not "thay" or "có".
_TEACHER_RE = re.compile(rf"(?:[Tt]hầy|[Cc]ô)\s[{CAPITALS}]")
# What folds to "mọi" and "quý" and is neither: môi trường, quỹ hội, quy hoạch.
_OTHER_LEAD_RE = re.compile(r"(?i:mô|mở|mới|mời|quỹ|quy |quỷ)")
# Without its marks the office's word is another one: quy định, so sánh, to lớn, bao gồm, đơn vị.
_WORDS_WITHOUT_MARKS = frozenset(("quy", "so", "to", "bao", "don", "hat"))
# The kind of office at the head of a name, or of a part of it, takes words of doing: "Ban chỉ đạo", "cơ quan quản lý".
_AFTER_HEAD_RE = re.compile(
    rf"(?P<joint>^|[,;(]\s?|\b(?:va|cac|cua|voi|cung|truong|giam doc|vien|chu nhiem|thu truong|lanh dao|moi|nhung|toan the)\s)"
    rf"(?P<head>{HEAD_NOUNS}|co quan)$"
)
# One of several without names ("các phòng, ban", "các sở") takes none.
_BARE_JOINTS = frozenset((",", ";", "va", "cac", "moi", "nhung", "toan the"))
_BARE_HEADS = frozenset(
    (
        "ban",
        "to",
        "phong",
        "cuc",
        "hoi",
        "so",
        "bo",
        "vu",
        "vien",
        "tram",
        "nha",
        "hat",
        "can bo",
        "giao vien",
        "cong chuc",
    )
)
# "Tổ chức" as a body: one of several, or with what kind of body it is.
_BODY_RE = re.compile(
    r"to chuc(?:,| va| hoac) (?:ca nhan|cong dan|doanh nghiep|co so|don vi|tap the|nguoi)"
    r"|to chuc (?:chinh tri|xa hoi|dang(?! ky)"
    r"|doan(?! thanh tra| kiem tra| cong tac| di| vien)|hoi(?! nghi| thi| thao| dien| cho| trai)"
    r"|co |lien quan|khac|thuoc|truc thuoc|tren dia ban|nghe nghiep|co so"
    r"|phi chinh phu|quoc te|trong nuoc|tin dung|hanh chinh|cong doan|thanh vien|kinh te|duoc|nay|khoa hoc|ct)"
    r"|to chuc\s*(?:[.;,:\x00]|$)"
)
_MANY_RE = re.compile(r"\b(?:cac|moi|nhung|cua|doi voi|tap the|ca nhan,|co quan,)\s$")
_RELATIVE_RE = re.compile(
    r"\b(được|có tên|có chức năng|có nhu cầu|có quyền|quy định tại|nêu tại|nêu trên"
    r"|(?<!(?i:thiết) )(?<!(?i:trang) )(?<!(?i:chuẩn) )bị|đang|tham gia|nơi)\b[^,;]*$"
)
# These begin a task wherever they stand, even after "được giao …", and some of them with a capital.
_SURE = frozenset((
    "chu tri", "co trach nhiem", "chiu trach nhiem", "khan truong", "chu dong", "nghiem tuc", "tich cuc",
    "phai", "can", "can cu", "phoi hop", "kip thoi", "co nhiem vu",
))  # fmt: skip
_SURE_RE = re.compile(blanks(r"[^,;.]{0,120}\b(?:chu tri|(?:co|chiu) trach nhiem|co nhiem vu)\b"))
_CAPITAL = frozenset(("chu tri", "co trach nhiem", "chiu trach nhiem", "phoi hop"))
_CLAUSE_WORDS = frozenset(
    ("trong", "de", "nham", "khi", "ve", "qua", "neu", "voi", "bang", "gom", "bao gom", "tu ngay")
)
_STOP_RE = re.compile(
    blanks(
        rf"\b(?P<verb>{alternation((*VERBS, *map(fold, SHORT_VERBS)))})\b|\b(?P<word>{alternation(_CLAUSE_WORDS)})\b"
        r'|(?P<mark>[.;:!?()\x00“”"])'
    )
)
_IN_NAME_RE = re.compile(
    r"trong (?:he thong|tinh|huyen|xa|toan|truong|ca nuoc|nganh|khoi|dia ban|khu|pham vi|quan|thanh pho|cum|ban|va ngoai)"
    r"|khi (?:co|thi)$|bang (?:viec)$|de (?:nghi)$"
)
_JOINED_RE = re.compile(r"\s*(?:va\s)?")
_ABBREVIATED_RE = re.compile(r"\b(?:tp|tx|tt|q|p|h|x|ths|ts|pgs|gs|bs|st|d/c)$")
# After these the name of a department is whole, whatever its last word is.
_NAMED_RE = re.compile(
    blanks(rf"\s*(?:,\s(?!(?:{alternation(VERBS)})\b)|[;:.()\x00–-]|$|(?:va|cua|thuoc|voi|cung) )")
)
_SHORT_BY_FOLD = {fold(verb): verb for verb in SHORT_VERBS}
_AFTER_RES = {verb: re.compile(rf"\s(?:{nouns})\b") for verb, nouns in NOUN_AFTER.items()}
_BEFORE_RES = {verb: re.compile(rf"\b(?:{nouns})$") for verb, nouns in NOUN_BEFORE.items()}
_COMPOUND_RE = re.compile(rf"\b(?:{KNOWN_COMPOUNDS})\b")
_TRAILING_RE = re.compile(
    r"(?:[\s,;–-]+|\s(?:và|cùng|cùng với|đồng thời|tiếp|sẽ|đã|luôn|hãy|hoặc)\s*)+$", re.IGNORECASE
)


# Three small words at the end of what was taken for a name.
_SMALL_TAIL_RE = re.compile(r"(?:\s[^\W\d_]+){3}\s*$")
_SMALL_WORDS_RE = re.compile(r"(?:\s[^\W\d_]+){3}")
_LEAST_DOING = 3  # words after a name that are a clause of their own
_LEAST_NAME = 5  # characters: an abbreviation may be followed by its field ("Sở", "Ban")
_GOES_ON_RE = re.compile(
    r"\s(?:của|thuộc|và|các|cấp|tỉnh|huyện|xã|quận|phường|thị|thành|trên|tại|ở|nơi|cùng|với|liên|có|được|do|trong|ngoài|số"
    r"|khu|vùng|trung|địa|hai|ba|này|đó|nhà|khác|trực|cơ|nhân|từ|đến|là|gồm|học|công|kinh|kỹ|y|khoa|an|văn|tài|hành)\b"
)


def unit_end(
    text: str, folded: str, start: int, limit: int, *, anyone: bool = False, colons: bool = False
) -> int:
    """Where the name of a unit, or an enumeration of units, ends; ``start`` where none begins.

    It ends before the first word of what the unit does, a clause's conjunction or a sentence's mark. Words of
    doing that belong to the name do not end it: after the kind of office ("Ban chỉ đạo", "cơ quan quản lý"), with
    a capital ("Phòng Quản lý đô thị"), or in a relative clause ("các đơn vị được phân công nhiệm vụ").

    Args:
        text: as printed.
        folded: the same in lower case without marks.
        start: where the name begins.
        limit: where to stop in any case.
        anyone: whoever stands there is one, as after "phối hợp với".
        colons: a colon does not end it ("Các ông: Chánh Văn phòng, …").

    >>> text = "Phòng Quản lý đô thị, Ban chỉ đạo các xã tổ chức kiểm tra."
    >>> text[:unit_end(text, fold(text), 0, len(text))]
    'Phòng Quản lý đô thị, Ban chỉ đạo các xã'
    """
    position = _head_end(text, folded, start)
    if position == start and anyone:
        position = folded.find(" ", start, limit)
    if position <= start:
        return start
    limit = min(limit, start + _LONGEST)
    while (stop := _STOP_RE.search(folded, position, limit)) is not None:
        colon = colons and stop["mark"] == ":"
        position = stop.end() if colon else _past(text, folded, start, stop, limit)
        if position < 0:
            break
    end = stop.start() if stop else limit
    if (stop is None or stop["verb"] is None) and text[start].isupper():
        end = _proper_end(text, start, end)
    trailing = _TRAILING_RE.search(text, start, end)
    return trailing.start() if trailing else end


def _past(text: str, folded: str, start: int, stop: re.Match[str], limit: int) -> int:
    """Where to look on if what was found does not end the name; -1 where it does."""
    begin, end = stop.span()
    if mark := stop["mark"]:
        if mark == "(":
            closing = folded.find(")", begin, limit)
            return closing + 1 if closing >= 0 else -1
        if mark == ";":
            return end if opens_unit(text, folded, _joined(folded, end)) else -1
        return end if mark == "." and _ABBREVIATED_RE.search(folded, start, begin) else -1
    before = folded[max(start, begin - 32) : begin].rstrip()
    words = " ".join(stop[0].split())
    if words in _CLAUSE_WORDS and not text[begin].islower():
        return end  # "Đài Khí tượng thủy văn"
    if words in _CLAUSE_WORDS and text[begin:end].lower() != _SHORT_BY_FOLD.get(words):
        known = _IN_NAME_RE.match(folded, begin) is not None or (
            words == "ve" and before.endswith("nha nuoc")
        )
        if not known and words in ("trong", "ve"):
            known = _RELATIVE_RE.search(text, max(start, begin - 80), begin) is not None
        return end if known else -1
    if text[begin:end].lower() in NO_VERBS:
        return begin + len(
            words.split()[0]
        )  # "thi công bổ sung": the next syllable may begin the word of doing
    return end if _is_noun(text, folded, start, stop, before) else -1


def does_something(text: str, folded: str, end: int) -> bool:
    """Whether small words follow a unit's name at once that no table tells: in a part that gives duties they are one.

    >>> text = "Điện lực Kiến An hạ ngầm cáp trục"
    >>> does_something(text, fold(text), text.index(" hạ")), does_something(text, fold(text), text.index(" Kiến"))
    (True, False)
    """
    words = _SMALL_WORDS_RE.match(text, end)
    return words is not None and words[0].islower() and not _STOP_RE.match(folded, end + 1)


def _proper_end(text: str, start: int, end: int) -> int:
    """Where an office's name ends that no known word of doing ended: before words that no name goes on with.

    "Điện lực Kiến An hạ ngầm cáp" is the office and what it does, though no table has the word.
    """
    tail = _SMALL_TAIL_RE.search(text, start, end)
    office = office_at(text, start, end) if tail and tail[0].islower() else None
    if office is None or office.end < start + _LEAST_NAME or text[start + 1 : office.end].islower():
        return end
    rest = text[office.end : end]
    is_doing = rest.islower() and rest.count(" ") >= _LEAST_DOING and not _GOES_ON_RE.match(rest)
    return office.end if is_doing else end


def _joined(folded: str, start: int) -> int:
    """Where the next member of an enumeration begins: past blanks and "và"."""
    match = _JOINED_RE.match(folded, start)
    return match.end() if match else start


def _is_noun(text: str, folded: str, start: int, stop: re.Match[str], before: str) -> bool:
    """Whether a word of doing is part of the name."""
    begin, end = stop.span()
    verb = " ".join(stop["verb"].split())
    printed = text[begin:end]
    if not printed.islower() and verb not in _CAPITAL:
        return True
    field = field_at(text, folded, start, begin)
    if field and (
        not field.may_do or _NAMED_RE.match(folded, field.end) or _STOP_RE.match(folded, field.end + 1)
    ):
        return True
    if verb in _SHORT_BY_FOLD:
        marked = _SHORT_BY_FOLD[verb]
        if printed.lower() != marked or before.endswith((" cac", " duoc")):
            return True
        after, ahead = _AFTER_RES.get(marked), _BEFORE_RES.get(marked)
        return bool((after and after.match(folded, end)) or (ahead and ahead.search(before)))
    if any(
        found.start() <= begin < found.end()
        for found in _COMPOUND_RE.finditer(folded, max(start, begin - 24), end + 12)
    ):
        return True
    if verb == "cong tac" and (folded.startswith(" vien", end) or before.endswith("lien he")):
        return True
    if verb == "lanh dao" and (
        before.endswith((",", ";", " va", "cho")) or _MANY_RE.search(folded, start, begin)
    ):
        return True
    if verb == "to chuc" and (_BODY_RE.match(folded, begin) or _MANY_RE.search(folded, start, begin)):
        return True
    head = _AFTER_HEAD_RE.search(before)
    if head and (verb not in _SURE or (verb == "chu tri" and before.endswith("quan"))):
        named = text[begin - 1 - len(head["head"])].isupper()
        bare = head["joint"].strip() in _BARE_JOINTS and head["head"] in _BARE_HEADS
        return named or not bare
    return verb not in _SURE and _in_relative_clause(text, folded, start, begin)


def _in_relative_clause(text: str, folded: str, start: int, begin: int) -> bool:
    """Whether a word of doing is what a relative clause tells of the unit: "các đơn vị được phân công nhiệm vụ".

    It is the first such word of the clause, or a later one where a sure beginning of the task follows
    ("người được giao quản lý kho có trách nhiệm …").
    """
    relative = _RELATIVE_RE.search(text, max(start, begin - 80), begin)
    if relative is None:
        return False
    earlier = _STOP_RE.search(folded, relative.start(1) + len(relative[1]), begin)
    return earlier is None or _SURE_RE.match(folded, begin) is not None


def is_unit(text: str) -> bool:
    """Whether a text is the name of a unit, or of several, and nothing else.

    >>> [is_unit(text) for text in ("Các Hội, Đoàn thể", "Ủy ban nhân dân các xã, thị trấn", "Công tác tuyên truyền")]
    [True, True, False]
    >>> is_unit("Phòng, chống dịch bệnh"), is_unit("Sở Y tế tổ chức tiêm chủng"), is_unit("Đơn vị tính")
    (False, False, False)
    """
    return unit_end(text, fold(text), 0, len(text)) == len(text) > 0


_JOINT_RE = re.compile(r"\s*[,;]\s*(?:(?:cung voi|cung|va)\s)?\s*|\s(?:cung voi|cung|va)\s+")
_COLLECTIVE_RE = re.compile(r"(?:cac|moi|nhung|toan the)\b")


def part_units(text: str, folded: str, start: int, end: int) -> list[Span]:
    """An enumeration of units, parted where each part begins like one.

    Members of one collective stay together: "các phòng, ban, ngành", "tổ chức, cá nhân liên quan".

    >>> text = "Ban An toàn giao thông, các phòng ban, đơn vị, UBND các phường và Công an quận"
    >>> [text[slice(*span)] for span in part_units(text, fold(text), 0, len(text))]
    ['Ban An toàn giao thông', 'các phòng ban, đơn vị', 'UBND các phường', 'Công an quận']
    """
    joints = [joint for joint in _JOINT_RE.finditer(folded, start, end) if joint.end() < end]
    edges = [*(joint.start() for joint in joints), end]
    parts = [Span(start, edges[0])]
    for joint, piece_end in zip(joints, edges[1:], strict=True):
        last = parts[-1]
        if _opens_part(text, folded, joint, last.start, piece_end):
            parts.append(Span(joint.end(), piece_end))
        else:
            parts[-1] = Span(last.start, piece_end)
    return parts


def _opens_part(text: str, folded: str, joint: re.Match[str], last: int, end: int) -> bool:
    """Whether what follows a comma or "và" is a unit of its own, and no further member of the part before."""
    start = joint.end()
    head = _head_end(text, folded, start)
    if head == start or folded.count("(", last, start) > folded.count(")", last, start):
        return False
    if _COLLECTIVE_RE.match(folded, start):
        return True
    if not text[start].isupper() and not any(letter.isupper() for letter in text[start:end]):
        # A kind of body without a name: it goes with those before it, or is the first of such.
        return "va" not in joint[0] and not _COLLECTIVE_RE.match(folded, last) and text[last].isupper()
    return head < end
