"""What each part of reading scans gives: the same scans, each time without one step of cleaning or one further reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from restore.bench.cases import Case, cpu_seconds
from restore.bench.scans import Score, Way, score
from restore.config import Config
from restore.pipeline import restore_file, restore_text
from restore.scan.parts import ALL, PARTS, Parts

EVERYTHING = "everything"
WAYS = (EVERYTHING, *PARTS)  # of reading, in the order in which they are measured


@dataclass(frozen=True, slots=True)
class Without:
    """What was made of all scans without one part.

    Attributes:
        way: all scans, under the name of the part; its memory is not measured.
        changed: pages that were read otherwise than with everything.
    """

    way: Way
    changed: int

    def as_json(self) -> dict[str, str | float | int | None]:
        """The part as ``bench scan-parts --json`` gives it."""
        measured = self.way.as_json()
        del measured["peak_megabytes"]
        return {"part": self.way.name, "changed": self.changed, **measured}


def scan_parts(cases: Sequence[Case], config: Config, done: Callable[[str], None]) -> Iterator[Without]:
    """Read all scans with everything, then without each part in turn.

    Args:
        cases: scans.
        config: restore's settings.
        done: called with the name of each page that was read.
    """
    restore_text("Ủy ban nhân dân", config)  # the models are loaded once a process: on no part's account
    whole: list[str] = []
    for name in WAYS:
        parts = ALL if name == EVERYTHING else ALL.without(name)
        pages: list[Score] = []
        texts: list[str] = []
        for case in cases:
            text, seconds = _read(case, config, parts)
            texts.append(text)
            pages.append(score(case, text, seconds))
            done(case.name)
        whole = whole or texts
        changed = sum(text != before for text, before in zip(texts, whole, strict=True))
        seconds = sum(page.seconds or 0.0 for page in pages)
        yield Without(Way(name, tuple(pages), seconds, 0.0), changed)


def _read(case: Case, config: Config, parts: Parts) -> tuple[str, float]:
    start = cpu_seconds()
    text = "\n".join(restore_file(path, config, parts=parts).restored for path in case.paths)
    return text, cpu_seconds() - start
