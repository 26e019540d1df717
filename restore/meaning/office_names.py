"""How far the name of an office goes that begins at a place of a text.

Running text does not say where a name ends ("Sở Y tế chủ trì", "Ban Chỉ đạo phòng, chống dịch họp"). What tells it: names that many
documents have, and which syllable follows which in them (``agencies.tsv``); capitals, that open every word of a name; and the
types of places, that most names end with.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from restore.language import lexicon
from restore.language.vietnamese import move_tone
from restore.meaning.gazetteer import places_named
from restore.meaning.passages import BOUNDARY
from restore.structure.lines import CAPITALS

# First words of the names of offices, as they are written in running text.
_HEADS = (
    "Sở Bộ Phòng Ban Cục Vụ Viện Chi Tổng Ủy Uỷ UBND UB UBMTTQ UBMTTQVN HĐND MTTQ Hội Thanh Công Trung Trường Đại Học Bệnh Đài "
    "Báo Đoàn Liên Hiệp Kho Ngân Bảo Tòa Toà Hạt Trạm Đội Tổ Tập Mặt Quỹ Thư Nhà Quân Cảng Văn Chính Thủ Quốc Tỉnh Thành "
    "Huyện Quận Thị Đảng BCĐ BCH LĐLĐ BHXH CA TAND VKSND KBNN TTYT Thường Bưu Điện Chủ"
)
HEADS = frozenset(_HEADS.split())
_COMMITTEE = r"[ỦU][yỷ]\sban"
_OPENING_RE = re.compile(
    rf"""
    # an office without more
    (?P<whole> {_COMMITTEE}\snhân\sdân | UBND | Hội\sđồng\snhân\sdân | HĐND | Chính\sphủ | Quốc\shội | Chủ\stịch\snước
      | Thủ\stướng\sChính\sphủ | (?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s[uủỦ][yỷ] | (?:Tỉnh|Thành|Huyện|Quận|Thị)\s[đĐ]oàn
      | (?:{_COMMITTEE}|UB)\s[Mm]ặt\s[Tt]rận\s[Tt]ổ\s[Qq]uốc(?:\sViệt\sNam)?
      | (?:UBMTTQ|MTTQ)(?:VN|\sVN|\sViệt\sNam)? | Mặt\strận\sTổ\squốc(?:\sViệt\sNam)? | LĐLĐ | BHXH | TAND | VKSND | KBNN | BCĐ
    )\b
    # one that is named by its place
    | (?P<local> Công\san | CA | TTYT | Hội\sđồng\snhân\sdân\svà\s{_COMMITTEE}\snhân\sdân | BCH )\b
      (?=\s(?:tỉnh|thành\sphố|TP|quận|huyện|thị\sxã|thị\strấn|xã|phường|cấp)\b)
    # one of several bodies of another office
    | (?P<inner> Văn\sphòng | Ban\s(?:Thường\svụ|Chấp\shành|Cán\ssự\sđảng) | Thường\strực | {_COMMITTEE}\s[Kk]iểm\stra | Thanh\stra
      | Công\sđoàn | Đảng\sủy | BCH )\s(?=[{CAPITALS}])
    # one whose name goes on with a capital
    | (?P<named> Sở | Bộ(?!\s[Ll]uật|\s[Tt]rưởng) | Phòng | Ban(?!\s[Hh]ành) | Cục | Tổng\scục | Chi\scục | Vụ | Viện | Trung\stâm
      | Trường(?!\s[Hh]ợp) | Đại\shọc | Học\sviện | Bệnh\sviện | Đài | Báo(?!\s[Cc]áo) | Hội(?!\s[Nn]ghị) | Hội\sđồng | {_COMMITTEE}
      | Đoàn | Liên\sđoàn | Liên\sminh | Liên\shiệp | Hiệp\shội | Kho\sbạc | Ngân\shàng | Bảo\shiểm | T(?:òa|oà)\sán
      | Viện\skiểm\ssát | Hạt | Trạm | Đội | Tổ | Quỹ | Thư\sviện | Bảo\stàng | Cảng\svụ | Chi\snhánh | Điện\slực | Bưu\sđiện
      | (?:Tổng\s)?[Cc]ông\sty(?:\s(?:cổ\sphần|TNHH|trách\snhiệm\shữu\shạn|[Mm]ột\sthành\sviên|MTV)){{0,3}} | Tập\sđoàn
      | Bộ\s[Cc]hỉ\shuy | Ban\s[Cc]hỉ\s(?:đạo|huy) | Ban\s[Qq]uản\slý
    )\s(?=[{CAPITALS}])
    """,
    re.VERBOSE,
)
_PLACE_RE = re.compile(
    rf"""\s(?P<kind>tỉnh|[Tt]hành\sphố|T[Pp]\.?|quận|huyện|thị\sxã|thị\strấn|xã|phường|đặc\skhu|[QHP]\.)(?![\w])
    (?:\s?(?P<name>\d{{1,2}}\b|[{CAPITALS}][\w'’]*(?:\s[{CAPITALS}][\w'’]*){{0,4}}))?""",
    re.VERBOSE,
)
_BOTH_RE = re.compile(rf"(?:Hội đồng nhân dân|HĐND)(?:\svà\s|,\s|\s[-–]\s|-)(?:UBND|{_COMMITTEE} nhân dân)\b")
# After a comma or "và" these begin something else.
_OTHER_RE = re.compile(
    r"(?:Bộ trưởng|Thủ trưởng|Giám đốc|Chủ tịch|Chánh|Trưởng|Phó|Bí thư|Cục trưởng|Vụ trưởng|Công an)\b"
)
_RUN_RE = re.compile(rf"\s(?P<name>[{CAPITALS}][\w'’]*(?:\s[{CAPITALS}][\w'’]*){{0,4}})")
_LAST_PLACE_RE = re.compile(r"\s(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|khu vực)$")
# "tỉnh Trường Giang", "Hải Phòng Sáng", "Luật Tổ chức Chính phủ" name no office.
_NO_OFFICE_AFTER_RE = re.compile(
    r"(?:tỉnh|phố|quận|huyện|xã|trấn|phường|khu|Hải|Báo|đường|[Ll]uật|Luật Tổ chức|Pháp lệnh)\s$"
)
_GENERAL_RE = re.compile(
    r"\s(?:cấp (?:tỉnh|huyện|xã|trung ương|cơ sở|cao)|địa phương|[Tt]rung ương|[Kk]hu vực(?: (?:[IVX]+|\d{1,2}))?|cơ sở"
    r"|tối cao)\b"
)
_SEVERAL_RE = re.compile(
    r"\s(?:(?:các|những|mỗi|từng|\d+)\s(?:tỉnh|thành|quận|huyện|thị|xã|phường|cấp|địa phương|bộ|ngành|khu)|cùng cấp)\b"
    r"|,\s(?:thành phố|quận|huyện|thị xã|phường|thị trấn|đặc khu)\b"
)
_WORD_RE = re.compile(r"[\w&]+")
_TWO_WORDS_RE = re.compile(r"[\w&]+\s[\w&]+")
_WORDS_RE = re.compile(r"[\w&]+(?:(?:,\s|\s[-–]\s|\s)[\w&]+){0,13}")
_TOKEN_RE = re.compile(r"(?P<link>\s?[-–]\s|,\s|\svà\s|\s)(?P<word>[^\W\d_][\w&]*)")
# What goes on with the sentence though a word of a name could: first syllables of the verbs, prepositions and conjunctions that
# follow the names of offices.
_AFTER_NAMES = (
    "chủ phối tham tổ tổng thực triển hướng kiểm báo chịu có căn theo về để xem quyết ban đề giao quy được đã sẽ cần phải nhằm khi "
    "nếu tại trong trên với cho từ đến là thông cung tiếp gửi trình thẩm phê đăng niêm rà cập bố đảm bảo tăng chỉ phân lập cử hỗ "
    "giải đôn giám thường tích tiến phát vận tuyên họp nộp ký lấy mời nhận thu chi tính trả xử lưu bàn bổ sửa điều thống trao làm "
    "đi hoặc hay và cùng do bằng này đó năm ngày vào ra lên xuống nêu yêu như không chưa đang cũng thì mà nên gồm bao chuyển khẩn "
    "xác tạo duy sử chuẩn khảo đánh nghiên dự trực xây hoàn kịp nghiêm lồng rút áp tự ứng tháo kết liên góp huy giữ sớm ngoài sau "
    "trước kính trân đồng cấp quyền của các những thuộc giai nhiệm khóa"
)
_VERBS = frozenset(_AFTER_NAMES.split())
# Words of names that ask for an object, which has no capital: "Quản lý đô thị", "Dịch vụ nông nghiệp".
_WITH_OBJECT = (
    "quản lý;dịch vụ;hỗ trợ;cải cách;mua sắm;phát triển;kiểm soát;phục vụ;đăng ký;ứng dụng;bảo vệ;bảo tồn;nghiên cứu;tư vấn;"
    "giám định;kiểm định;chỉ huy;điều hành;vận hành;khai thác;xúc tiến;đấu giá;bảo trợ;công tác;thẩm định;công trình;"
    "trung học;cung ứng"
)
_TRANSITIVE = frozenset(_WITH_OBJECT.split(";"))
_USUAL_OBJECT, _LONGEST_OBJECT = 2, 4  # syllables; a long one counts only where something plainly ends it
_VERB_PHRASES = frozenset(
    ("quy định", "quyết định", "thành lập", "ủy quyền", "ban hành", "hướng dẫn", "phối hợp", "chủ trì", "thực hiện", "có trách",
     "tham mưu", "thông báo", "tiếp nhận", "cấp lại", "báo cáo", "đề nghị", "chỉ đạo", "kiểm tra", "ủy nhiệm", "tổ chức")
)  # fmt: skip
# Words with a syllable that could begin a verb of its own.
_NOUNS = frozenset(
    ("giải quyết", "chính quyền", "bảo đảm", "hòa giải", "phân tích", "tiếp nhận", "giao thông", "truyền thông", "viễn thông",
     "trung cấp", "cao cấp", "hợp tác", "giao dịch", "đăng kiểm", "lưu trữ", "dự án", "dự báo", "dự phòng", "dự trữ",
     "thực phẩm", "thực vật", "trật tự", "thông tin", "bảo hiểm", "báo chí", "quy hoạch", "kiểm lâm", "phát thanh", "xây lắp",
     "quan trắc", "liên ngành", "đào tạo")
)  # fmt: skip
# Types of places and grades go on only as _PLACE_RE and _GENERAL_RE say.
_PLACE_WORDS = frozenset(("cấp", "tỉnh", "huyện", "xã", "quận", "phường"))
# Of these only what has a capital goes on: "Bộ tham mưu" is "Bộ" and a verb.
_NEEDS_CAPITAL = frozenset(("bộ", "sở", "cục", "phòng", "vụ"))
_NEW_STYLE_RE = re.compile(r"(?:o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?!\w)")
_END_RE = re.compile(rf"\s?[^\w\s]|\s?{BOUNDARY}|$|\s(?:và|hoặc|-|–)\s")
_NO_NAME_RE = re.compile(
    r"\bvà (?:Ban|Bộ|Thư ký|Kiểm \w+ viên|Tổng giám đốc)|\b(?:khóa|trừ|đề nghị|bất ngờ|phát hành|lấy mẫu|đại diện nước)\b"
    r"| (?:Sửa đổi|Ban hành)$"
)


class OfficeName(NamedTuple):
    """A name that was found.

    Attributes:
        start: where it begins.
        end: one past its last character.
        kind: the type of the place at its end, as printed, where the place is not named ("huyện" of "UBND huyện"); else "".
        several: more than one office is meant ("UBND các xã").
    """

    start: int
    end: int
    kind: str = ""
    several: bool = False


@cache
def _known() -> frozenset[str]:
    """Names that many documents have, in lower case, without those that were cut in the wrong place."""
    return frozenset(
        agency.name.lower() for agency in lexicon.agencies() if not _NO_NAME_RE.search(agency.name)
    )


@cache
def _openings() -> frozenset[str]:
    """First two words of the known names: "ban chỉ", "viện kiểm"."""
    return frozenset(" ".join(name.split()[:2]) for name in _known())


@cache
def _followers() -> frozenset[tuple[str, str]]:
    """Which syllable follows which in the known names, links between them left out."""
    names = ([word for word in _WORD_RE.findall(name) if word != "và"] for name in _known())
    return frozenset(pair for words in names for pair in pairwise(words))


@cache
def _small_followers() -> frozenset[tuple[str, str]]:
    """Which syllable without a capital follows which, with no more than a blank between them."""
    names = (agency.name for agency in lexicon.agencies() if agency.name.lower() in _known())
    pairs = (pair for name in names for pair in pairwise(name.split()))
    return frozenset(
        (first.lower(), second) for first, second in pairs if second.islower() and first.isalpha()
    )


def office_at(text: str, start: int, end: int) -> OfficeName | None:
    """The office whose name begins at a capital; None where none does.

    Args:
        text: running text.
        start: where a capitalised word begins.
        end: one past the last character that may be read.

    >>> text = "Sở Y tế chủ trì, phối hợp với Công an huyện và UBND các xã"
    >>> [text[slice(*office_at(text, start, len(text))[:2])] for start in (0, 30, 47)]
    ['Sở Y tế', 'Công an huyện', 'UBND']
    """
    if _NO_OFFICE_AFTER_RE.search(text, max(0, start - 14), start):
        return None
    opening = _OPENING_RE.match(text, start, end)
    stop = _known_end(text, start, end)
    if opening is not None and (opening["whole"] or opening["local"]):
        stop = max(stop, opening.end())
        if opening["whole"] and opening["whole"][-3:].lower() not in ("dân", "bnd", "đnd"):
            stop = max(stop, _bare_place_end(text, stop, end))
    elif opening is not None:
        body = opening.end("inner" if opening["inner"] else "named")
        if opening["inner"] and (both := _BOTH_RE.match(text, body + 1, end)):
            return OfficeName(start, *_with_place(text, both.end(), end))
        if opening["inner"] and (inner := office_at(text, body + 1, end)):
            return inner._replace(start=start)
        stop = max(stop, _named_end(text, body, end))
        stop = stop if stop > body else start
    if stop <= start:
        return None
    stop, kind = _with_place(text, stop, end)
    return OfficeName(start, stop, kind, bool(_SEVERAL_RE.match(text, stop, end)))


def _known_end(text: str, start: int, end: int) -> int:
    """Where the longest known name ends that begins here, the type of a place at its end left out; ``start`` where none does."""
    two = _TWO_WORDS_RE.match(text, start, end)
    if two is None or _low(two[0]) not in _openings():
        return start
    head, second = two[0].split()
    words = _WORDS_RE.match(text, start, end)
    if words is None or (head.lower() in _NEEDS_CAPITAL and second.islower()):
        return start
    piece = _low(words[0])
    cut = len(piece)
    while cut > 0 and piece[:cut] not in _known():
        cut = max(piece.rfind(" ", 0, cut), piece.rfind(",", 0, cut))
    if cut <= 0:
        return start
    place = _LAST_PLACE_RE.search(piece[:cut])
    return start + (place.start() if place else cut)


def _named_end(text: str, position: int, end: int) -> int:
    """Where a name goes on to: word by word, as long as a capital opens it or known names have it after the one before."""
    before, previous = "", ""
    capital = proper = False
    objects = 0
    stop = position
    while token := _TOKEN_RE.match(text, position, end):
        word, link = token["word"], token["link"].strip()
        low = _low(word)
        if word[0].isupper():
            follows = (before, low) in _followers()
            if not _opens_word(text, token, end, link, before, follows=follows):
                break
            proper, capital, objects = capital and not link, not word.isupper() or len(word) == 1, 0
        elif (
            link
            or not before
            or low in _PLACE_WORDS
            or _ends_with_place(text, position, end)
            or _begins_phrase(text, token, end, before)
        ):
            break
        elif (before, low) in _small_followers():
            capital = False
        elif f"{previous} {before}" in _TRANSITIVE or 0 < objects < _LONGEST_OBJECT:
            if _is_verb(text, token, end, before):
                break
            capital, objects = False, objects + 1
        elif (
            not capital
            or (proper and not _is_end(text, token.end(), end))
            or _is_verb(text, token, end, before)
        ):
            break
        else:
            capital = False  # one small syllable makes a word of the one with a capital
        previous, before, position = before, low, token.end()
        stop = position if objects <= _USUAL_OBJECT or _is_end(text, position, end) else stop
    return stop


def _begins_phrase(text: str, token: re.Match[str], end: int, before: str) -> bool:
    """Whether a verb follows that no name goes on with ("Bộ Tài chính quy định")."""
    low = _low(token["word"])
    following = _TOKEN_RE.match(text, token.end(), end)
    return (
        following is not None
        and f"{low} {_low(following['word'])}" in _VERB_PHRASES
        and f"{before} {low}" not in _NOUNS
    )


def _is_verb(text: str, token: re.Match[str], end: int, before: str) -> bool:
    """Whether a syllable that names do not have here is more likely one of the sentence."""
    low = _low(token["word"])
    if low not in _VERBS or f"{before} {low}" in _NOUNS:
        return False
    following = _TOKEN_RE.match(text, token.end(), end)
    return following is None or f"{low} {_low(following['word'])}" not in _NOUNS


def _is_end(text: str, position: int, end: int) -> bool:
    """Whether something plainly ends a name: a stop, a conjunction, the type of a place."""
    return bool(_END_RE.match(text, position, end) or _ends_with_place(text, position, end))


def _low(words: str) -> str:
    """In lower case and the old tone style, as the known names are compared."""
    low = words.lower()
    if _NEW_STYLE_RE.search(low):
        low = _WORD_RE.sub(lambda match: move_tone(match[0], "old"), low)
    return low


def _opens_word(text: str, token: re.Match[str], end: int, link: str, before: str, *, follows: bool) -> bool:
    """Whether a capital goes on with a name, as opposed to beginning another one."""
    start, word = token.start("word"), token["word"]
    if link and _OTHER_RE.match(text, start, end):
        return False
    if word in HEADS:
        opening = _OPENING_RE.match(text, start, end)
        if opening and (link or opening["whole"] or (before and not follows)):
            return False
    return follows or (link != "," and not (link and (not before or word.lower() in _VERBS)))


def _ends_with_place(text: str, position: int, end: int) -> bool:
    return bool(_PLACE_RE.match(text, position, end) or _GENERAL_RE.match(text, position, end))


def _bare_place_end(text: str, stop: int, end: int) -> int:
    """Where a place without its type ends that an office is named by ("Quận đoàn Kiến An"); ``stop`` where none stands."""
    run = _RUN_RE.match(text, stop, end)
    if run is None:
        return stop
    cuts = [match.start() for match in re.finditer(r"\s", run["name"])]
    for length in (len(run["name"]), *reversed(cuts)):
        if places_named(run["name"][:length]):
            return run.start("name") + length
    return stop


def _with_place(text: str, stop: int, end: int) -> tuple[int, str]:
    """The name with the place at its end, and the type of that place where its name is left out."""
    general = _GENERAL_RE.match(text, stop, end)
    if general:
        run = _RUN_RE.match(text, general.end(), end) if general[0].endswith("vực") else None
        return (run or general).end(), ""
    place = _PLACE_RE.match(text, stop, end)
    if place is None:
        return stop, ""
    if place["name"] is None:
        return place.end("kind"), place["kind"]
    name = place["name"]
    cuts = [match.start() for match in re.finditer(r"\s", name)]
    for length in (len(name), *reversed(cuts)):
        if places_named(name[:length]):
            return place.start("name") + length, ""
    if name.split()[0] in HEADS and _OPENING_RE.match(text, place.start("name"), end):
        return place.end("kind"), place["kind"]
    return place.start("name") + (cuts[_LONGEST_PLACE - 1] if len(cuts) >= _LONGEST_PLACE else len(name)), ""


_LONGEST_PLACE = 3  # words of a place that the gazetteer does not know
