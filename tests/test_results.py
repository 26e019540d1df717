"""Results are made in one place: the same bytes from the run and from its folder, with and without decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from restore import output
from restore.decisions import (
    Decision,
    FieldValue,
    append_decisions,
    edit_decision,
    field_decision,
    read_decisions,
    standing,
    undo_decision,
)
from restore.edit import Edit, apply
from restore.errors import InputError
from restore.page import BBox, Block, Line, Page, Word, document_text
from restore.pipeline import Restored, restore_file
from restore.replay import merged, replay, word_doubts
from restore.results import assemble, read_folder, write_results
from restore.seen import Doubt, Seen, read_seen, seen_json
from restore.set_fields import field_at

SAMPLES = Path(__file__).parents[1] / "samples"
PLAN = SAMPLES / "002_7d7d882c88c23fa0.txt"


def decided(
    original: str, before: str, after: str, reviewer: str = "Lan", start: int | None = None
) -> Decision:
    start = original.index(before) if start is None else start
    edit = Edit(
        start=start,
        end=start + len(before),
        before=before,
        after=after,
        kind="same" if before == after else "mixed",
        source="reviewer",
        confidence=1.0,
        status="confirmed",
        reviewer=reviewer,
    )
    return edit_decision(edit, original)


@pytest.fixture(scope="module")
def plan() -> Restored:
    return restore_file(PLAN)


@pytest.fixture(scope="module")
def damaged() -> Restored:
    return restore_file(SAMPLES / "000_d85d24a1343911c1.txt")


@pytest.fixture(scope="module")
def scan() -> Restored:
    return restore_file(SAMPLES / "quyet-dinh-mild" / "page-1.jpg")


@pytest.mark.parametrize("which", ["plan", "damaged", "scan"])
def test_a_folder_gives_the_results_again(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(which)
    write_results(tmp_path, result, "")
    again = read_folder(tmp_path)
    assert again.restored == result.restored
    assert again.edits == result.edits
    assert output.document_json(again.document) == output.document_json(result.document)
    assert seen_json(again.seen) == seen_json(result.seen)
    assert not (tmp_path / output.OWN_EDITS_FILE).exists()


def test_a_decision_flows_into_text_edits_and_document(damaged: Restored, tmp_path: Path) -> None:
    write_results(tmp_path, damaged, "")
    edit = next(edit for edit in damaged.edits if edit.status == "review" and edit.before.strip().isalpha())
    log = [decided(damaged.original, edit.before, "ĐÂY", start=edit.start)]
    append_decisions(tmp_path / output.DECISIONS_FILE, log)
    reviewed = read_folder(tmp_path)
    assert "ĐÂY" in reviewed.restored
    assert apply(reviewed.original, reviewed.edits) == reviewed.restored
    assert reviewed.document.review.reviewers == ("Lan",)
    assert reviewed.document.quality.words_to_review == damaged.document.quality.words_to_review - 1
    write_results(tmp_path, reviewed, "")
    assert read_folder(tmp_path).restored == reviewed.restored  # own edits and merged ones stay apart
    append_decisions(tmp_path / output.DECISIONS_FILE, [undo_decision(log[0].id, "Lan")])
    back = read_folder(tmp_path)
    assert back.restored == damaged.restored
    assert back.edits == damaged.edits
    assert output.document_json(back.document) == output.document_json(damaged.document)


def test_a_field_that_was_set_is_no_longer_missed(plan: Restored) -> None:
    codes = {warning.code for warning in plan.document.quality.warnings}
    value = FieldValue(path="header.number", value="57", was=None)
    reviewed = assemble(plan.original, plan.own_edits, plan.seen, [field_decision(value, "Lan")])
    assert reviewed.document.header.number.value == "57"
    assert "number-blank" in codes
    assert "number-blank" not in {warning.code for warning in reviewed.document.quality.warnings}
    assert reviewed.document.review.fields == ("header.number",)


def test_a_recipient_keeps_its_value_when_the_list_moves(plan: Restored) -> None:
    recipients = [field.value for field in plan.document.closing.recipients]
    wrong = FieldValue(path="closing.recipients[0]", value="Như trên (sửa)", was=recipients[1])
    there = assemble(plan.original, plan.own_edits, plan.seen, [field_decision(wrong, "Lan")])
    assert [field.value for field in there.document.closing.recipients] == [
        recipients[0], "Như trên (sửa)", *recipients[2:],
    ]  # fmt: skip
    lost = wrong.model_copy(update={"was": "không có"})
    log = [field_decision(lost, "Lan")]
    nowhere = assemble(plan.original, plan.own_edits, plan.seen, log)
    assert nowhere.document.review.unplaced == (log[0].id,)


def test_recipients_are_added_and_taken_out(plan: Restored) -> None:
    def recipients(*values: FieldValue) -> list[str | None]:
        log = [field_decision(value, "Lan") for value in values]
        made = assemble(plan.original, plan.own_edits, plan.seen, log).document
        assert not made.review.unplaced
        return [field.value for field in made.closing.recipients]

    before = recipients()
    count = len(before)
    one = FieldValue(path=f"closing.recipients[{count}]", value="Phòng Nội vụ")
    two = FieldValue(path=f"closing.recipients[{count + 1}]", value="Phòng Tài chính")
    gone = FieldValue(path="closing.recipients[0]", status="absent", was=before[0])
    assert recipients(one, two) == [*before, "Phòng Nội vụ", "Phòng Tài chính"]
    assert recipients(two) == [*before, "Phòng Tài chính"]  # the first was undone: its place is another
    assert recipients(gone, one) == [*before[1:], "Phòng Nội vụ"]
    mended = one.model_copy(update={"value": "Phòng Y tế", "was": "Phòng Nội vụ"})
    assert recipients(one, two, gone, mended) == [*before[1:], "Phòng Y tế", "Phòng Tài chính"]
    # A better reading finds by itself what was added: it does not stand there twice.
    read = FieldValue(path=f"closing.recipients[{count + 3}]", value=before[1])
    assert recipients(read) == before


def test_every_section_can_be_set_and_no_other(plan: Restored) -> None:
    outer = next(section for section in plan.document.sections if section.children)
    inner = outer.children[0]
    for section in (outer, inner):
        assert field_at(plan.document, f"sections.{section.id}.number") == section.number
        value = FieldValue(path=f"sections.{section.id}.title", value="TÊN KHÁC", was=section.title)
        made = assemble(plan.original, plan.own_edits, plan.seen, [field_decision(value, "Lan")]).document
        set_to = section.model_copy(update={"title": "TÊN KHÁC"})
        around = outer.model_copy(update={"children": (set_to, *outer.children[1:])})
        after = next(one for one in made.sections if one.id == outer.id)
        assert after == (set_to if section is outer else around)
    for path in (
        f"sections.{inner.id}.text",
        f"sections.{inner.id}.x.title",
        "sections..title",
        "sections.title",
    ):
        assert field_at(plan.document, path) is None, path


def test_only_lists_of_fields_and_signers_grow(plan: Restored) -> None:
    document = plan.document
    signers, recipients = len(document.closing.signers), len(document.closing.recipients)
    assert field_at(document, f"closing.recipients[{recipients}]") is not None
    assert field_at(document, f"closing.signers[{signers}].name") is not None
    for path in (
        f"closing.recipients[{recipients + 1}]",
        f"closing.recipients[{recipients}].value",
        f"closing.signers[{signers}]",
        f"closing.signers[{signers + 1}].name",
        f"legal_bases[{len(document.legal_bases)}]",
        f"legal_bases[{len(document.legal_bases)}].text",
    ):
        assert field_at(document, path) is None, path


def page_of(*texts: str, left: int = 0, sure: float = 0.9) -> Page:
    words = tuple(
        Word(f"p1w{index}", text, BBox(left + 100 * index, 0, left + 100 * index + 80, 20), sure)
        for index, text in enumerate(texts)
    )
    return Page(1, 1000, 100, 300, (Block((Line(words),)),), "tesseract")


def test_a_confirmed_word_of_a_scan_is_no_longer_doubtful() -> None:
    page = page_of("UBND", "Kiin", "An", sure=0.2)
    original, _ = document_text([page])
    seen = Seen(pages=(page,))
    doubtful = assemble(original, (), seen).document.quality
    log = [decided(original, "Kiin", "Kiin"), decided(original, "An", "Ân")]
    reviewed = assemble(original, (), seen, log)
    assert reviewed.restored == "UBND Kiin Ân\n"
    assert (doubtful.words_to_review, reviewed.document.quality.words_to_review) == (3, 1)
    assert (doubtful.words_changed, reviewed.document.quality.words_changed) == (0, 1)


def test_a_decision_follows_its_word_through_another_reading() -> None:
    text, spans = document_text([page_of("UBND", "Kiin", "An")])
    edit = Edit(
        start=5, end=9, before="Kiin", after="Kiến", kind="mixed", source="reviewer", confidence=1.0,
        status="confirmed", reviewer="Lan", page=1,
    )  # fmt: skip
    decision = edit_decision(edit, text, spans[1].word.bbox)
    again, now = document_text([page_of("Uy", "Klến", "An", left=3)])
    found = replay([decision], again, now)
    assert apply(again, found.edits) == "Uy Kiến An\n"
    assert found.edits[0].word_ids == ("p1w1",)
    nothing, none = document_text([page_of("khác", left=700)])
    assert replay([decision], nothing, none).lost == (decision,)


def test_words_of_one_text_are_not_taken_for_one_another() -> None:
    original = "theo kế hoạch của sở, theo kế hoạch của phòng"
    decision = decided(original, "kế", "KẾ", start=original.rindex("kế"))
    moved = "Thực hiện " + original
    assert apply(moved, replay([decision], moved).edits).endswith("của sở, theo KẾ hoạch của phòng")


def test_the_later_of_two_decisions_holds() -> None:
    original = "mot hai ba"
    log = [decided(original, "hai", "hài"), decided(original, "mot hai", "một hai", "Minh")]
    assert apply(original, replay(log, original).edits) == "một hai ba"


def test_what_is_undone_can_be_done_again(tmp_path: Path) -> None:
    one = decided("a b", "a", "á")
    undo = undo_decision(one.id, "Lan")
    redo = undo_decision(undo.id, "Lan")
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [one])
    append_decisions(path, [undo, redo])
    assert standing(read_decisions(path)) == (one,)
    assert standing(read_decisions(path)[:2]) == ()


def test_a_torn_line_costs_nothing_but_itself(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    one, two = decided("a b", "a", "á"), decided("a b", "b", "bờ")
    append_decisions(path, [one])
    with path.open("ab") as file:
        file.write(b'{"id": "torn", "tim')
    assert read_decisions(path) == (one,)
    append_decisions(path, [two])
    assert read_decisions(path) == (one, two)


def test_a_damaged_log_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    assert caught.value.values["line"] == "1"


WORDS = st.lists(st.text("aăâbcdđeê", min_size=1, max_size=5), min_size=1, max_size=12)


@settings(deadline=None)
@given(WORDS, st.data())
def test_merged_edits_replay_and_the_reviewers_hold(words: list[str], data: st.DataObject) -> None:
    original = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:index]) for index in range(len(words))]

    def edit(index: int, after: str, **more: object) -> Edit:
        values: dict[str, object] = {"source": "model", "confidence": 0.5, "status": "auto"} | more
        start = starts[index]
        return Edit(
            start=start,
            end=start + len(words[index]),
            before=words[index],
            after=after,
            kind="mixed",
            **values,
        )

    places = st.sets(st.integers(0, len(words) - 1))
    own = [edit(index, "máy") for index in sorted(data.draw(places))]
    chosen = sorted(data.draw(places))
    log = [
        edit_decision(
            edit(
                index, f"người{index}", source="reviewer", confidence=1.0, status="confirmed", reviewer="Lan"
            ),
            original,
        )
        for index in chosen
    ]
    edits = merged(own, replay(log, original).edits)
    restored = apply(original, edits).split()
    assert [restored[index] for index in chosen] == [f"người{index}" for index in chosen]
    rest = {place for edit in own for place in [edit.start]} - {starts[index] for index in chosen}
    assert {edit.start for edit in edits if edit.source == "model"} == rest
    doubts = [Doubt(starts[index], starts[index] + len(words[index]), 0.25) for index in range(len(words))]
    sure = [doubt.confidence for doubt in word_doubts(original, edits, doubts)]
    assert sure == [1.0 if index in chosen else 0.25 for index in range(len(words))]


@pytest.mark.parametrize("text", ["", "{}", '{"schema_name": "restore.seen", "schema_version": "2.0"}', "[]"])
def test_another_file_is_not_taken_for_what_was_seen(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_seen(text)


def test_a_value_of_another_kind_names_its_place() -> None:
    word = Word("p1w0", "An", BBox(0, 0, 9, 9), 0.5)
    page = Page(1, 100, 100, 300, (Block((Line((word,)),)),), "tesseract")
    whole = seen_json(Seen(pages=(page,), unread=((0, 2),)))
    for good, bad in (
        ('"An",0', '"An","0"'),
        ("[0,2]", "[2,0]"),
        ("0.5", "1.5"),
        ('"An"', "7"),
        ('"dpi":300', '"dpi":null'),
    ):
        assert good in whole
        with pytest.raises(ValidationError) as caught:
            read_seen(whole.replace(good, bad))
        assert caught.value.errors()[0]["loc"][0] in ("pages", "unread")
