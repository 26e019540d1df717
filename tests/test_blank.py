"""Blank paper is told from faint print: by its ink before a page is read, and by what was read of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from restore.config import Config
from restore.reading import Reading, read_file
from restore.scan import tesseract
from restore.scan.blank import Ink, ink_on, strengthened
from restore.scan.ingest import open_document

DPI = 200
HEIGHT, WIDTH = 2339, 1654
PAPER = 245
TEXT = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Thực hiện chương trình công tác năm, Ủy ban nhân dân huyện xây dựng kế\n"
    "hoạch kiểm tra việc bảo quản hồ sơ lưu trữ tại các phòng, ban và các xã.\n"
    "Giao Văn phòng theo dõi, đôn đốc, báo cáo kết quả thực hiện.\n"
)
LINE = TEXT.splitlines()[0]
SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(__file__).parents[2] / "shared"
FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
)


def paper(level: int = PAPER) -> np.ndarray:
    return np.full((HEIGHT, WIDTH), level, np.uint8)


def grainy(page: np.ndarray, levels: float = 4, seed: int = 3) -> np.ndarray:
    grain = np.random.default_rng(seed).normal(0, levels, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def printed(text: str, level: int, place: tuple[int, int] = (200, 200), size: int = 38) -> np.ndarray:
    found = [path for path in FONTS if Path(path).exists()]
    if not found:
        pytest.skip("no font with Vietnamese letters is installed")
    page = Image.fromarray(paper())
    font = ImageFont.truetype(found[0], size)
    ImageDraw.Draw(page).multiline_text(place, text, font=font, fill=level, spacing=18)
    return np.array(page)


def showing_through(contrast: int, softness: float = 2.5) -> np.ndarray:
    """The other side's print, mirrored, pale and soft."""
    other = cv2.GaussianBlur(np.fliplr(printed(TEXT * 2, 0)), (0, 0), softness)
    return (PAPER - (PAPER - other.astype(float)) / PAPER * contrast).astype(np.uint8)


def specks(page: np.ndarray) -> np.ndarray:
    page = page.copy()
    for x, y in np.random.default_rng(5).random((60, 2)):
        page[int(y * HEIGHT) : int(y * HEIGHT) + 3, int(x * WIDTH) : int(x * WIDTH) + 4] = 40
    return page


def dark_edges(page: np.ndarray) -> np.ndarray:
    page = page.copy()
    page[:, :35] = 20
    page[:14] = 40
    wedge = np.array([[WIDTH - 1, 0], [WIDTH - 60, 0], [WIDTH - 1, HEIGHT // 2]])
    return cv2.fillPoly(page, [wedge], 10)


def lid(page: np.ndarray) -> np.ndarray:
    return cv2.copyMakeBorder(page[60:-60, 60:-60], 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=15)


def punch_holes(page: np.ndarray) -> np.ndarray:
    page = page.copy()
    for y in (HEIGHT // 2 - 315, HEIGHT // 2 + 315):
        cv2.circle(page, (95, y), 24, 30, -1)
    return page


def shaded(page: np.ndarray) -> np.ndarray:
    return (page - 60 * np.linspace(0, 1, WIDTH)[None, :] ** 3).astype(np.uint8)


def signed(level: int, width: int) -> np.ndarray:
    turns = np.linspace(0, 6, 200)
    stroke = np.array([700 + 60 * np.sin(3 * turns) + 40 * turns, 1500 + 80 * np.cos(5 * turns)]).T
    return cv2.polylines(paper(), [stroke.astype(np.int32)], False, level, width)


EMPTY: dict[str, Callable[[], np.ndarray]] = {
    "white": lambda: paper(255),
    "black": lambda: paper(0),
    "paper": lambda: grainy(paper()),
    "specks": lambda: grainy(specks(paper())),
    "dark edges": lambda: grainy(dark_edges(paper())),
    "a lid around the sheet": lambda: grainy(lid(paper())),
    "punch holes": lambda: grainy(punch_holes(paper())),
    "shade": lambda: grainy(shaded(paper())),
    "all of these": lambda: grainy(dark_edges(punch_holes(specks(shaded(paper()))))),
}
SOMETHING: dict[str, Callable[[], np.ndarray]] = {
    "a faint line": lambda: grainy(printed(LINE, 210)),
    "a fainter line": lambda: grainy(printed(LINE, 225), 3),
    "a line that hardly shows": lambda: grainy(printed(LINE, 232), 2),
    "a faint line among all that dirt": lambda: grainy(
        dark_edges(punch_holes(specks(printed(LINE, 205, (200, 900)))))
    ),
    "a page number": lambda: grainy(printed("2", 20, (820, 110), 30)),
    "a small page number": lambda: grainy(printed("7", 60, (820, 110), 22)),
    "a page number near the edge": lambda: grainy(dark_edges(printed("- 3 -", 60, (820, 60), 30))),
    "a pale page number": lambda: grainy(printed("2", 190, (820, 110), 30)),
    "a signature": lambda: grainy(signed(90, 3)),
    "a pale signature": lambda: grainy(signed(205, 2)),
    "print": lambda: grainy(printed(TEXT, 20)),
    "red ink": lambda: np.dstack([printed(LINE, 150), printed(LINE, 150), printed(LINE, 235)]),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_sheet_has_no_ink(name: str) -> None:
    assert ink_on(EMPTY[name](), DPI) == "none"


@pytest.mark.parametrize("turned", [0, 1, 2])
@pytest.mark.parametrize("name", SOMETHING)
def test_what_is_faint_or_alone_is_ink(name: str, turned: int) -> None:
    page = np.ascontiguousarray(np.rot90(SOMETHING[name](), turned))
    assert ink_on(page, DPI) != "none"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (lambda: grainy(showing_through(40)), "faint"),
        (lambda: grainy(printed(LINE, 210)), "faint"),
        (lambda: grainy(printed(LINE, 100)), "print"),
        (lambda: grainy(np.minimum(showing_through(40), printed("2", 60, (820, 110), 30))), "print"),
    ],
)
def test_faint_ink_is_told_from_print(page: Callable[[], np.ndarray], expected: Ink) -> None:
    assert ink_on(page(), DPI) == expected


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_the_resolution_does_not_matter(dpi: int) -> None:
    for pages, empty in ((EMPTY, True), (SOMETHING, False)):
        for make in pages.values():
            page = cv2.resize(make(), None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
            assert (ink_on(page, dpi) == "none") is empty


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (3, 3), (40, 40, 3)])
def test_pictures_of_hardly_any_size(shape: tuple[int, ...]) -> None:
    assert ink_on(np.full(shape, 255, np.uint8), 300) == "none"
    assert strengthened(np.full(shape, 255, np.uint8), 300).shape == shape[:2]


def test_no_printed_page_is_blank() -> None:
    paths = [path for path in sorted(SAMPLES.rglob("*")) if path.suffix in (".png", ".jpg", ".tif", ".pdf")]
    assert paths
    for path in paths:
        with open_document(path) as scanned:
            for number in range(1, scanned.page_count + 1):
                page = scanned.load(number)
                assert ink_on(page.image, page.dpi) == "print"


# Through to the words


def read(path: Path, page: np.ndarray) -> Reading:
    Image.fromarray(page).save(path, dpi=(DPI, DPI))
    return read_file(path, Config())


@pytest.mark.parametrize("name", ["white", "all of these"])
def test_a_blank_page_is_not_read_and_said_to_be_blank(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "recognize", None)  # it would not survive a call
    reading = read(tmp_path / "a.png", EMPTY[name]())
    assert [warning.code for warning in reading.warnings] == ["page-blank"]
    assert (reading.pages[0].width, reading.pages[0].height, reading.pages[0].blocks) == (WIDTH, HEIGHT, ())


@pytest.mark.parametrize(("contrast", "softness"), [(20, 2.5), (70, 2.0)])
def test_what_shows_through_is_not_taken_for_words(contrast: int, softness: float, tmp_path: Path) -> None:
    reading = read(tmp_path / "a.png", grainy(showing_through(contrast, softness)))
    assert [warning.code for warning in reading.warnings] == ["page-blank"]
    assert not reading.pages[0].blocks


@pytest.mark.parametrize("name", ["a faint line", "a line that hardly shows"])
def test_a_faint_line_is_read(name: str, tmp_path: Path) -> None:
    reading = read(tmp_path / "a.png", SOMETHING[name]())
    words = reading.pages[0].text.split()
    assert sum(word in LINE.split() for word in words) >= 14
    assert "strengthen-ink" in [step.name for step in reading.pages[0].steps]
    assert not reading.warnings


def test_a_faint_line_is_read_where_the_other_side_shows_through(tmp_path: Path) -> None:
    page = np.minimum(showing_through(25), printed(LINE, 200, (200, 1800)))
    reading = read(tmp_path / "a.png", grainy(page))
    assert reading.pages[0].text.startswith("Căn cứ Luật Tổ chức")
    assert "page-blank" not in [warning.code for warning in reading.warnings]


def test_a_signature_alone_is_no_blank_page(tmp_path: Path) -> None:
    reading = read(tmp_path / "a.png", SOMETHING["a signature"]())
    assert [warning.code for warning in reading.warnings] == ["page-empty"]


@pytest.mark.shared
@pytest.mark.skipif(
    not (SHARED / "dev").is_dir(), reason="the hand-checked pages are not beside this checkout"
)
def test_no_hand_checked_page_is_blank() -> None:
    for path in sorted((SHARED / "dev").glob("*/page-*")):
        if path.suffix in (".png", ".jpg"):
            with open_document(path) as scanned:
                page = scanned.load(1)
            assert ink_on(page.image, page.dpi) == "print"
