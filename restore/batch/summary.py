"""What came of a batch: ``summary.json`` for programs, ``summary.html`` for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from restore import output
from restore.batch.run import Outcome
from restore.errors import readable
from restore.messages import Language, error_text, message

SUMMARY_JSON = "summary.json"
SUMMARY_HTML = "summary.html"
_TEMPLATE = Path(__file__).with_name("summary.html.jinja")
# What a person should look at first comes first.
_ORDER = {"failed": 0, "poor": 1, "review": 2, "good": 3}


def totals(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many files were restored, failed, and should be looked at, the poor ones included."""
    states = Counter(_state(outcome) for outcome in outcomes)
    return {
        "files": len(outcomes),
        "ok": len(outcomes) - states["failed"],
        "failed": states["failed"],
        "need_review": states["review"] + states["poor"],
        "words": sum(outcome.words for outcome in outcomes),
        "words_changed": sum(outcome.words_changed for outcome in outcomes),
        "words_to_review": sum(outcome.words_to_review for outcome in outcomes),
    }


def summary_json(outcomes: Sequence[Outcome], lang: Language) -> str:
    """``{files: [{input, output, status, grade, reason}], totals}``, in the order of the files' names."""
    files = [
        {
            "input": readable(outcome.job.path),
            "output": outcome.job.name if outcome.status == "ok" else None,
            "status": outcome.status,
            "grade": outcome.grade,
            "reason": error_text(outcome.error, lang) if outcome.error else None,
        }
        for outcome in outcomes
    ]
    content = {"files": files, "totals": totals(outcomes)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def summary_html(outcomes: Sequence[Outcome], lang: Language) -> str:
    """A page with one line a document, what needs eyes first, and links to what was made of it."""
    from jinja2 import Environment, StrictUndefined  # 0.1 s of CPU, needed once a batch

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    ordered = sorted(outcomes, key=lambda o: (_ORDER[_state(o)], -o.words_to_review, o.job.name))
    return template.render(
        lang=lang,
        say=lambda key, **values: message(key, lang, **values),
        totals=totals(outcomes),
        rows=[_row(outcome, lang) for outcome in ordered],
    )


def _state(outcome: Outcome) -> str:
    return outcome.grade or "failed"


def _row(outcome: Outcome, lang: Language) -> dict[str, Any]:
    state = _state(outcome)
    folder = quote(outcome.job.name)
    return {
        "name": outcome.job.name,
        "state": state,
        "label": message("status-failed" if state == "failed" else f"grade-{state}", lang),
        "reason": error_text(outcome.error, lang) if outcome.error else "",
        "words": outcome.words,
        "changed": outcome.words_changed,
        "review": outcome.words_to_review,
        "links": [
            (message(key, lang), f"{folder}/{file}")
            for key, file in (
                ("summary-diff", output.DIFF_FILE),
                ("summary-text", output.RESTORED_FILE),
                ("summary-json", output.DOCUMENT_FILE),
                ("summary-edits", output.EDITS_FILE),
            )
            if outcome.status == "ok"
        ],
    }
