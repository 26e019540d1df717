"""``restore search`` end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from batches import write_document

from restore.cli import main
from restore.search import candidates
from restore.search.store import SEARCH_FILE


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    write_document(
        folder, "a/plan.pdf", "dòng một\nKẾ HOẠCH \x1b[31m phòng dịch\ndịch", grade="review",
        doc_type="Kế hoạch", doc_type_code="KH", number="129", notation="KH-UBND", issued_date="2023-04-05",
        issuer="UBND QUẬN KIẾN AN", subject="Về việc phòng dịch",
    )  # fmt: skip
    write_document(folder, "b.txt", "kế toán")
    return folder


def search(*words: object, lang: str = "en") -> int:
    return main(["search", *map(str, words), "--lang", lang])


def test_what_is_shown(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(out, "phong", "dich") == 0
    shown = capsys.readouterr()
    assert shown.out == (
        "  1  Kế hoạch 129/KH-UBND · UBND QUẬN KIẾN AN · 2023-04-05 · needs review\n"
        f"     {out / 'a' / 'plan.pdf'}\n"
        "     Về việc [phòng] [dịch]\n"
        "     dòng một KẾ HOẠCH  [31m [phòng] [dịch] [dịch]\n"
        "     line 2, 3\n"
    )
    assert shown.err == "1 document of 2\n"
    assert search(out, "ke", "--limit", "1", lang="vi") == 0
    shown = capsys.readouterr()
    assert shown.out.count("dòng 2") == 1
    assert shown.err == "2 văn bản trong 2, hiện 1–1\n"
    assert search(out, "zzz") == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "None of 2 documents" in shown.err


def test_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(out, "--json", '"phòng dịch" OR toán') == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["query"], answer["total"], answer["exact"], answer["documents"]) == (
        '"phòng dịch" OR toán',
        2,
        True,
        2,
    )
    first = next(found for found in answer["found"] if found["name"] == "a/plan.pdf")
    assert first["doc_type_code"] == "KH"
    assert first["subject_pieces"] == [["Về việc ", False], ["phòng dịch", True]]
    text = (Path(first["folder"]) / "restored.txt").read_text("utf-8")
    assert [text[place["start"] : place["end"]] for place in first["places"]] == ["phòng dịch"]


def test_an_answer_that_is_a_part_says_so_and_how_to_have_all(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search(out, "ke") == 0
    ends = candidates._ENDS_OF_BEGINNINGS._replace(counting=0.0)  # as if counting took too long
    monkeypatch.setattr(candidates, "_ENDS_OF_BEGINNINGS", ends)
    monkeypatch.setattr(candidates, "_LOOKED_AT", 1)
    capsys.readouterr()
    assert search(out, '"phong d*"') == 0
    shown = capsys.readouterr()
    assert "1 document of 2" in shown.err  # one may have it, and was looked at
    assert search(out, "k*") == 0
    shown = capsys.readouterr()
    assert shown.out.count("[KẾ]") == 1
    assert "at least 1 of 2 documents, shown 1–1\nOnly a part was looked at" in shown.err
    assert "--thorough" in shown.err
    assert search(out, "z*", lang="vi") == 0
    shown = capsys.readouterr()
    assert "Chưa thấy văn bản nào trong 2 văn bản.\nMới xem được một phần" in shown.err
    assert search(out, "k*", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["partial"], answer["exact"]) == (1, True, False)
    assert search(out, "k*", "--thorough") == 0
    shown = capsys.readouterr()
    assert shown.err == "2 documents of 2, shown 1–2\n"


def test_flags_may_stand_anywhere_and_filters_alone(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        [out, "--type", "KH", "kế"],
        ["--type", "ke hoach", out, "kế"],
        [out, "kế", "--type", "qd", "--type", "kh"],
        [out, "kế", "-toán"],
        [out, '-"ke toan"'],
        [out, "--issuer", "kien an"],
        [out, "--number", "129/KH-UBND"],
        [out, "--from", "2023", "--to", "2023-04"],
    ):
        assert search(*words) == 0
        shown = capsys.readouterr()
        assert "plan.pdf" in shown.out
        assert "b.txt" not in shown.out


def test_the_index_is_brought_up_to_date_unless_told_not_to(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(out, "toán") == 0
    assert (out / SEARCH_FILE).is_file()
    write_document(out, "c.txt", "toán học")
    (out / "b.txt" / "document.json").write_text("{", "utf-8")
    assert search(out, "toán", "--no-update") == 0
    shown = capsys.readouterr().out
    assert "c.txt" not in shown
    assert search(out, "toán") == 0
    shown = capsys.readouterr()
    assert "c.txt" in shown.out
    assert "b.txt: its document.json cannot be read" in shown.err


@pytest.mark.parametrize(
    ("words", "code", "vi", "en"),
    [
        (["{out}"], 2, "Tìm gì?", "Search for what?"),
        (["{out}", "  "], 2, "Tìm gì?", "Search for what?"),
        (["{out}", "a", "--from", "hôm qua"], 2, "không phải là ngày", "is no date"),
        (["{out}", "a", "--from", "2021", "--to", "2020"], 2, "ở sau", "lies after"),
        (["{out}", "a", "--limit", "0"], 2, "từ 1 trở lên", "from 1 on"),
        (["{out}", "a", "--offset", "-1"], 2, "từ 0 trở lên", "from 0 on"),
        (["{out}/b.txt/restored.txt", "a"], 3, "không phải là thư mục", "is no folder"),
        (["nowhere", "a"], 3, "không có tệp hoặc thư mục này", "there is no such file or folder"),
    ],
)
def test_errors_name_what_to_do(
    out: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, vi: str, en: str
) -> None:
    words = [word.replace("{out}", str(out)) for word in words]
    for lang, text in (("vi", vi), ("en", en)):
        assert search(*words, lang=lang) == code
        assert text in capsys.readouterr().err


def test_a_folder_without_results_is_an_error_and_gets_no_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(tmp_path, "a") == 3
    assert "Give a folder that `restore run` wrote" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
