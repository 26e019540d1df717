"""``restore diff``: what differs between two texts, or the texts of two folders."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from restore.cli.console import has_colour, progress_bar, put, say, settings, spare_inputs
from restore.cli.diff_sides import Side, open_side
from restore.errors import ExitCode, InputError, OutputError, RestoreError, UsageError, readable
from restore.messages import Language, error_text, message
from restore.review.align import align
from restore.review.diff import KINDS, DifferenceKind, as_json, differences

if TYPE_CHECKING:  # the template engine, which the terminal need not wait for
    from restore.review.comparison import Compared

INDEX_FILE = "index.html"


@dataclass(frozen=True, slots=True)
class _Wish:
    """How the user wants differences shown."""

    lang: Language
    output: str | None
    json: bool
    only: Collection[DifferenceKind]
    context: int


def diff(options: Namespace) -> int:
    """Show what differs: on the terminal, as HTML pages, or as JSON."""
    config = settings(options)
    spare_inputs([options.left, options.right], [options.output])
    if options.context < 0:
        raise UsageError("bad-context", lines=options.context)
    wish = _Wish(config.lang, options.output, options.json, _kinds(options.only), options.context)
    left = open_side(options.left, options.left_text, config)
    right = open_side(options.right, options.right_text, config)
    if left.is_folder != right.is_folder:
        many, one = (left, right) if left.is_folder else (right, left)
        raise InputError("diff-one-and-many", one=one.name, many=many.name)
    return _folders(left, right, wish) if left.is_folder else _texts(left, right, wish)


def _kinds(only: str | None) -> tuple[DifferenceKind, ...]:
    """The kinds that ``--only`` names, all where it names none."""
    names = [name.strip() for name in (only or "").split(",") if name.strip()]
    for name in names:
        if name not in KINDS:
            raise UsageError("unknown-kind", kind=name, known=", ".join(KINDS))
    return tuple(kind for kind in KINDS if not names or kind in names)


def _texts(left: Side, right: Side, wish: _Wish) -> int:
    (name, read), (other, read_other) = *left.documents.items(), *right.documents.items()
    before, after = read(), read_other()
    alignment = align(before, after)
    if wish.output:
        from restore.review.html import render_html  # the template engine

        title = readable(f"{name} → {other}")
        put(render_html(before, after, title, wish.lang, aligned=alignment), wish.output)
    if wish.json:
        found = [difference for difference in differences(alignment) if difference.kind in wish.only]
        put(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n")
    elif not wish.output:
        from restore.review.terminal import render_terminal

        shown = render_terminal(
            alignment, wish.lang, colour=has_colour(), context=wish.context, only=wish.only
        )
        put(shown)
    return ExitCode.OK


def _folders(left: Side, right: Side, wish: _Wish) -> int:
    from restore.review.comparison import FolderComparison, render_overview
    from restore.review.matching import matched
    from restore.review.terminal import render_folders

    target = _target(left, right, wish.output) if wish.output else None
    found = matched(left.documents, right.documents)
    if not found.pairs:
        raise InputError("diff-no-pairs", left=left.name, right=right.name)
    documents = []
    with progress_bar(message("comparing", wish.lang), len(found.pairs)) as show:
        for name, other in found.pairs:
            row = _pair((name, left.documents[name]), (other, right.documents[other]), target, wish)
            documents.append(row)
            show(name)
    result = FolderComparison(tuple(documents), found.only_left, found.only_right)
    if target:
        title = readable(f"{Path(left.name).name or left.name} → {Path(right.name).name or right.name}")
        put(render_overview(result, title, wish.lang), str(target / INDEX_FILE))
        say(message("diff-written", wish.lang, path=target / INDEX_FILE))
    if wish.json:
        put(json.dumps(result.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        put(render_folders(result, wish.lang, colour=has_colour()))
    return ExitCode.SOME_FAILED if result.failed else ExitCode.OK


def _target(left: Side, right: Side, output: str) -> Path:
    """The folder for the pages: a new one, or one that is no side of the comparison."""
    path = Path(output)
    if path.suffix.lower() in (".html", ".htm") or path.is_file() or output == "-":
        raise UsageError(
            "diff-needs-folder", path=output, suggestion=path.stem if path.stem != "-" else "diff"
        )
    for side in (left, right):
        if Path(side.name).resolve() in (path.resolve(), *path.resolve().parents):
            raise UsageError("output-is-input", path=output)
    return path


def _pair(
    left: tuple[str, Callable[[], str]],
    right: tuple[str, Callable[[], str]],
    target: Path | None,
    wish: _Wish,
) -> Compared:
    """Compare two documents; one that cannot be read is told and never stops the rest."""
    from restore.review.comparison import Compared, compared

    name, other = left[0], right[0]
    try:
        before, after = left[1](), right[1]()
        alignment = align(before, after)
        page = f"{name}.html" if target else ""
        if target:
            from restore.review.html import render_html

            up = "../" * name.count("/") + INDEX_FILE
            title = name if name == other else f"{name} → {other}"
            html = render_html(before, after, title, wish.lang, up=up, aligned=alignment)
            put(html, str(target / page))
    except OutputError:
        raise
    except RestoreError as error:
        return Compared(name, other, reason=error_text(error, wish.lang))
    except Exception as error:  # one bad file never costs the others
        reason = message("internal", wish.lang, reason=f"{type(error).__name__}: {error}")
        return Compared(name, other, reason=reason)
    chosen = [one for one in differences(alignment) if one.kind in wish.only] if wish.json else None
    listed = None if chosen is None else tuple(asdict(one) for one in chosen)
    return Compared(name, other, compared(alignment, wish.only), page, differences=listed)
