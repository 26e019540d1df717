"""Documents of every shape, also such as no parser makes: what an export must stand."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from restore.content import Assignment, Task
from restore.document import (
    Closing,
    Document,
    Field,
    Header,
    LegalBasis,
    Reference,
    Section,
    SectionKind,
    Signer,
    Source,
    Status,
    Table,
    TableCell,
)
from restore.field import Provenance

WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "=1+1",
            "-",
            "V/v\tnhà",
            "TM. ỦY BAN",
            "2024-02-30",
            "2023-04",
            "a\x00b\x0bc",
            "|<b>*_`#",
            "1. Đ",
            "\u2028",
        ]
    ),
)
PLACES = st.lists(st.builds(Provenance, start=st.integers(0, 99), end=st.integers(0, 99)), max_size=2).map(
    tuple
)
FIELDS = st.builds(
    Field,
    value=st.none() | WORDS,
    raw=st.none() | WORDS,
    status=st.sampled_from(get_args(Status)),
    suggested=st.booleans(),
    provenance=PLACES,
    blank_parts=st.lists(st.sampled_from(["day", "month", "year"]), max_size=2).map(tuple),
)
SOME_FIELDS = st.lists(FIELDS, max_size=3).map(tuple)


def sections(children: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[tuple[Section, ...]]:
    one = st.builds(
        Section,
        id=st.sampled_from(["s1", "s2", "s1.1"]),
        kind=st.sampled_from(get_args(SectionKind)),
        number=st.none() | WORDS,
        marker=st.none()
        | st.sampled_from(["Điều 1.", "Chương I", "a)", "-", "+", "\uf0b7", "1.", ""])
        | WORDS,
        title=st.none() | WORDS,
        text=WORDS,
        children=children,
        provenance=PLACES,
    )
    return st.lists(one, max_size=3).map(tuple)


SPANS = st.integers(-1, 4)
CELLS = st.builds(TableCell, row=SPANS, column=SPANS, row_span=SPANS, column_span=SPANS, text=WORDS)
TABLES = st.builds(
    Table,
    id=st.just("t1"),
    rows=SPANS,
    columns=SPANS,
    cells=st.lists(CELLS, max_size=5).map(tuple),
    section_id=st.sampled_from([None, "s1", "nowhere"]),
    ruled=st.booleans(),
)
HEADERS = st.builds(
    Header,
    **{name: FIELDS for name in Header.model_fields if name not in ("addressees", "issuers")},
    addressees=SOME_FIELDS,
    issuers=SOME_FIELDS,
)
CLOSINGS = st.builds(
    Closing,
    signers=st.lists(st.builds(Signer, authority=FIELDS, position=FIELDS, name=FIELDS), max_size=3).map(
        tuple
    ),
    recipients=SOME_FIELDS,
)
REFERENCES = st.builds(Reference, text=FIELDS, date=FIELDS, section_id=st.sampled_from([None, "s1"]))
TASKS = st.builds(Task, text=FIELDS, deadline=FIELDS, with_units=SOME_FIELDS)
ASSIGNMENTS = st.builds(
    Assignment, unit=FIELDS, section_id=st.none(), tasks=st.lists(TASKS, max_size=2).map(tuple)
)
DOCUMENTS = st.builds(
    Document,
    source=st.builds(Source, path=WORDS, page_count=st.none() | st.integers(0, 10**6)),
    header=HEADERS,
    legal_bases=st.lists(st.builds(LegalBasis, text=FIELDS), max_size=2).map(tuple),
    sections=st.recursive(sections(st.just(())), sections, max_leaves=4),
    tables=st.lists(TABLES, max_size=2).map(tuple),
    assignments=st.lists(ASSIGNMENTS, max_size=2).map(tuple),
    references=st.lists(REFERENCES, max_size=2).map(tuple),
    closing=CLOSINGS,
)
