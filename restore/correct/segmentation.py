"""Word evidence: of two readings of a doubtful syllable, the one that makes a word with its neighbours gains.

Vietnamese words are mostly of two syllables. The n-gram model knows the common ones; underthesea's segmenter (a CRF
over the VLSP 2013 treebank with a dictionary of 74,000 words) also knows the rare. It is only asked where the search
was in doubt.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# A syllable less sure than this, with a rival at least this sure, is looked at.
DOUBTFUL = 0.97
RIVAL = 0.02
# Log odds (of tempered posteriors) that a reading gains when it is part of a word and the other is not. Damaged texts with a silver
# reading: .1054 wrong words, .1056 without, 1.5 .1062; news without marks 94.4, 93.5 with 1.5.
COMPOUND = 0.4
CONTEXT = 6  # syllables each side that the segmenter sees


@dataclass(frozen=True, slots=True)
class Doubt:
    """A syllable with its readings and their posteriors, best first; a sure one has one reading."""

    readings: tuple[str, ...]
    posteriors: tuple[float, ...]


# Where underthesea 9 keeps the segmenter's model.
_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"


@cache
def _core() -> tuple[Any, Any] | None:
    """Featurizer and tagger of underthesea's segmenter, None where its model lies elsewhere.

    Read as underthesea reads them, but without the package around them: that takes most of a second to import, these a tenth.
    """
    spec = find_spec("underthesea")
    folders = [Path(place) / _MODEL for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        if (folder / "models.bin").is_file():
            from underthesea_core import CRFFeaturizer, CRFTagger

            tagger = CRFTagger()
            tagger.load(str(folder / "models.bin"))
            features = pickle.loads((folder / "features.bin").read_bytes())
            dictionary = pickle.loads((folder / "dictionary.bin").read_bytes())
            return CRFFeaturizer(features, dictionary), tagger
    return None


@lru_cache(maxsize=4096)
def segment(text: str) -> tuple[str, ...]:
    """The words of a text of syllables, those of a word joined by blanks.

    >>> segment("phát huy vai trò vận động")
    ('phát huy', 'vai trò', 'vận động')
    """
    # Loaded where it is needed: healthy text never comes here.
    core = _core()
    if core is None:
        from underthesea.pipeline.word_tokenize import word_tokenize

        return tuple(word_tokenize(text))
    featurizer, tagger = core
    syllables = text.split()
    words: list[str] = []
    tags = tagger.tag(featurizer.process([[[syllable] for syllable in syllables]])[0])
    for syllable, tag in zip(syllables, tags, strict=True):
        if tag == "I-W" and words:
            words[-1] += " " + syllable
        else:
            words.append(syllable)
    return tuple(words)


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
    """The same syllables, readings reordered where the word evidence turns the balance.

    Only readings that it could lift to the first place are asked about.
    """
    gain = math.exp(COMPOUND)
    current = [doubt.readings[0] for doubt in sentence]
    weighed = list(sentence)
    for index, doubt in enumerate(sentence):
        if doubt.posteriors[0] >= DOUBTFUL or len(doubt.readings) < 2 or doubt.posteriors[1] < RIVAL:
            continue
        contested = [posterior * gain > doubt.posteriors[0] for posterior in doubt.posteriors]
        if not any(contested[1:]):
            continue
        low, high = max(0, index - CONTEXT), index + CONTEXT + 1
        scores = []
        for reading, posterior, asked in zip(doubt.readings, doubt.posteriors, contested, strict=True):
            window = [*current[low:index], reading, *current[index + 1 : high]]
            compound = asked and word_length(window, index - low) > 1
            scores.append(posterior * (gain if compound else 1.0))
        order = sorted(range(len(scores)), key=lambda k: -scores[k])
        total = sum(doubt.posteriors)
        share = [scores[k] / sum(scores) * total for k in order]
        weighed[index] = replace(
            doubt, readings=tuple(doubt.readings[k] for k in order), posteriors=tuple(share)
        )
        current[index] = weighed[index].readings[0]
    return weighed
