"""The questions of a records clerk: each is asked where it should be, and a document that is well made raises none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.document import Warning
from restore.messages import MESSAGES
from restore.parser import build_document
from restore.pipeline import restore_text

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN TÂN HÒA

Số: 45/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Tân Hòa, ngày 08 tháng 5 năm 2023

KẾ HOẠCH
Trồng cây xanh năm 2023

Thực hiện Kế hoạch số 12/KH-UBND ngày 03/4/2023 của Ủy ban nhân dân tỉnh về trồng cây xanh, Ủy ban
nhân dân huyện ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

1. Phủ xanh đất trống, đồi trọc trên địa bàn.

2. Nâng cao ý thức của nhân dân về môi trường.

3. Tạo cảnh quan nơi công cộng.

II. NỘI DUNG

1. Trồng cây ở các trường học.

2. Trồng cây ven đường liên xã.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế và Hạ tầng: chuẩn bị cây giống.

2. Ủy ban nhân dân các xã: chuẩn bị đất trồng./.

Nơi nhận:
- UBND tỉnh;
- Các phòng, ban;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn Bình
"""
SAMPLES = Path(__file__).parents[1] / "samples"


def warnings(text: str) -> tuple[Warning, ...]:
    return build_document(text).quality.warnings


def codes(text: str) -> list[str]:
    return [warning.code for warning in warnings(text)]


def test_a_document_that_is_well_made_raises_no_question() -> None:
    assert codes(PLAN) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "told", "place"),
    [
        ("Số: 45/KH", "Số:      /KH", "number-blank", "number", None),
        ("ngày 08 tháng 5", "ngày      tháng 5", "date-blank", "tháng 5 năm 2023", "tháng 5 năm 2023"),
        ("45/KH-UBND", "45/BC-UBND", "notation-type", "Báo cáo", "BC-UBND"),
        ("45/KH-UBND", "45/KH-HĐND", "notation-issuer", "KH-HĐND", "KH-HĐND"),
        ("45/KH-UBND", "45/KH-SYT", "notation-issuer", "KH-SYT", "KH-SYT"),
        ("2. Nâng cao ý thức của nhân dân về môi trường.\n\n", "", "numbering-gap", "1. → 3.", "3. Tạo cảnh quan"),
        ("III. TỔ CHỨC", "IV. TỔ CHỨC", "numbering-gap", "II. → IV.", "IV. TỔ CHỨC"),
        ("3. Tạo cảnh quan", "2. Tạo cảnh quan", "numbering-repeat", "2. = 2.", "2. Tạo cảnh quan"),
        ("- Lưu: VT, KT.\n", "", "no-filing", "Lưu", "Các phòng, ban"),
        ("ngày 03/4/2023", "ngày 03/6/2023", "later-document", "ngày 03/6/2023", "Kế hoạch số 12"),
        ("12/KH-UBND ngày 03/4/2023", "12/2024/QĐ-UBND", "later-document", "12/2024/QĐ-UBND", "Kế hoạch số 12"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n", "", "no-authority", "PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("PHÓ CHỦ TỊCH\n\nNguyễn Văn Bình\n", "", "missing-component", "signer", None),
        ("Số: 45/KH-UBND\n", "", "missing-component", "number", None),
        ("Tân Hòa, ngày 08 tháng 5 năm 2023\n", "", "missing-component", "date", None),
        ("- UBND tỉnh;\n- Các phòng, ban;\n- Lưu: VT, KT.\n", "", "missing-component", "recipients", None),
    ],
)  # fmt: skip
def test_one_slip_one_question(before: str, after: str, code: str, told: str, place: str | None) -> None:
    text = PLAN.replace("Nơi nhận:\n", "") if told == "recipients" else PLAN
    assert before in text
    text = text.replace(before, after, 1)
    found = [warning for warning in warnings(text) if warning.code == code]
    assert len(found) == 1
    assert set(codes(text)) == {code}
    assert told in found[0].message
    if place is not None:
        spot = found[0].provenance[0]
        assert text[spot.start : spot.end].startswith(place) or place in text[spot.start : spot.end]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # letters of a sequence that many leave out, lists that begin anew, articles that run on
        ("1. Trồng cây ở các trường học.\n\n2. Trồng cây ven đường liên xã.",
         "1. Trồng cây:\n\nd) Ở trường học.\n\ne) Ven đường.\n\ng) Trong công viên."),
        ("3. Tạo cảnh quan nơi công cộng.", "1. Tạo cảnh quan nơi công cộng.\n\n2. Chăm sóc cây."),
        # the number is there, but its line begins with something else
        ("2. Nâng cao ý thức của nhân dân", "Ghi chú 2. Nâng cao ý thức của nhân dân"),
        ("UBND", "CTUBND"),
        ("45/KH-UBND", "45/KH-PKTHT"),
        ("ngày 03/4/2023", "ngày 08/5/2023"),
        ("ngày 03/4/2023", "năm 2023"),
        ("- Lưu: VT, KT.", "- - Lưu: VT, KT."),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n", "KT. CHỦ TỊCH\n"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TL. CHỦ TỊCH\nPHÓ CHÁNH VĂN PHÒNG"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
    ],
)  # fmt: skip
def test_what_may_be_so_raises_none(before: str, after: str) -> None:
    assert before in PLAN
    assert codes(PLAN.replace(before, after, 1)) == []


def test_articles_are_counted_through_the_chapters_and_quotations_are_not() -> None:
    head, _, rest = PLAN.partition("I. MỤC ĐÍCH")
    tail = "Nơi nhận:" + rest.partition("Nơi nhận:")[2]
    body = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nNói về cây.\nĐiều 2. Đối tượng\nNói về người.\n"
        "Chương II\nQUY ĐỊNH CỤ THỂ\nĐiều 3. Trồng\nTrồng cây.\nĐiều {last}. Chăm sóc\nChăm cây.\n\n"
    )
    assert codes(head + body.format(last=4) + tail) == []
    assert codes(head + body.format(last=5) + tail) == ["numbering-gap"]
    assert codes(head + body.format(last=3) + tail) == ["numbering-repeat"]


@pytest.mark.parametrize("kind", ["BIÊN BẢN", "HỢP ĐỒNG", "LUẬT", "THƯ CÔNG"])
def test_a_kind_lacks_what_it_does_not_have(kind: str) -> None:
    text = PLAN.replace("KẾ HOẠCH\n", f"{kind}\n").replace("45/KH-UBND", "45/UBND")
    start, end = text.index("Nơi nhận:"), text.index("TM. ỦY BAN")
    assert codes(text[:start] + text[end:]) == []


def test_a_page_from_the_middle_has_no_head_to_miss() -> None:
    start, end = PLAN.index("1. Phủ xanh"), PLAN.index("Nơi nhận")
    assert codes(PLAN[start:end]) == []
    assert codes("") == []


def test_samples_raise_what_their_paper_shows() -> None:
    plain = (SAMPLES / "002_7d7d882c88c23fa0.txt").read_text("utf-8")
    assert codes(plain) == ["number-blank", "date-blank"]
    gold = (SAMPLES / "000_d85d24a1343911c1.gold.txt").read_text("utf-8")
    assert codes(gold) == ["missing-component"]


def test_questions_alone_do_not_send_a_good_document_to_review() -> None:
    text = PLAN.replace("Số: 45/KH", "Số:      /KH")
    quality = restore_text(text).document.quality
    assert [warning.code for warning in quality.warnings] == ["number-blank"]
    assert quality.grade == "good"


@given(st.text("ỦYBANSố:1/KH-\nĐiều 2. ab)IV“”ngày PHÓ CHỦ TỊCHNơi nhận-Lưu", max_size=200))
def test_any_text(text: str) -> None:
    for warning in warnings(text):
        assert warning.message
        assert warning.code in MESSAGES
        assert all(0 <= place.start <= place.end <= len(text) for place in warning.provenance)
