"""Documents on pages with any words, edits and boxes: what an export that places text must stand."""

from __future__ import annotations

from hypothesis import strategies as st

from restore.document import Source, Tool
from restore.edit import Edit
from restore.page import (
    BBox,
    Block,
    Cell,
    Line,
    Page,
    ProcessingStep,
    Reading,
    Region,
    Table,
    Word,
    document_text,
)
from restore.results import Restored, assemble
from restore.seen import Seen

# Words have no blanks; some hold what XML must escape, and what it cannot hold.
TEXTS = st.one_of(
    st.text(min_size=1, max_size=6).filter(lambda text: not any(map(str.isspace, text))),
    st.sampled_from(
        ["Kế", "hoạch", "quận-", "xã\u00ad", "\u00ad", "a\x00b", "\ufffe", "<&>\"'", "]]>", "g,"]
    ),
)
BOXES = st.builds(
    lambda left, top, width, height: BBox(left, top, left + width, top + height),
    st.integers(-20, 220), st.integers(-20, 320), st.integers(0, 60), st.integers(0, 30),
)  # fmt: skip
REGIONS = st.builds(
    Region,
    st.sampled_from(["seal", "signature", "handwriting", "overlay", "picture"]),
    BOXES,
    st.sampled_from(["", "Ký bởi: Lan", "\x01"]),
)


@st.composite
def paged(draw: st.DrawFn) -> Restored:
    """A document of up to two pages, changed in any places."""
    pages = tuple(draw(_pages(number)) for number in range(1, draw(st.integers(1, 3))))
    original, _ = document_text(pages)
    cuts = sorted(draw(st.lists(st.integers(0, len(original)), max_size=6, unique=True)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        status = draw(st.sampled_from(["auto", "review", "suggested", "confirmed"]))
        edits.append(
            Edit(
                start=start, end=end, before=original[start:end],
                after=draw(st.lists(TEXTS, max_size=2).map(" ".join)), kind="mixed",
                source="model", confidence=draw(st.floats(0, 1)), status=status,
                alternatives=tuple(draw(st.lists(TEXTS, max_size=2))),
                reviewer="Lan; {}" if status == "confirmed" else None,
            )
        )  # fmt: skip
    source = Source(path=draw(st.sampled_from(["a/plan.pdf", 'x"; y.tif', ""])), sha256="0f" * 32)
    tool = Tool(versions={"restore": "1", "dictionaries": "2", "tesseract": "5"}, config={"mode": "auto"})
    return assemble(original, edits, Seen(source=source, tool=tool, pages=pages))


@st.composite
def _pages(draw: st.DrawFn, number: int) -> Page:
    count = iter(range(99))

    def words(texts: list[str]) -> Line:
        return Line(
            tuple(
                Word(f"p{number}w{next(count)}", text, draw(BOXES), draw(st.floats(0, 1))) for text in texts
            )
        )

    lines = st.lists(st.lists(TEXTS, min_size=1, max_size=4).map(words), min_size=1, max_size=2).map(tuple)
    kinds = st.sampled_from(["body", "page-number", "running-head", "footnote", "table"])
    blocks = tuple(draw(st.lists(st.builds(Block, lines, kinds), max_size=3)))
    rows = [block for block in blocks if block.kind == "table"]
    cells = tuple(
        Cell(row, column, draw(BOXES), tuple(word.id for word in line.words))
        for row, block in enumerate(rows)
        for column, line in enumerate(block.lines)
    )
    empty = Cell(len(rows), 0, draw(BOXES), ())
    steps = (ProcessingStep("turn", (("degrees", draw(st.sampled_from([0, 90, 180, 270]))),)),)
    return Page(
        number, 200, 300, 300, blocks, draw(st.sampled_from(["tesseract", "text-layer"])),
        steps if draw(st.booleans()) else (),
        readings=(Reading((), (), "script-model"),),
        regions=tuple(draw(st.lists(REGIONS, max_size=2))),
        tables=(Table(draw(BOXES), (*cells, empty), True),) if cells else (),
    )  # fmt: skip


def line_of(texts: str, left: int = 10, top: int = 10, prefix: str = "w") -> Line:
    """Words beside each other, ten pixels a letter, twenty high."""
    words = []
    for index, text in enumerate(texts.split()):
        words.append(Word(f"{prefix}{index}", text, BBox(left, top, left + 10 * len(text), top + 20), 0.9))
        left += 10 * len(text) + 10
    return Line(tuple(words))
