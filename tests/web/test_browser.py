"""The pages in Debian's Chromium: each page walked, a whole review by keys, axe-core content, nobody else spoken to."""

from __future__ import annotations

import dataclasses
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from contested.incidents.account import account_id
from contested.store import open_store
from contested.types import EventType, Role, Span
from tests.web.conftest import NOW, POST, RAID, raid

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt-get install chromium)")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KILLED = RAID.index("killed")
CHECK_RAID = f"/review?entry=event-{account_id('raid', Span(KILLED, KILLED + 6))}&report=raid"
PAGES = [
    "/",
    "/incidents",
    "/incidents?view=map",
    "/incidents?view=timeline",
    "/report?id=raid",
    "/report?id=post",
    "/control",
    "/control?day=2024-05-13",
    "/actors",
    "/sources",
    "/runs",
    "/review",
    "/review?kind=pair",
    "/review/keys",
    CHECK_RAID,
    "/incidents/none",
]


@pytest.fixture
def address(path) -> Iterator[str]:
    """The address that `contested serve` would print, served for real."""
    import uvicorn

    from contested.web import serving

    listening = serving.open_port(0)
    servers: list[uvicorn.Server] = []
    shown: list[str] = []
    run = uvicorn.Server.run

    def running(self, sockets):
        servers.append(self)
        run(self, sockets)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uvicorn.Server, "run", running)
        patch.setattr(uvicorn.Server, "capture_signals", lambda self: _nothing())  # signals are the main thread's
        serve = threading.Thread(
            target=serving.serve,
            args=(lambda: open_store(path, create=False), listening),
            kwargs={"reviewer": "R1", "ready": shown.append},
        )
        serve.start()
        for _ in range(200):
            if servers and servers[0].started:
                break
            time.sleep(0.05)
        yield shown[0]
        servers[0].should_exit = True
        serve.join(20)
    listening.close()


class _nothing:  # noqa: N801  (a context manager written as a verb)
    def __enter__(self) -> None: ...

    def __exit__(self, *_) -> None: ...


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@dataclasses.dataclass
class Walk:
    page: object
    base: str
    hosts: set[str]
    complaints: list[str]

    def go(self, where: str) -> None:
        self.page.goto(self.base + where)


@pytest.fixture
def walk(browser, address) -> Iterator[Walk]:
    """A page that has come in by the printed address, with a log of whom it spoke to and what went wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    parts = urlsplit(address)
    walked = Walk(page, f"http://{parts.netloc}", set(), [])
    page.on("request", lambda request: walked.hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: walked.complaints.append(str(error)))
    page.on("console", lambda line: walked.complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    yield walked
    assert walked.hosts <= {parts.netloc}, "a page spoke to somebody else"
    context.close()


def test_every_page_opens_speaks_to_nobody_else_and_passes_axe(walk):
    walk.go("/incidents")
    incident = walk.page.locator("table.incidents tbody a").first.get_attribute("href")
    axe = AXE.read_text(encoding="utf-8")
    failed = {}
    for where in [*PAGES, incident]:
        walk.go(where)
        walk.page.evaluate(axe)
        found = walk.page.evaluate('rules => axe.run({runOnly: rules, resultTypes: ["violations"]})', RULES)
        for violation in found["violations"]:
            failed[where, violation["id"]] = [node["html"][:160] for node in violation["nodes"][:3]]
    assert failed == {}
    assert [c for c in walk.complaints if "404" not in c] == []
    assert walk.page.context.cookies()[0]["httpOnly"]


def test_colours_pass_axe_in_the_dark_and_on_a_narrow_screen(walk):
    walk.page.emulate_media(color_scheme="dark")
    walk.page.set_viewport_size({"width": 360, "height": 740})
    axe = AXE.read_text(encoding="utf-8")
    for where in ("/", "/incidents", "/report?id=raid", "/control", CHECK_RAID):
        walk.go(where)
        walk.page.evaluate(axe)
        found = walk.page.evaluate('rules => axe.run({runOnly: rules, resultTypes: ["violations"]})', RULES)
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found["violations"]] == [], where
        wider = walk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{where} scrolls sideways by {wider} pixels"


def test_reading_works_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    base = address.split("/?")[0]
    for where in PAGES[:-1]:
        page.goto(base + where)
        assert page.locator("main h1").count() == 1, where
    page.goto(base + "/incidents?view=map")
    assert page.locator("table.incidents tbody tr").count() > 0
    context.close()


def test_hovering_a_value_lights_its_words_and_back(walk):
    walk.go("/report?id=raid")
    link = walk.page.locator(".found a.value-link", has_text="at least 15 soldiers").first
    link.hover()
    words = walk.page.locator(".text mark.m-count").first
    assert "lit" in words.get_attribute("class")
    walk.page.locator("h1").hover()
    assert "lit" not in words.get_attribute("class")
    words.hover()
    assert "lit" in link.get_attribute("class")
    words.click()
    assert walk.page.evaluate("document.activeElement.dataset.m").startswith("count-")


def _wait_for(page, words):
    """Wait for what an answer shows, and until its scripts have run: before that no key is heard."""
    page.wait_for_selector(words)
    page.wait_for_load_state()


def test_a_whole_review_by_keys_alone(walk, path):
    page = walk.page
    walk.go(CHECK_RAID)
    row = page.locator("[data-row]", has_text="at least 15 soldiers")
    for _ in range(20):
        page.keyboard.press("j")
        if row.evaluate("row => row === document.activeElement"):
            break
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    _wait_for(page, "text=corrected by R1")
    assert _toll(path) == 12

    page.keyboard.press("z")
    page.wait_for_selector("[data-row] .checked", state="detached")
    assert _toll(path) == 15

    for _ in range(20):
        page.keyboard.press("j")
        if row.evaluate("row => row === document.activeElement"):
            break
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    _wait_for(page, "text=corrected by R1")
    later = raid("reader-2")
    events = tuple(dataclasses.replace(e, type=EventType.BATTLE) for e in later.events)
    with open_store(path) as store:
        run = store.begin_run(settings="{}", code="2", at=NOW)
        store.add([dataclasses.replace(later, events=events, disputes=())], run=run, again=True)
    walk.go("/report?id=raid")
    assert page.locator("text=reader-2").count() == 1
    assert page.locator("text=corrected by R1").count() >= 1
    assert _toll(path) == 11

    walk.go(CHECK_RAID)
    page.keyboard.press("a")
    page.wait_for_url(lambda url: "report=raid" not in url)
    assert walk.complaints == []


def test_selected_words_fill_the_form_that_adds_what_was_missed(walk, path):
    walk.go("/report?id=post")
    page = walk.page
    page.locator("#missed summary").click()
    page.evaluate(
        """() => {
          const nodes = [];
          const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const last = nodes.findLast((node) => node.data.includes("it added"));
          const at = last.data.indexOf("added");
          getSelection().setBaseAndExtent(last, at, last, at + 5);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-words]').value === 'added'")
    assert page.locator("#missed [data-near]").input_value() == str(POST.index("added"))
    page.locator("#missed select[name=type]").select_option("accuse")
    page.locator("#missed button").click()
    page.wait_for_url("**/review?entry=event-**")
    page.locator(".missed summary").click()
    page.locator(".card [data-words]").fill("The army")
    page.locator(".card select[name=role]").select_option("by")
    page.locator(".card .missed button").click()
    _wait_for(page, "[data-row]:has-text('The army') >> text=added by R1")
    with open_store(path) as store:
        event = next(iter(store.claims_of(["post"]))).events[-1]
    start = POST.index("added")
    assert (event.type, event.mentions[0].trigger) == (EventType.ACCUSE, Span(start, start + 5))
    assert event.arguments(Role.BY)[0].span == Span(0, 8)
    assert walk.complaints == []


def test_a_missed_saying_is_added_by_the_keyboard_alone_and_selected_words_go_where_the_cursor_was(walk, path):
    walk.go("/report?id=post")
    page = walk.page
    page.locator("#missed-saying summary").focus()
    page.keyboard.press("Enter")
    for written in ("added", "", "it", str(POST.index("it added")), "d"):  # what, near, who, near, “denies”
        page.keyboard.press("Tab")
        page.keyboard.type(written)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#missed-saying [type=checkbox]").first.is_checked()
    assert page.locator("#missed-saying select[name=stance]").input_value() == "denies"
    page.keyboard.press("Enter")
    _wait_for(page, ".sayings >> text=added by R1")
    with open_store(path) as store:
        said = next(iter(store.claims_of(["post"]))).claims[-1]
    start = POST.index("added")
    assert (said.cue, said.source) == (Span(start, start + 5), Span(start - 3, start - 1))
    page.locator("#missed-saying summary").click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate('rules => axe.run({runOnly: rules, resultTypes: ["violations"]})', RULES)
    assert found["violations"] == []
    page.locator("#missed-saying input[name=source]").focus()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text .m-actor'))")
    page.wait_for_function("document.querySelector('#missed-saying [name=source]').value !== ''")
    assert page.locator("#missed-saying input[name=words]").input_value() == ""
    assert walk.complaints == []


def test_keys_are_still_in_fields_and_can_be_switched_off(walk, path):
    walk.go(CHECK_RAID)
    walk.page.locator("input[name=reviewer]").focus()
    walk.page.keyboard.type("a")
    walk.page.locator("#keys-on").uncheck()
    walk.page.locator("main").focus()
    walk.page.keyboard.press("a")
    walk.page.keyboard.press("j")
    assert walk.page.evaluate("document.activeElement.id") == "main"
    with open_store(path) as store:
        assert store.decisions() == []
    walk.page.reload()
    assert not walk.page.locator("#keys-on").is_checked()


def _toll(path) -> float | None:
    with open_store(path) as store:
        claims = next(iter(store.claims_of(["raid"])))
    return claims.events[0].arguments(Role.KILLED)[0].amount.low
