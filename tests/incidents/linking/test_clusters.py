import random
from dataclasses import replace

import pytest

from contested.errors import ResourceError
from contested.incidents import Judgement, Verdict, link
from contested.incidents.linking.weights import load_weights, parse_weights
from contested.types import EventType, PlaceLevel, Span
from tests.incidents.accounts_made import account, killed, outlet, place

BAKERY = "jets struck a bakery in the town"


def clusters(accounts, judgements=()):
    return {frozenset(a.id for a in c.accounts) for c in link(accounts, judgements)}


def test_two_reports_of_one_strike_are_one_incident_and_say_why():
    found = link([account("a", "one"), account("b", "two", words="a bakery was hit by jets in the town")])
    assert [[a.id for a in c.accounts] for c in found] == [["a", "b"]]
    explained = found[0].links[0]
    assert explained.bits == pytest.approx(load_weights().prior + sum(c.bits for c in explained.comparisons))
    assert all(c.why for c in explained.comparisons)


@pytest.mark.parametrize(
    "other",
    [
        account("b", "two", when="2020-05-09", told="2020-05-10"),
        account("b", "two", at=place("Daraa", 32.62, 36.1)),
        account("b", "two", EventType.PROTEST),
    ],
)
def test_another_day_place_or_affair_is_another_incident(other):
    assert clusters([account("a", "one"), other]) == {frozenset("a"), frozenset("b")}


def test_a_report_that_tells_of_two_raids_keeps_them_apart_whatever_others_say():
    clinic, convoy = place("Marea", 36.48, 37.19), place("Tal", 36.6, 37.24)
    first = account("a", "one", at=clinic, tolls=(killed(4, by=outlet("one")),))
    second = account("b", "one", at=convoy, tolls=(killed(40, by=outlet("one")),), words="trucks burnt on a road")
    second = replace(second, spans=(Span(300, 330),), sentence=9)
    district = place("Marea District", 36.54, 37.2, radius_km=20.0, level=PlaceLevel.ADM2)
    loose = [
        account(f"c{n}", f"two{n}", at=district, words="jets struck a bakery in the town, trucks burnt on a road")
        for n in range(3)
    ]
    assert len([c for c in clusters([first, *loose]) if "a" in c and "c0" in c]) == 1
    assert len([c for c in clusters([second, *loose]) if "b" in c and "c0" in c]) == 1
    assert not [c for c in clusters([first, second, *loose]) if {"a", "b"} <= c]


def test_a_judgement_overrules_the_weights_both_ways():
    alike = [account("a", "one"), account("b", "two")]
    assert clusters(alike, [Judgement("a", "b", Verdict.DIFFERENT, 1)]) == {frozenset("a"), frozenset("b")}
    apart = [account("a", "one"), account("b", "two", at=place("Daraa", 32.62, 36.1))]
    assert clusters(apart, [Judgement("a", "b", Verdict.SAME, 1)]) == {frozenset("ab")}


def test_a_judgement_joins_whole_clusters():
    daraa = place("Daraa", 32.62, 36.1)
    here = [account("a", "one"), account("b", "two"), account("c", "three")]
    there = [account(name, f"far{name}", at=daraa, when="2020-06-01", told="2020-06-02") for name in "de"]
    assert clusters([*here, *there]) == {frozenset("abc"), frozenset("de")}
    assert clusters([*here, *there], [Judgement("a", "e", Verdict.SAME, 1)]) == {frozenset("abcde")}


def test_what_is_judged_different_stays_out_of_what_is_judged_the_same():
    apart = [account("a", "one"), account("b", "two", at=place("Daraa", 32.62, 36.1))]
    like_b = account("c", "three", at=place("Daraa", 32.62, 36.1))
    held = [Judgement("a", "b", Verdict.SAME, 1), Judgement("a", "c", Verdict.DIFFERENT, 2)]
    assert clusters([*apart, like_b], held) == {frozenset("ab"), frozenset("c")}


def test_unsure_takes_a_judgement_back():
    held = [Judgement("a", "b", Verdict.DIFFERENT, 1), Judgement("b", "a", Verdict.UNSURE, 2)]
    assert clusters([account("a", "one"), account("b", "two")], held) == {frozenset("ab")}


def test_the_order_of_the_input_does_not_matter():
    accounts = synthetic(40, seed=5)
    mixed = accounts[:]
    random.Random(1).shuffle(mixed)
    assert clusters(accounts) == clusters(mixed)


def test_known_clusters_are_recovered_from_accounts_with_errors():
    """A hundred incidents, two to four times; one in five days off by one, tolls and words changed."""
    accounts = synthetic(100, seed=3)
    truth = {a.id: a.id.split("-")[0] for a in accounts}
    found = {a.id: i for i, c in enumerate(link(accounts)) for a in c.accounts}
    pairs = [(x, y) for x in truth for y in truth if x < y]
    said = {p for p in pairs if found[p[0]] == found[p[1]]}
    true = {p for p in pairs if truth[p[0]] == truth[p[1]]}
    assert len(said & true) / len(said) >= 0.97
    assert len(said & true) / len(true) >= 0.9


def synthetic(incidents, seed):
    chance = random.Random(seed)
    words = [f"w{''.join(chance.choices('abcdefghij', k=5))}" for _ in range(3000)]
    accounts = []
    for n in range(incidents):
        spot = place(f"town{n}", chance.uniform(33, 37), chance.uniform(36, 41))
        first, toll, told_words = chance.randrange(1, 26), chance.randrange(2, 60), chance.sample(words, 8)
        for copy in range(chance.randrange(2, 5)):
            moved = min(first + (chance.random() < 0.2), 28)
            number = toll + (chance.random() < 0.2) * chance.randrange(1, 4)
            text = " ".join(chance.choice(words) if chance.random() < 0.2 else w for w in told_words)
            made = account(
                f"{n:03}-{copy}",
                f"report{n}-{copy}",
                when=f"2020-05-{moved:02}",
                told=f"2020-05-{min(first + 1 + copy % 2, 28):02}",
                at=spot,
                tolls=(killed(number, by=outlet("x")),),
                words=text,
            )
            accounts.append(made)
    return accounts


def test_one_report_that_tells_two_strikes_apart_keeps_them_apart():
    first = account("a", "one")
    second = replace(account("b", "one", words="other jets hit a bridge there"), sentence=9)
    assert clusters([first, second]) == {frozenset("a"), frozenset("b")}


def test_weights_without_a_level_are_refused():
    with pytest.raises(ResourceError, match="levels missing"):
        parse_weights("schema = 1\nprior = 0.0\nthreshold = 0.0\n[type]\nsame = { bits = 1.0, why = 'x' }", "here")


def test_a_judgement_holds_when_a_later_model_reads_other_words_for_the_event():
    """It named “gas attack”; now the report is read as telling of an “attack” there."""
    first = replace(account("new-a", "one"), aliases=("a",))
    second = replace(account("new-b", "two"), aliases=("b",))
    assert clusters([first, second], [Judgement("a", "b", Verdict.DIFFERENT, 1)]) == {
        frozenset({"new-a"}),
        frozenset({"new-b"}),
    }


def test_a_judgement_on_two_tellings_that_are_now_read_as_one_asks_nothing():
    merged = replace(account("new", "one"), aliases=("a", "b"))
    assert clusters([merged], [Judgement("a", "b", Verdict.DIFFERENT, 1)]) == {frozenset({"new"})}


def test_one_incident_told_by_hundreds_costs_no_more_an_account():
    """A crowded block and a large cluster: each account meets a few, and joining does not go through all."""
    crowd = [account(f"{n:05}", f"r{n}") for n in range(600)]
    assert len(link(crowd)) == 1
