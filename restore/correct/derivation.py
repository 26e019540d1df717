"""How one word was decided: what stood there, what it could mean, what each reading cost, and who else had a say.

Nothing is decided anew: the candidates are the edges of the lattice of the last pass, their letters aligned under the channel
as the document has taught it, and the language model is walked along the best path (:mod:`restore.correct.walk`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

import numpy as np

from restore.correct import candidates, corrector, family, lost_marks
from restore.correct._alignment import align
from restore.correct.candidates import BLANK, words
from restore.correct.corrector import Correction, Restoration, Work
from restore.correct.places import Place, find, line_and_column
from restore.correct.readings import Piece
from restore.correct.rules import SOURCE
from restore.correct.walk import Walk
from restore.correct.weights import CONFIDENCE, DEFAULT, Weights
from restore.dictionary import Rule
from restore.edit import Edit
from restore.language import channel
from restore.language.channel import GRAPHEMES, HALF, Ints
from restore.language.ngram import default_model

Outcome = Literal["changed", "kept", "suggested", "unread", "protected", "healthy"]

KINDS = {
    candidates.COPY: "copy",
    candidates.NUMERAL: "number",
    candidates.MARK: "mark",
    candidates.PROTECTED: "protected",
    candidates.CAPITALS: "capitals",
    candidates.ROMAN: "roman",
    candidates.RULE: "rule",
}
ROUNDING = 0.02  # nats by which float32 sums may differ
SHOWN = 8  # candidates of a word; the search keeps up to 28
SPOKEN = 0.15  # log odds below which a sign against a word is not worth naming
DIVIDED = 0.005  # posterior below which another division of the characters is not


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a candidate, what it was seen as ("" for nothing), and what the channel asks for that (nats)."""

    intended: str
    observed: str
    cost: float


@dataclass(frozen=True, slots=True)
class Penalty:
    """A cost beside the letters, or less of it.

    ``missing-blank``, ``false-blank``, ``swallowed-mark``, ``title``, ``capitals``, ``phrase``, or a reading's kind.
    """

    name: str
    cost: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of the span.

    Attributes:
        text: in small letters, but for abbreviations and what stands as it stood.
        kind: "word", or what it is instead: "copy", "number", "protected", "capitals", "roman", "mark".
        letters: how its letters became what was observed.
        penalties: what is added.
        channel: cost of its edge, letters and penalties together.
        language: cost of the word in its context, and of the words behind it in its company (``following``).
        following: see ``language``.
        total: ``channel + language + following``; the least is the best where nothing else spoke.
        posterior: of all paths that the search kept, the share that runs through it.
        chosen: whether it stands in the restored text.
    """

    text: str
    kind: str
    letters: tuple[Letter, ...]
    penalties: tuple[Penalty, ...]
    channel: float
    language: float
    following: float
    total: float
    posterior: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for (below 0) or against the word being right: a column of ``weights.CONFIDENCE``, in log odds."""

    name: str
    odds: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one word came to stand as it does.

    Attributes:
        start: code points of the original.
        end: one past the last.
        line: of the original, from 1.
        column: from 1.
        observed: what stood there.
        restored: what stands there now.
        outcome: "changed", "kept" (read, and as it was), "suggested" (a reading waits for a person), "unread" (nothing better was
            found), "protected" (a code, an address), "healthy" (in a line that is not damaged).
        source: who decided; of an edit its source.
        confidence: probability that it is right.
        status: of its edit.
        suggestion: the reading that waits.
        candidates: readings of the same characters, cheapest first.
        divisions: readings of other stretches of characters over this one, with their posteriors.
        context: the words that the language model heard before it, the nearest last.
        signs: what makes it less sure or surer, the strongest first.
        case_odds: log odds that its capital or small letters are right.
        engine: the table of confusions that the document was read with; None for what all engines have in common.
        gains: what each table explains better than that (nats a letter).
    """

    start: int
    end: int
    line: int
    column: int
    observed: str
    restored: str
    outcome: Outcome
    source: str | None = None
    confidence: float = 1.0
    status: str | None = None
    suggestion: str | None = None
    candidates: tuple[Candidate, ...] = ()
    divisions: tuple[tuple[str, float], ...] = ()
    context: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    case_odds: float | None = None
    engine: str | None = None
    gains: tuple[tuple[str, float], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The derivation as ``explain --json`` gives it."""
        return {**asdict(self), "gains": dict(self.gains), "context": list(self.context)}


def derive(
    text: str,
    wanted: str,
    *,
    encoding: str | None = None,
    rules: Sequence[Rule] = (),
    weights: Weights = DEFAULT,
    limit: int = 1,
    skip: int = 0,
) -> tuple[int, tuple[Derivation, ...]]:
    """How the words that somebody asks about were decided.

    Args:
        text: damaged, as for :func:`restore.correct.corrector.correct`.
        wanted: a word as it stood or as it stands now, or a place: ``line:column`` from 1, ``#offset`` in code points from 0.
        encoding: the legacy encoding that the text was converted from.
        rules: of the archive's own dictionary.
        weights: of the restoring core.
        limit: at most so many of the places that fit.
        skip: so many of them are passed over first.

    Returns:
        How many places fit, and the derivations.

    >>> found, (told,) = derive("Can cu Luat to chuc", "căn")
    >>> found, told.observed, told.restored, told.candidates[0].letters[1].intended
    (1, 'Can', 'Căn', 'ă')
    """
    done = corrector.restoration(text, encoding=encoding, rules=rules, weights=weights)
    spans = find(done, wanted)
    return len(spans), tuple(_Explainer(done, weights).explain(spans[skip : skip + limit]))


class _Explainer:
    """Explains words of one restored text; what all of them need is made once."""

    def __init__(self, done: Restoration, weights: Weights) -> None:
        self._correction, self._weights = done.correction, weights
        self._work = done.work

    def explain(self, places: Sequence[Place]) -> Iterator[Derivation]:
        """The derivations of some places."""
        read = self._work is not None and any(place.piece for place in places)
        reader = _Reader(self._work, self._weights) if self._work is not None and read else None
        for place in places:
            yield self._derivation(place, reader)

    def _derivation(self, place: Place, reader: _Reader | None) -> Derivation:
        original, piece = self._correction.original, place.piece
        edit = _touching(self._correction, place)
        line, column = line_and_column(original, place.start)
        suggestion = edit if edit is not None and edit.status == "suggested" else None
        changed = edit is not None and suggestion is None
        restored = original[place.start : place.end]
        if changed and edit is not None:
            restored = edit.after.strip()
        told = Derivation(
            start=place.start,
            end=place.end,
            line=line,
            column=column,
            observed=original[place.start : place.end],
            restored=restored,
            outcome=self._outcome(place, edit),
            source=edit.source if edit is not None else _later_source(piece),
            confidence=round(piece.confidence if piece else edit.confidence if edit else 1.0, 4),
            status=edit.status if edit is not None else None,
            suggestion=suggestion.after if suggestion else None,
        )
        return reader.read(told, piece) if reader and piece else told

    def _outcome(self, place: Place, edit: Edit | None) -> Outcome:
        if edit is not None:
            return "suggested" if edit.status == "suggested" else "changed"
        if any(start < place.end and place.start < end for start, end in self._correction.unread):
            return "unread"
        if place.piece is None:
            return "healthy"
        return "protected" if place.piece.word == candidates.PROTECTED else "kept"


def _later_source(piece: Piece | None) -> str | None:
    """Who looked at a word that stays as it stands, where it was not the decoder of the damaged text."""
    return piece.source if piece and piece.source in (lost_marks.SOURCE, SOURCE) else None


def _touching(correction: Correction, place: Place) -> Edit | None:
    """The edit of a place, an applied one first."""
    mine = [edit for edit in correction.edits if edit.start < place.end and place.start < edit.end]
    return min(mine, key=lambda edit: edit.status == "suggested", default=None)


class _Reader:
    """What the decoder knows of the words that it read."""

    def __init__(self, work: Work, weights: Weights) -> None:
        self._decoder, self._edges, self._path = work.decoder, work.decoding.lattice.edges, work.decoding.path
        self._posterior = work.decoding.posterior
        self._table = channel.cost(work.decoder.table)
        self._walk = Walk(work.decoder, work.decoding)
        self._index = {int(self._edges.start[k]): index for index, k in enumerate(self._path)}
        self._odds = corrector.odds_of_signs(work)
        self._engine = work.family.name if work.family else None
        self._gains = tuple(
            sorted(family.gains(work.text, work.frozen, weights).items(), key=lambda one: -one[1])
        )

    def read(self, told: Derivation, piece: Piece) -> Derivation:
        """A derivation with the decoder's part in it; a reading of later hands, which has no edge, stays as it is."""
        told = replace(told, engine=self._engine, gains=self._gains)
        index = self._index.get(piece.start)
        if piece.edge < 0 or index is None:
            return told
        odds = sorted(zip(CONFIDENCE, self._odds[index].tolist(), strict=True), key=lambda one: -abs(one[1]))
        signs = (Sign(name, round(value, 2)) for name, value in odds if abs(value) >= SPOKEN)
        tokens = default_model().tokens
        return replace(
            told,
            source=told.source or piece.source,
            candidates=self._candidates(piece, index),
            divisions=self._divisions(piece),
            context=tuple(tokens[token] for token in self._walk.context(index)),
            signs=tuple(sign for sign in signs if sign.name != "base"),
            case_odds=round(piece.case_odds, 2) if piece.word >= 0 else None,
        )

    def _candidates(self, piece: Piece, index: int) -> tuple[Candidate, ...]:
        same = np.flatnonzero((self._edges.start == piece.start) & (self._edges.end == piece.end))
        found = [self._candidate(int(k), piece, index) for k in same]
        found.sort(key=lambda one: one.total)
        kept = found[:SHOWN]
        return tuple(kept + [one for one in found[SHOWN:] if one.chosen])

    def _candidate(self, k: int, piece: Piece, index: int) -> Candidate:
        edges = self._edges
        word, cost = int(edges.word[k]), float(edges.cost[k])
        observed, ruled = self._decoder.text[piece.start : piece.end], self._decoder.written
        if word >= 0:
            letters, penalties = self._spelled(word, piece, cost, float(edges.extra[k]))
        else:
            letters, penalties = (), (Penalty(KINDS[word], round(cost, 2)),) if cost else ()
        language, following = self._walk.costs(index, int(edges.token[k]))
        return Candidate(
            text=words().text[word] if word >= 0 else ruled.get((piece.start, piece.end, word), observed),
            kind="word" if word >= 0 else KINDS[word],
            letters=letters,
            penalties=penalties,
            channel=round(cost, 2),
            language=round(language, 2),
            following=round(following, 2),
            total=round(cost + language + following, 2),
            posterior=round(float(min(1.0, self._posterior[k])), 4),
            chosen=k == piece.edge,
        )

    def _swallowed(self, piece: Piece) -> float:
        """What a word pays for taking the mark that ends it for a part of its last letter."""
        text, last = self._decoder.text, piece.end - 1
        ends = text[last] in ".,;:" and not text[piece.end : piece.end + 1].isalnum()
        alone = last == 0 or text[last - 1].isspace()
        return self._decoder.weights.swallowed_mark if ends and not alone else 0.0

    def _spelled(
        self, word: int, piece: Piece, cost: float, extra: float
    ) -> tuple[tuple[Letter, ...], tuple[Penalty, ...]]:
        """The letters of a word in the case that fits best, and what its edge costs beside them."""
        observed, swallowed = self._decoder.text[piece.start : piece.end], self._swallowed(piece)
        strings = self._decoder.observations.of(observed.replace(" ", ""))
        weights = self._decoder.weights
        graphemes, case = _shapes(word, weights, lambda shape: float(align(shape, strings, self._table)[0]))
        _, became = align(graphemes, strings, self._table)
        costs = [float(self._table[g, s]) for g, s in zip(graphemes.tolist(), became, strict=True)]
        letters = tuple(
            Letter(GRAPHEMES[g], self._decoder.observations.strings[s], round(one, 2))
            for g, s, one in zip(graphemes.tolist(), became, costs, strict=True)
        )
        penalties = [case] if case else []
        if swallowed:
            penalties.append(Penalty("swallowed-mark", round(swallowed, 2)))
        if extra - swallowed > ROUNDING:
            name = "false-blank" if " " in observed else "missing-blank"
            penalties.append(Penalty(name, round(extra - swallowed, 2)))
        rest = cost - sum(costs) - extra - (case.cost if case else 0.0)
        if rest < -ROUNDING:
            spoken = "rule" if (piece.start, piece.end, word) in self._decoder.written else "phrase"
            penalties.append(Penalty(spoken, round(rest, 2)))
        return letters, tuple(penalties)

    def _divisions(self, piece: Piece) -> tuple[tuple[str, float], ...]:
        """Readings over a part of the span and more than it, surest first."""
        edges = self._edges
        over = (edges.start < piece.end) & (edges.end > piece.start) & (edges.word != BLANK)
        over &= ~((edges.start == piece.start) & (edges.end == piece.end)) & (self._posterior > DIVIDED)
        found: dict[str, float] = {}
        for k in np.flatnonzero(over).tolist():
            word = int(edges.word[k])
            span = self._decoder.text[int(edges.start[k]) : int(edges.end[k])]
            said = f"{span} = {words().text[word]}" if word >= 0 else span
            found[said] = found.get(said, 0.0) + float(self._posterior[k])
        ranked = sorted(found.items(), key=lambda one: -one[1])[:SHOWN]
        return tuple((said, round(min(1.0, share), 4)) for said, share in ranked)


def _shapes(word: int, weights: Weights, cost: Callable[[Ints], float]) -> tuple[Ints, Penalty | None]:
    """A word's letters in the case that costs least with what the case itself costs."""
    small = words().graphemes[word]
    title = small.copy()
    title[0] += HALF
    shapes: list[tuple[Ints, Penalty | None]] = [(small + HALF, Penalty("capitals", weights.all_caps))]
    if not words().capital_only[word]:
        shapes += [(small, None), (title, Penalty("title", weights.title))]
    return min(shapes, key=lambda shape: cost(shape[0]) + (shape[1].cost if shape[1] else 0.0))
