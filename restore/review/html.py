"""Pages for people: what changed, side by side, and the reason for every change.

A page is one file that needs nothing else, works without a network, and escapes what comes from documents. Its
security policy lets only its own style and script in, named by their digests.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from restore.edit import Edit
from restore.field import Provenance
from restore.messages import Language
from restore.review.align import Alignment, Pair
from restore.review.diff import Piece, visible
from restore.review.labels import label
from restore.review.marks import BANDS, ORDER, STATES, Mark, View, letter_runs, number, told, view
from restore.review.sheet import embedded, sheet
from restore.review.templating import templates_in

if TYPE_CHECKING:  # OpenCV: a tenth of a second that a page without images need not wait for
    from restore.review.crops import Crop

# What the script of a diff page says to people.
_SAID = ("line", "page", "nothing", "line-image", "same-lines")


@dataclass(frozen=True, slots=True)
class _Bit:
    """Text of one pair; ``runs`` parts it into letters that changed and letters that did not."""

    text: str
    mark: Mark | None
    index: int
    runs: tuple[tuple[str, bool], ...] = ()
    told: str = ""


@cache
def templates() -> Environment:
    """The templates of all pages."""
    return templates_in(Path(__file__).parent / "templates")


def page_parts(styles: Sequence[str], scripts: Sequence[str]) -> dict[str, Markup]:
    """Style, script and security policy of a page, from the files of the templates folder."""
    style = "".join(templates().get_template(name).render(kinds=ORDER) for name in styles)
    script = "".join(templates().get_template(name).render() for name in scripts)
    digests = (b64encode(sha256(part.encode()).digest()).decode("ascii") for part in (style, script))
    policy = "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'"
    return {
        "style": Markup(style),
        "script": Markup(script),
        "policy": Markup(policy.format(*digests)),
    }


def render_html(
    left: str,
    right: str,
    title: str,
    lang: Language = "vi",
    edits: Sequence[Edit] | None = None,
    doubtful: Sequence[Provenance] = (),
    *,
    crops: Mapping[int, Crop] | None = None,
    up: str = "",
    aligned: Alignment | None = None,
    doubts: int | None = None,
) -> str:
    """Two texts side by side, line by line, as one HTML page.

    Args:
        left: what was, ``original.txt``.
        right: what it became, ``restored.txt``.
        title: name of the document.
        lang: language of the labels.
        edits: the edits that led from left to right; with them every change tells its source, confidence and
            alternatives, and those to review are marked. Without them the texts are aligned.
        doubtful: where in left, in order, words stand that were read with little certainty: marked like edits
            to review.
        crops: images of lines of left by their numbers from 1, see :func:`restore.review.crops.line_crops`.
        up: address of the page that lists this one, if there is one.
        aligned: both texts, if they were aligned before and there are no edits.
        doubts: how many words are to review, as the document counts them; by default what is marked counts.

    Raises:
        ValueError: the edits do not lead from left to right.
    """
    seen = view(left, right, lang, edits, doubtful, aligned, doubts)
    body = sheet(seen, lang, crops or {})
    data = {
        "kinds": ORDER,
        "states": STATES,
        "labels": {key: label(key, lang) for key in (*ORDER, *_SAID)},
        "told": body.told,
        "lang": lang,
    }
    sides = ("left", "right") if edits is None else ("before", "after")
    return (
        templates()
        .get_template("diff.html.j2")
        .render(
            **_common(title, lang, seen),
            **page_parts(("page.css", "diff.css"), ("card.js", "rows.js", "diff.js")),
            legend=_legend(Counter(mark.shown_kind for mark in seen.marks.values()), ORDER, lang),
            states=_legend(Counter(mark.state for mark in seen.marks.values()), STATES, lang),
            sides=[label(side, lang) for side in sides],
            body=body.body,
            data=Markup(embedded(data)),
            up=up,
        )
    )


def render_restored(
    original: str,
    restored: str,
    title: str,
    lang: Language = "vi",
    edits: Sequence[Edit] = (),
    doubtful: Sequence[Provenance] = (),
    doubts: int | None = None,
) -> str:
    """The restored text as one HTML page: what changed marked by kind, and the less sure the stronger.

    What stood there, the source, cost and confidence and the other readings are told where the pointer or the keys rest.

    Args:
        original: the text before.
        restored: the text after.
        title: name of the document.
        lang: language of the labels.
        edits: what led from one to the other.
        doubtful: where in the original, in order, words stand that were read with little certainty.
        doubts: how many words are to review, as the document counts them; by default what is marked counts.

    Raises:
        ValueError: the edits do not lead there.
    """
    seen = view(original, restored, lang, edits, doubtful, doubts=doubts)
    sure = Counter(mark.band for mark in seen.marks.values())
    bands = [(band, label(f"band-{band}", lang), number(sure[band], lang)) for band in BANDS if sure[band]]
    lines = [{"gap": row.gap, "bits": _bits(row.right, seen, lang)} for row in seen.rows if row.right]
    page = templates().get_template("text.html.j2")
    return page.render(
        **_common(title, lang, seen),
        **page_parts(("page.css",), ("card.js", "page.js")),
        legend=_legend(seen.counts, ORDER, lang),
        lines=lines,
        bands=bands,
    )


def _bits(pieces: Sequence[Piece], seen: View, lang: Language) -> list[_Bit]:
    """The pieces of a row, unchanged neighbours joined."""
    bits: list[_Bit] = []
    for changed, group in groupby(pieces, key=lambda piece: piece.pair in seen.marks):
        if not changed:
            bits.append(_Bit(" ".join(piece.text for piece in group), None, -1))
            continue
        for piece in group:
            mark, pair = seen.marks[piece.pair], seen.pairs[piece.pair]
            bits.append(_Bit(piece.text, mark, piece.pair, _runs(piece, pair), told(mark, pair, lang)))
    return bits


def _runs(piece: Piece, pair: Pair) -> tuple[tuple[str, bool], ...]:
    left, right = (" ".join(token.text for token in side) for side in pair)
    if piece.text != right or not left:
        return ((piece.text, bool(left)),)
    return letter_runs(left, right)


def _common(title: str, lang: Language, seen: View) -> dict[str, object]:
    return {
        "title": visible(re.sub(r"\s+", " ", title)),
        "lang": lang,
        "label": lambda key: label(key, lang),
        "figures": seen.figures,
        "doubts": seen.doubts,
    }


def _legend(counts: Mapping[str, int], order: Sequence[str], lang: Language) -> list[tuple[str, str, str]]:
    """Names and numbers of the kinds, or states, that there are."""
    return [(key, label(key, lang), number(counts[key], lang)) for key in order if counts.get(key)]
