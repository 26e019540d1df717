"""Serves the desk on this machine until it is stopped."""

from __future__ import annotations

import secrets
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from ipaddress import ip_address

import uvicorn

from restore.batch.changes import to_look_at
from restore.desk.app import build_app
from restore.desk.pictures import Pictures
from restore.desk.service import Desk
from restore.errors import OutputError
from restore.messages import Language
from restore.search.index import Index

LOOPBACK = "127.0.0.1"
_TOKEN_BYTES = 24


def serve(
    desk: Desk,
    pictures: Pictures,
    *,
    lang: Language,
    host: str = LOOPBACK,
    port: int = 0,
    on_ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C or SIGTERM, and write what is not written yet.

    Args:
        desk: what to serve.
        pictures: of the originals.
        lang: of the pages.
        host: the address to listen on; any other than this machine's own lets others in who know the token.
        port: 0 takes a free one.
        on_ready: called with the address to open, the token in it, when requests are answered.

    Raises:
        OutputError: the port is taken, or the address is none of this machine's.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with closing(_listening(host, port)) as listener, closing(desk):
        shown, number = _shown(host), listener.getsockname()[1]
        # Whoever lets other machines in cannot know under which names they call it: there the token alone decides.
        hosts = {"localhost", LOOPBACK, "::1", host} if is_loopback(host) else None
        app = build_app(desk, pictures, token=token, hosts=hosts, lang=lang)
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, lifespan="off")
        server = uvicorn.Server(config)
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{number}/{token}/"
        threading.Thread(target=_refresh, args=(Index(desk.out),), daemon=True).start()
        on_ready(address)
        # The server hands a signal on when it has ended, and this is how people end it: nothing was interrupted.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise OutputError("cannot-listen", host=host, port=port, reason=error.strerror or error) from error
    return listener


def _shown(host: str) -> str:
    """The address that people type: for "all addresses", the name of this machine."""
    try:
        return socket.gethostname() if ip_address(host).is_unspecified else host
    except ValueError:
        return host


def _refresh(index: Index) -> None:
    """Bring the search up to date while the first page is already shown."""
    try:
        changes = to_look_at(index.out, *index.known())
        index.update(only=changes.outputs, mark=changes.mark)
    except OutputError:
        return  # a folder that cannot be written can be reviewed by reading all the same; the search says so itself


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
