"""Laws of the four ways in, text, PDF, image and JSON, for inputs damaged by chance: what ``tools.fuzz`` does, for seconds."""

from __future__ import annotations

import warnings
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.fuzz.targets import TARGETS, Target

# Inputs of each: those of a text take a tenth of a second.
EXAMPLES = {"text": 8, "parse": 12, "cleaning": 15, "dictionary": 12}
MANY = 40


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    return tuple(TARGETS[name].seeds())


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_what_chance_makes_of_an_input_keeps_the_laws(target: Target) -> None:
    @given(st.integers(0, 2**32), st.integers(1, 4))
    @settings(max_examples=EXAMPLES.get(target.name, MANY), derandomize=True, deadline=None, database=None)
    def hold(number: int, times: int) -> None:
        chance = Random(number)
        data = chance.choice(seeds(target.name))
        for _ in range(times):
            data = target.mutate(data, chance)[: target.longest]
        target.check(data)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        hold()
