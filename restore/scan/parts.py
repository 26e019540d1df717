"""The parts of reading a scan that can be left out, to measure what each gives."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Parts:
    """Which steps of cleaning may be taken, and which further readings made, where a page seems to need them.

    Attributes:
        shrink: enlarged pages with much grain are made smaller.
        ink: seals and signatures in colour are taken out.
        remove_grain: grain of bad scans is filtered.
        even_paper: dark or shaded paper becomes white.
        clear_edges: dark edges beside the paper are whitened.
        lonely_specks: so are specks away from print.
        dewarp: lines that bend are drawn level.
        deskew: leaning pages are turned level.
        tables: ruled tables are read cell by cell.
        seals: black seals are found by their rims, and their ink taken out.
        remainder: print that the first reading left out is read.
        doubtful: doubtful words are read by the script model.
        under_seals: lines that a seal crosses are read again.
    """

    shrink: bool = True
    ink: bool = True
    remove_grain: bool = True
    even_paper: bool = True
    clear_edges: bool = True
    lonely_specks: bool = True
    dewarp: bool = True
    deskew: bool = True
    tables: bool = True
    seals: bool = True
    remainder: bool = True
    doubtful: bool = True
    under_seals: bool = True

    def without(self, part: str) -> Parts:
        """These parts less one.

        >>> Parts().without("deskew").deskew
        False
        """
        return replace(self, **{part: False})


ALL = Parts()
PARTS = tuple(field.name for field in fields(Parts))
