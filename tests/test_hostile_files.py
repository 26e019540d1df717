"""Pictures and PDFs made to do harm, through the real program: each fails alone and by name, or is read; memory stays bounded."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from restore.messages import MESSAGES
from tests import hostile_files

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"
MEGABYTES = 700  # that a page may take; a worker with its models has 250
# What must come of them: the key of the error. All others are pages like any, once their lies are seen through.
FAILING = {
    "damaged-file": ("empty.png", "zero.png"),
    "encrypted-pdf": ("encrypted.pdf",),
    "image-too-large": (
        "bomb.png",
        "claims.jp2",
        "claims.jpg",
        "huge.pdf",
        "large.pdf",
        "minus-image.pdf",
        "wide-image.pdf",
        "wide.tif",
    ),
    "too-many-pages": ("million.pdf", "pages.tif"),
    "unreadable-file": (
        "claims.webp",
        "cut.jpg",
        "nothing.pdf",
        "objects.pdf",
        "profile-bomb.png",
        "text-bomb.png",
    ),
    "unreadable-page": ("jpx-cut.pdf", "jpx.pdf", "predictor.pdf", "reference.pdf", "tree.pdf"),
}
HEAVY = ("zeros.pdf", "forms.pdf")  # that only the limit of memory stops


# Runs a program and says how much memory any of its processes has held, kilobytes. A process counts what the one that
# started it held then: that is this small one, not the tests.
WEIGHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def restore(*arguments: object, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*before, sys.executable, "-m", "restore", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en", "OMP_THREAD_LIMIT": "1"},
        timeout=280,
    )
    assert "Traceback" not in done.stderr
    return done


def causes(out: Path) -> dict[str, str]:
    """The key of what went wrong with each document, from the ledger."""
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        return dict(ledger.execute("SELECT output, coalesce(cause, '') FROM documents"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """All of them in one batch with a sound text."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    for name in (hostile_files.IMAGES | hostile_files.PDFS).keys() - set(HEAVY):
        hostile_files.write(folder / "in", name)
    (folder / "in" / "sound.txt").write_text(TEXT, "utf-8")
    limits = ("--page-memory", MEGABYTES, "--page-timeout", 30)
    weighed = (sys.executable, "-c", WEIGHED)
    done = restore("run", folder / "in", "-o", folder / "out", "--jobs", 2, *limits, before=weighed)
    return folder / "out", done


@pytest.mark.parametrize("name", sorted((hostile_files.IMAGES | hostile_files.PDFS).keys() - set(HEAVY)))
def test_each_fails_by_name_or_is_read(
    name: str, batch: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    out, done = batch
    expected = next((key for key, names in FAILING.items() if name in names), "")
    assert causes(out)[name] == expected
    told = [line for line in done.stderr.splitlines() if f"/{name}" in line]
    assert len(told) == bool(expected)
    assert (out / name / "document.json").exists() != bool(expected)


def test_the_sound_one_among_them_is_restored(
    batch: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    out, done = batch
    assert done.returncode == 6
    assert (out / "sound.txt" / "restored.txt").read_text("utf-8") == TEXT


def test_no_process_has_held_more_memory_than_it_may(
    batch: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    assert batch[1].returncode == 6
    held = int(batch[1].stdout.splitlines()[-1])
    assert 100 * 1024 < held < (MEGABYTES + 300) * 1024  # and its code


@pytest.mark.parametrize("name", HEAVY)
def test_what_only_the_limit_of_memory_stops_fails_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    hostile_files.write(tmp_path / "in", name)
    (tmp_path / "in" / "sound.txt").write_text(TEXT, "utf-8")
    limits = ("--page-memory", 512, "--page-timeout", 20)
    done = restore("run", tmp_path / "in", "-o", tmp_path / "out", "--jobs", 1, *limits)
    assert done.returncode == 6
    found = causes(tmp_path / "out")
    assert found[name] in ("worker-died", "page-memory", "document-memory", "task-timeout", "unreadable-page")
    assert found["sound.txt"] == ""


def test_scripts_and_programs_in_a_document_are_never_run(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(hostile_files.with_actions(tmp_path / "ran"))
    assert restore("run", tmp_path / "a.pdf", "-o", tmp_path / "out").returncode == 0
    assert not (tmp_path / "ran").exists()


def test_a_wrong_suffix_is_seen_through(tmp_path: Path) -> None:
    """What a file is says its content; a text under another name is none."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(hostile_files.boxed("0 0 99 99"))
    (tmp_path / "in" / "b.pdf").write_bytes(hostile_files.saved("PNG"))
    (tmp_path / "in" / "c.txt").write_bytes(hostile_files.boxed("0 0 99 99"))
    (tmp_path / "in" / "d.pdf").write_text(TEXT, "utf-8")
    restore("run", tmp_path / "in", "-o", tmp_path / "out")
    expected = {"a.png": "", "b.pdf": "", "c.txt": "text-is-binary", "d.pdf": "damaged-file"}
    assert causes(tmp_path / "out") == expected


def test_every_error_of_theirs_has_words_in_both_languages() -> None:
    for key in FAILING:
        assert MESSAGES[key].vi != MESSAGES[key].en
