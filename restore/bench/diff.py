"""How long a diff of 500 pages takes: to align, to make its page, and to open that in a browser."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from restore.bench.speed import WORDS_A_PAGE
from restore.correct.corrector import correct
from restore.edit import Edit, apply
from restore.review.align import align
from restore.review.html import render_html

_T = TypeVar("_T")
PAGES = 500
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Of the copies that make up a long text, each keeps so many of the edits: no two are the same.
KEPT = 0.97
# Until the browser has drawn what it was asked for and hears the next wish.
_RESPONDS = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a browser took, in seconds since it was asked for the page.

    Attributes:
        painted: until something stood on the screen.
        ready: until the page was whole and answered.
        step: from a key to the next change, drawn.
    """

    painted: float
    ready: float
    step: float


@dataclass(frozen=True, slots=True)
class LongDiff:
    """What a long diff takes.

    Attributes:
        pages: of :data:`WORDS_A_PAGE` words.
        changes: edits between the two texts.
        align_seconds: CPU time to align the texts without their edits.
        render_seconds: CPU time to make the page by the edits.
        megabytes: of the page.
        opened: in a browser; None where there is none.
    """

    pages: float
    changes: int
    align_seconds: float
    render_seconds: float
    megabytes: float
    opened: Opened | None

    def as_json(self) -> dict[str, Any]:
        """Rounded, as it is printed."""
        browser = self.opened or Opened(0.0, 0.0, 0.0)
        known = self.opened is not None
        return {
            "pages": round(self.pages),
            "changes": self.changes,
            "align_seconds": round(self.align_seconds, 1),
            "render_seconds": round(self.render_seconds, 1),
            "megabytes": round(self.megabytes, 1),
            "painted": round(browser.painted, 2) if known else None,
            "ready": round(browser.ready, 2) if known else None,
            "step": round(browser.step, 2) if known else None,
        }


def measure_diff(texts: Sequence[str], *, share: float = 1.0, pages: int = PAGES) -> LongDiff:
    """Restore damaged texts, repeat them until they are long, and measure their diff.

    Args:
        texts: damaged texts.
        share: of the edits that are kept: less for documents that were hardly damaged.
        pages: how long the text becomes at least.
    """
    original, edits = lengthened(texts, share, pages)
    restored = apply(original, edits)
    align_seconds, _ = _timed(lambda: align(original, restored))
    render_seconds, page = _timed(lambda: render_html(original, restored, "bench", "vi", edits))
    size = len(page.encode())
    words = len(restored.split())
    return LongDiff(
        words / WORDS_A_PAGE, len(edits), align_seconds, render_seconds, size / 1e6, open_in_browser(page)
    )


def lengthened(texts: Sequence[str], share: float, pages: int) -> tuple[str, list[Edit]]:
    """Texts one after the other, again and again, and the edits that restore them, some left out by chance."""
    restored = [(found.original, found.edits) for found in map(correct, texts)]
    chance = random.Random(0)
    parts: list[str] = []
    edits: list[Edit] = []
    offset = words = copy = 0
    while words < pages * WORDS_A_PAGE:
        original, own = restored[copy % len(restored)]
        copy += 1
        head = f"{copy}.\n"
        parts += head, original, "\n"
        offset += len(head)
        edits += (
            edit.model_copy(update={"start": edit.start + offset, "end": edit.end + offset, "page": copy})
            for edit in own
            if chance.random() < share * KEPT
        )
        offset += len(original) + 1
        words += max(len(original.split()), 1)
    return "".join(parts), edits


def open_in_browser(page: str) -> Opened | None:
    """Open a page from a file as a person would, at 1366 by 768; None without Playwright or a Chromium."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "diff.html")
        path.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            shown = browser.new_page(viewport={"width": 1366, "height": 768})
            shown.goto("about:blank")  # the browser's own start is not the page's
            begin = time.monotonic()
            shown.goto(path.as_uri(), timeout=300_000)
            shown.evaluate(_RESPONDS)
            ready = time.monotonic() - begin
            painted = float(shown.evaluate(_PAINTED))
            begin = time.monotonic()
            shown.keyboard.press("n")
            shown.evaluate(_RESPONDS)
            return Opened(painted, ready, time.monotonic() - begin)
        finally:
            browser.close()


def _timed(work: Callable[[], _T]) -> tuple[float, _T]:
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result
