"""Abbreviations with D or Đ: decided by definition, dictionary and initials, and only where the capitals can be one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.correct import abbreviations
from restore.correct.abbreviations import DEFINITION, INITIALS, Forms, Word, dictionary_forms, forms_of, read
from restore.correct.corrector import correct
from restore.edit import apply

STROKED = st.sampled_from(["D", "Ð", "B", "8", "f)", "f>", "El", "E>", "Đ"])


def as_read(observed: str, restored: str) -> list[Word]:
    """Words of a text whose restored form has the same blanks."""
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", observed)]
    texts = re.findall(r"\w+|[^\w\s]", restored)
    return [Word(start, end, text) for (start, end), text in zip(spans, texts, strict=True)]


def decided(observed: str, restored: str) -> list[tuple[str, str]]:
    words = as_read(observed, restored)
    return [(edit.before, edit.after) for edit in read(observed, words, forms_of(observed, words))]


@pytest.mark.parametrize(
    ("observed", "restored", "expected"),
    [
        # the words before the bracket decide, also against the dictionary
        ("tu danh gia (TDG)", "tự đánh giá (TDG)", [("TDG", "TĐG")]),
        ("dien tu gia (DTG) va DTG", "diện tử gia (DTG) và DTG", []),
        ("dich vu day (DVD), DVD", "dịch vụ đầy (DVD), DVD", [("DVD", "DVĐ"), ("DVD", "DVĐ")]),
        ("Hoi dong va Doan (HDD)", "Hội đồng và Đoàn (HDD)", [("HDD", "HĐĐ")]),
        # a word between them that gives no letter: no definition, and too few capitals for initials
        ("duyet lai dan (DLD)", "duyệt lại dân (DLD)", []),
        # the dictionary
        ("BCD huyen", "BCD huyện", [("BCD", "BCĐ")]),
        ("CNLD thuoc CDCS", "CNLD thuộc CĐCS", [("CNLD", "CNLĐ"), ("CDCS", "CĐCS")]),
        # both forms are real
        ("HD so 5", "HD số 5", []),
        # initials of a phrase in capitals
        ("DAI HOC TAY DO gui DHTD", "ĐẠI HỌC TÂY ĐÔ gửi DHTD", [("DHTD", "ĐHTĐ")]),
        # phrases that do not agree
        ("Dong Hoa An, Dan Hoa An, DHA", "Đông Hòa An, Dân Hòa An, DHA", []),
        # another abbreviation of the dictionary, and one that only looks alike
        ("nhom NCKH", "nhóm NCKS", [("NCKH", "NCKH")]),
        ("cua VBND", "của UBND", []),
        ("cac TTIIC", "các TTHC", []),
    ],
)  # fmt: skip
def test_decided(observed: str, restored: str, expected: list[tuple[str, str]]) -> None:
    found = decided(observed, restored)
    # CĐCS was read rightly already: the edit confirms it
    assert [pair for pair in found if pair[1] not in restored or pair in expected] == expected


@given(st.lists(STROKED, min_size=2, max_size=2))
def test_whatever_stands_for_the_stroke(strokes: list[str]) -> None:
    first, second = strokes
    observed = f"L{first}L{second}"
    form = Forms(dictionary_forms()).resolve(observed)
    assert form is not None
    assert form.text == "LĐLĐ"


def test_a_reading_of_initials_needs_its_own_letters() -> None:
    words = [*as_read("DAI HOC TAY DO", "ĐẠI HỌC TÂY ĐÔ"), Word(15, 19, "DHTD"), Word(20, 24, "BHTB")]
    forms = forms_of("DAI HOC TAY DO DHTD BHTB", words)
    found = forms.resolve("DHTD")
    assert found is not None
    assert (found.text, found.confidence) == ("ĐHTĐ", INITIALS)
    assert forms.resolve("BHTB") is None


def test_a_real_abbreviation_is_another_one_only_where_the_document_says_so() -> None:
    words = as_read("cong doan co so (CBCS), CBCS", "công đoàn cơ sở (CBCS), CBCS")
    forms = forms_of("cong doan co so (CBCS), CBCS", words)
    assert forms.by_plain["CDCS"][0].confidence == DEFINITION
    assert [edit.after for edit in read("cong doan co so (CBCS), CBCS", words, forms)] == ["CĐCS", "CĐCS"]


def test_what_initials_say_is_for_a_person_to_see_where_that_is_asked_for() -> None:
    words = [*as_read("DAI HOC TAY DO", "ĐẠI HỌC TÂY ĐÔ"), Word(15, 19, "DHTD")]
    text = "DAI HOC TAY DO DHTD"
    forms = forms_of(text, words)
    assert [edit.status for edit in read(text, words, forms, review=INITIALS)] == ["auto"]
    assert [edit.status for edit in read(text, words, forms, review=INITIALS + 0.01)] == ["review"]


@pytest.mark.parametrize(
    "line",
    [
        "tang truong GDP, tinh theo USD",
        "tieu chuan ISO 9001:2015",
        "thue TNCN va LCT",
        "so TNCN",
    ],
)
def test_an_abbreviation_of_the_dictionary_stands_in_damaged_text(line: str) -> None:
    text = (
        "Uy ban nhan dan qu~n KiSn An bao cao kSt qua thvc hi~n nhi~m vu phat tri8n kinh tS xa h9i nam 2023\n"
        f"tren dia ban qu~n, trong do cac phucmg da t6 chirc thgc hi~n t6t cac n9i dung sau\n{line}\n"
    )
    capitals = re.findall(r"\b[A-Z]{2,}\b", line)
    last = correct(text).restored.splitlines()[-1]
    assert re.findall(r"\b[A-ZĐ]{2,}\b", last) == capitals


def test_capitals_that_are_a_damaged_word_are_still_read() -> None:
    text = (
        "Uy ban nhan dan qu~n xay dgng KS hoach thvc hi~n nhi~m vu phat tri8n kinh tS xa h9i\nKS hoach so 5\n"
    )
    assert correct(text).restored.count("Kế hoạch") == 2


def test_fixed_words_are_evidence_and_stay() -> None:
    text = "tu danh gia (TDG) TDG"
    words = [Word(0, 17, "tự đánh giá (TDG)", fixed=True), Word(18, 21, "TDG")]
    found = list(read(text, words, forms_of(text, words)))
    assert [(edit.start, edit.after) for edit in found] == [(18, "TĐG")]


def test_one_form_a_document_and_none_inside_codes() -> None:
    text = (
        "Thirc hien chuong trinh dao tao (CTDT) cua Truong, cac don vi ra soat CTDT theo\n"
        "quy dinh tai Ke hoach so 12/KH-CTDT ngay 05/3/2021 va bao cao ket qua thuc hien CTDT."
    )
    found = correct(text)
    assert found.restored.count("CTĐT") == 3
    assert "12/KH-CTDT" in found.restored
    assert {edit.source for edit in found.edits if edit.after == "CTĐT"} == {"abbreviation"}
    assert apply(text, found.edits) == found.restored


@given(st.text("CDĐNLB8f)>El( -/.TQĐHđ\n", max_size=30))
def test_any_capitals(text: str) -> None:
    words = [Word(*match.span(), match[0]) for match in re.finditer(r"\S+", text)]
    for edit in read(text, words, forms_of(text, words)):
        assert text[edit.start : edit.end] == edit.before
        assert edit.after
        assert 0.5 < edit.confidence < 1


def test_patterns_of_the_forms_of_documents_are_not_kept_for_ever() -> None:
    assert abbreviations._pattern.cache_info().maxsize is not None
