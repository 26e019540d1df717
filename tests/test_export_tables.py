"""CSV and XLSX of a batch, opened again: who has to do what, what is cited, and nothing that runs."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from restore.content import Assignment, Task
from restore.document import Document, Field, Header, Quality, Reference, Section, Source, Warning
from restore.documents import Entry
from restore.export.labels import LABELS
from restore.export.records import Column, Listing, listings, section_paths
from restore.export.spreadsheets import csv_bytes, xlsx_bytes


def present(value: str) -> Field:
    return Field(value=value, raw=value, status="present")


SECTIONS = (
    Section(
        id="s1",
        kind="chapter",
        number="I",
        children=(
            Section(
                id="s1.1",
                kind="article",
                number="5",
                children=(
                    Section(
                        id="s1.1.1",
                        kind="clause",
                        number="2",
                        children=(Section(id="s1.1.1.1", kind="bullet"),),
                    ),
                ),
            ),
        ),
    ),
    Section(id="s2", kind="section", number="II", children=(Section(id="s2.1", kind="clause", number="1"),)),
)
PLAN = Document(
    source=Source(path="a.pdf", sha256="ab", page_count=3),
    header=Header(
        number=present("05"),
        notation=present("KH-UBND"),
        issued_date=present("2024-02-09"),
        subject=present("=HYPERLINK(1)"),
        issuer=present("UBND HUYỆN"),
        addressees=(present("Sở Y tế"), present("Sở Nội vụ")),
    ),
    sections=SECTIONS,
    assignments=(
        Assignment(
            unit=present("Phòng Y tế"),
            section_id="s2.1",
            tasks=(
                Task(
                    text=present("- Khám"),
                    deadline=present("2024-12-05"),
                    with_units=(present("Công an"), present("Đoàn")),
                ),
                Task(text=present("Báo cáo"), deadline=present("hằng quý")),
            ),
        ),
        Assignment(unit=present("Sở Nội vụ")),
    ),
    references=(
        Reference(text=present("khoản 2 Điều 5 Kế hoạch này"), own=True, section_id="s2", target_id="s1.1.1"),
        Reference(
            text=present("Nghị định số 30/2020/NĐ-CP"), number=present("30"), date=present("2020-03-05")
        ),
    ),
    quality=Quality(
        warnings=(Warning(code="b", message=""), Warning(code="a", message=""), Warning(code="a", message=""))
    ),
)
BLANK = Document(header=Header(number=Field(raw="Số:", status="blank"), issued_date=present("2023-04")))
LISTINGS = listings([Entry("a.pdf", PLAN), Entry("b.pdf", BLANK)])


def rows(listing: Listing) -> list[dict[str, str]]:
    text = csv_bytes(listing).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_a_document() -> None:
    plan, blank = rows(LISTINGS[0])
    assert (plan["path"], plan["number"], plan["issued_date"], plan["issuer"]) == (
        "a.pdf",
        "05",
        "2024-02-09",
        "UBND HUYỆN",
    )
    assert plan["addressees"] == "Sở Y tế; Sở Nội vụ"
    assert plan["warnings"] == "a, b"
    assert (blank["number"], blank["number_status"], blank["issued_date"]) == ("", "blank", "2023-04")


def test_a_row_a_task() -> None:
    first, second, third = rows(LISTINGS[1])
    assert first["document"] == "05/KH-UBND"
    assert (first["section"], first["unit"], first["deadline"], first["with_units"]) == (
        "II/1", "Phòng Y tế", "2024-12-05", "Công an; Đoàn",
    )  # fmt: skip
    assert (second["task"], second["deadline"]) == ("Báo cáo", "hằng quý")
    assert (third["unit"], third["task"], third["section"]) == ("Sở Nội vụ", "", "")


def test_a_row_a_reference() -> None:
    own, other = rows(LISTINGS[2])
    assert (own["section"], own["own"], own["target"]) == ("II", "1", "Điều 5/2")
    assert (other["number"], other["date"], other["own"]) == ("30", "2020-03-05", "0")


def test_articles_are_cited_without_their_chapter() -> None:
    assert section_paths(SECTIONS) == {
        "s1": "I", "s1.1": "Điều 5", "s1.1.1": "Điều 5/2", "s1.1.1.1": "Điều 5/2", "s2": "II", "s2.1": "II/1",
    }  # fmt: skip


def test_csv_is_what_excel_reads() -> None:
    data = csv_bytes(LISTINGS[1])
    assert data.startswith(b"\xef\xbb\xbfpath,")
    assert data.count(b"\r\n") == 4
    assert "Phòng Y tế".encode() in data


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "- Khám"])
def test_no_cell_is_a_formula(text: str) -> None:
    listing = Listing("documents", (Column("subject"),), ((text,),))
    ((cell,),) = [list(row.values()) for row in rows(listing)]
    assert cell == f"'{text}"
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes([listing], "vi")))
    read = book.worksheets[0]["A2"]
    assert (read.value, read.data_type, read.quotePrefix) == (text, "s", True)


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(LISTINGS, "vi")))


def test_a_workbook_has_three_sheets_with_headings(book: Any) -> None:
    assert book.sheetnames == ["Văn bản", "Nhiệm vụ", "Văn bản viện dẫn"]
    for sheet, listing in zip(book.worksheets, LISTINGS, strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.auto_filter.ref.endswith(str(len(listing.rows) + 1))
        assert sheet["A1"].font.bold
        assert [cell.value for cell in sheet[1]] == [LABELS[column.key].vi for column in listing.columns]
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert widths == [column.width for column in listing.columns]


def test_dates_are_dates_and_numbers_numbers(book: Any) -> None:
    first, second, _ = list(book["Nhiệm vụ"].iter_rows(min_row=2))
    keys = [column.key for column in LISTINGS[1].columns]
    deadline = first[keys.index("deadline")]
    assert (deadline.value, deadline.number_format, deadline.is_date) == (
        datetime(2024, 12, 5),
        "dd/mm/yyyy",
        True,
    )
    assert second[keys.index("deadline")].value == "hằng quý"
    keys = [column.key for column in LISTINGS[0].columns]
    plan = next(book["Văn bản"].iter_rows(min_row=2))
    assert plan[keys.index("page_count")].value == 3
    assert plan[keys.index("number")].value == "05"


def test_a_date_before_excels_calendar_is_text() -> None:
    listing = Listing("documents", (Column("issued_date"),), ((date(1802, 6, 1),),))
    sheet = openpyxl.load_workbook(BytesIO(xlsx_bytes([listing], "en"))).worksheets[0]
    assert (sheet.title, sheet["A1"].value, sheet["A2"].value) == ("Documents", "Date of issue", "1802-06-01")


def test_a_text_longer_than_a_cell_ends_with_dots_in_xlsx_and_is_whole_in_csv() -> None:
    listing = Listing("documents", (Column("subject"),), (("a" * 40_000,),))
    cell = openpyxl.load_workbook(BytesIO(xlsx_bytes([listing], "en"))).worksheets[0]["A2"].value
    assert (len(cell), cell[-1]) == (32767, "…")
    assert len(rows(listing)[0]["subject"]) == 40_000


def test_no_time_is_in_the_file() -> None:
    with ZipFile(BytesIO(xlsx_bytes(LISTINGS, "vi"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_column_has_a_heading() -> None:
    assert {column.key for listing in LISTINGS for column in listing.columns} <= set(LABELS)
