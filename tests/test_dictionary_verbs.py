"""The archive's dictionary on the command line: a text, a batch that goes on when a rule was added, and what cannot be read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from restore.config import load_config
from restore.dictionary import Rule, add_rule, fingerprint
from tests.test_cli import restore

DAMAGED = "xay dung KS hoach triSn khal phong trao thi dua quan KiSnAn Sang tao\n"
OTHER = "Can cu Ke hoach so 12/KH-UBND ngay 05/3/2024 cua Uy ban nhan dan huyen\n"
ARCHIVE = Rule(before="KiSnAn", after="Kiến Ân", reviewer="Lan")
BATCH = Rule(before="KiSnAn", after="Kiến Xương")
OWN = Rule(before="KiSnAn", after="Kiến An")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.tsv"
    add_rule(path, ARCHIVE)
    return path


def test_text_with_a_dictionary(tmp_path: Path, archive: Path) -> None:
    edits = tmp_path / "edits.jsonl"
    done = restore("text", "-", "--dictionary", archive, "--edits", edits, stdin=DAMAGED)
    assert done.returncode == 0, done.stderr
    assert "Kiến Ân" in done.stdout.decode()
    assert "Kiến Ân" not in restore("text", "-", stdin=DAMAGED).stdout.decode()
    found = [json.loads(line) for line in edits.read_text("utf-8").splitlines()]
    assert [edit["after"].strip() for edit in found if edit["source"] == "rule"] == ["Kiến", "Ân"]
    page = restore("text", "-", "--format", "html", stdin=DAMAGED, RESTORE_DICTIONARIES=str(archive))
    assert "a rule of the archive's dictionary" in page.stdout.decode().replace("&#39;", "'")


def test_explain_with_a_dictionary(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "plan.txt").write_text(DAMAGED, "utf-8")
    done = restore("explain", tmp_path / "plan.txt", "Ân", "--dictionary", archive)
    assert done.returncode == 0, done.stderr
    assert "a rule of the archive's dictionary" in done.stdout.decode()


def run(folder: Path, *arguments: object, **environment: str) -> str:
    done = restore("run", folder / "in", "-o", folder / "out", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stderr.decode()


def document(folder: Path, name: str) -> dict:
    return json.loads((folder / "out" / name / "document.json").read_text("utf-8"))


def test_a_batch_goes_on_where_a_rule_was_added(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "in" / "b.txt").write_text(OTHER, "utf-8")
    out = tmp_path / "out"

    def restored() -> str:
        return (out / "a.txt" / "restored.txt").read_text("utf-8")

    run(tmp_path)
    plain = (out / "a.txt" / "document.json").read_bytes()
    assert "rules" not in document(tmp_path, "a.txt")["tool"]["versions"]
    run(tmp_path, "--dictionary", archive)
    assert "Kiến Ân" in restored()
    assert document(tmp_path, "b.txt")["tool"]["versions"]["rules"] == fingerprint([ARCHIVE])
    assert "earlier run: 2 " in run(tmp_path, "--dictionary", archive)
    add_rule(out / "dictionary.tsv", BATCH)
    assert "earlier run" not in run(tmp_path, "--dictionary", archive)
    assert "Kiến Xương" in restored()
    add_rule(out / "a.txt" / "dictionary.tsv", OWN)
    assert "earlier run: 1 " in run(
        tmp_path, "--dictionary", archive
    )  # the other document has no rule of its own
    assert "Kiến An" in restored()
    assert document(tmp_path, "a.txt")["tool"]["versions"]["rules"] == fingerprint([OWN])
    assert (out / "a.txt" / "dictionary.tsv").is_file()
    for path in (out / "dictionary.tsv", out / "a.txt" / "dictionary.tsv"):
        path.unlink()
    run(tmp_path)
    assert (out / "a.txt" / "document.json").read_bytes() == plain


def test_a_dictionary_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "in" / "b.txt").write_text(OTHER, "utf-8")
    bad = tmp_path / "bad.tsv"
    bad.write_text("# a\nKiSnAn Kiến An\n", "utf-8")
    for verb in (["run", tmp_path / "in", "-o", tmp_path / "out"], ["text", tmp_path / "in" / "a.txt"]):
        done = restore(*verb, "--dictionary", bad, lang="vi")
        assert done.returncode == 3
        assert "dòng 2" in done.stderr.decode()
        missing = restore(*verb, "--dictionary", tmp_path / "none.tsv")
        assert missing.returncode == 3
        assert "none.tsv: there is no such file" in missing.stderr.decode()
    own = tmp_path / "out" / "a.txt" / "dictionary.tsv"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("KiSnAn\n", "utf-8")
    done = restore("run", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 6  # that file alone
    assert "1 ok, 1 failed" in done.stderr.decode()
    with sqlite3.connect(tmp_path / "out" / "ledger.sqlite") as ledger:
        assert ledger.execute("SELECT output FROM documents WHERE status = 'success'").fetchall() == [
            ("b.txt",)
        ]


def test_the_dictionary_is_no_output(tmp_path: Path, archive: Path) -> None:
    done = restore("text", "-", "--dictionary", archive, "-o", archive, stdin=DAMAGED)
    assert done.returncode == 2
    assert archive.read_text("utf-8").endswith("Lan\n")


def test_dictionaries_of_the_environment_and_the_configuration(tmp_path: Path) -> None:
    one = load_config({}, environment={"RESTORE_DICTIONARIES": "a.tsv, b.tsv"}, folder=tmp_path)
    assert one.dictionaries == ("a.tsv", "b.tsv")
    (tmp_path / "restore.toml").write_text('dictionaries = ["c.tsv"]\n', "utf-8")
    assert load_config({}, environment={}, folder=tmp_path).dictionaries == ("c.tsv",)
    assert load_config({"dictionaries": ["d.tsv"]}, environment={}, folder=tmp_path).dictionaries == (
        "d.tsv",
    )
    assert "c.tsv" not in str(load_config({}, environment={}, folder=tmp_path).content)
