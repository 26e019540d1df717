"""Fields that reviewers set: a path leads to a field or nowhere, and the document stays one that can be read again."""

from __future__ import annotations

import pytest

from restore.decisions import FieldValue, field_decision, undo_decision
from restore.document import Closing, Document, Field, Header, LegalBasis, Section, Signer
from restore.set_fields import field_at, set_fields, set_last

DOCUMENT = Document(
    header=Header(addressees=(Field(value="Sở Nội vụ", status="present"),)),
    legal_bases=(LegalBasis(text=Field(value="Căn cứ Luật", status="present")),),
    closing=Closing(
        signers=(Signer(name=Field(value="An", status="present")),),
        recipients=(Field(value="Như trên", status="present"), Field(value="Lưu", status="present")),
    ),
    sections=(Section(id="s1", kind="heading", number="I", title="MỤC ĐÍCH"),),
)


@pytest.mark.parametrize("path", [
    "legal_bases[0]", "legal_bases[1]", "legal_bases[1].text", "closing.signers[0]", "closing.signers[1]", "closing.seals[0]",
    "header", "header.__class__", "header.model_fields", "header.number.value", "header.number[0]", "legal_bases[0].reference",
    "legal_bases[0].reference.text", "closing.recipients", "closing.recipients[3]", "closing.recipients[999999999]",
    "closing.recipients[-1]", "closing.recipients[0].value", "quality.grade", "source.path", "sections.s2.title",
    "sections.s1.text", "sections.s1.id", "header.number\n", "", ".", "header..number",
])  # fmt: skip
def test_no_other_place_is_a_field(path: str) -> None:
    assert field_at(DOCUMENT, path) is None
    if path and not path.startswith("closing.recipients["):  # what was added to a list goes to its end
        decision = field_decision(FieldValue(path=path, value="x"), "Lan")
        assert set_fields(DOCUMENT, [decision]) == (DOCUMENT, (decision,))


@pytest.mark.parametrize("value", [
    FieldValue(path="header.number", value="7"),
    FieldValue(path="header.number", value="7", status="blank"),
    FieldValue(path="header.number", value=None),
    FieldValue(path="header.issued_date", value="không rõ"),
    FieldValue(path="closing.recipients[0]", status="absent", was="Như trên"),
    FieldValue(path="closing.recipients[2]", value="Chi cục"),
    FieldValue(path="closing.recipients[2]", value="Chi cục", status="unreadable"),
    FieldValue(path="header.issuers[0]", value="UBND"),
    FieldValue(path="legal_bases[0].text", value="Căn cứ Nghị định", was="Căn cứ Luật"),
    FieldValue(path="legal_bases[0].text", status="absent", was="Căn cứ Luật"),
    FieldValue(path="closing.signers[0].name", value="Bình", was="An"),
    FieldValue(path="sections.s1.title", value=None, status="absent", was="MỤC ĐÍCH"),
    FieldValue(path="sections.s1.title", value="PHẠM VI", was="MỤC ĐÍCH"),
    FieldValue(path="sections.s1.kind", value="chapter", was="heading"),
    FieldValue(path="sections.s1.kind", value="song", was="heading"),
])  # fmt: skip
def test_the_document_can_be_read_again(value: FieldValue) -> None:
    document, _ = set_fields(DOCUMENT, [field_decision(value, "Lan")])
    assert Document.model_validate_json(document.model_dump_json()) == document
    for field in (document.header.number, document.header.issued_date, *document.closing.recipients):
        assert (field.value is not None) == (field.status == "present")


@pytest.mark.parametrize(("set_path", "was", "path", "seen"), [
    ("closing.signer_name", None, "closing.signers[0].name", None),
    ("closing.signers[0].name", "An", "closing.signer_name", "An"),
    ("sections.s1.title", "MỤC ĐÍCH", "sections.s1.title", "MỤC ĐÍCH"),
    ("header.number", "7", "header.number", None),
    ("legal_bases[0].text", "Căn cứ Luật", "legal_bases[0].text", "Căn cứ Luật"),
    ("closing.recipients[1]", "Lưu", "closing.recipients[0]", "Lưu"),
])  # fmt: skip
def test_the_same_field_is_known_by_its_other_names(
    set_path: str, was: str | None, path: str, seen: str | None
) -> None:
    one = field_decision(FieldValue(path=set_path, value="x", was=was), "Lan")
    again = field_decision(FieldValue(path=set_path, value="y", was="x"), "Lan")
    wanted = FieldValue(path=path, value="z", was=seen)
    assert set_last([one, again], 0, wanted) == again
    assert set_last([one, again], 2, wanted) is None
    assert set_last([one, undo_decision(one.id, "Lan")], 0, wanted) is None


@pytest.mark.parametrize(("set_path", "was", "path", "seen"), [
    ("closing.signers[1].name", None, "closing.signer_name", None),
    ("sections.s1.title", "MỤC ĐÍCH", "sections.s1.number", "I"),
    ("closing.recipients[0]", "Như trên", "closing.recipients[0]", "Lưu"),
    ("closing.recipients[0]", None, "closing.recipients[0]", None),  # both add one
    ("closing.recipients[0]", "Lưu", "header.addressees[0]", "Lưu"),
])  # fmt: skip
def test_another_field_is_not_taken_for_it(
    set_path: str, was: str | None, path: str, seen: str | None
) -> None:
    one = field_decision(FieldValue(path=set_path, value="x", was=was), "Lan")
    assert set_last([one], 0, FieldValue(path=path, value="z", was=seen)) is None


def signers(document: Document) -> list[tuple[str | None, str | None]]:
    return [(one.position.value, one.name.value) for one in document.closing.signers]


def test_signers_are_added_where_none_was_read_and_behind_the_last() -> None:
    first = field_decision(FieldValue(path="closing.signer_name", value="An"), "Lan")
    place = field_decision(FieldValue(path="closing.signers[0].position", value="CHỦ TỊCH"), "Lan")
    second = field_decision(FieldValue(path="closing.signers[1].name", value="Bình"), "Lan")
    document, lost = set_fields(Document(), [first, place, second])
    assert (signers(document), lost) == ([("CHỦ TỊCH", "An"), (None, "Bình")], ())
    assert (document.closing.signer_name.value, document.closing.signer_position.value) == ("An", "CHỦ TỊCH")
    assert Document.model_validate_json(document.model_dump_json()) == document
    assert signers(set_fields(Document(), [first, place])[0]) == [("CHỦ TỊCH", "An")]  # the second one undone
    assert set_fields(document, [second]) == (document, ())  # it has been read meanwhile
    assert set_fields(Document(), [second]) == (Document(), (second,))  # behind none there is no second one
    other = document.model_copy(update={"closing": DOCUMENT.closing.model_copy(
        update={"signers": (*DOCUMENT.closing.signers, Signer(name=Field(value="Chi", status="present")))})})  # fmt: skip
    assert set_fields(other, [second]) == (other, (second,))  # and nobody's name is written over
    nobody = field_decision(FieldValue(path="closing.signers[0].name", status="absent"), "Lan")
    assert set_fields(Document(), [nobody])[0].closing.signers == ()


def test_the_later_value_holds_and_a_list_that_shrank_loses_none_silently() -> None:
    first = field_decision(FieldValue(path="header.number", value="7"), "Lan")
    second = field_decision(FieldValue(path="header.number", value="8", was="7"), "Minh")
    assert set_fields(DOCUMENT, [first, second])[0].header.number.value == "8"
    assert set_fields(DOCUMENT, [second, first])[0].header.number.value == "7"
    gone = field_decision(FieldValue(path="closing.recipients[1]", value="Lưu VT", was="Lưu"), "Lan")
    shrunk = DOCUMENT.model_copy(update={"closing": Closing(recipients=DOCUMENT.closing.recipients[:1])})
    assert set_fields(shrunk, [gone]) == (shrunk, (gone,))
