"""The diff page in a real browser: keys, filters, folding, links, images, and what axe-core says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from restore.edit import Edit, apply
from restore.review.crops import Crop, Frame, Place
from restore.review.html import render_html
from tests.browser import axe_violations, chromium, needs_browser, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser
# A picture of one pixel: what an image shows is the business of test_crops.py.
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
FILLER = "".join(f"dòng không đổi số {n}\n" for n in range(40))
EVIL = "<script>document.title='stolen'</script>"
ORIGINAL = f"KEHOACH quan\nthi dna {EVIL}\n{FILLER}xay dvng quan KiSnAn 771KH\n"


def edit(before: str, after: str, kind: str, **more: object) -> Edit:
    start = ORIGINAL.index(before)
    told = {"source": "model", "confidence": 0.9, "status": "auto"} | more
    return Edit(start=start, end=start + len(before), before=before, after=after, kind=kind, **told)  # type: ignore[arg-type]


EDITS = [
    edit("KEHOACH", "KẾ HOẠCH", "split"),
    edit("dna", "đua", "letter", status="review", alternatives=("đưa",)),
    edit("xay", "xây", "mark", status="confirmed"),
    edit("KiSnAn", "Kiến An", "mixed"),
    edit("771KH", "77/KH", "number", status="suggested"),
]
FRAMES = (Frame(ORIGINAL.index("dna"), ORIGINAL.index("dna") + 3, 40, 5, 30, 20),)
PLACE = Place(0, 0, 400, 30, 1.0, 0)
CROPS = {2: Crop(DOT, 400, 30, 3, FRAMES, PLACE), 5: Crop(DOT, 400, 30, 3, (), PLACE)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    def write(lang: str) -> Path:
        path = tmp_path_factory.mktemp("page") / "diff.html"
        html = render_html(ORIGINAL, apply(ORIGINAL, EDITS), "a", lang, EDITS, crops=CROPS)  # type: ignore[arg-type]
        path.write_text(html, encoding="utf-8")
        return path

    return write


def now(page: Page) -> str:
    return page.locator("ins.now").inner_text()


def test_keys_step_through_doubts_and_through_changes(
    browser: Browser, written: Callable[[str], Path]
) -> None:
    with opened(browser, written("en")) as page:
        page.keyboard.press("n")
        assert now(page) == "đua"
        assert page.locator("#card").inner_text().split("\n\n")[:2] == ["dna → đua", "letter"]
        assert page.evaluate("document.activeElement.textContent") == "đua"
        assert page.locator(".steps output").inner_text() == "1 / 2"
        page.keyboard.press("n")
        assert now(page) == "771KH"
        assert page.locator("ins.now").is_visible()
        page.keyboard.press("n")
        assert now(page) == "đua"
        page.keyboard.press("p")
        assert now(page) == "771KH"
        page.keyboard.press("k")
        assert now(page) == "Kiến An"
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert now(page) == "KẾ HOẠCH"
        assert page.locator(".steps output").inner_text() == "1 / 5"


def test_what_a_document_holds_is_shown_and_never_run(
    browser: Browser, written: Callable[[str], Path]
) -> None:
    with opened(browser, written("vi")) as page:
        assert page.title() == "a"
        assert page.get_by_text(EVIL).count() == 2  # on both sides
        assert page.locator("main script").count() == 0  # the chunks' data is gone once they are rendered


def test_unchanged_lines_are_folded_and_open(browser: Browser, written: Callable[[str], Path]) -> None:
    with opened(browser, written("en")) as page:
        rows = page.locator("main .r")
        assert rows.count() == 3 + 2 * 2
        fold = page.get_by_role("button", name="36 lines")
        fold.click()
        assert rows.count() == 43
        assert page.locator("main .fold").count() == 0
        page.keyboard.press("f")  # unfolds all, and
        page.keyboard.press("f")  # folds what was opened again
        assert rows.count() == 7


def test_what_the_browser_finds_in_folded_lines_is_opened(
    browser: Browser, written: Callable[[str], Path]
) -> None:
    with opened(browser, written("en")) as page:
        folded = page.locator("pre.folded")
        assert folded.get_attribute("hidden") == "until-found"
        assert "không đổi số 17" in str(folded.text_content())
        folded.dispatch_event("beforematch")
        assert page.locator("main .r", has_text="không đổi số 17").first.is_visible()


def test_filters_by_kind_status_and_text_and_their_counts(
    browser: Browser, written: Callable[[str], Path]
) -> None:
    def counts(page: Page) -> dict[str, str]:
        chips = page.locator(".chip").all()
        return {
            str(c.get_attribute("data-kind") or c.get_attribute("data-state")): c.locator("b").inner_text()
            for c in chips
        }

    with opened(browser, written("en")) as page:
        shown = page.locator("main ins:not(.off)")
        assert counts(page) == {
            "mark": "1", "letter": "1", "split": "1", "number": "1", "mixed": "1",
            "review": "1", "suggested": "1", "confirmed": "1", "auto": "2",
        }  # fmt: skip
        page.locator("[data-kind=split]").click()
        assert page.locator("[data-kind=split]").get_attribute("aria-pressed") == "false"
        assert "KẾ HOẠCH" not in shown.all_inner_texts()
        assert counts(page)["auto"] == "1"
        assert page.get_by_text("KẾ HOẠCH").is_hidden()  # its line has no other change
        page.locator("[data-kind=split]").click()
        page.locator("[data-only-review]").check()
        assert shown.all_inner_texts() == ["đua", "771KH"]
        assert counts(page)["mixed"] == "0"
        page.locator("[data-only-review]").uncheck()
        page.keyboard.press("/")
        page.keyboard.type("kien an")  # marks are not needed
        page.locator("main .r").nth(1).wait_for(state="detached")
        assert shown.all_inner_texts() == ["xây", "Kiến An", "771KH"]
        assert counts(page)["letter"] == "0"
        page.locator("input[type=search]").fill("nowhere")
        page.get_by_text("There is no such change.").wait_for()


def test_a_link_to_a_line_opens_it(browser: Browser, written: Callable[[str], Path]) -> None:
    path = written("en")
    with opened(browser, path) as page:
        assert page.locator("#L20").count() == 0  # folded
        page.goto(f"{path.as_uri()}#L20")
        assert "không đổi số 17" in page.locator(".target").inner_text()
        page.locator("#L43").click()
        assert "Kiến An" in page.locator(".target").inner_text()


def test_images_of_lines_frame_their_words(browser: Browser, written: Callable[[str], Path]) -> None:
    with opened(browser, written("vi")) as page:
        image = page.locator(".crop img")
        assert image.count() == 1  # line 5 has no change: its image is not in the page
        assert image.get_attribute("alt") == "Ảnh dòng 2, trang 3"
        assert image.get_attribute("loading") == "lazy"
        frame, paper = page.locator(".frame"), page.locator(".paper")
        assert frame.count() == 1
        boxes = frame.bounding_box(), paper.bounding_box()
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["x"] - boxes[1]["x"] == pytest.approx(40 * boxes[1]["width"] / 400, abs=4)
        page.keyboard.press("n")
        assert "now" in str(frame.get_attribute("class"))


def test_help_names_the_keys(browser: Browser, written: Callable[[str], Path]) -> None:
    with opened(browser, written("vi")) as page:
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="Các phím").is_visible()
        page.keyboard.press("n")  # keys belong to the dialog as long as it is open
        page.keyboard.press("Escape")
        assert page.get_by_role("dialog").count() == 0
        assert page.locator(".now").count() == 0


def test_texts_can_be_read_without_scripts(browser: Browser, written: Callable[[str], Path]) -> None:
    with opened(browser, written("vi"), java_script_enabled=False) as page:
        assert page.get_by_text("xây dvng quan Kiến An 771KH").is_visible()
        assert page.get_by_text("dòng không đổi số 17").is_visible()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1366, 768), (420, 800)])
def test_axe_finds_nothing(
    browser: Browser, written: Callable[[str], Path], lang: str, scheme: str, size: tuple[int, int]
) -> None:
    view = {"width": size[0], "height": size[1]}
    with opened(browser, written(lang), viewport=view, color_scheme=scheme, bypass_csp=True) as page:
        page.keyboard.press("n")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_violations(page) == []
        page.keyboard.press("?")
        assert axe_violations(page) == []
