"""Where a fault is tried: a batch that is made up, the processes at work on it, and what must be the same in the end.

    <scene>/in          texts and pages, always the same ones
    <scene>/out         the results
    <scene>/tmp         the only place for temporary files: what is left there is left behind
    <scene>/tools       stands first on PATH; a false Tesseract may lie there
    <scene>/python      stands on PYTHONPATH; what Python does at its start may lie there

All processes carry the scene's mark in their environment: what still carries it when a run has ended is left behind as well.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from PIL import Image, ImageDraw, ImageFont

from restore.batch.ledger import LEDGER_FILE
from restore.language.vietnamese import strip_marks
from restore.output import DOCUMENT_FILE, EDITS_FILE, RESTORED_FILE

MARK = "FAULTS_OF_RESTORE"  # in the environment of every process of a scene; RESTORE_* are settings
RESULTS = (RESTORED_FILE, EDITS_FILE, DOCUMENT_FILE)  # what must be the same to the byte
PATIENT = 30.0  # seconds after which processes that should end are left behind
LATEST = 900.0  # seconds after which a run hangs
_PACKAGE = Path(__file__).parents[2]
_DPI = 150
_FONTS = ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf")
_PHRASES = (
    "Ủy ban nhân dân huyện",
    "tổ chức thực hiện kế hoạch",
    "phòng, chống dịch bệnh",
    "chịu trách nhiệm trước pháp luật",
    "căn cứ tình hình thực tế",
    "các cơ quan, đơn vị",
    "báo cáo kết quả",
    "trên địa bàn xã",
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that has ended: its exit code, what it said, and how many seconds it took to end after it was told to."""

    code: int
    said: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A place for one fault.

    Attributes:
        folder: everything lies in it.
        jobs: workers of a run.
        variables: for the environment, beside those that every scene sets.
    """

    folder: Path
    jobs: int = 2
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> Path:
        """The documents."""
        return self.folder / "in"

    @property
    def out(self) -> Path:
        """Their results."""
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        """The place for temporary files."""
        return self.folder / "tmp"

    def command(self, *flags: str) -> list[str]:
        """The command of a run."""
        python = [sys.executable, "-m", "restore"]
        return [*python, "run", str(self.inputs), "-o", str(self.out), "--jobs", str(self.jobs), *flags]

    def environment(self) -> dict[str, str]:
        """The environment of a run."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("RESTORE_")}
        python = [str(self.folder / "python"), str(_PACKAGE), os.environ.get("PYTHONPATH", "")]
        return {
            **own,
            MARK: str(self.folder),
            "RESTORE_LANG": "en",
            "TMPDIR": str(self.temporary),
            "PATH": f"{self.folder / 'tools'}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": os.pathsep.join(filter(None, python)),
            "OMP_THREAD_LIMIT": "1",
            **self.variables,
        }

    def start(self, *flags: str) -> subprocess.Popen[str]:
        """Begin a run in a session of its own."""
        self.temporary.mkdir(exist_ok=True)
        with (self.folder / "said").open("w") as said:
            return subprocess.Popen(
                self.command(*flags),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                text=True,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )

    def run(self, *flags: str) -> Ended:
        """A run from beginning to end."""
        return self.awaited(self.start(*flags))

    def awaited(self, process: subprocess.Popen[str]) -> Ended:
        """Wait for the end of a run; one that hangs is ended with everything that it started."""
        began = time.monotonic()
        try:
            code = process.wait(LATEST)
        except subprocess.TimeoutExpired:
            end_all(self)
            code = process.wait()
        return Ended(code, (self.folder / "said").read_text("utf-8", "replace"), time.monotonic() - began)


def made(folder: Path, *, texts: int, images: int, sheets: Sequence[int] = (), seed: int = 0) -> Scene:
    """A scene with a batch of its own.

    Args:
        folder: made.
        texts: how many damaged texts.
        images: how many images of a page.
        sheets: how many pages each TIFF has.
        seed: the same one gives the same batch.
    """
    scene = Scene(folder)
    chance = random.Random(seed)
    for name, count in (("texts", texts), ("pages", images), ("files", len(sheets))):
        if count:
            (scene.inputs / name).mkdir(parents=True)
    for name in ("tools", "python", "tmp"):
        (folder / name).mkdir()
    for number in range(texts):
        text = strip_marks("\n".join(_lines(chance, 12))) + "\n"
        (scene.inputs / "texts" / f"{number:03}.txt").write_text(text, "utf-8")
    for number in range(images):
        page(chance).save(scene.inputs / "pages" / f"{number:03}.png", dpi=(_DPI, _DPI))
    for number, count in enumerate(sheets):
        save_sheets(scene.inputs / "files" / f"{number:03}.tif", [page(chance) for _ in range(count)])
    return scene


def page(chance: random.Random, *, lines: int = 3, height: int = 240) -> Image.Image:
    """A small page with some lines of print."""
    picture = Image.new("L", (900, height), 255)
    for number, line in enumerate(_lines(chance, lines)):
        ImageDraw.Draw(picture).text((60, 40 + 55 * number), line, font=_font(30), fill=0)
    return picture


def save_sheets(path: Path, pages: Sequence[Image.Image]) -> None:
    """Pages as one TIFF."""
    first, *rest = pages
    first.save(path, save_all=True, append_images=rest, dpi=(_DPI, _DPI), compression="tiff_lzw")


def _lines(chance: random.Random, count: int) -> list[str]:
    return [
        f"{number}. {', '.join(chance.sample(_PHRASES, 2))} {chance.randint(2, 99)}"
        for number in range(1, count + 1)
    ]


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


# What came of it


def results(out: Path) -> dict[str, bytes]:
    """The files that must be the same, by their place."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.name in RESULTS
    }


def units_done(out: Path) -> int:
    """How many documents and pages the ledger calls done, whether well or not."""
    return sum(
        count
        for (count,) in _asked(
            out,
            "SELECT count(*) FROM documents WHERE status NOT IN ('pending', 'started') "
            "UNION ALL SELECT count(*) FROM pages WHERE status NOT IN ('pending', 'started')",
        )
    )


def work_done(out: Path) -> dict[tuple[str, int], tuple[int, int]]:
    """Attempts and time of what was done well: of documents as page 0, and of their pages."""
    rows = _asked(
        out,
        "SELECT output, 0, attempts, finished FROM documents WHERE status = 'success' UNION ALL "
        "SELECT output, number, pages.attempts, pages.finished FROM pages JOIN documents ON documents.id = document "
        "WHERE pages.status = 'success'",
    )
    return {(name, number): (attempts, finished) for name, number, attempts, finished in rows}


def statuses(out: Path) -> dict[str, str]:
    """The status of each document."""
    return dict(_asked(out, "SELECT output, status FROM documents"))


def _asked(out: Path, question: str) -> list[Any]:
    path = out / LEDGER_FILE
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=30, uri=True)) as reader:
            return reader.execute(question).fetchall()
    except sqlite3.OperationalError:  # the tables are not made yet
        return []


def differences(scene: Scene, wanted: Mapping[str, bytes]) -> list[str]:
    """What is not as it was to be: results that differ, are missing or too many, and what was left behind."""
    found = results(scene.out)
    problems = [f"missing: {name}" for name in sorted(wanted.keys() - found.keys())]
    problems += [f"too many: {name}" for name in sorted(found.keys() - wanted.keys())]
    problems += [
        f"differs: {name}" for name in sorted(wanted.keys() & found.keys()) if wanted[name] != found[name]
    ]
    return problems + left_behind(scene)


def left_behind(scene: Scene) -> list[str]:
    """Processes and temporary files that are still there."""
    problems = []
    if not becomes(lambda: not list(processes(scene))):
        problems += [f"still runs: {' '.join(process.cmdline()[:6])}" for process in processes(scene)]
    problems += [f"left behind: {path.relative_to(scene.folder)}" for path in scene.temporary.iterdir()]
    problems += [
        f"left behind: {path.relative_to(scene.folder)}"
        for path in sorted(scene.out.rglob(".*"))
        if path.name != ".pages"
    ]
    return problems


# Processes


def processes(scene: Scene) -> Iterator[psutil.Process]:
    """Everything that was started for a scene and still runs."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(scene.folder) and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def workers(coordinator: int) -> list[psutil.Process]:
    """The workers of a run."""
    with suppress(psutil.Error):
        children = psutil.Process(coordinator).children()
        return [child for child in children if _is_worker(child)]
    return []


def _is_worker(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return any("spawn_main" in word for word in process.cmdline())
    return False


def end_all(scene: Scene) -> None:
    """End everything that was started for a scene."""
    for process in processes(scene):
        with suppress(psutil.Error):
            process.kill()


def hear_ctrl_c() -> None:
    """In a process that is started: a background job is started deaf to Ctrl-C, and so would be what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def until(scene: Scene, process: subprocess.Popen[str], units: int) -> bool:
    """Wait until so much is done; False where the run has ended before."""
    return becomes(lambda: process.poll() is not None or units_done(scene.out) >= units, LATEST) and (
        process.poll() is None
    )


def becomes(holds: Callable[[], bool], seconds: float = PATIENT) -> bool:
    """Wait until something holds, at most so many seconds; whether it does."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
