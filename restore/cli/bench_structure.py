"""``restore bench structure``: precision and recall of every component over documents whose parts are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from restore.bench.labels import label
from restore.bench.structure import Outcome, find_documents, measure, pages_a_second, totals
from restore.bench.truth import Counts
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table, rate_cell
from restore.cli.console import progress_bar, put
from restore.config import Config
from restore.errors import InputError
from restore.messages import message


def structure(folders: Sequence[Path], config: Config) -> Answer:
    """Measure the parser; ``--json`` names every item that is missed or needless.

    Raises:
        InputError: no folder holds a ``fields.json``.
    """
    count = len(find_documents(folders))
    if not count:
        raise InputError("no-bench-truth", path=folders[0])
    outcomes: list[Outcome] = []
    with progress_bar(message("restoring", config.lang), count) as show_progress:
        for outcome in measure(folders, config):
            outcomes.append(outcome)
            show_progress(outcome.name)
    sums = totals(outcomes)

    def show() -> None:
        for way, components in sums.items():
            table = new_table(
                (f"way-{way}",), ("precision", "recall", "f1", "found-right", "of"), config.lang
            )
            for name, counts in components.items():
                table.add_row(name, *_cells(counts), end_section=name == list(components)[-2])
            print_table(table)
        put(label("parse-speed", config.lang).format(pages=round(pages_a_second(outcomes))) + "\n")

    report = {
        "documents": [_document(outcome) for outcome in outcomes],
        "totals": {
            way: {name: _rates(counts) for name, counts in rows.items()} for way, rows in sums.items()
        },
        "pages_per_second": round(pages_a_second(outcomes), 1),
    }
    return report, show


def _cells(counts: Counts) -> list[str]:
    rates = [rate_cell(rate) for rate in (counts.precision, counts.recall, counts.f1)]
    return [*rates, str(counts.right), str(counts.wanted)]


def _rates(counts: Counts) -> dict[str, float | int]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "right": counts.right,
        "found": counts.found,
        "wanted": counts.wanted,
    }


def _document(outcome: Outcome) -> dict[str, object]:
    return {
        "document": outcome.name,
        "way": outcome.way,
        "missed": {name: items for name, items in outcome.missed.items() if items},
        "needless": {name: items for name, items in outcome.needless.items() if items},
    }
