"""Whose an error is, and how many of them the doubtful words hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from restore.bench.cases import damaged_texts, find_cases
from restore.bench.confidence import curve, measure, reliability
from restore.bench.ranking import Ranked, rank
from restore.correct.weights import DEFAULT
from restore.review.metrics import evaluate
from tests.test_bench import DAMAGED, GOLD
from tools import plot_review_curve
from tools.typeface import load_font


def test_an_error_belongs_to_its_word_and_a_word_that_was_never_read_to_none() -> None:
    found = rank("một hai , ba năm", (0.9, 0.8, 0.1, 0.7, 0.95), "một hai bốn ba sáu")
    assert found.words == ("một", "hai", "ba", "năm")
    assert found.confidences == (0.9, 0.8, 0.7, 0.95)
    assert found.errors == (0, 0, 0, 1)
    assert found.missing == 1  # "bốn"
    assert rank("", (), "một").errors == ()


def test_a_word_that_two_were_glued_to_has_the_errors_of_both_and_no_more_than_two_others() -> None:
    found = rank("khu côngnghiệp này", (1.0, 1.0, 1.0), "khu công nghiệp này")
    assert (found.errors, found.missing) == ((0, 2, 0), 0)
    found = rank("khu xyz này", (1.0, 1.0, 1.0), "khu công nghiệp và khu chế xuất này")
    assert (found.errors, found.missing) == ((0, 3, 0), 3)
    # of two wrong words the less sure one has the further error
    assert rank("a x y b", (1.0, 0.9, 0.2, 1.0), "a 1 2 3 b").errors == (0, 1, 2, 0)


def test_words_in_another_place_were_moved_and_are_right() -> None:
    said = "An Giang, ngày 5 tháng 3 ỦY BAN NHÂN DÂN"
    true = "ỦY BAN NHÂN DÂN An Giang, ngày 6 tháng 3"
    found = rank(said, [1.0] * len(said.split()), true)
    assert found.moved >= 3
    assert sum(found.errors) + found.missing <= 3
    # two words in a row may be met anywhere
    assert rank("a b c d e", [1.0] * 5, "d e a b c").moved == 0


def test_lost_lines_are_no_errors_but_what_the_text_has_of_them_counts() -> None:
    true = "Số: 5/KH\nĐộc lập - Tự do\nKẾ HOẠCH"
    lost = "Độc lập - Tự do\n"
    held = rank("Số: 5/KH KẾ HOẠCH", [1.0] * 4, true, lost)
    assert (sum(held.errors), held.missing) == (0, 0)
    partly = rank("Số: 5/KH Độc lặp KẾ HOẠCH", [1.0] * 6, true, lost)
    assert (partly.errors, partly.missing) == ((0, 0, 0, 1, 0, 0), 0)
    assert rank("Số: 5/KH KẾ HOẠCH", [1.0] * 4, true).missing == 4


WORDS = st.lists(st.sampled_from(["An", "Lão", "quận", "5", "hội"]), max_size=12)


@given(WORDS, WORDS)
def test_every_error_of_the_word_error_rate_is_a_word_s_or_missing_unless_words_were_moved(
    said: list[str], true: list[str]
) -> None:
    found = rank(" ".join(said), [0.5] * len(said), " ".join(true))
    errors = evaluate(" ".join(said), " ".join(true)).word_errors
    assert sum(found.errors) + found.missing <= errors
    if not found.moved:
        assert sum(found.errors) + found.missing == errors


def ranked(sure: Sequence[float], wrong: Sequence[int], missing: int = 0) -> Ranked:
    return Ranked(tuple(f"w{number}" for number in range(len(sure))), tuple(sure), tuple(wrong), missing, 0)


def test_the_least_certain_tenth_holds_the_errors_of_a_perfect_ranking() -> None:
    sure = tuple(number / 100 for number in range(100))
    wrong = tuple(int(number < 8 or number == 50) for number in range(100))
    found = reliability([ranked(sure, wrong)])
    assert (found.errors, found.tenth, found.caught, found.attainable, found.outside) == (9, 10, 8, 9, 1)
    assert found.share == found.share_of_read == pytest.approx(8 / 9)
    assert found.threshold == 0.1
    assert found.to_review == sum(one < DEFAULT.review for one in sure)
    assert sum(bin_.words for bin_ in found.bins) == 100
    assert [bin_.right for bin_ in found.bins][-1] == 1.0
    # upside down, the tenth holds nothing
    turned = reliability([ranked(sure[::-1], wrong)])
    assert turned.caught == 0


def test_words_that_were_never_read_are_errors_outside() -> None:
    found = reliability([ranked([0.1] + [0.9] * 9, [1] + [0] * 9, missing=3)])
    assert (found.errors, found.missing, found.caught, found.outside) == (4, 3, 1, 3)
    assert (found.share, found.share_of_read) == (0.25, 1.0)


def test_words_that_are_equally_sure_share_their_errors() -> None:
    found = reliability([ranked((0.5,) * 20, (1, *(0,) * 19))])
    assert found.caught == pytest.approx(0.1)
    assert found.curve[50] == pytest.approx(0.5)


CONFIDENT = st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 0.99, 1.0]), st.integers(0, 3))


@given(st.lists(CONFIDENT, max_size=60))
def test_the_curve_rises_from_nothing_to_all_errors_and_ranks_no_better_than_perfectly(
    rows: list[tuple[float, int]],
) -> None:
    found = curve(sorted(rows))
    errors = sum(count for _, count in rows)
    assert len(found) == 101
    assert found[0] == (0.0 if errors else 1.0)
    assert found[-1] == pytest.approx(1.0)
    assert all(one <= other + 1e-12 for one, other in pairwise(found))
    best = curve(
        [(0.0 if count else 1.0, count) for count in sorted((count for _, count in rows), reverse=True)]
    )
    if all(count <= 1 for _, count in rows):
        assert all(share <= most + 1e-9 for share, most in zip(found, best, strict=True))


def test_doubtful_words_are_the_wrong_ones(tmp_path: Path) -> None:
    # "kqxzt" is no word and like none: it stays wrong, and with it "Cổ" before it.
    (tmp_path / "page.ocr.txt").write_text(DAMAGED.replace("quan,", "kqxzt,"), "utf-8")
    (tmp_path / "page.gold.txt").write_text(GOLD.replace("Nơi nhận:\n", ""), "utf-8")
    found = measure(damaged_texts([tmp_path]))["text"]
    assert 1 <= found.errors <= found.tenth < 0.2 * found.words
    assert found.caught == found.errors
    assert found.as_json()["share"] == 1


def test_scans_and_damaged_texts_are_ranked_apart_and_drawn(tmp_path: Path) -> None:
    picture = Image.new("L", (1700, 700), 255)
    font = load_font("", 13)
    draw = ImageDraw.Draw(picture)
    lines = ("Căn cứ Luật Tổ chức chính quyền địa phương", "Ủy ban nhân dân huyện báo cáo như sau:")
    for number, line in enumerate(lines):
        draw.text((150, 150 + 90 * number), line, font=font, fill=0)
    picture.save(tmp_path / "page.png", dpi=(300, 300))
    (tmp_path / "page.ocr.txt").write_text("Can cir Luat T6 chirc chinh quyen dia phuong", "utf-8")
    (tmp_path / "page.gold.txt").write_text("\n".join((*lines, "đến nay")), "utf-8")
    done: list[str] = []
    found = measure(find_cases(tmp_path), done=done.append)
    assert set(found) == {"text", "scan"}
    assert len(done) == 2
    assert (found["scan"].words, found["scan"].missing) == (18, 2)
    assert found["scan"].share_of_read == 1.0
    report = tmp_path / "report.json"
    report.write_text(json.dumps({kind: one.as_json() for kind, one in found.items()}), "utf-8")
    plot_review_curve.main(tmp_path / "curve.svg", [f"pages={report}=scan=0.7", f"layers={report}=text=0.85"])
    svg = ElementTree.fromstring((tmp_path / "curve.svg").read_text("utf-8"))
    texts = [element.text or "" for element in svg.iter() if element.tag.endswith("text")]
    assert "goal 70%" in texts
    assert any(text.startswith("pages: 2 errors in 18 words") for text in texts)
