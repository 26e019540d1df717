"""The archival metadata of Thông tư 05/2025/TT-BNV: what is filled, what is warned of, and that nothing is cut."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

import restore
from restore.document import Document, Field, Header, PageRecord, Section, Source
from restore.documents import Entry
from restore.errors import UsageError
from restore.export.formats import render
from restore.export.tt05 import FIELD_NAMES, check_options, code_table, codes, metadata, violations
from restore.language.lexicon import document_types

CASES = Path(__file__).parent / "cases" / "structure" / "open"
ORDER = (
    "docId docCode maintenance typeName codeNumber codeNotation issuedDate organName subject language numberOfPage "
    "inforSign keyword mode confidenceLevel autograph format riskRecovery riskRecoveryStatus process description"
)


def present(value: str, *, suggested: bool = False) -> Field:
    return Field(value=value, raw=value, status="present", suggested=suggested)


def broken(document: Document, **options: str) -> set[tuple[str, str]]:
    row = metadata(document, options, 1)
    return {(one.field, one.rule) for one in violations("a.pdf", document, row)}


def test_the_21_fields_in_their_order() -> None:
    assert " ".join(FIELD_NAMES) == ORDER
    assert len(FIELD_NAMES) == 21
    assert tuple(metadata(Document(), {}, 1)) == FIELD_NAMES


def test_a_document() -> None:
    document = restore.parse((CASES / "ke-hoach-huyen" / "text.txt").read_text("utf-8"))
    scan = document.model_copy(
        update={
            "source": Source(page_count=4),
            "pages": (PageRecord(number=1, width=10, height=10, dpi=300, source="tesseract"),),
        }
    )
    row = metadata(scan, {"maintenance": "04", "mode": "01", "fileCode": "H49.64", "riskRecovery": "0"}, 12)
    assert {name: value for name, value in row.items() if value} == {
        "docId": "H49.64.12",
        "docCode": "H49.64.0000012",
        "maintenance": "04",
        "typeName": "10",
        "codeNumber": "58",
        "codeNotation": "KH-UBND",
        "issuedDate": "06/01/2022",
        "organName": "ỦY BAN NHÂN DÂN HUYỆN THANH KHÊ",
        "subject": "Trồng cây xanh phân tán trên địa bàn huyện Thanh Khê giai đoạn 2022 - 2025",
        "language": "01",
        "numberOfPage": "4",
        "mode": "01",
        "confidenceLevel": "02",
        "riskRecovery": "0",
    }
    assert list(violations("a", scan, row)) == []


def test_what_a_text_cannot_tell_is_empty_and_missed() -> None:
    required = "docId docCode maintenance typeName issuedDate organName subject language numberOfPage mode"
    assert broken(Document()) == {(name, "missing") for name in required.split()}


@pytest.mark.parametrize(
    ("field", "options", "rule"),
    [
        ("maintenance", {"maintenance": "99"}, "not-a-code"),
        ("mode", {"mode": "1"}, "not-a-code"),
        ("format", {"format": "01, 02"}, "not-a-code"),
        ("issuedDate", {"issuedDate": "31/02/2024"}, "not-a-date"),
        ("issuedDate", {"issuedDate": "2024-02-01"}, "not-a-date"),
        ("numberOfPage", {"numberOfPage": "bốn"}, "not-a-number"),
        ("numberOfPage", {"numberOfPage": "12345"}, "too-long"),
        ("keyword", {"keyword": "k" * 101}, "too-long"),
        ("riskRecoveryStatus", {"riskRecovery": "1"}, "missing"),
    ],
)
def test_each_rule(field: str, options: dict[str, str], rule: str) -> None:
    assert (field, rule) in broken(Document(), **options)


def test_values_within_the_rules_are_not_warned_of() -> None:
    options = {
        "maintenance": "01", "mode": "03", "format": "02", "issuedDate": "29/02/2024", "keyword": "k" * 100,
        "language": "01, 02", "numberOfPage": "9999", "riskRecovery": "1", "riskRecoveryStatus": "01", "process": "0",
    }  # fmt: skip
    assert {field for field, _ in broken(Document(), **options)} == {
        "docId",
        "docCode",
        "typeName",
        "organName",
        "subject",
    }


def test_a_long_subject_is_kept_whole_and_warned_of() -> None:
    document = Document(header=Header(subject=present("Về việc " + "x" * 600)))
    assert metadata(document, {}, 1)["subject"] == document.header.subject.value
    assert ("subject", "too-long") in broken(document)


def test_blank_unreadable_and_unconfirmed_values_are_told_apart() -> None:
    header = Header(
        number=Field(raw="Số:   /", status="blank"),
        notation=Field(raw="KH-U?", status="unreadable"),
        issued_date=present("2023-04"),
        issuer=present("UBND", suggested=True),
    )
    assert {
        ("codeNumber", "blank"), ("codeNotation", "unreadable"), ("issuedDate", "not-a-date"), ("organName", "unconfirmed"),
    } <= broken(Document(header=header))  # fmt: skip
    assert metadata(Document(header=header), {}, 1)["issuedDate"] == "04/2023"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Nghị quyết", "01"), ("Kế hoạch", "10"), ("Công văn", "22"), ("Luật", "32"), ("Thông tư", "32")],
)
def test_type_codes(name: str, code: str) -> None:
    assert metadata(Document(header=Header(doc_type=present(name))), {}, 1)["typeName"] == code


def test_all_types_of_the_decree_have_a_code_of_their_own() -> None:
    names = {
        kind.name
        for kind in document_types()
        if kind.source.startswith("Nghị định 30") and kind.group == "hành chính"
    }
    assert names <= set(code_table("typeName").values())


def test_a_secret_document_is_not_public() -> None:
    assert metadata(Document(header=Header(secrecy=present("MẬT"))), {}, 1)["mode"] == "03"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Về việc trồng cây xanh trên địa bàn thành phố", "01"),
        ("On the planting of trees in the city of Huế", ""),
        ("À la réunion du comité, l'été", ""),
    ],
)
def test_the_language_is_told_by_the_marks(text: str, code: str) -> None:
    document = Document(sections=(Section(id="s1", kind="paragraph", text=text),))
    assert metadata(document, {}, 1)["language"] == code


def test_an_option_of_no_field_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        check_options({"maintainance": "01"})
    assert caught.value.key == "unknown-metadata-field"
    check_options({"maintenance": "01", "fileCode": "H49"})


def test_tables_where_sources_disagree_are_unverified() -> None:
    states: dict[str, set[str]] = {}
    for code in codes():
        states.setdefault(code.table, set()).add(code.state)
    assert {table for table, found in states.items() if found == {"unverified"}} == {"typeName", "language"}
    assert set.union(*states.values()) == {"unverified", "reported"}
    assert set(states) <= set(FIELD_NAMES)
    assert [len(code_table(name)) for name in ("typeName", "language", "maintenance", "mode", "confidenceLevel", "format")] == [
        32, 11, 7, 3, 3, 3,
    ]  # fmt: skip


def test_the_files_of_a_batch() -> None:
    document = restore.parse((CASES / "cong-van-khan" / "text.txt").read_text("utf-8"))
    names = ["a/letter.txt", "b.txt"]
    entries = [Entry("a/letter.txt", document), Entry("b.txt", Document())]
    files = {
        name: b"".join(parts) for name, parts in render("tt05", names, entries, "vi", {"fileCode": "H1"})
    }
    first, second = csv.DictReader(StringIO(files["tt05.csv"].decode("utf-8-sig"), newline=""))
    assert list(first) == [*FIELD_NAMES, "path"]
    assert (first["docId"], first["typeName"], first["path"], second["docId"]) == (
        "H1.1",
        "22",
        "a/letter.txt",
        "H1.2",
    )
    warnings = list(csv.DictReader(StringIO(files["warnings.csv"].decode("utf-8-sig"), newline="")))
    assert {"document": "b.txt", "field": "subject", "value": "", "rule": "missing", "limit": ""} in warnings
    root = ElementTree.fromstring(files["a/EAD_doc_letter.xml"])
    assert root.tag == "simpledc"
    assert [child.tag for child in root] == list(FIELD_NAMES)
    assert root.findtext("codeNotation") == "CAT-PC07"
    book = openpyxl.load_workbook(BytesIO(files["tt05.xlsx"]))
    assert [cell.value for cell in book.worksheets[0][1]][:21] == list(FIELD_NAMES)
    assert book.worksheets[0]["A2"].value == "H1.1"
    assert book.worksheets[1].max_row == len(warnings) + 1
    assert book.worksheets[2].max_row == len(codes()) + 1
