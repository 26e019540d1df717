"""Abbreviations: the gazetteer's administrative ones, and those that documents define themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from restore.language.vietnamese import is_syllable, move_tone
from tools.corpora import CorpusDocument

MIN_DOCUMENTS = 3
_SHORT = r"[A-ZĐ][A-ZĐ&]*[A-ZĐ]"
_DEFINITION_RE = re.compile(
    rf"""
    (?P<words> (?: [^\W\d_]+ [ ] (?:-[ ])? (?:, [ ])? ){{1,14}} [^\W\d_]+ ) [ ]?    # Hội đồng nhân dân
    (?: [(] (?: sau [ ] đây [ ] )? (?: (?: gọi | viết ) [ ] tắt [ ] là :? [ ] )?
        ["“]? (?P<short>{_SHORT}) ["”]? [)]
      | , [ ] (?: sau [ ] đây [ ] )? (?: gọi | viết ) [ ] tắt [ ] là :? [ ] ["“]? (?P<called>{_SHORT})\b )
    """,
    re.VERBOSE,
)
_SHORT_RE = re.compile(rf"\b{_SHORT}\b")
_WORD_RE = re.compile(r"[^\W\d_]+")
_SKIPPED = ("và", "của", "các")  # words that an abbreviation may leave out


def initials_match(short: str, words: list[str]) -> bool:
    """Whether an abbreviation is made of the first letters of words, "và" written as & or left out.

    >>> initials_match("GD&ĐT", ["Giáo", "dục", "và", "Đào", "tạo"])
    True
    >>> initials_match("HĐND", ["Hội", "đồng", "nhân", "dân"]), initials_match("ĐN", ["Hội", "đồng"])
    (True, False)
    """
    if not short or not words:
        return not short and not words
    word, letter = words[0], short[0]
    if letter == "&":
        return word == "và" and initials_match(short[1:], words[1:])
    if word[0].upper() == letter and initials_match(short[1:], words[1:]):
        return True
    return word in _SKIPPED and initials_match(short, words[1:])


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Abbreviations that a text defines, with what they stand for.

    >>> list(definitions("của Hội đồng nhân dân (HĐND) và Ban Chỉ đạo, viết tắt là BCĐ"))
    [('HĐND', 'Hội đồng nhân dân'), ('BCĐ', 'Ban Chỉ đạo')]
    """
    for match in _DEFINITION_RE.finditer(text):
        short = match["short"] or match["called"]
        starts = [word.start() for word in _WORD_RE.finditer(match["words"])]
        # The longest fitting run first, so that a left-out "và" does not shorten the reading.
        for start in starts:
            reading = match["words"][start:]
            words = _WORD_RE.findall(reading)
            if words[0] not in _SKIPPED and initials_match(short, words) and all(map(is_syllable, words)):
                yield short, _WORD_RE.sub(lambda word: move_tone(word[0], "old"), reading)
                break


def count_definitions(documents: Iterable[CorpusDocument]) -> dict[str, list[str]]:
    """Readings that enough documents define, commonest first, one spelling where only case differs."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        counts.update(
            {pair for line in document.lines if "(" in line or "tắt là" in line for pair in definitions(line)}
        )
    readings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (short, reading), count in counts.items():
        readings[short, reading.lower()][reading] += count
    found: dict[str, list[str]] = defaultdict(list)
    for (short, _), spellings in sorted(readings.items(), key=lambda item: (-item[1].total(), item[0])):
        if spellings.total() >= MIN_DOCUMENTS:
            found[short].append(min(spellings, key=lambda spelling: (-spellings[spelling], spelling)))
    return found


def count_uses(documents: Iterable[CorpusDocument]) -> Counter[str]:
    """In how many documents each word of capitals stands."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(
            {short for line in document.lines if not line.isupper() for short in _SHORT_RE.findall(line)}
        )
    return counts


def clean_gazetteer(lines: Iterable[str], uses: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Entries of the gazetteer that documents use: capitals that are the initials of a Vietnamese reading.

    Lower-case doubles go, and what no documents use: chat words, shops and games. Of several readings the
    first one stays; the others are everyday homonyms.

    >>> entries = ["ANĐT:an ninh điều tra", "anđt:an ninh điều tra", "VLTK:Võ Lâm Truyền Kỳ"]
    >>> list(clean_gazetteer(entries, {"ANĐT": 7}))
    [('ANĐT', 'an ninh điều tra')]
    """
    for line in lines:
        short, _, readings = line.strip().partition(":")
        if len(short) < 2 or short != short.upper() or uses.get(short, 0) < MIN_DOCUMENTS:
            continue
        for reading in readings.split(","):
            words = _WORD_RE.findall(reading)
            if initials_match(short, words) and all(map(is_syllable, words)):
                yield short, _WORD_RE.sub(lambda word: move_tone(word[0], "old"), reading)
                break
