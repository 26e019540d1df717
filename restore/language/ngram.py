"""The syllable language model: tokens, the file format, and scores with explicit state.

A model token is a lower-case syllable or word in the old tone style (``hóa``), ``<num>`` for any number, or one of
``, . ; : - /``; quotes, brackets and all else are transparent. The model is an interpolated modified Kneser-Ney model
in back-off form (Chen & Goodman 1999), weighted by corpus, pruned by relative entropy (Stolcke 1998) and quantised to
8 bits (``tools/build_language_model.py``).

File format ``restore.ngram`` version 1, little endian::

    8 bytes    magic b"RESTNGRM"
    uint32     length of the header that follows
    header     JSON: {"version": 1, "order": 5, "tokens": [...], "arrays": {name: [dtype, length, offset]}}
    arrays     each at its offset from the start of the file, 16-byte aligned

The n-grams form a trie. Level 1 has one node a token, in the header's order; a node of level k has the children
``begin(i) .. begin(i + 1)`` of level k + 1, sorted by token. ``begin_k`` of levels above 1 is a base for every 32
nodes (``base_k``, uint32) plus a uint16 offset. Arrays: ``logp_k`` and ``backoff_k`` (uint8 codes into
``logp_codes_k`` and ``backoff_codes_k``, float32 natural logs), ``token_k`` (uint16, levels above 1).
``title_1``, ``title_left_2`` and ``title_right_2`` are about case, see :mod:`restore.correct.casing`. Where an n-gram is, its
last n - 1 tokens are too, and a node of level 2 and above has back-off code 0, which is the weight 0, just where it has no
children: :mod:`restore.language._ngram` relies on both.

With tokens a b, bigrams "a a", "a b" and nothing after b: ``begin_1 = [0, 2, 2]``, ``token_2 = [0, 1]``.
"""

from __future__ import annotations

import json
import mmap
import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from restore.language import vietnamese
from restore.language.resources import dictionary_path

MAGIC = b"RESTNGRM"
VERSION = 1
BLOCK = 32  # nodes that share one base of their children's places; 32 keeps every offset below 2**16
NUMBER = "<num>"
START = "<s>"
UNKNOWN = "<unk>"
PUNCTUATION = ",.;:-/"
TOKEN_RE = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W\d_]+|[,.;:/–—-]")


def model_token(raw: str) -> str:
    """The model's token for a piece of text that :data:`TOKEN_RE` found.

    >>> [model_token(raw) for raw in ("Hoá", "30/5/2022", "–", "UBND")]
    ['hóa', '<num>', '-', 'ubnd']
    """
    if raw[0].isdigit():
        return NUMBER
    if raw in "–—":
        return "-"
    return vietnamese.move_tone(raw.lower(), "old")


def model_tokens(text: str) -> list[str]:
    """The model's tokens of a text.

    >>> model_tokens("Kế hoạch số 129/KH-UBND (năm 2022);")
    ['kế', 'hoạch', 'số', '<num>', '/', 'kh', '-', 'ubnd', 'năm', '<num>', ';']
    """
    return [model_token(raw) for raw in TOKEN_RE.findall(text)]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A memory-mapped model file: one copy in memory, whatever the number of processes that read it."""

    path: Path
    order: int
    tokens: tuple[str, ...]
    arrays: dict[str, np.ndarray[Any, np.dtype[Any]]]


def read_model(path: Path) -> ModelFile:
    """Map a model file into memory.

    Raises:
        ValueError: the file is no model, or of another version.
    """
    with path.open("rb") as stream:
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[:8] != MAGIC or len(mapped) < 12:
        raise ValueError(f"{path} is not a restore.ngram file")
    (length,) = struct.unpack("<I", mapped[8:12])
    header = json.loads(mapped[12 : 12 + length])
    if header["version"] != VERSION:
        raise ValueError(f"{path} has version {header['version']}, this program reads version {VERSION}")
    arrays = {
        name: np.frombuffer(mapped, dtype=np.dtype(kind), count=count, offset=offset)
        for name, (kind, count, offset) in header["arrays"].items()
    }
    return ModelFile(path, int(header["order"]), tuple(header["tokens"]), arrays)


def write_model(
    path: Path, order: int, tokens: list[str], arrays: dict[str, np.ndarray[Any, np.dtype[Any]]]
) -> None:
    """Write a model file; the same arguments give the same bytes."""
    places: dict[str, tuple[str, int, int]] = dict.fromkeys(arrays, ("", 0, 0))
    header = b""
    for _ in range(3):  # the header's length moves the offsets that it holds
        offset = 12 + len(header)
        for name, array in arrays.items():
            offset = -(-offset // 16) * 16
            places[name] = (array.dtype.str, len(array), offset)
            offset += array.nbytes
        content = {"version": VERSION, "order": order, "tokens": tokens, "arrays": places}
        fresh = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        header = fresh.ljust(len(header), b" ")
    with path.open("wb") as stream:
        stream.write(MAGIC + struct.pack("<I", len(header)) + header)
        for name, array in arrays.items():
            stream.write(b"\0" * (places[name][2] - stream.tell()))
            stream.write(array.tobytes())


@cache
def default_model() -> ModelFile:
    """The model that ships with the dictionaries, mapped once a process."""
    return read_model(dictionary_path("syllables.ngram"))
