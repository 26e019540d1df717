"""``restore text`` and ``restore parse``: one text in, data out."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from pathlib import Path

from restore import output
from restore.cli.console import put, read_bytes, settings, spare_inputs
from restore.config import Config
from restore.dictionary import rules_for
from restore.document import Source
from restore.errors import ExitCode, readable
from restore.evidence import doubtful_places
from restore.language.encodings import decode
from restore.messages import Language
from restore.pipeline import Restored, parse_text, restore_text


def text(options: Namespace) -> int:
    """Restore one text, and write it, its document or a page that shows every change; with ``--edits`` the edits as well."""
    config = settings(options)
    spare_inputs([options.file, *config.dictionaries], [options.output, options.edits])
    content, source = _read(options.file, config)
    restored = restore_text(content, config, source=source, rules=rules_for(config.dictionaries))
    put(_rendered(restored, options.format, source.path, config.lang), options.output)
    if options.edits:
        put(output.edits_jsonl(restored.edits), options.edits)
    return ExitCode.OK


def parse(options: Namespace) -> int:
    """Write the document in a text that is taken to be correct."""
    content, source = _read(options.file, settings(options))
    put(output.document_json(parse_text(content, source=source)))
    return ExitCode.OK


def _read(name: str, config: Config) -> tuple[str, Source]:
    data = read_bytes(name, config.max_text_megabytes)
    decoded = decode(data, name)
    path = "-" if name == "-" else readable(Path(name).name)
    sha256 = hashlib.sha256(data).hexdigest()
    return decoded.text, Source(path=path, sha256=sha256, encoding=decoded.encoding)


def _rendered(restored: Restored, form: str, title: str, lang: Language) -> str:
    if form == "json":
        return output.document_json(restored.document)
    if form == "html":
        from restore.review.html import render_restored  # the template engine, which text alone does not need

        quality = restored.document.quality
        doubtful, doubts = doubtful_places(quality.warnings), quality.words_to_review
        return render_restored(
            restored.original, restored.restored, title, lang, restored.edits, doubtful, doubts
        )
    return restored.restored
