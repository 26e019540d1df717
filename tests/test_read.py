"""Whole pages through the real Tesseract: the project's own scans, turned, emptied, spoilt."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from restore.errors import InputError
from restore.page import BBox, Block, Line, Page, Word
from restore.review.metrics import evaluate
from restore.scan import tesseract
from restore.scan.ingest import PageImage, open_document
from restore.scan.read import SECOND_SHARE, read_page

SAMPLES = Path(__file__).parents[1] / "samples"
DEV = Path(__file__).parents[2] / "shared" / "dev"
SCAN = SAMPLES / "quyet-dinh-clean" / "page-1.png"
DEV_PAGES = [page for page in sorted(DEV.glob("*/page-*")) if page.suffix in (".png", ".jpg")]


def load(path: Path) -> PageImage:
    with open_document(path) as scanned:
        return scanned.load(1)


def read(image: np.ndarray, dpi: int = 300) -> Page:
    return read_page(PageImage(1, image, dpi), timeout=120)


@pytest.fixture(scope="module")
def scan() -> PageImage:
    return load(SCAN)


@pytest.fixture(scope="module")
def upright(scan: PageImage) -> Page:
    return read_page(scan, timeout=120)


def test_header_is_read_column_by_column(upright: Page) -> None:
    assert [block.text for block in upright.blocks[:4]] == [
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MẪU",
        "Số: 1357/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Bình Mẫu, ngày 09 tháng 5 năm 2024",
    ]
    assert (upright.source, upright.steps) == ("tesseract", ())


def test_name_under_a_red_stamp_is_read_after_the_recipients() -> None:
    page = read_page(load(SAMPLES / "quyet-dinh-clean" / "page-2.png"), timeout=120)
    text = page.text
    assert len({word.id for word in page.words}) == len(list(page.words))
    assert "take-out-ink" in [step.name for step in page.steps]
    assert "seal" in {region.kind for region in page.regions}
    assert text.index("Lưu:") < text.index("TM. ỦY BAN NHÂN DÂN") < text.index("Thị Minh Họa")
    assert text.startswith("2\n")  # the page number, which a first reading takes for a speck


def test_boxes_stand_on_the_page_as_it_is(scan: PageImage, upright: Page) -> None:
    word = next(word for word in upright.words if word.text == "1357/QĐ-UBND")
    box = word.bbox
    ink = scan.image[box.top : box.bottom, box.left : box.right] < 128
    assert 0.1 < ink.mean() < 0.6
    assert ink[:, :4].any()
    assert ink[:, -4:].any()


@pytest.fixture(scope="module")
def top(scan: PageImage) -> PageImage:
    """The upper part of the page: enough letters to know which way is up."""
    return PageImage(1, np.ascontiguousarray(scan.image[:1500]), scan.dpi)


@pytest.fixture(scope="module")
def upright_top(top: PageImage) -> Page:
    return read_page(top, timeout=120)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head(top: PageImage, upright_top: Page, turns: int) -> None:
    image = np.ascontiguousarray(np.rot90(top.image, turns))
    page = read(image)
    assert [step.name for step in page.steps] == ["turn"]
    assert (page.height, page.width) == image.shape[:2]
    assert page.text == upright_top.text
    # The first word of the page stands where the first word of the turned picture stands.
    first, there = next(iter(page.words)).bbox, next(iter(upright_top.words)).bbox
    turned = np.rot90(top.image[there.top : there.bottom, there.left : there.right], turns)
    found = image[first.top : first.bottom, first.left : first.right]
    assert np.array_equal(found, turned)


@pytest.mark.parametrize("turns", [1, 3])
def test_a_table_on_its_side_is_read_upright(turns: int) -> None:
    font = ImageFont.truetype("Tinos-Regular.ttf", 34)
    sheet = Image.new("L", (2000, 900), 255)
    draw = ImageDraw.Draw(sheet)
    rows = [(str(row), "Tổng hợp báo cáo", "Văn phòng", f"Tháng {row}") for row in range(1, 13)]
    for number, row in enumerate(rows):
        top = 60 + 64 * number
        for left, text in zip((100, 260, 1000, 1500), row, strict=True):
            draw.text((left + 15, top + 10), text, font=font, fill=0)
    for top in range(60, 60 + 64 * 13, 64):
        draw.line((100, top, 1900, top), fill=0, width=3)
    for left in (100, 260, 1000, 1500, 1900):
        draw.line((left, 60, left, 60 + 64 * 12), fill=0, width=3)
    page = read(np.ascontiguousarray(np.rot90(np.array(sheet), turns)), 200)
    assert page.steps[0].name == "turn"
    for text in ("Tổng", "cáo", "Văn", "phòng", "Tháng"):
        assert sum(word.text.endswith(text) for word in page.words) == 12


def test_a_photographed_page_that_bends_is_read(top: PageImage, upright_top: Page) -> None:
    gray = cv2.cvtColor(top.image, cv2.COLOR_BGR2GRAY) if top.image.ndim == 3 else top.image
    y, x = np.mgrid[0 : gray.shape[0], 0 : gray.shape[1]].astype(np.float32)
    rise = (70 * (np.sin(np.pi * x / gray.shape[1]) - 0.5)).astype(np.float32)
    page = read(cv2.remap(gray, x, y + rise, cv2.INTER_LINEAR, borderValue=255), top.dpi)
    assert "dewarp" in [step.name for step in page.steps]
    truth = upright_top.text
    assert evaluate(page.text, truth).cer < 0.03
    word = next(word for word in page.words if word.text == "1357/QĐ-UBND")
    there = next(word for word in upright_top.words if word.text == "1357/QĐ-UBND")
    middle = (there.bbox.left + there.bbox.right) // 2
    moved = (there.bbox.top + there.bbox.bottom) / 2 - float(rise[0, middle])
    assert abs((word.bbox.top + word.bbox.bottom) / 2 - moved) < 12


def test_a_hard_scan_is_read_where_the_bare_engine_fails() -> None:
    path = SAMPLES / "ke-hoach-hard" / "scan.tif"
    page = load(path)
    truth = (SAMPLES / "ke-hoach-hard" / "truth.txt").read_text(encoding="utf-8").split()
    words = [word.text for word in read_page(page, timeout=120).words]
    bare = tesseract.recognize(page.image, number=1, dpi=page.dpi, timeout=120)
    known = set(truth)
    assert sum(word in known for word in words) > 0.9 * len(words)
    assert sum(word.text in known for word in bare.words) < 0.7 * len(words)


def test_empty_pages_and_noise_have_no_words() -> None:
    chance = np.random.default_rng(1)
    shape = (1200, 900)
    assert not read(np.full(shape, 255, np.uint8)).blocks
    assert not read(np.zeros(shape, np.uint8)).blocks
    assert not read(chance.integers(0, 256, shape).astype(np.uint8)).blocks
    assert not read(np.where(chance.random(shape) < 0.01, 0, 255).astype(np.uint8)).blocks
    assert not read(np.full((2, 3), 255, np.uint8)).blocks


def strokes(shape: tuple[int, int], count: int, longest: int, seed: int) -> np.ndarray:
    """White paper with short strokes at random."""
    chance = np.random.default_rng(seed)
    image = np.full(shape, 255, np.uint8)
    for x, y, angle, length, width in chance.random((count, 5)):
        start = int(x * shape[1]), int(y * shape[0])
        end = np.add(start, longest * length * np.array([np.cos(7 * angle), np.sin(7 * angle)]))
        cv2.line(image, start, tuple(end.astype(int).tolist()), 0, 1 + int(4 * width))
    return image


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    height=st.integers(1, 500) | st.just(3000),
    width=st.integers(1, 40) | st.integers(40, 500),
    kind=st.sampled_from(["strokes", "specks", "noise", "stripes", "ramp", "flat", "colour"]),
    seed=st.integers(0, 99),
)
def test_any_picture_is_a_page(height: int, width: int, kind: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    shape = (height, width)
    rows = np.arange(height)[:, None].repeat(width, 1)
    image = {
        "strokes": lambda: strokes(shape, 1 + 3 * seed, 30, seed),
        "specks": lambda: cv2.erode(np.where(chance.random(shape) < 0.02, 0, 255).astype(np.uint8), None),
        "noise": lambda: chance.integers(0, 256, shape),
        "stripes": lambda: (rows // (1 + seed) % 2) * 255,
        "ramp": lambda: rows * 255 // height,
        "flat": lambda: np.full(shape, seed * 255 // 99),
        "colour": lambda: chance.integers(0, 256, (*shape, 3)),
    }[kind]()
    page = read(image.astype(np.uint8))
    assert (page.height, page.width) == shape
    assert all(
        0 <= box.left < box.right <= width and 0 <= box.top < box.bottom <= height
        for box in (word.bbox for word in page.words)
    )


def words(confidence: float) -> tuple[Word, ...]:
    """Two lines of five words."""
    boxes = (
        BBox(60 + 90 * (n % 5), 100 + 60 * (n // 5), 130 + 90 * (n % 5), 130 + 60 * (n // 5))
        for n in range(10)
    )
    return tuple(Word(f"p1w{n}", "trang", box, confidence) for n, box in enumerate(boxes))


def stand_in(monkeypatch: pytest.MonkeyPatch, readings: list[tuple[Word, ...]]) -> list[float]:
    """Tesseract replaced by readings of pages, and a timeout for lines; the timeouts it is given."""
    timeouts: list[float] = []

    def recognize(image: np.ndarray, *, number: int, timeout: float, **_: object) -> Page:
        timeouts.append(timeout)
        found = readings.pop(0)
        blocks = (Block((Line(found[:5]), Line(found[5:]))),) if found else ()
        return Page(number, image.shape[1], image.shape[0], 300, blocks, "tesseract")

    def recognize_lines(images: list[np.ndarray], *, number: int, timeout: float, **_: object) -> None:
        timeouts.append(timeout)
        raise InputError("page-timeout", page=number, seconds=timeout)

    monkeypatch.setattr(tesseract, "recognize", recognize)
    monkeypatch.setattr(tesseract, "recognize_lines", recognize_lines)
    monkeypatch.setattr(tesseract, "orientation", lambda *_, **__: (180, 9.0))
    return timeouts


def test_a_page_without_words_the_other_way_up_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, [words(0.6), ()])
    assert read(np.full((800, 600), 255, np.uint8)).text == "\n".join(2 * ["trang trang trang trang trang"])


def test_a_second_reading_that_takes_long_leaves_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = np.full((800, 600), 255, np.uint8)
    paper[400:430, 100:115] = 0  # a letter that no word covers
    timeouts = stand_in(monkeypatch, [words(0.9)])
    assert len(list(read(paper).words)) == 10
    assert [round(seconds / 120, 2) for seconds in timeouts] == [1, SECOND_SHARE]


def test_timeout_names_the_page_and_the_whole_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scan: PageImage
) -> None:
    script = tmp_path / "tesseract"
    script.write_text('#!/bin/sh\n[ "$1" = --version ] && { echo "tesseract 5.3.0"; exit 0; }\nsleep 300\n')
    script.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(script))
    with pytest.raises(InputError) as raised:
        read_page(scan, timeout=2)
    assert raised.value.key == "page-timeout"
    assert raised.value.values == {"page": "1", "seconds": "2"}


@pytest.mark.shared
@pytest.mark.skipif(not DEV_PAGES, reason="the hand-checked pages are not beside this checkout")
@pytest.mark.parametrize("path", DEV_PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_page_is_read_worse_than_by_the_bare_engine(path: Path) -> None:
    gold = path.with_name(f"{path.stem}.gold.txt").read_text(encoding="utf-8")
    page = load(path)
    picture = page.image if page.image.ndim == 2 else np.ascontiguousarray(page.image[:, :, ::-1])
    bare = tesseract.recognize(picture, number=1, dpi=page.dpi, timeout=120)
    ours = read_page(page, timeout=120)
    assert evaluate(ours.text, gold).wer <= evaluate(bare.text, gold).wer
