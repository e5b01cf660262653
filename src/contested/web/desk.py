"""What the app has at hand between requests: how to open the store, and the board, worked out anew when it is stale."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from markupsafe import Markup

from contested.errors import InputError
from contested.store import Store
from contested.web.board import Board, compute_board
from contested.web.keeping import keep_board, load_board
from contested.web.pages import AppLinks, embed, incident_forms
from contested.web.rows import IncidentRow

LINKS = AppLinks()
# Reports up to which the lists are worked out anew within the request that finds them stale: about a second.
AT_ONCE_REPORTS = 150


def _keep(store: Store, board: Board) -> None:
    with suppress(InputError):  # a reader of a team may not; then the board is worked out again next time
        keep_board(store, board)


class Desk:
    """Opens a store for each request (no connection is shared between threads) and holds one board for all of them."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open = open_store
        self._lock = threading.Lock()
        self._board = Board()
        self._is_computing = False
        self._written: tuple[Board, dict[str, str]] = (self._board, {})

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give the store for the length of one request."""
        with self._open() as store:
            yield store

    def prepare(self, *, keep: bool = True) -> Board:
        """Return a board that is as the store is: the kept one, or a new one, which is kept."""
        with self._lock, self._open() as store:
            board = load_board(store)
            if board is None or board.state != store.state():
                board = compute_board(store)
                if keep:
                    _keep(store, board)
            self._board = board
            return board

    def hold(self, board: Board) -> None:
        """Hold a board that was worked out elsewhere."""
        self._board = board

    def board(self, store: Store) -> tuple[Board, bool]:
        """Return the board, and whether the store has grown since: small ones are worked out anew first."""
        if self._board.state == store.state():
            return self._board, False
        if len(self._board.reports) <= AT_ONCE_REPORTS:
            return self.prepare(), False
        return self._board, True

    def drawn(self, board: Board, rows: Sequence[IncidentRow]) -> Markup:
        """Return what the map and the timeline draw, as JSON for a page. Each row is written once for each board."""
        if self._written[0] is not board:
            self._written = (board, {})
        written = self._written[1]
        for row in rows:
            if row.id not in written:
                (form,) = incident_forms([row], LINKS)
                written[row.id] = embed(form)
        return Markup(f"[{','.join(written[row.id] for row in rows)}]")

    def refresh(self) -> None:
        """Begin to work the board out anew, beside the requests, unless that is under way."""
        with self._lock:
            if self._is_computing:
                return
            self._is_computing = True
        threading.Thread(target=self._recompute, daemon=True).start()

    def _recompute(self) -> None:
        try:
            with self._open() as store:
                board = compute_board(store)
                _keep(store, board)
            self._board = board
        finally:
            self._is_computing = False

    @property
    def is_computing(self) -> bool:
        """Whether the board is being worked out anew."""
        return self._is_computing
