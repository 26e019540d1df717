"""The archivist's way through a real batch, each step by the program that people run: read, review, rule, run again, hand over."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
HARD = ROOT / "samples" / "ke-hoach-hard" / "scan.tif"
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no browser")
ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}
CORRECTED = "Xửlý"  # what no engine reads: where it stands, it came from the reviewer


def restore(*words: str | Path, out: bool = False) -> str:
    """Run the program as people do; its standard output, or what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "restore", *map(str, words), "--lang", "en"],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout if out else done.stderr


@contextmanager
def reviewing(out: Path) -> Iterator[Page]:
    """``restore review`` and a browser at the address that it says; both end as people end them."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "restore", "review", str(out), "--no-browser", "--lang", "en"],
        cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert desk.stderr
    found = None
    while found is None:
        line = desk.stderr.readline()
        assert line, "the desk ended"
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", line)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(found[0])
            page.locator("dialog[open] input").fill("Nguyễn Thị Lan")
            page.keyboard.press("Enter")
            yield page
            browser.close()
    finally:
        desk.send_signal(signal.SIGINT)
        _, said = desk.communicate(timeout=60)
        assert desk.returncode == 0, said


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files with the same page: what was misread in one was misread in the other."""
    folder = tmp_path_factory.mktemp("scans")
    with Image.open(HARD) as file:
        page = next(frame.copy() for index, frame in enumerate(ImageSequence.Iterator(file)) if index == 2)
    page.save(folder / "mot.png", dpi=(200, 200))
    page.save(folder / "hai.png", dpi=(200, 200), compress_level=1)
    return folder


def to_a_repeated_doubt(page: Page) -> str:
    """By keyboard to the least certain word of letters, and what it says."""
    expect(page.locator("#now")).not_to_be_empty()
    for _ in range(40):
        word = page.locator("#now").inner_text()
        if word.strip(".,:;").isalpha():
            return word
        page.keyboard.press("n")
        page.wait_for_timeout(150)
    raise AssertionError("no doubt is a word")


def restored(out: Path, name: str) -> list[str]:
    return (out / name / "restored.txt").read_text("utf-8").split()


def test_a_batch_from_scan_to_archive(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    restore("run", scans, "-o", out, "--jobs", "2")
    before = {name: restored(out, name) for name in ("mot.png", "hai.png")}
    with reviewing(out) as page:
        page.goto(page.url.partition("?")[0] + "document/mot.png")
        word = to_a_repeated_doubt(page)
        page.keyboard.press("e")  # correct it by keyboard
        page.keyboard.press("Control+A")
        page.keyboard.type(CORRECTED)
        page.keyboard.press("Enter")
        expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
        page.keyboard.press("a")  # make it a rule of this batch
        expect(page.locator("#always-rule")).to_contain_text(CORRECTED)
        page.keyboard.press("b")
        expect(page.locator("#toasts")).to_contain_text("this batch")
        page.goto(page.url.partition("/document/")[0] + "/document/hai.png")
        expect(page.locator("#text")).to_contain_text(CORRECTED)  # applied to the other document
    changed = {name: restored(out, name) for name in before}
    for name, words in before.items():
        assert changed[name] == [CORRECTED if one == word else one for one in words], name
    assert f"{word}\t{CORRECTED}\tNguyễn Thị Lan" in (out / "dictionary.tsv").read_text("utf-8")

    restore("run", scans, "-o", out, "--jobs", "2", "--overwrite")  # nothing decided is lost
    assert {name: restored(out, name) for name in before} == changed
    document = json.loads((out / "mot.png" / "document.json").read_text("utf-8"))
    assert document["review"]["reviewers"] == ["Nguyễn Thị Lan"]

    third = tmp_path / "third"  # a document that comes later is read with the rule
    third.mkdir()
    with Image.open(scans / "mot.png") as file:
        file.save(third / "ba.png", dpi=(200, 200), pnginfo=None, optimize=True)
    restore("run", third, "-o", out)
    edits = [json.loads(line) for line in (out / "ba.png" / "edits.jsonl").read_text("utf-8").splitlines()]
    assert [edit["after"] for edit in edits if edit["source"] == "rule"]

    restore("export", out, "--to", "pdf", "-o", tmp_path / "pdf")
    shown = subprocess.run(
        ["pdftotext", str(tmp_path / "pdf" / "hai.png.pdf"), "-"], capture_output=True, text=True, check=True
    )
    assert CORRECTED in shown.stdout.split()  # another program finds it
    assert len(set(changed["hai.png"]) - set(shown.stdout.split())) == 0
    restore("export", out, "--to", "jsonl", "-o", tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    assert sum(CORRECTED in line for line in lines) >= 2
    found = json.loads(restore("search", out, CORRECTED, "--json", out=True))
    assert {"mot.png", "hai.png"} <= {one["name"] for one in found["found"]}


def test_the_desk_ends_with_its_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Số: 5/KH-UBND\nKẾ HOẠCH\nI. MỤC ĐÍCH\n", "utf-8")
    restore("run", tmp_path / "a.txt", "-o", tmp_path / "out")
    with reviewing(tmp_path / "out") as page:
        expect(page.locator("main")).to_contain_text("a.txt")
    assert not (tmp_path / "out" / "a.txt" / "decisions.jsonl").exists()  # looking decides nothing
