"""Numbers that readings do not agree on, by hand and through the whole program with a scribble in the form's gap."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from restore.document import Document, Field, Header
from restore.field import Provenance
from restore.page import BBox, Block, Line, Page, Reading, Word
from restore.pipeline import restore_file
from restore.structure.disputed import settled

SCAN = Path(__file__).parents[1] / "samples" / "quyet-dinh-clean" / "page-1.png"


def header(name: str = "number") -> Header:
    place = Provenance(page=1, word_ids=("p1w0",), start=0, end=3)
    return Header(**{name: Field(value="44", raw="44", status="present", provenance=(place,))})


def page(text: str, confidence: float, *seen: str) -> Page:
    box = BBox(0, 0, 60, 40)
    readings = tuple(Reading(("p1w0",), (Word("", other, box, 0.8),), "script-model") for other in seen)
    block = Block((Line((Word("p1w0", text, box, confidence),)),))
    return Page(1, 800, 600, 300, (block,), "tesseract", readings=readings)


@pytest.mark.parametrize(
    ("text", "confidence", "seen", "status"),
    [
        ("44", 0.91, ["AA"], "unreadable"),
        ("44", 0.91, ["44"], "present"),
        ("44", 0.91, ["AA", "44"], "present"),  # one of several agrees
        ("44", 0.96, ["AA"], "present"),  # surer than handwriting is ever read
        ("44/QĐ-UBND", 0.75, ["44/QĐ-UBNĐ"], "present"),  # the notation is another field
        ("44/QĐ-UBND", 0.75, ["49/QĐ-UBND"], "unreadable"),
        ("44/QĐ-UBND", 0.75, [], "present"),  # nothing else has read it
        ("44", 0.65, [], "unreadable"),
        ("4Ƒ", 0.8, ["4Ƒ"], "unreadable"),  # both read no number
        ("9,4", 0.9, ["9,4"], "unreadable"),
        ("Số:44", 0.9, ["Số:44"], "present"),
    ],
)
def test_who_is_believed(text: str, confidence: float, seen: list[str], status: str) -> None:
    for name in ("number", "issued_date"):
        found = getattr(settled(header(name), [page(text, confidence, *seen)]), name)
        assert found.status == status
        assert (found.value is None) == (status == "unreadable")
        assert found.raw == "44"


def test_words_of_the_form_are_not_asked() -> None:
    before = header("issued_date")
    assert settled(before, [page("ngày", 0.3, "ngầy")]) == before
    assert settled(header(), []) == header()


def restored(image: np.ndarray, folder: Path) -> Document:
    path = folder / "scan.png"
    Image.fromarray(image).save(path, dpi=(300, 300))
    return restore_file(path).document


def test_a_scribbled_number_is_never_guessed(tmp_path: Path) -> None:
    image = np.array(Image.open(SCAN).convert("L"))
    printed = restored(image, tmp_path).header
    assert (printed.number.value, printed.number.status) == ("1357", "present")
    assert printed.issued_date.value == "2024-05-09"

    (place,) = printed.number.provenance
    assert place.bbox is not None
    box = place.bbox
    gap = round(box.left + 0.285 * box.width)  # of 1357/QĐ-UBND, up to the stroke
    image[box.top - 6 : box.bottom + 6, box.left - 4 : gap] = 255
    strokes = [[(0.0, 0.2), (0.25, 0.05), (0.1, 0.55), (0.2, 1.0)], [(0.4, 0.1), (0.35, 0.9), (0.6, 0.7), (0.42, 0.5)],
               [(0.95, 0.0), (0.7, 0.35), (0.98, 0.6), (0.75, 1.0), (0.68, 0.8)]]  # fmt: skip
    for stroke in strokes:
        points = [(box.left + x * (gap - box.left - 8), box.top + y * box.height) for x, y in stroke]
        cv2.polylines(image, [np.array(points, np.int32)], False, 40, 4, cv2.LINE_AA)
    document = restored(image, tmp_path)
    number = document.header.number
    assert (number.status, number.value) == ("unreadable", None)
    assert number.raw
    assert (document.header.notation.value, document.header.issued_date.value) == ("QĐ-UBND", "2024-05-09")
    # The crop to look at holds the scribble.
    (place,) = number.provenance
    assert place.page == 1
    assert place.bbox is not None
    assert place.bbox.left <= box.left + 0.2 * box.width
    (warning,) = [each for each in document.quality.warnings if each.code == "number-unreadable"]
    assert warning.provenance == number.provenance
    assert document.quality.grade != "good"
