"""Differences by kind, the rows they stand on, and how the terminal, JSON and the browser show them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.edit import Edit, apply
from restore.field import Provenance
from restore.review.align import align
from restore.review.diff import KINDS, as_json, classify, counts, diff, rows
from restore.review.html import render_html
from restore.review.labels import LABELS, label
from tests.diff_pages import DiffPage

CASES = json.loads((Path(__file__).parent / "cases" / "review" / "kinds.json").read_text(encoding="utf-8"))
ORIGINAL = "KEHOACH\n\nthi dna xay dvng quan KiSnAn 771KH ngay\n20 thang 4\n"


def edit(start: int, before: str, after: str, kind: str, **more: object) -> Edit:
    told = {"source": "model", "confidence": 0.9, "status": "auto"} | more
    return Edit(start=start, end=start + len(before), before=before, after=after, kind=kind, **told)


EDITS = (
    edit(0, "KEHOACH", "KẾ HOẠCH", "split", source="phrase"),
    edit(13, "dna", "đua", "letter", confidence=0.62, status="review", alternatives=("đưa", "dưa")),
    edit(17, "xay", "xây", "mark", confidence=0.999),
    edit(21, "dvng", "dựng", "letter", source="shortlist"),
    edit(31, "KiSnAn", "Kiến An", "mixed", source="gazetteer", confidence=1.0, page=1),
    edit(38, "771KH", "77/KH", "number", source="number", confidence=0.7, status="suggested"),
)
RESTORED = apply(ORIGINAL, EDITS)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['left']}-{case['right']}" for case in CASES])
def test_kinds(case: dict[str, str]) -> None:
    assert classify(case["left"], case["right"]) == case["kind"]


@given(st.text("aáâấd đĐ.~1I", max_size=12), st.text("aáâấd đĐ.~1I", max_size=12))
def test_every_pair_of_texts_has_a_kind(left: str, right: str) -> None:
    assert classify(left, right) in KINDS


def test_kinds_are_labelled_in_both_languages() -> None:
    for key in (*KINDS, "auto", "review", "suggested", "confirmed"):
        assert LABELS[key].vi
        assert LABELS[key].en
        assert LABELS[key].vi != LABELS[key].en


def test_nothing_differs() -> None:
    assert diff("Kế hoạch\nnăm 2023", "Kế  hoạch năm\n2023\n") == ()


def test_differences_name_their_places() -> None:
    left, right = "xanh\nquan KiSnAn xyz", "xanh\nquận Kiến An\nmới nữa"
    found = diff(left, right)
    assert [d.kind for d in found] == ["mark", "mixed", "mixed"]
    for difference in found:
        assert left[difference.left_start : difference.left_end] == difference.left
        assert right[difference.right_start : difference.right_end] == difference.right
        assert difference.left_line == left.count("\n", 0, difference.left_start) + 1
    assert [(d.left, d.right) for d in found[1:]] == [("KiSnAn", "Kiến An"), ("xyz", "mới nữa")]
    added = diff("xanh sạch", "xanh rất là cực kỳ sạch")
    assert [(d.kind, d.right, d.left_start) for d in added][:2] == [
        ("insertion", "rất", 4),
        ("insertion", "là", 4),
    ]


def test_normal_form_is_the_only_difference() -> None:
    found = diff(unicodedata.normalize("NFD", "Kiến An"), "Kiến An")
    assert [d.kind for d in found] == ["encoding"]


def test_json_counts_what_it_lists() -> None:
    found = diff(ORIGINAL, RESTORED)
    content = json.loads(json.dumps(as_json(found)))
    assert sum(content["counts"].values()) == len(content["differences"]) == len(found)
    assert content["differences"][0]["kind"] == "split"
    assert list(counts(found)) == [kind for kind in KINDS if kind in counts(found)]


texts = st.text("aáâ bđĐ.~1\n", max_size=60)


@given(texts, texts)
def test_rows_hold_every_word_once_and_in_order(left: str, right: str) -> None:
    table = rows(align(left, right))
    assert " ".join(piece.text for row in table for piece in row.left).split() == left.split()
    assert " ".join(piece.text for row in table for piece in row.right).split() == right.split()
    numbers = [row.left_number for row in table if row.left_number]
    assert all(one < other for one, other in pairwise(numbers))


def test_rows_keep_the_lines_of_left_wherever_right_broke_them() -> None:
    table = rows(align("một hai\nba bốn\n\nnăm", "một\nhai ba\nbốn\nmột dòng mới\nnăm"))
    shown = [(row.left_number, " ".join(piece.text for piece in row.right), row.gap) for row in table]
    assert shown == [
        (1, "một hai", False),
        (2, "ba bốn", False),
        (None, "một dòng mới", False),
        (4, "năm", True),
    ]


EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} &amp; </td>"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_escapes_everything(lang: str) -> None:
    evil = edit(0, "an", EVIL, "mixed", source=EVIL, status="review", alternatives=(EVIL,))
    original = "an " + EVIL
    restored = apply(original, [evil])
    for html in (
        render_html(original, restored, EVIL, lang, [evil]),
        render_html(original, restored, EVIL, lang, up=EVIL),
    ):
        page = DiffPage(html)
        kinds = [attributes.get("type") for tag, attributes in page.tags if tag == "script"]
        assert kinds.count(None) == 1  # all others are data, which no browser runs
        assert set(kinds) == {None, "application/json"}
        assert not any(tag == "img" or "onerror" in attributes for tag, attributes in page.tags)
        assert "49" not in html.split("<main>")[1]
        assert page.rows[0].left == " ".join(original.split())


def test_page_needs_nothing_else() -> None:
    html = render_html(ORIGINAL, RESTORED, "a", "vi", EDITS)
    page = DiffPage(html)
    links = [
        value for _, attributes in page.tags for key in ("src", "href") if (value := attributes.get(key))
    ]
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"https?:|@import|url\(|fetch\(|XMLHttpRequest", html)


def test_the_policy_lets_only_the_page_s_own_style_and_script_in() -> None:
    html = render_html(ORIGINAL, RESTORED, "a", "vi", EDITS)
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<[^>]* (?:style|on\w+)=", html)


@given(texts, texts)
def test_sides_hold_the_texts(left: str, right: str) -> None:
    page = DiffPage(render_html(left, right, "a", "en"))
    assert " ".join(row.left for row in page.rows).split() == left.split()
    assert " ".join(row.right for row in page.rows).split() == right.split()
    numbers = [left.split("\n")[row.left_number - 1].split() for row in page.rows if row.left_number]
    assert numbers == [row.left.split() for row in page.rows if row.left_number]


@given(texts, texts)
def test_marks_are_the_differences(left: str, right: str) -> None:
    page = DiffPage(render_html(left, right, "a", "en"))
    found = [(d.kind, d.left.split(), d.right.split()) for d in diff(left, right)]
    assert sorted((mark.kind, mark.left, mark.right) for mark in page.marks) == sorted(found)
    assert all(mark.state == "" and mark.told == [] for mark in page.marks)


def test_edits_tell_their_reasons() -> None:
    html = render_html(ORIGINAL, RESTORED, "plan.txt", "vi", EDITS)
    page = DiffPage(html)
    told = page.told
    assert [
        (" ".join(m.left), m.kind, m.state) for m in page.marks if m.state in ("review", "suggested")
    ] == [
        ("dna", "letter", "review"),
        ("771KH", "number", "suggested"),
    ]
    assert "độ tin cậy: 62 %" in told["dna → đua"]
    assert "cách đọc khác: đưa · dưa" in told["dna → đua"]
    assert "771KH → 77/KH" in told["771KH → 771KH"]
    assert "đề nghị, chưa sửa" in told["771KH → 771KH"]
    assert "trang: 1" in told["KiSnAn → Kiến An"]
    assert "độ tin cậy: 99,9 %" in told["xay → xây"]  # never rounded up to certainty
    assert {mark.left[0]: mark.changed for mark in page.marks} | {"dna": ""} == {
        "KEHOACH": "Ế Ạ", "dna": "", "xay": "â", "dvng": "ự", "KiSnAn": "ế ", "771KH": "",
    }  # fmt: skip
    assert [attributes["data-kind"] for attributes in page.with_class("chip") if "data-kind" in attributes] == [
        "mark", "letter", "split", "number", "mixed",
    ]  # fmt: skip
    assert [attributes["data-state"] for attributes in page.with_class("chip") if "data-state" in attributes] == [
        "review", "suggested", "auto",
    ]  # fmt: skip
    assert re.search(r"<dt>cần xem lại</dt><dd>2</dd>", html)


def test_a_confirmed_edit_names_its_reviewer() -> None:
    told = {"reviewer": "Lê Thị <An>", "source": "reviewer", "confidence": 1.0, "status": "confirmed"}
    signed = Edit(start=0, end=3, before="xay", after="xây", kind="mark", **told)  # type: ignore[arg-type]
    page = DiffPage(render_html("xay", "xây", "a", "vi", [signed]))
    assert page.marks[0].state == "confirmed"
    assert "người duyệt: Lê Thị <An>" in page.marks[0].told
    assert [a["data-state"] for a in page.with_class("chip") if "data-state" in a] == ["confirmed"]
    right = Edit(start=0, end=3, before="xay", after="xay", kind="same", **told)  # type: ignore[arg-type]
    page = DiffPage(render_html("xay", "xay", "a", "vi", [right], [Provenance(start=0, end=3)]))
    assert [(mark.kind, mark.state) for mark in page.marks] == [("kept", "review")]
    page = DiffPage(render_html("xay", "xay", "a", "vi", [right]))
    assert [(mark.kind, mark.state) for mark in page.marks] == [("kept", "confirmed")]


def test_doubtful_words_are_marked_and_counted() -> None:
    start = ORIGINAL.index("dna")
    places = [
        Provenance(page=4, start=start, end=start + 3),
        Provenance(page=4, start=len(ORIGINAL) + 1, end=len(ORIGINAL) + 5),
    ]
    original, restored = f"{ORIGINAL} trăm năm", f"{RESTORED} trăm năm"
    assert [original[place.start : place.end] for place in places] == ["dna", "trăm"]
    page = DiffPage(html := render_html(original, restored, "a", "en", EDITS, places))
    doubtful = [
        mark
        for mark in page.marks
        if mark.told[-2:] == ["read from the image with little certainty", "page: 4"]
    ]
    assert [(mark.kind, mark.state, mark.left) for mark in doubtful] == [
        ("letter", "review", ["dna"]),
        ("kept", "review", ["trăm"]),
    ]
    assert sum(mark.state in ("review", "suggested") for mark in page.marks) == 3
    assert re.search(r"<dt>to review</dt><dd>4</dd>", html)
    alone = render_html("trăm năm", "trăm năm", "a", "en", [], [Provenance(start=0, end=4)])
    assert "The two texts are the same" not in alone
    assert 'data-step="1"' in alone
    assert re.search(r"<dt>lines changed</dt><dd>0</dd>", alone)


def test_a_page_without_edits_counts_no_doubts() -> None:
    html = render_html(ORIGINAL, RESTORED, "a", "en")
    assert "<dt>to review</dt>" not in html
    assert "data-state=" not in html.split("<script>")[0]
    assert "words differ" in html
    assert "The two texts are the same" in render_html("an", "an", "a", "en")


def test_a_long_document_has_few_elements() -> None:
    """Elements are what a browser is slow with: three a line that changed, one a stretch that did not."""
    changed = render_html("quan an\n" * 3000, "quận ăn\n" * 3000, "a", "en")
    assert len(DiffPage(changed).tags) < 3 * 3000 + 400
    same = render_html("quận\n" * 3000, "quận\n" * 3000, "a", "en")
    assert len(DiffPage(same).tags) < 400


def test_edits_that_do_not_fit_are_an_error() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        render_html(ORIGINAL, RESTORED + ".", "a", "vi", EDITS)
    with pytest.raises(ValueError, match="overlap"):
        render_html(ORIGINAL, RESTORED, "a", "vi", [EDITS[0], EDITS[0]])


def test_labels_of_unknown_sources_stand_for_themselves() -> None:
    assert label("source-gazetteer", "vi") == "gazetteer"
