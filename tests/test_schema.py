"""The published JSON Schema says what the models say, and every document is valid by it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import restore
from restore.cli import main
from restore.document import SCHEMA_VERSION
from restore.output import document_json
from tests.documents import DOCUMENTS

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "document.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
TEXTS = [
    *sorted((ROOT / "samples").glob("*.txt")),
    *sorted((ROOT / "tests" / "cases" / "structure" / "open").glob("*/text.txt")),
]


def test_the_published_schema_is_current() -> None:
    spec = importlib.util.spec_from_file_location("write_schema", ROOT / "tools" / "write_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.SCHEMA_PATH.read_text(encoding="utf-8") == module.schema_text(), "run tools/write_schema.py"


def test_it_is_a_schema_and_names_its_version() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"]["default"] == SCHEMA_VERSION


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem[:3]}")
def test_each_sample_and_case_is_valid(path: Path) -> None:
    VALIDATOR.validate(json.loads(document_json(restore.parse(path.read_text("utf-8")))))


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("Điều 1.\nI)a-–/“”0{}|\tKẾ HOẠCHSốngày:;"), max_size=200) | st.text(max_size=80)
)
def test_any_text_gives_a_valid_document(text: str) -> None:
    VALIDATOR.validate(json.loads(document_json(restore.parse(text))))


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_any_document_is_valid(document: restore.Document) -> None:
    VALIDATOR.validate(json.loads(document_json(document)))


@pytest.mark.parametrize(
    "change", [{"more": 1}, {"schema_name": "other"}, {"legal_bases": [{}]}, {"sections": [{"id": 1}]}]
)
def test_what_is_no_document_is_not_valid(change: dict[str, object]) -> None:
    document = json.loads(document_json(restore.parse("Điều 1. Ban hành")))
    assert VALIDATOR.is_valid(document)
    assert not VALIDATOR.is_valid(document | change)


def test_parse_gives_what_the_command_line_writes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = ROOT / "tests" / "cases" / "structure" / "open" / "thong-bao" / "text.txt"
    assert main(["parse", str(path)]) == 0
    written = json.loads(capfdbinary.readouterr().out)
    mine = json.loads(document_json(restore.parse(path.read_text("utf-8"))))
    assert (written.pop("source")["path"], mine.pop("source")["path"]) == ("text.txt", "")
    assert mine == written
