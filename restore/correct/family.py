"""Which kind of engine read a text: the one whose table best explains what its letters became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from restore.correct.chunks import chunks_of
from restore.correct.decoder import Decoder
from restore.correct.weights import Weights
from restore.language import channel, families
from restore.language.families import Family

# Nats a letter that the table has to explain better than what all engines have in common. On the damaged documents the right one
# gains .09 to .43, a wrong one .03 at most, and its sure ideas would mislead where the document could teach.
MARGIN = 0.06
# And at least so much (nats) over all letters: a heading of two words says too little.
EVIDENCE = 4.0
# A third of a page: enough to tell the kinds of damage apart.
SAMPLE_CHUNKS = 120
# Of a longer document half as much from each of several places, a page or more apart.
PLACES, PLACE_CHUNKS = 4, 400


def choose_family(text: str, frozen: Sequence[bool], weights: Weights) -> Family | None:
    """The kind of engine whose table explains the text clearly better than what all have in common, if there is one.

    Of a document that several kinds of engines read (pages that were scanned at other times), the tables are mixed.

    Args:
        text: NFC.
        frozen: by character, whether it is healthy.
        weights: ``families`` switches the tables off.
    """
    best = [_best(sample, weights) for sample in _samples(text, frozen)] if weights.families else []
    found = Counter(family.name for family in best if family is not None)
    shares = [(family, found[family.name]) for family in families.families() if family.name in found]
    return families.mixture(shares) if shares else None


def gains(text: str, frozen: Sequence[bool], weights: Weights) -> dict[str, float]:
    """What the table of each kind of engine explains better than what all have in common: nats a letter."""
    total: dict[str, float] = {}
    letters = 0.0
    for sample in _samples(text, frozen) if weights.families else []:
        found, count = _explained(sample, weights)
        letters += count
        for gain, family in found:
            total[family.name] = total.get(family.name, 0.0) + gain * count
    return {name: round(gain / letters, 3) for name, gain in total.items()}


def _best(sample: Sequence[str], weights: Weights) -> Family | None:
    found, letters = _explained(sample, weights)
    gain, family = max(found, key=lambda one: one[0])
    return family if gain >= max(MARGIN, EVIDENCE / letters) else None


def _explained(sample: Sequence[str], weights: Weights) -> tuple[list[tuple[float, Family]], float]:
    """The gain of every table over a sample, read with what all engines have in common, and the sample's letters."""
    decoder = Decoder(" ".join(sample), None, weights.without("phrases"))  # a sample has no lines
    decoder.learn(decoder.decode(narrow=True))
    accents = channel.accent_rate(decoder.text)
    letters = max(float(decoder.counts.sum()), 1.0)
    return families.explained(decoder.counts, decoder.observations, accents), letters


def _samples(text: str, frozen: Sequence[bool]) -> list[list[str]]:
    """Damaged chunks: from the middle, where the body is; from several places of a document of more than a few pages."""
    damaged = [chunk.text for chunk in chunks_of(text) if not frozen[chunk.start]]
    if not damaged:
        return []
    places = min(PLACES, max(1, len(damaged) // PLACE_CHUNKS))
    size = SAMPLE_CHUNKS if places == 1 else SAMPLE_CHUNKS // 2
    middles = [len(damaged) * (2 * place + 1) // (2 * places) for place in range(places)]
    return [damaged[max(0, middle - size // 2) : middle + size // 2] for middle in middles]
