"""The pictures of pages as the browser gets them: made from the originals, which are only read, and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import cv2
import numpy as np

from restore.batch.originals import Originals
from restore.errors import InputError
from restore.reading import page_image

MOST_BYTES = 64_000_000  # of pictures kept in memory
LEAST_WIDTH, MOST_WIDTH = 200, 4000
QUALITY = 82  # of JPEG: letters stay sharp, an A4 page of 1600 pixels' width has about 250 kB


class Pictures:
    """Pages of the originals of a batch as JPEG."""

    def __init__(self, out: Path, *, originals: Path | None = None, max_megapixels: float = 150.0) -> None:
        """Name the batch; nothing is opened yet.

        Args:
            out: the output folder, whose ledger knows where the originals lay.
            originals: where they lie now, when they were moved; searched by their names below it.
            max_megapixels: a larger page is refused.
        """
        self._out = out
        self._originals = originals
        self._max_megapixels = max_megapixels
        self._checked: dict[str, Path] = {}
        self._kept: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._guard = threading.Lock()
        self._reading = threading.Lock()  # PDFium works on one page at a time

    def path(self, name: str) -> Path:
        """The original of a document.

        Raises:
            InputError: it is not where it was, or another file now.
        """
        if name not in self._checked:
            try:  # each time with a new list of the folder: somebody may have put the file there meanwhile
                self._checked[name] = Originals(self._originals).find(self._out / name, name)
            except InputError as error:
                raise InputError("no-original", path=error.values.get("was", error.values["path"])) from error
        return self._checked[name]

    def picture(self, name: str, page: int, width: int) -> bytes:
        """A page as JPEG, at most so many pixels wide.

        Raises:
            InputError: the original is not to be had, or has no such page.
        """
        width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
        key = (name, page, width)
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        data = self._made(self.path(name), page, width)
        with self._guard:
            self._kept[key] = data
            while sum(map(len, self._kept.values())) > MOST_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return data

    def _made(self, path: Path, page: int, width: int) -> bytes:
        with self._reading:
            image = page_image(path, page, self._max_megapixels).image
        if image.shape[1] > width:
            height = max(round(image.shape[0] * width / image.shape[1]), 1)
            image = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        return data.tobytes()
