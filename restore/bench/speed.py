"""How many pages a second and core, step by step, beside other programs on the same pages in the same run.

Measured is CPU time, that of all processes: on a machine that others use as well, the clock measures them. The ways take turns,
each in a process of its own every time (what was read before costs less), so each round gives ratios of its own,
and their spread tells how far they can be believed.
"""

from __future__ import annotations

import multiprocessing
import statistics
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from restore.bench.cases import GOLD, LOST, TRUTH, Case, cpu_seconds, find_cases, read_text
from restore.bench.peers import restorers
from restore.bench.scans import WAYS, installed, ways
from restore.bench.steps import Taken, taken
from restore.config import Config
from restore.errors import InputError
from restore.review.metrics import evaluate, pool
from restore.scan.ingest import open_document

WORDS_A_PAGE = 330  # of a printed plan or decision, the measure of the project's goals
RUN = "run"  # `restore run`, from the file to all results
CORE = "restore"  # the correction alone, text in and text out
REPEATS = 3

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spread:
    """Several measurements of one thing: the least, the one in the middle, the most.

    >>> Spread.of([3.0, 1.0, 2.0])
    Spread(least=1.0, median=2.0, most=3.0)
    """

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        return cls(min(values), statistics.median(values), max(values))

    def as_json(self, digits: int = 4) -> list[float]:
        """The three, in that order."""
        return [round(value, digits) for value in (self.least, self.median, self.most)]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do the same pages.

    Attributes:
        name: of the way.
        costs: CPU seconds a page, of each round.
        wer: word error where the true text is known; None where it is not.
    """

    name: str
    costs: tuple[float, ...]
    wer: float | None

    @property
    def pages_per_second(self) -> float:
        """Pages a second and core.

        >>> Way("run", (0.3, 0.1, 0.2), None).pages_per_second
        5.0
        """
        return 1 / max(statistics.median(self.costs), 1e-9)

    def against(self, other: Way) -> Spread:
        """What this way costs where the other costs 1, round by round.

        >>> Way("a", (2.0, 3.0), None).against(Way("b", (1.0, 1.0), None))
        Spread(least=2.0, median=2.5, most=3.0)
        """
        return Spread.of(
            [own / max(theirs, 1e-9) for own, theirs in zip(self.costs, other.costs, strict=True)]
        )


@dataclass(frozen=True, slots=True)
class Speed:
    """What pages of one kind took.

    Attributes:
        kind: what they are.
        pages: printed ones of scans; of texts pages of :data:`WORDS_A_PAGE` words.
        documents: files.
        steps: CPU seconds a page by step of ``restore run``, dearest first.
        ways: ``restore run`` first, then the others.
        megabytes: the most memory that one process of ``restore run`` held.
    """

    kind: Literal["text", "scan"]
    pages: float
    documents: int
    steps: dict[str, Spread]
    ways: tuple[Way, ...]
    megabytes: float

    def as_json(self) -> dict[str, Any]:
        """The speed as ``bench speed --json`` gives it; spreads are least, median, most."""
        ours = self.ways[0]
        return {
            "pages": round(self.pages, 1),
            "documents": self.documents,
            "rounds": len(ours.costs),
            "peak_megabytes": round(self.megabytes),
            "steps": {name: spread.as_json() for name, spread in self.steps.items()},
            "ways": {
                way.name: {
                    "cpu_seconds_a_page": Spread.of(way.costs).as_json(),
                    "pages_per_second": round(way.pages_per_second, 2),
                    "against_restore": way.against(ours).as_json(3),
                    "wer": None if way.wer is None else round(way.wer, 4),
                }
                for way in self.ways
            },
        }


@dataclass(frozen=True, slots=True)
class Text:
    """A text to restore, and what it says where that is known."""

    path: Path
    text: str
    gold: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What is measured: texts, and scans whose true text is known."""

    texts: tuple[Text, ...]
    scans: tuple[Case, ...]

    def turns(self, rounds: int, ocrmypdf: str | None) -> int:
        """How many turns all ways take together."""
        of_texts = 1 + len(restorers()) if self.texts else 0
        of_scans = len(WAYS) + (1 if installed(ocrmypdf) else 0) if self.scans else 0
        return rounds * (of_texts + of_scans)


def find_sources(folders: Sequence[Path]) -> Sources:
    """All texts and scans of some folders.

    Raises:
        InputError: there are none.
    """
    texts = tuple(distinct(folders))
    scans = tuple(case for folder in folders for case in _cases(folder) if case.kind == "scan")
    if not texts and not scans:
        raise InputError("no-bench-texts", path=folders[0])
    return Sources(texts, scans)


def measure_speed(
    sources: Sources, config: Config, rounds: int, ocrmypdf: str | None, done: Callable[[str], None]
) -> tuple[Speed, ...]:
    """Restore all texts and all scans in every way that is installed.

    Args:
        sources: texts and scans.
        config: restore's settings.
        rounds: how often every way gets its turn.
        ocrmypdf: OCRmyPDF's program where it is not on the path.
        done: called with a name whenever a way has had its turn.
    """
    found: list[Speed] = []
    if sources.texts:
        found.append(_of_texts(sources.texts, config, rounds, done))
    if sources.scans:
        found.append(_of_scans(sources.scans, config, rounds, installed(ocrmypdf), done))
    return tuple(found)


def distinct(folders: Sequence[Path]) -> Iterator[Text]:
    """All texts of all folders but true ones and what belongs to these, each once."""
    seen: set[str] = set()
    for folder in folders:
        golden = {case.paths[0]: case for case in _cases(folder) if case.kind == "text"}
        for path in sorted(folder.rglob("*.txt")):
            if path.name.endswith((GOLD, LOST, TRUTH)):
                continue
            case = golden.get(path)
            text = case.damaged() if case else read_text(path)
            if text not in seen:
                seen.add(text)
                yield Text(path, text, case.truth() if case else None)


def _cases(folder: Path) -> tuple[Case, ...]:
    try:
        return find_cases(folder)
    except InputError:  # there are only texts whose true ones nobody knows
        return ()


def _of_texts(texts: Sequence[Text], config: Config, rounds: int, done: Callable[[str], None]) -> Speed:
    pages = sum(len(text.text.split()) for text in texts) / WORDS_A_PAGE
    runs: list[Taken] = []
    costs: dict[str, list[float]] = {name: [] for name in restorers()}
    wers: dict[str, float | None] = {}
    for _ in range(rounds):
        runs.append(in_fresh_process(taken, [text.path for text in texts], config.mode))
        done(RUN)
        for name, values in costs.items():
            seconds, wers[name] = in_fresh_process(restored_by, name, texts)
            values.append(seconds / pages)
            done(name)
    ours = Way(RUN, tuple(run.seconds / pages for run in runs), wers[CORE])
    others = (Way(name, tuple(values), wers[name]) for name, values in costs.items())
    return Speed("text", pages, len(texts), steps_of(runs, pages), (ours, *others), _megabytes(runs))


def restored_by(name: str, texts: Sequence[Text]) -> tuple[float, float | None]:
    """CPU seconds of one way for all texts, its models loaded before, and its word error on those that are known."""
    restore = restorers()[name]
    restore("Uy ban nhan dan")
    began = cpu_seconds()
    restored = [restore(text.text) for text in texts]
    seconds = cpu_seconds() - began
    scores = [
        evaluate(after, text.gold)
        for after, text in zip(restored, texts, strict=True)
        if text.gold is not None
    ]
    return seconds, pool(scores).wer if scores else None


def _of_scans(
    cases: Sequence[Case], config: Config, rounds: int, ocrmypdf: str | None, done: Callable[[str], None]
) -> Speed:
    paths = [path for case in cases for path in case.paths]
    pages = 0
    for path in paths:
        with open_document(path) as document:
            pages += document.page_count
    runs: list[Taken] = []
    found: dict[str, list[float]] = {}
    wers: dict[str, float | None] = {}
    for _ in range(rounds):
        runs.append(in_fresh_process(taken, paths, config.mode))
        done(RUN)
        for way in ways(cases, config, ocrmypdf, lambda name: None):
            found.setdefault(way.name, []).append(way.seconds / pages)
            wers[way.name] = pool(page.scores for page in way.pages).wer
            done(way.name)
    ours = Way(RUN, tuple(found.pop(CORE)), wers[CORE])
    others = (Way(name, tuple(values), wers[name]) for name, values in found.items())
    return Speed("scan", pages, len(paths), steps_of(runs, pages), (ours, *others), _megabytes(runs))


def steps_of(runs: Sequence[Taken], pages: float) -> dict[str, Spread]:
    """CPU seconds a page by step, dearest first."""
    names = {name for run in runs for name in run.steps}
    spreads = {name: Spread.of([run.steps.get(name, 0.0) / pages for run in runs]) for name in names}
    return dict(sorted(spreads.items(), key=lambda item: -item[1].median))


def _megabytes(runs: Sequence[Taken]) -> float:
    return max(run.megabytes for run in runs)


def in_fresh_process(work: Callable[..., _T], *arguments: object) -> _T:
    """Do something in a process that has done nothing before."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool_of_one:
        return pool_of_one.submit(work, *arguments).result()
