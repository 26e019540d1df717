"""The same document from its text, from a born-digital PDF and from a scan."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from restore.bench.truth import MEASURES, Item
from restore.config import Config
from restore.document import Document
from restore.pipeline import parse_text, restore_file

SAMPLE = Path(__file__).parents[1] / "samples" / "ke-hoach-clean"
# A4, Times, two columns at the top and at the end: what a word processor prints.
_HYPHEN_RE = re.compile(r"(?<=\w)- (?=\w)")
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
@page {{ size: A4; margin: 20mm 20mm 20mm 30mm }}
body {{ font: 13pt Tinos, serif }} p {{ margin: 0 0 6pt; text-align: justify }} td {{ width: 50%; vertical-align: top }}
.head {{ text-align: center; white-space: pre-line }} table {{ width: 100% }}
</style><table><tr><td class="head">{left}</td><td class="head">{right}</td></tr></table>
<p class="head">{title}</p>{body}
<table><tr><td style="white-space: pre-line">{recipients}</td><td class="head">{signature}</td></tr></table>
"""


@pytest.fixture(scope="module")
def truth() -> str:
    return (SAMPLE / "truth.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def born_digital(truth: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as a browser prints it: text with fonts, no image."""
    if not shutil.which("chromium"):
        pytest.skip("no browser is installed")
    blocks = [block for block in truth.strip().split("\n\n") if not block.strip().isdigit()]
    left, number, right, date, title, *body = blocks
    *body, recipients, authority, name = body
    folder = tmp_path_factory.mktemp("digital")
    page = PAGE.format(
        left=html.escape(f"{left}\n{number}"),
        right=html.escape(f"{right}\n{date}"),
        title=html.escape(title),
        body="".join(f"<p>{html.escape(' '.join(block.split()))}</p>" for block in body),
        recipients=html.escape(recipients),
        signature=html.escape(f"{authority}\n\n\n\n{name}"),
    )
    (folder / "plan.html").write_text(page, encoding="utf-8")
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--no-pdf-header-footer", f"--print-to-pdf={folder / 'plan.pdf'}", str(folder / "plan.html")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "plan.pdf"


def essence(document: Document) -> dict[str, list[Item]]:
    """What the document says, without places; lines end elsewhere on other pages, also after the hyphen of a word."""
    return {
        component: [
            tuple(_HYPHEN_RE.sub("-", part) if isinstance(part, str) else part for part in item)
            for item in found(document)
        ]
        for _, component, _, found in MEASURES
    }


def differences(one: dict[str, list[Item]], other: dict[str, list[Item]]) -> dict[str, Any]:
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


def test_a_born_digital_pdf_gives_the_document_of_its_text(truth: str, born_digital: Path) -> None:
    read = restore_file(born_digital, Config()).document
    assert {page.source for page in read.pages} == {"text-layer"}
    assert differences(essence(parse_text(truth)), essence(read)) == {}


# What Tesseract misread in this scan, and what follows from it: "II." as "I.", "III." as "II.", and "GD&ĐT" once.
MISREAD = {"outline", "roles", "agencies", "abbreviations", "warnings"}


def test_a_clean_scan_gives_the_document_of_its_text(truth: str) -> None:
    read = restore_file(SAMPLE / "scan.pdf", Config()).document
    assert {page.source for page in read.pages} == {"tesseract"}
    text = essence(parse_text(truth))
    assert set(differences(text, essence(read))) <= MISREAD
    rows = [row[2] for row in essence(read)["outline"]]
    assert rows == [row[2] for row in text["outline"]]
    # What was misread is not hidden: the clerk's check names the number that stands there twice.
    assert "numbering-repeat" in {warning.code for warning in read.quality.warnings}
