"""What is made of a document for people: the page that shows its changes, and the typeset files that a run may ask for.

A run makes them when it has read a document, the desk makes them anew when somebody has decided something.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from restore.document import Document
from restore.evidence import doubtful_places
from restore.export.formats import rendering
from restore.messages import Language
from restore.preview import Preview
from restore.results import Restored
from restore.review.crops import crops_in, line_crops
from restore.review.html import render_html

SheetForm = Literal["md", "docx"]
SHEET_FORMS: tuple[SheetForm, ...] = ("md", "docx")  # what --to may ask for beside the results of every file
_NO_PREVIEWS: Mapping[int, Preview] = {}


def sheet_files(forms: Collection[str]) -> dict[str, SheetForm]:
    """The names of the typeset files among some formats, and the format of each.

    >>> sheet_files(("docx", "json"))
    {'document.docx': 'docx'}
    """
    return {f"document.{form}": form for form in SHEET_FORMS if form in forms}


def sheets_there(folder: Path) -> dict[str, SheetForm]:
    """The typeset files that a folder has, and the format of each."""
    return {name: form for name, form in sheet_files(SHEET_FORMS).items() if (folder / name).is_file()}


def rendered_sheets(document: Document, files: Mapping[str, SheetForm]) -> dict[str, bytes]:
    """What typeset files hold, by their names; to be written with :func:`restore.output.write_parts`.

    Args:
        document: what they say.
        files: their names and formats.
    """
    return {name: rendering(form)(document) for name, form in files.items()}


def diff_page(
    restored: Restored,
    name: str,
    lang: Language,
    *,
    previews: Mapping[int, Preview] = _NO_PREVIEWS,
    before: str = "",
) -> str:
    """Before and after, with the images of the lines that a person may want to look at.

    Args:
        restored: the results.
        name: of the document.
        lang: language of the labels.
        previews: its pages by their numbers, whose lines are cut out.
        before: the page as it was, whose images are taken over where there are no previews: the scan may be elsewhere.
    """
    original, edits, spans = restored.original, restored.edits, restored.seen.spans
    quality = restored.document.quality
    doubtful = doubtful_places(quality.warnings)
    crops = (
        line_crops(original, spans, previews, edits, doubtful)
        if previews
        else crops_in(before, original, spans)
    )
    return render_html(
        original, restored.restored, name, lang, edits, doubtful, crops=crops, doubts=quality.words_to_review
    )
