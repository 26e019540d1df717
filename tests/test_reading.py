"""Which pages of a PDF are read from their text layer, and which are rendered for it."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdfs import image, lettered, one_page
from PIL import Image, ImageDraw, ImageFont
from test_ingest import pdf

from restore.config import Config
from restore.errors import OutputError
from restore.page import Line
from restore.reading import SPARSE_WORDS, _read, read_file
from restore.scan import tesseract
from restore.scan.ingest import open_document
from restore.scan.parts import ALL

FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
)
LINE = "The committee of the ward holds its meeting about the library this year"


HEALTHY = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Thực hiện chương trình công tác năm, Ủy ban nhân dân huyện xây dựng kế hoạch",
    "kiểm tra việc bảo quản hồ sơ lưu trữ tại các phòng, ban và các xã, thị trấn.",
    "Giao Văn phòng theo dõi, đôn đốc, báo cáo kết quả thực hiện trước ngày quy định.",
    "Phòng Nội vụ chủ trì, phối hợp với các đơn vị liên quan tổ chức kiểm tra.",
]
GARBAGE = [
    "Can cu LuSt T6 chuc chinh quySn dia phirang ngay 19 thang 6 nam 2015;",
    "Thuc hi~n chircmg trinh cOng tac nam, Uy ban nhan dan huy~n xay d\\Ing kS ho~ch",
    "ki6m tra vi~c bao quan hB so lm1 tru t~i cac phong, ban va cac xa, thi trAn.",
    "Giao Van phong theo dOi, dOn d6c, bao cao kSt qua thuc hi~n truac ngay quy d!nh.",
    "Phong NOi v\\I chu tri, ph6i hgp vai cac don vi lien quan tB chuc ki6m tra.",
]
TCVN3 = [
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng ngµy 19 th¸ng 6 n¨m 2015;",
    "Thùc hiÖn ch­¬ng tr×nh c«ng t¸c n¨m, ñy ban nh©n d©n huyÖn b¶o qu¶n hå s¬ nh­",
    "sau, v¨n th­",
    "l­u tr÷.",
]
VNI = ["Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông ngaøy 19 thaùng 6 naêm 2015;"]
WHITE = np.full((2339, 1653), 255, np.uint8)
FULL_PAGE = "q 595 0 0 842 0 0 cm /Im Do Q\n"


def scan_with_layer(path: Path, lines: list[str], page: np.ndarray = WHITE) -> Path:
    """A scan of 200 dpi with an invisible text layer of these lines."""
    drawn, table = lettered(lines, mode=3)
    resources = "/Font << /F 5 0 R >> /XObject << /Im 7 0 R >>"
    path.write_bytes(one_page(FULL_PAGE + drawn, FONT, table, image(page), resources=resources))
    return path


def born_digital(path: Path, lines: list[str]) -> Path:
    drawn, table = lettered(lines)
    path.write_bytes(one_page(drawn, FONT, table, resources="/Font << /F 5 0 R >>"))
    return path


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /Encoding /WinAnsiEncoding >>"


def printed() -> np.ndarray:
    """HEALTHY in print, 200 dpi, some times."""
    found = [font for font in FONTS if Path(font).exists()]
    if not found:
        pytest.skip("no font with Vietnamese letters is installed")
    page = Image.fromarray(WHITE)
    font = ImageFont.truetype(found[0], 36)
    ImageDraw.Draw(page).multiline_text((170, 140), "\n".join(HEALTHY), font=font, fill=0, spacing=18)
    return np.array(page)


def codes(path: Path, **settings: str) -> tuple[list[str], list[str]]:
    """Who read each page, and the warnings."""
    reading = read_file(path, Config(**settings))
    return [page.source for page in reading.pages], [warning.code for warning in reading.warnings]


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


# What a layer is worth


def test_a_healthy_layer_is_kept_letter_for_letter(tmp_path: Path) -> None:
    for path in (
        born_digital(tmp_path / "born.pdf", HEALTHY),
        scan_with_layer(tmp_path / "scan.pdf", HEALTHY, printed()),
    ):
        reading = read_file(path, Config())
        assert reading.pages[0].source == "text-layer"
        assert reading.pages[0].text == "\n".join(HEALTHY)
        assert reading.warnings == ()


@pytest.mark.parametrize(("lines", "encoding"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_a_layer_for_an_old_font_is_converted(lines: list[str], encoding: str, tmp_path: Path) -> None:
    reading = read_file(born_digital(tmp_path / "a.pdf", lines), Config())
    assert (reading.encodings, reading.encoding) == ((encoding,), encoding)
    assert [warning.code for warning in reading.warnings] == ["page-converted"]
    assert reading.pages[0].text.startswith(HEALTHY[0])
    if encoding == "tcvn3":  # whose ư is the code of the soft hyphen
        assert reading.pages[0].text.endswith("bảo quản hồ sơ như\nsau, văn thư\nlưu trữ.")


def test_a_garbage_layer_is_read_again_from_the_scan(tmp_path: Path) -> None:
    path = scan_with_layer(tmp_path / "a.pdf", GARBAGE, printed())
    reading = read_file(path, Config())
    assert reading.pages[0].source == "tesseract"
    assert [warning.code for warning in reading.warnings] == ["page-reread"]
    seen = reading.pages[0].text.split()
    assert sum(word in " ".join(HEALTHY).split() for word in seen) > 0.9 * len(seen)


def test_figures_of_a_garbage_layer_are_another_reading(tmp_path: Path) -> None:
    # The layer's words stand where the scan's do: it is made of their boxes.
    Image.fromarray(printed()).save(tmp_path / "scan.png", dpi=(200, 200))
    (seen,) = read_file(tmp_path / "scan.png", Config()).pages
    garbage = iter(" ".join(GARBAGE).split())
    old = replace(
        seen,
        source="text-layer",
        blocks=tuple(
            replace(
                block,
                lines=tuple(
                    Line(tuple(replace(word, text=next(garbage), choices=()) for word in line.words))
                    for line in block.lines
                ),
            )
            for block in seen.blocks
        ),
    )
    with open_document(tmp_path / "scan.png") as scanned:
        page = _read(replace(scanned, text_layer=lambda number: old), 1, Config(), ALL).page
    layer = {word for one in page.readings if one.source == "text-layer" for word in one.words}
    assert {"19", "6", "2015;"} <= {word.text for word in layer}
    assert all(word.text.strip(".,;").isalnum() for word in layer)
    assert not any("~" in word.text or word.text == "T6" for word in layer)


def test_a_scan_whose_layer_is_garbage_in_part_is_read_again(tmp_path: Path) -> None:
    mixed = [*HEALTHY, *GARBAGE[3:]]
    assert codes(scan_with_layer(tmp_path / "a.pdf", mixed, printed())) == (["tesseract"], ["page-reread"])
    # What was born digital says what it says.
    assert codes(born_digital(tmp_path / "b.pdf", mixed)) == (["text-layer"], [])


@pytest.mark.parametrize(
    "lines", [HEALTHY, GARBAGE, [*HEALTHY, *GARBAGE[3:]]], ids=["healthy", "garbage", "mixed"]
)
def test_the_mode_overrides_what_a_layer_is_worth(lines: list[str], tmp_path: Path) -> None:
    path = scan_with_layer(tmp_path / "a.pdf", lines, printed())
    kept = read_file(path, Config(mode="keep"))
    assert kept.pages[0].text.split() == " ".join(lines).split()
    assert [warning.code for warning in kept.warnings] == (["page-layer-kept"] if lines == GARBAGE else [])
    assert codes(path, mode="redo") == (["tesseract"], [])


def test_a_page_that_cannot_be_drawn_keeps_the_words_of_its_layer(tmp_path: Path) -> None:
    drawn, table = lettered(GARBAGE, mode=3)
    broken = image(WHITE, "JPXDecode", b"this is no picture")
    resources = "/Font << /F 5 0 R >> /XObject << /Im 7 0 R >>"
    (tmp_path / "a.pdf").write_bytes(one_page(FULL_PAGE + drawn, FONT, table, broken, resources=resources))
    assert codes(tmp_path / "a.pdf") == (["text-layer"], ["page-layer-only"])


def test_a_scanned_page_among_pages_born_digital(tmp_path: Path) -> None:
    both = pypdfium2.PdfDocument.new()
    born_digital(tmp_path / "born.pdf", HEALTHY)
    (tmp_path / "scan.pdf").write_bytes(
        one_page(FULL_PAGE, image(printed()), resources="/XObject << /Im 5 0 R >>")
    )
    for name in ("born.pdf", "scan.pdf"):
        with pypdfium2.PdfDocument(tmp_path / name) as part:
            both.import_pages(part)
    both.save(tmp_path / "both.pdf")
    both.close()
    reading = read_file(tmp_path / "both.pdf", Config())
    assert [page.source for page in reading.pages] == ["text-layer", "tesseract"]
    assert [page.dpi for page in reading.pages] == [300, 200]
    assert reading.warnings == ()


def signed_pdf(path: Path) -> Path:
    """A certified PDF: a signature field whose certificate allows no change (DocMDP), and what it covers."""
    drawn, table = lettered(HEALTHY)
    signature = (
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 100 200 300] "
        b"/Contents <3082000000000000> /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams "
        b"<< /Type /TransformParams /P 1 /V /1.2 >> >>] >>"
    )
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 7 0 R /Rect [0 0 0 0] /F 132 /P 3 0 R >>"
    catalogue = "/Perms << /DocMDP 7 0 R >> /AcroForm << /Fields [8 0 R] /SigFlags 3 >>"
    path.write_bytes(
        one_page(drawn, FONT, table, signature, field, resources="/Font << /F 5 0 R >>", catalogue=catalogue)
    )
    return path


@pytest.mark.parametrize("mode", ["auto", "redo"])
def test_a_signed_pdf_is_only_read(mode: str, tmp_path: Path) -> None:
    path = signed_pdf(tmp_path / "a.pdf")
    path.chmod(0o444)
    os.utime(path, ns=(10**18, 10**18))
    before, stat = path.read_bytes(), path.stat()
    reading = read_file(path, Config(mode=mode))
    assert reading.pages[0].text
    after = path.stat()
    assert path.read_bytes() == before
    assert (after.st_mtime_ns, after.st_ctime_ns, after.st_ino) == (
        stat.st_mtime_ns,
        stat.st_ctime_ns,
        stat.st_ino,
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]


def test_a_full_disk_of_temporary_files_is_no_fault_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.tif"
    page = np.full((1200, 900), 255, np.uint8)
    page[100:1100:40, 100:800] = 0
    Image.fromarray(page).save(path, save_all=True, append_images=[Image.fromarray(page)])
    monkeypatch.setattr(tesseract.pytesseract, "image_to_pdf_or_hocr", full)
    monkeypatch.setattr(tesseract.pytesseract, "image_to_osd", full)
    with pytest.raises(OutputError, match="disk-full"):
        read_file(path, Config())
