"""The page of a restored text: every change marked by its kind and by how sure it is, with its reasons at hand."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from restore.edit import Edit, EditKind, EditStatus
from restore.field import Provenance
from restore.pipeline import restore_text
from restore.review.html import render_restored
from restore.review.labels import label

ORIGINAL = "Uy ban quan\n\nngay 14112/2015 x<y"
RESTORED = "Ủy ban quận\n\nngày 14112/2015 x<y"


def edit(start: int, before: str, after: str, confidence: float, **more: object) -> Edit:
    status: EditStatus = "auto" if confidence >= 0.8 else "review"
    kind: EditKind = "mark"
    told = {"kind": kind, "source": "model", "status": status, "cost": 2.25} | more
    return Edit(
        start=start, end=start + len(before), before=before, after=after, confidence=confidence, **told
    )


EDITS = [
    edit(0, "Uy", "Ủy", 0.99),
    edit(7, "quan", "quận", 0.6, alternatives=("quán",)),
    edit(13, "ngay", "ngày", 0.9, kind="tone"),
    edit(18, "14112/2015", "14/12/2015", 0.85, kind="number", source="number", status="suggested", cost=None),
]


def page(lang: str = "en", **more: object) -> str:
    return render_restored(ORIGINAL, RESTORED, "a <b>", "vi" if lang == "vi" else "en", EDITS, **more)  # type: ignore[arg-type]


class Marks(HTMLParser):
    """The marked words of a page: text, classes, what is told."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str], str]] = []
        self.body = self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.body |= tag == "article"
        if tag == "ins" and self.body:
            self.inside = True
            self.found.append(("", set((given["class"] or "").split()), given["title"] or ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "ins"

    def handle_data(self, data: str) -> None:
        if self.inside:
            text, classes, told = self.found[-1]
            self.found[-1] = (text + data, classes, told)


def marks(html: str) -> dict[str, tuple[set[str], str]]:
    parser = Marks()
    parser.feed(html)
    return {text: (classes, told) for text, classes, told in parser.found}


def test_changes_are_marked_by_kind_and_certainty() -> None:
    found = marks(page())
    assert set(found) == {"Ủy", "quận", "ngày", "14112/2015"}
    assert found["Ủy"][0] >= {"c-sure"}
    assert found["ngày"][0] >= {"k-tone", "c-fair"}
    assert found["quận"][0] >= {"doubt", "review", "c-review"}
    assert found["14112/2015"][0] >= {"doubt", "suggested", "c-suggested"}


def test_the_card_tells_what_stood_there_and_why() -> None:
    _, told = marks(page())["quận"]
    assert told.startswith("quan → quận\n")
    for line in (
        "source: language and error model",
        "cost of the channel (nats): 2.2",
        "confidence: 60%",
        "other readings: quán",
    ):
        assert line in told
    assert "14112/2015 → 14/12/2015" in marks(page())["14112/2015"][1]
    assert "chi phí của kênh (nat): 2,2" in marks(page("vi"))["quận"][1]
    assert "cost" not in marks(page())["14112/2015"][1]


def test_the_legends_count_kinds_and_certainty() -> None:
    html = page()
    bands = re.search(r'<dl class="bands">(.*?)</dl>', html, re.DOTALL)
    assert bands is not None
    assert re.findall(r">([^<>]+)</ins> (\d+)", bands[1]) == [
        (label(f"band-{band}", "en"), "1") for band in ("sure", "fair", "review", "suggested")
    ]
    assert 'data-kind="tone"' in html


def test_an_unchanged_word_in_doubt_is_marked() -> None:
    place = Provenance(start=29, end=32)
    classes, told = marks(page(doubtful=[place]))["x<y"]
    assert classes >= {"doubt", "review"}
    assert told == "no sure reading was found"


def test_the_page_keeps_the_lines_escapes_the_text_and_needs_no_network() -> None:
    html = page()
    article = html[html.index("<article") :]
    assert article.count("<p") == 2
    assert '<p class="gap">' in article
    assert "x&lt;y" in article
    assert "a &lt;b&gt;" in html
    assert "://" not in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_edits_that_do_not_lead_there_are_an_error() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        render_restored(ORIGINAL, ORIGINAL, "a", "en", EDITS)


def test_a_restored_text_shows_all_its_edits() -> None:
    done = restore_text("Can cu Luat to chuc chinh quyen, s6 12 cua quan KiSnAn")
    html = render_restored(done.original, done.restored, "a", "en", done.edits)
    text = re.sub(r"<[^>]+>", "", html[html.index("<article") : html.index("</article>")])
    assert done.restored.split() == text.split()
