"""Loaders of the word lists: what they make of a line, and that a list is read once."""

import pytest

from restore.language import lexicon, resources


@pytest.fixture
def dictionary(tmp_path, monkeypatch):
    """Write a dictionary file into a folder of its own and clear the caches around the test."""
    loaders = [value for value in vars(lexicon).values() if hasattr(value, "cache_clear")]
    monkeypatch.setattr(resources, "dictionary_folder", lambda: tmp_path)
    for loader in loaders:
        loader.cache_clear()
    yield lambda name, text: (tmp_path / name).write_text(text, encoding="utf-8")
    for loader in loaders:
        loader.cache_clear()


def test_places_read_none_as_empty(dictionary):
    dictionary("places.tsv", "# name\nKiến An\tQuận\tdistrict\tbefore\t306\t31\t-\n")
    (place,) = lexicon.places()
    assert place == lexicon.Place("Kiến An", "Quận", "district", "before", "306", "31", "")
    assert place.full_name == "Quận Kiến An"


def test_document_type_without_code_and_with_aliases(dictionary):
    dictionary("document_types.tsv", "-\tCông văn\tCV;CVĂN\thành chính\tx\nKH\tKế hoạch\t-\thành chính\tx\n")
    letter, plan = lexicon.document_types()
    assert (letter.code, letter.aliases) == ("", ("CV", "CVĂN"))
    assert (plan.code, plan.aliases) == ("KH", ())


def test_surnames_come_in_order_of_their_counts(dictionary):
    dictionary("personal_names.txt", "An\t0\t3\t9\nLê\t5\t0\t0\nNguyễn\t9\t1\t0\nTrần\t5\t0\t0\n")
    assert lexicon.surnames() == ("Nguyễn", "Lê", "Trần")
    assert lexicon.personal_name_syllables()["An"].given == 9


def test_counts_are_numbers(dictionary):
    dictionary("agencies.tsv", "Sở Y tế\t12\n")
    dictionary("phrases.tsv", "KẾ HOẠCH\ttitle\t5\n")
    assert lexicon.agencies() == (lexicon.Agency("Sở Y tế", 12),)
    assert lexicon.phrases() == (lexicon.Phrase("KẾ HOẠCH", "title", 5),)


def test_one_abbreviation_may_have_two_readings(dictionary):
    dictionary("abbreviations.tsv", "BCH\tBan Chấp hành\toffice\nBCH\tBan Chỉ huy\toffice\n")
    assert [entry.reading for entry in lexicon.abbreviations()] == ["Ban Chấp hành", "Ban Chỉ huy"]


def test_a_broken_line_is_an_error(dictionary):
    dictionary("agencies.tsv", "Sở Y tế\n")
    with pytest.raises(ValueError):
        lexicon.agencies()


def test_a_list_is_read_once(dictionary):
    dictionary("syllables.txt", "# header\nan\nhóa\n")
    assert lexicon.syllables() == {"an", "hóa"}
    dictionary("syllables.txt", "đường\n")
    assert lexicon.syllables() == {"an", "hóa"}
