"""Render pages of the corpora, degrade them, and write them with their true text, as ``restore bench`` reads them.

    python -m tools.render_scans CORPORA --seed N --pages K -o FOLDER [--grades hard fax] [--held-out] [--tables]

Every third or so of the pages is a decision with header, signature and a red stamp over the name; the others hold
body text alone, and have ``.body`` in their names. With ``--tables`` all pages are appendices with a ruled table.
Typeface, size and leading change from page to page. The pages hold other people's text and are to stay outside the
project; the same seed, fonts and Pillow give the same pixels.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from restore.bench.cases import BODY, GOLD
from tools.corpus_pages import CorpusPage, Texts, appendix, page, texts
from tools.degrade import GRADES, degrade
from tools.render import RenderedPage, render, render_plain
from tools.render_samples import has_colour
from tools.render_table import DrawnTable, draw_table
from tools.typeface import FREE_SERIF, LIBERATION_SERIF, TINOS

FACES = (TINOS, LIBERATION_SERIF, FREE_SERIF)
POINTS = (12.0, 13.0, 14.0)
LEADING = (1.15, 1.45)
# Which of eight pages are decisions; so were they in the benchmark of the degradations.
DECISIONS = (2, 4, 6)


def set_page(content: CorpusPage, rng: np.random.Generator) -> RenderedPage:
    """A page in a typeface, size and leading drawn at random; a decision with as many paragraphs as fit."""
    face = FACES[int(rng.integers(len(FACES)))]
    points, leading = float(rng.choice(POINTS)), float(rng.uniform(*LEADING))
    if content.draft is None:
        return render_plain(content.paragraphs, face, points, leading)
    for count in range(min(len(content.draft.body), 12), 0, -1):
        pages = render(replace(content.draft, body=content.draft.body[:count]), face, points, leading)
        if len(pages) == 1:
            break
    return pages[0]


def scans(
    corpora: Texts, seed: int, count: int, grade: str
) -> Iterator[tuple[str, RenderedPage | DrawnTable, int]]:
    """Pages to scan in one grade: name, page as set, and seed of its damage."""
    for number in range(count):
        own = zlib.crc32(f"{seed}/{grade}/{number}".encode())
        rng = np.random.default_rng(own)
        plain = (seed + number) % 8 not in DECISIONS
        yield (
            f"{grade}-{seed}-{number + 1:02}{BODY if plain else ''}",
            set_page(page(corpora, rng, plain=plain), rng),
            own,
        )


def appendices(
    corpora: Texts, seed: int, count: int, grade: str
) -> Iterator[tuple[str, RenderedPage | DrawnTable, int]]:
    """Pages with a table: name, page as drawn, and seed of its damage."""
    for number in range(count):
        own = zlib.crc32(f"{seed}/{grade}/{number}/table".encode())
        yield (
            f"{grade}-{seed}-{number + 1:02}-table",
            draw_table(appendix(corpora, np.random.default_rng(own))),
            own,
        )


def write_scan(folder: Path, name: str, rendered: RenderedPage | DrawnTable, grade: str, seed: int) -> None:
    """Write the scan of a page and its true text."""
    image = rendered.image if has_colour(rendered.image) else rendered.image.convert("L")
    settings = GRADES[grade]
    scan, dpi = degrade(image, grade, seed), (settings.resolution, settings.resolution)
    if grade == "clean" or not settings.jpeg:
        scan.save(folder / f"{name}.png", dpi=dpi)
    else:
        scan.save(folder / f"{name}.jpg", quality=settings.jpeg, dpi=dpi)
    (folder / f"{name}{GOLD}").write_text(rendered.text, encoding="utf-8")


def main() -> None:
    """Write some pages in each grade."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--pages", type=int, required=True, help="in each grade")
    parser.add_argument("--grades", nargs="+", choices=GRADES, default=list(GRADES))
    parser.add_argument("--held-out", action="store_true", help="of documents that nothing is learned from")
    parser.add_argument("--tables", action="store_true", help="appendices with a table")
    options = parser.parse_args()
    made = appendices if options.tables else scans
    corpora = texts(options.corpora, held_out=options.held_out)
    for grade in options.grades:
        folder = options.output / grade
        folder.mkdir(parents=True, exist_ok=True)
        for name, rendered, seed in made(corpora, options.seed, options.pages, grade):
            write_scan(folder, name, rendered, grade, seed)


if __name__ == "__main__":
    main()
