"""``restore run``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from restore.batch.events import Event
from restore.batch.remote import jobs_of, place_of
from restore.batch.rows import has_documents_in
from restore.batch.run import Totals, run_batch
from restore.batch.summary import SUMMARY_HTML, write_summaries
from restore.batch.unfinished import unfinished_first
from restore.cli.console import say, settings
from restore.cli.counting import counted
from restore.cli.dry_run import dry_run
from restore.cli.engines import chosen_engine
from restore.cli.observers import observing
from restore.documents import EXPORT_FOLDER
from restore.errors import ExitCode
from restore.messages import message


def run(options: Namespace) -> int:
    """Restore a batch, print what failed and why, and write the summaries."""
    config = settings(options)
    place = place_of(options.output, options.state)
    out, jobs = place.out, jobs_of(options.inputs, place)
    if options.dry_run:
        with place.seen() as known:
            dry_run(jobs, known, config, retry_failed=options.retry_failed)
        return ExitCode.OK
    speaker = telling_failures(verbose="verbose" in options)
    place.make_ready()
    with counted(jobs) as count, observing(options, config, count) as observers:
        totals = run_batch(
            unfinished_first(jobs, out),
            out,
            config,
            (*observers, speaker),
            engine=chosen_engine(config, out, shared=not place.remote),
            retry_failed=options.retry_failed,
            count=count,
        )
    write_summaries(out, config.lang)
    place.bring_back(path.name for path in sorted(out.glob("summary.*")))
    if totals.skipped:
        say(message("already-done", config.lang, count=totals.skipped))
    if totals.left:
        say(message("left-alone", config.lang, count=totals.left))
    if totals.without_pages:
        key = "without-pages" if totals.ok or totals.failed else "pages-of-none"
        say(message(key, config.lang, pages=config.pages, count=totals.without_pages))
    if totals.documents and _has_exports(out):
        say(message("exports-older", config.lang, path=out / EXPORT_FOLDER))
    say(message("look-at", config.lang, path=f"{place.address}/{SUMMARY_HTML}"))
    say(message("done", config.lang, ok=totals.ok, failed=totals.failed, review=totals.need_review))
    return exit_code(totals)


def _has_exports(out: Path) -> bool:
    """Whether there are exports of the batch, and not documents of it whose folder is called so."""
    return (out / EXPORT_FOLDER).is_dir() and not has_documents_in(out, EXPORT_FOLDER)


def telling_failures(*, verbose: bool) -> Callable[[Event], None]:
    """Who says what failed and why as it happens."""

    def observe(event: Event) -> None:
        if verbose and event.trace:
            say(event.trace.rstrip())
        if event.kind == "document" and event.status in ("failed", "skipped") and event.attempt:
            name = "" if event.document in event.reason else f"{event.document}: "
            say(f"restore: {name}{event.reason}")

    return observe


def exit_code(totals: Totals) -> ExitCode:
    """6 when a file failed; 4 when each that failed did so for want of a tool: then no file is to blame.

    3 when there is no file but such as have none of the wanted pages: then the pages are not those that were meant.
    """
    if totals.without_pages and not (totals.ok or totals.failed):
        return ExitCode.INPUT
    if totals.failed and totals.failed == totals.missing_tool:
        return ExitCode.MISSING_TOOL
    return ExitCode.SOME_FAILED if totals.failed else ExitCode.OK
