"""Build the word lists of ``dictionaries/`` from gazetteers and corpora.

    python -m tools.build_dictionaries GAZETTEERS CORPORA [-o dictionaries] [--only syllables.txt ...]

GAZETTEERS holds ``syllables.txt``, ``abbreviations.txt``, ``personal-names.txt`` and
``places-{before,from}-2025-07.tsv``; CORPORA the texts that :mod:`tools.corpora` reads. Sources and licences
are in ``dictionaries/SOURCES.md``. The same input gives the same bytes. ``document_types.tsv`` is kept by
hand. Takes about six minutes of one core.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from restore.language.lexicon import NONE, document_types
from restore.language.vietnamese import is_syllable, move_tone, nfc
from tools.corpora import documents
from tools.count_abbreviations import clean_gazetteer, count_definitions, count_uses
from tools.count_agencies import count_agencies
from tools.count_phrases import count_phrases
from tools.office_words import OFFICE_ABBREVIATIONS, SURNAMES

ALL = ("local-decisions", "vbpl", "laws", "procedures", "phapdien", "news", "wikipedia")
OFFICE = ("local-decisions", "vbpl", "laws", "procedures", "phapdien", "news")
WHOLE_DOCUMENTS = ("local-decisions", "vbpl", "laws", "procedures")  # with header, headings and signature
NAMES = ("local-decisions", "vbpl", "news")  # not the encyclopaedia: its Chinese names drown the others
MIN_DOCUMENTS = 2  # of 14,000; a syllable in one document alone is a slip more often than a word
SURNAME_COUNT = 100

_WORD_RE = re.compile(r"[^\W\d_]+")


def old_style(text: str) -> str:
    """NFC text with the tones of all its words in the old style.

    >>> old_style("Xã Thuỷ Xuân")
    'Xã Thủy Xuân'
    """
    return _WORD_RE.sub(lambda word: move_tone(word[0], "old"), nfc(text))


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a gazetteer with a header line."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def build_syllables(gazetteers: Path, corpora: Path) -> Iterator[str]:
    """Well-formed syllables that are listed and met: in two documents, in a place or in a person's name."""
    listed = {old_style(line.strip().lower()) for line in _lines(gazetteers / "syllables.txt")}
    names = {word.lower() for row in place_rows(gazetteers) for word in _WORD_RE.findall(row[0])}
    people = {word.lower() for name in personal_names(gazetteers) for word in name}
    counts: Counter[str] = Counter()
    for document in documents(corpora, ALL):
        counts.update({old_style(word) for line in document.lines for word in _WORD_RE.findall(line.lower())})
    met = {word for word in listed if counts[word] >= MIN_DOCUMENTS} | (listed & (names | people))
    # Place names hold syllables that no word list has: Kạn, Kông, Niê.
    yield from sorted(word for word in met | names if is_syllable(word))


def split_type(full_name: str) -> tuple[str, str]:
    """Type and name of a place.

    >>> split_type("Thành Phố Hà Nội"), split_type("Thị trấn Phố Lu"), split_type("Xã  Bàu Lâm")
    (('Thành phố', 'Hà Nội'), ('Thị trấn', 'Phố Lu'), ('Xã', 'Bàu Lâm'))
    """
    words = full_name.split()
    length = 2 if words[0] in ("Thành", "Thị", "Đặc") else 1
    return " ".join(words[:length]).capitalize(), " ".join(words[length:])


def place_rows(gazetteers: Path) -> Iterator[tuple[str, ...]]:
    """Places of both eras; a unit that kept code, type, name and level is one row of era ``both``."""
    units: dict[tuple[str, ...], dict[str, str]] = {}
    for era in ("before", "from"):
        for row in read_table(gazetteers / f"places-{era}-2025-07.tsv"):
            kind, name = split_type(old_style(row["name_with_type"]))
            units.setdefault((name, kind, row["level"], row["code"]), {})[era] = row["parent_code"] or NONE
    for (name, kind, level, code), parents in units.items():
        era = "both" if len(parents) == 2 else next(iter(parents))
        yield name, kind, level, era, code, parents.get("before", NONE), parents.get("from", NONE)


def build_places(gazetteers: Path, _corpora: Path) -> Iterator[str]:
    """Places, one row a unit."""
    yield from sorted("\t".join(row) for row in place_rows(gazetteers))


def build_abbreviations(gazetteers: Path, corpora: Path) -> Iterator[str]:
    """Abbreviations written by hand, defined in documents, and of the gazetteer where documents use them."""
    found = dict.fromkeys(OFFICE_ABBREVIATIONS, "office")
    by_hand = {short for short, _ in found}
    for short, readings in count_definitions(documents(corpora, OFFICE)).items():
        if short not in by_hand:
            found |= {(short, reading): "corpora" for reading in readings}
    taken = {short for short, _ in found}
    uses = count_uses(documents(corpora, OFFICE))
    for short, reading in clean_gazetteer(_lines(gazetteers / "abbreviations.txt"), uses):
        if short not in taken:
            found[short, reading] = "gazetteer"
    yield from sorted(f"{short}\t{reading}\t{source}" for (short, reading), source in found.items())


def build_agencies(_gazetteers: Path, corpora: Path) -> Iterator[str]:
    """Names of agencies with their counts."""
    for name, count in sorted(count_agencies(documents(corpora, OFFICE)).items()):
        yield f"{name}\t{count}"


@cache
def personal_names(gazetteers: Path) -> tuple[tuple[str, ...], ...]:
    """Middle and given names of the gazetteer by syllables; entries with foreign letters are left out.

    Its Icelandic eth is the Vietnamese stroke letter, mistyped: "Ðăng".
    """
    lines = (
        line.strip().replace("\N{LATIN CAPITAL LETTER ETH}", "Đ")
        for line in _lines(gazetteers / "personal-names.txt")
    )
    names = (tuple(old_style(line).split()) for line in lines)
    return tuple(name for name in names if all(word.istitle() and is_syllable(word) for word in name))


def full_names(text: str) -> Iterator[tuple[str, ...]]:
    """Three or four capitalised syllables that begin with a surname, and no more of them around.

    >>> list(full_names("Ông Nguyễn Văn An, Chủ tịch; Lê Thị Hồng Gấm đã ký"))
    [('Nguyễn', 'Văn', 'An'), ('Lê', 'Thị', 'Hồng', 'Gấm')]
    """
    for match in re.finditer(r"(?:[^\W\d_]+ )*[^\W\d_]+", text):
        run: list[str] = []
        for word in [*match[0].split(" "), ""]:
            if word.istitle() and is_syllable(word) and word not in ("Ông", "Bà"):
                run.append(word)
                continue
            if 3 <= len(run) <= 4 and run[0] in SURNAMES:
                yield tuple(run)
            run = []


def build_personal_names(gazetteers: Path, corpora: Path) -> Iterator[str]:
    """Syllables of names with the number of distinct names they are surname, middle and given name of."""
    names = set(personal_names(gazetteers))
    people: set[tuple[str, ...]] = set()
    for document in documents(corpora, NAMES):
        people.update(tuple(map(old_style, name)) for line in document.lines for name in full_names(line))
    surname = Counter(name[0] for name in people)
    common = {
        word for word, _ in sorted(surname.items(), key=lambda item: (-item[1], item[0]))[:SURNAME_COUNT]
    }
    kept = {name for name in people if name[0] in common}
    middle = Counter(word for name in kept for word in name[1:-1]) + Counter(
        word for name in names for word in name[:-1]
    )
    given = Counter(name[-1] for name in kept | names)
    known = common | {word for name in names for word in name} | {word for word, n in given.items() if n >= 2}
    for word in sorted(known):
        yield f"{word}\t{surname[word] if word in common else 0}\t{middle[word]}\t{given[word]}"


def build_phrases(_gazetteers: Path, corpora: Path) -> Iterator[str]:
    """Fixed lines with role and count."""
    types = [kind.name for kind in document_types()]
    for text, (role, count) in sorted(count_phrases(documents(corpora, WHOLE_DOCUMENTS), types).items()):
        yield f"{text}\t{role}\t{count}"


Builder = Callable[[Path, Path], Iterator[str]]
FILES: dict[str, tuple[str, Builder]] = {
    "syllables.txt": ("lower-case syllables in the old tone style, one a line; sorted", build_syllables),
    "places.tsv": (
        "name<TAB>type<TAB>level<TAB>era<TAB>code<TAB>parent before<TAB>parent from; - none; sorted",
        build_places,
    ),
    "abbreviations.tsv": (
        "abbreviation<TAB>reading<TAB>source (office, corpora or gazetteer); sorted",
        build_abbreviations,
    ),
    "agencies.tsv": ("name<TAB>documents that hold it as a whole name; sorted", build_agencies),
    "personal_names.txt": (
        "syllable<TAB>names it is the surname of<TAB>names it stands inside<TAB>names it ends; sorted",
        build_personal_names,
    ),
    "phrases.tsv": ("phrase as printed<TAB>role<TAB>documents that have it as a line; sorted", build_phrases),
}


def _lines(path: Path) -> Iterable[str]:
    return nfc(path.read_text(encoding="utf-8")).splitlines()


def main() -> None:
    """Build the files named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gazetteers", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("dictionaries"))
    parser.add_argument("--only", nargs="+", choices=sorted(FILES), default=sorted(FILES))
    arguments = parser.parse_args()
    for name in arguments.only:
        header, build = FILES[name]
        lines = list(build(arguments.gazetteers, arguments.corpora))
        (arguments.output / name).write_text("\n".join([f"# {header}", *lines, ""]), encoding="utf-8")
        print(f"{name}: {len(lines)} entries", file=sys.stderr)


if __name__ == "__main__":
    main()
