"""The page that ranks a batch, in a real browser: counts, filters, sorting, keys, hostile names, axe."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from restore.messages import Language
from restore.review.triage import REASONS, Reason, Triage, failed, ranked
from restore.review.triage_labels import duration, label
from restore.review.triage_page import WITHOUT_SCRIPT, page_data, shown, triage_html
from tests.triage_rows import made_up

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no browser is installed")
MANY = tuple(made_up(5000))
PAGE = 50  # documents shown at once
HOSTILE = (
    "<script>document.title='run'</script>.pdf",
    '"><img src=x onerror=document.title=1>.pdf',
    "</script><b>bold</b>.pdf",
    "line\nbreak\ttab.pdf",
    "gpj.\u202efdp\u202c.pdf",
    "<!--<script>.pdf",
    "a&amp;b#c?d%41.pdf",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Opened:
    """A page of some rows, opened as a file; what went wrong in it fails the test."""

    def __init__(self, browser: Browser, folder: Path, **settings: object) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 768}, **settings)
        self.folder = folder
        self.faults: list[str] = []

    def __call__(self, rows: tuple[Triage, ...], lang: str = "en", address: str = "") -> Page:
        path = self.folder / "summary.html"
        path.write_text(triage_html(rows, lang), "utf-8")
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        page.on(
            "request",
            lambda asked: self.faults.append(asked.url) if "summary.html" not in asked.url else None,
        )
        page.goto(path.as_uri() + address)
        return page


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, tmp_path)
    yield opened
    opened.context.close()
    assert opened.faults == []


def total(page: Page) -> int:
    """How many documents pass the filters, as the page tells it."""
    told = page.locator("#totals b").first.inner_text()
    return int(re.match(r"[\d,.]+", told)[0].replace(",", "").replace(".", ""))  # type: ignore[index]


def names(page: Page) -> list[str]:
    """The documents of the list as far as it is shown, folder and file put together."""
    pairs = page.locator("#list tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('.title bdi')].map(part => part.textContent))"
    )
    return [f"{folder}/{name}" if folder else name for name, folder in pairs]


def facet(page: Page, group: str, name: str) -> int:
    button = page.locator(f"#{group} button", has_text=name).first
    return int(button.locator(".count").inner_text().replace(",", "").replace(".", ""))


def press(page: Page, group: str, name: str) -> None:
    page.locator(f"#{group} button", has=page.get_by_text(name, exact=True)).click()


def groups_of(row: Triage) -> set[str]:
    return {REASONS[reason.code][0] for reason in row.reasons}


# ---- thousands of documents


def test_thousands_are_counted_ranked_and_filtered(opened: Opened) -> None:
    page = opened(MANY)
    assert total(page) == len(MANY)
    assert names(page) == [shown(row.name) for row in ranked(MANY)[:PAGE]]
    for state in ("failed", "poor", "review", "good"):
        assert facet(page, "states", label(f"state-{state}", "en")) == sum(row.state == state for row in MANY)
    press(page, "states", "poor")
    poor = [row for row in MANY if row.state == "poor"]
    assert total(page) == len(poor)
    for group in ("words", "missing", "unreadable", "pages-failed"):
        counted = sum(group in groups_of(row) for row in poor)
        assert facet(page, "groups", label(f"group-{group}", "en")) == counted > 0
    press(page, "groups", label("group-missing", "en"))
    both = [row for row in poor if "missing" in groups_of(row)]
    assert total(page) == len(both)
    # Grades are counted as if none was chosen, so that one can be added.
    missing = [row for row in MANY if "missing" in groups_of(row)]
    assert facet(page, "states", "needs review") == sum(row.state == "review" for row in missing)
    assert page.locator("#totals b").nth(1).inner_text() == duration(
        sum(row.need_seconds for row in both), "en"
    )
    page.locator("#clear").click()
    assert total(page) == len(MANY)


def test_type_and_issuer_narrow_each_other(opened: Opened) -> None:
    page = opened(MANY)
    page.select_option("#type", label=f"Kế hoạch ({sum(row.doc_type == 'Kế hoạch' for row in MANY):,})")
    plans = [row for row in MANY if row.doc_type == "Kế hoạch"]
    assert total(page) == len(plans)
    unknown = [row for row in plans if row.issuer is None]
    page.select_option("#issuer", label=f"(unknown) ({len(unknown)})")
    assert total(page) == len(unknown)
    assert names(page) == [row.name for row in ranked(unknown)[:PAGE]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("giao duc", 2), ("GIÁO DỤC", 2), ("giao dục", 2), ("giạo dục", 0),
        ("so 12/KH", 1), ("so giao 12", 1), ("2019", 1), ("31/12/1999", 1),
        ("sổ 12", 0), ("dac biet", 1), ("đặc biệt", 1), ("   ", 3), ("[.*", 0),
    ],
)  # fmt: skip
def test_text_is_found_with_and_without_diacritics(opened: Opened, text: str, wanted: int) -> None:
    rows = (
        Triage("Đặc biệt/a.pdf", "good", number="12/KH-SGD", issuer="SỞ GIÁO DỤC", date="2019-01-02"),
        Triage("b.pdf", "good", number="7/QĐ-UBND", issuer="PHÒNG GIÁO DỤC", date="1999-12-31"),
        Triage("c.pdf", "good"),
    )
    page = opened(rows, "vi")
    page.fill("#search", text)
    page.wait_for_timeout(200)
    assert total(page) == wanted
    assert page.locator("#nothing").is_visible() == (wanted == 0)


def test_columns_sort_both_ways_and_say_so(opened: Opened) -> None:
    page = opened(MANY)
    head = page.locator("[data-sort=words]")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    sizes = [row.words for row in MANY if row.state != "failed"]
    column = page.locator("#list tbody tr td:nth-child(5)")
    assert [int(told.replace(",", "")) for told in column.all_inner_texts()] == sorted(sizes, reverse=True)[
        :PAGE
    ]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    page.locator("[data-sort=name] button").click()
    assert head.get_attribute("aria-sort") is None
    assert names(page)[0].startswith("Phòng 1/Hộp 01/")
    page.locator("[data-sort=need] button").click()
    assert names(page) == [row.name for row in ranked(MANY)[:PAGE]]


def test_paging_and_the_address_keep_the_place(opened: Opened) -> None:
    page = opened(MANY, address="#state=review&page=2")
    review = ranked([row for row in MANY if row.state == "review"])
    assert names(page) == [row.name for row in review[PAGE : 2 * PAGE]]
    page.click("[data-page=next]")
    page.reload()
    assert names(page) == [row.name for row in review[2 * PAGE : 3 * PAGE]]
    page.click("[data-page=last]")
    assert names(page)[-1] == review[-1].name
    assert page.locator("[data-page=next]").is_disabled()
    page.goto(page.url.partition("#")[0] + "#state=nonsense&page=-5&sort=constructor&type=%3Cb%3E")
    page.reload()
    assert total(page) == 0  # no document has a type of that name
    page.locator("#clear").click()
    assert total(page) == len(MANY)


def test_the_keyboard_suffices(opened: Opened) -> None:
    rows = (
        Triage("a.pdf", "poor", (Reason("page-failed", 1),)),
        Triage("b.pdf", "good"),
        failed("c.pdf", "broken"),
    )
    page = opened(rows)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "b.pdf/diff.html"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "a.pdf/diff.html"
    page.keyboard.press("/")
    page.keyboard.type("jk/")
    page.wait_for_timeout(200)
    assert page.input_value("#search") == "jk/"
    assert total(page) == 0
    page.keyboard.press("Shift+Tab")  # to the switch between light and dark, before the filters
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#theme").get_attribute("aria-pressed") == "true"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_keys_go_on_over_the_end_of_a_page(opened: Opened) -> None:
    rows = tuple(Triage(f"{number:03}.pdf", "good") for number in range(PAGE + 2))
    page = opened(rows)
    page.locator("th a").last.focus()
    for key, expected in (("j", PAGE), ("j", PAGE + 1), ("j", PAGE + 1), ("k", PAGE), ("k", PAGE - 1)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == f"{expected:03}.pdf/diff.html"


# ---- what comes from documents


@pytest.mark.parametrize("script", [True, False])
def test_hostile_names_are_shown_and_not_run(browser: Browser, tmp_path: Path, script: bool) -> None:
    opened = Opened(browser, tmp_path, java_script_enabled=script)
    rows = [Triage(name, "review", (Reason("words", 1),), name, name, name, name) for name in HOSTILE]
    bad = failed("broken.pdf", "reason: </script><script>document.title='run'</script>\u202e")
    page = opened((*rows, bad))
    assert page.title() == label("title", "en")
    assert page.locator("b", has_text="bold").count() == page.locator("img").count() == 0
    text = page.locator("body").inner_text()
    for told in (*HOSTILE, bad.error):
        assert shown(told).rpartition("/")[2] in text
    links = page.locator("th a").evaluate_all("all => all.map(one => one.href)")
    assert {link.rpartition("/")[0].rpartition("summary.html")[2] for link in links}.isdisjoint({""})
    opened.context.close()
    assert opened.faults == []


def test_links_lead_to_the_results_of_hostile_names(opened: Opened, tmp_path: Path) -> None:
    name = "a&amp;b#c?d%41 “é”.pdf"
    (tmp_path / "x" / name).mkdir(parents=True)
    for file in ("diff.html", "restored.txt"):
        (tmp_path / "x" / name / file).write_text(f"<title>{file}</title>", "utf-8")
    page = opened((Triage(f"x/{name}", "good", words=3),))
    link = page.locator("th a").evaluate("one => one.href")
    opened.faults.clear()
    page.goto(link)
    assert page.title() == "diff.html"
    opened.faults.clear()


def test_the_data_holds_no_markup_and_the_policy_nothing_from_elsewhere() -> None:
    html = triage_html([Triage(name, "good") for name in HOSTILE])
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data
    assert "<" not in data[1]
    assert {row[0] for row in json.loads(data[1])["rows"]} == set(HOSTILE)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]
    assert "http" not in re.sub(r"http-equiv|http://www\.w3\.org/2000/svg", "", html)


def test_another_script_is_refused(opened: Opened) -> None:
    page = opened((Triage("a.pdf", "good"),))
    page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'document.title = 1';"
        " document.body.append(script); }"
    )
    assert page.title() == label("title", "en")
    assert any("Content Security Policy" in fault for fault in opened.faults)
    opened.faults.clear()


def test_without_script_the_worst_are_a_table(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, java_script_enabled=False)
    page = opened(MANY)
    heads = page.locator("main.plain tbody th a, main.plain tbody th > bdi")
    assert heads.all_inner_texts() == [row.name for row in ranked(MANY)[:WITHOUT_SCRIPT]]
    opened.context.close()


# ---- its looks


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.lang = dict(attrs)["lang"] or ""


@pytest.mark.parametrize(
    ("lang", "expected"), [("vi", ["Tình trạng", "≈ 2 phút", "1.234"]), ("en", ["Grade", "≈ 2 min", "1,234"])]
)
def test_it_speaks_both_languages(opened: Opened, lang: str, expected: list[str]) -> None:
    rows = (Triage("a.pdf", "review", (Reason("words", 15),), date="2023-04", words=1234),)
    page = opened(rows, lang)
    text = page.locator("body").inner_text()
    assert all(told in text for told in expected)
    assert ("04/2023" if lang == "vi" else "2023-04") in text
    assert Words(page.content()).lang == lang
    assert "undefined" not in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_times_are_said_alike_with_and_without_script(opened: Opened, lang: Language) -> None:
    counts = (0, 1, 3, 13, 24, 68, 700, 719, 720, 1300, 2500, 6000, 9999, 70_000)
    rows = tuple(
        Triage(f"{count}.pdf", "review", (Reason("unreadable-field", count),) if count else ())
        for count in counts
    )
    page = opened(rows, lang)
    column = page.locator("#list tbody td:nth-child(3)").all_inner_texts()
    assert column == [duration(row.need_seconds, lang) for row in ranked(rows)]


@pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", (1366, 768)), ("dark", (1920, 1080)), ("dark", (800, 600)), ("light", (480, 800))],
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, tmp_path: Path, scheme: str, size: tuple[int, int]
) -> None:
    opened = Opened(browser, tmp_path, color_scheme=scheme, bypass_csp=True)  # axe is a script of its own
    page = opened(MANY[:40], "vi")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    press_first = (
        "document.querySelector('#filters').open = true; document.querySelector('#states button').click()"
    )
    page.evaluate(press_first)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    opened.context.close()


def test_the_data_is_small() -> None:
    data = json.dumps(page_data(MANY, "vi"), ensure_ascii=False, separators=(",", ":"))
    assert len(data.encode()) / len(MANY) < 400


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "the 40 documents that need a person most, of 5,000"),
        ("vi", "40 văn bản cần người xem nhất trong 5.000"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_that_shows_not_all_says_so(
    browser: Browser, tmp_path: Path, lang: str, told: str, scripts: bool
) -> None:
    path = tmp_path / "summary.html"
    path.write_text(triage_html(iter(MANY), lang, most=40), "utf-8")
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(path.as_uri())
    shown = page.locator(".others:visible")
    assert shown.count() == 1
    assert told in shown.inner_text()
    assert "restore search" in shown.inner_text()
    assert page.locator(".list:visible tbody tr").count() == 40
    assert 'class="others"' not in triage_html(MANY[:40], lang, most=40)
    context.close()
