"""``restore review``: the desk in the browser."""

from __future__ import annotations

import webbrowser
from argparse import Namespace
from pathlib import Path

from restore.batch.ledger import LEDGER_FILE
from restore.cli.console import say, settings
from restore.errors import ExitCode, InputError, UsageError
from restore.messages import message


def review(options: Namespace) -> int:
    """Serve the results of a batch for review until Ctrl-C."""
    from restore.desk.pictures import Pictures
    from restore.desk.serve import is_loopback, serve
    from restore.desk.service import Desk

    config = settings(options)
    out = Path(options.out)
    if not (out / LEDGER_FILE).is_file():
        raise InputError("no-batch" if out.exists() else "missing-file", path=out)
    if not 0 <= options.port <= 65535:
        raise UsageError("bad-port", port=options.port)
    originals = Path(options.originals) if options.originals else None
    if originals is not None and not originals.is_dir():
        raise InputError("missing-file", path=originals)
    desk = Desk(
        out, dictionaries=[Path(name) for name in getattr(config, "dictionaries", ())], lang=config.lang
    )
    pictures = Pictures(out, originals=originals, max_megapixels=config.max_megapixels)
    if not is_loopback(options.host):
        say(message("others-let-in", config.lang, host=options.host))

    def on_ready(address: str) -> None:
        say(message("desk-ready", config.lang, address=address))
        if not options.no_browser:
            webbrowser.open(address)

    serve(
        desk, pictures, lang=config.lang, host=options.host, port=options.port, on_ready=on_ready
    )  # until it is stopped
    say(message("desk-closed", config.lang, path=out))
    return ExitCode.OK
