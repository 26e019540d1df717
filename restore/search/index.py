"""The index of one folder of results: kept up to date, asked, and answered from.

    index = Index(Path("out"))
    index.update()
    answer = index.search("kế hoach", Filters(types=("KH",), since="2020"))
    for found in answer.found:
        print(found.name, found.card.code, found.snippets)

Any number of processes and threads may do so at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from restore.errors import InputError
from restore.output import RESTORED_FILE
from restore.search.card import Card
from restore.search.expression import Endings, expression, in_head
from restore.search.filters import Filters, conditions
from restore.search.query import Query, parse
from restore.search.spans import Finder, Piece, Place, marked, merged, places, snippets
from restore.search.store import SEARCH_FILE as SEARCH_FILE
from restore.search.store import mended
from restore.search.update import OnDone, Update, bring_up_to_date, count_of, mark_of
from restore.search.words import FACT, LAST_CHARACTER

NO_FILTERS = Filters()
LIMIT = 20
MOST_PLACES = 100  # of one document that an answer lists; `Index.places` gives all

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
# A row of words with and without marks is looked for in the texts themselves; in so many that may have it, all are looked at.
_COUNTED = 100
# A row of common words in a million documents takes most of a second to count; nobody asks whether it is 400,000 or 500,000.
_MOST_COUNTED = 100_000
_MOST_COUNTED_BEGINNINGS = 10_000  # beginnings of one or two letters stand for hundreds of words
_FITTING = "SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found.

    Attributes:
        name: as the batch's summary has it.
        folder: where its results lie.
        card: its type, number, issuer, date, subject and grade.
        score: how well it fits, more is better; 0 where nothing was asked but filters.
        subject: the card's subject, cut at its hits.
        snippets: the pieces of its text that show most of the words; without any in the text, its beginning.
        places: where the words stand in ``restored.txt``, the first :data:`MOST_PLACES`.
        hits: how many such places there are.
    """

    name: str
    folder: Path
    card: Card
    score: float
    subject: tuple[Piece, ...]
    snippets: tuple[tuple[Piece, ...], ...]
    places: tuple[Place, ...]
    hits: int

    @property
    def restored(self) -> Path:
        """The file that ``places`` point into."""
        return self.folder / RESTORED_FILE


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes:
        query: as it was understood.
        found: the best documents.
        total: how many there are; where ``more``, there are more than that.
        exact: ``total`` is exact. It may be too high for a row of words with and without marks, which the index cannot count.
        documents: how many the index has; 0 where nothing was asked for.
        more: there are so many that they were not all counted.
    """

    query: Query
    found: tuple[Found, ...]
    total: int
    exact: bool = True
    documents: int = 0
    more: bool = False


class Index:
    """The full-text index of a folder of results, ``search.sqlite`` in it."""

    def __init__(self, out: Path) -> None:
        """Name the folder; nothing is opened yet.

        Raises:
            InputError: it is not there, or is no folder.
        """
        if not out.is_dir():
            raise InputError("search-not-a-folder" if out.exists() else "missing-file", path=out)
        self.out = out

    def update(
        self, on_done: OnDone | None = None, *, only: Collection[str] | None = None, mark: str | None = None
    ) -> Update:
        """Read what is new or changed, drop what is gone.

        Args:
            on_done: called for each document that was read, with its name and how many there are to read.
            only: the folders to look at, below the index's own; by default all that there are.
            mark: where in the history of the batch the caller was when it began to look, in its own words;
                by default the mark stays.

        Raises:
            OutputError: the index cannot be written.
        """
        return mended(
            self.out,
            lambda connection: bring_up_to_date(connection, self.out, on_done, only=only, mark=mark),
        )

    def known(self) -> tuple[int, str]:
        """How many documents can be found, and the mark that the last update was given.

        Raises:
            OutputError: the index cannot be read.
        """
        return mended(self.out, lambda connection: (count_of(connection), mark_of(connection)))

    def search(
        self, query: str = "", filters: Filters = NO_FILTERS, *, limit: int = LIMIT, offset: int = 0
    ) -> Answer:
        """The documents that fit, the best first, of equals the newest.

        The index is asked as it is; where there is none yet, it is built first.

        Args:
            query: in the language of :mod:`restore.search.query`; whatever it says, it is no error.
            filters: what documents are to be; without any and without words nothing is found.
            limit: how many to give at most.
            offset: how many to pass over.

        Raises:
            OutputError: the index cannot be read or built.
            UsageError: a date of the filters is none.
        """
        asked = parse(query)

        def work(connection: sqlite3.Connection) -> Answer:
            if connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None:
                bring_up_to_date(connection, self.out)
            connection.execute("BEGIN")  # all that is read is of one moment; closing ends it
            return self._answer(connection, asked, filters, limit, offset)

        if not asked.branches and not filters:
            return Answer(asked, (), 0)
        return mended(self.out, work)

    def places(self, name: str, query: str) -> tuple[Place, ...]:
        """Where what a query asks for stands in a document's ``restored.txt``, in order.

        Args:
            name: of the document.
            query: as for :meth:`search`.

        Raises:
            InputError: there is no such document in the index.
            OutputError: the index cannot be read.
        """

        def work(connection: sqlite3.Connection) -> str:
            row = connection.execute(
                "SELECT text FROM documents JOIN texts USING (id) WHERE name = ?", (name,)
            ).fetchone()
            if row is None:
                raise InputError("search-no-such-document", path=self.out, name=name)
            return zlib.decompress(row[0]).decode()

        text = mended(self.out, work)
        spans = Finder(parse(query)).spans(text).values()
        return places(text, merged([span for each in spans for span in each]))

    def _answer(
        self, connection: sqlite3.Connection, query: Query, filters: Filters, limit: int, offset: int
    ) -> Answer:
        endings = _endings(connection)
        years = [int(term[2:]) for term in endings(f"{FACT}y", 10_000)]
        given = conditions(filters, years)
        match = expression(query, given, endings)
        documents = count_of(connection)
        most = _MOST_COUNTED if _words(match) <= _MOST_WORDS else _MOST_COUNTED_BEGINNINGS
        # One question for both: of a beginning of one letter, nearly all of its cost is to find out where it stands.
        asked = _FITTING.format(table="words" if query.branches else "heads")
        least = offset + limit
        fit = [row[0] for row in connection.execute(asked, (match, max(most + 1, least)))]
        total = len(fit)
        head = in_head(query, [] if query.excludes else given, endings) if query.wanted else ""
        ranking = _ranking(query, match, fit, documents, least)
        finder = Finder(query)
        doubtful = any(phrase.is_mixed for phrase in query.phrases)
        found: list[Found] = []
        fitting = dropped = 0
        for number, score in ranking(connection, head):
            if fitting >= least and not (doubtful and total <= _COUNTED):
                break
            if doubtful and not finder.holds(_texts(connection, number)):
                dropped += 1
                continue
            fitting += 1
            if offset < fitting <= offset + limit:
                found.append(self._found(connection, number, -score, finder))
        is_whole = fitting + dropped == total
        more = total > most
        return Answer(query, tuple(found), total - dropped - more, not doubtful or is_whole, documents, more)

    def _found(self, connection: sqlite3.Connection, number: int, score: float, finder: Finder) -> Found:
        name, path, card_json, packed = connection.execute(
            "SELECT documents.name, path, card, text FROM documents JOIN texts USING (id) JOIN files USING (id) "
            "WHERE documents.id = ?",
            (number,),
        ).fetchone()
        card = Card(**json.loads(card_json))
        text = zlib.decompress(packed).decode()
        spans = finder.spans(text)
        hits = merged([span for each in spans.values() for span in each])
        subject = card.subject or ""
        subject_hits = merged([span for each in finder.spans(subject).values() for span in each])
        return Found(
            name=name,
            folder=self.out / os.fsdecode(path),
            card=card,
            score=score,
            subject=marked(subject, subject_hits),
            snippets=snippets(text, spans),
            places=places(text, hits[:MOST_PLACES]),
            hits=len(hits),
        )


_Ranked = Iterable[tuple[int, float]]


def _ranking(
    query: Query, match: str, fit: Sequence[int], documents: int, least: int
) -> Callable[[sqlite3.Connection, str], _Ranked]:
    """How ids and scores of the documents that fit are found, the best first, of equals the newest.

    Args:
        query: what is asked for.
        match: its expression.
        fit: the newest documents that fit, as far as they were counted.
        documents: of so many.
        least: how many are to be given.

    Returns:
        what finds them, called with a connection and the expression of documents that have all words in their head.
    """
    total, words = len(fit), _words(match)
    most = max(_RANKED_LEAST, least, min(_RANKED, _RANKED_WORDS // words))
    if not query.wanted:  # nothing to rank by
        return lambda connection, head: ((number, 0.0) for number in fit)
    by_words = f"SELECT rowid, {_bm25('words', WEIGHTS)} FROM words WHERE words MATCH ? LIMIT {most}"
    is_common = 2 * total > documents or total > _MOST_COUNTED
    is_ranked = words <= _MOST_WORDS and not (total > most and len(query.branches) == 1 and is_common)
    table = "words" if query.excludes else "heads"  # what is not wanted may stand in the body
    score = "-1.0"
    if words <= _MOST_WORDS and total <= _MOST_COUNTED:
        score = _bm25("words", WEIGHTS) if query.excludes else _bm25("heads", HEAD_WEIGHTS)
    by_head = f"SELECT rowid, {score} FROM {table} WHERE {table} MATCH ? LIMIT {most}"

    def find(connection: sqlite3.Connection, head: str) -> _Ranked:
        found = dict(connection.execute(by_words, (match,))) if is_ranked else dict.fromkeys(fit[:most], 0.0)
        if total > most or not is_ranked:
            in_words = f"({match}) AND {{number subject issuer}} : ({head})"
            for number, score in connection.execute(by_head, (in_words if query.excludes else head,)):
                found[number] = min(score, found.get(number, 0.0))
        return sorted(found.items(), key=lambda item: (item[1], item[0]))

    return find


def _bm25(table: str, weights: Sequence[float]) -> str:
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


def _texts(connection: sqlite3.Connection, number: int) -> list[str]:
    """All that is indexed of a document."""
    card_json, packed = connection.execute(
        "SELECT card, text FROM documents JOIN texts USING (id) WHERE id = ?", (number,)
    ).fetchone()
    card = Card(**json.loads(card_json))
    head = [
        card.code,
        f"{card.doc_type or ''} {card.subject or ''}",
        f"{card.issuer_parent or ''} {card.issuer or ''}",
    ]
    return [zlib.decompress(packed).decode(), *head]
