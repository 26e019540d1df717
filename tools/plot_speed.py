"""Write what was measured into the docs: ``python -m tools.plot_speed DOCS KIND=REPORT.json...``.

KIND is ``speed``, ``batch`` or ``workers``, REPORT what ``restore bench KIND --json`` wrote. Tables replace what stands in
``speed.md`` between ``<!-- measured: NAME -->`` and ``<!-- /measured -->``; ``speed.svg`` and ``batch.svg`` are drawn anew.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from restore.bench.labels import label
from tools.plot_reliability import COLOURS, STYLE

PAGE = "speed.md"
WIDTH, LEFT, RIGHT = 780, 230, 90
BAR, GAP = 22, 12
SMALLEST = 0.02  # share of a page that is drawn as a step of its own
_TITLES = {"text": "Damaged texts", "scan": "Scans"}
_STEP_COLOURS = ("#0b57d0", "#1a7f5a", "#b3541e", "#8a2be2", "#5b7083", "#c2185b", "#00838f", "#8d6e00")


def told(path: Path, tables: Mapping[str, str]) -> str:
    """A page with its measured tables replaced; what was not measured this time stays."""
    text = path.read_text("utf-8")
    for name, table in tables.items():
        place = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- /measured -->)", re.DOTALL)
        if not place.search(text):
            raise ValueError(f"{path.name} has no place for {name}")
        text = place.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    return text


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A table in Markdown, numbers to the right.

    >>> print(table(["step", "s"], iter([["clean", "1"]])))
    | step | s |
    |---|---:|
    | clean | 1 |
    """
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    joined = ["| " + " | ".join(head) + " |", "|" + "|".join(lines[1]) + "|"]
    return "\n".join([*joined, *("| " + " | ".join(row) + " |" for row in rows)])


def machine_of(report: Mapping[str, Any]) -> str:
    """The machine in one sentence."""
    about = report["machine"]
    return (
        f"{about['processors']} processors ({about['processor']}), {about['memory_gigabytes']:.0f} GB, {about['system']}, "
        f"Python {about['python']}, Tesseract {about['tesseract']}; load {about['load']} when it began."
    )


def speed_tables(report: Mapping[str, Any]) -> dict[str, str]:
    """The tables of ``bench speed``: steps and ways of each kind, and the machine."""
    tables = {"speed-machine": "\n" + machine_of(report) + "\n"}
    for kind in ("text", "scan"):
        if kind in report:
            tables[f"{kind}-steps"] = "\n" + table(_STEP_HEAD, _step_rows(report[kind])) + "\n"
            tables[f"{kind}-ways"] = "\n" + table(_WAY_HEAD, _way_rows(report[kind])) + "\n"
    return tables


_STEP_HEAD = ("step", "CPU s a page", "least - most", "share", "pages a second and core")
_WAY_HEAD = (
    "way",
    "CPU s a page",
    "pages a second and core",
    "CPU, `restore run` = 1",
    "least - most",
    "word error",
)


def _step_rows(speed: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    whole = sum(spread[1] for spread in speed["steps"].values())
    for name, (least, median, most) in speed["steps"].items():
        rate = f"{1 / median:.1f}" if median > 0 else ""
        yield f"`{name}`", f"{median:.4f}", f"{least:.4f} - {most:.4f}", f"{median / whole:.1%}", rate
    yield "all", f"**{whole:.3f}**", "", "", f"**{1 / whole:.2f}**"


def _way_rows(speed: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for name, row in speed["ways"].items():
        least, median, most = row["against_restore"]
        wer = "" if row["wer"] is None else f"{row['wer']:.3f}"
        cost = f"{row['cpu_seconds_a_page'][1]:.4f}"
        yield (
            way_name(name),
            cost,
            f"{row['pages_per_second']:.1f}",
            f"{median:.2f}",
            f"{least:.2f} - {most:.2f}",
            wer,
        )


def way_name(name: str) -> str:
    """What a way is called.

    >>> way_name("restore"), way_name("run")
    ('restore, the correction alone', 'restore run')
    """
    return label("core" if name == "restore" else name, "en")


def batch_tables(report: Mapping[str, Any]) -> dict[str, str]:
    """The tables of ``bench batch``."""
    head = ("tenth", "pages", "pages a second", "CPU s a page", "MB, coordinator", "MB, workers")
    parts = (
        (
            str(number),
            str(part["pages"]),
            f"{part['pages_per_second']:.2f}",
            f"{part['cpu_seconds_a_page']:.3f}",
            f"{part['coordinator_megabytes']:.1f}",
            f"{part['workers_megabytes']:.1f}",
        )
        for number, part in enumerate(report["parts"], 1)
    )
    verdicts = (
        (
            label(one["name"], "en"),
            f"{one['measured']:+.1%}" if one["bound"] < 1 else f"{one['measured']:.0f}",
            f"≤ {one['bound']:+.0%}" if one["bound"] < 1 else f"< {one['bound']:.0f}",
            "yes" if one["kept"] else "**no**",
        )
        for one in report["verdicts"]
    )
    total = label("batch-total", "en").format(**report, minutes=round(report["seconds"] / 60, 1))
    whole = sum(report["steps"].values())
    steps = (
        (f"`{name}`", f"{seconds * 1000:.1f}", f"{seconds / whole:.1%}")
        for name, seconds in report["steps"].items()
    )
    return {
        "batch-steps": f"\n{table(('step', 'CPU ms a page', 'share'), steps)}\n",
        "batch-machine": f"\n{machine_of(report)}\n",
        "batch-parts": f"\n{table(head, parts)}\n\n{total}\n",
        "batch-verdicts": f"\n{table(('promise', 'measured', 'bound', 'kept'), verdicts)}\n",
    }


def workers_tables(report: Mapping[str, Any]) -> dict[str, str]:
    """The table of ``bench workers``: a row a round, and their median."""
    head = (
        "pages",
        "s, one",
        "s, two",
        "times",
        "start and end out",
        "CPU a page, two / one",
        "processors busy, two",
        "others",
    )
    keys = (
        "seconds_one",
        "seconds_two",
        "speed_up",
        "steady_speed_up",
        "dearer",
        "busy_two",
        "others",
    )

    def rows() -> Iterator[Sequence[str]]:
        for kind in ("text", "scan"):
            for pair in report[kind]:
                yield f"{pair['pages']} {kind}", *(f"{pair[key]:.4g}" for key in keys)
            medians = (statistics.median(pair[key] for pair in report[kind]) for key in keys)
            yield f"**{kind}, median**", *(f"**{median:.4g}**" for median in medians)

    return {"workers-machine": f"\n{machine_of(report)}\n", "workers": f"\n{table(head, rows())}\n"}


def speed_picture(report: Mapping[str, Any]) -> str:
    """CPU seconds a page of every way as bars, our own parted into its steps."""
    parts: list[str] = []
    top = 20
    for kind in (kind for kind in _TITLES if kind in report):
        lines, top = _bars(report[kind], _TITLES[kind], top)
        parts += lines
    return _svg(parts, top, "CPU seconds a page, step by step, beside other programs")


def _bars(speed: Mapping[str, Any], title: str, top: int) -> tuple[list[str], int]:
    costs = {name: row["cpu_seconds_a_page"][1] for name, row in speed["ways"].items()}
    steps = pieces_of(speed)
    scale = (WIDTH - LEFT - RIGHT) / max(costs.values())
    parts = [f'<text x="10" y="{top + 4}" style="font-weight: bold">{title}: CPU seconds a page</text>']
    top += 18
    for index, (name, cost) in enumerate(costs.items()):
        pieces = steps if name == "run" else {"": cost}
        parts.append(f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{_short(way_name(name))}</text>')
        x = float(LEFT)
        for piece, (step, seconds) in enumerate(pieces.items()):
            colour = _STEP_COLOURS[piece % len(_STEP_COLOURS)] if name == "run" else "#8d929c"
            width = seconds * scale
            box = f'x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR}"'
            parts.append(f'<rect {box} fill="{colour}"><title>{step} {seconds:.4f} s</title></rect>')
            x += width
        parts.append(f'<text x="{x + 6:.1f}" y="{top + 15}">{cost:.3g}</text>')
        top += BAR + GAP
        if index == 0:
            legend, top = _legend(steps, top)
            parts += legend
    return parts, top + 16


def pieces_of(speed: Mapping[str, Any]) -> dict[str, float]:
    """CPU seconds a page of ``restore run`` by step, the cheap ones together, and what its start adds where it is counted.

    >>> pieces_of({"steps": {"clean": [1, 2, 3]}, "ways": {"run": {"cpu_seconds_a_page": [2, 2.5, 3]}}})
    {'clean': 2, 'others': 0, 'start': 0.5}
    """
    steps = {name: spread[1] for name, spread in speed["steps"].items()}
    whole = speed["ways"]["run"]["cpu_seconds_a_page"][1]
    large = {name: seconds for name, seconds in steps.items() if seconds >= SMALLEST * whole}
    started = whole - sum(steps.values())  # medians do not add up exactly: a small rest says nothing
    found = large | {"others": sum(steps.values()) - sum(large.values())}
    return found | ({"start": started} if started >= SMALLEST * whole else {})


def _legend(steps: Mapping[str, float], top: int) -> tuple[list[str], int]:
    """The names of the steps under the bar that is parted into them, in rows."""
    parts, x = [], LEFT
    for piece, name in enumerate(steps):
        if x + 26 + 8 * len(name) > WIDTH:
            x, top = LEFT, top + 18
        colour = _STEP_COLOURS[piece % len(_STEP_COLOURS)]
        parts.append(f'<rect x="{x}" y="{top - 6}" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 14}" y="{top + 3}">{name}</text>')
        x += 26 + 8 * len(name)
    return parts, top + 22


def _short(name: str) -> str:
    """A name that fits beside its bar."""
    return name if len(name) < 30 else name[:27] + "…"


def batch_picture(report: Mapping[str, Any]) -> str:
    """Memory of coordinator and workers, and pages done, over the time of a batch."""
    curve = report["moments"]
    seconds = curve[-1]["seconds"]
    lines = {
        "workers, MB": ("workers_megabytes", COLOURS[0]),
        "coordinator, MB": ("coordinator_megabytes", COLOURS[1]),
    }
    most = max(row[key] for row in curve for key, _ in lines.values())
    parts = _panel(40, 180, f"{most:.0f} MB", seconds)
    for index, (name, (key, colour)) in enumerate(lines.items()):
        parts.append(_line(curve, key, most, 40, 180, seconds, colour))
        parts.append(
            f'<text x="{90 + 180 * index}" y="26" fill="{colour}" style="fill:{colour}">{name}</text>'
        )
    parts += _panel(270, 180, f"{report['pages']:,}", seconds)
    parts.append('<text x="90" y="258">pages done: a straight line is a constant rate</text>')
    parts.append(_line(curve, "pages", report["pages"], 270, 180, seconds, COLOURS[2]))
    return _svg(parts, 490, f"Memory and pages done in a batch of {report['pages']} pages")


def _panel(top: int, height: int, most: str, seconds: float) -> list[str]:
    bottom = top + height
    return [
        f'<path class="axis" d="M80 {top}V{bottom}H{WIDTH - 20}"/>',
        f'<text x="74" y="{top + 10}" text-anchor="end">{most}</text>',
        f'<text x="74" y="{bottom}" text-anchor="end">0</text>',
        f'<text x="{WIDTH - 20}" y="{bottom + 18}" text-anchor="end">{seconds / 60:.0f} minutes</text>',
    ]


def _line(
    curve: Sequence[Mapping[str, float]],
    key: str,
    most: float,
    top: int,
    height: int,
    seconds: float,
    colour: str,
) -> str:
    points = (
        f"{80 + (WIDTH - 100) * row['seconds'] / seconds:.1f} {top + height * (1 - row[key] / most):.1f}"
        for row in curve
    )
    return f'<path d="M{"L".join(points)}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _svg(parts: Sequence[str], height: int, title: str) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        f"<title>{title}</title>",
        STYLE,
        f'<rect class="paper" width="{WIDTH}" height="{height}" fill="#fdfdfb"/>',
    )
    return "\n".join([*head, *parts, "</svg>"]) + "\n"


def main(docs: Path, named: Sequence[str]) -> None:
    """Write tables and pictures of reports, given as KIND=REPORT.json."""
    for one in named:
        kind, _, path = one.partition("=")
        report = json.loads(Path(path).read_text("utf-8"))
        makers = {"speed": speed_tables, "batch": batch_tables, "workers": workers_tables}
        (docs / PAGE).write_text(told(docs / PAGE, makers[kind](report)), "utf-8")
        pictures = {"speed": speed_picture, "batch": batch_picture}
        if kind in pictures:
            (docs / f"{kind}.svg").write_text(pictures[kind](report), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
