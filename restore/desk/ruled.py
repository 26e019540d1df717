"""Rules that are made of decisions: which dictionary they go into, and when they go out of it again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from restore import output
from restore.decisions import Decision, Scope, read_decisions, standing
from restore.dictionary import Rule, add_rule, read_rules, remove_rule
from restore.errors import UsageError


@dataclass(frozen=True, slots=True)
class Shelf:
    """The dictionaries that the rules of one document may go into.

    Attributes:
        name: of the document.
        out: the folder of its batch.
        names: of all documents of the batch; asked for where it matters.
        archive: the archive's own dictionaries; rules go into the first.
    """

    name: str
    out: Path
    names: Callable[[], Iterable[str]]
    archive: tuple[Path, ...]

    def path(self, scope: Scope) -> Path:
        """The dictionary of a scope.

        Raises:
            UsageError: the archive has none.
        """
        if scope == "archive":
            if not self.archive:
                raise UsageError("no-archive-dictionary")
            return self.archive[0]
        return (self.out / self.name if scope == "document" else self.out) / output.DICTIONARY_FILE

    def put(self, decision: Decision, scope: Scope, reviewer: str) -> Path:
        """Put the rule that is made of a decision into its dictionary.

        Raises:
            InputError: what is there is no dictionary.
            UsageError: there can be no such rule, or the archive has no dictionary.
            OutputError: the dictionary cannot be written.
        """
        path = self.path(scope)
        assert decision.edit
        try:
            rule = rule_of(decision, reviewer, self.name)
        except ValueError as error:
            raise UsageError("no-rule", before=decision.edit.before, after=decision.edit.after) from error
        add_rule(path, rule)
        return path

    def take_out(self, made_of: Decision, ruled: Decision, undone: Collection[str]) -> None:
        """Take a rule out of its dictionary; one that stood there already, or that others made as well, stays.

        Args:
            made_of: the decision that it was made of.
            ruled: the decision that made it a rule.
            undone: the ids of all decisions that are undone with it.

        Raises:
            InputError: what is there is no dictionary.
            OutputError: the dictionary cannot be written.
        """
        assert ruled.scope
        path = self.path(ruled.scope)
        gone = rule_of(made_of, ruled.reviewer, self.name)
        there = {rule.before: rule for rule in read_rules(path)} if path.exists() else {}
        if gone.before not in there or _maker(there[gone.before]) != _maker(gone):
            return
        remove_rule(path, gone)
        names = [self.name] if ruled.scope == "document" else self.names()
        folders = ((name, self.out / name) for name in names)
        other = next(same_rules(folders, gone, ruled.scope, without=undone), None)
        if other is not None:
            add_rule(path, other)


def rule_of(decision: Decision, reviewer: str, note: str) -> Rule:
    """The rule that is made of a decision; the note says in which document.

    Raises:
        ValueError: there can be no such rule.
    """
    assert decision.edit
    edit, date = decision.edit, decision.time.partition("T")[0]
    return Rule(before=edit.before, after=edit.after, reviewer=reviewer, date=date, note=note)


def same_rules(
    folders: Iterable[tuple[str, Path]], rule: Rule, scope: Scope, *, without: Collection[str]
) -> Iterator[Rule]:
    """The rules for the same that stand in the logs of documents, made of other decisions.

    Args:
        folders: the names of documents, and where their results lie.
        rule: what they say as well.
        scope: of the dictionary they stand in.
        without: ids of decisions that count for nothing.
    """
    for name, folder in folders:
        stands = standing(read_decisions(folder / output.DECISIONS_FILE))
        edits = {one.id: one for one in stands if one.edit}
        for one in stands:
            made_of = edits.get(one.because or "")
            if one.action != "rule" or one.scope != scope or one.id in without or made_of is None:
                continue
            found = rule_of(made_of, one.reviewer, name)
            if (found.before, found.after) == (rule.before, rule.after):
                yield found


def _maker(rule: Rule) -> tuple[str, str, str]:
    return rule.after, rule.reviewer, rule.note
