"""``restore run``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from restore.batch.inputs import Job, find_jobs
from restore.batch.run import Outcome, run_batch
from restore.batch.summary import SUMMARY_HTML, SUMMARY_JSON, summary_html, summary_json, totals
from restore.cli.console import progress_bar, put, say, settings
from restore.errors import ExitCode, MissingToolError, readable
from restore.messages import error_text, message
from restore.output import write_text


def run(options: Namespace) -> int:
    """Restore a batch, print what failed and why, and write the summaries."""
    config = settings(options)
    out = Path(options.output)
    jobs = find_jobs(options.inputs, out)
    if options.dry_run:
        put("".join(_plan_line(job) for job in jobs))
        return ExitCode.OK
    verbose = "verbose" in options
    with progress_bar(message("restoring", config.lang), len(jobs)) as show:

        def on_done(outcome: Outcome) -> None:
            show(outcome.job.name)
            if verbose and outcome.trace:
                say(outcome.trace.rstrip())
            if outcome.error:
                text = error_text(outcome.error, config.lang)
                name = "" if "path" in outcome.error.values else f"{outcome.job.name}: "
                say(f"restore: {name}{text}")

        outcomes = run_batch(jobs, out, config, on_done)
    write_text(out / SUMMARY_JSON, summary_json(outcomes, config.lang))
    write_text(out / SUMMARY_HTML, summary_html(outcomes, config.lang))
    skipped = sum(outcome.skipped for outcome in outcomes)
    if skipped:
        say(message("already-done", config.lang, count=skipped))
    say(message("look-at", config.lang, path=out / SUMMARY_HTML))
    counts = totals(outcomes)
    say(message("done", config.lang, ok=counts["ok"], failed=counts["failed"], review=counts["need_review"]))
    return _exit_code(outcomes)


def _plan_line(job: Job) -> str:
    return f"{readable(job.path)}\t{job.name}\n"


def _exit_code(outcomes: tuple[Outcome, ...]) -> ExitCode:
    """6 when a file failed; 4 when each that failed did so for want of a tool: then no file is to blame."""
    errors = [outcome.error for outcome in outcomes if outcome.error]
    if errors and all(isinstance(error, MissingToolError) for error in errors):
        return ExitCode.MISSING_TOOL
    return ExitCode.SOME_FAILED if errors else ExitCode.OK
