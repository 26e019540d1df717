"""Which kind of engine read a text: the one whose table best explains what its letters became."""

from __future__ import annotations

from collections.abc import Sequence

from restore.correct.decoder import Decoder, chunks_of
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


def choose_family(text: str, frozen: Sequence[bool], weights: Weights) -> Family | None:
    """The kind of engine whose table explains a sample of the text clearly better than what all have in common, if there is one.

    Args:
        text: NFC.
        frozen: by character, whether it is healthy.
        weights: ``families`` switches the tables off.
    """
    found, letters = _explained(text, frozen, weights)
    gain, family = max(found, key=lambda one: one[0], default=(0.0, None))
    return family if gain >= max(MARGIN, EVIDENCE / max(letters, 1.0)) else None


def gains(text: str, frozen: Sequence[bool], weights: Weights) -> dict[str, float]:
    """What the table of each kind of engine explains better than what all have in common: nats a letter."""
    return {family.name: round(gain, 3) for gain, family in _explained(text, frozen, weights)[0]}


def _explained(
    text: str, frozen: Sequence[bool], weights: Weights
) -> tuple[list[tuple[float, Family]], float]:
    """The gain of every table over a sample, read with what all engines have in common, and the sample's letters."""
    chunks = _sample(text, frozen) if weights.families else []
    if not chunks:
        return [], 0.0
    decoder = Decoder(" ".join(chunks), None, weights)
    decoder.learn(decoder.decode())
    accents = channel.accent_rate(decoder.text)
    return families.explained(decoder.counts, decoder.observations, accents), float(decoder.counts.sum())


def _sample(text: str, frozen: Sequence[bool]) -> list[str]:
    """Damaged chunks from the middle of the text, where the body is."""
    damaged = [chunk.text for chunk in chunks_of(text) if not frozen[chunk.start]]
    middle = len(damaged) // 2
    return damaged[max(0, middle - SAMPLE_CHUNKS // 2) : middle + SAMPLE_CHUNKS // 2]
