r"""The archive's own dictionary: what people decided once and for all, a text file that they read and write themselves.

Format: UTF-8, one rule a line, columns parted by a tab; only the first two are needed::

    before      what stands in the text as the engine read it: a word or several
    after       how it is always to be read; the same as before: right as it stands, never to be doubted
    reviewer    who says so
    date        when
    note        why

Lines that begin with ``#`` are comments, empty lines count for nothing; a byte order mark, line ends of other systems and a
heading with the columns' names do no harm. Of two rules for the same ``before`` the later one holds. A worked example, three
rules: ``Kiin An<TAB>Kiến An``, ``KH<TAB>KH`` and ``v\v<TAB>v/v<TAB>Lan``.

Where a dictionary lies says what it holds for: in a document's folder for that document, in the folder of a batch for the
batch; the archive's own lies where the archive wants and is named with ``--dictionary``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from restore.errors import InputError, disk_error, file_error
from restore.output import DICTIONARY_FILE, write_parts

COLUMNS = ("before", "after", "reviewer", "date", "note")
COMMENT = "#"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
HEADER = """\
# Từ điển riêng của kho lưu trữ: mỗi dòng là một cách đọc đã được quyết định cho mọi lần gặp lại.
# Các cột cách nhau bằng phím Tab: chữ như máy đã đọc, chữ đúng, người quyết định, ngày, ghi chú.
# Chỉ cần hai cột đầu. Hai cột giống nhau nghĩa là: chữ này đúng, không bao giờ sửa.
# Cùng một chữ có hai dòng thì dòng sau có hiệu lực. Dòng bắt đầu bằng # không được tính. Lưu tệp dạng UTF-8.
#
# The archive's own dictionary: each line is a reading that was decided for every time the word comes again.
# Columns are parted by a tab: the word as the engine read it, the right word, who decided, the date, a note.
# The first two are enough. Both the same means: this is right as it stands, never change it.
# Of two lines for the same word the later one holds. Lines that begin with # do not count. Save it as UTF-8.
#
# before	after	reviewer	date	note
"""


class Rule(BaseModel):
    """Always read ``before`` as ``after``.

    Attributes:
        before: what stands in the text, in NFC, single blanks between its words.
        after: how it is to be read, likewise.
        reviewer: who says so.
        date: when, as it was written.
        note: why.

    Raises:
        ValueError: a column cannot be; :func:`problem_of` says why.

    >>> Rule(before=" Kiin  An ", after="Kie\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING ACUTE ACCENT}n An").after
    'Kiến An'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: str
    after: str
    reviewer: str = ""
    date: str = ""
    note: str = ""

    @field_validator("before", "after")
    @classmethod
    def _is_words(cls, value: str) -> str:
        problem = problem_of(value)
        if problem:
            raise ValueError(problem)
        return _single_blanks(value)

    @field_validator("before")
    @classmethod
    def _is_no_comment(cls, value: str) -> str:
        if value.startswith(COMMENT):
            raise ValueError("rule-comment")
        return value

    @field_validator("reviewer", "date", "note")
    @classmethod
    def _is_one_cell(cls, value: str) -> str:
        return _single_blanks(value)

    @property
    def protects(self) -> bool:
        """Whether it says that the word is right as it stands."""
        return self.before == self.after


def problem_of(cell: str) -> str | None:
    r"""Why a text cannot be a rule's ``before`` or ``after``, as the key of a message; None where it can.

    >>> problem_of("Kiến An"), problem_of(" "), problem_of("Kiến\tAn")
    (None, 'rule-empty', 'rule-break')
    """
    if not _single_blanks(cell):
        return "rule-empty"
    return "rule-break" if any(character in "\t\n\r" for character in cell.strip()) else None


def _single_blanks(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.replace(_BOM, "").split()))


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a dictionary, one for each ``before``, in the order of their lines.

    Raises:
        InputError: there is no such file, it cannot be read, or a line is no rule; the line is named.
    """
    found: dict[str, Rule] = {}
    for number, line in enumerate(_lines(path), 1):
        rule = _rule_of(line, path, number)
        if rule is not None:
            found.pop(rule.before, None)
            found[rule.before] = rule
    return tuple(found.values())


def known_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a dictionary, read once a process for as long as the file stays as it is; none where there is no file.

    Raises:
        InputError: it cannot be read, or a line is no rule.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise file_error(path, error) from error
    return _known(path, status.st_mtime_ns, status.st_size, status.st_ino)


@lru_cache(maxsize=64)
def _known(path: Path, _modified: int, _size: int, _file: int) -> tuple[Rule, ...]:
    return read_rules(path)


def write_rules(path: Path, rules: Iterable[Rule]) -> None:
    """Write a new dictionary, with a heading that explains it to whoever opens it.

    Raises:
        OutputError: it cannot be written.
    """
    with _locked(path):
        _write(path, [*HEADER.splitlines(), *(map(_line_of, rules))])


def add_rule(path: Path, rule: Rule) -> Rule | None:
    """Add a rule to a dictionary, or put it in the place of the one for the same ``before``; the file is made if need be.

    Comments and the order of lines stay. Two may write at once.

    Returns:
        The rule that stood there for the same ``before``, None for none. One with the same ``after`` stays as it was: adding twice
        is once.

    Raises:
        InputError: what is there is no dictionary.
        OutputError: it cannot be written.
    """
    with _locked(path):
        lines = _lines(path) if path.exists() else HEADER.splitlines()
        places = _places(lines, path, rule.before)
        earlier = _rule_of(lines[places[-1]], path, places[-1] + 1) if places else None
        if earlier is not None and earlier.after == rule.after:
            return earlier
        if places:
            lines[places[-1]] = _line_of(rule)
            lines = [line for number, line in enumerate(lines) if number not in places[:-1]]
        else:
            lines.append(_line_of(rule))
        _write(path, lines)
    return earlier


def remove_rule(path: Path, rule: Rule) -> bool:
    """Take a rule out of a dictionary, whoever made it; says whether it was there. Everything else stays.

    Raises:
        InputError: what is there is no dictionary.
        OutputError: it cannot be written.
    """
    if not path.exists():
        return False
    with _locked(path):
        lines = _lines(path)
        places = {
            place
            for place in _places(lines, path, rule.before)
            if (stands := _rule_of(lines[place], path, place + 1)) and stands.after == rule.after
        }
        if places:
            _write(path, [line for number, line in enumerate(lines) if number not in places])
    return bool(places)


def rules_for(dictionaries: Iterable[str], out: Path | None = None, name: str = "") -> tuple[Rule, ...]:
    """All rules that hold for one document: those of the archive, of its batch and its own; the nearer one wins.

    Args:
        dictionaries: the archive's files.
        out: the folder of the batch; None for a text alone.
        name: of the document's folder in it.

    Raises:
        InputError: a file that was named is not there, or a line is no rule.
    """
    paths = [Path(one) for one in dictionaries]
    for path in paths:
        if not path.is_file():
            raise InputError("missing-file", path=path)
    if out is not None:
        paths += [out / DICTIONARY_FILE, out / name / DICTIONARY_FILE] if name else [out / DICTIONARY_FILE]
    return merged(*map(known_rules, paths))


def merged(*scopes: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules of several dictionaries, sorted; a later one wins over an earlier one: archive, batch, document.

    >>> archive, own = Rule(before="an", after="án"), Rule(before="an", after="an")
    >>> [rule.after for rule in merged([archive], [own])]
    ['an']
    """
    found = {rule.before: rule for rules in scopes for rule in rules}
    return tuple(found[before] for before in sorted(found))


def fingerprint(rules: Iterable[Rule]) -> str:
    """What names a set of rules: the first 12 hexadecimal digits of the sha256 of what they say, whoever said it.

    >>> fingerprint([Rule(before="an", after="án")])
    'a9550048d5ce'
    """
    said = sorted((rule.before, rule.after) for rule in rules)
    return hashlib.sha256("".join(f"{a}\t{b}\n" for a, b in said).encode()).hexdigest()[:12]


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise file_error(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError("dictionary-encoding", path=path) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _rule_of(line: str, path: Path, number: int) -> Rule | None:
    """The rule on a line; None for a comment, an empty line or the columns' names."""
    if not line.strip() or _single_blanks(line).startswith(COMMENT):
        return None
    cells = line.split("\t")
    if len(cells) < 2:
        raise InputError("dictionary-one-column", path=path, line=number, text=line.strip())
    if len(cells) > 2 and tuple(cell.strip().lower() for cell in cells) == COLUMNS[: len(cells)]:
        return None
    for cell in cells[:2]:
        if problem_of(cell):
            raise InputError("dictionary-empty", path=path, line=number)
    return Rule(**dict(zip(COLUMNS, cells, strict=False)))


def _places(lines: Sequence[str], path: Path, before: str) -> list[int]:
    """Numbers, from 0, of the lines with a rule for a ``before``."""
    rules = (_rule_of(line, path, number) for number, line in enumerate(lines, 1))
    return [place for place, rule in enumerate(rules) if rule is not None and rule.before == before]


def _line_of(rule: Rule) -> str:
    return "\t".join(getattr(rule, column) for column in COLUMNS).rstrip("\t")


def _write(path: Path, lines: Iterable[str]) -> None:
    write_parts(path, ["".join(f"{line}\n" for line in lines).encode()])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the folder of a dictionary: whoever else writes a dictionary there waits."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise disk_error(path, error) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
