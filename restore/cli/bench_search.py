"""``restore bench search``: how long a search takes in documents that are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from restore.bench import search as measured
from restore.bench.labels import label
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table
from restore.cli.bench_throughput import at_least
from restore.cli.console import put
from restore.config import Config


def search(
    _: Sequence[Path], config: Config, *, documents: int | None, characters: int | None, has_files: bool
) -> Answer:
    """Make documents up, index them, ask, and say what each of it took."""
    found = measured.measure(
        at_least("--documents", documents, 1, measured.DOCUMENTS),
        at_least("--characters", characters, 1, measured.CHARACTERS),
        has_files=has_files,
    )
    lang = config.lang

    def show() -> None:
        table = new_table(
            ("question", "example"), ("found", "cpu-half", "cpu-late", "cpu-most", "clock"), lang
        )
        for timing in found.timings:
            times = (timing.median, timing.late, timing.slowest, timing.wall)
            table.add_row(
                label(f"search-{timing.kind}", lang),
                timing.example,
                f"{'≥ ' * timing.at_least}{timing.found:,.0f}{' *' * bool(timing.partial)}",
                *(f"{time:.1f}" for time in times),
            )
        print_table(table)
        values = {
            name: f"{value:,.1f}" if isinstance(value, float) else value
            for name, value in asdict(found).items()
        }
        if any(timing.partial for timing in found.timings):
            put(label("search-partial", lang) + "\n")
        put(label("search-index" if has_files else "search-index-only", lang).format(**values) + "\n")

    return asdict(found), show
