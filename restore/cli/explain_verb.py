"""``restore explain``: how one word was decided."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from restore.batch.listing import SUFFIXES
from restore.cli.console import put, read_text, settings
from restore.config import Config
from restore.dictionary import rules_for
from restore.errors import ExitCode, InputError, UsageError
from restore.messages import Language, message
from restore.pipeline import TEXT_SUFFIXES, Candidate, Derivation, Letter, explain_text, restore_file
from restore.recognised import Recognised, recognised
from restore.review.labels import label, sign_label
from restore.review.marks import percent

NOTHING = "∅"
PLAIN = 0.1  # nats: a letter seen as itself at less is not worth a figure
HEADS = ("reading", "letters", "channel", "language", "following", "total", "posterior")


def explain(options: Namespace) -> int:
    """Show the derivation of the word that is asked for, or of all words that fit."""
    config = settings(options)
    lang = config.lang
    if options.nth < 1:
        raise UsageError("bad-nth", nth=options.nth)
    if options.all and options.nth != 1:
        raise UsageError("nth-and-all", nth=options.nth)
    skip, limit = (0, sys.maxsize) if options.all else (options.nth - 1, 1)
    count, found = _asked(options, config, skip=skip, limit=limit)
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


def _asked(
    options: Namespace, config: Config, *, skip: int, limit: int
) -> tuple[int, tuple[Derivation | Recognised, ...]]:
    """How many places fit, and what is told of those that are asked for."""
    rules = rules_for(config.dictionaries)
    path = Path(options.file)
    if path.suffix.lower() in SUFFIXES - TEXT_SUFFIXES:
        return recognised(restore_file(path, config, rules=rules), options.word, limit=limit, skip=skip)
    text = read_text(options.file).text
    return explain_text(text, options.word, rules=rules, limit=limit, skip=skip)


def rendered(told: Derivation | Recognised, lang: Language) -> str:
    """What is told of a word, as text."""
    if isinstance(told, Recognised):
        return _of_scan(told, lang)
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
    return "\n".join([*lines, *_notes(notes, lang)]) + "\n"


def _of_scan(told: Recognised, lang: Language) -> str:
    """What is told of a word of a scan: it was chosen among readings, whose letters have no costs."""
    lines = [f"{label('page', lang)} {told.page}, {_head(told, lang)}", _verdict(told, lang)]
    if told.suggestion:
        lines.append(f"{label('suggested', lang)}: {told.suggestion}")
    sayings = (
        f"{one.text or NOTHING} {percent(one.confidence, lang)} ({label(f'saying-{one.source}', lang)})"
        for one in told.readings
    )
    notes = [
        ("engine-sure", "" if told.engine is None else percent(told.engine, lang)),
        ("sayings", " · ".join(sayings)),
        ("alternatives", " · ".join(told.alternatives)),
    ]
    return "\n".join([*lines, *_notes(notes, lang)]) + "\n"


def _notes(notes: Sequence[tuple[str, str]], lang: Language) -> list[str]:
    """An empty line and the notes that say something, their names as wide as the longest."""
    said = [(label(name, lang), value) for name, value in notes if value]
    width = max((len(name) for name, _ in said), default=0)
    return ["", *(f"{name:{width}}  {value}" for name, value in said)] if said else []


def _head(told: Derivation | Recognised, lang: Language) -> str:
    place = f"{label('line', lang)} {told.line}, {label('column', lang)} {told.column}"
    change = told.observed if told.observed == told.restored else f"{told.observed} → {told.restored}"
    return f"{place}:  {change}"


def _verdict(told: Derivation | Recognised, lang: Language) -> str:
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
