"""In which case each word was printed: letter shapes against what such words do in such places.

The shapes that the engine saw (is ``X`` in ``Xay`` a capital?) are weighed by the channel; what to expect comes from the
corpora: how often the word has a capital by itself, after its left and before its right neighbour (``title_*`` of the model file,
in 255ths), and from the place: the first word of a sentence or a list item. Lines in capitals are decided as lines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from restore.correct.candidates import BLANK, MARK, NUMERAL, words
from restore.correct.decoder import language_model
from restore.language import vietnamese
from restore.language.channel import swapped_share
from restore.language.ngram import default_model

# Log odds are kept within these bounds: the corpora are never surer than 1 in 200.
_BOUND = math.log(199)
# Probability that a sentence or a list item begins: behind a full stop; on a new line behind a semicolon or colon; behind an
# empty line; at a dash that opens a line where one may begin. By hand, from what offices print.
AFTER_STOP, AFTER_SEMICOLON, AFTER_EMPTY_LINE, BULLET = 0.95, 0.8, 0.5, 0.9
# Behind an opening quotation mark: counted, .39 of them begin with a capital in laws, .61 in decisions, .80 in procedures.
AFTER_QUOTE = 0.5
AFTER_CAPITALS = 0.9  # below a line in capitals, which is a heading
# Below a line that ends early: the next word would have found room on it, were it the same paragraph's.
AFTER_SHORT_LINE = 0.5
SHORT_LINE, NEAR_LINES = 0.75, 4  # of the longest of so many lines before and after
SENTENCE_CAPITAL = 0.97  # and that it begins with a capital
# Log odds that a line is in capitals before its letters are looked at: one in twenty.
LINE_OF_CAPITALS = -3.0
WORD_IN_CAPITALS = -6.0  # log odds that a word is in capitals when its line is not
SURELY_SMALL = -3.0  # log odds of a capital below which a word teaches how the engine sees small letters
# How much each other place of the same word beside the same neighbour counts, and all of them at most (nats); damaged.
VOTE, VOTE_BOUND = 0.05, 5.0
NOBODY = -2  # in the place of a neighbour that is not asked for
HABIT_STRENGTH = 10.0  # pseudo-counts of the generic share against the document's own

Shapes = tuple[
    float, float, float
]  # cost of having seen what was seen, had the word been small, title, capitals


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the best path and its surroundings.

    Attributes:
        word: its number in the lexicon, or a negative kind.
        token: its token in the model, below 0 for none.
        line: number of its line.
        observed: what stood there.
    """

    word: int
    token: int
    line: int
    observed: str


# Log odds of cases that are decided otherwise than by them: by hand, as sure as each of these has been.
IN_PHRASE, IN_ABBREVIATION, IN_LINE_OF_CAPITALS, ALONE_IN_CAPITALS, NO_WORD = 5.0, 4.0, 6.0, 3.0, 10.0


def weighed(
    path: Sequence[Placed], shapes: Callable[[int, str], Shapes], printed: Mapping[int, str] | None = None
) -> list[tuple[str, float]]:
    """The case of every item of the path, "lower", "title" or "upper", with the log odds that it is right; "lower" for no word.

    Args:
        path: the items in order.
        shapes: what the letters' shapes say of a word's case.
        printed: the case of items that a fixed phrase was recognised by.
    """
    printed = printed or {}
    capital_lines = _capital_lines(path, shapes)
    starts = _starts(path, capital_lines)
    beside = _neighbours(path)
    expected = [
        _expected(item, *pair) if item.word >= 0 else 0.0 for item, pair in zip(path, beside, strict=True)
    ]
    evidence = _first_letters(path, shapes, starts, expected)
    votes = _votes(path, beside, starts, evidence)
    cases = []
    for index, item in enumerate(path):
        if item.word < 0:
            cases.append(("lower", NO_WORD))
        elif index in printed:
            cases.append((printed[index], IN_PHRASE))
        elif words().capital_only[item.word]:
            cases.append(("upper", IN_ABBREVIATION))
        elif item.line in capital_lines:
            cases.append(("upper", IN_LINE_OF_CAPITALS))
        else:
            capital = starts[index] * SENTENCE_CAPITAL + (1 - starts[index]) / (
                1 + math.exp(-expected[index])
            )
            small, title, upper = shapes(item.word, item.observed)
            if upper - WORD_IN_CAPITALS < min(small, title):
                cases.append(("upper", ALONE_IN_CAPITALS))
            else:
                odds = evidence[index] + votes[index] + math.log(capital / (1 - capital))
                cases.append(("title" if odds > 0 else "lower", abs(odds)))
    return cases


def by_shape(path: Sequence[Placed], shapes: Callable[[int, str], Shapes]) -> list[tuple[str, float]]:
    """The case of every item by the shapes of its letters alone: what is left without a model of case."""
    cases = []
    for item in path:
        if item.word < 0:
            cases.append(("lower", NO_WORD))
        elif words().capital_only[item.word]:
            cases.append(("upper", IN_ABBREVIATION))
        else:
            costs = shapes(item.word, item.observed)
            best, second = sorted(costs)[:2]
            cases.append((("lower", "title", "upper")[costs.index(best)], second - best))
    return cases


def _first_letters(
    path: Sequence[Placed],
    shapes: Callable[[int, str], Shapes],
    starts: Sequence[float],
    expected: Sequence[float],
) -> list[float]:
    """Log odds of a capital by the shape of the first letter, with the engine's own habits.

    How often it takes ``s`` for ``S`` is counted where the context leaves no doubt that the word is small; so the count does not
    confirm the decisions that it serves.
    """
    seen: dict[str, list[float]] = {}
    for index, item in enumerate(path):
        if (
            item.word >= 0
            and not starts[index]
            and expected[index] < SURELY_SMALL
            and item.observed[0].isalpha()
        ):
            counts = seen.setdefault(item.observed[0].lower(), [0.0, 0.0])
            counts[item.observed[0].isupper()] += 1
    evidence = []
    for item in path:
        if item.word < 0:
            evidence.append(0.0)
            continue
        small, title, _ = shapes(item.word, item.observed)
        odds = small - title
        first = item.observed[0]
        if first.isupper() and first.lower() in seen:
            kept, swapped = seen[first.lower()]
            generic = swapped_share(first)
            rate = (swapped + HABIT_STRENGTH * generic) / (kept + swapped + HABIT_STRENGTH)
            # never above: where a word is wrongly thought small, its capitals would count as the engine's
            odds += max(0.0, math.log(generic / rate))
        evidence.append(odds)
    return evidence


def _votes(
    path: Sequence[Placed],
    beside: Sequence[tuple[int, int]],
    starts: Sequence[float],
    evidence: Sequence[float],
) -> list[float]:
    """What the other places say where the document writes the same word, with a capital, beside one of the same neighbours.

    Only for capitals: that a word is small elsewhere says little of the place where it is a name.
    """
    total: dict[tuple[int, int, int], float] = {}
    keys = []
    for index, (item, (left, right)) in enumerate(zip(path, beside, strict=True)):
        keys.append(((left, item.word, NOBODY), (NOBODY, item.word, right)))
        if item.word >= 0 and not starts[index]:
            for key in keys[-1]:
                total[key] = total.get(key, 0.0) + evidence[index]
    votes = []
    for index, pair in enumerate(keys):
        others = [total[key] - evidence[index] for key in pair if key in total and not starts[index]]
        votes.append(max(0.0, min(VOTE_BOUND, VOTE * max(others, default=0.0))))
    return votes


def _capital_lines(path: Sequence[Placed], shapes: Callable[[int, str], Shapes]) -> set[int]:
    evidence: dict[int, float] = {}
    for item in path:
        if item.word >= 0 and not words().capital_only[item.word]:
            small, title, upper = shapes(item.word, item.observed)
            evidence[item.line] = evidence.get(item.line, LINE_OF_CAPITALS) + min(small, title) - upper
    return {line for line, odds in evidence.items() if odds > 0}


def _starts(path: Sequence[Placed], capital_lines: Set[int]) -> list[float]:
    """Probability that each item begins a sentence or a list item."""
    starts = []
    short = _short_lines(path)
    chance, stop, line = AFTER_STOP, "", -1
    blank = True  # before the item
    for item in path:
        if item.word == BLANK:
            blank = True
            if "\n" in item.observed:
                chance = _line_chance(stop, item.observed.count("\n") > 1)
                if line in capital_lines:
                    chance = max(chance, AFTER_CAPITALS)
                elif line in short:
                    chance = max(chance, AFTER_SHORT_LINE)
            starts.append(0.0)
            continue
        starts.append(chance if item.word >= 0 else 0.0)
        mark = item.observed if item.word == MARK else ""
        opening = item.line != line
        line = item.line
        if mark and mark in ".!?":
            chance = AFTER_STOP
        elif mark and mark in "-–+*•" and opening:
            chance = max(chance, BULLET) if chance else 0.0
        elif blank and mark and mark in "\"“‘'":
            chance = max(chance, AFTER_QUOTE)
        elif not (mark and mark in "()\"“‘'") and item.word != NUMERAL:
            chance = 0.0
        blank = False
        stop = item.observed[-1:]
    return starts


def _short_lines(path: Sequence[Placed]) -> set[int]:
    """Lines that end early beside those around them."""
    length: dict[int, int] = {}
    for item in path:
        length[item.line] = length.get(item.line, 0) + len(item.observed.strip("\n"))
    return {
        line
        for line, size in length.items()
        if size
        < SHORT_LINE * max(length.get(near, 0) for near in range(line - NEAR_LINES, line + NEAR_LINES + 1))
    }


def _line_chance(stop: str, empty_line: bool) -> float:
    if stop and stop in ".!?":
        return AFTER_STOP
    if stop and stop in ";:":
        return AFTER_SEMICOLON
    return AFTER_EMPTY_LINE if empty_line else 0.0


def _expected(item: Placed, left: int, right: int) -> float:
    """Log odds of a capital first letter, from the word and its neighbours: ``left + right - word`` (a product of experts)."""
    arrays = default_model().arrays
    alone = _log_odds(int(arrays["title_1"][item.token]))
    odds = alone
    if left >= 0:
        node = language_model().bigram(left, item.token)
        if node >= 0:
            odds += _log_odds(int(arrays["title_left_2"][node])) - alone
    if right >= 0:
        node = language_model().bigram(item.token, right)
        if node >= 0:
            odds += _log_odds(int(arrays["title_right_2"][node])) - alone
    return max(-_BOUND, min(_BOUND, odds))


def _neighbours(path: Sequence[Placed]) -> list[tuple[int, int]]:
    """The nearest token before and behind every item, -1 for none; items without a token are passed over."""
    tokens = [item.token for item in path]
    return list(zip(_nearest_before(tokens), reversed(_nearest_before(tokens[::-1])), strict=True))


def _nearest_before(tokens: Sequence[int]) -> list[int]:
    nearest, last = [], -1
    for token in tokens:
        nearest.append(last)
        last = token if token >= 0 else last
    return nearest


def _log_odds(rate: int) -> float:
    return math.log((rate + 1.0) / (256.0 - rate))


def written(word: int, case: str) -> str:
    """A word of the lexicon in a case."""
    text = words().text[word]
    return text if words().capital_only[word] else vietnamese.apply_case(text, case)
