"""The report opened from a file in Chromium: filter, map and timeline by keyboard, narrow, no program, no request."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contested.export import ExportView, Options, ReportList
from contested.web.report import write_report
from tests.web.conftest import held, post, raid

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARABIC = "قال شاهد إن الطائرات قصفت المخبز."


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    view = ExportView.of(ReportList([raid(), post(), held()]), Options(code="1.0"))
    written = write_report(view, title=f"A week in May – {ARABIC}", made=datetime(2024, 6, 1, tzinfo=UTC))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(written.html, encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def context(browser):
    return browser.new_context()


@pytest.fixture
def open_report(browser, context, address):
    """Opens the report; afterwards nothing was asked for but the file, and no program complained."""
    pages, asked, complaints = [], [], []

    def opened(fragment: str = "", *, program: bool = True):
        page = (context if program else browser.new_context(java_script_enabled=False)).new_page()
        pages.append(page)
        page.set_viewport_size({"width": 1100, "height": 800})
        page.on("request", lambda r: asked.append(r.url))
        page.on("console", lambda m: complaints.append(m.text))
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.goto(address + fragment)
        return page

    yield opened
    for page in pages:
        page.close()
    assert all(url.startswith(("file:", "blob:")) for url in asked)
    assert complaints == []


def shown(page) -> int:
    return page.locator("#incidents tbody tr:visible").count()


def test_one_filter_moves_table_sheets_map_timeline_and_address(open_report):
    page = open_report()
    every = shown(page)
    page.get_by_label("contested only").check()
    page.wait_for_url("**#contested=1")
    few = shown(page)
    assert 0 < few < every
    assert page.locator("article:visible").count() == few
    assert page.locator("#found").inner_text() == f"Showing {few} of {every} incidents."
    assert page.locator("[data-count=incidents]").inner_text() == f"{few} of {every}"
    drawn = page.locator("#map .map-mark").count()
    assert page.locator("[data-count=map]").inner_text().startswith(f"{few} incidents at {drawn} place")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("() => !location.hash")
    assert shown(page) == every


def test_a_permalink_shows_what_it_was_made_from(open_report):
    page = open_report("#contested=1&q=raid&order=oldest")
    assert page.get_by_label("contested only").is_checked()
    assert page.get_by_label("Words").input_value() == "raid"
    assert page.get_by_label("Order").input_value() == "oldest"
    assert shown(page) < page.locator("#incidents tbody tr").count()


def test_a_link_to_an_incident_shows_it_also_when_the_filter_hides_it(open_report):
    page = open_report("#q=nothing+has+these+words")
    assert shown(page) == 0
    assert page.locator("#nothing").is_visible()
    target = page.locator("article").first.get_attribute("id")
    page.evaluate("(id) => { location.hash = id; }", target)
    page.locator(f"#{target}").wait_for(state="visible")


def test_the_map_is_worked_by_keys_alone(open_report):
    page = open_report()
    page.locator("#map .map-mark[tabindex='0']").focus()
    page.keyboard.press("Enter")
    items = page.locator("#map .map-list li a")
    assert items.count() > 0
    assert page.locator("#map .map-list").get_attribute("aria-live") == "polite"
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.classList.contains('map-mark')")
    assert "incident" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_coincident_incidents_are_all_listed(open_report):
    page = open_report()
    mark = page.locator("#map .map-mark").first
    number = int(mark.locator(".map-number").text_content())
    mark.click()
    assert page.locator("#map .map-list li").count() == number > 1


def test_a_column_of_the_timeline_puts_its_days_into_the_filter(open_report):
    page = open_report()
    page.locator("#timeline .time-column[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**since=*")
    assert page.locator("input[name=since]").input_value()
    assert 0 < shown(page) < page.locator("#incidents tbody tr").count()


def test_the_hash_is_checked_in_the_page(open_report):
    page = open_report()
    page.get_by_role("button", name="Check").click()
    page.get_by_text("✓ The data are as they were written.").wait_for()
    page.evaluate("() => { document.getElementById('data').textContent += ' '; }")
    page.get_by_role("button", name="Check").click()
    page.get_by_text("≠ The data were changed").wait_for()


def test_what_is_shown_can_be_saved_and_holds_no_formula(open_report):
    page = open_report("#contested=1")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the table").click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == shown(page) + 1
    assert not [cell for line in lines for cell in line.split(",") if cell.startswith(("=", "+", "@"))]


def test_without_a_program_everything_is_there_to_read(open_report):
    page = open_report(program=False)
    assert page.locator("#filter").is_hidden()
    assert page.locator("#map .map-mark").count() > 0
    assert page.locator("#timeline rect").count() > 0
    assert page.locator("article:visible").count() == page.locator("#incidents tbody tr:visible").count() > 1


def test_nothing_is_wider_than_a_narrow_screen(open_report):
    page = open_report()
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_quotes_run_the_way_their_script_does(open_report):
    page = open_report()
    page.evaluate("(words) => { document.querySelector('article q').textContent = words; }", ARABIC)
    direction = "getComputedStyle(document.querySelector('article q')).direction"
    assert page.evaluate(direction) == "rtl"


def test_the_policy_stops_what_somebody_put_in(open_report, address, browser):
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.got = 1'; document.body.append(s); }"
    )
    page.evaluate("() => { const i = new Image(); i.src = 'https://example.org/x.png'; document.body.append(i); }")
    assert page.evaluate("window.got") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 'went', () => 'stopped')") == "stopped"
    page.close()


@pytest.mark.parametrize(("colours", "width"), [("light", 1100), ("dark", 360)])
def test_axe_finds_nothing(open_report, colours, width):
    page = open_report()
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#map .map-mark").first.click()
    page.locator("summary").first.click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]] == []


def test_print_shows_the_incidents_and_hides_what_only_works_on_a_screen(open_report):
    page = open_report()
    page.emulate_media(media="print")
    assert page.locator("#filter").is_hidden()
    assert page.locator("nav.bar").is_hidden()
    assert page.locator("article").first.is_visible()
