"""The body as one text whose places can be carried back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from restore.meaning.passages import BOUNDARY, Passages, body_passages
from restore.structure.frame import read_frame
from restore.structure.origin import Origin

TEXT = """ỦY BAN NHÂN DÂN XÃ AN LÃO

Số: 5/QĐ-UBND

QUYẾT ĐỊNH
Ban hành Quy chế trồng cây

Căn cứ Luật Cây xanh năm 2019;

QUYẾT ĐỊNH:

Điều 1. Ban hành  kèm theo Quyết định này
Quy chế trồng cây.
Điều 2. Các xã thi hành.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH

Phan Thị Diễm

QUY CHẾ
Trồng cây
Điều 1. Phạm vi
Quy chế này áp dụng trong xã.
"""


def passages(text: str) -> Passages:
    origin = Origin(text)
    frame = read_frame(origin)
    return body_passages(origin, frame.subject, [basis.spans for basis in frame.bases], frame.nodes)


def test_kinds_and_sections_in_their_order() -> None:
    found = passages(TEXT)
    listed = [(one.kind, one.section_id, found.text[one.start : one.end]) for one in found.passages]
    assert listed[:2] == [
        ("subject", None, "Ban hành Quy chế trồng cây"),
        ("basis", None, "Căn cứ Luật Cây xanh năm 2019;"),
    ]
    (section,) = (one for one in found.passages if found.text[one.start : one.end] == "Các xã thi hành.")
    assert (section.kind, section.node and section.node.number) == ("text", "2")
    assert found.section_id(section.start) == section.section_id
    assert found.text == BOUNDARY.join(text for _, _, text in listed)


def test_passages_are_in_the_order_of_the_text() -> None:
    found = passages(
        "QUYẾT ĐỊNH\nBan hành Quy chế\n\nCăn cứ Luật Cây xanh năm 2019;\n\nNghị định số 5/2020/NĐ-CP có hiệu lực.\n\n"
        "Căn cứ Luật Hồ nước năm 2020;\n\nĐiều 1. Ban hành Quy chế.\n"
    )
    places = [found.spans(one.start, one.end)[0].start for one in found.passages]
    assert places == sorted(places)


def test_gaps_in_a_line_are_one_blank_and_their_places_hold() -> None:
    found = passages(TEXT)
    start = found.text.index("Ban hành kèm theo")
    field = found.field(start, start + len("Ban hành kèm theo"))
    assert field.value == "Ban hành kèm theo"
    assert field.raw == "Ban hành  kèm theo"


def test_the_body_ends_where_the_annexed_begins() -> None:
    found = passages(TEXT)
    assert "Các xã thi hành" in found.text[: found.body_end]
    assert "Quy chế này" in found.text[found.body_end :]
    assert passages("KẾ HOẠCH\nTrồng cây\n\nI. MỤC ĐÍCH\nTrồng cây.").body_end > 0


@given(st.text(max_size=200) | st.lists(st.sampled_from(TEXT.split("\n")), max_size=30).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_every_place_leads_back_to_its_words(text: str) -> None:
    found = passages(text)
    assert len(found.folded) == len(found.text)
    for one in found.passages:
        field = found.field(one.start, one.end)
        assert " ".join((field.raw or "").split()) == " ".join(found.text[one.start : one.end].split())
        assert found.at(one.start) is one
