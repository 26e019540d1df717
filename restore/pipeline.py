"""THE order: ingest, judge the text layer, clean and recognise, reading order, correct, structure.

A decision of this module, written here because two laws meet in it: a legacy encoding (TCVN3, VNI …), of a
text file or of a PDF page's text layer, is undone while the text is *decoded*. ``original.txt`` holds the
decoded text and ``source.encoding`` names the decoding; of what follows, everything is an edit, NFC included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from restore.config import Config
from restore.correct.corrector import Correction, correct, correct_scanned, joined
from restore.correct.derivation import Candidate as Candidate
from restore.correct.derivation import Derivation as Derivation
from restore.correct.derivation import Letter as Letter
from restore.correct.derivation import derive
from restore.dictionary import Rule
from restore.document import Document, Quality, Source, Tool, Warning
from restore.errors import file_error
from restore.hashing import file_sha256
from restore.language.encodings import convert_legacy, decode
from restore.language.health import health
from restore.language.legacy import LEGACY_ENCODINGS
from restore.limited import read_limited
from restore.page import Page, WordSpan, document_text
from restore.parser import build_document
from restore.preview import Preview
from restore.results import Restored as Restored
from restore.results import assemble
from restore.scan.parts import ALL, Parts
from restore.seen import CERTAIN, Doubt, Seen, kept
from restore.timing import timed
from restore.versions import versions

if TYPE_CHECKING:
    from restore.reading import Reading

TEXT_SUFFIXES = frozenset({".txt"})


def restore_file(
    path: Path | str,
    config: Config | None = None,
    *,
    name: str | None = None,
    parts: Parts = ALL,
    on_previews: Callable[[Mapping[int, Preview]], None] | None = None,
    rules: Sequence[Rule] = (),
) -> Restored:
    """Restore one file: PDF, image or text. :attr:`Restored.seen` has the pages.

    Args:
        path: the file; it is only read.
        config: the settings, by default those without flags, environment and restore.toml.
        name: how the document names its source; the file's name by default. Never an absolute path: the same
            file gives the same document wherever it lies.
        parts: of reading scans; some are left out only to measure what they give.
        on_previews: is given small pictures of the pages by their numbers, for
            :func:`restore.review.crops.line_crops`; a text has none.
        rules: of the archive's dictionary (:mod:`restore.dictionary`), evidence for the decoder.

    Raises:
        InputError: the file cannot be read, or no page of it could.
        MissingToolError: Tesseract or its Vietnamese data is needed and not installed.
    """
    path, settings = Path(path), config or Config()
    if path.suffix.lower() in TEXT_SUFFIXES:
        with timed("decode"):
            data = _text_bytes(path, settings.max_text_megabytes)
            decoded = decode(data, str(path))
        sha256 = hashlib.sha256(data).hexdigest()
        source = Source(path=name or path.name, sha256=sha256, encoding=decoded.encoding)
        if decoded.encoding in LEGACY_ENCODINGS:
            with timed("correct"):
                correction = correct(decoded.text, encoding=decoded.encoding, rules=rules)
            return _restored(correction, settings, source=source, rules=rules)
        return restore_text(decoded.text, settings, source=source, rules=rules)
    source = Source(path=name or path.name, sha256=file_sha256(path))
    from restore.reading import read_file  # OpenCV and PDFium: half a second that a text need not wait for

    seen = read_file(path, settings, parts)
    if on_previews:
        on_previews(seen.previews)
    return restore_reading(seen, settings, source=source, rules=rules)


def _text_bytes(path: Path, megabytes: float) -> bytes:
    try:
        with path.open("rb") as file:
            return read_limited(file, path, megabytes)
    except OSError as error:
        raise file_error(path, error) from error


def restore_reading(seen: Reading, config: Config, *, source: Source, rules: Sequence[Rule] = ()) -> Restored:
    """Restore what was seen in a file, its pages having been read by whomever.

    Args:
        seen: the pages.
        config: the settings they were read with.
        source: the file.
        rules: of the archive's dictionary.
    """
    original, spans = document_text(seen.pages)
    source = source.model_copy(
        update={
            "media_type": seen.media_type,
            "page_count": seen.page_count,
            "encoding": ", ".join(seen.encodings) or None,
        }
    )
    with timed("correct"):
        corrections = _corrections(original, seen.pages, spans, seen.encoding, rules)
        correction = joined(list(corrections)) if spans else correct(original, rules=rules)
    return _restored(
        correction,
        config,
        source=source,
        pages=seen.pages,
        warnings=seen.warnings,
        rules=rules,
    )


def restore_text(
    text: str,
    config: Config | None = None,
    *,
    source: Source | None = None,
    rules: Sequence[Rule] = (),
) -> Restored:
    """Restore a text that was decoded already. Right text comes back as it is; no text makes it fail.

    Args:
        text: the text, its lines as printed; legacy encodings (TCVN3, VNI …) are found out and undone.
        config: the settings; only their names are kept in the document.
        source: the file it is from, for the document's ``source``.
        rules: of the archive's dictionary, evidence for the decoder.

    >>> restore_text("Căn cứ Luật Tổ chức chính quyền địa phương").edits
    ()
    """
    source = source or Source()
    text, found, encoding = _converted(text)
    if found:
        source = source.model_copy(update={"encoding": "+".join(filter(None, (source.encoding, found)))})
    with timed("correct"):
        correction = correct(text, encoding=encoding, rules=rules)
    return _restored(correction, config or Config(), source=source, rules=rules)


def explain_text(
    text: str, wanted: str, *, rules: Sequence[Rule] = (), limit: int = 1, skip: int = 0
) -> tuple[int, tuple[Derivation, ...]]:
    """How words of a damaged text are decided, see :func:`restore.correct.derivation.derive`."""
    text, _, encoding = _converted(text)
    return derive(text, wanted, encoding=encoding, rules=rules, limit=limit, skip=skip)


@timed("decode")
def _converted(text: str) -> tuple[str, str | None, str | None]:
    """A text out of its legacy encoding, the encoding, and the encoding once more if all of the text was in it."""
    converted = convert_legacy(text, damaged=True)
    if converted is None:
        return text, None, None
    return *converted, converted[1] if health(text).grade == "legacy" else None


def parse_text(text: str, *, source: Source | None = None) -> Document:
    r"""The document in a correct text, which is taken as it stands; :func:`restore.parse` is its public name.

    Never fails on any text: what is not found is absent. ``restore parse`` writes the same as ``document.json``.

    Args:
        text: the text, its lines as printed.
        source: the file it is from, for the document's ``source``.

    >>> text = "Số: 5/KH-UBND\nAn Lão, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây\nI. MỤC ĐÍCH"
    >>> document = parse_text(text)
    >>> document.header.doc_type.value, document.header.issued_date.value, document.sections[0].title
    ('Kế hoạch', '2023-03-02', 'MỤC ĐÍCH')
    """
    return build_document(
        text,
        original=text,
        edits=(),
        spans=(),
        source=source or Source(),
        tool=Tool(versions=versions()),
        quality=Quality(words=len(text.split())),
    )


def _corrections(
    text: str,
    pages: Sequence[Page],
    spans: Sequence[WordSpan],
    encoding: str | None,
    rules: Sequence[Rule],
) -> Iterator[tuple[int, Correction]]:
    """Where each stretch of pages with one kind of source begins in the text, and its correction.

    What Tesseract read is decided among its readings; what a text layer held is judged by its health.
    """
    scanned = {page.number: page.source == "tesseract" for page in pages}
    stretches = [(kind, list(group)) for kind, group in groupby(spans, key=lambda span: scanned[span.page])]
    bounds = [0, *(group[0].start for _, group in stretches[1:]), len(text)]
    for (is_scan, group), (start, end) in zip(stretches, pairwise(bounds), strict=True):
        part = text[start:end]
        if is_scan:
            own = [replace(span, start=span.start - start, end=span.end - start) for span in group]
            numbers = {span.page for span in group}
            readings = [reading for page in pages if page.number in numbers for reading in page.readings]
            yield start, correct_scanned(part, own, readings, rules=rules)
        else:
            yield start, correct(part, encoding=encoding, rules=rules)


def _restored(
    correction: Correction,
    config: Config,
    *,
    source: Source,
    pages: Sequence[Page] = (),
    warnings: Sequence[Warning] = (),
    rules: Sequence[Rule] = (),
) -> Restored:
    found = Seen(
        source=source,
        tool=Tool(versions=versions(rules, pages=bool(pages)), config=config.content),
        pages=tuple(kept(page) for page in pages),
        doubts=_doubts(correction),
        unread=correction.unread,
        warnings=tuple(warnings),
    )
    return assemble(correction.original, correction.edits, found)


def _doubts(correction: Correction) -> tuple[Doubt, ...]:
    """The words that are not certain, as ``seen.json`` keeps them."""
    return tuple(
        Doubt(doubt.start, doubt.end, doubt.confidence, doubt.alternatives)
        for doubt in correction.doubts
        if doubt.confidence < CERTAIN or doubt.alternatives
    )
