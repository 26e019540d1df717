"""Draw what reading the doubtful words first finds: ``python -m tools.plot_review_curve OUT.svg NAME=REPORT.json=KIND=GOAL...``.

Each report is what ``restore bench confidence --json`` wrote, KIND is ``text`` or ``scan`` and GOAL the share of the errors that
the least certain tenth is to hold. Drawn is the share of all errors, words that were never read among them, which no curve reaches.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tools.plot_reliability import COLOURS, MARGIN, SIZE, STYLE, place

TENTH = 0.1


@dataclass(frozen=True)
class Curve:
    """A measured curve: its name, the share of the errors of read words by the share of the words, and what goes with it."""

    name: str
    points: tuple[float, ...]
    words: int
    errors: int
    missing: int
    caught: float
    goal: float

    def heights(self) -> list[float]:
        """The share of all errors at each point; the last one leaves out what was never read.

        >>> Curve("scans", (0.0, 0.5, 1.0), 20, 10, 2, 4.0, 0.7).heights()
        [0.0, 0.4, 0.8]
        """
        read = (self.errors - self.missing) / self.errors if self.errors else 1.0
        return [share * read for share in self.points]


def read_curve(said: str) -> Curve:
    """The curve of one argument, NAME=REPORT.json=KIND=GOAL."""
    name, path, kind, goal = said.split("=")
    report = json.loads(Path(path).read_text("utf-8"))[kind]
    counts = {key: report[key] for key in ("words", "errors", "missing", "caught")}
    return Curve(name, tuple(report["curve"]), goal=float(goal), **counts)


def drawn(curves: Sequence[Curve]) -> str:
    """The picture of some curves."""
    width, height = SIZE + 2 * MARGIN, SIZE + 2 * MARGIN + 24 * len(curves)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>Share of the errors left that is found, by the share of the words that is read, the least certain first</title>",
        STYLE,
        f'<rect class="paper" width="{width}" height="{height}" fill="#fdfdfb"/>',
        *_axes(),
    ]
    for index, curve in enumerate(curves):
        parts += _series(curve, COLOURS[index % len(COLOURS)], SIZE + 2 * MARGIN + 24 * index)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes() -> Iterator[str]:
    (left, bottom), (right, top) = place(0, 0), place(1, 1)
    yield f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>'
    tenth, _ = place(TENTH, 0)
    yield f'<path class="sure" d="M{tenth} {bottom}V{top}"/>'
    yield f'<text x="{tenth}" y="{top - 8}" text-anchor="middle">a tenth of the words</text>'
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(tick, tick)
        yield f'<path class="grid" d="M{left} {y}H{right}M{x} {bottom}V{top}"/>'
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{tick:.0%}</text>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{tick:.0%}</text>'
    middle = (left + right) / 2
    yield f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">words read, the least certain first</text>'
    turned = f'transform="rotate(-90 14 {middle})"'
    yield f'<text x="14" y="{middle}" text-anchor="middle" {turned}>errors left that they hold</text>'


def _series(curve: Curve, colour: str, legend: int) -> Iterator[str]:
    heights = curve.heights()
    points = [place(step / (len(heights) - 1), share) for step, share in enumerate(heights)]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
    x, y = place(TENTH, curve.goal)
    yield f'<path d="M{x - 14} {y:.1f}H{x + 14}" stroke="{colour}" stroke-width="3"/>'
    yield f'<text x="{x + 20}" y="{y + 4:.1f}">goal {curve.goal:.0%}</text>'
    said = f"{curve.name}: {curve.errors} errors in {curve.words} words, "
    said += f"{curve.caught:.0f} in the tenth, {curve.missing} never read"
    yield f'<circle cx="{MARGIN + 6}" cy="{legend}" r="6" fill="{colour}"/>'
    yield f'<text x="{MARGIN + 20}" y="{legend + 4}">{escape(said)}</text>'


def main(target: Path, curves: Sequence[str]) -> None:
    """Draw the curves of some reports."""
    target.write_text(drawn([read_curve(said) for said in curves]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
