"""How a word was decided is told as it was: the costs add up to the search's own, the chosen reading stands in the text."""

from __future__ import annotations

import json
from functools import cache

import pytest
from test_cli import restore

from restore.correct import corrector
from restore.correct.corrector import Restoration, correct, restoration
from restore.correct.derivation import Derivation, derive
from restore.correct.places import find
from restore.correct.walk import Walk, reach

DAMAGED = (
    "Can cir KShoach s6 129/KH-UBND ngay 14112/2015 cua UBND thanh ph6\n"
    "quan KiSnAn dong tinh, quan chung dong tinh, xay dung d~ri s6ng H<';>i\n"
)


@cache
def done() -> Restoration:
    return restoration(DAMAGED)


def told(wanted: str, **options: int) -> Derivation:
    return derive(DAMAGED, wanted, **options)[1][0]


def test_the_walk_adds_up_to_what_the_search_found() -> None:
    work = done().work
    assert work is not None
    walk = Walk(work.decoder, work.decoding)
    channel = sum(float(work.decoding.lattice.edges.cost[k]) for k in work.decoding.path)
    # the search may merge histories of the document's n-grams that the walk keeps apart
    assert walk.cost + channel == pytest.approx(-work.decoding.logp, rel=1e-3)
    assert len(walk.context(len(work.decoding.path) - 1)) <= reach()


@pytest.mark.parametrize("wanted", ["Can", "hoach", "thanh", "ph6", "quan", "chung"])
def test_letters_and_penalties_add_up_to_the_edge_and_all_to_the_total(wanted: str) -> None:
    for candidate in told(wanted).candidates:
        parts = [letter.cost for letter in candidate.letters] + [one.cost for one in candidate.penalties]
        assert sum(parts) == pytest.approx(candidate.channel, abs=0.06)
        total = candidate.channel + candidate.language + candidate.following
        assert total == pytest.approx(candidate.total, abs=0.03)
        assert "".join(letter.observed for letter in candidate.letters) in (wanted, "")


def test_what_is_chosen_stands_in_the_text_and_is_cheapest_where_nothing_else_spoke() -> None:
    word = told("Can")
    (chosen,) = (one for one in word.candidates if one.chosen)
    assert word.restored == "Căn" == chosen.text.title()
    assert chosen == word.candidates[0]
    assert (word.outcome, word.source, word.line, word.column) == ("changed", "model", 1, 1)
    assert word.signs
    assert word.engine in {None, *dict(word.gains)}


def test_word_evidence_is_named_where_it_turned_a_word() -> None:
    text = "Quan chung dong tinh"
    found = derive(text, "tinh")[1][0]
    assert (found.restored, found.source) == ("tình", "segmentation")
    assert found.candidates[0].text == "tính"
    assert next(one for one in found.candidates if one.chosen).text == "tình"


def test_a_missing_blank_is_a_penalty() -> None:
    names = {penalty.name for one in told("hoach").candidates for penalty in one.penalties}
    assert "missing-blank" in names


def test_a_mark_taken_for_a_part_of_a_letter_is_a_penalty_of_its_own() -> None:
    (word,) = derive("Bao ca. ket qua thuc hi~n nhiem v;.", "v;.")[1]
    (chosen,) = (one for one in word.candidates if one.chosen)
    assert [penalty.name for penalty in chosen.penalties] == ["swallowed-mark"]


def test_words_are_found_as_they_stood_as_they_stand_and_by_place() -> None:
    assert told("Can") == told("Căn") == told("căn") == told("1:1") == told("1:3") == told("#2")
    glued = find(done(), "KShoach")
    assert [DAMAGED[place.start : place.end] for place in glued] == ["KS", "hoach"]
    count, found = derive(DAMAGED, "tinh", limit=5)
    assert count == len(found) == 2
    assert told("tinh", skip=1) == found[1]
    assert derive(DAMAGED, "tinh", skip=2) == (2, ())


@pytest.mark.parametrize("wanted", ["vắng", "9:1", "1:999", "#9999", "0:1", ""])
def test_what_is_not_there_is_not_found(wanted: str) -> None:
    assert derive(DAMAGED, wanted) == (0, ())


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [("129/KH-UBND", "protected"), ("14112/2015", "suggested"), ("UBND", "kept"), ("H<';>i", "unread")],
)
def test_why_a_word_was_left_alone(wanted: str, outcome: str) -> None:
    word = told(wanted)
    assert word.outcome == outcome
    assert word.restored == word.observed
    assert word.suggestion == ("14/12/2015" if outcome == "suggested" else None)


def test_healthy_text_was_not_read_anew() -> None:
    healthy = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân báo cáo như sau:"
    _, (word,) = derive(healthy, "quyền")
    assert (word.outcome, word.restored, word.confidence, word.candidates) == ("healthy", "quyền", 1.0, ())
    mixed = "\n".join(
        [*[healthy] * 4, "Thuc hien Ke ho~ch s6 129 cua Uy ban nhan dan thanh ph6 ve viec", *[healthy] * 4]
    )
    _, (word,) = derive(mixed, "1:9")
    assert word.outcome == "healthy"
    assert derive(mixed, "5:1")[1][0].outcome == "changed"


def test_places_are_those_of_the_original_also_where_it_is_decomposed() -> None:
    text = "Uỷ ban nha\N{COMBINING CIRCUMFLEX ACCENT}n da\N{COMBINING CIRCUMFLEX ACCENT}n\nCan cir KShoach s6 12 ngay thang n~m"
    offset = text.index("ngay")
    _, (word,) = derive(text, f"#{offset}")
    assert (word.observed, word.restored, word.start) == ("ngay", "ngày", offset)


def test_explaining_changes_nothing() -> None:
    assert done().correction == correct(DAMAGED)
    assert corrector.restoration("").work is None


def test_the_verb_shows_it_in_both_languages_and_as_json(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    shown = restore("explain", "a.txt", "KShoach", folder=tmp_path).stdout.decode()
    assert "KS → Kế" in shown
    assert "▸ kế" in shown
    assert "ế→S" in shown
    assert "Place 1 of 2" in shown
    assert (
        "hậu nghiệm"
        in restore("explain", "a.txt", "KShoach", "--nth", "2", folder=tmp_path, lang="vi").stdout.decode()
    )
    report = json.loads(restore("explain", "a.txt", "KShoach", "--all", "--json", folder=tmp_path).stdout)
    assert [one["restored"] for one in report["derivations"]] == ["Kế", "hoạch"]
    assert report["derivations"][0]["candidates"][0]["letters"][0]["intended"] == "K"
    for word, code in (("vắng", 3), ("1:999", 3)):
        assert restore("explain", "a.txt", word, folder=tmp_path).returncode == code
    assert restore("explain", "a.txt", "KShoach", "--nth", "9", folder=tmp_path).returncode == 3


# Some words without all their marks among words that kept theirs.
LOST = """Uy ban nhan dan quận yêu cầu Phòng Giáo dục và Đào tạo phối hợp voi các đơn vị thực hien kế hoạch,
báo cáo kết quả truoc ngày 15 tháng 12; các truong tổ chức tuyên truyền cho học sinh và nguoi dân trên địa bàn
về việc thuc hiện nếp sống văn minh đô thị, giữ gìn vệ sinh môi trường, bảo đam an toàn giao thông."""


@pytest.mark.parametrize("above", ["", DAMAGED + "\n"], ids=["alone", "below damage"])
@pytest.mark.parametrize(("observed", "restored"), [("nguoi", "người"), ("truoc", "trước"), ("đam", "đảm")])
def test_marks_given_back_to_one_word_are_told_as_such(above: str, observed: str, restored: str) -> None:
    count, (word,) = derive(above + LOST, observed)
    assert (count, word.observed, word.restored) == (1, observed, restored)
    assert (word.outcome, word.source, word.candidates) == ("changed", "lost-marks", ())
    assert 0.5 < word.confidence < 1
    assert (above + LOST)[word.start : word.end] == observed


@pytest.mark.parametrize("above", ["", DAMAGED + "\n"], ids=["alone", "below damage"])
def test_the_words_around_one_that_got_its_marks_back_can_still_be_asked_for(above: str) -> None:
    count, (word,) = derive(above + LOST, "vệ")
    assert (count, word.restored, word.outcome, word.confidence) == (1, "vệ", "healthy", 1.0)


@pytest.mark.parametrize("flags", [("--nth", "0"), ("--nth", "3", "--all")])
def test_a_place_that_cannot_be_is_refused_in_the_readers_language(tmp_path, flags) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    done = {
        lang: restore("explain", "a.txt", "KShoach", *flags, folder=tmp_path, lang=lang)
        for lang in ("vi", "en")
    }
    assert [one.returncode for one in done.values()] == [2, 2]
    assert not any(one.stdout for one in done.values())
    assert f"--nth {flags[1]}" in done["vi"].stderr.decode()
    assert " or " not in done["vi"].stderr.decode()
    assert " or " in done["en"].stderr.decode()
