"""Kinds of engines: what true letters became in front of each, and what all of them have in common.

The tables of ``dictionaries/confusions.tsv`` are learned offline, from damaged documents (``tools/learn_channel.py``) and from
print of our own (``tools/learn_rendered_channel.py``). A document of an engine with a table begins with that table; any other with
what the engines have in common, which is much: ``ổ`` may never have been seen as ``ii``, but ``ố`` and ``ủ`` were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from restore.language import vietnamese
from restore.language.channel import GRAPHEMES, MAX_OBSERVED, Floats, Ints, Observations, generic, uniform
from restore.language.resources import read_lines

# Pseudo-counts of the generic model against what all engines have in common, and of both against a family table. The lab's
# prototype had 3 against the family.
GENERIC_STRENGTH = 3.0
FAMILY_STRENGTH = 3.0
# Pseudo-counts of what the engines made of this very letter, of any marked letter of the same base, of any marked letter. Chosen on
# damaged texts whose own table was taken away: .150 wrong words without, .142 with the first alone, .135 with all three;
# twice as much of any is no better.
LETTER_SHARE, BASE_SHARE, MARKED_SHARE = 1.0, 1.0, 1.0
# Engines that knew no letter of Vietnamese and misread print. One that knows it, or text that lost its marks otherwise, says
# nothing of how letters are misread; gocr writes the dot below a letter as a full stop behind it, and full stops would be
# swallowed.
POOLED = ("ocrad", "omnipage", "tesseract-ascii", "xerox")
FEW = 5.0  # a letter seen less often says so much less
# A small letter's count is so much evidence for its capital: capitals are too rare to be counted alone.
CAPITAL_SHARE = 0.05
MIXED = 100.0  # pseudo-counts of a letter in a mixture: so much is learned of most letters from a few pages

_bare = vietnamese.strip_marks
Counts = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Family:
    """Counts of what graphemes became in documents of one kind of engine."""

    name: str
    counts: Counts = field(default_factory=dict)


# Text that lost its marks and nothing else, by a program and not by an engine: so sure is it that nothing else happened.
STRIPPED = Family("stripped", {letter: {_bare(letter): 300.0} for letter in GRAPHEMES})


@dataclass(frozen=True)
class _Table:
    """Counts as an array: float32 [graphemes, strings]."""

    strings: tuple[str, ...]
    counts: Floats

    def columns(self, observations: Observations) -> tuple[Ints, Ints]:
        """The columns whose string is among the observed ones, and the numbers of those."""
        number = observations.number
        found = [(column, number[s]) for column, s in enumerate(self.strings) if s in number]
        columns = np.array(found, np.int32).reshape(-1, 2)
        return columns[:, 0], columns[:, 1]


@cache
def families() -> tuple[Family, ...]:
    """The family tables of ``confusions.tsv``: lines ``family <TAB> grapheme <TAB> observed <TAB> count``.

    An observed string that is empty stands as ``∅``. A line ``xerox  ệ  ~  412.5`` says that ệ became ``~`` so often in
    the documents the table was learned from.
    """
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for line in read_lines("confusions.tsv"):
        name, grapheme, observed, count = line.split("\t")
        observed = "" if observed == "∅" else observed
        tables.setdefault(name, {}).setdefault(grapheme, {})[observed] = float(count)
    found = [Family(name, table) for name, table in tables.items()]
    return tuple(sorted((*found, STRIPPED), key=lambda family: family.name))


def prior(
    observations: Observations, accents: float, family: Family | None = None, *, common: bool = True
) -> Floats:
    """P(string | grapheme) before the document is looked at: float32 [graphemes, strings].

    Args:
        observations: the strings of the document.
        accents: share of accented letters that kept their accent.
        family: counts of documents of the same kind of engine.
        common: whether what all engines have in common lies below.
    """
    table = _beneath(observations, accents, common=common)
    if family is not None:
        _add_family(table, family, observations)
    return table


def _beneath(observations: Observations, accents: float, *, common: bool) -> Floats:
    """What lies below a family table."""
    table = _generic(observations, accents)
    if common:  # an engine that keeps its accents is none of those that know no Vietnamese
        _add(table, _pooled(), observations, GENERIC_STRENGTH, 1.0 - accents)
    return table


def _add_family(table: Floats, family: Family, observations: Observations) -> None:
    _add(table, _family_table(family.name) or _table(family.counts), observations, FAMILY_STRENGTH, 1.0)


def _generic(observations: Observations, accents: float) -> Floats:
    """The generic model; it is linear in the share of accents."""
    lengths = np.array([len(string) for string in observations.strings])
    spread = np.array([0.0, *(uniform(k) for k in range(1, MAX_OBSERVED + 1))])[lengths]
    bare, accented = _generic_tables()
    mixed = (1 - accents) * bare.counts + accents * accented.counts
    table: Floats = np.outer(np.maximum(1.0 - mixed.sum(axis=1), 0.01), spread).astype(np.float32)
    columns, numbers = bare.columns(observations)
    table[:, numbers] += mixed[:, columns]
    return table


def _add(table: Floats, more: _Table, observations: Observations, strength: float, share: float) -> None:
    """Shrink counts on a table, in place: ``(share * n(g, o) + strength * P(o | g)) / (share * n(g) + strength)``."""
    columns, numbers = more.columns(observations)
    table *= strength
    table[:, numbers] += share * more.counts[:, columns]
    table /= share * more.counts.sum(axis=1, keepdims=True) + strength


@cache
def _generic_tables() -> tuple[_Table, _Table]:
    """The explicit part of the generic model without accents and with all of them, over the same strings."""
    bare, accented = ({g: generic(g, accents) for g in GRAPHEMES} for accents in (0.0, 1.0))
    strings = sorted({s for counts in (bare, accented) for row in counts.values() for s in row})
    return _table(bare, strings), _table(accented, strings)


@cache
def _family_table(name: str) -> _Table | None:
    for family in families():
        if family.name == name:
            return _table({g: _with_small(family.counts, g) for g in GRAPHEMES})
    return None


def _with_small(counts: Counts, grapheme: str) -> Mapping[str, float]:
    """The counts of a grapheme; a capital's with a share of its small letter's."""
    own = counts.get(grapheme, {})
    if grapheme.islower():
        return own
    joined = dict(own)
    for observed, count in counts.get(grapheme.lower(), {}).items():
        joined[observed.upper()] = joined.get(observed.upper(), 0.0) + CAPITAL_SHARE * count
    return joined


@cache
def _pooled() -> _Table:
    """What the engines have in common: every engine one voice, whatever it was counted on."""
    total: dict[str, dict[str, float]] = {grapheme: {} for grapheme in GRAPHEMES}
    engines = [family.counts for family in families() if family.name in POOLED]
    for counts in engines:
        layers = (_by_letter, LETTER_SHARE), (_by_base, BASE_SHARE), (_by_mark, MARKED_SHARE)
        for shares, mass in ((layer(counts), mass) for layer, mass in layers):
            for grapheme, row in shares.items():
                for observed, share in row.items():
                    total[grapheme][observed] = total[grapheme].get(observed, 0.0) + mass * share / len(
                        engines
                    )
    return _table(total)


def _by_letter(counts: Counts) -> dict[str, dict[str, float]]:
    """Shares of what a letter became; of a letter that is rare they sum to less than one."""
    return {g: _shares(counts[g], FEW) for g in GRAPHEMES if counts.get(g)}


def _by_base(counts: Counts) -> dict[str, dict[str, float]]:
    """Shares of what all marked letters of a letter's base became."""
    return _together(counts, _bare, lambda letter, observed: observed not in ("", letter))


def _by_mark(counts: Counts) -> dict[str, dict[str, float]]:
    """Shares of what all marked letters, small or capital, became that was no letter of their own base."""
    return _together(counts, str.isupper, lambda letter, observed: _bare(observed) not in ("", _bare(letter)))


def _together(
    counts: Counts, kind: Callable[[str], object], wanted: Callable[[str, str], bool]
) -> dict[str, dict[str, float]]:
    """For every marked letter the shares of what all those of its kind became."""
    marked = [grapheme for grapheme in GRAPHEMES if _bare(grapheme) != grapheme]
    rows: dict[object, dict[str, float]] = {}
    for letter in marked:
        row = rows.setdefault(kind(letter), {})
        for observed, count in counts.get(letter, {}).items():
            if wanted(letter, observed):
                row[observed] = row.get(observed, 0.0) + count
    return {letter: _shares(rows[kind(letter)]) for letter in marked}


def _shares(row: Mapping[str, float], least: float = 0.0) -> dict[str, float]:
    total = max(sum(row.values()), least)
    return {observed: count / total for observed, count in row.items()}


def _table(counts: Counts, strings: Sequence[str] | None = None) -> _Table:
    if strings is None:
        strings = sorted({observed for row in counts.values() for observed in row})
    column = {string: number for number, string in enumerate(strings)}
    table = np.zeros((len(GRAPHEMES), len(strings)), np.float32)
    for number, grapheme in enumerate(GRAPHEMES):
        for observed, count in counts.get(grapheme, {}).items():
            table[number, column[observed]] = count
    return _Table(tuple(strings), table)


def mixture(shares: Sequence[tuple[Family, float]]) -> Family:
    """One table for a text that several kinds of engines read, each so much of it.

    >>> tables = {family.name: family for family in families()}
    >>> mixture([(tables["omnipage"], 1.0), (tables["xerox"], 3.0)]).name
    'omnipage + xerox'
    """
    if len(shares) == 1:
        return shares[0][0]
    total = sum(share for _, share in shares)
    counts: dict[str, dict[str, float]] = {}
    for family, share in shares:
        for grapheme in GRAPHEMES:
            row = counts.setdefault(grapheme, {})
            for observed, part in _shares(_with_small(family.counts, grapheme), FEW).items():
                row[observed] = row.get(observed, 0.0) + MIXED * part * share / total
    return Family(" + ".join(family.name for family, _ in shares), counts)


def explained(counts: Floats, observations: Observations, accents: float) -> list[tuple[float, Family]]:
    """How much better each table explains what letters became than the channel of no family does (nats a letter).

    Args:
        counts: float32 [graphemes, strings], what a first reading took each letter for.
        observations: the strings.
        accents: share of accented letters that kept their accent.
    """
    rows, columns = counts.nonzero()
    weight = counts[rows, columns]
    beneath = _beneath(observations, accents, common=True)
    before = np.log(beneath[rows, columns])
    letters = max(float(weight.sum()), 1.0)

    def gain(family: Family) -> float:
        table = beneath.copy()
        _add_family(table, family, observations)
        return float((weight * (np.log(table[rows, columns]) - before)).sum())

    return [(gain(family) / letters, family) for family in families()]
