"""Kinds of engines: told by what letters became, mixed where a document mixes them, and what all have in common."""

from __future__ import annotations

import numpy as np
import pytest

from restore.correct import proposals
from restore.correct.family import PLACE_CHUNKS, choose_family, gains
from restore.correct.names import place_names
from restore.correct.weights import DEFAULT
from restore.language import families
from restore.language.channel import GRAPHEME_NUMBER, Observations
from restore.language.vietnamese import strip_marks
from tests.test_corrector import sample

XEROX = sample("000")
STRIPPED = strip_marks(sample("002"))


def chosen(text: str) -> str | None:
    family = choose_family(text, [False] * len(text), DEFAULT)
    return family.name if family else None


def test_a_damaged_and_a_stripped_text_are_told_apart() -> None:
    assert chosen(XEROX) == "xerox"
    assert chosen(STRIPPED) == "stripped"


def test_a_page_says_as_much_as_the_document() -> None:
    lines = XEROX.splitlines()
    assert chosen("\n".join(lines[60:80])) == "xerox"


def test_a_document_of_two_kinds_has_a_mixture() -> None:
    pages = "\n".join(XEROX.splitlines()[60:140])
    text = f"{pages}\n{STRIPPED}"
    assert len(pages.split()) > PLACE_CHUNKS
    assert chosen(text) == "stripped + xerox"


@pytest.mark.parametrize("text", ["", "12/5", "MVC ntcn"])
def test_what_says_too_little_is_no_engines(text: str) -> None:
    assert chosen(text) is None


def test_switched_off_there_is_none() -> None:
    assert choose_family(XEROX, [False] * len(XEROX), DEFAULT.without("families")) is None
    assert gains(XEROX, [False] * len(XEROX), DEFAULT.without("families")) == {}


def test_gains_name_every_table_and_the_right_one_gains_most() -> None:
    found = gains(XEROX, [False] * len(XEROX), DEFAULT)
    assert set(found) == {family.name for family in families.families()}
    assert max(found, key=lambda name: found[name]) == "xerox"


def test_a_mixture_lies_between_its_tables() -> None:
    by_name = {family.name: family for family in families.families()}
    observations = Observations(["~", "e"])
    row, column = GRAPHEME_NUMBER["ệ"], observations.number["~"]
    tables = [by_name["stripped"], by_name["xerox"]]
    alone = [families.prior(observations, 0.0, family)[row, column] for family in tables]
    mixed = families.prior(observations, 0.0, families.mixture([(f, 1.0) for f in tables]))[row, column]
    assert min(alone) < mixed < max(alone)
    assert families.mixture([(tables[0], 2.0)]) is tables[0]


def test_what_no_engine_was_seen_to_do_to_a_letter_is_likelier_when_they_did_it_to_its_like() -> None:
    # no table has ổ as "ii" often; other marked letters became it, and none became "zq"
    observations = Observations(["ii", "zq"])
    table = families.prior(observations, 0.0)[GRAPHEME_NUMBER["ổ"]]
    assert table[observations.number["ii"]] > 3 * table[observations.number["zq"]]
    kept = families.prior(observations, 1.0)[GRAPHEME_NUMBER["ổ"]]
    assert kept[observations.number["ii"]] < table[observations.number["ii"]]


def test_names_of_places_stand_apart_from_each_other() -> None:
    tokens, part = place_names()
    assert tokens.dtype == np.int32
    assert len(tokens) == len(part) > 1000
    starts = np.flatnonzero(tokens == 0)
    assert (part[starts] == 0).all()
    assert part.sum() == len(tokens) - len(starts)


def test_no_phrase_is_sought_in_a_sample_which_has_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(proposals, "phrase_proposals", lambda text: asked.append(text) or ())
    chosen("CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc")
    assert asked == []
