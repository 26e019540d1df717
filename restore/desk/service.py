"""The desk itself: documents are opened, decisions taken, repeated, made rules of and undone. It knows nothing of HTTP.

A decision is an appended line of a log; everything else is made of the logs. Several threads, and several desks on one folder,
may be at work: a document's log is read again whenever it has grown, and who decides on a place that somebody else has decided
on meanwhile is told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from pathlib import Path

from restore import output
from restore.batch.triage import refresh
from restore.decisions import (
    Decision,
    FieldValue,
    Scope,
    append_decisions,
    edit_decision,
    last_of,
    read_decisions,
    rule_decision,
    standing,
    undo_decision,
)
from restore.decisions import undone as undone_lines
from restore.desk.catalogue import Catalogue
from restore.desk.fields import decided_field
from restore.desk.opened import Opened, open_document, stamp_of
from restore.desk.places import check_conflict, check_place, edit_of, is_here, is_open, reading
from restore.desk.repeats import RepeatedPlace, Same, repeated_places
from restore.desk.ruled import Shelf
from restore.desk.writer import Writer
from restore.desk.written import Told, is_written, left_behind, write_again, written
from restore.errors import InputError, OutputError, RestoreError
from restore.messages import Language
from restore.results import Restored, assemble

LONG = 100_000  # characters, some 40 pages: the structure of more takes over a second
MOST_OPEN = 16  # documents held in memory
MOST_OFFERED = 1000  # repeated places looked for after a decision: the offer says so many at most
LONGEST_LOOK = 3.0  # seconds for them: some 100,000 documents, those that need a person most


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was taken, the revision of its document's log, and where it might be repeated."""

    decision: str
    revision: int
    repeats: tuple[RepeatedPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeated:
    """How often a decision was repeated, in how many documents, and into which dictionary it went as a rule."""

    revision: int
    count: int
    documents: int
    file: str | None = None


class Desk:
    """The documents of one output folder and everything that may be decided of them."""

    def __init__(self, out: Path, *, dictionaries: Sequence[Path] = (), lang: Language = "vi") -> None:
        """Look what there is; no document is opened yet.

        Args:
            out: the output folder.
            dictionaries: the archive's own; rules for the whole archive go into the first.
            lang: of the pages that are written.

        Raises:
            InputError: there is no batch.
        """
        self.out = out
        self.dictionaries = tuple(dictionaries)
        self.lang = lang
        self.catalogue = Catalogue(out)
        self._open: dict[str, Opened] = {}
        self._made: dict[str, tuple[Opened, Restored]] = {}
        self._told: dict[str, Told] = {}
        self._guard = threading.Lock()
        self._locks: dict[str, threading.RLock] = {}
        self._problems: dict[str, RestoreError] = {}
        self.writer = Writer(self._write)
        self._closing = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True, name="desk-opening")
        self._looking.start()

    def close(self) -> None:
        """Write what is not written yet."""
        self._closing.set()
        self._looking.join()
        self.writer.close()
        self.catalogue.close()

    def settle(self) -> None:
        """Have everything written that was decided, by a desk that died as well, and wait for it."""
        self._looking.join()
        self.writer.settle()

    def names(self) -> Iterator[str]:
        """The names of the documents that can be opened, those that need a person most first."""
        return self.catalogue.names()

    def folder(self, name: str) -> Path:
        """Where a document's results lie.

        Raises:
            InputError: there is no such document; a path that leads elsewhere is none.
        """
        if not self.catalogue.has(name):
            raise InputError("no-such-document", path=self.out, name=name)
        return self.out / name

    def document(self, name: str) -> Opened:
        """A document with all decisions that anybody has taken until now.

        Raises:
            InputError: there is none of that name, or its folder is damaged.
        """
        folder = self.folder(name)
        with self._lock(name):
            found = self._open.get(name)
            if found is None or found.stamp != stamp_of(folder):  # a new run wrote other results
                found = open_document(name, folder)
            else:
                log = read_decisions(folder / output.DECISIONS_FILE)
                found = found if len(log) == found.revision else replace(found, log=log)
            self._keep(name, found)
            return found

    def results(self, name: str) -> Restored:
        """The results of a document with all its decisions; the structure of a long one takes a moment."""
        document = self.document(name)
        before, made = self._made.get(name, (None, None))
        if made is None or before is not document:
            # Outside the lock: nobody waits with a decision for the structure of what others decided.
            made = assemble(document.original, document.own_edits, document.seen, document.log)
            with self._guard:
                self._made[name] = document, made
        return made

    def structure(self, name: str) -> Told:
        """What a document says, without waiting long: where its structure takes long to make, the one made last."""
        document = self.document(name)
        before, made = self._made.get(name, (None, None))
        if made is not None and before is document:
            return Told(made.document, document.revision)
        if made is None and is_written(document.folder):
            self._told[name] = Told(written(document.folder), document.revision)
            return self._told[name]
        told = Told(made.document, before.revision) if made and before else self._told.get(name)
        if told is not None and len(document.original) > LONG:
            return replace(told, behind=True)
        return Told(self.results(name).document, document.revision)

    def decide(
        self,
        name: str,
        start: int,
        end: int,
        after: str,
        *,
        reviewer: str,
        revision: int,
        before: str | None = None,
    ) -> Taken:
        """Decide that the original's ``[start, end)``, where the reviewer saw ``before``, reads ``after``.

        Raises:
            Conflict: somebody has decided on the place after that revision.
            InputError: there is no such document or place, or it was read anew and something else stands there.
            OutputError: the log cannot be written.
        """
        with self._lock(name):
            document = self.document(name)
            if before is not None:
                check_place(document, start, end, before)
            edit, box = edit_of(document, start, end, after, reviewer)
            check_conflict(document, edit, revision)
            read = reading(document, edit.start, edit.end)
            decision = edit_decision(edit, document.original, box)
            revision = self._append(name, [decision])
        same = Same(edit.before, read, edit.after) if read is not None else None
        repeats = tuple(self._places(same, self.names())) if same else ()
        return Taken(decision.id, revision, tuple(one for one in repeats if not is_here(one, name, edit)))

    def set_field(self, name: str, value: FieldValue, *, reviewer: str, revision: int | None = None) -> Taken:
        """Set a field, where the reviewer saw ``value.was`` at that revision; without one, whatever stands there.

        Raises:
            Conflict: somebody else has set it otherwise after that revision.
            InputError: there is no such document or field.
            OutputError: the log cannot be written.
        """
        meant = self.results(name).document
        with self._lock(name):
            document = self.document(name)
            decision = decided_field(document, meant, value, reviewer, revision)
            known = any(one.id == decision.id for one in document.log)
            return Taken(decision.id, document.revision if known else self._append(name, [decision]))

    def repeat(self, name: str, decision: str, *, reviewer: str) -> Repeated:
        """Take a decision in all other places of the batch where it fits.

        Raises:
            InputError: there is no such document or decision.
            OutputError: a log cannot be written.
        """
        count, documents = self._repeat(name, self._decision(name, decision), self.names(), reviewer)
        return Repeated(self.document(name).revision, count, documents)

    def make_rule(self, name: str, decision: str, scope: Scope, *, reviewer: str) -> Repeated:
        """Make a rule of a decision, and take it where it fits already.

        Raises:
            InputError: there is no such document or decision, or its dictionary is damaged.
            UsageError: the rule cannot be, or the archive has no dictionary.
            OutputError: a log or the dictionary cannot be written.
        """
        one = self._decision(name, decision)
        assert one.edit
        path = self._shelf(name).put(one, scope, reviewer)
        self._append(name, [rule_decision(one.id, scope, reviewer)])
        names = (name,) if scope == "document" else self.names()
        count, documents = self._repeat(name, one, names, reviewer)
        return Repeated(self.document(name).revision, count, documents, str(path))

    def undo(self, name: str, decision: str | None, *, reviewer: str) -> tuple[int, tuple[str, ...], int]:
        """Undo a decision, or the reviewer's own last one, with the rules made of it and its repetitions.

        Returns:
            the revision of the document's log, the ids of what was undone in it, and how many places changed in all documents.

        Raises:
            InputError: there is no such document, decision, or nothing left to undo.
            OutputError: a log or dictionary cannot be written.
        """
        log = self.document(name).log
        wanted = (
            next((one for one in log if one.id == decision), None) if decision else last_of(log, reviewer)
        )
        if wanted is None or wanted.id in undone_lines(log):
            raise InputError("nothing-to-undo", path=self.folder(name))
        if wanted.action == "undo":
            return self._redo(name, wanted, reviewer)
        if decision is None and wanted.edit and wanted.because:  # the last thing done was to repeat
            places = self._undo_repetitions(wanted.because, reviewer)
            return self.document(name).revision, (wanted.id,), places
        rules = [one for one in standing(log) if one.action == "rule" and wanted.id in (one.id, one.because)]
        undone = [wanted.id, *(one.id for one in rules)]
        for rule in rules:
            made_of = next((one for one in log if one.id == rule.because), None)
            if made_of:
                self._shelf(name).take_out(made_of, rule, undone)
        places = self._undo_repetitions(wanted.id if wanted.action == "edit" else wanted.because, reviewer)
        revision = self._append(name, [undo_decision(one, reviewer) for one in dict.fromkeys(undone)])
        return revision, tuple(dict.fromkeys(undone)), places + 1

    # What follows is the desk's own business.

    def _look(self) -> None:
        """Rank the documents, and have written what a desk had decided and not written when it died; nobody waits for it."""
        try:
            for name in left_behind(self.out, self.names(), self._closing):
                self.writer.ask(name)
        except OutputError:
            return  # a ledger that cannot be read: who asks for the list is told so

    def _redo(self, name: str, undo: Decision, reviewer: str) -> tuple[int, tuple[str, ...], int]:
        """Take an undone decision again; its repetitions and rules are offered anew, not taken."""
        log = self.document(name).log
        gone = undone_lines(log)
        again = [one.id for one in log if one.undoes == undo.undoes and one.id not in gone]
        rule = next((one for one in log if one.id == undo.undoes and one.action == "rule"), None)
        made_of = rule and next((one for one in log if one.id == rule.because), None)
        if rule and rule.scope and made_of:
            self._shelf(name).put(made_of, rule.scope, rule.reviewer)
        return self._append(name, [undo_decision(one, reviewer) for one in again]), (undo.id,), 1

    def _undo_repetitions(self, decision: str | None, reviewer: str) -> int:
        """Undo what repeats a decision, in all documents; how many places that were."""
        count = 0
        for name in self.names():
            path = self.out / name / output.DECISIONS_FILE
            if decision is None or not path.is_file():
                continue
            with self._lock(name):
                repeated = [
                    one for one in standing(read_decisions(path)) if one.edit and one.because == decision
                ]
                if repeated:
                    self._append(name, [undo_decision(one.id, reviewer) for one in repeated])
            count += len(repeated)
        return count

    def _repeat(
        self, origin: str, decision: Decision, names: Iterable[str], reviewer: str
    ) -> tuple[int, int]:
        assert decision.edit
        same = self._same(origin, decision)
        if same is None:
            return 0, 0
        count = documents = 0
        for name in names:
            places = list(repeated_places(same, name, self.out / name))
            if not places:
                continue
            with self._lock(name):
                document = self.document(name)
                edits = [
                    edit_of(document, place.start, place.end, decision.edit.after, reviewer)
                    for place in places
                    if is_open(document, place, same)  # the files may be older than the log
                ]
                log = [edit_decision(edit, document.original, box, decision.id) for edit, box in edits]
                if log:
                    self._append(name, log)
            count += len(log)
            documents += bool(log)
        return count, documents

    def _same(self, name: str, decision: Decision) -> Same | None:
        """What a decision repeats: the reading that stood there before anybody decided."""
        assert decision.edit
        document = self.document(name)
        earlier = replace(document, log=tuple(one for one in document.log if one.id != decision.id))
        edit = next((edit for edit, one in document.placed if one.id == decision.id), decision.edit)
        read = reading(earlier, edit.start, edit.end)
        same = None if read is None else Same(edit.before, read, edit.after)
        return same if same and same.can_repeat else None

    def _places(self, same: Same, names: Iterable[str]) -> Iterator[RepeatedPlace]:
        """The places where a decision might be repeated, :data:`MOST_OFFERED` at most, found in :data:`LONGEST_LOOK`."""
        until = time.monotonic() + LONGEST_LOOK
        names = takewhile(lambda _: time.monotonic() < until, names if same.can_repeat else ())
        found = (place for name in names for place in repeated_places(same, name, self.out / name))
        yield from islice(found, MOST_OFFERED)

    def _shelf(self, name: str) -> Shelf:
        return Shelf(name, self.out, self.names, self.dictionaries)

    def _decision(self, name: str, decision: str) -> Decision:
        for one in standing(self.document(name).log):
            if one.id == decision and one.edit is not None:
                return one
        raise InputError("no-such-decision", path=self.folder(name), name=decision)

    def _append(self, name: str, decisions: Sequence[Decision]) -> int:
        """Put decisions on the disk; the results follow. The revision of the log."""
        with self._lock(name):
            append_decisions(self.folder(name) / output.DECISIONS_FILE, decisions)
            revision = self.document(name).revision
        self.writer.ask(name)
        return revision

    def _write(self, name: str) -> None:
        try:
            document = self.document(name)
            made = self.results(name)
            if write_again(document, made, self.lang):
                self.catalogue.note(refresh(self.out, name, made))
            else:
                self.writer.ask(name)
            self._problems.pop(name, None)
        except Exception as error:  # a fault in one document never ends the writing of the others
            told = error if isinstance(error, RestoreError) else OutputError("internal", reason=error)
            self._problems[name] = told

    def problem(self, name: str) -> RestoreError | None:
        """Why the results of a document could not be written the last time."""
        return self._problems.get(name)

    def _keep(self, name: str, document: Opened) -> None:
        with self._guard:
            self._open.pop(name, None)
            self._open[name] = document
            while len(self._open) > MOST_OPEN:
                oldest = next(iter(self._open))
                del self._open[oldest]
                self._made.pop(oldest, None)
                self._told.pop(oldest, None)

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(name, threading.RLock())
        with lock:
            yield
