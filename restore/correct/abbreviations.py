"""Abbreviations with D or Đ, decided by the whole document and the dictionary: CNLD is CNLĐ, CTDT is CTĐT.

The letters of an abbreviation tell the language model nothing, and engines that know no Đ write D, B, 8 or ``f)`` for it. What
tells: the words before the bracket that defines it, ``tự đánh giá (TDG)``; the document's other places; the dictionary, where
no real abbreviation has the plain form; the initials of a phrase of the document. One form a document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from restore.correct.weights import DEFAULT
from restore.edit import Edit
from restore.language import lexicon, vietnamese

# On damaged layers, against an OCR reading of the same scans ("damaged", see weights.py): of 231 abbreviations that the document
# defines 227 were right, of 154 from the dictionary 147; in all eleven the OCR reading was wrong, so these are lower bounds.
# WRITTEN, INITIALS and AS_IT_STANDS: by hand, too few were met.
DEFINITION, WRITTEN, DICTIONARY, INITIALS, AS_IT_STANDS = 0.98, 0.97, 0.97, 0.85, 0.9

# What engines write for Đ; two signs only where the first letter is no letter of an abbreviation.
_STROKED = r"(?:[ĐÐDB8]|[f£][)>]|E[l>])"
_STROKED_RE = re.compile(_STROKED)
# No letter fits two of the ways: a long run of capitals would be looked through along all of them.
_PART = r"(?:[f£][)>]|E[l>]|[A-ZĐÐ&8])+"
_TOKEN_RE = re.compile(rf"(?<![\w&/-])(?=[A-ZĐÐ]){_PART}(?:-{_PART})*(?:(?<=[)>])|(?![\w&/]|-\w))")
_LETTERS_RE = re.compile(r"[^\W\d_]+")
_RUN_RE = re.compile(_PART)
# Capitals that are taken for one another; a reading that differs in others is another abbreviation.
_ALIKE = frozenset({"UV", "CG", "OQ", "DO", "IL", "IT", "EF", "FP", "BR", "OĐ", "KX", "VY"})
_SKIPPED = frozenset({"và", "của", "các"})  # words that an abbreviation may leave out
_VOWELS = frozenset("AEIOUY")
_MARKS = frozenset(",.;:~")
MIN_INITIALS = 3  # shorter runs of initials are met by chance
MIN_SMALL_INITIALS = 4  # and where no word of the phrase has a capital


class Word(NamedTuple):
    """A reading of a part of the damaged text; what is fixed stays as it stands, and may be whole lines."""

    start: int
    end: int
    text: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a document writes an abbreviation, and how sure that is."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Forms:
    """The abbreviations of one document by their plain form, in which all that Đ may look like is D."""

    by_plain: Mapping[str, tuple[Form, ...]]

    def resolve(self, observed: str) -> Form | None:
        """The one abbreviation that an observed one can be, None where none or several can.

        >>> Forms({"CNVCLD": (Form("CNVCLĐ", 0.9),)}).resolve("CNVC-LD").text
        'CNVC-LĐ'
        >>> Forms({"CNLD": (Form("CNLĐ", 0.9),)}).resolve("CNLf)")
        Form(text='CNLĐ', confidence=0.9)
        """
        least = (
            DEFINITION if observed in lexicon.abbreviation_forms() else 0.0
        )  # a real abbreviation is another one only if so defined
        fitting = [
            form
            for form in self.by_plain.get(plain(observed), ())
            if (form.confidence >= least or form.text == observed) and _could_be(observed, form)
        ]
        if not fitting:
            return None
        best = max(fitting, key=lambda form: form.confidence)
        rivals = {form.text for form in fitting if form.confidence >= best.confidence}
        if len(rivals) > 1:
            return None
        parts = observed.split("-")
        if len(parts) == 1:
            return best
        return Form(_hyphened(best.text, parts), best.confidence)


def plain(observed: str) -> str:
    """An abbreviation with D for everything that Đ may look like, and no hyphens.

    >>> plain("CNVC-LĐ"), plain("CNLf)"), plain("BCD")
    ('CNVCLD', 'CNLD', 'DCD')
    """
    return _STROKED_RE.sub("D", observed.replace("-", ""))


def _could_be(observed: str, form: Form) -> bool:
    """Whether an abbreviation was observed so: all but its Đ letter by letter, and B for Đ only where more than initials say so."""
    joined = observed.replace("-", "")
    if form.confidence <= INITIALS and len(joined) == len(form.text):
        return joined.replace("D", "Đ") == form.text.replace("D", "Đ")
    return _pattern(form.text).fullmatch(joined) is not None


@lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile("".join(_STROKED if letter == "Đ" else re.escape(letter) for letter in form))


def _hyphened(form: str, parts: Sequence[str]) -> str:
    """A form with hyphens where the observed one has them."""
    pieces, position = [], 0
    for part in parts:
        length = len(plain(part))
        pieces.append(form[position : position + length])
        position += length
    return "-".join(pieces)


@cache
def dictionary_forms() -> Mapping[str, tuple[Form, ...]]:
    """The dictionary's abbreviations with Đ that cannot be another one with D, by their plain form.

    In the corpora three letters and more are hardly ever met with D where the dictionary has them with Đ (6 of 930 documents);
    of two letters many are both (HĐ, HD; CĐ, CD).

    >>> [form.text for form in dictionary_forms()["CDCS"]], "HD" in dictionary_forms()
    (['CĐCS'], False)
    """
    shorts = {entry.short for entry in lexicon.abbreviations() if entry.short == entry.short.upper()}
    stripped = Counter(short.replace("Đ", "D") for short in shorts)
    found: dict[str, list[Form]] = defaultdict(list)
    for short in sorted(shorts):
        if "Đ" in short and len(short) > 2 and stripped[short.replace("Đ", "D")] == 1:
            found[plain(short)].append(Form(short, DICTIONARY))
    return {key: tuple(forms) for key, forms in found.items()}


def forms_of(text: str, words: Sequence[Word]) -> Forms:
    """The forms of the abbreviations of a document.

    Args:
        text: as observed.
        words: the readings of all its parts, in order.
    """
    spoken = list(_spoken(words))
    runs = {run for run in _RUN_RE.findall(text) if _is_abbreviation(run)}
    found = dict(dictionary_forms())
    asked = {plain(run) for run in runs if _STROKED_RE.search(run)} - found.keys()
    found |= {plain(form.text): (form,) for form in _initials(text, spoken, asked)}
    for run in sorted(runs):
        if "Đ" in run:
            found.setdefault(plain(run), (Form(run, WRITTEN),))
    defined = Counter(_definitions(text, spoken))
    found |= {plain(form): (Form(form, DEFINITION),) for form, _ in reversed(defined.most_common())}
    return Forms(found)


def _spoken(words: Iterable[Word]) -> Iterator[Word]:
    """The words that are made of letters, one by one."""
    for word in words:
        if not word.fixed:
            if word.text.strip().isalpha():
                yield word
            continue
        for match in _LETTERS_RE.finditer(word.text):
            yield Word(word.start + match.start(), word.start + match.end(), match[0])


def _is_abbreviation(observed: str) -> bool:
    """Whether capitals can be no word: no vowel among them, or no Vietnamese syllable."""
    letters = observed.replace("-", "")
    if len(letters) < 2 or not any(letter.isalpha() for letter in letters):
        return False
    return not _VOWELS & set(letters.upper()) or not vietnamese.is_bare_syllable(plain(letters).lower())


def _definitions(text: str, words: Sequence[Word]) -> Iterator[str]:
    """The forms that the words before their bracket give abbreviations: ``tự đánh giá (TDG)``."""
    starts = [word.start for word in words]
    for match in _TOKEN_RE.finditer(text):
        if text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")":
            index = bisect_left(starts, match.start())
            near = words[max(0, index - 2 * len(match[0])) : index]
            form = _defined(match[0], (word.text.strip().lower() for word in reversed(near)))
            if form is not None:
                yield form


def _defined(observed: str, before: Iterable[str]) -> str | None:
    """The form that words give an abbreviation, the last word first.

    >>> _defined("CTDT", ["tạo", "đào", "trình", "chương", "báo"]), _defined("CTDT", ["tạo", "và", "đọc"])
    ('CTĐT', None)
    """
    key = plain(observed)
    form = ""
    for word in before:
        letter = _initial(word)
        if plain(letter) == key[len(key) - 1 - len(form)]:
            form = letter + form
        elif word not in _SKIPPED:
            return None
        if len(form) == len(key):
            return form if len(form) >= MIN_INITIALS and _pattern(form).fullmatch(observed) else None
    return None


def _initial(word: str) -> str:
    """The capital that a word gives an abbreviation; đ keeps its stroke.

    >>> _initial("ủy"), _initial("đào")
    ('U', 'Đ')
    """
    first = word[:1].upper()
    return first if first == "Đ" else vietnamese.strip_marks(first)


def _initials(text: str, words: Sequence[Word], asked: set[str]) -> Iterator[Form]:
    """For each plain form asked for, the form that the initials of phrases of the document agree on."""
    lengths = sorted({len(key) for key in asked if len(key) >= MIN_INITIALS})
    letters = "".join(_initial(word.text.strip().lower()) or " " for word in words)
    bare = "".join(plain(letter) for letter in letters)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for length in lengths:
        for index in range(len(words) - length + 1):
            key = bare[index : index + length]
            if key not in asked:
                continue
            first, last = words[index], words[index + length - 1]
            capital = any(word.text.strip()[:1].isupper() for word in words[index + 1 : index + length])
            near = "." not in text[first.start : last.end]
            if near and (capital or length >= MIN_SMALL_INITIALS):
                votes[key][letters[index : index + length]] += 1
    for forms in votes.values():
        (form, count), *others = forms.most_common()
        if count > sum(other for _, other in others):
            yield Form(form, INITIALS)


def read(text: str, words: Sequence[Word], forms: Forms, review: float = DEFAULT.review) -> Iterator[Edit]:
    """The abbreviations of a text that are not what was read there, as edits; some leave the text as it stands.

    Args:
        text: as observed.
        words: the readings of all its parts, in order.
        forms: of the document.
        review: below this confidence an edit is for a person to see.

    Yields:
        Edits in order, each over whole words; ``before`` and ``after`` are the same where the search made another
        abbreviation of one that stands there rightly.
    """
    starts = {word.start: index for index, word in enumerate(words) if not word.fixed}
    for match in _TOKEN_RE.finditer(text):
        if match.start() not in starts or not _is_abbreviation(match[0]):
            continue
        first = last = starts[match.start()]
        while words[last].end < match.end():
            last += 1
        end = words[last].end
        tail = text[match.end() : end]  # a mark that was taken for a part of it
        if words[last].fixed or not set(tail) <= _MARKS:
            continue
        reading = "".join(word.text for word in words[first : last + 1])
        blank = " " if reading.startswith(" ") else ""
        form = _decided(match[0], reading.strip().removesuffix(tail), forms)
        if form is not None:
            after = blank + form.text + tail
            yield _edit(match.start(), text[match.start() : end], after, form.confidence, review)


def _decided(observed: str, reading: str, forms: Forms) -> Form | None:
    """What an abbreviation is instead of what the search read; None where that stands."""
    form = forms.resolve(observed)
    if form is not None:
        return form
    joined = observed.replace("-", "")
    if reading == observed or not joined.isalpha() or vietnamese.is_syllable(reading.lower()):
        return None
    other = reading.replace("-", "")
    # A shorter one may be right: TTIIC is TTHC, two letters for one.
    another = (
        len(other) >= len(joined) and other in lexicon.abbreviation_forms() and not looks_alike(joined, other)
    )
    if other == joined or another:
        return Form(observed, AS_IT_STANDS)
    return None


def looks_alike(observed: str, reading: str) -> bool:
    """Whether an abbreviation may have been read for another: only letters that look alike differ.

    >>> looks_alike("VBND", "UBND"), looks_alike("NCKH", "NCKS")
    (True, False)
    """
    if len(observed) != len(reading):
        return False
    differing = ("".join(sorted(pair)) for pair in zip(observed, reading, strict=True) if pair[0] != pair[1])
    return all(pair in _ALIKE or pair in ("DĐ", "ÐĐ") for pair in differing)


def _edit(start: int, before: str, after: str, confidence: float, review: float) -> Edit:
    return Edit(
        start=start, end=start + len(before), before=before, after=after, kind="letter", source="abbreviation",
        confidence=confidence, status="auto" if confidence >= review else "review",
    )  # fmt: skip
