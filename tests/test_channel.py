"""P(observed | intended): distributions that sum to one, counts that shrink on their priors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.language import channel, families, vietnamese
from restore.language.channel import GRAPHEME_NUMBER, GRAPHEMES, HALF, Observations
from restore.language.families import Family

rates = st.floats(0.0, 1.0)
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SOME_FAMILY = Family("made", {"ệ": {"~": 30.0, "e": 5.0, "": 1.0}, "n": {"ll": 4.0, "n": 90.0}})


def test_graphemes_are_small_letters_then_their_capitals() -> None:
    assert len(GRAPHEMES) == len(set(GRAPHEMES)) == 2 * HALF
    for small, capital in zip(GRAPHEMES[:HALF], GRAPHEMES[HALF:], strict=True):
        assert small.islower()
        assert small.upper() == capital
    assert {"a", "đ", "ợ", "Ữ", "W"} <= set(GRAPHEMES)


@pytest.mark.parametrize("accents", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("grapheme", GRAPHEMES)
def test_the_generic_channel_leaves_something_for_the_rest(grapheme: str, accents: float) -> None:
    table = channel.generic(grapheme, accents)
    assert all(probability >= 0 for probability in table.values())
    assert 0 < sum(table.values()) < 1
    assert all(len(observed) <= channel.MAX_OBSERVED for observed in table)


def test_the_rest_sums_to_one_over_all_strings() -> None:
    total = sum(channel.uniform(length) * channel.ALPHABET_SIZE**length for length in (1, 2, 3))
    assert total == pytest.approx(1.0)
    assert channel.uniform(1) > channel.uniform(2) > channel.uniform(3) > 0


@given(st.lists(letters, max_size=5), rates, st.sampled_from([None, SOME_FAMILY, *families.families()]))
@settings(max_examples=40, deadline=None)
def test_no_row_of_a_prior_exceeds_one(chunks: list[str], accents: float, family: Family | None) -> None:
    table = families.prior(Observations(chunks), accents, family)
    assert table.shape == (len(GRAPHEMES), len(Observations(chunks).number))
    assert (table >= 0).all()
    assert table.sum(axis=1).max() <= 1 + 1e-5


def test_a_prior_over_all_strings_known_sums_to_nearly_one() -> None:
    # every explicit string is among the observed; what is missing is the uniform rest of strings not observed
    known = sorted({o for g in GRAPHEMES for o in channel.generic(g, 0.0)} | {"~"})
    table = families.prior(Observations(known), 0.0)
    explicit = np.array([sum(channel.generic(g, 0.0).values()) for g in GRAPHEMES])
    assert (table.sum(axis=1) >= explicit - 1e-5).all()


def test_without_accents_the_bare_letter_is_likeliest() -> None:
    observations = Observations(["ế", "e", "c", "n"])
    table = families.prior(observations, 0.0)
    row = table[GRAPHEME_NUMBER["ế"]]
    assert observations.strings[int(row.argmax())] == "e"
    kept = families.prior(observations, 1.0)[GRAPHEME_NUMBER["ế"]]
    assert observations.strings[int(kept.argmax())] == "ế"


def test_a_family_table_shrinks_on_the_generic_channel() -> None:
    observations = Observations(["~", "e", "6"])
    number = observations.number
    generic = families.prior(observations, 0.0)[GRAPHEME_NUMBER["ệ"]]
    table = families.prior(observations, 0.0, SOME_FAMILY)
    row = table[GRAPHEME_NUMBER["ệ"]]
    strength = families.FAMILY_STRENGTH
    assert row[number["~"]] == pytest.approx((30 + strength * generic[number["~"]]) / (36 + strength))
    assert row[number["e"]] == pytest.approx((5 + strength * generic[number["e"]]) / (36 + strength))
    assert row[number[""]] == pytest.approx((1 + strength * generic[number[""]]) / (36 + strength))
    # never counted in the family: the generic channel's share alone
    assert row[number["6"]] == pytest.approx(strength * generic[number["6"]] / (36 + strength))
    # a grapheme that the family says nothing of stays generic
    untouched = families.prior(observations, 0.0)[GRAPHEME_NUMBER["o"]]
    np.testing.assert_allclose(table[GRAPHEME_NUMBER["o"]], untouched, rtol=1e-5)


@pytest.mark.parametrize("many", [0.1, 10.0, 1000.0])
def test_the_more_a_family_has_seen_the_less_the_generic_channel_counts(many: float) -> None:
    observations = Observations(["~", "e"])
    family = Family("made", {"ệ": {"~": many}})
    row, column = GRAPHEME_NUMBER["ệ"], observations.number["~"]
    share = families.prior(observations, 0.0, family)[row, column]
    generic = families.prior(observations, 0.0)[row, column]
    assert generic < share < 1.0
    assert share == pytest.approx((many + 3 * generic) / (many + 3), rel=1e-5)


def test_adapting_by_hand() -> None:
    before = np.array([[0.5, 0.3], [0.5, 0.3]], np.float32)
    counts = np.array([[0.0, 10.0], [0.0, 0.0]], np.float32)
    after = channel.adapt(before, counts, strength=10.0)
    # (0 + 10 * .5) / (10 + 10), (10 + 10 * .3) / (10 + 10); what was never counted stays the prior
    assert after == pytest.approx(np.array([[0.25, 0.65], [0.5, 0.3]]))
    assert channel.PRIOR_STRENGTH == 10.0
    np.testing.assert_array_equal(channel.adapt(before, counts), after)


@given(st.lists(st.floats(0, 100, width=32), min_size=6, max_size=6))
def test_adapting_keeps_rows_at_most_one(counts: list[float]) -> None:
    before = families.prior(Observations(["~e"]), 0.5)[:, :4]
    seen = np.zeros_like(before)
    seen[:2, :3] = np.array(counts).reshape(2, 3)
    after = channel.adapt(before, seen)
    assert after.sum(axis=1).max() <= 1 + 1e-5
    assert (after >= 0).all()


def test_costs_are_nats_and_never_infinite() -> None:
    costs = channel.cost(np.array([[1.0, 0.5, 0.0]], np.float32))
    assert costs[0] == pytest.approx([0.0, np.log(2), -np.log(1e-12)])
    assert costs.dtype == np.float32
    assert costs.flags["C_CONTIGUOUS"]


@given(st.lists(letters, max_size=5))
def test_every_string_of_a_chunk_has_its_number(chunks: list[str]) -> None:
    observations = Observations(chunks)
    assert observations.strings[0] == ""
    assert [observations.number[string] for string in observations.strings] == list(
        range(len(observations.strings))
    )
    for chunk in chunks:
        table = observations.of(chunk)
        assert table.shape == (len(chunk), channel.MAX_OBSERVED + 1)
        for start in range(len(chunk)):
            for length in range(1, channel.MAX_OBSERVED + 1):
                whole = start + length <= len(chunk)
                expected = observations.number[chunk[start : start + length]] if whole else 0
                assert table[start, length] == expected


def test_families_that_ship() -> None:
    tables = families.families()
    assert [family.name for family in tables] == sorted(family.name for family in tables)
    assert set(families.POOLED) < {family.name for family in tables}
    for family in tables:
        assert set(family.counts) <= set(GRAPHEMES)
        assert all(count > 0 for counts in family.counts.values() for count in counts.values())
        assert all(len(o) <= channel.MAX_OBSERVED for counts in family.counts.values() for o in counts)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("", 0.0), ("123 ...", 0.0), ("Uy ban nhan dan", 0.0), ("ạạạạ", 1.0), ("ủ" + "b" * 9, 0.1 / 0.29)],
)
def test_accent_rate(text: str, rate: float) -> None:
    assert channel.accent_rate(text) == pytest.approx(rate)


def test_accent_rate_of_whole_and_stripped_vietnamese() -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân quận ban hành kế hoạch như sau"
    assert channel.accent_rate(text) > 0.8
    assert channel.accent_rate(vietnamese.strip_marks(text)) == 0.0
