"""Every page before and after: word and character error, words helped and hurt, what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from restore.bench.cases import Case, Kind, cpu_seconds, read_text
from restore.config import Config
from restore.pipeline import Restored, restore_file, restore_text
from restore.review.metrics import Scores, evaluate, pool


@dataclass(frozen=True, slots=True)
class Measure:
    """One page: scores before and after, and the CPU seconds that it took, Tesseract's included.

    ``held`` are the scores after restoring against the gold text less the lines that the damaged text does not hold; None
    where nobody noted which these are.
    """

    name: str
    kind: Kind
    before: Scores
    after: Scores
    cpu_seconds: float
    held: Scores | None = None

    def as_json(self) -> dict[str, str | float | int | None]:
        """The page as ``bench --json`` gives it."""
        return {
            "page": self.name,
            "kind": self.kind,
            "words": self.after.words,
            "wer_before": round(self.before.wer, 4),
            "wer_after": round(self.after.wer, 4),
            "wer_held": None if self.held is None else round(self.held.wer, 4),
            "cer_before": round(self.before.cer, 4),
            "cer_after": round(self.after.cer, 4),
            "helped": self.after.helped,
            "hurt": self.after.hurt,
            "cpu_seconds": round(self.cpu_seconds, 2),
        }


def measure(cases: Sequence[Case], config: Config) -> Iterator[Measure]:
    """Restore each page and compare; each takes seconds, so they come one by one."""
    # The models are loaded once a process: not on the first page's account.
    restore_text("Ủy ban nhân dân", config)
    for case in cases:
        start = cpu_seconds()
        parts = [_restore(path, case.kind, config) for path in case.paths]
        seconds = cpu_seconds() - start
        gold, held = case.truth(), case.held()
        before = "\n".join(part.original for part in parts)
        after = "\n".join(part.restored for part in parts)
        yield Measure(
            case.name,
            case.kind,
            before=evaluate(before, gold),
            after=evaluate(after, gold, raw=before),
            cpu_seconds=seconds,
            held=None if held is None else evaluate(after, held),
        )


def mean(rates: Iterable[float]) -> float:
    """The mean of the pages' rates, each page as good as any other.

    >>> mean([0.1, 0.2, 0.6])
    0.3
    """
    values = list(rates)
    return round(sum(values) / len(values), 4)


def totals(measures: Sequence[Measure]) -> dict[str, float | int | None]:
    """All pages: pooled by words, and as the mean of the pages' rates.

    ``mean_wer_held`` takes the lost lines out of the gold of the pages where they are known; None where no page knows them.
    """
    before = pool(measure.before for measure in measures)
    after = pool(measure.after for measure in measures)
    held = [m.held or m.after for m in measures] if any(m.held for m in measures) else []
    return {
        "pages": len(measures),
        "words": after.words,
        "wer_before": round(before.wer, 4),
        "wer_after": round(after.wer, 4),
        "wer_held": round(pool(held).wer, 4) if held else None,
        "mean_wer_before": mean(m.before.wer for m in measures),
        "mean_wer_after": mean(m.after.wer for m in measures),
        "mean_wer_held": mean(scores.wer for scores in held) if held else None,
        "cer_before": round(before.cer, 4),
        "cer_after": round(after.cer, 4),
        "helped": after.helped,
        "hurt": after.hurt,
        "cpu_seconds": round(sum(measure.cpu_seconds for measure in measures), 2),
    }


def _restore(path: Path, kind: Kind, config: Config) -> Restored:
    if kind == "scan":
        return restore_file(path, config)
    return restore_text(read_text(path), config)
