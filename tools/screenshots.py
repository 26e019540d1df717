"""The pictures of README and docs, made of the samples by the program itself: ``python -m tools.screenshots``.

Each is a page of a real batch in a real browser (Playwright with Chromium), drawn to a palette of 128 colours: what a page of
text needs, at a third of the size. The pictures are for people; no test compares them.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1366, "height": 768}
COLOURS = 128
# What an archive might have on one day: scans good and bad, a damaged text layer, a clean text.
INPUTS = ("000_d85d24a1343911c1.txt", "002_7d7d882c88c23fa0.txt", "*/scan.*", "quyet-dinh-*/page-*")


def main() -> None:
    """Restore the samples, review a little, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lang", choices=("vi", "en"), default="en")
    lang = parser.parse_args().lang
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "archive")
        inputs = [str(path) for pattern in INPUTS for path in sorted((ROOT / "samples").glob(pattern))]
        _restore("run", *inputs, "-o", str(out), "--lang", lang)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            _take(_page(browser, (out / "summary.html").as_uri()), "summary")
            damaged = _page(browser, (out / "000_d85d24a1343911c1.txt" / "diff.html").as_uri())
            _take(damaged, "diff")
            hard = next(path for path in out.rglob("diff.html") if "ke-hoach-hard" in str(path))
            _take(_page(browser, hard.as_uri()), "diff-scan")
            with _desk(out, lang) as address:
                _review(browser, address, hard.parent.relative_to(out).as_posix(), lang)
            browser.close()


def _review(browser: Browser, address: str, name: str, lang: str) -> None:
    page = _page(browser, f"{address}?lang={lang}")
    page.locator("dialog[open] input").fill("Nguyễn Thị Lan")
    page.keyboard.press("Enter")
    page.goto(f"{address}document/{name}?lang={lang}")
    page.wait_for_timeout(2500)
    _take(page, "review")
    page.goto(f"{address}?lang={lang}")
    page.wait_for_timeout(1500)
    _take(page, "review-list")


def _page(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_timeout(1500)
    return page


def _take(page: Page, name: str) -> None:
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(IMAGES / f"{name}.png", optimize=True)


def _restore(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "restore", *words], check=True, cwd=ROOT)


@contextmanager
def _desk(out: Path, lang: str) -> Iterator[str]:
    words = ["review", str(out), "--no-browser", "--lang", lang]
    desk = subprocess.Popen(
        [sys.executable, "-m", "restore", *words], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert desk.stderr
    try:
        for line in desk.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", line)
            if found:
                yield found[0]
                break
    finally:
        desk.terminate()
        desk.wait()


if __name__ == "__main__":
    main()
