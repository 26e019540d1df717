"""Amounts of money: ``480.000.000 đồng``, ``1,5 tỷ đồng``, ``12 tỷ 500 triệu đồng``, ``25.000 USD``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from restore.content import Money
from restore.meaning.passages import Passages
from restore.structure.lines import Span

# Thousands in groups of three ("480.000.000", blanks after the points as engines leave them), or a plain number.
_NUMBER = r"(?:\d{1,3}(?:\s?[.,]\s?\d{3}(?!\d))+(?:,\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
_SCALES = {"tram": 10**2, "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_SCALE = r"(?:(?:tram\s+|nghin\s+|ngan\s+)?(?:nghin|ngan|trieu|t[yi])\b)"
# ISO 4217 by the words and signs that follow an amount, or stand before it (USD 25.000).
_CURRENCIES = {
    "dong": "VND", "vnd": "VND", "d": "VND", "usd": "USD", "do la": "USD", "eur": "EUR", "euro": "EUR",
    "yen": "JPY", "jpy": "JPY", "nhan dan te": "CNY", "cny": "CNY", "kip": "LAK",
}  # fmt: skip
_AFTER_RE = re.compile(
    rf"(?<![\d.,/])(?:(?P<from>{_NUMBER})\s*(?:-|–|\bden\b|\btoi\b)\s*)?(?P<number>{_NUMBER})\s*"
    rf"(?:(?P<scale>{_SCALE})\s*(?:(?P<rest>\d{{1,3}}(?:,\d+)?)\s*(?P<small>{_SCALE})\s*)?)?"
    r"(?P<currency>dong|vnd|usd|do\sla|euro?|yen|jpy|nhan\sdan\ste|cny|kip|d)(?!\w)"
)
_DIGITS_RE = re.compile(r"\d+")
_BEFORE_RE = re.compile(rf"\b(?P<currency>usd|eur|vnd)\s?(?P<number>{_NUMBER})(?![\w/])")
# Words that fold to "dong" and are no money: lines, motions, closed, heaps; then comrades and colleagues.
_OTHER_WORDS = frozenset(("dòng", "động", "đóng", "đống", "dông", "đọng"))
_NO_MONEY_RE = re.compile(r"\s+(?:chi|nghiep|bao|dang|ho)\b")


def find_money(passages: Passages) -> tuple[Money, ...]:
    """All amounts of money, in the order of the text; what stands in words after them is not part of them.

    A range with its unit at the end ("từ 10 đến 15 triệu đồng") is two amounts, which share its text.
    """
    return tuple(
        Money(
            text=passages.field(*span),
            amount=passages.field(*span, amount),
            currency=currency,
            section_id=passages.section_id(span.start),
        )
        for span, amount, currency in sorted(_amounts(passages), key=lambda one: one[0])
    )


def _amounts(passages: Passages) -> Iterator[tuple[Span, str, str]]:
    """Each amount with its place, its digits and its currency."""
    folded = passages.folded
    end = 0
    for digits in _DIGITS_RE.finditer(folded):
        match = _AFTER_RE.match(folded, digits.start()) if digits.start() >= end else None
        if match is None or not _is_currency(passages, match):
            continue
        end = match.end()
        currency = _CURRENCIES[match["currency"]]
        span = Span(match.start(), match.end())
        if match["from"]:
            yield span, amount_of(match["from"], match["scale"]), currency
        yield span, amount_of(match["number"], match["scale"], match["rest"], match["small"]), currency
    if not any(sign in folded for sign in ("usd", "eur", "vnd")):
        return
    for match in _BEFORE_RE.finditer(folded):
        yield Span(*match.span()), amount_of(match["number"]), _CURRENCIES[match["currency"]]


def _is_currency(passages: Passages, match: re.Match[str]) -> bool:
    """Whether the word after a number is a currency as printed, and no other word that folds to it."""
    start, end = match.span("currency")
    printed = passages.text[start:end]
    if match["currency"] == "d":
        return printed == "đ"
    if match["currency"] != "dong":
        return True
    return printed.lower() not in _OTHER_WORDS and not _NO_MONEY_RE.match(passages.folded, end)


def amount_of(
    number: str, scale: str | None = None, rest: str | None = None, small: str | None = None
) -> str:
    """The digits of an amount; a fraction that is left stands after a point.

    Args:
        number: as printed, "480.000.000", "1,5".
        scale: folded word of its size, "trieu", "nghin ty".
        rest: a second number of a smaller size, "500" of "12 tỷ 500 triệu".
        small: that size.

    >>> amount_of("480.000.000"), amount_of("1,5", "ty"), amount_of("12", "ty", "500", "trieu")
    ('480000000', '1500000000', '12500000000')
    >>> amount_of("1.250", "trieu"), amount_of("1,250", "ty"), amount_of("25,50")
    ('1250000000', '1250000000', '25.5')
    """
    whole = _plain(number, scaled=scale is not None) * _size(scale)
    if rest is not None:
        whole += _plain(rest, scaled=True) * _size(small)
    return f"{whole.normalize():f}"


def _size(scale: str | None) -> int:
    size = 1
    for word in (scale or "").split():
        size *= _SCALES[word]
    return size


def _plain(number: str, *, scaled: bool) -> Decimal:
    """The value of a number as printed: points part thousands, a comma the fraction.

    Without a size ("đồng" at once) a comma before three digits parts thousands as well: "480,000,000 đồng".
    """
    number = "".join(number.split())
    groups = re.split(r"[.,]", number)
    if "," not in number:
        # "0.5 triệu": a point before fewer than three digits can't part thousands.
        thousands = all(len(group) == 3 for group in groups[1:])
        return Decimal("".join(groups) if thousands else number)
    fraction = groups[-1]
    if len(groups) > 2 and "." not in number:
        return Decimal("".join(groups))
    if len(fraction) == 3 and not scaled and "." not in number:
        return Decimal("".join(groups))
    return Decimal("".join(groups[:-1]) + "." + fraction)
