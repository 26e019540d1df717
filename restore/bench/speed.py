"""How fast damaged texts are restored on one core, and in how much memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from restore.correct.corrector import correct

WORDS_A_PAGE = 330  # of a printed plan or decision, the measure of the project's goals


@dataclass(frozen=True, slots=True)
class Speed:
    """What restoring some texts took.

    Attributes:
        words: of the texts before they were restored.
        seconds: of CPU time, all threads together.
        peak_megabytes: the most memory that the process has held so far, dictionaries and all.
    """

    words: int
    seconds: float
    peak_megabytes: float

    @property
    def pages(self) -> float:
        """Pages of :data:`WORDS_A_PAGE` words."""
        return self.words / WORDS_A_PAGE

    @property
    def pages_per_second(self) -> float:
        """Pages a second and core.

        >>> Speed(words=3300, seconds=0.5, peak_megabytes=150.0).pages_per_second
        20.0
        """
        return self.pages / max(self.seconds, 1e-9)


def measure_speed(texts: Iterable[str], restore: Callable[[str], object] = correct) -> Speed:
    """Restore distinct texts one after the other, on one core, and say what it took.

    Dictionaries that are not loaded yet count with the first text.

    Args:
        texts: damaged texts; none twice, as what was seen before costs less.
        restore: what is measured.
    """
    words, seconds = 0, 0.0
    for text in texts:
        begin = time.process_time()
        restore(text)
        seconds += time.process_time() - begin
        words += len(text.split())
    return Speed(words, seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024.0**2 if sys.platform == "darwin" else 1024.0)  # bytes there, kilobytes elsewhere
