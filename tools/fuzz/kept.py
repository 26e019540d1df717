"""What outlives a child: the input in work, and those that broke a law."""

from __future__ import annotations

import hashlib
import mmap
import struct
import traceback
from pathlib import Path

ROOM = 1 << 20  # bytes of the file
_HEAD = struct.Struct("<QI")
_HERE = ("/restore/", "/tools/fuzz/")


class Current:
    """The input in work, in a file that outlives the process."""

    def __init__(self, path: Path) -> None:
        """Map the file; it is made if need be."""
        if not path.exists():
            path.write_bytes(bytes(ROOM))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), ROOM)
        self.count, _ = _HEAD.unpack_from(self._map)

    def begin(self, data: bytes) -> None:
        """Note that an input is being tried."""
        self.count += 1
        kept = data[: ROOM - _HEAD.size]
        _HEAD.pack_into(self._map, 0, self.count, len(kept))
        self._map[_HEAD.size : _HEAD.size + len(kept)] = kept


def read_current(path: Path) -> tuple[int, bytes]:
    """How many inputs were begun, and the last one."""
    if not path.exists():
        return 0, b""
    content = path.read_bytes()
    count, size = _HEAD.unpack_from(content)
    return count, content[_HEAD.size : _HEAD.size + size]


def place_of(error: BaseException) -> str:
    """What a fault is called: its kind and the last place in the program that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if any(part in frame.filename for part in _HERE)] or list(frames)
    last = own[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.name}:{last.lineno}"


def keep(folder: Path, name: str, data: bytes, told: str) -> None:
    """Keep an input that broke a law; of several that did so in one place, the shortest."""
    folder.mkdir(parents=True, exist_ok=True)
    sign = hashlib.sha256(name.encode()).hexdigest()[:10]
    path = folder / f"{sign}.input"
    if not path.exists() or path.stat().st_size > len(data):
        path.write_bytes(data)
        (folder / f"{sign}.txt").write_text(f"{name}\n\n{told}", "utf-8", "backslashreplace")
