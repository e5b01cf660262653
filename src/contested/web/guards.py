"""What keeps other people and other pages out: each guard refuses one kind of request, and can be tested alone.

The app answers on this machine only. That is not enough: any page open in the same browser can send requests to it, and
a name on the internet can be made to point here (DNS rebinding). So every request must name this host, carry the
session's token, and, when it changes something, come from our own pages.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "contested_session"
TOKEN_FIELD = "token"
MOST_BODY_BYTES = 64 * 1024  # a review form holds a few hundred bytes; a reason, at most a page
MOST_QUERY_BYTES = 8 * 1024

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer, browsers say “null” for the origin of our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard(StrEnum):
    """The guards, in the order in which they are asked."""

    SIZE = "size"
    HOST = "host"
    TOKEN = "token"
    ORIGIN = "origin"
    HEADERS = "headers"


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the app: the token that its pages carry, and the names that it answers to (`localhost:8017`)."""

    token: str
    hosts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused, with the status of the answer."""

    status: int
    reason: str


class Guarded:
    """The app behind its guards. `guards` is for tests that show what each of them stops."""

    def __init__(self, app: ASGIApp, session: Session, guards: frozenset[Guard] = frozenset(Guard)) -> None:
        self._app, self._session, self._guards = app, session, guards

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            return
        answer = _with_headers(send) if Guard.HEADERS in self._guards else send
        for guard, refuses in _REFUSES.items():
            refusal = refuses(scope, self._session) if guard in self._guards else None
            if refusal is not None:
                await _refuse(refusal, answer)
                return
        body = _bounded(receive) if Guard.SIZE in self._guards else receive
        await self._app(scope, body, answer)


def _size(scope: Scope, _: Session) -> Refusal | None:
    length = _header(scope, "content-length")
    if length and (not length.isdigit() or int(length) > MOST_BODY_BYTES):
        return Refusal(413, f"more than {MOST_BODY_BYTES} bytes")
    if len(scope.get("query_string", b"")) > MOST_QUERY_BYTES:
        return Refusal(414, f"an address longer than {MOST_QUERY_BYTES} bytes")
    return None


def _host(scope: Scope, session: Session) -> Refusal | None:
    if _header(scope, "host") in session.hosts:
        return None
    return Refusal(421, "this app answers to its own name only; open the address that `contested serve` printed")


def _token(scope: Scope, session: Session) -> Refusal | None:
    """The first visit brings the token in the address, every later one in a cookie that no script can read."""
    given = _cookie(scope)
    if scope["path"] == "/" and not given:
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(TOKEN_FIELD, [""])[0]
    if hmac.compare_digest(given.encode(), session.token.encode()):
        return None
    return Refusal(403, "open the whole address that `contested serve` printed, with its token")


def _origin(scope: Scope, session: Session) -> Refusal | None:
    """A request that changes something comes from a page of ours: browsers say so, and no other page can."""
    if scope["method"] in ("GET", "HEAD"):
        return None
    origin, site = _header(scope, "origin"), _header(scope, "sec-fetch-site")
    if origin in {f"http://{host}" for host in session.hosts} and site in ("", "same-origin"):
        return None
    return Refusal(403, "this came from another page")


_REFUSES: dict[Guard, Callable[[Scope, Session], Refusal | None]] = {
    Guard.SIZE: _size,
    Guard.HOST: _host,
    Guard.TOKEN: _token,
    Guard.ORIGIN: _origin,
}


def _header(scope: Scope, name: str) -> str:
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), "")


def _cookie(scope: Scope) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(_header(scope, "cookie"))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
            others = [(k, v) for k, v in message.get("headers", []) if k.decode().lower() not in HEADERS]
            message = {**message, "headers": [*others, *ours]}
        await send(message)

    return sending


def _bounded(receive: Receive) -> Receive:
    """A body without a stated length is cut off where it grows too long."""
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            return {"type": "http.disconnect"}
        return message

    return receiving


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = f"contested: {refusal.reason}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
