"""How long a search takes, on documents that are made up: as many as are asked for, as long as is asked for, always the same ones.

Their words are Vietnamese syllables drawn by Zipf's law, so that common ones stand in nearly every document, after the lines and
between the phrases that every administrative document has. They are written as files and read like any others, or, since a
million of them are two million files, put into the index alone.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path

from restore.bench.processes import run
from restore.document import Document, Field, Header
from restore.language.lexicon import document_types, syllables
from restore.language.vietnamese import strip_marks
from restore.output import DOCUMENT_FILE, RESTORED_FILE, document_json, write_text
from restore.search.card import card_of
from restore.search.filters import Filters
from restore.search.index import NO_FILTERS, Index
from restore.search.store import SEARCH_FILE, mended
from restore.search.update import BATCH, SETTLED, Entry, enter

DOCUMENTS = 10_000
SEED = 20
CHARACTERS = 4_250  # of a document's body in the mean
SHORTEST, LONGEST = 0.6, 1.4  # of the mean
QUERIES = 20  # of each kind
ROUNDS = 3  # each query is asked so often
_SHIFT = 2.7  # of Zipf-Mandelbrot's law, as fits words of natural languages
_PHRASES = (
    "Ủy ban nhân dân",
    "tổ chức thực hiện",
    "căn cứ tình hình",
    "kế hoạch",
    "phòng, chống dịch bệnh",
    "chịu trách nhiệm",
)
_ISSUERS = (
    "ỦY BAN NHÂN DÂN",
    "SỞ NỘI VỤ",
    "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
    "CÔNG AN",
    "HỘI ĐỒNG NHÂN DÂN",
    "SỞ Y TẾ",
)
_WORDS_A_LINE = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that is made up: name, header and text."""

    name: str
    header: Header
    text: str


@dataclass(frozen=True, slots=True)
class Timing:
    """How long questions of one kind took.

    Attributes:
        kind: of question.
        example: the first of them.
        found: how many documents they found, in the mean.
        at_least: there were more of some, which were not counted.
        partial: to so many of them a part of the documents was the answer, as their time was over.
        median: milliseconds of CPU that half of them took, or less.
        late: that 19 of 20 took, or less.
        slowest: that all took, or less.
        wall: milliseconds that half of them took by the clock; more than ``median`` where other programs run.
    """

    kind: str
    example: str
    found: float
    at_least: bool
    partial: int
    median: float
    late: float
    slowest: float
    wall: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured.

    Attributes:
        documents: how many.
        characters: of a document in the mean.
        has_files: they were read from files; else they were put into the index alone.
        build: seconds of CPU to index all.
        kilobytes: of the index, for each document.
        check: milliseconds of CPU to see that no document changed; None where there are no files.
        cold: milliseconds of CPU of a process that answers one question without that, from start to end.
        timings: of the questions.
    """

    documents: int
    characters: float
    has_files: bool
    build: float
    kilobytes: float
    check: float | None
    cold: float
    timings: tuple[Timing, ...]


class Vocabulary:
    """Syllables in an order of their own, from common to rare, and chance to draw from them."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.words = sorted(syllables())
        self.chance.shuffle(self.words)
        self._sums = list(accumulate(1 / (rank + _SHIFT) for rank in range(len(self.words))))

    def draw(self) -> str:
        """A word, by Zipf's law."""
        return self.words[min(bisect(self._sums, self.chance.random() * self._sums[-1]), len(self.words) - 1)]

    def body(self, characters: int) -> str:
        """Lines of words and now and then a phrase, in the mean of so many characters."""
        length = self.chance.randint(round(SHORTEST * characters), round(LONGEST * characters))
        lines: list[str] = []
        while length > 0:
            words = [self.draw() for _ in range(_WORDS_A_LINE)]
            if self.chance.random() < 0.3:
                words.insert(self.chance.randrange(len(words)), self.chance.choice(_PHRASES))
            lines.append(" ".join(words).capitalize() + ".")
            length -= len(lines[-1]) + 1
        return "\n".join(lines)


def sheets(documents: int, characters: int, vocabulary: Vocabulary) -> Iterator[Sheet]:
    """Documents that are made up, always the same.

    Args:
        documents: how many.
        characters: of a body in the mean.
        vocabulary: what they are made of.
    """
    chance = vocabulary.chance
    kinds = [kind for kind in document_types() if kind.code]
    for number in range(documents):
        kind = chance.choice(kinds)
        issuer = f"{chance.choice(_ISSUERS)} {vocabulary.draw().upper()} {vocabulary.draw().upper()}"
        day = date(2005, 1, 1) + timedelta(chance.randrange(20 * 365))
        subject = "Về việc " + " ".join(vocabulary.draw() for _ in range(chance.randint(5, 14)))
        code = f"{number % 3000 + 1}/{kind.code}-UBND"
        text = (
            f"{issuer}\nSố: {code}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            f"{day:ngày %d tháng %m năm %Y}\n{kind.name.upper()}\n{subject}\n{vocabulary.body(characters)}\n"
        )
        header = Header(
            issuer=_field(issuer), number=_field(str(number % 3000 + 1)), notation=_field(f"{kind.code}-UBND"),
            issued_date=_field(day.isoformat()), doc_type=_field(kind.name), doc_type_code=_field(kind.code),
            subject=_field(subject),
        )  # fmt: skip
        yield Sheet(f"{day.year}/{number:07}.pdf", header, text)


def _field(value: str) -> Field:
    return Field(value=value, raw=value, status="present")


def measure(documents: int = DOCUMENTS, characters: int = CHARACTERS, *, has_files: bool = True) -> Measure:
    """Make up documents in a folder that is deleted afterwards, index them and ask.

    Args:
        documents: how many.
        characters: of a body in the mean.
        has_files: write them as files, and read these; else put them into the index alone.
    """
    vocabulary = Vocabulary()
    made = sheets(documents, characters, vocabulary)
    with tempfile.TemporaryDirectory(prefix="restore-bench-") as folder:
        out = Path(folder)
        index = Index(out)
        check = None
        if has_files:
            written = write(out, made)
            build, _ = _milliseconds(index.update)
            time.sleep(SETTLED)
            index.update()  # files as young as the index are looked into once more
            check = min(_milliseconds(index.update)[0] for _ in range(ROUNDS))
        else:
            build, written = fill(out, made)
        size = sum(path.stat().st_size for path in out.glob(f"{SEARCH_FILE}*"))
        cold = min(_process(out) for _ in range(ROUNDS))
        return Measure(
            documents, written / documents, has_files, build / 1000, size / 1024 / documents, check, cold,
            tuple(timings(index, vocabulary)),
        )  # fmt: skip


def write(out: Path, made: Iterator[Sheet]) -> int:
    """Write documents as a batch leaves them; how many characters they have."""
    characters = 0
    for sheet in made:
        write_text(out / sheet.name / RESTORED_FILE, sheet.text)
        write_text(out / sheet.name / DOCUMENT_FILE, document_json(Document(header=sheet.header)))
        characters += len(sheet.text)
    return characters


def fill(out: Path, made: Iterator[Sheet]) -> tuple[float, int]:
    """Put documents into the index of a folder, by transactions as an update does, without writing their files.

    Returns:
        milliseconds of CPU that the index took, and how many characters the documents have.
    """

    def work(connection: sqlite3.Connection) -> tuple[float, int]:
        cost, characters = 0.0, 0
        terms: set[str] = set()
        while some := list(islice(made, BATCH)):
            entries = [
                Entry(os.fsencode(one.name), one.name, "", b"", card_of(one.header), one.text) for one in some
            ]
            cost += _milliseconds(partial(enter, connection, entries, terms))[0]
            characters += sum(len(one.text) for one in some)
        return cost, characters

    return mended(out, work)


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """What some work costs, of CPU and by the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _process(out: Path) -> float:
    command = [sys.executable, "-m", "restore", "search", str(out), "kế hoạch", "--no-update", "--json"]
    return run(command).seconds * 1000


def timings(index: Index, vocabulary: Vocabulary) -> Iterator[Timing]:
    """Ask questions of every kind; each is asked several times, not in a row."""
    for kind, questions in _questions(vocabulary).items():
        answers = [index.search(*question) for question in questions]
        times = [
            _milliseconds(partial(index.search, *question)) for _ in range(ROUNDS) for question in questions
        ]
        cpu, wall = (sorted(column) for column in zip(*times, strict=True))
        half, late = len(times) // 2, int(len(times) * 0.95)
        query, filters = questions[0]
        partial_ones = sum(answer.partial for answer in answers)
        yield Timing(
            kind=kind,
            example=query or _told(filters),
            found=sum(answer.total for answer in answers) / len(answers),
            at_least=bool(partial_ones) or any(answer.more for answer in answers),
            partial=partial_ones,
            median=cpu[half],
            late=cpu[late],
            slowest=cpu[-1],
            wall=wall[half],
        )


def _told(filters: Filters) -> str:
    parts = (*filters.types, filters.issuer, filters.number, filters.since, filters.until)
    return " ".join(filter(None, parts))


_Question = tuple[str, Filters]


def _questions(vocabulary: Vocabulary) -> dict[str, Sequence[_Question]]:
    common, middling, rare = (vocabulary.words[rank : rank + QUERIES] for rank in (0, 200, 4000))
    bare = [strip_marks(word) for word in common]
    plan = Filters(types=("kế hoạch",), since="2010", until="2015-06-30")
    words = {
        "rare-word": rare,
        "common-word": common,
        "rare-bare": [strip_marks(word) for word in rare],
        "common-bare": bare,
        "two-words": [f"{a} {b}" for a, b in zip(common, middling, strict=True)],
        "six-words": [" ".join([*common[n : n + 4], *middling[n : n + 2]]) for n in range(QUERIES // 2)],
        "rare-phrase": [f'"{a} {b}"' for a, b in zip(common, middling, strict=True)],
        "common-phrase": ['"ủy ban nhân dân"', '"cộng hòa xã hội chủ nghĩa việt nam"', '"tổ chức thực hiện"'],
        "bare-phrase": ['"uy ban nhan dan"', '"cong hoa xa hoi chu nghia viet nam"', '"to chuc thuc hien"'],
        "beginning": [f"{word[:3]}*" for word in bare],
        "one-letter": ["h*", "t*", "n*", "c*", "đ*"],
        "row-letter": ['"ủy ban nhân t*"', '"ủy ban nhân d*"', '"tổ chức thực h*"', '"căn cứ tình n*"'],
        "without-letter": [f"{word} -{letter}*" for word, letter in zip(common, "thncđ", strict=False)],
        "nowhere": ['"dân nhân ban ủy"', '"hội xã hòa cộng"', '"phúc hạnh do tự lập"', '"hien thuc chuc to"'],
        "without": [f"{a} -{b}" for a, b in zip(common, middling, strict=True)],
        "either": [f"{a} OR {b}" for a, b in zip(common, rare, strict=True)],
    }
    questions: dict[str, Sequence[_Question]] = {
        kind: [(query, NO_FILTERS) for query in queries] for kind, queries in words.items()
    }
    questions["filters"] = [
        ("", plan),
        ("", Filters(issuer="so noi vu", since="2020")),
        ("", Filters(types=("QĐ",))),
    ]
    questions["number"] = [("", Filters(number=f"{n}/KH-UBND")) for n in range(1, QUERIES + 1)]
    questions["word-filters"] = [(word, plan) for word in common]
    return questions
