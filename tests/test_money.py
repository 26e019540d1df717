"""Amounts of money in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.content import Money
from restore.meaning.money import amount_of
from restore.parser import build_document


def money(text: str) -> tuple[Money, ...]:
    return build_document(f"1. Kinh phí\n{text}\n").mentions.money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng kinh phí 480.000.000 đồng (bằng chữ: Bốn trăm tám mươi triệu đồng).", ["480000000"]),
        ("Ngân sách xã cấp 1,5 tỷ đồng, xã hội hóa 500 triệu đồng.", ["1500000000", "500000000"]),
        ("Hỗ trợ 12 tỷ 500 triệu đồng cho mười xã.", ["12500000000"]),
        ("Mức chi từ 10 đến 15 triệu đồng một lớp.", ["10000000", "15000000"]),
        ("Mức chi từ 200.000 đồng đến 300.000 đồng mỗi buổi.", ["200000", "300000"]),
        ("Chi 500.000đ/người và 2 nghìn tỷ đồng vốn vay.", ["500000", "2000000000000"]),
        ("Thưởng 480. 000. 000 đồng, theo bản đã quét.", ["480000000"]),
        ("Trị giá 1.250,5 triệu đồng.", ["1250500000"]),
        ("Có 5 đồng chí, 10 dòng chữ, 3 động cơ, 7 đồng nghiệp và 2 đợt.", []),
        ("Theo Nghị định số 480/2020/NĐ-CP, đạt 95% trong năm 2024.", []),
    ],
)
def test_amounts(text: str, expected: list[str]) -> None:
    assert [one.amount.value for one in money(text)] == expected


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Tài trợ 25.000 USD.", "25000", "USD"),
        ("Tài trợ USD 25,000 trong năm.", "25000", "USD"),
        ("Tài trợ 1.234,50 euro.", "1234.5", "EUR"),
        ("Tài trợ 3 triệu đô la Mỹ.", "3000000", "USD"),
        ("Nộp 70.000 VNĐ.", "70000", "VND"),
    ],
)
def test_currencies(text: str, amount: str, currency: str) -> None:
    (one,) = money(text)
    assert (one.amount.value, one.currency) == (amount, currency)


def test_text_and_place() -> None:
    (one,) = money("Kinh phí là 1,5 tỷ\nđồng từ ngân sách.")
    assert one.text.value == "1,5 tỷ đồng"
    assert one.section_id == "s1.1"


@given(st.integers(1, 10**15))
def test_thousands_are_read_back(amount: int) -> None:
    assert amount_of(f"{amount:,}".replace(",", ".")) == str(amount)


@given(st.integers(1, 999), st.integers(1, 9))
def test_sizes_multiply(whole: int, tenth: int) -> None:
    assert amount_of(f"{whole},{tenth}", "ty") == str((whole * 10 + tenth) * 10**8)
