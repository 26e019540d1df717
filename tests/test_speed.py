"""The measure of speed counts what was restored; how fast a machine is, is no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from restore.bench.cases import distinct_texts
from restore.bench.speed import WORDS_A_PAGE, Speed, measure_speed
from restore.cli.program import main
from restore.errors import InputError


def test_every_text_is_restored_and_counted() -> None:
    seen: list[str] = []
    speed = measure_speed(iter(["Uy ban nhan dan", "ke hoach " * 328]), seen.append)
    assert seen == ["Uy ban nhan dan", "ke hoach " * 328]
    assert speed.words == 2 * WORDS_A_PAGE
    assert speed.pages == pytest.approx(2.0)
    assert speed.seconds >= 0.0
    assert 10 < speed.peak_megabytes < 100_000


def test_pages_a_second_by_hand() -> None:
    assert Speed(words=660, seconds=0.1, peak_megabytes=1.0).pages_per_second == pytest.approx(20.0)
    assert Speed(words=0, seconds=0.0, peak_megabytes=1.0).pages_per_second == 0.0


def test_work_takes_time() -> None:
    idle = measure_speed(["a"], lambda text: None)
    busy = measure_speed(["a"], lambda text: sum(range(2_000_000)))
    assert busy.seconds > idle.seconds


def test_the_verb_reads_every_text_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Uy ban nhan dan", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Uy ban nhan dan", encoding="utf-8")
    (tmp_path / "c.txt").write_text("thuc hien ke hoach", encoding="utf-8")
    (tmp_path / "c.gold.txt").write_text("thực hiện kế hoạch", encoding="utf-8")
    assert distinct_texts([tmp_path]) == ("Uy ban nhan dan", "thuc hien ke hoach")
    with pytest.raises(InputError):
        distinct_texts([tmp_path / "nowhere"])


def test_the_verb_says_how_fast(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(Path(__file__).parents[1] / "samples")
    assert main(["bench", "speed", folder, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["pages"] > 10
    assert report["pages_per_second"] == pytest.approx(report["pages"] / report["cpu_seconds"], rel=0.02)
