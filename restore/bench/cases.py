"""What is measured: pages and documents whose true text is known.

They are found by their names. Beside ``page.gold.txt`` may stand ``page.ocr.txt`` (or ``page.txt``), a damaged text, and
``page.png`` (or ``.jpg``, ``.tif``), a scan; ``truth.txt`` is what all scans of its folder say together, in the order of
their names. ``page.lost.txt`` has the lines of the gold text that the damaged text does not hold at all.
"""

from __future__ import annotations

import resource
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from restore.errors import InputError
from restore.language.encodings import convert_legacy, decode

GOLD = ".gold.txt"
BODY = ".body"  # at the end of a page's name: it holds body text alone, no header, signature or table
LOST = ".lost.txt"
DAMAGED = (".ocr.txt", ".txt")
TRUTH = "truth.txt"
SCANS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf")

Kind = Literal["text", "scan"]


@dataclass(frozen=True, slots=True)
class Case:
    """A page or document to measure: its name, what it is, its files in order, its true text, and what of it was lost."""

    name: str
    kind: Kind
    paths: tuple[Path, ...]
    gold: Path
    lost: Path | None = None

    def truth(self) -> str:
        """The true text."""
        return read_text(self.gold)

    def held(self) -> str | None:
        """The true text less the lines that the damaged text does not hold; None where that is not known."""
        return without_lines(self.truth(), read_text(self.lost)) if self.lost else None

    def damaged(self) -> str:
        """The damaged text as the core gets it: decoded, a legacy encoding undone."""
        text = "\n".join(read_text(path) for path in self.paths)
        converted = convert_legacy(text)
        return converted[0] if converted else text


def read_text(path: Path) -> str:
    """The text of a file, whatever its encoding, as ``restore text`` reads it.

    Raises:
        InputError: the file is no text, or its encoding is not known.
    """
    return decode(path.read_bytes(), str(path)).text


def find_cases(folder: Path) -> tuple[Case, ...]:
    """The pages of a folder, sorted by name.

    Raises:
        InputError: there is none.
    """
    cases: list[Case] = []
    for gold in sorted(folder.rglob(f"*{GOLD}")):
        name = gold.relative_to(folder).as_posix().removesuffix(GOLD)
        stem = str(gold).removesuffix(GOLD)
        texts = [path for suffix in DAMAGED if (path := Path(stem + suffix)).is_file()]
        if texts:
            lost = Path(stem + LOST)
            cases.append(Case(name, "text", (texts[0],), gold, lost if lost.is_file() else None))
        scans = [path for suffix in SCANS if (path := Path(stem + suffix)).is_file()]
        cases += (Case(name, "scan", (path,), gold) for path in scans)
    for gold in sorted(folder.rglob(TRUTH)):
        pages = tuple(sorted(path for path in gold.parent.iterdir() if path.suffix.lower() in SCANS))
        if pages:
            cases.append(Case(gold.parent.relative_to(folder).as_posix(), "scan", pages, gold))
    if not cases:
        raise InputError("no-bench-pages", path=folder)
    return tuple(cases)


def lay(path: Path, at: Path) -> None:
    """Lay a file under another name: a second name of the same file, or a copy on another file system.

    No symbolic link: ``restore run`` follows none out of the folder that it is given.
    """
    try:
        at.hardlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, at)


def damaged_texts(folders: Sequence[Path]) -> tuple[Case, ...]:
    """The damaged texts of all folders: what measures the core alone.

    Raises:
        InputError: one of the folders has none.
    """
    cases: list[Case] = []
    for folder in folders:
        found = [case for case in find_cases(folder) if case.kind == "text"]
        if not found:
            raise InputError("no-bench-texts", path=folder)
        cases += found
    return tuple(cases)


def without_lines(text: str, lost: str) -> str:
    r"""A text less some of its lines; one that stands twice in it is taken out as often as it was lost.

    >>> without_lines("Điều 1\nSố:\nĐiều 2\nSố:", "Số:\n")
    'Điều 1\nĐiều 2\nSố:'
    """
    waiting = Counter(lost.splitlines())
    kept = []
    for line in text.splitlines():
        if waiting[line]:
            waiting[line] -= 1
        else:
            kept.append(line)
    return "\n".join(kept)


def cpu_seconds() -> float:
    """What this process and those that it started, Tesseract's among them, have cost so far."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
