"""Reading order from made-up boxes: what is drawn below as text is set in a fixed pitch, 24 pixels a letter."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.layout import order
from restore.scan.lines import group_lines

LETTER, HEIGHT, PITCH = 24, 44, 72
WIDTH = 2480

HEADER = """
   UY BAN NHAN DAN          CONG HOA XA HOI CHU NGHIA VIET NAM
    HUYEN SONG MAI              Doc lap - Tu do - Hanh phuc

    So: 12/KH-UBND            Song Mai, ngay 03 thang 4 nam 2024
 V/v to chuc ngay hoi doc
    sach nam hoc moi

                                KE HOACH
          To chuc ngay hoi doc sach trong thieu nhi toan huyen

     Thuc hien Ke hoach so 44/KH-SGDDT ngay 04/4/2023 cua So Giao duc
va Dao tao, Uy ban nhan dan huyen xay dung ke hoach nhu sau day, trong
do neu ro viec cua tung don vi.
"""
HEADER_BLOCKS = [
    "UY BAN NHAN DAN\nHUYEN SONG MAI",
    "So: 12/KH-UBND\nV/v to chuc ngay hoi doc\nsach nam hoc moi",
    "CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc",
    "Song Mai, ngay 03 thang 4 nam 2024",
    "KE HOACH\nTo chuc ngay hoi doc sach trong thieu nhi toan huyen",
    "Thuc hien Ke hoach so 44/KH-SGDDT ngay 04/4/2023 cua So Giao duc\n"
    "va Dao tao, Uy ban nhan dan huyen xay dung ke hoach nhu sau day, trong\n"
    "do neu ro viec cua tung don vi.",
]
CLOSING = """
     Cac truong hoc va phong ban co lien quan trien khai thuc hien day du
cac noi dung tren day, bao cao ve Uy ban nhan dan huyen truoc ngay cuoi
thang./.

Noi nhan:                              TM. UY BAN NHAN DAN
- Nhu tren;                                CHU TICH
- Cac truong tieu hoc;
- Luu: VT.

                                        Nguyen Van Mau
"""
CLOSING_BLOCKS = [
    "Cac truong hoc va phong ban co lien quan trien khai thuc hien day du\n"
    "cac noi dung tren day, bao cao ve Uy ban nhan dan huyen truoc ngay cuoi\nthang./.",
    "Noi nhan:\n- Nhu tren;\n- Cac truong tieu hoc;\n- Luu: VT.",
    "TM. UY BAN NHAN DAN\nCHU TICH",
    "Nguyen Van Mau",
]


def typed(text: str, *, top: int = 200, lean: float = 0.0) -> Page:
    """A page with one ``Line`` per printed row, columns merged: what an engine gives that reads across."""
    lines = []
    for row, row_text in enumerate(text.splitlines()):
        words = []
        column = 0
        for part in row_text.split(" "):
            if part:
                left, y = 300 + LETTER * column, top + PITCH * row
                y -= round(lean * (left - 300))
                box = BBox(left, y, left + LETTER * len(part) - 8, y + HEIGHT)
                words.append(Word("", part, box, 0.95))
            column += len(part) + 1
        if words:
            lines.append(Line(tuple(words)))
    return Page(1, WIDTH, 3508, 300, (Block(tuple(lines)),), "tesseract")


def blocks(page: Page) -> list[str]:
    return [block.text for block in order(page).blocks]


def with_words(page: Page, *words: Word) -> Page:
    return replace(page, blocks=(*page.blocks, *(Block((Line((word,)),)) for word in words)))


def test_header_columns_are_read_one_after_the_other() -> None:
    assert blocks(typed(HEADER)) == HEADER_BLOCKS


def test_closing_columns_are_read_one_after_the_other() -> None:
    assert blocks(typed(CLOSING)) == CLOSING_BLOCKS


def test_header_and_closing_on_one_page() -> None:
    page = typed(HEADER + CLOSING)
    assert blocks(page)[:5] == HEADER_BLOCKS[:5]
    assert blocks(page)[-3:] == CLOSING_BLOCKS[-3:]


@pytest.mark.parametrize("lean", [-0.008, 0.008])
def test_a_page_that_leans_a_little(lean: float) -> None:
    # What deskewing leaves alone is straightened before; this is what an estimate may be wrong by.
    assert order(typed(HEADER, lean=lean)).text.split() == "\n".join(HEADER_BLOCKS).split()


@given(seed=st.integers(0, 10_000))
def test_order_does_not_depend_on_the_engines_order(seed: int) -> None:
    page = typed(HEADER)
    lines = list(page.blocks[0].lines)
    random.Random(seed).shuffle(lines)
    assert order(replace(page, blocks=tuple(Block((line,)) for line in lines))) == order(page)


def test_pieces_of_one_line_become_one_line() -> None:
    page = typed(CLOSING)
    pieces = tuple(Block((Line((word,)),)) for line in page.blocks[0].lines for word in line.words)
    assert order(replace(page, blocks=pieces)).text == order(page).text


def test_words_are_numbered_in_reading_order() -> None:
    page = order(replace(typed(HEADER), number=4))
    assert [word.id for word in page.words] == [f"p4w{index}" for index in range(len(list(page.words)))]


def test_a_page_of_plain_text_keeps_its_lines() -> None:
    text = "\n".join(
        f"dong thu {index} cua mot trang chi co chu, khong co cot nao, dai het trang giay"
        for index in range(30)
    )
    assert order(typed(text)).text == text


def test_justified_lines_are_no_columns() -> None:
    # Every blank is as wide as a gutter, and two lines have one at the same place.
    line = "Phat  trien  nong  thon  va  thuong  truc  chong  thien  tai,  giao  thong"
    text = "\n".join([line] * 4 + ["het doan nay."])
    assert [row.split() for row in order(typed(text)).text.split("\n")] == [
        row.split() for row in text.split("\n")
    ]


def test_short_line_before_a_header_is_no_column() -> None:
    page = with_words(typed(HEADER, top=400), Word("", "2", BBox(1200, 150, 1222, 190), 0.95))
    assert blocks(page) == ["2", *HEADER_BLOCKS]


def test_one_line_signature_is_a_column_where_the_gutter_is_wide() -> None:
    text = "Noi nhan:                              HIEU TRUONG\n- Nhu tren;\n- Luu: VT."
    lines = order(typed(text)).text.split()
    assert lines == ["Noi", "nhan:", "-", "Nhu", "tren;", "-", "Luu:", "VT.", "HIEU", "TRUONG"]


def test_small_print_above_a_header_is_an_imprint() -> None:
    def small(text: str, left: int, top: int) -> Word:
        return Word("", text, BBox(left, top, left + 14 * len(text), top + 26), 0.95)

    page = typed(HEADER, top=300)
    stamped = order(with_words(page, small("UBND HUYEN", 1800, 60), small("11/09/2024 19:14", 1800, 95)))
    assert stamped.blocks == order(page).blocks
    assert [region.text for region in stamped.regions] == ["UBND HUYEN\n11/09/2024 19:14"]


def test_small_print_stays_where_there_is_no_header() -> None:
    page = with_words(typed(CLOSING, top=1800), Word("", "Mau01", BBox(1800, 60, 1880, 86), 0.95))
    assert blocks(page)[0] == "Mau01"


SPECKS = [
    Word("", "|", BBox(4, 100, 12, 2400), 0.9),  # edge of the paper
    Word("", ".", BBox(1400, 1500, 1404, 1504), 0.2),
    Word("", "~'", BBox(60, 900, 80, 912), 0.9),  # in the margin
    Word("", "lá", BBox(1500, 3000, 1540, 3040), 0.4),
]


@pytest.mark.parametrize("speck", SPECKS, ids=lambda word: word.text)
def test_specks_are_left_out(speck: Word) -> None:
    page = typed(HEADER)
    assert order(with_words(page, speck)) == order(page)


def test_doubtful_numbers_and_dashes_beside_other_words_stay() -> None:
    page = typed("So: §41 /LDLD\nDoc lap - Tu do - Hanh phuc")
    doubtful = [
        Line(tuple(replace(w, confidence=0.2) if w.text in ("§41", "-") else w for w in line.words))
        for line in page.blocks[0].lines
    ]
    page = replace(page, blocks=(Block(tuple(doubtful)),))
    assert order(page).text.split() == [
        "So:",
        "§41",
        "/LDLD",
        "Doc",
        "lap",
        "-",
        "Tu",
        "do",
        "-",
        "Hanh",
        "phuc",
    ]


def test_page_of_noise_and_page_of_nothing_are_empty() -> None:
    chance = random.Random(3)
    specks = [
        Word(
            "", chance.choice("a.:,'~íÌl"), BBox(x, y, x + chance.randint(1, 30), y + 20), chance.random() / 3
        )
        for x, y in ((chance.randint(0, 2400), chance.randint(0, 3400)) for _ in range(200))
    ]
    empty = Page(1, WIDTH, 3508, 300, (), "tesseract")
    assert order(empty) == empty
    assert order(with_words(empty, *specks)).blocks == ()


@given(
    st.lists(
        st.builds(
            lambda x, y, w, h, c: Word("", "chữ", BBox(x, y, x + w, y + h), c),
            st.integers(0, 2400),
            st.integers(0, 3400),
            st.integers(1, 300),
            st.integers(1, 90),
            st.floats(0, 1),
        ),
        max_size=40,
    )
)
def test_any_boxes_are_ordered_and_no_sure_word_is_lost_or_doubled(words: list[Word]) -> None:
    page = with_words(Page(1, WIDTH, 3508, 300, (), "tesseract"), *words)
    seen = [word.bbox for word in order(page).words]
    there = [word.bbox for word in words]
    assert all(seen.count(box) <= there.count(box) for box in seen)
    assert all(block.lines and all(line.words for line in block.lines) for block in order(page).blocks)


def test_paragraphs_without_space_between_them_are_told_by_their_indent() -> None:
    first = "     Thuc hien Ke hoach so 44/KH-SGDDT ngay 04/4/2023 cua So Giao duc\nva Dao tao."
    second = "     Uy ban nhan dan huyen xay dung ke hoach nhu sau day cho tat ca\ncac xa."
    lines = typed(f"{first}\n{second}").blocks[0].lines
    assert [[line.text for line in group] for group in group_lines(lines)] == [
        [line.strip() for line in paragraph.split("\n")] for paragraph in (first, second)
    ]
