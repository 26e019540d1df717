"""``restore watch``."""

from __future__ import annotations

import shlex
import signal
import time
from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from restore.batch.events import Event
from restore.batch.inputs import Job
from restore.batch.known import Known
from restore.batch.run import Totals, run_batch
from restore.batch.summary import write_summaries
from restore.batch.watch import News, Watcher, Watching
from restore.cli.batch_verb import exit_code, telling_failures
from restore.cli.console import say, settings
from restore.cli.engines import chosen_engine
from restore.cli.observers import observing
from restore.errors import ExitCode, InputError, OutputError, UsageError
from restore.messages import Language, message

# Without a new file for so long, beyond the settling time, the folder has come to rest: workers end, the summary is written.
REST = 20.0  # seconds
ASKED_EVERY = 0.3  # seconds, as long as there is nothing to do
TRIED_EVERY = 5.0  # seconds, as long as another run is at work in the output folder

_Batch = Callable[[Iterable[Job | None]], Totals]


def watch(options: Namespace) -> int:
    """Restore what comes into a folder until somebody ends it, by Ctrl-C or SIGTERM."""
    config = settings(options)
    folder, out = Path(options.folder), Path(options.output)
    _check(options)
    watching = _watching(options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    work = _Work()
    with ExitStack() as held:
        observers = (
            *held.enter_context(observing(options, config, lambda: None)),
            work,
            telling_failures(verbose="verbose" in options),
        )
        watcher = held.enter_context(
            Watcher(folder, out, watching, is_known=Known(out), tell=_telling(config.lang))
        )

        def batch(jobs: Iterable[Job | None]) -> Totals:
            totals = run_batch(jobs, out, config, observers, engine=chosen_engine(config, out))
            write_summaries(out, config.lang)
            if options.once and watcher.waiting:
                say(message("watch-left", config.lang, count=watcher.waiting))
            say(message("done", config.lang, ok=totals.ok, failed=totals.failed, review=totals.need_review))
            return totals

        if options.once:
            return exit_code(batch(watcher.jobs(work.is_done, watching.settle + 1.0)))
        say(message("watching", config.lang, path=folder))
        _for_ever(
            watcher, batch, lambda: watcher.jobs(work.is_done, watching.settle + REST), out, config.lang
        )
    return ExitCode.OK


def _for_ever(
    watcher: Watcher, batch: _Batch, jobs: Callable[[], Iterable[Job | None]], out: Path, lang: Language
) -> None:
    """One batch after the other; between them nothing runs and others may work in the output folder."""
    begun = False
    while True:
        first = watcher.next_job()
        if first is None:
            time.sleep(ASKED_EVERY)
            continue
        waiting = False
        while True:
            try:
                batch(chain([first], jobs()))
            except OutputError as error:
                if error.key != "already-running" or not begun:
                    raise
                if not waiting:
                    say(message("watch-waits", lang, path=out))
                waiting = True
                time.sleep(TRIED_EVERY)
            else:
                begun = True
                break


class _Work:
    """Which documents are in work, as the batch tells."""

    def __init__(self) -> None:
        self._begun: set[str] = set()

    def __call__(self, event: Event, /) -> None:
        if event.kind == "batch-begins":
            self._begun.clear()
        elif event.kind == "document-begins":
            self._begun.add(event.document)
        elif event.kind == "document":
            self._begun.discard(event.document)

    def is_done(self) -> bool:
        """Whether nothing is in work."""
        return not self._begun


def _check(options: Namespace) -> None:
    for address in (options.folder, options.output):
        if "://" in address:
            command = shlex.join(["restore", "run", options.folder, "-o", options.output])
            raise UsageError("watch-address", path=address, command=command)
    folder, out = Path(options.folder), Path(options.output)
    if not folder.exists():
        raise InputError("missing-file", path=folder)
    if not folder.is_dir():
        raise InputError("not-a-folder", path=folder)
    if folder.resolve() == out.resolve():
        raise UsageError("output-is-input", path=out)


def _watching(options: Namespace) -> Watching:
    for name, least in (("settle", 0), ("poll", 1)):
        seconds = getattr(options, name)
        if not least <= seconds < float("inf"):
            raise UsageError("bad-seconds", flag=f"--{name}", seconds=seconds, least=least)
    return Watching(settle=options.settle, poll=options.poll)


def _telling(lang: Language) -> Callable[[News, str], None]:
    return lambda news, about: say(message(f"watch-{news}", lang, path=about))
