"""Flags over the environment over restore.toml over defaults, and every key is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restore.config import Config, load_config, page_ranges
from restore.errors import ExitCode, UsageError
from restore.messages import error_text


def load(folder: Path, toml: str = "", flags: dict | None = None, **environment: str) -> Config:
    if toml:
        (folder / "restore.toml").write_text(toml, "utf-8")
    return load_config(flags or {}, environment=environment, folder=folder)


def test_each_source_wins_over_the_next(tmp_path: Path) -> None:
    toml = 'mode = "keep"\npage_timeout = 5\njobs = 3\n'
    config = load(tmp_path, toml, {"jobs": 7, "pages": None}, RESTORE_JOBS="6", RESTORE_PAGE_TIMEOUT="9")
    assert (config.jobs, config.page_timeout, config.mode, config.pages) == (7, 9.0, "keep", "")


def test_without_any_source_the_defaults_hold(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert (config.mode, config.overwrite, config.formats) == ("auto", False, ("json", "txt"))
    assert config.jobs >= 1


@pytest.mark.parametrize(
    ("toml", "environment", "suggestion"),
    [
        ("page_timout = 5\n", {}, "page_timeout"),
        ("", {"RESTORE_PAGE_TIMOUT": "5"}, "RESTORE_PAGE_TIMEOUT"),
        ("", {"RESTORE_JBOS": "5"}, "RESTORE_JOBS"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(
    tmp_path: Path, toml: str, environment: dict[str, str], suggestion: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, toml, **environment)
    assert caught.value.exit_code == ExitCode.USAGE
    assert caught.value.values["suggestion"] == suggestion
    assert caught.value.values["setting"] in {"page_timout", *environment}


def test_an_unknown_key_like_no_other_is_answered_with_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, "xyzzy = 1\n")
    assert caught.value.values["setting"] == "xyzzy"
    assert "max_megapixels" in caught.value.values["known"]


@pytest.mark.parametrize(
    ("flags", "environment", "origin"),
    [
        ({"jobs": 0}, {}, "--jobs"),
        ({}, {"RESTORE_MODE": "maybe"}, "RESTORE_MODE"),
        ({}, {"RESTORE_MAX_MEGAPIXELS": "many"}, "RESTORE_MAX_MEGAPIXELS"),
    ],
)
def test_an_impossible_value_names_where_it_came_from(
    tmp_path: Path, flags: dict, environment: dict[str, str], origin: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, "", flags, **environment)
    assert caught.value.values["origin"] == origin


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("vi_VN.UTF-8", "vi"),
        ("vi", "vi"),
        ("VI_vn", "vi"),
        ("en_GB@euro", "en"),
        ("en-US", "en"),
        ("vi.utf8", "vi"),
    ],
)
def test_the_language_may_be_a_locale(tmp_path: Path, locale: str, expected: str) -> None:
    assert load(tmp_path, "", RESTORE_LANG=locale).lang == expected
    assert load(tmp_path, f'lang = "{locale}"\n').lang == expected


@pytest.mark.parametrize("locale", ["fr_FR.UTF-8", "vie", "english", "C.UTF-8", "_VN"])
def test_a_locale_of_another_language_is_refused_by_name(tmp_path: Path, locale: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, "", RESTORE_LANG=locale)
    assert caught.value.values["origin"] == "RESTORE_LANG"
    assert error_text(caught.value, "en").startswith(f"RESTORE_LANG: the value “{locale}” cannot be used")


def test_a_broken_toml_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, "jobs = = 3")
    assert caught.value.key == "bad-config-file"


@pytest.mark.parametrize("text", ["x", "3-1", "0", "1,,a", "-3", "1-2-3", "٣-x"])
def test_a_page_list_that_cannot_be_read(text: str) -> None:
    with pytest.raises(UsageError):
        page_ranges(text)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9)), max_size=5), st.integers(1, 70))
def test_a_page_is_wanted_when_some_range_holds_it(ranges: list[tuple[int, int]], page: int) -> None:
    text = ",".join(f"{first}-{first + more}" for first, more in ranges)
    expected = not ranges or any(first <= page <= first + more for first, more in ranges)
    assert Config(pages=text).wants_page(page) == expected


def test_only_what_changes_the_content_is_named_in_the_document(tmp_path: Path) -> None:
    one = load(tmp_path, flags={"jobs": 1, "lang": "vi", "overwrite": True})
    other = load(tmp_path, flags={"jobs": 9, "lang": "en"})
    assert one.content == other.content
    assert one.content != load(tmp_path, flags={"mode": "redo"}).content
