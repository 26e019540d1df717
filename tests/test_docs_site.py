"""The documentation site: built strictly, complete, and at rest: none of its pages asks another host for anything."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from restore.export.formats import FORMATS
from tests.browser import chromium, needs_browser, opened
from tools import docs_site
from tools.docs_site import on_page_markdown

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# What a browser loads by itself; a link that a person may follow is none of it.
LOADED = "//script/@src | //img/@src | //iframe/@src | //link[@rel!='canonical']/@href | //object/@data | //source/@src"
# { action: "accept", keys: ["Enter"], shown: "⏎" }
_BINDING_RE = re.compile(
    r'\{ action: "[\w-]+", keys: \[((?:"[^"]*"(?:, )?)+)\](?:, shown: "([^"]+)")? \}',
)
SHOWN_KEYS = {"Escape": "Esc"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_built(site: Path) -> None:
    for page in DOCS.glob("*.md"):
        assert (site / page.with_suffix(".html").name).is_file(), page.name


def test_pages_load_nothing_from_another_host(site: Path) -> None:
    addresses = []
    for page in site.rglob("*.html"):
        addresses += html.fromstring(page.read_bytes()).xpath(LOADED)
    assert addresses
    assert [address for address in addresses if urlsplit(str(address)).netloc] == []
    styles = [style.read_text("utf-8") for style in site.rglob("*.css")]
    assert styles
    assert not [style for style in styles if re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", style)]


@needs_browser
def test_a_browser_that_opens_pages_asks_for_files_alone(site: Path) -> None:
    with chromium() as browser:
        for name in ("index", "library", "quality"):
            asked: list[str] = []
            with browser.new_context() as context:
                context.on("request", lambda request, asked=asked: asked.append(request.url))
                with opened(context, site / f"{name}.html") as page:  # type: ignore[arg-type]
                    assert page.locator("h1").count() == 1
            assert asked
            assert {urlsplit(address).scheme for address in asked} <= {"file", "data", "blob"}


def test_the_reference_is_made_from_the_docstrings(site: Path) -> None:
    page = html.fromstring((site / "library.html").read_bytes())
    names = set(page.xpath("//h3/@id"))
    assert {
        "restore.restore_text",
        "restore.restore_file",
        "restore.parse",
        "restore.results.Restored",
    } <= names
    text = page.text_content()
    assert "no text makes it fail" in text  # from the docstring of restore_text
    assert not page.xpath("//blockquote//blockquote")  # examples are code, not quotations of quotations


def test_figures_are_taken_from_the_page_where_they_are_written(site: Path) -> None:
    page = html.fromstring((site / "quality.html").read_bytes())
    assert len(page.xpath("//table")) == 4
    assert "<!-- t" not in (site / "quality.html").read_text("utf-8")


def test_examples_become_code() -> None:
    result = doctest.testmod(docs_site)
    assert result.attempted > 0 and result.failed == 0


def test_a_figure_or_a_file_that_is_not_there_stops_the_building() -> None:
    for text in (
        "<!-- table 1: scans.md: No such heading -->",
        "<!-- table 9: scans.md: How well -->",
        "[x](../no/file)",
    ):
        with pytest.raises(Exception, match="no"):
            on_page_markdown(text)
    assert on_page_markdown("[data](../samples/README.md)") == "`samples/README.md`"


def test_the_table_of_keys_has_those_of_the_desk() -> None:
    code = (ROOT / "restore" / "desk" / "static" / "keys.js").read_text("utf-8")
    expected = []
    for keys, shown in _BINDING_RE.findall(code):
        names = [SHOWN_KEYS.get(key, key) for key in re.findall(r'"([^"]+)"', keys)]
        own = [shown] if shown else [name for name in names if name.strip()]
        expected.append(", ".join(own).replace("ctrl+", "Ctrl+"))
    table = (
        (DOCS / "review.md").read_text("utf-8").partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    )
    rows = re.findall(r"^\| (.+?) \| .+? \|$", table, re.MULTILINE)
    assert len(expected) == len(re.findall(r"\{ action: .*keys:", code)) > 20
    assert rows[1:] == expected


def test_every_format_stands_in_the_page_of_exports() -> None:
    page = (DOCS / "exports.md").read_text("utf-8")
    assert [form for form in FORMATS if f"`{form}`" not in page] == []
