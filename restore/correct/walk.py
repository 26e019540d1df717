"""The best path once more, token by token: what the language model gave each, and would have given another in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from restore.correct.decoder import Decoder, Decoding
from restore.language.ngram import default_model

State = tuple[int, ...]  # of the model: nodes for the last one, two … tokens


def reach() -> int:
    """Tokens behind one that still know it: one less than the model's order."""
    return default_model().order - 1


def start_state() -> State:
    """The model's state where a sentence begins: the token <s> is number 0."""
    return (0, *(-1,) * (reach() - 1))


@dataclass(frozen=True, slots=True)
class Step:
    """A way to a place on the path: the model's state, the last two tokens, and what all tokens cost so far (nats)."""

    state: State
    history: tuple[int, int]
    cost: float
    before: Step | None = None


class Walk:
    """The language model's part of the best path.

    A line may begin a sentence or go on with one; the search chooses, and so does the walk.

    Args:
        decoder: after its last pass.
        decoding: what it found.
    """

    def __init__(self, decoder: Decoder, decoding: Decoding) -> None:
        self._decoder, self._lattice = decoder, decoding.lattice
        edges = decoding.lattice.edges
        self._start = [int(edges.start[k]) for k in decoding.path]
        self._token = [int(edges.token[k]) for k in decoding.path]
        self._steps = self._best_steps()
        self.cost = self._steps[-1].cost

    def _best_steps(self) -> list[Step]:
        """One step before each item of the path, and one behind the last."""
        layers = [[Step(start_state(), (0, 0), 0.0)]]
        for start, token in zip(self._start, self._token, strict=True):
            layers.append([self._after(step, token) for step in self._offered(layers[-1], start)])
        best = min(layers[-1], key=lambda step: step.cost)
        steps: list[Step] = []
        step: Step | None = best
        while step is not None:
            steps.append(step)
            step = step.before
        return steps[::-1]

    def _offered(self, steps: Sequence[Step], start: int) -> list[Step]:
        """The steps at a place, and beside them a sentence that begins there; one a state."""
        found = {step.state: step for step in sorted(steps, key=lambda step: -step.cost)}
        if self._lattice.restart[start] and start_state() not in found:
            best = min(steps, key=lambda step: step.cost)
            cost = best.cost + float(self._lattice.restart_cost[start])
            found[start_state()] = Step(start_state(), best.history, cost, best.before)
        return list(found.values())

    def _after(self, step: Step, token: int) -> Step:
        if token < 0:
            return Step(step.state, step.history, step.cost, step)
        logp, state = self._decoder.token_logp(step.state, step.history, token)
        cost = step.cost - self._decoder.weights.alpha * logp
        return Step(state, (step.history[1], token), cost, step)

    def costs(self, index: int, token: int) -> tuple[float, float]:
        """What a token costs in the place of an item of the path, and what the tokens behind it cost then (nats).

        Args:
            index: of the item.
            token: as in the model; below 0 for none.
        """
        before = self._steps[index]
        here = [self._after(step, token) for step in self._offered([before], self._start[index])]
        own = min(step.cost for step in here)
        left = reach()
        for start, following in zip(self._start[index + 1 :], self._token[index + 1 :], strict=True):
            if not left:
                break
            here = [self._after(step, following) for step in self._offered(here, start)]
            left -= following >= 0
        return own - before.cost, min(step.cost for step in here) - own

    def context(self, index: int) -> tuple[int, ...]:
        """The tokens before an item of the path that the model heard, the nearest last."""
        tokens: list[int] = []
        for place in range(index - 1, -1, -1):
            if self._token[place] >= 0:
                tokens.append(self._token[place])
            if len(tokens) == reach() or self._steps[place].state == start_state():
                break
        return tuple(tokens[::-1])
