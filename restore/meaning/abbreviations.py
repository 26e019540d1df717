"""Abbreviations of a document with their long forms, which the document itself gives, or the dictionary.

The document gives a long form where it defines one ("Ban Chỉ đạo (BCĐ)", "sau đây viết tắt là …", "BCĐ (Ban Chỉ đạo)"), and
where it writes out elsewhere what the letters stand for ("quảng cáo rao vặt" for QCRV).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Literal

from restore.content import Abbreviation
from restore.document import Header
from restore.language import lexicon
from restore.language.vietnamese import is_syllable, move_tone, strip_marks
from restore.meaning.passages import BOUNDARY, Passages
from restore.structure.codes import plain_notation
from restore.structure.lines import CAPITALS, Span, fold

Source = Literal["document", "dictionary"]

# Two capitals or more, joined by & and hyphens, with the small letters of "TTg" and "GDTrH"; no part of a notation.
_SHORT_RE = re.compile(
    rf"(?<![\w/&.–-])(?<!/\s)[{CAPITALS}](?:[a-z]{{0,2}}[-–&]?[{CAPITALS}])+[a-z]?(?![\w/&]|[-–]\w)"
)
_NOTATION_RE = re.compile(r"/\s?[\w.&]+(?:\s?[-–]\s?[\w.&]+)*\s?[-–]\s$")  # "19/KH - BCĐ"
_CITED_RE = re.compile(
    rf"\d[a-zA-Z]?\s?[-/]\s?(?P<notation>(?:(?:19|20)\d\d\s?/\s?)?[{CAPITALS}][\w&]*(?:\s?[-–/]\s?[{CAPITALS}][\w&]*)*)"
)
_PART_RE = re.compile(r"[\w&]+")
_BY_RE = re.compile(r"\bcủa\s")
_UNDER_TITLE = 300  # characters from the beginning in which "(Ban hành kèm theo Quyết định số …)" stands
_ISSUER_WORDS = 12
_ROMAN_RE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# No abbreviation has a tone; a word in capitals mostly has.
_TONE_RE = re.compile("[ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")
_WORD_BEFORE_RE = re.compile(r"(\w{2,})[ ,;]{1,2}$")
_WORD_AFTER_RE = re.compile(r"[ ,;]{1,2}(\w{2,})")
_SIGNS_RE = re.compile(r"[-–&]")

_TOKEN_RE = re.compile(r"\w+|[^\w\s]")
# What may stand between the words of one phrase and has no letter in its abbreviation.
_SKIPPED = frozenset(("và", "VÀ", ",", "-", "–", "&"))
# Words that give no letter to an abbreviation: with one of them, initials agree by chance.
_BRIDGES_RE = re.compile(r"\b(?:có|các|với|là|được|của|cho|để|tại|khi|theo|những|không|này|đã|từ|do)\b")
_EDGES = " ,.;:()“”\"'"
_PARTED_RE = re.compile(rf"[.;:()“”\"/{BOUNDARY}]")
_OPENED_RE = re.compile(r"\(\s?[“\"]?$")
_CALLED_RE = re.compile(
    r"(?:[(,;]\s?)?(?:(?:sau|dưới) đây )?(?:được )?(?:viết tắt|gọi tắt|gọi chung|viết gọn)(?: là)?\s?:?\s?[“\"]?$"
)
_LISTED_RE = re.compile(
    r"[”\"]?(?:\s?\(|\s?:\s|\s(?:là chữ viết tắt của|là từ viết tắt của|viết tắt của)\s)[“\"]?"
)
_REACH = 160  # characters beside an abbreviation in which its long form stands
_LONGEST = 8  # letters of one that the dictionary does not know; a longer run is a foreign word
_PLACES = frozenset(("TP", "TX"))
_SHORTEST = 2  # two letters stand for many things ("TT"); of those the dictionary is believed only in the words of offices
# How often a phrase stands in a document before its initials alone make it the long form, by the number of letters: chance
# finds the letters of three or four words on every few pages, but not twice in the same words.
_TIMES = {3: 3, 4: 2}


def find_abbreviations(passages: Passages, header: Header) -> tuple[Abbreviation, ...]:
    """The abbreviations of subject, legal bases and body, once each, in the order of the text.

    The sign of an office in a notation that is cited counts where the document writes the office out ("Kế hoạch số
    46/KH-BCĐ … của Ban Chỉ đạo"), but not in the document's own, which may stand under its title again.
    """
    phrases = _Phrases(passages)
    shorts = _shorts(passages)
    found: dict[str, Abbreviation] = {}
    signs = _signs(passages, phrases, header.notation.value)
    for short, places in shorts.items():
        long, source = _long_form(passages.text, short, places, phrases)
        if long is None and short in signs:
            long, source = signs[short][0], "document"
        if long is None and len(short) == _SHORTEST:
            continue  # "TT" over a column, "IP": nobody can say of two letters that they are an abbreviation of this document
        places = sorted(places + signs.get(short, ("", []))[1])
        found[short] = Abbreviation(
            short=passages.field(*places[0]), long=long, source=source, count=len(places)
        )
    for short, (long, places) in signs.items():
        if short not in found:
            found[short] = Abbreviation(
                short=passages.field(*places[0]), long=long, source="document", count=len(places)
            )
    return tuple(sorted(found.values(), key=lambda one: one.short.provenance[0].start))


def _signs(passages: Passages, phrases: _Phrases, own: str | None) -> dict[str, tuple[str, list[Span]]]:
    """The signs of offices in cited notations, with the offices as the document writes them out."""
    text = passages.text
    signs: dict[str, tuple[str, list[Span]]] = {}
    for match in _CITED_RE.finditer(text, 0, passages.body_end):
        if own and "-" in own and plain_notation(match["notation"]) == own and match.start() < _UNDER_TITLE:
            continue
        for part in _PART_RE.finditer(text, *match.span("notation")):
            sign = part[0]
            if sign in lexicon.document_codes() or sign.isdecimal():
                continue
            long = signs[sign][0] if sign in signs else _written_out(text, match.end(), sign, phrases)
            if long:
                signs.setdefault(sign, (long, []))[1].append(Span(*part.span()))
    return signs


def _written_out(text: str, end: int, sign: str, phrases: _Phrases) -> str | None:
    """The office of a sign as it stands after the notation, or else anywhere."""
    letters = _letters(sign)
    after = re.split(rf"[;{BOUNDARY}]", text[end : end + _REACH], maxsplit=1)[0]
    if letters and (by := _BY_RE.search(after)):
        issuer = after[by.end() :]
        tokens = list(_TOKEN_RE.finditer(issuer))
        long = _beginning(issuer, tokens, letters) or _inside(issuer, tokens[:_ISSUER_WORDS], letters)
        if long:
            return long
    read = spell_out(sign)
    return phrases.like(read) if read and len(sign) > _SHORTEST else None


def spell_out(short: str) -> str | None:
    """What the dictionary reads an abbreviation as, its signs left aside where that helps.

    >>> spell_out("UBND"), spell_out("NN-PTNT"), spell_out("QCRV")
    ('Ủy ban nhân dân', 'Nông nghiệp và Phát triển nông thôn', None)
    """
    readings = _dictionary()
    return readings.get(short) or readings.get(_SIGNS_RE.sub("", short))


def initials(phrase: str) -> str:
    """The letters that the words of a phrase would be abbreviated to.

    >>> initials("SỞ GIÁO DỤC VÀ ĐÀO TẠO")
    'SGDĐT'
    """
    return _capital("".join(word[0] for word in phrase.split() if word not in _SKIPPED))


@cache
def _dictionary() -> dict[str, str]:
    entries = lexicon.abbreviations()
    readings = {_SIGNS_RE.sub("", entry.short): entry.reading for entry in entries}
    return readings | {entry.short: entry.reading for entry in entries}


@cache
def _sure_forms() -> frozenset[str]:
    return frozenset(entry.short for entry in lexicon.abbreviations() if entry.source == "office") | _PLACES


def _shorts(passages: Passages) -> dict[str, list[Span]]:
    """Where each abbreviation stands; what is no more than a word in capitals, a number or a notation left out."""
    text = passages.text
    matches: dict[str, list[re.Match[str]]] = {}
    for match in _SHORT_RE.finditer(text, 0, passages.body_end):
        if not _NOTATION_RE.search(text, max(0, match.start() - 24), match.start()):
            matches.setdefault(match[0], []).append(match)
    shorts: dict[str, list[Span]] = {}
    for short, found in matches.items():
        if _ROMAN_RE.fullmatch(short) or _TONE_RE.search(short):
            continue
        known, spoken = spell_out(short) is not None, is_syllable(short.lower())
        if not known and ((len(short) > _LONGEST and short.isalpha()) or _is_notation(short)):
            continue
        if not known or spoken:
            found = [match for match in found if not _among_capitals(text, match)]
        if spoken and not known:
            found = found if any(_OPENED_RE.search(text, 0, match.start()) for match in found) else []
        if found:
            shorts[short] = [Span(*match.span()) for match in found]
    return shorts


def _is_notation(short: str) -> bool:
    """Whether it is a piece of "73/2012/ NĐ-CP"."""
    return _SIGNS_RE.split(short)[0] in lexicon.document_codes() and "-" in short


def _among_capitals(text: str, match: re.Match[str]) -> bool:
    """Whether a word beside is in capitals too, as in a heading: there every word looks like an abbreviation."""
    before = _WORD_BEFORE_RE.search(text, max(0, match.start() - 16), match.start())
    after = _WORD_AFTER_RE.match(text, match.end())
    return any(word and word[1].isupper() and spell_out(word[1]) is None for word in (before, after))


def _long_form(
    text: str, short: str, places: Sequence[Span], phrases: _Phrases
) -> tuple[str | None, Source | None]:
    """What an abbreviation stands for, and who says so."""
    letters = _letters(short)
    if letters:
        long = next(filter(None, (_defined(text, span, letters) for span in places)), None)
        if long:
            return long, "document"
    read = spell_out(short)
    if len(short) == _SHORTEST and short not in _sure_forms():
        numbered = any(text.startswith(" số", span.end) for span in places)
        read = _document_types().get(short) if numbered else None
        return read, "dictionary" if read else None
    long = phrases.like(read) if read else phrases.of(letters)
    return (long, "document") if long else (read, "dictionary" if read else None)


@cache
def _document_types() -> dict[str, str]:
    return {kind.code: kind.name for kind in lexicon.document_types() if kind.code}


def _letters(short: str) -> str:
    """The initials that an abbreviation is made of, "" where it has small letters.

    >>> _letters("GD&ĐT"), _letters("KT-XH"), _letters("TTg")
    ('GDĐT', 'KTXH', '')
    """
    plain = _SIGNS_RE.sub("", short)
    return _capital(plain) if plain.isupper() else ""


def _capital(letters: str) -> str:
    """Letters as they stand in an abbreviation.

    >>> _capital("ủđ")
    'UĐ'
    """
    return "Đ".join(map(strip_marks, letters.upper().split("Đ")))


def _defined(text: str, span: Span, letters: str) -> str | None:
    """The long form beside an abbreviation where the document defines it there."""
    before = text[max(0, span.start - _REACH) : span.start]
    told = _CALLED_RE.search(before) or _OPENED_RE.search(before)
    if told:
        clause = list(_TOKEN_RE.finditer(before, 0, told.start()))
        return _ending(before, clause, letters) or _inside(before, clause, letters)
    listed = _LISTED_RE.match(text, span.end)
    if not listed:
        return None
    after = text[listed.end() : listed.end() + _REACH]
    return _beginning(after, list(_TOKEN_RE.finditer(after)), letters)


def _ending(text: str, tokens: Sequence[re.Match[str]], letters: str) -> str | None:
    """The words with these initials that end a text.

    >>> text = "chương trình tiêm chủng mở rộng"
    >>> _ending(text, list(_TOKEN_RE.finditer(text)), "TCMR")
    'tiêm chủng mở rộng'
    """
    left = len(letters)
    for token in reversed(tokens):
        if token[0] in _SKIPPED and left < len(letters):
            continue
        if _capital(token[0][0]) != letters[left - 1]:
            return None
        left -= 1
        if not left:
            return text[token.start() : tokens[-1].end()]
    return None


def _beginning(text: str, tokens: Sequence[re.Match[str]], letters: str) -> str | None:
    """The words with these initials that open a text."""
    matched = 0
    for token in tokens:
        if token[0] in _SKIPPED and matched:
            continue
        if _capital(token[0][0]) != letters[matched]:
            return None
        matched += 1
        if matched == len(letters):
            return text[tokens[0].start() : token.end()]
    return None


def _inside(text: str, tokens: Sequence[re.Match[str]], letters: str) -> str | None:
    """The last words with these initials in a text ("Ban Chỉ đạo phòng, chống dịch (BCĐ)")."""
    if len(letters) < min(_TIMES):
        return None
    words = [token for token in tokens if token[0] not in _SKIPPED]
    place = _capital("".join(word[0][0] for word in words)).rfind(letters)
    return text[words[place].start() : words[place + len(letters) - 1].end()] if place >= 0 else None


class _Phrases:
    """The phrases of a document, found by their words or by their initials."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def like(self, long: str) -> str | None:
        """A phrase as the document prints it first, whatever its case and tone style."""
        wanted, plain = _old_style(long), fold(long)
        folded, end = self._passages.folded, self._passages.body_end
        place = folded.find(plain, 0, end)
        while place >= 0:
            found = self._passages.text[place : place + len(long)]
            if _old_style(found) == wanted:
                return _printed([found])
            place = folded.find(plain, place + 1, end)
        return None

    def of(self, letters: str) -> str | None:
        """The phrase with these initials that stands there often enough for it to be no chance."""
        if len(letters) < min(_TIMES):
            return None
        words, kept, initials = self._words
        groups: dict[str, list[str]] = {}
        place = initials.find(letters)
        while place >= 0:
            phrase = " ".join(words[kept[place] : kept[place + len(letters) - 1] + 1]).strip(_EDGES)
            if not (_PARTED_RE.search(phrase) or _BRIDGES_RE.search(phrase.lower())):
                groups.setdefault(_SIGNS_RE.sub(" ", phrase.lower()).replace(",", ""), []).append(phrase)
            place = initials.find(letters, place + 1)
        phrases = max(groups.values(), key=len, default=[])
        return _printed(phrases) if len(phrases) >= _TIMES.get(len(letters), 1) else None

    @cached_property
    def _words(self) -> tuple[list[str], list[int], str]:
        """All words, the places of those that count in an abbreviation, and their first letters."""
        body = self._passages.text[: self._passages.body_end]
        words = body.replace(BOUNDARY, f" {BOUNDARY} ").split()
        kept = [place for place, word in enumerate(words) if word not in _SKIPPED]
        return words, kept, _capital("".join([words[place][0] for place in kept]))


def _old_style(phrase: str) -> str:
    return " ".join(move_tone(word, "old") for word in phrase.lower().split())


def _printed(phrases: Iterable[str]) -> str:
    """The commonest printing, a heading's capitals made small."""
    usual, _ = Counter(phrases).most_common(1)[0]
    return usual.capitalize() if usual.isupper() else usual
