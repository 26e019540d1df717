"""The rules of the files in ``dictionaries/``: a broken entry is a broken decision later."""

import hashlib
import re
import unicodedata
from collections import Counter

import pytest

from restore.language import lexicon, resources
from restore.language.vietnamese import is_syllable, move_tone, strip_tones

FOLDER = resources.dictionary_folder()
COLUMNS = {
    "abbreviations.tsv": 3,
    "agencies.tsv": 2,
    "document_types.tsv": 5,
    "personal_names.txt": 4,
    "phrases.tsv": 3,
    "places.tsv": 7,
    "syllables.txt": 1,
    "tt05.tsv": 4,
}
LISTS = tuple(COLUMNS)
# Columns that must be unique together; 1 elsewhere.
KEY_COLUMNS = {"abbreviations.tsv": 2, "places.tsv": 7, "tt05.tsv": 2}
WORD_RE = re.compile(r"[^\W\d_]+")


def lines(name):
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_list_is_clean_text(name):
    text = (FOLDER / name).read_bytes().decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n") and "\r" not in text
    header, *entries = text.splitlines()
    assert header.startswith("# ")
    for entry in entries:
        assert entry and not entry.startswith("#")
        for cell in entry.split("\t"):
            assert cell and cell == cell.strip() and "  " not in cell


@pytest.mark.parametrize("name", LISTS)
def test_list_has_its_columns_sorted_and_unique(name):
    rows = [line.split("\t") for line in lines(name)[1:]]
    assert {len(row) for row in rows} == {COLUMNS[name]}
    keys = [row[1] if name == "document_types.tsv" else tuple(row) for row in rows]
    assert keys == sorted(keys)
    width = KEY_COLUMNS.get(name, 1)
    start = 1 if name == "document_types.tsv" else 0
    doubles = [key for key, n in Counter(tuple(row[start : start + width]) for row in rows).items() if n > 1]
    assert doubles == []


def test_manifest_names_every_file_with_its_checksum():
    entries = {entry.file: entry for entry in resources.manifest()}
    present = {path.name for path in FOLDER.iterdir() if path.is_file()}
    assert entries.keys() == present - {"MANIFEST.toml", "README.md", "SOURCES.md"}
    assert list(entries) == sorted(entries)
    for entry in entries.values():
        assert entry.sha256 == hashlib.sha256((FOLDER / entry.file).read_bytes()).hexdigest(), entry.file
        assert entry.source and entry.version
        assert set(entry.licence.split(" AND ")) <= {"Apache-2.0", "MIT"}
    assert re.fullmatch(r"\d{4}\.\d{2}", resources.dictionaries_version())


def test_readme_and_sources_name_every_list():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in LISTS:
        assert f"| {name} |" in readme


def test_syllables_are_well_formed_and_in_the_old_style():
    for syllable in lexicon.syllables():
        assert is_syllable(syllable) and syllable == syllable.lower() == move_tone(syllable, "old"), syllable
    assert 6000 < len(lexicon.syllables()) < 7500


def test_syllables_hold_what_offices_write():
    words = {"nghị", "quyết", "thành", "ủy", "phường", "thủy", "hóa", "khuyến", "nghiêm", "quyền", "giếng"}
    assert words - lexicon.syllables() == set()


def test_places_lie_where_their_parents_are():
    eras = {"before": {"before", "both"}, "from": {"from", "both"}}
    provinces = {era: set() for era in eras}
    districts = set()
    for place in lexicon.places():
        assert place.era in ("before", "from", "both") and place.level in ("province", "district", "commune")
        for era, names in eras.items():
            if place.era in names and place.level == "province":
                provinces[era].add(place.code)
        if place.level == "district":
            districts.add(place.code)
    assert (len(provinces["before"]), len(provinces["from"]), len(districts)) == (63, 34, 705)
    for place in lexicon.places():
        if place.level == "district":
            assert place.era == "before" and place.parent_before in provinces["before"]
        if place.level == "commune":
            assert place.era == "from" or place.parent_before in districts
            assert place.era == "before" or place.parent_from in provinces["from"]


def test_place_kinds_are_known():
    kinds = {place.kind for place in lexicon.places()}
    known = {"Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu"}
    assert kinds == known


def test_document_types_are_those_of_the_decree():
    decree = [kind for kind in lexicon.document_types() if kind.source == "Nghị định 30/2020/NĐ-CP"]
    assert Counter(kind.group for kind in decree) == {"hành chính": 29, "bản sao": 3}
    assert {kind.group for kind in lexicon.document_types()} == {"hành chính", "quy phạm", "bản sao", "đảng"}
    codes = {kind.name: kind.code for kind in lexicon.document_types()}
    assert (codes["Kế hoạch"], codes["Quy định"], codes["Tờ trình"], codes["Công văn"]) == (
        "KH",
        "QyĐ",
        "TTr",
        "",
    )
    taken = Counter((kind.code, kind.group) for kind in lexicon.document_types() if kind.code)
    assert max(taken.values()) == 1
    # An alias is read as the type it stands with, so it must not be another type's own code of the same
    # group.
    own = {(kind.code, kind.group) for kind in lexicon.document_types()}
    assert [
        kind for kind in lexicon.document_types() for alias in kind.aliases if (alias, kind.group) in own
    ] == []


def test_abbreviations_begin_as_their_readings_do():
    for entry in lexicon.abbreviations():
        assert entry.source in ("office", "corpora", "gazetteer")
        assert all(is_syllable(word) for word in WORD_RE.findall(entry.reading)), entry
        assert move_tone(entry.short, "old") == entry.short
    by_initials = [entry for entry in lexicon.abbreviations() if entry.source != "office"]
    assert [entry for entry in by_initials if entry.short[0] != strip_tones(entry.reading[0]).upper()] == []
    readings = {entry.short: entry.reading for entry in lexicon.abbreviations()}
    assert readings["UBND"] == "Ủy ban nhân dân" and readings["TM"] == "thay mặt"
    assert "vltk" not in {short.lower() for short in readings}


def test_agencies_were_met_often_enough():
    for agency in lexicon.agencies():
        assert agency.documents >= 3 and agency.name[0].isupper() and len(agency.name.split()) >= 2, agency
    names = {agency.name for agency in lexicon.agencies()}
    assert {"Ủy ban nhân dân", "Sở Giáo dục và Đào tạo", "Ban Thường vụ", "Cục Hàng không Việt Nam"} <= names
    assert not {"Sở Tài", "Ban hành", "Tây Ban Nha", "Bộ luật"} & names


def test_names_and_surnames():
    for entry in lexicon.personal_name_syllables().values():
        assert entry.syllable.istitle() and is_syllable(entry.syllable), entry
        assert entry.surname + entry.middle + entry.given > 0, entry
    assert 90 <= len(lexicon.surnames()) <= 100
    assert {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng"} <= set(
        lexicon.surnames()[:20]
    )


def test_phrases_have_a_known_role_and_no_person():
    roles = {phrase.role for phrase in lexicon.phrases()}
    assert roles == {
        "national_name", "motto", "issuer", "title", "signer_authority", "signer_position", "heading",
        "opening",
        "recipients", "marking", "enacting",
    }  # fmt: skip
    for phrase in lexicon.phrases():
        capitals = phrase.role not in ("motto", "opening", "recipients")
        assert phrase.text.isupper() == capitals, phrase
        words = WORD_RE.findall(phrase.text)
        assert not (len(words) in (3, 4) and words[0] == "NGUYỄN"), phrase
    titles = {phrase.text for phrase in lexicon.phrases() if phrase.role == "title"}
    assert {kind.name.upper() for kind in lexicon.document_types()} <= titles
