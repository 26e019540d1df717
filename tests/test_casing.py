"""Case: letter shapes against what such words do in such places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from restore.correct import casing
from restore.correct.candidates import BLANK, MARK, NUMERAL, words
from restore.correct.casing import Placed, Shapes, weighed, written

NUMBER = {text: number for number, text in reversed(list(enumerate(words().text)))}


def placed(text: str) -> list[Placed]:
    """A path through a text of words of the lexicon, numbers and marks; shapes are the text's own."""
    path: list[Placed] = []
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            path.append(Placed(BLANK, -1, line_number - 1, "\n"))
        for index, part in enumerate(line.split(" ")):
            if index:
                path.append(Placed(BLANK, -1, line_number, " "))
            if not part:
                continue
            number = NUMBER.get(part, NUMBER.get(part.lower()))
            if number is not None:
                path.append(Placed(number, int(words().token[number]), line_number, part))
            else:
                kind = NUMERAL if part[0].isdigit() else MARK
                path.append(Placed(kind, words().token_number.get(part, -1), line_number, part))
    return path


def decide(
    path: Sequence[Placed], shapes: Callable[[int, str], Shapes], printed: Mapping[int, str] | None = None
) -> list[str]:
    return [case for case, _ in weighed(path, shapes, printed)]


def blind(word: int, observed: str) -> casing.Shapes:
    """The engine tells nothing of case."""
    return (1.0, 1.0, 3.0)


def seeing(word: int, observed: str) -> casing.Shapes:
    """The engine hardly ever takes one case for the other."""
    text = words().text[word]
    costs = (0.0 if observed == shape else 9.0 for shape in (text.lower(), text.capitalize(), text.upper()))
    small, title, upper = costs
    return (small, title, upper)


def result(text: str, shapes=blind, printed=None) -> str:
    path = placed(text)
    cases = decide(path, shapes, printed)
    return "".join(
        written(item.word, case) if item.word >= 0 else item.observed
        for item, case in zip(path, cases, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân thành phố Hải Phòng",
        "Thực hiện kế hoạch . Tổ chức kiểm tra",
        "- Tổ chức thực hiện .\n- Báo cáo kết quả",
        "Sở Nội vụ và Sở Tư pháp",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Nơi nhận :\n- Như trên ;\n- Lưu",
    ],
)
def test_what_the_corpora_expect_where_the_shapes_tell_nothing(text: str) -> None:
    assert result(text.lower()) == text


def test_clear_shapes_are_believed() -> None:
    text = "Phong trào Xanh và sạch của Lan"
    assert result(text, seeing) == text
    assert result("thực hiện KẾ HOẠCH này của ủy ban", seeing) == "thực hiện KẾ HOẠCH này của ủy ban"


def test_lines_in_capitals_are_decided_as_lines() -> None:
    # one of four letters was read small
    assert result("ỦY ban NHÂN DÂN", seeing) == "ỦY BAN NHÂN DÂN"
    assert result("thực hiện\nỦY ban NHÂN DÂN\nthực hiện", seeing) == "thực hiện\nỦY BAN NHÂN DÂN\nthực hiện"


def test_a_printed_phrase_has_its_own_case() -> None:
    text = "Độc Lập - tự Do"
    plain = result(text, seeing)
    path = placed(text)
    printed = {
        k: case for k, case in enumerate(["title", "", "lower", "", "", "", "title", "", "lower"]) if case
    }
    assert [path[k].observed for k in printed] == ["Độc", "Lập", "tự", "Do"]
    assert result(text, seeing, printed) == "Độc lập - Tự do" != plain


def test_abbreviations_are_capitals() -> None:
    assert result("kế hoạch của UBND", lambda word, observed: (0.0, 9.0, 9.0)) == "kế hoạch của UBND"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("kế hoạch", [casing.AFTER_STOP, 0.0]),
        (". kế", [casing.AFTER_STOP]),
        ("hoạch\nhoạch", [casing.AFTER_STOP, 0.0]),
        ("kế\nhoạch", [casing.AFTER_STOP, casing.AFTER_SHORT_LINE]),
        ("kế ;\nhoạch", [casing.AFTER_STOP, casing.AFTER_SEMICOLON]),
        ("kế .\nhoạch", [casing.AFTER_STOP, casing.AFTER_STOP]),
        ("kế\n\nhoạch", [casing.AFTER_STOP, casing.AFTER_STOP]),
        ("1 kế", [casing.AFTER_STOP]),
        ("- kế", [casing.AFTER_STOP]),
        ("kế ;\n- hoạch", [casing.AFTER_STOP, casing.BULLET]),
        ("hoạch kế\n- hoạch", [casing.AFTER_STOP, 0.0, 0.0]),
        ("kế “ hoạch", [casing.AFTER_STOP, casing.AFTER_QUOTE]),
        ("kế - hoạch", [casing.AFTER_STOP, 0.0]),
        ("“ kế", [casing.AFTER_STOP]),
    ],
)
def test_where_sentences_begin(text: str, starts: list[float]) -> None:
    path = placed(text)
    if "\n\n" in text:  # an empty line is one blank
        path = [
            item
            for index, item in enumerate(path)
            if not (item.observed == "\n" and path[index - 1].observed == "\n")
        ]
        path = [Placed(i.word, i.token, i.line, "\n\n" if i.observed == "\n" else i.observed) for i in path]
        starts = [starts[0], casing.AFTER_EMPTY_LINE]
    found = casing._starts(path, set())
    assert [start for start, item in zip(found, path, strict=True) if item.word >= 0] == starts


def test_a_line_below_a_heading_begins_a_sentence() -> None:
    path = placed("hoạch\nhoạch")
    starts = casing._starts(path, {path[0].line})
    assert starts[-1] == casing.AFTER_CAPITALS


def test_names_that_the_document_writes_with_capitals_vote() -> None:
    # the shapes say "small" here by a little, and "capital" by much at four other places
    def shapes(word: int, observed: str) -> casing.Shapes:
        return (0.0, 0.5, 9.0) if observed.islower() else (8.0, 0.0, 9.0)

    line = "và các mai của"
    assert result(line.replace("và", "thì"), shapes).endswith("mai của")
    assert result("và các Mai của\n" * 5 + line, shapes).endswith("Mai của")


@pytest.mark.parametrize(
    ("word", "case", "text"),
    [("ủy", "lower", "ủy"), ("ủy", "title", "Ủy"), ("ủy", "upper", "ỦY"), ("UBND", "lower", "UBND")],
)
def test_written(word: str, case: str, text: str) -> None:
    assert written(NUMBER[word], case) == text


def test_nothing_has_no_case() -> None:
    assert decide([], blind) == []
