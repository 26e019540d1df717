"""``restore status``."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from restore.batch.rows import STATUSES
from restore.batch.status import Example, Failure, Overview, PageState, Run, Slow, overview, pages_of
from restore.cli.console import put, settings
from restore.cli.durations import MINUTE, decimal, duration, per_minute
from restore.errors import ExitCode, readable
from restore.messages import Language, error_text, message
from restore.review.marks import number, percent

# Steps that are shown; the rest take next to nothing.
MOST_STEPS = 8
LEAST_SHARE = 0.005


def status(options: Namespace) -> int:
    """Show how a batch stands, or the pages of one of its documents."""
    lang, out = settings(options).lang, Path(options.out)
    if options.pages_of:
        pages = pages_of(out, options.pages_of.strip("/"))
        put(_dumped([_page_json(page, lang) for page in pages]) if options.json else _page_table(pages, lang))
        return ExitCode.OK
    found = overview(out)
    if options.json:
        put(_dumped(_overview_json(found, lang)))
    else:
        put("".join(f"{line}\n" for line in _lines(found, out, lang)))
    return ExitCode.OK


# For people


def _lines(found: Overview, out: Path, lang: Language) -> Iterator[str]:
    yield from _aligned(list(_heading(found, lang)))
    yield ""
    yield from _count_table(found, lang)
    for title, lines in (
        ("status-failures", _failure_lines(found, out, lang)),
        ("status-partial", _partial_lines(found, lang)),
        ("status-slowest", _slow_lines(found.slowest, lang)),
        ("status-steps", _step_lines(found, lang)),
    ):
        told = list(lines)
        if told:
            yield ""
            yield message(title, lang, count=number(found.sampled, lang))
            yield from told
    if not found.is_current:
        yield ""
        yield message("status-older", lang, version=found.version)


def _heading(found: Overview, lang: Language) -> Iterator[tuple[str, str]]:
    run, rate = found.run, found.rate
    if found.holder:
        yield message("status-running", lang), message("status-at-work", lang, **found.holder)
    elif run:
        key = "status-ended" if run.ended else "status-broken-off"
        began, ended = _moment(run.began), _moment(run.ended or run.seen or run.began)
        yield message("status-last-run", lang), message(key, lang, began=began, ended=ended)
    else:
        yield message("status-running", lang), message("status-idle", lang)
    if rate:
        parts = [("progress-page-rate", rate.pages)] if rate.pages else []
        parts.append(("progress-file-rate", rate.documents))
        said = (message(key, lang, rate=per_minute(value, lang)) for key, value in parts)
        yield message("status-rate", lang), ", ".join(said)
    left = found.files_left
    if run and run.found is not None and left is not None:
        key = "status-files-left" if left else "status-nothing-left"
        counted = message(key, lang, left=number(left, lang), found=number(run.found, lang))
        if left and found.seconds_left is not None:
            counted += ", " + message("status-about", lang, time=duration(found.seconds_left, lang))
        yield message("status-left", lang), counted


def _moment(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone():%Y-%m-%d %H:%M}"


def _aligned(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max((len(title) for title, _ in rows), default=0)
    for title, text in rows:
        yield f"{title:{width}}  {text}"


def _count_table(found: Overview, lang: Language) -> Iterator[str]:
    """Documents and pages by status, the figures one below the other."""
    rows: list[tuple[str, ...]] = [("", message("status-documents", lang), message("status-pages", lang))]
    for one in STATUSES:
        counts = found.documents.get(one, 0), found.pages.get(one, 0)
        if any(counts):
            rows.append((message(f"status-of-{one}", lang), *(number(count, lang) for count in counts)))
    totals = (sum(found.documents.values()), sum(found.pages.values()))
    rows.append((message("status-in-all", lang), *(number(total, lang) for total in totals)))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, documents, pages in rows:
        yield f"{name:{widths[0]}}  {documents:>{widths[1]}}  {pages:>{widths[2]}}"


def _failure_lines(found: Overview, out: Path, lang: Language) -> Iterator[str]:
    for failure in found.failures:
        counts = [
            message(key, lang, count=number(count, lang))
            for key, count in (
                ("status-count-documents", failure.documents),
                ("status-count-pages", failure.pages),
            )
            if count
        ]
        yield f"  {failure.cause or '?'} ({', '.join(counts)})"
        yield from (f"    {_told(example, lang)}" for example in failure.examples)
        if failure.documents + failure.pages > len(failure.examples):
            yield "    …"
    if found.failures:
        yield "  " + message("status-retry", lang, out=readable(out))


def _told(example: Example, lang: Language) -> str:
    """What was wrong, after the document's name where the error does not name it."""
    text = error_text(example.error, lang)
    named = "path" in example.error.values
    return text if named else f"{readable(example.document)}: {text}"


def _partial_lines(found: Overview, lang: Language) -> Iterator[str]:
    for document, numbers in found.partial.items():
        pages = ", ".join(map(str, numbers))
        yield f"  {message('status-without', lang, document=readable(document), pages=pages)}"
    more = found.documents.get("partial", 0) - len(found.partial)
    if more > 0:
        yield f"  {message('status-more', lang, count=number(more, lang))}"


def _slow_lines(slowest: Sequence[Slow], lang: Language) -> Iterator[str]:
    times = [
        duration(slow.seconds, lang)
        if slow.seconds >= MINUTE
        else message("seconds", lang, seconds=decimal(slow.seconds, lang))
        for slow in slowest
    ]
    width = max(map(len, times), default=0)
    for slow, time in zip(slowest, times, strict=True):
        page = message("status-page", lang, page=slow.page) if slow.page else ""
        yield f"  {time:>{width}}  {readable(slow.document)}{page}"


def _step_lines(found: Overview, lang: Language) -> Iterator[str]:
    total = sum(found.steps.values())
    shown = [one for one in found.steps.items() if one[1] >= LEAST_SHARE * total][:MOST_STEPS]
    width = max((len(name) for name, _ in shown), default=0)
    for name, seconds in shown:
        yield f"  {name:{width}}  {percent(seconds / total if total else 0.0, lang):>6}"


def _page_table(pages: Sequence[PageState], lang: Language) -> str:
    lines = []
    for page in pages:
        time = "" if page.seconds is None else f"{decimal(page.seconds, lang)} s"
        why = f"  {error_text(page.error, lang)}" if page.error else ""
        status = message(f"status-of-{page.status}", lang)
        lines.append(f"{page.number:>5}  {status:14}  {page.attempts:>2}  {time:>9}{why}".rstrip() + "\n")
    return "".join(lines) or message("status-no-pages", lang) + "\n"


# For programs


def _dumped(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _overview_json(found: Overview, lang: Language) -> dict[str, Any]:
    rate = found.rate
    return {
        "ledger_version": found.version,
        "running": dict(found.holder) if found.holder else None,
        "run": _run_json(found.run) if found.run else None,
        "documents": {one: found.documents.get(one, 0) for one in STATUSES},
        "pages": {one: found.pages.get(one, 0) for one in STATUSES},
        "documents_per_minute": round(60 * rate.documents, 2) if rate else None,
        "pages_per_minute": round(60 * rate.pages, 2) if rate else None,
        "files_left": found.files_left,
        "seconds_left": None if found.seconds_left is None else round(found.seconds_left),
        "failures": [_failure_json(failure, lang) for failure in found.failures],
        "partial": [{"document": name, "pages": list(pages)} for name, pages in found.partial.items()],
        "slowest": [
            {"document": slow.document, "page": slow.page or None, "seconds": slow.seconds}
            for slow in found.slowest
        ],
        "steps": {name: round(seconds, 3) for name, seconds in found.steps.items()},
        "sampled_documents": found.sampled,
    }


def _run_json(run: Run) -> dict[str, Any]:
    return {
        "host": run.host,
        "pid": run.pid,
        "began": _iso(run.began),
        "seen": _iso(run.seen),
        "ended": _iso(run.ended),
        "documents": run.documents,
        "pages": run.pages,
        "seconds": run.seconds,
        "files_found": run.found,
        "files_passed": run.passed,
    }


def _iso(milliseconds: int | None) -> str | None:
    if milliseconds is None:
        return None
    return (
        datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    )


def _failure_json(failure: Failure, lang: Language) -> dict[str, Any]:
    return {
        "cause": failure.cause,
        "documents": failure.documents,
        "pages": failure.pages,
        "examples": [
            {
                "document": example.document,
                "page": example.page or None,
                "reason": error_text(example.error, lang),
            }
            for example in failure.examples
        ],
    }


def _page_json(page: PageState, lang: Language) -> dict[str, Any]:
    return {
        "page": page.number,
        "status": page.status,
        "attempts": page.attempts,
        "seconds": page.seconds,
        "steps": dict(page.steps),
        "cause": page.error.key if page.error else None,
        "reason": error_text(page.error, lang) if page.error else None,
    }
