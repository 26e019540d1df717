"""``restore search``: documents of a batch by their words, types, issuers, numbers and dates."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from restore.batch.changes import to_look_at
from restore.cli.console import Progress, has_colour, progress_bar, put, say, settings
from restore.documents import walk_documents
from restore.errors import ExitCode, InputError, UsageError, readable
from restore.messages import Language, message
from restore.output import DOCUMENT_FILE
from restore.search.card import card_dict
from restore.search.filters import Filters
from restore.search.index import Answer, Found, Index
from restore.search.patience import SECONDS
from restore.search.spans import Piece
from restore.search.store import SEARCH_FILE
from restore.search.update import Update

_MOST_LINES = 8  # line numbers that are shown of one document
_BOLD, _FAINT, _PLAIN = "\N{ESCAPE}[1;33m", "\N{ESCAPE}[2m", "\N{ESCAPE}[0m"


def search(options: Namespace) -> int:
    """Bring the index up to date, unless it is told not to, and show what fits."""
    lang = settings(options).lang
    query = " ".join(options.query)
    filters = Filters(
        types=tuple(options.types or ()),
        issuer=options.issuer,
        number=options.number,
        since=options.since,
        until=options.until,
    )
    for option, value, least in (("--limit", options.limit, 1), ("--offset", options.offset, 0)):
        if value < least:
            raise UsageError("search-bad-count", option=option, value=value, least=least)
    if not query.strip() and not filters:
        raise UsageError("search-nothing-asked")
    out = Path(options.out)
    index = Index(out)
    if not (out / SEARCH_FILE).exists() and next(walk_documents(str(out)), None) is None:
        raise InputError(
            "no-document-json", path=out, name=DOCUMENT_FILE
        )  # and no index is left in a strange folder
    if not options.no_update:
        for name in _update(index, lang, everywhere=options.full_update).unreadable:
            say(message("search-unreadable", lang, name=name))
    seconds = None if options.thorough else SECONDS
    answer = index.search(query, filters, limit=options.limit, offset=options.offset, seconds=seconds)
    if options.json:
        put(json.dumps(_as_json(answer), ensure_ascii=False, indent=2) + "\n")
        return ExitCode.OK
    colour = has_colour()
    put(
        "\n".join(
            _lines(found, number, lang, colour)
            for number, found in enumerate(answer.found, options.offset + 1)
        )
    )
    say(_total(answer, options.offset, lang))
    if answer.partial:
        say(message("search-partial", lang))
    return ExitCode.OK


def _update(index: Index, lang: Language, *, everywhere: bool) -> Update:
    """Read what has changed; a bar shows how far it is, once there is something to read.

    Args:
        index: the index.
        lang: of the bar.
        everywhere: look at all folders, however many there are.
    """
    changes = to_look_at(index.out, *index.known())
    with ExitStack() as open_bars:
        bars: list[Progress] = []

        def show(name: str, total: int) -> None:
            if not bars:
                bars.append(open_bars.enter_context(progress_bar(message("search-indexing", lang), total)))
            bars[0](name)

        return index.update(show, only=None if everywhere else changes.outputs, mark=changes.mark)


def _total(answer: Answer, offset: int, lang: Language) -> str:
    if not answer.total:
        key = "search-none-yet" if answer.partial else "search-none"
        return message(key, lang, documents=answer.documents)
    key = "search-total" if answer.exact else "search-total-at-most"
    key = "search-total-more" if answer.more else key
    key = "search-total-least" if answer.partial else key
    key = "search-total-one" if answer.exact and answer.total == 1 and not offset else key
    last = offset + len(answer.found)
    first = min(offset + 1, last)
    return message(key, lang, total=answer.total, documents=answer.documents, first=first, last=last)


def _lines(found: Found, number: int, lang: Language, colour: bool) -> str:
    """One document: what it is, where it lies, what it says of the words."""
    card = found.card
    what = " ".join(filter(None, [card.doc_type, card.code]))
    head = " · ".join(filter(None, [
        what, card.issuer, card.issued_date or message("search-undated", lang),
        message(f"search-grade-{card.grade}", lang) if card.grade != "good" else "",
    ]))  # fmt: skip
    lines = [f"{number:3}  {head}", f"     {_painted(readable(found.folder), _FAINT, colour)}"]
    lines += ["     " + _shown(found.subject, colour)] if found.subject else []
    lines += ["     " + _shown(snippet, colour) for snippet in found.snippets]
    if found.places:
        numbers = list(dict.fromkeys(str(place.line) for place in found.places))
        more = ["…"] if len(numbers) > _MOST_LINES or found.hits > len(found.places) else []
        where = message("search-lines", lang, lines=", ".join(numbers[:_MOST_LINES] + more))
        lines.append(f"     {_painted(where, _FAINT, colour)}")
    return "\n".join(lines) + "\n"


def _shown(pieces: Sequence[Piece], colour: bool) -> str:
    """A snippet with its hits marked: by colour, or by brackets where there is none."""
    return "".join(
        (_painted(piece.text, _BOLD, colour) if colour else f"[{piece.text}]")
        if piece.hit
        else _safe(piece.text)
        for piece in pieces
    )


def _painted(text: str, colour: str, is_on: bool) -> str:
    return f"{colour}{_safe(text)}{_PLAIN}" if is_on else _safe(text)


def _safe(text: str) -> str:
    """The text without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "query": str(answer.query),
        "total": answer.total,
        "exact": answer.exact,
        "more": answer.more,
        "partial": answer.partial,
        "documents": answer.documents,
        "found": [_found_json(found) for found in answer.found],
    }


def _found_json(found: Found) -> dict[str, Any]:
    return {
        "name": found.name,
        "folder": readable(found.folder),
        **card_dict(found.card),
        "score": round(found.score, 6),
        "subject_pieces": [list(piece) for piece in found.subject],
        "snippets": [[list(piece) for piece in snippet] for snippet in found.snippets],
        "hits": found.hits,
        "places": [asdict(place) for place in found.places],
    }
