"""Speed is measured in CPU seconds, by turns, in fresh processes; how fast a machine is, is no test."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from restore.bench import scans as scans_module
from restore.bench import speed as module
from restore.bench.labels import LABELS
from restore.bench.peers import restorers
from restore.bench.scans import Score
from restore.bench.speed import WORDS_A_PAGE, find_sources, in_fresh_process, measure_speed, restored_by
from restore.bench.steps import REST, Taken, taken
from restore.cli.program import main
from restore.config import Config
from restore.errors import InputError
from restore.review.metrics import evaluate
from restore.timing import collecting, read_by, timed
from tools import plot_speed

DAMAGED = "Uy ban nhan dan thanh pho\nthuc hien ke hoach"
GOLD = "Ủy ban nhân dân thành phố\nthực hiện kế hoạch"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "a.gold.txt").write_text(GOLD, "utf-8")
    (tmp_path / "b.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "c.txt").write_text("Kế hoạch số 5", "utf-8")
    return tmp_path


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way in this process: fresh ones take seconds to start."""

    def call(work: Callable[..., Any], *arguments: object) -> object:
        return work(*arguments)

    monkeypatch.setattr(module, "in_fresh_process", call)


def test_steps_can_be_measured_by_another_clock() -> None:
    now = [0.0]

    def work() -> None:
        with timed("clean"):
            now[0] += 3

    with read_by(lambda: now[0]), collecting() as steps:
        work()
    assert steps == {"clean": 3}
    with collecting() as steps:
        work()
    assert 0 < steps["clean"] < 1


def test_a_batch_is_parted_into_steps_and_a_rest(folder: Path) -> None:
    began = time.process_time()
    found = taken([folder / "a.txt"])
    whole = time.process_time() - began
    assert {"structure", "write", REST} <= set(found.steps)
    assert 0 < found.seconds <= whole
    assert all(seconds >= 0 for seconds in found.steps.values())
    assert 10 < found.megabytes < 100_000


def test_a_file_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bench-batch-failed"):
        taken([tmp_path / "nothing.txt"])


def test_every_text_is_measured_once_and_judged_where_its_truth_is_known(folder: Path) -> None:
    found = find_sources([folder])
    assert [(text.path.name, text.gold) for text in found.texts] == [("a.txt", GOLD), ("c.txt", None)]
    assert found.scans == ()
    assert found.turns(2, None) == 2 * (1 + len(restorers()))
    with pytest.raises(InputError, match="no-bench-texts"):
        find_sources([folder / "nowhere"])


def test_a_way_is_judged_by_the_texts_whose_truth_is_known(folder: Path) -> None:
    texts = find_sources([folder]).texts
    seconds, wer = restored_by("commonest", texts)
    assert wer is not None
    assert 0 < wer < 1
    assert seconds >= 0
    assert restored_by("commonest", texts[1:])[1] is None


def test_every_round_gives_a_cost_of_every_way(folder: Path, here: None) -> None:
    turns: list[str] = []
    sources = find_sources([folder])
    (found,) = measure_speed(sources, Config(), 2, None, turns.append)
    assert len(turns) == sources.turns(2, None)
    assert [way.name for way in found.ways] == ["run", *restorers()]
    assert all(len(way.costs) == 2 for way in found.ways)
    assert found.pages == pytest.approx((len(DAMAGED.split()) + 4) / WORDS_A_PAGE)
    report = found.as_json()
    assert report["ways"]["run"]["against_restore"] == [1.0, 1.0, 1.0]
    least, median, most = report["ways"]["restore"]["cpu_seconds_a_page"]
    assert 0 < least <= median <= most
    assert sum(spread.median for spread in found.steps.values()) > 0
    assert list(found.steps) == sorted(found.steps, key=lambda name: -found.steps[name].median)


def test_scans_are_counted_by_pages_and_other_programs_stand_beside(
    tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [Image.new("L", (200, 100), 255) for _ in range(2)]
    pages[0].save(tmp_path / "two.tif", save_all=True, append_images=pages[1:])
    (tmp_path / "two.gold.txt").write_text(GOLD, "utf-8")
    scores = (Score("two", evaluate("Ủy ban", GOLD), 8, body=False, seconds=None),)
    ways = [scans_module.Way("tesseract", scores, 1.0, 50.0), scans_module.Way("restore", scores, 4.0, 50.0)]
    monkeypatch.setattr(module, "ways", lambda *arguments: iter(ways))
    monkeypatch.setattr(module, "taken", lambda paths, mode: Taken({"clean": 1.0, "recognize": 3.0}, 90.0))
    (found,) = measure_speed(find_sources([tmp_path]), Config(), 3, None, lambda name: None)
    assert (found.kind, found.pages, found.documents) == ("scan", 2, 1)
    assert [(way.name, way.costs) for way in found.ways] == [("run", (2.0,) * 3), ("tesseract", (0.5,) * 3)]
    assert {name: spread.median for name, spread in found.steps.items()} == {"recognize": 1.5, "clean": 0.5}
    assert found.ways[1].against(found.ways[0]).median == pytest.approx(0.25)
    assert found.ways[1].wer == pytest.approx(scores[0].scores.wer)


def test_a_fresh_process_is_another_one() -> None:
    assert in_fresh_process(os.getpid) != os.getpid()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_verb_shows_steps_ways_and_machine(
    folder: Path, here: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("RESTORE_LANG", lang)
    assert main(["bench", "speed", str(folder), "--repeats", "1"]) == 0
    shown = capsys.readouterr().out
    for expected in (
        "write",
        *(getattr(LABELS[name], lang).split()[0] for name in ("trigram", "core")),
        "processors",
    ):
        assert expected in shown


def test_what_was_measured_is_written_into_the_docs(
    folder: Path, here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "speed", str(folder), "--repeats", "1", "--json"]) == 0
    report = folder / "speed.json"
    report.write_text(capsys.readouterr().out, "utf-8")
    docs = folder / "docs"
    docs.mkdir()
    marks = "".join(
        f"<!-- measured: {name} -->\nold\n<!-- /measured -->\n"
        for name in ("speed-machine", "text-steps", "text-ways", "batch-parts")
    )
    (docs / "speed.md").write_text(marks, "utf-8")
    plot_speed.main(docs, [f"speed={report}"])
    page = (docs / "speed.md").read_text("utf-8")
    assert page.count("old") == 1  # no batch was measured this time
    assert "| `write` |" in page
    assert "| restore run |" in page
    picture = etree.fromstring((docs / "speed.svg").read_bytes())
    expected = plot_speed.pieces_of(json.loads(report.read_text("utf-8"))["text"])
    boxes = [box for box in picture.iter("{*}rect") if box.find("{*}title") is not None]
    drawn = {
        str(box.findtext("{*}title")).split()[0]: float(box.get("width")) for box in boxes[: len(expected)]
    }
    assert list(drawn) == list(expected)
    assert drawn["correct"] / drawn["diff"] == pytest.approx(expected["correct"] / expected["diff"], rel=0.1)


def test_a_table_without_a_place_is_not_lost(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    page.write_text("nothing here", "utf-8")
    with pytest.raises(ValueError, match="text-steps"):
        plot_speed.told(page, {"text-steps": "| a |"})


def _batch_report() -> dict[str, Any]:
    part = {
        "pages": 10, "pages_per_second": 2.0, "cpu_seconds_a_page": 0.3, "coordinator_megabytes": 50.0,
        "workers_megabytes": 200.0,
    }  # fmt: skip
    moments = [
        {"seconds": 60.0 * n, "pages": 50 * n, "coordinator_megabytes": 50.0, "workers_megabytes": 200.0}
        for n in range(3)
    ]
    return {
        "machine": {
            "processors": 2, "processor": "some", "memory_gigabytes": 8.0, "system": "Linux", "python": "3.11",
            "tesseract": "5.3", "load": 0.1,
        },
        "pages": 100, "jobs": 2, "words": 300, "seconds": 120.0, "pages_per_second": 0.8, "cpu_seconds_a_page": 0.3,
        "coordinator_cpu_seconds_a_page": 0.001, "processors_busy": 1.9, "processors_of_others": 0.1,
        "steps": {"correct": 0.15, "write": 0.05},
        "stored_bytes_a_page": 1000, "parts": [part], "moments": moments,
        "verdicts": [{"name": "workers-memory", "measured": 0.2, "bound": 0.05, "kept": False}],
    }  # fmt: skip


def test_a_promise_that_is_not_kept_stands_out() -> None:
    tables = plot_speed.batch_tables(_batch_report())
    assert "| +20.0% | ≤ +5% | **no** |" in tables["batch-verdicts"]
    assert "100 pages (of 300 words in the body) in 2.0 minutes" in tables["batch-parts"]
    assert "| `write` | 50.0 | 25.0% |" in tables["batch-steps"]


def test_the_picture_of_a_batch_rises_with_its_pages() -> None:
    picture = etree.fromstring(plot_speed.batch_picture(_batch_report()).encode())
    *_, pages = (path.get("d") for path in picture.iter("{*}path") if path.get("stroke-width"))
    heights = [float(point.split()[1]) for point in pages.removeprefix("M").split("L")]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] - heights[-1] == pytest.approx(180)


def test_two_workers_have_a_row_a_round_and_their_median() -> None:
    pair = {
        "pages": 40, "seconds_one": 20.0, "seconds_two": 10.0, "speed_up": 2.0, "steady_speed_up": 1.98, "dearer": 1.01,
        "busy_two": 1.97, "others": 0.02,
    }  # fmt: skip
    slower = pair | {"speed_up": 1.8}
    report = {"machine": _batch_report()["machine"], "text": [pair, slower, slower], "scan": [pair]}
    rows = plot_speed.workers_tables(report)["workers"].split("\n")
    assert "| **text, median** | **20** | **10** | **1.8** |" in "\n".join(rows)
    assert sum(row.startswith("| 40 ") for row in rows) == 4
