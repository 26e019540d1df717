"""Who works at a batch on a cluster, and on what: the bookkeeping of it, which knows no network and no clock of its own.

A worker is asked who it is before it gets anything. It gets as many tasks as it has threads, and each task is on one worker,
unless that one has fallen silent or takes far longer than the task may: then another one does it as well, and the first result
counts. A task may be done twice (:mod:`restore.batch.tasks`), so nothing else has to be settled between them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from restore.batch.tasks import Task

# A worker tells the scheduler twice a second that it is there; of many workers each does so less often, 10,000 every 51 seconds.
SILENT_SECONDS = 30.0
SILENT_SECONDS_A_WORKER = 0.02
# A worker ends what takes too long by itself; where nothing is heard for so much longer, something is wrong with the worker.
MARGIN_SECONDS = 60.0
# So many workers may die of a task: the fourth would be one too many. The number is that of Dask ("allowed-failures").
DEATHS = 3
# A worker that does not see so many files in a row, all of which are there, has not got the folder they lie in.
MISSES = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the scheduler tells of a worker.

    Attributes:
        name: to call it by.
        threads: how many tasks it does at once.
        seen: when it was last heard of, by the scheduler's clock: good for being compared with itself alone.
    """

    name: str
    threads: int
    seen: float


@dataclass(frozen=True, slots=True)
class Copy:
    """A task on a worker; the number is that of the task in this crew."""

    number: int
    task: Task
    address: str


@dataclass(slots=True)
class _Member:
    sighting: Sighting
    heard: float  # when its heartbeat last changed, by our clock
    state: Literal["asked", "admitted", "refused"] = "asked"
    work: set[int] = field(default_factory=set)
    misses: int = 0

    @property
    def free(self) -> int:
        return self.sighting.threads - len(self.work)


@dataclass(slots=True)
class _Flight:
    task: Task
    since: dict[str, float] = field(default_factory=dict)  # by address: who has it in work
    avoid: set[str] = field(default_factory=set)
    deaths: int = 0


class Crew:
    """The workers of a cluster and the tasks of one batch. Times are seconds on one clock that never goes back."""

    def __init__(self) -> None:
        self._members: dict[str, _Member] = {}
        self._flights: dict[int, _Flight] = {}
        self._waiting: deque[int] = deque()
        self._count = 0

    def hand(self, task: Task) -> None:
        """Take a task on."""
        self._count += 1
        self._flights[self._count] = _Flight(task)
        self._waiting.append(self._count)

    def survey(self, sightings: Mapping[str, Sighting], now: float) -> tuple[list[str], list[Task]]:
        """Compare who is there with who was.

        Returns:
            Those that are new and are to be asked who they are, by address; and the tasks that are given up because too many
            workers died of them.
        """
        given_up = [task for gone in self._members.keys() - sightings.keys() for task in self._bury(gone)]
        new = []
        for address, sighting in sightings.items():
            member = self._members.get(address)
            if member is None:
                self._members[address] = _Member(sighting, now)
                new.append(address)
                continue
            if sighting.seen != member.sighting.seen:
                member.heard = now
            member.sighting = sighting
        return new, given_up

    def admit(self, address: str) -> None:
        """Let a worker take part."""
        if address in self._members:
            self._members[address].state = "admitted"

    def refuse(self, address: str) -> None:
        """Give a worker nothing any more."""
        if address in self._members:
            self._members[address].state = "refused"

    def forget(self, address: str) -> None:
        """Know nothing of a worker, so that the next survey finds it new; it has nothing in work."""
        self._members.pop(address, None)

    @property
    def refused(self) -> bool:
        """Whether there are workers, and each of them was refused."""
        return bool(self._members) and all(one.state == "refused" for one in self._members.values())

    def name(self, address: str) -> str:
        """What a worker is called."""
        member = self._members.get(address)
        return member.sighting.name if member else address

    def addresses(self, now: float) -> list[str]:
        """The workers that take part and can be heard."""
        return [address for address, member in self._members.items() if self._may_work(member, now)]

    def slots(self, now: float) -> int:
        """How many tasks may be in work at once."""
        return sum(self._members[address].sighting.threads for address in self.addresses(now))

    def due(self, now: float) -> list[Copy]:
        """Which tasks are to be begun now, and where; they count as begun."""
        if not self._waiting:
            return []
        free = {a: m.free for a, m in self._members.items() if m.free > 0 and self._may_work(m, now)}
        begun: list[Copy] = []
        kept: deque[int] = deque()
        while self._waiting and free:
            number = self._waiting.popleft()
            flight = self._flights.get(number)
            if flight is None:  # done meanwhile, by a worker that had been given up
                continue
            fit = [address for address in free if address not in flight.since and address not in flight.avoid]
            if not fit:
                kept.append(number)
                continue
            address = max(fit, key=free.__getitem__)
            flight.since[address] = now
            self._members[address].work.add(number)
            free[address] -= 1
            if not free[address]:
                del free[address]
            begun.append(Copy(number, flight.task, address))
        self._waiting.extendleft(reversed(kept))
        return begun

    def rescue(self, now: float) -> list[str]:
        """See to the tasks of which nothing is to be expected: somebody else shall do them as well.

        Returns:
            The workers that have them, by address.
        """
        waiting = set(self._waiting)
        late: list[str] = []
        for number, flight in self._flights.items():
            if number in waiting or not flight.since:
                continue
            if all(self._is_late(address, flight, now) for address in flight.since):
                self._waiting.appendleft(number)
                late.extend(flight.since)
        return list(dict.fromkeys(late))

    def done(self, copy: Copy) -> bool:
        """Note that a worker has done a task; False where another one was quicker."""
        self._leave(copy)
        if copy.address in self._members:
            self._members[copy.address].misses = 0
        return self._flights.pop(copy.number, None) is not None

    def failed(self, copy: Copy) -> list[Task]:
        """Note that a worker could not do a task, for a reason of its own; the task, if it is given up."""
        self._leave(copy)
        return self._again(copy.number)

    def missed(self, copy: Copy) -> bool:
        """Note that a worker does not see a file that is there; somebody else shall try. False: there is nobody else."""
        flight, member = self._flights.get(copy.number), self._members.get(copy.address)
        if flight is None or member is None:
            return flight is None
        tried = {*flight.avoid, copy.address}
        if all(one.state != "admitted" or address in tried for address, one in self._members.items()):
            return False
        self._leave(copy)
        flight.avoid.add(copy.address)
        member.misses += 1
        if not flight.since:
            self._waiting.append(copy.number)
        return True

    def has_missed_much(self, address: str) -> bool:
        """Whether a worker did not see several files in a row that are there."""
        member = self._members.get(address)
        return member is not None and member.misses >= MISSES

    def scheduler_is_gone(self) -> None:
        """Know nobody any more; what was in work waits, and nobody is to blame."""
        self._members.clear()
        self._waiting = deque(self._flights)
        for flight in self._flights.values():
            flight.since.clear()

    def _bury(self, address: str) -> Iterator[Task]:
        member = self._members.pop(address)
        for number in member.work:
            if number in self._flights:
                self._flights[number].since.pop(address, None)
                yield from self._again(number)

    def _again(self, number: int) -> list[Task]:
        """Another one shall do a task of which a worker has died, unless too many have."""
        flight = self._flights.get(number)
        if flight is None:
            return []
        flight.deaths += 1
        if flight.since:  # somebody is at it already
            return []
        if flight.deaths > DEATHS:
            del self._flights[number]
            return [flight.task]
        if number not in self._waiting:
            self._waiting.appendleft(number)
        return []

    def _leave(self, copy: Copy) -> None:
        if copy.address in self._members:
            self._members[copy.address].work.discard(copy.number)
        if copy.number in self._flights:
            self._flights[copy.number].since.pop(copy.address, None)

    def _may_work(self, member: _Member, now: float) -> bool:
        return member.state == "admitted" and not self._is_silent(member, now)

    def _is_silent(self, member: _Member, now: float) -> bool:
        return now - member.heard > SILENT_SECONDS + SILENT_SECONDS_A_WORKER * len(self._members)

    def _is_late(self, address: str, flight: _Flight, now: float) -> bool:
        member = self._members.get(address)
        if member is None or self._is_silent(member, now):
            return True
        return now - flight.since[address] > flight.task.seconds + MARGIN_SECONDS


def unlike(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """What differs between two machines, in words: results would differ too.

    >>> unlike({"tesseract": "5.3.0", "restore": "1"}, {"tesseract": "5.5.1", "restore": "1"})
    ['tesseract 5.3.0 ≠ 5.5.1']
    """
    return [
        f"{name} {ours.get(name, '–')} ≠ {theirs.get(name, '–')}"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]
