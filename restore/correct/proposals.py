"""Words that the trie cannot reach, proposed by rapidfuzz: fixed phrases for garbled lines, shortlists for garbled words.

A proposal is no decision. It becomes an edge of the lattice at the cost that the channel gives it, and the search decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from restore.correct.candidates import LETTERS_RE, words
from restore.correct.names import full_names
from restore.language import lexicon, vietnamese

# Two skeletons this alike (of 100, Indel ratio) are the same phrase, misread: fixed phrases garbled by all kinds of the damaged
# texts lie above 60, other headings of the same length below 55.
PHRASE_CUTOFF = 66.0
# The shorter, the more alike by chance: below so many letters each one missing asks for so much more likeness.
SHORT_PHRASE, SHORT_PENALTY = 20, 1.2
CHANCE = 50.0  # likeness that says nothing: half of the letters of any two headings are the same
PHRASE_LETTERS = 7  # shorter phrases are alike by chance
LINE_LETTERS = 90  # a longer line is running text
WORD_CUTOFF = 50.0  # a shortlist is short, the channel judges it
SHORTLIST = 12  # skeletons a garbled word
SURPLUS = 3  # letters more than a phrase's word has: beyond them lies another word, which must not be lost

_LETTER_RE = re.compile(r"[^\W_]")
_LINE_RE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")  # as str.splitlines parts them
_PART_RE = re.compile(r"\S+")
_HEADING_NUMBER_RE = re.compile(r"(?:[IVXlTH1]{1,4}|\d{1,2}|[a-zđ])[.)]")
_SIGNS_RE = re.compile(r"[^\w\s,.;:/()\[\]\"“”'-]*")  # damage behind a letter that is no mark of its own
# Shapes that a skeleton takes as one: what engines write for capitals most of all.
_FOLD = str.maketrans(
    {
        "0": "o",
        "1": "i",
        "l": "i",
        "|": "i",
        "5": "s",
        "8": "b",
        "6": "o",
        "$": "s",
        "!": "i",
        "9": "g",
        "v": "u",
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that may have stood at ``start .. end``.

    ``phrase`` says that a whole fixed phrase speaks for it; ``case`` is the word's in a phrase that has one printed
    form ("Độc lập - Tự do - Hạnh phúc"), "" where headings, names and running text differ. ``text`` is what a rule of the
    archive's dictionary has it written as, "" where none speaks for it, and ``gain`` how much the rule says (nats); such a word
    need not be one of the lexicon.
    """

    start: int
    end: int
    word: int
    phrase: bool = False
    case: str = ""
    text: str = ""
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Letters and digits alone, folded, and where each stood."""

    letters: str
    places: tuple[int, ...]


def skeleton(text: str, offset: int = 0) -> Skeleton:
    """What is left of a text without marks, case, blanks and look-alikes.

    >>> skeleton("Độc lập").letters
    'dociap'
    """
    found = [(match[0], match.start() + offset) for match in _LETTER_RE.finditer(text)]
    letters = "".join(vietnamese.strip_marks(letter).lower()[0] for letter, _ in found)
    return Skeleton(letters.translate(_FOLD), tuple(place for _, place in found))


@dataclass(frozen=True, slots=True)
class _Phrase:
    skeleton: str
    numbers: tuple[int, ...]  # the words, by number
    ends: tuple[int, ...]  # where each word ends in the skeleton
    cases: tuple[str, ...]


@cache
def _phrases() -> tuple[_Phrase, ...]:
    number = {text.lower(): index for index, text in enumerate(words().text)}
    found: dict[str, _Phrase] = {}
    printed = {phrase.text for phrase in lexicon.phrases()}
    agencies = (agency.name for agency in lexicon.agencies())
    for text in (*sorted(printed), *agencies, *full_names()):
        parts = LETTERS_RE.findall(text)
        numbers = [number.get(vietnamese.move_tone(part.lower(), "old")) for part in parts]
        if None in numbers or sum(map(len, parts)) < PHRASE_LETTERS:
            continue
        ends, total = [], 0
        for part in parts:
            total += len(part)
            ends.append(total)
        letters = skeleton(text).letters
        fixed = text in printed and not text.isupper()
        cases = tuple(vietnamese.case_of(part) if fixed else "" for part in parts)
        if len(letters) == total:
            found.setdefault(
                letters, _Phrase(letters, tuple(n for n in numbers if n is not None), tuple(ends), cases)
            )
    return tuple(found.values())


@cache
def _skeletons() -> tuple[str, ...]:
    return tuple(phrase.skeleton for phrase in _phrases())


def phrase_proposals(text: str) -> Iterator[Proposal]:
    """Words of the fixed phrase that a line, its beginning or its end most resembles.

    Lines are short ones; the parts tried are those from or to each blank, as two printed columns may share a line.
    """
    for match in _LINE_RE.finditer(text):
        line = match[0]
        if not _is_heading_like(line):
            continue
        taken: list[tuple[int, int]] = []
        for start, end, phrase, seen in _hits(line, match.start()):
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                if seen.letters != phrase.skeleton:
                    yield from _placed(phrase, seen, text)


def _hits(line: str, offset: int) -> list[tuple[int, int, _Phrase, Skeleton]]:
    """The parts of a line that resemble a phrase, those first that explain most letters best."""
    hits = []
    for start, end in _parts(line):
        seen = skeleton(line[start:end], offset + start)
        cutoff = PHRASE_CUTOFF + max(0.0, SHORT_PHRASE - len(seen.letters)) * SHORT_PENALTY
        skeletons, places = _of_length(len(seen.letters))
        hit = process.extractOne(seen.letters, skeletons, scorer=fuzz.ratio, score_cutoff=cutoff)
        if hit is not None:
            gain = len(seen.letters) * (hit[1] - CHANCE)
            hits.append((-gain, start, end, _phrases()[places[hit[2]]], seen))
    hits.sort(key=lambda hit: hit[:3])
    return [hit[1:] for hit in hits]


@lru_cache(maxsize=256)
def _of_length(letters: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The skeletons that so many letters can be like enough by their length, and their places among all."""
    found = [
        (skeleton_, place)
        for place, skeleton_ in enumerate(_skeletons())
        if 200.0 * min(len(skeleton_), letters) >= PHRASE_CUTOFF * (len(skeleton_) + letters)
    ]
    return tuple(text for text, _ in found), tuple(place for _, place in found)


def _is_heading_like(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    if not PHRASE_LETTERS <= len(letters) <= LINE_LETTERS:
        return False
    return sum(c.isupper() for c in letters) * 3 >= len(letters) or len(letters) <= 30


def _parts(line: str) -> set[tuple[int, int]]:
    """The whole line, what lies from each word on, and what lies up to each word; never the number of a heading."""
    found = list(_PART_RE.finditer(line))
    if len(found) > 1 and _HEADING_NUMBER_RE.fullmatch(found[0][0]):
        found = found[1:]
    spans = {(found[0].start(), found[-1].end())}
    spans |= {(part.start(), found[-1].end()) for part in found[1 : max(4, len(found) - 1)]}
    if len(found) > 4:
        spans |= {(found[0].start(), part.end()) for part in found[1:-1]}
    return spans


def _placed(phrase: _Phrase, seen: Skeleton, text: str) -> Iterator[Proposal]:
    """The phrase's words on the spans that an alignment of the skeletons gives them.

    What was seen before the phrase's first letter and after its last is no part of it; signs behind a word's last letter are.
    """
    after = [0] * (len(phrase.skeleton) + 1)  # phrase position -> position in what was seen
    blocks = Levenshtein.opcodes(phrase.skeleton, seen.letters)
    for block in blocks:
        length = block.src_end - block.src_start
        for place in range(length):
            share = (place + 1) / length
            after[block.src_start + place + 1] = block.dest_start + round(
                share * (block.dest_end - block.dest_start)
            )
        if block.tag == "insert" and block.src_end < len(phrase.skeleton):
            after[block.src_start] = max(
                after[block.src_start], block.dest_end if not block.src_start else block.dest_start
            )
    begin = after[0]
    if begin <= SURPLUS and seen.places[0] + begin == seen.places[begin]:
        begin = 0  # glued to the first letter, they are parts of it
    for number, end, case in zip(phrase.numbers, phrase.ends, phrase.cases, strict=True):
        stop = after[end]
        if begin < stop <= begin + len(words().text[number]) + SURPLUS:
            last = seen.places[stop - 1] + 1
            last += len(_SIGNS_RE.match(text, last)[0])  # type: ignore[index]
            yield Proposal(seen.places[begin], last, number, phrase=True, case=case)
        begin = max(begin, stop)


@cache
def _bare_words() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    by_skeleton: dict[str, list[int]] = {}
    for number, text in enumerate(words().text):
        if not words().capital_only[number]:
            by_skeleton.setdefault(skeleton(text).letters, []).append(number)
    return tuple(by_skeleton), {key: tuple(numbers) for key, numbers in by_skeleton.items()}


def word_proposals(text: str, start: int, end: int) -> Iterator[Proposal]:
    """Words whose skeleton resembles what stands at ``start .. end``, for a word that nothing else could read."""
    choices, numbers = _bare_words()
    letters = skeleton(text[start:end]).letters
    for choice, _, _ in process.extract(
        letters, choices, scorer=fuzz.ratio, score_cutoff=WORD_CUTOFF, limit=SHORTLIST
    ):
        for number in numbers[choice]:
            yield Proposal(start, end, number)
