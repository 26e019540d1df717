"""Small pictures of pages, from which the lines in question are cut when all pages have been read.

A page that was read from its image leaves its preview behind; one whose text layer was kept was never rendered, and is
only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from restore.config import Config
from restore.errors import RestoreError
from restore.page import Page
from restore.preview import Preview
from restore.scan.ingest import PageImage, open_document
from restore.timing import timed

MAX_WIDTH = 1100  # pixels: small print of 9 points is 16 pixels high, marks and all
QUALITY = 50  # of JPEG; 140 to 240 kilobytes a page
RENDERED_DPI = 133  # at which a sheet of A4 is as wide as that


@timed("preview")
def preview(image: NDArray[np.uint8], page: Page) -> Preview:
    """A page made small.

    Args:
        image: gray (height x width) or blue-green-red (height x width x 3), 8 bits.
        page: what was read on it.
    """
    gray = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    if width > MAX_WIDTH:
        size = MAX_WIDTH, max(round(height * MAX_WIDTH / width), 1)
        gray = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    written, picture = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert written
    degrees = next((int(dict(step.settings)["degrees"]) for step in page.steps if step.name == "turn"), 0)
    return Preview(picture.tobytes(), gray.shape[1] / max(page.width, 1), degrees // 90)


class Previews(Mapping[int, Preview]):
    """The previews of a file's pages that have words, by their numbers; a missing one is rendered when it is asked for."""

    def __init__(
        self, path: Path, pages: Sequence[Page], config: Config, kept: Mapping[int, Preview] | None = None
    ) -> None:
        """Previews of the pages of a file, as they were read from it; ``kept`` are those that are there already."""
        self._path, self._limit = path, config.max_megapixels
        self._pages = {page.number: page for page in pages if page.blocks}
        self._kept = dict(kept or {})

    def __getitem__(self, number: int) -> Preview:
        """The preview of a page.

        Raises:
            KeyError: it has no words, or cannot be loaded (any more).
        """
        page = self._pages[number]
        if number in self._kept:
            return self._kept[number]
        try:
            return preview(self._load(number).image, page)
        except RestoreError as error:
            raise KeyError(number) from error

    def _load(self, number: int) -> PageImage:
        with open_document(self._path, dpi=RENDERED_DPI, max_megapixels=self._limit) as scanned:
            return scanned.load(number)

    def __iter__(self) -> Iterator[int]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)
