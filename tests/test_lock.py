"""One run at a time on an output folder, and whatever ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from restore.batch.lock import LOCK_FILE, only_run
from restore.errors import OutputError


def test_a_second_run_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    with only_run(tmp_path), pytest.raises(OutputError, match="already-running"), only_run(tmp_path):
        pass
    assert not (tmp_path / LOCK_FILE).exists()


def test_what_goes_wrong_in_a_run_is_not_laid_on_its_lock(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), only_run(tmp_path):
        raise BrokenPipeError
    with only_run(tmp_path):
        pass
