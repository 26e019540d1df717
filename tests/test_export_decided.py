"""What a reviewer decided, a word and a field, arrives in every format of ``restore export``."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from io import BytesIO
from itertools import count
from pathlib import Path

import docx
import openpyxl
import pytest

from restore.cli import main
from restore.decisions import FieldValue, append_decisions, edit_decision, field_decision
from restore.document import Source
from restore.edit import Edit
from restore.export.formats import FORMATS, PLACED
from restore.page import BBox, Block, Line, Page, Word
from restore.results import assemble, reviewed, write_results
from restore.seen import Seen
from tests.layers import picture, text_of

LINES = (
    "ỦY BAN NHÂN DÂN", "QUẬN KIẾN AN", "Số: 7/KH-UBND", "Kiến An, ngày 05 tháng 4 năm 2023", "KẾ HOẠCH",
    "Về việc chăm sóc cây Pang lang", "Các trường trồng cây và chăm sóc cây.",
)  # fmt: skip
BEFORE, AFTER, NUMBER = "Pang", "Bằng", "4321"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of one page, not read but written down, of which Lan decided one word of the subject and the number."""
    place = tmp_path_factory.mktemp("decided")
    scan = picture()
    (place / "in").mkdir()
    (place / "in" / "plan.jpg").write_bytes(scan)
    numbers = count()
    lines = []
    for row, text in enumerate(LINES):
        left, words = 100, []
        for word in text.split():
            box = BBox(left, 150 + 80 * row, left + 20 * len(word), 180 + 80 * row)
            words.append(Word(f"p1w{next(numbers)}", word, box, 0.9))
            left = box.right + 15
        lines.append(Line(tuple(words)))
    page = Page(1, 1000, 1400, 200, tuple(Block((line,)) for line in lines), "tesseract")
    source = Source(
        path="plan.jpg", sha256=hashlib.sha256(scan).hexdigest(), media_type="image/jpeg", page_count=1
    )
    seen = Seen(source, pages=(page,))
    original = "\n\n".join(LINES) + "\n"
    restored = assemble(original, (), seen)
    start = original.index(BEFORE)
    edit = Edit(
        start=start, end=start + len(BEFORE), before=BEFORE, after=AFTER, kind="mixed", source="reviewer",
        confidence=1, status="confirmed", reviewer="Lan",
    )  # fmt: skip
    folder = place / "out" / "plan.jpg"
    write_results(folder, restored, "")
    number = field_decision(FieldValue(path="header.number", value=NUMBER), "Lan")
    append_decisions(folder / "decisions.jsonl", [edit_decision(edit, original), number])
    write_results(folder, reviewed(restored, folder), "", again=True)
    return place


def _readable(path: Path) -> str:
    """What a person or program reads in a file of any format."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        document = docx.Document(BytesIO(data))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(BytesIO(data)).worksheets
        return "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if path.suffix == ".pdf":
        return text_of(data, path)
    if path.suffix == ".csv":
        return "\n".join(cell for row in csv.reader(data.decode("utf-8-sig").splitlines()) for cell in row)
    return data.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_a_decided_word_and_a_decided_field_are_in_every_format(
    decided: Path, tmp_path: Path, form: str
) -> None:
    if form == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    words = ["export", decided / "out", "--to", form, "-o", tmp_path, "--originals", decided / "in"]
    assert main([*map(str, words), "--lang", "en"]) == 0
    text = "\n".join(_readable(path) for path in sorted(tmp_path.rglob("*")) if path.is_file())
    assert AFTER in text
    assert bool(re.search(rf"\b{NUMBER}\b", text)) == (form not in PLACED)  # the paper still says 7
