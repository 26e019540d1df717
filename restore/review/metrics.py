"""How far a text is from the truth: character, word and diacritic error rates, words helped and words hurt.

The rates are distances (rapidfuzz, exact on texts of any length); what became of each word is read from the
alignment of :mod:`restore.review.align`. Texts are folded alike before they are compared, see :func:`fold`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from restore.errors import InputError
from restore.language.encodings import decode
from restore.language.vietnamese import nfc, split_letter
from restore.review.align import Alignment, align, align_letters, graphemes, letter_key

_SPACE_RE = re.compile(r"\s+")  # no-break spaces included
_FOLDED = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "‘": "'", "’": "'", "‚": "'", "′": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-",
        "\N{SOFT HYPHEN}": None, "\N{ZERO WIDTH SPACE}": None, "\N{ZERO WIDTH NO-BREAK SPACE}": None,
    }
)  # fmt: skip
_EDGE_RE = re.compile(r"^[\W_]+|[\W_]+$")
# Letters that may bear a mark or tone, the stroke of đ among them.
MARKABLE = frozenset("adeiouy")


def fold(text: str) -> str:
    r"""The form in which texts are compared: NFC, white space as one blank, straight quotes, dashes as ``-``.

    >>> fold("\u201cSáng\u201d \u2013  Xanh\u00a0\n")
    '"Sáng" - Xanh'
    """
    return _SPACE_RE.sub(" ", nfc(text).translate(_FOLDED)).strip()


def words_of(text: str) -> tuple[str, ...]:
    """The words that a word error rate counts.

    They are without punctuation and _ at their edges; words of punctuation alone are none.

    >>> words_of('- "Sạch", (129/KH-UBND); _ 30/5/2022.')
    ('Sạch', '129/KH-UBND', '30/5/2022')
    """
    return tuple(word for chunk in fold(text).split() if (word := _EDGE_RE.sub("", chunk)))


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts, and the rates that they give. Scores of several texts add up: ``pooled`` weighs by words.

    Attributes:
        chars: graphemes of the gold text (a letter with its marks is one).
        char_errors: graphemes substituted, inserted and deleted.
        words: words of the gold text.
        word_errors: words substituted, inserted and deleted.
        word_errors_lower: the same with both texts in small letters.
        letters: letters a, d, e, i, o, u, y of the gold text, with any mark, whose base letter was read
            right.
        mark_errors: those among them with a wrong mark or tone.
        helped: words that were wrong in the raw text and are right; None where no raw text was given.
        hurt: words that were right in the raw text and are wrong.
        right_before: words that were right in the raw text.
    """

    chars: int = 0
    char_errors: int = 0
    words: int = 0
    word_errors: int = 0
    word_errors_lower: int = 0
    letters: int = 0
    mark_errors: int = 0
    helped: int | None = None
    hurt: int | None = None
    right_before: int | None = None

    @property
    def cer(self) -> float:
        """Character error rate: character errors by graphemes of the gold text."""
        return rate(self.char_errors, self.chars)

    @property
    def wer(self) -> float:
        """Word error rate: word errors by words of the gold text; may exceed 1."""
        return rate(self.word_errors, self.words)

    @property
    def wer_lower(self) -> float:
        """Word error rate without regard to case."""
        return rate(self.word_errors_lower, self.words)

    @property
    def der(self) -> float:
        """Diacritic error rate: letters with a wrong mark or tone among those whose base letter is right.

        The texts are aligned by base letters; of the pairs of letters that agree in theirs, case aside, those
        that can bear a mark (a d e i o u y) are counted, and an error is each that differs in mark (breve,
        circumflex, horn, stroke) or tone. Letters that were lost, added or misread are errors of letters, not
        of marks.
        """
        return rate(self.mark_errors, self.letters)

    @property
    def over_correction(self) -> float | None:
        """Words hurt, as a share of the words that were right before."""
        return None if self.hurt is None else rate(self.hurt, self.right_before or 0)

    def as_json(self) -> dict[str, float | int | None]:
        """The rates as ``evaluate --json`` gives them; an infinite rate, of an empty gold text, is null."""
        rates = {"cer": self.cer, "wer": self.wer, "wer_lower": self.wer_lower, "der": self.der}
        finite: dict[str, float | int | None] = {
            name: None if value == float("inf") else round(value, 6) for name, value in rates.items()
        }
        over = self.over_correction
        return finite | {
            "helped": self.helped,
            "hurt": self.hurt,
            "words": self.words,
            "over_correction": None if over is None or over == float("inf") else round(over, 6),
        }


def rate(errors: int, total: int) -> float:
    """Errors by total; of nothing, no errors are 0 and any are infinite: the text should have been empty.

    >>> rate(1, 4), rate(0, 0), rate(3, 0)
    (0.25, 0.0, inf)
    """
    if total:
        return errors / total
    return float("inf") if errors else 0.0


def evaluate(hypothesis: str, gold: str, raw: str | None = None) -> Scores:
    r"""Compare a text with the truth, and with what it was made from.

    Args:
        hypothesis: the text to judge.
        gold: the true text.
        raw: the text before restoration, to tell which words were helped and which hurt.

    >>> scores = evaluate("Kiến An, ngày", "Kiến An, ngày", raw="Kiin An, ngay")
    >>> scores.cer, scores.wer, scores.helped, scores.hurt
    (0.0, 0.0, 2, 0)
    >>> evaluate("hoat dong", "hoạt động").der
    0.75
    """
    folded = fold(hypothesis), fold(gold)
    characters = graphemes(folded[0]), graphemes(folded[1])
    words = words_of(hypothesis), words_of(gold)
    lower = [[word.lower() for word in side] for side in words]
    alignment = align(" ".join(words[0]), " ".join(words[1]))
    letters, mark_errors = _marks(alignment)
    scores = Scores(
        chars=len(characters[1]),
        char_errors=Levenshtein.distance(*characters),
        words=len(words[1]),
        word_errors=Levenshtein.distance(*words),
        word_errors_lower=Levenshtein.distance(*lower),
        letters=letters,
        mark_errors=mark_errors,
    )
    if raw is None:
        return scores
    right = _right_words(alignment)
    before = _right_words(align(" ".join(words_of(raw)), " ".join(words[1])))
    return _with(
        scores,
        helped=sum(now and not then for now, then in zip(right, before, strict=True)),
        hurt=sum(then and not now for now, then in zip(right, before, strict=True)),
        right_before=sum(before),
    )


def _with(scores: Scores, **counts: int) -> Scores:
    return Scores(**{field.name: getattr(scores, field.name) for field in fields(Scores)} | counts)


def _right_words(alignment: Alignment) -> list[bool]:
    """For each word of the right side, in order, whether it was met by the same word."""
    return [pair.same for pair in alignment.pairs for _ in pair.right]


def _marks(alignment: Alignment) -> tuple[int, int]:
    """Letters that can bear a mark and were met by their base letter, and how many have another mark."""
    letters = errors = 0
    for pair in alignment.pairs:
        if pair.left and pair.right:
            left, right = (" ".join(token.text for token in side) for side in pair)
            found = _word_marks(left, right)
            letters += found[0]
            errors += found[1]
    return letters, errors


@lru_cache(maxsize=65536)
def _word_marks(left: str, right: str) -> tuple[int, int]:
    letters = errors = 0
    for here, there in align_letters(left, right):
        if here and there and letter_key(here[0]) == letter_key(there[0]) in MARKABLE:
            letters += 1
            errors += split_letter(here.lower())[1:] != split_letter(there.lower())[1:]
    return letters, errors


def pool(scores: Iterable[Scores]) -> Scores:
    """The scores of several texts as if they were one: counts are added.

    Helped and hurt words are only known for the whole where they are known for every text.

    >>> pool([Scores(words=90, word_errors=9), Scores(words=10, word_errors=5)]).wer
    0.14
    """
    rows = list(scores)
    counts: dict[str, int | None] = {}
    for field in fields(Scores):
        values = [getattr(row, field.name) for row in rows]
        counts[field.name] = None if None in values else sum(values)
    if not rows:
        counts |= {"helped": None, "hurt": None, "right_before": None}
    return Scores(**counts)  # type: ignore[arg-type]  # only the last three may be None, as their fields may


@dataclass(frozen=True, slots=True)
class FolderScores:
    """Scores of a folder: all files together, each by its name, and the gold files without a counterpart."""

    pooled: Scores
    files: Mapping[str, Scores]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The pooled rates, ``files`` with the rates of each, and ``missing``."""
        return {
            **self.pooled.as_json(),
            "files": {name: scores.as_json() for name, scores in self.files.items()},
            "missing": list(self.missing),
        }


def evaluate_folders(hypothesis: Path, gold: Path) -> FolderScores:
    """Compare every gold text of a folder with its counterpart in another, found by its name.

    The gold text ``a/page-1.gold.txt`` (or, in a folder without ``*.gold.txt``, ``a/page-1.txt``, or
    ``a/page-1.png/restored.txt`` of an output of ``restore run``) meets the first there is of
    ``a/page-1.txt``, ``a/page-1.gold.txt``, ``a/page-1/restored.txt`` and ``a/page-1.*/restored.txt``; there
    the ``original.txt`` beside it is the raw text.

    Raises:
        InputError: nothing pairs up (``nothing-to-compare``), or a text has two counterparts
            (``evaluate-ambiguous``).
    """
    scores: dict[str, Scores] = {}
    missing: list[str] = []
    for name, truth in _gold_texts(gold):
        found = _counterpart(hypothesis, name)
        if found is None:
            missing.append(name)
            continue
        original = found.with_name("original.txt")
        raw = original if found.name == "restored.txt" and original.is_file() else None
        scores[name] = evaluate(_read(found), _read(truth), None if raw is None else _read(raw))
    if not scores:
        raise InputError("nothing-to-compare", left=hypothesis, right=gold)
    return FolderScores(pool(scores.values()), scores, tuple(missing))


def _read(path: Path) -> str:
    return decode(path.read_bytes(), str(path)).text


def _gold_texts(folder: Path) -> Sequence[tuple[str, Path]]:
    """The gold texts of a folder, each with the name by which its counterpart is looked for."""
    for pattern, ending in (
        ("*.gold.txt", ".gold.txt"),
        ("restored.txt", "/restored.txt"),
        ("*.txt", ".txt"),
    ):
        paths = sorted(folder.rglob(pattern))
        if paths:
            return [(path.relative_to(folder).as_posix().removesuffix(ending), path) for path in paths]
    return ()


def _counterpart(folder: Path, name: str) -> Path | None:
    for candidate in (f"{name}.txt", f"{name}.gold.txt", f"{name}/restored.txt"):
        if (folder / candidate).is_file():
            return folder / candidate
    stem = name.rsplit("/", 1)[-1]
    parent = (folder / name).parent
    found = [
        path / "restored.txt"
        for path in (sorted(parent.iterdir()) if parent.is_dir() else ())
        if path.name.startswith(f"{stem}.") and (path / "restored.txt").is_file()
    ]
    if len(found) > 1:
        raise InputError("evaluate-ambiguous", path=found[0].parent, other=found[1].parent)
    return found[0] if found else None
