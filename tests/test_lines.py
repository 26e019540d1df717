"""Lines of a text: every printed line is kept or told apart, and the quick ways give what the slow ones would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from restore.structure.lines import fold, is_upper, split_lines, split_lines_and_rest

LETTERS = st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYằẾộ 0123456789.,;:-_/“”")
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("\n\f\t")), max_size=200)


def items(start: int, end: int) -> str:
    return "".join(f"{number}. Việc thứ {number} của xã\n" for number in range(start, end))


def test_running_heads_are_laid_aside() -> None:
    text = (
        f"ỦY BAN NHÂN DÂN XÃ AN HÒA\nKẾ HOẠCH\n{items(1, 11)}Tuyên truyền ở các thôn và\n"
        f"\f2\n\nKế hoạch trồng cây - trang 2\nxóm trong xã.\n{items(11, 24)}"
        f"\f3\n\nKế hoạch trồng cây - trang 3\n{items(24, 34)}"
    )
    lines, dropped = split_lines_and_rest(text)
    assert [(one.kind, text[slice(*one.span)]) for one in dropped] == [
        ("page", "2"), ("running_head", "Kế hoạch trồng cây - trang 2"),
        ("page", "3"), ("running_head", "Kế hoạch trồng cây - trang 3"),
    ]  # fmt: skip
    assert [line.text for line in lines if line.page_break] == ["xóm trong xã.", "24. Việc thứ 24 của xã"]


def test_lines_that_repeat_inside_of_pages_are_kept() -> None:
    text = "\f".join(f"Trang bìa {page}\n{items(1, 10)}Không quy định\n{items(10, 20)}" for page in "abc")
    assert not [one for one in split_lines_and_rest(text)[1] if one.kind == "running_head"]


@given(TEXTS)
def test_every_printed_line_is_kept_or_told_apart(text: str) -> None:
    lines, dropped = split_lines_and_rest(text)
    spans = sorted([(line.start, line.end) for line in lines] + [tuple(one.span) for one in dropped])
    assert [text[start:end] for start, end in spans] == [
        line.strip() for line in text.replace("\f", "\n").split("\n") if line.strip()
    ]
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert all(fold(line.text) == line.folded for line in lines)
    assert split_lines(text) == lines


@given(st.text(LETTERS, max_size=60), st.sampled_from([0.6, 0.8, 1.0]))
def test_capitals_are_counted(text: str, share: float) -> None:
    letters = [letter for letter in text if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    assert is_upper(text, share) == (bool(letters) and upper >= share * len(letters))
