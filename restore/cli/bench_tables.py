"""The tables of the benchmarks, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from restore.bench.labels import label
from restore.messages import Language


def rate_cell(value: float | None, digits: int = 3) -> str:
    """A rate; nothing where there is none."""
    return "" if value is None else f"{value:.{digits}f}"


def new_table(names: Sequence[str], numbers: Sequence[str], lang: Language) -> Table:
    """A table with columns of names, to the left, and of numbers, to the right."""
    table = Table()
    for name in names:
        table.add_column(label(name, lang))
    for name in numbers:
        table.add_column(label(name, lang), justify="right")
    return table


def print_table(table: Table) -> None:
    """The table, as wide as the terminal, or wide enough where there is none."""
    Console(width=None if Console().is_terminal else 132).print(table)
