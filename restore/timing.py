"""How long each step of the work takes: measured where it is done, collected by whoever asked for it.

Nothing is measured unless somebody collects, and no result of the program holds a duration.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_COLLECTED: ContextVar[dict[str, float] | None] = ContextVar("restore_steps", default=None)
_CLOCK: ContextVar[Callable[[], float]] = ContextVar("restore_clock", default=lambda: time.perf_counter())


@contextmanager
def read_by(clock: Callable[[], float]) -> Iterator[None]:
    """Measure by another clock while inside: CPU time, say, which other programs on the machine do not lengthen."""
    token = _CLOCK.set(clock)
    try:
        yield
    finally:
        _CLOCK.reset(token)


@contextmanager
def collecting() -> Iterator[dict[str, float]]:
    """Collect seconds by step while inside; the dictionary fills as the steps end.

    >>> with collecting() as steps, timed("clean"):
    ...     pass
    >>> list(steps)
    ['clean']
    """
    steps: dict[str, float] = {}
    token = _COLLECTED.set(steps)
    try:
        yield steps
    finally:
        _COLLECTED.reset(token)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Measure one step. Of a step within a step, the outer one does not count the time again."""
    steps = _COLLECTED.get()
    if steps is None:
        yield
        return
    inner: dict[str, float] = {}
    token = _COLLECTED.set(inner)
    clock = _CLOCK.get()
    began = clock()
    try:
        yield
    finally:
        _COLLECTED.reset(token)
        own = clock() - began - sum(inner.values())
        for name, seconds in (*inner.items(), (step, own)):
            steps[name] = steps.get(name, 0.0) + seconds
