"""``restore export`` end to end: a batch of texts is restored, exported, and the files are opened again."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

import restore
from restore.cli import main
from restore.decisions import append_decisions, edit_decision
from restore.document import Document
from restore.documents import find_documents, read_document
from restore.edit import Edit
from restore.export.formats import FORMATS
from restore.export.markdown import markdown
from restore.output import document_json
from restore.page import Block, Page
from restore.results import assemble, write_results
from restore.seen import Seen
from tests.paged import line_of

CASES = Path(__file__).parent / "cases" / "structure" / "open"
NAMES = {"cv/khẩn.txt": "cong-van-khan", "nghi-dinh.txt": "nghi-dinh"}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    for name, case in NAMES.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_bytes((CASES / case / "text.txt").read_bytes())
    assert main(["run", str(folder / "in"), "-o", str(folder / "out"), "--jobs", "1", "--lang", "en"]) == 0
    return folder / "out"


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A batch of one document, made without restoring it."""
    path = tmp_path / "out" / "plan.txt" / "document.json"
    path.parent.mkdir(parents=True)
    text = (CASES / "ke-hoach-huyen" / "text.txt").read_text("utf-8")
    path.write_text(document_json(restore.parse(text)), "utf-8")
    return path


def export(*words: object, lang: str = "en") -> int:
    return main(["export", *map(str, words), "--lang", lang])


def test_every_format_of_a_batch(batch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in FORMATS:
        assert export(batch, "--to", form, "-o", tmp_path / form) in (0, 2)
    capsys.readouterr()
    assert export(batch, "--to", "md", "-o", tmp_path / "sheets") == 0
    assert capsys.readouterr().err == f"2 ok, 0 failed: {tmp_path / 'sheets'}\n"
    assert {path.relative_to(tmp_path / "sheets").as_posix() for path in (tmp_path / "sheets").rglob("*.md")} == {
        "cv/khẩn.txt.md", "nghi-dinh.txt.md",
    }  # fmt: skip
    assert "NGHỊ ĐỊNH" in (tmp_path / "sheets" / "nghi-dinh.txt.md").read_text("utf-8")
    file = docx.Document(BytesIO((tmp_path / "docx" / "cv" / "khẩn.txt.docx").read_bytes()))
    assert "BỘ CÔNG AN" in file.tables[0].cell(0, 0).text
    assert (tmp_path / "tt05" / "cv" / "EAD_doc_khẩn.xml").is_file()
    with (tmp_path / "csv" / "documents.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["notation"] for row in csv.DictReader(lines)] == ["CAT-PC07", "2031/NĐ-CP"]


def test_one_file_of_all_documents_lies_in_the_batch_by_default(batch: Path) -> None:
    assert export(batch, "--to", "jsonl", "--overwrite") == 0
    lines = (batch / "export" / "documents.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == list(NAMES)
    assert export(batch, "--to", "xlsx", "--overwrite", lang="vi") == 0
    book = openpyxl.load_workbook(batch / "export" / "documents.xlsx")
    assert book.sheetnames[0] == "Văn bản"
    assert book.worksheets[0].max_row == 3


def test_the_same_batch_gives_the_same_bytes(batch: Path, tmp_path: Path) -> None:
    for form, suffix in (("xlsx", ".xlsx"), ("json", ".json")):
        for name in ("a", "b"):
            assert export(batch, "--to", form, "-o", tmp_path / f"{name}{suffix}") == 0
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_single_document_to_a_file_and_to_standard_output(
    single: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert export(single, "--to", "docx", "-o", tmp_path / "x.docx") == 0
    assert docx.Document(BytesIO((tmp_path / "x.docx").read_bytes())).tables
    capfdbinary.readouterr()
    assert export(single, "--to", "txt", "-o", "-") == 0
    shown = capfdbinary.readouterr().out.decode()
    assert "KẾ HOẠCH\n" in shown
    assert export(single, "--to", "txt") == 0
    assert (single.parent / "export" / "plan.txt.txt").read_text("utf-8") == shown


def test_metadata_for_all_documents_from_flags_environment_and_restore_toml(
    single: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fields(*words: str) -> dict[str, str]:
        assert export(single, "--to", "tt05", "-o", tmp_path / "m", "--overwrite", *words) == 0
        with (tmp_path / "m" / "tt05.csv").open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.DictReader(lines))

    monkeypatch.chdir(tmp_path)
    (tmp_path / "restore.toml").write_text('[export]\nmaintenance = "01"\nmode = "01"\n', "utf-8")
    row = fields("--set", "mode=02", "--set", "fileCode = H49")
    assert (row["maintenance"], row["mode"], row["docCode"]) == ("01", "02", "H49.0000001")
    monkeypatch.setenv("RESTORE_EXPORT", "format=02, mode=03")
    row = fields()
    assert (row["maintenance"], row["mode"], row["format"]) == ("", "03", "02")


@pytest.mark.parametrize(
    ("words", "code", "vi", "en"),
    [
        (["{out}", "--to", "odt"], 2, "Các dạng có: json, jsonl, txt", "There are: json, jsonl, txt"),
        (["{out}", "--to", "docx", "-o", "-"], 2, "Hãy cho một thư mục", "Name a folder"),
        (["{file}", "--to", "docx", "-o", "x.pdf"], 2, "đuôi .docx", "ends with .docx"),
        (["{out}", "--to", "tt05", "--set", "mode"], 2, "hãy viết TRƯỜNG=GIÁ_TRỊ", "write it FIELD=VALUE"),
        (["{out}", "--to", "tt05", "--set", "modus=1"], 2, "không có trường «modus»", "no field “modus”"),
        (["{empty}", "--to", "md"], 3, "không có document.json nào", "there is no document.json here"),
        (["nowhere", "--to", "md"], 3, "không có tệp hoặc thư mục này", "there is no such file or folder"),
        (["{file}", "--to", "txt", "-o", "{restored}"], 2, "bản gốc không bao giờ bị ghi đè", "originals are never written to"),
    ],
)  # fmt: skip
def test_errors_name_what_to_do(
    single: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    vi: str,
    en: str,
) -> None:
    (tmp_path / "empty").mkdir()
    places = {
        "{out}": single.parents[1], "{file}": single, "{empty}": tmp_path / "empty", "{restored}": single.with_name("restored.txt"),
    }  # fmt: skip
    words = [str(places.get(word, word)) for word in words]
    for lang, text in (("vi", vi), ("en", en)):
        assert export(*words, lang=lang) == code
        assert text in capsys.readouterr().err


def test_an_export_is_not_written_over(
    single: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.md"
    target.write_text("mine", "utf-8")
    assert export(single, "--to", "md", "-o", target) == 5
    assert "--overwrite" in capsys.readouterr().err
    assert target.read_text("utf-8") == "mine"
    assert export(single, "--to", "md", "-o", target, "--overwrite") == 0
    assert target.read_text("utf-8") != "mine"


def test_an_original_is_not_written_over_even_so(batch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = batch.parent / "in" / "nghi-dinh.txt"
    before = original.read_bytes()
    document = batch / "nghi-dinh.txt" / "document.json"
    assert export(document, "--to", "txt", "-o", original, "--overwrite") == 2
    assert "originals are never written to" in capsys.readouterr().err
    assert original.read_bytes() == before


def test_a_damaged_document_is_named_and_costs_no_other(
    single: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = single.parents[1]
    for name, text in (
        ("b.txt", "{"),
        ("c.txt", '{"header": {"numbr": 1}}'),
        ("d.txt", '{"schema_version": "9.0"}'),
    ):
        (out / name).mkdir()
        (out / name / "document.json").write_text(text, "utf-8")
    assert export(out, "--to", "md") == 6
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert str(out / "b.txt" / "document.json") in lines[0]
    assert "header.numbr" in lines[1]
    assert "9.0" in lines[2]
    assert lines[3].startswith("1 ok, 3 failed")
    assert (out / "export" / "plan.txt.md").is_file()
    assert export(out / "b.txt" / "document.json", "--to", "md") == 3


def test_nothing_is_written_where_nothing_can_be_read(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "document.json").write_text("[]", "utf-8")
    assert export(tmp_path, "--to", "json") == 6
    assert not (tmp_path / "export").exists()


@pytest.mark.parametrize("form", ["pdf", "alto", "hocr"])
def test_results_of_an_older_version_say_what_to_do_and_leave_nothing(
    scanned: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    for path in scanned.rglob("seen.json"):
        path.unlink()
    assert export(scanned, "--to", form) == 6
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if "seen.json" in line and "Run `restore run` again" in line] == told[:2]
    assert not (scanned / "export").exists()


def test_documents_of_two_batches_never_share_a_name(tmp_path: Path) -> None:
    for name in ("a/x", "b/x"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "document.json").write_text(document_json(Document()), "utf-8")
    found = find_documents(
        [str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "a" / "x" / "document.json")]
    )
    assert [source.name for source in found] == ["a/x", "b/x"]
    (tmp_path / "a" / "x.json").write_text(document_json(Document()), "utf-8")
    names = [source.name for source in find_documents([str(tmp_path / "a"), str(tmp_path / "a" / "x.json")])]
    assert len(set(names)) == 2


def test_a_document_is_read_as_it_was_written(single: Path) -> None:
    assert document_json(read_document(single)) == single.read_text("utf-8")


def test_a_batch_writes_typeset_documents_when_it_is_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.txt", tmp_path / "out"
    source.write_bytes((CASES / "giay-moi" / "text.txt").read_bytes())
    run = ["run", str(source), "-o", str(out), "--jobs", "1", "--lang", "en"]
    assert main(run) == 0
    assert not (out / "in.txt" / "document.docx").exists()
    assert main([*run, "--to", "docx", "--to", "md"]) == 0  # done before, but not in these formats
    assert "Done by an earlier run" not in capsys.readouterr().err
    document = read_document(out / "in.txt" / "document.json")
    assert docx.Document(BytesIO((out / "in.txt" / "document.docx").read_bytes())).tables
    assert (out / "in.txt" / "document.md").read_text("utf-8") == markdown(document)
    assert main([*run, "--to", "md"]) == 0
    assert "Done by an earlier run: 1" in capsys.readouterr().err


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """A batch with a scan of two pages, of which a reviewer has decided one word, and a text."""
    pages = tuple(
        Page(number, 300, 200, 300, (Block((line_of(text, prefix=f"p{number}w"),)),), "tesseract")
        for number, text in ((1, "Uy ban"), (3, "nhân dân"))
    )
    document = assemble("Uy ban\n\nnhân dân\n", (), Seen(restore.Document().source, pages=pages))
    write_results(tmp_path / "out" / "a" / "scan.tif", document, "")
    edit = Edit(
        start=0, end=2, before="Uy", after="Ủy", kind="mixed", source="reviewer", confidence=1, status="confirmed", reviewer="Lan"
    )  # fmt: skip
    log = tmp_path / "out" / "a" / "scan.tif" / "decisions.jsonl"
    append_decisions(log, [edit_decision(edit, document.original)])
    write_results(tmp_path / "out" / "b.txt", assemble("chỉ là chữ\n", (), Seen()), "")
    return tmp_path / "out"


@pytest.mark.parametrize("form", ["alto", "page"])
def test_a_file_for_each_page_with_what_reviewers_decided(
    scanned: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert export(scanned, "--to", form) == 0  # a text has no pages: it is named, and no failure
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        f"restore: b.txt: this text was read from no pages, so {form} has no places to tell. Use --to txt, md or docx.",
        f"1 ok, 0 failed: {scanned / 'export' / form}",
    ]
    folder = scanned / "export" / form / "a" / "scan.tif"
    assert sorted(path.name for path in folder.iterdir()) == ["page-0001.xml", "page-0003.xml"]
    first = (folder / "page-0001.xml").read_text("utf-8")
    assert "Ủy" in first
    assert "Lan" in first
    assert export(scanned, "--to", form) == 5
    assert "--overwrite" in capsys.readouterr().err
    assert export(scanned, "--to", form, "--overwrite") == 0
    assert (folder / "page-0001.xml").read_text("utf-8") == first


@pytest.mark.parametrize("form", ["alto", "page"])
def test_pages_that_a_document_has_no_more_do_not_stay_in_its_export(scanned: Path, form: str) -> None:
    assert export(scanned, "--to", form) == 0
    folder = scanned / "export" / form / "a" / "scan.tif"
    for name in ("page-0007.xml", "page-notes.xml", "mets.xml"):
        (folder / name).write_text("<earlier/>", "utf-8")
    assert export(scanned, "--to", form, "--overwrite") == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "mets.xml",  # somebody else's
        "page-0001.xml",
        "page-0003.xml",
        "page-notes.xml",
    ]


def test_hocr_is_one_file_a_document_and_may_go_to_standard_output(
    scanned: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert export(scanned, "--to", "hocr") == 0
    file = scanned / "export" / "a" / "scan.tif.hocr"
    assert file.read_bytes().count(b'class="ocr_page"') == 2
    capfdbinary.readouterr()
    assert export(scanned / "a" / "scan.tif" / "document.json", "--to", "hocr", "-o", "-") == 0
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_a_text_alone_has_no_places(scanned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("alto", "page", "hocr"):
        assert export(scanned / "b.txt" / "document.json", "--to", form, lang="vi") == 3
        assert "không đọc từ trang giấy" in capsys.readouterr().err
    (scanned / "a" / "scan.tif" / "seen.json").unlink()
    assert export(scanned / "a", "--to", "alto", "-o", scanned / "x") == 3
    assert "seen.json" in capsys.readouterr().err
