"""Whole documents: our own cases in many layouts, the two samples, pages and edits, and any text at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restore.document import Document, Field, Section
from restore.edit import Edit, apply
from restore.page import BBox, Block, Line, Page, Word, document_text
from restore.parser import build_document

CASES = sorted((Path(__file__).parent / "cases" / "structure" / "open").iterdir())
# The cases whose head and outline are held exactly; all of them, with all their keys, are measured by P/R/F1.
EXACT = [
    "bao-cao-hu-hai",
    "cong-van-doanh-nghiep",
    "cong-van-hoa-toc",
    "cong-van-khan",
    "ke-hoach-dang",
    "ke-hoach-huyen",
    "ke-hoach-nam-hoc",
    "mau-000",
    "nghi-dinh",
    "nghi-quyet-hdnd",
    "nghi-quyet-lien-tich",
    "quyet-dinh-truong",
    "thong-bao",
    "to-trinh",
]
SAMPLES = Path(__file__).parents[1] / "samples"
SHARED_SAMPLES = Path(__file__).parents[2] / "shared" / "samples"


def sample(name: str) -> str:
    for folder in (SAMPLES, SHARED_SAMPLES):
        found = sorted(folder.rglob(f"{name}*.txt")) if folder.is_dir() else []
        if found:
            return found[0].read_text(encoding="utf-8")
    pytest.skip(f"sample {name} is not here")


def outline(sections: tuple[Section, ...], level: int = 1) -> list[tuple[int, str, str]]:
    rows: list[tuple[int, str, str]] = []
    for section in sections:
        if section.number is not None:
            number = f"Điều {section.number}" if section.kind == "article" else section.number
            rows.append((level, number, section.title or section.text))
            rows += outline(section.children, level + 1)
    return rows


def values(fields: tuple[Field, ...]) -> list[str | None]:
    return [field.value for field in fields]


def summary(document: Document) -> dict[str, Any]:
    """The document under the names of the cases' fields.json."""
    header, closing = document.header, document.closing
    return {
        "issuer_parent": header.issuer_parent.value,
        "issuer": header.issuer.value,
        "number": header.number.value,
        "notation": header.notation.value,
        "place": header.place.value,
        "date": header.issued_date.value,
        "doc_type": header.doc_type.value,
        "subject": header.subject.value,
        "urgency": header.urgency.value,
        "contact": header.contact.value,
        "drafter": header.drafter.value,
        "addressee": "; ".join(field.value or "" for field in header.addressees) or None,
        "issuers": values(header.issuers),
        "statuses": {"number": header.number.status},
        "signer_authority": closing.signer_authority.value,
        "signer_position": closing.signer_position.value,
        "signer_name": closing.signer_name.value,
        "signers": [[one.authority.value, one.position.value, one.name.value] for one in closing.signers],
        "recipients": values(closing.recipients),
        "appendices": values(closing.appendices),
        "legal_bases": [basis.text.value for basis in document.legal_bases] or None,
        "outline": outline(document.sections),
        "roles": {section.number: section.role for section in document.sections if section.number},
    }


def every_field(node: object) -> list[Field]:
    if isinstance(node, Field):
        return [node]
    if isinstance(node, tuple):
        return [field for item in node for field in every_field(item)]
    if hasattr(node, "model_fields_set"):
        return [field for _, value in node for field in every_field(value)]  # type: ignore[attr-defined]
    return []


@pytest.mark.parametrize(
    "folder", [folder for folder in CASES if folder.name in EXACT], ids=lambda folder: folder.name
)
def test_cases(folder: Path) -> None:
    expected = json.loads((folder / "fields.json").read_text(encoding="utf-8"))
    expected["outline"] = [
        (row["level"], row["number"], row["title"] or row["text"]) for row in expected["outline"]
    ]
    found = summary(build_document((folder / "text.txt").read_text(encoding="utf-8")))
    known = {name: value for name, value in expected.items() if name in found}
    assert {name: found[name] for name in known} == known


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_every_field_points_to_its_raw_text(folder: Path) -> None:
    text = (folder / "text.txt").read_text(encoding="utf-8")
    fields = [field for field in every_field(build_document(text)) if field.provenance]
    assert len(fields) > (15 if folder.name in EXACT else 3)
    for field in fields:
        pieces = [text[place.start : place.end] for place in field.provenance]
        if field.raw is not None and field.raw in text:
            assert field.raw == "\n".join(pieces) or field.raw in pieces[0]


def test_sample_002_is_parsed_as_printed() -> None:
    document = build_document(sample("002"))
    rows = [(level, number) for level, number, _ in outline(document.sections)]
    assert rows == [
        (1, "I"),
        (2, "1"),
        (2, "2"),
        (1, "II"),
        (2, "1"),
        (2, "2"),
        (1, "III"),
        (2, "1"),
        (2, "2"),
    ]
    bullets = [
        [child.kind for child in clause.children]
        for section in document.sections
        for clause in section.children
    ]
    assert bullets == [
        ["bullet"] * 4, ["bullet"] * 3, ["bullet"] * 3, ["paragraph"] * 3, ["paragraph"] * 2, ["bullet"] * 2,
    ]  # fmt: skip
    header = document.header
    assert header.number.status == "blank"
    assert header.notation.value == "KH-PGDĐT"
    assert (header.issued_date.value, header.issued_date.blank_parts) == ("2023-04", ("day",))
    assert values(document.closing.recipients) == ["Sở GD&ĐT", "Các trường MN, TH, THCS", "Lưu: VT"]
    assert document.closing.filing.value == "Lưu: VT"
    assert document.closing.signer_name.value == "Hoàng Thị Hương"
    assert [reference.number.value for reference in document.references] == ["44", "24", "46"]
    assert document.legal_bases[0].reference is not None
    assert document.legal_bases[0].reference.issuer.value == "Sở Giáo dục và Đào tạo"


def test_sample_000_as_damaged_shows_its_frame() -> None:
    document = build_document(sample("000"))
    header = document.header
    assert (header.national_name.status, header.motto.status) == ("present", "present")
    assert header.doc_type.value == "Kế hoạch"
    assert [number for level, number, _ in outline(document.sections) if level == 1] == [
        "I",
        "II",
        "III",
        "IV",
    ]


def test_empty_text_has_no_field() -> None:
    document = build_document("")
    assert document == Document()
    assert all(field.status == "absent" for field in every_field(document))


def test_text_without_a_head_is_all_body() -> None:
    document = build_document("Phiên họp bắt đầu lúc 8 giờ.\nCác đại biểu thảo luận sôi nổi.")
    assert document.header == Document().header
    assert [section.text for section in document.sections] == [
        "Phiên họp bắt đầu lúc 8 giờ.",
        "Các đại biểu thảo luận sôi nổi.",
    ]


PHRASES = (
    "Số:", "/QĐ-UBND", "12", "ngày", "tháng", "năm", "2023", "Điều 1.", "I.", "a)", "-", "+",
    "QUYẾT ĐỊNH", "KẾ HOẠCH", "Nơi nhận:", "Kính gửi:", "TM.", "KT. CHỦ TỊCH", "Căn cứ",
    "Theo đề nghị của", "V/v", "Độc lập - Tự do - Hạnh phúc", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Nguyễn Văn An", "Chương I", "Lưu: VT.", ";", "./.", "Phụ lục", "Ký bởi:", "\n", "\n\n", "\t",
    "      ", "“", "”", "____", "Luật", "2", "\f", "Thực hiện", "14/12/2015", "129/KH-UBND",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PHRASES), max_size=80).map(" ".join)))
def test_no_text_fails(text: str) -> None:
    document = build_document(text)
    assert Document.model_validate_json(document.model_dump_json()) == document


def paged(text: str) -> list[Page]:
    lines = []
    for row, line in enumerate(text.splitlines()):
        words = tuple(
            Word(
                f"p1w{row}.{column}", word, BBox(60 * column, 20 * row, 60 * column + 50, 20 * row + 15), 0.9
            )
            for column, word in enumerate(line.split())
        )
        lines.append(Line(words))
    return [Page(1, 1000, 1000, 300, (Block(tuple(line for line in lines if line.words)),), "tesseract")]


HEAD = """UBND HUYỆN CẨM SƠN
Số: 77l/KH-UBND
Cẩm Sơn, ngày 14112/2015
KẾ HOACH
Trồng cây
"""


def edit(text: str, before: str, after: str, status: str, kind: str = "number") -> Edit:
    start = text.index(before)
    return Edit.model_validate(
        {
            "start": start,
            "end": start + len(before),
            "before": before,
            "after": after,
            "kind": kind,
            "source": "test",
            "confidence": 0.6,
            "status": status,
        }
    )


def test_suggested_repairs_are_values_and_raw_is_as_found() -> None:
    edits = [
        edit(HEAD, "77l", "771", "suggested"),
        edit(HEAD, "14112/2015", "14/12/2015", "suggested"),
        edit(HEAD, "HOACH", "HOẠCH", "auto", "tone"),
    ]
    text = apply(HEAD, edits)
    assert "77l/KH-UBND" in text
    header = build_document(text, original=HEAD, edits=edits).header
    assert (header.number.value, header.number.raw, header.number.suggested) == ("771", "77l", True)
    assert (header.notation.value, header.notation.suggested) == ("KH-UBND", False)
    assert (header.issued_date.value, header.issued_date.raw) == ("2015-12-14", "ngày 14112/2015")
    assert header.issued_date.suggested
    assert header.number.confidence == 0.6
    assert (header.doc_type.value, header.doc_type.raw, header.doc_type.suggested) == (
        "Kế hoạch",
        "KẾ HOACH",
        False,
    )
    assert HEAD[slice(header.number.provenance[0].start, header.number.provenance[0].end)] == "77l"


def test_running_text_keeps_what_was_not_applied() -> None:
    original = "I. KINH PHÍ\nChi theo Kế hoạch số 771KH-UBND của huyện.\n"
    edits = [edit(original, "771KH-UBND", "77/KH-UBND", "suggested")]
    document = build_document(original, original=original, edits=edits)
    assert document.sections[0].children[0].text == "Chi theo Kế hoạch số 771KH-UBND của huyện."
    reference = document.references[0]
    assert (reference.number.value, reference.notation.value) == ("77", "KH-UBND")
    assert reference.number.suggested
    assert reference.section_id == document.sections[0].children[0].id


STATUSES = ("auto", "review", "suggested", "confirmed")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_edits_fail_and_offsets_stay_inside(data: st.DataObject) -> None:
    original = data.draw(
        st.sampled_from([HEAD, *((folder / "text.txt").read_text("utf-8") for folder in CASES[:4])])
    )
    edits, position = [], 0
    for _ in range(data.draw(st.integers(0, 12))):
        start = data.draw(st.integers(position, len(original)))
        end = data.draw(st.integers(start, min(len(original), start + 6)))
        edits.append(
            Edit(
                start=start,
                end=end,
                before=original[start:end],
                after=data.draw(st.text("aÂ1/-\n ", max_size=4)),
                kind=data.draw(st.sampled_from(["number", "tone"])),
                source="test",
                confidence=0.5,
                status=data.draw(st.sampled_from(STATUSES)),
            )
        )
        position = end + 1
        if position > len(original):
            break
    document = build_document(apply(original, edits), original=original, edits=edits)
    for field in every_field(document):
        for place in field.provenance:
            assert 0 <= place.start <= place.end <= len(original)


def test_edits_that_do_not_give_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        build_document("khác", original="một")


def test_pages_give_boxes_and_words() -> None:
    text, spans = document_text(paged(HEAD))
    header = build_document(text, spans=spans).header
    place = header.issuer.provenance[0]
    assert place.page == 1
    assert place.word_ids == ("p1w0.0", "p1w0.1", "p1w0.2", "p1w0.3")
    assert place.bbox == BBox(0, 0, 230, 15)
    assert header.issuer.confidence == 0.9
