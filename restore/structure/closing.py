"""The end of a document: who gets it, where it is filed, who signed (Decree 30/2020/NĐ-CP, boxes 7 to 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from restore.document import ABSENT, Closing, Field, Signer
from restore.structure.annexes import opens_annex
from restore.structure.columns import ITEM_RE, closing_columns, is_authority
from restore.structure.lines import CAPITALS, Line, Span, fold, is_ended, is_upper, stripped
from restore.structure.misread_signatures import meant_authority, speckless
from restore.structure.names import is_person, is_plain_position, is_position
from restore.structure.origin import Origin
from restore.structure.parts import Part
from restore.structure.phrases import RECIPIENTS, starts_with
from restore.structure.signatures import (
    SIGNED_RE,
    Placed,
    Signature,
    Signatures,
    piece_kind,
    place,
    signed_name,
    to_signer,
)


class End(NamedTuple):
    """What was read of the end: where it begins, the first line of what is annexed, what its lines are part of."""

    closing: Closing
    start: int
    annex: int
    parts: tuple[Part, ...] = ()


_END_MARK_RE = re.compile(r"[\s;.,]+$")
_ZONE_LINES = 70  # recipients and signatures of the longest closing of our own cases: 40 lines
_LAST_LINES = 6  # where a position in small letters can be nothing but a signature's
_FILED_RE = re.compile(r"luu\b")
_WIDE_RE = re.compile(r"\s{3,}|\t")
_SEALED_RE = re.compile(r"dong dau")
# The sign of who drafted ends the filing line, after the registry's: "VT, KTN.Bảo", "VT, NV(3)", "VT, NVA.300", or the
# unit's sign alone, "VT, NV" (Decree 30, box 12); in brackets the number of copies or who drafted, "QLNS (Hoa.05)".
_DRAFTER_RE = re.compile(
    rf"\b(?:VT|VP|V\.T)\b[^;]*[,;]\s*(?P<drafter>[{CAPITALS}][\w&-]*(?:\.\s?[\w&]+)*"
    r"(?:\s?\([\w.,\s-]{1,15}\)(?:\.\s?[\w&]+)*)?)\.?\s*$"
)
_NO_DRAFTER = frozenset({"VT", "VP", "HS", "HSTT"})


@dataclass(slots=True)
class _Reading:
    """What the lines of the end gave so far."""

    items: list[list[Span]] = field(default_factory=list)
    listing: bool = False
    signatures: Signatures = field(default_factory=Signatures)
    seal: Span | None = None
    parts: list[Part] = field(default_factory=list)


def read_closing(origin: Origin, lines: Sequence[Line], after: int) -> End:
    """Read the end of the document, looked for from line ``after``; all is absent where there is none."""
    start = _closing_start(lines, after)
    if start is None:
        return End(Closing(), len(lines), len(lines))
    reading = _Reading(signatures=Signatures(noisy=not origin.exact))
    annex = min(len(lines), start + _ZONE_LINES)
    for index in range(start, annex):
        if _ends_closing(reading, origin.text, lines[index], lines, index):
            annex = index
            break
        _read_line(reading, origin.text, lines[index])
    every = reading.signatures.every
    signers = tuple(_signer(origin, one) for one in every if one.position or one.name)
    if not signers:
        signers = tuple(_signer(origin, one) for one in every)
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
        seal=origin.field([reading.seal]) if reading.seal else ABSENT,
    )
    return End(closing, start, annex, tuple(reading.parts))


def _signer(origin: Origin, signature: Signature) -> Signer:
    return to_signer(origin, signature, noisy=not origin.exact)


def read_drafter(filing: Field) -> Field:
    """The drafter's sign that ends the filing line (``VT, KTN.Bảo``, ``VT, NN (3)``), Decree 30, box 12."""
    match = _DRAFTER_RE.search(filing.value or "")
    if match is None or len(filing.provenance) != 1 or match["drafter"] in _NO_DRAFTER:
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
        reach = 6 if not loose or is_authority(lines[index].text) else 2
        near = lines[index + 1 : min(limit, index + 1 + reach)]
        unsigned = (
            not loose and index + 1 + len(near) >= limit and not any(is_ended(one.text) for one in near)
        )
        if unsigned or any(_names_someone(one.text) for one in near):
            return index
    return None


def _names_someone(text: str) -> bool:
    return is_person(text) or any(is_person(part) for part in _WIDE_RE.split(text)[1:])


def _begins_signature(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if is_authority(text):
        return True
    if index >= len(lines) - _LAST_LINES and is_plain_position(text) and is_ended(lines[index - 1].text):
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


def _ends_closing(reading: _Reading, source: str, line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether an annex begins at the line: a signature is complete, and this is none of its lines."""
    signed = reading.signatures.named
    if opens_annex(line) and (signed or reading.items):
        return True
    if not signed:
        return False
    text = line.text
    if reading.signatures.noisy and meant_authority(text):
        return False
    if ITEM_RE.match(text) or is_authority(text) or is_person(text) or SIGNED_RE.match(line.folded):
        return bool(ITEM_RE.match(text)) and not reading.listing
    if _recipients_label(line.folded) or (is_upper(text) and is_position(text)):
        return False
    if line.folded.startswith("xac nhan chu ky") or line.folded == "kiem":
        return False  # a second signature of a party congress; a position on several lines
    if reading.listing and (not text[:1].isupper() or _waits(reading, source) or text.endswith(";")):
        return False
    return not any(is_person(later.text) for later in lines[index + 1 : index + 4]) or len(text) > 60


def _read_line(reading: _Reading, source: str, line: Line) -> None:
    """Take one line, cut where columns share it: recipients one by one, what is of signatures together."""
    label = _recipients_label(line.folded)
    row = len(reading.signatures.row)
    margin = source.rfind("\n", 0, line.start) + 1
    placed: list[Placed] = []
    listed = False
    for span in closing_columns(source, line, label, row):
        text = source[slice(*span)]
        if reading.signatures.noisy and not ITEM_RE.match(text):
            start, end = speckless(text)
            span, text = Span(span.start + start, span.start + end), text[start:end]
        if _is_item(reading, text):
            listed |= _read_item(reading, source, span, text)
            continue
        if SIGNED_RE.match(fold(text)):
            before = signed_name(text)
            if not before:
                reading.seal = reading.seal or (span if _SEALED_RE.search(fold(text)) else None)
                continue
            span = Span(span.start + before, span.end)
            text = source[slice(*span)]
        kind = piece_kind(reading.signatures, text)
        # In small letters it may as well be the rest of a recipient.
        if kind is None or (
            (kind == "name" or is_plain_position(text)) and _open_item(reading, source, text)
        ):
            if reading.signatures.noisy and line.gap and not is_ended(text):
                continue  # after an empty line no recipient goes on but to its end mark
            listed |= _read_item(reading, source, span, text)
        else:
            placed.append(Placed(kind, span, text, (span.start + span.end) / 2 - margin))
    if placed:
        place(reading.signatures, placed)
    reading.parts.append(Part(line.start, "recipients" if listed or (label and not placed) else "signature"))


def _is_item(reading: _Reading, text: str) -> bool:
    return bool(_recipients_label(fold(text))) or (reading.listing and bool(ITEM_RE.match(text)))


def _read_item(reading: _Reading, source: str, span: Span, text: str) -> bool:
    """Take a piece of the recipients: the label, an item, or the rest of one; whether it is one of them."""
    if _recipients_label(fold(text)):
        reading.listing = True
    elif not reading.listing:
        return False
    elif dash := ITEM_RE.match(text):
        reading.items.append([Span(span.start + dash.end(), span.end)])
    elif _goes_on_with_item(reading, source, text):
        reading.items[-1].append(span)
    elif (text.endswith(";") or not reading.items or _FILED_RE.match(fold(text))) and not is_upper(text):
        reading.items += ([part] for part in _in_row(source, span))
    else:
        return False
    return True


def _in_row(source: str, span: Span) -> Iterator[Span]:
    """The recipients that stand on one line without dashes, ``Như trên; Sở Nội vụ; Lưu VT``."""
    for match in re.finditer(r"[^;]+;?", source[slice(*span)]):
        yield stripped(source, Span(span.start + match.start(), span.start + match.end()))


def _open_item(reading: _Reading, source: str, text: str) -> bool:
    """Whether the last item waits for more words, before any position or a signature was read after it."""
    if not reading.listing or not reading.items:
        return False
    last, end = reading.signatures.last, reading.items[-1][-1]
    if last is not None and (last.position or (last.authority and last.authority[-1].start > end.start)):
        return False
    return not source[slice(*end)].rstrip().endswith((";", ".")) and not is_upper(text)


def _waits(reading: _Reading, source: str) -> bool:
    """Whether the last item stops at a comma."""
    return bool(reading.items) and source[slice(*reading.items[-1][-1])].rstrip().endswith(",")


def _goes_on_with_item(reading: _Reading, source: str, text: str) -> bool:
    if not reading.items:
        return False
    if (
        reading.signatures.named
        and text[:1].isupper()
        and not (_waits(reading, source) or text.endswith(";"))
    ):
        return False
    return not source[slice(*reading.items[-1][-1])].rstrip().endswith((";", "."))


def _item_field(origin: Origin, spans: list[Span]) -> Field | None:
    """A recipient without its dash and end mark."""
    last = spans[-1]
    text = origin.text[slice(*last)]
    mark = _END_MARK_RE.search(text)
    kept = [*spans[:-1], Span(last.start, last.start + mark.start() if mark else last.end)]
    kept = [span for span in kept if any(letter.isalnum() for letter in origin.text[slice(*span)])]
    return origin.field(kept) if kept else None
