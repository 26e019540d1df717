"""The truth of the structure cases: it says nothing that its text does not hold, and uses the keys as the README has them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from restore.bench.truth import CHECKS
from restore.structure.doctypes import document_types

ROOT = Path(__file__).parent / "cases" / "structure"
CASES = [folder for half in ("open", "samples") for folder in sorted((ROOT / half).iterdir())]
VALUES = [
    "issuer_parent",
    "issuer",
    "place",
    "subject",
    "urgency",
    "secrecy",
    "circulation",
    "copy_of",
    "drafter",
    "contact",
    "filing",
]
LISTS = "issuers addressees legal_bases recipients appendices".split()  # noqa: SIM905
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?(/\d{4}-\d\d-\d\d)?")
PERIOD = re.compile(r"P(\d+[DWMY]|T\d+H)")
RECURRENCES = {"daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"}


@pytest.fixture(params=CASES, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    folder: Path = request.param
    truth = json.loads((folder / "fields.json").read_text(encoding="utf-8"))
    text = (folder / truth.get("text_file", "text.txt")).read_text(encoding="utf-8")
    return truth, " ".join(text.split())


def test_values_stand_in_the_text(case: tuple[dict[str, Any], str]) -> None:
    truth, text = case
    whole = [truth.get(name) for name in VALUES] + [
        value for name in LISTS for value in truth.get(name) or ()
    ]
    for value in filter(None, whole):
        # Where two columns share a line, a value of two lines is parted in the text.
        assert value in text or all(word in text for word in value.split()), value
    for row in truth.get("assignments", ()):
        assert row["tasks"]
        for value in (row["unit"], *row["tasks"], *row.get("with", ())):
            assert value in text
    for row in truth.get("references", ()):
        for name in ("number", "issuer", "name", "locator"):
            assert row.get(name) is None or row[name] in text
    for row in truth["outline"]:
        assert row["title"] is not None or row["text"]


def test_values_have_their_form(case: tuple[dict[str, Any], str]) -> None:
    truth, text = case
    assert truth["doc_type"] in {kind.name for kind in document_types()}
    assert truth.get("date") is None or ISO.fullmatch(truth["date"])
    assert set(truth.get("warnings", ())) <= CHECKS
    for row in truth.get("deadlines", ()):
        assert row["text"] in text
        if row["kind"] == "date":
            assert ISO.fullmatch(row["date"])
        elif row["kind"] == "period":
            assert PERIOD.fullmatch(row["period"])
        else:
            assert row["recurrence"] in RECURRENCES


def test_outline_is_a_tree_that_targets_lead_into(case: tuple[dict[str, Any], str]) -> None:
    truth, _ = case
    path: list[str] = []
    paths: set[str] = set()
    for row in truth["outline"]:
        assert 1 <= row["level"] <= len(path) + 1
        path = [*path[: row["level"] - 1], row["number"]]
        paths.update("/".join(path[start:]) for start in range(len(path)))
    assert {row["target"] for row in truth.get("references", ()) if "target" in row} <= paths
