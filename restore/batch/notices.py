"""What the system tells of changes in a folder, gathered by a thread until somebody asks."""

from __future__ import annotations

import threading
from pathlib import Path

from watchfiles import Change, watch

# More than that between two questions is no list of changes any more: the whole folder is looked through.
MOST = 20_000
GATHERING = 400  # ms: changes that come one upon the other are told together
LISTENING = 500  # ms that the thread listens before it asks whether it is still wanted


class Notices:
    """Changes below a folder as the system tells of them; on a network disk it knows only of this machine's own.

    Attributes:
        failed: why the system tells nothing (any more), or empty.
    """

    def __init__(self, folder: Path, *, spare: Path) -> None:
        """Begin to listen.

        Args:
            folder: as it is to stand before the paths that are told.
            spare: a folder in it of which nothing is to be told.
        """
        self.failed = ""
        self._folder = folder
        self._spared = (str(spare), f"{spare}/")
        self._lock = threading.Lock()
        self._changed: set[str] | None = set()
        self._stop = threading.Event()
        # A daemon: the program may end while it sleeps in the system.
        self._thread = threading.Thread(target=self._listen, name="notices", daemon=True)
        self._thread.start()

    def taken(self) -> set[str] | None:
        """The paths that were told of since the last call; None: too many, anything may have changed."""
        with self._lock:
            changed, self._changed = self._changed, set()
        return changed

    def close(self) -> None:
        """Listen no more."""
        self._stop.set()
        self._thread.join(timeout=2 * LISTENING / 1000)

    def _listen(self) -> None:
        try:
            told = watch(
                self._folder,
                watch_filter=self._is_wanted,
                debounce=GATHERING,
                rust_timeout=LISTENING,
                stop_event=self._stop,
                raise_interrupt=False,
                force_polling=False,  # we look for ourselves where the system does not tell
                ignore_permission_denied=True,
            )
            for changes in told:
                self._gather({path for _, path in changes})
        except (OSError, RuntimeError) as error:  # too many folders, or the library's own kind
            self.failed = str(error)

    def _is_wanted(self, change: Change, path: str) -> bool:
        return (
            change is not Change.deleted and path != self._spared[0] and not path.startswith(self._spared[1])
        )

    def _gather(self, paths: set[str]) -> None:
        with self._lock:
            if self._changed is not None:
                self._changed |= paths
                if len(self._changed) > MOST:
                    self._changed = None
