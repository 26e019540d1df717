"""How much two texts differ, and the page that lists the documents of two folders by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from restore.messages import Language
from restore.review.align import Alignment
from restore.review.diff import KINDS, DifferenceKind, counts, differences, pair_kind, visible
from restore.review.html import page_parts, templates
from restore.review.labels import label
from restore.review.marks import number, percent


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much two texts differ.

    Attributes:
        words: on either side, those that stand for each other counted once.
        changed: of them, those that differ or that one side lacks.
        counts: differences by kind.
    """

    words: int = 0
    changed: int = 0
    counts: Mapping[DifferenceKind, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The part of the words that differ: 0 for the same text, 1 for two that have no word in common."""
        return self.changed / self.words if self.words else 0.0

    def as_json(self) -> dict[str, object]:
        """Words, changed words and their share, and the counts of kinds."""
        return {
            "words": self.words,
            "changed": self.changed,
            "share": round(self.share, 4),
            "counts": dict(self.counts),
        }


def compared(alignment: Alignment, only: Collection[DifferenceKind] = KINDS) -> Comparison:
    """Count what differs in two aligned texts; differences of other kinds count as none.

    >>> from restore.review.align import align
    >>> compared(align("quan KiSnAn 12", "quận Kiến An 12"))
    Comparison(words=4, changed=3, counts={'mark': 1, 'mixed': 1})
    """
    sizes = [max(len(pair.left), len(pair.right)) for pair in alignment.pairs]
    changed = sum(
        size
        for size, pair in zip(sizes, alignment.pairs, strict=True)
        if not pair.same and pair_kind(pair) in only
    )
    found = (difference for difference in differences(alignment) if difference.kind in only)
    return Comparison(sum(sizes), changed, counts(found))


def pooled(comparisons: Iterable[Comparison]) -> Comparison:
    """All documents together."""
    rows = tuple(comparisons)
    kinds = Counter[DifferenceKind]()
    for row in rows:
        kinds.update(row.counts)
    ordered = {kind: kinds[kind] for kind in KINDS if kinds[kind]}
    return Comparison(sum(row.words for row in rows), sum(row.changed for row in rows), ordered)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two documents that belong together.

    Attributes:
        left: name of the one, below its folder.
        right: name of the other.
        comparison: how they differ; None where one could not be read.
        page: address of the page that shows it, relative to the list; "" where there is none.
        reason: why one could not be read.
        differences: all of them, as ``restore diff --json`` gives them, where they were asked for.
    """

    left: str
    right: str
    comparison: Comparison | None = None
    page: str = ""
    reason: str = ""
    differences: Sequence[Mapping[str, object]] | None = None

    @property
    def name(self) -> str:
        """What both are called, or both names."""
        return self.left if self.left == self.right else f"{self.left} → {self.right}"

    def as_json(self) -> dict[str, object]:
        """Both names and what there is of the rest."""
        found: dict[str, object] = {"left": self.left, "right": self.right}
        if self.comparison is None:
            return found | {"error": self.reason}
        found |= self.comparison.as_json()
        if self.page:
            found["page"] = self.page
        return found if self.differences is None else found | {"differences": list(self.differences)}


@dataclass(frozen=True, slots=True)
class FolderComparison:
    """Two folders: their documents that belong together, and the names of those without a partner."""

    documents: tuple[Compared, ...]
    only_left: tuple[str, ...] = ()
    only_right: tuple[str, ...] = ()

    @property
    def total(self) -> Comparison:
        """All that could be read, together."""
        return pooled(row.comparison for row in self.documents if row.comparison)

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return sum(row.comparison is None for row in self.documents)

    def as_json(self) -> dict[str, object]:
        """``totals``, ``documents``, ``only_left``, ``only_right``."""
        totals = {"documents": len(self.documents), "failed": self.failed, **self.total.as_json()}
        return {
            "totals": totals,
            "documents": [row.as_json() for row in self.documents],
            "only_left": list(self.only_left),
            "only_right": list(self.only_right),
        }


def render_overview(result: FolderComparison, title: str, lang: Language) -> str:
    """The page that lists the documents of two folders, those that differ most first.

    Args:
        result: the documents; their pages are linked.
        title: names of the folders.
        lang: language of the labels.
    """
    total = result.total
    kinds = [kind for kind in KINDS if total.counts.get(kind)]
    ordered = sorted(result.documents, key=lambda row: (-_share(row), row.name))
    figures = [
        (number(len(result.documents), lang), label("documents", lang)),
        (number(total.words, lang), label("words", lang)),
        (
            f"{number(total.changed, lang)} ({percent(total.share, lang, fine=True)})",
            label("words-differ", lang),
        ),
    ]
    if result.failed:
        figures.append((number(result.failed, lang), label("failed", lang)))
    return (
        templates()
        .get_template("overview.html.j2")
        .render(
            **page_parts(("page.css", "overview.css"), ("overview.js",)),
            title=visible(title),
            lang=lang,
            label=lambda key: label(key, lang),
            number=lambda value: number(value, lang),
            figures=figures,
            doubts=0,
            kinds=kinds,
            total=total,
            rows=[(row, percent(_share(row), lang, fine=True), f"{_share(row):.6f}") for row in ordered],
            alone=[
                (label("only-left", lang), result.only_left),
                (label("only-right", lang), result.only_right),
            ],
        )
    )


def _share(row: Compared) -> float:
    return row.comparison.share if row.comparison else 2.0  # what could not be read comes first
