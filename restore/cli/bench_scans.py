"""``restore bench scans`` and ``scan-parts``: how scans are read beside other programs, and what each part gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from restore.bench.labels import label
from restore.bench.scan_parts import EVERYTHING, Without, scan_parts
from restore.bench.scan_parts import WAYS as PART_WAYS
from restore.bench.scans import OCRMYPDF, WAYS, Way, installed, scanned, ways
from restore.cli.bench_tables import new_table, print_table, rate_cell
from restore.cli.console import progress_bar, put
from restore.config import Config
from restore.messages import Language, message

Answer = tuple[dict[str, Any], Callable[[], None]]
_COLUMNS = ("words", "word-error", "cer", "body-cer", "missed", "cpu", "megabytes")


def scans(folders: Sequence[Path], config: Config, ocrmypdf: str | None = None) -> Answer:
    """Read all scans of the folders in every way that is installed."""
    cases, program = scanned(folders), installed(ocrmypdf)
    count = len(WAYS) if program else len(WAYS) - 1
    with progress_bar(message("restoring", config.lang), count * len(cases)) as show:
        found = list(ways(cases, config, program, show))
    report = {
        "pages": [{"way": way.name, **page.as_json()} for way in found for page in way.pages],
        "totals": {way.name: way.as_json() for way in found},
    }
    return report, lambda: _show(found, config.lang)


def _show(found: Sequence[Way], lang: Language) -> None:
    table = new_table(("page", "way"), _COLUMNS, lang)
    for pages in zip(*(way.pages for way in found), strict=True):
        for way, page in zip(found, pages, strict=True):
            table.add_row(page.name, label(way.name, lang), *_cells(page.as_json()))
    table.add_section()
    for way in found:
        table.add_row(label("pooled", lang), label(way.name, lang), *_cells(way.as_json()))
    print_table(table)
    if OCRMYPDF not in {way.name for way in found}:
        put(label("no-ocrmypdf", lang) + "\n")


def parts(folders: Sequence[Path], config: Config) -> Answer:
    """Read all scans of the folders with everything, and without each part in turn."""
    cases = scanned(folders)
    with progress_bar(message("restoring", config.lang), len(PART_WAYS) * len(cases)) as show:
        found = list(scan_parts(cases, config, show))
    return {"parts": [one.as_json() for one in found]}, lambda: _show_parts(found, config.lang)


def _show_parts(found: Sequence[Without], lang: Language) -> None:
    table = new_table(("part",), ("changed", *_COLUMNS[1:-1]), lang)
    for one in found:
        name = label(one.way.name, lang)
        if one.way.name != EVERYTHING:
            name = f"{label('without', lang)} {name}"
        table.add_row(name, str(one.changed), *_cells(one.as_json())[1:-1])
    print_table(table)


def _cells(row: dict[str, Any]) -> list[str]:
    seconds, megabytes = row["cpu_seconds"], row.get("peak_megabytes")
    return [
        str(row["words"]),
        rate_cell(row["wer"]),
        rate_cell(row["cer"], 4),
        rate_cell(row["body_cer"], 4),
        str(row["missed"]),
        "" if seconds is None else f"{seconds:.1f}",
        "" if megabytes is None else str(megabytes),
    ]
