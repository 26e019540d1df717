"""``restore bench batch`` and ``bench workers``: a long batch watched from outside, and what a second worker gives."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from restore.bench.drawn import WORDS, write_pages
from restore.bench.labels import label
from restore.bench.surroundings import surroundings
from restore.bench.throughput import (
    JOBS,
    PAGES,
    PARTS,
    SAMPLED,
    SPEED_UP,
    Batch,
    Pair,
    compare_workers,
    lay_scans,
    measure_batch,
    page_steps,
    verdicts,
)
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table
from restore.cli.console import progress_bar, put, say
from restore.config import Config
from restore.errors import UsageError
from restore.messages import Language, message

TEXTS, COPIES, ROUNDS = 500, 10, 3  # of `bench workers`: text pages, copies of each scan, how often in turn
_MINUTE = 60.0


def batch(_: Sequence[Path], config: Config, *, documents: int | None, words: int | None) -> Answer:
    """Restore pages that are made up, and say whether memory, cost and ledger stay what is promised."""
    lang = config.lang
    count = at_least("--documents", documents, 2 * PARTS, PAGES)
    body = at_least("--words", words, 1, WORDS)
    found = measure_batch(
        count, JOBS, body, lambda out: say(label("batch-begins", lang).format(pages=count, out=out))
    )
    report: dict[str, Any] = {
        "machine": surroundings(),
        "pages": found.pages,
        "jobs": found.jobs,
        "words": body,
        "seconds": round(found.watched.seconds, 1),
        "pages_per_second": round(found.rate, 3),
        "cpu_seconds_a_page": round(found.cost, 4),
        "coordinator_cpu_seconds_a_page": round(found.coordinator_cost, 5),
        "processors_busy": round(found.busy, 3),
        "processors_of_others": round(found.watched.others, 3),
        "ledger_bytes_a_page": round(found.ledger / found.pages, 1),
        "stored_bytes_a_page": round(found.stored / found.pages),
        "steps": {name: round(seconds, 5) for name, seconds in page_steps(min(count, SAMPLED), body).items()},
        "parts": [part.as_json() for part in found.parts(PARTS)],
        "moments": found.curve(),
        "verdicts": [verdict.as_json() for verdict in verdicts(found)],
    }
    return report, lambda: _show_batch(found, report, lang)


def _show_batch(found: Batch, report: dict[str, Any], lang: Language) -> None:
    columns = ("pages", "rate", "cpu-page", "coordinator-mb", "workers-mb")
    table = new_table(("part-of-batch",), columns, lang)
    for number, part in enumerate(found.parts(), 1):
        numbers = (
            str(part.pages),
            f"{part.rate:.2f}",
            f"{part.cost:.3f}",
            f"{part.coordinator:.1f}",
            f"{part.workers:.1f}",
        )
        table.add_row(str(number), *numbers)
    print_table(table)
    table = new_table(("promise",), ("measured", "bound", "kept"), lang)
    for verdict in verdicts(found):
        drift = verdict.bound < 1
        measured = f"{verdict.measured:+.1%}" if drift else f"{verdict.measured:.0f}"
        bound = f"≤ {verdict.bound:+.0%}" if drift else f"< {verdict.bound:.0f}"
        table.add_row(
            label(verdict.name, lang), measured, bound, label("yes" if verdict.kept else "no", lang)
        )
    print_table(table)
    put(
        label("batch-total", lang).format(**report | {"minutes": round(report["seconds"] / _MINUTE, 1)})
        + "\n"
    )
    put(machine_line(report["machine"]) + "\n")


def workers(folders: Sequence[Path], config: Config, *, documents: int | None, rounds: int | None) -> Answer:
    """Restore texts that are made up and the scans of the folders with one worker and with two, in turn."""
    lang = config.lang
    rounds = at_least("--repeats", rounds, 1, ROUNDS)
    texts_made = at_least("--documents", documents, 2 * PARTS, TEXTS)
    with tempfile.TemporaryDirectory(prefix="restore-bench-", ignore_cleanup_errors=True) as name:
        texts, scans = Path(name, "texts"), Path(name, "scans")
        write_pages(texts, texts_made)
        lay_scans(folders, scans, COPIES)
        with progress_bar(message("restoring", lang), 4 * rounds) as show:
            pairs = {
                "text": compare_workers([texts], rounds, show),
                "scan": compare_workers([scans], rounds, show),
            }
    report = {"machine": surroundings()} | {
        kind: [pair.as_json() for pair in found] for kind, found in pairs.items()
    }
    return report, lambda: _show_workers(pairs, report, lang)


def _show_workers(pairs: dict[str, tuple[Pair, ...]], report: dict[str, Any], lang: Language) -> None:
    columns = ("pages", "wall-one", "wall-two", "speed-up", "steady-speed-up", "dearer", "busy-two", "others")
    table = new_table(("kind",), columns, lang)
    for kind, found in pairs.items():
        for pair in found:
            row = pair.as_json()
            keys = (
                "pages",
                "seconds_one",
                "seconds_two",
                "speed_up",
                "steady_speed_up",
                "dearer",
                "busy_two",
                "others",
            )
            table.add_row(label(kind, lang), *(f"{row[key]:g}" for key in keys))
        table.add_section()
    print_table(table)
    put(label("workers-promise", lang).format(bound=SPEED_UP) + "\n")
    put(machine_line(report["machine"]) + "\n")


def at_least(flag: str, value: int | None, least: int, default: int) -> int:
    """The value of a flag, or the default where it is not given.

    Raises:
        UsageError: it is too small to measure anything.

    >>> at_least("--repeats", None, 1, 3), at_least("--repeats", 5, 1, 3)
    (3, 5)
    """
    if value is not None and value < least:
        raise UsageError("bench-count", flag=flag, value=value, least=least)
    return default if value is None else value


def machine_line(machine: dict[str, Any]) -> str:
    """The machine in one line."""
    return "; ".join(f"{name} {value}" for name, value in machine.items())
