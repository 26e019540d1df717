"""How many files a batch has, counted beside the work: the files themselves are found one by one as they are needed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from restore.errors import RestoreError

PATIENCE = 1.0  # seconds; a share that has gone away does not hold up Ctrl-C


class Count:
    """A number that is known once everything was counted.

    Attributes:
        total: the number, None until then, and for ever where the counting failed.
    """

    total: int | None = None

    def __call__(self) -> int | None:
        """The number."""
        return self.total


@contextmanager
def counted(things: Iterable[Any]) -> Iterator[Count]:
    """Count in a thread, as far as it comes while inside.

    >>> import time
    >>> with counted("abc") as count:
    ...     while count() is None:
    ...         time.sleep(0.001)
    ...     count()
    3
    """
    count, enough = Count(), threading.Event()

    def work() -> None:
        number = 0
        with suppress(OSError, RestoreError):  # whoever works on them meets the same, and says so
            for _ in things:
                number += 1
                if enough.is_set():
                    return
            count.total = number

    thread = threading.Thread(target=work, name="counting", daemon=True)
    thread.start()
    try:
        yield count
    finally:
        enough.set()
        thread.join(PATIENCE)
