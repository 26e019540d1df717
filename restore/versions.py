"""Which versions of what made a document."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

PACKAGE = "restore"


def package_version() -> str:
    """The version of this program."""
    return version(PACKAGE)


@cache
def versions(*, pages: bool = False) -> dict[str, str]:
    """The program and its dictionaries, the language model among them; Tesseract and its models where pages were read."""
    from restore.language.resources import dictionaries_version  # --version need not wait for these

    found = {PACKAGE: package_version(), "dictionaries": dictionaries_version()}
    if pages:
        from restore.scan.second import script_model
        from restore.scan.tesseract import LANGUAGE, tesseract_version

        found["tesseract"] = tesseract_version() or "absent"
        found["tesseract-models"] = ", ".join(filter(None, (LANGUAGE, script_model())))
    return found
