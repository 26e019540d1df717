"""A file's sha256 is that of what it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restore.errors import InputError
from restore.hashing import file_sha256


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300), st.integers(1, 2000))
def test_it_is_the_hash_of_all_that_a_file_holds(tmp_path: Path, content: bytes, times: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(content * times)
    assert file_sha256(path) == hashlib.sha256(content * times).hexdigest()


@pytest.mark.parametrize(("name", "key"), [(".", "not-a-file"), ("nothing", "missing-file")])
def test_what_is_no_file_has_none(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(InputError) as refused:
        file_sha256(tmp_path / name)
    assert refused.value.key == key
