"""``restore diff`` from the command line: every sort of side, folders against folders, what it says and writes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from restore.cli.program import main
from restore.edit import Edit, apply
from restore.output import edits_jsonl
from tests.browser import axe_violations, chromium, needs_browser, opened
from tests.diff_pages import DiffPage
from tests.pdfs import one_page

EVIL = "<img src=x onerror=alert(1)>"
ORIGINAL, PROGRAM, RESTORED = "Kiin An, ngay 5", "Kiến An, ngay 5", "Kiến An, ngày 5"


class Done(NamedTuple):
    code: int
    out: str
    err: str


Diff = Callable[..., Done]


@pytest.fixture
def diff(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Diff:
    def run(*arguments: object, lang: str = "en") -> Done:
        monkeypatch.setenv("RESTORE_LANG", lang)
        code = main(["diff", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run


def text(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def results(folder: Path, *, decided: bool = True) -> Path:
    """The results of one document as a batch writes them, after a reviewer's decision."""
    told: dict[str, Any] = {"kind": "letter", "source": "model", "confidence": 0.9, "status": "auto"}
    own = Edit(start=0, end=4, before="Kiin", after="Kiến", **told)
    text(folder / "original.txt", ORIGINAL)
    text(folder / "restored.txt", RESTORED if decided else PROGRAM)
    if decided:
        text(folder / "edits.auto.jsonl", edits_jsonl([own]))
    assert apply(ORIGINAL, [own]) == PROGRAM
    return folder


def layer(path: Path, said: str) -> Path:
    """A PDF of one page with a text layer of plain letters."""
    drawn = f"BT /F1 12 Tf 72 700 Td ({said}) Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(one_page(drawn, font, resources="/Font << /F1 5 0 R >>"))
    return path


@pytest.fixture
def sides(tmp_path: Path) -> dict[str, list[object]]:
    """Each sort of side that holds ORIGINAL, with the options that it needs, to stand on the left."""
    return {
        "text": [text(tmp_path / "a.txt", ORIGINAL)],
        "pdf": [layer(tmp_path / "a.pdf", ORIGINAL)],
        "results": [results(tmp_path / "out" / "b.pdf"), "--left-text", "original"],
    }


@pytest.mark.parametrize("kind", ["text", "pdf", "results"])
def test_a_side_may_be_a_text_a_layer_or_results(
    sides: dict[str, list[object]], kind: str, diff: Diff, tmp_path: Path
) -> None:
    left, *options = sides[kind]
    found = json.loads(diff(left, text(tmp_path / "gold.txt", RESTORED), "--json", *options).out)
    assert [(d["left"], d["right"]) for d in found["differences"]] == [("Kiin", "Kiến"), ("ngay", "ngày")]
    turned = [str(option).replace("left", "right") for option in options]
    found = json.loads(diff(tmp_path / "gold.txt", left, "--json", *turned).out)
    assert [(d["left"], d["right"]) for d in found["differences"]] == [("Kiến", "Kiin"), ("ngày", "ngay")]


def test_each_text_of_results_can_be_chosen(tmp_path: Path, diff: Diff) -> None:
    folder = results(tmp_path / "b.pdf")

    def differing(*options: str) -> list[str]:
        return [d["right"] for d in json.loads(diff(folder, folder, "--json", *options).out)["differences"]]

    assert differing("--left-text", "original") == ["Kiến", "ngày"]
    assert differing("--left-text", "original", "--right-text", "program") == ["Kiến"]
    assert differing("--left-text", "program") == ["ngày"]
    assert differing() == []
    untouched = results(tmp_path / "c.pdf", decided=False)
    assert json.loads(diff(untouched, untouched, "--json", "--left-text", "program").out)["differences"] == []


def test_standard_input_is_a_side(tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ORIGINAL.encode())))
    assert "Kiin → Kiến" in diff("-", text(tmp_path / "gold.txt", RESTORED)).out


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    out, gold = tmp_path / "OUT", tmp_path / "gold"
    results(out / "2023" / "a.pdf")
    results(out / f"b {EVIL}.tif", decided=False)
    results(out / "alone.pdf")
    text(gold / "2023" / "a.gold.txt", RESTORED)
    text(gold / f"b {EVIL}.txt", RESTORED)
    text(gold / "missing.txt", "x")
    return out, gold


def test_folders_are_compared_by_name_and_summed_up(folders: tuple[Path, Path], diff: Diff) -> None:
    done = diff(*folders)
    assert done.code == 0
    lines = done.out.splitlines()
    assert "2023/a.pdf → 2023/a.gold.txt: the same" in lines[1]
    assert lines[2].split()[:3] == ["4", "1", "25.0%"]
    assert lines[3:] == [
        "only on the left: alone.pdf",
        "only on the right: missing.txt",
        "2 documents, 8 words, 1 words differ (12.5%): tone 1",
    ]
    found = json.loads(diff(*folders, "--json").out)
    assert found["only_left"] == ["alone.pdf"]
    assert found["totals"] == {
        "documents": 2,
        "failed": 0,
        "words": 8,
        "changed": 1,
        "share": 0.125,
        "counts": {"tone": 1},
    }
    assert found["documents"][1]["differences"][0]["right"] == "ngày"
    assert json.loads(diff(*folders, "--json", "--only", "case").out)["totals"]["changed"] == 0


def test_folders_of_pdfs_stand_against_results(tmp_path: Path, diff: Diff) -> None:
    layer(tmp_path / "in" / "a.pdf", ORIGINAL)
    results(tmp_path / "OUT" / "a.pdf")
    found = json.loads(diff(tmp_path / "in", tmp_path / "OUT", "--json").out)
    assert [(d["left"], d["right"]) for d in found["documents"]] == [("a.pdf", "a.pdf")]
    assert found["totals"]["changed"] == 2


def test_one_that_cannot_be_read_never_stops_the_rest(
    folders: tuple[Path, Path], diff: Diff, tmp_path: Path
) -> None:
    out, gold = folders
    (gold / "2023" / "a.gold.txt").unlink()
    (gold / "2023" / "a.pdf").write_bytes(one_page(""))  # no text layer
    done = diff(out, gold, "-o", tmp_path / "pages")
    assert done.code == 6
    assert "there is no text layer" in done.out
    assert "25.0%" in done.out
    assert len(list((tmp_path / "pages").rglob("*.html"))) == 2
    found = json.loads(diff(out, gold, "--json").out)
    assert [("error" in row, "words" in row) for row in found["documents"]] == [(True, False), (False, True)]
    assert found["totals"]["failed"] == 1


def test_pages_and_their_list_are_written(folders: tuple[Path, Path], diff: Diff, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    done = diff(*folders, "-o", pages, "--lang", "vi")
    assert done.code == 0
    assert str(pages / "index.html") in done.err
    written = {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()}
    assert written == {"index.html", "2023/a.pdf.html", f"b {EVIL}.tif.html"}
    page = DiffPage((pages / "2023" / "a.pdf.html").read_text("utf-8"))
    assert page.with_class("up")[0]["href"] == "../index.html"
    index = (pages / "index.html").read_text("utf-8")
    assert EVIL not in index
    assert "Chỉ có ở bên trái" in index
    assert diff(*folders, "-o", pages, "--lang", "vi").code == 0  # again, over the first
    assert (pages / "index.html").read_text("utf-8") == index


def test_what_goes_wrong_says_what_to_do(folders: tuple[Path, Path], diff: Diff, tmp_path: Path) -> None:
    out, gold = folders
    wrong = diff(out, gold, "-o", tmp_path / "report.html")
    assert wrong.code == 2
    assert "-o report" in wrong.err
    assert diff(out, gold, "-o", gold).code == 2
    assert diff(out, gold, "-o", gold / "pages").code == 2  # it would be part of the next comparison
    one = diff(out, gold / "missing.txt")
    assert one.code == 3
    assert "Name the document" in one.err
    (tmp_path / "empty").mkdir()
    assert "there are no texts here" in diff(tmp_path / "empty", gold).err
    gone = diff(tmp_path / "nowhere", gold)
    assert gone.code == 3
    assert "nowhere: there is no such file" in gone.err
    other = text(tmp_path / "other" / "z.txt", "z").parent
    assert "no two documents" in diff(gold, other).err
    kind = diff(out, gold, "--only", "tone,hat")
    assert kind.code == 2
    assert "hat" in kind.err
    assert "punctuation" in kind.err
    assert diff(out, gold, "--context", "-1").code == 2
    assert not (tmp_path / "report.html").exists()


def test_context_and_kinds_on_the_terminal(tmp_path: Path, diff: Diff) -> None:
    left = text(tmp_path / "l.txt", "một\nhai ba\nquan 5\nbốn\n")
    right = text(tmp_path / "r.txt", "một\nHai ba\nquận 5\nbốn\n")
    said = diff(left, right, "--only", "mark", "--context", "1").out
    assert "   2   hai ba\n   3 - [-quan-] 5" in said
    assert "   4   bốn" in said
    assert said.endswith("1 differences: mark 1\n")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@needs_browser
def test_the_list_of_documents_is_sorted_filtered_and_linked(
    browser: Any, folders: tuple[Path, Path], diff: Diff, tmp_path: Path
) -> None:
    out, gold = folders
    text(gold / "alone.txt", "Khác hẳn một hai ba")
    assert diff(out, gold, "-o", tmp_path / "pages").code == 0
    with opened(browser, tmp_path / "pages" / "index.html", bypass_csp=True) as page:
        names = page.locator("tbody tr:not([hidden]) th")
        assert [name.split(" ")[0] for name in names.all_inner_texts()] == ["alone.pdf", "b", "2023/a.pdf"]
        page.get_by_role("button", name="document").click()
        assert [name.split(" ")[0] for name in names.all_inner_texts()] == ["2023/a.pdf", "alone.pdf", "b"]
        assert page.locator("th[aria-sort=ascending]").inner_text().startswith("document")
        page.get_by_label("Only those that differ").check()
        assert names.count() == 2
        page.locator("[data-kind=tone]").click()
        assert [name.split(" ")[0] for name in names.all_inner_texts()] == ["b"]
        assert page.locator("output").inner_text() == "1 / 3"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe_violations(page) == []
        page.locator("tbody a:visible").click()
        assert page.locator("ins").inner_text() == "ngày"
        page.get_by_role("link", name="All documents").click()
        assert page.locator("tbody tr").count() == 3
