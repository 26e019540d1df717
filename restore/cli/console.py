"""Where words and data go: messages to stderr, data to stdout, ``-`` for stdin."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from restore.config import Config, load_config
from restore.errors import UsageError, file_error
from restore.limited import read_limited
from restore.output import write_text

if TYPE_CHECKING:
    from restore.language.encodings import Decoded

# Options that are no settings: which files, which verb, how the data is shown.
_NO_SETTINGS = {
    *(
        "verb",
        "version",
        "verbose",
        "inputs",
        "output",
        "state",
        "dry_run",
        "retry_failed",
        "file",
        "edits",
        "format",
    ),
    *("originals", "host", "port", "no_browser"),
    *("log_json", "metrics", "metrics_file", "pages_of"),
    *(
        "left",
        "right",
        "left_text",
        "right_text",
        "only",
        "context",
        "json",
        "hypothesis",
        "gold",
        "raw",
        "folder",
        "word",
        "nth",
        "all",
        "ocrmypdf",
        "documents",
        "repeats",
        "words",
        "moments",
        "characters",
        "index_only",
        "settle",
        "poll",
        "once",
        "to",
        "set",
        "out",
        "query",
        "types",
        "issuer",
        "number",
        "since",
        "until",
        "limit",
        "offset",
        "no_update",
        "full_update",
        "thorough",
    ),
}


class Progress(Protocol):
    """Called after each finished file."""

    def __call__(self, name: str) -> None:
        """Show that ``name`` is done."""


def say(text: str) -> None:
    """A line for people."""
    print(text, file=sys.stderr)


def has_colour() -> bool:
    """Whether standard output is a terminal whose owner wants colours (NO_COLOR says no)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def put(data: str, target: str | None = None) -> None:
    """Data to a file, or to standard output as UTF-8 with its line ends as they are.

    Raises:
        OutputError: the file cannot be written.
    """
    if target not in (None, "-"):
        write_text(Path(str(target)), data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data.encode())


def spare_inputs(inputs: Iterable[str], targets: Iterable[str | None]) -> None:
    """Originals are never altered, not even when a target names one of them.

    Raises:
        UsageError: a target is an input.
    """
    originals = {Path(name).resolve() for name in inputs if name != "-"}
    for target in targets:
        if target and target != "-" and Path(target).resolve() in originals:
            raise UsageError("output-is-input", path=target)


def settings(options: Namespace) -> Config:
    """The configuration that the options, the environment and restore.toml make together."""
    return load_config({key: value for key, value in vars(options).items() if key not in _NO_SETTINGS})


def read_text(name: str) -> Decoded:
    """The text of a file or, for ``-``, of standard input, whatever its encoding.

    Raises:
        InputError: there is no such file, it cannot be read, or its encoding is not known.
    """
    from restore.language.encodings import (
        decode,
    )  # NumPy: a fifth of a second that other verbs need not wait for

    return decode(read_bytes(name))


def read_bytes(name: str, megabytes: float = inf) -> bytes:
    """What a file or standard input holds.

    Args:
        name: of the file; ``-`` for standard input.
        megabytes: the most that is read, in million bytes.

    Raises:
        InputError: there is no such file, it cannot be read, or it holds more.
    """
    if name == "-":
        return _limited(sys.stdin.buffer, name, megabytes)
    path = Path(name)
    try:
        with path.open("rb") as file:
            return _limited(file, path, megabytes)
    except OSError as error:
        raise file_error(path, error) from error


def _limited(file: BinaryIO, name: object, megabytes: float) -> bytes:
    return file.read() if megabytes == inf else read_limited(file, name, megabytes)


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Progress]:
    """A progress bar on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: tuple[Any, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[name]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total, name="")

        def show(name: str) -> None:
            bar.update(task, advance=1, name=name)

        yield show
