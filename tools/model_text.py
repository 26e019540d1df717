"""The text that the language model learns from: paragraphs, tokens, vocabulary, and what is held out.

Documents whose name's sha256 begins with 0 are held out, and so is every paragraph elsewhere that shares ten consecutive
words with them.
"""

from __future__ import annotations

import lzma
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from restore.language import vietnamese
from restore.language.ngram import NUMBER, PUNCTUATION, START, TOKEN_RE, UNKNOWN, model_token
from tools.corpora import all_documents, is_held_out

SYLLABLE_MINIMUM = 4  # occurrences that bring a token of syllable shape into the vocabulary
CAPITALS_MINIMUM = 10  # and one that stands in capitals mostly: an abbreviation
OTHER_MINIMUM = 60  # and any other token: foreign words
COPIES = 4  # of a paragraph, where it is as short as ``COPIED``: headings and set phrases are frequent, long ones are quoted
COPIED = 30  # tokens
SHARED_WORDS = 10  # a training paragraph that shares so many consecutive words with a held-out document goes
LOWER, TITLE, UPPER = 0, 1, 2

_PHAPDIEN_RE = re.compile(r"^Điều [\d.]+[A-ZĐ]+[\d.]*?\.(\d+)\. ")
_NOTE_RE = re.compile(r"^\(Điều .*\)$|^\(Xem .*|^# \w+ =|^Nguồn: |^Đề mục ")
_SMALL = "a-z" + "".join(sorted(c for c in vietnamese.MARKED_LETTERS if c.islower()))
_LARGE = "A-Z" + "".join(sorted(c for c in vietnamese.MARKED_LETTERS if c.isupper()))
_GLUED_RE = re.compile(f"[{_SMALL}]{{2}}[{_LARGE}][{_SMALL}]")  # "nộpThời": cells of a table run together
_MARKUP_RE = re.compile(r"^=+|=+$")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Paragraphs of a document: no notes, no cells run together; printed lines joined where the next begins small."""
    found: list[str] = []
    for line in lines:
        if _NOTE_RE.match(line) or _GLUED_RE.search(line):
            continue
        text = _MARKUP_RE.sub("", _PHAPDIEN_RE.sub(r"Điều \1. ", line)).strip()
        if text[:1].islower() and found and len(found[-1]) > 40 and text[1:2] != ")":
            found[-1] += " " + text
        else:
            found.append(text)
    return found


class Tokens:
    """Token ids of many paragraphs, with their letter shapes: flat arrays and the paragraphs' ends."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {START: 0, NUMBER: 1}
        self._cache: dict[str, int] = {}  # raw -> 4 * id + shape

    def encode(self, text: str) -> list[int]:
        """Codes ``4 * id + shape`` of a paragraph."""
        cache = self._cache
        codes = []
        for raw in TOKEN_RE.findall(text):
            code = cache.get(raw)
            if code is None:
                token = model_token(raw)
                shape = {"title": TITLE, "upper": UPPER}.get(vietnamese.case_of(raw), LOWER)
                code = 4 * self.ids.setdefault(token, len(self.ids)) + shape
                if token != NUMBER:
                    cache[raw] = code
            codes.append(code)
        return codes


@dataclass
class Corpus:
    """All paragraphs of one side (training or held out) of one file."""

    name: str
    codes: array
    ends: array

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each paragraph."""
        return np.diff(np.frombuffer(self.ends, np.uint64), prepend=np.uint64(0)).astype(np.int64)


def read_corpora(
    folder: Path, tokens: Tokens, held_out_folder: Path | None
) -> tuple[list[Corpus], list[Corpus]]:
    """Training and held-out paragraphs of every corpus; of copies in training, a few where short and one where long."""
    training, held_out = [], []
    seen: Counter[int] = Counter()
    for path in sorted(folder.glob("*.txt.xz")):
        name = path.name.removesuffix(".txt.xz")
        sides = Corpus(name, array("I"), array("Q")), Corpus(name, array("I"), array("Q"))
        kept_text = []
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for document in all_documents(stream):
                found = paragraphs(document.lines)
                away = is_held_out(document.name)
                if away and found:
                    kept_text.append(f"<<<{document.name}>>>\n" + "\n".join(found))
                _add(sides[away], found, tokens, None if away else seen)
        training.append(sides[0])
        held_out.append(sides[1])
        if held_out_folder:
            held_out_folder.mkdir(parents=True, exist_ok=True)
            (held_out_folder / f"{name}.txt").write_text("\n".join(kept_text) + "\n", encoding="utf-8")
        print(
            f"{name}: {len(sides[0].codes):,} training tokens, {len(sides[1].codes):,} held out", flush=True
        )
    return training, held_out


def _add(side: Corpus, found: Sequence[str], tokens: Tokens, seen: Counter[int] | None) -> None:
    """Add a document's paragraphs to a side; where ``seen`` is given, only those not seen too often before."""
    for paragraph in found:
        codes = tokens.encode(paragraph)
        if len(codes) < 2:
            continue
        if seen is not None:
            key = hash(tuple(codes))
            if seen[key] >= (COPIES if len(codes) <= COPIED else 1):
                continue
            seen[key] += 1
        side.codes.extend(codes)
        side.ends.append(len(side.codes))


def word_hashes(corpus: Corpus, is_word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A hash of every ten consecutive words within a paragraph, and the paragraph it stands in."""
    ids = np.frombuffer(corpus.codes, dtype=np.uint32) >> 2
    paragraph = np.repeat(np.arange(len(corpus.ends)), corpus.lengths)
    keep = is_word[ids]
    ids, paragraph = ids[keep].astype(np.uint64), paragraph[keep]
    if len(ids) < SHARED_WORDS:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    count = len(ids) - SHARED_WORDS + 1
    value = np.zeros(count, np.uint64)
    for k in range(SHARED_WORDS):
        value = (value ^ ids[k : k + count]) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    inside = paragraph[:count] == paragraph[SHARED_WORDS - 1 :]
    return value[inside], paragraph[:count][inside]


def drop_shared(
    training: list[Corpus], held_out: list[Corpus], is_word: np.ndarray
) -> list[tuple[np.ndarray, np.ndarray, str]]:
    """Training tokens (codes, paragraph starts) without the paragraphs that share ten words with held-out ones."""
    away = np.unique(np.concatenate([word_hashes(corpus, is_word)[0] for corpus in held_out]))
    kept = []
    for corpus in training:
        hashes, paragraph = word_hashes(corpus, is_word)
        place = np.minimum(np.searchsorted(away, hashes), len(away) - 1)
        shared = np.zeros(len(corpus.ends), bool)
        shared[paragraph[away[place] == hashes]] = True
        codes = np.frombuffer(corpus.codes, dtype=np.uint32)
        mask = np.repeat(~shared, corpus.lengths)
        kept.append((codes[mask], corpus.lengths[~shared], corpus.name))
        print(
            f"{corpus.name}: {shared.sum():,} of {len(shared):,} paragraphs share ten words with held-out text"
        )
    return kept


def choose_vocabulary(counts: np.ndarray, capitals: np.ndarray, names: Sequence[str]) -> list[int]:
    """Old ids of the vocabulary past the special tokens, by code points.

    Args:
        counts: occurrences of every token.
        capitals: those of them in capitals.
        names: the tokens; the first two are special.
    """
    chosen = []
    for index, (name, count, capital) in enumerate(zip(names, counts, capitals, strict=True)):
        other = CAPITALS_MINIMUM if 2 * capital > count else OTHER_MINIMUM
        minimum = SYLLABLE_MINIMUM if vietnamese.is_syllable(name) else other
        if index > 1 and (count >= minimum or name in PUNCTUATION):
            chosen.append(index)
    return sorted(chosen, key=lambda index: names[index])


@dataclass(frozen=True, slots=True)
class Stream:
    """Paragraphs one after the other: token numbers (0 before each paragraph), letter shapes, and the corpus's number."""

    ids: npt.NDArray[np.uint16]
    shapes: npt.NDArray[np.uint8]
    corpus: npt.NDArray[np.uint8]


def stream_of(parts: Sequence[tuple[np.ndarray, np.ndarray, str]], remap: np.ndarray) -> Stream:
    """One stream of all paragraphs, in the numbers of the vocabulary (``remap``: old id to new)."""
    ids, shapes, corpus = [], [], []
    for number, (codes, lengths, _) in enumerate(parts):
        starts = np.cumsum(lengths) - lengths
        ids.append(np.insert(remap[codes >> 2], starts, 0).astype(np.uint16))
        shapes.append(np.insert((codes & 3).astype(np.uint8), starts, LOWER))
        corpus.append(np.full(len(ids[-1]), number, np.uint8))
    return Stream(np.concatenate(ids), np.concatenate(shapes), np.concatenate(corpus))


def vocabulary_of(
    parts: Sequence[tuple[np.ndarray, np.ndarray, str]], names: Sequence[str]
) -> tuple[list[str], np.ndarray]:
    """The vocabulary, and the number in it of every old id."""
    codes = np.concatenate([codes for codes, _, _ in parts])
    counts = np.bincount(codes >> 2, minlength=len(names))
    capitals = np.bincount(codes[(codes & 3) == UPPER] >> 2, minlength=len(names))
    chosen = choose_vocabulary(counts, capitals, names)
    vocabulary = [START, NUMBER, UNKNOWN, *(names[index] for index in chosen)]
    remap = np.full(len(names), vocabulary.index(UNKNOWN), np.uint16)
    remap[:2] = 0, 1
    remap[chosen] = np.arange(3, len(vocabulary))
    return vocabulary, remap
