"""Names of agencies and offices in running text, found by how they are made and by where they end.

A name opens with a type word ("Sở", "Ủy ban nhân dân", "Ban Chỉ đạo") and runs on over capitalised words and
the lower-case words between them. Text does not say where a name ends ("Sở Tài chính tổng hợp ..."): the
counts do. A run is a name where it often stands right before a mark or a grammatical word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from restore.language.vietnamese import is_syllable, move_tone
from tools.agency_words import (
    COMMA_PAIRS,
    COMPLETE,
    FOREIGN,
    INNER_TYPES,
    KEPT_PAIRS,
    LONG_TYPES,
    NO_AGENCY,
    REACHES,
    SHORT_TYPES,
    STOP_WORDS,
    WHOLE_TYPES,
)  # fmt: skip
from tools.corpora import CorpusDocument

Run = tuple[str, ...]

MAX_TOKENS = 18
MIN_DOCUMENTS = 3  # a name in fewer documents is as likely a slip as a name
# Share of its occurrences that end right there. Looked at on the list: below it are beginnings ("Sở Tài").
MIN_END_SHARE = 0.04

_TOKEN_RE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ITEM_RE = re.compile(r"[a-zđ]{1,2}[).]")
_ROMAN_RE = re.compile(r"[IVX]+")


def tokenize(text: str) -> list[str]:
    """Words, numbers and single marks; words in the old tone style, so that both spellings are one name.

    >>> tokenize("Uỷ ban, Toà án")
    ['Ủy', 'ban', ',', 'Tòa', 'án']
    >>> tokenize("dựngYêu cầu")
    ['dựng', '.', 'Yêu', 'cầu']
    """
    tokens: list[str] = []
    for token in _TOKEN_RE.findall(text.replace("–", "-")):
        if not token.islower() and not token[1:].islower() and not token.isupper():
            # Cells of a table run together: "dựngYêu".
            tokens += _unglue(token)
        else:
            tokens.append(move_tone(token, "old"))
    return tokens


def _unglue(token: str) -> list[str]:
    for position in range(1, len(token)):
        if token[position - 1].islower() and token[position].isupper():
            return [token[:position], ".", token[position:]]
    return [token]


def type_length(tokens: list[str], start: int) -> int:
    """How many tokens from ``start`` on are the type word of an agency; 0 where none opens.

    >>> type_length(tokenize("Sở Tài chính"), 0), type_length(tokenize("Ban hành Quy chế"), 0)
    (1, 0)
    """
    if not tokens[start][0].isupper():
        return 0
    if " ".join(tokens[start : start + 2]) in NO_AGENCY or " ".join(tokens[start : start + 3]) in NO_AGENCY:
        return 0
    for length in (4, 3, 2):
        opening = tuple(tokens[start : start + length])
        if opening in LONG_TYPES or opening in COMPLETE:
            return length
    following = tokens[start + 1][:1] if start + 1 < len(tokens) else ""
    return int(tokens[start] in SHORT_TYPES and following.isupper())


def _joins(tokens: list[str], position: int) -> bool:
    """Whether the mark or the "và" at a position stands inside a name: "Văn hóa, Thể thao và Du lịch"."""
    if position + 1 >= len(tokens):
        return False
    if tokens[position] == "," and (tokens[position - 1].lower(), tokens[position + 1]) in COMMA_PAIRS:
        return True
    if not tokens[position + 1][0].isupper() or type_length(tokens, position + 1):
        return False
    if tokens[position] in ("và", "-", "–"):
        return True
    # A comma joins only where an "và" with a capital follows soon.
    for later in range(position + 2, min(position + 6, len(tokens))):
        if tokens[later] == "và":
            return _joins(tokens, later)
        if not tokens[later].isalpha():
            return False
    return False


def _is_name_word(token: str) -> bool:
    """A word that may stand in a name: a whole lower-case syllable or a word with one capital, the first."""
    if token.islower():
        return (len(token) > 1 or token == "y") and token not in STOP_WORDS and is_syllable(token)
    return token.isalpha() and (token[1:].islower() or _ROMAN_RE.fullmatch(token) is not None)


def read_run(tokens: list[str], start: int) -> tuple[Run, bool]:
    """The run that opens at ``start``, and whether it ends by itself (not by its length).

    >>> run, whole = read_run(tokenize("Sở Văn hóa, Thể thao và Du lịch của tỉnh"), 0)
    >>> " ".join(run), whole
    ('Sở Văn hóa , Thể thao và Du lịch', True)
    """
    length = type_length(tokens, start)
    position = start + length
    if tuple(tokens[start:position]) in COMPLETE:
        return tuple(tokens[start:position]), True
    while position < len(tokens):
        token = tokens[position]
        if token in ("và", ",", "-", "–"):
            if not _joins(tokens, position):
                break
        elif not (_is_name_word(token) or (tokens[position - 1], token) in KEPT_PAIRS) or (
            type_length(tokens, position) and token not in INNER_TYPES
        ):
            break
        position += 1
    run = tuple(tokens[start : min(position, start + MAX_TOKENS)])
    return run, position - start <= MAX_TOKENS


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines with printed line breaks undone: a line that begins in lower case goes on with the one before.

    >>> list(paragraphs(["Sở Giáo dục", "và Đào tạo", "a) Điều 1"]))
    ['Sở Giáo dục và Đào tạo', 'a) Điều 1']
    """
    parts: list[str] = []
    for line in lines:
        if parts and (not line[:1].islower() or _ITEM_RE.match(line)):
            yield " ".join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield " ".join(parts)


def runs(document: CorpusDocument) -> set[tuple[Run, bool]]:
    """The distinct runs of one document, each with whether it ends by itself."""
    found: set[tuple[Run, bool]] = set()
    for paragraph in paragraphs(document.lines):
        if paragraph.isupper():
            continue
        tokens = tokenize(paragraph)
        position = 0
        while position < len(tokens):
            # After a capitalised word that opens no sentence it is no opening: "Tây Ban Nha".
            inside = position > 1 and tokens[position - 1].istitle() and tokens[position - 2].isalpha()
            if not inside and type_length(tokens, position):
                run, whole = read_run(tokens, position)
                found.add((run, whole))
                position += len(run)
            else:
                position += 1
    return found


def spell(run: Run) -> str:
    """The name as it is written.

    >>> spell(("Sở", "Văn", "hóa", ",", "Thể", "thao"))
    'Sở Văn hóa, Thể thao'
    """
    return " ".join(run).replace(" ,", ",")


def _is_reach(tail: Run) -> bool:
    """Whether words after a whole name may belong to it: a capital first, or a level or reach."""
    if tail[0][0].isupper() or tail[0] in (",", "-", "–"):
        return True
    lower = next((index for index, token in enumerate(tail) if token[0].isupper()), len(tail))
    return spell(tail[:lower]) in REACHES and not (lower == len(tail) and tail[-1] == "và")


def select_names(counts: Mapping[tuple[Run, bool], int]) -> dict[str, int]:
    """The names among the runs, with the number of documents in which each stands as a whole.

    Args:
        counts: for each run, and whether it ends by itself, the number of documents that hold it.
    """
    total: Counter[Run] = Counter()
    ended: Counter[Run] = Counter()
    for (run, whole), count in counts.items():
        ended[run] += count if whole else 0
        for length in range(1, len(run) + 1):
            total[run[:length]] += count
    names: dict[Run, int] = {}
    for run in sorted(ended, key=lambda run: (len(run), run)):
        base = next(
            (run[:length] for length in range(len(run) - 1, 0, -1) if _is_base(run[:length], names)), None
        )
        if base is not None and not _is_reach(run[len(base) :]):
            continue
        if "," in run and run[0] not in SHORT_TYPES:
            continue
        if ended[run] >= MIN_DOCUMENTS and ended[run] >= MIN_END_SHARE * total[run]:
            names[run] = ended[run]
    return _commonest_spelling({spell(run): n for run, n in names.items() if _is_clean(run)})


def _is_base(run: Run, names: Mapping[Run, int]) -> bool:
    return run in names or run in LONG_TYPES or run in COMPLETE


def _is_clean(run: Run) -> bool:
    pairs = {*run[1:], *(" ".join(run[index : index + 2]) for index in range(len(run)))}
    if len(run) < 2 or not run[-1].isalpha() or (run in LONG_TYPES and run not in WHOLE_TYPES):
        return False
    if not all(is_syllable(word) or _ROMAN_RE.fullmatch(word) for word in run if word.isalpha()):
        return False
    return not pairs & FOREIGN or bool(pairs & {"Luật sư", "Luật gia"})


def _commonest_spelling(names: Mapping[str, int]) -> dict[str, int]:
    """One spelling for names that differ in case only: the one in most documents."""
    best: dict[str, str] = {}
    for name in sorted(names):
        key = name.lower()
        if key not in best or names[name] > names[best[key]]:
            best[key] = name
    return {name: names[name] for name in best.values()}


def count_agencies(documents: Iterable[CorpusDocument]) -> dict[str, int]:
    """Names of agencies and the number of documents that hold each of them as a whole name."""
    counts: Counter[tuple[Run, bool]] = Counter()
    for document in documents:
        counts.update(runs(document))
    return select_names(counts)
