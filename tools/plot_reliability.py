"""Draw how often words of one confidence are right: ``python -m tools.plot_reliability OUT.svg NAME=FOLDER...``.

Each folder is one as ``restore bench confidence`` takes it. The picture is plain SVG; a point is a bin of words, its area
their number.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from restore.bench.cases import damaged_texts
from restore.bench.confidence import Reliability, measure

SIZE, MARGIN = 420, 56
COLOURS = ("#0b57d0", "#b3541e", "#1a7f5a", "#8a2be2")
STYLE = """<style>
  text { font: 13px "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; fill: #1d1f24 }
  .axis, .grid { stroke: #8d929c; fill: none } .grid { stroke-opacity: .25 }
  .sure { stroke: #8d929c; stroke-dasharray: 5 4 }
  @media (prefers-color-scheme: dark) { text { fill: #e8e8e6 } .paper { fill: #16181d } }
</style>"""


def place(confidence: float, right: float) -> tuple[float, float]:
    """Where a point lies, from the top left corner.

    >>> place(0.0, 1.0)
    (56.0, 56.0)
    """
    return MARGIN + SIZE * confidence, MARGIN + SIZE * (1.0 - right)


def drawn(found: Sequence[tuple[str, Reliability]]) -> str:
    """The picture of some measured folders, each with its name."""
    width, height = SIZE + 2 * MARGIN, SIZE + 2 * MARGIN + 24 * len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        "<title>Share of the words that are right, by their confidence</title>",
        STYLE,
        f'<rect class="paper" width="{width}" height="{height}" fill="#fdfdfb"/>',
        *_axes(),
    ]
    for index, (name, one) in enumerate(found):
        parts += _series(name, one, COLOURS[index % len(COLOURS)], SIZE + 2 * MARGIN + 24 * index)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes() -> list[str]:
    (left, bottom), (right, top) = place(0, 0), place(1, 1)
    parts = [f'<path class="axis" d="M{left} {top}V{bottom}H{right}"/>']
    parts.append(f'<path class="sure" d="M{left} {bottom}L{right} {top}"/>')
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(tick, tick)
        parts.append(f'<path class="grid" d="M{left} {y}H{right}M{x} {bottom}V{top}"/>')
        parts.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    middle = (left + right) / 2
    parts.append(f'<text x="{middle}" y="{bottom + 40}" text-anchor="middle">confidence of the words</text>')
    turned = f'transform="rotate(-90 16 {middle})"'
    parts.append(f'<text x="16" y="{middle}" text-anchor="middle" {turned}>share that is right</text>')
    return parts


def _series(name: str, found: Reliability, colour: str, legend: int) -> list[str]:
    points = [(*place(one.confidence, one.right), one.words) for one in found.bins]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
    parts = [f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>']
    for x, y, words in points:
        radius = 2.5 + 12 * (words / found.words) ** 0.5
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity=".35" stroke="{colour}"/>'
        )
    said = (
        f"{name}: {found.errors} errors in {found.words} words, {found.share:.0%} in the least certain tenth"
    )
    parts.append(f'<circle cx="{MARGIN + 6}" cy="{legend}" r="6" fill="{colour}"/>')
    parts.append(f'<text x="{MARGIN + 20}" y="{legend + 4}">{escape(said)}</text>')
    return parts


def main(target: Path, folders: Sequence[str]) -> None:
    """Measure the folders, given as NAME=FOLDER, and write the picture."""
    named = [folder.partition("=") for folder in folders]
    found = [(name, measure(damaged_texts([Path(folder)]))["text"]) for name, _, folder in named]
    target.write_text(drawn(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
