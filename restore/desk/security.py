"""Who may speak to the desk: whoever knows the token in the address, from a page of the desk itself.

token        the first part of every path; compared in constant time; without it everything is "not found"
host         the name in the request must be this machine's: another site's name that leads here is refused
origin       what changes something must come from a page of the desk (Origin, Sec-Fetch-Site) and be JSON, which no form of
another site can send
answers      a policy that lets the pages load nothing but the desk's own files, no framing, no referrer with the token
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page of the batch is one file: its style and script are in it, and it may load nothing at all.
FILE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts"
)
MOST_BODY = 64 * 1024  # bytes of a decision: a field's value is the longest thing that anybody types
_READING = ("GET", "HEAD")


class Guard:
    """The one door: refuses what has not the token, and hands on the rest with the token taken off its path."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: Collection[str] | None) -> None:
        """Name the token and the hosts.

        Args:
            app: what is behind the door.
            token: the first part of every path.
            hosts: names and addresses of this machine under which the desk may be called; None for any.
        """
        self._app = app
        self._token = token
        self._hosts = None if hosts is None else frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_policy(send, "no-store"))
            return
        root = f"/{self._token}"
        scope = dict(scope, root_path=scope.get("root_path", "") + root)
        # The desk's own files carry an ETag and hold nothing of the documents: they may be kept, and asked whether they changed.
        keep = "no-cache" if scope["path"].startswith(f"{root}/static/") else "no-store"
        try:
            await self._app(scope, _limited(receive), _with_policy(send, keep))
        except _TooLong:
            refusal = JSONResponse({"error": "too long"}, status_code=413)
            await refusal(scope, receive, _with_policy(send, "no-store"))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = _host(f"//{headers.get('host', '')}")
        first = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
        known = self._hosts is None or host in self._hosts
        if not known or not hmac.compare_digest(first.encode(), self._token.encode()):
            return JSONResponse({"error": "not found"}, status_code=404)
        if scope["method"] in _READING:
            return None
        if scope["method"] != "POST":
            return JSONResponse({"error": "method not allowed"}, status_code=405)
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != headers.get("host"):
            return JSONResponse({"error": "another origin"}, status_code=403)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return JSONResponse({"error": "another site"}, status_code=403)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return JSONResponse({"error": "JSON only"}, status_code=415)
        if (
            not headers.get("content-length", "0").isdecimal()
            or int(headers.get("content-length", "0")) > MOST_BODY
        ):
            return JSONResponse({"error": "too long"}, status_code=413)
        return None


class _TooLong(BaseException):
    """A body longer than it may be; nothing between the reading of it and the door takes it for an error of its own."""


def _host(address: str) -> str:
    """The name of a machine in an address; empty where it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _limited(receive: Receive) -> Receive:
    """The body up to its limit, whatever its length was said to be."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BODY:
            raise _TooLong
        return message

    return limited


def _with_policy(send: Send, keep: str) -> Send:
    async def with_policy(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", POLICY)
            headers.setdefault("x-content-type-options", "nosniff")
            headers.setdefault("referrer-policy", "no-referrer")
            headers.setdefault("cross-origin-resource-policy", "same-origin")
            headers.setdefault("cross-origin-opener-policy", "same-origin")
            headers.setdefault("cache-control", keep)
        await send(message)

    return with_policy
