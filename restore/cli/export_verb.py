"""``restore export``: the documents of a batch in other formats."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from argparse import Namespace
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from restore.batch.originals import Originals
from restore.cli.console import say, settings
from restore.documents import EXPORT_FOLDER, Entry, Results, Source, find_documents, read_document
from restore.errors import ExitCode, InputError, OutputError, UnsuitableError, UsageError
from restore.export.formats import (
    AS_TEXT,
    EACH_DOCUMENT,
    EACH_PAGE,
    FORMATS,
    OWN_FOLDER,
    PDF_WARNINGS,
    WHOLE_BATCH,
    Format,
    file_names,
    render,
)
from restore.export.pdf_entry import Made
from restore.export.tt05 import check_options
from restore.messages import Language, error_text, message
from restore.output import (
    DECISIONS_FILE,
    DIFF_FILE,
    DOCUMENT_FILE,
    EDITS_FILE,
    ORIGINAL_FILE,
    OWN_EDITS_FILE,
    RESTORED_FILE,
    SEEN_FILE,
    write_parts,
)
from restore.results import read_folder

_PAGE_RE = re.compile(r"page-\d{4,}\.xml")
NAMED_REASONS = 3  # in a message; the warnings have them all
_RESULT_FILES = frozenset(
    {
        DOCUMENT_FILE,
        ORIGINAL_FILE,
        RESTORED_FILE,
        EDITS_FILE,
        OWN_EDITS_FILE,
        DECISIONS_FILE,
        SEEN_FILE,
        DIFF_FILE,
        "document.md",
        "document.docx",
    }
)


def export(options: Namespace) -> int:
    """Write the documents of batch folders, or single ones, in one format."""
    config = settings(options)
    form = _format(options.to)
    metadata = config.export | _pairs(options.set)
    check_options(metadata)
    sources = find_documents(options.inputs)
    targets = _targets(options, form, sources)
    for target in filter(None, targets.values()):
        _spare(target, overwrite=config.overwrite)
    originals = Path(options.originals) if options.originals else None
    if originals and not originals.is_dir():
        raise InputError("missing-file", path=originals)
    documents = _Documents(sources, originals)
    entries = iter(documents)
    first = list(filter(None, [next(entries, None)]))
    written: set[Path] = set()
    if first:  # nothing is written where nothing can be read
        names = [source.name for source in sources]
        tell = partial(_tell, lang=config.lang)
        for name, parts in render(form, names, chain(first, entries), config.lang, metadata, tell):
            if name == PDF_WARNINGS and (name not in targets or len(documents.errors) == len(sources)):
                continue  # one file was asked for and all was said, or none was written
            try:
                place = _target(targets, name)
                _write(place, parts, documents.originals)
                written |= {place} if place else set()
            except InputError as unusable:  # of one document's file: the others are written
                if len(sources) == 1:
                    raise
                documents.errors.append(unusable)
    if form in EACH_PAGE:
        _forget_other_pages(written)
    for error in documents.errors:
        say(f"restore: {error_text(error, config.lang)}")
    failed = sum(not isinstance(error, UnsuitableError) for error in documents.errors)
    done = len(sources) - len(documents.errors)
    say(message("exported", config.lang, ok=done, failed=failed, path=_place(targets)))
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


class _Documents:
    """The documents that can be read, one after the other; what cannot is noted and passed over, as what has no pages is."""

    def __init__(self, sources: Sequence[Source], folder: Path | None) -> None:
        self.sources = sources
        self.finder = Originals(folder)
        self.errors: list[InputError] = []
        self.originals: set[str] = set()

    def __iter__(self) -> Iterator[Entry]:
        for source in self.sources:
            try:
                document = read_document(source.path)
            except InputError as error:
                if len(self.sources) == 1:
                    raise
                self.errors.append(error)
                continue
            self.originals.add(document.source.sha256)
            find = partial(
                self.finder.find,
                source.path.parent,
                source.name,
                sha256=document.source.sha256,
                file=PurePosixPath(document.source.path).name,
            )
            yield Entry(source.name, document, partial(_results, source.path), find)


def _tell(made: Made, lang: Language) -> None:
    """Say of a PDF what its reader should know: why it is no PDF/A, and what of the original it has not."""
    if made.pdf.violations:
        reasons = list(dict.fromkeys(f"{one.rule}: {one.detail}" for one in made.pdf.violations))
        rest = " …" if len(reasons) > NAMED_REASONS else ""
        told = "; ".join(reasons[:NAMED_REASONS]) + rest
        say(message("pdf-not-archival", lang, path=made.name, reasons=told))
    for what in made.pdf.left_out:
        say(message(f"pdf-without-{what}", lang, path=made.name))


def _results(path: Path) -> Results:
    """What lies beside a ``document.json``; one that was moved away from its folder has nothing."""
    if path.name != DOCUMENT_FILE:
        raise InputError("results-incomplete", path=path.with_name(SEEN_FILE))
    return read_folder(path.parent)


def _format(name: str) -> Format:
    for form in FORMATS:
        if form == name:
            return form
    raise UsageError("unknown-format", format=name, known=", ".join(FORMATS))


def _pairs(words: Sequence[str] | None) -> dict[str, str]:
    """The names and values of ``--set NAME=VALUE``."""
    pairs: dict[str, str] = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise UsageError("bad-pair", pair=word)
        pairs[name.strip()] = value.strip()
    return pairs


def _targets(options: Namespace, form: Format, sources: Sequence[Source]) -> dict[str, Path | None]:
    """Where each file of the export goes; None is standard output."""
    names = file_names(form, [source.name for source in sources])
    output = options.output
    if output == "-":
        if form not in AS_TEXT or len(names) > 1:
            raise UsageError("no-standard-output", format=form)
        return {names[0]: None}
    root = Path(options.inputs[0])
    single = form in WHOLE_BATCH or (form in EACH_DOCUMENT and len(sources) == 1 and not root.is_dir())
    if output and single and not Path(output).is_dir() and not output.endswith((os.sep, "/")):
        if Path(output).suffix.lower() != f".{form}":
            raise UsageError("wrong-suffix", path=output, suffix=f".{form}")
        return {names[0]: Path(output)}
    own = Path(EXPORT_FOLDER, form if form in OWN_FOLDER else "")
    folder = Path(output) if output else (root if root.is_dir() else root.parent) / own
    return {name: folder / name for name in names}


def _target(targets: dict[str, Path | None], name: str) -> Path | None:
    """Where one file goes; that of a page into the folder of its document."""
    if name in targets:
        return targets[name]
    folder, _, file = name.rpartition("/")
    place = targets[folder]
    assert place is not None  # pages are never written to standard output
    return place / file


def _spare(target: Path, *, overwrite: bool) -> None:
    """Neither what a batch wrote nor, without ``--overwrite``, any other file is written over."""
    if target.name in _RESULT_FILES and target.with_name(DOCUMENT_FILE).exists():
        raise UsageError("output-is-input", path=target)
    if target.exists() and not overwrite:
        raise OutputError("export-exists", path=target)


def _write(target: Path | None, parts: Iterable[bytes], originals: set[str]) -> None:
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(parts)
        return
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() in originals:
        raise UsageError("output-is-input", path=target)
    write_parts(target, parts)


def _forget_other_pages(written: Collection[Path]) -> None:
    """Remove what an earlier export has left of pages that the documents just written do not have any more."""
    for folder in {path.parent for path in written}:
        for path in folder.glob("page-*.xml"):
            if path not in written and _PAGE_RE.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _place(targets: dict[str, Path | None]) -> str:
    """The file, or the folder that all files lie in."""
    paths = [path for path in targets.values() if path]
    if len(paths) < 2:
        return str(paths[0]) if paths else "-"
    return os.path.commonpath([path.parent for path in paths])
