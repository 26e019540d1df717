"""Which pages of a PDF are read from their text layer, and which are rendered for it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from test_ingest import pdf

from restore.config import Config
from restore.reading import SPARSE_WORDS, read_file

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
