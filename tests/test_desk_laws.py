"""Whatever is decided, undone and done again: files, log and screen say the same, and nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from restore import output
from restore.batch.inputs import find_jobs
from restore.batch.run import run_batch
from restore.config import Config
from restore.decisions import FieldValue, read_decisions, standing
from restore.desk.service import Desk
from restore.edit import apply
from restore.errors import InputError, RestoreError
from restore.results import read_folder

PLAN = (
    "ỦY BAN NHÂN DÂN\nSố: 5/KH-UBND\n\nKẾ HOẠCH\n"
    "Thưc hiện kế hoach năm học mói\n\n"
    "Theo kế hoach của so, các đon vị báo cáo.\nI. MỤC ĐÍCH\n1. Nội dung kế hoach\n"
)
TEXTS = {
    "crlf.txt": PLAN.replace("\n", "\r\n"),
    "nfd.txt": unicodedata.normalize("NFD", PLAN),
    "marks.txt": PLAN.replace("kế hoach", "kế\u2028hoach\x85 \x0b\x0c và\u200b \u202eđảo"),
    "huge.txt": PLAN + "hoach" * 4000 + "\n",
    "long.txt": PLAN * 15,
    "few.txt": "kế hoach",
    "blank.txt": " \n",
    "plan.txt": PLAN,
}


def batch(folder: Path) -> Path:
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_bytes(text.encode())
    (folder / "in" / "legacy.txt").write_bytes(PLAN.encode("utf-16"))
    out = folder / "out"
    run_batch(find_jobs([str(folder / "in")], out), out, Config(jobs=1, lang="vi"))
    return out


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch(tmp_path_factory.mktemp("laws"))


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def desk(out: Path) -> Iterator[Desk]:
    found = Desk(out)
    yield found
    found.close()


def check(desk: Desk, name: str) -> None:
    """What every document says of itself agrees."""
    document = desk.document(name)
    restored = apply(document.original, document.edits)
    words = [word.text for sheet in document.sheets for word in document.words(sheet) if word.text]
    assert words == restored.split()
    for sheet in document.sheets:
        for word in document.words(sheet):
            assert word.before == document.original[word.start : word.end]
    desk.writer.settle()
    assert desk.problem(name) is None
    folder = desk.folder(name)
    again = read_folder(folder)
    assert again.document.quality.words_to_review == len(document.doubts())
    assert again.restored == restored
    assert (folder / output.RESTORED_FILE).read_bytes().decode() == restored
    assert (folder / output.EDITS_FILE).read_bytes().decode() == output.edits_jsonl(again.edits)
    assert (folder / output.DOCUMENT_FILE).read_bytes().decode() == output.document_json(again.document)


def test_every_word_of_every_text_can_be_decided_and_undone(desk: Desk, out: Path) -> None:
    for name in desk.names():
        folder = out / name
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        document = desk.document(name)
        words = [word for sheet in document.sheets for word in document.words(sheet)][:12]
        for word in words:
            desk.decide(name, word.start, word.end, "sửa", reviewer="Lan", revision=0)
        check(desk, name)
        for decision in standing(desk.document(name).log):
            desk.undo(name, decision.id, reviewer="Lan")
        check(desk, name)
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        for file, content in before.items():
            assert after[file] == content, (name, file)


def test_a_decision_over_the_edge_of_a_sheet_leaves_both_readable(desk: Desk) -> None:
    first, second = desk.document("long.txt").sheets[:2]
    words = list(desk.document("long.txt").words(first))
    start, end = words[-1].start, next(iter(desk.document("long.txt").words(second))).end
    desk.decide("long.txt", start, end, "liền nhau", reviewer="Lan", revision=0)
    check(desk, "long.txt")


def test_a_word_put_at_the_end_is_seen(desk: Desk) -> None:
    end = len(desk.document("few.txt").original)
    desk.decide("few.txt", end, end, "mới", reviewer="Lan", revision=0)
    check(desk, "few.txt")
    assert read_folder(desk.folder("few.txt")).restored.split()[-1] == "mới"  # a word of its own


def test_what_is_put_between_two_words_is_a_word(desk: Desk) -> None:
    original = desk.document("plan.txt").original
    place = original.index("NHÂN") - 1
    desk.decide("plan.txt", place, place, "và", reviewer="Lan", revision=0)
    desk.decide("plan.txt", original.index("DÂN"), original.index("DÂN"), "của", reviewer="Lan", revision=0)
    assert read_folder(desk.folder("plan.txt")).restored.startswith("ỦY BAN và NHÂN của DÂN\n")


def test_an_undone_decision_is_not_undone_twice(desk: Desk) -> None:
    taken = desk.decide("plan.txt", 0, 2, "Uỷ", reviewer="Lan", revision=0)
    desk.undo("plan.txt", taken.decision, reviewer="Lan")
    with pytest.raises(InputError):
        desk.undo("plan.txt", taken.decision, reviewer="Minh")
    undo = desk.document("plan.txt").log[-1]
    desk.undo("plan.txt", undo.id, reviewer="Lan")
    assert [one.id for _, one in desk.document("plan.txt").placed] == [taken.decision]
    with pytest.raises(InputError):
        desk.undo("plan.txt", undo.id, reviewer="Lan")  # it was done again already


def test_no_character_that_no_file_can_hold_gets_into_the_text(desk: Desk) -> None:
    desk.decide("plan.txt", 0, 2, "Ủ\x00y\x1b[2J\x07\u202e", reviewer="Lan", revision=0)
    assert read_folder(desk.folder("plan.txt")).restored.startswith("Ủy[2J BAN")


@pytest.mark.parametrize("value", [
    FieldValue(path="legal_bases[0]", value="Căn cứ"), FieldValue(path="closing.signers[0]", value="An"),
    FieldValue(path="header.number", value=None), FieldValue(path="header.number", value=" "),
    FieldValue(path="closing.recipients[999999999]", value="x"),
])  # fmt: skip
def test_a_value_that_has_no_place_is_refused_not_logged(desk: Desk, value: FieldValue) -> None:
    with pytest.raises(RestoreError):
        desk.set_field("plan.txt", value, reviewer="Lan")
    assert desk.document("plan.txt").log == ()


class Reviewing(RuleBasedStateMachine):
    """A desk, a second one, and runs of the batch between."""

    finished: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(self.finished, self.folder / "out")
        self.out = self.folder / "out"
        self.desk = Desk(self.out)
        self.lines = 0

    @rule(name=st.sampled_from(["plan.txt", "few.txt", "nfd.txt"]), at=st.integers(0, 200), length=st.integers(0, 30),
          after=st.sampled_from(["", "kế", "hoạch", "một hai", "\N{COMBINING ACUTE ACCENT}a", "1"]),
          who=st.sampled_from("AB"))  # fmt: skip
    def decide(self, name: str, at: int, length: int, after: str, who: str) -> None:
        document = self.desk.document(name)
        start = min(at, len(document.original))
        end = min(start + length, len(document.original))
        taken = self.desk.decide(name, start, end, after, reviewer=who, revision=document.revision)
        if length % 3 == 0:
            self.desk.repeat(name, taken.decision, reviewer=who)

    @rule(
        name=st.sampled_from(["plan.txt", "nfd.txt"]),
        value=st.sampled_from(["1", "hai"]),
        who=st.sampled_from("AB"),
    )
    def set_field(self, name: str, value: str, who: str) -> None:
        self.desk.set_field(name, FieldValue(path="header.number", value=value), reviewer=who)

    @rule(
        name=st.sampled_from(["plan.txt", "few.txt", "nfd.txt"]),
        which=st.integers(0, 20),
        who=st.sampled_from("AB"),
    )
    def undo(self, name: str, which: int, who: str) -> None:
        log = self.desk.document(name).log
        try:
            self.desk.undo(name, log[which].id if which < len(log) else None, reviewer=who)
        except InputError:
            return

    @rule(name=st.sampled_from(["plan.txt", "few.txt"]), which=st.integers(0, 5))
    def make_rule(self, name: str, which: int) -> None:
        edits = [one for one in standing(self.desk.document(name).log) if one.edit]
        try:
            if which < len(edits):
                self.desk.make_rule(name, edits[which].id, "batch", reviewer="A")
        except RestoreError:
            return

    @rule()
    def another_desk(self) -> None:
        self.desk.close()
        self.desk = Desk(self.out)

    @invariant()
    def all_agree(self) -> None:
        if not hasattr(self, "desk"):
            return
        lines = 0
        for name in ("plan.txt", "few.txt", "nfd.txt"):
            lines += len(read_decisions(self.out / name / output.DECISIONS_FILE))
            check(self.desk, name)
        assert lines >= self.lines  # nothing is ever taken out of a log
        self.lines = lines

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        for _ in range(40):
            left = [
                (name, one.id) for name in self.desk.names() for one in standing(self.desk.document(name).log)
            ]
            if not left:
                break
            self.desk.undo(*left[0], reviewer="A")
        else:
            raise AssertionError("what was decided cannot be undone")
        self.desk.close()
        for name in ("plan.txt", "few.txt", "nfd.txt"):
            for file in (self.finished / name).iterdir():
                assert (self.out / name / file.name).read_bytes() == file.read_bytes(), (name, file.name)
        dictionary = self.out / output.DICTIONARY_FILE
        assert not dictionary.exists() or all(
            line.startswith("#") for line in dictionary.read_text("utf-8").splitlines()
        )
        shutil.rmtree(self.folder)


def test_any_sequence_of_decisions_keeps_the_laws(finished: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("Reviewing", (Reviewing,), {"finished": finished})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # each step takes a while: found cases are short enough
        ),
    )
