"""Tables as CSV and XLSX that Excel opens rightly: Vietnamese letters, dates as dates, and nothing that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from restore.export.characters import printable
from restore.export.labels import label
from restore.export.packages import timeless
from restore.export.records import Listing, Value
from restore.messages import Language

# What Excel takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32767  # characters, the limit of the XLSX format
_HEADING = PatternFill("solid", fgColor="DDE6F0")
_DAY = "dd/mm/yyyy"
_FIRST_YEAR = 1900  # of Excel's calendar


def csv_bytes(listing: Listing) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, without which Excel takes another encoding; CRLF; keys above.

    Dates are ISO. A text that Excel would run as a formula gets an apostrophe before it.
    """
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(column.key for column in listing.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in listing.rows)
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = printable(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def xlsx_bytes(listings: Sequence[Listing], lang: Language) -> bytes:
    """The tables as the sheets of one workbook; headings in the reader's language, frozen, with filters."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for listing in listings:
        _fill(book.create_sheet(label(listing.name, lang)), listing, lang)
    target = BytesIO()
    book.save(target)
    return timeless(target.getvalue())


def _fill(sheet: Worksheet, listing: Listing, lang: Language) -> None:
    for number, column in enumerate(listing.columns, start=1):
        cell = sheet.cell(row=1, column=number, value=column.key if column.named else label(column.key, lang))
        cell.font, cell.fill = Font(bold=True), _HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for row_number, row in enumerate(listing.rows, start=2):
        for number, value in enumerate(row, start=1):
            if value is not None:
                _set(sheet.cell(row=row_number, column=number), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.columns))}{len(listing.rows) + 1}"


def _set(cell: Cell, value: str | int | date) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        text = printable(value)
        cell.value = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = text.startswith(_FORMULA_SIGNS)
        return
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        value = value.isoformat()
    cell.value = value
    if isinstance(value, date):
        cell.number_format = _DAY
