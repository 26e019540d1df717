"""Files that change or vanish while they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from restore.batch import work
from restore.batch.inputs import Job
from restore.batch.tasks import Setting, Task
from restore.config import Config
from restore.hashing import file_sha256

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Chánh Văn phòng.\n"


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(TEXT)


def swap(path: Path) -> None:
    other = path.with_name("other")
    other.write_text(TEXT[::-1], "utf-8")
    other.replace(path)


@pytest.mark.parametrize(
    ("change", "key"),
    [(append, "file-changed"), (swap, "file-changed"), (Path.unlink, "missing-file"), (Path.is_file, None)],
)
def test_a_file_that_changes_while_it_is_read_is_not_taken_for_what_it_was(
    change: Callable[[Path], object], key: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")

    def meanwhile(read: Path) -> str:
        digest = file_sha256(read)
        change(read)
        return digest

    monkeypatch.setattr(work, "file_sha256", meanwhile)
    result = work.perform(Task("look", Job(path, "a.txt")), Setting(tmp_path / "out", Config()))
    assert (result.error and result.error.key) == key
    assert (result.looked is None) == bool(key)
