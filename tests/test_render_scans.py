"""Scans to measure and learn on: pages of corpora, set, spoilt and written as the benchmarks read them."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from restore.bench.cases import BODY, find_cases
from tools import corpus_pages, render_scans
from tools.corpora import is_held_out
from tools.degrade import degrade
from tools.render import Paragraph, render_plain
from tools.typeface import FREE_SERIF, LIBERATION_SERIF, TINOS

SAMPLE = next(Path(__file__).parents[1].joinpath("samples").glob("002_*.txt"))
LEARNED, HELD_OUT = "a", "39"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert (is_held_out(LEARNED), is_held_out(HELD_OUT)) == (False, True)
    folder = tmp_path_factory.mktemp("corpora")
    # Lines of the sample are cut where they were printed: two make a paragraph.
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = [" ".join(pair) for pair in zip(lines[::2], lines[1::2], strict=False)]
    half = len(pairs) // 2
    for name in corpus_pages.CORPORA:
        with lzma.open(folder / f"{name}.txt.xz", "wt", encoding="utf-8") as stream:
            stream.write("\n".join([f"<<<{LEARNED}>>>", *pairs[:half], f"<<<{HELD_OUT}>>>", *pairs[half:]]))
    return folder


def test_held_out_documents_are_kept_apart(corpora: Path) -> None:
    learned, held_out = (
        {line for corpus in corpus_pages.texts(corpora, held_out=held) for text in corpus for line in text}
        for held in (False, True)
    )
    assert learned and held_out
    assert not learned & held_out
    assert all(map(corpus_pages.is_settable, learned))


def test_a_seed_says_what_is_on_the_page(corpora: Path) -> None:
    texts = corpus_pages.texts(corpora, held_out=False)
    first, again, other = (
        corpus_pages.page(texts, np.random.default_rng(seed), plain=False) for seed in (1, 1, 2)
    )
    assert first == again != other
    assert first.draft is not None
    assert first.draft.number.startswith("Số: ") and first.draft.stamp


def test_scans_are_found_with_their_truth(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["render_scans", str(corpora), "-o", str(tmp_path), "--seed", "1", "--pages", "2"]
    monkeypatch.setattr("sys.argv", [*command, "--grades", "mild", "fax"])
    render_scans.main()
    cases = find_cases(tmp_path)
    assert [case.name for case in cases] == [
        "fax/fax-1-01.body", "fax/fax-1-02", "mild/mild-1-01.body", "mild/mild-1-02",
    ]  # fmt: skip
    assert {case.kind for case in cases} == {"scan"}
    for case in cases:
        decision = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in case.truth()
        assert decision == (not case.name.endswith(BODY))
        with Image.open(case.paths[0]) as scan:
            assert round(scan.info["dpi"][0]) == (200 if "fax" in case.name else 300)
            assert scan.mode == ("1" if "fax" in case.name else "RGB" if decision else "L")
    one = tmp_path / "mild" / "mild-1-01.body.jpg"
    before = one.read_bytes()
    render_scans.main()
    assert one.read_bytes() == before


def test_every_typeface_has_every_letter_and_its_own_shapes() -> None:
    paragraph = Paragraph("**Điều 1.** Nghĩa vụ được hưởng, kể cả những ổn định, ẩn, ểnh, ữ, ỵ, ỗ, ẵ")
    pages = [render_plain([paragraph], face) for face in (TINOS, LIBERATION_SERIF, FREE_SERIF)]
    assert {page.text for page in pages} == {pages[0].text}
    assert len({page.image.tobytes() for page in pages}) >= 2


def test_a_page_of_body_text_ends_where_it_is_full() -> None:
    page = render_plain([Paragraph("Ủy ban nhân dân các huyện, thị xã, thành phố " * 9)] * 40)
    lines = page.text.split("\n")
    assert 25 < len(lines) < 60
    small = render_plain([Paragraph("Ủy ban nhân dân các huyện, thị xã, thành phố " * 9)] * 40, points=12.0)
    assert len(small.text) > len(page.text)


def test_an_appendix_has_the_same_table_for_a_seed(corpora: Path) -> None:
    texts = corpus_pages.texts(corpora, held_out=False)
    (_, page, _), (_, again, _) = (next(render_scans.appendices(texts, 5, 1, "mild")) for _ in range(2))
    assert page.image.tobytes() == again.image.tobytes()
    assert page.text.startswith("PHỤ LỤC\n") and "Thời hạn" in page.text


def test_a_worn_sheet_has_holes_and_an_edge_and_a_photographed_one_bends() -> None:
    white = Image.new("L", (1240, 1754), "white")
    pixels = np.asarray(degrade(white, "worn", 3))
    height, width = pixels.shape
    assert pixels[:, -1].max() < 120  # the lid
    for place in (-40, 40):
        row = pixels[round(height / 2 + place / 25.4 * 200), : width // 5]
        assert (row < 120).sum() > 20
    line = white.copy()
    line.paste(0, (0, 870, 1240, 876))
    dark = np.asarray(degrade(line, "photo", 3)).argmin(axis=0)
    middle, ends = dark[len(dark) // 2], (int(dark[40]) + int(dark[-40])) / 2
    assert 15 < abs(middle - ends) < 90  # 3 to 9 mm at 200 dpi
