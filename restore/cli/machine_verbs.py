"""``restore doctor``."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from restore import doctor as examination
from restore.cli.console import put, settings
from restore.doctor import Finding
from restore.errors import ExitCode
from restore.messages import Language, message


def doctor(options: Namespace) -> int:
    """Show what is there and what is missing; 4 when something that is needed is missing."""
    config = settings(options)
    findings = examination.examine()
    missing = [finding for finding in findings if finding.needed and not finding.ok]
    if options.json:
        put(json.dumps(_doctor_json(findings), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(findings, config.lang)
        _advise(findings, config.lang)
    return ExitCode.MISSING_TOOL if missing else ExitCode.OK


def _doctor_json(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "ok": all(finding.ok for finding in findings if finding.needed),
        "findings": [
            {
                "group": finding.group,
                "name": finding.name,
                "version": finding.version or None,
                "needed": finding.needed,
                "problem": finding.problem or (None if finding.version else "missing"),
            }
            for finding in findings
        ],
        "apt": examination.apt_command(findings) or None,
    }


def _show(findings: tuple[Finding, ...], lang: Language) -> None:
    width = max(len(finding.name) for finding in findings)
    group = ""
    for finding in findings:
        if finding.group != group:
            group = finding.group
            put(message(f"doctor-group-{group}", lang) + "\n")
        sign = "✓" if finding.ok else "✗" if finding.needed else "–"
        state = finding.version or message("doctor-absent", lang)
        if finding.version == examination.INSTALLED:
            state = message("doctor-installed", lang)
        if finding.problem:
            state += f" ({message(f'doctor-problem-{finding.problem}', lang)})"
        if not finding.needed:
            state += f" ({message('doctor-optional', lang)})"
        put(f"  {sign} {finding.name:{width}}  {state}\n")


def _advise(findings: tuple[Finding, ...], lang: Language) -> None:
    missing = [finding for finding in findings if not finding.ok]
    needed = [finding.name for finding in missing if finding.needed]
    put("\n")
    verdict = (
        message("doctor-missing", lang, names=", ".join(needed)) if needed else message("doctor-ok", lang)
    )
    put(verdict + "\n")
    command = examination.apt_command(findings)
    if command:
        put(message("doctor-apt", lang, command=command) + "\n" + message("doctor-elsewhere", lang) + "\n")
    groups = {finding.group for finding in missing}
    if "python" in groups or "program" in groups:
        put(message("doctor-python", lang) + "\n")
    if "dictionary" in groups:
        put(message("doctor-dictionaries", lang) + "\n")
