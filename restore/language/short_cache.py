"""A cache of what was found out about short texts: documents are full of the same words, but nobody meets a long run again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

LONGEST = 40  # characters, by hand: some six glued words

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
About = Callable[Concatenate[str, Parameters], Result]


def short_cache(maxsize: int) -> Callable[[About[Parameters, Result]], About[Parameters, Result]]:
    """Decorates a function of a text, so that results for texts of up to :data:`LONGEST` characters are kept.

    What it holds is bounded by number and by size, whatever documents contain.

    Args:
        maxsize: results kept; those asked for least recently go first.

    >>> seen = []
    >>> length = short_cache(10)(lambda text: seen.append(text) or len(text))
    >>> length("ban"), length("ban"), length("_" * 99), length("_" * 99), len(seen)
    (3, 3, 99, 99, 3)
    """

    def decorated(function: About[Parameters, Result]) -> About[Parameters, Result]:
        kept = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def asked(text: str, /, *args: Parameters.args, **options: Parameters.kwargs) -> Result:
            if len(text) > LONGEST:
                return function(text, *args, **options)
            return kept(text, *args, **options)  # type: ignore[arg-type]  # any argument counts as hashable

        return asked

    return decorated
