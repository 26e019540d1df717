"""``restore bench``: every page, what each part gives, what others give, how sure the words are, how scans are read."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from restore.bench import confidence, pages
from restore.bench.ablation import EVERYTHING, WAYS, Outcome, ablation
from restore.bench.cases import Case, damaged_texts, find_cases
from restore.bench.diff import PAGES, measure_diff
from restore.bench.labels import label
from restore.bench.peers import count, peers, pyvi_accents
from restore.cli.bench_faults import faults
from restore.cli.bench_ledger import ledger
from restore.cli.bench_scans import Answer, parts, scans
from restore.cli.bench_search import search
from restore.cli.bench_speed import speed
from restore.cli.bench_structure import structure
from restore.cli.bench_tables import new_table, print_table, rate_cell
from restore.cli.bench_throughput import batch, workers
from restore.cli.console import progress_bar, put, settings
from restore.config import Config
from restore.errors import ExitCode, InputError
from restore.messages import Language, message

DEFAULT_FOLDER = "samples"
_OF_THEMSELVES = ("search", "batch", "faults", "ledger")  # they make up what they measure
Bench = Callable[[Sequence[Path], Config], Answer]


def bench(options: Namespace) -> int:
    """Measure; the first word may say what. A folder of that name is written ``./peers``."""
    config = settings(options)
    names = list(options.folder)
    benches: dict[str, Bench] = {
        **_BENCHES,
        "scans": partial(scans, ocrmypdf=options.ocrmypdf),
        "speed": partial(speed, rounds=options.repeats, ocrmypdf=options.ocrmypdf),
        "search": partial(
            search,
            documents=options.documents,
            characters=options.characters,
            has_files=not options.index_only,
        ),
        "ledger": partial(ledger, documents=options.documents),
        "batch": partial(batch, documents=options.documents, words=options.words),
        "faults": partial(faults, moments=options.moments),
        "workers": partial(workers, documents=options.documents, rounds=options.repeats),
    }
    kind = names.pop(0) if names and names[0] in benches else "pages"
    folders = [Path(name) for name in names or ([] if kind in _OF_THEMSELVES else [DEFAULT_FOLDER])]
    for folder in folders:
        if not folder.is_dir():
            raise InputError("missing-file", path=folder)
    report, show = benches[kind](folders, config)
    if options.json:
        put(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        show()
    return ExitCode.OK


def _pages(folders: Sequence[Path], config: Config) -> Answer:
    cases: list[Case] = [case for folder in folders for case in find_cases(folder)]
    measures: list[pages.Measure] = []
    with progress_bar(message("restoring", config.lang), len(cases)) as show:
        for measure in pages.measure(cases, config):
            measures.append(measure)
            show(measure.name)
    totals = {
        kind: pages.totals(chosen)
        for kind in ("text", "scan")
        if (chosen := [measure for measure in measures if measure.kind == kind])
    }
    rows = [measure.as_json() for measure in measures]
    return {"pages": rows, "totals": totals}, lambda: _show_pages(rows, totals, config.lang)


_BIN_COLUMNS = ("words", "mean-confidence", "right")
_PAGE_COLUMNS = ("before", "after", "held", "helped", "hurt", "cpu")


def _show_pages(rows: Sequence[dict[str, Any]], totals: dict[str, Any], lang: Language) -> None:
    table = new_table(("page", "kind"), ("words", *_PAGE_COLUMNS), lang)
    for row in rows:
        table.add_row(row["page"], label(row["kind"], lang), *_cells(row))
    table.add_section()
    for kind, row in totals.items():
        name = label(kind, lang)
        table.add_row(label("pooled", lang), name, *_cells(row))
        means = (rate_cell(row[f"mean_wer_{when}"]) for when in ("before", "after", "held"))
        table.add_row(label("mean", lang), name, "", *means)
    print_table(table)


def _cells(row: dict[str, Any]) -> list[str]:
    rates = [rate_cell(row[f"wer_{when}"]) for when in ("before", "after", "held")]
    return [str(row["words"]), *rates, str(row["helped"]), str(row["hurt"]), f"{row['cpu_seconds']:.1f}"]


def _ablation(folders: Sequence[Path], config: Config) -> Answer:
    outcomes = _collect(ablation(damaged_texts(folders)), len(WAYS), config.lang)
    whole = outcomes[0].mean_wer
    report = {"outcomes": [{**one.as_json(), "gives": round(one.mean_wer - whole, 4)} for one in outcomes]}

    def show() -> None:
        table = new_table(("part",), ("mean-wer", "gives", "wer", "helped", "hurt", "cpu"), config.lang)
        for one in outcomes:
            name = label(one.name, config.lang)
            if one.name != EVERYTHING:
                name = f"{label('without', config.lang)} {name}"
            gives = "" if one.name == EVERYTHING else f"{one.mean_wer - whole:+.3f}"
            table.add_row(name, rate_cell(one.mean_wer), gives, *_outcome_cells(one))
        print_table(table)

    return report, show


def _peers(folders: Sequence[Path], config: Config) -> Answer:
    outcomes = _collect(peers(damaged_texts(folders)), count(), config.lang)

    def show() -> None:
        table = new_table(("way",), ("mean-wer", "wer", "helped", "hurt", "cpu"), config.lang)
        for one in outcomes:
            table.add_row(label(one.name, config.lang), rate_cell(one.mean_wer), *_outcome_cells(one))
        print_table(table)
        if pyvi_accents() is None:
            put(label("no-pyvi", config.lang) + "\n")

    return {"outcomes": [one.as_json() for one in outcomes]}, show


def _confidence(folders: Sequence[Path], config: Config) -> Answer:
    cases = [case for folder in folders for case in find_cases(folder)]
    lang = config.lang
    with progress_bar(message("restoring", lang), len(cases)) as show_done:
        measured = confidence.measure(cases, config, show_done)

    def show() -> None:
        for kind, found in measured.items():
            table = new_table(("kind", "confidence"), _BIN_COLUMNS, lang)
            for bin_ in found.bins:
                share = f"{bin_.confidence:.3f}", f"{bin_.right:.3f}"
                between = f"{bin_.low:.2f} – {bin_.high:.2f}"
                table.add_row(label(kind, lang), between, str(bin_.words), *share)
            print_table(table)
            shares = {"share": f"{found.share:.3f}", "share_of_read": f"{found.share_of_read:.3f}"}
            values = found.as_json() | shares | {"threshold": f"{found.threshold:.3f}"}
            for line in ("least-certain", "review-list"):
                put(label(line, lang).format(**values) + "\n")

    return {kind: found.as_json() for kind, found in measured.items()}, show


# The diff of 500 pages that were damaged throughout, and of 500 with a change in every other line.
_DIFF_SHARES = {"all-damaged": 1.0, "few-damaged": 0.03}


def _diff(folders: Sequence[Path], config: Config) -> Answer:
    texts = [case.damaged() for case in damaged_texts(folders)]
    found = {
        name: measure_diff(texts, share=share, pages=PAGES).as_json() for name, share in _DIFF_SHARES.items()
    }
    lang = config.lang

    def show() -> None:
        columns = (
            "pages",
            "changes",
            "align-seconds",
            "render-seconds",
            "megabytes",
            "painted",
            "ready",
            "step",
        )
        table = new_table(("kind",), columns, lang)
        for name, row in found.items():
            cells = ("" if value is None else str(value) for value in row.values())
            table.add_row(label(name, lang), *cells)
        print_table(table)
        if any(row["ready"] is None for row in found.values()):
            put(label("no-browser", lang) + "\n")

    return dict(found), show


def _collect(outcomes: Iterable[Outcome], count: int, lang: Language) -> list[Outcome]:
    found: list[Outcome] = []
    with progress_bar(message("restoring", lang), count) as show:
        for one in outcomes:
            found.append(one)
            show(one.name)
    return found


def _outcome_cells(one: Outcome) -> list[str]:
    return [rate_cell(one.wer), str(one.helped), str(one.hurt), f"{one.cpu_seconds:.2f}"]


_BENCHES: dict[str, Bench] = {
    "pages": _pages,
    "ablation": _ablation,
    "peers": _peers,
    "confidence": _confidence,
    "scan-parts": parts,
    "structure": structure,
    "diff": _diff,
}
