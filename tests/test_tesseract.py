"""The real Tesseract, and stand-ins for one that hangs, fails or is not there."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from restore.errors import InputError, MissingToolError
from restore.scan import tesseract

SENTENCE = "Ủy ban nhân dân phường tổ chức hội nghị tổng kết phong trào đọc sách."
# What pytesseract asks for first is the version; only then comes the page.
FAKE = """#!/bin/sh
if [ "$1" = --version ]; then echo "tesseract 5.3.0"; exit 0; fi
if [ "$1" = --list-langs ]; then echo "List of available languages (1):"; echo osd; exit 0; fi
{body}
"""


@pytest.fixture
def line() -> np.ndarray:
    page = Image.new("L", (1900, 200), 255)
    font = ImageFont.truetype("Tinos-Regular.ttf", 58)
    ImageDraw.Draw(page).text((60, 60), SENTENCE, font=font, fill=0)
    return np.array(page)


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    script = folder / "tesseract"
    script.write_text(FAKE.format(body=body))
    script.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(script))


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie that nobody awaited counts as alive."""
    return Path(f"/proc/{pid}").exists()


def test_words_have_text_boxes_and_confidences(line: np.ndarray) -> None:
    page = tesseract.recognize(line, number=3, dpi=300, timeout=60)
    assert page.text == SENTENCE
    words = list(page.words)
    assert [word.id for word in words] == [f"p3w{index}" for index in range(len(words))]
    assert all(0.5 < word.confidence <= 1 for word in words)
    ink = np.flatnonzero((line < 128).any(axis=0))
    assert abs(words[0].bbox.left - ink[0]) <= 2
    assert abs(words[-1].bbox.right - ink[-1]) <= 3
    assert all(a.bbox.right <= b.bbox.left for a, b in pairwise(words))


def test_an_empty_page_has_no_words() -> None:
    page = tesseract.recognize(np.full((400, 300), 255, np.uint8), number=1, dpi=300, timeout=60)
    assert page.blocks == ()


def test_timeout_ends_the_process_and_what_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: np.ndarray
) -> None:
    pids = tmp_path / "pids"
    use(monkeypatch, tmp_path, f'sleep 300 & echo "$! $$" > {pids}; wait')
    with pytest.raises(InputError) as raised:
        tesseract.recognize(line, number=7, dpi=300, timeout=1)
    assert raised.value.key == "page-timeout"
    assert raised.value.values == {"page": "7", "seconds": "1"}
    child, script = (int(pid) for pid in pids.read_text().split())
    assert not is_alive(script)
    for _ in range(100):  # the child's end is reaped by init, not by us
        if not is_alive(child):
            break
        state = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0]
        if state == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"process {child} outlived its timeout")


def test_tesseract_is_given_one_thread(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: np.ndarray
) -> None:
    seen = tmp_path / "seen"
    use(monkeypatch, tmp_path, f'echo "$OMP_THREAD_LIMIT $@" > {seen}; echo no >&2; exit 1')
    with pytest.raises(MissingToolError):
        tesseract.recognize(line, number=1, dpi=240, timeout=60)
    threads, *arguments = seen.read_text().split()
    assert threads == "1"
    assert arguments[arguments.index("--dpi") + 1] == "240"
    assert arguments[arguments.index("-l") + 1] == "vie"
    assert "OMP_THREAD_LIMIT" not in os.environ or os.environ["OMP_THREAD_LIMIT"] == "1"


def test_failure_is_an_error_of_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: np.ndarray
) -> None:
    use(monkeypatch, tmp_path, "echo 'out of ink' >&2; exit 1")
    with pytest.raises(InputError) as raised:
        tesseract.recognize(line, number=2, dpi=300, timeout=60, language="osd")
    assert raised.value.key == "tesseract-failed"
    assert "out of ink" in raised.value.values["reason"]


def test_without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: np.ndarray) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(tmp_path / "nothing"))
    assert tesseract.tesseract_version() is None
    assert tesseract.installed_languages() == frozenset()
    with pytest.raises(MissingToolError) as raised:
        tesseract.recognize(line, number=1, dpi=300, timeout=60)
    assert raised.value.key == "missing-tesseract"


def test_without_vietnamese_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: np.ndarray) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingToolError) as raised:
        tesseract.recognize(line, number=1, dpi=300, timeout=60)
    assert raised.value.key == "missing-tesseract-language"
    assert raised.value.values == {"language": "vie"}


def test_version_and_languages() -> None:
    version = tesseract.tesseract_version()
    assert version
    assert version[0].isdigit()
    assert {"vie", "osd"} <= tesseract.installed_languages()


def test_orientation_needs_letters() -> None:
    blank = np.full((800, 600), 255, np.uint8)
    cv2.circle(blank, (300, 400), 40, 0, 3)
    assert tesseract.orientation(blank, number=1, dpi=300, timeout=60) == (0, 0.0)
