"""``restore doctor`` and ``restore bench``."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from restore import bench as benchmark
from restore import doctor as examination
from restore.cli.console import progress_bar, put, settings
from restore.doctor import Finding
from restore.errors import ExitCode, InputError
from restore.messages import Language, message


def doctor(options: Namespace) -> int:
    """Show what is there and what is missing; 4 when something that is needed is missing."""
    config = settings(options)
    findings = examination.examine()
    missing = [finding for finding in findings if finding.needed and not finding.ok]
    if options.json:
        put(json.dumps(_doctor_json(findings), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(findings, config.lang)
        _advise(findings, config.lang)
    return ExitCode.MISSING_TOOL if missing else ExitCode.OK


def _doctor_json(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "ok": all(finding.ok for finding in findings if finding.needed),
        "findings": [
            {
                "group": finding.group,
                "name": finding.name,
                "version": finding.version or None,
                "needed": finding.needed,
                "problem": finding.problem or (None if finding.version else "missing"),
            }
            for finding in findings
        ],
        "apt": examination.apt_command(findings) or None,
    }


def _show(findings: tuple[Finding, ...], lang: Language) -> None:
    width = max(len(finding.name) for finding in findings)
    group = ""
    for finding in findings:
        if finding.group != group:
            group = finding.group
            put(message(f"doctor-group-{group}", lang) + "\n")
        sign = "✓" if finding.ok else "✗" if finding.needed else "–"
        state = finding.version or message("doctor-absent", lang)
        if finding.version == examination.INSTALLED:
            state = message("doctor-installed", lang)
        if finding.problem:
            state += f" ({message(f'doctor-problem-{finding.problem}', lang)})"
        if not finding.needed:
            state += f" ({message('doctor-optional', lang)})"
        put(f"  {sign} {finding.name:{width}}  {state}\n")


def _advise(findings: tuple[Finding, ...], lang: Language) -> None:
    missing = [finding for finding in findings if not finding.ok]
    needed = [finding.name for finding in missing if finding.needed]
    put("\n")
    verdict = (
        message("doctor-missing", lang, names=", ".join(needed)) if needed else message("doctor-ok", lang)
    )
    put(verdict + "\n")
    command = examination.apt_command(findings)
    if command:
        put(message("doctor-apt", lang, command=command) + "\n" + message("doctor-elsewhere", lang) + "\n")
    groups = {finding.group for finding in missing}
    if "python" in groups or "program" in groups:
        put(message("doctor-python", lang) + "\n")
    if "dictionary" in groups:
        put(message("doctor-dictionaries", lang) + "\n")


def bench(options: Namespace) -> int:
    """Restore the pages of the folders and show the error before and after."""
    config = settings(options)
    cases: list[benchmark.Case] = []
    for name in options.folder:
        if not Path(name).is_dir():
            raise InputError("missing-file", path=name)
        cases += benchmark.find_cases(Path(name))
    measures: list[benchmark.Measure] = []
    with progress_bar(message("restoring", config.lang), len(cases)) as show:
        for measure in benchmark.measure(cases, config):
            measures.append(measure)
            show(measure.name)
    totals = {
        kind: benchmark.totals(chosen)
        for kind in ("text", "scan")
        if (chosen := [measure for measure in measures if measure.kind == kind])
    }
    if options.json:
        pages = [_page_json(measure) for measure in measures]
        put(json.dumps({"pages": pages, "totals": totals}, ensure_ascii=False, indent=2) + "\n")
    else:
        _show_bench(measures, totals, config.lang)
    return ExitCode.OK


def _page_json(measure: benchmark.Measure) -> dict[str, Any]:
    return {
        "page": measure.name,
        "kind": measure.kind,
        "words": measure.after.words,
        "wer_before": round(measure.before.wer, 4),
        "wer_after": round(measure.after.wer, 4),
        "cer_before": round(measure.before.cer, 4),
        "cer_after": round(measure.after.cer, 4),
        "helped": measure.after.helped,
        "hurt": measure.after.hurt,
        "cpu_seconds": round(measure.cpu_seconds, 2),
    }


_COLUMNS = ("page", "kind", "words", "before", "after", "helped", "hurt", "cpu")


def _show_bench(measures: list[benchmark.Measure], totals: dict[str, Any], lang: Language) -> None:
    table = Table()
    for name in _COLUMNS:
        if name in ("page", "kind"):
            table.add_column(message(f"bench-{name}", lang))
        else:
            table.add_column(message(f"bench-{name}", lang), justify="right")
    for measure in measures:
        row = _page_json(measure)
        table.add_row(row["page"], message(f"bench-kind-{row['kind']}", lang), *_cells(row))
    table.add_section()
    for kind, row in totals.items():
        name = message(f"bench-kind-{kind}", lang)
        table.add_row(message("bench-pooled", lang), name, *_cells(row))
        means = f"{row['mean_wer_before']:.3f}", f"{row['mean_wer_after']:.3f}"
        table.add_row(message("bench-mean", lang), name, "", *means)
    console = Console(width=None if Console().is_terminal else 120)
    console.print(table)


def _cells(row: dict[str, Any]) -> list[str]:
    rates = f"{row['wer_before']:.3f}", f"{row['wer_after']:.3f}"
    return [str(row["words"]), *rates, str(row["helped"]), str(row["hurt"]), f"{row['cpu_seconds']:.1f}"]
