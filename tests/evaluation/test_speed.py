"""The benchmark's articles are of the size it says, all different, and the same every time."""

from __future__ import annotations

import json

from evaluation.speed import write_articles


def test_articles_have_about_the_words_they_should(tmp_path):
    path = tmp_path / "many.jsonl"
    _, total = write_articles(path, articles=20, words=600)
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    counts = [len(text.split()) for text in texts]
    assert sum(counts) == total
    assert all(540 <= count <= 620 for count in counts)
    assert len(set(texts)) == 20


def test_two_runs_write_the_same_articles(tmp_path):
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    write_articles(one, articles=5, words=100)
    write_articles(two, articles=5, words=100)
    assert one.read_bytes() == two.read_bytes()
