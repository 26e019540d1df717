"""The connection to a Dask scheduler, in a thread of its own: who is there, who gets what, and what becomes of it."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from restore.batch import dask_worker
from restore.batch.cells import Batch
from restore.batch.crew import Copy, Crew, Sighting, unlike
from restore.batch.dask_worker import Introduction
from restore.batch.tasks import Result, Task
from restore.dictionary import fingerprint, rules_for
from restore.errors import InputError, OutputError, RestoreError, UsageError

if TYPE_CHECKING:
    from distributed import Client

TICK = 1.0  # seconds between two looks at who is there; the list is long where there are many
TICK_A_WORKER = 0.005
CONNECT_SECONDS = 15.0
INTRODUCTION_SECONDS = (
    120.0  # a worker imports the program and reads its dictionaries; on a slow disk that takes a while
)
SCHEDULER_SECONDS = 900.0  # without a scheduler the batch waits for so long: a machine starts anew in less
ANSWER_SECONDS = 30.0  # of the scheduler
STOP_SECONDS = 1.0  # for telling the workers
LEAVE_SECONDS = 2.5  # for that and for the scheduler; Ctrl-C promises an end within three seconds


class Link:
    """The connection to the scheduler, in a thread of its own. Only :meth:`_attend` and what it calls touch the crew."""

    def __init__(self, batch: Batch, address: str) -> None:
        self._batch, self._address = batch, address
        rules = rules_for(batch.setting.config.dictionaries)
        self._versions = dask_worker.machine_versions() | {"rules": fingerprint(rules)}
        self._crew = Crew()
        self._client: Client | None = None
        self._jobs: set[asyncio.Task[None]] = set()
        self._done: SimpleQueue[Result | None] = SimpleQueue()
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._leave = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="restore-dask", daemon=True)
        self._asked = 0
        self.slots = 0
        self.notices: list[RestoreError] = []
        self.fault: RestoreError | None = None

    # Called by the engine

    def start(self) -> None:
        """Connect; returns when the workers that are there have said who they are."""
        self._thread.start()
        while not self._ready.wait(0.1):  # in short waits, between which Ctrl-C is heard
            pass
        if self.fault:
            raise self.fault

    def hand(self, task: Task) -> None:
        """Have a task done."""
        self._call(self._take, task)

    def results(self, timeout: float) -> list[Result]:
        """What was done since; waits for it at most so many seconds."""
        found: list[Result] = []
        with suppress(Empty):
            first = self._done.get(timeout=timeout) if timeout > 0 else self._done.get_nowait()
            while True:
                if first is not None:
                    found.append(first)
                first = self._done.get_nowait()
        return found

    def close(self) -> None:
        """Leave; whoever does not answer is not waited for."""
        if self._thread.is_alive():
            self._call(self._leave.set)
            self._thread.join(LEAVE_SECONDS)

    def _call(self, function: Callable[..., object], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop has ended: then there is a fault, or the engine is closed
            self._loop.call_soon_threadsafe(function, *arguments)

    # In the thread

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._stay())
        except Exception as error:
            self._fail(RestoreError("internal", reason=f"{type(error).__name__}: {error}"))
        finally:
            self.slots = 0
            self._ready.set()

    def _fail(self, fault: RestoreError) -> None:
        self.fault = fault
        self._done.put(None)  # wakes who waits for results

    async def _stay(self) -> None:
        """Stay connected until the engine leaves; after a loss, as long as there is hope."""
        lost_since = time.monotonic()
        while not self._leave.is_set():
            try:
                await self._connect()
            except (OSError, ValueError, TypeError) as error:
                # Where the scheduler does not answer; also an address that is none, or TLS without its certificates.
                if not self._ready.is_set():
                    reason = str(error) or type(error).__name__
                    self._fail(UsageError("no-scheduler", address=self._address, reason=reason))
                    return
            if self._leave.is_set():
                return
            if self._client is not None:
                self._client, lost_since = None, time.monotonic()
                self.notices.append(OutputError("scheduler-lost", address=self._address))
            self._crew.scheduler_is_gone()
            self.slots = 0
            if time.monotonic() - lost_since > SCHEDULER_SECONDS:
                seconds = f"{SCHEDULER_SECONDS:.0f}"
                self._fail(OutputError("scheduler-gone", address=self._address, seconds=seconds))
                return
            await asyncio.sleep(TICK)

    async def _connect(self) -> None:
        """Be connected for once, until the connection is lost or the engine leaves."""
        from distributed import Client

        client = Client(  # type: ignore[no-untyped-call]
            self._address, asynchronous=True, set_as_default=False, timeout=CONNECT_SECONDS, name="restore"
        )
        try:
            await client
            self._client = client
            await self._attend(client)
        finally:
            with suppress(Exception):
                await client.close(timeout=STOP_SECONDS)  # type: ignore[no-untyped-call]

    async def _attend(self, client: Client) -> None:
        """Keep the crew's books until the connection is lost or the engine leaves."""
        try:
            while not self._leave.is_set() and client.status == "running":
                assert client.scheduler is not None
                asked = client.scheduler.identity(n_workers=-1)
                found = await asyncio.wait_for(asked, ANSWER_SECONDS)
                self._survey(client, found["workers"])
                with suppress(TimeoutError):
                    pause = TICK + TICK_A_WORKER * len(found["workers"])
                    await asyncio.wait_for(self._leave.wait(), min(pause, 0.1) if self._asked else pause)
            if self._leave.is_set():
                await self._stop(client)
        finally:
            for job in list(self._jobs):
                job.cancel()
            await asyncio.gather(*self._jobs, return_exceptions=True)
            self._asked = 0

    def _survey(self, client: Client, workers: dict[str, Any]) -> None:
        crew, now = self._crew, time.monotonic()
        sightings = {
            address: Sighting(f"{one['name']} ({one['host']})", one["nthreads"], one["last_seen"])
            for address, one in workers.items()
            if one["status"] == "running"
        }
        new, given_up = crew.survey(sightings, now)
        for task in given_up:
            self._done.put(_died(task))
        for address in new:
            self._asked += 1
            self._spawn(self._meet(client, address))
        for address in crew.rescue(now):
            self.notices.append(OutputError("worker-late", worker=crew.name(address)))
        self._hand_out()
        if not self._ready.is_set() and not self._asked:
            self._begin()

    def _begin(self) -> None:
        """Everybody who is there was asked."""
        if self._crew.refused:  # the first refusal says what is wrong
            self._fail(next(one for one in self.notices if isinstance(one, UsageError)))
            self.notices.clear()
        elif not self.slots:
            self.notices.append(OutputError("no-workers-yet", address=self._address))
        self._ready.set()

    async def _meet(self, client: Client, address: str) -> None:
        """Ask a worker who it is, and let it take part or not."""
        name = self._crew.name(address)
        try:
            asked = self._send(client, address, dask_worker.introduce, self._batch)
            problem = self._objection(name, await asyncio.wait_for(asked, INTRODUCTION_SECONDS))
        except TimeoutError:
            self._crew.forget(address)  # it is asked again
            return
        except Exception as error:
            if client.status != "running":
                return
            problem = UsageError("worker-unusable", worker=name, reason=str(error) or type(error).__name__)
        finally:
            self._asked -= 1
        if problem is None:
            self._crew.admit(address)
        else:
            self._crew.refuse(address)
            self.notices.append(problem)
        self._hand_out()

    def _objection(self, name: str, found: Introduction) -> RestoreError | None:
        """Why a worker may not take part."""
        if found.error:
            reason = ", ".join(found.error.values.values())
            return UsageError("worker-unusable", worker=name, reason=f"{found.error.key}: {reason}")
        differences = unlike(self._versions, found.versions)
        if differences:
            return UsageError("worker-differs", worker=name, differences="; ".join(differences))
        if self._batch.shared and found.token != self._batch.token:
            return UsageError("worker-elsewhere", worker=name, path=self._batch.setting.out)
        return None

    def _take(self, task: Task) -> None:
        self._crew.hand(task)
        self._hand_out()

    def _hand_out(self) -> None:
        now = time.monotonic()
        self.slots = self._crew.slots(now)
        if self._client is not None and self._client.status == "running":
            for copy in self._crew.due(now):
                self._spawn(self._follow(self._client, copy))

    async def _follow(self, client: Client, copy: Copy) -> None:
        """Have a worker do a task, and see what becomes of it."""
        job = copy.task.job
        absolute = replace(copy.task, job=replace(job, path=job.path.absolute()))
        try:
            result: Result = await self._send(client, copy.address, dask_worker.work, absolute, self._batch)
        except Exception:
            if client.status != "running":
                return  # the books are cleared when the scheduler is gone
            for task in self._crew.failed(copy):
                self._done.put(_died(task))
        else:
            self._settle(copy, replace(result, task=copy.task))
        self._hand_out()

    def _settle(self, copy: Copy, result: Result) -> None:
        job = copy.task.job
        missing = result.error is not None and result.error.key == "missing-file" and not job.url
        if missing and job.path.exists() and self._crew.missed(copy):
            if self._crew.has_missed_much(copy.address):
                self._crew.refuse(copy.address)
                name = self._crew.name(copy.address)
                self.notices.append(UsageError("worker-elsewhere", worker=name, path=job.path))
        elif self._crew.done(copy):
            self._done.put(result)

    async def _send(self, client: Client, address: str, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
        """Call a function on one worker.

        Dask is not to choose another worker when this one dies: whether that one may take part is not Dask's to know.
        """
        key = f"restore-{function.__name__}-{secrets.token_hex(8)}"
        future = client.submit(
            function, *arguments, key=key, pure=False, workers=[address], allow_other_workers=False, retries=0
        )
        try:
            return await future
        finally:
            future.release()  # type: ignore[no-untyped-call]

    async def _stop(self, client: Client) -> None:
        """Have the workers end what they do for this batch."""
        addresses = self._crew.addresses(time.monotonic())
        if addresses:
            with suppress(Exception):  # who does not hear it ends at the task's own limit
                told = client.run(dask_worker.stop, self._batch.token, workers=addresses, on_error="ignore")
                await asyncio.wait_for(told, STOP_SECONDS)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        job = self._loop.create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)


def _died(task: Task) -> Result:
    return Result(task, error=InputError("worker-died", path=task.job.given), lost=True)
