"""Who watches a batch: the progress bar, the structured log, the metrics."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from restore.batch.events import Observer
from restore.batch.log import JsonLog
from restore.cli.console import say
from restore.cli.progress import batch_progress
from restore.config import Config
from restore.errors import MissingToolError, OutputError, UsageError
from restore.messages import message

LOOPBACK = "127.0.0.1"
MOST_PORTS = 65535


@contextmanager
def observing(
    options: Namespace, config: Config, total: Callable[[], int | None]
) -> Iterator[tuple[Observer, ...]]:
    """The observers that the command line asks for; they let go of their files and ports at the end.

    Args:
        options: of the command line: ``log_json``, ``metrics`` and ``metrics_file``.
        config: the settings.
        total: says how many files there are, None as long as nobody knows.

    Raises:
        OutputError: the log or the metrics cannot be written, or nobody may listen at the address.
        UsageError: the address is none.
        MissingToolError: metrics are asked for, and prometheus-client is not installed.
    """
    with ExitStack() as held:
        observers = [*_log(options, config, held), *_metrics(options, config, held)]
        bar = held.enter_context(batch_progress(message("restoring", config.lang), config.lang, total))
        yield (*observers, *([bar] if bar else []))


def _log(options: Namespace, config: Config, held: ExitStack) -> Iterator[Observer]:
    if not options.log_json:
        return

    def on_trouble(error: OSError) -> None:
        say(message("log-interrupted", config.lang, reason=error.strerror or error))

    target = None if options.log_json == "-" else Path(options.log_json)
    log = JsonLog(target, _run_id(), on_trouble)
    held.callback(log.close)
    yield log


def _run_id() -> str:
    """What tells the lines of this run from those of others in the same log."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"


def _metrics(options: Namespace, config: Config, held: ExitStack) -> Iterator[Observer]:
    if not (options.metrics or options.metrics_file):
        return
    try:
        from restore.batch.metrics import Metrics, MetricsFile, served
    except ModuleNotFoundError as error:
        raise MissingToolError("metrics-missing") from error

    def on_trouble(error: OutputError) -> None:
        say(message("metrics-interrupted", config.lang, reason=error.values["reason"]))

    metrics = Metrics()
    yield metrics
    if options.metrics:
        host, asked = address(options.metrics)
        port = held.enter_context(served(metrics, host, asked))
        named = f"[{host}]" if ":" in host else host
        say(message("metrics-at", config.lang, url=f"http://{named}:{port}/metrics"))
    if options.metrics_file:
        yield MetricsFile(metrics, Path(options.metrics_file), on_trouble)


def address(text: str) -> tuple[str, int]:
    """Host and port of an address; this machine alone gets in where no host is named.

    Raises:
        UsageError: it is none.

    >>> address("9464"), address("0.0.0.0:9464"), address("[::1]:9464")
    (('127.0.0.1', 9464), ('0.0.0.0', 9464), ('::1', 9464))
    """
    host, _, port = text.rpartition(":")
    if not (port.isdecimal() and int(port) <= MOST_PORTS):
        raise UsageError("bad-address", address=text)
    return host.strip("[]") or LOOPBACK, int(port)
