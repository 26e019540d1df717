"""Measure what the restoring does to text that was right: words changed, by kind of text, by unit, as text and as a scan.

    python -m tools.measure_harm FOLDER [KIND ...] [--words 100000] [--show 20]

FOLDER holds ``*.txt`` with documents parted by lines ``<<<name>>>``: the held-out documents that ``python -m
tools.build_language_model CORPORA --held-out FOLDER`` writes, or ``*.txt.xz`` of the corpora themselves (then only
documents that nothing was learned from are taken, unless ``--learned``). Paragraphs are broken into lines as on paper, since
health is judged by line. The units: a document as a whole, a page of 330 words alone, a line alone.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from restore.correct.corrector import Correction, correct, correct_scanned
from restore.language.encodings import convert_legacy
from restore.language.vietnamese import nfc
from restore.page import BBox, Word, WordSpan
from tools.corpora import CorpusDocument, all_documents, is_held_out

LINE_LENGTH = 90  # characters of a printed line of A4, as in the samples
PAGE_WORDS = 330

Unit = Callable[[CorpusDocument], Iterator[str]]
Way = Literal["text", "scan"]
# What Tesseract says of a word that is printed well.
SURE = 0.95


@dataclass(slots=True)
class Harm:
    """What became of the words of one kind of text in one unit.

    Attributes:
        words: all words.
        changed: words that an applied edit touched, NFC left aside.
        parted: pairs of words that stood without a blank and got one: the corpora hold such slips of typists and of the programs
            that took text from pages. They are not among the changed.
        names: those among them that begin with a capital.
        numbers: those among them that hold a digit.
        suggested: words with a suggestion, which the restored text does not carry.
        converted: words of texts that were taken for a legacy encoding.
        examples: what stood there, what it became, and the line.
    """

    words: int = 0
    changed: int = 0
    parted: int = 0
    names: int = 0
    numbers: int = 0
    suggested: int = 0
    converted: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def see(self, text: str, way: Way) -> None:
        """Restore a text that is right, and count."""
        self.words += len(text.split())
        converted = convert_legacy(text) if way == "text" else None
        if converted:
            self.converted += len(text.split())
            self.examples.append((text[:40], converted[0][:40], converted[1]))
            return
        for edit in (correct(text) if way == "text" else scanned(nfc(text))).edits:
            start, end = _word_around(text, edit.start, edit.end)
            word = text[start:end]
            if edit.status == "suggested":
                self.suggested += 1
            elif edit.after.strip() == edit.before:
                self.parted += 1
            elif edit.source != "nfc":
                self.changed += max(1, len(word.split()))
                self.names += word[:1].isupper()
                self.numbers += any(character.isdigit() for character in word)
                self.examples.append((edit.before, edit.after, _line_around(text, start)))

    @property
    def rate(self) -> float:
        """Words changed in 10,000, conversions among them."""
        return 1e4 * (self.changed + self.converted) / max(self.words, 1)


def read(path: Path, words: int, *, learned: bool) -> Iterator[CorpusDocument]:
    """The first documents of a file that make up so many words, lines broken as on paper.

    They are taken in the order of the file, one of every few, so that they spread over all of it.
    """
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        text = stream.read().decode()
    chosen = [
        d for d in all_documents(text.split("\n")) if learned or path.suffix != ".xz" or is_held_out(d.name)
    ]
    total = sum(len(line.split()) for document in chosen for line in document.lines)
    step = max(1, total // (words + words // 4))
    seen = 0
    for document in chosen[::step]:
        if seen >= words:
            return
        yield document._replace(lines=tuple(part for line in document.lines for part in printed(line)))
        seen += sum(len(line.split()) for line in document.lines)


def printed(paragraph: str) -> list[str]:
    """The lines of a paragraph on paper.

    >>> [len(line) for line in printed("Ủy ban nhân dân " * 10)]
    [86, 72]
    """
    return textwrap.wrap(paragraph, LINE_LENGTH, break_long_words=False, break_on_hyphens=False)


def scanned(text: str) -> Correction:
    """A text restored as if an engine had read all its words from a scan, and surely."""
    spans = []
    for index, match in enumerate(re.finditer(r"\S+", text)):
        word = Word(f"w{index}", match[0], BBox(0, 0, 1, 1), SURE, ((),) * len(match[0]))
        spans.append(WordSpan(*match.span(), 1, word))
    return correct_scanned(text, spans)


def whole(document: CorpusDocument) -> Iterator[str]:
    """A document as one text."""
    yield "\n".join(document.lines)


def pages(document: CorpusDocument) -> Iterator[str]:
    """A document page by page."""
    page: list[str] = []
    for line in document.lines:
        page.append(line)
        if sum(len(held.split()) for held in page) >= PAGE_WORDS:
            yield "\n".join(page)
            page = []
    if page:
        yield "\n".join(page)


def lines(document: CorpusDocument) -> Iterator[str]:
    """A document line by line."""
    yield from document.lines


UNITS: dict[str, Unit] = {"document": whole, "page": pages, "line": lines}
WAYS: tuple[Way, ...] = ("text", "scan")


def measure(documents: Iterable[CorpusDocument], unit: Unit, way: Way) -> Harm:
    """One row of the table."""
    harm = Harm()
    for document in documents:
        for text in unit(document):
            harm.see(text, way)
    return harm


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The blank-free run that a span lies in."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _line_around(text: str, place: int) -> str:
    begin = text.rfind("\n", 0, place) + 1
    return text[begin : text.find("\n", place) if "\n" in text[place:] else len(text)]


def main(arguments: list[str] | None = None) -> int:
    """Print the table, and with ``--show`` the words."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", help="laws news ...; all files by default")
    parser.add_argument("--words", type=int, default=100_000, help="of each kind")
    parser.add_argument("--show", type=int, default=0, help="changed words to print of each row")
    parser.add_argument(
        "--learned", action="store_true", help="documents that the model was learned from too"
    )
    parser.add_argument("--units", nargs="+", default=list(UNITS), choices=list(UNITS))
    options = parser.parse_args(arguments)
    put = sys.stdout.write
    put(
        f"{'kind':16}{'unit':10}{'read as':10}{'words':>9}{'changed':>9}{'parted':>8}{'names':>7}{'numbers':>9}"
    )
    put(f"{'suggested':>11}{'converted':>11}{'in 10,000':>11}\n")
    for path in sorted(options.folder.glob("*.txt*")):
        kind = path.name.split(".")[0]
        if options.kinds and kind not in options.kinds:
            continue
        documents = list(read(path, options.words, learned=options.learned))
        for name in options.units:
            for way in WAYS:
                harm = measure(documents, UNITS[name], way)
                put(f"{kind:16}{name:10}{way:10}{harm.words:9}{harm.changed:9}{harm.parted:8}{harm.names:7}")
                put(f"{harm.numbers:9}{harm.suggested:11}{harm.converted:11}{harm.rate:11.2f}\n")
                for before, after, line in _spread(harm.examples, options.show):
                    put(f"    {before!r} -> {after!r}   | {line}\n")
                sys.stdout.flush()
    return 0


def _spread(examples: list[tuple[str, str, str]], count: int) -> list[tuple[str, str, str]]:
    """Some of them: at most one a line of text and pair of words, from all over the list."""
    distinct = list(Counter(examples))
    return distinct[:: max(1, len(distinct) // count)][:count] if count else []


if __name__ == "__main__":
    sys.exit(main())
