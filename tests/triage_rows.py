"""Made-up lines of documents: as many as are asked for, of all states, with all reasons."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from restore.review.triage import BINS, REASONS, Reason, Triage, failed

TYPES = ("Kế hoạch", "Quyết định", "Công văn", "Báo cáo", None)
ISSUERS = ("ỦY BAN NHÂN DÂN QUẬN AN BÌNH", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "CHI CỤC THUẾ HÒA ĐÔNG", None)
_CODES = [code for code in REASONS if code not in ("failed", "words")]


def made_up(count: int, seed: int = 1) -> Iterator[Triage]:
    """So many lines, the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        name = f"Phòng {random.randint(1, 9)}/Hộp {random.randint(1, 40):02}/{number:05}.pdf"
        if random.random() < 0.02:
            yield failed(name, "Tệp PDF không mở được.")
            continue
        state = random.choice(("good", "good", "review", "poor"))
        words = random.randint(40, 4000)
        to_review = 0 if state == "good" else random.randint(1, words // 10)
        found = [Reason("words", to_review)] if to_review else []
        if state != "good":
            found += [
                Reason(code, random.randint(1, 3)) for code in random.sample(_CODES, random.randint(0, 3))
            ]
        confidence = [random.randint(0, to_review) for _ in range(BINS - 1)]
        yield Triage(
            name,
            state,
            tuple(found),
            doc_type=random.choice(TYPES),
            number=f"{random.randint(1, 900)}/KH-UBND",
            issuer=random.choice(ISSUERS),
            date=f"{random.randint(1990, 2023)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            pages=1 + words // 400,
            words=words,
            words_changed=random.randint(0, words // 2),
            words_to_review=to_review,
            mean_confidence=random.uniform(0.7, 1),
            confidence=(*confidence, words),
        )
