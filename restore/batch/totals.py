"""How a run went, in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Totals:
    """What a run has done and found done; it grows while the run goes on.

    Attributes:
        ok: documents with results.
        failed: files without.
        need_review: of the documents, those that a person should look at.
        skipped: of the documents, those that an earlier run had done.
        left: of the failed, those that failed before and were left alone.
        missing_tool: of the failed, those that failed for want of a tool.
        passed_over: what was no file to restore, or has none of the wanted pages.
        without_pages: of these, the latter.
        documents: worked on.
        pages: worked on.
    """

    ok: int = 0
    failed: int = 0
    need_review: int = 0
    skipped: int = 0
    left: int = 0
    missing_tool: int = 0
    passed_over: int = 0
    without_pages: int = 0
    documents: int = 0
    pages: int = 0
