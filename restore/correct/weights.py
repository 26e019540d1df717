"""Every weight of the restoring core, with its origin.

"lab" is the prototype that the algorithm was first tried with; "damaged" means chosen on damaged layers with a silver
reading that are no part of this project, never on the samples or the pages that measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Weights:
    """Costs are nats, negative log probabilities."""

    # search
    alpha: float = 1.0  # of the language model; lab
    beam_width: int = 20  # hypotheses a position; lab
    window: float = 14.0  # nats behind the best; lab
    narrow_width: int = (
        12  # the same while the document still teaches the channel; damaged: narrower ones lose words
    )
    narrow_window: float = 10.0
    temperature: float = 0.3  # of the posteriors; lab .5; damaged: at .3 words are right as often as they say
    passes: int = 3  # of EM: decode, count, decode again; lab
    document_share: float = 0.3  # of the document's own n-grams beside the model; lab .15; damaged
    # of an occurrence is what a word says for itself: it is taken from the document's counts; damaged: 0 .001 worse, 1 .005
    own_occurrence: float = 0.5
    place_name: float = (
        2.0  # occurrences that the name of a province or district has before the document is read; damaged
    )

    # candidates
    prior_weight: float = 0.6  # of the unigram prior while candidates are sought; lab
    base: float = 12.0  # a candidate may cost base + slope * characters; lab 14, damaged: no better than 12
    slope: float = 2.5
    base_later: float = 10.0  # once the document has taught the channel
    keep: int = 28  # candidates a span; lab
    title: float = 1.5  # a capital first letter: one word in five has it
    all_caps: float = 3.0  # a word all in capitals: one in twenty
    chunk_slack: float = (
        10.0  # a chunk's edges may lie this far behind its best reading; damaged: 14 gives no more
    )

    # parts that can be switched off; PARTS has the others
    phrases: bool = True  # fixed phrases are proposed for garbled lines
    shortlists: bool = True  # similar words are proposed for what nothing could read
    families: bool = True  # the table of the kind of engine
    common: bool = True  # below them what the tables of all engines have in common
    word_evidence: bool = True  # underthesea's words decide between close readings
    casing: bool = True  # context decides on capitals, not letter shapes alone
    abbreviations: bool = True  # D or Đ in abbreviations by the document and the dictionary
    numbers: bool = True  # broken numbers, dates and codes are kept, and a reading of them suggested
    # a word of a fixed phrase that its line resembles costs at most this, however it was garbled
    phrase_base: float = 8.0  # damaged: 3 lets phrases override what was read well
    phrase_letter: float = 1.5
    # Nats that a rule of the archive's dictionary speaks for each word of its reading. Damaged texts, 1,000 rules learned from
    # the others: .1056 wrong words without, .0965 at 2 for both, .0977 at 3 and 6, .1009 at 6 for both; people choose better.
    rule: float = 3.0  # for what may be another word that lost its marks: "an", "thanh"
    rule_strange: float = 6.0  # for what nobody writes: "KSnAn"
    rule_phrase: float = 6.0  # for several words, which seldom stand together by chance; by hand
    # for a single word of healthy text, which is right mostly; clean text: at -2 .05 % of the words are harmed, at -8 .0005 %
    rule_healthy: float = -8.0
    rule_sure: float = 0.98  # at most so sure is a word that a rule decided: of 9,646 there .978 were right

    # blanks
    missing_blank: float = 2.2  # lab
    missing_blank_after_mark: float = 0.7  # "hội,góp": most engines lose this one
    glued_capitals: float = (
        3.0  # times a missing blank, before an abbreviation: they are glued less often than words
    )
    swallowed_mark: float = 4.0  # a mark that ends a chunk is rarely a part of a letter
    false_blank: float = 5.0  # lab

    # edges that are no words
    number: float = 0.2  # a character of a number, kept as it stands
    number_in_word: float = 3.0  # a number glued to letters: mostly a letter read as a digit
    mark: float = 0.2  # , . ; : - / and brackets as they stand
    symbol: float = 7.0  # ~ ^ \ as they stand: in damaged text mostly a part of a letter
    copy_base: float = 9.0  # a word as it stands; lab
    copy_letter: float = 2.2
    copy_known_base: float = 4.0  # a foreign word that the model knows
    copy_known_letter: float = 0.3
    capitals_base: float = 4.0  # an unknown abbreviation as it stands
    capitals_letter: float = 0.8
    capitals_known: float = 0.5  # an abbreviation that the dictionary or the model knows; by hand
    capitals_short: float = 1.5  # one of two letters, without a vowel; by hand
    unit: float = 1.0  # a unit of measure behind a blank
    roman: float = 1.0
    point: float = 0.0  # the letter of a point, "a)"
    letter: float = 2.0  # a small letter alone, as it stands
    protected: float = 0.0

    # sentences
    restart_after_stop: float = 0.5  # a line that follows . ; : or an empty line begins a sentence
    restart: float = 4.0  # any other line

    # posteriors below this are not weighed again between the first pass and the last; damaged: no word is lost
    keep_floor: float = 0.001
    # posteriors below this are not counted in EM
    count_floor: float = 0.05
    # words less sure than this are for a person to see; damaged: 7.7 % of the words, with .82 of the errors (.93: 9.5 %, .86).
    # Settled between .84 and .93 with the length of the lists on the hand-checked pages and the sample in view
    review: float = 0.9

    # where no table of the engine helps, the search goes wider and the document teaches longer; damaged, tables taken away:
    # .307 wrong words instead of .326, at half as much time again
    unknown_base: float = 14.0
    unknown_base_later: float = 12.0
    unknown_passes: int = 4

    def for_unknown_engine(self) -> Weights:
        """The weights for a document whose kind of engine is not known; never less than these."""
        return replace(
            self,
            base=max(self.base, self.unknown_base),
            base_later=max(self.base_later, self.unknown_base_later),
            passes=max(self.passes, self.unknown_passes),
        )

    def without(self, part: str) -> Weights:
        """These weights with one of :data:`PARTS` switched off.

        >>> Weights().without("document").document_share
        0.0
        """
        return replace(self, **PARTS[part])  # type: ignore[arg-type]  # the fields have several types


@dataclass(frozen=True, slots=True)
class ScanWeights:
    """Costs (nats) of reading print again that Tesseract read; chosen on rendered pages that nothing is measured on."""

    alpha: float = 1.0  # of the language model
    channel: float = 1.0  # of what letters are read as
    most: float = 16.0  # that a spelling may cost
    most_glued: float = 8.0  # that a spelling of one of several glued words may cost
    neighbour: float = 5.0  # a letter more, less or changed in what is no word
    missing_blank: float = 3.0
    false_blank: float = 6.0
    reading: float = 1.0  # of a second reading where the first one says something else
    dirt: float = 4.0  # a sign that nobody writes, as it stands
    drop: float = 2.0  # a sign taken for dirt
    blank_for_sign: float = 4.0  # . , - between two words, taken for a speck
    unknown_word: float = 3.0  # of what is no word of the lexicon, more than the language model asks
    temperature: float = 0.5  # of the posteriors


DEFAULT_SCAN = ScanWeights()

# Log odds that a word of a scan is wrong, by what speaks against it (:mod:`restore.correct.scans`). Fitted by
# tools/fit_scan_confidence.py on 101,300 words of 200 rendered pages; each fifth of the pages left out in turn, the least
# certain tenth of the words holds .954 of their errors.
SCAN_CONFIDENCE: Mapping[str, float] = {
    "base": -0.91,
    "posterior": 0.39,
    "engine": 0.91,
    "strange": 3.22,
    "bond": -0.38,
    "surprise": 0.74,
    "context": 0.29,
    "number": 0.55,
    "lone": 0.63,
    "odd-date": 1.33,
    "odd-figure": 1.39,
    "joined": 3.89,
}
IMPOSSIBLE = 1e6  # nats: an edge at this cost is never on the best path

# How each part of the core is switched off: what the ablation measures.
PARTS: Mapping[str, Mapping[str, float | int | bool]] = {
    "families": {"families": False},
    "common": {"families": False, "common": False},
    "em": {"passes": 1, "unknown_passes": 1},
    "wider": {"unknown_base": 0.0, "unknown_base_later": 0.0, "unknown_passes": 0},
    "document": {"document_share": 0.0},
    "place-names": {"place_name": 0.0},
    "blanks": {
        "missing_blank": IMPOSSIBLE,
        "missing_blank_after_mark": IMPOSSIBLE,
        "false_blank": IMPOSSIBLE,
    },
    "phrases": {"phrases": False},
    "shortlists": {"shortlists": False},
    "word-evidence": {"word_evidence": False},
    "casing": {"casing": False},
    "abbreviations": {"abbreviations": False},
    "numbers": {"numbers": False},
}

TOGETHER = " × "  # between the names of two signs whose product is a sign
# Log odds that a word is wrong, by what speaks against it (:mod:`restore.correct.confidence`). Fitted by tools/fit_confidence.py:
# ten damaged documents, as wholes and page by page, and 60 rendered pages that an engine for English read. Each document left
# out in turn, the least certain tenth of the 76,800 words holds .869 of the errors (.852 without the products of signs, which
# were chosen one after the other by how much each would explain of what was left).
CONFIDENCE: Mapping[str, float] = {
    "base": -2.51,
    "posterior": 0.11,
    "rivals": -2.18,
    "letters": 1.63,
    "garbled": -0.99,
    "each": 2.40,
    "stroke": 0.64,
    "swallowed": 0.71,
    "rare": 0.05,
    "once": 2.80,
    "bond": -0.35,
    "asked-for": -0.68,
    "context": 0.36,
    "surprise": 0.81,
    "otherwise": 1.90,
    "case": 1.36,
    "case-odds": 4.29,
    "proposed": -1.11,
    "title": -0.11,
    "upper": 3.33,
    "upper-alone": -0.63,
    "abbreviation": -1.32,
    "capitals": -1.18,
    "foreign": -2.62,
    "odd-case": 1.55,
    "lone": 1.19,
    "number": -0.91,
    "odd-figure": 2.06,
    "in-word": 2.66,
    "odd-date": 2.08,
    "code": 2.17,
    "broken": 4.33,
    "symbol": 1.67,
    "joined": 3.90,
    "digits": 0.60,
    "each × each": -0.36,
    "surprise × title": -1.07,
    "case × upper": 1.05,
    "rivals × case-odds": -2.40,
    "rivals × bond": 0.78,
    "case-odds × joined": -2.20,
    "once × bond": -0.46,
    "letters × capitals": 4.05,
    "bond × title": 0.36,
    "asked-for × upper-alone": 1.49,
    "each × upper": -1.84,
    "each × case": -1.94,
}

DEFAULT = Weights()
