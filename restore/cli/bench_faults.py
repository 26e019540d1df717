"""``restore bench faults``: what becomes of a batch to which everything happens that may."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from restore.bench.fault_trials import MOMENTS, measure
from restore.bench.faults import Verdict
from restore.bench.labels import label
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table
from restore.cli.bench_throughput import at_least
from restore.cli.console import progress_bar, say
from restore.config import Config
from restore.messages import Language, message

CTRL_C = 3.0  # seconds in which a batch promises to end
_FAULTS = 11  # beside the undisturbed run


def faults(_: Sequence[Path], config: Config, *, moments: int | None) -> Answer:
    """Do it all, and say of each fault what was lost or done again. What failed is kept to be looked at."""
    lang = config.lang
    count = at_least("--moments", moments, 1, MOMENTS)
    found: list[Verdict] = []
    folder = Path(tempfile.mkdtemp(prefix="restore-faults-"))
    with progress_bar(message("restoring", lang), _FAULTS) as show:
        for verdict in measure(folder, count=count):
            found.append(verdict)
            show(verdict.name)
            for problem in verdict.problems:
                say(f"{label(f'fault-{verdict.name}', lang)}: {problem}")
    report: dict[str, Any] = {"faults": [verdict.as_json() for verdict in found]}
    return report, lambda: _show(found, lang)


def _show(found: Sequence[Verdict], lang: Language) -> None:
    table = new_table(("fault",), ("fault-times", "fault-seconds"), lang)
    table.add_column(label("fault-verdict", lang))
    for verdict in found:
        seconds = "" if verdict.seconds is None else f"{verdict.seconds:.1f}"
        table.add_row(label(f"fault-{verdict.name}", lang), str(verdict.times), seconds, _told(verdict, lang))
    print_table(table)


def _told(verdict: Verdict, lang: Language) -> str:
    if verdict.skipped:
        return label(f"fault-{verdict.skipped}", lang)
    if verdict.problems:
        return "; ".join(verdict.problems)
    if verdict.seconds is not None and verdict.seconds > CTRL_C:
        return label("fault-slow", lang).format(limit=CTRL_C)
    return label("fault-nothing", lang)
