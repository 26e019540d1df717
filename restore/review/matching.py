"""Which document of one folder is which of another: by their names, whatever endings these got on their way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from restore.language.vietnamese import nfc

# What a name may get or lose between a scan, its results and a text that a person corrected.
ENDINGS = frozenset(
    {
        ".txt",
        ".gold",
        ".ocr",
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".bmp",
        ".gif",
        ".webp",
        ".jp2",
    }
)


@dataclass(frozen=True, slots=True)
class Matching:
    """Names of two folders that belong together, and those of either without a partner."""

    pairs: tuple[tuple[str, str], ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]


def matched(left: Iterable[str], right: Iterable[str]) -> Matching:
    """Find the partners among the names of two folders.

    First whole names, then names without their endings, then names without endings and folders; each time only
    where nothing else is called so.

    Args:
        left: paths below the one folder, parted by ``/``.
        right: those below the other.

    >>> matched(["2023/a.pdf", "b.pdf", "c.txt"], ["2023/a.gold.txt", "new/b.txt"])
    Matching(pairs=(('2023/a.pdf', '2023/a.gold.txt'), ('b.pdf', 'new/b.txt')), only_left=('c.txt',), only_right=())
    """
    keys: tuple[Callable[[str], str], ...] = (nfc, bare_name, lambda name: bare_name(name).rpartition("/")[2])
    rest, others = sorted(set(left)), sorted(set(right))
    pairs: list[tuple[str, str]] = []
    for key in keys:
        here, there = _by_key(rest, key), _by_key(others, key)
        pairs += [
            (names[0], there[same][0])
            for same, names in here.items()
            if len(names) == 1 == len(there.get(same, ()))
        ]
        taken = {name for name, _ in pairs}, {name for _, name in pairs}
        rest, others = (
            [n for n in names if n not in used] for names, used in zip((rest, others), taken, strict=True)
        )
    return Matching(tuple(sorted(pairs)), tuple(rest), tuple(others))


def bare_name(name: str) -> str:
    """A path without the endings of its last name, in NFC.

    >>> bare_name("2023/kế hoạch.pdf.gold.txt"), bare_name("báo cáo.v2")
    ('2023/kế hoạch', 'báo cáo.v2')
    """
    name = nfc(name)
    while True:
        stem, dot, ending = name.rpartition(".")
        if not stem or stem.endswith("/") or dot + ending.lower() not in ENDINGS:
            return name
        name = stem


def _by_key(names: Sequence[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        found[key(name)].append(name)
    return found
