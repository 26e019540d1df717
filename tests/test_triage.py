"""Which documents need a person: the reasons, the time, the rank, and what the ledger keeps."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore import parse, restore_text
from restore.document import Closing, Document, Field, Header, Quality, Review, Signer, Source, Warning
from restore.field import Provenance
from restore.messages import message
from restore.output import document_json
from restore.results import DOUBTFUL_PAGE_CODES, LOST_PAGE_CODES, UNREADABLE_CODES
from restore.review.triage import (
    BINS,
    GROUPS,
    REASONS,
    STATES,
    Reason,
    Tally,
    Triage,
    failed,
    from_record,
    histogram,
    ranked,
    record,
    totals,
    triage_of,
    triage_of_json,
)
from restore.review.triage_labels import LABELS, duration
from tests.triage_rows import made_up

ROOT = Path(__file__).parents[1]
UNREADABLE = Field(raw="9,4", status="unreadable")
BLANK = Field(status="blank")

reasons = st.lists(
    st.builds(Reason, st.sampled_from([code for code in REASONS if code != "failed"]), st.integers(1, 5000)),
    unique_by=lambda reason: reason.code,
    max_size=6,
).map(tuple)
lines = st.builds(
    Triage,
    name=st.text(min_size=1, max_size=8),
    state=st.sampled_from(STATES),
    reasons=reasons,
    words=st.integers(0, 5000),
    words_to_review=st.integers(0, 5000),
    number=st.none() | st.text(max_size=8),
    confidence=st.just(()) | st.tuples(*[st.integers(0, 9)] * BINS),
)


def warning(code: str, places: int = 1, **values: object) -> Warning:
    told = message(code, "en", **values) if values else code
    return Warning(code=code, message=told, provenance=(Provenance(start=0, end=1),) * places)


def document(*warnings: Warning, header: Header | None = None, **quality: object) -> Document:
    counts = {"words": 300, "grade": "review", **quality}
    return Document(header=header or Header(), quality=Quality(warnings=warnings, **counts))


def why(read: Document) -> dict[str, int]:
    return {reason.code: reason.count for reason in triage_of(read, "a").reasons}


# ---- reasons


def test_every_reason_for_a_grade_is_a_reason_for_a_person() -> None:
    for code in LOST_PAGE_CODES | DOUBTFUL_PAGE_CODES:
        assert why(document(warning(code))) == {code: 1}
    assert {"number-unreadable", "date-unreadable"} == UNREADABLE_CODES  # told by the fields themselves
    assert why(document(words_to_review=7)) == {"words": 7}
    assert why(document(words=0, grade="poor")) == {"no-words": 1}


def test_what_only_informs_is_no_reason() -> None:
    assert why(document(warning("page-blank"), warning("page-converted"), warning("page-reread"))) == {}


def test_each_missing_part_is_a_reason_of_its_own() -> None:
    parts = ", ".join(message(f"component-{part}", "en") for part in ("type", "signer"))
    assert why(document(warning("missing-component", 0, parts=parts))) == {
        "missing-type": 1,
        "missing-signer": 1,
    }


def test_a_number_that_cannot_be_read_counts_once() -> None:
    header = Header(number=UNREADABLE, notation=UNREADABLE, issued_date=BLANK, subject=UNREADABLE)
    assert why(document(header=header)) == {"unreadable-number": 1, "blank-date": 1, "unreadable-field": 1}


def test_fields_in_lists_and_of_signers_count_each() -> None:
    signers = (Signer(name=UNREADABLE), Signer(name=UNREADABLE))
    closing = Closing(signers=signers, signer_name=UNREADABLE, recipients=(BLANK, BLANK))
    assert why(document().model_copy(update={"closing": closing})) == {
        "unreadable-field": 2,
        "blank-field": 2,
    }


def test_a_decision_whose_place_is_lost_is_a_reason() -> None:
    read = document().model_copy(update={"review": Review(decisions=5, unplaced=("a", "b"))})
    assert why(read) == {"lost-decision": 2}
    assert triage_of(read).decisions == 5


def test_a_partial_date_is_a_blank() -> None:
    date = Field(value="2023-04", status="present", blank_parts=("day",))
    assert why(document(header=Header(issued_date=date))) == {"blank-date": 1}


def test_places_of_one_warning_are_counted_and_the_dearest_stands_first() -> None:
    read = document(warning("numbering-gap", 3), warning("page-failed"), words_to_review=2)
    assert triage_of(read).reasons == (
        Reason("page-failed", 1),
        Reason("numbering-gap", 3),
        Reason("words", 2),
    )


def test_a_real_document() -> None:
    text = (ROOT / "samples" / "002_7d7d882c88c23fa0.txt").read_text("utf-8")
    row = triage_of(parse(text), "2.txt")
    assert (row.doc_type, row.number, row.date) == ("Kế hoạch", "…/KH-PGDĐT", "2023-04")
    assert row.issuer == "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"
    assert set(row.reasons) == {Reason("blank-number", 1), Reason("blank-date", 1)}


def test_document_json_tells_the_same_as_the_document() -> None:
    read = restore_text(
        "So: 5/KH-UBND\nAn Lao, ngay 02 thang 3 nam 2023\nKE HOACH\nTrong cay\nI. MUC DICH"
    ).document
    assert triage_of_json(document_json(read), "a.txt") == triage_of(read, "a.txt")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"quality": 5}', '{"quality": {"grade": "x"}}'])
def test_what_is_no_document_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        triage_of_json(text)


# ---- time and rank


@given(lines)
def test_whoever_has_a_reason_needs_time_and_only_they(row: Triage) -> None:
    assert (row.need_seconds > 0) == bool(row.reasons)


@given(lines, st.data())
def test_more_of_a_reason_never_needs_less_time(row: Triage, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from([code for code in REASONS if code != "failed"]))
    counts = {reason.code: reason.count for reason in row.reasons}
    counts[code] = counts.get(code, 0) + data.draw(st.integers(1, 50))
    more = replace(row, reasons=tuple(Reason(*pair) for pair in counts.items()))
    assert more.need_seconds >= row.need_seconds


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_doubtful_words_never_need_more_than_typing_them_all(words: int, doubtful: int) -> None:
    row = Triage("a", "poor", (Reason("words", min(doubtful, words)),), words=words)
    assert row.need_seconds <= 15 + 1.5 * words + 1


@given(st.lists(lines, max_size=12), st.randoms())
def test_failed_first_then_by_time_whatever_the_order_they_come_in(
    rows: list[Triage], random: object
) -> None:
    order = ranked(rows)
    keys = [(row.state != "failed", -row.need_seconds, row.name) for row in order]
    assert keys == sorted(keys)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = [(row.state != "failed", -row.need_seconds, row.name) for row in ranked(shuffled)]
    assert again == keys


def test_a_failed_page_is_dearer_than_many_doubtful_words() -> None:
    page = Triage("a", "poor", (Reason("page-failed", 1),), words=900)
    words = Triage("b", "review", (Reason("words", 60),), words=900)
    assert [row.name for row in ranked([words, failed("c", "broken"), page])] == ["c", "a", "b"]


def test_totals_add_up() -> None:
    rows = list(made_up(200))
    told = totals(rows)
    assert told["files"] == told["ok"] + told["failed"] == 200
    assert told["need_review"] == sum(row.state in ("review", "poor") for row in rows)
    assert told["need_seconds"] == sum(row.need_seconds for row in rows)
    assert told["words_to_review"] == sum(row.words_to_review for row in rows)


@given(st.lists(st.floats(0, 1)))
def test_every_word_is_in_one_bin(confidences: list[float]) -> None:
    found = histogram(confidences)
    assert sum(found) == len(confidences)
    assert len(found) == (BINS if confidences else 0)


# ---- the ledger's record


@given(lines)
def test_a_record_comes_back_as_it_was(row: Triage) -> None:
    kept = replace(row, error="")
    assert from_record(row.name, record(row)) == kept
    assert record(kept) == record(row)


def test_a_record_of_another_version_is_not_read() -> None:
    content = json.loads(record(Triage("a", "good")))
    assert from_record("a", json.dumps(content | {"version": 99, "more": 1})) is None


# ---- words


def test_everything_has_its_words_in_both_languages() -> None:
    wanted = {*REASONS, *(f"group-{group}" for group in GROUPS), *(f"state-{state}" for state in STATES)}
    assert wanted <= set(LABELS)
    for words in LABELS.values():
        assert words.vi
        assert words.en


def test_no_words_are_left_over() -> None:
    review = ROOT / "restore" / "review"
    files = [*(review / "templates").glob("triage.*"), review / "triage_page.py", review / "triage_labels.py"]
    parts = [path.read_text("utf-8") for path in files]
    text = "".join(parts[:-1]) + parts[-1].partition("def label")[2]
    asked = set(re.findall(r"""say\.([a-z]+)|["']([a-z][a-z-]*)["']""", text))
    names = {name for pair in asked for name in pair}
    named = {*REASONS, *names}
    assert {key for key in LABELS if key not in named and not key.startswith(("state-", "group-"))} == set()


@given(st.integers(0, 10**7))
def test_times_never_look_shorter_than_shorter_ones(seconds: int) -> None:
    def minutes(told: str) -> float:
        value = float(re.sub(r"[^\d.]", "", told.replace(",", "")) or 0)
        return value * 60 if told.endswith("h") else 0.5 if "<" in told else value

    assert minutes(duration(seconds, "en")) <= minutes(duration(seconds + 60, "en"))


def test_a_line_is_made_of_the_document_alone() -> None:
    row = triage_of(Document(source=Source(path="a.pdf", page_count=3)), confidences=[0.2, 1])
    assert (row.name, row.pages, row.state, sum(row.confidence)) == ("a.pdf", 3, "good", 2)


def test_of_many_lines_only_the_first_are_held() -> None:
    rows = list(made_up(400))
    tally = Tally()
    assert ranked(tally.counting(iter(rows)), 30) == ranked(rows)[:30]
    assert asdict(tally) == totals(rows)
    assert tally.files == 400
    assert ranked(rows, 0) == ()
