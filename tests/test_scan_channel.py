"""What Tesseract's list of choices tells: learned from letters made up here, and as the table of the project has it."""

from __future__ import annotations

import math

import pytest

from restore.language.scan_channel import FILE, ScanChannel, scan_channel
from restore.page import BBox, Block, Choice, Line, Page, Word
from tools import learn_scan_channel as tool
from tools.learn_scan_channel import Letter

NEAR, FAR = (("ể", 2.0),), (("ể", 20.0),)


def made_up() -> list[Letter]:
    """Letters whose truth is near Tesseract's choice oftener than far from it; ế for ể much oftener than ể for ế."""
    found = [Letter("ế", "ể", NEAR)] * 30 + [Letter("ế", "ế", NEAR)] * 10
    found += [Letter("ế", "ể", FAR)] * 2 + [Letter("ế", "ế", FAR)] * 60
    found += [Letter("ể", "ể", (("ế", 2.0),))] * 39 + [Letter("ể", "ế", (("ế", 2.0),))]
    found += [Letter("ố", "ố", (("ổ", 2.0),))] * 20 + [Letter("ố", "ổ", (("ổ", 20.0),))]
    found += [Letter("n", "n", ())] * 500 + [Letter("i", "i", (("1", 8.0),))] * 20
    found += [Letter("1", "i", (("i", 3.0),))] * 3 + [
        Letter("C", "c", (("c", 3.0),)),
        Letter("e", "c", (("c", 1.0),)),
    ]
    found += [Letter("C", "C", (("c", 9.0),)), Letter("e", "e", (("c", 9.0),))] * 9
    found += [Letter("á", "a", ())] + [Letter("á", "á", ())] * 300
    return found


def fitted() -> ScanChannel:
    found = tool.fit(tool.places(made_up()))
    unlisted = found.kinds["none"][0], found.kinds["some"][0]
    kinds = {name: found.kinds[name] for name in tool.KINDS}
    return ScanChannel(kinds, {"mark": unlisted}, found.pairs)


def test_odds_fall_with_the_distance_and_know_the_direction() -> None:
    channel = fitted()
    assert channel.odds("ế", "ể", 2.0) > 0 > channel.odds("ế", "ể", 20.0)
    assert channel.odds("ế", "ể", 2.0) > channel.odds("ể", "ế", 2.0) + 3
    assert channel.odds("Ế", "Ể", 2.0) == channel.odds("ế", "ể", 2.0)
    assert channel.odds("ế", "ể", -9.0) == channel.odds("ế", "ể", -2.0)
    assert channel.unlisted_odds("ế", "ể", lists=False) < channel.odds("ế", "ể", 2.0)


def test_how_common_letters_are_is_taken_out() -> None:
    """Ten times as many ố elsewhere make ổ no less likely by the channel alone."""
    few = [Letter("ố", "ổ", (("ổ", 3.0),))] * 20 + [Letter("ố", "ố", (("ổ", 3.0),))] * 20
    base = made_up() + few
    odds = []
    for more in (0, 4000):
        found = tool.fit(tool.places(base + [Letter("ố", "ố", ())] * more))
        start, slope = found.kinds["mark"]
        odds.append(start + 3 * slope + found.pairs[("ố", "ổ")])
    # the rest of the mass is ố: what was even odds becomes so by a rarer letter only if the channel tells more for it
    assert odds[1] > odds[0] + 2


def page(*words: tuple[str, tuple[tuple[Choice, ...], ...]]) -> Page:
    line = Line(
        tuple(Word(f"w{n}", text, BBox(0, 0, 9, 9), 0.9, choices) for n, (text, choices) in enumerate(words))
    )
    return Page(1, 100, 100, 300, (Block((line,)),), "tesseract")


def test_letters_are_found_with_their_choices() -> None:
    seen = page(("Phố", ((), (), (Choice("ổ", 1.5),))), ("biền,", ()), ("KiSnAn", ()))
    found = list(tool.letters(seen, "phổ biến, Kiến An"))
    assert found[:3] == [Letter("P", "p", ()), Letter("h", "h", ()), Letter("ố", "ổ", (("ổ", 1.5),))]
    assert Letter("ề", "ế", ()) in found
    assert not any(letter.read == "S" for letter in found)  # glued words stand for no one word


def test_the_table_knows_the_hook_that_tesseract_takes_for_an_acute() -> None:
    channel = scan_channel()
    assert set(channel.kinds) == set(tool.KINDS)
    assert all(slope < 0 for _, slope in channel.kinds.values())
    for read, printed in ("ếể", "ốổ", "ấẩ"):
        assert channel.odds(read, printed, 5.0) > channel.odds(printed, read, 5.0) + 3
    assert all(
        math.isfinite(odds) and read != "" != printed for (read, printed), odds in channel.pairs.items()
    )


def test_a_table_is_read_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tool.fit(tool.places(made_up()))
    lines = tuple(line for line in tool.table(found).splitlines() if not line.startswith("#"))
    monkeypatch.setattr(
        "restore.language.scan_channel.read_lines", lambda name: lines if name == FILE else ()
    )
    read = scan_channel.__wrapped__()
    assert read.pairs == pytest.approx(dict(found.pairs), abs=0.006)
    assert read.kinds["mark"] == pytest.approx(found.kinds["mark"], abs=0.006)
