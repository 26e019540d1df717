"""No document fails to export, whatever stands in it, and the same document gives the same bytes."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from hypothesis import given, settings

from restore.document import Document
from restore.documents import Entry
from restore.export.formats import EACH_DOCUMENT, EACH_PAGE, FORMATS, PLACED, Format, file_names, render
from restore.export.tt05 import FIELD_NAMES
from tests.documents import DOCUMENTS

OF_DOCUMENTS = [form for form in FORMATS if form not in PLACED]


def exported(form: Format, documents: list[Document]) -> dict[str, bytes]:
    names = [f"a/{index}.pdf" for index, _ in enumerate(documents)]
    entries = [Entry(name, document) for name, document in zip(names, documents, strict=True)]
    return {name: b"".join(parts) for name, parts in render(form, names, entries, "vi", {"fileCode": "H49"})}


@pytest.mark.parametrize("form", OF_DOCUMENTS)
@settings(max_examples=10, deadline=None)
@given(document=DOCUMENTS)
def test_no_document_fails_and_its_files_are_those_named_before(form: Format, document: Document) -> None:
    files = exported(form, [document])
    assert set(files) == set(file_names(form, ["a/0.pdf"]))
    for name, data in files.items():
        _open(name, data)
    assert exported(form, [document]) == files


def _open(name: str, data: bytes) -> None:
    """Read a file as the programs that it is for do."""
    if name.endswith(".docx"):
        docx.Document(BytesIO(data))
    elif name.endswith(".xlsx"):
        openpyxl.load_workbook(BytesIO(data))
    elif name.endswith(".xml"):
        assert [child.tag for child in ElementTree.fromstring(data)] == list(FIELD_NAMES)
    elif name.endswith(".csv"):
        rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1
    elif name.endswith(".json"):
        assert len(json.loads(data)) == 1
    elif name.endswith(".jsonl"):
        (line,) = data.decode().split("\n")[:-1]
        Document.model_validate_json(line)
    else:
        data.decode()


@pytest.mark.parametrize("form", OF_DOCUMENTS)
def test_a_batch_of_two_and_of_none(form: Format) -> None:
    assert len(exported(form, [Document(), Document()])) == len(file_names(form, ["a/0.pdf", "a/1.pdf"]))
    assert len(exported(form, [])) == len(file_names(form, []))


def test_json_is_one_array_and_jsonl_a_document_a_line() -> None:
    documents = [Document(), Document()]
    assert json.loads(exported("json", documents)["documents.json"]) == [
        document.model_dump(mode="json") for document in documents
    ]
    assert exported("json", []) == {"documents.json": b"[]\n"}
    assert exported("jsonl", documents)["documents.jsonl"].count(b"\n") == 2
    assert exported("jsonl", []) == {"documents.jsonl": b""}


def test_each_format_says_what_it_makes() -> None:
    for form in EACH_DOCUMENT - {"pdf"}:
        assert file_names(form, ["x.pdf"]) == (f"x.pdf.{form}",)
    assert file_names("pdf", ["x.pdf"]) == ("x.pdf.pdf", "pdf-warnings.csv")
    for form in EACH_PAGE:
        assert file_names(form, ["x.pdf"]) == ("x.pdf",)
