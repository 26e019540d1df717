"""Programs of ours look for circular garbage seldom; the library leaves that to its user."""

from __future__ import annotations

import subprocess
import sys

import pytest

RESTORED = "import gc; from restore.correct.corrector import correct; correct('Ke hoach thuc hien'); print(gc.get_threshold()[0])"
PROGRAM = "import gc; from restore.cli import main; main(['--version']); print(gc.get_threshold()[0])"


@pytest.mark.parametrize(("code", "default"), [(RESTORED, True), (PROGRAM, False)])
def test_only_programs_change_the_setting(code: str, default: bool) -> None:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    asked = int(run.stdout.split()[-1])
    by_default = subprocess.run(
        [sys.executable, "-c", "import gc; print(gc.get_threshold()[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (asked == int(by_default.stdout)) is default
    assert default or asked > 10_000
