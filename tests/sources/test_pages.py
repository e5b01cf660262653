"""Web pages, PDF files and addresses."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from contested.errors import InputError, Skipped
from contested.sources import find_documents
from contested.sources.pages import read_page, read_pdf
from contested.types import DateOrigin, Document, Published

PROSE = "The army said on Sunday that its troops had taken the village after a battle with rebels."
DENIAL = "The rebels denied it and said that “all of our men” were still in the village on Monday."


def page(head: str = "", body: str = "") -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Village taken - Example News</title>
    <meta property="og:site_name" content="Example News"><meta name="author" content="Jane Doe">{head}</head><body>
    <nav><a href="/">Home</a> <a href="/world">World</a></nav>
    <article><h1>Village taken</h1><p>{PROSE}</p><p>{DENIAL}</p>{body}</article>
    <aside><h3>More</h3><a href="/x">Other story</a> <time datetime="2019-02-03">3 February 2019</time></aside>
    <footer>© 2020 Example News</footer></body></html>""".encode()


def sentences(report: Document) -> list[str]:
    return [sentence.of(report.text) for sentence in report.sentences]


def read_html(tmp_path: Path, content: bytes) -> Document:
    (tmp_path / "a.html").write_bytes(content)
    (report,) = find_documents(tmp_path / "a.html")
    assert isinstance(report, Document)
    return report


def test_a_page_gives_its_story_and_its_frame(tmp_path: Path) -> None:
    report = read_html(tmp_path, page('<meta property="article:published_time" content="2016-07-31T10:00:00Z">'))
    assert sentences(report) == ["Village taken", PROSE, DENIAL]
    assert report.headline is not None
    assert report.headline.of(report.text) == "Village taken"
    assert (report.publisher, report.byline) == ("Example News", "Jane Doe")
    assert report.published == Published(date(2016, 7, 31), DateOrigin.METADATA)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2016-07-31"}</script>',
            "",
            True,
        ),
        ("", '<span itemprop="datePublished" content="2016-07-31">yesterday</span>', True),
        ("", '<time datetime="2016-07-31T10:00">31 July</time>', True),
        ("", '<time datetime="2016-07-31">a</time><time datetime="2016-07-30">b</time>', False),
        ('<meta property="article:modified_time" content="2016-07-31">', "", False),
        ("", "", False),
    ],
)
def test_a_publication_day_is_taken_from_the_story_never_from_its_surroundings(head: str, body: str, day: bool) -> None:
    assert read_page(page(head, body), "a.html").day == (date(2016, 7, 31) if day else None)


def test_a_page_of_two_lines_keeps_its_paragraphs(tmp_path: Path) -> None:
    report = read_html(tmp_path, b"<html><body><p>Rebels left the town.</p><p>The army is back.</p></body></html>")
    assert sentences(report) == ["Rebels left the town.", "The army is back."]


def test_an_encoding_declared_in_the_page_is_used(tmp_path: Path) -> None:
    text = page(body="<p>Said a résident of Homs, who had seen the army.</p>").decode().replace("utf-8", "windows-1252")
    assert "a résident of" in read_html(tmp_path, text.encode("cp1252")).text


def test_entities_and_emoji_are_one_character_each(tmp_path: Path) -> None:
    report = read_html(
        tmp_path, page(body="<p>Salt &amp; bread 😀 for 5 &lt; 6 people, the mayor of the town said.</p>")
    )
    assert sentences(report)[-1] == "Salt & bread 😀 for 5 < 6 people, the mayor of the town said."


def make_pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page that shows `lines`, by hand: no library at hand writes text."""
    shown = "BT /F1 11 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        "/Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    content, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF"
    return f"{content}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_pdf_gives_sentences_across_its_lines(tmp_path: Path) -> None:
    lines = [
        "Village taken, army says",
        "The army said on Sunday that its troops had taken the village of",
        "Example after a long battle with rebels, who had held it since the",
        "spring. The rebels denied it.",
        "Talks are to go on next week in the capital, a spokesman for the",
        "government said, although nobody knows who will come to them.",
    ]
    (tmp_path / "a.pdf").write_bytes(make_pdf(lines))
    (report,) = find_documents(tmp_path / "a.pdf")
    assert isinstance(report, Document)
    assert [sentence.replace("\n", " ") for sentence in sentences(report)] == [
        lines[0],
        f"{lines[1]} {lines[2]} spring.",
        "The rebels denied it.",
        f"{lines[4]} {lines[5]}",
    ]
    assert report.published is None


def test_a_pdf_without_text_or_with_a_password_says_so(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "blank.pdf")
    with pytest.raises(Skipped, match="PDF without text"):
        read_pdf((tmp_path / "blank.pdf").read_bytes(), "blank.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(InputError, match="password"):
        read_pdf((tmp_path / "locked.pdf").read_bytes(), "locked.pdf")


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to-"):
            self.send_response(302)
            self.send_header("Location", f"{self.path.removeprefix('/to-')}:///etc/hosts")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/2016/07/31/village")
            self.end_headers()
        elif self.path.endswith("village"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page())
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the base class)
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_an_address_is_fetched_and_its_redirect_followed(site: str) -> None:
    (report,) = find_documents(f"{site}/moved")
    assert isinstance(report, Document)
    assert sentences(report) == ["Village taken", PROSE, DENIAL]
    assert report.url == f"{site}/2016/07/31/village"
    assert report.where == f"{site}/moved"
    assert report.published == Published(date(2016, 7, 31), DateOrigin.URL)


@pytest.mark.parametrize("scheme", ["file", "ftp"])
def test_a_redirect_away_from_the_web_is_refused(site: str, scheme: str) -> None:
    (error,) = find_documents(f"{site}/to-{scheme}")
    assert isinstance(error, InputError)
    assert error.where == f"{site}/to-{scheme}"
    assert f"{scheme}:///etc/hosts" in str(error)


def test_what_the_server_refuses_is_said(site: str) -> None:
    (error,) = find_documents(f"{site}/none")
    assert str(error) == f"{site}/none: the server answers 404 Not Found"
