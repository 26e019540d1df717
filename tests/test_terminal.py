"""Differences on a terminal: lines a pager can show, of one pair of texts and of two folders."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.review.align import align
from restore.review.comparison import Compared, FolderComparison, compared
from restore.review.diff import diff
from restore.review.terminal import render_folders, render_terminal

LEFT = "KEHOACH\n\nthi dna xay dvng quan KiSnAn 771KH ngay\n20 thang 4\n"
RIGHT = "KẾ HOẠCH\n\nthi đua xây dựng quận Kiến An 77/KH ngay\n20 thang 4\n"
ONE, OTHER = "a\nb\nc\nd\nquan\ne\nf\ng\nh\ni\nso\nk\n", "a\nb\nc\nd\nquận\ne\nf\ng\nh\ni\nsố\nk\n"
texts = st.text("aáâ bđĐ.~1\n", max_size=60)


def shown(left: str, right: str, **options: object) -> str:
    return render_terminal(align(left, right), **({"lang": "en"} | options))  # type: ignore[arg-type]


def test_terminal_is_plain_unless_colour_is_asked_for() -> None:
    plain = shown(LEFT, RIGHT, lang="vi")
    assert "[-KEHOACH-]" in plain
    assert "{+KẾ HOẠCH+}" in plain
    assert "tách từ: KEHOACH → KẾ HOẠCH" in plain
    assert "\x1b" not in plain
    coloured = shown(LEFT, RIGHT, colour=True)
    assert "\x1b[31mKEHOACH\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured).count("KEHOACH") == 2  # in its line, and where it is explained
    assert "20 thang" not in plain  # unchanged lines are left out


def test_terminal_cannot_be_steered_by_a_document() -> None:
    said = shown("an \x1b]0;title\x07 b", "an \x1b[2J c \x9b31m", context=3)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)
    row = Compared("\x1b[2Ja.txt", "\x1b[2Ja.txt", compared(align("a", "b")))
    assert "\x1b" not in render_folders(FolderComparison((row,), ("\x1b]0;x",), ()))


def test_terminal_says_so_when_nothing_differs() -> None:
    assert shown("an", "an", context=5) == "0 differences\n"


def test_context_shows_lines_around_and_where_lines_are_left_out() -> None:
    lines = [line.split() for line in shown(ONE, OTHER, context=1).splitlines()]
    assert lines == [
        ["4", "d"],
        ["5", "-", "[-quan-]"],
        ["+", "{+quận+}"],
        ["mark:", "quan", "→", "quận"],
        ["6", "e"],
        ["..."],
        ["10", "i"],
        ["11", "-", "[-so-]"],
        ["+", "{+số+}"],
        ["mark:", "so", "→", "số"],
        ["12", "k"],
        ["2", "differences:", "mark", "2"],
    ]
    assert "..." not in shown(ONE, OTHER, context=3)
    assert shown(ONE, OTHER, context=3).count("\n") == len(ONE.splitlines()) - 1 + 4 + 1


def test_only_the_kinds_that_are_asked_for() -> None:
    said = shown(LEFT, RIGHT, only=("split", "number"))
    assert said.splitlines()[-1] == "2 differences: split 1, number 1"
    assert "[-KEHOACH-]" in said
    assert "[-" not in said.replace("[-KEHOACH-]", "").replace("[-771KH-]", "")
    assert "letter" not in said
    assert compared(align(LEFT, RIGHT), ("split",)).changed == 2


@given(texts, texts, st.integers(0, 3))
def test_every_difference_is_told_once(left: str, right: str, context: int) -> None:
    lines = shown(left, right, context=context).splitlines()
    told = [part for line in lines[:-1] if line.startswith(" " * 7) for part in line.split(" · ")]
    assert len([part for part in told if "→" in part]) == len(diff(left, right))
    assert lines[-1].startswith(f"{len(diff(left, right))} differences")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_folders_list_the_worst_last_and_name_what_is_alone(lang: str) -> None:
    rows = (
        Compared("a.pdf", "a.txt", compared(align("quan so", "quận số"))),
        Compared("b.txt", "b.txt", compared(align("an " * 99 + "so", "an " * 99 + "số"))),
        Compared("c.txt", "c.txt", reason="broken"),
    )
    lines = render_folders(
        FolderComparison(rows, ("d",), ("e",)), "vi" if lang == "vi" else "en"
    ).splitlines()
    assert ["b.txt: " in lines[1], "a.pdf → a.txt: " in lines[2], lines[3]] == [True, True, "c.txt: broken"]
    assert lines[1].split()[:2] == ["100", "1"]
    assert lines[4].endswith(": d")
    assert lines[5].endswith(": e")
    assert lines[6].startswith("3 " + ("văn bản, 102 từ" if lang == "vi" else "documents, 102 words"))
