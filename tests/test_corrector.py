"""The laws of restoring: replay, no harm, the same answer every time, and what each library adds."""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cases import check_laws

from restore.correct.candidates import PROTECTED_RE
from restore.correct.corrector import Correction, correct
from restore.correct.decoder import Decoder
from restore.correct.extent import frozen_of_layer
from restore.correct.kinds import kind_of
from restore.correct.numerals import suggestions
from restore.correct.weights import DEFAULT
from restore.edit import Edit
from restore.language import families
from restore.language.vietnamese import strip_marks
from restore.review.metrics import evaluate
from tools.corpora import all_documents, is_held_out

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")
DAMAGED = "Can cir KShoach s6 s6 129/KH-UBND ngay 30/5/2022 cua UBND thanh ph6"
RESTORED = "Căn cứ Kế hoạch số số 129/KH-UBND ngày 30/5/2022 của UBND thành phố"


@cache
def sample(number: str) -> str:
    (path,) = (p for p in (ROOT / "samples").glob(f"{number}_*.txt") if ".gold" not in p.name)
    return path.read_text(encoding="utf-8")


@cache
def plan() -> Correction:
    """The damaged plan, restored once for all tests."""
    return correct(sample("000"))


# Laws on any text


@given(st.text(max_size=60))
@example("BBB\r0Èp")  # more words read than there are chunks: confidence was once below 0
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    check_laws(correct(text))


NASTY = st.text(
    st.sampled_from(
        [
            *"thuciQ~6\\S.,;:-/ \n\t\r\x0b\x0c\x85\u2028\u00a0\u00ad\ufeff\u200b\x00",
            *"\u0301\u0323\u0302\u031b\u0309\u0344\u0f73\u093c\u0334",  # combining marks of all classes
            *"\u1100\u1161\u11a8가각ퟻ",  # Hangul, apart and together
            *"éếệ\u212b\u2126ﬁßİǅ",  # letters that compose, change case or length
            *"😀𝐀\U000e0001क\u09c7\u09be",
        ]
    ),
    max_size=30,
)


@given(NASTY)
@example("\u1100\u1161 th\u1ea1\u0301nh \u1112\u1161\u11ab")
@example("a\u0301\u0323\u0302\u031b")
@example("\u031b")  # a mark behind a figure: the letter put before it would compose with it
@example("6\r6")  # a line's end that is no "\n": no phrase runs over it
@example("न\u0f73\u093c")
@settings(max_examples=30, deadline=None)
def test_any_text_in_the_middle_of_damage(text: str) -> None:
    # the damaged line makes the program read what stands around it
    for whole in (f"{DAMAGED} {text}\n{DAMAGED}", f"{text}\n{DAMAGED}{text}"):
        check_laws(correct(whole))


@pytest.mark.parametrize(
    "stacked",
    ["thv\u0301\u0323c hi~n", "\u1100\u1161\u11a8 thvc hi~n", "thvc \u0301\u0323 hi~n", "hi\u1ea1\u0301n"],
)
def test_what_composition_stacks_is_not_taken_apart(stacked: str) -> None:
    found = correct(f"{DAMAGED} {stacked} cua UBND thanh ph6")
    check_laws(found)
    nfc = unicodedata.normalize("NFC", stacked)
    for character in nfc:
        if unicodedata.combining(character) or unicodedata.category(character) == "Lo":
            assert character in found.restored


def test_a_decomposed_text_is_read_as_the_composed_one() -> None:
    half = (
        sample("000")[:2500]
        + "\nCăn cứ Kế hoạch của Ủy ban nhân dân quận Kiến An về việc triển khai thực hiện"
    )
    composed, decomposed = correct(half), correct(unicodedata.normalize("NFD", half))
    check_laws(decomposed)
    assert decomposed.restored == composed.restored
    assert {e.source for e in decomposed.edits} > {e.source for e in composed.edits}


def test_the_sample_keeps_the_laws() -> None:
    check_laws(plan())
    assert 0.5 < plan().mean_confidence < 1
    assert plan().words_changed > 1500
    assert 0 < plan().words_to_review < 0.25 * plan().words


def test_suggestions_are_not_in_the_text() -> None:
    found = correct("Thvc hi~n Chi thi 24/CT-UBND ngay 14112/2015 cua UBND thanh ph6 v8 viec trien khai")
    (suggested,) = (edit for edit in found.edits if edit.status == "suggested")
    assert (suggested.before, suggested.after) == ("14112/2015", "14/12/2015")
    assert "14112/2015" in found.restored
    assert found.words_to_review >= 1


# Deterministic


def test_twice_the_same() -> None:
    text = sample("000")[:1500]
    assert correct(text) == correct(text)


def test_another_process_gives_the_same_edits() -> None:
    program = (
        "import sys, json; from restore.correct.corrector import correct;"
        "found = correct(sys.stdin.buffer.read().decode());"
        "print(json.dumps([edit.model_dump(mode='json') for edit in found.edits]))"
    )
    text = sample("000")[:1500]
    answers = [
        subprocess.run(
            [sys.executable, "-c", program],
            input=text.encode(),
            capture_output=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "4242")
    ]
    assert answers[0] == answers[1]
    assert [Edit(**edit) for edit in json.loads(answers[0])] == list(correct(text).edits)


# Do no harm


def test_a_healthy_text_comes_back_as_it_is() -> None:
    found = correct(sample("002"))
    assert found.restored == sample("002")
    assert (found.edits, found.words_changed, found.mean_confidence) == ((), 0, 1.0)


def test_broken_dates_and_codes_of_a_healthy_text_are_suggested() -> None:
    lines = sample("002").rstrip("\n").split("\n")
    broken = "\n".join([*lines, "Theo Kế hoạch số 771KH-UBND ngày 14112/2015 của Ủy ban nhân dân quận.", ""])
    found = correct(broken)
    check_laws(found)
    assert [(e.before, e.after, e.status) for e in found.edits] == [
        ("771KH-UBND", "77/KH-UBND", "suggested"),
        ("14112/2015", "14/12/2015", "suggested"),
    ]
    assert found.restored == broken
    assert (found.words_changed, found.words_to_review) == (0, 2)
    sure = dict(zip(found.restored.split(), found.confidences, strict=True))
    assert sure["14112/2015"] < 0.5 < 0.99 < sure["quận."]


def test_a_whole_code_without_its_stroke_and_list_markers_of_a_healthy_text_are_not_doubted() -> None:
    strange = "Căn cứ Nghị định số 61/2018/ND-CP của Chính phủ\nI. Mục đích\nlI. Yêu cầu\n"
    text = sample("002") + strange
    assert all(frozen_of_layer(text))
    assert {edit.after for edit in suggestions(text)} == {"61/2018/NĐ-CP", "II"}
    assert correct(text).edits == ()


def test_broken_dates_in_the_healthy_lines_beside_damage_are_suggested() -> None:
    healthy = sample("002").rstrip("\n").split("\n")
    lines = [*healthy, "Theo Kế hoạch ngày 14112/2015 của Ủy ban nhân dân quận.", *healthy, DAMAGED, ""]
    found = correct("\n".join(lines))
    check_laws(found)
    waiting = [(edit.before, edit.after) for edit in found.edits if edit.status == "suggested"]
    assert ("14112/2015", "14/12/2015") in waiting


def test_only_the_damaged_lines_of_a_healthy_text_are_read_anew() -> None:
    lines = [line for line in sample("002").split("\n") if len(line) > 40][:24]
    end = next(place for place, line in enumerate(lines, 1) if line.rstrip().endswith("."))
    text = "\n".join([*lines[:end], DAMAGED, *lines[end:]])
    assert correct(text).restored == "\n".join([*lines[:end], RESTORED, *lines[end:]])


def test_healthy_words_beside_damage_are_not_unread() -> None:
    healthy = "Thực hiện kế hoạch của Ủy ban nhân dân quận về việc phát triển."
    found = correct(f"{healthy}\n{DAMAGED}\n{healthy}\n{DAMAGED}\n")
    again = len(healthy) + len(DAMAGED) + 2
    beside = [range(len(healthy)), range(again, again + len(healthy))]
    assert not [start for start, _ in found.unread if any(start in line for line in beside)]
    sure = dict(zip(((doubt.start, doubt.end) for doubt in found.doubts), found.confidences, strict=True))
    assert all(sure[span] < DEFAULT.review for span in found.unread)


_ALONE_RE = re.compile(r"(?<!\S)[(\"“]?\d[\d.,/:%-]*[)\"”;.,:]*(?!\S)")


def _alone(text: str) -> list[str]:
    """Numbers, dates and the like that stand by themselves."""
    return _ALONE_RE.findall(text)


def test_numbers_dates_and_codes_of_the_sample_stay() -> None:
    # Figures inside words are letters misread (ph6, t6t), a lone 0 is an ô; what else stands by itself is a number.
    numbers = [number for number in _alone(sample("000")) if number != "0"]
    assert len(numbers) > 25
    restored = iter(_alone(plan().restored))
    assert [number for number in numbers if number not in restored] == []
    codes = [match[0] for match in PROTECTED_RE.finditer(sample("000"))]
    assert len(codes) > 5
    assert [match[0] for match in PROTECTED_RE.finditer(plan().restored)] == codes


def test_codes_and_addresses_stay() -> None:
    text = (
        f"{DAMAGED}\nGui v~ dia chi phong.noivu@kienan.gov.vn va https://haiphong.gov.vn/a_b?c=1 truac ngay 15/6/2022.\n"
        "Can cu Ngh! dinh s6 30/2020/NĐ-CP, Cong van 129/UBND-VX va 12a/TTr-SNV cua So NQi v\\l.\n"
    )
    found = correct(text)
    protected = [match[0] for match in PROTECTED_RE.finditer(text)]
    assert len(protected) == 6
    assert [match[0] for match in PROTECTED_RE.finditer(found.restored)] == protected
    for edit in found.edits:
        if edit.status != "suggested":
            for match in PROTECTED_RE.finditer(text):
                assert edit.end <= match.start() or match.end() <= edit.start


numbers = st.one_of(
    st.from_regex(r"[1-9][0-9]{0,5}", fullmatch=True),
    st.from_regex(r"[1-9]\.[0-9]{3}\.[0-9]{3}", fullmatch=True),
    st.from_regex(r"[0-3]?[0-9]/1?[0-9]/20[0-2][0-9]", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{0,3}/(KH|QĐ|TB)-UBND", fullmatch=True),
    st.from_regex(r"[1-9][0-9]?,[0-9]%", fullmatch=True),
)


@given(st.lists(numbers, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_number_stays(found: list[str]) -> None:
    text = DAMAGED + "".join(f" thvc hi~n {number} cua UBND," for number in found)
    restored = correct(text).restored
    digits = re.findall(r"\d", "".join(("129", "30/5/2022", *found)))
    assert re.findall(r"\d", restored) == digits
    assert all(number in restored for number in found)


def test_phrases_leave_codes_alone() -> None:
    assert correct("TO CHU'C 12/KH-UBND THlJC HI~N").restored == "TỔ CHỨC 12/KH-UBND THỰC HIỆN"


def test_the_number_of_a_heading_stays() -> None:
    for number in ("II.", "IV.", "3.", "1.2.", "b)"):
        found = correct(f"{number} TO CHU'C THlJC HI~N\n{DAMAGED}\n").restored
        assert found.split("\n")[0] == f"{number} TỔ CHỨC THỰC HIỆN"


# Time grows with the text alone (the lattice is what it is spent on)


@pytest.mark.parametrize("unit", ["thihanh~nphapluat", "a.", "1", "A-", "~", "_"])
def test_a_chunk_without_end_is_read_in_linear_work(unit: str) -> None:
    def edges(length: int) -> int:
        text = f"{DAMAGED}\n" + (unit * length)[:length]
        return len(Decoder(text, families.families()[0]).lattice().edges.start)

    short, long = edges(750), edges(3000)
    assert long <= 4.5 * short


def test_a_chunk_of_three_thousand_characters_keeps_the_laws() -> None:
    check_laws(correct(f"{DAMAGED}\n" + ("thihanh~nphapluat" * 200)[:3000]))


# What each library decides


NATIONAL_NAME = "CC)NG IIOA X$ flOl CHfl NGIITA VIBT N4M"
IMPLEMENTATION = "T6 CIHTC TH\\fC HI~N"


@pytest.mark.parametrize(
    ("damaged", "right"),
    [(NATIONAL_NAME, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (IMPLEMENTATION, "TỔ CHỨC THỰC HIỆN")],
)
def test_rapidfuzz_finds_garbled_headings(damaged: str, right: str) -> None:
    text = f"{damaged}\n\n{DAMAGED}"
    assert correct(text).restored.split("\n")[0] == right
    without = correct(text, weights=replace(DEFAULT, phrases=False))
    assert without.restored.split("\n")[0] != right
    assert without.restored.split("\n")[2] == RESTORED


def test_a_phrase_takes_no_word_beyond_it() -> None:
    restored = correct("to chuc thi dua khen th$#%}ng cuoi nam").restored
    assert restored.startswith("tổ chức thi đua khen ")
    assert len(restored.split()) >= 7


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("triSn khai th\\Ic hi~n Ngh quySt cua HQi d}r@ng nhan dan", "triển khai thực hiện Nghị quyết của Hội đồng nhân dân"),
        ("triSn khai Ngh quySt cua H$%i d}@#ng nhan dan", "triển khai Nghị quyết của Hội đồng nhân dân"),
    ],
)  # fmt: skip
def test_rapidfuzz_finds_words_that_the_trie_cannot_reach(damaged: str, right: str) -> None:
    assert correct(damaged).restored.lower() == right.lower()
    assert correct(damaged, weights=replace(DEFAULT, shortlists=False)).restored.lower() != right.lower()


def test_segmentation_turns_a_doubtful_word() -> None:
    # đồng tính is common, đồng tình makes the better word beside quần chúng
    text = "Quan chung dong tinh"
    assert correct(text).restored.endswith("đồng tình")
    assert correct(text, weights=DEFAULT.without("word-evidence")).restored.endswith("đồng tính")


# Small parts


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("hoa", "hòa", "tone"), ("ĐIỀU", "điều", "case"), ("dien", "điện", "mark"), ("l1am", "làm", "mixed"),
        ("rn", "m", "letter"), ("an", " an", "split"), ("ph ai", "phải", "merge"), ("viec", " việc", "split"),
    ],
)  # fmt: skip
def test_kinds(before: str, after: str, kind: str) -> None:
    assert kind_of(before, after) == kind


def test_confidence_parts_sure_from_unsure() -> None:
    # Stripped of its marks the clean sample's truth is known: what is sure is right more often.
    truth = sample("002")
    found = correct(strip_marks(truth))
    right: dict[bool, list[bool]] = {True: [], False: []}
    for edit in found.edits:
        if edit.cost is not None and len(edit.after) == len(edit.before):
            right[edit.status == "auto"].append(truth[edit.start : edit.end] == edit.after)
    assert len(right[True]) > 500
    assert sum(right[True]) / len(right[True]) > 0.97
    wrong = {sure: found.count(False) / max(len(found), 1) for sure, found in right.items()}
    assert wrong[False] > 5 * wrong[True]


def test_a_stripped_text_gets_its_marks_back() -> None:
    truth = sample("002")
    assert evaluate(correct(strip_marks(truth)).restored, truth).wer_lower < 0.04


# Figures that the project promises


def _held_out_words(corpus: str, limit: int):
    """Clean text of documents that the model has never seen, at most so many words."""
    words = 0
    with lzma.open(SHARED / "corpora" / f"{corpus}.txt.xz", "rt", encoding="utf-8") as lines:
        for document in all_documents(lines):
            if is_held_out(document.name):
                text = "\n".join(document.lines)
                yield text
                words += len(text.split())
                if words >= limit:
                    return


@pytest.mark.shared
@needs_shared
def test_clean_legal_text_is_not_harmed() -> None:
    words = changed = 0
    for corpus in ("laws", "vbpl"):
        for text in _held_out_words(corpus, 10_000):
            restored = correct(text).restored
            words += len(text.split())
            matcher = SequenceMatcher(None, text.split(), restored.split(), autojunk=False)
            if restored != text:
                changed += sum(
                    max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
                )
    assert words > 15_000
    assert changed <= 5 * words / 10_000


@pytest.mark.shared
@needs_shared
def test_damaged_pages_are_restored() -> None:
    rates, hurt, helped = [], 0, 0
    for path in sorted((SHARED / "dev").glob("*/page-*.ocr.txt")):
        raw = path.read_text(encoding="utf-8")
        gold = path.with_name(path.name.replace(".ocr.", ".gold.")).read_text(encoding="utf-8")
        scores = evaluate(correct(raw).restored, gold, raw)
        rates.append(scores.wer)
        helped, hurt = helped + scores.helped, hurt + scores.hurt
    assert len(rates) >= 5
    assert sum(rates) / len(rates) <= 0.25
    assert hurt < 0.05 * helped


NEW_STYLE = (
    "Phòng Văn hoá và Thông tin phối hợp với các cơ quan, đoàn thể tổ chức các hoạt động văn hoá, thể thao.\n"
    * 3
)
OLD_STYLE = NEW_STYLE.replace("hoá", "hóa")


@pytest.mark.parametrize(("healthy", "expected"), [(NEW_STYLE, "văn hoá"), (OLD_STYLE, "văn hóa")])
def test_restored_words_follow_the_tone_style_of_the_document(healthy, expected):
    damaged = "Th\\Ic hi~n nSp s6ng van hoa, van minh do thi tren dia ban qu~n va cac phuong.\n"
    restored = correct(healthy + damaged).restored
    assert restored.startswith(healthy)
    assert expected in restored.removeprefix(healthy)
