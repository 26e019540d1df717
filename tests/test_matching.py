"""Partners of two folders: by name, without endings, without folders, and never by guess."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from restore.review.matching import matched

names = st.lists(
    st.sampled_from(["a.txt", "a.pdf", "a.gold.txt", "x/a.pdf", "y/a.txt", "b.PDF", "b.txt", "x/b", "c"])
)


def test_whole_names_before_bare_ones() -> None:
    found = matched(["a.pdf", "a.txt"], ["a.txt", "a.pdf"])
    assert found.pairs == (("a.pdf", "a.pdf"), ("a.txt", "a.txt"))


def test_results_of_a_batch_meet_texts_and_scans() -> None:
    found = matched(["2023/kế hoạch.pdf", "b.tif"], ["2023/kế hoạch.gold.txt", "b.ocr.txt", "c.txt"])
    assert found.pairs == (("2023/kế hoạch.pdf", "2023/kế hoạch.gold.txt"), ("b.tif", "b.ocr.txt"))
    assert found.only_right == ("c.txt",)


def test_names_of_other_systems_are_the_same_names() -> None:
    decomposed = unicodedata.normalize("NFD", "kế hoạch.txt")
    assert matched(["kế hoạch.pdf"], [decomposed]).pairs == (("kế hoạch.pdf", decomposed),)


def test_two_of_a_name_are_nobody_s_partner() -> None:
    found = matched(["a.pdf", "a.tif"], ["a.txt"])
    assert found.pairs == ()
    assert found.only_left == ("a.pdf", "a.tif")
    assert matched(["x/a.pdf", "y/a.pdf"], ["z/a.txt"]).pairs == ()


@given(names, names)
def test_every_name_stands_once(left: list[str], right: list[str]) -> None:
    found = matched(left, right)
    assert sorted([one for one, _ in found.pairs] + list(found.only_left)) == sorted(set(left))
    assert sorted([other for _, other in found.pairs] + list(found.only_right)) == sorted(set(right))
    assert set(zip(set(left) & set(right), set(left) & set(right), strict=True)) <= set(found.pairs)
    turned = matched(right, left)
    assert {(other, one) for one, other in turned.pairs} == set(found.pairs)
