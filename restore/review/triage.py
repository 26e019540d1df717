"""Which documents need a person, how much and why: one line a document, ranked by the time it will probably cost.

The time is an estimate. What it is made of is named below, one figure a reason; every figure is an **assumption**, made by
thinking about the work and not yet measured with people. It ranks documents that have the same kinds of trouble well, for
there only counts matter, and it says how dear a failed page is beside a doubtful word as plainly as it can be disputed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from heapq import nsmallest
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic import Field as Attribute

from restore.document import Closing, Document, Header, Warning
from restore.field import Field
from restore.messages import message

State = Literal["failed", "poor", "review", "good"]
STATES: tuple[State, ...] = get_args(State)

# Assumed until somebody measures people at work: seconds.
OPENING = 15  # to open a document that has anything to look at, and to find one's way in it
A_WORD = 6  # to look at a doubtful word in the image and accept it, choose another reading or type
TYPING_A_WORD = 1.5  # 40 words a minute: nobody takes longer over doubtful words than over typing them all
READING_A_WORD = 0.6  # 100 words a minute, comparing with the image
WORDS_A_PAGE = 400  # of an administrative document of A4
A_FIELD = 30  # to find a number or day on the image and to type it
A_MISSING_PART = 20  # to see whether it is on the image
A_BLANK = 10  # to see that it is blank there as well
A_CONTRADICTION = 30  # to compare two places of the document
A_PLACE_IN_SEQUENCE = 20  # to see whether a number was misread or is so on paper
A_LOST_DECISION = 30  # to find the place again that somebody has decided on before the document was read anew
A_FAILED_FILE = 300  # to find the file, to see what is wrong with it, to have it scanned or copied again

_FAILED_PAGE = WORDS_A_PAGE * TYPING_A_WORD
_DOUBTFUL_PAGE = WORDS_A_PAGE * READING_A_WORD

# Each reason with the group that people filter by, and what one of it costs.
REASONS: Mapping[str, tuple[str, float]] = {
    "failed": ("failed", A_FAILED_FILE),
    "page-failed": ("pages-failed", _FAILED_PAGE),
    "page-doubtful": ("pages-doubtful", _DOUBTFUL_PAGE),
    "page-layer-kept": ("pages-doubtful", _DOUBTFUL_PAGE),
    "page-layer-only": ("pages-doubtful", _DOUBTFUL_PAGE),
    "page-cut-off": ("pages-doubtful", _DOUBTFUL_PAGE),
    "page-empty": ("pages-doubtful", A_MISSING_PART),
    "no-words": ("pages-doubtful", A_MISSING_PART),
    "words": ("words", A_WORD),
    "unreadable-number": ("unreadable", A_FIELD),
    "unreadable-date": ("unreadable", A_FIELD),
    "unreadable-field": ("unreadable", A_FIELD),
    "missing-issuer": ("missing", A_MISSING_PART),
    "missing-number": ("missing", A_MISSING_PART),
    "missing-date": ("missing", A_MISSING_PART),
    "missing-type": ("missing", A_MISSING_PART),
    "missing-signer": ("missing", A_MISSING_PART),
    "missing-recipients": ("missing", A_MISSING_PART),
    "no-filing": ("missing", A_MISSING_PART),
    "blank-number": ("blank", A_BLANK),
    "blank-date": ("blank", A_BLANK),
    "blank-field": ("blank", A_BLANK),
    "notation-type": ("contradiction", A_CONTRADICTION),
    "notation-issuer": ("contradiction", A_CONTRADICTION),
    "later-document": ("contradiction", A_CONTRADICTION),
    "no-authority": ("contradiction", A_CONTRADICTION),
    "lost-decision": ("lost-decision", A_LOST_DECISION),
    "numbering-gap": ("numbering", A_PLACE_IN_SEQUENCE),
    "numbering-repeat": ("numbering", A_PLACE_IN_SEQUENCE),
}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(group for group, _ in REASONS.values()))
# Reasons that a document has once or not at all: there a count tells nothing.
SINGLE = frozenset(
    code
    for code in REASONS
    if re.match(r"failed|no-|missing-|notation-|(?:unreadable|blank)-(?!field)", code)
)

# The words of a document by their confidence: below .5, from .5 to .7 … and from .98. Narrow where most words are.
CONFIDENCE_EDGES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
BINS = len(CONFIDENCE_EDGES) + 1

_RECORD_VERSION: Literal[1] = 1
_NAMED_FIELDS = {"number": "number", "notation": "number", "issued_date": "date"}
_PARTS = ("issuer", "number", "date", "type", "signer", "recipients")
_GAP = "…"  # what stands for a number that is blank or cannot be read


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person should look: one of :data:`REASONS`, and how many of it there are."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Triage:
    """What there is to say of one document in a list of thousands.

    Attributes:
        name: its results' folder below the output folder.
        state: its grade, or ``failed``.
        reasons: why a person should look, the dearest first.
        doc_type: name as in Decree 30.
        number: with its notation, "129/KH-UBND"; ``…`` for a part that is blank or cannot be read.
        issuer: as printed.
        date: ISO, partial as printed.
        pages: how many, where it has any.
        words: in the document.
        words_changed: of them.
        words_to_review: of them.
        mean_confidence: of all words, 0 to 1.
        confidence: how many words there are in each bin of :data:`CONFIDENCE_EDGES`; empty where nobody knows.
        decisions: of reviewers, how many hold.
        error: why the file failed, in words.
    """

    name: str
    state: State
    reasons: tuple[Reason, ...] = ()
    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    pages: int | None = None
    words: int = 0
    words_changed: int = 0
    words_to_review: int = 0
    mean_confidence: float = 1.0
    confidence: tuple[int, ...] = ()
    decisions: int = 0
    error: str = ""

    @property
    def need_seconds(self) -> int:
        """The time that a person will probably need for it: the one figure by which documents are ranked.

        >>> Triage("a.pdf", "review", (Reason("words", 4),), words=200).need_seconds
        39
        >>> Triage("b.pdf", "poor", (Reason("words", 150),), words=200).need_seconds
        315
        >>> Triage("c.pdf", "good").need_seconds
        0
        """
        if not self.reasons:
            return 0
        return round(OPENING + sum(_seconds(reason, self.words) for reason in self.reasons))


def _seconds(reason: Reason, words: int) -> float:
    seconds = reason.count * REASONS[reason.code][1]
    return min(seconds, max(words, reason.count) * TYPING_A_WORD) if reason.code == "words" else seconds


def triage_of(document: Document, name: str = "", confidences: Iterable[float] = ()) -> Triage:
    """The line of a document that was restored.

    Args:
        document: its header, closing and quality; the rest is not looked at.
        name: its results' folder; by default the name of its source.
        confidences: of its words, 0 to 1, where they are known.

    >>> from restore.document import Quality
    >>> quality = Quality(grade="review", words=90, words_to_review=2)
    >>> triage_of(Document(quality=quality), "a.txt", [0.4, 0.99, 1.0]).reasons
    (Reason(code='words', count=2),)
    """
    header, quality = document.header, document.quality
    return Triage(
        name=name or document.source.path,
        state=quality.grade,
        reasons=_reasons(document),
        doc_type=header.doc_type.value,
        number=_number(header),
        issuer=header.issuer.value or next((one.value for one in header.issuers if one.value), None),
        date=header.issued_date.value,
        pages=document.source.page_count,
        words=quality.words,
        words_changed=quality.words_changed,
        words_to_review=quality.words_to_review,
        mean_confidence=quality.mean_confidence,
        confidence=histogram(confidences),
        decisions=document.review.decisions,
    )


def triage_of_json(text: str, name: str = "") -> Triage:
    """The line of a document as ``document.json`` holds it; only the parts that are needed are validated.

    Raises:
        ValueError: this is no such document.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or "quality" not in content:
        raise ValueError("this is no document.json")
    wanted = {
        key: content[key] for key in ("source", "header", "closing", "quality", "review") if key in content
    }
    return triage_of(Document.model_validate(wanted), name)


def failed(name: str, error: str) -> Triage:
    """The line of a file that could not be restored."""
    return Triage(name, "failed", (Reason("failed", 1),), error=error)


def ranked(rows: Iterable[Triage], most: int | None = None) -> tuple[Triage, ...]:
    """What failed first, then by the time that a person will need, then by name.

    Args:
        rows: in any order; read once, and only those that are wanted are held.
        most: how many are wanted, the first ones; by default all.
    """
    return tuple(sorted(rows, key=_rank) if most is None else nsmallest(most, rows, key=_rank))


def _rank(row: Triage) -> tuple[bool, int, str]:
    return row.state != "failed", -row.need_seconds, row.name


def histogram(confidences: Iterable[float]) -> tuple[int, ...]:
    """How many words there are in each bin; nothing where there are no words.

    >>> histogram([0.2, 0.5, 0.97, 0.98, 1.0])
    (1, 1, 0, 0, 0, 1, 2)
    """
    found = Counter(bisect_right(CONFIDENCE_EDGES, confidence) for confidence in confidences)
    return tuple(found[index] for index in range(BINS)) if found else ()


@dataclass(slots=True)
class Tally:
    """How many files were restored, failed, and should be looked at, the poor ones included, and how long that takes."""

    files: int = 0
    ok: int = 0
    failed: int = 0
    need_review: int = 0
    words: int = 0
    words_changed: int = 0
    words_to_review: int = 0
    need_seconds: int = 0

    def counting(self, rows: Iterable[Triage]) -> Iterator[Triage]:
        """The same lines, counted as they pass."""
        for row in rows:
            self.files += 1
            self.failed += row.state == "failed"
            self.ok += row.state != "failed"
            self.need_review += row.state in ("review", "poor")
            self.words += row.words
            self.words_changed += row.words_changed
            self.words_to_review += row.words_to_review
            self.need_seconds += row.need_seconds
            yield row


def totals(rows: Iterable[Triage]) -> dict[str, int]:
    """The figures of a :class:`Tally` of all lines."""
    tally = Tally()
    for _ in tally.counting(rows):
        pass
    return asdict(tally)


def record(row: Triage) -> str:
    """A document's line as JSON, for the ledger; its name is the ledger's key."""
    content = {key: value for key, value in asdict(row).items() if key not in ("name", "error")}
    content["reasons"] = {reason.code: reason.count for reason in row.reasons}
    return json.dumps({"version": _RECORD_VERSION, **content}, ensure_ascii=False, separators=(",", ":"))


def from_record(name: str, text: str | None) -> Triage | None:
    """The line that :func:`record` kept; None where there is none, a damaged one, or one of another version.

    >>> row = Triage("a.txt", "review", (Reason("words", 2),), number="…/KH-UBND", confidence=(1, 2))
    >>> from_record("a.txt", record(row)) == row
    True
    >>> from_record("a.txt", '{"version": 0}'), from_record("a.txt", None)
    (None, None)
    """
    try:
        kept = _RECORD.validate_json(text or "{}", strict=True)
    except ValidationError:
        return None
    reasons = tuple(Reason(code, count) for code, count in kept.reasons.items())
    rest = {key: value for key, value in asdict(kept).items() if key not in ("version", "reasons")}
    return Triage(name, reasons=reasons, **rest)


def _known(reasons: dict[str, int]) -> dict[str, int]:
    if not reasons.keys() <= REASONS.keys():
        raise ValueError("a reason of another version")
    return reasons


_Count = Annotated[int, Attribute(ge=0)]


@dataclass(frozen=True, slots=True)
class _Record:
    """What :func:`record` keeps, held strictly: a disk may have lost bits of it."""

    version: Literal[1]
    state: State
    reasons: Annotated[dict[str, _Count], AfterValidator(_known)]
    doc_type: str | None
    number: str | None
    issuer: str | None
    date: str | None
    pages: _Count | None
    words: _Count
    words_changed: _Count
    words_to_review: _Count
    mean_confidence: Annotated[float, Attribute(ge=0.0, le=1.0)]
    confidence: tuple[_Count, ...]
    decisions: _Count


_RECORD: TypeAdapter[_Record] = TypeAdapter(_Record)


def _reasons(document: Document) -> tuple[Reason, ...]:
    quality = document.quality
    found: Counter[str] = Counter(_fields(document.header, document.closing))
    for warning in quality.warnings:
        found.update(_of_warning(warning))
    if quality.words_to_review:
        found["words"] = quality.words_to_review
    if document.review.unplaced:
        found["lost-decision"] = len(document.review.unplaced)
    if not quality.words:
        found["no-words"] = 1
    reasons = [Reason(code, count) for code, count in found.items()]
    order = list(REASONS)
    return tuple(sorted(reasons, key=lambda one: (-_seconds(one, quality.words), order.index(one.code))))


def _fields(header: Header, closing: Closing) -> Iterator[str]:
    """A reason for each field that cannot be read or is blank; a number and its notation are one."""
    found = set()
    for owner in (header, closing, *closing.signers):
        for name in type(owner).model_fields:
            if owner is closing and name.startswith("signer"):
                continue  # the first of the signers, whose turn comes
            values = getattr(owner, name)
            for place, value in enumerate(values if isinstance(values, tuple) else (values,)):
                kind = _trouble(value) if isinstance(value, Field) else None
                if kind:
                    named = _NAMED_FIELDS.get(name)
                    found.add((kind, named or "field", None if named else (id(owner), name, place)))
    yield from (f"{kind}-{name}" for kind, name, _ in found)


def _trouble(field: Field) -> Literal["unreadable", "blank"] | None:
    if field.status == "unreadable":
        return "unreadable"
    return "blank" if field.status == "blank" or field.blank_parts else None


def _of_warning(warning: Warning) -> Mapping[str, int]:
    """The reasons in a warning. Which part is missing is told in its message alone, which is the program's own."""
    if warning.code == "missing-component":
        named = warning.message.partition(": ")[2].split(", ")
        return {f"missing-{part}": 1 for part in _PARTS if message(f"component-{part}", "en") in named}
    return {warning.code: len(warning.provenance) or 1} if warning.code in REASONS else {}


def _number(header: Header) -> str | None:
    """A document's number and notation as they are written together.

    >>> _number(Header(number=Field(value="129", status="present"), notation=Field(value="KH-UBND", status="present")))
    '129/KH-UBND'
    >>> _number(Header(number=Field(status="blank"), notation=Field(value="KH-UBND", status="present")))
    '…/KH-UBND'
    """
    number, notation = header.number, header.notation
    shown = number.value or (_GAP if number.status != "absent" or notation.value else None)
    return "/".join(part for part in (shown, notation.value) if part) or None
