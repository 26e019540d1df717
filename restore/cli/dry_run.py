"""``restore run --dry-run``: what would be done, and how long that would take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from restore.batch.inputs import Job
from restore.batch.status import Rate, measured_rate
from restore.batch.survey import Planned, survey
from restore.cli.console import put, say
from restore.cli.durations import duration
from restore.config import Config
from restore.errors import readable
from restore.messages import Language, message
from restore.review.marks import number

# In the order in which they are told; those of the second line need no work.
WORK = ("new", "interrupted", "changed-file", "changed-options", "incomplete", "overwrite", "retry", "taken")
REST = ("done", "failed-before", "skipped", "unreadable")
AT_ONCE = 500  # lines that are written at once


def dry_run(jobs: Iterable[Job], out: Path, config: Config, *, retry_failed: bool) -> None:
    """Write a line a file to standard output: its path, its name in the output folder and why it is done or left alone.

    What that comes to is said on standard error, with the time that it takes at the rate of the last runs.
    """
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for planned in survey(jobs, out, config, retry_failed=retry_failed):
        counts[planned.decision.why] += 1
        lines.append(_line(planned))
        if len(lines) == AT_ONCE:
            put("".join(lines))
            lines = []
    put("".join(lines))
    for line in told(counts, measured_rate(out), config.lang):
        say(line)


def _line(planned: Planned) -> str:
    job, decision = planned
    return f"{job.url or readable(job.path)}\t{job.name}\t{decision.why}\n"


def told(counts: Counter[str], rate: Rate | None, lang: Language) -> Iterator[str]:
    """What a survey comes to, in sentences.

    Args:
        counts: files by why they are done or left alone.
        rate: of the last runs.
        lang: the reader's language.

    >>> for line in told(Counter({"new": 1200, "done": 7}), Rate(documents=0.5, pages=1.0), "en"):
    ...     print(line)
    To be done: 1,200 (new: 1,200), about 40 min at the rate of the last runs.
    Not to be done: 7 (done: 7).
    """
    work = sum(counts[why] for why in WORK)
    if not work:
        yield message("dry-run-nothing", lang)
    else:
        reasons = _reasons(counts, WORK, lang)
        if rate:
            time = duration(work / rate.documents, lang)
            yield message("dry-run-work", lang, count=number(work, lang), reasons=reasons, time=time)
        else:
            yield message("dry-run-no-rate", lang, count=number(work, lang), reasons=reasons)
    rest = sum(counts[why] for why in REST)
    if rest:
        reasons = _reasons(counts, REST, lang)
        yield message("dry-run-rest", lang, count=number(rest, lang), reasons=reasons)


def _reasons(counts: Counter[str], whys: Iterable[str], lang: Language) -> str:
    return ", ".join(
        f"{message(f'why-{why}', lang)}: {number(counts[why], lang)}" for why in whys if counts[why]
    )
