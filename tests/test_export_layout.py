"""What is printed where: head, body, end and annexes of a document, and that no word is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

import restore
from restore.document import Document, Field, Header, Section, Table, TableCell
from restore.export.grid import grid
from restore.export.head import head_of, number_line, place_and_date
from restore.export.layout import lay_out
from restore.export.plain import plain_text
from restore.field import Provenance
from tests.documents import DOCUMENTS, TABLES

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "cases" / "structure" / "open").iterdir())
SAMPLES = [ROOT / "samples" / name for name in ("000_d85d24a1343911c1.gold.txt", "002_7d7d882c88c23fa0.txt")]
TEXTS = [*SAMPLES, *(case / "text.txt" for case in CASES)]


def present(value: str, raw: str | None = None) -> Field:
    return Field(value=value, raw=value if raw is None else raw, status="present")


def section_words(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from f"{section.title or ''} {section.text}".split()
        yield from section_words(section.children)


def said(document: Document) -> Counter[str]:
    """The words that a document holds in its head, its bases, its tree, its tables and its end."""
    header, closing = document.header, document.closing
    fields = [
        header.number, header.notation, header.place, header.subject, header.motto, header.national_name,
        *header.addressees, *closing.recipients, *(basis.text for basis in document.legal_bases),
        *(part for signer in closing.signers for part in (signer.authority, signer.position, signer.name)),
    ]  # fmt: skip
    words = [word for field in fields for word in (field.value or "").split()]
    return Counter([*words, *section_words(document.sections)])


def letters(text: str) -> str:
    """Letters and figures alone: a line may add a colon, a dash or a full stop."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_no_word_of_a_document_is_lost(path: Path) -> None:
    document = restore.parse(path.read_text("utf-8"))
    left = Counter(map(letters, plain_text(document).replace("/", " ").replace("-", " ").split()))
    wanted = Counter(
        letters(part)
        for word in said(document).elements()
        for part in word.replace("/", " ").replace("-", " ").split()
    )
    assert not {word: count for word, count in (wanted - left).items() if word}


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_every_section_is_laid_out(document: Document) -> None:
    sheet = lay_out(document)
    blocks = [*sheet.body, *(block for annex in sheet.annexes for block in annex)]
    printed = " ".join(f"{block.head} {block.text}" for block in blocks)
    for word in section_words(document.sections):
        assert word in printed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_the_plain_text_parses_to_the_same_head(path: Path) -> None:
    """Quốc hiệu, issuer, number and date stand in the reading order that the parser knows from printed sheets."""
    document = restore.parse(path.read_text("utf-8"))
    again = restore.parse(plain_text(document))
    names = ["number", "notation", "place", "issued_date", "doc_type"]
    if not document.header.issuers:  # joint issuers stand side by side in print, below each other in text
        names += ["national_name", "motto", "issuer_parent", "issuer"]
    for name in names:
        assert getattr(again.header, name).value == getattr(document.header, name).value, name


def test_the_head_of_a_letter_has_its_subject_under_the_number() -> None:
    head = head_of(Header(doc_type=present("Công văn", ""), subject=present("V/v trồng cây")))
    assert (head.type_name, head.subject, head.about) == ("", "", "V/v trồng cây")
    head = head_of(Header(doc_type=present("Kế hoạch"), subject=present("Trồng cây")))
    assert (head.type_name, head.subject, head.about) == ("KẾ HOẠCH", "Trồng cây", "")


def test_joint_issuers_are_all_named() -> None:
    header = Header(issuer=present("SỞ Y TẾ"), issuers=(present("SỞ Y TẾ"), present("SỞ NỘI VỤ")))
    assert head_of(header).issuer == ("SỞ Y TẾ", "SỞ NỘI VỤ")


@pytest.mark.parametrize(
    ("number", "notation", "doc_type", "line"),
    [
        (present("05"), present("KH-UBND"), present("Kế hoạch"), "Số: 05/KH-UBND"),
        (
            Field(raw="Số:    /", status="blank"),
            present("KH-PGDĐT"),
            present("Kế hoạch"),
            "Số:       /KH-PGDĐT",
        ),
        (Field(raw="1?5", status="unreadable"), present("CV"), present("Công văn"), "Số: 1?5 [?]/CV"),
        (present("59"), present("2020/QH14"), present("Luật"), "Luật số: 59/2020/QH14"),
        (present("97"), present("2031/NĐ-CP"), present("Nghị định"), "Số: 97/2031/NĐ-CP"),
        (present("31"), present("KH/HU"), present("Kế hoạch"), "Số: 31-KH/HU"),
        (present("12"), Field(), Field(), "Số: 12"),
        (Field(), Field(), Field(), ""),
    ],
)
def test_number_lines(number: Field, notation: Field, doc_type: Field, line: str) -> None:
    assert number_line(Header(number=number, notation=notation, doc_type=doc_type)) == line


@pytest.mark.parametrize(
    ("date", "line"),
    [
        (present("2024-03-05", "ngày 5 tháng 3 năm 2024"), "Huế, ngày 5 tháng 3 năm 2024"),  # as printed
        (present("2024-01-15", "15/1/2024"), "Huế, ngày 15 tháng 01 năm 2024"),
        (present("2024-11-05", "ngày 5 tháng l1 năm 2024"), "Huế, ngày 05 tháng 11 năm 2024"),
        (Field(raw="ngày   tháng   năm", status="blank"), "Huế, ngày        tháng        năm"),
        (Field(raw="ngày\n?? tháng 3", status="unreadable"), "Huế, ngày ?? tháng 3 [?]"),
        (Field(), "Huế"),
    ],
)  # fmt: skip
def test_place_and_date(date: Field, line: str) -> None:
    assert place_and_date(Header(place=present("Huế"), issued_date=date)) == line


def test_the_day_of_a_law_stands_at_its_end() -> None:
    header = Header(doc_type=present("Luật"), issued_date=present("2034-11-21", "ngày 21 tháng 11 năm 2034"))
    assert place_and_date(header) == ""


def test_bases_stand_where_the_document_has_them() -> None:
    """A decision names its authority first, then its legal bases, then what is decided."""
    text = (ROOT / "tests/cases/structure/open/quyet-dinh-truong/text.txt").read_text("utf-8")
    blocks = lay_out(restore.parse(text)).body
    styles = [block.style for block in blocks]
    first = styles.index("basis")
    assert blocks[first - 1].head.startswith("HIỆU TRƯỞNG")
    assert blocks[first + styles.count("basis")].head == "QUYẾT ĐỊNH:"


def test_what_follows_the_signature_is_annexed() -> None:
    text = (ROOT / "tests/cases/structure/open/nghi-dinh/text.txt").read_text("utf-8")
    (annex,) = lay_out(restore.parse(text)).annexes
    assert annex[0].style == "centred"
    assert annex[0].head.startswith("PHỤ LỤC I")


def test_a_table_stands_after_the_section_it_is_in() -> None:
    place = (Provenance(start=0, end=1),)
    sections = (
        Section(id="s1", kind="paragraph", text="trước", provenance=place),
        Section(id="s2", kind="paragraph", text="sau", provenance=place),
    )
    table = Table(id="t1", rows=1, columns=1, cells=(TableCell(row=0, column=0, text="ô"),), section_id="s1")
    blocks = lay_out(Document(sections=sections, tables=(table,))).body
    assert [block.text or block.style for block in blocks] == ["trước", "table", "sau"]


def test_private_signs_of_word_processors_are_dashes() -> None:
    (block,) = lay_out(
        Document(sections=(Section(id="s1", kind="bullet", marker="\uf0b7", text="Nộp"),))
    ).body
    assert (block.marker, block.text) == ("-", "Nộp")


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_a_grid_has_every_cell_and_no_overlap(table: Table) -> None:
    cells = grid(table)
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(cells):
        assert len(row) == len(cells[0])
        for x, cell in enumerate(row):
            if cell:
                places = {(y + dy, x + dx) for dy in range(cell.row_span) for dx in range(cell.column_span)}
                assert not places & covered
                assert max(place[0] for place in places) < len(cells)
                assert max(place[1] for place in places) < len(row)
                covered |= places
    printed = " ".join(cell.text for row in cells for cell in row if cell)
    for cell in table.cells:
        for word in cell.text.split():
            assert word in printed


@pytest.mark.parametrize("name", ["nghi-dinh-sua-doi", "quyet-dinh-sua-doi-sao-y"])
def test_a_quoted_amendment_keeps_its_quotes(name: str) -> None:
    text = (ROOT / "tests/cases/structure/open" / name / "text.txt").read_text("utf-8")
    printed = plain_text(restore.parse(text))
    assert len(re.findall(r'[“”"]', printed)) == len(re.findall(r'[“”"]', text))
    assert re.search(r"^“Điều \d+\. ", printed, re.MULTILINE)
