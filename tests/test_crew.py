"""Who gets what on a cluster: tested without one, on a clock made of numbers."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from restore.batch.crew import DEATHS, MARGIN_SECONDS, MISSES, SILENT_SECONDS, Copy, Crew, Sighting
from restore.batch.inputs import Job
from restore.batch.tasks import Task

LONG = SILENT_SECONDS + 10


def task(name: str = "a.txt", seconds: float = 10.0) -> Task:
    return Task("document", Job(Path(name), name), seconds=seconds)


def seen(now: float, **threads: int) -> dict[str, Sighting]:
    return {name: Sighting(name, count, now) for name, count in threads.items()}


def crew_of(**threads: int) -> Crew:
    """A crew whose workers take part, at the time 0."""
    crew = Crew()
    new, _ = crew.survey(seen(0.0, **threads), 0.0)
    assert sorted(new) == sorted(threads)
    for address in new:
        crew.admit(address)
    return crew


def test_a_worker_gets_nothing_before_it_is_admitted() -> None:
    crew = Crew()
    crew.hand(task())
    crew.survey(seen(0.0, a=1), 0.0)
    assert crew.slots(0.0) == 0
    assert crew.due(0.0) == []
    crew.refuse("a")
    assert crew.refused
    assert crew.due(0.0) == []
    crew.admit("a")
    assert [copy.address for copy in crew.due(0.0)] == ["a"]


def test_each_worker_gets_as_many_tasks_as_it_has_threads() -> None:
    crew = crew_of(a=1, b=2)
    for _ in range(5):
        crew.hand(task())
    begun = crew.due(0.0)
    assert sorted(copy.address for copy in begun) == ["a", "b", "b"]
    assert crew.due(0.0) == []
    assert crew.done(begun[0])
    assert [copy.address for copy in crew.due(0.0)] == [begun[0].address]


def test_what_a_dead_worker_had_in_work_is_done_by_another() -> None:
    crew = crew_of(a=1, b=1)
    crew.hand(task())
    (first,) = crew.due(0.0)
    (other,) = {"a", "b"} - {first.address}
    _, given_up = crew.survey(seen(1.0, **{other: 1}), 1.0)
    assert given_up == []
    assert [copy.address for copy in crew.due(1.0)] == [other]


def test_a_task_of_which_too_many_workers_died_is_given_up() -> None:
    crew = Crew()
    crew.hand(task())
    for number in range(DEATHS + 1):
        name = f"worker{number}"
        new, given_up = crew.survey(seen(number, **{name: 1}), number)
        assert (new, given_up) == ([name], [])
        crew.admit(name)
        assert len(crew.due(number)) == 1
    _, given_up = crew.survey({}, 99.0)
    assert given_up == [task()]
    assert crew.due(99.0) == []


def test_a_silent_worker_counts_for_nothing_and_its_task_is_done_by_another_too() -> None:
    crew = crew_of(a=1, b=1)
    crew.hand(task(seconds=1000.0))
    (first,) = crew.due(0.0)
    (other,) = {"a", "b"} - {first.address}
    still = seen(0.0, **{first.address: 1})  # the scheduler has heard nothing of it since
    crew.survey(still | seen(LONG, **{other: 1}), LONG)
    assert crew.slots(LONG) == 1
    assert crew.rescue(LONG) == [first.address]
    assert crew.rescue(LONG) == []
    (second,) = crew.due(LONG)
    assert second.address == other
    assert crew.done(second)
    assert not crew.done(first)  # it wakes up, and is too late


def test_a_silent_worker_that_is_heard_again_takes_part_again() -> None:
    crew = crew_of(a=1)
    crew.survey(seen(0.0, a=1), LONG)
    assert crew.slots(LONG) == 0
    crew.survey(seen(LONG + 1, a=1), LONG + 1)
    assert crew.slots(LONG + 1) == 1


def test_what_takes_far_longer_than_it_may_is_done_by_another_too() -> None:
    crew = crew_of(a=1, b=1)
    crew.hand(task(seconds=10.0))
    (first,) = crew.due(0.0)
    now = 9.0 + MARGIN_SECONDS
    crew.survey(seen(now, a=1, b=1), now)
    assert crew.rescue(now) == []
    now = 11.0 + MARGIN_SECONDS
    crew.survey(seen(now, a=1, b=1), now)
    assert crew.rescue(now) == [first.address]
    (second,) = crew.due(now)
    assert second.address != first.address
    assert crew.done(first)  # it was about to be done after all
    assert not crew.done(second)


def test_one_worker_alone_is_not_given_its_own_late_task_again() -> None:
    crew = crew_of(a=2)
    crew.hand(task(seconds=10.0))
    crew.due(0.0)
    now = 100.0
    crew.survey(seen(now, a=2), now)
    assert crew.rescue(now) == ["a"]
    assert crew.due(now) == []


def test_a_restarted_scheduler_costs_no_task_and_nobody_is_to_blame() -> None:
    crew = crew_of(a=1)
    crew.hand(task("a"))
    crew.hand(task("b"))
    crew.due(0.0)
    for now in range(1, DEATHS + 3):
        crew.scheduler_is_gone()
        crew.survey(seen(now, a=1), now)
        crew.admit("a")
        (begun,) = crew.due(now)
        assert begun.task == task("a")
    assert crew.done(begun)
    assert [copy.task for copy in crew.due(now)] == [task("b")]


def test_a_file_that_one_worker_does_not_see_is_tried_by_another() -> None:
    crew = crew_of(a=1, b=1)
    for number in range(MISSES):
        crew.hand(task(str(number)))
        (first,) = crew.due(0.0)
        assert first.address == "a"  # of two that are free, the one that came first
        assert not crew.has_missed_much("a")
        assert crew.missed(first)
        (second,) = crew.due(0.0)
        assert second.address == "b"
        assert crew.done(second)
    assert crew.has_missed_much("a")


def test_a_file_that_nobody_sees_is_a_missing_file() -> None:
    crew = crew_of(a=1)
    crew.hand(task())
    (copy,) = crew.due(0.0)
    assert not crew.missed(copy)
    assert crew.done(copy)


class CrewMachine(RuleBasedStateMachine):
    """Whatever happens to workers: every task ends once, nobody has more in work than threads, and nothing is forgotten."""

    @initialize()
    def begin(self) -> None:
        self.crew, self.now = Crew(), 0.0
        self.there: dict[str, Sighting] = {}
        self.begun: list[Copy] = []
        self.handed = self.ended = self.workers = 0

    @rule()
    def hand(self) -> None:
        self.crew.hand(task(str(self.handed)))
        self.handed += 1

    @rule(threads=st.integers(1, 3), good=st.booleans())
    def join(self, threads: int, good: bool) -> None:
        name = f"w{self.workers}"
        self.workers += 1
        self.there[name] = Sighting(name, threads, self.now)
        self.survey()
        (self.crew.admit if good else self.crew.refuse)(name)

    @rule(seconds=st.sampled_from([1.0, LONG, 1000.0]), heard=st.booleans())
    def wait(self, seconds: float, heard: bool) -> None:
        self.now += seconds
        if heard:
            self.there = {name: Sighting(name, one.threads, self.now) for name, one in self.there.items()}
        self.survey()
        self.crew.rescue(self.now)

    @rule(data=st.data())
    def die(self, data: st.DataObject) -> None:
        if self.there:
            gone = data.draw(st.sampled_from(sorted(self.there)))
            del self.there[gone]
            self.begun = [copy for copy in self.begun if copy.address != gone]
            self.survey()

    @rule()
    def lose_scheduler(self) -> None:
        self.crew.scheduler_is_gone()
        self.there, self.begun = {}, []

    @rule()
    def hand_out(self) -> None:
        self.begun += self.crew.due(self.now)

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        if self.begun:
            copy = self.begun.pop(data.draw(st.integers(0, len(self.begun) - 1)))
            self.ended += self.crew.done(copy)

    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        if self.begun:
            copy = self.begun.pop(data.draw(st.integers(0, len(self.begun) - 1)))
            self.ended += len(self.crew.failed(copy))

    @invariant()
    def nobody_has_more_than_threads(self) -> None:
        for name, one in self.there.items():
            assert sum(copy.address == name for copy in self.begun) <= one.threads

    @invariant()
    def nothing_ends_twice(self) -> None:
        assert self.ended <= self.handed

    def survey(self) -> None:
        _, given_up = self.crew.survey(self.there, self.now)
        self.ended += len(given_up)

    def teardown(self) -> None:
        """With one good worker, everything that was handed out ends."""
        if not hasattr(self, "crew"):
            return
        self.lose_scheduler()
        self.join(1, True)
        for _ in range(self.handed + 1):
            for copy in self.crew.due(self.now):
                self.ended += self.crew.done(copy)
        assert self.ended == self.handed


TestCrewMachine = CrewMachine.TestCase
