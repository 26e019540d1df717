"""What is fuzzed: each target has beginnings, ways to damage them, and the laws that hold whatever comes of it.

A law that does not hold raises, and so does an error that no reader promises: both are faults. What a reader may refuse
(:class:`restore.errors.RestoreError`, or what its docstring names) is caught by the target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tools.fuzz import ledgers, pdfs, pictures, records, texts
from tools.fuzz.mutation import Mutator


@dataclass(frozen=True, slots=True)
class Target:
    """One way into the program.

    Attributes:
        name: of the target.
        group: text, PDF, image or JSON.
        check: raises where a law is broken.
        seeds: the beginnings.
        mutate: damages one.
        longest: bytes of an input.
    """

    name: str
    group: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    mutate: Mutator
    longest: int = 4_000


_ALL = (
    Target("text", "text", texts.check_restoring, texts.seeds, texts.mutate, 1_200),
    Target("parse", "text", texts.check_parsing, texts.document_seeds, texts.mutate_lines, 3_000),
    Target("pdf", "PDF", pdfs.check_reading, pdfs.seeds, pdfs.mutate, 20_000),
    Target("pdf-export", "PDF", pdfs.check_exporting, pdfs.seeds, pdfs.mutate, 20_000),
    Target("picture", "image", pictures.check_opening, pictures.seeds, pictures.mutate, 20_000),
    Target("cleaning", "image", pictures.check_cleaning, pictures.pixel_seeds, pictures.damaged, 20_000),
    Target("hocr", "image", pictures.check_hocr, pictures.hocr_seeds, pictures.mutate_hocr),
    Target("seen", "JSON", records.check_seen, records.seen_seeds, records.mutate_json),
    Target("edits", "JSON", records.check_edits, records.edit_seeds, records.mutate_lines),
    Target("decisions", "JSON", records.check_decisions, records.decision_seeds, records.mutate_lines),
    Target("document", "JSON", records.check_document_json, records.document_seeds, records.mutate_json, 60_000),
    Target("triage", "JSON", ledgers.check_triage, ledgers.triage_seeds, records.mutate_json),
    Target("ledger", "JSON", ledgers.check_ledger, ledgers.ledger_seeds, ledgers.mutate_sqlite, 100_000),
    Target("record", "JSON", ledgers.check_record, ledgers.record_seeds, records.mutate_json),
    Target("config", "JSON", records.check_config, records.config_seeds, records.mutate_config),
    Target("dictionary", "JSON", records.check_dictionary, records.dictionary_seeds, records.mutate_dictionary),
    Target("query", "JSON", records.check_query, records.query_seeds, records.mutate_query),
)  # fmt: skip
TARGETS = {target.name: target for target in _ALL}
