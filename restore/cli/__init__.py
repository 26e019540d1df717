"""The command line: the only part that prints and exits."""

from restore.cli.program import main

__all__ = ["main"]
