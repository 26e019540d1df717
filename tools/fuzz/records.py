"""JSON in, and all else that the program reads of its own or of a person: a damaged file is refused, never half understood."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from restore import output
from restore.config import load_config
from restore.decisions import (
    FieldValue,
    append_decisions,
    edit_decision,
    field_decision,
    read_decisions,
    rule_decision,
    undo_decision,
)
from restore.desk.repeats import Same, repeated_places
from restore.dictionary import Rule, add_rule, read_rules, remove_rule
from restore.documents import read_document
from restore.edit import Edit, apply
from restore.errors import InputError, UsageError
from restore.export.alto import alto
from restore.export.hocr import hocr
from restore.export.page_xml import page_xml
from restore.export.sheets import sheets
from restore.page import (
    BBox,
    Block,
    Cell,
    Line,
    Page,
    ProcessingStep,
    Reading,
    Region,
    Table,
    Word,
    document_text,
)
from restore.pipeline import parse_text, restore_text
from restore.results import Restored, assemble, read_folder, write_results
from restore.search.filters import Filters
from restore.search.index import Index
from restore.seen import Doubt, Seen
from tools.fuzz.mutation import (
    damaged,
    figures_changed,
    json_changed,
    json_lines_changed,
    one_of,
    tokens_put_in,
)
from tools.fuzz.scratch import scratch_folder
from tools.fuzz.texts import check_document, check_results

mutate_json = one_of(json_changed, json_changed, json_changed, damaged, figures_changed, most=3)
mutate_lines = one_of(json_lines_changed, json_lines_changed, damaged, most=3)


# The folder of a document


@cache
def example() -> Restored:
    """A document of one page with everything that a page may have, changed here and there."""
    words = [
        Word(f"p1w{n}", text, BBox(10 + 60 * n, 10, 60 + 60 * n, 30), 0.9 - 0.05 * n)
        for n, text in enumerate(["Kiin", "An", "KH", "hoach", "12/KH-UBND", "ngay"])
    ]
    blocks = (Block((Line(tuple(words[:3])),)), Block((Line(tuple(words[3:])),), "table"))
    page = Page(
        1, 600, 800, 100, blocks, "tesseract",
        steps=(ProcessingStep("deskew", (("degrees", 1.5),)),),
        readings=(Reading(("p1w0",), (Word("r0", "Kiến", BBox(10, 10, 60, 30), 0.8),), "script-model"),),
        regions=(Region("seal", BBox(100, 100, 200, 200)), Region("overlay", BBox(0, 0, 9, 9), "Ký bởi")),
        tables=(Table(BBox(0, 0, 500, 60), (Cell(0, 0, BBox(0, 0, 200, 60), ("p1w3", "p1w4")),
                                               Cell(0, 1, BBox(200, 0, 500, 60), ("p1w5",))), True),),
    )  # fmt: skip
    original = document_text((page,))[0]
    edits = [
        Edit(start=0, end=4, before="Kiin", after="Kiến", kind="mixed", source="model", confidence=0.9, status="auto",
             alternatives=("Kiên",), cost=3.5),
        Edit(start=8, end=10, before="KH", after="Kế", kind="mixed", source="model", confidence=0.4, status="review"),
        Edit(start=27, end=31, before=original[27:31], after="ngày", kind="tone", source="model", confidence=0.8,
             status="suggested"),
    ]  # fmt: skip
    return assemble(
        original, edits, Seen(pages=(page,), doubts=(Doubt(5, 7, 0.6, ("Ân",)),), unread=((12, 17),))
    )


@cache
def _folder() -> Path:
    """Its folder, with a log of decisions of every kind."""
    found = example()
    folder = scratch_folder() / "batch" / "plan.pdf"
    write_results(folder, found, "<html></html>")
    edit = Edit(
        start=8,
        end=10,
        before="KH",
        after="Kế",
        kind="mixed",
        source="reviewer",
        confidence=1,
        status="confirmed",
        reviewer="Lan",
    )
    first = edit_decision(edit, found.original, BBox(10, 10, 60, 30))
    rest = (
        field_decision(FieldValue(path="header.number", value="129"), "Lan"),
        field_decision(FieldValue(path="closing.recipients[0]", value=None, status="blank", was="x"), "Lan"),
        field_decision(FieldValue(path="sections.s1.title", value="Mới"), "Hoa"),
        rule_decision(first.id, "batch", "Lan"),
    )
    append_decisions(folder / output.DECISIONS_FILE, (first, *rest, undo_decision(rest[-1].id, "Hoa")))
    return folder


def _file_seeds(name: str) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        yield (_folder() / name).read_bytes()

    return seeds


def _check_with(name: str) -> Callable[[bytes], None]:
    """The laws of a document's folder in which one file holds the bytes."""

    def check(data: bytes) -> None:
        folder = scratch_folder() / f"with-{name}"
        if not folder.exists():
            shutil.copytree(_folder(), folder)
        (folder / name).write_bytes(data)
        for _ in repeated_places(Same("An", "An", "Ân"), "a", folder):
            # For the desk, which looks into every document.
            pass
        try:
            found = read_folder(folder)
        except InputError:
            return
        check_results(found)
        for sheet in sheets(found.original, found.edits, found.seen):
            alto(sheet)
            page_xml(sheet)
        hocr(
            tuple(sheets(found.original, found.edits, found.seen)), found.document.source, found.document.tool
        )

    return check


seen_seeds, check_seen = _file_seeds(output.SEEN_FILE), _check_with(output.SEEN_FILE)
edit_seeds, check_edits = _file_seeds(output.EDITS_FILE), _check_with(output.EDITS_FILE)
decision_seeds, check_decisions_there = _file_seeds(output.DECISIONS_FILE), _check_with(output.DECISIONS_FILE)


def check_decisions(data: bytes) -> None:
    """A log that is damaged or cut off: it is refused, or goes on behind its last whole line and loses none of them."""
    path = scratch_folder() / "log.jsonl"
    path.write_bytes(data)
    try:
        before = read_decisions(path)
    except InputError:
        return
    added = field_decision(FieldValue(path="header.number", value="1"), "Lan")
    append_decisions(path, (added,))
    assert read_decisions(path) == (*before, added)
    check_decisions_there(data)


def document_seeds() -> Iterator[bytes]:
    """A document with most of what one can hold."""
    text = "UBND TP HẢI PHÒNG\nSố: 12/KH-UBND\nHải Phòng, ngày 2 tháng 3 năm 2023\nKẾ HOẠCH"
    text += "\nTrồng cây\nCăn cứ Luật số 12/2019/QH14;\n"
    text += "I. MỤC ĐÍCH\n1. Giao Phòng Nội vụ báo cáo trước ngày 30/6/2023.\na) Kinh phí 1.000.000 đồng"
    text += "\nNơi nhận:\n- Như trên;\nTM. ỦY BAN\nChủ tịch\nNguyễn An"
    yield output.document_json(parse_text(text)).encode()
    yield output.document_json(example().document).encode()


def check_document_json(data: bytes) -> None:
    """A ``document.json`` that is read can be exported, listed and found; another one is refused."""
    folder = scratch_folder() / "found" / "a.txt"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / output.DOCUMENT_FILE
    path.write_bytes(data)
    (folder / output.RESTORED_FILE).write_text("Kế hoạch trồng cây", "utf-8")
    index = Index(folder.parent)
    index.update()
    index.search("ke hoach", Filters(since="2020"))
    try:
        document = read_document(path)
    except InputError:
        return
    check_document(document)


# What people write


def config_seeds() -> Iterator[bytes]:
    """A ``restore.toml`` with every kind of setting."""
    yield (
        b'jobs = 2\nmode = "auto"\npages = "1,3-5"\npage_timeout = 60.5\nmax_megapixels = 150\nformats = ["json", "md"]\n'
        b'overwrite = false\ndictionaries = ["a.tsv"]\nlang = "vi"\n[export]\nIdentifier = "H01"\n'
    )


_TOML = (
    b"[export]\n", b"[[export]]\n", b"export.a = 1\n", b'pages = "9-1"\n', b'pages = "\xd9\xa3"\n',
    b'pages = "' + b"9" * 5000 + b'"\n',
    b"jobs = true\n", b"jobs = 1e9\n", b"page_timeout = nan\n", b"page_timeout = inf\n", b"max_megapixels = -inf\n", b"lang = 3\n",
    b"jobs = 1979-05-27T07:32:00Z\n", b'"" = 1\n', b'formats = "json"\n', b"formats = [[]]\n", b"dictionaries = [1]\n", b"a = [[[[",
    b"[" * 3000, b"a = {b = {c = {}}}\n", b"'''", b"\\u0000", b'"\\ud800"', b"\r", b"x" * 300 + b" = 1\n", b'pages = "\xc2\xb2"\n',
)  # fmt: skip
mutate_config = one_of(damaged, figures_changed, tokens_put_in(_TOML))


def check_config(data: bytes) -> None:
    """A ``restore.toml`` that is understood, or refused with the place."""
    folder = scratch_folder() / "config"
    folder.mkdir(exist_ok=True)
    (folder / "restore.toml").write_bytes(data)
    try:
        found = load_config({}, environment={}, folder=folder)
    except UsageError:
        return
    found.wants_page(3)
    json.dumps(found.content)


def dictionary_seeds() -> Iterator[bytes]:
    """A dictionary with comments, a heading, and rules of two to five columns."""
    yield "# ghi chú\nbefore\tafter\treviewer\nKiin An\tKiến An\tLan\t2024-01-01\tvì\nKH\tKH\nv\\v\tv/v\n".encode()


_CELLS = (b"\t", b"\n", b"\r", b"\r\n", b"#", b"\xef\xbb\xbf", b"\x85", b"\xe2\x80\xa8", b"\x0b", b"\x1c", b"\0", b"\xcc\x81",
          b" \t ",
          b"\xff",
          b"KH\tKh\n", b"a" * 500, "Kiin\tKiến\n".encode(), b"\xc2\xa0", b"\xe2\x80\x8b")  # fmt: skip
mutate_dictionary = one_of(damaged, tokens_put_in(_CELLS), tokens_put_in(_CELLS))


def check_dictionary(data: bytes) -> None:
    """A dictionary that is read is evidence for a text, takes one rule more and gives it back; another one is refused."""
    path = scratch_folder() / "dictionary.tsv"
    path.write_bytes(data)
    try:
        rules = read_rules(path)
    except InputError:
        return
    text = "Kiin An thvc hi~n KH nam hoc\n" + " ".join(rule.before for rule in rules[:5])
    found = restore_text(text, rules=rules)
    assert apply(found.original, found.edits) == found.restored
    rule = Rule(before="mới thêm", after="mới")
    add_rule(path, rule)
    assert rule in read_rules(path) and len(read_rules(path)) <= len(rules) + 1
    remove_rule(path, rule)
    assert read_rules(path) == tuple(one for one in rules if one.before != rule.before)


def query_seeds() -> Iterator[bytes]:
    """Queries with every sign, and filters behind a line's end."""
    yield 'kế hoạch -"dự thảo" OR 129/KH-UBND =lan hoạ*\nKế hoạch\nUBND\n129\n2020\n2023-05'.encode()
    yield 'ke "kế ho*"\n\n\n\n\n'.encode()


_SIGNS = (b'"', b"*", b"-", b"=", b" OR ", b"|", b"(", b")", b"NEAR(", b" AND ", b" NOT ", b"^", b":", b"{", b"+", b"\0", b"'",
          b";", b"\n",
          b"\xcc\x81", b"_", b"\xef\xbc\x82", b"2023-13", b"0000", b"9999-12-31", b"-1", "hoạ*".encode(), b"k*", b"a " * 100,
          "ß".encode(), "İ".encode(), "ŉ".encode(), "ǰ".encode(), "ﬀ".encode())  # fmt: skip
mutate_query = one_of(damaged, tokens_put_in(_SIGNS), tokens_put_in(_SIGNS))


def check_query(data: bytes) -> None:
    """Whatever is asked is a query; a date that is none is refused."""
    index = _index()
    lines = [*data.decode("utf-8", "replace").split("\n"), "", "", "", "", ""]
    query, kind, issuer, number, since, until = lines[:6]
    try:
        answer = index.search(query, Filters((kind,) if kind else (), issuer, number, since, until))
    except UsageError:
        answer = index.search(query)
    assert len(answer.found) <= answer.total + answer.more
    for one in answer.found:
        index.places(one.name, query)
    str(answer.query).encode("utf-8", "replace")


@cache
def _index() -> Index:
    out = scratch_folder() / "index"
    for name, text in (
        ("a.txt", "Kế hoạch trồng cây số 129/KH-UBND"),
        ("b.txt", "Dự thảo báo cáo Lan"),
        ("c.txt", ""),
    ):
        found = parse_text(f"Số: 129/KH-UBND\nHà Nội, ngày 2 tháng 3 năm 2023\nKẾ HOẠCH\n{text}")
        output.write_text(out / name / output.RESTORED_FILE, text)
        output.write_text(out / name / output.DOCUMENT_FILE, output.document_json(found))
    index = Index(out)
    index.update()
    return index
