"""``restore bench speed``: pages a second and core, step by step, beside other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from restore.bench.labels import label
from restore.bench.peers import pyvi_accents
from restore.bench.scans import OCRMYPDF
from restore.bench.speed import REPEATS, Speed, find_sources, measure_speed
from restore.bench.surroundings import surroundings
from restore.cli.bench_scans import Answer
from restore.cli.bench_tables import new_table, print_table, rate_cell
from restore.cli.bench_throughput import at_least, machine_line
from restore.cli.console import progress_bar, put
from restore.config import Config
from restore.messages import Language, message


def speed(
    folders: Sequence[Path], config: Config, *, rounds: int | None, ocrmypdf: str | None = None
) -> Answer:
    """Restore the texts and scans of the folders in every way that is installed, in turn."""
    lang = config.lang
    rounds = at_least("--repeats", rounds, 1, REPEATS)
    machine = surroundings()
    sources = find_sources(folders)
    with progress_bar(message("restoring", lang), sources.turns(rounds, ocrmypdf)) as show:
        found = measure_speed(sources, config, rounds, ocrmypdf, show)
    report: dict[str, Any] = {"machine": machine} | {one.kind: one.as_json() for one in found}
    return report, lambda: _show(found, machine, lang)


def _show(found: Sequence[Speed], machine: dict[str, Any], lang: Language) -> None:
    for one in found:
        _show_steps(one, lang)
        _show_ways(one, lang)
    named = {way.name for one in found for way in one.ways}
    kinds = {one.kind for one in found}
    if "text" in kinds and pyvi_accents() is None:
        put(label("no-pyvi", lang) + "\n")
    if "scan" in kinds and OCRMYPDF not in named:
        put(label("no-ocrmypdf", lang) + "\n")
    put(machine_line(machine) + "\n")


def _show_steps(one: Speed, lang: Language) -> None:
    table = new_table((f"step-of-{one.kind}",), ("cpu-page", "spread", "share", "pages-per-second"), lang)
    whole = sum(spread.median for spread in one.steps.values())
    for name, spread in one.steps.items():
        table.add_row(name, *_spread(spread.as_json()), f"{spread.median / whole:.1%}", _rate(spread.median))
    table.add_section()
    table.add_row(label("everything", lang), f"{whole:.4f}", "", "", _rate(whole))
    print_table(table)


def _show_ways(one: Speed, lang: Language) -> None:
    columns = ("cpu-page", "spread", "pages-per-second", "against", "spread", "word-error")
    table = new_table(("way",), columns, lang)
    for name, row in one.as_json()["ways"].items():
        cost, spread = _spread(row["cpu_seconds_a_page"])
        ratio, ratios = _spread(row["against_restore"], 2)
        told = label("core" if name == "restore" else name, lang)
        table.add_row(
            told, cost, spread, f"{row['pages_per_second']:.2f}", ratio, ratios, rate_cell(row["wer"])
        )
    print_table(table)
    values = {"pages": f"{one.pages:.1f}", "documents": one.documents, "megabytes": round(one.megabytes)}
    put(label(f"measured-{one.kind}", lang).format(**values, rounds=len(one.ways[0].costs)) + "\n")


def _spread(values: Sequence[float], digits: int = 4) -> tuple[str, str]:
    """The one in the middle, and the least and the most."""
    least, median, most = (f"{value:.{digits}f}" for value in values)
    return median, f"{least}-{most}"


def _rate(seconds: float) -> str:
    """Pages a second, where one takes so many seconds; nothing where it takes none."""
    return f"{1 / seconds:.1f}" if seconds > 0 else ""
