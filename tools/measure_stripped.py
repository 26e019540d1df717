"""How many syllables come back when a text has lost all its marks.

    python -m tools.measure_stripped FILE... [--words 100000]

FILE is correct text; documents in it are parted by lines ``<<<name>>>`` and restored one by one. Prints for each file the
syllables (runs of letters), how many of them are right after restoring, in any case and in either style of tone marks, and the
share.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from restore.correct.corrector import correct
from restore.language import vietnamese

LETTERS_RE = re.compile(r"[^\W\d_]+")
PARTING_RE = re.compile(r"^<<<.*>>>$", re.MULTILINE)


def syllables(text: str) -> list[str]:
    """Runs of letters, lower case, in the old style of tone marks.

    >>> syllables("Hoá 12/KH-UBND")
    ['hóa', 'kh', 'ubnd']
    """
    return [vietnamese.move_tone(letters.lower(), "old") for letters in LETTERS_RE.findall(text)]


def documents(path: Path, words: int) -> Iterator[str]:
    """The documents of a file, up to so many words."""
    left = words
    for text in PARTING_RE.split(vietnamese.nfc(path.read_text(encoding="utf-8"))):
        if text.strip() and left > 0:
            yield text
            left -= len(text.split())


def measure(texts: Iterator[str]) -> tuple[int, int]:
    """Syllables that are right after stripping and restoring, and all."""
    right = total = 0
    for text in texts:
        true = syllables(text)
        found = syllables(correct(vietnamese.strip_marks(text)).restored)
        right += len(true) - Levenshtein.distance(found, true)
        total += len(true)
    return right, total


def main() -> None:
    """Print a line a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=100_000)
    options = parser.parse_args()
    for path in options.files:
        right, total = measure(documents(path, options.words))
        print(
            f"{path.name}: {right:,} of {total:,} syllables, {100 * right / max(total, 1):.2f} %", flush=True
        )


if __name__ == "__main__":
    main()
