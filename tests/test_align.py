"""Alignment: every word once, in order, and the right ones together."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.edit import Edit, apply
from restore.language.vietnamese import strip_marks
from restore.review import align as module
from restore.review.align import Alignment, align, align_edits, align_letters, graphemes, letter_key, tokenize

CASES = Path(__file__).parent / "cases" / "review"
WORDS = (CASES / "words.txt").read_text(encoding="utf-8").split()


def spoken(alignment: Alignment) -> list[tuple[str, str]]:
    return [
        (" ".join(token.text for token in pair.left), " ".join(token.text for token in pair.right))
        for pair in alignment.pairs
    ]


def check(alignment: Alignment) -> None:
    """Every word of both sides stands in exactly one pair, in order, and at its place in the text."""
    for side, text in enumerate((alignment.left, alignment.right)):
        tokens = [token for pair in alignment.pairs for token in pair[side]]
        assert [token.text for token in tokens] == text.split()
        assert all(one.end < other.start for one, other in pairwise(tokens))
        assert all(text[token.start : token.end] == token.text for token in tokens)
        assert all(text.count("\n", 0, token.start) == token.line for token in tokens)
    assert all(pair.left or pair.right for pair in alignment.pairs)


@given(st.text("aáăđ bcĐ \n\u00a0,~1", max_size=80), st.text("aáăđ bcĐ \n,~1", max_size=80))
def test_every_word_is_in_one_pair(left: str, right: str) -> None:
    check(align(left, right))
    check(align(right, left))


@given(st.text(max_size=80))
def test_a_text_is_like_itself(text: str) -> None:
    alignment = align(text, text)
    check(alignment)
    assert all(pair.same and len(pair.left) == 1 for pair in alignment.pairs)


@pytest.mark.parametrize(
    "pairs",
    [
        [("th\\Ic", "thực"), ("hi~n", "hiện"), ("KS", "Kế"), ("hoach", "hoạch")],
        [("V~vi~c", "Về việc"), ("tri~n", "triển"), ("khai", "khai")],
        [("m \\ lc", "mục"), ("dich", "đích")],
        [("d\\ffigthanh", "dựng thành"), ("ph6", "phố")],
        [("ngay", "ngày"), ("20", "30"), ("thang", "tháng")],
        [("xanh", "xanh"), ("...", ""), ("sach", "sạch")],
        [("xanh", "xanh"), ("", "rất"), ("", "là"), ("", "cực"), ("", "kỳ"), ("sạch", "sạch")],
    ],
)
def test_words_meet(pairs: list[tuple[str, str]]) -> None:
    left, right = (" ".join(side for side in sides if side) for sides in zip(*pairs, strict=True))
    assert spoken(align(left, right)) == pairs


def test_line_breaks_do_not_part_what_belongs_together() -> None:
    alignment = align("xây dựng quận\nKiến An xanh", "xây\ndựng quận Kiến\nAn xanh")
    assert all(pair.same for pair in alignment.pairs)


def _damaged(words: list[str], seed: int) -> str:
    """A third of the words lost their marks, some are glued, some are gone."""
    chance = random.Random(seed)
    out: list[str] = []
    for word in words:
        roll = chance.random()
        if roll < 0.05:
            continue
        out.append(strip_marks(word) if roll < 0.4 else word)
        out.append("" if roll > 0.95 else " ")
    return "".join(out)


def _long_text(length: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        chance.choice(WORDS) + (str(chance.randrange(100)) if chance.random() < 0.1 else "")
        for _ in range(length)
    ]


def test_long_texts_are_cut_at_anchors_and_aligned_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    words = _long_text(1500, 1)
    gold, damaged = " ".join(words), _damaged(words, 2)
    whole = align(damaged, gold)
    compared: list[int] = []
    opcodes = module.Levenshtein.opcodes

    class Watched:
        @staticmethod
        def opcodes(left: str, right: str) -> object:
            compared.append(len(left) * len(right))
            return opcodes(left, right)

    monkeypatch.setattr(module, "DIRECT_CELLS", 300 * 300)
    monkeypatch.setattr(module, "Levenshtein", Watched)
    cut = align(damaged, gold)
    check(cut)
    assert max(compared) <= 4 * 300 * 300  # blanks between the words are not counted in the limit
    assert sum(compared) < len(gold) * len(damaged) / 10
    same = set(cut.pairs) & set(whole.pairs)
    assert len(same) > 0.98 * len(whole.pairs)


def test_long_texts_that_share_nothing_are_still_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DIRECT_CELLS", 50 * 50)
    check(align("một hai ba " * 60, "x y z " * 90))
    check(align("một " * 200, "một " * 150))
    check(align("", "một hai " * 100))


def test_letters_meet_by_their_base() -> None:
    assert align_letters("d6i", "đổi") == (("d", "đ"), ("6", "ổ"), ("i", "i"))
    assert align_letters("x", "") == (("x", ""),)


@given(st.text("aáăđĐ\u0323\u0301xi\u0130", max_size=20))
def test_graphemes_and_keys_fit(text: str) -> None:
    clusters = graphemes(text)
    assert "".join(clusters) == unicodedata.normalize("NFC", text)
    assert len(letter_key(text)) == len("".join(clusters))


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 40))
def test_edits_align_what_they_changed(seed: int, length: int) -> None:
    """Random edits of whole and half words, glued and split ones, insertions and deletions."""
    chance = random.Random(seed)
    original = " ".join(chance.choice(WORDS) for _ in range(length))
    edits: list[Edit] = []
    position = 0
    while position < len(original):
        start = position + chance.randrange(8)
        end = min(start + chance.randrange(6), len(original))
        if start > end:
            break
        after = chance.choice(["", "x", "một hai", " ", "ê\n"])
        if after or end > start:
            edits.append(
                Edit(
                    start=start,
                    end=end,
                    before=original[start:end],
                    after=after,
                    kind="mixed",
                    source="model",
                    confidence=0.5,
                    status=chance.choice(["auto", "review", "suggested"]),
                )
            )
        position = end + 1
    check(align_edits(original, edits, apply(original, edits)))


def test_edits_decide_where_letters_would_not() -> None:
    """Nothing in the letters says that ~ became ba; the edit does."""
    original = "một ~ hai"
    edit = Edit(
        start=4,
        end=5,
        before="~",
        after="ba bốn năm sáu",
        kind="mixed",
        source="model",
        confidence=1.0,
        status="auto",
    )
    alignment = align_edits(original, [edit], apply(original, [edit]))
    assert spoken(alignment)[1] == ("~", "ba bốn năm sáu")
    assert len(alignment.pairs) == 3


def test_tokens_know_their_lines() -> None:
    assert [token.line for token in tokenize("a\n\nb c\r\nd")] == [0, 2, 2, 3]
