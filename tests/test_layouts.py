"""Head and end in the layouts of many offices and times: party, unions, schools, companies, letters, forms, laws, copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from restore.document import Field, Signer
from restore.parser import build_document

CASES = json.loads((Path(__file__).parent / "cases" / "layouts.json").read_text(encoding="utf-8"))


def plain(value: object) -> Any:
    """Fields as their values, signers as their three values."""
    if isinstance(value, Field):
        return value.value
    if isinstance(value, Signer):
        return [value.authority.value, value.position.value, value.name.value]
    assert isinstance(value, tuple)
    return [plain(item) for item in value]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_layout(case: dict[str, Any]) -> None:
    document = build_document("\n".join(case["text"]))
    for part in ("header", "closing"):
        expected = case[part]
        assert {name: plain(getattr(getattr(document, part), name)) for name in expected} == expected
