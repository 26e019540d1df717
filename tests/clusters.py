"""A Dask cluster of real processes on this machine: a scheduler that can be restarted and workers that can be ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0  # seconds that anything may take; the tests assert no time, this ends a hanging one


class Cluster:
    """A scheduler and workers, each a process of its own; everything that they write goes below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: dict[str, subprocess.Popen[bytes]] = {}

    def start_scheduler(self) -> None:
        self.scheduler = self._start(
            "scheduler", "dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )

    def start_worker(self, name: str, *flags: str, **environment: str) -> None:
        local = self.folder / f"local-{name}"
        self.workers[name] = self._start(
            name,
            "dask_worker",
            *(self.address, "--name", name, "--no-dashboard", "--local-directory", str(local)),
            *(flags or ("--nthreads", "1", "--no-nanny")),
            **environment,
        )

    def end_scheduler(self) -> None:
        assert self.scheduler
        self.scheduler.kill()
        self.scheduler.wait(PATIENCE)

    def send(self, name: str, number: signal.Signals) -> None:
        self.workers[name].send_signal(number)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text("utf-8", errors="replace")

    def processes(self) -> list[psutil.Process]:
        """Everything that the workers have started and that is still there."""
        found = []
        for worker in self.workers.values():
            if worker.poll() is None:
                found += psutil.Process(worker.pid).children(recursive=True)
        return found

    def close(self) -> None:
        for process in (*self.workers.values(), self.scheduler):
            if process and process.poll() is None:
                children = psutil.Process(process.pid).children(recursive=True)
                for one in (process, *children):
                    try:
                        one.kill()
                    except psutil.NoSuchProcess:
                        continue
                process.wait(PATIENCE)

    def _start(self, log: str, module: str, *flags: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{log}.log").open("ab") as file:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *flags],
                cwd=self.folder,  # not where the batch is: relative paths must not matter
                env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1"} | environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )


@contextmanager
def cluster(folder: Path, *names: str) -> Iterator[Cluster]:
    """A cluster of workers with these names, gone in the end."""
    found = Cluster(folder)
    try:
        found.start_scheduler()
        for name in names:
            found.start_worker(name)
        yield found
    finally:
        found.close()


def until(condition, seconds: float = PATIENCE) -> None:
    """Wait for something that will be so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "that never came"
        time.sleep(0.05)
