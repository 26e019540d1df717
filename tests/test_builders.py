"""The builders of the word lists: their doctests, and what they make of invented documents."""

import doctest
import importlib
import lzma

import pytest

from tools import build_dictionaries, write_manifest
from tools.corpora import CorpusDocument, documents
from tools.count_abbreviations import count_definitions
from tools.count_agencies import count_agencies
from tools.count_phrases import count_phrases

MODULES = [
    "build_dictionaries",
    "corpora",
    "count_abbreviations",
    "count_agencies",
    "count_phrases",
    "degrade",
]
MODULES += ["garble", "render"]


def invented(*texts):
    return [
        CorpusDocument(f"document {number}", tuple(text.split("\n"))) for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("name", MODULES)
def test_doctests_hold(name):
    result = doctest.testmod(importlib.import_module(f"tools.{name}"))
    assert result.attempted > 0 and result.failed == 0


def test_agency_ends_where_documents_say_it_ends():
    names = count_agencies(
        invented(
            "Giao Sở Tài chính chủ trì.",
            "Gửi Sở Tài chính;",
            "do Sở Tài chính của tỉnh thẩm định",
            "theo Sở Tài\nchính, và Sở Tài nguyên.",
        )
    )
    assert names == {"Sở Tài chính": 3}


def test_agency_with_a_comma_and_its_place():
    names = count_agencies(invented(*["của Sở Văn hóa, Thể thao và Du lịch;"] * 3))
    assert names == {"Sở Văn hóa, Thể thao và Du lịch": 3}
    names = count_agencies(invented(*["do Ủy ban nhân dân tỉnh Bình Hoa, và"] * 3))
    assert names == {"Ủy ban nhân dân tỉnh Bình Hoa": 3}


def test_two_documents_are_not_enough():
    assert count_agencies(invented("Sở Y tế;", "Sở Y tế;")) == {}


def test_persons_and_broken_lines_are_no_phrases():
    page = "SỞ CÂY XANH\nTỔ CHỨC\nNGUYỄN VĂN MẪU\nVÀ DU LỊCH\nII. CÁCH TRỒNG CÂY\nMinh họa."
    phrases = count_phrases(invented(page, page, page), ["Kế hoạch"])
    found = {text: role for text, (role, count) in phrases.items() if count}
    assert found == {"SỞ CÂY XANH": "issuer", "TỔ CHỨC": "heading", "CÁCH TRỒNG CÂY": "heading"}
    assert phrases["KẾ HOẠCH"] == ("title", 0)


def test_abbreviation_needs_three_definitions():
    text = "Ban Chăm sóc cây (BCSC) và Hội Yêu sách (HYS)"
    assert count_definitions(invented(text, text, "Ban chăm sóc cây (BCSC)")) == {
        "BCSC": ["Ban Chăm sóc cây"]
    }


def test_held_out_documents_are_never_read(tmp_path):
    text = "<<<39>>>\nSở Kín\n<<<a>>>\nSở Mở\n"  # the SHA-256 of "39" begins with 0
    (tmp_path / "x.txt.xz").write_bytes(lzma.compress(text.encode()))
    assert [document.lines for document in documents(tmp_path, ["x"])] == [("Sở Mở",)]


def test_place_that_went_on_is_one_row(tmp_path):
    header = "code\tlevel\tname\tname_with_type\tparent_code\n"
    before = (
        header + "01\tprovince\tMẫu\tTỉnh Mẫu\t\n7\tdistrict\tÚt\tHuyện Út\t01\n9\tcommune\tHoà\tXã Hoà\t7\n"
    )
    (tmp_path / "places-before-2025-07.tsv").write_text(before, encoding="utf-8")
    after = header + "01\tprovince\tMẫu\tTỉnh Mẫu\t\n9\tcommune\tHòa\tXã Hòa\t01\n"
    (tmp_path / "places-from-2025-07.tsv").write_text(after, encoding="utf-8")
    assert list(build_dictionaries.build_places(tmp_path, tmp_path)) == [
        "Hòa\tXã\tcommune\tboth\t9\t7\t01",
        "Mẫu\tTỉnh\tprovince\tboth\t01\t-\t-",
        "Út\tHuyện\tdistrict\tbefore\t7\t01\t-",
    ]


def test_manifest_refuses_a_file_of_no_origin(tmp_path):
    for name in write_manifest.ORIGINS:
        (tmp_path / name).write_text("x\n", encoding="utf-8")
    assert write_manifest.manifest_text(tmp_path).count("[[file]]") == len(write_manifest.ORIGINS)
    (tmp_path / "found.txt").write_text("x\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"found\.txt"):
        write_manifest.manifest_text(tmp_path)
