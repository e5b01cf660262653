"""The report in one file, without a browser: what it holds, what it withholds, and that nothing in it calls out."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from contested.export import ExportView, Options, ReportList
from contested.incidents import Cluster, Incident, incident_of
from contested.incidents.selection import Selection
from contested.types import ActorKind, EventType, Stance
from contested.web.report import MOST_BYTES, write_report
from tests.claims.reports import Report
from tests.incidents.accounts_made import account, actor, killed, outlet, place, speaker
from tests.incidents.accounts_made import day as on
from tests.web.conftest import SCRIPT, held, post, raid

MADE = datetime(2024, 6, 1, 9, 30, tzinfo=UTC)


def written(*reports, **options):
    view = ExportView.of(ReportList(reports or (raid(), post(), held())), Options(code="1.0", **options))
    return write_report(view, title="A week in May", made=MADE)


def block(html: str, name: str) -> str:
    return re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.S)[1]


class Page(HTMLParser):
    """Gathers the elements of a page and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_the_hash_is_that_of_the_data_and_the_counts_are_those_of_the_records():
    report = written()
    data = block(report.html, "data")
    records = json.loads(data)
    assert hashlib.sha256(data.encode()).hexdigest() == report.sha256
    assert report.sha256 in Page(report.html).text
    assert len(records["incidents"]) == report.incidents > 1
    assert sum(len(i["claims"]) for i in records["incidents"]) == report.statements > 5
    assert len(records["sources"]) == report.sources == 3


def test_the_same_view_gives_the_same_bytes():
    assert written().html == written().html


def test_it_is_read_without_any_program():
    text = Page(written().html).text
    for words in ("≥15 soldiers", "9 soldiers", "The army denied the raid.", "said to take it", "Sources 3 reports"):
        assert words in text


def test_every_claim_stands_with_who_makes_it_and_how():
    text = Page(written().html).text
    assert re.search(r"Army denies The army denied the raid\.", text)
    assert re.search(r"rebels says Rebels said on Sunday", text)
    assert "Nothing on it is stated as fact" in text
    assert "reported" in text


def test_every_incident_is_in_table_data_and_sheets():
    html = written().html
    data = {i["id"] for i in json.loads(block(html, "data"))["incidents"]}
    page = Page(html)
    rows = {a["data-id"] for tag, a in page.elements if tag == "tr" and "data-id" in a}
    sheets = {a["data-id"] for tag, a in page.elements if tag == "article"}
    assert rows == sheets == data


def test_links_stay_inside_the_file_and_arrive():
    page = Page(written().html)
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.elements:
        if "href" in attributes:
            assert attributes["href"].startswith("#"), (tag, attributes)
            assert attributes["href"][1:] in ids


def test_nothing_is_asked_of_anybody_and_nothing_runs_but_its_own_program():
    html = written().html
    page = Page(html)
    loading = {"src", "srcset", "action", "formaction", "poster", "background", "ping", "data"}
    for tag, attributes in page.elements:
        assert not loading & set(attributes), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)


def test_the_policy_admits_this_program_and_this_style_alone():
    html = written().html
    policy = next(a["content"] for _, a in Page(html).elements if a.get("http-equiv") == "Content-Security-Policy")
    program = re.findall(r"<script>(.*?)</script>", html, re.S)
    style = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert len(program) == len(style) == 1
    for kind, text in (("script-src", program[0]), ("style-src", style[0])):
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{hashed}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_reports_write_is_text_and_turns_no_direction():
    html = written().html
    assert SCRIPT not in html
    assert "alert(&#39;x&#39;)" in html
    assert "\u202e" not in html


def test_a_text_cannot_end_the_data_block():
    broken = dataclasses.replace(raid(), document=dataclasses.replace(raid().document, publisher="</script><b>x"))
    html = written(broken).html
    assert "</script><b>x" not in html
    assert json.loads(block(html, "data"))["sources"][0]["publisher"] == "</script><b>x"


def bereaved():
    report = Report("Soldiers killed Samir Qadri, 34, a baker, near Aleppo on Sunday. His mother said soldiers did it.")
    report.event(EventType.ATTACK, "killed", by="Soldiers", on="Samir Qadri", place="Aleppo", time="Sunday")
    report.said("His mother", "said", Stance.ASSERTS, "killed")
    report.actor(ActorKind.MILITARY, "Soldiers")
    report.actor(ActorKind.CIVILIANS, "Samir Qadri")
    claims = report.claims()
    framed = dataclasses.replace(
        claims.document, url="https://example.org/samir-qadri-34", headline_text="Baker Samir Qadri killed"
    )
    return dataclasses.replace(claims, document=framed)


def test_names_of_private_people_are_nowhere_in_the_file():
    html = written(bereaved()).html
    assert not re.search(r"samir|qadri", html, re.IGNORECASE)
    assert "█" in html
    assert "masked (█) where they were recognised: 1 name" in Page(html).text


def test_names_are_shown_where_they_are_asked_for_and_the_page_says_so():
    report = written(bereaved(), include_names=True)
    assert "Samir Qadri" in report.html
    assert "Names of private people are shown" in Page(report.html).text


def test_a_name_masked_in_one_report_is_masked_in_another_that_gives_no_hint():
    other = Report("Fighters attacked Sarmin on Sunday. Samir Qadri had left before, rebels said.", publisher="Daily")
    other.event(EventType.ATTACK, "attacked", by="Fighters", place="Sarmin", time="Sunday")
    other.said("rebels", "said", Stance.ASSERTS, "attacked")
    other.actor(ActorKind.REBEL, "Fighters", "rebels")
    claims = other.claims()
    claims = dataclasses.replace(claims, document=dataclasses.replace(claims.document, id="other"))
    html = written(bereaved(), claims).html
    assert "Fighters attacked Sarmin" in html
    assert not re.search(r"samir qadri", html, re.IGNORECASE)


def test_embargo_holds_back_all_that_is_newer_and_says_so():
    report = written(embargo=date(2024, 5, 10))
    assert report.incidents == 0
    assert "Under embargo: nothing of 2024-05-10 or later" in Page(report.html).text
    assert "soldiers" not in report.html.partition("<body>")[2].partition("<script")[0]


def test_a_selection_leaves_the_rest_out_of_every_part():
    report = written(selection=Selection(types=frozenset({EventType.TAKE_CONTROL})))
    records = json.loads(block(report.html, "data"))
    assert {i["type"] for i in records["incidents"]} == {"take control"}
    assert "post near" not in report.html


def test_rounding_reaches_every_coordinate():
    records = json.loads(block(written(round_coordinates=1).html, "data"))
    points = [i["lat"] for i in records["incidents"] if i["lat"] is not None]
    assert points
    assert all(round(p, 1) == p for p in points)


def test_quotes_are_short():
    long = Report("Rebels attacked Sarmin on Sunday, " + "and they went on and on, " * 60 + "residents said.")
    long.event(EventType.ATTACK, "attacked", by="Rebels", place="Sarmin", time="Sunday")
    long.said("residents", "said", Stance.ASSERTS, "attacked")
    long.actor(ActorKind.REBEL, "Rebels")
    long.actor(ActorKind.CIVILIANS, "residents")
    html = written(long.claims()).html
    pieces = re.findall(r'[^<>"]+', html)
    assert max(map(len, (p for p in pieces if "on and on" in p))) <= 250


def test_quotes_may_run_from_right_to_left():
    html = written().html
    quotes = re.findall(r"<q[^>]*>", html)
    assert quotes
    assert all('dir="auto"' in q for q in quotes)


def test_an_outlet_without_a_name_is_not_called_by_an_id():
    nameless = dataclasses.replace(raid(), document=dataclasses.replace(raid().document, id="a" * 16, publisher=None))
    text = Page(written(nameless).html).text
    assert "outlet not known" in text
    assert "a" * 16 not in text


def test_without_any_incident_the_file_still_opens():
    html = written(selection=Selection(place="Nowhere")).html
    assert "Nothing is reported that may be shown." in html
    assert "<script" not in html


REPORTS_AN_INCIDENT = (1, 1, 1, 2, 1, 3, 1, 2, 1, 5)  # most incidents are told once, few by many
QUOTE = (
    "Jets struck a bakery and a row of shops in the town, said a man who had been there on that day, and then again. "
)


class Many:
    """A view of as many incidents as wanted: told by one to five outlets, some denied, each with quotations."""

    def __init__(self, number: int, quote: str = QUOTE) -> None:
        self.options = Options(code="1.0")
        self.withheld: dict[str, None] = {}
        self._number = number
        self._report = raid().document
        self._made = [made_incident(n, told, quote) for n, told in enumerate(REPORTS_AN_INCIDENT)]

    def cases(self) -> Iterator[object]:
        for number in range(self._number):
            incident = self._made[number % len(self._made)]
            told_on = (date(2019, 1, 1) + timedelta(days=number % 700)).isoformat()
            where = place(f"Town {number % 137}", 33 + number % 137 / 40, 36 + number % 97 / 20, 1 + number % 60)
            yield SimpleNamespace(
                incident=dataclasses.replace(incident, id=f"i{number}", place=where, when=on(told_on))
            )

    def reports(self) -> Iterator[object]:
        for number in range(self._number // 3):
            document = dataclasses.replace(self._report, id=f"r{number}", text=f"{number} {QUOTE}")
            yield SimpleNamespace(document=document, origin=document.id, events=(1, 2, 3))

    def control(self) -> Iterator[object]:
        return iter(())

    def fingerprint(self) -> str:
        return "f" * 64


def made_incident(number: int, told: int, quote: str) -> Incident:
    accounts = tuple(
        account(
            f"i{number}-{n}",
            f"report-{number}-{n}",
            doer=actor(f"Force {number}"),
            tolls=(killed(3 + n, by=outlet(f"Outlet {n}"), words=quote, of="civilians"),),
            says=(
                (Stance.ASSERTS, outlet(f"Outlet {n}")),
                (Stance.DENIES if n else Stance.ASSERTS, speaker(f"Office {number}")),
            ),
            words=f"{n} {quote}",
        )
        for n in range(told)
    )
    return incident_of(Cluster(accounts, ()), {})


@pytest.fixture(scope="module")
def thousand():
    return write_report(Many(1000), title="Two years", made=MADE)  # type: ignore[arg-type]


def test_a_thousand_incidents_stay_under_five_megabytes_with_whole_quotations(thousand):
    assert thousand.incidents == 1000
    assert thousand.statements > 7_000
    assert len(thousand.html.encode()) < MOST_BYTES
    assert QUOTE.strip() in thousand.html


def test_a_thousand_incidents_told_in_very_long_sentences_stay_under_five_megabytes():
    long = write_report(Many(1000, QUOTE * 30), title="Two years", made=MADE)  # type: ignore[arg-type]
    assert len(long.html.encode()) < MOST_BYTES
    assert long.incidents == 1000
    assert "at most 240 characters" in Page(long.html).text


def test_a_file_that_grows_too_large_is_written_with_shorter_quotations(monkeypatch):
    long = QUOTE * 2
    whole = write_report(Many(20, long), title="x", made=MADE)  # type: ignore[arg-type]
    monkeypatch.setattr("contested.web.report.MOST_BYTES", len(whole.html.encode()) - 1)
    short = write_report(Many(20, long), title="x", made=MADE)  # type: ignore[arg-type]
    assert len(short.html) < len(whole.html)
    assert short.incidents == whole.incidents
    assert "at most 160 characters" in Page(short.html).text
    assert "at most 240 characters" in Page(whole.html).text


def test_a_file_of_a_thousand_has_them_all(thousand):
    assert thousand.html.count("<article ") == thousand.html.count("</article>") == 1000
    assert len(json.loads(block(thousand.html, "data"))["incidents"]) == 1000
