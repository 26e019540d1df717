"""How fast a batch goes just now: over its last minutes, by a clock that only goes forward."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

# Pages come in bursts, and those of one document take alike: shorter, and the rate leaps with every document.
WINDOW_SECONDS = 300.0
# Moments kept: enough for one each second of the window, however fast the pages come.
RESOLUTION_SECONDS = 1.0


class Pace:
    """Counts what is done and says how much a second that was in the last minutes."""

    def __init__(self, window: float = WINDOW_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count; the clock gives seconds."""
        self._window, self._clock = window, clock
        self.done = 0
        self._moments: deque[tuple[float, int]] = deque([(clock(), 0)])

    def add(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        now = self._clock()
        if now - self._moments[-1][0] >= RESOLUTION_SECONDS:
            self._moments.append((now, self.done))
        while len(self._moments) > 1 and self._moments[1][0] <= now - self._window:
            self._moments.popleft()

    @property
    def rate(self) -> float:
        """How many a second, over the window or since the beginning; 0 where nothing was done in it.

        >>> now = iter([0.0, 10.0, 20.0, 20.0])
        >>> pace = Pace(clock=lambda: next(now))
        >>> pace.add(3), pace.add(2), pace.rate
        (None, None, 0.25)
        """
        now = self._clock()
        moments = tuple(self._moments)  # whole: metrics are asked for from another thread
        since, before = next((moment for moment in moments if moment[0] >= now - self._window), moments[-1])
        return (self.done - before) / (now - since) if now > since else 0.0
