"""Text in: whatever the bytes are, what is restored replays, is settled, and is shown without a sign of it becoming markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import jsonschema
from lxml import html

from restore.correct.corrector import correct
from restore.document import Document
from restore.edit import APPLIED, Edit, apply
from restore.errors import InputError
from restore.export.docx import docx_bytes
from restore.export.markdown import markdown
from restore.export.plain import plain_text
from restore.language.encodings import decode
from restore.output import document_json, edits_jsonl
from restore.pipeline import parse_text, restore_text
from restore.results import Restored
from restore.review.html import render_html
from restore.review.triage import triage_of, triage_of_json
from restore.seen import read_seen, seen_json
from tools.fuzz.mutation import damaged, figures_changed, one_of, tokens_put_in

ROOT = Path(__file__).parents[2]
_STRANGE = (
    "\0", "\ufeff", "\u202e", "\u2028", "\x85", "\x1c", "\u0301" * 5, "\U0001f300", "\U000e0041", "\uffff", "\u00a0", "\u200b",
    "<script>alert(1)</script>", "&lt;", "]]>", "\"'><img src=x onerror=y>", "{{7*7}}", "{% raw %}", "Điều 1.", "Chương I",
    "a)", "1.1.1.", "I. ", "Số:", "Số: 12/KH-UBND", "ngày 31 tháng 02 năm 2023", "Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN", "KT.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH", "V/v", "Căn cứ", "Kính gửi:", "(ký)",
    "PHỤ LỤC", "|", "\t", "\n\n\n", "………", "______", "1.000.000 đồng", "50%", "trước ngày", "a@b.vn", "http://x", "“", "”",
    "thvc hi~n", "KS ho", "\\", "\r\n", "\r", "C\u00a8n c\u00f8", "10" * 30,
)  # fmt: skip
TOKENS = (
    *tuple(token.encode() for token in _STRANGE),
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\x80",
)
# Of the words of a text that was restored a second pass may change so many: garbage becomes words, which change their neighbours.
SETTLED = 0.1


def seeds() -> Iterator[bytes]:
    """Pieces of the two samples, and the short cases."""
    for name in ("000_d85d24a1343911c1.txt", "002_7d7d882c88c23fa0.txt"):
        lines = (ROOT / "samples" / name).read_text("utf-8").split("\n")
        for start in range(0, len(lines), 12):
            yield "\n".join(lines[start : start + 12])[:900].encode()
    for name in ("in_the_wild", "synthetic", "negative"):
        for case in json.loads((ROOT / "tests" / "cases" / f"{name}.json").read_text("utf-8")):
            yield case["original"][:900].encode()
    yield "Căn cứ Kế hoạch của Ủy ban nhân dân".encode("utf-16")
    yield "Căn cứ Kế hoạch của Ủy ban nhân dân".encode("utf-16-be")
    yield b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, C\xa8n c\xf8 K\xd5 ho\xb9ch"


def document_seeds() -> Iterator[bytes]:
    """Whole documents of every kind."""
    for path in sorted((ROOT / "tests" / "cases" / "structure").rglob("text.txt")):
        yield path.read_bytes()[:2_500]


_mutate = one_of(damaged, figures_changed, tokens_put_in(TOKENS), tokens_put_in(TOKENS))


def mutate(data: bytes, chance: Random) -> bytes:
    """The text with strange signs in it, or bytes damaged."""
    return _mutate(data, chance)


def mutate_lines(data: bytes, chance: Random) -> bytes:
    """Likewise, or with lines in another order."""
    if chance.random() < 0.4:
        lines = data.split(b"\n")
        for _ in range(chance.randint(1, 3)):
            line = lines.pop(chance.randrange(len(lines)))
            for _ in range(chance.choice((0, 1, 1, 2))):
                lines.insert(chance.randint(0, len(lines)), line)
            if not lines:
                lines = [b""]
        data = b"\n".join(lines)
    return _mutate(data, chance)


def text_of(data: bytes) -> str:
    """The text as the program decodes it; bytes that it refuses as a library may be given them: with lone surrogates, and NULs."""
    try:
        return decode(data).text
    except InputError:
        return data.decode("utf-8", "surrogatepass") if _is_lone(data) else data.decode("utf-8", "replace")


def _is_lone(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def is_writable(text: str) -> bool:
    """Whether a text can stand in a file: half of a surrogate pair cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def check_restoring(data: bytes) -> None:
    """Laws of restoring a text."""
    text = text_of(data)
    found = restore_text(text)
    check_results(found)
    assert len(found.restored.splitlines()) == len(found.original.splitlines()), "lines were joined or split"
    again = correct(found.restored)
    assert apply(found.restored, again.edits) == again.restored
    changed = sum(edit.status in APPLIED and edit.source != "nfc" for edit in again.edits)
    assert changed <= max(3, SETTLED * again.words), f"a second pass changes {changed} of {again.words} words"


def check_parsing(data: bytes) -> None:
    """Laws of parsing a text, and of every form in which a document goes out."""
    text = text_of(data)
    document = parse_text(text)
    if not is_writable(text):
        return
    check_document(document)
    if len(text) % 4 == 0:
        check_page(text, text.upper(), None)


def check_results(found: Restored) -> None:
    """What holds for the results of any document."""
    assert apply(found.original, found.edits) == found.restored
    if not is_writable(found.original):
        return
    check_document(found.document)
    lines = edits_jsonl(found.edits).encode().decode().split("\n")
    assert sorted(map(repr, (Edit.model_validate_json(line) for line in lines if line))) == sorted(
        map(repr, found.edits)
    )
    assert read_seen(seen_json(found.seen).encode().decode()) == found.seen
    check_page(found.original, found.restored, found.edits)


def check_document(document: Document) -> None:
    """It is what its schema says, comes back from its file, and can be exported."""
    written = document_json(document).encode()
    assert Document.model_validate_json(written) == document
    _schema().validate(json.loads(written))
    assert triage_of_json(written.decode()) == triage_of(document)
    markdown(document)
    plain_text(document)
    if len(written) % 8 == 0:  # it takes longer than all the rest
        docx_bytes(document)


def check_page(left: str, right: str, edits: tuple[Edit, ...] | None) -> None:
    """No sign of the document is markup on the page that shows it."""
    page = render_html(left, right, left[:40], "vi", edits)
    page.encode()
    found = html.document_fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", page))
    tags = {str(element.tag) for element in found.iter() if isinstance(element.tag, str)}
    assert tags <= _tags(), f"markup in the page: {sorted(tags - _tags())}"
    counts = [
        len(found.xpath(path))
        for path in ("//script[not(@type)]", "//style", "//a", "//@*[starts-with(name(), 'on')]")
    ]
    assert counts == [1, 1, 0, 0], "a script, style, link or handler in the page"
    for script in found.xpath("//script[@type]"):
        json.loads(script.text)


@cache
def _schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads((ROOT / "docs" / "document.schema.json").read_text("utf-8"))
    )


@cache
def _tags() -> frozenset[str]:
    """The elements of a page that shows every kind of change and no markup."""
    text = (ROOT / "samples" / "000_d85d24a1343911c1.txt").read_text("utf-8")[:3000]
    found = restore_text(text)
    pages = [render_html(found.original, found.restored, "x", "vi", edits) for edits in (found.edits, None)]
    pages.append(render_html("a\n\nb\n1", "a b\n2", "x", "vi", None))
    parsed = (html.document_fromstring(page) for page in pages)
    return frozenset(
        str(element.tag) for page in parsed for element in page.iter() if isinstance(element.tag, str)
    )
