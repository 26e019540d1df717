"""A batch: which files, in which order, what is written, what is done again, what becomes of a bad file."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from restore import read_results
from restore.batch.inputs import find_jobs
from restore.batch.keys import document_key, page_key
from restore.batch.ledger import Ledger, ledger_rows, reading
from restore.bench.fault_scene import hear_ctrl_c
from restore.config import Config
from restore.decisions import append_decisions, edit_decision
from restore.edit import Edit, apply
from restore.errors import InputError, OutputError, UsageError
from restore.messages import error_text

FILES = {"document.json", "original.txt", "restored.txt", "edits.jsonl", "diff.html", "seen.json"}
DAMAGED = "UY BAN NHAN DAN\nCan cu Ke hoach so 12/KH-UBND ngay 05/3/2024 cua Uy ban nhan dan huyen.\n"
HEALTHY = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"


def restore(*arguments: object, lang: str = "en", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "restore", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "RESTORE_LANG": lang, **environment},
        timeout=300,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with two texts, one of them further down, a file of no known kind and a hidden one."""
    folder = tmp_path / "in"
    (folder / "quận").mkdir(parents=True)
    (folder / "a.txt").write_text(HEALTHY, "utf-8")
    (folder / "quận" / "b.txt").write_text(DAMAGED, "utf-8")
    (folder / "table.xyz").write_text("?", "utf-8")
    (folder / ".hidden.txt").write_text("?", "utf-8")
    return folder


def names(inputs: list[object], out: Path) -> list[str]:
    return [job.name for job in find_jobs([str(item) for item in inputs], out)]


def test_a_folder_gives_its_documents_in_their_places(tree: Path, tmp_path: Path) -> None:
    assert names([tree], tmp_path / "out") == ["a.txt", "quận/b.txt"]


def test_globs_files_and_folders_may_overlap(tree: Path, tmp_path: Path) -> None:
    assert names([tree, tree / "a.txt", f"{tree}/**/*.txt"], tmp_path / "out") == ["a.txt", "quận/b.txt"]


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(HEALTHY, "utf-8")
    assert names([tmp_path / "x" / "plan.txt", tmp_path / "y"], tmp_path / "out") == [
        "x/plan.txt",
        "y/plan.txt",
    ]


def test_results_inside_the_input_folder_are_no_inputs(tree: Path) -> None:
    (tree / "out").mkdir()
    (tree / "out" / "restored.txt").write_text(HEALTHY, "utf-8")
    assert names([tree], tree / "out") == ["a.txt", "quận/b.txt"]


def test_results_of_another_run_inside_the_input_folder_are_no_inputs_either(tree: Path) -> None:
    assert restore("run", tree, "-o", tree / "first").returncode == 0
    assert names([tree], tree / "second") == ["a.txt", "quận/b.txt"]


def test_a_file_name_in_another_encoding_costs_nobody_anything(tree: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tree) + b"/C\xabng.txt")).write_text(DAMAGED, "utf-8")
        Path(os.fsdecode(os.fsencode(tree) + b"/C\xab.pdf")).write_bytes(b"no PDF")
    except OSError:
        pytest.skip("this file system takes no such names")
    done = restore("run", tree, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr.splitlines()[-1][:14]) == (6, "3 ok, 1 failed")
    assert {path.name for path in (tmp_path / "out" / r"C\xabng.txt").iterdir()} == FILES
    assert r"C\xab.pdf" in (tmp_path / "out" / "summary.json").read_text("utf-8").replace("\\\\", "\\")
    assert restore("run", tree, "-o", tmp_path / "out", "--dry-run").returncode == 0


def test_the_input_folder_cannot_be_the_output_folder(tree: Path) -> None:
    with pytest.raises(UsageError, match="output-is-input"):
        find_jobs([str(tree)], tree)
    with pytest.raises(UsageError, match="output-is-input"):
        find_jobs([str(tree / "a.txt")], tree / "a.txt")


def test_what_is_not_there_and_what_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="missing-file"):
        find_jobs([str(tmp_path / "*.pdf")], tmp_path / "out")
    with pytest.raises(InputError, match="no-documents"):
        find_jobs([str(tmp_path / "empty")], tmp_path / "out")


def test_the_ledger_forgets_nothing_and_unfinished_work_is_pending_again(tmp_path: Path) -> None:
    config = document_key({})
    with Ledger(tmp_path) as ledger:
        ledger.begin_run()
        ledger.begin("a.txt", path="/a.txt", stamp="1:2", config=config)
        ledger.finish("a.txt", "success", columns={"grade": "good", "words": 3, "sha256": b"\x01"})
        ledger.begin("b.txt", path="/b.txt", config=config)
        ledger.begin_page("b.txt", 1, key="ab")
    with Ledger(tmp_path) as ledger:
        first, second = ledger.row("a.txt"), ledger.row("b.txt")
        assert first is not None
        assert first[:6] == ("a.txt", "/a.txt", "1:2", "01", config, "success")
        assert (first.grade, first.words, first.attempts) == ("good", 3, 1)
        assert second is not None
        assert (second.status, second.attempts) == ("pending", 1)
        (page,) = ledger.pages("b.txt").values()
        assert (page.key, page.status) == ("ab", "pending")
        assert ledger.row("c.txt") is None


def test_a_killed_run_is_found_out_and_a_power_cut_redoes_what_may_not_be_on_the_disk(tmp_path: Path) -> None:
    """Another start of the machine, and no end of the run before it: only what was written through is done."""
    ledger = Ledger(tmp_path)
    ledger.begin_run()
    for name in ("a", "b", "c"):
        ledger.begin(name, path=f"/{name}")
    ledger.finish("a", "success")
    ledger.write_through()
    ledger.finish("b", "success")
    ledger._connection.close()  # killed
    with Ledger(tmp_path) as again:
        again.begin_run()
        assert [again.row(name).status for name in "abc"] == ["success", "success", "pending"]  # type: ignore[union-attr]
        again._execute("UPDATE meta SET value = 'another start'")
        again._execute("UPDATE documents SET synced = output <> 'b'")
        again._connection.close()
        again._run = None
        with Ledger(tmp_path) as last:
            last.begin_run()
            assert [last.row(name).status for name in "abc"] == ["success", "pending", "pending"]  # type: ignore[union-attr]


OLD_LEDGER = """
CREATE TABLE files (
    output TEXT PRIMARY KEY, input TEXT NOT NULL, sha256 TEXT NOT NULL, config TEXT NOT NULL, status TEXT NOT NULL,
    grade TEXT, reason TEXT, words INTEGER, words_changed INTEGER, words_to_review INTEGER{triage},
    started TEXT NOT NULL, finished TEXT
) WITHOUT ROWID;
INSERT INTO files (output, input, sha256, config, status, grade, words, started, finished) VALUES
    ('a.txt', '/in/a.txt', 'ab01', 'cd02', 'ok', 'good', 5, '2026-01-02T03:04:05.678+00:00', '2026-01-02T03:04:06+00:00'),
    ('b.txt', '/in/b.txt', 'ab02', 'cd02', 'running', NULL, NULL, '2026-01-02T03:04:05+00:00', NULL),
    ('c.txt', '/in/c.txt', 'ab03', 'cd02', 'failed', NULL, NULL, '2026-01-02T03:04:05+00:00', NULL);
PRAGMA user_version = {version}
"""


@pytest.mark.parametrize(("version", "triage"), [(1, ""), (2, ", triage TEXT")])
def test_an_older_ledger_is_read_as_it_is_and_brought_up_to_date_by_a_run(
    tmp_path: Path, version: int, triage: str
) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.executescript(OLD_LEDGER.format(version=version, triage=triage))
    connection.close()
    before = ledger_rows(tmp_path)
    assert [(row.output, row.input, row.sha256, row.config, row.status) for row in before] == [
        ("a.txt", "/in/a.txt", "ab01", "cd02", "success"),
        ("b.txt", "/in/b.txt", "ab02", "cd02", "pending"),
        ("c.txt", "/in/c.txt", "ab03", "cd02", "failed"),
    ]
    assert before[0].started == 1767323045000
    with reading(tmp_path) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (version,)
        assert reader.execute("SELECT count(*) FROM pages").fetchone() == (0,)
    Ledger(tmp_path).__exit__(None, None, None)
    assert ledger_rows(tmp_path) == before
    with reading(tmp_path) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (3,)


def test_a_ledger_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text(
        "this is no database, but long enough to be looked at " * 9, "utf-8"
    )
    with pytest.raises(OutputError, match="ledger-unusable"):
        Ledger(tmp_path)


def test_a_ledger_that_cannot_be_reached_is_not_to_be_deleted(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()  # as where nobody may write: SQLite cannot open it
    with pytest.raises(OutputError, match="ledger-refused") as caught:
        Ledger(tmp_path)
    assert "Delete" not in error_text(caught.value, "en")


def test_every_version_and_setting_counts_in_the_hash() -> None:
    hashes = {
        document_key({"settings": {"mode": mode}, "versions": {"restore": version, "dictionaries": "1"}})
        for mode in ("auto", "redo")
        for version in ("1", "2")
    }
    assert len(hashes) == 4


def test_a_page_depends_on_its_file_and_on_how_it_is_read_but_not_on_which_others_are_wanted() -> None:
    keys = [
        page_key("1", Config()),
        page_key("1", Config(pages="2-3")),
        page_key("1", Config(lang="en", jobs=7)),
        page_key("2", Config()),
        page_key("1", Config(mode="redo")),
    ]
    assert keys[0] == keys[1] == keys[2]
    assert len(set(keys)) == 3


def contents(folder: Path) -> dict[str, bytes]:
    """What must be the same at every run: all but summaries, ledger and the diff's looks."""
    wanted = ("restored.txt", "edits.jsonl", "document.json", "original.txt")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.name in wanted
    }


def test_a_run_writes_everything_and_a_second_one_does_nothing_again(tree: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    out = tmp_path / "out"
    first = restore("run", tree, "-o", out, "--jobs", 2)
    assert first.returncode == 0, first.stderr
    assert first.stdout == ""
    assert re.fullmatch(r"2 ok, 0 failed, [01] need review", first.stderr.splitlines()[-1])
    assert {path.name for path in out.iterdir()} == {
        "a.txt",
        "quận",
        "summary.json",
        "summary.html",
        "ledger.sqlite",
    }
    for name in ("a.txt", "quận/b.txt"):
        assert {path.name for path in (out / name).iterdir()} == FILES
        original = (out / name / "original.txt").read_text("utf-8")
        assert original == (tree / name).read_text("utf-8")
        lines = (out / name / "edits.jsonl").read_text("utf-8").splitlines()
        edits = [Edit.model_validate_json(line) for line in lines]
        assert apply(original, edits) == (out / name / "restored.txt").read_text("utf-8")
    assert before == {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert [row["output"] for row in summary["files"]] == ["a.txt", "quận/b.txt"]
    assert set(summary["files"][0]) >= {"input", "output", "status", "grade", "reason"}
    page = (out / "summary.html").read_text("utf-8")
    assert "a.txt/diff.html" in page
    assert "qu%E1%BA%ADn/b.txt/diff.html" in page

    stamp = (out / "a.txt" / "document.json").stat().st_mtime_ns
    second = restore("run", tree, "-o", out)
    assert second.returncode == 0
    assert second.stderr.splitlines()[-1] == first.stderr.splitlines()[-1]
    assert (out / "a.txt" / "document.json").stat().st_mtime_ns == stamp
    (tree / "a.txt").write_text(HEALTHY * 2, "utf-8")
    third = restore("run", tree, "-o", out)
    assert third.returncode == 0
    assert (out / "a.txt" / "original.txt").read_text("utf-8") == HEALTHY * 2


def test_what_an_older_version_did_not_write_is_made_anew_and_decisions_stay(
    tree: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert restore("run", tree, "-o", out).returncode == 0
    folder = out / "quận" / "b.txt"
    wanted = {path.name: path.read_bytes() for path in folder.iterdir()}
    original = wanted["original.txt"].decode()
    edit = Edit(
        start=0, end=2, before="UY", after="ỦY", kind="mixed", source="reviewer", confidence=1, status="confirmed", reviewer="Lan"
    )  # fmt: skip
    (folder / "seen.json").unlink()
    append_decisions(folder / "decisions.jsonl", [edit_decision(edit, original)])
    again = restore("run", tree, "-o", out)
    assert again.returncode == 0
    assert "Done by an earlier run: 1" in again.stderr
    assert (folder / "seen.json").read_bytes() == wanted["seen.json"]
    assert read_results(folder).document.review.reviewers == ("Lan",)


def test_neither_workers_nor_place_nor_language_change_a_byte(tree: Path, tmp_path: Path) -> None:
    one = restore("run", tree, "-o", tmp_path / "one", "--jobs", 1)
    copy = tmp_path / "elsewhere" / "copy"
    copy.parent.mkdir()
    tree.rename(copy)
    two = restore("run", copy, "-o", tmp_path / "two", "--jobs", 2, lang="vi")
    assert one.returncode == two.returncode == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(contents(tmp_path / "one")) == 8
    assert str(tmp_path).encode() not in b"".join(contents(tmp_path / "one").values())


def test_one_bad_file_never_stops_the_rest(tree: Path, tmp_path: Path) -> None:
    (tree / "aa.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF")
    done = restore("run", tree, "-o", tmp_path / "out", "--jobs", 2)
    assert done.returncode == 6
    assert done.stderr.splitlines()[-1].startswith("2 ok, 1 failed, ")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    bad = summary["files"][1]
    assert (bad["status"], bad["output"], bad["grade"]) == ("failed", None, None)
    assert "aa.pdf" in bad["reason"]
    assert summary["totals"]["ok"] == 2
    assert bad["reason"].partition(": ")[2] in (tmp_path / "out" / "summary.html").read_text("utf-8")


def test_a_run_that_changes_results_tells_of_exports_that_are_older(tmp_path: Path) -> None:
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text(HEALTHY, "utf-8")
    assert "export" not in restore("run", text, "-o", out).stderr
    assert restore("export", out, "--to", "txt").returncode == 0
    assert "export" not in restore("run", text, "-o", out).stderr  # nothing has changed
    text.write_text(DAMAGED, "utf-8")
    told = restore("run", text, "-o", out).stderr
    assert f"{out / 'export'}: what was exported before this run has not its results" in told
    folder = tmp_path / "in" / "export"
    folder.mkdir(parents=True)
    (folder / "b.txt").write_text(HEALTHY, "utf-8")
    other = tmp_path / "other"  # a folder of the archive that is called so
    assert "exported" not in restore("run", folder.parent, "-o", other).stderr
    assert (other / "export" / "b.txt" / "document.json").is_file()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No file has any of the pages 7; change --pages."), ("vi", "hãy đổi --pages.")]
)
def test_pages_that_no_file_has_are_a_mistake_and_those_of_some_are_none(
    tmp_path: Path, lang: str, said: str
) -> None:
    scan, text = tmp_path / "a.png", tmp_path / "b.txt"
    Image.new("L", (300, 200), 255).save(scan)
    text.write_text(HEALTHY, "utf-8")
    alone = restore("run", scan, "-o", tmp_path / "out", "--pages", "7", lang=lang)
    assert (alone.returncode, said in alone.stderr) == (3, True), alone.stderr
    both = restore("run", scan, text, "-o", tmp_path / "both", "--pages", "7", lang=lang)
    assert (both.returncode, said in both.stderr, str(scan) in both.stderr) == (0, False, True), both.stderr


def test_a_dry_run_writes_nothing(tree: Path, tmp_path: Path) -> None:
    done = restore("run", tree, "-o", tmp_path / "out", "--dry-run")
    assert done.returncode == 0
    assert [line.split("\t")[1] for line in done.stdout.splitlines()] == ["a.txt", "quận/b.txt"]
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_another_files_results_is_not_overwritten(tmp_path: Path) -> None:
    for folder, text in (("x", HEALTHY), ("y", DAMAGED)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(text, "utf-8")
    out = tmp_path / "out"
    assert restore("run", tmp_path / "x", "-o", out).returncode == 0
    other = restore("run", tmp_path / "y", "-o", out)
    assert other.returncode == 6
    assert "--overwrite" in other.stderr
    assert (out / "plan.txt" / "original.txt").read_text("utf-8") == HEALTHY
    assert restore("run", tmp_path / "y", "-o", out, "--overwrite").returncode == 0
    assert (out / "plan.txt" / "original.txt").read_text("utf-8") == DAMAGED


def test_ctrl_c_ends_with_130_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"{DAMAGED}Trang {number}\n" * 6, "utf-8")
    command = [sys.executable, "-m", "restore", "run", str(folder), "-o", str(out), "--jobs", "2"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=hear_ctrl_c
    )
    try:
        deadline = time.monotonic() + 120
        # A third one is begun when the ledger has heard of the first.
        while len(list(out.glob("*/document.json"))) < 3 and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it as well
        _, messages = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 130, messages
    assert "Traceback" not in messages
    states = ledger_states(out)
    assert 1 <= states["success"] < 60
    assert "started" not in states
    done = restore("run", folder, "-o", out, "--jobs", 2, lang="vi")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1].startswith("60 tệp xong, 0 tệp lỗi")
    already = re.search(r"(\d+) tệp đã xong từ lần chạy trước", done.stderr)
    assert already is not None
    assert int(already[1]) == states["success"]
    assert ledger_states(out) == {"success": 60}
    assert not list(out.rglob(".*.part"))


def ledger_states(out: Path) -> dict[str, int]:
    connection = sqlite3.connect(out / "ledger.sqlite")
    try:
        return dict(connection.execute("SELECT status, count(*) FROM documents GROUP BY status").fetchall())
    finally:
        connection.close()


def test_a_worker_that_dies_fails_its_own_file_alone(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "endless.txt").write_text(DAMAGED * 2000, "utf-8")
    for name in ("a", "f", "z"):
        (folder / f"{name}.txt").write_text(DAMAGED, "utf-8")
    # The system ends whoever needs more CPU time than that: a minute's work is in the long file.
    command = [sys.executable, "-m", "restore", "run", str(folder), "-o", str(out), "--jobs", "2"]
    done = subprocess.run(
        ["bash", "-c", 'ulimit -t 6; exec "$@"', "bash", *command],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en", "OMP_THREAD_LIMIT": "1"},
        timeout=300,
    )
    assert done.returncode == 6, done.stderr
    entries = json.loads((out / "summary.json").read_text("utf-8"))["files"]
    assert [(entry["input"].rsplit("/")[-1], entry["status"]) for entry in entries] == [
        ("a.txt", "ok"),
        ("endless.txt", "failed"),
        ("f.txt", "ok"),
        ("z.txt", "ok"),
    ]
    assert "died" in entries[1]["reason"]
