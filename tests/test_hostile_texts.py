"""Texts made to do harm: whatever they hold, the laws of edits hold, and the time grows with the length and no faster."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.cli.program import main
from restore.config import Config
from restore.document import Section
from restore.edit import apply
from restore.errors import InputError
from restore.language.encodings import decode
from restore.pipeline import parse_text, restore_file, restore_text
from restore.review.html import render_restored

KINDS = {
    "one word": "ktghenqaz",
    "figures": "1234567890",
    "empty lines": "\n",
    "blanks": " ",
    "marks on a letter": "\u0301",
    "marks of direction": "\u202e\u202d",
    "private use": "\uf0b7\ue000",
    "NUL": "a\0",
    "halves of characters": "\ud800 a\udcab ",
    "first items": "I. Mục đích\n",
    "lists in lists": "như sau:\n1. a gồm:\na) b:\n- c:\n",
    "quotations": "1. “a: ”\n“",
    "dates": "ngày 12 tháng 3 năm 2023 ",
    "one line": "Ủy ban nhân dân huyện xây dựng kế hoạch ",
    "dots": ". ",
    "tabs": "a\t",
    "brackets": "(",
}


def seconds(text: str) -> float:
    """The CPU time of restoring, parsing and showing a text."""
    began = time.process_time()
    restored = restore_text(text)
    assert apply(restored.original, restored.edits) == restored.restored
    assert restored.original == text
    parse_text(text)
    render_restored(text, restored.restored, "a.txt", "vi", restored.edits, ())
    return time.process_time() - began


@pytest.mark.parametrize("kind", KINDS)
def test_ten_times_the_text_takes_about_ten_times_the_time(kind: str) -> None:
    """Compared with itself: what grows by the square takes a hundred times as long."""
    some, more = ((KINDS[kind] * size)[:size] for size in (2_000, 20_000))
    seconds(some)  # what is looked up for the first time
    assert seconds(more) < 40 * max(seconds(some), 0.02)


def deepest(sections: tuple[Section, ...]) -> int:
    return 1 + max((deepest(section.children) for section in sections), default=0)


def test_lists_in_lists_have_a_bottom() -> None:
    document = parse_text("I. Mục đích\n" * 2_000)
    assert 2 < deepest(document.sections) < 30


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301" * 10_000 + "\n",
        "\u202eabc\u202c",
        "".join(chr(0x1000 * place) for place in range(0x110) if place != 0xD),
        "\ufeff\ufeffa",
        "\x1b[2J",
    ],
)
def test_what_no_document_holds_is_kept(text: str) -> None:
    restored = restore_text(text)
    assert restored.original == text
    assert apply(text, restored.edits) == restored.restored


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_text_in_any_width_is_read(encoding: str) -> None:
    text = "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân huyện.\n" * 3
    assert decode(text.encode(encoding), "a.txt").text == text


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_a_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = decode(data, "a.txt").text
    except InputError as error:
        assert error.key in ("unreadable-text", "text-is-binary")
        return
    restored = restore_text(text)
    assert apply(restored.original, restored.edits) == restored.restored


def test_a_text_beyond_the_limit_is_refused_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)  # a hole: it takes no room on the disk, and would take all memory
    with pytest.raises(InputError, match="text-too-large"):
        restore_file(path, Config())
    assert main(["--lang", "en", "parse", str(path)]) == 3
    told = capsys.readouterr().err
    assert "1000 million bytes, more than the limit of 3" in told
    assert "--max-text-megabytes" in told


def test_the_limit_of_texts_can_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ủy ban nhân dân\n" * 100, "utf-8")
    assert main(["text", str(path), "--max-text-megabytes", "0.001"]) == 3
    assert main(["text", str(path), "--max-text-megabytes", "0.01"]) == 0
    assert capsys.readouterr().out == path.read_text("utf-8")
