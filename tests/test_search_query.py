"""Queries are taken apart, whatever is typed, and found in texts just where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.search.query import MOST_WORDS, Phrase, Word, parse
from restore.search.spans import Finder, Span, marked, merged, places, snippets
from restore.search.words import WORD_RE, fold, has_marks, lower, plain, words_of

SYLLABLES = [
    "lan",
    "lân",
    "lần",
    "ke",
    "kế",
    "hoạch",
    "hoach",
    "hoá",
    "hóa",
    "đan",
    "dan",
    "uy",
    "ủy",
    "uỷ",
    "129",
]


def only_phrase(text: str) -> Phrase:
    (branch,) = parse(text).branches
    (phrase,) = branch.wanted
    return phrase


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("kế hoạch", "kế hoạch"),
        ("  KẾ\tHOẠCH  kế ", "kế hoạch"),
        ('"kế hoạch" năm', '"kế hoạch" năm'),
        ("“kế hoạch” «dự thảo»", '"kế hoạch" "dự thảo"'),
        ('"kế hoạch', '"kế hoạch"'),
        ('kế"hoạch năm', 'kế "hoạch năm"'),
        ("129/KH-UBND", '"129 kh ubnd"'),
        ("-nháp kế", "kế -nháp"),
        ('–"dự thảo" kế', 'kế -"dự thảo"'),
        ("- kế", "kế"),
        ("hoạ*", "hoạ*"),
        ('"kế ho*"', '"kế ho*"'),
        ('"kế ho"*', '"kế ho*"'),
        ("* ** -*", ""),
        ("=lan", "=lan"),
        ("-=lan kế", "kế -=lan"),
        ('="lan anh"', '="lan anh"'),
        ("=lần", "lần"),
        ("kế OR báo cáo", "kế OR báo cáo"),
        ("kế|báo", '"kế báo"'),
        ("kế | báo", "kế OR báo"),
        ("OR kế OR OR", "kế"),
        ("or hoặc", "or hoặc"),
        ("hoá", "hóa"),
        ("thuỷ*", "thuỷ*"),
        ("NEAR(a b) AND {x} : ^y + z", '"near a" b and x y z'),
        ("'; DROP TABLE words; --", "drop table words"),
        ("", ""),
        ("\x00\udcff \u0301", ""),
    ],
)
def test_a_query_is_understood(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical
    assert parse(canonical) == parse(typed)


def test_marks_make_a_word_exact() -> None:
    assert only_phrase("lan").words == (Word("lan", exact=False),)
    assert only_phrase("Đan").words == (Word("đan", exact=True),)
    assert only_phrase("=Lan").words == (Word("lan", exact=True),)
    assert [word.exact for word in only_phrase('"ủy ban nhân dân"').words] == [True, False, True, True]


def test_a_query_has_an_end() -> None:
    typed = " ".join(f"a{n}" for n in range(50)) + ' "lần ' + "a " * 5000
    assert sum(len(phrase.words) for phrase in parse(typed).phrases) == MOST_WORDS


@given(
    st.text() | st.lists(st.sampled_from([*SYLLABLES, '"', "-", "*", "OR", "|", "=", "/", " "])).map("".join)
)
def test_any_text_is_a_query_and_its_words_say_the_same_again(typed: str) -> None:
    query = parse(typed)
    assert parse(str(query)) == query
    assert all(
        word.text == unicodedata.normalize("NFC", word.text) for one in query.phrases for word in one.words
    )


@given(st.text())
def test_folding_by_words_and_by_texts_is_the_same(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    bare = plain(text)
    assert len(bare) == len(text) == len(lower(text))
    spans = [match.span() for match in WORD_RE.finditer(text)]
    assert [bare[slice(*span)] for span in spans] == [plain(word) for word in words_of(text)]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=30), st.data())
def test_a_row_is_found_just_where_it_stands(words: list[str], data: st.DataObject) -> None:
    """Against a search that compares word by word."""
    phrase = only_phrase(
        '"' + " ".join(data.draw(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3))) + '"'
    )
    text = data.draw(st.sampled_from([" ", "\n", ", ", " - "])).join(words)

    def fits(word: Word, found: str) -> bool:
        return fold(found) == word.text if word.exact else plain(found) == word.bare

    starts = [match.start() for match in WORD_RE.finditer(text)]
    expected = [
        starts[at]
        for at in range(len(words) - len(phrase.words) + 1)
        if all(fits(word, words[at + n]) for n, word in enumerate(phrase.words))
    ]
    query = parse(str(phrase))
    found = Finder(query).spans(text)[phrase]
    assert [span.start for span in found] == expected
    assert Finder(query).holds(["x", text]) == bool(expected)


def test_parts_of_words_are_no_hits() -> None:
    spans = Finder(parse("an")).spans("Lan, an; ân. toàn AN2 an_")
    assert [span.start for each in spans.values() for span in each] == [5, 9, 22]


def test_places_have_lines_and_columns() -> None:
    text = "KẾ HOẠCH\n\nNăm\nkế  hoạch\tkế"
    spans = [span for each in Finder(parse('"ke hoach" OR kế')).spans(text).values() for span in each]
    found = places(text, merged(spans))
    assert [(place.line, place.column, text[place.start : place.end]) for place in found] == [
        (1, 1, "KẾ HOẠCH"), (4, 1, "kế  hoạch"), (4, 11, "kế"),
    ]  # fmt: skip


def test_a_snippet_shows_most_phrases_on_one_line_and_says_where_the_text_goes_on() -> None:
    text = "lan " + "x " * 200 + "đầu kế hoạch\nphòng dịch " + "y " * 200 + "kế"
    (first, second) = snippets(text, Finder(parse('"kế hoạch" dịch lan')).spans(text))
    assert [piece.text for piece in first if piece.hit] == ["lan"]
    assert first[0] == ("lan", True)
    assert first[-1] == (" …", False)
    assert [piece.text for piece in second if piece.hit] == ["kế hoạch", "dịch"]
    assert second[0] == ("… ", False)
    assert "\n" not in "".join(piece.text for piece in second)
    assert snippets(text, Finder(parse("zzz")).spans(text)) == ()


@given(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=200),
    st.lists(st.sampled_from(SYLLABLES), min_size=1),
)
def test_snippets_are_stretches_of_the_text_with_whole_hits(words: list[str], asked: list[str]) -> None:
    text = " ".join(words)
    found = Finder(parse(" ".join(asked))).spans(text)
    pieces = snippets(text, found)
    assert bool(pieces) == any(found.values())
    hits = {text[slice(*span)] for span in merged([span for each in found.values() for span in each])}
    for snippet in pieces:
        assert "".join(piece.text for piece in snippet).removeprefix("… ").removesuffix(" …") in text
        assert any(piece.hit for piece in snippet)
        assert {piece.text for piece in snippet if piece.hit} <= hits


def test_a_text_is_cut_at_its_hits() -> None:
    assert marked("a b  c", [Span(2, 3)]) == (("a ", False), ("b", True), (" c", False))
    assert marked("", []) == ()


def test_marks_are_told_from_letters() -> None:
    assert [has_marks(word) for word in ("đ", "ớ", "y", "ö", "7")] == [True, True, False, False, False]
