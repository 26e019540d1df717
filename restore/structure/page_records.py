"""What the document says of its pages: how each was read, what was done to it, what was laid aside on it."""

from __future__ import annotations

from collections.abc import Sequence

from restore.document import Closing, PageRecord, PageRegion, PageStep
from restore.field import Provenance
from restore.page import Page


def page_records(pages: Sequence[Page]) -> tuple[PageRecord, ...]:
    """A record of each page."""
    return tuple(
        PageRecord(
            number=page.number,
            width=page.width,
            height=page.height,
            dpi=page.dpi,
            source=page.source,
            steps=tuple(PageStep(name=step.name, settings=dict(step.settings)) for step in page.steps),
            regions=tuple(
                PageRegion(kind=region.kind, bbox=region.bbox, text=region.text) for region in page.regions
            ),
        )
        for page in pages
    )


def with_regions(closing: Closing, pages: Sequence[Page]) -> Closing:
    """The closing with the seals and signatures that were found on the pages; they have a place, but no words."""
    places = {
        kind: tuple(
            Provenance(page=page.number, bbox=region.bbox, start=0, end=0)
            for page in pages
            for region in page.regions
            if region.kind == kind
        )
        for kind in ("seal", "signature")
    }
    return closing.model_copy(update={"seals": places["seal"], "signatures": places["signature"]})
