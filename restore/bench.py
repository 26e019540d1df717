"""The benchmark: pages and documents whose true text is known, restored and measured.

They are found by their names. Beside ``page.gold.txt`` may stand ``page.ocr.txt`` or ``page.txt``, a damaged text, and
``page.png`` (or ``.jpg``, ``.tif``), a scan; ``truth.txt`` is what all scans of its folder say together, in the order of their
names. The text before restoring is the damaged text itself or, of a scan, what was recognised on it.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from restore.config import Config
from restore.errors import InputError
from restore.pipeline import Restored, restore_file, restore_text
from restore.review.metrics import Scores, evaluate, pool

GOLD = ".gold.txt"
DAMAGED = (".ocr.txt", ".txt")
TRUTH = "truth.txt"
SCANS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf")

Kind = Literal["text", "scan"]


@dataclass(frozen=True, slots=True)
class Case:
    """A page or document to measure: its name, what it is, its files in order, and its true text."""

    name: str
    kind: Kind
    paths: tuple[Path, ...]
    gold: Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One page: scores before and after, and the CPU seconds that it took, Tesseract's included."""

    name: str
    kind: Kind
    before: Scores
    after: Scores
    cpu_seconds: float


def find_cases(folder: Path) -> tuple[Case, ...]:
    """The pages of a folder, sorted by name.

    Raises:
        InputError: there is none.
    """
    cases: list[Case] = []
    for gold in sorted(folder.rglob(f"*{GOLD}")):
        name = gold.relative_to(folder).as_posix().removesuffix(GOLD)
        stem = str(gold).removesuffix(GOLD)
        for suffix in (*DAMAGED, *SCANS):
            path = Path(stem + suffix)
            if path.is_file():
                cases.append(Case(name, "text" if suffix in DAMAGED else "scan", (path,), gold))
    for gold in sorted(folder.rglob(TRUTH)):
        scans = tuple(sorted(path for path in gold.parent.iterdir() if path.suffix.lower() in SCANS))
        if scans:
            cases.append(Case(gold.parent.relative_to(folder).as_posix(), "scan", scans, gold))
    if not cases:
        raise InputError("no-bench-pages", path=folder)
    return tuple(cases)


def measure(cases: Sequence[Case], config: Config) -> Iterator[Measure]:
    """Restore each page and compare; each takes seconds, so they come one by one."""
    # The models are loaded once a process: not on the first page's account.
    restore_text("Ủy ban nhân dân", config)
    for case in cases:
        start = _cpu_seconds()
        parts = [_restore(path, case.kind, config) for path in case.paths]
        seconds = _cpu_seconds() - start
        gold = case.gold.read_text(encoding="utf-8-sig")
        before = "\n".join(part.original for part in parts)
        after = "\n".join(part.restored for part in parts)
        scores = evaluate(before, gold), evaluate(after, gold, raw=before)
        yield Measure(case.name, case.kind, *scores, seconds)


def totals(measures: Sequence[Measure]) -> dict[str, float | int | None]:
    """All pages: pooled by words, and as the mean of the pages' rates."""
    before = pool(measure.before for measure in measures)
    after = pool(measure.after for measure in measures)
    return {
        "pages": len(measures),
        "words": after.words,
        "wer_before": round(before.wer, 4),
        "wer_after": round(after.wer, 4),
        "mean_wer_before": round(sum(m.before.wer for m in measures) / len(measures), 4),
        "mean_wer_after": round(sum(m.after.wer for m in measures) / len(measures), 4),
        "cer_before": round(before.cer, 4),
        "cer_after": round(after.cer, 4),
        "helped": after.helped,
        "hurt": after.hurt,
        "cpu_seconds": round(sum(measure.cpu_seconds for measure in measures), 2),
    }


def _restore(path: Path, kind: Kind, config: Config) -> Restored:
    if kind == "scan":
        return restore_file(path, config)
    return restore_text(path.read_text(encoding="utf-8-sig"), config)


def _cpu_seconds() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
