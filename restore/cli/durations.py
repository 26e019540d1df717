"""Lengths of time and rates, as people say them."""

from __future__ import annotations

from restore.messages import Language, message
from restore.review.marks import number

MINUTE, HOUR = 60, 3600


def duration(seconds: float, lang: Language) -> str:
    """A length of time, in two units at most.

    >>> [duration(s, "en") for s in (0.4, 59, 90, 3700, 100_000)]
    ['0 s', '59 s', '2 min', '1 h 2 min', '1 d 4 h']
    """
    if seconds < MINUTE:
        return message("seconds", lang, seconds=f"{seconds:.0f}")
    minutes = round(seconds / MINUTE)
    if minutes < 60:
        return message("minutes", lang, minutes=minutes)
    if minutes < 24 * 60:
        return message("hours-and-minutes", lang, hours=minutes // 60, minutes=minutes % 60)
    hours = round(seconds / HOUR)
    return message("days-and-hours", lang, days=hours // 24, hours=hours % 24)


def per_minute(rate: float, lang: Language) -> str:
    """So many a second, as so many a minute: whole ones where there are ten.

    >>> per_minute(2.0, "en"), per_minute(0.05, "en"), per_minute(0.05, "vi")
    ('120', '3.0', '3,0')
    """
    counted = rate * MINUTE
    return number(round(counted), lang) if counted >= 10 else decimal(counted, lang)


def decimal(value: float, lang: Language) -> str:
    """A number with one decimal, as the language writes it."""
    return f"{value:.1f}".replace(".", ",") if lang == "vi" else f"{value:.1f}"
