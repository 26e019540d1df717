"""Image files that Pillow does not write, byte by byte: TIFF of every depth and PNG of 16 bits."""

from __future__ import annotations

import struct
import zlib

import numpy as np

_SIZES = {3: (2, "H"), 4: (4, "I"), 16: (8, "Q")}  # of the field types that are used: short, long, long8
_SHORT, _LONG = 3, 4


def tiff(pixels: np.ndarray, photometric: int, *, bits: int = 0, big: bool = False) -> bytes:
    """An uncompressed TIFF, or BigTIFF, of one strip.

    Args:
        pixels: height x width, or height x width x samples, little-endian or big-endian.
        photometric: 0 white is zero, 1 black is zero, 2 RGB, 5 CMYK.
        bits: a sample, where that is not the size of the array's type: 1 for packed rows.
        big: BigTIFF, with 64-bit offsets.
    """
    order = ">" if pixels.dtype.byteorder == ">" else "<"
    samples = pixels.shape[2] if pixels.ndim == 3 else 1
    width = pixels.shape[1] * (8 if bits == 1 else 1)
    kind = 3 if pixels.dtype.kind == "f" else 1
    data = pixels.tobytes()
    head = 16 if big else 8
    tags: dict[int, tuple[int, list[int]]] = {
        256: (_LONG, [width]),
        257: (_LONG, [pixels.shape[0]]),
        258: (_SHORT, [bits or 8 * pixels.dtype.itemsize] * samples),
        259: (_SHORT, [1]),
        262: (_SHORT, [photometric]),
        273: (16 if big else _LONG, [head]),
        277: (_SHORT, [samples]),
        278: (_LONG, [pixels.shape[0]]),
        279: (16 if big else _LONG, [len(data)]),
        339: (_SHORT, [kind] * samples),
    }
    start = head + len(data) + len(data) % 2
    inside = 8 if big else 4
    beyond = start + (8 if big else 2) + len(tags) * (20 if big else 12) + inside
    table, rest = b"", b""
    for tag, (field, values) in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}{_SIZES[field][1]}", *values)
        if len(packed) > inside:
            place, rest = beyond + len(rest), rest + packed
            packed = struct.pack(f"{order}{'Q' if big else 'I'}", place)
        table += struct.pack(f"{order}HH{'Q' if big else 'I'}", tag, field, len(values)) + packed.ljust(
            inside, b"\0"
        )
    mark = b"II" if order == "<" else b"MM"
    header = struct.pack(f"{order}HHHQ", 43, 8, 0, start) if big else struct.pack(f"{order}HI", 42, start)
    count = struct.pack(f"{order}{'Q' if big else 'H'}", len(tags))
    return mark + header + data + b"\0" * (len(data) % 2) + count + table + bytes(inside) + rest


def png(width: int, height: int, bits: int, colour: int, rows: bytes) -> bytes:
    """A PNG of rows that each begin with their filter; ``colour`` 0 gray, 2 RGB, 4 gray and alpha."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def deep_png(pixels: np.ndarray) -> bytes:
    """A PNG of 16 bits of an array of height x width, or height x width x samples."""
    colour = {1: 0, 2: 4, 3: 2}[pixels.shape[2] if pixels.ndim == 3 else 1]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    return png(pixels.shape[1], pixels.shape[0], 16, colour, rows)
