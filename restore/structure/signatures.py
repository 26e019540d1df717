"""Who signed: authority, position and name, below each other, or several signers side by side (Decree 30, boxes 7a to 7c)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from restore.document import ABSENT, Field, Signer
from restore.structure.columns import is_authority
from restore.structure.lines import Span, fold, is_upper
from restore.structure.misread_signatures import may_continue, meant_authority, meant_position
from restore.structure.names import is_person, is_plain_position, is_position
from restore.structure.origin import Origin

SIGNED_RE = re.compile(r"[(\[]?\s*(?:da ky|da ki|ky ten|ky, |chu ky|da dong dau|dong dau|ky va|ky, ghi ro)")
_SIGNED_NAME_RE = re.compile(r"[(\[]?\s*(?:da ky|da ki|ky ten)\s*[)\]]?\s*[:.]?\s*(?=\w)")
# "BÊN A" is in whose name one signs where a position stands under it.
_PARTY_RE = re.compile(r"ben [a-d]\b")
# "Q. CHỦ TỊCH" with nothing below but the name is the position of who acts as head.
_ACTING_RE = re.compile(r"Q\s?\.")
# "PHÓ CHỦ TỊCH" / "THƯỜNG TRỰC" is one position on two lines.
_RANK_RE = re.compile(r"thuong truc|phu trach|kiem |ben [a-d]\b")
# A stamp or a table behind the signature leaves capitals too; no signature of our cases has longer lines or more of them.
_LONGEST_TITLE_LINE, _SIGNATURE_LINES = 50, 6
_WORDS_RE = re.compile(r"[^\W\d_]+(?:[ ,.–-]+[^\W\d_]+)*")

PieceKind = Literal["authority", "position", "name"]


@dataclass(slots=True)
class Signature:
    """A signature while it is read: lines of authority, of position, and the name; the column of its middle."""

    centre: float = 0.0
    authority: list[Span] = field(default_factory=list)
    position: list[Span] = field(default_factory=list)
    name: Span | None = None
    titles: int = 0  # lines of position that are one by themselves
    under: str = ""  # the last line of authority as read

    @property
    def meant_authority(self) -> str | None:
        """In whose name one signs, in its right form."""
        return meant_authority(self.under) or self.under if self.under else None

    def takes(self, kind: PieceKind) -> bool:
        """Whether a piece of this kind can still be of this signature."""
        if kind == "authority":
            return not self.name and not self.position
        return not self.name


class Placed(NamedTuple):
    """A piece of a signature, and the column of its middle in characters from the beginning of its line."""

    kind: PieceKind
    span: Span
    text: str
    centre: float


@dataclass(slots=True)
class Signatures:
    """All signatures read so far, and those of them that stand side by side where the reader is."""

    every: list[Signature] = field(default_factory=list)
    row: list[Signature] = field(default_factory=list)
    noisy: bool = False  # the text was read from pages or restored: lines may be misread

    @property
    def named(self) -> bool:
        """Whether one of them is complete."""
        return any(one.name for one in self.every)

    @property
    def last(self) -> Signature | None:
        """The last that was begun."""
        return self.every[-1] if self.every else None


def piece_kind(signatures: Signatures, text: str) -> PieceKind | None:
    """What of a signature a piece of a line is, after what was read before it; None where it is none."""
    if is_authority(text) or (signatures.noisy and meant_authority(text)):
        return "authority"
    if is_upper(text) and _takes_position(signatures, text):
        return "position"
    if signatures.noisy and _is_misread_position(signatures, text):
        return "position"
    if fold(text) == "kiem" and signatures.last is not None and signatures.last.position:
        return "position"  # "BÍ THƯ" / "kiêm" / "TRƯỞNG BAN CHỈ ĐẠO"
    if is_plain_position(text) and not (signatures.last and signatures.last.position):
        return "position"
    awaited = any(one.name is None for one in signatures.row) or _doubled(signatures)
    return "name" if awaited and is_person(text) else None


def signed_name(text: str) -> int:
    """How much of a line stands before the name of who signed, ``Đã ký: Lê Văn Tám``; 0 where there is no name.

    >>> signed_name("Đã ký: Lê Văn Tám"), signed_name("(Đã ký)")
    (7, 0)
    """
    match = _SIGNED_NAME_RE.match(fold(text))
    return match.end() if match and is_person(text[match.end() :]) else 0


def _takes_position(signatures: Signatures, text: str) -> bool:
    """Whether a line in capitals is part of a signature: by its words, or because such a line leads to it."""
    if is_position(text):
        return True
    last = signatures.last
    if last is None or last.name is not None or not (last.authority or last.position):
        return False
    if is_person(text) or len(text) > _LONGEST_TITLE_LINE or not _WORDS_RE.fullmatch(text):
        return False
    if signatures.noisy and not may_continue(text):
        return False
    return len(last.authority) + len(last.position) < _SIGNATURE_LINES


def _is_misread_position(signatures: Signatures, text: str) -> bool:
    """Whether a line is what is left of a position, where none was read yet."""
    last = signatures.last
    if last is not None and (last.position or last.name):
        return False
    return meant_position(text, last.meant_authority if last else None) is not None


def place(signatures: Signatures, pieces: Sequence[Placed]) -> None:
    """Take the pieces of one line: one goes to the signature it stands under, several side by side to one each."""
    row = signatures.row
    if len(pieces) > 1 and not (len(row) >= len(pieces) and any(one.takes(pieces[0].kind) for one in row)):
        signatures.row = row = [Signature(piece.centre) for piece in pieces]
        signatures.every += row
    if len(pieces) == len(row) > 1:
        for signature, piece in zip(row, pieces, strict=True):
            _take(signature, piece)
        return
    for piece in pieces:
        _take(_target(signatures, piece), piece)


def _target(signatures: Signatures, piece: Placed) -> Signature:
    """The signature that a single piece of a line belongs to; a new one where none can take it."""
    free = [one for one in signatures.row if one.takes(piece.kind)]
    if free:
        return min(free, key=lambda one: abs(one.centre - piece.centre))
    signature = Signature(piece.centre)
    if piece.kind == "name" and _doubled(signatures):
        # Two positions and then two names below each other: the names come in the same order.
        first = signatures.every[-1]
        signature.position, first.position = first.position[1:], first.position[:1]
    signatures.every.append(signature)
    signatures.row = [signature]
    return signature


def _doubled(signatures: Signatures) -> bool:
    """Whether the last has two positions below each other without authority (``THƯ KÝ`` / ``CHỦ TỌA``)."""
    last = signatures.last
    return last is not None and not last.authority and len(last.position) == last.titles == 2


def _take(signature: Signature, piece: Placed) -> None:
    if piece.kind == "name":
        signature.name = piece.span
    elif piece.kind == "authority":
        signature.authority.append(piece.span)
        signature.under = piece.text
    else:
        signature.position.append(piece.span)
        signature.titles += is_position(piece.text) and not _RANK_RE.match(fold(piece.text))


def to_signer(origin: Origin, signature: Signature, *, noisy: bool = False) -> Signer:
    """The finished signature; in a text that may be misread with the right forms as suggestions."""
    authority, position = signature.authority, signature.position
    texts = [fold(origin.text[slice(*span)]) for span in position]
    named = [index for index, text in enumerate(texts) if is_position(text) and not _PARTY_RE.match(text)]
    # "KT. VIỆN TRƯỞNG VIỆN KIỂM SÁT / NHÂN DÂN TỐI CAO / PHÓ VIỆN TRƯỞNG": the authority runs to the position.
    if named and named[0] > 0 and (authority or _PARTY_RE.match(texts[0])):
        authority, position = authority + position[: named[0]], position[named[0] :]
    if not position and authority and _ACTING_RE.match(origin.text[slice(*authority[-1])]):
        authority, position = authority[:-1], authority[-1:]
    who = origin.field(authority) if authority else ABSENT
    what = origin.field(position) if position else ABSENT
    if noisy:
        who = _suggested(who, meant_authority(who.value or ""))
        if not is_position(what.value or ""):
            what = _suggested(what, meant_position(what.value or "", who.value))
    return Signer(
        authority=who,
        position=what,
        name=origin.field([signature.name]) if signature.name else ABSENT,
    )


def _suggested(found: Field, meant: str | None) -> Field:
    return found.model_copy(update={"value": meant, "suggested": True}) if meant else found
