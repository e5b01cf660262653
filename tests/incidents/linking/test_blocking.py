from dataclasses import replace
from datetime import date

from contested.incidents.linking.blocking import NEIGHBOURS, candidate_pairs
from contested.incidents.linking.features import Describer
from contested.types import EventType, When
from tests.incidents.accounts_made import account, killed, outlet, place


def pairs(accounts):
    return {(i, j) for i, j, _, _ in candidate_pairs(accounts, Describer(accounts))}


def test_accounts_of_days_up_to_two_apart_meet_and_of_a_month_apart_do_not():
    later = account("c", "three", when="2020-06-09", told="2020-06-10")
    accounts = [account("a", "one"), account("b", "two", when="2020-05-03"), later]
    assert pairs(accounts) == {(0, 1)}


def test_each_pair_comes_once_however_many_windows_and_blocks_it_shares():
    days = When(date(2020, 5, 1), date(2020, 5, 9), "2020-05-01/2020-05-09", rule="test")
    accounts = [replace(account(name, name), when=days) for name in "abc"]
    found = [(i, j) for i, j, _, _ in candidate_pairs(accounts, Describer(accounts))]
    assert sorted(found) == [(0, 1), (0, 2), (1, 2)]


def test_reports_of_one_day_meet_by_how_they_open_when_the_day_of_one_was_misread():
    opening = "Four fishermen drowned near the lighthouse. The coast guard searched all night."
    one = replace(account("a", "one", when="2020-05-01", told="2020-05-02"), lead=opening)
    other = replace(account("b", "two", when="2020-03-01", told="2020-05-02"), lead=opening)
    assert pairs([one, other]) == {(0, 1)}


def test_a_report_without_a_place_meets_those_of_the_country_whose_people_it_names():
    dated = account("a", "one")
    bare = replace(account("b", "two", words="authorities updated losses"), places=(), where_told=None)
    assert pairs([dated, replace(bare, home="SYR")]) == {(0, 1)}
    assert pairs([dated, bare]) == set()


def test_a_crowded_block_costs_each_account_a_bounded_number_of_pairs():
    crowd = [account(f"{n:03}", f"r{n}", at=place("Marea", 36.48, 37.19)) for n in range(400)]
    assert len(pairs(crowd)) <= 3 * NEIGHBOURS * len(crowd)


def test_accounts_without_any_day_meet_each_other():
    undated = [replace(account(n, n, when=None), published=None) for n in "ab"]
    assert pairs(undated) == {(0, 1)}


def test_a_rare_kind_of_event_meets_its_like_across_a_country():
    gas = [
        account("a", "one", EventType.CHEMICAL_ATTACK, words="gas hung over the orchards"),
        account("b", "two", EventType.CHEMICAL_ATTACK, words="people choked", at=place("Daraa", 32.62, 36.1)),
    ]
    crowd = [account(f"c{n}", f"r{n}", at=place(f"t{n}", 33 + n / 9, 37)) for n in range(20)]
    assert (0, 1) in pairs(gas + crowd)


def test_a_report_that_gives_no_day_meets_a_large_toll_of_its_town_weeks_before():
    def telling(name, report, told, number, when=None):
        toll = killed(number, by=outlet(report))
        return account(name, report, told=told, when=when, at=place("Marea", 36.48, 37.19), tolls=(toll,))

    struck = telling("a", "one", "2020-05-02", 31, when="2020-05-01")
    assert pairs([struck, telling("b", "two", "2020-06-12", 31)]) == {(0, 1)}
    assert pairs([struck, telling("b", "two", "2020-06-12", 30)]) == set()
    assert pairs([struck, telling("b", "two", "2020-06-12", 31, when="2020-06-11")]) == set()
    assert (
        pairs([telling("a", "one", "2020-05-02", 3, when="2020-05-01"), telling("b", "two", "2020-06-12", 3)]) == set()
    )


def test_running_totals_of_one_town_meet_however_much_they_grew_and_those_of_a_war_whatever_country_is_named():
    def total(name, told, number, **where):
        toll = replace(killed(number, by=outlet(name)), running=True)
        return replace(account(name, name, told=told, when=None, tolls=(toll,)), is_total=True, **where)

    town, next_town = place("Marea", 36.48, 37.19), place("Anadan", 36.29, 37.04)
    week = total("a", "2020-05-02", 100, places=(town,))
    assert pairs([week, total("b", "2020-05-20", 260, places=(town,))]) == {(0, 1)}
    assert pairs([week, total("b", "2020-05-20", 260, places=(next_town,))]) == set()
    nowhere = {"places": (), "where_told": None}
    war = total("a", "2020-05-02", 52_000)
    assert pairs([war, total("b", "2020-08-20", 58_000, **nowhere)]) == {(0, 1)}
    assert pairs([replace(week, places=()), total("b", "2020-08-20", 101, **nowhere)]) == set()


def test_a_report_that_names_the_day_and_no_place_meets_what_is_told_of_that_day():
    struck = account("a", "one")
    crowd = [account(f"c{n}", f"r{n}", EventType.ATTACK, when="2020-05-02", words=f"w{n}") for n in range(20)]
    placeless = replace(account("b", "two", words="guards counted forty"), places=(), where_told="SYR")
    assert (0, 1) in pairs([struck, placeless, *crowd])  # the block of the whole country is too large to be compared
    another_day = replace(placeless, when=account("c", "c", when="2020-05-02").when)
    assert (0, 1) not in pairs([struck, another_day, *crowd])


def test_a_bombing_and_the_battle_after_it_meet_and_a_bombing_and_talks_do_not():
    bombing = account("a", "one", EventType.BOMBING)
    assert pairs([bombing, account("b", "two", EventType.BATTLE)]) == {(0, 1)}
    assert pairs([bombing, account("b", "two", EventType.TALKS)]) == set()
