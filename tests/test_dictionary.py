"""The archive's own dictionary: what is written comes back, what people write by hand is understood, nobody's rule is lost."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from restore.dictionary import (
    HEADER,
    Rule,
    add_rule,
    fingerprint,
    known_rules,
    merged,
    problem_of,
    read_rules,
    remove_rule,
    write_rules,
)
from restore.errors import ExitCode, InputError, OutputError
from restore.messages import MESSAGES, error_text

KIEN_AN = Rule(before="Kiin An", after="Kiến An", reviewer="Lan", date="2023-04-01", note="tên quận")
OFFICE = Rule(before="UBNÐ", after="UBND")


def by_hand(folder: Path, content: str | bytes) -> Path:
    path = folder / "dictionary.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# The format

cells = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r"), min_size=1, max_size=12
)
words = cells.filter(lambda cell: problem_of(cell) is None)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    before = draw(
        words.filter(lambda cell: not Rule(before="x" + cell, after="x").before[1:].lstrip().startswith("#"))
    )
    return Rule(before=before, after=draw(words), reviewer=draw(cells), date=draw(cells), note=draw(cells))


@given(st.lists(rules(), max_size=6))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, found: list[Rule]) -> None:
    path = tmp_path_factory.mktemp("rules") / "dictionary.tsv"
    write_rules(path, found)
    by_word = {rule.before: rule for rule in found}
    assert {rule.before: rule for rule in read_rules(path)} == by_word
    for rule in found:  # adding them one by one gives the same
        add_rule(path.with_name("added.tsv"), rule)
    if found:
        assert {rule.before: rule.after for rule in read_rules(path.with_name("added.tsv"))} == {
            rule.before: rule.after for rule in found
        }


def test_the_file_explains_itself_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "new" / "dictionary.tsv"
    add_rule(path, KIEN_AN)
    text = path.read_text("utf-8")
    assert text == HEADER + "Kiin An\tKiến An\tLan\t2023-04-01\ttên quận\n"
    assert "Từ điển riêng của kho lưu trữ" in text
    assert "The archive's own dictionary" in text
    assert [path.name for path in path.parent.iterdir()] == ["dictionary.tsv"]


def test_a_file_made_by_hand(tmp_path: Path) -> None:
    lines = (
        "\ufeffbefore\tafter\treviewer\r\n"
        "# tên riêng\r\n"
        "\r\n"
        "Kiin  An \tKie\u0302\u0301n An\r\n"
        "KH\tKH\tLan\r\n"
        "   \r\n"
        "Kiin An\tKiến Ân\tHoa\t2023\tsửa lại\tcột thừa"
    )
    assert read_rules(by_hand(tmp_path, lines)) == (
        Rule(before="KH", after="KH", reviewer="Lan"),
        Rule(before="Kiin An", after="Kiến Ân", reviewer="Hoa", date="2023", note="sửa lại"),
    )


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        ("# a\nKiin An Kiến An\n", "dictionary-one-column", "2"),
        ("an\tán\n\n\tKiến An\n", "dictionary-empty", "3"),
        ("Kiin An\t \tLan\n", "dictionary-empty", "1"),
        ("Kiến An\tKiến An\n".encode("utf-16"), "dictionary-encoding", None),
    ],
)
def test_what_is_no_rule_is_named_with_its_line(
    tmp_path: Path, content: str | bytes, key: str, line: str | None
) -> None:
    path = by_hand(tmp_path, content)
    with pytest.raises(InputError) as caught:
        read_rules(path)
    assert (caught.value.key, caught.value.values.get("line")) == (key, line)
    for lang in ("vi", "en"):
        said = error_text(caught.value, lang)
        assert str(path) in said
        assert line is None or line in said


def test_no_file_and_no_dictionary(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_rules(tmp_path / "none.tsv")
    assert (caught.value.key, caught.value.exit_code) == ("missing-file", ExitCode.INPUT)
    with pytest.raises(InputError):
        read_rules(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError):
        add_rule(tmp_path / "file" / "dictionary.tsv", KIEN_AN)


@pytest.mark.parametrize(
    ("before", "problem"),
    [(" ", "rule-empty"), ("", "rule-empty"), ("Kiin\tAn", "rule-break"), ("Kiin\nAn", "rule-break"), ("# An", "rule-comment")],
)  # fmt: skip
def test_what_cannot_be_a_rule(before: str, problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Rule(before=before, after="Kiến An")
    assert problem in MESSAGES


# Adding and removing


def test_adding_twice_is_once_and_a_later_rule_replaces_the_earlier_one(tmp_path: Path) -> None:
    path = by_hand(tmp_path, "# đầu\nUBNÐ\tUBND\nKiin An\tKiền An\tHoa\n# cuối\n")
    assert add_rule(path, KIEN_AN) == Rule(before="Kiin An", after="Kiền An", reviewer="Hoa")
    assert add_rule(path, KIEN_AN.model_copy(update={"reviewer": "Minh"})) == KIEN_AN
    assert add_rule(path, OFFICE) == OFFICE
    assert (
        path.read_text("utf-8") == "# đầu\nUBNÐ\tUBND\nKiin An\tKiến An\tLan\t2023-04-01\ttên quận\n# cuối\n"
    )
    assert add_rule(path, Rule(before="KH", after="KH")) is None
    assert path.read_text("utf-8").endswith("# cuối\nKH\tKH\n")


def test_of_two_lines_for_one_word_a_new_rule_leaves_one(tmp_path: Path) -> None:
    path = by_hand(tmp_path, "an\tán\nKH\tKH\nan\tân\n")
    assert add_rule(path, Rule(before="an", after="an")) == Rule(before="an", after="ân")
    assert path.read_text("utf-8") == "KH\tKH\nan\tan\n"


def test_removing(tmp_path: Path) -> None:
    path = by_hand(tmp_path, "# đầu\nan\tán\tLan\nKH\tKH\n")
    assert not remove_rule(path, Rule(before="an", after="ân"))
    assert remove_rule(path, Rule(before="an", after="án"))
    assert path.read_text("utf-8") == "# đầu\nKH\tKH\n"
    assert not remove_rule(path, Rule(before="an", after="án"))
    assert not remove_rule(tmp_path / "none.tsv", OFFICE)
    assert not (tmp_path / "none.tsv").exists()


def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    path = by_hand(tmp_path, "Kiin An\n")
    for change in (add_rule, remove_rule):
        with pytest.raises(InputError):
            change(path, KIEN_AN)
    assert path.read_text("utf-8") == "Kiin An\n"


def _add_many(path: Path, writer: int, count: int) -> None:
    for number in range(count):
        add_rule(path, Rule(before=f"w{writer}n{number}", after="từ", reviewer=str(writer)))


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.tsv"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(path, writer, 25)) for writer in range(2)]
    for writer in writers:
        writer.start()
    _add_many(path, 2, 25)
    for writer in writers:
        writer.join()
    assert {rule.before for rule in read_rules(path)} == {
        f"w{writer}n{number}" for writer in range(3) for number in range(25)
    }
    assert path.read_text("utf-8").startswith(HEADER)


# Several dictionaries


def test_the_document_wins_over_the_batch_and_that_over_the_archive() -> None:
    archive = [Rule(before="an", after="án"), Rule(before="KH", after="KH"), OFFICE]
    batch = [Rule(before="an", after="ân")]
    own = [Rule(before="an", after="an"), KIEN_AN]
    assert [(rule.before, rule.after) for rule in merged(archive, batch, own)] == [
        ("KH", "KH"), ("Kiin An", "Kiến An"), ("UBNÐ", "UBND"), ("an", "an")
    ]  # fmt: skip
    assert merged() == ()


def test_a_fingerprint_names_what_the_rules_say() -> None:
    one = fingerprint([KIEN_AN, OFFICE])
    assert one == fingerprint([OFFICE, KIEN_AN.model_copy(update={"reviewer": "Minh", "note": ""})])
    assert one != fingerprint([OFFICE])
    assert one != fingerprint([OFFICE, Rule(before="Kiin", after="An Kiến An")])


def test_known_rules_follow_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.tsv"
    assert known_rules(path) == ()
    add_rule(path, KIEN_AN)
    assert known_rules(path) == (KIEN_AN,)
    assert known_rules(path) is known_rules(path)
    add_rule(path, OFFICE)
    assert known_rules(path) == (KIEN_AN, OFFICE)
    path.unlink()
    assert known_rules(path) == ()
