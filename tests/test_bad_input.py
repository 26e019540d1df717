"""Bad input of every kind, through the real program: an exit code, one clear line, and no traceback."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from restore.language.vietnamese import strip_marks

TEXT = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Thực hiện chương trình công tác năm, Ủy ban nhân dân huyện xây dựng kế hoạch\n"
    "kiểm tra việc bảo quản hồ sơ lưu trữ tại các phòng, ban và các xã, thị trấn.\n"
    "Giao Văn phòng theo dõi, đôn đốc, báo cáo kết quả thực hiện trước ngày quy định.\n"
)
FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
)


def restore(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "restore", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en", **environment},
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    return done


def run_one(path: Path, out: Path, *flags: object, **environment: str) -> tuple[int, dict]:
    """The exit code of a batch of one file, and its entry in summary.json."""
    done = restore("run", path, "-o", out, *flags, **environment)
    (entry,) = json.loads((out / "summary.json").read_text("utf-8"))["files"]
    assert done.stderr.splitlines()[-1].endswith("need review")
    return done.returncode, entry


def failed(path: Path, out: Path, *flags: object, code: int = 6, **environment: str) -> str:
    """The reason of a file that must fail."""
    returncode, entry = run_one(path, out, *flags, **environment)
    assert (returncode, entry["status"]) == (code, "failed")
    assert not (out / path.name / "document.json").exists()
    return str(entry["reason"])


def warnings(out: Path, name: str) -> set[str]:
    document = json.loads((out / name / "document.json").read_text("utf-8"))
    return {warning["code"] for warning in document["quality"]["warnings"]}


def font(size: int) -> ImageFont.FreeTypeFont:
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    pytest.skip("no font with Vietnamese letters is installed")


def printed(text: str) -> Image.Image:
    """An A4 page at 150 dpi, in gray."""
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).multiline_text((90, 120), text, font=font(27), fill=0, spacing=14)
    return page


# Files that are not there


@pytest.mark.parametrize("verb", ["text", "parse"])
def test_a_missing_text(verb: str, tmp_path: Path) -> None:
    done = restore(verb, tmp_path / "nowhere.txt")
    assert done.returncode == 3
    assert "nowhere.txt" in done.stderr
    assert done.stdout == ""


def test_a_missing_input_of_a_batch_is_said_before_any_work(tmp_path: Path) -> None:
    done = restore("run", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "nowhere" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.xyz").write_text("?")
    done = restore("run", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert ".pdf" in done.stderr


# PDF


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += (
        f"trailer\n<< /Root 1 0 R /Size {len(objects) + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    return data


CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def test_a_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + b"nothing of a PDF follows\n" * 30)
    assert "a.pdf" in failed(tmp_path / "a.pdf", tmp_path / "out")


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    # A key that no empty password opens: 32 bytes that do not follow from it.
    key = "00112233445566778899aabbccddeeff" * 2
    lock = f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>"
    identity = "/Encrypt 4 0 R /ID [<00> <00>]"
    (tmp_path / "a.pdf").write_bytes(pdf(CATALOGUE, ONE_PAGE, PAGE, lock, trailer=identity))
    assert "password" in failed(tmp_path / "a.pdf", tmp_path / "out")


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(CATALOGUE, "<< /Type /Pages /Kids [] /Count 0 >>"))
    assert "page" in failed(tmp_path / "a.pdf", tmp_path / "out")


def test_pages_that_a_file_does_not_have(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(CATALOGUE, ONE_PAGE, PAGE))
    done = restore("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--pages", "5-")
    assert done.returncode == 3
    assert "a.pdf: it has none of the pages 5-; there are 1." in done.stderr
    assert not (tmp_path / "out" / "a.pdf").exists()


# Images


def test_a_progressive_jpeg_cut_off_half_way_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    name = "a.jpg"
    printed(TEXT * 6).save(tmp_path / name, quality=90, progressive=True)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    code, entry = run_one(tmp_path / name, tmp_path / "out")
    assert (code, entry["status"]) == (0, "ok")
    assert entry["grade"] in ("review", "poor")
    assert "page-cut-off" in warnings(tmp_path / "out", name)
    assert "Căn cứ Luật Tổ chức" in (tmp_path / "out" / name / "restored.txt").read_text("utf-8")


def test_a_picture_of_which_only_the_beginning_is_left(tmp_path: Path) -> None:
    printed(TEXT).save(tmp_path / "whole.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "whole.png").read_bytes()[:60])
    assert "a.png" in failed(tmp_path / "a.png", tmp_path / "out")


def test_a_page_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    pages = [printed(TEXT), printed(TEXT)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    with Image.open(tmp_path / "a.tif") as picture:
        picture.seek(1)
        second = picture._frame_pos[1]
    data = (tmp_path / "a.tif").read_bytes()
    beyond = struct.pack("<I", len(data) + 1000)
    (tmp_path / "a.tif").write_bytes(data.replace(struct.pack("<I", second), beyond, 1))
    code, entry = run_one(tmp_path / "a.tif", tmp_path / "out")
    document = json.loads((tmp_path / "out" / "a.tif" / "document.json").read_text("utf-8"))
    (lost,) = (w for w in document["quality"]["warnings"] if w["code"] == "page-failed")
    assert (code, entry["grade"], lost["provenance"][0]["page"]) == (0, "poor", 2)
    assert "a.tif" in lost["message"]
    assert "scan it again" in lost["message"]
    assert "Căn cứ Luật Tổ chức" in (tmp_path / "out" / "a.tif" / "restored.txt").read_text("utf-8")


def empty_png(side: int) -> bytes:
    """A white square of one bit a pixel, made without holding its pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    row = b"\0" + b"\xff" * ((side + 7) // 8)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(row * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_an_image_of_30000_pixels_is_refused_with_the_flag_that_lifts_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(empty_png(30_000))
    reason = failed(tmp_path / "a.png", tmp_path / "out")
    assert "--max-megapixels" in reason
    assert "900" in reason


def test_the_flag_lifts_and_lowers_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(empty_png(1_500))
    assert "--max-megapixels" in failed(tmp_path / "a.png", tmp_path / "out", "--max-megapixels", "2")
    code, _ = run_one(tmp_path / "a.png", tmp_path / "out", "--max-megapixels", "3")
    assert code == 0


def test_an_empty_page_is_a_poor_document_with_a_warning(tmp_path: Path) -> None:
    Image.new("L", (1240, 1754), 255).save(tmp_path / "a.png")
    code, entry = run_one(tmp_path / "a.png", tmp_path / "out")
    assert (code, entry["grade"]) == (0, "poor")
    assert warnings(tmp_path / "out", "a.png") == {"page-blank"}


def test_a_blank_back_side_leaves_the_document_as_good_as_it_was(tmp_path: Path) -> None:
    back = np.full((1754, 1240), 245, np.uint8)
    back[:, :25] = 10
    back += np.random.default_rng(1).integers(0, 8, back.shape, dtype=np.uint8)
    alone, both = tmp_path / "alone.tif", tmp_path / "both.tif"
    printed(TEXT).save(alone, dpi=(150, 150))
    printed(TEXT).save(both, dpi=(150, 150), save_all=True, append_images=[Image.fromarray(back)])
    _, one = run_one(alone, tmp_path / "one")
    _, two = run_one(both, tmp_path / "two")
    assert warnings(tmp_path / "two", "both.tif") - warnings(tmp_path / "one", "alone.tif") == {"page-blank"}
    assert two["grade"] == one["grade"]


def test_a_page_of_noise_is_not_taken_for_a_good_document(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1754, 1240), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    code, entry = run_one(tmp_path / "a.png", tmp_path / "out")
    assert code == 0
    assert entry["grade"] in ("poor", "review")
    assert warnings(tmp_path / "out", "a.png") & {"page-empty", "page-blank", "page-doubtful"}


def test_a_page_upside_down_is_turned(tmp_path: Path) -> None:
    printed(TEXT * 3).rotate(180).save(tmp_path / "a.png", dpi=(150, 150))
    code, _ = run_one(tmp_path / "a.png", tmp_path / "out")
    assert code == 0
    text = (tmp_path / "out" / "a.png" / "restored.txt").read_text("utf-8")
    assert text.count("Căn cứ Luật") >= 2


# Texts in other encodings


def test_a_text_in_utf_16_and_one_in_windows_1258(tmp_path: Path) -> None:
    (tmp_path / "utf16.txt").write_bytes(TEXT.encode("utf-16"))
    assert restore("text", tmp_path / "utf16.txt").stdout == TEXT
    # Windows-1258 writes tones as letters of their own, after â, ê, ô, ă, ơ, ư and đ.
    decomposed = "".join(_for_1258(letter) for letter in TEXT)
    (tmp_path / "w1258.txt").write_bytes(decomposed.encode("cp1258"))
    assert restore("text", tmp_path / "w1258.txt").stdout == TEXT


def _for_1258(letter: str) -> str:
    from restore.language.vietnamese import join_letter, split_letter

    base, mark, tone = split_letter(letter)
    return join_letter(base, mark) + tone if tone else letter


@pytest.mark.parametrize(
    ("encoding", "data", "expected"),
    [
        (
            "tcvn3",
            "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng".encode("latin-1"),
            "Căn cứ Luật Tổ chức chính quyền địa phương",
        ),
        (
            "vni",
            "Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông".encode("latin-1"),
            "Căn cứ Luật Tổ chức chính quyền địa phương",
        ),
    ],
)
def test_a_text_for_an_old_font_is_recognised_and_converted(
    encoding: str, data: bytes, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "old.txt").write_bytes(data)
    assert restore("text", tmp_path / "old.txt").stdout == expected
    document = json.loads(restore("text", tmp_path / "old.txt", "--format", "json").stdout)
    assert document["source"]["encoding"] == encoding


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(np.random.default_rng(3).bytes(4000))
    done = restore("text", tmp_path / "a.txt")
    assert done.returncode == 3
    assert "a.txt" in done.stderr
    assert "a.txt" in failed(tmp_path / "a.txt", tmp_path / "out")


# Tools


def test_no_tesseract(tmp_path: Path) -> None:
    printed(TEXT).save(tmp_path / "a.png")
    reason = failed(tmp_path / "a.png", tmp_path / "out", code=4, PATH=str(tmp_path / "no programs here"))
    assert "tesseract" in reason.lower()
    doctor = restore("doctor", PATH=str(tmp_path / "no programs here"))
    assert doctor.returncode == 4
    assert "tesseract-ocr" in doctor.stdout


def test_no_vietnamese_data(tmp_path: Path) -> None:
    printed(TEXT).save(tmp_path / "a.png")
    (tmp_path / "tessdata").mkdir()
    reason = failed(tmp_path / "a.png", tmp_path / "out", code=4, TESSDATA_PREFIX=str(tmp_path / "tessdata"))
    assert "vie" in reason or "osd" in reason
    doctor = restore("doctor", TESSDATA_PREFIX=str(tmp_path / "tessdata"))
    assert doctor.returncode == 4
    assert "tesseract-ocr-vie" in doctor.stdout


def test_a_text_needs_no_tesseract(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(strip_marks(TEXT), "utf-8")
    code, entry = run_one(tmp_path / "a.txt", tmp_path / "out", PATH=str(tmp_path / "no programs here"))
    assert (code, entry["status"]) == (0, "ok")


# Outputs


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_an_output_folder_that_cannot_be_made(inside: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "taken").write_text("a file stands here", "utf-8")
    done = restore("run", tmp_path / "a.txt", "-o", tmp_path / "taken" / inside)
    assert done.returncode == 5
    assert "taken" in done.stderr
    assert (tmp_path / "taken").read_text("utf-8") == "a file stands here"


def test_an_output_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = restore("text", tmp_path / "a.txt", "-o", tmp_path)
    assert done.returncode == 5


def test_two_inputs_with_one_name_both_come_out(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{TEXT}{folder}\n", "utf-8")
    done = restore("run", tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt", "-o", tmp_path / "out")
    assert done.returncode == 0
    for folder in ("x", "y"):
        assert (tmp_path / "out" / folder / "a.txt" / "original.txt").read_text(
            "utf-8"
        ) == f"{TEXT}{folder}\n"
