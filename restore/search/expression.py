"""A query as an expression of SQLite's FTS5. Every word in it is quoted, and holds letters and figures only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby

from restore.search.query import Branch, Phrase, Query, Word
from restore.search.words import BARE, FACT

EVERYTHING = f'"{FACT}all"'  # every document has it
# A beginning with so many words or fewer is asked for as those words one by one: FTS5 then reads them side by side and can
# stop early, where its own prefix query gathers all places of all of them first (10,000 documents, "h*": 1 ms instead of 73).
MOST_ENDINGS = 512
# Of a row each ending is a row of its own, which is looked for in all documents that have its words: with 200 endings that took
# 16 s of 600,000 documents, FTS5's own prefix query a third of a second.
MOST_ROW_ENDINGS = 16

Endings = Callable[[str, int], Sequence[str]]  # the words of the index that begin so, at most so many
_Expand = Callable[[str], Sequence[str] | None]  # all of them; None where there are too many


def expression(query: Query, conditions: Iterable[str], endings: Endings) -> str:
    """The FTS5 expression of a query and of its filters.

    Args:
        query: what is asked for; without a word, everything is.
        conditions: expressions that must hold, too.
        endings: the words of the index that begin in one way.

    >>> from restore.search.query import parse
    >>> expression(parse('kế "ke hoach" OR -bản'), [], lambda start, most: [])
    '(("kế" AND "_ke _hoach") OR ("=all" NOT "bản"))'
    """
    parts = list(conditions)
    expand = _expand(query, endings)
    branches = [_branch(branch, expand) for branch in query.branches]
    if branches:
        parts.append(_join("OR", branches))
    return _join("AND", parts) if parts else EVERYTHING


def in_head(query: Query, conditions: Iterable[str], endings: Endings) -> str:
    """The expression of documents that have all words of a branch in number, subject or issuer, for the table of heads.

    Its branches' exclusions are not in it: what is excluded may stand in the body.

    Args:
        query: what is asked for; it wants something.
        conditions: expressions that must hold, too.
        endings: the words of the index that begin in one way.
    """
    expand = _expand(query, endings)
    branches = [
        _join("AND", [_phrase(one, expand) for one in branch.wanted])
        for branch in query.branches
        if branch.wanted
    ]
    return _join("AND", [*conditions, _join("OR", branches)])


def _expand(query: Query, endings: Endings) -> _Expand:
    """The words behind each beginning, where all beginnings of a query share what is allowed."""
    beginnings = [phrase for phrase in query.phrases if phrase.has_beginning]
    is_row = any(len(phrase.words) > 1 for phrase in beginnings)
    most = (MOST_ROW_ENDINGS if is_row else MOST_ENDINGS) // max(1, len(beginnings))

    def expand(start: str) -> Sequence[str] | None:
        found = endings(start, most + 1)
        return found if len(found) <= most else None

    return expand


def _branch(branch: Branch, expand: _Expand) -> str:
    wanted = _join("AND", [_phrase(one, expand) for one in branch.wanted] or [EVERYTHING])
    if not branch.unwanted:
        return wanted
    return f"({wanted} NOT {_join('OR', [_phrase(one, expand) for one in branch.unwanted])})"


def _phrase(phrase: Phrase, expand: _Expand) -> str:
    """The expression of words in a row.

    Of a row with and without marks it is what can be asked of an index that keeps the two apart: the row without any
    marks, and somewhere the words that have them. :mod:`restore.search.spans` looks whether they are the same place.
    """
    words = phrase.words
    if all(word.exact for word in words):
        return _row(words, expand)
    row = _row([Word(word.bare, exact=False, prefix=word.prefix) for word in words], expand)
    exact = [list(group) for is_exact, group in groupby(words, lambda word: word.exact) if is_exact]
    return _join("AND", [row, *(_row(group, expand) for group in exact)])


def _row(words: Sequence[Word], expand: _Expand) -> str:
    """Words in a row that are all exact, or all bare."""
    *first, last = [_forms(word) for word in words]
    start = "".join(f"{forms[0]} " for forms in first)
    if not words[-1].prefix:
        return f'"{start}{last[0]}"'
    found = [expand(form) for form in last]
    if not any(found) or None in found:
        return _join("OR", [f'"{start}{form}" *' for form in last])
    return _join("OR", [f'"{start}{ending}"' for ending in dict.fromkeys(chain(*filter(None, found)))])


def _forms(word: Word) -> tuple[str, ...]:
    """How the word stands in the index, or begins."""
    if not word.exact:
        return (BARE + word.bare,)
    return word.beginnings if word.prefix else (word.text,)


def _join(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + f" {operator} ".join(parts) + ")"
