"""Learn the table of one kind of engine from print of our own, whose true text is known.

    python -m tools.learn_rendered_channel CORPORA -o TABLE --engine ocrad [--lines 1500]

Lines of the corpora are set in upright, bold and italic type, blurred and soiled a little, and read by the engine; the lines as
set and as read are aligned letter by letter (EM from the generic channel) and counted. Engines: ``ocrad`` (``-c ascii``) and
``gocr``, which know no Vietnamese; ``tesseract-eng``, Tesseract's English, ``tesseract-ascii``, the same without the accents
that it has, and ``tesseract-vie``, its Vietnamese. TABLE is in the format of ``dictionaries/confusions.tsv``, into which it is
sorted; the same programs and fonts give the same bytes.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from rapidfuzz import fuzz, process
from restore.correct._alignment import align

from restore.language import channel, families, vietnamese
from restore.language.channel import GRAPHEME_NUMBER, GRAPHEMES, Floats, Observations
from tools.corpora import documents
from tools.learn_channel import write_table
from tools.typeface import STYLES, load_font

# Registers nearest to what offices write, in the order in which their lines are taken in turn.
CORPORA = ("local-decisions", "procedures", "laws", "vbpl")
LINE_LENGTH = (45, 75)  # characters of a line as set
PAGE_LINES = 24
POINTS, DPI = (12, 13, 14), (200, 300)
BLUR, NOISE = (0.6, 1.3), (4.0, 16.0)  # pixels and grey levels: from a fair scan to a bad photocopy
ROUNDS = 3
MARKS = ",.;:-/()0123456789"
MARK_KEPT = 0.8  # P(a mark or digit was read as itself), to begin with
ALIKE = 45.0  # of 100: a line as read that resembles no line as set more than so is none of them
DEAR = 2.2  # nats a letter: a dearer alignment is of lines that do not belong together
# What is not ASCII in Tesseract's English.
LATIN = "".join(chr(code) for code in range(0xA1, 0x180)) + "‘’“”—–€™ﬁﬂ"
TESSERACT = ("tesseract", "{pnm}", "-", "--psm", "6", "--dpi", "{dpi}", "-l")
ENGINES = {
    "ocrad": ("ocrad", "--charset=ascii", "{pnm}"),
    "gocr": ("gocr", "-i", "{pnm}"),
    "tesseract-eng": (*TESSERACT, "eng"),
    "tesseract-ascii": (*TESSERACT, "eng", "-c", f"tessedit_char_blacklist={LATIN}"),
    "tesseract-vie": (*TESSERACT, "vie"),
}

Gray = npt.NDArray[np.uint8]


def lines_to_set(folder: Path) -> Iterator[str]:
    """Lines of the corpora, cut at blanks, one document's after the other's, the corpora in turn."""
    streams = [_cut(folder, name) for name in CORPORA]
    while streams:
        for stream in tuple(streams):
            line = next(stream, None)
            if line is None:
                streams.remove(stream)
            else:
                yield line


def _cut(folder: Path, corpus: str) -> Iterator[str]:
    low, high = LINE_LENGTH
    for document in documents(folder, [corpus]):
        for text in document.lines[::3]:
            if len(text) >= low and all(c in GRAPHEME_NUMBER or c in MARKS or c == " " for c in text):
                yield text if len(text) <= high else text[:high].rsplit(" ", 1)[0]


def typeset(lines: Sequence[str], rng: np.random.Generator) -> tuple[Gray, int]:
    """A page of lines in one typeface, as a photocopier leaves it, and its resolution in dots an inch."""
    dpi = int(rng.choice(DPI))
    points = int(rng.choice(POINTS)) * dpi / DPI[-1]  # load_font sets at 300 dpi
    font = load_font(str(rng.choice(STYLES)), points)
    size = round(points * DPI[-1] / 72)
    width = int(max(font.getlength(line) for line in lines)) + 4 * size
    page = Image.new("L", (width, int((len(lines) + 2) * size * 1.6)), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((2 * size, int((number + 1) * size * 1.6)), line, font=font, fill=20)
    pixels = cv2.GaussianBlur(np.asarray(page, np.float32), (0, 0), float(rng.uniform(*BLUR)) * dpi / 300)
    pixels += rng.normal(0, rng.uniform(*NOISE), pixels.shape).astype(np.float32)
    return np.clip(pixels, 0, 255).astype(np.uint8), dpi


def read(page: Gray, dpi: int, engine: str) -> list[str]:
    """The lines that an engine reads on a page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pgm"
        if engine in ("ocrad", "gocr"):
            page = np.where(page < 128, 0, 255).astype(np.uint8)
        Image.fromarray(page).save(path)
        command = [part.format(pnm=path, dpi=dpi) for part in ENGINES[engine]]
        result = subprocess.run(command, capture_output=True, check=True)
    text = vietnamese.nfc(result.stdout.decode("utf-8", "replace"))
    if engine == "ocrad":
        text = text.replace("_", "~")  # what it writes for letters that it cannot read
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(folder: Path, engine: str, count: int) -> Iterator[tuple[str, str]]:
    """Lines as set and as read, both without blanks."""
    rng = np.random.default_rng(0)
    lines = lines_to_set(folder)
    for _ in range(count // PAGE_LINES):
        true = list(islice(lines, PAGE_LINES))
        seen = read(*typeset(true, rng), engine)
        bare = [vietnamese.strip_marks(line) for line in true]
        for line in seen:
            hit = process.extractOne(
                vietnamese.strip_marks(line), bare, scorer=fuzz.ratio, score_cutoff=ALIKE
            )
            if hit is not None:
                yield true[hit[2]].replace(" ", ""), line.replace(" ", "")


def learn(found: Sequence[tuple[str, str]], accents: float) -> Floats:
    """Counts [graphemes, strings] of what every grapheme became in lines as set and as read."""
    observations = Observations([seen for _, seen in found])
    before = families.prior(observations, accents, common=False)
    table = before
    rows = {**GRAPHEME_NUMBER, **{mark: len(GRAPHEMES) + n for n, mark in enumerate(MARKS)}}
    marks = _marks(observations)
    counts = np.zeros_like(before)
    for _ in range(ROUNDS):
        cost = np.concatenate([channel.cost(table), marks])
        counts = np.zeros_like(before)
        for true, seen in found:
            graphemes = np.array([rows[letter] for letter in true], np.int32)
            total, became = align(graphemes, observations.of(seen), cost)
            if total < DEAR * len(true):
                for grapheme, string in zip(graphemes, became, strict=True):
                    if grapheme < len(GRAPHEMES):
                        counts[grapheme, string] += 1
        table = channel.adapt(before, counts)
    return counts


def _marks(observations: Observations) -> Floats:
    """Costs of what marks and digits became: themselves, or anything."""
    cost = np.full((len(MARKS), len(observations.strings)), 9.0, np.float32)
    for row, mark in enumerate(MARKS):
        if mark in observations.number:
            cost[row, observations.number[mark]] = -np.log(MARK_KEPT)
    return cost


def main() -> None:
    """Learn one engine's table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--engine", choices=ENGINES, required=True)
    parser.add_argument("--family", help="name of the table; the engine's where it is not given")
    parser.add_argument("--lines", type=int, default=1500)
    options = parser.parse_args()
    found = list(pairs(options.corpora, options.engine, options.lines))
    accents = channel.accent_rate(" ".join(seen for _, seen in found))
    observations = Observations([seen for _, seen in found])
    counts = learn(found, accents)
    name = options.family or options.engine
    table: dict[str, dict[str, float]] = {}
    for g, s in zip(*counts.nonzero(), strict=True):
        table.setdefault(GRAPHEMES[g], {})[observations.strings[s]] = float(counts[g, s])
    write_table(options.output, name, table)


if __name__ == "__main__":
    main()
