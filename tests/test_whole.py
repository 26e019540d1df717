"""Whether a file is there as a whole: real files of every kind, and the same ones cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from restore.batch.inputs import SUFFIXES
from restore.batch.whole import ends_well, is_passed_over, looks_whole, open_for_writing
from tests.pictures import tiff

ROOT = Path(__file__).parents[1]
GREY = np.random.default_rng(3).integers(0, 256, (60, 80), dtype=np.uint8)


def encoded(kind: str) -> bytes:
    target = BytesIO()
    Image.fromarray(GREY).convert("L").save(target, kind)
    return target.getvalue()


KINDS = ("PDF", "JPEG", "PNG", "GIF", "BMP", "WEBP")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_whole_and_its_beginning_is_not(tmp_path: Path, kind: str) -> None:
    data = encoded(kind)
    path = tmp_path / "scan"
    path.write_bytes(data)
    assert looks_whole(path)
    for length in (0, 9, len(data) // 2, len(data) - 40):
        path.write_bytes(data[:length])
        assert not looks_whole(path), length


def test_tags_that_stand_behind_the_pixels_are_waited_for_in_either_order() -> None:
    for pixels, big in ((GREY, False), (GREY, True), (GREY.astype(">u2"), False)):
        data = tiff(pixels, 1, big=big)
        assert ends_well(data[:1024], data[-1024:], len(data))
        cut = data[:3000]
        assert not ends_well(cut[:1024], cut[-1024:], len(cut))


def test_room_that_was_set_aside_for_an_upload_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(b"1" * 900 + bytes(3000))
    assert not looks_whole(path)
    path.write_bytes("Điều 1.\n".encode("utf-16-le"))
    assert looks_whole(path)


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(0, 10**9))
def test_no_bytes_make_it_fail(head: bytes, tail: bytes, size: int) -> None:
    assert ends_well(head, tail, size) in (True, False)


def test_nothing_but_a_file_is_whole(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")  # which must not be waited for
    (tmp_path / "real.txt").write_text("Điều 1.", "utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert [
        looks_whole(tmp_path / name) for name in ("folder", "pipe", "link.txt", "gone.txt", "real.txt")
    ] == [
        *[False] * 4,
        True,
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("plan.pdf.part", "plan.pdf.PARTIAL", "plan.pdf.crdownload", "plan.tmp", "plan.pdf.filepart"),
        *("~$plan.pdf", ".plan.pdf.Xa81Zq", ".hidden.pdf", "@eaDir", "#recycle", "System Volume Information"),
    ],
)
def test_uploads_under_way_are_passed_over(name: str) -> None:
    assert is_passed_over(name)


@pytest.mark.parametrize(
    "name", ["plan.pdf", "part.pdf", "bản tạm.tmp.pdf", "~plan.pdf", "$plan.txt", "2024.part2"]
)
def test_documents_are_not(name: str) -> None:
    assert not is_passed_over(name)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells who has a file open")
def test_who_writes_is_seen_and_who_reads_is_not(tmp_path: Path) -> None:
    written, read = tmp_path / "written.pdf", tmp_path / "read.pdf"
    read.write_bytes(b"x")
    code = "import sys; f, g = open(sys.argv[1], 'wb'), open(sys.argv[2]); print('.', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(written), str(read)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        held = open_for_writing(SUFFIXES)
        assert (written.stat().st_dev, written.stat().st_ino) in held
        assert (read.stat().st_dev, read.stat().st_ino) not in held
        other.communicate()
    assert (written.stat().st_dev, written.stat().st_ino) not in open_for_writing(SUFFIXES)
