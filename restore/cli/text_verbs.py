"""``restore text`` and ``restore parse``: one text in, data out."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from pathlib import Path

from restore import output
from restore.cli.console import put, read_bytes, settings, spare_inputs
from restore.document import Source
from restore.errors import ExitCode, readable
from restore.language.encodings import decode
from restore.messages import Language
from restore.pipeline import Restored, parse_text, restore_text


def text(options: Namespace) -> int:
    """Restore one text, and write it, its document or its diff; with ``--edits`` the edits as well."""
    config = settings(options)
    spare_inputs([options.file], [options.output, options.edits])
    content, source = _read(options.file)
    restored = restore_text(content, config, source=source)
    put(_rendered(restored, options.format, source.path, config.lang), options.output)
    if options.edits:
        put(output.edits_jsonl(restored.edits), options.edits)
    return ExitCode.OK


def parse(options: Namespace) -> int:
    """Write the document in a text that is taken to be correct."""
    settings(options)
    content, source = _read(options.file)
    put(output.document_json(parse_text(content, source=source)))
    return ExitCode.OK


def _read(name: str) -> tuple[str, Source]:
    data = read_bytes(name)
    decoded = decode(data, name)
    path = "-" if name == "-" else readable(Path(name).name)
    sha256 = hashlib.sha256(data).hexdigest()
    return decoded.text, Source(path=path, sha256=sha256, encoding=decoded.encoding)


def _rendered(restored: Restored, form: str, title: str, lang: Language) -> str:
    if form == "json":
        return output.document_json(restored.document)
    if form == "html":
        from restore.review.html import render_html  # the template engine, which text alone does not need

        return render_html(restored.original, restored.restored, title, lang, restored.edits)
    return restored.restored
