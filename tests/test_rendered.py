"""A document's pages for people are the same from the run that read it and from the desk that makes them anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import cv2
import numpy as np
import pytest

from restore.batch.rendered import diff_page, rendered_sheets, sheet_files, sheets_there
from restore.edit import Edit
from restore.page import BBox, Block, Line, Page, Word, document_text
from restore.preview import Preview
from restore.results import Restored, assemble
from restore.seen import Seen


@pytest.fixture(scope="module")
def plan() -> Restored:
    """Two lines of a page; a word of the first was read with little certainty, one of the second was changed."""
    lines = (
        Line(
            (Word("p1w0", "KẾ", BBox(10, 10, 60, 30), 0.9), Word("p1w1", "HO4CH", BBox(70, 10, 160, 30), 0.3))
        ),
        Line(
            (
                Word("p1w2", "Trông", BBox(10, 50, 60, 70), 0.9),
                Word("p1w3", "cây", BBox(70, 50, 110, 70), 0.9),
            )
        ),
    )
    pages = (Page(1, 200, 90, 100, (Block(lines),), "tesseract"),)
    text, _ = document_text(pages)
    start = text.index("Trông")
    edit = Edit(
        start=start, end=start + 5, before="Trông", after="Trồng",
        kind="mark", source="model", confidence=0.99, status="auto",
    )  # fmt: skip
    return assemble(text, [edit], Seen(pages=pages))


@pytest.fixture(scope="module")
def previews() -> dict[int, Preview]:
    paper = np.full((90, 200), 255, np.uint8)
    paper[12:28, 10:160:4] = paper[52:68, 10:110:4] = 0
    return {1: Preview(cv2.imencode(".jpg", paper)[1].tobytes(), 1.0)}


def test_the_desk_makes_the_page_that_the_run_has_made(plan: Restored, previews: dict[int, Preview]) -> None:
    made = diff_page(plan, "plan.pdf", "en", previews=previews)
    assert made.count('"data:image/webp;base64') == 2
    assert diff_page(plan, "plan.pdf", "en", before=made) == made


def test_the_page_names_as_many_words_to_review_as_the_document(plan: Restored) -> None:
    quality = plan.document.quality
    more = plan.document.model_copy(update={"quality": quality.model_copy(update={"words_to_review": 41})})
    page = diff_page(replace(plan, document=more), "plan.pdf", "en")
    assert "<dt>to review</dt><dd>41</dd>" in page


def test_without_pictures_there_are_none(plan: Restored) -> None:
    page = diff_page(plan, "plan.pdf", "vi")
    assert "data:image/webp" not in page
    assert "HO4CH" in page


def test_only_typeset_formats_have_files_of_their_own() -> None:
    assert list(sheet_files(("pdf", "docx", "csv", "md"))) == ["document.md", "document.docx"]


def test_the_sheets_that_are_there_are_those_that_are_made_anew(tmp_path: Path, plan: Restored) -> None:
    assert sheets_there(tmp_path) == {}
    (tmp_path / "document.docx").touch()
    there = sheets_there(tmp_path)
    for name, content in rendered_sheets(plan.document, there).items():
        (tmp_path / name).write_bytes(content)
    with ZipFile(tmp_path / "document.docx") as made:
        assert "Trồng" in made.read("word/document.xml").decode()
    assert [path.name for path in tmp_path.iterdir()] == ["document.docx"]
