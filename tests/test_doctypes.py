"""Every kind of document is known by its title and by its code, in the head of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from restore.document import Header
from restore.language.lexicon import DocumentType, document_types
from restore.parser import build_document
from restore.structure.doctypes import type_named, type_of_code, type_of_title
from restore.structure.phrases import blankless

KINDS = document_types()
TITLED = [kind for kind in KINDS if kind.group != "bản sao" and kind.name != "Công văn"]
CODED = [kind for kind in KINDS if kind.code]


def header(*lines: str) -> Header:
    top = (
        "ỦY BAN NHÂN DÂN",
        "HUYỆN AN LÃO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    )
    return build_document("\n".join((*top, *lines, "Điều 1. Trồng cây.", ""))).header


def notation(kind: DocumentType) -> str:
    return f"{kind.code}/TU" if kind.group == "đảng" else f"{kind.code}-UBND"


@pytest.mark.parametrize("kind", TITLED, ids=lambda kind: kind.name)
@pytest.mark.parametrize("spaced", [False, True])
def test_a_title_tells_the_kind(kind: DocumentType, spaced: bool) -> None:
    title = " ".join(kind.name.upper().replace(" ", "  ")) if spaced else kind.name.upper()
    found = header("An Lão, ngày 12 tháng 3 năm 2021", title, "Về việc trồng cây")
    assert (found.doc_type.value, found.doc_type_code.value) == (kind.name, kind.code or None)
    assert found.subject.value == "Về việc trồng cây"


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.name)
def test_a_code_tells_the_kind_where_the_title_is_lost(kind: DocumentType) -> None:
    found = header(f"Số: 12/{notation(kind)}", "An Lão, ngày 12 tháng 3 năm 2021")
    assert (found.doc_type.value, found.doc_type_code.value) == (kind.name, kind.code)
    assert found.notation.value == notation(kind)


@pytest.mark.parametrize("kind", CODED, ids=lambda kind: kind.name)
def test_a_code_stands_after_a_year(kind: DocumentType) -> None:
    assert type_of_code(f"2021/{notation(kind)}") == kind


@pytest.mark.parametrize("kind", [kind for kind in TITLED if kind.code], ids=lambda kind: kind.name)
def test_the_title_wins_over_the_code(kind: DocumentType) -> None:
    other = "TB-UBND" if kind.code != "TB" else "KH-UBND"
    found = header(f"Số: 12/{other}", "An Lão, ngày 12 tháng 3 năm 2021", kind.name.upper(), "Trồng cây")
    assert (found.doc_type.value, found.doc_type_code.value) == (kind.name, kind.code)


def test_the_29_kinds_of_the_decree_have_their_codes() -> None:
    decree = [
        kind for kind in KINDS if kind.source == "Nghị định 30/2020/NĐ-CP" and kind.group == "hành chính"
    ]
    assert {kind.code for kind in decree} == {
        "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
        "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "",
    }  # fmt: skip
    assert {kind.name for kind in decree if not kind.code} == {"Công văn", "Thư công"}
    assert len(decree) == 29


def test_every_other_code_is_read_and_none_is_given_out() -> None:
    own = {kind.code for kind in CODED}
    for kind in KINDS:
        assert set(kind.disputed) <= set(kind.aliases)
        for alias in kind.aliases:
            read = type_of_code(f"{alias}-UBND")
            assert read is not None
            assert read == kind or alias in own
    assert header("Số: 12/QCh-UBND", "An Lão, ngày 12 tháng 3 năm 2021").doc_type_code.value == "QC"


def test_what_sources_disagree_on_is_marked() -> None:
    disputed = {alias for kind in KINDS for alias in kind.disputed}
    assert disputed >= {"QCh", "DAn", "GN", "TTh", "NP", "CV", "TCG"}
    assert "QĐi" not in disputed


def test_the_party_and_the_state_share_codes() -> None:
    names = {
        "TT-BTC": "Thông tư", "TT/TU": "Thông tri", "2016/TT-BTC": "Thông tư", "TT/LB": "Thông tư",
        "TB/TU": "Thông báo", "TB-UBND": "Thông báo",
    }  # fmt: skip
    for code, name in names.items():
        assert type_of_code(code) == type_named(name)


@given(st.sampled_from(TITLED), st.data())
def test_one_wrong_letter_in_a_long_title_is_borne(kind: DocumentType, data: st.DataObject) -> None:
    letters = kind.name.upper()
    if len(letters.replace(" ", "")) < 8:
        return
    place = data.draw(st.sampled_from([i for i, letter in enumerate(letters) if letter != " "]))
    wrong = letters[:place] + "X" + letters[place + 1 :]
    found = type_of_title(wrong)
    # "THÔNG XÁO" may be two kinds; never one that is further away than the true one.
    assert found is not None
    assert Levenshtein.distance(blankless(found.name), blankless(wrong)) == 1


def test_other_lines_are_no_titles() -> None:
    lines = ("CHỦ TỊCH", "ỦY BAN NHÂN DÂN", "NƠI NHẬN", "PHỤ LỤC", "GIÁM ĐỐC", "DANH SÁCH", "NỘI QUY", "")
    assert [line for line in lines if type_of_title(line)] == []
    with pytest.raises(KeyError):
        type_named("Nội quy")
