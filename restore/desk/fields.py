"""A field that a reviewer sets: what it takes the place of, and whether somebody else has set it meanwhile."""

from __future__ import annotations

from restore.decisions import Decision, FieldValue, field_decision
from restore.desk.opened import Opened
from restore.desk.places import Conflict, typed
from restore.document import Document
from restore.errors import InputError
from restore.set_fields import field_at, replacing, set_fields, set_last, with_value_there


def decided_field(
    document: Opened, meant: Document, value: FieldValue, reviewer: str, revision: int | None
) -> Decision:
    """The decision that a field has this value: a new one, or somebody's who has taken the same out of its list already.

    Args:
        document: with the log as it is now.
        meant: what the document says.
        value: ``was`` is what the reviewer saw in the field.
        reviewer: who decides.
        revision: of the log when the reviewer saw it; None sets the field whatever stands there.

    Raises:
        Conflict: somebody else has set the field otherwise after that revision.
        InputError: there is no such field.
    """
    value = value.model_copy(update={"value": value.value and typed(value.value)})
    if revision is None and field_at(meant, value.path) is None:
        raise InputError("no-such-field", path=document.folder, name=value.path)
    if revision is None:
        value = with_value_there(meant, value)
    else:
        last = set_last(document.log, revision, value)
        if last is not None and last.field is not None:
            agree = (last.field.value, last.field.status) == (value.value, value.status)
            if not agree and last.reviewer != reviewer:
                raise Conflict(last, document.revision)
            if agree and value.status == "absent":
                return last
            value = value.model_copy(update={"was": last.field.value})
        value = replacing(meant, value)
    decision = field_decision(value, reviewer)
    if set_fields(meant, [decision])[1]:
        raise InputError("no-such-field", path=document.folder, name=value.path)
    return decision
