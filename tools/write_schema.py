"""Write the JSON Schema of ``document.json`` to ``docs/document.schema.json``.

python tools/write_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from restore.document import Document

SCHEMA_PATH = Path(__file__).resolve().parent.parent / "docs" / "document.schema.json"


def schema_text() -> str:
    """The schema as it is published: sorted keys, two blanks, UTF-8."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Document.model_json_schema(
        mode="serialization"
    )
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8")
