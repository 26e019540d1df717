"""One text gives one result: in any thread, in any process, whatever was restored before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from restore.correct.corrector import correct
from restore.pipeline import restore_text

SAMPLE = Path(__file__).parents[1] / "samples" / "000_d85d24a1343911c1.txt"
LINES = [line for line in SAMPLE.read_text(encoding="utf-8").split("\n") if len(line.split()) > 5]
TEXTS = ["\n".join(LINES[start : start + 4]) for start in range(0, 32, 4)]


@lru_cache
def _a_cache() -> None: ...


def bounded_caches() -> Iterator[Any]:
    """The caches that forget; those without bound hold the models, which are the same for all texts."""
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] == "restore":
            for value in vars(module).values():
                # By its type: a name of a PDF has every attribute that it is asked for.
                if type(value) is type(_a_cache) and value.cache_parameters()["maxsize"] is not None:
                    yield value


def forget() -> None:
    for cache in bounded_caches():
        cache.cache_clear()


def test_threads_do_not_disturb_each_other() -> None:
    assert len(set(TEXTS)) == 8
    forget()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(restore_text, TEXTS))
    forget()
    alone = [restore_text(text) for text in TEXTS]
    assert all(found.edits for found in alone)
    assert [found.edits for found in together] == [found.edits for found in alone]
    assert together == alone


def test_processes_find_what_this_one_finds() -> None:
    texts = TEXTS[:4]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        there = list(pool.map(restore_text, texts))
    assert there == [restore_text(text) for text in texts]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.text(max_size=12))
@settings(max_examples=10, deadline=None)
def test_caches_change_nothing(lines: list[str], noise: str) -> None:
    text = "\n".join([*lines, f"thvc hi~n {noise}"])
    forget()
    assert any(cache.cache_info().currsize == 0 for cache in bounded_caches())
    cold = correct(text)
    assert any(cache.cache_info().currsize for cache in bounded_caches())
    warm = correct(text)
    assert warm == cold
