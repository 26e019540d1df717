"""What a person asks for, taken apart.

    kế hoach             both words anywhere; with marks just so, without marks with any
    "kế hoạch năm"       the words in a row; so are 129/KH-UBND and 24/11/2020 without quotes
    hoạ*                 words that begin so, also as the last of a row: "kế ho*"
    -"dự thảo"           not this
    =lan                 lan without any mark, and no other
    kế hoạch OR báo cáo  what is before it, or what is behind it (also |)

Nothing is a mistake: signs that mean nothing are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from restore.language.vietnamese import move_tone, nfc, strip_marks
from restore.search.words import WORD_RE, fold, has_marks, lower

MOST_WORDS = 64  # of one query; what stands behind them is passed over


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        text: folded; of a prefix, in lower case as it was typed.
        exact: its marks are as they stand here; else any.
        prefix: words that begin so.
    """

    text: str
    exact: bool
    prefix: bool = False

    @property
    def bare(self) -> str:
        """The word without marks."""
        return strip_marks(self.text)

    @property
    def beginnings(self) -> tuple[str, ...]:
        """How words begin that an exact prefix fits; its tone mark may stand in either place.

        >>> Word("hoạ", exact=True, prefix=True).beginnings
        ('hoạ', 'họa')
        """
        return tuple(dict.fromkeys([self.text, move_tone(self.text, "new"), move_tone(self.text, "old")]))

    def __str__(self) -> str:
        return self.text + "*" * self.prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, often only one."""

    words: tuple[Word, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether some of its words are exact and some are not."""
        return len({word.exact for word in self.words}) > 1

    @property
    def has_beginning(self) -> bool:
        """Whether its last word stands for all that begin so."""
        return self.words[-1].prefix

    @property
    def without_beginning(self) -> Phrase | None:
        """The words in front of such a last one, None where there are none; without such a word, all of them."""
        words = self.words[: len(self.words) - self.has_beginning]
        return Phrase(words) if words else None

    def __str__(self) -> str:
        sign = "=" if any(word.exact and not has_marks(word.text) for word in self.words) else ""
        text = " ".join(map(str, self.words))
        return f'{sign}"{text}"' if len(self.words) > 1 else sign + text


@dataclass(frozen=True, slots=True)
class Branch:
    """What stands between two OR: all of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    def __str__(self) -> str:
        return " ".join([*map(str, self.wanted), *(f"-{phrase}" for phrase in self.unwanted)])


@dataclass(frozen=True, slots=True)
class Query:
    """One branch or another; none where nothing was asked for."""

    branches: tuple[Branch, ...] = ()

    @property
    def wanted(self) -> tuple[Phrase, ...]:
        """All that a document may be found by, each once."""
        return tuple(dict.fromkeys(phrase for branch in self.branches for phrase in branch.wanted))

    @property
    def excludes(self) -> bool:
        """Whether there is anything that is not wanted."""
        return any(branch.unwanted for branch in self.branches)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All that is asked about, each once."""
        unwanted = (phrase for branch in self.branches for phrase in branch.unwanted)
        return tuple(dict.fromkeys([*self.wanted, *unwanted]))

    @property
    def has_beginnings(self) -> bool:
        """Whether any word stands for all that begin so."""
        return any(phrase.has_beginning for phrase in self.phrases)

    @property
    def without_beginnings(self) -> Query:
        """What it asks for without asking about beginnings: whatever fits this query fits that one, and more may.

        >>> print(parse('"kế ho*" năm t* -"dự thảo" -n*').without_beginnings)
        kế năm -"dự thảo"
        """
        return Query(
            tuple(
                Branch(
                    tuple(shorter for phrase in branch.wanted if (shorter := phrase.without_beginning)),
                    tuple(phrase for phrase in branch.unwanted if not phrase.has_beginning),
                )
                for branch in self.branches
            )
        )

    def __str__(self) -> str:
        return " OR ".join(map(str, self.branches))


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ITEM_RE = re.compile(
    r"""(?P<sign>[-–=]*) (?: "(?P<quoted>[^"]*)"? (?P<star>\*?) | (?P<open>[^\s"]+) )""", re.VERBOSE
)


def parse(text: str) -> Query:
    """Take a query apart. Whatever is typed is a query.

    >>> print(parse('kế hoach -"dự thảo" OR 129/KH-UBND'))
    kế hoach -"dự thảo" OR "129 kh ubnd"
    >>> parse("hoạ*").branches[0].wanted[0].words
    (Word(text='hoạ', exact=True, prefix=True),)
    >>> parse('OR * -"" |')
    Query(branches=())
    """
    branches: list[Branch] = []
    wanted: list[Phrase] = []
    unwanted: list[Phrase] = []
    left = MOST_WORDS

    def close() -> None:
        if wanted or unwanted:
            branches.append(Branch(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))))
        wanted.clear()
        unwanted.clear()

    for item in _ITEM_RE.finditer(nfc(text).translate(_QUOTES)):
        if item["open"] in ("OR", "|") and not item["sign"]:
            close()
            continue
        content = item["quoted"] + item["star"] if item["open"] is None else item["open"]
        phrase = _phrase(content, exact="=" in item["sign"], most=left)
        if phrase:
            left -= len(phrase.words)
            (unwanted if item["sign"][:1] in ("-", "–") else wanted).append(phrase)
    close()
    return Query(tuple(dict.fromkeys(branches)))


def _phrase(content: str, *, exact: bool, most: int) -> Phrase | None:
    found = list(WORD_RE.finditer(content))
    words: list[Word] = []
    for match in found[:most]:
        typed = lower(match[0])
        prefix = match is found[-1] and content.startswith("*", match.end())
        words.append(Word(typed if prefix else fold(typed), exact or has_marks(typed), prefix))
    return Phrase(tuple(words)) if words else None
