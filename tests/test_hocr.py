"""Tesseract's hOCR: words in lines, each letter with its rivals."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from restore.page import BBox
from restore.scan import tesseract
from restore.scan.hocr import parse

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body><div class='ocr_page' title='image "x"; bbox 0 0 900 400'>
<div class='ocr_carea'><p class='ocr_par'>
<span class='ocr_line' title="bbox 10 20 300 60">
 <span class='ocrx_word' title='bbox 10 20 90 60; x_wconf 61'>bỗ &amp;
  <span class='ocrx_cinfo'><span class='ocrx_cinfo' title='x_confs 97'> </span></span>
  <span class='ocrx_cinfo'><span title='x_confs 97.5'>b</span><span title='x_confs 40'>h</span></span>
  <span class='ocrx_cinfo'><span title='x_confs 97'>ỗ</span><span title='x_confs 95.5'>ổ</span></span></span>
 <span class='ocrx_word' title='bbox 100 20 110 60; x_wconf 0'> </span>
 <span class='ocrx_word' title='bbox 120 20 190 60; x_wconf 96'>sung</span></span>
<span class='ocr_header' title="bbox 10 80 300 120">
 <span class='ocrx_word' title='bbox 10 80 90 120; x_wconf 90'>Điều</span></span>
</p></div></div></body></html>"""


def test_words_lines_and_places() -> None:
    (block,) = parse(HOCR.encode(), 4)
    assert [line.text for line in block.lines] == ["bỗ & sung", "Điều"]
    words = [word for line in block.lines for word in line.words]
    assert [word.id for word in words] == ["p4w0", "p4w1", "p4w2"]
    assert words[1].bbox == BBox(120, 20, 190, 60)
    assert words[0].confidence == 0.61


def test_rivals_stand_beside_their_letter_or_nowhere() -> None:
    good = HOCR.replace("bỗ &amp;", "bỗ")
    word = parse(good.encode(), 1)[0].lines[0].words[0]
    assert word.text == "bỗ"
    assert [[(c.text, c.cost) for c in letter] for letter in word.choices] == [[], [("ổ", 1.5)]]
    assert parse(HOCR.encode(), 1)[0].lines[0].words[0].choices == ()  # two lists, four characters


@pytest.mark.parametrize("text", ["", "no xml", "<html>", "<a><span class='ocr_par'/></a"])
def test_what_is_no_hocr_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="no hOCR"):
        parse(text.encode(), 1)


def test_tesseract_says_what_each_letter_may_be() -> None:
    image = Image.new("L", (900, 160), 255)
    font = ImageFont.truetype("Tinos-Regular.ttf", 58)
    ImageDraw.Draw(image).text((60, 40), "sửa đổi, bổ sung", font=font, fill=0)
    words = list(tesseract.recognize(np.array(image), number=1, dpi=300, timeout=60).words)
    assert [len(word.choices) for word in words] == [len(word.text) for word in words]
    assert all(choice.cost > 0 for word in words for letter in word.choices for choice in letter)
