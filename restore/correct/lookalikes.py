"""Letters that engines write for digits, and the suggestion that comes of one."""

from __future__ import annotations

from restore.edit import Edit

FIGURES = str.maketrans("OoQlIi|JSsZzBG", "00011111552286")
FIGURE = r"[\dOolI|SZB]"  # a digit, or a letter often written for one
SLASH = r"[/1lIi|f]"  # a slash, or what engines make of one


def figures(text: str) -> str:
    """A number whose letters are read as the digits they look like.

    >>> figures("1O"), figures("lS.OOO"), figures("x1")
    ('10', '15.000', 'x1')
    """
    return text.translate(FIGURES)


def suggestion(start: int, before: str, after: str, confidence: float, *others: str) -> Edit:
    """A reading of a broken number, date or code; it is never applied, ``others`` are further readings."""
    return Edit(
        start=start, end=start + len(before), before=before, after=after, kind="number", source="number",
        confidence=confidence, status="suggested", alternatives=others,
    )  # fmt: skip
