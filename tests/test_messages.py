"""Both languages say the same, and every message that the code asks for exists."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from restore import errors
from restore.help_texts import HELP_TEXTS
from restore.messages import MESSAGES, Words, language

ROOT = Path(__file__).parents[1]
ERROR_NAMES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.RestoreError)
}
CALLS = ERROR_NAMES | {"message", "say"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", [*MESSAGES, *HELP_TEXTS])
def test_both_languages_name_the_same_values(key: str) -> None:
    words: Words = (MESSAGES | HELP_TEXTS)[key]
    assert words.vi.strip()
    assert words.en.strip()
    assert placeholders(words.vi) == placeholders(words.en)


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """File, key and value names of each call that takes a message key; None where they are not known."""
    for path in sorted((ROOT / "restore").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            key = node.args[0]
            if name in CALLS and isinstance(key, ast.Constant) and isinstance(key.value, str):
                names = [keyword.arg for keyword in node.keywords]
                yield (
                    str(path.relative_to(ROOT)),
                    key.value,
                    None if None in names else {str(n) for n in names},
                )


FOUND = list(calls())


@pytest.mark.parametrize(("path", "key", "values"), FOUND)
def test_each_message_that_is_asked_for_exists_and_gets_its_values(
    path: str, key: str, values: set[str] | None
) -> None:
    assert key in MESSAGES, path
    if values is not None:
        assert placeholders(MESSAGES[key].en) <= values, f"{path}: {key}"


def test_the_scan_of_the_code_found_errors_and_messages() -> None:
    assert {"unknown-setting", "done", "output-not-writable"} <= {key for _, key, _ in FOUND}


def test_no_message_is_left_over() -> None:
    """Every key stands somewhere in the package as a string, or is made of a name there."""
    sources = [path for path in (ROOT / "restore").rglob("*") if path.suffix in (".py", ".jinja")]
    text = "".join(
        path.read_text("utf-8")
        for path in sources
        if not path.name.endswith(("messages.py", "help_texts.py"))
    )
    made = tuple(re.findall(r"""["']([a-z-]+-)\{""", text))
    assert "component-" in made
    asked = set(re.findall(r"""["']([a-z][a-z-]*)["']""", text))
    assert {key for key in MESSAGES if key not in asked and not key.startswith(made)} == set()


@pytest.mark.parametrize(
    ("environment", "flag", "expected"),
    [
        ({}, None, "en"),
        ({"LANG": "vi_VN.UTF-8"}, None, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_GB"}, None, "en"),
        ({"LC_ALL": "vi", "LC_MESSAGES": "en_GB"}, None, "vi"),
        ({"LANG": "en_GB", "RESTORE_LANG": "vi"}, None, "vi"),
        ({"RESTORE_LANG": "vi"}, "en", "en"),
        ({"RESTORE_LANG": "vi_VN.UTF-8"}, None, "vi"),
        ({"LANG": "vie"}, None, "en"),
    ],
)
def test_the_readers_language(environment: dict[str, str], flag: str | None, expected: str) -> None:
    assert language(environment, flag) == expected
