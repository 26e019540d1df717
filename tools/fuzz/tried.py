"""What is done with one input: it is noted, tried, and kept where it breaks a law."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from tools.fuzz.kept import Current, keep, place_of
from tools.fuzz.targets import Target


def tried(target: Target, current: Current, faults: Path) -> Callable[[bytes], None]:
    """What is done with each input."""

    def one(data: bytes) -> None:
        data = data[: target.longest]
        current.begin(data)
        try:
            target.check(data)
        except Exception as error:
            keep(faults, place_of(error), data, "".join(traceback.format_exception(error)))

    return one
