"""Everything that can go wrong, and the exit code each kind ends the program with.

    RestoreError                 1  internal, or a kind of its own below
    ├── UsageError               2  the command line, the environment or restore.toml says something impossible
    ├── InputError               3  a file is missing, unreadable, encrypted, empty or too large
    ├── MissingToolError         4  Tesseract or its Vietnamese data is not installed
    └── OutputError              5  the output cannot be written

A message names the file, the reason and the next thing to try, in the reader's language: it is a key of
:mod:`restore.messages` with its values, not a finished sentence.
"""

from __future__ import annotations

import errno
import re
from enum import IntEnum


class ExitCode(IntEnum):
    """Documented exit codes of the command line."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    INPUT = 3
    MISSING_TOOL = 4
    OUTPUT = 5
    SOME_FAILED = 6
    INTERRUPTED = 130


# What a terminal obeys or shows as nothing: control characters, marks of direction (after U+202E "fdp.exe" is shown as
# "exe.pdf"), joiners and other marks of no width, ends of lines; and halves of characters, which no file can hold.
_UNSHOWN_RE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def readable(value: object) -> str:
    r"""A path, or anything else, as text that can be written as UTF-8 and shown in a terminal: one line that says what it shows.

    Old archives hold file names in other encodings; a byte of such a name becomes an escape, and so does what cannot be seen.

    >>> print(readable(b"C\xabng v\xa8n.txt".decode(errors="surrogateescape")))
    C\xabng v\xa8n.txt
    >>> print(readable("plan\x1b[2J\u202efdp.exe"))
    plan\x1b[2J\u202efdp.exe
    """
    return _UNSHOWN_RE.sub(_escaped, str(value))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    code -= 0xDC00 if 0xDC80 <= code <= 0xDCFF else 0  # a byte that was no UTF-8, as Python keeps it in names
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class RestoreError(Exception):
    """An error that a person can act upon.

    Args:
        key: key of the message in :mod:`restore.messages`.
        **values: what the message names: ``path``, ``reason``, ``limit`` …
    """

    exit_code = ExitCode.INTERNAL

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = {name: readable(value) for name, value in values.items()}

    def __str__(self) -> str:
        return f"{self.key}: " + ", ".join(f"{name}={value}" for name, value in self.values.items())

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel from worker processes; the default would lose the keyword arguments.
        return (_rebuild, (type(self), self.key, self.values))


def _rebuild(kind: type[RestoreError], key: str, values: dict[str, str]) -> RestoreError:
    return kind(key, **values)


class UsageError(RestoreError):
    """The command line, the environment or ``restore.toml`` says something impossible."""

    exit_code = ExitCode.USAGE


class InputError(RestoreError):
    """A file is missing, unreadable, encrypted, empty or too large."""

    exit_code = ExitCode.INPUT


class UnsuitableError(InputError):
    """A document has nothing of what was asked for, as a text has no pages; in a batch it is passed over."""


class MissingToolError(RestoreError):
    """An outside program or its data is not installed."""

    exit_code = ExitCode.MISSING_TOOL


class OutputError(RestoreError):
    """The output cannot be written."""

    exit_code = ExitCode.OUTPUT


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def file_error(path: object, error: OSError) -> InputError:
    """The error of a file that cannot be opened or read.

    >>> file_error("a.pdf", FileNotFoundError(errno.ENOENT, "No such file or directory")).key
    'missing-file'
    """
    if isinstance(error, FileNotFoundError):
        return InputError("missing-file", path=path)
    if isinstance(error, IsADirectoryError):
        return InputError("not-a-file", path=path)
    return InputError("unreadable-file", path=path, reason=error.strerror or error)


def is_full(error: OSError) -> bool:
    """Whether it is the disk that has no space left."""
    return error.errno in _FULL


def disk_error(path: object, error: OSError) -> OutputError:
    """The error of a place that cannot be written to; that of a full disk has a key of its own.

    >>> disk_error("out", OSError(errno.ENOSPC, "No space left on device")).key
    'disk-full'
    """
    if is_full(error):
        return OutputError("disk-full", path=path)
    return OutputError("output-not-writable", path=path, reason=error.strerror or error)
