"""The verdict on a text, by document and by line."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.language.health import health, line_health
from restore.language.vietnamese import strip_marks

CASES = json.loads((Path(__file__).parent / "cases" / "health" / "cases.json").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['grade']}-{case['text'][:25]}" for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    found = health(case["text"])
    assert found.grade == case["grade"], found


@pytest.mark.parametrize("case", CASES, ids=[f"{case['grade']}-{case['text'][:25]}" for case in CASES])
def test_normal_form_changes_no_verdict(case: dict[str, str]) -> None:
    assert health(unicodedata.normalize("NFD", case["text"])) == health(case["text"])


def test_counts() -> None:
    found = health("Thực hiện ke hoach s6 129/KH-UBND cua Microsoft, th\\Ic")
    assert (found.words, found.accented, found.valid, found.bare, found.broken) == (8, 2, 4, 1, 2)
    assert found.marked_share == 2 / 5
    assert found.damaged_share == 3 / 8


@given(st.text())
def test_any_text_has_a_verdict_and_one_for_every_line(text: str) -> None:
    found = health(text)
    assert found.accented <= found.valid
    assert found.valid + found.bare <= found.words
    assert (found.grade == "empty") == (not text.split())
    assert len(line_health(text)) == text.count("\n") + 1


def test_lines_take_the_side_of_their_text_where_they_say_little() -> None:
    text = "Kế hoạch thực hiện phong trào thi đua\nKim Lan\n129/KH-UBND\n1.250.000\nUBND, THCS\na@b.vn"
    assert {line.grade for line in line_health(text)} == {"healthy"}
    damaged = "Thvc hi~n KS hoach s6 44 cua SO Giao due\nKim Lan\n1.250.000"
    assert {line.grade for line in line_health(damaged)} == {"damaged"}


def test_a_damaged_line_in_a_healthy_text_is_found() -> None:
    good = "Căn cứ Kế hoạch của Ủy ban nhân dân thành phố về việc triển khai phong trào"
    bad = "Can cir KShoach s6 cua UBND thanh ph6 v8 viec triSn khai phong trao"
    grades = [line.grade for line in line_health("\n".join([good, good, bad, good]))]
    assert grades == ["healthy", "healthy", "damaged", "healthy"]


def test_names_and_titles_make_no_line_of_a_healthy_text_damaged() -> None:
    text = (
        "Kế hoạch thực hiện phong trào thi đua năm nay\n"
        "1951 - Dan Hill Canon, ca sĩ Anh\nOn This Day and Others (tiếng Anh)"
    )
    grades = {line.grade for line in line_health(text)}
    assert "damaged" not in grades and "stripped" not in grades


@needs_shared
@pytest.mark.parametrize(
    ("pattern", "grade"),
    [
        ("samples/000*.txt", "damaged"),
        ("samples/002*.txt", "healthy"),
        ("dev/*/page-*.ocr.txt", "damaged"),
        ("dev/*/page-*.gold.txt", "healthy"),
        ("damaged/*/*.txt", "damaged"),
        ("damaged/*/silver/*.txt", "healthy"),
    ],
)
def test_real_documents(pattern: str, grade: str) -> None:
    files = sorted(SHARED.glob(pattern))
    assert files
    assert {health(file.read_text(encoding="utf-8")).grade for file in files} == {grade}


@needs_shared
def test_real_documents_without_their_marks() -> None:
    for file in SHARED.glob("samples/002*.txt"):
        assert health(strip_marks(file.read_text(encoding="utf-8"))).grade == "stripped"


@needs_shared
def test_no_line_of_the_clean_sample_is_damaged() -> None:
    for file in SHARED.glob("samples/002*.txt"):
        grades = {line.grade for line in line_health(file.read_text(encoding="utf-8"))}
        assert grades == {"healthy", "empty"}
