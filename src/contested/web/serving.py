"""Serves the app on this machine until it is told to stop."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

import uvicorn

from contested.errors import InputError
from contested.store import Store
from contested.web.app import make_app
from contested.web.desk import Desk
from contested.web.guards import TOKEN_FIELD, Session

LOCAL = "127.0.0.1"  # never another: what a store holds can harm people, and there is no login here
_TOKEN_BYTES = 32


def open_port(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone; with port 0, on any that is free.

    Raises:
        InputError: when the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOCAL, port))
        listening.listen()  # from now on a browser that comes early waits instead of being refused
    except OSError as error:
        listening.close()
        raise InputError(f"port {port} cannot be used ({error.strerror}); --port 0 takes a free one") from error
    return listening


def make_session(port: int) -> Session:
    """Return a session with a new token that answers to this machine's names."""
    return Session(secrets.token_urlsafe(_TOKEN_BYTES), frozenset({f"{LOCAL}:{port}", f"localhost:{port}"}))


def serve(
    open_store: Callable[[], Store],
    listening: socket.socket,
    *,
    reviewer: str = "",
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a store until the process is interrupted.

    Args:
        open_store: opens the store, once for each request.
        listening: where; from `open_port`.
        reviewer: under which name decisions are made when a browser has said none.
        ready: called with the address to open, once the lists are worked out.
    """
    port = listening.getsockname()[1]
    session = make_session(port)
    desk = Desk(open_store)
    desk.prepare()
    # no access log: it would keep what somebody looked at
    config = uvicorn.Config(
        make_app(desk, session, reviewer=reviewer),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        proxy_headers=False,
    )
    ready(f"http://{LOCAL}:{port}/?{TOKEN_FIELD}={session.token}")
    uvicorn.Server(config).run(sockets=[listening])
