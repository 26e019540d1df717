"""``restore evaluate``: a text beside the true one."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from restore.bench.labels import label
from restore.cli.console import put, read_text, settings
from restore.errors import ExitCode, InputError
from restore.messages import Language, message
from restore.output import ORIGINAL_FILE, RESTORED_FILE
from restore.review.metrics import FolderScores, Scores, evaluate_folders
from restore.review.metrics import evaluate as evaluate_texts


def evaluate(options: Namespace) -> int:
    """Measure one text, or all of a folder, against the truth."""
    lang = settings(options).lang
    scores = _scores(options.hypothesis, options.gold, options.raw)
    if options.json:
        put(json.dumps(scores.as_json(), ensure_ascii=False, indent=2) + "\n")
        return ExitCode.OK
    if isinstance(scores, Scores):
        put(_table({"": scores}, lang))
    else:
        put(_table({**scores.files, message("evaluate-pooled", lang): scores.pooled}, lang))
        for name in scores.missing:
            put(message("evaluate-missing", lang, name=name) + "\n")
    return ExitCode.OK


def _scores(hypothesis: str, gold: str, raw: str | None) -> Scores | FolderScores:
    folders = [name != "-" and Path(name).is_dir() for name in (hypothesis, gold)]
    if all(folders):
        return evaluate_folders(Path(hypothesis), Path(gold))
    if any(folders):
        raise InputError("file-and-folder", left=hypothesis, right=gold)
    if raw is None and Path(hypothesis).name == RESTORED_FILE:
        beside = Path(hypothesis).with_name(ORIGINAL_FILE)
        raw = str(beside) if beside.is_file() else None
    before = None if raw is None else read_text(raw).text
    return evaluate_texts(read_text(hypothesis).text, read_text(gold).text, raw=before)


def _table(rows: dict[str, Scores], lang: Language) -> str:
    """Rates in columns, a line each."""
    head = ["", "CER", "WER", message("evaluate-wer-lower", lang), "DER"]
    head += [label(name, lang) for name in ("helped", "hurt", "words")]
    cells = [head, *([name, *_cells(scores)] for name, scores in rows.items())]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    first = min(len(name) for name in rows) == 0  # a single text has no name to show
    lines = (
        [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        for row in cells
    )
    return "".join("  ".join(line[first:]).rstrip() + "\n" for line in lines)


def _cells(scores: Scores) -> list[str]:
    rates = (scores.cer, scores.wer, scores.wer_lower, scores.der)
    counts = (scores.helped, scores.hurt, scores.words)
    return [f"{rate:.4f}" for rate in rates] + ["–" if count is None else str(count) for count in counts]
