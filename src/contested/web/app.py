"""The local web app: which address shows which page. `views` works out what it shows; `guards` stand before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from contested.errors import ContestedError, InputError
from contested.incidents import Verdict
from contested.incidents.account import account_id
from contested.store import Store
from contested.types import Span, Target
from contested.web import outgoing, views
from contested.web.adding import ROLES, read_additions, view_additions
from contested.web.board import Board
from contested.web.desk import LINKS, Desk
from contested.web.guards import COOKIE, TOKEN_FIELD, Guard, Guarded, Session
from contested.web.pages import render
from contested.web.query import Display, Query, paginate, read_query
from contested.web.reporting import view_report
from contested.web.reviewing import read_decision, read_reviewer, read_span, recent_decisions, view_review

REVIEWER = "contested_reviewer"
MOST_FIELDS = 100  # a saying about each event of a long report; other forms have a dozen
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}
_STATIC = frozenset({"vendor"})  # the only folder in static/


class Pages:
    """Answers requests. One store a request; nothing is kept between requests but the board."""

    def __init__(self, desk: Desk, reviewer: str = "") -> None:
        self._desk, self._reviewer = desk, reviewer

    def routes(self) -> list[Route]:
        """Return which address is answered by what."""
        reading: dict[str, Callable[[Request, Store, Board], Response]] = {
            "/": self.overview,
            "/incidents": self.incidents,
            "/incidents.{form}": self.take_incidents,
            "/incidents/{id}": self.incident,
            "/report": self.report,
            "/control": self.control,
            "/actors": self.actors,
            "/sources": self.sources,
            "/runs": self.runs,
            "/review": self.review,
            "/review/keys": self.keys,
        }
        writing = {
            "/review/reviewer": self.name_reviewer,
            "/review/decide": self.decide,
            "/review/add": self.add,
            "/review/judge": self.judge,
            "/review/undo": self.undo,
            "/refresh": self.refresh,
        }
        return [
            *(Route(path, self._read(page), methods=["GET"]) for path, page in reading.items()),
            *(Route(path, self._write(page), methods=["POST"]) for path, page in writing.items()),
            Route("/static/{path:path}", static, methods=["GET"]),
        ]

    def _read(self, page: Callable[[Request, Store, Board], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            if request.url.path == "/" and TOKEN_FIELD in request.query_params:
                return _enter(request.query_params[TOKEN_FIELD])
            with self._desk.store() as store:
                board, is_stale = self._desk.board(store)
                request.state.is_stale = is_stale
                return page(request, store, board)

        return answer

    def _write(self, page: Callable[[Request, Store, Mapping[str, str]], Response]) -> Callable[[Request], Response]:
        async def answer(request: Request) -> Response:
            try:
                body = (await request.body()).decode("utf-8")
            except (ClientDisconnect, UnicodeDecodeError):
                return PlainTextResponse("expected a form\n", 400)
            try:
                form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
            except ValueError:
                return PlainTextResponse("expected a form with fewer fields\n", 400)
            try:
                with self._desk.store() as store:
                    return page(request, store, form)
            except ContestedError as error:
                return self._page("message.html", request, heading="That could not be kept", message=str(error))

        return answer  # type: ignore[return-value]  # Starlette takes both kinds

    def _page(self, template: str, request: Request, status: int = 200, **values: object) -> Response:
        here = request.url.path.strip("/").split("/")[0].split(".")[0] or "overview"
        shared = {
            "here": {"report": "sources"}.get(here, here),
            "is_stale": getattr(request.state, "is_stale", False),
            "is_computing": self._desk.is_computing,
            "reviewer": self._who(request),
            "address": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        }
        return HTMLResponse(render(template, LINKS, **shared, **values), status)

    def _who(self, request: Request) -> str:
        return read_reviewer(unquote(request.cookies.get(REVIEWER, ""))) or self._reviewer

    def _none(self, request: Request, what: str) -> Response:
        return self._page("message.html", request, 404, heading="Nothing here", message=f"The store has no {what}.")

    # Reading

    def overview(self, request: Request, store: Store, board: Board) -> Response:
        """Answer with the first page."""
        return self._page("overview.html", request, overview=views.view_overview(store, board))

    def incidents(self, request: Request, _: Store, board: Board) -> Response:
        """Answer with the incidents that the address asks for."""
        query = read_query(request.query_params)
        found = views.view_incidents(board, query)
        drawn = query.view is not Display.TABLE
        return self._page(
            "incidents.html",
            request,
            list=found,
            empty=Query(),
            data=self._desk.drawn(board, found.found) if drawn else "",
            page_address=lambda number: LINKS.incidents(query.address(page=number)),
        )

    def take_incidents(self, request: Request, _: Store, board: Board) -> Response:
        """Answer with exactly the incidents that the same address shows, as a file."""
        form = request.path_params["form"]
        if form not in outgoing.FORMS:
            return self._none(request, f"form {form}")
        found = views.view_incidents(board, read_query(request.query_params)).found
        media_type, write = outgoing.FORMS[form]
        headers = {"content-disposition": f'attachment; filename="incidents.{form}"'}
        return Response(write(found), media_type=media_type, headers=headers)

    def incident(self, request: Request, store: Store, board: Board) -> Response:
        """Answer with one incident."""
        asked = request.path_params["id"]
        row = board.incident(store.resolve_incident(asked))
        if row is None:
            return self._none(request, "incident of this id")
        if row.id != asked:
            return RedirectResponse(LINKS.incident(row.id), 307)
        shown = views.view_incident(store, board, row.id)
        judged = [j for j in store.judgements() if j.a in row.accounts or j.b in row.accounts]
        return self._page("incident.html", request, incident=shown, judgements=judged)

    def report(self, request: Request, store: Store, board: Board) -> Response:
        """Answer with one report, at the words that the address names."""
        version = store.document(request.query_params.get("id", ""))
        claims = next(iter(store.claims_of([version.key])), None) if version else None
        if version is None or claims is None:
            return self._none(request, "report of this id")
        at = request.query_params.get("at", "")
        spans = [s for part in at.split(",")[:50] if (s := _span_or_none(part)) is not None]
        shown = view_report(version, claims, store.decisions([version.key]), spans)
        incidents = {e.account: board.incident(e.account) for e in shown.events}
        additions = view_additions(claims)
        return self._page("report.html", request, report=shown, incidents=incidents, additions=additions)

    def control(self, request: Request, _: Store, board: Board) -> Response:
        """Answer with who is said to hold which place."""
        said = request.query_params
        place, day, known_on = said.get("place", "")[:200], _day(said.get("day", "")), _day(said.get("known_on", ""))
        places = views.view_control(board, place, day, known_on)
        page = paginate(places, _page_number(said), 20)
        return self._page(
            "control.html",
            request,
            page=page,
            place=place,
            day=day.isoformat() if day else "",
            known_on=known_on.isoformat() if known_on else "",
            page_address=_addresses(request),
        )

    def actors(self, request: Request, _: Store, board: Board) -> Response:
        """Answer with the actors."""
        asked = request.query_params.get("q", "")[:200]
        page = paginate(views.view_actors(board, asked), _page_number(request.query_params))
        return self._page("actors.html", request, page=page, q=asked, page_address=_addresses(request))

    def sources(self, request: Request, _: Store, board: Board) -> Response:
        """Answer with outlets and reports."""
        asked, publisher = (request.query_params.get(name, "")[:200] for name in ("q", "publisher"))
        page = paginate(views.view_reports(board, asked, publisher), _page_number(request.query_params))
        return self._page(
            "sources.html",
            request,
            page=page,
            publishers=views.view_publishers(board)[:40],
            q=asked,
            publisher=publisher,
            page_address=_addresses(request),
        )

    def runs(self, request: Request, store: Store, _: Board) -> Response:
        """Answer with the run log."""
        log = views.view_runs(store)
        page = paginate(log.failures, _page_number(request.query_params))
        return self._page("runs.html", request, runs=log.runs, page=page, page_address=_addresses(request))

    def review(self, request: Request, store: Store, board: Board) -> Response:
        """Answer with the piece of work that is asked for, or the next one."""
        asked, kind = request.query_params.get("entry", ""), request.query_params.get("kind", "")
        work = view_review(store, board, asked, kind, request.query_params.get("report", ""))
        row = board.incident(work.entry.incident) if work.entry else None
        recent = recent_decisions(store)
        return self._page("review.html", request, work=work, kind=kind, row=row, recent=recent, roles=ROLES)

    def keys(self, request: Request, _: Store, __: Board) -> Response:
        """Answer with the keys of the review."""
        return self._page("keys.html", request)

    # Writing

    def name_reviewer(self, _: Request, __: Store, form: Mapping[str, str]) -> Response:
        """Keep, in a cookie of this browser, under which name decisions are made."""
        answer = _back(form)
        name = quote(read_reviewer(form.get("reviewer", "")))
        answer.set_cookie(REVIEWER, name, httponly=True, samesite="strict")
        return answer

    def decide(self, request: Request, store: Store, form: Mapping[str, str]) -> Response:
        """Keep a decision on what was read."""
        store.decide(read_decision(form, self._who(request)), datetime.now(UTC))
        return _back(form)

    def add(self, request: Request, store: Store, form: Mapping[str, str]) -> Response:
        """Keep what a reviewer adds to a report, and lead to the event it is about."""
        version = store.document(form.get("document", ""))
        if version is None or version.key != form.get("document"):
            raise InputError("expected the key of a report in the store")
        added = read_additions(form, version.document.text, self._who(request))
        for decision in added:
            store.decide(decision, datetime.now(UTC))
        if added[0].target is not Target.EVENT:
            return _back(form)
        account = account_id(version.document.id, added[0].span)
        return RedirectResponse(LINKS.check(account, version.document.id), 303)

    def judge(self, request: Request, store: Store, form: Mapping[str, str]) -> Response:
        """Keep whether two accounts tell of one incident."""
        reviewer = self._who(request)
        if not reviewer:
            raise InputError("expected who decides: an id or pseudonym, got none")
        if form.get("verdict") not in set(Verdict):
            raise InputError("expected same, different or unsure")
        board, _ = self._desk.board(store)
        a, b = form.get("a", ""), form.get("b", "")
        if board.incident(a) is None or board.incident(b) is None:
            raise InputError("expected the ids of two accounts in the store")
        at, why = datetime.now(UTC), form.get("reason", "")[:500]
        store.judge(a, b, Verdict(form["verdict"]), reviewer=reviewer, at=at, reason=why)
        return _back(form)

    def undo(self, request: Request, store: Store, form: Mapping[str, str]) -> Response:
        """Take a decision back."""
        number = form.get("number", "")
        if not self._who(request) or not (number.isascii() and number.isdigit()):
            raise InputError("expected who takes which decision back")
        store.undo(int(number[:12]), reviewer=self._who(request), at=datetime.now(UTC))
        return _back(form)

    def refresh(self, _: Request, __: Store, form: Mapping[str, str]) -> Response:
        """Begin to work the lists out anew."""
        self._desk.refresh()
        return _back(form)


def make_app(
    desk: Desk, session: Session, *, reviewer: str = "", guards: frozenset[Guard] = frozenset(Guard)
) -> ASGIApp:
    """Return the app. Its board is worked out when first asked for; call `desk.prepare()` before, to have it at hand.

    Args:
        desk: the store and its board.
        session: the token and names that it answers to.
        reviewer: who decides, where a browser has not said.
        guards: all of them; tests leave one out.
    """
    pages = Pages(desk, reviewer)
    app = Starlette(routes=pages.routes(), exception_handlers={404: _not_found})
    return Guarded(app, session, guards)


def static(request: Request) -> Response:
    """Answer with a file of `static/`: one of a known kind, by its name alone, never by a path that leads out."""
    parts = request.path_params["path"].split("/")
    folder, name = parts[:-1], parts[-1]
    media_type = _TYPES.get(name[name.rfind(".") :])
    if media_type is None or len(folder) > 1 or not set(folder) <= _STATIC or "\\" in name or name.startswith("."):
        return PlainTextResponse("nothing here\n", 404)
    file = files("contested.web").joinpath("static", *folder, name)
    if not file.is_file():
        return PlainTextResponse("nothing here\n", 404)
    return Response(file.read_bytes(), media_type=media_type)


def _not_found(_: Request, __: Exception) -> Response:
    return PlainTextResponse("nothing here\n", 404)


def _enter(token: str) -> Response:
    """Put the token into a cookie, so that it stands in no address, no history and no screenshot."""
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return answer


def _back(form: Mapping[str, str]) -> RedirectResponse:
    """Lead back to a page of ours: only the part behind the host is taken from the form."""
    back = form.get("back", "/review")
    own = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/review"
    return RedirectResponse(own, 303)


def _addresses(request: Request) -> Callable[[int], str]:
    said = {k: v for k, v in request.query_params.items() if k != "page"}
    return lambda number: f"{request.url.path}?{urlencode({**said, 'page': number})}"


def _page_number(said: Mapping[str, str]) -> int:
    return read_query({"page": said.get("page", "")}).page


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _span_or_none(written: str) -> Span | None:
    try:
        return read_span(written)
    except ValueError:
        return None
