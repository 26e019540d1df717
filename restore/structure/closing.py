"""The end of a document: who gets it, where it is filed, who signed (Decree 30/2020/NĐ-CP, boxes 7 to 9)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from restore.document import ABSENT, Closing, Field, Signer
from restore.structure.lines import CAPITALS, Line, Span, fold, is_ended, is_upper, stripped
from restore.structure.names import is_person, is_position
from restore.structure.origin import Origin
from restore.structure.phrases import RECIPIENTS, starts_with


class End(NamedTuple):
    """What was read of the end: the lines that are part of it and the first line of what is annexed."""

    closing: Closing
    start: int
    annex: int


_AUTHORITY = rf"(?:(?:TM|KT|TL|TUQ|Q)\s*[./]|(?:T/M|K/T|T/L|T/UQ)[.\s]|[TK]\.[TML]\.?)\s*[{CAPITALS}]{{2}}"
_AUTHORITY_RE = re.compile(_AUTHORITY)
_INNER_AUTHORITY_RE = re.compile(rf"(?<=\s){_AUTHORITY}")
_ITEM_RE = re.compile(r"[-–+•*·]\s*")
_END_MARK_RE = re.compile(r"[\s;.,]+$")
_SIGNED_RE = re.compile(r"[(\[]?\s*(?:da ky|da ki|ky ten|ky, |chu ky|dong dau)")
_ANNEX_RE = re.compile(r"(?:phu luc|danh muc|mau so|bieu mau|\(?(?:ban hanh )?kem theo)\b")
_ZONE_LINES = 70  # recipients and signatures of the longest closing of our own cases: 40 lines
_FILED_RE = re.compile(r"luu\b")
_DRAFTER_RE = re.compile(
    r"(?:^|[,;]\s*)(?P<drafter>[^\W\d_]{2,}[.,]\s?[^\W\d_]\w*\.?|[^\W\d_]+[.\s]*\(\d+\s?b?\))\s*$"
)


@dataclass(slots=True)
class _Signature:
    """A signature while it is read: lines of authority, of position, and the name."""

    authority: list[Span] = field(default_factory=list)
    position: list[Span] = field(default_factory=list)
    name: Span | None = None


@dataclass(slots=True)
class _Reading:
    """What the lines of the end gave so far."""

    items: list[list[Span]] = field(default_factory=list)
    listing: bool = False
    signatures: list[_Signature] = field(default_factory=list)


def read_closing(origin: Origin, lines: Sequence[Line], after: int) -> End:
    """Read the end of the document, looked for from line ``after``; all is absent where there is none."""
    start = _closing_start(lines, after)
    if start is None:
        return End(Closing(), len(lines), len(lines))
    reading = _Reading()
    annex = min(len(lines), start + _ZONE_LINES)
    for index in range(start, annex):
        line = lines[index]
        if _ends_closing(reading, line, lines, index):
            annex = index
            break
        for span in _columns(origin.text, line):
            _read_piece(reading, origin.text, span)
    signers = tuple(_signer(origin, one) for one in reading.signatures if one.position or one.name)
    if not signers:
        signers = tuple(_signer(origin, one) for one in reading.signatures)
    first = signers[0] if signers else Signer()
    recipients = tuple(found for item in reading.items if (found := _item_field(origin, item)) is not None)
    filing = next((item for item in recipients if _FILED_RE.match(fold(item.value or ""))), ABSENT)
    closing = Closing(
        signers=signers,
        signer_authority=first.authority,
        signer_position=first.position,
        signer_name=first.name,
        recipients=recipients,
        filing=filing,
        appendices=_appendices(origin, lines[annex:]),
    )
    return End(closing, start, annex)


def read_drafter(origin: Origin, filing: Field) -> Field:
    """The drafter's sign that ends the filing line (``VT, KTN.Bảo``, ``VT, NN (3)``), Decree 30, box 12."""
    match = _DRAFTER_RE.search(filing.value or "")
    if match is None or not filing.provenance or len(filing.provenance) != 1:
        return ABSENT
    return filing.model_copy(update={"value": match["drafter"], "raw": match["drafter"]})


def _closing_start(lines: Sequence[Line], after: int) -> int | None:
    """The first line of the end: ``Nơi nhận``, or the signature where that stands first or alone.

    Forms that are annexed have recipients of their own; a complete signature long before them ends the
    document.
    """
    labels = (index for index in range(after, len(lines)) if _recipients_label(lines[index].folded))
    recipients = next(labels, len(lines))
    signature = _first_signature(lines, after, recipients)
    if signature is not None:
        return signature
    return recipients if recipients < len(lines) else None


def _first_signature(lines: Sequence[Line], after: int, limit: int) -> int | None:
    """An authority or position line after an ended sentence, with a name or the recipients close under it."""
    for index in range(after, limit):
        if not _begins_signature(lines, index):
            continue
        before = lines[index - 1] if index > after else None
        loose = before is not None and not is_ended(before.text) and not lines[index].gap
        # After an unended line only the full form convinces: "KT. …", or a position with the name close
        # under it.
        reach = 6 if not loose or _AUTHORITY_RE.match(lines[index].text) else 2
        near = lines[index + 1 : min(limit, index + 1 + reach)]
        unsigned = (
            not loose and index + 1 + len(near) >= limit and not any(is_ended(one.text) for one in near)
        )
        if unsigned or any(is_person(one.text) for one in near):
            return index
    return None


def _begins_signature(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if _AUTHORITY_RE.match(text):
        return True
    if not is_upper(text) or len(text) > 60 or not is_position(text) or text.endswith(":"):
        return False
    # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" also enacts; a signature is followed by a name or by nothing long.
    return all(len(line.text) < 60 for line in lines[index + 1 : index + 3])


def _recipients_label(folded: str) -> int:
    length = starts_with(RECIPIENTS, folded)
    if not length:
        return 0
    rest = folded[length:].lstrip()
    # A sign that is no letter may be what an engine left of the colon.
    return length if not rest or not rest[0].isalnum() or len(folded) < 14 else 0


def _ends_closing(reading: _Reading, line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether an annex begins at the line: a signature is complete, and this is none of its lines."""
    signed = any(one.name for one in reading.signatures)
    if _ANNEX_RE.match(line.folded) and is_upper(line.text[:7]) and (signed or reading.items):
        return True
    if not signed:
        return False
    text = line.text
    if _ITEM_RE.match(text) or _AUTHORITY_RE.match(text) or is_person(text) or _SIGNED_RE.match(line.folded):
        return bool(_ITEM_RE.match(text)) and not reading.listing
    if _recipients_label(line.folded) or (is_upper(text) and is_position(text)):
        return False
    if reading.listing and not text[:1].isupper():
        return False
    return not any(is_person(later.text) for later in lines[index + 1 : index + 4]) or len(text) > 60


_WIDE_RE = re.compile(r"\s{3,}|\t")
_POSITION_TAIL_RE = re.compile(
    rf"(?<=[;.:])(?<!TM\.)(?<!KT\.)(?<!TL\.)(?<!UQ\.)\s+(?=[{CAPITALS}]{{2,}}(?:\s+[{CAPITALS}]{{2,}})+\s*$)"
)
_NAME_TAIL_RE = re.compile(rf"(?<=[;.])\s+(?=[{CAPITALS}]\w+(?:\s+[{CAPITALS}]\w*){{1,4}}\s*$)")


def _columns(source: str, line: Line) -> list[Span]:
    """The line cut where recipients and signature share it."""
    cuts = {match.end() for match in _WIDE_RE.finditer(line.text)}
    if match := _INNER_AUTHORITY_RE.search(line.text):
        cuts.add(match.start())
    label = _recipients_label(line.folded)
    if label:
        rest = label
        while rest < len(line.text) and line.text[rest] in " :;.":
            rest += 1
        cuts.add(rest)
    tail = _POSITION_TAIL_RE.search(line.text)
    if (tail and not _AUTHORITY_RE.match(line.text) and is_position(line.text[tail.end() :])) or (
        _ITEM_RE.match(line.text)
        and (tail := _NAME_TAIL_RE.search(line.text))
        and is_person(line.text[tail.end() :])
    ):
        cuts.add(tail.end())
    edges = [0, *sorted(cuts), len(line.text)]
    spans = [
        stripped(source, Span(line.start + start, line.start + end))
        for start, end in itertools.pairwise(edges)
    ]
    return [span for span in spans if span.end > span.start]


def _read_piece(reading: _Reading, source: str, span: Span) -> None:
    """Take one piece: the label, an item, a line of a signature, or the rest of an item."""
    text = source[slice(*span)]
    folded = fold(text)
    if _recipients_label(folded):
        reading.listing = True
    elif _SIGNED_RE.match(folded):
        return
    elif _AUTHORITY_RE.match(text):
        _authority(reading, span)
    elif (dash := _ITEM_RE.match(text)) and reading.listing:
        reading.items.append([Span(span.start + dash.end(), span.end)])
    elif is_upper(text) and _takes_position(reading, text):
        _position(reading, span)
    elif (
        reading.signatures
        and not reading.signatures[-1].name
        and is_person(text)
        and not _open_item(reading, source, text)
    ):
        reading.signatures[-1].name = span
    elif reading.listing and _goes_on_with_item(reading, source, text):
        reading.items[-1].append(span)
    elif (
        reading.listing
        and (text.endswith(";") or not reading.items or _FILED_RE.match(folded))
        and not is_upper(text)
    ):
        reading.items.append([span])


def _open_item(reading: _Reading, source: str, text: str) -> bool:
    """Whether the last item waits for more words, before any position was read after it."""
    if not reading.listing or not reading.items or reading.signatures[-1].position:
        return False
    return not source[slice(*reading.items[-1][-1])].rstrip().endswith((";", ".")) and not is_upper(text)


def _goes_on_with_item(reading: _Reading, source: str, text: str) -> bool:
    if not reading.items or (any(one.name for one in reading.signatures) and text[:1].isupper()):
        return False
    return not source[slice(*reading.items[-1][-1])].rstrip().endswith((";", "."))


def _authority(reading: _Reading, span: Span) -> None:
    last = reading.signatures[-1] if reading.signatures else None
    if last is None or last.name or last.position:
        reading.signatures.append(_Signature(authority=[span]))
    else:
        last.authority.append(span)


# A stamp or a table behind the signature leaves capitals too; no signature of our cases has longer lines
# or more of them.
_LONGEST_TITLE_LINE, _SIGNATURE_LINES = 50, 6
_WORDS_RE = re.compile(r"[^\W\d_]+(?:[ ,.–-]+[^\W\d_]+)*")


def _takes_position(reading: _Reading, text: str) -> bool:
    """Whether a line in capitals is part of a signature: by its words, or because such a line leads to it."""
    if is_position(text):
        return True
    last = reading.signatures[-1] if reading.signatures else None
    if last is None or last.name is not None or not (last.authority or last.position):
        return False
    if is_person(text) or len(text) > _LONGEST_TITLE_LINE or not _WORDS_RE.fullmatch(text):
        return False
    return len(last.authority) + len(last.position) < _SIGNATURE_LINES


def _position(reading: _Reading, span: Span) -> None:
    last = reading.signatures[-1] if reading.signatures else None
    if last is None or last.name:
        last = _Signature()
        reading.signatures.append(last)
    last.position.append(span)


def _signer(origin: Origin, signature: _Signature) -> Signer:
    authority, position = signature.authority, signature.position
    # "KT. VIỆN TRƯỞNG VIỆN KIỂM SÁT / NHÂN DÂN TỐI CAO / PHÓ VIỆN TRƯỞNG": the authority runs to the
    # position.
    named = [index for index, span in enumerate(position) if is_position(origin.text[slice(*span)])]
    if authority and named and named[0] > 0:
        authority, position = authority + position[: named[0]], position[named[0] :]
    return Signer(
        authority=origin.field(authority) if authority else ABSENT,
        position=origin.field(position) if position else ABSENT,
        name=origin.field([signature.name]) if signature.name else ABSENT,
    )


def _item_field(origin: Origin, spans: list[Span]) -> Field | None:
    """A recipient without its dash and end mark."""
    last = spans[-1]
    text = origin.text[slice(*last)]
    mark = _END_MARK_RE.search(text)
    kept = [*spans[:-1], Span(last.start, last.start + mark.start() if mark else last.end)]
    kept = [span for span in kept if any(letter.isalnum() for letter in origin.text[slice(*span)])]
    return origin.field(kept) if kept else None


_APPENDIX_RE = re.compile(r"phu luc\b(?! (?:kem theo|nay|so \d+ (?:ban hanh|kem)))")
_APPENDIX_LINES = 8


def _appendices(origin: Origin, lines: Sequence[Line]) -> tuple[Field, ...]:
    """The headings of what is annexed: ``PHỤ LỤC I`` and the capitals under it, or the first line."""
    heads = [
        index for index, line in enumerate(lines) if _APPENDIX_RE.match(line.folded) and _is_heading(line)
    ]
    if not heads and lines and is_upper(lines[0].text):
        heads = [0]
    found: list[Field] = []
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=False):
        spans = [lines[head].span]
        for line in lines[head + 1 : min(following, head + _APPENDIX_LINES)]:
            if not is_upper(line.text):
                break
            spans.append(line.span)
        found.append(origin.field(spans))
    return tuple(found)


def _is_heading(line: Line) -> bool:
    return is_upper(line.text) or (
        line.text[:1].isupper() and len(line.text) < 30 and not is_ended(line.text)
    )
