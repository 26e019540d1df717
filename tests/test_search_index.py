"""The index on real SQLite: what it finds, how it is kept, what becomes of it when its file is damaged."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from batches import remove_document, write_document
from hypothesis import given, settings
from hypothesis import strategies as st

import restore
from restore.errors import InputError, OutputError, UsageError
from restore.language.vietnamese import strip_marks
from restore.output import DOCUMENT_FILE, RESTORED_FILE, document_json
from restore.search import store, update
from restore.search.filters import Filters
from restore.search.index import NO_FILTERS, Answer, Index
from restore.search.query import Phrase, Query, parse
from restore.search.store import SEARCH_FILE
from restore.search.words import words_of

SAMPLES = Path(__file__).parents[1] / "samples"


def names(out: Path, query: str = "", filters: Filters = NO_FILTERS, limit: int = 1000) -> list[str]:
    index = Index(out)
    index.update()
    answer = index.search(query, filters, limit=limit)
    assert len(answer.found) == min(answer.total, limit)
    return [found.name for found in answer.found]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    write_document(
        folder, "2023/kh.pdf", "Số: 129/KH-UBND\nKẾ HOẠCH phòng dịch\nỦy ban nhân dân quận làm lần hai.",
        doc_type="Kế hoạch", doc_type_code="KH", number="129", notation="KH-UBND", issued_date="2023-04",
        issuer="ỦY BAN NHÂN DÂN QUẬN KIẾN AN", issuer_parent="THÀNH PHỐ HẢI PHÒNG", subject="phòng dịch",
    )  # fmt: skip
    write_document(
        folder, "qd.txt", "QUYẾT ĐỊNH về đan lưới, văn hoá", grade="poor",
        doc_type="Quyết định", doc_type_code="QĐ", number="08", notation="QĐ-SVH", issued_date="2021-02-28",
        issuer="SỞ VĂN HÓA", subject="Về việc đan lưới",
    )  # fmt: skip
    write_document(
        folder, "cv.txt", "Lan gửi kế toán: dân hỏi kế sinh nhai, kế hoạch dịch thuật.", issued_date="2020"
    )
    return folder


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lan", {"2023/kh.pdf", "cv.txt"}),
        ("lần", {"2023/kh.pdf"}),
        ("=lan", {"cv.txt"}),
        ("Lân", set()),
        ("dan", {"2023/kh.pdf", "qd.txt", "cv.txt"}),
        ("đan", {"qd.txt"}),
        ("văn hóa", {"qd.txt"}),
        ("văn hoá", {"qd.txt"}),
        ("va\u0306n", {"qd.txt"}),
        ("kế hoach", {"2023/kh.pdf", "cv.txt"}),
        ('"phòng dịch"', {"2023/kh.pdf"}),
        ('"dịch phòng"', set()),
        ('"kế hoach phòng"', {"2023/kh.pdf"}),
        ('"ke hoach dich"', {"cv.txt"}),
        ('"kế tóan"', set()),  # this tone has no other place: another word
        ("thua*", {"cv.txt"}),
        ("thuậ*", {"cv.txt"}),
        ("thuâ*", set()),
        ("hoá*", {"qd.txt"}),
        ('"kế ho*"', {"2023/kh.pdf", "cv.txt"}),
        ('"kế to*"', {"cv.txt"}),
        ("kế -toán", {"2023/kh.pdf"}),
        ('dịch -"kế hoạch phòng"', {"cv.txt"}),
        ("-kế", {"qd.txt"}),
        ("đan OR toán", {"qd.txt", "cv.txt"}),
        ("129/KH-UBND", {"2023/kh.pdf"}),
        ("hải phòng", {"2023/kh.pdf"}),
        ("words : lan", set()),
    ],
)
def test_what_a_query_finds(out: Path, query: str, expected: set[str]) -> None:
    assert set(names(out, query)) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(types=("KH",)), {"2023/kh.pdf"}),
        (Filters(types=("ke hoach", "qđ")), {"2023/kh.pdf", "qd.txt"}),
        (Filters(types=("Quyết định",)), {"qd.txt"}),
        (Filters(types=("QD",)), {"qd.txt"}),
        (Filters(types=("?",)), set()),
        (Filters(issuer="kien an"), {"2023/kh.pdf"}),
        (Filters(issuer="Kiến An Hải Phòng"), {"2023/kh.pdf"}),
        (Filters(issuer="kiên an"), set()),
        (Filters(issuer="phòng dịch"), set()),
        (Filters(number="129"), {"2023/kh.pdf"}),
        (Filters(number="129/KH-UBND"), {"2023/kh.pdf"}),
        (Filters(number="129/QĐ-UBND"), set()),
        (Filters(number="8"), {"qd.txt"}),
        (Filters(number="08/qd"), {"qd.txt"}),
        (Filters(number="KH-UBND"), {"2023/kh.pdf"}),
        (Filters(number="12"), set()),
        (Filters(since="2023", until="2023"), {"2023/kh.pdf"}),
        (Filters(since="2020-01-01", until="2021"), {"qd.txt", "cv.txt"}),
        (Filters(since="2023-04-10", until="2023-04-11"), {"2023/kh.pdf"}),
        (Filters(since="2020-06", until="2020-07"), {"cv.txt"}),
        (Filters(until="27/02/2021"), {"cv.txt"}),
        (Filters(since="28/2/2021"), {"qd.txt", "2023/kh.pdf"}),
        (Filters(since="0001-01-01", until="9999-12-31"), {"qd.txt", "2023/kh.pdf", "cv.txt"}),
    ],
)
def test_what_filters_leave(out: Path, filters: Filters, expected: set[str]) -> None:
    assert set(names(out, "", filters)) == expected
    assert set(names(out, "ke", filters)) == expected - {"qd.txt"}


@pytest.mark.parametrize(
    "text", ["gestern", "2023-13", "2023-02-29", "31/4/2023", "2023-1-1-1", "99", "0000"]
)
def test_what_is_no_date_is_named(out: Path, text: str) -> None:
    with pytest.raises(UsageError, match="search-bad-date"):
        names(out, "kế", Filters(since=text))


def test_dates_in_the_wrong_order_are_named(out: Path) -> None:
    with pytest.raises(UsageError, match="search-dates-crossed"):
        names(out, "kế", Filters(since="2021-06", until="2021-05"))


def test_the_best_come_first_and_of_equals_the_newest(tmp_path: Path) -> None:
    filler = "chữ " * 300
    for number in range(40):
        write_document(tmp_path, f"filler{number}", f"{filler} số{number}")
    write_document(tmp_path, "often", "dịch " * 8 + filler)
    write_document(tmp_path, "once", f"dịch {filler}", issued_date="2020-01-01")
    write_document(tmp_path, "newer", f"dịch {filler}", issued_date="2020-01")
    write_document(tmp_path, "newest", f"dịch {filler}", issued_date="2020-01-02")
    write_document(tmp_path, "subject", f"dịch {filler}", subject="phòng dịch")
    write_document(tmp_path, "issuer", f"dịch {filler}", issuer="TRẠM KIỂM DỊCH")
    write_document(tmp_path, "number", f"dịch {filler}", number="1", notation="DỊCH")
    found = names(tmp_path, "dịch")
    assert found[:4] == ["number", "subject", "issuer", "often"]
    assert found[4] == "newest"
    assert set(found[5:]) == {"once", "newer"}
    assert names(tmp_path, "", Filters(since="2020", until="2020"))[0] == "newest"


def test_pages_of_an_answer_lie_end_to_end(tmp_path: Path) -> None:
    for number in range(25):
        write_document(tmp_path, f"d{number}", "kế hoạch " * (number + 1), subject="kế" if number % 3 else "")
    index = Index(tmp_path)
    index.update()
    whole = [found.name for found in index.search("kế", limit=25).found]
    parts = [index.search("kế", limit=10, offset=start) for start in (0, 10, 20, 30)]
    assert [found.name for part in parts for found in part.found] == whole
    assert {part.total for part in parts} == {25}


def test_more_documents_than_are_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restore.search.candidates._RANKED_LEAST", 5)
    monkeypatch.setattr("restore.search.candidates._RANKED", 5)
    for number in range(30):
        write_document(tmp_path, f"d{number}", "dịch", issued_date=f"2020-01-{number + 1:02}")
    write_document(tmp_path, "old", "dịch", issued_date="1990", subject="dịch")
    index = Index(tmp_path)
    index.update()
    answer = index.search("dịch", limit=3)
    assert answer.total == 31
    assert [found.name for found in answer.found] == ["old", "d29", "d28"]


def test_more_documents_than_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restore.search.candidates._MOST_COUNTED", 4)
    monkeypatch.setattr("restore.search.candidates._RANKED_LEAST", 2)
    monkeypatch.setattr("restore.search.candidates._RANKED", 2)
    for number in range(1, 10):
        write_document(tmp_path, f"d{number}", "dịch", issued_date=f"2020-01-{number:02}")
    write_document(tmp_path, "old", "dịch", issued_date="1990", subject="dịch")
    index = Index(tmp_path)
    index.update()
    answer = index.search("dịch", limit=3)
    assert (answer.total, answer.more, answer.documents) == (4, True, 10)
    assert [found.name for found in answer.found] == ["old", "d9", "d8"]
    answer = index.search("", Filters(since="2020-01-06"))
    assert (answer.total, answer.more, len(answer.found)) == (4, False, 4)


def test_a_hit_tells_all_that_a_page_needs(out: Path) -> None:
    index = Index(out)
    index.update()
    (found,) = index.search('"phòng dịch"').found
    assert (found.name, found.folder) == ("2023/kh.pdf", out / "2023" / "kh.pdf")
    assert found.restored.read_text("utf-8")[found.places[0].start : found.places[0].end] == "phòng dịch"
    assert (found.places[0].line, found.places[0].column, found.hits) == (2, 10, 1)
    assert found.card.code == "129/KH-UBND"
    assert (found.card.issued_date, found.card.grade) == ("2023-04", "good")
    assert found.subject == (("phòng dịch", True),)
    assert ("phòng dịch", True) in found.snippets[0]
    assert index.places("2023/kh.pdf", "lan") == (restore_place := index.places("2023/kh.pdf", "lần"))
    assert restore_place[0].line == 3
    assert index.places("2023/kh.pdf", "zzz") == ()
    with pytest.raises(InputError, match="search-no-such-document"):
        index.places("2023", "lan")


@pytest.mark.parametrize("most", [256, 8, 2, 1])
def test_beginnings_find_the_same_however_many_words_begin_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("restore.search.expression.MOST_ENDINGS", most)
    texts = ["hoạch", "hoạt hoà", "họa", "hoạ sĩ", "hòa", "kế hoạ", "kế hoạch", "ke họa", "hoa"]
    for text in texts:
        write_document(tmp_path, text, text)
    expected = {
        "hoạ*": {"hoạch", "hoạt hoà", "họa", "hoạ sĩ", "kế hoạ", "kế hoạch", "ke họa"},
        "hoa*": set(texts),
        '"kế hoạ*"': {"kế hoạ", "kế hoạch"},
        '"ke hoạ*"': {"kế hoạ", "kế hoạch", "ke họa"},
        "h* k*": {"kế hoạ", "kế hoạch", "ke họa"},
        "zz* OR s*": {"hoạ sĩ"},
    }
    assert {query: set(names(tmp_path, query)) for query in expected} == expected


def test_nothing_asked_is_nothing_found(out: Path) -> None:
    assert Index(out).search("").total == 0
    assert Index(out).search(' "" - * ').found == ()


def test_an_index_that_is_not_there_is_built_by_the_first_question(out: Path) -> None:
    assert Index(out).search("toán").total == 1


def test_a_folder_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing-file"):
        Index(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="search-not-a-folder"):
        Index(tmp_path / "file")


def test_the_samples(tmp_path: Path) -> None:
    text = (SAMPLES / "002_7d7d882c88c23fa0.txt").read_text("utf-8")
    folder = tmp_path / "002"
    folder.mkdir()
    (folder / RESTORED_FILE).write_text(text, "utf-8")
    (folder / DOCUMENT_FILE).write_text(document_json(restore.parse(text)), "utf-8")
    index = Index(tmp_path)
    assert index.update().indexed == 1
    assert (
        index.search(
            '"phong giao duc va dao tao"', Filters(types=("KH",), since="2023-04", until="2023-04")
        ).total
        == 1
    )
    words = sorted(set(words_of(text)))
    for word in words:
        assert index.search(word).total == 1, word
        assert index.search(strip_marks(word)).found[0].hits > 0, word
    for word in words[::20]:
        for typed in (word.upper(), f'"{word}"', f"={word}", f"{word}*"):
            assert index.search(typed).total == 1, typed
            assert index.places("002", typed), typed
    line = next(line for line in text.splitlines() if len(words_of(line)) > 5)
    assert index.search(f'"{line}"').found[0].hits >= 1


# How the index is kept


def test_only_what_changed_is_read_again(out: Path) -> None:
    index = Index(out)
    first = index.update()
    assert (first.documents, first.indexed, first.removed) == (3, 3, 0)
    assert index.update() == update.Update(3, 0, 0)
    write_document(out, "qd.txt", "Nội dung khác hẳn")
    write_document(out, "new", "thêm")
    remove_document(out, "cv.txt")
    seen: list[tuple[str, int]] = []
    assert index.update(lambda name, total: seen.append((name, total))) == update.Update(3, 2, 1)
    assert {"new", "qd.txt"} <= {name for name, _ in seen}
    assert {total for _, total in seen} == {len(seen)}
    assert index.search("đan").total == index.search("toán").total == 0
    assert index.search('"khác hẳn"').total == index.search("thêm").total == 1
    assert index.search("", Filters(number="8")).total == 0


def test_a_file_that_was_only_touched_is_not_read_into_the_index(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(out)
    index.update()
    os.utime(out / "cv.txt" / RESTORED_FILE, (1, 1))
    assert index.update().indexed == 0
    for name in ("qd.txt", "2023/kh.pdf", "cv.txt"):
        for file in (RESTORED_FILE, DOCUMENT_FILE):
            os.utime(out / name / file, (1, 1))
    assert index.update().indexed == 0
    monkeypatch.setattr(update, "_read", None)  # settled and unchanged: not even opened
    assert index.update().indexed == 0


def test_a_change_within_the_clocks_tick_is_seen(out: Path) -> None:
    """Same size and time, other content: a file as young as that is looked into."""
    index = Index(out)
    path = out / "cv.txt" / RESTORED_FILE
    index.update()
    status = path.stat()
    path.write_bytes(path.read_bytes().replace("toán".encode(), "tián".encode()))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    index.update()
    assert index.search("tián").total == 1
    assert index.search("toán").total == 0


def test_a_damaged_document_costs_no_other_and_is_found_once_it_is_mended(out: Path) -> None:
    (out / "cv.txt" / DOCUMENT_FILE).write_text("{", "utf-8")
    (out / "qd.txt" / DOCUMENT_FILE).write_text('{"schema_version": "9.0", "header": {}}', "utf-8")
    index = Index(out)
    assert index.update() == update.Update(1, 1, 0, ("cv.txt", "qd.txt"))
    assert index.update() == update.Update(1, 0, 0, ("cv.txt", "qd.txt"))
    assert index.search("toán").total == 0
    write_document(out, "cv.txt", "toán")
    assert index.update() == update.Update(2, 1, 0, ("qd.txt",))
    assert index.search("toán").total == 1
    remove_document(out, "qd.txt")
    assert index.update() == update.Update(2, 0, 0)


def test_text_that_is_no_utf8_missing_or_decomposed(tmp_path: Path) -> None:
    write_document(tmp_path, "bytes")
    (tmp_path / "bytes" / RESTORED_FILE).write_bytes(b"k\xff\xfe lan\x00 lan")
    write_document(tmp_path, "nfd", "Ke\u0302\u0301 hoa\u0323ch")
    write_document(tmp_path, "bare", subject="Về việc kế hoạch")
    (tmp_path / "bare" / RESTORED_FILE).unlink()
    assert names(tmp_path, '"kế hoạch"') == ["bare", "nfd"]
    assert names(tmp_path, "lan") == ["bytes"]


def test_a_name_in_another_encoding(tmp_path: Path) -> None:
    name = os.fsdecode(b"C\xabng v\xa8n.txt")
    write_document(tmp_path, name, "lan")
    index = Index(tmp_path)
    index.update()
    (found,) = index.search("lan").found
    assert found.name == "C\\xabng v\\xa8n.txt"
    assert found.restored.read_text("utf-8") == "lan"


def test_more_documents_of_one_day_than_its_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "_SLOTS", 2)
    for number in range(7):
        write_document(tmp_path, f"d{number}", "lan", issued_date="2020-02-02")
    assert len(names(tmp_path, "lan")) == 7


# What becomes of a file that cannot be used


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _holed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)


def _without_a_table(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE texts")
    connection.close()


def _without_its_innards(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'words_data'")
    connection.commit()
    connection.close()


def _older(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("DROP TABLE terms")
    connection.execute("CREATE TABLE terms (other)")
    connection.close()


@pytest.mark.parametrize(
    "harm", [_garbage, _truncated, _holed, _without_a_table, _without_its_innards, _older]
)
@pytest.mark.parametrize("first", ["update", "search"])
def test_an_index_that_cannot_be_used_is_built_anew(
    out: Path, harm: Callable[[Path], None], first: str
) -> None:
    index = Index(out)
    index.update()
    path = out / SEARCH_FILE
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    harm(path)
    if first == "update":
        index.update()
    assert index.search("lan").total == 2
    assert index.update() == update.Update(3, 0, 0)
    _check(path)


@pytest.mark.parametrize("typed", ['"kế hoach"', "hoạch"])  # looked at to be found, or to be shown
def test_a_text_that_is_missing_is_a_damaged_index(out: Path, typed: str) -> None:
    index = Index(out)
    index.update()
    connection = sqlite3.connect(out / SEARCH_FILE)
    connection.execute("DELETE FROM texts")
    connection.commit()
    connection.close()
    assert index.search(typed).total == 2
    _check(out / SEARCH_FILE)


def test_a_folder_where_nothing_can_be_written(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (out / SEARCH_FILE).mkdir()
    with pytest.raises(OutputError, match="search-index-unusable"):
        Index(out).update()


def _check(path: Path) -> None:
    """The file is whole, and FTS5's words are those of its documents."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for table in ("words", "heads"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    counted = connection.execute("SELECT count(*) FROM documents").fetchone()
    assert counted == connection.execute("SELECT documents FROM counts").fetchone()
    connection.close()


def _update(out: str, rounds: int) -> None:
    for _ in range(rounds):
        Index(Path(out)).update()
        assert Index(Path(out)).search("lan").total >= 0


def test_two_processes_at_once(tmp_path: Path) -> None:
    for number in range(60):
        write_document(tmp_path, f"d{number}", f"lan số{number} " * 20)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_update, args=(str(tmp_path), 6)) for _ in range(2)]
    for process in processes:
        process.start()
    for number in range(60, 90):  # while they look
        write_document(tmp_path, f"d{number}", f"lan số{number}")
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    index = Index(tmp_path)
    index.update()
    answer = index.search("lan", limit=1000)
    assert sorted(found.name for found in answer.found) == sorted(f"d{number}" for number in range(90))
    _check(tmp_path / SEARCH_FILE)


def test_two_that_find_it_damaged_at_once(out: Path) -> None:
    (out / SEARCH_FILE).write_bytes(b"no database " * 500)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_update, args=(str(out), 3)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    Index(out).update()
    assert Index(out).search("lan").total == 2


# Laws

WORDS = ["lan", "lân", "lần", "Ke", "kế", "hoạch", "hoá", "hóa", "đan", "dan", "129"]
QUERIES = st.lists(st.sampled_from([*WORDS, '"', '"', "-", "*", "OR", "=", "/", "zz"]), max_size=8).map(
    " ".join
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def means(query: Query, text: str) -> bool:
    """What a query means, word by word."""
    words = words_of(text)

    def stands(phrase: Phrase) -> bool:
        def fits(at: int) -> bool:
            pairs = list(zip(phrase.words, words[at:], strict=False))
            return len(pairs) == len(phrase.words) and all(
                (found.startswith(word.beginnings) if word.prefix else found == word.text)
                if word.exact
                else (
                    strip_marks(found).startswith(word.bare)
                    if word.prefix
                    else strip_marks(found) == word.bare
                )
                for word, found in pairs
            )

        return any(map(fits, range(len(words))))

    return any(
        all(map(stands, branch.wanted)) and not any(map(stands, branch.unwanted)) for branch in query.branches
    )


def asked_of(texts: list[str], queries: list[str]) -> Iterator[tuple[str, Query, set[str], Answer]]:
    """Each query as it was typed and as it is read, the documents that have what it means, and the answer."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for number, text in enumerate(texts):
            write_document(out, str(number), text)
        index = Index(out)
        index.update()
        for typed in queries:
            query = parse(typed)
            expected = {str(number) for number, text in enumerate(texts) if means(query, text)}
            yield typed, query, expected, index.search(typed, limit=100)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(QUERIES, min_size=1, max_size=12))
def test_what_is_found_is_what_the_query_means(texts: list[str], queries: list[str]) -> None:
    for typed, query, expected, answer in asked_of(texts, queries):
        found = {one.name for one in answer.found}
        if any(phrase.is_mixed for branch in query.branches for phrase in branch.unwanted):
            assert found <= expected, typed
        else:
            assert found == expected, typed
        assert answer.total == len(found)
        assert answer.exact


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Index:
    out = tmp_path_factory.mktemp("asked")
    write_document(out, "d", "kế hoạch lan", subject="lan")
    index = Index(out)
    index.update()
    return index


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_no_query_is_an_error(asked: Index, query: str, kind: str, issuer: str, number: str) -> None:
    answer = asked.search(query, Filters(types=(kind,), issuer=issuer, number=number))
    assert answer.total == len(answer.found)
    assert asked.search(query).total in (0, 1)


CHANGES = st.lists(
    st.tuples(st.integers(0, 4), st.none() | TEXTS, st.sampled_from(["", "2020", "2021-03"])), max_size=10
)


@settings(max_examples=40, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_an_index_kept_up_to_date_answers_like_a_new_one(
    rounds: list[list[tuple[int, str | None, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        index = Index(out)
        for changes in rounds:
            for number, text, day in changes:
                if text is not None:
                    write_document(out, str(number), text, issued_date=day)
                elif (out / str(number)).exists():
                    remove_document(out, str(number))
            index.update()
        assert index.update().indexed == 0
        _check(out / SEARCH_FILE)
        asked = [*WORDS, '"kế hoạch"', "l*", "-lan"]
        kept = [_answers(index, query) for query in asked]
        for suffix in ("", "-wal", "-shm"):
            (out / f"{SEARCH_FILE}{suffix}").unlink(missing_ok=True)
        index.update()
        assert [_answers(index, query) for query in asked] == kept


def _answers(index: Index, query: str) -> dict[str, tuple[float, int]]:
    return {found.name: (round(found.score, 9), found.hits) for found in index.search(query).found}


def test_the_format_has_a_version() -> None:
    assert store.VERSION // 10_000 == store.FORMAT


def test_only_the_folders_that_are_named_are_looked_at(out: Path) -> None:
    index = Index(out)
    index.update()
    write_document(out, "cv.txt", "con bò")
    write_document(out, "new.txt", "con trâu")
    remove_document(out, "qd.txt")
    done = index.update(only=["new.txt", "qd.txt", "never.txt"])
    assert (done.documents, done.indexed, done.removed) == (3, 1, 1)
    assert [found.name for found in index.search("con").found] == ["new.txt"]
    assert index.update(only=[]).indexed == 0
    assert index.update().indexed == 1
    assert {found.name for found in index.search("con").found} == {"new.txt", "cv.txt"}
    _check(out / SEARCH_FILE)


def test_an_index_keeps_how_far_in_its_batch_it_was_brought_up_to_date(out: Path) -> None:
    index = Index(out)
    assert index.known() == (0, "")
    index.update(mark="7 of this ledger")
    assert index.known() == (3, "7 of this ledger")
    index.update()  # of somebody who knows nothing of a ledger: what changed since is looked at again
    assert index.known() == (3, "7 of this ledger")
    index.update(only=[], mark="8")
    assert index.known() == (3, "8")


def test_what_the_head_has_and_the_body_excludes_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restore.search.candidates._RANKED_LEAST", 5)
    monkeypatch.setattr("restore.search.candidates._RANKED", 5)
    for number in range(30):
        write_document(tmp_path, f"new{number}", "trồng cây", issued_date="2024-01-01")
    write_document(tmp_path, "fits", "cây xanh", subject="trồng cây", issued_date="2001-01-01")
    write_document(tmp_path, "not", "nháp", subject="trồng cây", issued_date="2002-01-01")
    index = Index(tmp_path)
    index.update()
    assert [found.name for found in index.search("trồng cây", limit=2).found] == ["not", "fits"]
    assert index.search("trồng cây -nháp", limit=2).found[0].name == "fits"
    assert "not" not in {found.name for found in index.search("trồng cây -nháp", limit=40).found}
