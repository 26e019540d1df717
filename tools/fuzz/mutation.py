"""Damage of any bytes, and of JSON: what the mutators of the targets are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

# Where programs count wrong: nothing, one, the ends of 8, 16, 32 and 64 bits, and what no integer holds.
FIGURES = (
    0, 1, -1, 2, 7, 8, 9, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 2**24, 2**31 - 1, 2**31, 2**32 - 1, 2**32,
    2**53, 2**63 - 1, 2**63, 2**64, 10**25, -(2**31), -(2**63),
)  # fmt: skip
_FIGURE_RE = re.compile(rb"-?\d+(?:\.\d+)?")
Mutator = Callable[[bytes, Random], bytes]


def damaged(data: bytes, chance: Random) -> bytes:
    """The bytes with one part of them flipped, set, left out, doubled, moved or cut off."""
    if not data:
        return chance.randbytes(chance.randint(1, 8))
    start = chance.randrange(len(data))
    end = min(len(data), start + 1 + int(chance.expovariate(1 / 12)))
    part = data[start:end]
    way = chance.randrange(8)
    if way == 0:
        part = bytes([part[0] ^ (1 << chance.randrange(8))]) + part[1:]
    elif way == 1:
        part = bytes([chance.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, chance.randrange(256)))]) + part[1:]
    elif way == 2:
        part = b""
    elif way == 3:
        part = part * chance.choice((2, 2, 3, 17))
    elif way == 4:
        part = chance.randbytes(len(part))
    elif way == 5:
        size = chance.choice((1, 2, 4, 8))
        figure = chance.choice(FIGURES) % (1 << (8 * size))
        part = figure.to_bytes(size, chance.choice(("big", "little")))
        end = min(len(data), start + size)
    elif way == 6:
        other = chance.randrange(len(data))
        part = data[other : other + len(part)] + part
    else:
        return data[:start]
    return data[:start] + part + data[end:]


def figures_changed(data: bytes, chance: Random) -> bytes:
    """The bytes with one of the figures written in them replaced by one that is hard to count with."""
    places = list(_FIGURE_RE.finditer(data))
    if not places:
        return damaged(data, chance)
    place = chance.choice(places)
    new = str(chance.choice(FIGURES)) if chance.random() < 0.8 else f"{chance.uniform(-1e6, 1e6):.6g}"
    return data[: place.start()] + new.encode() + data[place.end() :]


def tokens_put_in(tokens: Sequence[bytes]) -> Mutator:
    """A mutator that puts one of the tokens somewhere, or in the place of some bytes."""

    def put(data: bytes, chance: Random) -> bytes:
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 0, 1, 4)))
        return data[:start] + chance.choice(tokens) + data[end:]

    return put


def one_of(*ways: Mutator, most: int = 4) -> Mutator:
    """A mutator that takes one to ``most`` steps, each in one of the ways."""

    def mutate(data: bytes, chance: Random) -> bytes:
        for _ in range(chance.randint(1, most)):
            data = chance.choice(ways)(data, chance)
        return data

    return mutate


# JSON

_VALUES: tuple[Any, ...] = (
    None, True, False, "", "x", "\0", "\ud800", "a\nb", "</script>", "…" * 40, "2024-13-45", [], {}, [[]], [None], {"": None},
    [0, 0, 0, 0], 0.5, -0.0, 1e308, float("nan"), float("inf"), *FIGURES,
)  # fmt: skip
_DEEP = 2_000


def json_changed(data: bytes, chance: Random) -> bytes:
    """A JSON text with one of its values replaced, left out, doubled or put somewhere else; other bytes are damaged as bytes."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return damaged(data, chance)
    places = list(_places(root))
    if not places:
        return json.dumps(chance.choice(_VALUES)).encode()
    holder, key = chance.choice(places)
    way = chance.randrange(6)
    if way == 0:
        del holder[key]
    elif way == 1:
        other, name = chance.choice(places)
        value = json.loads(json.dumps(other[name]))
        holder[key] = value
    elif way == 2:
        holder[key] = [holder[key]]
    elif way == 3 and isinstance(holder, dict):
        holder[chance.choice(("version", "status", "x", "", "\ud800"))] = holder[key]
    elif way == 4 and chance.random() < 0.1:
        depth = chance.choice((30, _DEEP))
        text = json.dumps(root).encode()
        deep = b"[" * depth + b"]" * depth
        return text.replace(json.dumps(holder[key]).encode(), deep, 1)
    else:
        holder[key] = chance.choice(_VALUES)
    return json.dumps(root, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _places(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - JSON is anything
    """All places of a JSON value, each as what holds it and its key there."""
    found: list[tuple[Any, Any]] = []
    waiting = [node]
    while waiting:
        holder = waiting.pop()
        keys = (
            list(holder)
            if isinstance(holder, dict)
            else range(len(holder))
            if isinstance(holder, list)
            else ()
        )
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found


def json_lines_changed(data: bytes, chance: Random) -> bytes:
    """JSON lines with one of them changed, doubled, left out, cut off or in another place."""
    lines = data.split(b"\n")
    index = chance.randrange(len(lines))
    way = chance.randrange(6)
    if way == 0:
        lines.insert(chance.randint(0, len(lines)), lines[index])
    elif way == 1:
        del lines[index]
    elif way == 2:
        lines[index] = lines[index][: chance.randint(0, len(lines[index]))]
    else:
        lines[index] = json_changed(lines[index], chance)
    return b"\n".join(lines)
