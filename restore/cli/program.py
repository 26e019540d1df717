"""From the command line to the exit code: one handler for every error."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence

from restore.cli.arguments import build_parser
from restore.errors import ExitCode, RestoreError
from restore.memory import collect_seldom
from restore.messages import error_text, language, message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: what stands after the program's name; by default that of this process.
    """
    collect_seldom()
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(flag=_lang_flag(words))
    verbose = "-v" in words or "--verbose" in words
    try:
        parser = build_parser(lang)
        options = parser.parse_args(words)
        if options.version:
            from restore.versions import package_version

            print(f"restore {package_version()}")
            return ExitCode.OK
        if options.verb is None:
            parser.error("a verb is missing")
        code = _verb(options.verb)(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has enough. What is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        print(message("interrupted", lang), file=sys.stderr)
        return ExitCode.INTERRUPTED
    except RestoreError as error:
        return _report(error, error.exit_code, error_text(error, lang), verbose)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return _report(error, ExitCode.INTERNAL, message("internal", lang, reason=reason), verbose)
    return code


def _lang_flag(words: Sequence[str]) -> str | None:
    """What ``--lang`` says, known before the parser exists: its help is already in that language."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _report(error: Exception, code: ExitCode, text: str, verbose: bool) -> int:
    if verbose:
        traceback.print_exception(error)
    print(f"restore: {text}", file=sys.stderr)
    return code


def _verb(name: str) -> Callable[[Namespace], int]:
    """The function behind a verb. Imported when it is called for: OpenCV and the models take a second."""
    if name == "run":
        from restore.cli.batch_verb import run

        return run
    if name == "watch":
        from restore.cli.watch_verb import watch

        return watch
    if name == "explain":
        from restore.cli.explain_verb import explain

        return explain
    if name in ("text", "parse"):
        from restore.cli import text_verbs

        return {"text": text_verbs.text, "parse": text_verbs.parse}[name]
    if name == "diff":
        from restore.cli.diff_verb import diff

        return diff
    if name == "evaluate":
        from restore.cli.evaluate_verb import evaluate

        return evaluate
    if name == "export":
        from restore.cli.export_verb import export

        return export
    if name == "search":
        from restore.cli.search_verb import search

        return search
    if name == "status":
        from restore.cli.status_verb import status

        return status
    if name == "review":
        from restore.cli.review_verb import review

        return review
    if name == "bench":
        from restore.cli.bench_verb import bench

        return bench
    from restore.cli.machine_verbs import doctor

    return doctor
