"""Which documents fit a query, and in which order they are looked at: everything that is asked of FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from restore.search.expression import Endings, expression, in_head
from restore.search.filters import Filters, conditions
from restore.search.patience import Patience
from restore.search.query import Query
from restore.search.words import FACT, LAST_CHARACTER

# bm25's weights of number, subject with type, issuer, body, facts: a word in the subject counts as much as twenty in the
# body, which is more than most bodies have of any. Set by hand, as what an archivist expects of a catalogue.
WEIGHTS = (40.0, 20.0, 10.0, 1.0, 0.0)
HEAD_WEIGHTS = (*WEIGHTS[:3], 0.0)  # of the table of heads, which has no bodies
# Ranking one document costs 2 µs and 0.5 µs more for each word asked for. So that it takes some 10 ms, only so many are ranked
# by their words: of more, those that have them in number, subject or issuer, and the newest. What stands in more than half of
# all documents tells nothing to bm25, so that then the newest are given as they come.
_RANKED = 5_000
_RANKED_WORDS = 15_000  # documents times words
_RANKED_LEAST = 500
_MOST_WORDS = 40  # of more, beginnings of one or two letters, none is ranked by its words
# A row of common words in a million documents takes most of a second to count; nobody asks whether it is 400,000 or 500,000.
_MOST_COUNTED = 100_000
_MOST_COUNTED_BEGINNINGS = 10_000  # beginnings of one or two letters stand for hundreds of words
# Where beginnings take too long, so many of the newest documents that have all the rest are looked at themselves. A short text
# takes 50 µs, so that more could not be in the time that is left.
_LOOKED_AT = 5_000


class _Ends(NamedTuple):
    """The shares of a search's time after which each part of it ends. Counting has the most: what has been counted is certain."""

    counting: float
    widening: float
    ranking: float
    heads: float


# What is left in the end is for texts that are looked at one by one, of which there may be many where beginnings take too long.
_ENDS = _Ends(0.8, 0.8, 0.85, 0.9)
_ENDS_OF_BEGINNINGS = _Ends(0.5, 0.6, 0.7, 0.8)
_FITTING = "SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"

_Score = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents that may be what was asked for.

    Attributes:
        ranked: their ids with bm25's scores (less is better), the best first, of equals the newest; of very many not all.
        total: how many there are; where ``more``, there are more than that.
        more: they were not all counted, being so many.
        certain: they are what was asked for. Else their texts tell.
        in_time: all documents were gone through; else the time was over.
    """

    ranked: Sequence[_Score]
    total: int
    more: bool
    certain: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The documents that an expression fits.

    Attributes:
        match: the expression.
        numbers: their ids, the newest first, as far as they were counted.
        most: so many are counted.
        in_time: they were; else the time was over.
    """

    match: str
    numbers: Sequence[int]
    most: int
    in_time: bool

    @property
    def more(self) -> bool:
        """Whether there are more than are counted."""
        return len(self.numbers) > self.most


def candidates(
    connection: sqlite3.Connection,
    query: Query,
    filters: Filters,
    *,
    documents: int,
    least: int,
    patience: Patience,
) -> Candidates:
    """The documents that may be what a query and its filters ask for.

    Args:
        connection: to the index.
        query: what is asked for; without any branch, the filters alone tell.
        filters: what documents are to be.
        documents: the index has so many.
        least: so many are to be given, if there are.
        patience: the time of this search.

    Raises:
        UsageError: a date of the filters is none.
    """
    endings = _endings(connection)
    years = [int(term[2:]) for term in endings(f"{FACT}y", 10_000)]
    given = conditions(filters, years)
    certain = not any(phrase.is_mixed for phrase in query.phrases)
    ends = _ENDS_OF_BEGINNINGS if query.has_beginnings else _ENDS
    # One question for both, how many and which: of a beginning of one letter, nearly all of its cost is to find where it stands.
    fitting = _fitting(expression(query, given, endings), query, least, patience, ends)
    if not fitting.in_time and query.has_beginnings and len(fitting.numbers) < least:
        wider = expression(query.without_beginnings, given, endings)
        rows, in_time = patience.rows(_FITTING.format(table="words"), (wider, _LOOKED_AT + 1), ends.widening)
        certain, in_time = False, in_time and len(rows) <= _LOOKED_AT
        fitting = _Fitting(wider, [row[0] for row in rows[:_LOOKED_AT]], _LOOKED_AT, in_time)
    head = in_head(query, [] if query.excludes else given, endings) if query.wanted else ""
    ranked = _ranked(query, fitting, head, documents, least, patience, ends)
    return Candidates(ranked, len(fitting.numbers), fitting.more, certain, fitting.in_time)


def _fitting(match: str, query: Query, least: int, patience: Patience, ends: _Ends) -> _Fitting:
    most = _MOST_COUNTED if _words(match) <= _MOST_WORDS else _MOST_COUNTED_BEGINNINGS
    asked = _FITTING.format(table="words" if query.branches else "heads")
    rows, in_time = patience.rows(asked, (match, max(most + 1, least)), ends.counting)
    return _Fitting(match, [row[0] for row in rows], most, in_time)


def _ranked(
    query: Query,
    fitting: _Fitting,
    head: str,
    documents: int,
    least: int,
    patience: Patience,
    ends: _Ends,
) -> Sequence[_Score]:
    """The documents that fit with their scores, the best first, of equals the newest.

    Args:
        query: what is asked for.
        fitting: what fits it.
        head: the expression of documents that have all words in their head.
        documents: the index has so many.
        least: so many are to be given.
        patience: the time of this search. What cannot be ranked in time is given as it comes, the newest first.
        ends: the shares of that time after which its parts end.
    """
    total, words = len(fitting.numbers), _words(fitting.match)
    if not query.wanted or (fitting.in_time and not total):  # nothing to rank by, or nothing to rank
        return [(number, 0.0) for number in fitting.numbers]
    most = max(_RANKED_LEAST, least, min(_RANKED, _RANKED_WORDS // words))
    found = dict.fromkeys(fitting.numbers[:most], 0.0)
    is_common = 2 * total > documents or total > _MOST_COUNTED
    is_ranked = words <= _MOST_WORDS and not (total > most and len(query.branches) == 1 and is_common)
    if is_ranked and fitting.in_time:
        by_words = f"SELECT rowid, {_bm25('words', WEIGHTS)} FROM words WHERE words MATCH ? LIMIT {most}"
        rows, is_ranked = patience.rows(by_words, (fitting.match,), ends.ranking)
        found = dict(rows) if is_ranked else found
    if total > most or not (is_ranked and fitting.in_time):
        table = "words" if query.excludes else "heads"  # what is not wanted may stand in the body
        score = "-1.0"
        if words <= _MOST_WORDS and total <= _MOST_COUNTED:
            score = _bm25("words", WEIGHTS) if query.excludes else _bm25("heads", HEAD_WEIGHTS)
        by_head = f"SELECT rowid, {score} FROM {table} WHERE {table} MATCH ? LIMIT {most}"
        asked = f"({fitting.match}) AND {{number subject issuer}} : ({head})" if query.excludes else head
        rows, _ = patience.rows(by_head, (asked,), ends.heads)
        for number, value in rows:
            found[number] = min(value, found.get(number, 0.0))
    return sorted(found.items(), key=lambda item: (item[1], item[0]))


def _bm25(table: str, weights: Iterable[float]) -> str:
    return f"bm25({table}, {', '.join(map(str, weights))})"


def _words(match: str) -> int:
    """How many words and rows an expression asks for."""
    return match.count('"') // 2


def _endings(connection: sqlite3.Connection) -> Endings:
    def endings(start: str, most: int) -> Sequence[str]:
        rows = connection.execute(
            "SELECT term FROM terms WHERE term >= ? AND term < ? LIMIT ?",
            (start, start + LAST_CHARACTER, most),
        )
        return [term for (term,) in rows]

    return endings
