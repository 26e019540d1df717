"""How much of documents whose parts are known is found, from their true text, from damaged layers and from scans."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from restore.bench.cases import read_text
from restore.bench.truth import MEASURES, Counts, Item, compare, plain
from restore.config import Config
from restore.document import Document
from restore.parser import build_document
from restore.pipeline import restore_file, restore_text

FIELDS = "fields.json"
Way = Literal["text", "damaged", "scan"]
# Letters that a restored text has wrong are counted by the benches of pages; here the question is whether the right
# part was found, so a long text may differ in one letter of ten. Of true text every letter counts.
LEAST: Mapping[Way, float] = {"text": 1.0, "damaged": 0.9, "scan": 0.9}
PAGE = 2500  # characters of a page, for the speed


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document read in one way: counts, missed and needless items by component; of text, its pages and CPU seconds."""

    name: str
    way: Way
    counts: Mapping[str, Counts]
    missed: Mapping[str, Sequence[Item]]
    needless: Mapping[str, Sequence[Item]]
    pages: float = 0.0
    seconds: float = 0.0


def find_documents(folders: Sequence[Path]) -> list[Path]:
    """The folders with a truth, in the order of their names."""
    return sorted(path.parent for folder in folders for path in folder.rglob(FIELDS))


def measure(folders: Sequence[Path], config: Config) -> Iterator[Outcome]:
    """Measure every document in every way that its files allow."""
    for folder in find_documents(folders):
        truth = json.loads((folder / FIELDS).read_text(encoding="utf-8"))
        text = _true_text(folder, truth)
        if text is not None:
            build_document(text)  # dictionaries are loaded once a process: not on a document's account
            start = time.process_time()
            document = build_document(text)
            seconds = time.process_time() - start
            yield _outcome(folder.name, "text", truth, document, len(text) / PAGE, seconds)
        damaged = _pages(folder, ".ocr.txt")
        if damaged:
            restored = restore_text("\n\n".join(read_text(path) for path in damaged), config)
            lost = {
                plain(line) for path in _pages(folder, ".lost.txt") for line in read_text(path).splitlines()
            }
            yield _outcome(folder.name, "damaged", truth, restored.document, lost=lost)
        source, gold = folder / "source.pdf", _pages(folder, ".gold.txt")
        if source.exists() and gold:
            pages = ",".join(str(_number(path)) for path in gold)
            scanned = config.model_copy(update={"mode": "redo", "pages": pages})
            yield _outcome(folder.name, "scan", truth, restore_file(source, scanned).document)


def totals(outcomes: Sequence[Outcome]) -> dict[Way, dict[str, Counts]]:
    """The counts of all documents by way and component; "all" pools the components."""
    sums: dict[Way, dict[str, Counts]] = {}
    for outcome in outcomes:
        way = sums.setdefault(outcome.way, {})
        for name, counts in outcome.counts.items():
            way[name] = way.get(name, Counts()) + counts
    for way in sums.values():
        way["all"] = sum(way.values(), Counts())
    return sums


def pages_a_second(outcomes: Sequence[Outcome]) -> float:
    """Pages of true text parsed in a second of one core."""
    return sum(one.pages for one in outcomes) / max(sum(one.seconds for one in outcomes), 1e-9)


def _outcome(
    name: str,
    way: Way,
    truth: Mapping[str, Any],
    document: Document,
    pages: float = 0.0,
    seconds: float = 0.0,
    lost: Collection[str] = (),
) -> Outcome:
    """Compare; items that are lines which a damaged layer does not hold at all are not asked for."""
    counts: dict[str, Counts] = {}
    missed: dict[str, Sequence[Item]] = {}
    needless: dict[str, Sequence[Item]] = {}
    for key, component, wanted, found in MEASURES:
        if key in truth:
            held = [item for item in wanted(truth[key]) if not any(part in lost for part in item)]
            result = compare(held, found(document), LEAST[way])
            counts[component], missed[component], needless[component] = result
    return Outcome(name, way, counts, missed, needless, pages, seconds)


def _true_text(folder: Path, truth: Mapping[str, Any]) -> str | None:
    """The text that the truth is about: ``text.txt``, the file that it names, or the gold text of its pages."""
    if (folder / "text.txt").exists():
        return read_text(folder / "text.txt")
    if name := truth.get("text_file"):
        return read_text(folder / str(name))
    return "\n\n".join(read_text(path) for path in _pages(folder, ".gold.txt")) or None


def _pages(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.glob(f"page-*{suffix}"), key=_number)


def _number(page: Path) -> int:
    return int(page.name.removeprefix("page-").split(".")[0])
