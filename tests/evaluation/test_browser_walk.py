"""The walk of `evaluation.browser_walk` over a store made from the shipped examples, by a server of its own."""

from __future__ import annotations

import json

import pytest

from evaluation.browser_walk import find_chromium, hosts_in, make_store, walk

pytest.importorskip("playwright", reason="playwright is not installed")


@pytest.mark.model
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium (Debian: apt-get install chromium)")
def test_every_page_and_a_review_of_the_examples(tmp_path):
    make_store(tmp_path / "examples.db")
    findings = walk(tmp_path / "examples.db", times=0)
    assert findings.complaints == []
    assert findings.hosts == {"127.0.0.1"}


def test_what_a_page_asks_is_told_from_what_the_browser_asks_for_itself(tmp_path):
    log = tmp_path / "net.json"
    own, page = "not an origin", "http://127.0.0.1:8017"
    asked = [
        ("http://127.0.0.1:8017/incidents", own, "main frame"),
        ("https://tiles.example.org/1/2/3.png", page, "other"),
        ("https://frames.example.com/", own, "subframe"),
        ("https://updates.example.net/", own, "other"),
        ("chrome://newtab/", own, "main frame"),
    ]
    events = [{"params": {"url": u, "initiator": i, "request_type": k}} for u, i, k in asked]
    log.write_text(json.dumps({"events": [*events, {"type": 3}, {"params": {"url": "https://x.example"}}]}))
    assert hosts_in(log) == ({"127.0.0.1", "tiles.example.org", "frames.example.com"}, {"updates.example.net"})
