"""Rules of the archive's dictionary: where they stand, what they decide, where the neighbours and the laws are stronger."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.correct import corrector, derivation
from restore.correct.corrector import correct, correct_scanned, restoration
from restore.correct.decoder import Decoder
from restore.correct.ruled_readings import parts, proposals
from restore.correct.rules import NOTHING, Match, ruled
from restore.correct.weights import DEFAULT
from restore.dictionary import Rule
from restore.edit import Edit, apply
from restore.language.vietnamese import is_syllable
from restore.pipeline import restore_text
from tests.scanned import spans_of
from tests.test_lost_marks import every_third

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests" / "cases" / "rules.json").read_text("utf-8"))
PLAN = next((ROOT / "samples").glob("000_*.txt")).read_text("utf-8")
CLEAN = next((ROOT / "samples").glob("002_*.txt")).read_text("utf-8")
DAMAGED = 'xay dung KS hoach triSn khal phong trao thi dua "Xay dung quan KiSnAn Sang -'


def rules(*pairs: tuple[str, str]) -> list[Rule]:
    return [Rule(before=before, after=after) for before, after in pairs]


def by_rule(edits: tuple[Edit, ...]) -> list[tuple[str, str, str]]:
    return [(edit.before, edit.after, edit.status) for edit in edits if edit.source == "rule"]


# Where a rule stands


@pytest.mark.parametrize(
    ("text", "before", "found"),
    [
        ("tai Kiin An.", "Kiin An", [(4, 11)]),
        ("(Kiin An), \"Kiin An\"; KiinAn", "Kiin An", [(1, 8), (12, 19)]),
        ("Kiin  An Kiin\nAn Kiin\n\nAn", "Kiin An", [(0, 8), (9, 16)]),
        ("Kiin Ana xKiin An", "Kiin An", []),
        ("v.v. v.v.; v.v", "v.v.", [(0, 4), (5, 9)]),
        ("s6: 5", "s6", [(0, 2)]),
        ("a) a, a", "a", [(6, 7)]),
        ("tai KIIN AN, Kiin an, kiIn an", "kiin an", [(4, 11), (13, 20)]),
        ("12/KH 12", "12", [(6, 8)]),
    ],
)  # fmt: skip
def test_a_rule_stands_as_whole_words(text: str, before: str, found: list[tuple[int, int]]) -> None:
    rule = Rule(before=before, after="Từ " * len(before.split()))
    told = ruled(text, [rule])
    places = told.matches or told.numbers
    assert [(place.start, place.end) for place in places] == found


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        ("kiin an", "kiin an", "kiến an", "kiến an"),
        ("Kiin An", "kiin an", "kiến an", "Kiến An"),
        ("KIIN AN", "kiin an", "kiến an", "KIẾN AN"),
        ("KIIN AN", "kiin an", "Kiến An", "KIẾN AN"),
        ("Kiin an", "kiin an", "Kiến An", "Kiến An"),
        ("Vàoviệc", "vàoviệc", "vào việc", "Vào việc"),
        ("VÀOVIỆC", "vàoviệc", "vào việc", "VÀO VIỆC"),
        ("Kiin An", "Kiin An", "kiến an", "kiến an"),
    ],
)
def test_the_case_is_that_of_the_place(text: str, before: str, after: str, expected: str) -> None:
    assert [match.after for match in ruled(text, rules((before, after))).matches] == [expected]


def test_a_longer_rule_and_an_exact_one_go_first() -> None:
    known = rules(("an", "án"), ("Kiin An", "Kiến An"), ("An", "Ân"))
    assert [match.after for match in ruled("Kiin An An an AN", known).matches] == [
        "Kiến An",
        "Ân",
        "án",
        "ÁN",
    ]


@given(st.text(" \nabK1,(", max_size=30), st.lists(st.text("abK1", min_size=1, max_size=3), max_size=4))
@settings(max_examples=200, deadline=None)
def test_matches_lie_in_order_and_hold_what_the_rule_says(text: str, before: list[str]) -> None:
    found = ruled(text, [Rule(before=one, after="Từ mới") for one in before])
    places = [(match.start, match.end) for match in found.matches]
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert all(text[a:b].lower() in {one.lower() for one in before} for a, b in places)


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("Kiin An", "Kiến An", [("Kiin", "Kiến"), ("An", "An")]),
        ("KSnAn", "Kiến An", [("KSn", "Kiến"), ("An", "An")]),
        ("ph ai", "phải", [("ph ai", "phải")]),
        ("s6:", "số:", [("s6", "số")]),
        ("ngay 5 thang", "ngày 5 tháng", [("ngay", "ngày"), ("thang", "tháng")]),
        ("KH", "Kế hoạch năm", []),
    ],
)
def test_the_words_of_a_rule_over_their_letters(
    text: str, after: str, expected: list[tuple[str, str]]
) -> None:
    found = parts(text, Match(0, len(text), after))
    assert [(text[start:end], word) for start, end, word in found] == expected


# What it decides


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    found = correct(case["original"], rules=rules(*case["rules"]))
    assert found.restored == case["restored"]
    assert apply(found.original, found.edits) == found.restored


def test_an_edit_of_a_rule_says_so_and_keeps_what_would_have_been_read() -> None:
    before = correct(DAMAGED)
    found = correct(DAMAGED, rules=rules(("KiSnAn", "Kiến Ân")))
    assert before.restored.split()[-3:] == ["An", "Sáng", "-"]
    assert by_rule(found.edits) == [("KiSn", "Kiến", "auto"), ("An", " Ân", "auto")]
    ruled_edits = [edit for edit in found.edits if edit.source == "rule"]
    assert "An" in ruled_edits[1].alternatives
    assert all(edit.confidence <= DEFAULT.rule_sure for edit in ruled_edits)


def test_a_word_that_the_lexicon_does_not_know_keeps_its_rivals() -> None:
    found = correct(DAMAGED.replace("KiSnAn", "KiSn An"), rules=rules(("KiSn An", "Kiến Kraal")))
    edit = next(edit for edit in found.edits if edit.after == "Kraal")
    assert edit.source == "rule"
    assert "An" in edit.alternatives


def test_a_rule_is_heard_by_the_channel() -> None:
    # the letters of a rule's word are counted: what S became in KiSnAn is known for Kin as well
    told = restoration(DAMAGED, rules=rules(("KiSnAn", "Kiến An"))).work
    assert told is not None
    assert {proposal.text for proposal in told.decoder._proposed if proposal.text} == {"Kiến", "An"}
    assert told.decoder.counts.sum() > 0


def test_in_healthy_text_the_neighbours_decide_each_place() -> None:
    text = "Thực hiện kế hoạch của Tòa an nhân dân quận Kiến An, bảo đảm an toàn giao thông và an ninh.\n"
    found = correct(text, rules=rules(("an", "án")))
    assert by_rule(found.edits) == [("an", "án", "auto")]
    assert found.edits[0].alternatives == ("an",)
    assert correct(text).edits == ()


def test_healthy_text_with_a_healthy_rule_set_stays() -> None:
    words = sorted({word.strip(",.;:") for word in CLEAN.split() if is_syllable(word.lower())})
    bare = [Rule(before=word.lower(), after="khác") for word in words if len(word) > 1]
    assert len(bare) > 200
    assert correct(CLEAN, rules=bare).restored == CLEAN


# Protection


def test_what_is_right_as_it_stands_stays_and_is_sure() -> None:
    found = correct(DAMAGED, rules=rules(("KS", "KS"), ("Sang", "Sang")))
    assert "KS hoạch" in found.restored
    sure = dict(zip(found.restored.split(), found.confidences, strict=True))
    assert (sure["KS"], sure["Sang"]) == (1.0, 1.0)
    assert not [edit for edit in found.edits if edit.before in ("KS", "Sang")]
    assert not [found.original[a:b] for a, b in found.unread if found.original[a:b] in ("KS", "Sang")]


def test_protection_holds_where_words_lost_their_marks() -> None:
    text = every_third(CLEAN)
    lost = [edit for edit in correct(text).edits if edit.source == "lost-marks"]
    assert len(lost) > 20
    kept = Rule(before=lost[0].before, after=lost[0].before)
    found = correct(text, rules=[kept])
    assert not [edit for edit in found.edits if edit.before == kept.before]
    assert len(found.edits) > 20


# Numbers


def test_a_rule_for_exactly_one_number_is_applied_for_review() -> None:
    for text in (
        DAMAGED + "\nngay 14112/2015 theo Ke hoach so 771KH-UBND",
        "Theo Kế hoạch ngày 14112/2015, số 771KH-UBND.",
    ):
        found = correct(text, rules=rules(("14112/2015", "14/12/2015"), ("771KH-UBND", "77/KH-UBND")))
        assert by_rule(found.edits) == [
            ("14112/2015", "14/12/2015", "review"),
            ("771KH-UBND", "77/KH-UBND", "review"),
        ]
        assert "14/12/2015" in found.restored


def test_a_longer_rule_only_suggests_another_number() -> None:
    text = "Theo Kế hoạch ngày 14112/2015 của Ủy ban nhân dân quận."
    found = correct(text, rules=rules(("ngày 14112/2015", "ngày 14/12/2015")))
    assert by_rule(found.edits) == [("ngày 14112/2015", "ngày 14/12/2015", "suggested")]
    assert found.restored == text


def test_a_number_that_is_right_is_not_doubted() -> None:
    text = "Theo Kế hoạch số 771KH-UBND ngày 14112/2015 của Ủy ban nhân dân quận."
    found = correct(text, rules=rules(("14112/2015", "14112/2015"), ("771KH-UBND", "771KH-UBND")))
    assert len(correct(text).edits) == 2
    assert found.edits == ()


# Scans


AROUND = "Ủy ban nhân dân quận tổ chức hội nghị tổng kết phong trào thi đua năm 2023 của các {} trên địa bàn."


def scanned(text: str, *pairs: tuple[str, str]) -> corrector.Correction:
    return correct_scanned(text, spans_of(text), rules=rules(*pairs))


def test_scans() -> None:
    text = AROUND.format("xã Krỗng Pạk")
    found = scanned(text, ("Krỗng Pạk", "Krông Pắk"))
    assert found.restored == AROUND.format("xã Krông Pắk")
    assert {edit.source for edit in found.edits} == {"rule"}
    assert apply(found.original, found.edits) == found.restored


def test_a_glued_word_of_a_scan() -> None:
    assert scanned(AROUND.format("xã KrôngPạk"), ("KrôngPạk", "Krông Pắk")).restored == AROUND.format(
        "xã Krông Pắk"
    )
    text = AROUND.format("cơ quan QCRV")
    assert scanned(text, ("QCRV", "Quỹ Cựu chiến binh Việt Nam")).restored == AROUND.format(
        "cơ quan Quỹ Cựu chiến binh Việt Nam"
    )


def test_protection_in_a_scan() -> None:
    text = AROUND.format("nhà sản xuât")
    assert scanned(text).restored != text
    assert scanned(text, ("xuât", "xuât")).restored == text


def test_the_neighbours_decide_in_a_scan() -> None:
    assert scanned(AROUND.format("cơ quan an ninh"), ("an", "án")).restored == AROUND.format(
        "cơ quan an ninh"
    )
    assert scanned(AROUND.format("Tòa an nhân dân"), ("an", "án")).restored == AROUND.format(
        "Tòa án nhân dân"
    )


def test_a_number_of_a_scan() -> None:
    text = AROUND.format("số 771KH-UBND, 771KH-UBND")
    found = scanned(text, ("771KH-UBND", "77/KH-UBND"))
    assert [status for *_, status in by_rule(found.edits)] == ["review", "review"]


# Without rules nothing changes, and nothing more is done


@pytest.mark.parametrize(
    "text", [PLAN[:3000], CLEAN, every_third(CLEAN), ""], ids=["damaged", "clean", "lost", "empty"]
)
def test_rules_that_do_not_stand_in_a_text_change_nothing(text: str) -> None:
    away = [Rule(before=f"khôngcó{number}", after="không có") for number in range(300)]
    assert correct(text, rules=away) == correct(text)
    plain = restore_text(text)
    assert restore_text(text, rules=[]) == plain
    assert "rules" not in plain.document.tool.versions
    assert len(restore_text(text, rules=away).document.tool.versions["rules"]) == 12


def test_without_rules_no_rule_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("restore.correct.rules._found", never)
    assert ruled(DAMAGED, ()) is NOTHING
    assert not NOTHING
    correct(DAMAGED)
    correct(CLEAN)


def test_a_rule_adds_as_many_edges_as_it_has_words() -> None:
    lattices = [
        Decoder(DAMAGED, None, ruled=[*proposals(DAMAGED, ruled(DAMAGED, known).matches, DEFAULT)]).lattice()
        for known in ([], rules(("KiSnAn", "Kraal An"), ("khal", "Kraal")))
    ]
    assert 0 <= len(lattices[1].edges.start) - len(lattices[0].edges.start) <= 3


# Why


def test_explain_names_the_rule() -> None:
    _, (told,) = derivation.derive(DAMAGED, "Ân", rules=rules(("KiSnAn", "Kiến Ân")))
    assert (told.source, told.outcome) == ("rule", "changed")
    chosen = next(one for one in told.candidates if one.chosen)
    assert "rule" in {penalty.name for penalty in chosen.penalties}
    _, (told,) = derivation.derive(DAMAGED, "Kraal", rules=rules(("KiSnAn", "Kiến Kraal")))
    assert [(one.text, one.kind) for one in told.candidates if one.chosen] == [("Kraal", "rule")]
    healthy = "Thực hiện kế hoạch của Tòa an nhân dân quận Kiến An.\n"
    _, (told,) = derivation.derive(healthy, "án", rules=rules(("an", "án")))
    assert (told.source, told.restored) == ("rule", "án")
