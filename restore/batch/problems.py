"""Errors as the ledger keeps them: what went wrong can be told again, in another language, by a later run."""

from __future__ import annotations

import json
from typing import Any

from restore.errors import InputError, MissingToolError, OutputError, RestoreError, UsageError

_KINDS = {
    kind.__name__: kind for kind in (RestoreError, UsageError, InputError, MissingToolError, OutputError)
}


# A file too large for a setting, which may be another one the next time; to find that out again costs nothing.
_OF_A_LIMIT = frozenset({"too-many-pages", "text-too-large"})
# A share or storage that was away, somebody who was just writing the file: another time it is there, and it rests.
_PASSING = frozenset({"missing-file", "file-changed", "storage-failed"})


def problem_of(error: RestoreError) -> dict[str, Any]:
    """An error as plain JSON.

    >>> problem_of(InputError("worker-died", path="a.pdf"))
    {'kind': 'InputError', 'key': 'worker-died', 'values': {'path': 'a.pdf'}}
    """
    kind = next(name for name, one in reversed(_KINDS.items()) if isinstance(error, one))
    return {"kind": kind, "key": error.key, "values": error.values}


def problem_text(problem: dict[str, Any]) -> str:
    """A problem as one line."""
    return json.dumps(problem, ensure_ascii=False, sort_keys=True)


def error_of(text: str | None, reason: str | None = None) -> RestoreError:
    """The error that a ledger keeps; of an older ledger, which kept words only, one that says these.

    >>> error_of('{"kind": "InputError", "key": "worker-died", "values": {"path": "a.pdf"}}').key
    'worker-died'
    >>> error_of(None, "broken").values["reason"]
    'broken'
    """
    if text:
        try:
            found = json.loads(text)
            return _KINDS[found["kind"]](found["key"], **found["values"])
        except (ValueError, KeyError, TypeError):
            pass  # a later version's, or somebody's own hand
    return RestoreError("failed-before", reason=reason or "")


def is_outside(error: RestoreError) -> bool:
    """Whether the cause lies outside of the file: it is not held against it, and the next run tries again."""
    return isinstance(error, MissingToolError | OutputError) or error.key in _OF_A_LIMIT | _PASSING
