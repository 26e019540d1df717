"""Word evidence: of two readings of a doubtful syllable, the one that makes a word with its neighbours gains.

Vietnamese words are mostly of two syllables. The n-gram model knows the common ones; underthesea's segmenter (a CRF
over the VLSP 2013 treebank with a dictionary of 74,000 words) also knows the rare. It is only asked where the search
was in doubt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

# A syllable less sure than this, with a rival at least this sure, is looked at.
DOUBTFUL = 0.97
RIVAL = 0.02
# Log odds that a reading gains when it is part of a word and the other is not; chosen on damaged texts with a silver reading.
COMPOUND = 1.5
CONTEXT = 6  # syllables each side that the segmenter sees


@dataclass(frozen=True, slots=True)
class Doubt:
    """A syllable with its readings and their posteriors, best first; a sure one has one reading."""

    readings: tuple[str, ...]
    posteriors: tuple[float, ...]


@lru_cache(maxsize=20_000)
def segment(text: str) -> tuple[str, ...]:
    """The words of a text, syllables of a word joined by blanks.

    >>> segment("phát huy vai trò vận động")
    ('phát huy', 'vai trò', 'vận động')
    """
    # Imported where it is needed: it costs most of a second, and healthy text never comes here.
    from underthesea.pipeline.word_tokenize import word_tokenize

    return tuple(word_tokenize(text))


def word_length(syllables: Sequence[str], index: int) -> int:
    """Number of syllables of the word that a syllable is part of.

    >>> word_length(["các", "phong", "trào"], 1)
    2
    """
    position = 0
    for word in segment(" ".join(syllables)):
        size = len(word.split())
        if position <= index < position + size:
            return size
        position += size
    return 1


def weigh(sentence: Sequence[Doubt]) -> list[Doubt]:
    """The same syllables, readings reordered where the word evidence turns the balance."""
    current = [doubt.readings[0] for doubt in sentence]
    weighed = list(sentence)
    for index, doubt in enumerate(sentence):
        if doubt.posteriors[0] >= DOUBTFUL or len(doubt.readings) < 2 or doubt.posteriors[1] < RIVAL:
            continue
        low, high = max(0, index - CONTEXT), index + CONTEXT + 1
        scores = []
        for reading, posterior in zip(doubt.readings, doubt.posteriors, strict=True):
            window = [*current[low:index], reading, *current[index + 1 : high]]
            compound = word_length(window, index - low) > 1
            scores.append(posterior * (math.exp(COMPOUND) if compound else 1.0))
        order = sorted(range(len(scores)), key=lambda k: -scores[k])
        total = sum(doubt.posteriors)
        share = [scores[k] / sum(scores) * total for k in order]
        weighed[index] = replace(
            doubt, readings=tuple(doubt.readings[k] for k in order), posteriors=tuple(share)
        )
        current[index] = weighed[index].readings[0]
    return weighed
