"""The README tells the truth: its commands parse, every verb, code and setting stands in it."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from restore.cli.arguments import VERBS, build_parser
from restore.config import Config
from restore.errors import ExitCode

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
COMMANDS = [line.split("#")[0].strip() for line in SHELL.splitlines() if line.startswith("restore ")]
MAKE = sorted(set(re.findall(r"\bmake ([a-z]+)", README)))
# Licences that would bind whoever runs this program as a service.
FORBIDDEN = re.compile(r"\b(AGPL|Affero|SSPL|Commons Clause|Non-?Commercial)\b", re.IGNORECASE)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_in_the_readme_parses(command: str) -> None:
    options = build_parser("en").parse_args(shlex.split(command)[1:])
    assert options.verb in VERBS or options.version


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_shown_in_the_readme(verb: str) -> None:
    assert any(command.split()[1] == verb for command in COMMANDS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_flag_of_each_verb_has_help(verb: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build_parser("vi" if lang == "vi" else "en").parse_args([verb, "--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith({"vi": "cách dùng: ", "en": "usage: "}[lang] + f"restore {verb} ")
    assert "show this help message" not in text


def test_each_exit_code_stands_in_the_readme() -> None:
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)} == set(ExitCode)


def test_each_setting_stands_in_the_readme_and_its_example_is_valid() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    settings = tomllib.loads(block)
    assert set(settings) == set(Config.model_fields)
    Config(**settings)
    for name in settings:
        assert f"RESTORE_{name.upper()}" in block


@pytest.mark.parametrize("target", MAKE)
def test_each_make_target_in_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_linked_files_exist() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE))


def test_the_lock_file_pins_every_dependency_and_names_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[><=;\[ ]", requirement)[0].lower() for requirement in wanted}
    assert names <= set(LOCKED)
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert LOCK.count("--hash=sha256:") >= len(LOCKED)


def _licence_files(about: metadata.PackageMetadata, name: str) -> list[metadata.PackagePath]:
    """The files that a wheel names as its licence, for one that states it nowhere else."""
    wanted = set(about.get_all("License-File") or ())
    return [file for file in metadata.files(name) or () if file.name in wanted]


@pytest.mark.parametrize("name", LOCKED)
def test_no_dependency_has_a_licence_that_binds_its_users(name: str) -> None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        pytest.skip("not needed on this system")
    fields = [about.get("License-Expression"), about.get("License"), *(about.get_all("Classifier") or [])]
    stated = " ".join(
        field for field in fields if field and (field.startswith("License") or "::" not in field)
    )
    stated = stated or "".join(file.read_text().partition("\n")[0] for file in _licence_files(about, name))
    assert stated
    assert not FORBIDDEN.search(stated)


def test_the_table_of_licences_lists_what_is_pinned() -> None:
    text = (ROOT / "docs" / "licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (\d\S*) \| (.+?) \| (running|development) \|$", text, re.MULTILINE)
    assert {name: version for name, version, _, _ in rows} == LOCKED
    assert not [row for row in rows if FORBIDDEN.search(row[2])]
