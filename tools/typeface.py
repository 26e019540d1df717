"""The typefaces that pages are set in: about the measures of Times New Roman, and every Vietnamese letter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

DPI = 300
FONT_ROOTS = (Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts"))
STYLES = ("", "b", "i", "bi")


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family of fonts: its folder, its files by style ("", "b", "i", "bi"), and Debian's package of it."""

    folder: str
    files: tuple[str, str, str, str]
    package: str


TINOS = Typeface(
    "croscore", ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"), "fonts-croscore"
)
LIBERATION_SERIF = Typeface(
    "liberation2",
    (
        "LiberationSerif-Regular",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    ),
    "fonts-liberation2",
)
FREE_SERIF = Typeface(
    "freefont",
    ("FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic"),
    "fonts-freefont-ttf",
)


@cache
def load_font(style: str, points: float, face: Typeface = TINOS) -> ImageFont.FreeTypeFont:
    """A typeface in a style ("", "b", "i", "bi") at a size in points on a 300 dpi page.

    Raises:
        FileNotFoundError: the font is not installed.
    """
    name = face.files[STYLES.index(style)]
    for root in FONT_ROOTS:
        path = root / face.folder / f"{name}.ttf"
        if path.is_file():
            return ImageFont.truetype(str(path), points * DPI / 72, layout_engine=ImageFont.Layout.BASIC)
    raise FileNotFoundError(f"the font {name} is not installed (Debian: {face.package})")


def pixels(millimetres: float) -> int:
    """Millimetres in pixels of the page.

    >>> pixels(25.4)
    300
    """
    return round(millimetres * DPI / 25.4)
