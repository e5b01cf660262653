"""UDS factuality as a second task: did what a verb tells of happen, by the judgement of paid readers of EWT.

Its two answers are not our statuses, so it has a label of its own over the vectors of triggers, thrown away after
training. Source: Universal Decompositional Semantics on the English Web Treebank (White et al. 2020), CC BY-SA 4.0.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tokenizers import Tokenizer

from contested.reader import schema
from contested.reader.pieces import cut
from contested.types import Span
from training.corpus import Example, Gold, locate

SENTENCES = 8  # a training document; the treebank's own order, so mostly of one text
SURE = 0.5  # of a scale from about -1.2 (did not happen) to 1.2 (happened); between them readers disagreed

Sentence = tuple[str, list[tuple[int, int, str]]]  # text; start, end and part of speech of each word


def load_factuality(treebank: Path, judgements: Path, tokenizer: Tokenizer) -> list[Example]:
    """Return the judged verbs of the treebank's training part as examples of SENTENCES sentences each."""
    sentences = _sentences(treebank)
    with gzip.open(judgements, "rt", encoding="utf8") as lines:
        data = json.load(lines)["data"]
    judged: dict[int, list[tuple[int, float]]] = {}
    for name, predicates in data.items():
        _, part, number = name.split("-")
        if part == "train" and int(number) <= len(sentences):
            judged[int(number) - 1] = [
                (int(key.rsplit("-", 1)[1]) - 1, p["factuality"]["factual"]["value"]) for key, p in predicates.items()
            ]
    stretches = (range(first, min(first + SENTENCES, len(sentences))) for first in range(0, len(sentences), SENTENCES))
    found = (_example(stretch, sentences, judged, tokenizer) for stretch in stretches)
    return [e for e in found if e.gold.spans]


def _sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a CoNLL-U file."""
    out: list[Sentence] = []
    text, words, at = "", [], 0
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                text, words, at = line[9:].rstrip("\n"), [], 0
            elif line[:1].isdigit():
                number, form, _, tag = line.split("\t")[:4]
                start = text.find(form, at)
                if number.isdigit():
                    # Words inside a contraction ("gon" + "na") are found one after the other too.
                    words.append((max(start, at), max(start, at) + len(form), tag if start >= 0 else "X"))
                    at = words[-1][1] if start >= 0 else at
            elif not line.strip() and text:
                out.append((text, words))
                text = ""
    return out


def _example(
    stretch: range, sentences: list[Sentence], judged: dict[int, list[tuple[int, float]]], tokenizer: Tokenizer
) -> Example:
    text, spans = "", []
    for i in stretch:
        spans.append(Span(len(text), len(text) + len(sentences[i][0])))
        text += sentences[i][0] + " "
    pieces = cut(tokenizer, text, spans)
    gold = Gold()
    for i, span in zip(stretch, spans, strict=True):
        words = sentences[i][1]
        for word, value in judged.get(i, ()):
            # The judgements name words of an earlier release; where it was split otherwise, the word is seldom a verb.
            if word >= len(words) or words[word][2] != "VERB" or abs(value) < SURE:
                continue
            located = locate(pieces, span.start + words[word][0], span.start + words[word][1])
            if located and (schema.TRIGGER, *located) not in gold.spans:
                gold.labels["factual"][len(gold.spans)] = int(value > 0)
                gold.spans.append((schema.TRIGGER, *located))
    return Example(f"ewt-{stretch.start}", text, pieces, gold, layers=())
