"""Which kind of engine read a text: the one under whose table a sample of it costs clearly least.

First by each chunk's best reading on its own, which takes no search through the text; only where that leaves a doubt by decoding
the sample.
"""

from __future__ import annotations

from collections.abc import Sequence

from restore.correct.decoder import Decoder, chunks_of
from restore.correct.lattice import Readings, finder_of
from restore.correct.weights import Weights
from restore.language import channel
from restore.language.channel import Family, Observations

# Nats a character that a table has to gain over the generic channel. The right one gains 0.18 to 0.6 on the damaged documents
# chunk by chunk, 0.2 to 0.75 decoded; a wrong one 0.14 and 0.1 at most, and its sure ideas then mislead where the generic channel
# would learn from the document.
MARGIN = 0.15
# A table that gains so much chunk by chunk, and so much more than any other, is right; where one does less the sample is decoded.
SURE_MARGIN, SURE_LEAD = 0.3, 0.15
# Most of a page: enough to tell the kinds of damage apart.
SAMPLE_CHUNKS = 240


def choose_family(text: str, frozen: Sequence[bool], weights: Weights) -> Family | None:
    """The kind of engine whose table makes a sample of the text clearly likelier; None is the generic channel."""
    chunks = _sample(text, frozen)
    if not weights.families or not chunks:
        return None
    ranked = _ranked(chunks, weights)
    (gain, _, best), others = ranked[-1], ranked[:-1]
    if gain < MARGIN:
        return None
    if gain >= SURE_MARGIN and all(gain - other >= SURE_LEAD for other, _, _ in others):
        return best
    return _decoded_best(" ".join(chunks), weights)


def gains(text: str, frozen: Sequence[bool], weights: Weights) -> dict[str, float]:
    """What the table of each kind of engine gains over the generic channel, chunk by chunk: nats a character."""
    chunks = _sample(text, frozen)
    return {name: round(gain, 3) for gain, name, _ in _ranked(chunks, weights)} if chunks else {}


def _ranked(chunks: Sequence[str], weights: Weights) -> list[tuple[float, str, Family]]:
    """Every table with its name and its gain, the least first."""
    sample = " ".join(chunks)
    cost = _Costs(chunks, channel.accent_rate(sample), weights)
    generic = cost.under(None)
    return sorted(((generic - cost.under(one)) / len(sample), one.name, one) for one in channel.families())


def _decoded_best(sample: str, weights: Weights) -> Family | None:
    """The family under which the decoded sample is likeliest."""
    found: Family | None = None
    best = Decoder(sample, None, weights).decode().logp + MARGIN * len(sample)
    for family in channel.families():
        logp = Decoder(sample, family, weights).decode().logp
        if logp > best:
            best, found = logp, family
    return found


def _sample(text: str, frozen: Sequence[bool]) -> list[str]:
    """Damaged chunks from the middle of the text, where the body is."""
    damaged = [chunk.text for chunk in chunks_of(text) if not frozen[chunk.start]]
    middle = len(damaged) // 2
    return damaged[max(0, middle - SAMPLE_CHUNKS // 2) : middle + SAMPLE_CHUNKS // 2]


class _Costs:
    """What it costs to read chunks, each on its own, under the table of one engine or another."""

    def __init__(self, chunks: Sequence[str], accents: float, weights: Weights) -> None:
        self._observations, self._accents, self._weights = Observations(chunks), accents, weights
        self._readings = Readings([(0, chunk) for chunk in chunks], [], [], self._observations, weights)

    def under(self, family: Family | None) -> float:
        """Nats of the best reading of every chunk, together."""
        cost = channel.cost(channel.prior(self._observations, self._accents, family))
        return self._readings.cost(finder_of(cost, self._weights.base, self._weights))
