"""What people decided once and for all, heard by the decoder as evidence: the rules of :mod:`restore.dictionary` in a text.

A rule is no search-and-replace. Where its ``before`` stands as whole words, its ``after`` is offered at a cost that ordinary
contexts accept, and the language model may still be strongly against it: "an" is "án" behind "tòa", not behind "Kiến". In
damaged text the words are edges of the decoder's lattice, in scans arcs among those of the readings; in text that nothing reads
anew each place is decided by itself. Where both sides are the same the words stay. Numbers and codes are left to people: a rule
for exactly one of them is applied and listed for review, every other one that would change digits is a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from restore.correct.candidates import PROTECTED_RE
from restore.correct.chunks import CHUNK_RE
from restore.correct.kinds import digits, kind_of
from restore.dictionary import Rule
from restore.edit import Edit
from restore.language import vietnamese

SOURCE = "rule"  # of pieces, edits and arcs
# Marks that may stand beside a rule's words without being part of them.
_OPENING, _CLOSING = "([{\"'“‘«-–—", ")]}\"'”’»,.;:!?…-–—"
MOST_MARKS = 4  # of them on one side
# Probability that a rule for exactly one number or code is right: a person looked at it, and looks again.
DECIDED = 0.99


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule's ``before`` stands, and its ``after`` in the case of what stands there."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of one text.

    Attributes:
        kept: spans that are right as they stand.
        numbers: edits of numbers and codes, applied for review or suggested.
        matches: where words are to be read otherwise.
    """

    kept: tuple[tuple[int, int], ...] = ()
    numbers: tuple[Edit, ...] = ()
    matches: tuple[Match, ...] = ()

    def __bool__(self) -> bool:
        """Whether any rule has a say."""
        return bool(self.kept or self.numbers or self.matches)

    def settled(self) -> Iterator[tuple[int, int]]:
        """The spans that nothing else is to read: what is kept, and numbers that a rule decides."""
        yield from self.kept
        yield from ((edit.start, edit.end) for edit in self.numbers)

    def settles(self, start: int, end: int) -> bool:
        """Whether any of a span is settled."""
        return any(a < end and start < b for a, b in self.settled())

    def frozen(self, text: str, frozen: Sequence[bool]) -> tuple[bool, ...]:
        """By character, whether it stays as it stands; the whole chunks of what is settled do, with the marks beside it."""
        stays = list(frozen)
        for start, end in self.settled():
            while start and not text[start - 1].isspace():
                start -= 1
            while end < len(text) and not text[end].isspace():
                end += 1
            stays[start:end] = [True] * (end - start)
        return tuple(stays)


NOTHING = Ruled()


def ruled(text: str, rules: Sequence[Rule]) -> Ruled:
    """What some rules say of a text; a longer one goes before a shorter one, and the first place before the next.

    Args:
        text: NFC.
        rules: one for each ``before``.

    >>> rules = [Rule(before="kiin an", after="Kiến An"), Rule(before="KH", after="KH")]
    >>> found = ruled("Quan kiin an, (KH)", rules)
    >>> found.matches, found.kept
    ((Match(start=5, end=12, after='Kiến An'),), ((15, 17),))
    """
    if not rules:
        return NOTHING
    kept, numbers, matches = [], [], []
    for start, end, rule, after in _found(text, rules):
        if rule.protects:
            kept.append((start, end))
        elif touches_numbers(rule):
            numbers.append(_number_edit(text, start, end, rule))
        elif after != text[start:end]:
            matches.append(Match(start, end, after))
    return Ruled(tuple(kept), tuple(numbers), tuple(matches))


def touches_numbers(rule: Rule) -> bool:
    """Whether a rule changes digits, or a code.

    >>> [touches_numbers(Rule(before=a, after=b)) for a, b in (("s6", "số"), ("1O", "10"), ("5/KH-UBMD", "5/KH-UBND"))]
    [False, True, True]
    """
    if PROTECTED_RE.search(rule.before):
        return True
    changed = digits(rule.before) != digits(rule.after)
    return changed and bool(digits(rule.after) or not any(map(str.isalpha, rule.before)))


def _number_edit(text: str, start: int, end: int, rule: Rule) -> Edit:
    """A number or code as the rule for exactly it says, for review; what a longer rule says of one is a suggestion."""
    exact = len(rule.before.split()) == 1
    return Edit(
        start=start, end=end, before=text[start:end], after=rule.after, kind=kind_of(text[start:end], rule.after),
        source=SOURCE, confidence=DECIDED, status="review" if exact else "suggested", alternatives=(rule.before,),
    )  # fmt: skip


def _found(text: str, rules: Sequence[Rule]) -> Iterator[tuple[int, int, Rule, str]]:
    """Where rules stand: start, end, the rule, and its ``after`` in the case of the place; none of them overlap."""
    exact = {rule.before: rule for rule in rules}
    lengths = sorted({len(before.split()) for before in exact}, reverse=True)
    chunks = [match.span() for match in CHUNK_RE.finditer(text)]
    index = 0
    while index < len(chunks):
        taken = 1
        for length in lengths:
            last = index + length - 1
            if last >= len(chunks):
                continue
            hit = _hit(text, chunks[index : last + 1], exact)
            if hit is not None:
                yield hit
                taken = length
                break
        index += taken


def _hit(
    text: str, chunks: Sequence[tuple[int, int]], exact: dict[str, Rule]
) -> tuple[int, int, Rule, str] | None:
    """The rule for some neighbouring chunks, with or without the marks around them."""
    first, last = text[slice(*chunks[0])], text[slice(*chunks[-1])]
    middle = [text[a:b] for a, b in chunks]
    for left in range(_marks(first, _OPENING) + 1):
        for right in range(_marks(last[::-1], _CLOSING) + 1):
            said = [*middle]
            said[-1] = said[-1][: len(said[-1]) - right]
            said[0] = said[0][left:]
            if not all(said) or ((left or right) and len("".join(said)) == 1):  # "b)" counts, it is no word
                continue
            found = _rule_for(said, exact)
            if found is not None and _on_one_line(text, chunks, found[1]):
                return chunks[0][0] + left, chunks[-1][1] - right, *found
    return None


def _marks(word: str, marks: str) -> int:
    count = 0
    while count < min(len(word) - 1, MOST_MARKS) and word[count] in marks:
        count += 1
    return count


def _on_one_line(text: str, chunks: Sequence[tuple[int, int]], after: str) -> bool:
    """Whether some chunks stand on one line, or every word of theirs on its own has one in the rule."""
    breaks = text.count("\n", chunks[0][0], chunks[-1][1])
    return not breaks or (breaks == 1 and len(after.split()) == len(chunks))


def _rule_for(said: Sequence[str], exact: dict[str, Rule]) -> tuple[Rule, str] | None:
    """The rule for some words, and its ``after`` in their case: a rule in small letters holds for words with capitals too."""
    rule = exact.get(" ".join(said))
    if rule is not None:
        return rule, rule.after
    small = [word.lower() for word in said]
    rule = exact.get(" ".join(small))
    cases = [vietnamese.case_of(word) for word in said]
    if rule is None or any(
        vietnamese.apply_case(a, case) != b for a, b, case in zip(small, said, cases, strict=True)
    ):
        return None
    after = rule.after.split(" ")
    if len(after) == len(said):
        return rule, " ".join(map(_cased, after, cases))
    if all(map(str.isupper, said)) and len("".join(said)) > 1:
        return rule, rule.after.upper()
    return rule, rule.after[:1].upper() + rule.after[1:] if cases[0] != "lower" else rule.after


def _cased(word: str, case: str) -> str:
    """A word of a rule in the case of the one that it stands for; its own capitals stay."""
    if case == "upper":
        return word.upper()
    return word[:1].upper() + word[1:] if case == "title" else word
