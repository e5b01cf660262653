"""Measures the times and counts rooms on gold spans: the span is given, only its meaning is judged.

    python evaluation/times_counts.py [--corpus ../shared/corpus] [--timebank ../shared/data/research/timebank.jsonl.gz]
                                      [--part train|dev] [--misses 40]

Corpus: `equal` and `overlap` of days as the corpus's own `score.py` defines them (it is loaded from beside the corpus),
count bounds against its `read_count`. TimeBank: the value of each TIMEX3 against the day, week, month, quarter or year
that our first and last day spell; lengths against the length of our days.
"""

from __future__ import annotations

import argparse
import gzip
import html
import importlib.util
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from contested import counts, times
from contested.times.periods import Period, month_of, months_from, year_of
from contested.types import Role, Span, When

HERE = Path(__file__).resolve().parent


def load_scorer(corpus: Path) -> ModuleType:
    """Return the corpus's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py in {corpus}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def published_of(document: dict[str, Any]) -> date | None:
    """Return the publication day, None when the corpus has none."""
    return date.fromisoformat(document["date"]) if document["date"] else None


def sentence_of(document: dict[str, Any], span: Span) -> Span | None:
    """Return the sentence that holds the span."""
    return next((Span(*pair) for pair in document["sentences"] if pair[0] <= span.start < pair[1]), None)


def shown(text: str, span: Span) -> str:
    """Return the span in its context, on one line."""
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 30]
    return f"{before}[[{span.of(text)}]]{after}".replace("\n", " ")


def score_times(corpus: Path, part: str, misses: int) -> None:
    """Print how many gold time spans resolve to gold's days."""
    days = load_scorer(corpus).days
    tally, wrong, seconds = Counter[str](), [], 0.0
    for document in documents(corpus / f"{part}.jsonl"):
        published = published_of(document)
        for gold in document["times"]:
            span = Span(*gold["span"])
            began = time.process_time()
            when = times.resolve(document["text"], span, published=published, sentence=sentence_of(document, span))
            seconds += time.process_time() - began
            tally["spans"] += 1
            wanted = days(gold["value"])
            if wanted is None:
                tally["words for the present or unresolved in gold"] += 1
                tally["of these the same for us"] += when.value == gold["value"]
                continue
            got = (when.earliest.isoformat() if when.earliest else "", when.latest.isoformat() if when.latest else "~")
            equal = got == wanted
            overlap = got[0] <= wanted[1] and wanted[0] <= got[1] and got != ("", "~")
            for group in ("all", "dated" if published else "undated"):
                tally[f"{group} judged"] += 1
                tally[f"{group} equal"] += equal
                tally[f"{group} overlap"] += overlap
            if not equal:
                wrong.append(
                    (
                        overlap,
                        f"{document['date']} gold {gold['value']} ours {when.value} [{when.rule}] "
                        f"{shown(document['text'], span)}",
                    )
                )
    print(f"times, {part}: {tally['spans']} spans, {seconds / tally['spans'] * 1e3:.3f} ms each")
    for group in ("all", "dated", "undated"):
        if judged := tally[f"{group} judged"]:
            print(
                f"  {group:8s} equal {tally[f'{group} equal'] / judged:6.1%}"
                f"  overlap {tally[f'{group} overlap'] / judged:6.1%}  (n={judged})"
            )
    print(
        f"  present or ?: {tally['of these the same for us']} of "
        f"{tally['words for the present or unresolved in gold']} the same"
    )
    for _, line in sorted(wrong)[:misses]:
        print("   ", line)


def score_counts(corpus: Path, part: str, misses: int) -> None:
    """Print how many gold count spans are read to the bounds that the corpus's scorer reads."""
    read_count: Callable[[str], tuple[float | None, float | None]] = load_scorer(corpus).read_count
    tally, wrong, seconds = Counter[str](), [], 0.0
    for document in documents(corpus / f"{part}.jsonl"):
        for event in document["events"]:
            for mention in event["mentions"]:
                for argument in mention["args"]:
                    if not Role(argument["role"]).is_count:
                        continue
                    span = Span(*argument["span"])
                    began = time.process_time()
                    amount = counts.resolve(document["text"], span, sentence=sentence_of(document, span))
                    seconds += time.process_time() - began
                    wanted = read_count(span.of(document["text"]))
                    tally["spans"] += 1
                    tally["same"] += (amount.low, amount.high) == wanted
                    if (amount.low, amount.high) != wanted:
                        wrong.append(
                            f"scorer {wanted} ours {(amount.low, amount.high)} [{amount.rule}] "
                            f"{shown(document['text'], span)}"
                        )
    print(
        f"counts, {part}: same bounds {tally['same'] / tally['spans']:6.1%}  (n={tally['spans']}), "
        f"{seconds / tally['spans'] * 1e3:.3f} ms each"
    )
    for line in wrong[:misses]:
        print("   ", line)


_TIMEX = re.compile(r"<TIMEX3\s([^>]*)>(.*?)</TIMEX3>", re.S)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_LENGTH = re.compile(r"^P(?P<number>\d+)(?P<unit>[DWMY])$")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def timex_days(value: str) -> tuple[date, date] | None:
    """Return the days that a TIMEX3 DATE or TIME value names, None when it names no days (PRESENT_REF, PXD, XXXX)."""
    value = value.split("T")[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return day, day
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return (monday + timedelta(5) if week[3] else monday), monday + timedelta(6)
    if month := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _bounds(month_of(date(int(month[1]), int(month[2]), 1)))
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _bounds(months_from(int(quarter[1]), int(quarter[2]) * 3 - 2, 3))
    if season := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _bounds(months_from(int(season[1]), _SEASONS[season[2]], 3))
    if re.fullmatch(r"\d{4}", value):
        return _bounds(year_of(date(int(value), 1, 1)))
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    return None


def _bounds(period: Period) -> tuple[date, date] | None:
    return None if period.first is None or period.last is None else (period.first, period.last)


def named_days(when: When) -> tuple[date | None, date | None]:
    """Return the days of the time that is named: a TIMEX3 holds "1983" where we say "since 1983", open at the end."""
    named = when.value.removesuffix("/..").removeprefix("../")
    return (timex_days(named) or (None, None)) if named != when.value else (when.earliest, when.latest)


def same_length(when: When, number: int, unit: str) -> bool:
    """Return whether our days are as long as a TIMEX3 length, to the unit."""
    if when.earliest is None or when.latest is None:
        return False
    length = (when.latest - when.earliest).days
    size = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}[unit]
    return abs(length / size - number) < 1.01 if unit in "MY" else abs(length - number * size) <= 1


def score_timebank(path: Path, misses: int) -> None:
    """Print how many TIMEX3 values of TimeBank our days agree with."""
    tally, wrong = Counter[str](), []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            tml = json.loads(line)["tml"]
            created = re.search(r"<TIMEX3[^>]*CREATION_TIME[^>]*>", tml)
            value = re.search(r'value="(\d{4}-\d\d-\d\d)', created[0]) if created else None
            published = date.fromisoformat(value[1]) if value else None
            body = tml[tml.index("<TEXT>") + 6 : tml.index("</TEXT>")]
            for text, span, attributes in timexes(body):
                kind, gold = attributes["type"], attributes["value"]
                when = times.resolve(text, span, published=published)
                if kind in ("DATE", "TIME"):
                    wanted = timex_days(gold)
                    if wanted is None:
                        tally["no days in gold"] += 1
                        if gold.endswith("_REF"):
                            ours = (
                                "PRESENT_REF"
                                if when.value == "PRESENT"
                                else "PAST_REF"
                                if when.earliest is None
                                else "FUTURE_REF"
                            )
                            tally["ref"] += 1
                            tally["ref same"] += ours == gold
                        continue
                    first, last = named_days(when)
                    same = (first, last) == wanted
                    overlap = bool(first and last and first <= wanted[1] and wanted[0] <= last)
                    tally[f"{kind} judged"] += 1
                    tally[f"{kind} equal"] += same
                    tally[f"{kind} overlap"] += overlap
                    if not same:
                        wrong.append(
                            (overlap, f"{published} gold {gold} ours {when.value} [{when.rule}] {shown(text, span)}")
                        )
                elif kind == "DURATION" and (length := _LENGTH.match(gold)):
                    tally["DURATION judged"] += 1
                    tally["DURATION same length"] += same_length(when, int(length["number"]), length["unit"])
    for kind in ("DATE", "TIME"):
        judged = tally[f"{kind} judged"]
        print(
            f"timebank {kind}: equal {tally[f'{kind} equal'] / judged:6.1%}"
            f"  overlap {tally[f'{kind} overlap'] / judged:6.1%}  (n={judged})"
        )
    print(f"timebank *_REF: same {tally['ref same'] / max(tally['ref'], 1):6.1%} (n={tally['ref']})")
    print(
        f"timebank DURATION: same length {tally['DURATION same length'] / tally['DURATION judged']:6.1%}"
        f" (n={tally['DURATION judged']})"
    )
    for _, line in sorted(wrong)[:misses]:
        print("   ", line)


def timexes(body: str) -> Iterator[tuple[str, Span, dict[str, str]]]:
    """Yield (plain text, span of the expression in it, attributes) for every TIMEX3 of a TimeML body."""
    text, found, position = "", [], 0
    for match in _TIMEX.finditer(body):
        text += _bare(body[position : match.start()])
        words = _bare(match[2])
        if words.strip():
            found.append((Span(len(text), len(text) + len(words)), dict(_ATTRIBUTE.findall(match[1]))))
        text += words
        position = match.end()
    text += _bare(body[position:])
    for span, attributes in found:
        yield text, span, attributes


def _bare(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def main() -> None:
    """Run what the paths allow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=HERE.parent.parent / "shared" / "corpus")
    parser.add_argument(
        "--timebank", type=Path, default=HERE.parent.parent / "shared" / "data" / "research" / "timebank.jsonl.gz"
    )
    parser.add_argument("--part", default="dev", choices=("train", "dev"))
    parser.add_argument("--misses", type=int, default=0, help="how many differences to print for each measure")
    parser.add_argument("--only", choices=("times", "counts", "timebank"))
    arguments = parser.parse_args()
    if not arguments.corpus.is_dir():
        sys.exit(f"no corpus in {arguments.corpus}: give its folder with --corpus")
    times.resolve("on Sunday", Span(3, 9), published=date(2016, 8, 18))  # the rule files are read once, untimed
    counts.resolve("15 people", Span(0, 9))
    if arguments.only in (None, "times"):
        score_times(arguments.corpus, arguments.part, arguments.misses)
    if arguments.only in (None, "counts"):
        score_counts(arguments.corpus, arguments.part, arguments.misses)
    if arguments.only in (None, "timebank") and arguments.timebank.exists():
        score_timebank(arguments.timebank, arguments.misses)


if __name__ == "__main__":
    main()
