"""docs/format.md describes what there is: every key of the schema with a valid example, every export, every rule."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from restore.document import Document
from restore.documents import Entry
from restore.export.formats import FORMATS
from restore.export.records import listings
from restore.export.tt05 import FIELDS, RuleName

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "format.md").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "document.schema.json").read_text("utf-8"))
MODELS = {"Document": SCHEMA, **SCHEMA["$defs"]}
DOCUMENT_PART, EXPORT_PART = TEXT.split("\n# Exports\n")


def tables(text: str) -> dict[str, list[list[str]]]:
    """The rows of the table under each heading."""
    found: dict[str, list[list[str]]] = {}
    for heading, body in re.findall(r"^#{2,3} (\w+)\n(.*?)(?=^#{1,3} |\Z)", text, re.MULTILINE | re.DOTALL):
        rows = [
            [cell.strip() for cell in line.strip("|").split(" | ")]
            for line in body.splitlines()
            if line.startswith("| ")
        ]
        found[heading] = rows[1:]
    return found


TABLES = tables(DOCUMENT_PART)
ROWS = [(model, *row) for model, rows in TABLES.items() for row in rows]


def test_every_model_has_its_table() -> None:
    assert set(TABLES) == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_the_keys_are_those_of_the_schema(model: str) -> None:
    assert sorted(row[0] for row in TABLES[model]) == sorted(MODELS[model]["properties"])


def shown(schema: Any) -> Any:
    """A schema in which a field is its value alone, as the examples show it."""
    if isinstance(schema, list):
        return [shown(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("$ref") == "#/$defs/Field":
        return {"type": "string"}
    return {key: shown(part) for key, part in schema.items()}


@pytest.mark.parametrize(
    ("model", "key", "what", "example"), ROWS, ids=[f"{row[0]}.{row[1]}" for row in ROWS]
)
def test_each_example_is_valid(model: str, key: str, what: str, example: str) -> None:
    assert what
    schema = MODELS[model]["properties"][key]
    if example.startswith("["):
        (name,) = re.findall(r"^\[(\w+)\]\(#\w+\)$", example)
        assert f"#/$defs/{name}" in json.dumps(schema)
        assert f"(#{name.lower()})" in example
        return
    value = json.loads(example.strip("`"))
    jsonschema.validate(value, {**shown(schema), "$defs": SCHEMA["$defs"]})


def test_every_choice_is_named() -> None:
    """A key that takes one of a few words names them all; the parts of a document explain themselves."""
    for model, key, what, example in ROWS:
        schema = json.dumps(MODELS[model]["properties"][key])
        if '"enum"' in schema and (model, key) != ("Component", "kind"):
            choices = re.search(r'"enum": \[(.*?)\]', schema)
            assert choices
            for choice in json.loads(f"[{choices[1]}]"):
                assert f"`{choice}`" in what or example == f'`"{choice}"`', f"{model}.{key}: {choice}"


def rows_after(heading: str) -> list[list[str]]:
    body = EXPORT_PART.split(heading, 1)[1]
    lines = body[body.index("|---") :].split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_format_is_described() -> None:
    assert [row[0] for row in rows_after("| format |")] == list(FORMATS)


def test_the_columns_are_those_of_the_tables() -> None:
    (block,) = re.findall(r"<!-- columns -->\n(.*?)<!-- /columns -->", EXPORT_PART, re.DOTALL)
    for listing in listings([Entry("a", Document())]):
        (keys,) = re.findall(rf"- `{listing.name}\.csv`: (.*?)(?=\n- |\Z)", block, re.DOTALL)
        assert [key.strip() for key in keys.split(",")] == [column.key for column in listing.columns]


def test_the_metadata_are_those_of_the_code() -> None:
    rows = rows_after("| field |")
    assert [(row[0], int(row[1])) for row in rows] == [(rule.name, rule.length) for rule in FIELDS]
    assert {row[0] for row in rows if row[2] == "yes"} == {rule.name for rule in FIELDS if rule.required}
    assert [row[0] for row in rows_after("| rule |")] == list(get_args(RuleName))
