"""Many threads at once, and what was restored before: neither changes a result."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from restore.correct import lattice, segmentation
from restore.correct.corrector import Correction, correct

SAMPLE = Path(__file__).parents[1] / "samples" / "000_d85d24a1343911c1.txt"
PART = 300  # characters: five lines

# In a process of its own, where nothing is loaded yet: all threads ask for the dictionaries at once.
THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from restore.correct.corrector import correct

text = Path(sys.argv[1]).read_text(encoding="utf-8")
parts = [text[start : start + int(sys.argv[2])] for start in range(0, 8 * int(sys.argv[2]), int(sys.argv[2]))]
together = Barrier(len(parts))

def restored(part):
    together.wait()
    return correct(part)

with ThreadPoolExecutor(len(parts)) as pool:
    at_once = list(pool.map(restored, parts))
assert len({one.original for one in at_once}) == len(parts)
assert all(one.words_changed > 8 for one in at_once), [one.words_changed for one in at_once]
assert at_once == [correct(part) for part in parts]
"""


def test_eight_threads_give_what_one_gives() -> None:
    command = [sys.executable, "-c", THREADS, str(SAMPLE), str(PART)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert run.returncode == 0, run.stderr


def cold(text: str) -> Correction:
    """Restored after all that earlier texts left behind was forgotten."""
    lattice.literals_under.cache_clear()
    segmentation.segment.cache_clear()
    return correct(text)


def test_what_was_restored_before_changes_nothing() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    first, second = text[2000 : 2000 + PART], text[5000 : 5000 + PART]
    alone = cold(second)
    correct(first)
    assert correct(second) == alone
    assert cold(second) == alone
