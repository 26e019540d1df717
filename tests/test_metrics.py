"""Scores against the truth: folding, rates, words helped and hurt, folders."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from restore.errors import InputError
from restore.language.vietnamese import strip_marks
from restore.review.metrics import Scores, evaluate, evaluate_folders, fold, pool, words_of

CASES = json.loads((Path(__file__).parent / "cases" / "review" / "scores.json").read_text(encoding="utf-8"))
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ AĐÊƠ,.-/12"
)
texts = st.text(LETTERS, max_size=60)
GOLD = "Kế hoạch thực hiện phong trào thi đua năm 2023"


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    scores = evaluate(case["hypothesis"], case["gold"], case.get("raw")).as_json()
    wanted = {key: value for key, value in case.items() if key in scores}
    assert {key: scores[key] for key in wanted} == pytest.approx(wanted, nan_ok=False)


def test_json_is_what_the_contract_names() -> None:
    scores = evaluate("a", "a").as_json()
    assert list(scores)[:7] == ["cer", "wer", "wer_lower", "der", "helped", "hurt", "words"]
    json.dumps(evaluate("a", "").as_json(), allow_nan=False)


@given(texts, texts)
def test_normal_forms_give_the_same_score(hypothesis: str, gold: str) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in (hypothesis, gold)]
    assert evaluate(*decomposed) == evaluate(hypothesis, gold)
    assert evaluate(decomposed[0], gold, raw=decomposed[1]) == evaluate(hypothesis, gold, raw=gold)


@given(texts, texts)
def test_rates_are_the_plain_distances(hypothesis: str, gold: str) -> None:
    scores = evaluate(hypothesis, gold)
    assert scores.char_errors == Levenshtein.distance(fold(hypothesis), fold(gold))
    assert scores.word_errors == Levenshtein.distance(words_of(hypothesis), words_of(gold))
    assert scores.mark_errors <= scores.letters


@given(texts, texts, texts)
def test_helped_and_hurt_account_for_the_change(raw: str, hypothesis: str, gold: str) -> None:
    scores = evaluate(hypothesis, gold, raw)
    again = evaluate(raw, gold, raw)
    assert (again.helped, again.hurt) == (0, 0)
    perfect = evaluate(gold, gold, raw)
    assert perfect.hurt == 0
    assert perfect.helped == perfect.words - (perfect.right_before or 0)
    assert scores.hurt is not None
    assert 0 <= scores.hurt <= (scores.right_before or 0)


@given(texts)
def test_a_stripped_text_errs_in_marks_only(gold: str) -> None:
    scores = evaluate(strip_marks(gold), gold)
    assert scores.mark_errors == scores.char_errors


def test_scores_pool_by_words() -> None:
    one, other = evaluate("a b c d", "a b c x"), evaluate("a", "b", raw="b")
    both = pool([one, other])
    assert both.wer == 2 / 5
    assert both.helped is None  # not known for the first
    assert pool([]) == Scores()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_folders_pair_by_name(tmp_path: Path) -> None:
    gold, hypothesis = tmp_path / "gold", tmp_path / "out"
    _write(gold / "a" / "page-1.gold.txt", GOLD)
    _write(gold / "a" / "page-1.lost.txt", "never compared")
    _write(gold / "b" / "page-1.gold.txt", GOLD)
    _write(gold / "b" / "page-10.gold.txt", GOLD)
    _write(gold / "c.gold.txt", GOLD)
    _write(hypothesis / "a" / "page-1.txt", "")
    (hypothesis / "a" / "page-1.txt").write_bytes(GOLD.replace("thực", "thục").encode("utf-16"))
    _write(hypothesis / "b" / "page-1.png" / "restored.txt", GOLD)
    _write(hypothesis / "b" / "page-1.png" / "original.txt", strip_marks(GOLD))
    _write(hypothesis / "b" / "page-1.png" / "document.json", "{}")
    found = evaluate_folders(hypothesis, gold)
    assert list(found.files) == ["a/page-1", "b/page-1"]
    assert found.missing == ("b/page-10", "c")
    assert found.files["a/page-1"].word_errors == 1
    assert (found.files["b/page-1"].helped, found.files["b/page-1"].hurt) == (7, 0)
    assert found.pooled.wer == 1 / 20
    assert found.as_json()["missing"] == ["b/page-10", "c"]


def test_two_outputs_of_run_pair_by_document(tmp_path: Path) -> None:
    for name, text in (("one", GOLD), ("two", GOLD.upper())):
        _write(tmp_path / name / "in" / "plan.pdf" / "restored.txt", text)
    found = evaluate_folders(tmp_path / "one", tmp_path / "two")
    assert list(found.files) == ["in/plan.pdf"]
    assert found.pooled.wer_lower == 0 < found.pooled.wer


def test_folders_without_a_pair_are_an_error(tmp_path: Path) -> None:
    _write(tmp_path / "gold" / "a.txt", GOLD)
    _write(tmp_path / "out" / "b.txt", GOLD)
    with pytest.raises(InputError) as caught:
        evaluate_folders(tmp_path / "out", tmp_path / "gold")
    assert caught.value.key == "nothing-to-compare"


def test_two_counterparts_are_an_error(tmp_path: Path) -> None:
    _write(tmp_path / "gold" / "page-1.gold.txt", GOLD)
    for kind in ("png", "pdf"):
        _write(tmp_path / "out" / f"page-1.{kind}" / "restored.txt", GOLD)
    with pytest.raises(InputError) as caught:
        evaluate_folders(tmp_path / "out", tmp_path / "gold")
    assert caught.value.key == "evaluate-ambiguous"
