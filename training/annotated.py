"""Our own annotations of open and research texts: written as blocks, kept as offsets without the text.

`python -m training.annotated passages OUT` writes passages to annotate, `python -m training.annotated compile PASSAGES
BLOCKS --out OUT` checks blocks in the form of the corpus's guidelines against them and writes the corpus form without
`text`. `load` puts the texts back from the shared data.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from contested.errors import Skipped
from contested.sources import document
from contested.types import ActorKind, EventType, PlaceLevel, Role, Stance, Status
from training.corpus import Convention, held, key

WORDS = 350  # a passage; the corpus holds the first 400 or so of an article
FEWEST_WORDS = 60  # of what is left of an article after its last passage
SEED = 13
VIOLENT = re.compile(r"\b(?:kill|attack|troop|rebel|militant|army|bomb|shell|strike|cease-?fire|hostage|soldier)", re.I)
LEAST_VIOLENT = 3  # such words in an article that is worth annotating; the first rounds asked for six
SPAN = re.compile(r'(\d+)"([^"]+)"(?:#(\d+))?')
OPENING = re.compile(r"(?:^|[.?!]\"? +)[a-z]")  # the first letter of a sentence, in text that has no capitals
FOLDER = Path(__file__).parent / "annotated"
WRITTEN = Path(__file__).parent / "written" / "reports.jsonl"

Form = dict[str, Any]


def articles(data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, date, outlet and text of what could be annotated."""
    with gzip.open(data / "open" / "fakes_half.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            a = json.loads(line)
            month, day, year = a["date"].split("/")
            date = f"{year}-{int(month):02}-{int(day):02}"
            yield f"fakes-{a['unit_id']}", date, a["source"], f"{a['article_title']}\n\n{a['article_content']}"
    with gzip.open(data / "open" / "current_events.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            a = json.loads(line)
            yield a["id"], a["date"], "", a["text"]
    yield from _newswire(data / "research" / "worldwide_ner_train.tsv.gz", "worldwide")
    yield from _newswire(data / "research" / "worldwide_ner_dev.tsv.gz", "worldwidedev")
    with gzip.open(data / "research" / "polnear_train.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            a = json.loads(line)
            yield f"polnear-{a['id']}", "", "", a["text"]
    with gzip.open(data / "open" / "re3d.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            a = json.loads(line)
            yield f"re3d-{a['id']}", "", a["folder"], a["text"]
    with gzip.open(data / "research" / "timebank.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            a = json.loads(line)
            told = re.search(r"<TEXT>(.*?)</TEXT>", a["tml"], re.S)
            day = re.search(r'value="(\d{4}-\d\d-\d\d)[^"]*"[^>]*functionInDocument="CREATION_TIME"', a["tml"])
            text = html.unescape(re.sub(r"<[^>]+>", "", told[1] if told else ""))
            yield f"timebank-{a['id']}", day[1] if day else "", "", text
    yield from _placed(data / "research")
    for part in ("train", "dev"):
        with gzip.open(data / "research" / f"muc4_{part}.jsonl.gz", "rt", encoding="utf8") as lines:
            for line in lines:
                a = json.loads(line)
                yield f"muc4-{a['docid']}", "", "", OPENING.sub(lambda m: m[0].upper(), a["doctext"])


def _placed(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield the articles of the sets whose places have coordinates, GeoWebNews without its title and address."""
    with zipfile.ZipFile(folder / "geowebnews.zip") as files:
        for name in sorted(n for n in files.namelist() if n.endswith(".txt")):
            text = files.read(name).decode("utf8")
            head, _, rest = text.partition("\n")
            yield f"geowebnews-{name[:-4]}", "", "", rest if rest and head.startswith("TITLE:") else text
    with gzip.open(folder / "lgl.xml.gz", "rb") as file:
        for article in ElementTree.parse(file).iter("article"):
            day, outlet, text = (article.findtext(t) or "" for t in ("dltime", "domain", "text"))
            yield f"lgl-{article.get('docid')}", day[:10], outlet, text


def _newswire(path: Path, name: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the newswire articles, one sentence a line, as printed once the spaces before punctuation are gone."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        blocks = re.split(r"(?m)^-DOC-.*$", lines.read())
    for number, block in enumerate(blocks):
        sentences = [" ".join(row.split("\t")[0] for row in s.splitlines() if row) for s in block.strip().split("\n\n")]
        text = "\n".join(re.sub(r" (?=[.,;:!?)%’']|n't\b)|(?<=[(“$]) ", "", s) for s in sentences if s)
        if text:
            yield f"{name}-{number}", "", "", text


def passages(data: Path, corpus: Path, peaceful: bool = False) -> Iterator[Form]:
    """Yield passages (id, date, publisher, text, sentences) that share no sentence with the corpus.

    They are of texts that tell of violence, or with `peaceful` of all the others.
    """
    known = held(corpus)
    for name, date, outlet, text in articles(data):
        violent = len(VIOLENT.findall(text)) >= (1 if name.startswith(("cep", "re3d")) else LEAST_VIOLENT)
        if violent == peaceful:
            continue
        try:
            sentences = [[s.start, s.end] for s in document(text, id=name).sentences]
        except Skipped:
            continue
        if any(key(text[s:e]) in known for s, e in sentences):
            continue
        for first, own in _stretches(text, sentences):
            yield {"id": f"{name}-{first}", "date": date, "publisher": outlet, "text": text, "sentences": own}


def _stretches(text: str, sentences: list[list[int]]) -> Iterator[tuple[int, list[list[int]]]]:
    """Yield runs of whole sentences of about WORDS words, with the number of the first."""
    run: list[list[int]] = []
    words = 0
    for i, (s, e) in enumerate(sentences):
        run.append([s, e])
        words += len(text[s:e].split())
        if words >= WORDS:
            yield i + 1 - len(run), run
            run, words = [], 0
    if run and (words >= FEWEST_WORDS or len(run) == len(sentences)):
        yield len(sentences) - len(run), run


def shown(passage: Form) -> str:
    """Return a passage with its sentences numbered, as an annotator reads it."""
    lines = [f"## {passage['id']} | {passage['date']} | {passage['publisher']}"]
    for number, (s, e) in enumerate(passage["sentences"], 1):
        lines.append(f"[{number}] {' '.join(passage['text'][s:e].split())}")
    return "\n".join(lines) + "\n"


class Blocks:
    """Reads the lines of one passage's block; `faults` says what could not be read."""

    def __init__(self, passage: Form) -> None:
        self.passage = passage
        self.faults: list[str] = []
        self.events: dict[str, Form] = {}
        self.claims: list[Form] = []
        self.actors: list[Form] = []
        self.places: list[Form] = []
        self.times: list[Form] = []

    def spans(self, words: str) -> list[list[int]]:
        """Return the offsets of each quoted span in `words`; what is not in its sentence is a fault."""
        found = []
        if SPAN.sub("", words).strip(" ;"):
            self.faults.append(f"not a span: {words}")
        for number, quoted, nth in SPAN.findall(words):
            if not 0 < int(number) <= len(self.passage["sentences"]):
                self.faults.append(f"no sentence {number}: {words}")
                continue
            start, end = self.passage["sentences"][int(number) - 1]
            pattern = r"\s+".join(re.escape(w) for w in quoted.split())
            sentence = self.passage["text"][start:end]
            whole = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", sentence)]
            whole = whole or [m.span() for m in re.finditer(pattern, sentence)]
            if len(whole) < int(nth or 1):
                self.faults.append(f'not in the sentence: {number}"{quoted}"{"#" + nth if nth else ""}')
                continue
            a, z = whole[int(nth or 1) - 1]
            found.append([start + a, start + z])
        return found

    def line(self, line: str) -> None:
        """Read one line."""
        parts = [p.strip() for p in re.split(r'\|(?=(?:[^"]*"[^"]*")*[^"]*$)', line)]
        head = parts[0].split(None, 1)
        kind, rest = head[0], head[1] if len(head) > 1 else ""
        if re.fullmatch(r"E\d+\+?", kind):
            self._event(kind, rest, parts[1:])
        elif re.fullmatch(r"C\d*", kind):
            self._claim(kind, rest, parts[1:])
        elif kind == "A" and len(parts) > 1:
            kind = ActorKind(parts[1])
            self.actors.append({"spans": self.spans(rest), "kind": kind, "country": None, "name": ""})
        elif kind == "P" and len(parts) > 2:
            level = PlaceLevel(parts[2])
            self.places.append({"spans": self.spans(rest), "country": None, "level": level, "lat": None, "lon": None})
        elif kind == "T":
            self.times += [{"span": s, "value": parts[1] if len(parts) > 1 else "?"} for s in self.spans(rest)]
        elif not kind.startswith("#NONE"):
            self.faults.append(f"not understood: {line}")

    def _event(self, kind: str, rest: str, parts: list[str]) -> None:
        if kind.endswith("+"):
            event = self.events[kind[:-1]]
        else:
            name, status, rest = rest.split(None, 2)
            event = {"id": kind, "type": EventType(name), "status": Status(status), "mentions": []}
            self.events[kind] = event
        arguments = []
        for part in parts:
            role, words = part.split(None, 1)
            starred = role.endswith("*")
            arguments += [{"role": Role(role.rstrip("*")), "span": s, "part": starred} for s in self.spans(words)]
        for trigger in self.spans(rest)[:1]:
            event["mentions"].append({"trigger": trigger, "args": arguments})

    def _claim(self, kind: str, rest: str, parts: list[str]) -> None:
        known = dict(p.split(None, 1) for p in parts)
        one = lambda name: (self.spans(known[name]) or [None])[0] if known.get(name, "-") != "-" else None  # noqa: E731
        claim = {"id": kind, "stance": Stance(rest.strip()), "source": one("source"), "via": one("via")}
        of = known["of"].replace(",", " ").split()
        self.faults += [f"no event {e}: {kind}" for e in of if e not in self.events]
        cue = one("cue")
        if cue:
            self.claims.append(claim | {"cue": cue, "of": of})

    def form(self) -> Form:
        """Return the passage in the corpus form, without its text."""
        events = [e for e in self.events.values() if e["mentions"]]
        kept = {"id": self.passage["id"], "sentences": self.passage["sentences"], "events": events}
        return kept | {"claims": self.claims, "actors": self.actors, "places": self.places, "times": self.times}


def compiled(known: dict[str, Form], text: str) -> Iterator[Blocks]:
    """Yield the blocks of `text`; a line that cannot be read is a fault of its block."""
    blocks: Blocks | None = None
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("#P "):
            if blocks:
                yield blocks
            name = line[3:].strip()
            blocks = Blocks(known[name]) if name in known else None
            if not blocks:
                print(f"no passage {name}", file=sys.stderr)
        elif line and blocks:
            try:
                blocks.line(line)
            except (ValueError, KeyError) as e:
                blocks.faults.append(f"{e}: {line}")
    if blocks:
        yield blocks


def load(data: Path, folder: Path = FOLDER) -> list[Form]:
    """Return the annotated passages with their texts.

    Those that were written for the project lie in WRITTEN, the others in `data` (the shared data's folder).
    """
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf8")]
    texts = {name: text for name, _, _, text in articles(data)}
    written = {row["id"]: row["text"] for row in map(json.loads, WRITTEN.read_text(encoding="utf8").splitlines())}
    found = []
    for row in rows:
        text = written.get(row["id"]) or texts[row["id"].rsplit("-", 1)[0]]
        convention = Convention.WRITTEN if row["id"] in written else Convention.OURS
        found.append(row | {"text": text, "convention": convention})
    return found


def main() -> None:
    """Parse the command line; write passages, or compile blocks."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ap.add_subparsers(dest="command", required=True)
    p = commands.add_parser("passages")
    p.add_argument("out", type=Path)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    c = commands.add_parser("compile")
    c.add_argument("passages", type=Path)
    c.add_argument("blocks", type=Path, nargs="+")
    c.add_argument("--out", type=Path)
    a = ap.parse_args()
    if a.command == "passages":
        found = list(passages(a.data, a.corpus))
        random.Random(SEED).shuffle(found)
        a.out.write_text("".join(json.dumps(f) + "\n" for f in found), encoding="utf8")
        print(f"{len(found)} passages")
        return
    known = {f["id"]: f for f in map(json.loads, a.passages.open(encoding="utf8"))}
    done = [b for path in a.blocks for b in compiled(known, path.read_text(encoding="utf8"))]
    for b in done:
        for fault in b.faults:
            print(f"{b.passage['id']}: {fault}")
    if a.out:
        a.out.write_text("".join(json.dumps(b.form()) + "\n" for b in done), encoding="utf8")
    print(f"{len(done)} passages, {sum(len(b.faults) for b in done)} faults")


if __name__ == "__main__":
    main()
