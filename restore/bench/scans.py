"""The same scans read in three ways, in one run: by Tesseract alone, by OCRmyPDF, and by ``restore run``.

All of them start from the file as it is, each way in processes of its own, with Tesseract on one thread. Order counts in the
word error, as it does to a reader; the words missed are counted without regard to it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from restore.bench.cases import BODY, Case, find_cases, lay
from restore.bench.processes import Run, run
from restore.config import Config
from restore.errors import InputError
from restore.output import RESTORED_FILE
from restore.review.metrics import Scores, evaluate, pool, rate, words_of
from restore.scan.ingest import open_document

TESSERACT, OCRMYPDF, RESTORE = "tesseract", "ocrmypdf", "restore"
WAYS = (TESSERACT, OCRMYPDF, RESTORE)
PDF = ".pdf"
UNKNOWN_DPI = 300  # what OCRmyPDF is told of images that do not say it


@dataclass(frozen=True, slots=True)
class Score:
    """How one page, or document, was read.

    Attributes:
        name: of the page.
        scores: against the true text.
        missed: words of the true text that were not read, wherever they stand.
        body: whether the page holds body text alone.
        seconds: of CPU; None where the pages of a way are not told apart.
    """

    name: str
    scores: Scores
    missed: int
    body: bool
    seconds: float | None

    def as_json(self) -> dict[str, str | float | int | None]:
        """The page as ``bench scans --json`` gives it."""
        return {
            "page": self.name,
            "words": self.scores.words,
            "wer": round(self.scores.wer, 4),
            "cer": round(self.scores.cer, 5),
            "body_cer": round(self.scores.cer, 5) if self.body else None,
            "missed": self.missed,
            "cpu_seconds": None if self.seconds is None else round(self.seconds, 2),
        }


@dataclass(frozen=True, slots=True)
class Way:
    """What one way made of all scans, its CPU seconds with start-up, and the memory of its largest process."""

    name: str
    pages: tuple[Score, ...]
    seconds: float
    megabytes: float

    def as_json(self) -> dict[str, str | float | int | None]:
        """The way pooled by words, as ``bench scans --json`` gives it.

        The body's error is that of the pages of body text alone; of all pages where none of them is told apart.
        """
        pooled = pool(page.scores for page in self.pages)
        body = pool(page.scores for page in self.pages if page.body)
        missed = sum(page.missed for page in self.pages)
        return {
            "pages": len(self.pages),
            "words": pooled.words,
            "wer": round(pooled.wer, 4),
            "cer": round(pooled.cer, 5),
            "body_cer": round((body if body.chars else pooled).cer, 5),
            "missed": missed,
            "missed_share": round(rate(missed, pooled.words), 4),
            "cpu_seconds": round(self.seconds, 2),
            "peak_megabytes": round(self.megabytes),
        }


def scanned(folders: Sequence[Path]) -> tuple[Case, ...]:
    """The scans of all folders whose true text is known.

    Raises:
        InputError: one of the folders has none.
    """
    cases: list[Case] = []
    for folder in folders:
        found = [case for case in find_cases(folder) if case.kind == "scan"]
        if not found:
            raise InputError("no-bench-scans", path=folder)
        cases += found
    return tuple(cases)


def missed(text: str, gold: str) -> int:
    """How many words of the true text were not read, wherever they stand.

    >>> missed("An, Kiến quận", "Quận Kiến An Kiến")
    2
    """
    return (Counter(words_of(gold)) - Counter(words_of(text))).total()


def score(case: Case, text: str, seconds: float | None) -> Score:
    """Compare what was read of a case with what is true."""
    gold = case.truth()
    return Score(case.name, evaluate(text, gold), missed(text, gold), case.name.endswith(BODY), seconds)


def installed(ocrmypdf: str | None) -> str | None:
    """OCRmyPDF's program, None where there is none; given by name or path, or looked for on the path."""
    return shutil.which(ocrmypdf or OCRMYPDF)


def ways(
    cases: Sequence[Case], config: Config, ocrmypdf: str | None, done: Callable[[str], None]
) -> Iterator[Way]:
    """Read all scans in every way that is installed.

    Args:
        cases: scans.
        config: restore's settings; those that ``run`` takes by flags are left as they are by default.
        ocrmypdf: OCRmyPDF's program; None leaves that way out.
        done: called with the name of each page that a way has read.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _one_by_one(TESSERACT, cases, lambda path: _tesseract(path, folder), done)
        if ocrmypdf is not None:
            yield _one_by_one(OCRMYPDF, cases, lambda path: _ocrmypdf(ocrmypdf, path, folder), done)
        yield _restore(cases, config, folder, done)


def _one_by_one(
    name: str, cases: Sequence[Case], read: Callable[[Path], Run], done: Callable[[str], None]
) -> Way:
    pages, runs = [], list[Run]()
    for case in cases:
        found = [read(path) for path in case.paths]
        text, seconds = "\n".join(one.text for one in found), sum(one.seconds for one in found)
        pages.append(score(case, text, seconds))
        runs += found
        done(case.name)
    return Way(name, tuple(pages), sum(one.seconds for one in runs), max(one.megabytes for one in runs))


def _tesseract(path: Path, folder: Path) -> Run:
    """Tesseract's plain call. It reads no PDF: of one it gets the pages as images, which costs it nothing."""
    if path.suffix.lower() != PDF:
        return run(["tesseract", path, "-", "-l", "vie"])
    runs = []
    with open_document(path) as document:
        for number in range(1, document.page_count + 1):
            page, image = document.load(number), folder / "page.png"
            pixels = page.image if page.image.ndim == 2 else page.image[:, :, ::-1]
            Image.fromarray(pixels).save(image, dpi=(page.dpi, page.dpi))
            runs.append(run(["tesseract", image, "-", "-l", "vie"]))
    text = "\n".join(one.text for one in runs)
    seconds, megabytes = sum(one.seconds for one in runs), max(one.megabytes for one in runs)
    return Run(max(one.code for one in runs), text, seconds, megabytes)


def _ocrmypdf(program: str, path: Path, folder: Path) -> Run:
    """OCRmyPDF's sidecar text; a plain PDF is asked for, so that it need not make PDF/A."""
    sidecar, made = folder / "sidecar.txt", folder / "made.pdf"
    sidecar.unlink(missing_ok=True)
    command: list[str | Path] = [program, "--quiet", "--jobs", "1", "--deskew", "--clean", "-l", "vie"]
    command += ["--output-type", "pdf", "--sidecar", sidecar]
    if path.suffix.lower() == PDF:
        command.append("--force-ocr")
    else:
        with Image.open(path) as image:
            if "dpi" not in image.info:
                command += ["--image-dpi", str(UNKNOWN_DPI)]
    found = run([*command, path, made])
    text = sidecar.read_text("utf-8") if sidecar.is_file() else ""
    return Run(found.code, text, found.seconds, found.megabytes)


def _restore(cases: Sequence[Case], config: Config, folder: Path, done: Callable[[str], None]) -> Way:
    """One ``restore run --jobs 1`` over all scans, as a user would call it."""
    inputs, out = folder / "in", folder / "out"
    inputs.mkdir()
    names = {}
    for number, path in enumerate(path for case in cases for path in case.paths):
        names[path] = f"{number:05}{path.suffix}"
        lay(path, inputs / names[path])
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "restore",
        "run",
        inputs,
        "-o",
        out,
        "--jobs",
        "1",
        "--mode",
        config.mode,
    ]
    found = run(command)
    if not any((out / name / RESTORED_FILE).is_file() for name in names.values()):
        raise InputError("bench-batch-failed", path=inputs, reason=f"restore run: {found.code}")
    pages = []
    for case in cases:
        texts = [out / names[path] / RESTORED_FILE for path in case.paths]
        text = "\n".join(path.read_text("utf-8") for path in texts if path.is_file())
        pages.append(score(case, text, None))
        done(case.name)
    return Way(RESTORE, tuple(pages), found.seconds, found.megabytes)
