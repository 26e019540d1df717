"""What sort of difference an edit makes."""

from __future__ import annotations

from restore.edit import EditKind
from restore.language import vietnamese


def kind_of(before: str, after: str) -> EditKind:
    """What sort of difference an edit is.

    >>> [kind_of(*pair) for pair in (("an", "án"), ("hien", "hiên"), ("kiin", "kiến"), ("v", " và"), ("Sự", "sự"))]
    ['tone', 'mark', 'mixed', 'split', 'case']
    """
    word = after.lstrip()
    if not word:
        return "drop"
    if word == before:
        return "split"
    if after != word:
        return "split"
    if any(character.isspace() for character in before):
        return "merge"
    if before.lower() == word.lower():
        return "case"
    if digits(before) != digits(word) and (digits(word) or not any(map(str.isalpha, before))):
        return "number"
    if not any(map(str.isalnum, before + word)):
        return "punctuation"
    if vietnamese.strip_tones(before).lower() == vietnamese.strip_tones(word).lower():
        return "tone"
    if vietnamese.strip_marks(before).lower() == vietnamese.strip_marks(word).lower():
        return "mark"
    if vietnamese.strip_marks(word) == word:
        return "letter"
    return "mixed"


def digits(text: str) -> str:
    """The digits of a text, in order."""
    return "".join(filter(str.isdigit, text))
