"""One thing to be read, in both languages."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Language = Literal["vi", "en"]

# language[_territory][.codeset][@modifier], as POSIX names locales; "vi-VN" as the web does.
_LOCALE_RE = re.compile(r"(vi|en)(?:[_.@-].*)?", re.IGNORECASE)


def language_of(locale: str) -> Language | None:
    """The language of a locale, where it is one that the program speaks.

    >>> [language_of(name) for name in ("vi_VN.UTF-8", "en", "vie", "C.UTF-8")]
    ['vi', 'en', None, None]
    """
    found = _LOCALE_RE.fullmatch(locale)
    if not found:
        return None
    return "vi" if found[1].lower() == "vi" else "en"


class Words(NamedTuple):
    """One message in each language; ``{name}`` marks what is filled in."""

    vi: str
    en: str
