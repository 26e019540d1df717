"""The page that ranks a batch, ``summary.html``: one file that needs nothing else, of ten thousand documents at most.

What comes from documents is data in it, never markup: a JSON block that holds no ``<``, put on the page by a script as text.
Its policy allows that one script and that one style, by their hashes, and nothing from anywhere else.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from restore import output
from restore.messages import Language
from restore.review.marks import number
from restore.review.triage import CONFIDENCE_EDGES, GROUPS, REASONS, SINGLE, STATES, Tally, Triage, ranked
from restore.review.triage_labels import LABELS, duration, label

MOST_SHOWN = 10_000  # documents; a page of so many has some 3 MB, and nobody comes to the end of it
WITHOUT_SCRIPT = 200  # documents, the worst, that are shown where JavaScript is switched off
_TEMPLATES = Path(__file__).parent / "templates"
_CODES = tuple(REASONS)
# Marks that write nothing and turn the rest round, and line ends and the like: a name shows them.
_UNSEEN_RE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def triage_html(rows: Iterable[Triage], lang: Language = "vi", *, most: int = MOST_SHOWN) -> str:
    """The documents as one HTML page, ranked, to filter and sort; the links lead to the results beside it.

    Args:
        rows: one a document, in any order; read once, and only those that are shown are held.
        lang: language of the labels.
        most: how many are shown, those that need a person most; the page says how many there are beside.
    """
    from restore.review.templating import templates_in  # 0.1 s of CPU, needed once a batch

    tally = Tally()
    ordered = ranked(tally.counting(rows), most)
    style, script = _asset("triage.css"), _asset("triage.js")
    return (
        templates_in(_TEMPLATES)
        .get_template("triage.html.j2")
        .render(
            lang=lang,
            label=lambda key: label(key, lang),
            policy=_policy(style, script),
            style=style,
            script=script,
            data=_json(page_data(ordered, lang)),
            rows=[_plain(row, lang) for row in ordered[:WITHOUT_SCRIPT]],
            others=_others(len(ordered), tally, lang) if tally.files > len(ordered) else "",
        )
    )


def page_data(rows: Sequence[Triage], lang: Language) -> dict[str, Any]:
    """What the page's script works on: names once, documents as short lists.

    A document is ``[name, state, type, number, issuer, date, pages, words, changed, to review, confidence in per mille, seconds,
    [reason, count, …], [words in each bin of confidence], decisions, error]``; state, type, issuer and reason are places in
    the tables, -1 is unknown.
    """
    types = _table(row.doc_type for row in rows)
    issuers = _table(row.issuer for row in rows)
    return {
        "lang": lang,
        "say": {key: getattr(words, lang) for key, words in LABELS.items()},
        "states": STATES,
        "groups": GROUPS,
        "codes": [(code, GROUPS.index(REASONS[code][0]), code not in SINGLE) for code in _CODES],
        "edges": CONFIDENCE_EDGES,
        "files": [output.DIFF_FILE, output.RESTORED_FILE, output.EDITS_FILE, output.DOCUMENT_FILE],
        "types": list(types),
        "issuers": list(issuers),
        "rows": [_row(row, types, issuers) for row in rows],
    }


def shown(text: str) -> str:
    r"""A name with its unseen marks made visible, in the form of escapes.

    >>> shown("a\nb\u202egpj.exe")
    'a\\u000ab\\u202egpj.exe'
    """
    return _UNSEEN_RE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _others(shown_here: int, tally: Tally, lang: Language) -> str:
    """What is said of the documents that are not on the page."""
    time = duration(tally.need_seconds, lang)
    told = {"count": shown_here, "all": tally.files, "failed": tally.failed, "review": tally.need_review}
    figures = {key: number(value, lang) for key, value in told.items()}
    return label("others", lang).format(**figures, time=time)


def _row(row: Triage, types: dict[str, int], issuers: dict[str, int]) -> list[Any]:
    reasons = [part for reason in row.reasons for part in (_CODES.index(reason.code), reason.count)]
    line = [
        row.name,
        STATES.index(row.state),
        types.get(row.doc_type or "", -1),
        row.number or "",
        issuers.get(row.issuer or "", -1),
        row.date or "",
        row.pages or 0,
        row.words,
        row.words_changed,
        row.words_to_review,
        int(1000 * row.mean_confidence),
        row.need_seconds,
        reasons,
        row.confidence,
        row.decisions,
    ]
    return [*line, row.error] if row.error else line


def _table(names: Iterable[str | None]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(filter(None, names)))}


def _plain(row: Triage, lang: Language) -> dict[str, str]:
    """A document's line for the table without script."""
    told = (row.doc_type, row.number, row.date, row.issuer)
    why = [label(one.code, lang) + ("" if one.code in SINGLE else f" {one.count}") for one in row.reasons]
    return {
        "name": shown(row.name),
        "link": "" if row.state == "failed" else f"{quote(row.name)}/{output.DIFF_FILE}",
        "meta": " · ".join(filter(None, told)),
        "state": row.state,
        "state_label": label(f"state-{row.state}", lang),
        "need": duration(row.need_seconds, lang),
        "why": ", ".join(why),
        "error": shown(row.error),
        "words": str(row.words or ""),
    }


@cache
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing but this style and this script, and no place to send anything to."""
    allowed = (f"{kind}-src 'sha256-{_hash(text)}'" for kind, text in (("style", style), ("script", script)))
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(content: dict[str, Any]) -> str:
    """JSON that no HTML parser takes for markup."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
