"""``restore bench ledger``: how a ledger of a million documents answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from restore.bench import ledger as measured
from restore.bench.labels import label
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table
from restore.cli.console import put
from restore.config import Config


def ledger(_: Sequence[Path], config: Config, *, documents: int | None) -> Answer:
    """Make a ledger up, ask it, and say what each of it took."""
    found = measured.measure(documents or measured.DOCUMENTS)
    lang = config.lang

    def show() -> None:
        table = new_table(("question",), ("cpu-seconds", "clock-seconds", "megabytes"), lang)
        for took in found.took:
            name = label(f"ledger-{took.what}", lang).format(inputs=f"{found.inputs:,}")
            memory = "" if took.megabytes is None else f"{took.megabytes:.0f}"
            table.add_row(name, f"{took.cpu:.3f}", f"{took.clock:.3f}", memory)
        print_table(table)
        values = {
            "documents": f"{found.documents:,}",
            "bytes": f"{found.bytes_a_page:.0f}",
            "summary": f"{found.summary_bytes / 1e6:,.1f}",
        }
        put(label("ledger-size", lang).format(**values) + "\n")

    return asdict(found), show
