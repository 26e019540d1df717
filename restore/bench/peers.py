"""The same damaged texts restored in other ways, in one run: nothing at all, pyvi, the commonest form, a trigram, and ours.

The commonest form and the trigram know what the project's own model knows, and read syllables that lost nothing but
their marks. What they do not reach, the channel and the free segmentation give.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from restore.bench.ablation import Outcome, outcome
from restore.bench.cases import Case
from restore.correct.candidates import words
from restore.correct.corrector import correct
from restore.correct.decoder import language_model
from restore.language import vietnamese
from restore.language.ngram import TOKEN_RE, UNKNOWN, default_model, model_token

Restorer = Callable[[str], str]
State = tuple[int, int, int, int]

# Readings of one syllable that the trigram keeps: more than any bare form has in common use.
FORMS = 30


class Reading(NamedTuple):
    """A way to read a syllable: how it is written in small letters, and its token in the model."""

    text: str
    token: int


class _Path(NamedTuple):
    """The best way to a state of the model; ``before`` leads to the start."""

    logp: float
    reading: Reading
    before: _Path | None


def peers(cases: Sequence[Case]) -> Iterator[Outcome]:
    """Every way that is installed, on all texts; ``pyvi`` comes with the extra ``bench``."""
    texts = [(case.damaged(), case.truth()) for case in cases]
    every: dict[str, Restorer] = {"nothing": str, **restorers()}
    for name, restore in every.items():
        restore("Uy ban nhan dan")  # models are loaded once a process
        yield outcome(name, texts, restore)


def count() -> int:
    """How many ways there are; one less where pyvi is not installed."""
    return 1 + len(restorers())


def restorers() -> dict[str, Restorer]:
    """Every way that does something and is installed, by its name."""
    pyvi = {} if pyvi_accents() is None else {"pyvi": restore_by_pyvi}
    return {**pyvi, "commonest": commonest_forms, "trigram": by_trigram, "restore": restored_here}


def restored_here(text: str) -> str:
    """What this project makes of a text, without its structure."""
    return correct(text).restored


@cache
def pyvi_accents() -> Restorer | None:
    """``add_accents`` of pyvi, a CRF over syllables; None where pyvi is not installed."""
    try:
        found: Restorer = importlib.import_module("pyvi.ViUtils").add_accents
    except ImportError:
        return None
    return found


def restore_by_pyvi(text: str) -> str:
    """What pyvi makes of a text, line by line; it raises KeyError on lines with letters it has not seen: they stay."""
    accents = pyvi_accents()
    return text if accents is None else "\n".join(_line(line, accents) for line in text.split("\n"))


def _line(line: str, accents: Restorer) -> str:
    try:
        return accents(line) if line.strip() else line
    except KeyError:
        return line


@cache
def forms() -> Mapping[str, tuple[Reading, ...]]:
    """By bare syllable, the syllables that it may have been, commonest first."""
    model = default_model()
    logp = model.arrays["logp_codes_1"][model.arrays["logp_1"]]
    found: dict[str, list[Reading]] = {}
    lexicon = words()
    for text, token, abbreviation in zip(
        lexicon.text, lexicon.token.tolist(), lexicon.capital_only, strict=True
    ):
        if not abbreviation:
            found.setdefault(vietnamese.strip_marks(text), []).append(Reading(text, token))
    return {bare: tuple(sorted(some, key=lambda one: -logp[one.token])) for bare, some in found.items()}


def readings_of(token: str) -> tuple[Reading, ...]:
    """The ways to read a token of a text: a bare syllable's forms, else as it stands."""
    numbers = words().token_number
    small = token.lower()
    return forms().get(small, ())[:FORMS] or (
        Reading(small, numbers.get(model_token(token), numbers[UNKNOWN])),
    )


def commonest_forms(text: str) -> str:
    """Every bare syllable in its commonest form, which no context corrects.

    >>> commonest_forms("Cua nhan dan, UBND")
    'Của nhận dẫn, UBND'
    """
    return re.sub(r"[^\W\d_]+", lambda match: _cased(readings_of(match[0])[0].text, match[0]), text)


def _cased(reading: str, observed: str) -> str:
    return (
        observed
        if reading == observed.lower()
        else vietnamese.apply_case(reading, vietnamese.case_of(observed))
    )


def by_trigram(text: str) -> str:
    """The likeliest sequence of the forms of bare syllables by the model's trigrams (Viterbi, exact).

    >>> by_trigram("Uy ban nhan dan thanh pho")
    'Ủy ban nhân dân thành phố'
    """
    parts: list[str] = []
    end = 0
    for match, reading in zip(TOKEN_RE.finditer(text), _likeliest(TOKEN_RE.findall(text)), strict=True):
        parts += text[end : match.start()], _cased(reading.text, match[0])
        end = match.end()
    return "".join([*parts, text[end:]])


def _likeliest(tokens: Sequence[str]) -> list[Reading]:
    """The readings of all tokens on the best path through them."""
    model = language_model()
    best: dict[State, _Path] = {(0, -1, -1, -1): _Path(0.0, Reading("", 0), None)}
    for token in tokens:
        found: dict[State, _Path] = {}
        for reading in readings_of(token):
            for state, path in best.items():
                logp, (last, pair, *_) = model.score_token(state, reading.token)
                after = (last, pair, -1, -1)  # no more than two tokens of history
                total = path.logp + logp
                if after not in found or total > found[after].logp:
                    found[after] = _Path(total, reading, path)
        best = found
    end = max(best.values(), key=lambda path: path.logp)
    readings: list[Reading] = []
    while end.before is not None:
        readings.append(end.reading)
        end = end.before
    return readings[::-1]
