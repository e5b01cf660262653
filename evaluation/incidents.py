"""Scores linking (B³) and relations on the gold set of incidents.

    python -m evaluation.incidents FAKES.jsonl.gz EVENTS.jsonl.gz [--half new] [--cache FILE] [--misses]
    python -m evaluation.incidents --half written|told|heard|retold|unread|newest|last|blind|hidden|veiled

Of real incidents the gold set holds ids and labels only; the two files with the texts come from whoever runs this. The
other parts were made up for this test, and lie here with their texts. Nobody has looked at the misses of `sealed`
(real) and `veiled` (made up); all others have changed the rules.
Each gold report is one telling of one incident; the account that stands for it is the one whose
evidence overlaps the marked stretch, with the toll that gold has if several do. All reports of the half are linked
together with `--noise` others of the files.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from contested import pipeline, sources
from contested.errors import InputError
from contested.incidents import Account, Incident, Record, find_incidents
from contested.types import Claims, Document, Role

_HERE = Path(__file__).parent / "incidents_gold"
WRITTEN = _HERE / "written.jsonl"  # invented reports, made for this: they can lie here with their texts
REAL = ("tune", "learn", "test", "new", "fresh", "late", "sealed")
INVENTED = ("written", "told", "heard", "retold", "unread", "newest", "last", "blind", "hidden", "veiled")
_SCORED = ("conflict", "update")


@dataclass(frozen=True, slots=True)
class Telling:
    """One gold report: which incident it tells of, where in its text, and the number of killed it gives."""

    incident: str
    half: str
    document: str
    published: date
    start: int
    end: int
    killed: float | None


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, help="the two files with the texts; none for `written`")
    parser.add_argument("--half", choices=[*REAL, *INVENTED], default="test")
    parser.add_argument("--noise", type=int, default=200, help="other reports that are linked along")
    parser.add_argument("--cache", type=Path, help="keeps what was read, so that only linking is done again")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if options.half not in INVENTED and not options.texts:
        parser.error(f"the texts of the part {options.half} lie in two files: name them")
    gold = [t for t in load_tellings() if t.half == options.half]
    texts = [WRITTEN] if options.half in INVENTED else options.texts
    claims = read(texts, gold, options.noise, options.cache)
    record = find_incidents(claims)
    held = {t: account_of(t, record) for t in gold}
    print(f"{options.half}: {len({t.incident for t in gold})} incidents, {len(gold)} reports")
    precision, recall, f1 = b_cubed({t: t.incident for t in gold}, {t: _id(held[t], t) for t in gold})
    print(f"linking B³: precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f}")
    found = sum(held[t] is not None for t in gold)
    print(f"reports with an account for their telling: {found} of {len(gold)}")
    if options.misses:
        _print_links(gold, held)
    _print_relations(gold, held, options.misses)


def load_tellings() -> list[Telling]:
    """Return the gold reports."""
    with (_HERE / "reports.tsv").open(encoding="utf-8") as file:
        return [
            Telling(
                row["incident"],
                row["half"],
                row["document"],
                date.fromisoformat(row["published"]),
                int(row["start"]),
                int(row["end"]),
                float(row["killed_low"]) if row["killed_low"] else None,
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def load_relations() -> dict[tuple[str, str, str, str], str]:
    """Return the gold conflicts and updates by incident, field and the two reports (sorted)."""
    with (_HERE / "relations.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {(r["incident"], r["field"], *sorted((r["a"], r["b"]))): r["relation"] for r in rows}  # type: ignore[misc]


def b_cubed(gold: dict[Telling, str], found: dict[Telling, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in percent (Bagga and Baldwin 1998), each telling weighing the same."""
    precision = recall = 0.0
    for one in gold:
        ours = {t for t in found if found[t] == found[one]}
        theirs = {t for t in gold if gold[t] == gold[one]}
        both = len(ours & theirs)
        precision, recall = precision + both / len(ours), recall + both / len(theirs)
    p, r = 100 * precision / len(gold), 100 * recall / len(gold)
    return p, r, 2 * p * r / (p + r)


def read(texts: list[Path], gold: list[Telling], noise: int, cache: Path | None) -> list[Claims]:
    """Return the claims of the gold reports and of some others, read now or taken from the cache."""
    wanted = {t.document: t.published for t in gold}
    documents = list(_documents(texts, wanted, noise))
    known: dict[str, Claims] = pickle.loads(cache.read_bytes()) if cache and cache.exists() else {}
    unread = [d for d in documents if d.id not in known]
    for result in pipeline.read_opened(unread):
        if isinstance(result, Claims):
            known[result.document.id] = result
    if cache and unread:
        cache.write_bytes(pickle.dumps(known))
    return [known[d.id] for d in documents if d.id in known]


def _documents(texts: list[Path], wanted: dict[str, date], noise: int) -> Iterator[Document]:
    others = 0
    gold_ids = {t.document for t in load_tellings()}
    for id_, text, day, publisher in _rows(texts):
        if id_ not in wanted and (id_ in gold_ids or others >= noise):
            continue
        try:
            document = sources.document(text, id=id_, published=wanted.get(id_, day), publisher=publisher)
        except InputError:
            continue
        others += id_ not in wanted
        yield document


def _rows(texts: list[Path]) -> Iterator[tuple[str, str, date, str | None]]:
    seen: set[str] = set()
    for path in texts:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                id_ = row.get("unit_id") or row["id"]
                if id_ in seen:
                    continue
                seen.add(id_)
                text, day = row.get("article_content") or row["text"], row["date"]
                parsed = datetime.strptime(day, "%m/%d/%Y").date() if "/" in day else date.fromisoformat(day)
                source = row.get("source")
                yield id_, text, parsed, source


def account_of(telling: Telling, record: Record) -> tuple[Incident, Account] | None:
    """Return the account that stands for a telling, and its incident; None where its report has none."""
    found = [
        (incident, account)
        for incident in record.incidents
        for account in incident.accounts
        if account.document == telling.document
        and any(s.start < telling.end and telling.start < s.end for s in account.evidence)
    ]
    return min(found, key=lambda f: _fit(f[1], telling), default=None)


def _fit(account: Account, telling: Telling) -> tuple[bool, bool, int]:
    numbers = [n for t in account.totals(Role.KILLED) for n in (t.amount.low, t.amount.high)]
    has_number = telling.killed is not None and telling.killed in numbers
    return not has_number, not numbers, account.spans[0].start


def _id(held: tuple[Incident, Account] | None, telling: Telling) -> str:
    return held[0].id if held else f"none:{telling.document}:{telling.start}"


def _print_links(gold: list[Telling], held: dict[Telling, tuple[Incident, Account] | None]) -> None:
    groups: dict[str, list[Telling]] = defaultdict(list)
    for t in gold:
        groups[t.incident].append(t)
    for name, tellings in groups.items():
        ids = Counter(_id(held[t], t) for t in tellings)
        strangers = {t.incident for t in gold if _id(held[t], t) in ids} - {name}
        if len(ids) > 1 or strangers:
            print(f"  {name}: {len(ids)} clusters", f"joined with {sorted(strangers)}" if strangers else "")
            for t in tellings:
                account = held[t][1] if (held[t]) else None  # type: ignore[index]
                told = f"{account.type.value} {account.when.value if account.when else '-'}" if account else "nothing"
                places = [p.name for p in account.places or account.setting] if account else []
                tolls = [(x.amount.low, x.amount.high) for x in account.totals(Role.KILLED)] if account else []
                print(f"      {t.document} {t.published} {_id(held[t], t)}: {told} {places} killed {tolls}")


def _print_relations(gold: list[Telling], held: dict[Telling, tuple[Incident, Account] | None], misses: bool) -> None:
    truth = {k: v for k, v in load_relations().items() if k[0] in {t.incident for t in gold} and k[1] == "killed"}
    said: dict[tuple[str, str, str, str], str] = {}
    why: dict[tuple[str, str, str, str], str] = {}
    incidents = {h[0].id: h[0] for h in held.values() if h is not None}
    for incident in incidents.values():
        # a report may tell of two incidents of gold: here it is the one that its telling was found in
        names = {t.document: t.incident for t, h in held.items() if h is not None and h[0].id == incident.id}
        for r in incident.relations:
            one, two = sorted((r.a.document, r.b.document))
            if names.get(one) is None or names.get(one) != names.get(two) or r.field != "killed":
                continue
            key = (names[one], r.field, one, two)
            if r.standing.value in _SCORED and said.get(key) != "conflict":
                said[key], why[key] = r.standing.value, r.why
    for relation in _SCORED:
        ours = {k for k, v in said.items() if v == relation}
        theirs = {k for k, v in truth.items() if v == relation}
        right = len(ours & theirs)
        p, r_ = (100 * right / len(x) if x else 0.0 for x in (ours, theirs))
        print(f"{relation}: precision {p:.1f}, recall {r_:.1f} ({right} right of {len(ours)} said, {len(theirs)} gold)")
        if misses:
            _print_misses(ours - theirs, theirs - ours, why)


def _print_misses(
    extra: Iterable[tuple[str, str, str, str]],
    missing: Iterable[tuple[str, str, str, str]],
    why: dict[tuple[str, str, str, str], str],
) -> None:
    for key in sorted(extra):
        print("  said, not gold:", *key, why[key])
    for key in sorted(missing):
        print("  gold, not said:", *key)


if __name__ == "__main__":
    main()
