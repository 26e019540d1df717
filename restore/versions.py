"""Which versions of what made a document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # --version need not wait for these
    from restore.dictionary import Rule

PACKAGE = "restore"


def package_version() -> str:
    """The version of this program."""
    return version(PACKAGE)


def versions(rules: Sequence[Rule] = (), *, pages: bool = False) -> dict[str, str]:
    """The program and its dictionaries, and where there are any the archive's own rules; see :func:`of_program`."""
    from restore.dictionary import fingerprint

    return of_program(pages=pages) | ({"rules": fingerprint(rules)} if rules else {})


@cache
def of_program(*, pages: bool = False) -> dict[str, str]:
    """The program and its dictionaries, the language model among them; Tesseract and its models where pages were read."""
    from restore.language.resources import dictionaries_version

    found = {PACKAGE: package_version(), "dictionaries": dictionaries_version()}
    if pages:
        from restore.scan.second import script_model
        from restore.scan.tesseract import LANGUAGE, tesseract_version

        found["tesseract"] = tesseract_version() or "absent"
        found["tesseract-models"] = ", ".join(filter(None, (LANGUAGE, script_model())))
    return found
