"""The command line as a user meets it: streams, exit codes, languages, and what is not loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from restore import __version__
from restore.edit import Edit, apply

DAMAGED = "Can cu Ke hoach so 12/KH-UBND ngay 05/3/2024 cua Uy ban nhan dan huyen\n"
RESTORED = "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/3/2024 của Ủy ban nhân dân huyện\n"


def restore(
    *arguments: object,
    stdin: str | bytes = b"",
    lang: str = "en",
    folder: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "restore", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env={**os.environ, "RESTORE_LANG": lang, **environment},
        cwd=folder,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("lang", "what_to_do"), [("vi", "chạy `restore run` trước"), ("en", "run that first")]
)
def test_review_of_a_folder_without_a_batch_says_what_to_do(
    tmp_path: Path, lang: str, what_to_do: str
) -> None:
    done = restore("review", str(tmp_path), "--no-browser", "--lang", lang)
    assert done.returncode == 3
    assert what_to_do in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_the_version() -> None:
    done = restore("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"restore {__version__}\n")


def test_the_version_waits_for_nothing_heavy() -> None:
    code = (
        "import sys; from restore.cli import main; main(['--version']);"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint(
        {"numpy", "cv2", "pydantic", "rich", "jinja2", "pypdfium2", "underthesea", "rapidfuzz"}
    )


def test_a_text_waits_for_no_image_library() -> None:
    code = "import sys, restore.pipeline; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in done.stdout.split()}.isdisjoint(
        {"cv2", "pypdfium2", "rich", "jinja2"}
    )


@pytest.mark.parametrize(("lang", "word"), [("vi", "cách dùng"), ("en", "usage")])
def test_help_speaks_the_readers_language(lang: str, word: str) -> None:
    for arguments in (["--help"], ["run", "--help"]):
        assert restore(*arguments, lang=lang).stdout.decode().startswith(word)
        other = "en" if lang == "vi" else "vi"
        assert restore(*arguments, "--lang", lang, lang=other).stdout.decode().startswith(word)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rnu"],
        ["run"],
        ["run", "x"],
        ["text", "--format", "doc"],
        ["run", "x", "-o", "y", "--jobs", "many"],
    ],
)
def test_a_wrong_command_line_is_usage(arguments: list[str]) -> None:
    done = restore(*arguments)
    assert done.returncode == 2
    assert b"--help" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu tên lệnh"),
        (["rnu"], "VERB không nhận 'rnu', chỉ nhận 'run'"),
        (["run", "x"], "thiếu -o/--output"),
        (["run", "x", "-o"], "-o/--output cần một giá trị"),
        (["run", "x", "-o", "y", "--jobs", "many"], "-j/--jobs cần một số nguyên, không phải 'many'"),
        (["run", "x", "-o", "y", "--jobs", "0"], "--jobs: giá trị «0» không dùng được (phải từ 1 trở lên)"),
        (["doctor", "--colour"], "không hiểu --colour. Xem `restore doctor --help`"),
        (
            ["run", "x", "-o", "y", "--page-timout=3"],
            "không hiểu --page-timout=3 (ý bạn là --page-timeout?). Xem `restore run --help`",
        ),
    ],
)
def test_libraries_reasons_are_said_in_vietnamese(arguments: list[str], said: str) -> None:
    done = restore(*arguments, lang="vi")
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_wrong_settings_are_usage_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    done = restore("run", "a.txt", "-o", "out", folder=tmp_path, RESTORE_PAGE_TIMOUT="3")
    assert done.returncode == 2
    assert b"RESTORE_PAGE_TIMEOUT" in done.stderr
    (tmp_path / "restore.toml").write_text("jbos = 3\n", "utf-8")
    done = restore("text", "a.txt", folder=tmp_path)
    assert done.returncode == 2
    assert "“jobs”".encode() in done.stderr
    assert "«jobs»".encode() in restore("text", "a.txt", folder=tmp_path, lang="vi").stderr


def test_the_settings_file_gives_the_language_unless_something_stronger_does(tmp_path: Path) -> None:
    (tmp_path / "restore.toml").write_text('lang = "vi"\n', "utf-8")
    (tmp_path / "in.txt").write_text(DAMAGED, "utf-8")
    environment = {"RESTORE_LANG": "", "LC_ALL": "C.UTF-8"}
    run = ["run", "in.txt", "-o", "out"]
    assert "tệp xong" in restore(*run, folder=tmp_path, **environment).stderr.decode()
    assert " ok, " in restore("--lang", "en", *run, folder=tmp_path, **environment).stderr.decode()


def test_text_goes_from_stdin_to_stdout() -> None:
    done = restore("text", stdin=DAMAGED)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, RESTORED, b"")
    assert restore("text", "-", stdin=DAMAGED).stdout == done.stdout


def test_text_writes_its_edits_which_replay_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    done = restore("text", "a.txt", "-o", "out/b.txt", "--edits", "out/e.jsonl", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    edits = [
        Edit.model_validate_json(line) for line in (tmp_path / "out/e.jsonl").read_text("utf-8").splitlines()
    ]
    assert edits
    assert apply(DAMAGED, edits) == (tmp_path / "out/b.txt").read_text("utf-8") == RESTORED
    assert (tmp_path / "a.txt").read_text("utf-8") == DAMAGED


def test_line_ends_come_through_as_they_are() -> None:
    text = RESTORED.replace("\n", "\r\n") * 2
    assert restore("text", stdin=text).stdout.decode() == text


def test_no_target_may_be_the_original(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    done = restore("text", "a.txt", "-o", "./a.txt", folder=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "a.txt").read_text("utf-8") == DAMAGED


def test_text_as_document_and_as_diff() -> None:
    document = json.loads(restore("text", "--format", "json", stdin=DAMAGED).stdout)
    assert document["schema_name"] == "restore.document"
    assert document["quality"]["words_changed"] > 5
    page = restore("text", "--format", "html", stdin=DAMAGED).stdout.decode()
    assert page.lower().startswith("<!doctype html>")
    assert "Ủy" in page


def test_parse_takes_the_text_as_it_stands() -> None:
    text = "Số: 12/KH-UBND\nAn Lão, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nTrồng cây\n\nI. MỤC ĐÍCH\nTrồng cây\n"
    document = json.loads(restore("parse", stdin=text).stdout)
    assert document["header"]["number"]["value"] == "12"
    assert document["header"]["issued_date"]["value"] == "2023-03-02"
    assert document["sections"][0]["number"] == "I"
    assert document["quality"]["words_changed"] == 0


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    (tmp_path / "left.txt").write_text("Kiin An, ngay 05/3/2024\n", "utf-8")
    (tmp_path / "right.txt").write_text("Kiến An, ngày 05/3/2024\n", "utf-8")
    return tmp_path


def test_diff_names_what_differs(pair: Path) -> None:
    done = restore("diff", "left.txt", "right.txt", folder=pair)
    assert done.returncode == 0
    assert "Kiin" in done.stdout.decode()
    assert b"\x1b[" not in done.stdout
    found = json.loads(restore("diff", "left.txt", "right.txt", "--json", folder=pair).stdout)
    assert found["counts"] == {"tone": 1, "letter": 1}
    done = restore("diff", "left.txt", "right.txt", "-o", "report.html", folder=pair)
    assert done.returncode == 0
    assert "Kiến" in (pair / "report.html").read_text("utf-8")


def test_evaluate_counts(pair: Path) -> None:
    scores = json.loads(restore("evaluate", "left.txt", "right.txt", "--json", folder=pair).stdout)
    assert (scores["wer"], scores["words"], scores["helped"]) == (0.5, 4, None)
    assert {"cer", "wer", "wer_lower", "der", "helped", "hurt", "words"} <= set(scores)
    raw = restore("evaluate", "right.txt", "right.txt", "--raw", "left.txt", "--json", folder=pair)
    assert json.loads(raw.stdout)["helped"] == 2
    assert "0.5000" in restore("evaluate", "left.txt", "right.txt", folder=pair).stdout.decode()


def test_evaluate_folders_of_a_run(pair: Path) -> None:
    (pair / "gold").mkdir()
    (pair / "gold" / "left.txt").write_bytes((pair / "right.txt").read_bytes())
    assert restore("run", "left.txt", "-o", "out", folder=pair).returncode == 0
    scores = json.loads(restore("evaluate", "out", "gold", "--json", folder=pair).stdout)
    assert scores["words"] == 4
    assert scores["helped"] is not None
    mixed = restore("evaluate", "out", "right.txt", folder=pair)
    assert mixed.returncode == 3


def test_doctor_finds_this_machine_in_order() -> None:
    done = restore("doctor", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0, report
    found = {finding["name"]: finding for finding in report["findings"]}
    assert found["restore"]["version"] == __version__
    assert {"tesseract", "vie", "osd", "numpy", "syllables.txt"} <= set(found)
    assert "Tesseract" in restore("doctor").stdout.decode()


def test_bench_measures_pages(pair: Path) -> None:
    (pair / "bench").mkdir()
    (pair / "bench" / "page.ocr.txt").write_text(DAMAGED, "utf-8")
    (pair / "bench" / "page.gold.txt").write_text(RESTORED, "utf-8")
    report = json.loads(restore("bench", "bench", "--json", folder=pair).stdout)
    (page,) = report["pages"]
    assert page["wer_before"] > 0.5
    assert page["wer_after"] == 0
    assert (page["hurt"], page["kind"]) == (0, "text")
    assert report["totals"]["text"]["helped"] == page["helped"] > 5
    assert "page" in restore("bench", "bench", folder=pair).stdout.decode()
    assert restore("bench", "left.txt", folder=pair).returncode == 3


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m restore text | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        input=(DAMAGED * 400).encode(),
        capture_output=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_traceback_is_shown_only_when_asked_for() -> None:
    assert b"Traceback" not in restore("text", "nowhere.txt").stderr
    assert b"Traceback" in restore("text", "nowhere.txt", "-v").stderr
    assert b"Traceback" in restore("-v", "text", "nowhere.txt").stderr
