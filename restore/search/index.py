"""The index of one folder of results: kept up to date, asked, and answered from.

    index = Index(Path("out"))
    index.update()
    answer = index.search("kế hoach", Filters(types=("KH",), since="2020"))
    for found in answer.found:
        print(found.name, found.card.code, found.snippets)

Any number of processes and threads may do so at once.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from restore.errors import InputError
from restore.output import RESTORED_FILE
from restore.search.candidates import candidates
from restore.search.card import Card, head_texts
from restore.search.filters import Filters
from restore.search.patience import SECONDS, Patience
from restore.search.query import Query, parse
from restore.search.spans import Finder, Piece, Place, hits, marked, places, snippets
from restore.search.store import mended
from restore.search.update import OnDone, Update, bring_up_to_date, card_and_text, count_of, mark_of

NO_FILTERS = Filters()
LIMIT = 20
MOST_PLACES = 100  # of one document that an answer lists; `Index.places` gives all

# A row of words with and without marks is looked for in the texts themselves; in so many that may have it, all are looked at.
_COUNTED = 100


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
        total: how many there are; where ``more`` or ``partial``, so many and perhaps more.
        exact: ``total`` is exact. It may be too high for a row of words with and without marks, which the index cannot count.
        documents: how many the index has; 0 where nothing was asked for.
        more: there are more, so many that they were not all counted.
        partial: the time was over before all documents were gone through; these are of the newest.
    """

    query: Query
    found: tuple[Found, ...]
    total: int
    exact: bool = True
    documents: int = 0
    more: bool = False
    partial: bool = False


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
        self,
        query: str = "",
        filters: Filters = NO_FILTERS,
        *,
        limit: int = LIMIT,
        offset: int = 0,
        seconds: float | None = SECONDS,
    ) -> Answer:
        """The documents that fit, the best first, of equals the newest.

        The index is asked as it is; where there is none yet, it is built first.

        Args:
            query: in the language of :mod:`restore.search.query`; whatever it says, it is no error.
            filters: what documents are to be; without any and without words nothing is found.
            limit: how many to give at most.
            offset: how many to pass over.
            seconds: of CPU that finding may take; None for as many as it takes. Few questions need so many: beginnings of
                a few letters, and rows of common words that stand nowhere, in a million documents. Their answer is
                what was found until then.

        Raises:
            OutputError: the index cannot be read or built.
            UsageError: a date of the filters is none.
        """
        asked = parse(query)

        def work(connection: sqlite3.Connection) -> Answer:
            if connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None:
                bring_up_to_date(connection, self.out)
            connection.execute("BEGIN")  # all that is read is of one moment; closing ends it
            return self._answer(connection, asked, filters, limit, offset, Patience(connection, seconds))

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
            row = connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
            if row is None:
                raise InputError("search-no-such-document", path=self.out, name=name)
            _, text = card_and_text(connection, *row)
            return text

        text = mended(self.out, work)
        return places(text, hits(Finder(parse(query)).spans(text)))

    def _answer(
        self,
        connection: sqlite3.Connection,
        query: Query,
        filters: Filters,
        limit: int,
        offset: int,
        patience: Patience,
    ) -> Answer:
        documents = count_of(connection)
        least = offset + limit
        fit = candidates(connection, query, filters, documents=documents, least=least, patience=patience)
        finder = Finder(query)
        found: list[Found] = []
        fitting = dropped = 0
        in_time = fit.in_time
        for number, score in fit.ranked:
            if fitting >= least and (fit.certain or fit.total > _COUNTED):
                break
            if not fit.certain:
                if patience.is_over():
                    in_time = False
                    break
                card, text = card_and_text(connection, number)
                if not finder.holds([text, *head_texts(card)]):
                    dropped += 1
                    continue
            fitting += 1
            if offset < fitting <= least:
                found.append(self._found(connection, number, -score, finder))
        if not in_time:
            total = fit.total if fit.certain else fitting
            return Answer(query, tuple(found), total, False, documents, partial=True)
        is_whole = fitting + dropped == fit.total
        total = fit.total - dropped - fit.more
        return Answer(query, tuple(found), total, fit.certain or is_whole, documents, fit.more)

    def _found(self, connection: sqlite3.Connection, number: int, score: float, finder: Finder) -> Found:
        name, path = connection.execute("SELECT name, path FROM files WHERE id = ?", (number,)).fetchone()
        card, text = card_and_text(connection, number)
        spans = finder.spans(text)
        text_hits = hits(spans)
        subject = card.subject or ""
        return Found(
            name=name,
            folder=self.out / os.fsdecode(path),
            card=card,
            score=score,
            subject=marked(subject, hits(finder.spans(subject))),
            snippets=snippets(text, spans),
            places=places(text, text_hits[:MOST_PLACES]),
            hits=len(text_hits),
        )
