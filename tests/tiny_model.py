"""Language models of a few tokens, written down by hand, nothing lost by quantising."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from restore.language.ngram import BLOCK

Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]
ORDER = 5


def model_arrays(tokens: Sequence[str], ngrams: Mapping[str, tuple[float, float]]) -> Arrays:
    """The arrays of a model file: ``{"ủy nhân": (probability, back-off in nats)}``, all tokens among the keys."""
    number = {token: index for index, token in enumerate(tokens)}
    keys = sorted(tuple(number[token] for token in text.split()) for text in ngrams)
    values = {tuple(number[token] for token in text.split()): value for text, value in ngrams.items()}
    levels = [[key for key in keys if len(key) == n] for n in range(1, ORDER + 1)]
    arrays: Arrays = {}
    for n, level in enumerate(levels, 1):
        arrays[f"logp_{n}"], arrays[f"logp_codes_{n}"] = _codes([math.log(values[key][0]) for key in level])
        if n > 1:
            arrays[f"token_{n}"] = np.array([key[-1] for key in level], np.uint16)
        if n == ORDER:
            continue
        arrays[f"backoff_{n}"], arrays[f"backoff_codes_{n}"] = _codes([values[key][1] for key in level])
        parents = [key[:-1] for key in levels[n]]
        begin = np.concatenate([[0], np.cumsum([parents.count(key) for key in level])])
        if n == 1:
            arrays["begin_1"] = begin.astype(np.uint32)
        else:
            base = begin[::BLOCK]
            arrays[f"base_{n}"] = base.astype(np.uint32)
            arrays[f"begin_{n}"] = (begin - np.repeat(base, BLOCK)[: len(begin)]).astype(np.uint16)
    return arrays


def _codes(values: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Each value with a code of its own; 0 has code 0."""
    table = np.zeros(256, np.float32)
    table[1 : len(values) + 1] = values
    codes = np.arange(1, len(values) + 1, dtype=np.uint8)
    return np.where(np.array(values) == 0, 0, codes).astype(np.uint8), table
