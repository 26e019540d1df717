"""Images of lines: cut from small pictures of the pages, only where somebody needs them, their words in frames."""

from __future__ import annotations

import base64
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from restore.config import Config
from restore.edit import Edit, apply
from restore.field import Provenance
from restore.page import BBox, Block, Line, Page, ProcessingStep, Word, WordSpan, document_text
from restore.previews import MAX_WIDTH, Previews, preview
from restore.review.crops import Crop, crops_in, line_crops
from restore.review.html import render_html
from restore.scan.affine import Affine
from restore.scan.ingest import open_document
from tests.diff_pages import DiffPage

SAMPLES = Path(__file__).parents[1] / "samples"
TEXTS = (("Ủy", "ban"), ("nhân", "dân", "quận"), ("Kiến", "An"))


def page_of_words(number: int = 1, width: int = 800, height: int = 400) -> tuple[NDArray[np.uint8], Page]:
    """Black boxes as words, 40 high, on light gray paper; words lie 20 apart."""
    image = np.full((height, width), 225, np.uint8)
    lines = []
    for row, texts in enumerate(TEXTS):
        words, left = [], 60
        for column, text in enumerate(texts):
            box = BBox(left, 50 + 100 * row, left + 30 * len(text), 90 + 100 * row)
            image[box.top : box.bottom, box.left : box.right] = 20
            words.append(Word(f"p{number}w{row}{column}", text, box, 0.9))
            left = box.right + 20
        lines.append(Line(tuple(words)))
    return image, Page(number, width, height, 100, (Block(tuple(lines)),), "tesseract")


def edit(text: str, before: str, after: str, status: str = "auto") -> Edit:
    start = text.index(before)
    told = {"kind": "mark", "source": "model", "confidence": 0.9, "status": status}
    return Edit(start=start, end=start + len(before), before=before, after=after, **told)  # type: ignore[arg-type]


def pixels(crop: Crop) -> NDArray[np.uint8]:
    assert crop.src.startswith("data:image/webp;base64,")
    data = base64.b64decode(crop.src.partition(",")[2])
    return np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


def check_frames(crop: Crop, words: int) -> None:
    """Every frame holds the ink of its word, and nothing else on the image is black."""
    image = pixels(crop)
    assert image.shape == (crop.height, crop.width)
    assert len(crop.frames) == words
    black = image < 64
    for frame in crop.frames:
        inside = black[frame.top : frame.top + frame.height, frame.left : frame.left + frame.width]
        assert inside.mean() > 0.85
        black[frame.top - 2 : frame.top + frame.height + 2, frame.left - 2 : frame.left + frame.width + 2] = (
            False
        )
    assert not black.any()


def test_lines_with_changes_and_doubts_get_images_with_frames() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    doubt = Provenance(page=1, start=text.index("Kiến"), end=text.index("Kiến") + 4)
    crops = line_crops(text, spans, {1: preview(image, page)}, [edit(text, "quận", "quán")], [doubt])
    assert list(crops) == [2, 3]
    check_frames(crops[2], 3)
    check_frames(crops[3], 2)
    frame = crops[2].frames[2]
    assert text[frame.start : frame.end] == "quận"
    assert crops[2].page == 1
    assert pixels(crops[2])[0, 0] == 255  # the paper is white, however gray it was
    assert crops == line_crops(text, spans, {1: preview(image, page)}, [edit(text, "quận", "quán")], [doubt])


def test_an_edit_over_two_lines_concerns_both() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    crops = line_crops(text, spans, {1: preview(image, page)}, [edit(text, "ban\nnhân", "bán nhân")])
    assert list(crops) == [1, 2]


def test_a_large_page_is_made_small_and_its_boxes_with_it() -> None:
    image, page = page_of_words(width=4000, height=600)
    small = preview(image, page)
    assert small.scale == pytest.approx(MAX_WIDTH / 4000)
    text, spans = document_text([page])
    crops = line_crops(text, spans, {1: small}, [edit(text, "Ủy", "Uỷ")])
    assert crops[1].height < 40
    image, page = page_of_words(width=2000, height=600)
    check_frames(line_crops(text, spans, {1: preview(image, page)}, [edit(text, "Ủy", "Uỷ")])[1], 2)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_was_turned_shows_its_lines_level(turns: int) -> None:
    image, page = page_of_words()
    crop = line_crops(*document_text([page]), {1: preview(image, page)}, [edit("Ủy", "Ủy", "Uỷ")])[1]
    lying = np.ascontiguousarray(
        np.rot90(image, -turns)
    )  # as the file has it: turned so often, it is upright
    height, width = lying.shape

    laid = Affine.quarter_turns(4 - turns, 800, 400).map_box
    words = tuple(
        Line(tuple(Word(w.id, w.text, laid(w.bbox), 0.9) for w in line.words))
        for line in page.blocks[0].lines
    )
    steps = (ProcessingStep("turn", (("degrees", 90 * turns),)),)
    turned = Page(1, width, height, 100, (Block(words),), "tesseract", steps)
    text, spans = document_text([turned])
    found = line_crops(text, spans, {1: preview(lying, turned)}, [edit(text, "Ủy", "Uỷ")])[1]
    check_frames(found, 2)
    assert abs(found.width - crop.width) <= 2
    assert found.width > found.height
    assert [frame.left for frame in found.frames] == sorted(frame.left for frame in found.frames)


def test_letters_that_are_only_coded_otherwise_need_no_image() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    coded = edit(text, "Ủy", "Ủy").model_copy(update={"kind": "encoding", "source": "nfc"})
    assert line_crops(text, spans, {1: preview(image, page)}, [coded]) == {}


def test_doubts_come_first_where_there_is_no_room_for_all() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    edits = [edit(text, "Ủy", "Uỷ"), edit(text, "dân", "dần"), edit(text, "Kiến", "Kiển", "review")]
    previews = {1: preview(image, page)}
    assert list(line_crops(text, spans, previews, edits, max_lines=2)) == [1, 3]
    assert list(line_crops(text, spans, previews, edits, max_lines=1)) == [3]


def test_a_page_that_is_made_anew_keeps_the_images_of_the_one_before() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    change = edit(text, "quận", "quán")
    crops = line_crops(text, spans, {1: preview(image, page)}, [change, edit(text, "Ủy", "Uỷ")])
    before = render_html(text, apply(text, [change]), "a", "en", [change], crops=crops)
    assert crops_in(before, text, spans) == {2: crops[2]}  # what the page does not show is not in it
    other = edit(text, "dân", "dần", "confirmed")
    after = render_html(text, apply(text, [other]), "a", "en", [other], crops=crops_in(before, text, spans))
    assert [frame[0] for frame in DiffPage(after).images[2][4]] == [0]
    frame = crops[2].frames[1]
    assert DiffPage(after).images[2][4][0][1:] == [frame.left, frame.top, frame.width, frame.height]
    assert crops_in("<p>no page of this program</p>", text, spans) == {}


def test_no_page_no_image() -> None:
    image, page = page_of_words(1)
    second = page_of_words(2)[1]
    text, spans = document_text([page, second])
    at = text.rindex("Ủy")
    later = Edit(
        start=at,
        end=at + 2,
        before="Ủy",
        after="Uỷ",
        kind="tone",
        source="model",
        confidence=1,
        status="auto",
    )
    assert line_crops(text, spans, {1: preview(image, page)}, [later]) == {}
    assert line_crops("Ủy ban", (), {}, [edit("Ủy ban", "Ủy", "Uỷ")]) == {}


def lines_of_print(image: NDArray[np.uint8]) -> list[BBox]:
    """The lines of a level page of print: stretches of rows with ink."""
    inked = (image < 128).sum(axis=1) > 3
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    found = []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        columns = np.flatnonzero((image[top:bottom] < 128).any(axis=0))
        if 25 < bottom - top < 120 and len(columns):
            found.append(BBox(int(columns[0]), int(top), int(columns[-1]) + 1, int(bottom)))
    return found


def test_the_image_of_a_printed_line_takes_a_few_kilobytes_and_can_be_read() -> None:
    with open_document(SAMPLES / "nghi-dinh-clean" / "scan.tif") as scanned:
        image = scanned.load(1).image
    boxes = lines_of_print(image)
    assert len(boxes) > 15
    lines = tuple(Line((Word(f"p1w{n}", f"dòng{n}", box, 0.9),)) for n, box in enumerate(boxes))
    page = Page(1, image.shape[1], image.shape[0], 300, (Block(lines),), "tesseract")
    text, spans = document_text([page])
    places = [Provenance(start=span.start, end=span.end) for span in spans]
    crops = line_crops(text, spans, {1: preview(image, page)}, (), places)
    assert len(crops) == len(boxes)
    assert max(len(crop.src) for crop in crops.values()) < 6000
    assert sum(len(crop.src) for crop in crops.values()) / len(crops) < 3500
    for crop, box in zip(crops.values(), boxes, strict=True):
        frame = crop.frames[0]
        cut = pixels(crop)[frame.top : frame.top + frame.height, frame.left : frame.left + frame.width]
        printed = image[box.top : box.bottom, box.left : box.right]
        seen = cv2.resize(printed, (frame.width, frame.height), interpolation=cv2.INTER_AREA)
        assert np.corrcoef(cut.ravel(), seen.ravel())[0, 1] > 0.8


def test_pages_that_were_not_rendered_are_when_they_are_asked_for(tmp_path: Path) -> None:
    path = SAMPLES / "ke-hoach-clean" / "scan.pdf"
    with open_document(path) as scanned:
        height, width = scanned.load(1).image.shape[:2]
    page = Page(1, width, height, 300, page_of_words()[1].blocks, "text-layer")
    empty = Page(2, width, height, 300, (), "text-layer")
    previews = Previews(path, [page, empty], Config())
    assert set(previews) == {1}
    picture = cv2.imdecode(np.frombuffer(previews[1].picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.shape[1] == round(width * previews[1].scale) <= MAX_WIDTH
    assert previews.get(2) is None
    assert Previews(tmp_path / "gone.pdf", [page], Config()).get(1) is None


def test_spans_without_letters_are_no_reason_to_fail() -> None:
    image, page = page_of_words()
    text, spans = document_text([page])
    outside = [
        WordSpan(s.start, s.end, s.page, Word(s.word.id, s.word.text, BBox(5000, 5000, 5000, 5000), 1))
        for s in spans
    ]
    assert len(line_crops(text, outside, {1: preview(image, page)}, [edit(text, "Ủy", "Uỷ")])) == 1
