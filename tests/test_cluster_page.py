"""docs/cluster.md calculates right: what a hundred million pages take follows from the table of what was measured."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[1] / "docs" / "cluster.md").read_text("utf-8")
PAGES, A_DOCUMENT, LINE, DAY = 100_000_000, 10, 125, 86_400
MEASURED = {
    letter: float(value) for letter, value in re.findall(r"^\| ([A-L]) \| ([\d.]+)", PAGE, re.MULTILINE)
}


def come_to(name: str) -> list[float]:
    """The numbers in the last cell of a row of what it comes to."""
    (row,) = re.findall(rf"^\| {re.escape(name)} \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", row)]


def test_cores_and_pages_a_second() -> None:
    a, b = MEASURED["A"], MEASURED["B"]
    assert come_to("core seconds") == [round(PAGES * a), round(PAGES * a / DAY)]
    for days in (10, 30, 90):
        cores, rate = come_to(f"in {days} days")
        assert (cores, rate) == (round(PAGES * a / DAY / days), round(PAGES / DAY / days))
    assert come_to("the same in 30 days without starts")[0] == round(PAGES * b / DAY / 30)


def test_storage() -> None:
    assert come_to("output") == [round(PAGES * MEASURED["D"] / 1e9, 1)]
    assert come_to("files of the output") == [PAGES * (1 + 6 / A_DOCUMENT) / 1e6]
    ledger = PAGES * MEASURED["E"] + PAGES / A_DOCUMENT * MEASURED["F"]
    assert come_to("ledger") == [round(ledger / 1e6)]
    assert come_to("input")[0] == round(PAGES * MEASURED["C"] / 1e9, 1)
    sizes = re.findall(
        r"`document.json` (\d+), `diff.html` (\d+), `seen.json` (\d+), page records (\d+), the three texts (\d+)",
        PAGE,
    )
    assert sum(map(int, sizes[0])) == MEASURED["D"]
    assert come_to("of it page records") == [round(PAGES * int(sizes[0][3]) / 1e9, 1)]


def test_what_goes_over_lines() -> None:
    rate, tasks = come_to("in 10 days")[1], 1 + 2 / A_DOCUMENT
    assert come_to("output a second, in 10 days") == [round(rate * MEASURED["D"] / 1e3)]
    assert come_to("input a second, in 10 days") == [round(rate * 2 * MEASURED["C"] / 1e3), rate * 2]
    line, cores = come_to("most pages a second over one line")
    assert line == round(LINE / (2 + MEASURED["D"] / 1e3))
    assert abs(cores - line * MEASURED["A"]) < 2
    scheduler, cores = come_to("most pages a second of one scheduler")
    assert scheduler == round(1000 / tasks / MEASURED["H"])
    assert abs(cores - scheduler * MEASURED["A"]) < 2
    assert come_to("most pages a second of one coordinator") == [round(1000 / tasks / MEASURED["I"])]
    assert come_to("most pages a second of one ledger") == [1000 / MEASURED["G"]]
    assert come_to("S3 requests a second, in 10 days") == [
        round(rate * (MEASURED["K"] + MEASURED["L"] / A_DOCUMENT))
    ]


def test_the_vietnamese_words_have_the_same_numbers() -> None:
    (told,) = re.findall(
        r"^Một trăm triệu trang.*?\n\n|^Một trăm triệu trang.*\Z", PAGE, re.MULTILINE | re.DOTALL
    )
    numbers = [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:,\d+)?", told)]
    expected = [
        *(MEASURED["A"], come_to("in 30 days")[0], 30, MEASURED["D"], *come_to("output"), *come_to("ledger")),
        *(
            come_to("most pages a second over one line")[0],
            1,
            1,
            come_to("most pages a second of one scheduler")[0],
        ),
    ]
    assert [one for one in numbers if one != 3] == expected  # of S3
