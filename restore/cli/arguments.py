"""The verbs and their flags. Nothing heavy is imported here: `restore --version` passes through."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from restore.errors import UsageError
from restore.help_texts import help_text
from restore.messages import Language

VERBS = (
    "run",
    "watch",
    "text",
    "explain",
    "parse",
    "diff",
    "evaluate",
    "export",
    "review",
    "search",
    "status",
    "doctor",
    "bench",
)


# A word to be left out of what is searched for, "-nháp", is no flag. The search takes a dash for a minus, argparse does not.
_EXCLUSION_RE = re.compile(r"^-(?=[^\W\d_]{2}|[\"“])")


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the reader's language and raises its errors."""

    def __init__(self, *, lang: Language, mixed: bool = False, **options: Any) -> None:  # noqa: ANN401 - handed on
        """Make a parser; ``mixed``: flags may stand among its arguments."""
        super().__init__(add_help=False, **options)
        self.lang = lang
        self._mixed = mixed
        self._is_strict = not mixed
        self._positionals.title = help_text("arguments", lang)
        self._optionals.title = help_text("options", lang)
        self.add_argument("-h", "--help", action="help", help=help_text("help", lang))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as it is inherited
        """What argparse does, which calls this again where flags may stand among the arguments."""
        if self._is_strict:  # else the whole program's parser would name what a verb does not know
            options, unknown = super().parse_known_args(args, namespace)
            if unknown:
                self.error(f"unrecognized arguments: {' '.join(unknown)}{self._meant(unknown)}")
            return options, unknown
        if not self._mixed:
            return super().parse_known_args(args, namespace)
        self._mixed = False
        self.usage = (
            super().format_usage().removeprefix("usage: ").rstrip()
        )  # else argparse cuts off seven letters of ours
        words = [_EXCLUSION_RE.sub("–", word) for word in args]
        try:
            return self.parse_known_intermixed_args(words, namespace)
        finally:
            self._mixed, self.usage = True, None

    def _meant(self, unknown: Sequence[str]) -> str:
        flags = [word.partition("=")[0] for word in unknown if word.startswith("--")]
        near = [get_close_matches(flag, self._option_string_actions, n=1) for flag in flags]
        return f" (did you mean {near[0][0]}?)" if near and near[0] else ""

    def format_usage(self) -> str:
        """The usage line, as argparse makes it, after the reader's own word for it."""
        return super().format_usage().replace("usage: ", help_text("usage", self.lang), 1)

    def format_help(self) -> str:
        """The help, likewise."""
        return super().format_help().replace("usage: ", help_text("usage", self.lang), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print and exit with."""
        raise UsageError("bad-arguments", reason=message, command=self.prog)


def build_parser(lang: Language) -> Parser:
    """The parser of the whole command line, its help in the given language."""
    parser = Parser(
        lang=lang,
        prog="restore",
        description=help_text("program", lang),
        epilog=help_text("exit-codes", lang),
    )
    parser.add_argument("--version", action="store_true", help=help_text("version", lang))
    _add_common(parser, lang)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title=help_text("verbs", lang))
    for verb in VERBS:
        words = help_text(verb, lang)
        child = verbs.add_parser(verb, lang=lang, mixed=verb == "search", help=words, description=words)
        _add_common(child, lang)
        _ADD[verb](child, lang)
    return parser


def _add_common(parser: Parser, lang: Language) -> None:
    # SUPPRESS: a verb's default must not undo what stood before the verb.
    parser.add_argument(
        "--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=help_text("lang", lang)
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", default=argparse.SUPPRESS, help=help_text("verbose", lang)
    )


def _add_pages(parser: Parser, lang: Language) -> None:
    parser.add_argument("--pages", metavar="LIST", help=help_text("pages", lang))
    parser.add_argument("--page-timeout", type=float, metavar="SECONDS", help=help_text("page-timeout", lang))
    parser.add_argument("--page-memory", type=int, metavar="MB", help=help_text("page-memory", lang))
    parser.add_argument("--max-megapixels", type=float, metavar="N", help=help_text("max-megapixels", lang))
    parser.add_argument("--max-pages", type=int, metavar="N", help=help_text("max-pages", lang))


def _add_text_limit(parser: Parser, lang: Language) -> None:
    parser.add_argument(
        "--max-text-megabytes", type=float, metavar="N", help=help_text("max-text-megabytes", lang)
    )


def _add_observers(parser: Parser, lang: Language) -> None:
    parser.add_argument("--log-json", metavar="FILE", help=help_text("log-json", lang))
    parser.add_argument("--metrics", metavar="[ADDRESS:]PORT", help=help_text("metrics", lang))
    parser.add_argument("--metrics-file", metavar="FILE", help=help_text("metrics-file", lang))


def _add_dictionary(parser: Parser, lang: Language) -> None:
    parser.add_argument(
        "--dictionary",
        dest="dictionaries",
        action="append",
        metavar="FILE",
        help=help_text("dictionary", lang),
    )


def _add_run(parser: Parser, lang: Language) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=help_text("run-input", lang))
    _add_work(parser, lang)
    parser.add_argument("--state", metavar="FOLDER", help=help_text("state", lang))
    parser.add_argument(
        "--overwrite", action="store_const", const=True, help=help_text("overwrite", lang)
    )  # None when absent, so that the environment and restore.toml are heard
    parser.add_argument("--retry-failed", action="store_true", help=help_text("retry-failed", lang))
    parser.add_argument("--dry-run", action="store_true", help=help_text("dry-run", lang))


def _add_work(parser: Parser, lang: Language) -> None:
    """What `run` and `watch` have in common."""
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=help_text("run-output", lang))
    parser.add_argument("-j", "--jobs", type=int, metavar="N", help=help_text("jobs", lang))
    parser.add_argument("--engine", choices=("local", "dask"), help=help_text("engine", lang))
    parser.add_argument("--scheduler", metavar="ADDRESS", help=help_text("scheduler", lang))
    parser.add_argument("--mode", choices=("auto", "keep", "redo"), help=help_text("mode", lang))
    _add_pages(parser, lang)
    _add_text_limit(parser, lang)
    _add_dictionary(parser, lang)
    parser.add_argument(
        "--to",
        dest="formats",
        action="append",
        choices=("json", "txt", "md", "docx"),
        help=help_text("to", lang),
    )
    _add_observers(parser, lang)


def _add_watch(parser: Parser, lang: Language) -> None:
    parser.add_argument("folder", metavar="IN", help=help_text("watch-input", lang))
    _add_work(parser, lang)
    parser.add_argument(
        "--settle", type=float, default=10.0, metavar="SECONDS", help=help_text("settle", lang)
    )
    parser.add_argument("--poll", type=float, default=60.0, metavar="SECONDS", help=help_text("poll", lang))
    parser.add_argument("--once", action="store_true", help=help_text("once", lang))


def _add_text(parser: Parser, lang: Language) -> None:
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=help_text("text-input", lang))
    parser.add_argument("-o", "--output", metavar="FILE", help=help_text("text-output", lang))
    parser.add_argument("--edits", metavar="FILE", help=help_text("edits", lang))
    _add_text_limit(parser, lang)
    _add_dictionary(parser, lang)
    parser.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help=help_text("format", lang)
    )


def _add_explain(parser: Parser, lang: Language) -> None:
    parser.add_argument("file", metavar="FILE", help=help_text("explain-input", lang))
    parser.add_argument("word", metavar="WORD", help=help_text("explain-word", lang))
    parser.add_argument("--pages", metavar="LIST", help=help_text("pages", lang))
    _add_dictionary(parser, lang)
    parser.add_argument("--nth", type=int, default=1, metavar="N", help=help_text("nth", lang))
    parser.add_argument("--all", action="store_true", help=help_text("explain-all", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_parse(parser: Parser, lang: Language) -> None:
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=help_text("text-input", lang))
    _add_text_limit(parser, lang)


def _add_diff(parser: Parser, lang: Language) -> None:
    parser.add_argument("left", metavar="LEFT", help=help_text("left", lang))
    parser.add_argument("right", metavar="RIGHT", help=help_text("right", lang))
    for side in ("left", "right"):
        parser.add_argument(
            f"--{side}-text",
            choices=("restored", "original", "program"),
            default="restored",
            help=help_text(f"{side}-text", lang),
        )
    parser.add_argument("-o", "--output", metavar="TARGET", help=help_text("report", lang))
    parser.add_argument("--only", metavar="KINDS", help=help_text("only", lang))
    parser.add_argument("--context", type=int, default=0, metavar="N", help=help_text("context", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_evaluate(parser: Parser, lang: Language) -> None:
    parser.add_argument("hypothesis", metavar="HYP", help=help_text("hypothesis", lang))
    parser.add_argument("gold", metavar="GOLD", help=help_text("gold", lang))
    parser.add_argument("--raw", metavar="FILE", help=help_text("raw", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_export(parser: Parser, lang: Language) -> None:
    parser.add_argument("inputs", nargs="+", metavar="OUT", help=help_text("export-input", lang))
    parser.add_argument("--to", required=True, metavar="FORMAT", help=help_text("export-to", lang))
    parser.add_argument("-o", "--output", metavar="TARGET", help=help_text("export-output", lang))
    parser.add_argument("--set", action="append", metavar="FIELD=VALUE", help=help_text("export-set", lang))
    parser.add_argument("--originals", metavar="FOLDER", help=help_text("export-originals", lang))
    parser.add_argument(
        "--overwrite", action="store_const", const=True, help=help_text("export-overwrite", lang)
    )


def _add_review(parser: Parser, lang: Language) -> None:
    parser.add_argument("out", metavar="OUT", help=help_text("review-out", lang))
    parser.add_argument("--originals", metavar="FOLDER", help=help_text("originals", lang))
    _add_dictionary(parser, lang)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help=help_text("host", lang))
    parser.add_argument("--port", type=int, default=0, metavar="N", help=help_text("port", lang))
    parser.add_argument("--no-browser", action="store_true", help=help_text("no-browser", lang))


def _add_search(parser: Parser, lang: Language) -> None:
    parser.epilog = help_text("search-language", lang)
    parser.add_argument("out", metavar="OUT", help=help_text("search-out", lang))
    parser.add_argument("query", nargs="*", metavar="QUERY", help=help_text("search-query", lang))
    parser.add_argument(
        "--type", dest="types", action="append", metavar="TYPE", help=help_text("search-type", lang)
    )
    parser.add_argument("--issuer", default="", metavar="TEXT", help=help_text("search-issuer", lang))
    parser.add_argument("--number", default="", metavar="NUMBER", help=help_text("search-number", lang))
    parser.add_argument(
        "--from", dest="since", default="", metavar="DATE", help=help_text("search-from", lang)
    )
    parser.add_argument("--to", dest="until", default="", metavar="DATE", help=help_text("search-to", lang))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=help_text("search-limit", lang))
    parser.add_argument("--offset", type=int, default=0, metavar="N", help=help_text("search-offset", lang))
    parser.add_argument("--thorough", action="store_true", help=help_text("search-thorough", lang))
    parser.add_argument("--no-update", action="store_true", help=help_text("search-no-update", lang))
    parser.add_argument("--full-update", action="store_true", help=help_text("search-full-update", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_status(parser: Parser, lang: Language) -> None:
    parser.add_argument("out", metavar="OUT", help=help_text("status-out", lang))
    parser.add_argument("--pages", dest="pages_of", metavar="DOCUMENT", help=help_text("status-pages", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_doctor(parser: Parser, lang: Language) -> None:
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


def _add_bench(parser: Parser, lang: Language) -> None:
    parser.add_argument(
        "folder",
        nargs="*",
        metavar="[ablation|peers|confidence|speed|batch|workers|faults|scans|scan-parts|structure|diff|search|ledger] FOLDER",
        help=help_text("bench-folder", lang),
    )
    parser.add_argument("--documents", type=int, metavar="N", help=help_text("bench-documents", lang))
    parser.add_argument("--characters", type=int, metavar="N", help=help_text("bench-characters", lang))
    parser.add_argument("--index-only", action="store_true", help=help_text("bench-index-only", lang))
    parser.add_argument("--repeats", type=int, metavar="N", help=help_text("bench-repeats", lang))
    parser.add_argument("--words", type=int, metavar="N", help=help_text("bench-words", lang))
    parser.add_argument("--moments", type=int, metavar="N", help=help_text("bench-moments", lang))
    parser.add_argument("--ocrmypdf", metavar="PROGRAM", help=help_text("ocrmypdf", lang))
    parser.add_argument("--json", action="store_true", help=help_text("json", lang))


_ADD = {
    "run": _add_run,
    "watch": _add_watch,
    "text": _add_text,
    "explain": _add_explain,
    "parse": _add_parse,
    "diff": _add_diff,
    "evaluate": _add_evaluate,
    "export": _add_export,
    "review": _add_review,
    "search": _add_search,
    "status": _add_status,
    "doctor": _add_doctor,
    "bench": _add_bench,
}
