"""Signatures under a hand and a stamp, as engines read them: what they must be is a suggestion, and only in such texts."""

from __future__ import annotations

import pytest

from restore.document import Closing
from restore.edit import Edit
from restore.parser import build_document

BODY = "1. Nội dunq\nĐề nghị các đơn vị thực hiện nghiêm túc các nội dung trên./.\n"
ITEMS = "\nNơi nhận:\n- Như trên;\n- HĐQT, BGĐ;\n- Lưu: VT, TH\n\n"


def restored(end: str) -> Closing:
    """The end of a text in which a letter was restored."""
    place = BODY.index("dunq")
    edit = Edit(
        start=place,
        end=place + 4,
        before="dunq",
        after="dung",
        kind="mixed",
        source="model",
        confidence=0.9,
        status="auto",
    )
    return build_document(
        BODY.replace("dunq", "dung") + ITEMS + end, original=BODY + ITEMS + end, edits=[edit]
    ).closing


@pytest.mark.parametrize(
    ("end", "authority", "position"),
    [
        ("K, THỦ TƯỚNG\nTUƠNG\n\nuang", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),
        ("TM, ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLê Văn Tám", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("TM. BAN THƯỜNG VỤ\nPHÓ, CHỦ TỊCH\n\nLAO\n\nan Thị Mười", "TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"),
        ("'GIÁM ĐỐC”\n\nLê Văn Tám", None, "GIÁM ĐỐC"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Văn Tám", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ],
)
def test_misread_signatures(end: str, authority: str | None, position: str) -> None:
    found = restored(end)
    assert (found.signer_authority.value, found.signer_position.value) == (authority, position)
    assert [field.value for field in found.recipients] == ["Như trên", "HĐQT, BGĐ", "Lưu: VT, TH"]
    for field in (found.signer_authority, found.signer_position):
        assert field.suggested == (field.status == "present" and field.raw != field.value)


def test_a_correct_text_says_what_it_says() -> None:
    found = build_document(BODY + ITEMS + "KT. CHỦ TỊCH\nCHỦ TỊCH THƯỜNG TRỰC\n\nLê Văn Tám").closing
    assert (found.signer_authority.value, found.signer_position.value) == (
        "KT. CHỦ TỊCH",
        "CHỦ TỊCH THƯỜNG TRỰC",
    )
    assert not found.signer_position.suggested
