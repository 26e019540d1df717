"""``restore explain``: how one word was decided."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence

from restore.cli.console import put, read_text, settings
from restore.dictionary import rules_for
from restore.errors import ExitCode, InputError, UsageError
from restore.messages import Language, message
from restore.pipeline import Candidate, Derivation, Letter, explain_text
from restore.review.labels import label, sign_label

NOTHING = "∅"
PLAIN = 0.1  # nats: a letter seen as itself at less is not worth a figure
HEADS = ("reading", "letters", "channel", "language", "following", "total", "posterior")


def explain(options: Namespace) -> int:
    """Show the derivation of the word that is asked for, or of all words that fit."""
    config = settings(options)
    lang, rules = config.lang, rules_for(config.dictionaries)
    if options.nth < 1:
        raise UsageError("bad-nth", nth=options.nth)
    if options.all and options.nth != 1:
        raise UsageError("nth-and-all", nth=options.nth)
    text = read_text(options.file).text
    skip, limit = (0, len(text) + 1) if options.all else (options.nth - 1, 1)
    count, found = explain_text(text, options.word, rules=rules, limit=limit, skip=skip)
    if not count:
        raise InputError("no-such-word", path=options.file, word=options.word)
    if not found:
        raise InputError(
            "no-such-occurrence", path=options.file, word=options.word, count=count, nth=options.nth
        )
    if options.json:
        report = {"places": count, "derivations": [told.as_json() for told in found]}
        put(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return ExitCode.OK
    put("\n".join(rendered(told, lang) for told in found))
    if count > len(found):
        put("\n" + message("explain-more", lang, nth=options.nth, count=count) + "\n")
    return ExitCode.OK


def rendered(told: Derivation, lang: Language) -> str:
    """A derivation as text."""
    lines = [_head(told, lang), _verdict(told, lang)]
    if told.suggestion:
        lines.append(f"{label('suggested', lang)}: {told.suggestion}")
    if told.candidates:
        lines += ["", *_table(told, lang)]
    notes = [
        ("heard", " ".join(told.context)),
        ("divisions", " · ".join(f"{said} {share:.3f}" for said, share in told.divisions)),
        ("case-odds", "" if told.case_odds is None else f"{told.case_odds:.1f}"),
        ("signs", " · ".join(f"{sign_label(s.name, lang)} {s.odds:+.1f}" for s in told.signs)),
        ("engine", _engine(told, lang)),
    ]
    said = [(label(name, lang), value) for name, value in notes if value]
    width = max((len(name) for name, _ in said), default=0)
    if said:
        lines += ["", *(f"{name:{width}}  {value}" for name, value in said)]
    return "\n".join(lines) + "\n"


def _head(told: Derivation, lang: Language) -> str:
    place = f"{label('line', lang)} {told.line}, {label('column', lang)} {told.column}"
    change = told.observed if told.observed == told.restored else f"{told.observed} → {told.restored}"
    return f"{place}:  {change}"


def _verdict(told: Derivation, lang: Language) -> str:
    parts = [label(f"outcome-{told.outcome}", lang)]
    if told.source:
        parts.append(f"{label('source', lang)}: {label(f'source-{told.source}', lang)}")
    if told.outcome != "healthy":
        parts.append(f"{label('confidence', lang)}: {told.confidence:.3f}")
    if told.status:
        parts.append(label(told.status, lang))
    return " · ".join(parts)


def _table(told: Derivation, lang: Language) -> list[str]:
    rows = [[label(f"cost-{name}", lang) for name in HEADS]]
    rows += ([*_row(one, lang)] for one in told.candidates)
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    marks = [" ", *("▸" if one.chosen else " " for one in told.candidates)]
    return [
        f"{mark} " + "  ".join(_aligned(row, widths)).rstrip() for mark, row in zip(marks, rows, strict=True)
    ]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, figures to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _row(one: Candidate, lang: Language) -> list[str]:
    letters = [_letter(letter) for letter in one.letters]
    letters += (f"{label(f'penalty-{p.name}', lang)} {p.cost:+.1f}" for p in one.penalties)
    figures = (one.channel, one.language, one.following, one.total)
    return [one.text, "  ".join(letters), *(f"{value:.1f}" for value in figures), f"{one.posterior:.3f}"]


def _letter(letter: Letter) -> str:
    if letter.intended == letter.observed and letter.cost < PLAIN:
        return letter.intended
    return f"{letter.intended}→{letter.observed or NOTHING} {letter.cost:.1f}"


def _engine(told: Derivation, lang: Language) -> str:
    if not told.gains:
        return ""
    gains = " · ".join(f"{name} {gain:+.2f}" for name, gain in told.gains)
    return f"{told.engine or label('engine-generic', lang)}  ({label('engine-gains', lang)}: {gains})"
