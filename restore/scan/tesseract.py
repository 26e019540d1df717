"""The only module that runs Tesseract: an image in, a ``Page`` of words with boxes and confidences out.

Lines that are read again are handed over in a list, all in one process: starting it costs 0.06 s, a line 0.03 s.
One tall picture of them, parted by white, costs the same and loses half of the lines in its layout analysis.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from restore.errors import InputError, MissingToolError
from restore.page import Page, Word
from restore.scan.hocr import CHOICES, parse, parse_pages
from restore.timing import timed

LANGUAGE = "vie"
# Tesseract's page segmentation modes: 3 finds columns and blocks by itself, 6 takes all for one block of lines, 7 for
# one line, 8 for one word, 0 finds only the orientation.
AUTOMATIC_LAYOUT = 3
ONE_BLOCK = 6
SINGLE_LINE = 7
ORIENTATION_ONLY = 0
PROBE_SECONDS = 20.0


@timed("recognize")
def recognize(
    image: NDArray[np.uint8],
    *,
    number: int,
    dpi: int,
    timeout: float,
    language: str = LANGUAGE,
    layout: int = AUTOMATIC_LAYOUT,
) -> Page:
    """Read a page image.

    Args:
        image: gray, or RGB.
        number: page number in its file; word ids begin with it.
        dpi: resolution of the image.
        timeout: seconds after which Tesseract and whatever it started are ended.
        language: Tesseract's name of the trained data.
        layout: Tesseract's page segmentation mode.

    Returns:
        The words in Tesseract's own order and lines, boxes in pixels of the image, with what else each letter may be.

    Raises:
        MissingToolError: Tesseract or its data for the language is not installed.
        InputError: Tesseract failed on the image, or took too long.
    """
    hocr = _call(
        "image_to_pdf_or_hocr",
        image,
        number,
        lang=language,
        config=f"--psm {layout} --dpi {dpi} {CHOICES}",
        timeout=timeout,
        extension="hocr",
    )
    height, width = image.shape[:2]
    return Page(number, width, height, dpi, parse(cast(bytes, hocr), number), source="tesseract")


def recognize_lines(
    images: Sequence[NDArray[np.uint8]],
    *,
    number: int,
    dpi: int,
    timeout: float,
    language: str = LANGUAGE,
    layout: int = SINGLE_LINE,
    letters: str = "",
) -> tuple[tuple[Word, ...], ...]:
    """Read pictures of single lines, all in one process.

    Args:
        images: gray, each with some white around its line.
        number: of the page that they are from.
        dpi: resolution of the images.
        timeout: seconds for all of them.
        language: Tesseract's name of the trained data.
        layout: Tesseract's page segmentation mode.
        letters: the only characters that may be read; any where empty.

    Returns:
        The words of each image, from left to right, boxes in its pixels; their ids are unique in what is returned only.

    Raises:
        MissingToolError: Tesseract or its data for the language is not installed.
        InputError: Tesseract failed, or took too long.
    """
    if not images:
        return ()
    only = f" -c tessedit_char_whitelist={letters}" if letters else ""
    with tempfile.TemporaryDirectory(prefix="restore-lines-") as folder:
        paths = [Path(folder, f"{index}.pgm") for index in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            Image.fromarray(image).save(path)
        listed = Path(folder, "lines.txt")
        listed.write_text("".join(f"{path}\n" for path in paths))
        hocr = _call(
            "image_to_pdf_or_hocr",
            str(listed),
            number,
            lang=language,
            config=f"--psm {layout} --dpi {dpi} {CHOICES}{only}",
            timeout=timeout,
            extension="hocr",
        )
    pages = parse_pages(cast(bytes, hocr), number)
    if len(pages) != len(images):
        raise InputError("tesseract-failed", page=number, reason=f"{len(pages)} of {len(images)} lines")
    return tuple(
        tuple(word for block in blocks for line in block.lines for word in line.words) for blocks in pages
    )


def orientation(image: NDArray[np.uint8], *, number: int, dpi: int, timeout: float) -> tuple[int, float]:
    """By how many degrees clockwise the page must be turned to stand upright, and Tesseract's confidence.

    Tesseract needs some dozens of letters to say it; a page with fewer is (0, 0.0).

    Raises:
        MissingToolError: Tesseract or its data ``osd`` is not installed.
        InputError: it took too long.
    """
    try:
        data = _call(
            "image_to_osd",
            image,
            number,
            lang="osd",
            config=f"--psm {ORIENTATION_ONLY} --dpi {dpi}",
            timeout=timeout,
            output_type=pytesseract.Output.DICT,
        )
    except InputError as error:
        if error.key == "tesseract-failed":  # "Too few characters", with a failing exit code
            return 0, 0.0
        raise
    found = cast(Mapping[str, Any], data)
    return int(found["rotate"]), float(found["orientation_conf"])


def tesseract_version() -> str | None:
    """Tesseract's version, or None where it is not installed."""
    found = _probe("--version")
    match = re.search(r"tesseract v?(\S+)", found or "")
    return match[1] if match else None


def installed_languages() -> frozenset[str]:
    """The trained data that Tesseract finds; none where Tesseract itself is missing."""
    return frozenset((_probe("--list-langs") or "").splitlines()[1:])


def _probe(option: str) -> str | None:
    command = [pytesseract.pytesseract.tesseract_cmd, option]
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    # Tesseract 3 and 4 wrote these to stderr.
    return (result.stdout or result.stderr) if result.returncode == 0 else None


def _call(verb: str, image: NDArray[np.uint8] | str, number: int, *, lang: str, **options: object) -> object:
    """Have pytesseract do something with an image, or with the images that a text file lists."""
    _seams_of_pytesseract()
    picture = image if isinstance(image, str) else Image.fromarray(image)
    if isinstance(picture, Image.Image):
        # What pytesseract writes for Tesseract to read; its default PNG costs 0.3 s a page.
        picture.format = "PPM"
    try:
        result: object = getattr(pytesseract, verb)(picture, lang=lang, **options)
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("missing-tesseract") from error
    except pytesseract.TesseractError as error:
        if lang not in installed_languages():
            raise MissingToolError("missing-tesseract-language", language=lang) from error
        raise InputError("tesseract-failed", page=number, reason=error.message) from error
    except subprocess.TimeoutExpired as error:
        raise InputError("page-timeout", page=number, seconds=f"{options['timeout']:.0f}") from error
    return result


@cache
def _seams_of_pytesseract() -> None:
    """Put our two rules into the two functions of pytesseract 0.3 that start and await its process.

    pytesseract ends only the process that it started, not what that one started, leaves it a zombie after
    SIGKILL, and leaves it running when it is interrupted itself.
    """
    pytesseract.pytesseract.subprocess_args = _process_options
    pytesseract.pytesseract.timeout_manager = _ending_the_whole_group


def _process_options(include_stdout: bool = True) -> dict[str, Any]:
    return {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE if include_stdout else subprocess.DEVNULL,
        "stderr": subprocess.PIPE,
        # Its threads cost 34 to 64 % more CPU and gain nothing; pages run beside each other.
        "env": {**os.environ, "OMP_THREAD_LIMIT": "1"},
        "start_new_session": True,
        "preexec_fn": _end_with_us,
    }


_PR_SET_PDEATHSIG = 1
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)  # found before the fork: after it, as little as can be


def _end_with_us() -> None:
    """In the new process: Linux ends it when the thread that has started it ends, even by SIGKILL."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@contextmanager
def _ending_the_whole_group(
    process: subprocess.Popen[bytes], seconds: float | None = None
) -> Iterator[bytes]:
    """Await the process; on a timeout or any interruption, end its session with all that it started."""
    with process:
        try:
            errors = process.communicate(timeout=seconds or None)[1]
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        yield errors
