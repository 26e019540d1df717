"""What the document says of its pages: how each was read, what was done to it, what was laid aside on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from restore.document import Closing, Field, PageRecord, PageRegion, PageStep
from restore.field import Provenance
from restore.page import Page
from restore.structure.lines import fold


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


# What signing software prints first: "Ký bởi: …", "Người ký: …"; what stands before it on the stamp is a mark of the office.
_SIGNED_BY_RE = re.compile(r"(?:duoc )?ky boi\b|nguoi ky\b|digitally signed")


def with_regions(closing: Closing, pages: Sequence[Page]) -> Closing:
    """The closing with what was laid aside on the pages: seals, signatures, the imprint of a digital signature.

    Seals and signatures have a place, but no words. A field that the text itself gave stays as it is.
    """
    places = {
        kind: tuple(
            Provenance(page=page.number, bbox=region.bbox, start=0, end=0)
            for page in pages
            for region in page.regions
            if region.kind == kind
        )
        for kind in ("seal", "signature")
    }
    found = {"seals": places["seal"], "signatures": places["signature"]}
    changed: dict[str, Field] = {}
    if closing.seal.status == "absent" and places["seal"]:
        # The last seal is the office's own; one before it is that of an arrival or of a page's edge.
        changed["seal"] = Field(value="", raw="", status="present", provenance=places["seal"][-1:])
    imprint = next(_imprints(pages), None)
    if closing.digital_signature.status == "absent" and imprint is not None:
        changed["digital_signature"] = imprint
    return closing.model_copy(update={**found, **changed})


def _imprints(pages: Sequence[Page]) -> Iterator[Field]:
    """The imprints of digital signatures among the overlays of the pages, from the signer's name on."""
    for page in pages:
        for region in page.regions:
            signer = _SIGNED_BY_RE.search(fold(region.text)) if region.kind == "overlay" else None
            if signer is not None:
                raw = region.text[signer.start() :]
                place = Provenance(page=page.number, bbox=region.bbox, start=0, end=0)
                yield Field(value=" ".join(raw.split()), raw=raw, status="present", provenance=(place,))
