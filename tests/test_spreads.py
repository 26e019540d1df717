"""Two pages on one image are read one after the other; a wide page that is one page is not cut."""

from __future__ import annotations

import numpy as np

from restore.page import BBox, Block, Line, Page, Word
from restore.scan.ingest import PageImage
from restore.scan.layout import order
from restore.scan.read import read_page
from restore.scan.spreads import find_gutter
from tools.degrade import degrade
from tools.render import Draft, Paragraph, render
from tools.render_table import DraftTable, draw_table, plain

BODY = (
    "Các đơn vị thuộc huyện triển khai kế hoạch này từ quý một, báo cáo kết quả trước ngày mười lăm tháng cuối quý.",
    "Phòng Nội vụ theo dõi, tổng hợp; phòng Tài chính thẩm định dự toán và cấp kinh phí theo quy định hiện hành.",
    "Ủy ban nhân dân các xã vận động nhân dân tham gia, biểu dương người tốt, nhắc nhở nơi còn chậm trong việc này.",
)
DRAFT = Draft(
    issuer_parent=("ỦY BAN NHÂN DÂN",),
    issuer=("HUYỆN SÔNG MAI",),
    number="Số: 12/KH-UBND",
    place_date="Sông Mai, ngày 03 tháng 4 năm 2024",
    title="KẾ HOẠCH",
    subject=("Tổ chức ngày hội đọc sách",),
    body=tuple(Paragraph(text) for text in BODY * 6),
    recipients=("- Như trên;", "- Lưu: VT."),
    authority=("TM. ỦY BAN NHÂN DÂN",),
    position=("CHỦ TỊCH",),
    name="Nguyễn Văn Mẫu",
)


def test_two_pages_side_by_side_are_read_left_before_right() -> None:
    left, right = render(DRAFT)[:2]
    image = np.hstack([np.asarray(degrade(page.image.convert("L"), "mild", 5)) for page in (left, right)])
    page = read_page(PageImage(1, image, 300), timeout=120)
    text = page.text
    landmarks = ["HUYỆN SÔNG MAI", "CỘNG HÒA XÃ HỘI", "KẾ HOẠCH", "Nơi nhận:", "CHỦ TỊCH"]
    assert [text.index(words) for words in landmarks] == sorted(text.index(words) for words in landmarks)
    lines = text.split("\n")
    for block in (*left.blocks[-3:], *right.blocks[1:3]):
        assert block[0] in lines, "a line of one page joined with one of the other"
    assert max(len(line) for line in lines) < 100


def words(top: int, *lefts: int, length: int = 120) -> Line:
    return Line(tuple(Word("", "chữ", BBox(left, top, left + length, top + 40), 0.95) for left in lefts))


LEFT, RIGHT = range(150, 1400, 140), range(2000, 3250, 140)


def spread(rows: int = 20) -> list[Line]:
    return [words(300 + 70 * row, *LEFT, *RIGHT) for row in range(rows)]


def test_the_gutter_lies_between_the_pages() -> None:
    gutter = find_gutter(spread(), [], 3508, 2480)
    assert gutter is not None
    assert LEFT[-1] + 120 < gutter < RIGHT[0]


def test_a_last_page_of_a_few_lines_is_a_page() -> None:
    lines = [words(300 + 70 * row, *LEFT, *(RIGHT if row < 4 else ())) for row in range(20)]
    page = Page(1, 3508, 2480, 300, (Block(tuple(lines)),), "tesseract")
    ordered = [word.bbox.left for word in order(page).words]
    assert all(left in LEFT for left in ordered[: 20 * len(LEFT)])
    assert len(ordered) == 20 * len(LEFT) + 4 * len(RIGHT)


def test_one_page_has_no_gutter() -> None:
    assert find_gutter(spread(), [], 2480, 3508) is None  # upright
    assert find_gutter(spread(rows=3), [], 3508, 2480) is None  # a header of two columns alone
    crossed = [*spread(), words(1900, *range(150, 3250, 140))]
    assert find_gutter(crossed, [], 3508, 2480) is None
    assert find_gutter(spread(), [BBox(100, 250, 3300, 1800)], 3508, 2480) is None  # a ruled table
    columns = [words(300 + 70 * row, 150, 600, 1100, 1900, 2400, 2900) for row in range(20)]
    narrow = [words(300 + 70 * row, 150, 1900) for row in range(20)]
    assert find_gutter(narrow, [], 3508, 2480) is None
    assert find_gutter(columns, [], 3508, 2480) is None


def test_a_landscape_table_is_not_cut() -> None:
    rows = [("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian")]
    rows += [(str(n), "Rà soát, lập danh sách hộ tham gia", "Phòng Nội vụ", "Tháng 5") for n in range(1, 12)]
    drawn = draw_table(DraftTable((15, 110, 90, 40), plain(rows), landscape=True))
    page = read_page(PageImage(1, np.asarray(drawn.image.convert("L")), 300), timeout=120)
    (table,) = page.tables
    assert len(table.cells) == len(drawn.cells)
    assert {block.kind for block in page.blocks} == {"table"}
