"""Write what was fuzzed and what was found into the docs: ``docs/fuzzing.json``, and the tables of ``docs/fuzzing.md``.

    python -m tools.fuzz.report [FOLDER]

FOLDER is that of the runs (``build/fuzz``): what its ``tally.json`` counted is shown. Without it, only the tables are made anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tools.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
TALLY = ROOT / "docs" / "fuzzing.json"
PAGE = ROOT / "docs" / "fuzzing.md"
CAUSES = ROOT / "tests" / "cases" / "faults" / "faults.json"


def main() -> None:
    """Take over the tally of a folder, and write the tables."""
    if len(sys.argv) > 1:
        counted = json.loads((Path(sys.argv[1]) / "tally.json").read_text("utf-8"))
        targets = {name: _row(counted.get(name, {"seconds": 0.0, "inputs": 0})) for name in TARGETS}
        TALLY.write_text(json.dumps({"targets": targets}, indent=2) + "\n", "utf-8")
    tally = json.loads(TALLY.read_text("utf-8"))["targets"]
    causes = json.loads(CAUSES.read_text("utf-8"))
    page = PAGE.read_text("utf-8")
    for name, text in (
        ("tally", tally_table(tally)),
        ("sum", total(tally, causes)),
        ("faults", fault_table(causes)),
    ):
        head, begin, rest = page.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition(f"<!-- /{name} -->")
        page = f"{head}{begin}\n{text}\n\n{end}{tail}"
    PAGE.write_text(page, "utf-8")


def _row(counted: dict[str, float]) -> dict[str, float]:
    seconds, inputs = counted["seconds"], int(counted["inputs"])
    return {
        "minutes": round(seconds / 60, 1),
        "inputs": inputs,
        "a_second": round(inputs / max(seconds, 1), 1),
    }


def tally_table(tally: dict[str, Any]) -> str:
    """Minutes and inputs by target."""
    rows = [
        f"| `{name}` | {row['minutes']:.1f} | {row['inputs']:,} | {row['a_second']:.1f} |"
        for name, row in tally.items()
    ]
    return "\n".join(["| target | minutes | inputs | inputs a second |", "|---|---|---|---|", *rows])


def total(tally: dict[str, Any], causes: list[dict[str, Any]]) -> str:
    """All of it in one sentence."""
    hours = sum(row["minutes"] for row in tally.values()) / 60
    inputs = sum(row["inputs"] for row in tally.values())
    places = sum(len(cause["files"]) for cause in causes)
    return (
        f"In all {hours:.1f} hours on one busy core and {inputs:,} inputs. Laws were broken in {places} places of the program, "
        f"from {len(causes)} causes; all are mended."
    )


def fault_table(causes: list[dict[str, Any]]) -> str:
    """Causes and how they were mended."""
    rows = [
        f"| `{cause['id']}` | {cause['cause']} | `{cause['mended']}`: {cause['how']} | {len(cause['files'])} |"
        for cause in causes
    ]
    return "\n".join(["| fault | what happened | mended | files |", "|---|---|---|---|", *rows])


if __name__ == "__main__":
    main()
