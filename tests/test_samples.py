"""The samples are what their table says, and the tool that made them makes them again."""

import io
import json
import re
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from restore.language.vietnamese import nfc, strip_marks
from tools import degrade, garble, image_pdf, render, render_samples, typeface

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared" / "samples"
CASES = {case.name: case for case in render_samples.CASES}
IMAGES = (".pdf", ".tif", ".png", ".jpg")


@pytest.fixture(scope="module")
def decree():
    """The pages of the decree."""
    try:
        return render.render(render.read_draft(render_samples.DRAFTS / "nghi-dinh.toml"))
    except FileNotFoundError:
        pytest.skip("the font Tinos (Debian: fonts-croscore) is not installed")


def table_rows():
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ][2:]


def test_table_names_every_file():
    listed = [row[0] for row in table_rows()]
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    beside = {name for name in files if name.endswith(("truth.txt", "expected.json", "README.md"))}
    assert set(listed) == files - beside
    assert all(len(row) == 4 and all(row) for row in table_rows())


def test_samples_stay_small():
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 6_500_000


@pytest.mark.parametrize("name", ["000_d85d24a1343911c1.txt", "002_7d7d882c88c23fa0.txt"])
def test_text_samples_are_untouched(name):
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is missing")
    assert (SAMPLES / name).read_bytes() == (SHARED / name).read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_case_has_scan_truth_and_expected_fields(name):
    folder = SAMPLES / name
    assert [path for path in folder.iterdir() if path.suffix in IMAGES]
    truth = (folder / "truth.txt").read_text(encoding="utf-8")
    assert truth == nfc(truth) and "  " not in truth and "\n\n\n" not in truth
    fields = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    flat = " ".join(truth.split())
    for key in ("issuer", "place", "signer_position", "signer_name"):
        assert fields[key] in flat, key
    for entry in (*fields["recipients"], *(fields["legal_bases"] or [])):
        assert entry in flat
    for entry in fields["outline"]:
        assert (entry["title"] or entry["text"]) in flat


def test_plan_reads_as_sample_002():
    original = (SAMPLES / "002_7d7d882c88c23fa0.txt").read_text(encoding="utf-8")
    truth = (SAMPLES / "ke-hoach-clean" / "truth.txt").read_text(encoding="utf-8")
    words = [word for word in nfc(original).split() if word != "-"]
    # Page numbers and line breaks at a hyphen are all that differs.
    typeset = [word for word in re.sub(r"^\d\n", "", truth, flags=re.MULTILINE).split() if word != "-"]
    assert Levenshtein.distance(words, typeset) <= 6


def test_rendering_again_gives_the_same_pixels(decree):
    with Image.open(SAMPLES / "nghi-dinh-clean" / "scan.tif") as stored:
        assert stored.n_frames == len(decree) == 2
        for number, page in enumerate(decree):
            stored.seek(number)
            assert stored.tobytes() == render_samples.as_bilevel(page.image).tobytes()


def test_degrading_again_gives_the_same_bytes(decree):
    case = CASES["nghi-dinh-mild"]
    image = render_samples.scan(decree[0], case.grade, render_samples.seed_of(case, 1))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=degrade.GRADES["mild"].jpeg)
    assert stream.getvalue() in (SAMPLES / case.name / "scan.pdf").read_bytes()


def test_page_text_is_in_reading_order(decree):
    first, second = (page.blocks for page in decree)
    assert [block[0] for block in first[:5]] == [
        "CHÍNH PHỦ",
        "Số: 999/2024/NĐ-CP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 29 tháng 02 năm 2024",
        "NGHỊ ĐỊNH",
    ]
    assert second[0] == ("2",)
    assert second[-3][0] == "Nơi nhận:" and second[-2] == ("TM. CHÍNH PHỦ", "THỦ TƯỚNG")
    assert second[-1] == ("Nguyễn Văn Mẫu",)


def test_no_letter_is_printed_as_a_box():
    try:
        font = typeface.load_font("", 14)
    except FileNotFoundError:
        pytest.skip("the font Tinos (Debian: fonts-croscore) is not installed")
    missing = bytes(font.getmask("\ue000"))  # of the private use area: no font has it
    letters = sorted(
        {letter for path in render_samples.DRAFTS.glob("*.toml") for letter in path.read_text("utf-8")}
    )
    assert [letter for letter in letters if letter.isalpha() and bytes(font.getmask(letter)) == missing] == []


def test_stamp_is_red_and_lies_over_the_name(decree):
    page = np.asarray(decree[1].image).astype(int)
    red = (page[..., 0] - page[..., 1:].max(axis=2)) > 60
    name = next(word for word in decree[1].words if word.text == "Nguyễn Văn Mẫu")
    box = red[round(name.top) : round(name.top + name.size), round(name.left) : round(name.left + name.width)]
    assert box.sum() > 500


def test_damaged_layer_is_garbage_and_images_alone_have_none():
    with pypdfium2.PdfDocument(SAMPLES / "nghi-dinh-mild" / "scan.pdf") as damaged:
        layer = damaged[0].get_textpage().get_text_range()
    truth = (SAMPLES / "nghi-dinh-mild" / "truth.txt").read_text(encoding="utf-8")
    words = set(truth.split())
    assert "999/2024" in layer
    assert sum(word in words for word in layer.split()) < 0.5 * len(layer.split())
    with pypdfium2.PdfDocument(SAMPLES / "ke-hoach-clean" / "scan.pdf") as images:
        assert len(images) == 3
        assert images[0].get_textpage().get_text_range() == ""


@pytest.mark.parametrize("grade", degrade.GRADES)
def test_grades_do_what_they_name(grade):
    page = Image.new("L", (600, 800), "white")
    page.paste(0, (200, 300, 400, 500))
    settings = degrade.GRADES[grade]
    first, again = (degrade.degrade(page, grade, seed) for seed in (1, 1))
    assert first.tobytes() == again.tobytes()
    assert first.mode == ("L" if settings.threshold is None else "1")
    assert first.width == round(600 * settings.resolution / 300)
    pixels = np.asarray(first.convert("L")).astype(float)
    middle = pixels[pixels.shape[0] // 2 - 20 :, :][:40, pixels.shape[1] // 2 - 20 :][:, :40]
    contrast = np.median(pixels) - np.median(middle)
    assert contrast == pytest.approx(settings.contrast, abs=25)
    assert (grade == "clean") == (first.tobytes() == degrade.degrade(page, grade, 2).tobytes())


def test_garbling_keeps_numbers_and_loses_marks():
    words = ["Số", "15", "ngày", "04", "tháng", "5", "của", "Ủy", "ban", "nhân", "dân", "quận"]
    spoilt = garble.garble(words * 20, seed=3)
    assert spoilt == garble.garble(words * 20, seed=3)
    text = "".join(spoilt)
    assert text == strip_marks(text) and text.encode("latin-1")
    kept = sum(garbled.strip() == word for word, garbled in zip(words * 20, spoilt, strict=True))
    assert 0.2 < kept / len(spoilt) < 0.7


def test_pdf_carries_its_words_where_they_stand():
    word = image_pdf.LayerWord("Ha (N~i)", left=300, baseline=600, width=200, size=58)
    page = image_pdf.PdfPage(Image.new("L", (2480, 3508), "white"), 300, 60, (word,))
    assert image_pdf.pdf_bytes([page]) == image_pdf.pdf_bytes([page])
    with pypdfium2.PdfDocument(image_pdf.pdf_bytes([page, page])) as document:
        assert len(document) == 2
        assert document[0].get_size() == pytest.approx((595.2, 841.92), abs=0.1)
        assert document[0].get_textpage().get_text_range() == "Ha (N~i)"
        text = document[0].get_textpage()
        assert text.count_rects() == 1
        left, bottom, right, _top = text.get_rect(0)
        assert left == pytest.approx(72, abs=3) and right == pytest.approx(120, abs=6)
        assert bottom == pytest.approx(841.92 - 144, abs=6)
