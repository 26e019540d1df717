"""Metrics: what Prometheus is told of a batch, over HTTP and in a file."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from restore.batch.events import Event
from restore.batch.metrics import FILE_SECONDS, WORKER_SECONDS, Metrics, MetricsFile, served
from restore.batch.pace import WINDOW_SECONDS, Pace
from restore.errors import OutputError


class Clock:
    """A clock that stands until it is put on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def samples(text: str) -> dict[tuple[str, str], float]:
    """Values by the metric's name and its labels' values."""
    return {
        (one.name, ",".join(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def told(metrics: Metrics, events: Iterable[Event]) -> dict[tuple[str, str], float]:
    for event in events:
        metrics(event)
    return samples(metrics.text())


def test_what_came_of_pages_and_documents_is_counted() -> None:
    page = Event("page", page=1, status="success", seconds=2.5, steps={"recognize": 2.0}, waiting=7)
    lost = Event("retry", page=2, cause="worker-died", waiting=6)
    bad = Event("page", page=2, status="failed", cause="worker-died", seconds=1.0, waiting=5)
    found = told(Metrics(), [page, page, lost, bad, Event("document", status="partial", waiting=4)])
    assert found["restore_pages_total", "success"] == 2
    assert found["restore_pages_total", "failed"] == 1
    assert found["restore_documents_total", "partial"] == 1
    assert found["restore_failures_total", "worker-died"] == 1
    assert found["restore_retries_total", ""] == 1
    assert found["restore_workers_lost_total", ""] == 2
    assert found["restore_tasks_waiting", ""] == 4
    assert found["restore_step_seconds_sum", "recognize"] == 4.0
    assert found["restore_page_seconds_bucket", "3.0"] == 3


def test_no_label_holds_a_document() -> None:
    metrics = Metrics()
    metrics(
        Event("page", document="kế hoạch mật.pdf", reason="kế hoạch mật.pdf: không đọc được", status="failed")
    )
    assert "mật" not in metrics.text()


def test_a_worker_that_is_long_gone_is_forgotten() -> None:
    clock = Clock()
    metrics = Metrics(clock)
    metrics(Event("page", worker="a:1", memory=300, status="success"))
    clock.now = WORKER_SECONDS + 1
    metrics(Event("page", worker="a:2", memory=200, status="success"))
    found = samples(metrics.text())
    assert ("restore_worker_memory_bytes", "a:1") not in found
    assert found["restore_worker_memory_bytes", "a:2"] == 200


def test_the_pace_is_that_of_the_last_minutes() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    for _ in range(100):
        clock.now += 1
        pace.add(5)
    assert pace.rate == pytest.approx(5)
    for _ in range(2 * int(WINDOW_SECONDS)):
        clock.now += 1
        pace.add(2)
    assert pace.rate == pytest.approx(2)
    clock.now += WINDOW_SECONDS
    assert pace.rate == pytest.approx(0, abs=0.01)


def test_prometheus_is_answered_while_the_batch_goes_on() -> None:
    metrics = Metrics()
    with served(metrics, "127.0.0.1", 0) as port:
        metrics(Event("page", status="success"))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            found = samples(answer.read().decode())
    assert found["restore_pages_total", "success"] == 1
    with socket.socket() as again:  # and let go of the port
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_a_port_that_is_taken_is_refused() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OutputError, match="metrics-not-served"),
        served(Metrics(), "127.0.0.1", taken.getsockname()[1]),
    ):
        pass


def test_the_file_is_written_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    clock, metrics, path = Clock(), Metrics(), tmp_path / "restore.prom"
    file = MetricsFile(metrics, path, pytest.fail, clock)

    def pages() -> float:
        metrics(event)
        file(event)
        return samples(path.read_text("utf-8")).get(("restore_pages_total", "success"), 0)

    event = Event("page", status="success")
    assert pages() == 0
    clock.now = FILE_SECONDS
    assert pages() == 2
    assert pages() == 2
    event = Event("batch-ends")
    assert pages() == 3
    assert [one.name for one in tmp_path.iterdir()] == ["restore.prom"]


def test_a_file_that_cannot_be_written_any_more_is_told_once(tmp_path: Path) -> None:
    clock, troubles = Clock(), list[OutputError]()
    folder = tmp_path / "metrics"
    file = MetricsFile(Metrics(), folder / "restore.prom", troubles.append, clock)
    (folder / "restore.prom").unlink()
    folder.rmdir()
    folder.write_text("no folder", "utf-8")
    for _ in range(3):
        clock.now += FILE_SECONDS
        file(Event("page", status="success"))
    assert len(troubles) == 1
    with pytest.raises(OutputError, match="metrics-not-writable"):
        MetricsFile(Metrics(), folder / "restore.prom", troubles.append)
