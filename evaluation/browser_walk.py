"""Walks every page of `contested serve` in Debian's Chromium, and a whole review: correct, undo, read again, kept.

    python -m evaluation.browser_walk                          # a store made from the shipped examples
    python -m evaluation.browser_walk --incidents 20000 [--store FILE]
    … --shots FOLDER                                           # a screenshot of each page, wide and narrow

The server is a process of its own, as a user starts it. Each page is opened, checked by axe-core (WCAG 2.2 AA), at 360
pixels looked at for sideways scrolling, and asked for `TIMES` times without a browser: milliseconds by the clock, and
of the server's processor time, which counts when the machine is busy with something else. Chromium writes its own log
of everything that is asked of the network; a page that asks another host than this machine fails the walk. Exits with 1
when anything fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from contested.store import open_store
from contested.types import Claims, Event

ROOT = Path(__file__).parent.parent
AXE = ROOT / "tests" / "web" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TIMES = 5
MOST_MS = 300  # median server time of a page
LOCAL = "127.0.0.1"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
REVIEWER = "walker"
# What Chromium asks of its maker for itself, whatever page is open (updates, accounts, forms, the time): led to this
# machine or switched off as far as flags do, so that its log holds little but what pages ask for.
QUIET = (
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints",
    f"--gaia-url=http://{LOCAL}:1",
    f"--component-updater=url-source=http://{LOCAL}:1",
)
_PATIENCE_MS = 180_000  # a busy machine makes a page wait; how long the server works is measured apart
_MADE = 1.55  # linking joins a third of the synthetic ones, told in words of one pattern (24,000 gave 16,663)
_READY_S = 1800  # a store of 20,000 incidents works its lists out first, on a busy machine for minutes


@dataclass
class Findings:
    """What the walk found: complaints fail it, times are judged by their median."""

    complaints: list[str] = field(default_factory=list)
    clock_ms: list[float] = field(default_factory=list)
    processor_ms: list[float] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    browser_hosts: set[str] = field(default_factory=set)


def find_chromium() -> str | None:
    """Return where Debian's Chromium is, None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def main() -> None:
    """Print a line a page, and at the end what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=0, help="a synthetic store of about so many, not the examples")
    parser.add_argument("--store", type=Path, help="where it is kept, used again when it is there")
    parser.add_argument("--shots", type=Path, help="folder for screenshots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "walked.db"
        if not store.exists():
            make_store(store, options.incidents)
        findings = walk(store, shots=options.shots)
    clock, processor = statistics.median(findings.clock_ms), statistics.median(findings.processor_ms)
    print(f"median of the pages: {clock:.0f} ms by the clock, {processor:.0f} ms of processor time")
    print(f"hosts that pages asked, in Chromium's log of the network: {', '.join(sorted(findings.hosts))}")
    print(f"hosts that Chromium asked for itself: {', '.join(sorted(findings.browser_hosts - {LOCAL})) or 'none'}")
    print("\n".join(findings.complaints) or "nothing failed")
    sys.exit(bool(findings.complaints))


_LONG_NAME = "reports-in-a-folder-whose-name-has-no-place-to-break-" + "x" * 60  # pages show where a report came from


def make_store(path: Path, incidents: int = 0) -> None:
    """Make a store: of the shipped examples, or of so many synthetic incidents."""
    if incidents:
        from evaluation.web_scale import fill

        fill(path, round(incidents * _MADE))
        return
    reports = path.parent / _LONG_NAME
    shutil.copytree(ROOT / "examples" / "reports", reports)
    command = [
        sys.executable,
        "-m",
        "contested.cli.main",
        "add",
        str(reports),
        "--store",
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)


def walk(store: Path, *, shots: Path | None = None, times: int = TIMES) -> Findings:
    """Walk all pages of a store and one review, and return what was found."""
    from playwright.sync_api import ViewportSize, sync_playwright

    findings = Findings()
    with tempfile.TemporaryDirectory() as folder, served(store) as (server, address):
        log = Path(folder) / "net.json"
        with sync_playwright() as play:
            arguments = ["--no-sandbox", f"--log-net-log={log}", *QUIET]
            browser = play.chromium.launch(executable_path=find_chromium(), args=arguments)
            page = browser.new_context(
                viewport=ViewportSize(width=WIDE["width"], height=WIDE["height"]), reduced_motion="reduce"
            ).new_page()
            page.set_default_timeout(_PATIENCE_MS)
            page.on("pageerror", lambda error: findings.complaints.append(f"{page.url}: {error}"))
            page.goto(address)
            for where in pages_of(store):
                _look_at(page, address, where, findings, shots)
                _time(server, address, where, findings, times)
            _review(page, address, store, findings, shots)
            browser.close()
        findings.hosts, findings.browser_hosts = hosts_in(log)
    strangers = findings.hosts - {LOCAL}
    findings.complaints += [f"a page spoke to {host}" for host in sorted(strangers)]
    if times and (median := statistics.median(findings.processor_ms)) >= MOST_MS:
        findings.complaints.append(f"the median page takes {median:.0f} ms of processor time")
    return findings


@contextmanager
def served(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server of the store, and the address that it printed."""
    command = [sys.executable, "-u", "-m", "contested.cli.main", "serve", "--store", str(store)]
    command += ["--port", "0", "--no-browser"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    try:
        begun = time.monotonic()
        address = ""
        while not address and time.monotonic() - begun < _READY_S:
            line = running.stderr.readline()
            if not line:
                raise RuntimeError("the server ended before it was ready")
            address = line.strip() if "token=" in line else ""
        yield running, address
    finally:
        running.terminate()
        running.wait(60)
        running.stderr.close()


def pages_of(store: Path) -> list[str]:
    """Return the addresses of every kind of page, with a report and an incident of this store."""
    with open_store(store) as held:
        document = next(held.documents()).document.id
        rows = held.computed()[1]
    incidents = [json.loads(content) for kind, content in rows if kind == "incident"]
    widest = max(incidents, key=lambda row: row["reports"])
    place = next((row["place"] for row in incidents if row["place"]), "")
    return [
        "/",
        "/incidents",
        "/incidents?contested=1&order=killed",
        f"/incidents?place={quote(place)}",
        "/incidents?view=map",
        "/incidents?view=timeline",
        "/incidents?page=9999",
        f"/incidents/{widest['id']}",
        f"/incidents/{incidents[-1]['id']}",
        "/incidents/none",
        f"/report?id={quote(document)}",
        "/control",
        f"/control?place={quote(place)}&day=2021-02-01",
        "/actors",
        "/actors?q=force",
        "/sources",
        "/runs",
        "/review",
        "/review?kind=dispute",
        "/review?kind=pair",
        "/review?kind=event",
        "/review/keys",
    ]


def _look_at(page: Any, address: str, where: str, findings: Findings, shots: Path | None) -> None:
    answer = page.goto(_base(address) + where)
    if answer.status != (404 if where.endswith("/none") else 200):
        findings.complaints.append(f"{where}: status {answer.status}")
    _check(page, where, findings, shots)


_number = count(1)


def _check(page: Any, where: str, findings: Findings, shots: Path | None) -> None:
    """Check the page that is open: axe-core, sideways scrolling on a narrow screen, pictures."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate('rules => axe.run({runOnly: rules, resultTypes: ["violations"]})', RULES)
    for violation in found["violations"]:
        first = violation["nodes"][0]["html"][:160]
        findings.complaints.append(
            f"{where}: axe {violation['id']} at {len(violation['nodes'])} places, such as {first}"
        )
    name = f"{next(_number):02}-{''.join(c if c.isalnum() else '-' for c in where)[:50]}"
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=shots / f"{name}.png")
    page.set_viewport_size(NARROW)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        findings.complaints.append(f"{where}: scrolls sideways by {wider} pixels at {NARROW['width']}")
    if shots:
        page.screenshot(path=shots / f"{name}-narrow.png")
    page.set_viewport_size(WIDE)


def _time(server: subprocess.Popen[str], address: str, where: str, findings: Findings, times: int) -> None:
    if not times or where.endswith("/none"):
        return
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.open(address).read()
    clock, processor = [], []
    for _ in range(times):
        begun, worked = time.perf_counter(), _processor_s(server.pid)
        size = len(opener.open(_base(address) + where).read())
        clock.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (_processor_s(server.pid) - worked))
    findings.clock_ms.append(statistics.median(clock))
    findings.processor_ms.append(statistics.mean(processor))  # the kernel counts in steps of 10 ms
    print(
        f"{findings.clock_ms[-1]:7.0f} ms {findings.processor_ms[-1]:7.0f} processor {size / 1e3:9.0f} kB  {where}",
        flush=True,
    )


def _processor_s(pid: int) -> float:
    """Return how many seconds a process has worked, all threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _base(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _review(page: Any, address: str, store: Path, findings: Findings, shots: Path | None) -> None:
    """Correct an event's status, take it back, correct it again, read the report again: the correction must stand."""
    claims, event = _first_event(store)
    document = claims.document.id
    page.goto(f"{_base(address)}/report?id={quote(document)}")
    page.get_by_role("link", name="check this").first.click()
    name = page.locator("input[name=reviewer]")
    name.fill(REVIEWER)
    name.press("Enter")
    page.wait_for_selector(".doing .fix")
    was = event.status.value
    wanted = "hypothetical" if was != "hypothetical" else "negated"

    def status() -> str:
        with open_store(store) as held:
            read = next(iter(held.claims_of([document])))
        return next(e for e in read.events if e.mentions[0].trigger == event.mentions[0].trigger).status.value

    def expect(value: str, when: str) -> None:
        if status() != value:
            findings.complaints.append(f"review: {when}, the store says {status()}, not {value}")

    def correct() -> None:
        row = page.locator("[data-row]", has=page.locator("th", has_text="status")).first
        row.locator("summary").click()
        row.locator("select[name=value]").select_option(wanted)
        row.locator("button", has_text="Keep").click()
        page.wait_for_selector(f"text=corrected by {REVIEWER}")
        page.wait_for_load_state()  # before its scripts have run, a page hears no key

    correct()
    expect(wanted, "after a correction")
    _check(page, "a correction", findings, shots)
    page.keyboard.press("z")
    page.wait_for_selector("[data-row] .checked", state="detached")
    expect(was, "after an undo")
    correct()
    _read_again(store, claims)
    page.goto(f"{_base(address)}/report?id={quote(document)}")
    if not page.locator("text=another-reader").count() or not page.locator(f"text=corrected by {REVIEWER}").count():
        findings.complaints.append("review: the page does not show the later reading with the correction")
    expect(wanted, "after another model read the report again")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")  # forms that add
    _check(page, "a corrected report, read again", findings, shots)


def _first_event(store: Path) -> tuple[Claims, Event]:
    """Return the first report that tells of an event, as the model read it, and its first event in text order."""
    with open_store(store) as held:
        claims = next(c for c in held.claims(decided=False) if c.events)
    return claims, min(claims.events, key=lambda e: e.mentions[0].trigger)


def _read_again(store: Path, claims: Claims) -> None:
    with open_store(store) as held:
        run = held.begin_run(settings="{}", code="walk", at=datetime.now(UTC))
        held.add([replace(claims, model="another-reader")], run=run, again=True)
        held.end_run(run, datetime.now(UTC))


def hosts_in(log: Path) -> tuple[set[str], set[str]]:
    """Return the hosts that pages made Chromium ask, and those it asked for itself, from its own log of the network.

    A page's request names the page's origin as its initiator, or loads a frame; what the browser asks of its maker
    (updates, accounts, hints) names none, whatever page is open.
    """
    pages: set[str] = set()
    own: set[str] = set()
    for event in json.loads(log.read_text(encoding="utf-8"))["events"]:
        params = event.get("params") or {}
        host = urlsplit(str(params.get("url", ""))).hostname
        if "initiator" in params and host and str(params["url"]).startswith(("http", "ws")):
            is_page = params["initiator"] != "not an origin" or params.get("request_type") in ("main frame", "subframe")
            (pages if is_page else own).add(host)
    return pages, own - pages


if __name__ == "__main__":
    main()
