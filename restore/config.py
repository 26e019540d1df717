"""One frozen configuration: flags win over the environment, over ``restore.toml``, over defaults.

    restore.toml in the working folder         RESTORE_* in the environment      flags
    page_timeout = 60                          RESTORE_PAGE_TIMEOUT=60           --page-timeout 60

A key that no setting has is an error that names it and the nearest one that exists.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from restore.errors import UsageError
from restore.messages import Language, language
from restore.wording import language_of

CONFIG_FILE = "restore.toml"
ENVIRONMENT_PREFIX = "RESTORE_"

Mode = Literal["auto", "keep", "redo"]

# What can change the text or the structure that comes out. The rest says who works, where, in which words.
CONTENT_SETTINGS = ("mode", "pages", "page_timeout", "max_megapixels")


class Config(BaseModel):
    """Every setting of the program.

    Attributes:
        jobs: worker processes.
        engine: who does the work: the processes of this machine, or the workers of a Dask cluster.
        scheduler: address of that cluster's scheduler, ``tcp://host:8786``.
        mode: what becomes of a PDF's text layer: judged page by page, always kept, or never used.
        pages: the pages of a PDF or TIFF to restore, ``1,3-5`` or ``7-``; empty for all.
        page_timeout: seconds that reading one page may take before it is given up.
        page_memory: megabytes that a worker may take for a page or a document before it is given up.
        max_megapixels: the largest page image that is opened, in million pixels.
        max_pages: the most pages of one file that are read; a file may claim any number.
        max_text_megabytes: the largest text that is restored, in million bytes.
        formats: what is written for each document beside its edits and diff; JSON and text always are.
        overwrite: restore files again that were already restored; replace files of an earlier export.
        export: metadata that holds for all documents of an export (``tt05``), by field.
        dictionaries: files with rules of the archive, of two for the same word the later file's holds; what they say, not where
            they lie, can change what comes out.
        lang: language of the words that people read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=1024)
    engine: Literal["local", "dask"] = "local"
    scheduler: str = ""
    mode: Mode = "auto"
    pages: str = ""
    page_timeout: float = Field(default=120.0, gt=0)
    page_memory: int = Field(default=4096, ge=256)
    max_megapixels: float = Field(default=150.0, gt=0)  # A2 at 400 dpi has 62, A3 at 600 dpi 70
    max_pages: int = Field(default=10_000, ge=1)  # five boxes of files; the largest bound volumes have 2,000
    # 1,000 pages of 3,000 bytes. Measured: a million damaged bytes take 1.1 GB and 35 s, so this is what page_memory has room for.
    max_text_megabytes: float = Field(default=3.0, gt=0)
    formats: tuple[Literal["json", "txt", "md", "docx"], ...] = ("json", "txt")
    overwrite: bool = False
    export: dict[str, str] = Field(default={})
    dictionaries: tuple[str, ...] = ()
    lang: Language = Field(default_factory=language)

    @field_validator("pages")
    @classmethod
    def _pages_can_be_read(cls, value: str) -> str:
        page_ranges(value)
        return value

    @field_validator("lang", mode="before")
    @classmethod
    def _lang_may_be_a_locale(cls, value: object) -> object:
        return language_of(value) or value if isinstance(value, str) else value

    @property
    def content(self) -> dict[str, str]:
        """The settings that can change what comes out, as ``document.json`` names them."""
        return {name: str(getattr(self, name)) for name in CONTENT_SETTINGS}

    def wants_page(self, number: int) -> bool:
        """Whether the 1-based page is among the wanted ones.

        >>> [number for number in range(1, 9) if Config(pages="2,4-5,8-").wants_page(number)]
        [2, 4, 5, 8]
        """
        ranges = page_ranges(self.pages)
        return not ranges or any(first <= number <= last for first, last in ranges)


def page_ranges(text: str) -> tuple[tuple[int, float], ...]:
    """The ranges of a page list, first and last page included; no end is infinity.

    Raises:
        UsageError: it is not a list of pages.

    >>> page_ranges("1, 3-5, 9-")
    ((1, 1), (3, 5), (9, inf))
    """
    ranges: list[tuple[int, float]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not first.isdecimal() or not (last.isdecimal() or not last):
            raise UsageError("bad-pages", pages=text)
        end = int(last) if last else float("inf") if dash else int(first)
        if not 1 <= int(first) <= end:
            raise UsageError("bad-pages", pages=text)
        ranges.append((int(first), end))
    return tuple(ranges)


def load_config(
    flags: Mapping[str, Any],
    *,
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Config:
    """The configuration of this call.

    Args:
        flags: settings given on the command line; ``None`` stands for "not given".
        environment: where ``RESTORE_*`` is looked up.
        folder: where ``restore.toml`` is looked for; the working folder by default.

    Raises:
        UsageError: a key that does not exist, a value that cannot be, or a file that is no TOML.
    """
    path = (folder or Path()) / CONFIG_FILE
    settings: dict[str, tuple[Any, str]] = {}
    for key, value in _read_toml(path).items():
        _check_key(key, CONFIG_FILE)
        settings[key] = value, CONFIG_FILE
    for name, text in environment.items():
        if name.startswith(ENVIRONMENT_PREFIX) and text:  # set to nothing is not set, as everywhere
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
            _check_key(key, name)
            settings[key] = _from_environment(key, text), name
    for key, value in flags.items():
        if value is not None:
            settings[key] = value, f"--{key.replace('_', '-')}"
    try:
        return Config(**{key: value for key, (value, _) in settings.items()})
    except ValidationError as error:
        problem = error.errors()[0]
        key = str(problem["loc"][0])
        raise UsageError(
            "bad-setting", origin=settings[key][1], value=settings[key][0], reason=problem["msg"]
        ) from error


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:  # no TOML, no UTF-8, or nested without end
        raise UsageError("bad-config-file", path=path, reason=error) from error


def _check_key(key: str, origin: str) -> None:
    if key in Config.model_fields:
        return
    written = origin if origin.startswith(ENVIRONMENT_PREFIX) else key
    where = "environment" if origin.startswith(ENVIRONMENT_PREFIX) else origin
    near = get_close_matches(key, Config.model_fields, n=1, cutoff=0.5)
    if not near:
        raise UsageError(
            "unknown-setting", setting=written, where=where, known=", ".join(Config.model_fields)
        )
    suggestion = ENVIRONMENT_PREFIX + near[0].upper() if written == origin else near[0]
    raise UsageError("unknown-setting-near", setting=written, where=where, suggestion=suggestion)


def _from_environment(key: str, text: str) -> str | list[str] | dict[str, str]:
    if key not in ("formats", "export", "dictionaries"):
        return text
    parts = [part.strip() for part in text.split(",")]
    if key != "export":
        return parts
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts)}
