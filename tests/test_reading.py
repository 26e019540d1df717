"""Which pages of a PDF are read from their text layer, and which are rendered for it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from test_ingest import pdf

from restore.config import Config
from restore.reading import SPARSE_WORDS, read_file
from restore.scan import tesseract

LINE = "The committee of the ward holds its meeting about the library this year"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The scales at which pages are rendered, in order."""
    scales: list[float] = []
    render = pypdfium2.PdfPage.render

    def noted(page: pypdfium2.PdfPage, scale: float) -> pypdfium2.PdfBitmap:
        scales.append(scale)
        return render(page, scale=scale)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", noted)
    return scales


def test_a_page_whose_layer_is_kept_is_not_rendered(tmp_path: Path, rendered: list[float]) -> None:
    lines = [LINE] * (SPARSE_WORDS // len(LINE.split()) + 1)
    reading = read_file(pdf(tmp_path / "a.pdf", lines), Config())
    (page,) = reading.pages
    assert page.source == "text-layer"
    assert page.text.split() == " ".join(lines).split()
    assert rendered == []


def test_a_page_of_few_words_is_rendered_to_see_its_ink(tmp_path: Path, rendered: list[float]) -> None:
    (page,) = read_file(pdf(tmp_path / "a.pdf", [LINE, LINE]), Config()).pages
    assert page.source == "text-layer"
    assert len(rendered) == 1


def test_a_page_that_is_read_again_is_rendered_once(tmp_path: Path, rendered: list[float]) -> None:
    (page,) = read_file(pdf(tmp_path / "a.pdf", [LINE, LINE]), Config(mode="redo")).pages
    assert page.source == "tesseract"
    assert len(rendered) == 1
    (page,) = read_file(pdf(tmp_path / "b.pdf", ["Uy"]), Config()).pages
    assert page.source == "tesseract"
    assert len(rendered) == 2


def test_a_page_without_anything_on_it_is_blank_and_costs_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "recognize", None)  # it would not survive a call
    reading = read_file(pdf(tmp_path / "a.pdf", []), Config())
    assert [(warning.code, warning.provenance[0].page) for warning in reading.warnings] == [("page-blank", 1)]
    assert reading.pages[0].steps == ()


def test_boxes_stand_on_the_picture_as_the_file_has_it(tmp_path: Path) -> None:
    small = Image.new("L", (1240, 500), 255)
    font = ImageFont.load_default(40)
    ImageDraw.Draw(small).text((100, 200), LINE[:52], font=font, fill=0)
    large = small.resize((4960, 2000))
    small.save(tmp_path / "small.png", dpi=(150, 150))
    large.save(tmp_path / "large.png", dpi=(600, 600))
    (page,) = read_file(tmp_path / "small.png", Config()).pages
    (fine,) = read_file(tmp_path / "large.png", Config()).pages
    assert fine.text == page.text == LINE[:52]
    assert (fine.width, fine.height, fine.dpi) == (4960, 2000, 600)
    assert fine.steps[0].name == "shrunk"
    for word, same in zip(fine.words, page.words, strict=True):
        assert word.bbox.left == pytest.approx(4 * same.bbox.left, abs=12)
        assert word.bbox.bottom == pytest.approx(4 * same.bbox.bottom, abs=12)


def test_a_picture_that_breaks_off_is_read_and_named(tmp_path: Path) -> None:
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(36)
    for index in range(20):
        ImageDraw.Draw(page).text((100, 100 + 70 * index), LINE[:52], font=font, fill=0)
    page.save(tmp_path / "a.jpg", dpi=(150, 150))
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole[: len(whole) // 2])
    reading = read_file(tmp_path / "a.jpg", Config())
    assert "page-cut-off" in [warning.code for warning in reading.warnings]
    assert 7 <= reading.pages[0].text.count("committee") <= 12
