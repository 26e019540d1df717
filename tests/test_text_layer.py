"""A text layer is read as the page shows it: every letter where it stands, and nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfs import A4, one_page, stream

from restore.page import Page
from restore.scan.ingest import open_document
from restore.scan.layer_order import in_reading_order
from restore.scan.text_layer import as_shown

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
FONT = "/Font << /F 5 0 R >>"
BODY = [f"dong thu {n} cua phan than van ban nay dai vua du mot dong chu in" for n in range(8)]


def text(
    words: str, x: float = 72, y: float = 700, *, matrix: str = "", mode: int = 0, size: int = 12
) -> str:
    """Operators that draw words in Helvetica from a place, or by a matrix."""
    return f"BT {mode} Tr /F {size} Tf {matrix or f'1 0 0 1 {x} {y}'} Tm ({words}) Tj ET\n"


def layer(
    tmp_path: Path, content: str, *others: bytes, font: bytes = HELVETICA, box: str = A4
) -> Page | None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(content, font, *others, resources=FONT, box=box))
    with open_document(path) as scanned:
        return scanned.text_layer(1)


def words(page: Page | None) -> str:
    return page.text if page else ""


def codes(table: dict[str, str]) -> bytes:
    """A ToUnicode map: what the letters of the font's codes are."""
    rows = "\n".join(
        f"<{ord(code):02X}> <{text.encode('utf-16-be').hex()}>" for code, text in sorted(table.items())
    )
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
    space = "1 begincodespacerange <00> <FF> endcodespacerange "
    return stream("", f"{head}{space}{len(table)} beginbfchar\n{rows}\nendbfchar endcmap end end".encode())


def with_codes(tmp_path: Path, drawn: str, table: dict[str, str]) -> str:
    font = HELVETICA.replace(b">>", b"/ToUnicode 6 0 R >>")
    return words(layer(tmp_path, text(drawn), codes(table), font=font))


# Letters


def test_a_ligature_is_its_letters(tmp_path: Path) -> None:
    assert with_codes(tmp_path, "oXce", {"o": "o", "X": "ffi", "c": "c", "e": "e"}) == "office"


def test_combining_marks_stay_with_their_letter(tmp_path: Path) -> None:
    plain = {letter: letter for letter in "tieng"}
    marks = {"X": "\N{COMBINING CIRCUMFLEX ACCENT}", "Y": "\N{COMBINING ACUTE ACCENT}"}
    found = with_codes(tmp_path, "tieXYng tieng", plain | marks | {" ": " "})
    assert found == "tie\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING ACUTE ACCENT}ng tieng"


def test_bullets_of_symbol_fonts_are_bullets(tmp_path: Path) -> None:
    table = {"X": "\uf0b7", "Y": "\uf02d", " ": " ", "a": "a"}
    assert with_codes(tmp_path, "X a Y a", table) == "• a - a"


def test_soft_hyphens_are_kept_for_who_knows_the_encoding_and_then_as_they_are_shown(tmp_path: Path) -> None:
    font = HELVETICA.replace(b">>", b"/ToUnicode 6 0 R >>")
    table = {"a": "a", "n": "n", "X": "\N{SOFT HYPHEN}"}
    page = layer(tmp_path, text("anXan anX") + text("an", y=684), codes(table), font=font)
    assert words(page) == "an\N{SOFT HYPHEN}an an\N{SOFT HYPHEN}\nan"
    assert words(as_shown(page)) == "anan an-\nan"


def test_letters_that_the_file_does_not_name_make_no_layer(tmp_path: Path) -> None:
    assert with_codes(tmp_path, "abc abc", {"a": "\0", "b": "\0", "c": "\0"}) == ""
    assert with_codes(tmp_path, "abc abc", {"a": "a", "b": "\ufffd", "c": "c"}) == ""


def test_one_letter_without_a_name_among_many_shows(tmp_path: Path) -> None:
    table = {letter: letter for letter in "acdeghinotu "} | {"X": "\0"}
    found = with_codes(tmp_path, "cong hoa xa hoi chXa" + 3 * " doan thanh nien", table)
    assert found.split()[4] == "ch\N{REPLACEMENT CHARACTER}a"


def test_a_font_of_drawings_with_names_is_read(tmp_path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] "
        b"/CharProcs << /sq 6 0 R >> /Encoding << /Type /Encoding /Differences [97 /sq] >> /FirstChar 97 "
        b"/LastChar 97 /Widths [1000] /Resources << >> /ToUnicode 7 0 R >>"
    )
    square = stream("", b"750 0 0 0 750 750 d1 0 0 750 750 re f")
    page = layer(tmp_path, text("aa a"), square, codes({"a": "ế"}), font=font)
    assert words(page) == "ếế ế"
    first = next(page.words).bbox
    assert (first.left, first.top, first.bottom) == pytest.approx((300, 554, 592), abs=2)
    assert layer(tmp_path, text("aa a"), square, font=font.replace(b"/ToUnicode 7 0 R", b"")) is None


def test_what_the_file_says_that_it_reads_is_what_it_reads(tmp_path: Path) -> None:
    marked = "/Span << /ActualText (ngay 12) >> BDC\n" + text("xxxxxx") + "EMC\n" + text("thang", 200)
    assert words(layer(tmp_path, marked)) == "ngay 12 thang"


# Lines


def test_a_line_ends_where_it_ends_also_after_a_hyphen(tmp_path: Path) -> None:
    page = layer(tmp_path, text("so 129/KH-") + text("UBND quan", y=684))
    assert words(as_shown(page)) == "so 129/KH-\nUBND quan"
    assert max(word.bbox.height for word in page.words) < 60


def test_letters_drawn_twice_to_be_bold_are_read_once(tmp_path: Path) -> None:
    assert words(layer(tmp_path, text("KE HOACH") + text("KE HOACH", x=72.3))) == "KE HOACH"


@pytest.mark.parametrize("turn", ["0 1 -1 0 300 300", "0 -1 1 0 300 600"])
def test_lines_that_run_up_or_down_the_page(turn: str, tmp_path: Path) -> None:
    page = layer(tmp_path, text("xoay ngang mot dong", matrix=turn) + text("dong thuong"))
    assert "xoay ngang mot dong" in words(page).split("\n")
    assert all(word.bbox.height > word.bbox.width for word in page.words if word.text in ("xoay", "ngang"))


def test_turned_letters_that_stand_one_by_one_are_words(tmp_path: Path) -> None:
    letters = "".join(
        text(letter, matrix=f"0 1 -1 0 300 {300 + 7 * index}")
        for index, letter in enumerate("xoay ngang")
        if letter != " "
    )
    assert "xoay ngang" in words(layer(tmp_path, letters)).split("\n")


def test_turned_text_on_a_turned_page_is_upright(tmp_path: Path) -> None:
    lines = text("dong mot", matrix="0 1 -1 0 300 300") + text("dong hai", matrix="0 1 -1 0 316 300")
    page = layer(tmp_path, lines, box=f"{A4} /Rotate 90")
    assert words(page) == "dong mot\ndong hai"
    assert all(word.bbox.width > word.bbox.height for word in page.words)


# What is not there


def test_what_stands_beside_the_page_is_no_part_of_it(tmp_path: Path) -> None:
    beside = text("trong trang") + text("ngoai trang", y=800) + text("xa", x=900)
    assert words(layer(tmp_path, beside, box=f"{A4} /CropBox [0 0 595 750]")) == "trong trang"


def test_a_box_that_begins_elsewhere_moves_the_words(tmp_path: Path) -> None:
    page = layer(tmp_path, text("Xin chao", x=172, y=900), box="/MediaBox [100 200 695 1042]")
    assert next(page.words).bbox.left == pytest.approx(72 / 72 * 300, abs=5)


def test_an_invisible_copy_of_visible_words_is_left_out(tmp_path: Path) -> None:
    drawn = text("so 12 ngay 9") + text("s0 17 ngay 8", mode=3) + text("chi co trong anh", y=500, mode=3)
    assert words(layer(tmp_path, drawn)).split("\n") == ["so 12 ngay 9", "chi co trong anh"]


def test_an_invisible_layer_alone_is_the_layer(tmp_path: Path) -> None:
    assert words(layer(tmp_path, text("so 12 ngay 9", mode=3))) == "so 12 ngay 9"


# Order


def header(across: bool) -> str:
    left = [("UY BAN NHAN DAN", 72, 700), ("SO NOI VU", 84, 684), ("So: 12/KH-SNV", 80, 660)]
    right = [
        ("CONG HOA XA HOI CHU NGHIA VIET NAM", 300, 700),
        ("Doc lap - Tu do - Hanh phuc", 330, 684),
        ("Binh Mau, ngay 9 thang 5 nam 2024", 320, 660),
    ]
    pieces = [piece for row in zip(left, right, strict=True) for piece in row] if across else [*left, *right]
    body = "".join(text(line, y=560 - 16 * n) for n, line in enumerate(BODY))
    return "".join(text(*piece) for piece in pieces) + text("KE HOACH", 260, 610) + body


COLUMNS = [
    "UY BAN NHAN DAN",
    "SO NOI VU",
    "So: 12/KH-SNV",
    "CONG HOA XA HOI CHU NGHIA VIET NAM",
    "Doc lap - Tu do - Hanh phuc",
    "Binh Mau, ngay 9 thang 5 nam 2024",
    "KE HOACH",
    *BODY,
]


@pytest.mark.parametrize("across", [False, True])
def test_a_header_is_read_column_by_column_however_the_layer_was_written(
    across: bool, tmp_path: Path
) -> None:
    page = layer(tmp_path, header(across))
    assert (words(page).split("\n")[0] == COLUMNS[0]) is not across
    assert [line for line in in_reading_order(page).text.split("\n") if line] == COLUMNS


def test_columns_of_the_body_stay_in_the_order_of_the_layer(tmp_path: Path) -> None:
    one = "".join(text(f"cot mot dong {n}", 72, 700 - 16 * n) for n in range(30))
    two = "".join(text(f"cot hai dong {n}", 330, 700 - 16 * n) for n in range(30))
    head = text("BAO", 72, 750) + text("So 5", 500, 750)
    page = layer(tmp_path, head + one + two)
    assert in_reading_order(page) is page


def test_a_layer_of_whole_lines_is_left_alone(tmp_path: Path) -> None:
    page = layer(tmp_path, "".join(text(line, y=700 - 16 * n) for n, line in enumerate(BODY)))
    assert in_reading_order(page) is page
    assert words(page).split("\n") == BODY
