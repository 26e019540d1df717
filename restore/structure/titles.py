"""Which part of a section's first paragraph is its title: all of it, a label before a colon, or nothing."""

from __future__ import annotations

import re

from restore.structure.lines import fold, is_upper
from restore.structure.names import is_office_head
from restore.structure.numbering import DASHES, Marker

# A heading longer than this is a sentence without its stop.
LONGEST_TITLE = 260
_LONGEST_COLON_TITLE = 90
_LABEL_WORDS = 8
_LONG_LABEL_WORDS = 14  # of a label that has no verb and lists nothing
_UNIT_WORDS = 24  # "Ủy ban nhân dân các huyện, thị xã, thành phố trực thuộc tỉnh", several of them
_SENTENCE_RE = re.compile(r"\b(?:nhu sau|sau|sau day|gom|la|co|bao gom|quy dinh|cu the)$")
# What may stand before the unit that a point of a plan is headed by.
_CALL_RE = re.compile(r"(?:de nghi|giao|yeu cau|doi voi|cac|nhung)\s+")
# Offices and people that no name begins with.
_UNIT_RE = re.compile(
    r"(?:co quan|don vi|to chuc|ban,? nganh|doan the|thu truong|nguoi dung dau|can bo|cong chuc|vien chuc"
    r"|thanh vien|to cong tac|giam doc|chanh|truong)\b"
)
_VERB_RE = re.compile(
    r"\b(?:chu tri|phoi hop|thuc hien|to chuc (?:thuc hien|trien khai|cac|hoi nghi|tot)|trien khai|xay dung"
    r"|chi dao|huong dan|kiem tra|bao cao|tham muu"
    r"|co trach nhiem|chiu trach nhiem|duoc|phai|bao dam|dam bao|tang cuong)\b"
)

# A sentence without its stop all the same: "Chánh Văn phòng … chịu trách nhiệm thi hành", "Thông tư này quy định …".
_WHOLE_SENTENCE_RE = re.compile(
    r"\b(?:chiu trach nhiem|chu tri,? phoi hop|nay (?:quy dinh|co hieu luc|ap dung|thay the))\b"
)


def title_end(text: str, marker: Marker, *, legal: bool, followed: bool) -> int:
    """How many characters of a section's first paragraph are its title, the blanks and the colon after it left out.

    A heading has no end mark; ``4. Thời gian báo cáo: 8h00`` is a label with its text. Dashes have no titles.

    Args:
        text: the paragraph without its marker.
        marker: what opens it.
        legal: it stands under an article, where a colon parts no label.
        followed: unnumbered text of the section comes after the paragraph.
    """
    if marker.style in DASHES or not text:
        return 0
    if is_upper(text) and len(text) <= LONGEST_TITLE:
        return len(text)
    if marker.style == "article" and (run_in := heading_before_sentence(text)):
        return run_in
    if text.endswith(":"):
        short = len(text) <= _LONGEST_COLON_TITLE and not _SENTENCE_RE.search(fold(text[:-1]))
        titled = marker.style != "article" and ((short and not legal) or _is_unit(text[:-1]))
        return len(text) if titled else 0
    colon = text.find(": ")
    one = text[-1] not in ".;,/" and len(text) <= LONGEST_TITLE and ". " not in text
    if one and not 0 <= colon <= _LONGEST_COLON_TITLE and ("; " not in text or _is_unit(text)):
        return 0 if _WHOLE_SENTENCE_RE.search(fold(text)) else len(text)
    if colon > 0 and marker.style != "article" and not legal and _is_label(text[:colon]):
        return colon
    short = text.endswith(".") and len(text.split()) <= _LABEL_WORDS - 2
    return (
        len(text) if short and followed and not legal and marker.style in ("roman", "arabic", "upper") else 0
    )


def _is_label(label: str) -> bool:
    """Whether what stands before a colon names what follows: a few words, or a unit with all its words."""
    words, folded = len(label.split()), fold(label)
    if len(label) <= _LONGEST_COLON_TITLE and not _SENTENCE_RE.search(folded):
        if words <= (_LABEL_WORDS - 2 if "," in label else _LABEL_WORDS):
            return True
        if words <= _LONG_LABEL_WORDS and not _VERB_RE.search(folded):
            return True
    return _is_unit(label)


def _is_unit(label: str) -> bool:
    """Whether a label is the name of a unit or of several, and no sentence about them.

    >>> _is_unit("Đề nghị Ủy ban nhân dân các huyện, thị xã, thành phố"), _is_unit("Sở Y tế chủ trì thực hiện")
    (True, False)
    """
    folded = fold(label)
    start = call.end() if (call := _CALL_RE.match(folded)) else 0
    return (
        len(folded.split()) <= _UNIT_WORDS
        and (is_office_head(label[start:]) or bool(_UNIT_RE.match(folded, start)))
        and not _VERB_RE.search(folded, start)
        and not _SENTENCE_RE.search(folded)
    )


# Headings that articles of all kinds of rules bear, by how often they stand over an article in the corpora of norms:
# scope, persons concerned, terms, entry into force, transition, carrying out and responsibility are a tenth of all.
_HEADING_RE = re.compile(
    r"""(?:
      pham\svi(?:\sdieu\schinh|\sap\sdung)?(?:(?:,|\sva)\sdoi\stuong(?:\sap\sdung)?)?
    | doi\stuong(?:\sap\sdung)?(?:(?:,|\sva)\spham\svi(?:\sdieu\schinh|\sap\sdung)?)?
    | giai\sthich\stu\sngu
    | (?:dieu\skhoan|quy\sdinh)\schuyen\stiep
    | hieu\sluc(?:\sthi\shanh)?(?:\sva\strach\snhiem\sthi\shanh|\sva\sto\schuc\sthuc\shien)?
    | dieu\skhoan\sthi\shanh
    | to\schuc\s(?:thuc\shien|thi\shanh)
    | trach\snhiem\s(?:thi\shanh|thuc\shien|to\schuc\sthuc\shien)
    | (?:huong\sdan|quy\sdinh\schi\stiet)(?:\sva\shuong\sdan)?\sthi\shanh
    | kinh\sphi\sthuc\shien | nguyen\stac\s(?:chung|thuc\shien|ap\sdung|lam\sviec) | che\sdo\sbao\scao
    | xu\sly\svi\spham | cac\shanh\svi\sbi\s(?:nghiem\s)?cam | khen\sthuong(?:,\sky\sluat)?
    )\.?\s+(?=(?P<sentence>\S+))""",
    re.VERBOSE,
)


_LONGEST_HEADING = 100  # characters of the longest of these headings and a word


def heading_before_sentence(text: str) -> int:
    """The length of an article's usual heading that its sentence follows in one line; 0 where there is none.

    >>> text = "Phạm vi điều chỉnh Quy chế này quy định việc trực cơ quan."
    >>> text[: heading_before_sentence(text)], heading_before_sentence("Hiệu lực của giấy phép")
    ('Phạm vi điều chỉnh', 0)
    """
    match = _HEADING_RE.match(fold(text[:_LONGEST_HEADING]))
    if match is None or not text[match.start("sentence") : match.start("sentence") + 1].isupper():
        return 0
    return len(text[: match.end()].rstrip())
