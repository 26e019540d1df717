"""What stands beside the body: told by where it stands, how large it is, and few words."""

from __future__ import annotations

import pytest

from restore.page import BBox, Block, Line, Page, Region, Word
from restore.scan.layout import order

WIDTH, HEIGHT = 2480, 3508
BODY = [
    "Cac truong hoc va phong ban co lien quan trien khai thuc hien day du",
    "cac noi dung tren day, bao cao ve Uy ban nhan dan huyen truoc ngay cuoi",
    "thang va tong hop ket qua gui ve Phong Noi vu de theo doi chung trong",
    "toan huyen, kip thoi phan anh nhung kho khan, vuong mac phat sinh.",
]


def row(text: str, top: int, left: int = 300, height: int = 44, letter: int = 22) -> Line:
    words = []
    for part in text.split(" "):
        if part:
            words.append(Word("", part, BBox(left, top, left + letter * len(part) - 6, top + height), 0.95))
        left += letter * (len(part) + 1)
    return Line(tuple(words))


def body(top: int = 500, rows: int = 4) -> list[Line]:
    return [row(text, top + 72 * index) for index, text in enumerate(BODY[:rows])]


def page(*lines: Line) -> Page:
    return Page(1, WIDTH, HEIGHT, 300, (Block(tuple(lines)),), "tesseract")


def kinds(*lines: Line) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in order(page(*lines)).blocks]


TEXT = ("body", "\n".join(BODY))


@pytest.mark.parametrize("number", ["2", "- 12 -", "Trang 3/5", "14."])
def test_page_numbers_above_and_below(number: str) -> None:
    assert kinds(row(number, 200, 1200), *body()) == [("page-number", number), TEXT]
    assert kinds(*body(), row(number, 3300, 1200)) == [TEXT, ("page-number", number)]


def test_a_number_in_the_body_is_no_page_number() -> None:
    assert kinds(*body(), row("2024", 900, 1200)) == [TEXT, ("body", "2024")]


def test_a_running_head_has_its_number_far_from_its_words() -> None:
    head = row("CONG BAO/So 12 + 13/Ngay 09-5-2024" + 30 * " " + "7", 200)
    assert kinds(head, *body(400)) == [("running-head", head.text), TEXT]
    title = row("Phu luc 7", 200)
    assert kinds(title, *body(400)) == [("body", "Phu luc 7"), TEXT]


def note(text: str, top: int) -> Line:
    return row(text, top, height=32, letter=16)


def test_footnotes_are_small_and_begin_with_their_mark() -> None:
    notes = [
        note("1 Theo bao cao cua Phong Thong ke huyen nam truoc, so lieu chua", 3000),
        note("duoc tham dinh lai.", 3052),
        note("[2] Ke hoach cua Uy ban nhan dan tinh.", 3104),
    ]
    found = kinds(*body(2500), *notes, row("7", 3300, 1200))
    assert found == [TEXT, ("footnote", "\n".join(line.text for line in notes)), ("page-number", "7")]


def test_recipients_in_small_print_are_no_footnotes() -> None:
    recipients = [note("Noi nhan:", 3000), note("- Nhu tren;", 3052), note("- Luu: VT, 2 ban.", 3104)]
    assert "footnote" not in dict(kinds(*body(2500), *recipients))


def test_numbered_lines_as_large_as_the_body_are_no_footnotes() -> None:
    assert "footnote" not in dict(kinds(*body(2500), row("1. Giao cac truong hoc bao cao.", 3000)))


def small(text: str, left: int, top: int) -> Line:
    return row(text, top, left, height=26, letter=13)


IMPRINT = [
    small("Nguoi ky: VAN PHONG UY BAN NHAN DAN", 1500, 60),
    small("Email: vanphong@songmai.example", 1500, 92),
    small("Co quan: HUYEN SONG MAI", 1500, 124),
    small("Thoi gian ky: 09.05.2024 15:28:33 +07:00", 1500, 156),
]


def regions(*lines: Line) -> tuple[Region, ...]:
    return order(page(*lines)).regions


def test_the_imprint_of_a_signature_is_laid_aside_with_its_place() -> None:
    (found,) = regions(*IMPRINT, *body())
    assert found.kind == "overlay"
    assert found.text == "\n".join(line.text for line in IMPRINT)
    assert found.bbox == BBox.union(line.bbox for line in IMPRINT)
    assert kinds(*IMPRINT, *body()) == [TEXT]


def test_an_imprint_is_known_by_any_of_its_lines_and_takes_its_logo_along() -> None:
    garbled = [
        small("Nuoi k: VAN PHONG", 1500, 60),
        small("Thoi gianky: 09.05.2024 15:28:33 +07:00", 1500, 92),
    ]
    logo = row("SMI", 58, 1410, height=70, letter=28)
    (found,) = regions(logo, *garbled, *body())
    assert found.text.split() == ["SMI", *" ".join(line.text for line in garbled).split()]


def test_an_imprint_on_a_line_with_the_text_leaves_the_text() -> None:
    joined = Line((*row("UY BAN NHAN DAN", 160).words, *IMPRINT[3].words))
    assert kinds(joined, *body()) == [("body", "UY BAN NHAN DAN"), TEXT]


def test_an_imprint_in_full_print_has_two_phrases() -> None:
    signed = [
        row("Ky boi: Uy ban nhan dan huyen", 3000, 1400),
        row("Ngay ky: 09/05/2024 15:28:33", 3072, 1400),
    ]
    (found,) = regions(*body(), *signed)
    assert found.text == "\n".join(line.text for line in signed)


def test_a_text_that_speaks_of_signing_keeps_its_words() -> None:
    spoken = row("Thoi gian ky: trong gio hanh chinh cua cac co quan trong huyen.", 900)
    assert regions(*body(), spoken) == ()
    assert kinds(*body(), spoken)[-1] == ("body", spoken.text)


STAMP = [
    row("CONG THONG TIN HUYEN", 700, 100, height=36, letter=18),
    row("DEN Ngay: 12/4/2024", 760, 110, height=36, letter=18),
]
FRAME = BBox(90, 680, 560, 820)


def stamped(*lines: Line) -> Page:
    return order(page(*lines), frames=[FRAME])


def test_a_stamp_of_arrival_is_laid_aside_with_its_frame() -> None:
    joined = Line((*STAMP[0].words, *row("QUYET DINH", 700, 1100).words))
    found = stamped(joined, STAMP[1], *body(1000))
    assert found.regions == (Region("overlay", FRAME, "CONG THONG TIN HUYEN\nDEN Ngay: 12/4/2024"),)
    assert [block.text for block in found.blocks] == ["QUYET DINH", TEXT[1]]


def test_a_line_that_runs_on_out_of_a_frame_stays() -> None:
    through = row("Can cu Luat To chuc chinh quyen dia phuong ngay 19 thang 6 nam 2015", 740)
    assert "Can cu Luat" in stamped(*STAMP, through, *body(1000)).text


def test_what_stands_in_another_frame_stays() -> None:
    for text in ("THONG BAO CHUNG", "don vi", "tu nay den mai"):
        notice = row(text, 720, 110)
        found = stamped(notice, *body(1000))
        assert found.regions == ()
        assert found.blocks[0].text == text
