"""The desk: decisions, conflicts, repetitions, rules, undoing; and its door."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2 as httpx
import pytest
import uvicorn

from restore import output
from restore.batch import work
from restore.batch.inputs import find_jobs
from restore.batch.run import run_batch
from restore.batch.tasks import Setting, Task
from restore.config import Config
from restore.decisions import FieldValue, read_decisions
from restore.desk.app import build_app
from restore.desk.opened import Opened
from restore.desk.pictures import Pictures
from restore.desk.places import Conflict
from restore.desk.security import MOST_BODY
from restore.desk.service import Desk
from restore.dictionary import read_rules
from restore.errors import InputError, UsageError
from restore.results import read_folder

SAMPLES = Path(__file__).parents[1] / "samples"
DAMAGED = (SAMPLES / "000_d85d24a1343911c1.txt").read_text("utf-8")
HOSTILE = "Số: 5/KH-UBND\nKẾ HOẠCH\n<script>alert('x')</script>\nI. MỤC ĐÍCH\n"
TOKEN = "a-token"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents that share damage, one hostile one, and a scan of one page."""
    folder = tmp_path_factory.mktemp("batch")
    lines = DAMAGED.splitlines()
    (folder / "one.txt").write_text("\n".join(lines[:60]), "utf-8")
    (folder / "two.txt").write_text("\n".join(lines[:60]), "utf-8")
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    (folder / "page.jpg").write_bytes((SAMPLES / "quyet-dinh-mild" / "page-2.jpg").read_bytes())
    return folder


@pytest.fixture(scope="module")
def finished(batch: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("finished") / "out"
    run_batch(find_jobs([str(batch)], out), out, Config(jobs=1, lang="vi"))
    return out


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def desk(out: Path, tmp_path: Path) -> Iterator[Desk]:
    found = Desk(out, dictionaries=[tmp_path / "archive.tsv"])
    yield found
    found.close()


def in_doubt(document: Opened, *, repeated: bool = False) -> tuple[int, int]:
    """The least certain word of letters; one that stands in the text once, or more often."""
    for doubt in document.doubts():
        text = document.original[doubt.start : doubt.end]
        if text.isalpha() and len(text) > 2 and (document.original.count(text) > 1) == repeated:
            return doubt.start, doubt.end
    raise AssertionError("no such word")


def test_the_words_of_all_sheets_are_the_restored_text(desk: Desk) -> None:
    for name in desk.names():
        document = desk.document(name)
        words = [word.text for sheet in document.sheets for word in document.words(sheet) if word.text]
        assert words == read_folder(desk.folder(name)).restored.split()


def test_every_doubt_has_a_word_on_its_sheet(desk: Desk) -> None:
    document = desk.document("one.txt")
    spans = {
        (word.start, word.end) for sheet in document.sheets for word in document.words(sheet) if word.doubt
    }
    assert document.doubts()
    for doubt in document.doubts():
        assert any(
            start < max(doubt.end, doubt.start + 1) and doubt.start < max(end, start + 1)
            for start, end in spans
        )


def test_a_decision_changes_the_files_and_undoing_brings_them_back(desk: Desk, out: Path) -> None:
    folder = out / "one.txt"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    start, end = in_doubt(desk.document("one.txt"))
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    desk.writer.settle()
    edits = [json.loads(line) for line in (folder / "edits.jsonl").read_text("utf-8").splitlines()]
    (mine,) = [edit for edit in edits if edit["reviewer"]]
    assert (mine["after"], mine["status"], mine["source"], mine["reviewer"]) == (
        "thử",
        "confirmed",
        "reviewer",
        "Lan",
    )
    assert "thử" in (folder / "restored.txt").read_text("utf-8")
    assert json.loads((folder / "document.json").read_text("utf-8"))["review"]["decisions"] == 1
    assert "thử" in (folder / "diff.html").read_text("utf-8")
    desk.undo("one.txt", None, reviewer="Lan")
    desk.writer.settle()
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name, content in before.items():
        assert after[name] == content, name
    assert len(read_decisions(folder / "decisions.jsonl")) == 2
    desk.undo("one.txt", read_decisions(folder / "decisions.jsonl")[-1].id, reviewer="Lan")  # redo
    assert [decision.id for _, decision in desk.document("one.txt").placed] == [taken.decision]


def test_a_new_run_keeps_what_was_decided(desk: Desk, out: Path, batch: Path) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    desk.set_field("one.txt", FieldValue(path="header.number", value="129"), reviewer="Lan")
    desk.writer.settle()
    folder = out / "one.txt"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run_batch(
        find_jobs([str(batch / "one.txt")], out),
        out,
        Config(jobs=1, lang="vi", overwrite=True),
    )
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert json.loads(after["document.json"])["header"]["number"]["value"] == "129"
    for name in ("restored.txt", "edits.jsonl", "edits.auto.jsonl", "document.json", "decisions.jsonl"):
        assert after[name] == before[name], name


def test_what_a_desk_left_unwritten_the_next_one_writes(out: Path) -> None:
    first = Desk(out)
    start, end = in_doubt(first.document("one.txt"))
    first.writer.close()  # as if it died here
    first.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    restored = out / "one.txt" / "restored.txt"
    assert "thử" not in restored.read_text("utf-8")
    second = Desk(out)
    second.settle()
    assert "thử" in restored.read_text("utf-8")


def test_who_decides_on_a_place_meanwhile_decided_is_told(desk: Desk) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    first = desk.decide("one.txt", start, end, "một", reviewer="Lan", revision=0)
    with pytest.raises(Conflict) as caught:
        desk.decide("one.txt", start, end, "hai", reviewer="Minh", revision=0)
    assert caught.value.decision.reviewer == "Lan"
    desk.decide("one.txt", start, end, "hai", reviewer="Minh", revision=first.revision)
    assert [edit.after for edit, _ in desk.document("one.txt").placed] == ["hai"]
    assert len(desk.document("one.txt").log) == 2


def recipients(desk: Desk) -> list[str | None]:
    return [field.value for field in desk.results("one.txt").document.closing.recipients]


def test_who_sets_a_field_that_somebody_else_has_set_is_told(desk: Desk) -> None:
    def put(path: str, value: str | None, was: str | None, who: str, revision: int) -> str:
        status = "present" if value else "absent"
        one = FieldValue(path=path, value=value, was=was, status=status)  # type: ignore[arg-type]
        return desk.set_field("one.txt", one, reviewer=who, revision=revision).decision

    def asked(path: str, value: str | None, was: str | None, who: str, revision: int) -> Conflict:
        with pytest.raises(Conflict) as caught:
            put(path, value, was, who, revision)
        return caught.value

    first = put("header.number", "7", None, "Lan", 0)
    assert asked("header.number", "8", None, "Minh", 0).decision.id == first
    put("header.number", "7", None, "Minh", 0)  # both say the same
    put("header.number", "9", "7", "Minh", 1)
    put("header.place", "An Bình", None, "Minh", 0)  # another field
    for value in ("Như trên", "Lưu: VT", "Sở Nội vụ"):
        put("closing.recipients[0]", value, None, "Lan", desk.document("one.txt").revision)
    seen = recipients(desk)
    revision = desk.document("one.txt").revision
    put("closing.recipients[0]", None, seen[0], "Lan", revision)  # what stood behind it moves up
    at = seen.index("Lưu: VT")
    # … and is still the one that Minh saw.
    put(f"closing.recipients[{at}]", "Lưu: VP", "Lưu: VT", "Minh", revision)
    assert recipients(desk) == [*seen[1:at], "Lưu: VP", *seen[at + 1 :]]
    put(f"closing.recipients[{at - 1}]", "Lưu: VPUB", "Lưu: VP", "Minh", revision + 2)
    theirs = asked(f"closing.recipients[{at}]", "Lưu: VT, TH", "Lưu: VT", "Lan", revision)
    assert theirs.decision.field and theirs.decision.field.value == "Lưu: VPUB"
    put(f"closing.recipients[{at}]", "Lưu: VT, TH", "Lưu: VPUB", "Lan", theirs.revision)
    assert recipients(desk) == [*seen[1:at], "Lưu: VT, TH", *seen[at + 1 :]]


def test_a_signer_who_was_not_read_is_added_and_taken_back(desk: Desk, out: Path) -> None:
    def told() -> tuple[list[str | None], bool]:
        desk.writer.settle()
        document = json.loads((out / "one.txt" / "document.json").read_text("utf-8"))
        missing = [
            one["message"] for one in document["quality"]["warnings"] if one["code"] == "missing-component"
        ]
        names = [one["name"]["value"] for one in document["closing"]["signers"]]
        return names, "signer" in str(missing)

    before = told()
    assert before == ([], True)
    for path, value in (("closing.signer_name", "Trần Văn An"), ("closing.signers[1].name", "Lê Thị Bình")):
        desk.set_field("one.txt", FieldValue(path=path, value=value), reviewer="Lan", revision=0)
    assert told() == (["Trần Văn An", "Lê Thị Bình"], False)
    with pytest.raises(Conflict):  # somebody else adds one as well
        one = FieldValue(path="closing.signers[1].name", value="Đỗ Chi")
        desk.set_field("one.txt", one, reviewer="Minh", revision=0)
    for _ in range(2):
        desk.undo("one.txt", None, reviewer="Lan")
    assert told() == before


def test_what_both_take_out_of_a_list_is_out_and_what_one_keeps_comes_back(desk: Desk) -> None:
    def put(value: str | None, was: str | None, who: str, revision: int) -> None:
        status = "present" if value else "absent"
        one = FieldValue(path="closing.recipients[0]", value=value, was=was, status=status)  # type: ignore[arg-type]
        desk.set_field("one.txt", one, reviewer=who, revision=revision)

    put("Chi cục Mẫu", None, "Lan", 0)
    seen, lines = recipients(desk), len(desk.document("one.txt").log)
    put(None, "Chi cục Mẫu", "Lan", lines)
    put(None, "Chi cục Mẫu", "Minh", lines)
    assert recipients(desk) == [one for one in seen if one != "Chi cục Mẫu"]
    assert not desk.results("one.txt").document.review.unplaced
    with pytest.raises(Conflict) as caught:
        put("Chi cục Thử", "Chi cục Mẫu", "Minh", lines)
    put("Chi cục Thử", None, "Minh", caught.value.revision)
    assert recipients(desk)[-1] == "Chi cục Thử"
    desk.undo("one.txt", None, reviewer="Minh")
    desk.undo("one.txt", None, reviewer="Lan")  # undone, it is nothing to be asked about
    put("Chi cục Thử", "Chi cục Mẫu", "Minh", lines)
    assert "Chi cục Thử" in recipients(desk)


def test_two_desks_at_once_lose_no_decision(out: Path) -> None:
    desks = [Desk(out), Desk(out)]
    document = desks[0].document("one.txt")
    places = [(doubt.start, doubt.end) for doubt in document.doubts()][:20]

    def work(index: int) -> None:
        for start, end in places[index::2]:
            desks[index].decide("one.txt", start, end, f"chữ{index}", reviewer=f"người {index}", revision=0)

    threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in desks:
        one.close()
    assert len(read_decisions(out / "one.txt" / "decisions.jsonl")) == len(places)
    restored = Desk(out).document("one.txt")
    assert len(restored.placed) == len(places)


def test_a_decision_is_offered_elsewhere_and_repeated_at_once(desk: Desk, out: Path) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    before = desk.document("one.txt").original[start:end]
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    assert {place.document for place in taken.repeats} == {"two.txt"}
    assert all(before in place.text for place in taken.repeats)
    done = desk.repeat("one.txt", taken.decision, reviewer="Lan")
    assert (done.count, done.documents) == (len(taken.repeats), 1)
    ((edit, decision),) = [
        (edit, one) for edit, one in desk.document("two.txt").placed if edit.before == before
    ]
    assert (edit.after, decision.because) == ("thử", taken.decision)
    assert desk.repeat("one.txt", taken.decision, reviewer="Lan").count == 0
    desk.undo("one.txt", taken.decision, reviewer="Lan")
    assert not desk.document("two.txt").placed


def test_who_decides_in_a_large_batch_waits_for_no_offer_and_may_repeat_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from restore.desk import service

    monkeypatch.setattr(service, "LONGEST_LOOK", 0.0)
    start, end = in_doubt(desk.document("one.txt"))
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    assert taken.repeats == ()
    assert desk.repeat("one.txt", taken.decision, reviewer="Lan").documents == 1


def test_numbers_are_never_offered_elsewhere(desk: Desk) -> None:
    document = desk.document("one.txt")
    for sheet in document.sheets:
        for word in document.words(sheet):
            if word.before.isdecimal() and document.original.count(word.before) > 1:
                taken = desk.decide("one.txt", word.start, word.end, "77", reviewer="Lan", revision=0)
                assert taken.repeats == ()
                return
    pytest.fail("no number stands twice in the sample")


@pytest.mark.parametrize(("scope", "file", "reach"), [
    ("document", "one.txt/dictionary.tsv", 0), ("batch", "dictionary.tsv", 1), ("archive", "../archive.tsv", 1),
])  # fmt: skip
def test_a_rule_is_written_for_people_and_holds_at_once(
    desk: Desk, out: Path, scope: str, file: str, reach: int
) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    before = desk.document("one.txt").original[start:end]
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    made = desk.make_rule("one.txt", taken.decision, scope, reviewer="Lan")  # type: ignore[arg-type]
    assert (made.count > 0, made.documents) == (reach > 0, reach)
    (rule,) = read_rules(out / file)
    assert (rule.before, rule.after, rule.reviewer, rule.note) == (before, "thử", "Lan", "one.txt")
    desk.undo("one.txt", taken.decision, reviewer="Lan")
    assert read_rules(out / file) == ()
    assert not desk.document("two.txt").placed


def test_a_rule_that_two_made_stays_until_both_have_undone_it(desk: Desk, out: Path) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    taken = {
        name: desk.decide(name, start, end, "thử", reviewer="Lan", revision=0)
        for name in ("one.txt", "two.txt")
    }
    for name in ("one.txt", "one.txt", "two.txt"):  # one of them twice
        desk.make_rule(name, taken[name].decision, "batch", reviewer="Lan")
    desk.undo("one.txt", taken["one.txt"].decision, reviewer="Lan")
    assert [rule.note for rule in read_rules(out / "dictionary.tsv")] == ["two.txt"]
    desk.undo("two.txt", taken["two.txt"].decision, reviewer="Lan")
    assert read_rules(out / "dictionary.tsv") == ()


def test_a_rule_that_stood_there_already_outlives_the_undoing(desk: Desk, out: Path) -> None:
    start, end = in_doubt(desk.document("one.txt"))
    before = desk.document("one.txt").original[start:end]
    (out / "dictionary.tsv").write_text(f"{before}\tthử\tMinh\n", "utf-8")
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    desk.make_rule("one.txt", taken.decision, "batch", reviewer="Lan")
    desk.undo("one.txt", taken.decision, reviewer="Lan")
    assert [rule.reviewer for rule in read_rules(out / "dictionary.tsv")] == ["Minh"]


def test_a_decision_for_what_stands_there_no_longer_is_refused(served: Served) -> None:
    assert decide(served, before="một chữ khác").status_code == 404
    start, end = in_doubt(served.desk.document("one.txt"))
    seen = served.desk.document("one.txt").original[start:end]
    assert decide(served, before=f" {seen}").status_code == 200


def test_a_decision_taken_while_a_run_writes_is_in_its_results(
    desk: Desk, out: Path, batch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run has read the log already when the reviewer decides; and the desk holds what was read before the run."""

    start, end = in_doubt(desk.document("one.txt"))
    desk.writer.close()  # it dies right after the decision
    write, decided = work.write_results, []

    def slow(*args: object, **more: object) -> None:
        if not decided:
            decided.append(desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0))
        write(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "write_results", slow)
    (job,) = find_jobs([str(batch / "one.txt")], out)
    assert work.perform(Task("document", job), Setting(out, Config(jobs=1, lang="vi"))).error is None
    assert "thử" in (out / "one.txt" / "restored.txt").read_text("utf-8")


def test_results_of_another_run_are_not_written_over_with_older_ones(desk: Desk, out: Path) -> None:
    from restore.desk.written import write_again

    folder = out / "one.txt"
    old = desk.document("one.txt")
    made = desk.results("one.txt")
    seen = (folder / "seen.json").read_bytes()
    (folder / "seen.json.new").write_bytes(seen)
    (folder / "seen.json.new").replace(folder / "seen.json")  # a run wrote its results
    before = (folder / "restored.txt").stat().st_mtime_ns
    assert not write_again(old, made, "vi")
    assert (folder / "restored.txt").stat().st_mtime_ns == before


def test_typeset_files_of_a_run_follow_the_decisions(desk: Desk, out: Path) -> None:
    (out / "one.txt" / "document.md").write_text("cũ", "utf-8")
    start, end = in_doubt(desk.document("one.txt"))
    desk.decide("one.txt", start, end, "thửxong", reviewer="Lan", revision=0)
    desk.writer.settle()
    assert "thửxong" in (out / "one.txt" / "document.md").read_text("utf-8")


def test_a_fault_in_one_document_ends_no_writing(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from restore.desk import service

    assemble = service.assemble
    monkeypatch.setattr(service, "assemble", lambda *args: [][0])
    start, end = in_doubt(desk.document("one.txt"))
    desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    desk.writer.settle()
    assert desk.problem("one.txt") is not None
    monkeypatch.setattr(service, "assemble", assemble)
    desk.decide("two.txt", start, end, "thử", reviewer="Lan", revision=0)
    desk.writer.settle()
    assert "thử" in (out / "two.txt" / "restored.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["one.txt", "page.jpg", "hostile.txt"])
def test_the_desk_lists_what_the_summary_counts(desk: Desk, name: str) -> None:
    document = desk.document(name)
    assert len(document.doubts()) == read_folder(desk.folder(name)).document.quality.words_to_review
    for doubt in document.doubts()[:5]:
        desk.decide(name, doubt.start, doubt.end, "thử", reviewer="Lan", revision=0)
        left = desk.document(name).doubts()
        assert len(left) == read_folder(desk.folder(name)).document.quality.words_to_review
        assert doubt not in left


def test_an_archive_without_a_dictionary_says_what_to_do(out: Path) -> None:
    desk = Desk(out)
    start, end = in_doubt(desk.document("one.txt"))
    taken = desk.decide("one.txt", start, end, "thử", reviewer="Lan", revision=0)
    with pytest.raises(UsageError) as caught:
        desk.make_rule("one.txt", taken.decision, "archive", reviewer="Lan")
    assert caught.value.key == "no-archive-dictionary"


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "one.txt/..", "", "one.txt/", "ONE.TXT", "nothing"]
)
def test_no_other_folder_is_a_document(desk: Desk, name: str) -> None:
    with pytest.raises(InputError):
        desk.document(name)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (5, 4), (0, 10**9)])
def test_a_place_outside_the_text_is_refused(desk: Desk, start: int, end: int) -> None:
    with pytest.raises(InputError):
        desk.decide("one.txt", start, end, "x", reviewer="Lan", revision=0)


def test_a_moved_original_is_found_and_another_file_is_not_taken_for_it(
    out: Path, batch: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved" / "deeper"
    moved.mkdir(parents=True)
    (moved / "page.jpg").write_bytes((batch / "page.jpg").read_bytes())
    (tmp_path / "moved" / "page.jpg").write_bytes(b"another file")
    assert Pictures(out, originals=tmp_path / "moved").path("page.jpg") == moved / "page.jpg"
    assert Pictures(out).path("page.jpg") == batch / "page.jpg"


class Served:
    """A desk behind a real server."""

    def __init__(self, out: Path) -> None:
        self.desk = Desk(out)
        app = build_app(self.desk, Pictures(out), token=TOKEN, hosts={"127.0.0.1"}, lang="vi")
        self.server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.01)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.root = f"http://127.0.0.1:{port}"
        self.client = httpx.Client(base_url=f"{self.root}/{TOKEN}/", timeout=60)

    def close(self) -> None:
        self.client.close()
        self.server.should_exit = True
        self.thread.join()
        self.desk.close()


@pytest.fixture
def served(out: Path) -> Iterator[Served]:
    found = Served(out)
    yield found
    found.close()


def test_pages_and_data_are_served(served: Served) -> None:
    get = served.client.get
    for address in (
        "",
        "document/one.txt",
        "document/page.jpg",
        "search?q=ke",
        "diff/one.txt",
        "static/desk.css",
    ):
        assert get(address).status_code == 200, address
    listed = get("api/documents").json()
    assert {row["name"] for row in listed["documents"]} == {"one.txt", "two.txt", "hostile.txt", "page.jpg"}
    document = get("api/document/page.jpg").json()
    assert document["sheets"][0]["image"]
    words = get("api/sheet/1/page.jpg").json()["words"]
    assert all(word["box"] for word in words)
    picture = get("image/1/page.jpg?width=600")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content[:3] == b"\xff\xd8\xff"
    found = get("api/search?q=ke hoach").json()
    assert found["hits"]
    assert (found["exact"], found["more"], found["partial"]) == (True, False, False)


@pytest.mark.parametrize("address", [
    "document/nothing", "api/document/../../etc/passwd", "api/sheet/99/one.txt", "image/9/page.jpg", "image/1/one.txt",
    "diff/nothing", "static/../app.py", "static/..%2fapp.py", "diff/..%2f..%2fetc%2fpasswd", "api/document/%2e%2e%2fone.txt",
])  # fmt: skip
def test_what_is_not_there_is_not_served(served: Served, address: str) -> None:
    answer = served.client.get(address)
    assert answer.status_code == 404
    assert "restore" not in answer.text or "error" in answer.json()


def decide(served: Served, **more: object) -> httpx.Response:
    document = served.desk.document("one.txt")
    start, end = in_doubt(replace(document, log=()))  # the same place each time
    body = {
        "document": "one.txt",
        "reviewer": "Lan",
        "revision": 0,
        "start": start,
        "end": end,
        "after": "thử",
    }
    return served.client.post("api/decide", json=body | more)


def test_decisions_by_the_network(served: Served) -> None:
    answer = decide(served)
    assert answer.status_code == 200, answer.text
    assert answer.json()["repeats"]["documents"] == 1
    assert decide(served, reviewer="Minh", after="khác").status_code == 409
    assert decide(served, reviewer="").status_code == 422
    assert decide(served, document="nothing").status_code == 404
    assert served.client.get("api/revision/one.txt").json() == {"revision": 1}
    field = {
        "document": "one.txt",
        "reviewer": "Lan",
        "revision": 1,
        "path": "header.number",
        "value": "7",
        "status": "present",
    }
    assert served.client.post("api/field", json=field).status_code == 200
    assert served.client.post("api/field", json=field | {"path": "source.path"}).status_code == 404
    shown = {one["path"]: one["value"] for one in served.client.get("api/document/one.txt").json()["fields"]}
    assert shown["header.number"] == "7"
    undone = served.client.post("api/undo", json={"document": "one.txt", "reviewer": "Lan"})
    assert undone.json()["places"] == 1


def test_a_field_that_somebody_else_has_set_is_asked_about(served: Served) -> None:
    def put(who: str, value: str, revision: int) -> httpx.Response:
        body = {"document": "one.txt", "reviewer": who, "path": "header.number", "status": "present"}
        return served.client.post("api/field", json=body | {"value": value, "revision": revision})

    assert "fields_revision" in served.client.get("api/document/one.txt").json()
    assert put("Lan", "7", 0).status_code == 200
    answer = put("Minh", "8", 0)
    assert answer.status_code == 409
    told = answer.json()
    assert "Lan" in told["error"]
    assert told["revision"] == 1
    assert {key: told["conflict"][key] for key in ("reviewer", "after", "path", "status")} == {
        "reviewer": "Lan", "after": "7", "path": "header.number", "status": "present",
    }  # fmt: skip
    assert put("Minh", "8", told["revision"]).status_code == 200
    shown = {one["path"]: one["value"] for one in served.client.get("api/document/one.txt").json()["fields"]}
    assert shown["header.number"] == "8"
    assert [one.field.value for one in served.desk.document("one.txt").log if one.field] == ["7", "8"]


def test_nobody_gets_in_without_the_token(served: Served) -> None:
    for address in ("/", "/api/documents", "/wrong/", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/"):
        assert httpx.get(served.root + address).status_code == 404


@pytest.mark.parametrize("headers", [
    {"host": "evil.example"},  # a name of another site that leads to this machine
    {"origin": "http://evil.example"},
    {"sec-fetch-site": "cross-site"},
    {"content-type": "text/plain"},  # what a form of another site can send
    {"content-type": "application/x-www-form-urlencoded"},
    {"content-type": "multipart/form-data; boundary=x"},  # nothing is uploaded
])  # fmt: skip
def test_another_site_cannot_decide(served: Served, headers: dict[str, str], out: Path) -> None:
    body = {"document": "one.txt", "reviewer": "Lan", "revision": 0, "start": 0, "end": 1, "after": "x"}
    answer = served.client.post(
        "api/decide", content=json.dumps(body), headers={"content-type": "application/json"} | headers
    )
    assert answer.status_code in (403, 404, 415)
    assert not (out / "one.txt" / output.DECISIONS_FILE).exists()


def test_a_body_too_long_is_refused(served: Served) -> None:
    assert decide(served, after="x" * MOST_BODY).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    assert served.client.request(method, "api/decide").status_code == 405


def test_every_answer_says_what_the_page_may_load(served: Served) -> None:
    answer = served.client.get("document/hostile.txt")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script>alert" not in answer.text
    assert "sandbox" in served.client.get("diff/hostile.txt").headers["content-security-policy"]


def test_the_desks_own_files_are_kept_and_documents_never(served: Served) -> None:
    get = served.client.get
    script = get("static/document.js")
    assert script.headers["cache-control"] == "no-cache"
    again = get("static/document.js", headers={"if-none-match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    for address in (
        "",
        "document/one.txt",
        "api/document/one.txt",
        "api/sheet/1/one.txt",
        "search?q=/static/",
    ):
        assert get(address).headers["cache-control"] == "no-store", address


@pytest.mark.parametrize("host", [
    "[::1", "evil.example", "127.0.0.1.", "127.0.0.1@evil.example", "evil.example#127.0.0.1", "",
    "localhost.evil.example", "[::1%25lo]",
])  # fmt: skip
def test_a_host_that_is_not_this_machine_finds_nothing(served: Served, host: str) -> None:
    assert raw(served, f"GET /{TOKEN}/api/documents HTTP/1.1\r\nHost: {host}\r\n").startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    "origin", ["null", "http://127.0.0.1", "http://[::1", "http://evil.example", "x", "file://"]
)
def test_another_origin_cannot_decide(served: Served, origin: str, out: Path) -> None:
    answer = decide_with(served, {"origin": origin})
    assert answer.status_code == 403
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not (out / "one.txt" / output.DECISIONS_FILE).exists()


def test_a_body_without_a_length_is_read_up_to_its_limit(served: Served, out: Path) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 1024

    answer = served.client.post("api/decide", content=parts(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert not (out / "one.txt" / output.DECISIONS_FILE).exists()


def test_a_folder_or_page_that_leads_elsewhere_is_not_served(out: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "diff.html").write_text("secret", "utf-8")
    (out / "one.txt" / "diff.html").unlink()
    (out / "one.txt" / "diff.html").symlink_to(tmp_path / "secret" / "diff.html")
    (out / "two.txt").rename(tmp_path / "two")
    (out / "two.txt").symlink_to(tmp_path / "two")
    (out / "hostile.txt" / "diff.html").unlink()
    served = Served(out)
    try:
        for address in ("diff/one.txt", "diff/two.txt", "api/document/two.txt", "diff/hostile.txt"):
            answer = served.client.get(address)
            assert answer.status_code == 404, address
            assert "secret" not in answer.text
    finally:
        served.close()


MANY = "9" * 5000


@pytest.mark.parametrize("address", [
    "image/999999999999999999999999/page.jpg", f"image/{MANY}/page.jpg", f"image/1/page.jpg?width={MANY}",
    f"api/place/{MANY}/one.txt", f"api/sheet/{MANY}/one.txt", "diff/one.txt%00", "diff/one.txt%2f..%2ftwo.txt",
    "diff/..%5cone.txt", "static/%00", "static/..%5capp.py", "api/document/%ff%fe", "api/document/one.txt%0a",
    "api/search?q=%00%22%27(((", f"api/document/{MANY}",
])  # fmt: skip
def test_strange_addresses_are_no_faults(served: Served, address: str) -> None:
    assert served.client.get(address).status_code in (200, 400, 404), address


@pytest.mark.parametrize("body", [
    b"", b"[]", b"null", b'{"document": "one.txt"}', b"\xff", b"[" * 5000,
    b'{"document":"one.txt","reviewer":"A","revision":0,"start":0,"end":1,"after":"\\ud800"}',
    b'{"document":"one.txt","reviewer":" ","revision":0,"start":0,"end":1,"after":"x"}',
    b'{"document":"one.txt","reviewer":"A","revision":-1,"start":0,"end":1,"after":"x"}',
    b'{"document":"one.txt","reviewer":"A","revision":0,"start":0,"end":1e400,"after":"x"}',
    b'{"document":"one.txt","reviewer":"A","revision":0,"start":0,"end":1,"after":"x","scope":"archive"}',
])  # fmt: skip
def test_what_is_no_decision_is_refused(served: Served, body: bytes, out: Path) -> None:
    answer = served.client.post("api/decide", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert not (out / "one.txt" / output.DECISIONS_FILE).exists()


def raw(served: Served, head: str) -> bytes:
    """The answer to a request that no client would send."""
    import socket

    port = int(served.root.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall((head + "Connection: close\r\n\r\n").encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def decide_with(served: Served, headers: dict[str, str]) -> httpx.Response:
    body = {"document": "one.txt", "reviewer": "Lan", "revision": 0, "start": 0, "end": 1, "after": "x"}
    return served.client.post("api/decide", json=body, headers=headers)


def test_a_websocket_finds_nothing(served: Served) -> None:
    head = f"GET /{TOKEN}/api/documents HTTP/1.1\r\nHost: {served.root[7:]}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    told = raw(served, head + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n")
    assert b"101" not in told.partition(b"\r\n")[0]
