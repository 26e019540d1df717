"""Input folders made to lead astray: links, pipes, names that collide, spoof or do not fit, trees without end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.batch.inputs import Job, find_jobs
from restore.batch.ledger import LEDGER_FILE
from restore.batch.names import LONGEST_NAME, OWN_FILES, safe_names
from restore.batch.summary import SUMMARY_HTML, SUMMARY_JSON
from restore.errors import InputError, readable
from restore.messages import MESSAGES
from restore.output import DICTIONARY_FILE, DOCUMENT_FILE, write_text
from restore.search.store import SEARCH_FILE

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT, "utf-8")
    return path


def jobs(*inputs: object, out: str | Path = "/nowhere/out") -> dict[str, Job]:
    found = list(find_jobs([str(item) for item in inputs], Path(out)))
    assert [job.name for job in found] == sorted({job.name for job in found})
    assert all(not job.skip or job.skip in MESSAGES for job in found)
    return {job.name: job for job in found}


def skipped(*inputs: object) -> dict[str, str]:
    return {name: job.skip for name, job in jobs(*inputs).items()}


# Links and what is no file


def test_a_link_out_of_the_folder_is_passed_over_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "salary.txt")
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret" / "salary.txt")
    (tmp_path / "in" / "c").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "d.txt").symlink_to("../secret/../secret/salary.txt")
    outside = "link-outside"
    expected = {"a.txt": "", "b.txt": outside, "c": outside, "d.txt": outside}
    assert skipped(tmp_path / "in") == expected


def test_links_inside_of_the_folder_cost_no_second_reading(tmp_path: Path) -> None:
    write(tmp_path / "in" / "x" / "a.txt")
    (tmp_path / "in" / "b.txt").symlink_to("x/a.txt")
    (tmp_path / "in" / "y").symlink_to("x")
    assert skipped(tmp_path / "in") == {"x/a.txt": ""}


def test_a_hidden_store_is_read_through_its_links_once(tmp_path: Path) -> None:
    write(tmp_path / "in" / ".objects" / "1f" / "key")
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).symlink_to(".objects/1f/key")
    assert len(jobs(tmp_path / "in")) == 1


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "in" / "x" / "a.txt")
    for name in ("back", "again"):
        (tmp_path / "in" / "x" / name).symlink_to("..")
    (tmp_path / "in" / "l.txt").symlink_to("l.txt")
    (tmp_path / "in" / "gone.pdf").symlink_to("nowhere.pdf")
    expected = {"gone.pdf": "link-broken", "l.txt": "link-broken", "x/a.txt": ""}
    assert skipped(tmp_path / "in") == expected
    assert skipped(f"{tmp_path}/in/**/*.txt") == {"a.txt": ""}  # two links: 2 to the 40th ways to go


def test_what_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "one.txt").symlink_to("real/a.txt")
    assert skipped(tmp_path / "link") == {"a.txt": ""}
    assert skipped(tmp_path / "one.txt") == {"one.txt": ""}


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    os.mkfifo(tmp_path / "in" / "pipe.pdf")
    (tmp_path / "in" / "null.pdf").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path / "in")  # a socket's address has room for 107 bytes
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        expected = {"a.txt": "", "null.pdf": "link-outside"}
        assert skipped(tmp_path / "in") == expected | dict.fromkeys(
            ("pipe.pdf", "socket.txt"), "not-a-regular-file"
        )
        assert skipped(tmp_path / "in" / "pipe.pdf") == {"pipe.pdf": "not-a-regular-file"}


def test_folders_deeper_than_a_path_can_be_long(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    folder = os.open(tmp_path / "in", os.O_RDONLY)
    for _ in range(2_100):  # each step of one letter and a slash: the path has 4,200 bytes and more
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    try:
        found = skipped(tmp_path / "in")
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "in"], check=True)  # shutil calls itself for every folder
    assert found.pop("a.txt") == ""
    assert list(found.values()) == ["folder-unreadable"]


# Names


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "a\x1b[2J.txt", "a\u202etxt.exe.txt", "a\u200bb.txt", "\x85.txt", "a\u2028.txt"]
)
def test_a_name_is_told_as_what_it_is(name: str, tmp_path: Path) -> None:
    write(tmp_path / "in" / name)
    (told,) = jobs(tmp_path / "in")
    assert told.isprintable()
    assert told == readable(name)
    assert "\\" in told


def test_names_that_differ_by_capitals_or_normal_form_alone_keep_apart(tmp_path: Path) -> None:
    for name in ("Kế hoạch.txt", "kế hoạch.txt", "Kê\u0301 hoa\u0323ch.txt", "KẾ HOẠCH.TXT"):
        write(tmp_path / "in" / name)
    found = jobs(tmp_path / "in")
    assert len(found) == 4
    assert len({name.lower() for name in found}) == 4
    assert len({job.path for job in found.values()}) == 4


def test_names_of_the_batchs_own_files(tmp_path: Path) -> None:
    for name in OWN_FILES - {LEDGER_FILE}:  # with a file in it of that name it would be a batch's output
        write(tmp_path / "in" / name / "a.txt")
    write(tmp_path / ".hidden.txt")
    found = jobs(tmp_path / "in", tmp_path / ".hidden.txt")
    tops = {name.split("/")[0] for name in found}
    assert len(tops) == len(OWN_FILES)
    assert not tops & OWN_FILES
    assert not any(top.startswith(".") for top in tops)


def test_the_list_of_own_files_is_whole() -> None:
    assert {LEDGER_FILE, SEARCH_FILE, SUMMARY_JSON, SUMMARY_HTML, DICTIONARY_FILE, DOCUMENT_FILE} <= OWN_FILES


def test_a_name_of_255_bytes_has_room_for_what_is_made_of_it(tmp_path: Path) -> None:
    long = "Quyết định " * 16
    name = f"{long.encode()[:251].decode(errors='ignore')}.txt"
    other = f"{name[:-5]}!.txt"
    for each in (name, other):
        write(tmp_path / "in" / each)
    found = jobs(tmp_path / "in")
    assert len(found) == 2
    for told in found:
        assert told.startswith("Quyết định ")
        assert told.endswith(".txt")
        assert len(told.encode()) <= LONGEST_NAME
        write_text(tmp_path / "exports" / f"{told}.docx", TEXT)


def test_a_target_whose_name_is_as_long_as_names_can_be(tmp_path: Path) -> None:
    write_text(tmp_path / ("đ" * 125 + "a.txt"), TEXT)
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == [TEXT]


def test_no_input_leads_out_of_the_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("x", "y", "here"):
        write(tmp_path / folder / "a.txt")
    monkeypatch.chdir(tmp_path / "here")
    found = jobs("../x/a.txt", "../x/../y/a.txt", "a.txt", "../here/../x")
    assert sorted(found) == ["here/a.txt", "x/a.txt", "y/a.txt"]


def test_a_name_of_a_path_that_cannot_be(tmp_path: Path) -> None:
    for name in ("x" * 5000, "a\0b.pdf", "\ud800.pdf"):
        with pytest.raises(InputError, match="missing-file"):
            jobs(name)


PIECES = st.sampled_from(
    ["a", "A", "ế", "e\u0302\u0301", ".", "..", "~", " ", "\n", "\u202e", "\udcab", "x" * 200, ".pdf", "ledger.sqlite", "\\x0a"]
)  # fmt: skip
NAMES = st.lists(PIECES, min_size=1, max_size=5).map("".join).filter(lambda name: name not in (".", ".."))


@given(st.sets(NAMES, max_size=8))
def test_safe_names_are_apart_short_and_harmless(names: set[str]) -> None:
    safe = safe_names(names)
    told = [safe.get(name, name) for name in sorted(names)]
    assert len({name.casefold().rstrip(". ") for name in told}) == len(names)
    for name in told:
        assert name.isprintable()
        assert len(name.encode()) <= LONGEST_NAME
        assert PurePath(name).parts == (name,)
        assert not name.startswith(".")
        assert name not in OWN_FILES
    assert safe_names(sorted(names, reverse=True)) == safe


@given(st.text(alphabet=st.characters(), max_size=40))
def test_what_is_readable_is_one_line_of_utf_8(text: str) -> None:
    told = readable(text)
    told.encode()
    assert len(told.splitlines()) <= 1
    assert readable(told) == told


def test_a_batch_reports_what_it_passed_over_and_restores_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    os.mkfifo(tmp_path / "in" / "pipe.pdf")
    (tmp_path / "in" / "c\x1b[31m.txt").symlink_to("/etc/hostname")
    done = subprocess.run(
        [sys.executable, "-m", "restore", "run", tmp_path / "in", "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        env={**os.environ, "RESTORE_LANG": "en"},
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert "pipe.pdf: passed over, as this is no ordinary file" in done.stderr
    assert r"c\x1b[31m.txt: passed over, as this link leads out" in done.stderr
    assert (tmp_path / "out" / "a.txt" / "restored.txt").read_text("utf-8") == TEXT
