"""Whether a file that somebody puts into a folder is there as a whole: by its name, its last bytes, and who holds it open.

Nothing is parsed: what a file says of itself is the worker's to read. A file that was taken too early is restored again once
it has changed, so none of this has to be certain; it saves work, and failures that are none.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

# Uploads under way, by their last suffix: browsers, curl and wget, WinSCP, FileZilla, copying programs.
PARTIAL_SUFFIXES = frozenset({
    ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".tmp", ".temp", ".swp", ".lock", ".!ut",
})  # fmt: skip
# What network disks and desktop systems keep beside people's own folders: thumbnails, waste bins.
_FOLDERS_OF_SYSTEMS = frozenset(
    {"@eadir", "#recycle", "$recycle.bin", "lost+found", "system volume information"}
)

HEAD = 1024  # bytes; readers accept garbage before %PDF- as far as that
TAIL = 1024  # bytes; so far from the end stands %%EOF at most, by the notes of Adobe's readers
_PROCESSES = Path("/proc")


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of that name is none of the archive: hidden, an upload under way, a system's own.

    Dotfiles are what rsync (``.plan.pdf.Xa81Zq``) and we ourselves write to until a file is whole.

    >>> [is_passed_over(name) for name in ("kế hoạch.pdf", "plan.pdf.part", ".plan.pdf.Xa81Zq", "~$plan.pdf", "@eaDir")]
    [False, True, True, True, True]
    """
    lowered = name.lower()
    return (
        name.startswith((".", "~$"))
        or os.path.splitext(lowered)[1] in PARTIAL_SUFFIXES  # noqa: PTH122 - of a name; called for each
        or lowered in _FOLDERS_OF_SYSTEMS
    )


def ends_well(head: bytes, tail: bytes, size: int) -> bool:
    r"""Whether a file's last bytes are those that its first ones ask for.

    Args:
        head: the first :data:`HEAD` bytes.
        tail: the last :data:`TAIL` bytes.
        size: of the file, in bytes.

    >>> ends_well(b"%PDF-1.7 ...", b"startxref 12 %%EOF", 4000), ends_well(b"%PDF-1.7 ...", b"endobj", 4000)
    (True, False)
    >>> ends_well(b"Dieu 1.", b"Dieu 1.", 7), ends_well(b"", b"", 0)
    (True, False)
    """
    if not size:
        return False
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return (
            8 <= _first_directory(head) < size
        )  # a writer knows the place of the first page's tags when it has written them
    if head.startswith(b"BM"):
        return int.from_bytes(head[2:6], "little") <= size
    if head.startswith(b"RIFF"):  # of WebP
        return int.from_bytes(head[4:8], "little") + 8 <= size
    if not any(tail[-16:]):
        return False  # the room was set aside, and what belongs there has not come
    if head.startswith(b"GIF8"):
        return tail.endswith(b"\0\x3b")  # the mark alone is one byte, which pixels have as well
    for magic, end in ((b"\xff\xd8\xff", b"\xff\xd9"), (b"\x89PNG\r\n", b"IEND")):
        if head.startswith(magic):
            return end in tail
    return b"%PDF-" not in head or b"%%EOF" in tail


def _first_directory(head: bytes) -> int:
    """Where a TIFF says that the tags of its first page stand; 0 until they are written."""
    big = head[:4] in (b"II+\0", b"MM\0+")
    return int.from_bytes(head[8:16] if big else head[4:8], "little" if head.startswith(b"I") else "big")


def looks_whole(path: Path) -> bool:
    """Whether the bytes at the end of a file are there; one that cannot be read is not whole.

    A symbolic link is not followed, and one that has taken a file's place is none of it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return False
        head = os.pread(descriptor, HEAD, 0)
        tail = os.pread(descriptor, TAIL, max(0, found.st_size - TAIL))
        return ends_well(head, tail, found.st_size)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def open_for_writing(suffixes: Collection[str]) -> frozenset[tuple[int, int]]:
    """Files with such suffixes that a process of this machine may still write to, as device and number.

    Only Linux tells, and only of processes that we may look at; what nobody tells of is not among them.
    """
    return frozenset(_written(suffixes))


def _written(suffixes: Collection[str]) -> Iterator[tuple[int, int]]:
    for folder in _descriptor_folders():
        # Not all can be had: the process has ended meanwhile, or is somebody else's.
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    if not entry.stat(follow_symlinks=False).st_mode & stat.S_IWUSR:
                        continue  # the link's own permissions are those of the descriptor: only read
                    name = os.readlink(entry.path)  # noqa: PTH115 - called for each descriptor of the machine
                    if os.path.splitext(name)[1].lower() in suffixes:  # noqa: PTH122 - likewise
                        found = entry.stat()
                        yield found.st_dev, found.st_ino


def _descriptor_folders() -> Iterator[str]:
    with suppress(OSError), os.scandir(_PROCESSES) as entries:
        for entry in entries:
            if entry.name.isdecimal():
                yield f"{entry.path}/fd"
