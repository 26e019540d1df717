"""A long batch as it is watched from outside: what is made of the looks, and that the looks see what is there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

import pytest

from restore.bench import throughput as module
from restore.bench.cases import lay
from restore.bench.drawn import damaged, page, true_page, write_pages
from restore.bench.labels import LABELS
from restore.bench.surroundings import surroundings
from restore.bench.throughput import Batch, Pair, lay_scans, run_batch, verdicts
from restore.bench.watched import Moment, Watched, watch
from restore.cli import main
from restore.errors import InputError
from restore.language.lexicon import syllables
from restore.language.ngram import model_tokens
from restore.review.metrics import words_of

PAGES = 100
BURN = "import time\nbegan = time.process_time()\nwhile time.process_time() - began < {seconds}: pass\n"


def batch(
    *, seconds: float = 1.0, workers_grow: float = 0.0, page_dearer: float = 0.0, ledger: int = 500 * PAGES
) -> Batch:
    """A hundred pages, each done after so many seconds, with a look in the middle of each."""
    moments = [
        Moment(
            at=1000 + seconds * (number + 0.5),
            coordinator=50.0,
            workers=200.0 * (1 + workers_grow * number / PAGES),
            processes=2,
            cpu=(number + 0.5) * (1 + page_dearer * number / PAGES),
            coordinator_cpu=0.01 * number,
            machine=2.5 * number,
        )
        for number in range(PAGES + 1)
    ]
    watched = Watched(0, "", 1000.0, moments[-1].at, moments[-1].cpu, tuple(moments))
    finished = tuple(1000 + seconds * (number + 1) for number in range(PAGES))
    return Batch(2, watched, finished, ledger, 0)


def test_a_batch_that_stays_as_it_is_keeps_what_is_promised() -> None:
    found = batch()
    assert all(part.rate == pytest.approx(1.0) for part in found.parts())
    assert all(part.cost == pytest.approx(1.0) for part in found.parts())
    assert [part.pages for part in found.parts()] == list(range(10, 101, 10))
    assert found.steady_rate == pytest.approx(1.0)
    assert [verdict.kept for verdict in verdicts(found)] == [True] * 4


@pytest.mark.parametrize(
    ("spoilt", "name"),
    [
        (batch(workers_grow=0.1), "workers-memory"),
        (batch(page_dearer=0.1), "page-cost"),
        (batch(ledger=2000 * PAGES), "ledger-bytes"),
    ],
)
def test_a_batch_that_grows_or_slows_down_is_found_out(spoilt: Batch, name: str) -> None:
    assert [verdict.name for verdict in verdicts(spoilt) if not verdict.kept] == [name]
    assert name in LABELS


def test_the_curve_counts_the_pages_done_until_then() -> None:
    curve = batch(seconds=2.0).curve(count=10)
    assert 10 <= len(curve) <= 11
    assert curve[0] == {
        "seconds": 1.0, "pages": 0, "coordinator_megabytes": 50.0, "workers_megabytes": 200.0, "cpu_seconds": 0.5,
    }  # fmt: skip
    assert [row["pages"] for row in curve] == [10 * number for number in range(len(curve))]


def test_two_workers_are_compared_by_the_clock_and_by_what_a_page_costs() -> None:
    pair = Pair(batch(seconds=2.0), batch(seconds=1.0, page_dearer=0.05)).as_json()
    assert pair["speed_up"] == pytest.approx(2.0, abs=0.02)
    assert pair["steady_speed_up"] == pytest.approx(2.0)
    assert pair["dearer"] == pytest.approx(1.05, abs=0.01)
    assert pair["others"] == pytest.approx(1.5, abs=0.2)


def test_looks_see_the_memory_and_the_time_of_what_a_program_starts(tmp_path: Path) -> None:
    child = "held = bytearray(80_000_000); held[::4096] = b'x' * len(held[::4096])\n" + BURN.format(
        seconds=0.4
    )
    parent = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}], check=True)\nsys.exit(3)"
    )
    found = watch([sys.executable, "-c", parent], tmp_path / "told", interval=0.02)
    assert found.code == 3
    assert max(moment.workers for moment in found.moments) > 80
    assert max(moment.coordinator for moment in found.moments) < 40
    assert max(moment.processes for moment in found.moments) == 1
    assert 0.3 < found.cpu < 5
    assert 0.4 <= found.cpu < 5
    assert found.moments[-1].coordinator_cpu < found.cpu
    assert found.began < found.moments[0].at <= found.moments[-1].at < found.ended


def test_looks_keep_what_a_program_says(tmp_path: Path) -> None:
    found = watch([sys.executable, "-c", "import sys; print('Điều', file=sys.stderr)"], tmp_path / "told")
    assert found.told == "Điều\n"


def test_drawn_pages_are_words_and_always_the_same() -> None:
    text = true_page(Random(1))
    tokens = [token for token in model_tokens(text) if token.isalpha()]
    assert sum(token in syllables() for token in tokens) > 0.9 * len(tokens)
    assert text == true_page(Random(1)) != true_page(Random(2))
    assert page(0) == page(0) != page(1)
    assert page(0) != page(0, seed=8)
    assert 30 <= len(true_page(Random(3), words=30).split()) - 30 < 70  # header and signature


def test_drawn_damage_leaves_few_words_as_they_were() -> None:
    text = true_page(Random(1))
    spoilt = damaged(text, Random(1))
    assert len(spoilt.splitlines()) == len(text.splitlines())
    assert len(set(words_of(spoilt)) & set(words_of(text))) < 0.5 * len(set(words_of(text)))


def test_pages_are_written_a_hundred_a_folder(tmp_path: Path) -> None:
    write_pages(tmp_path, 101, words=5)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt"))
    assert (len(found), found[0], found[-1]) == (101, "000/00000.txt", "001/00100.txt")
    assert (tmp_path / found[-1]).read_text("utf-8") == page(100, words=5)


def test_a_batch_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bench-batch-failed") as caught:
        run_batch([tmp_path / "nothing"], tmp_path / "out", 1)
    assert "nothing" in str(caught.value.values["reason"])


def test_every_scan_is_laid_as_often_as_asked(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.png", "b.pdf", "c.txt", "d.md"):
        (tmp_path / "in" / name).write_bytes(b"")
    assert lay_scans([tmp_path / "in"], tmp_path / "links", 2) == 4
    assert len(list((tmp_path / "links").iterdir())) == 4
    with pytest.raises(InputError, match="no-bench-scans"):
        lay_scans([tmp_path / "links" / "none"], tmp_path / "more", 1)


def test_the_verb_measures_a_real_batch(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "in_fresh_process", lambda work, *arguments: work(*arguments))
    assert main(["bench", "batch", "--documents", "20", "--words", "5", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["pages"] == report["parts"][-1]["pages"] == 20
    assert {verdict["name"] for verdict in report["verdicts"]} <= set(LABELS)
    assert report["words"] == 5
    assert report["ledger_bytes_a_page"] > 0
    assert list(report["steps"].values()) == sorted(report["steps"].values(), reverse=True)
    assert {"write", "structure"} <= set(report["steps"])
    assert report["machine"].keys() == surroundings().keys()


def test_numbers_that_measure_nothing_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "batch", "--documents", "1"]) == 2
    assert "--documents 1" in capsys.readouterr().err
    assert main(["bench", "workers", "--repeats", "0"]) == 2


def test_a_file_is_laid_as_a_file_and_not_as_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(b"scan")
    lay(tmp_path / "a.png", tmp_path / "b.png")
    monkeypatch.setattr(Path, "hardlink_to", lambda self, target: (_ for _ in ()).throw(OSError))
    lay(tmp_path / "a.png", tmp_path / "c.png")
    for name in ("b.png", "c.png"):
        assert (tmp_path / name).read_bytes() == b"scan"
        assert not (tmp_path / name).is_symlink()
