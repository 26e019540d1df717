"""Tables learned from print of our own: lines set, read by a real engine, aligned with what they say."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest

from tools import learn_rendered_channel as tool
from tools.learn_channel import write_table

SAMPLE = next(Path(__file__).parents[1].joinpath("samples").glob("002_*.txt"))


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    text = SAMPLE.read_text(encoding="utf-8")
    for number, name in enumerate(tool.CORPORA):
        lines = text.splitlines()[number:]
        with lzma.open(folder / f"{name}.txt.xz", "wt", encoding="utf-8") as stream:
            stream.write("\n".join(["<<<plan>>>", *lines]))
    return folder


def test_lines_are_cut_at_blanks(corpora: Path) -> None:
    lines = list(tool.lines_to_set(corpora))
    assert len(lines) > tool.PAGE_LINES
    assert all(len(line) <= tool.LINE_LENGTH[1] for line in lines)
    words = set(SAMPLE.read_text(encoding="utf-8").split())
    assert all(word in words for line in lines for word in line.split())


def test_what_tesseract_reads_is_learned(corpora: Path) -> None:
    found = list(tool.pairs(corpora, "tesseract-vie", tool.PAGE_LINES))
    assert len(found) > tool.PAGE_LINES // 2
    counts = tool.learn(found, 1.0)
    observations = tool.Observations([seen for _, seen in found])
    for letter in "nđế":
        row = counts[tool.GRAPHEME_NUMBER[letter]]
        assert observations.strings[int(row.argmax())] == letter
    assert counts.sum() > 0.8 * sum(map(str.isalpha, "".join(true for true, _ in found)))


def test_alignment_by_hand() -> None:
    found = [("đấtđai", "d6tdai"), ("đoàn,", "doan,"), ("nhândân", "nh~nd~n")] * 5
    counts = tool.learn(found, 0.0)
    number = tool.Observations([seen for _, seen in found]).number
    assert counts[tool.GRAPHEME_NUMBER["đ"], number["d"]] == 15
    assert counts[tool.GRAPHEME_NUMBER["ấ"], number["6"]] == 5
    assert counts[tool.GRAPHEME_NUMBER["â"], number["~"]] == 10
    assert np.isclose(counts.sum(), 5 * (6 + 4 + 7))  # the comma is no letter


def test_a_table_replaces_its_own_lines_alone(tmp_path: Path) -> None:
    path = tmp_path / "confusions.tsv"
    write_table(path, "b", {"ế": {"e": 3.0, "": 1.0}})
    write_table(path, "a", {"đ": {"d": 2.0, "D": 0.2}})
    write_table(path, "b", {"ế": {"S": 4.0}})
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == ["a\tđ\td\t2.0", "b\tế\tS\t4.0"]
