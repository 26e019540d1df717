"""What was done to a page until its text was as it is: the steps that ALTO, PAGE and hOCR name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from restore.document import Tool
from restore.export.characters import printable
from restore.export.words import PlacedWord
from restore.page import Page

# ALTO's own words for what a step does.
Category = Literal["preOperation", "contentGeneration", "contentModification", "postOperation"]
PROGRAM = "restore"


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in the order in which they were taken.

    Attributes:
        name: "deskew", "recognition", "restoration", "review" …
        category: what it does to the text: before it is there, makes it, changes it.
        software: the program that took it; empty where a person did, or whoever made a PDF's text layer.
        version: of the program.
        agent: the person who took it.
        settings: as names and values.
    """

    name: str
    category: Category
    software: str = ""
    version: str = ""
    agent: str = ""
    settings: tuple[tuple[str, str], ...] = ()


def page_steps(page: Page, words: Iterable[PlacedWord], tool: Tool, replaced: int = 0) -> tuple[Step, ...]:
    """The steps of one page: cleaning, recognition, restoration, then what people decided. They bear no time.

    Args:
        page: as it was seen.
        words: its restored words.
        tool: what made the document.
        replaced: how many characters stand for such as XML cannot hold.

    >>> page = Page(1, 9, 9, 300, (), "tesseract")
    >>> [step.name for step in page_steps(page, [], Tool(versions={"restore": "1", "tesseract": "5"}))]
    ['recognition', 'restoration']
    """
    own = tool.versions.get(PROGRAM, "")
    steps = [
        Step(step.name, "preOperation", PROGRAM, own, settings=_texts(step.settings)) for step in page.steps
    ]
    steps.append(_recognition(page, tool))
    settings = (("dictionaries", tool.versions.get("dictionaries", "")), *sorted(tool.config.items()))
    steps.append(Step("restoration", "contentModification", PROGRAM, own, settings=_texts(settings)))
    decided = Counter(word.reviewer for word in words if word.reviewer)
    for reviewer, count in sorted(decided.items()):
        steps.append(Step("review", "contentModification", agent=reviewer, settings=(("words", str(count)),)))
    if replaced:
        count_text = (("characters", str(replaced)),)
        steps.append(Step("replace-characters", "postOperation", PROGRAM, own, settings=count_text))
    return tuple(steps)


def _recognition(page: Page, tool: Tool) -> Step:
    if page.source != "tesseract":
        return Step(page.source, "contentGeneration")  # the text was in the file: who made it is not known
    readings = dict.fromkeys(reading.source for reading in page.readings)
    settings = (
        ("models", tool.versions.get("tesseract-models", "")),
        ("other-readings", ", ".join(readings)),
    )
    version = tool.versions.get("tesseract", "")
    return Step("recognition", "contentGeneration", "tesseract", version, settings=_texts(settings))


def _texts(settings: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """The settings that have a value."""
    return tuple((name, printable(str(value))) for name, value in settings if str(value))
