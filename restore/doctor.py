"""What is installed, in which version, and what is missing: the answers behind ``restore doctor``."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from restore.hashing import file_sha256
from restore.language.resources import dictionaries_version, dictionary_path, manifest
from restore.scan.second import SCRIPT_MODELS
from restore.scan.tesseract import installed_languages, tesseract_version
from restore.versions import PACKAGE, package_version

Group = Literal["program", "tesseract", "font", "python", "dictionary"]

LANGUAGES = {"vie": "tesseract-ocr-vie", "osd": "tesseract-ocr-osd"}
SCRIPT_PACKAGE = "tesseract-ocr-script-viet"  # reads doubtful words again; without it that is simply not done
PYTHON = (3, 11)
INSTALLED = "installed"  # the version of what has none
FONT_PACKAGES = ("fonts-croscore", "fonts-liberation2", "fonts-freefont-ttf")
# Families that have every Vietnamese letter in their regular, bold and italic faces.
FONT_FAMILIES = ("Tinos", "Liberation Serif", "FreeSerif", "Times New Roman", "Noto Serif")
PROBE_TIMEOUT = 20.0  # seconds; fc-list builds its cache at its first call


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for.

    Attributes:
        group: what sort of thing it is.
        name: what it is called.
        version: the one that is there; empty when it is not.
        needed: whether the program cannot do its work without it.
        package: the Debian package that holds it, where there is one.
        problem: what is wrong with what is there, in one word for programs: ``checksum``, ``old``.
    """

    group: Group
    name: str
    version: str
    needed: bool = True
    package: str = ""
    problem: str = ""

    @property
    def ok(self) -> bool:
        """It is there and as it should be."""
        return bool(self.version) and not self.problem


def examine() -> tuple[Finding, ...]:
    """Look for everything that the program needs or can use."""
    return (*_program(), *_tesseract(), *_fonts(), *_python_packages(), *_dictionaries())


def apt_command(findings: tuple[Finding, ...]) -> str:
    """The command that installs what is missing on Debian, or nothing.

    >>> apt_command((Finding("tesseract", "vie", "", package="tesseract-ocr-vie"),))
    'sudo apt-get install tesseract-ocr-vie'
    """
    packages = sorted({finding.package for finding in findings if not finding.ok and finding.package})
    return f"sudo apt-get install {' '.join(packages)}" if packages else ""


def _program() -> Iterator[Finding]:
    yield Finding("program", PACKAGE, package_version())
    old = "" if sys.version_info >= PYTHON else "old"
    yield Finding("program", "python", platform.python_version(), problem=old)


def _tesseract() -> Iterator[Finding]:
    found = tesseract_version()
    yield Finding("tesseract", "tesseract", found or "", package="tesseract-ocr")
    there = installed_languages() if found else frozenset()
    for language, package in LANGUAGES.items():
        yield Finding("tesseract", language, INSTALLED if language in there else "", package=package)
    script = INSTALLED if there.intersection(SCRIPT_MODELS) else ""
    yield Finding("tesseract", SCRIPT_MODELS[0], script, needed=False, package=SCRIPT_PACKAGE)


def _fonts() -> Iterator[Finding]:
    """Fonts are needed where scans are rendered (``tools/``), not to restore."""
    program = shutil.which("fc-list")
    families = ""
    if program:
        result = subprocess.run(
            [program, ":lang=vi", "family"],
            capture_output=True,
            text=True,
            timeout=PROBE_TIMEOUT,
            check=False,
        )
        families = result.stdout
    there = [name for name in FONT_FAMILIES if re.search(rf"^{re.escape(name)}\b", families, re.MULTILINE)]
    yield Finding("font", "Vietnamese", ", ".join(there), needed=False, package=FONT_PACKAGES[0])


def _python_packages() -> Iterator[Finding]:
    for requirement in metadata.requires(PACKAGE) or []:
        match = re.match(r"[\w.-]+", requirement)
        if match is None or "extra ==" in requirement:
            continue
        try:
            yield Finding("python", match[0], metadata.version(match[0]))
        except metadata.PackageNotFoundError:
            yield Finding("python", match[0], "")


def _dictionaries() -> Iterator[Finding]:
    path = dictionary_path("MANIFEST.toml")
    if not path.is_file():
        yield Finding("dictionary", path.name, "")
        return
    yield Finding("dictionary", path.name, dictionaries_version())
    for entry in manifest():
        there = dictionary_path(entry.file)
        problem = "" if there.is_file() and file_sha256(there) == entry.sha256 else "checksum"
        yield Finding("dictionary", entry.file, entry.version if there.is_file() else "", problem=problem)
