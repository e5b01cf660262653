from contested.incidents import accounts_of, find_incidents_of
from contested.incidents.account import account_id
from contested.incidents.form import to_form
from contested.types import (
    Claims,
    Document,
    Event,
    EventMention,
    EventType,
    Span,
    Status,
)
from tests.incidents.accounts_made import account
from tests.incidents.reports_made import report

TEXT = "Medics blamed a suspected gas attack. The attack came at dawn."


def reading(*triggers):
    mentions = tuple(EventMention(Span(TEXT.index(w), TEXT.index(w) + len(w)), ()) for w in triggers)
    event = Event("E1", EventType.CHEMICAL_ATTACK, Status.ACTUAL, mentions)
    sentences = (Span(0, 37), Span(38, len(TEXT)))
    (account,) = accounts_of(Claims(Document("r", TEXT, sentences), (event,), (), (), (), (), (), "m"))
    return account


def test_other_readings_of_one_event_know_each_others_ids():
    long, short = reading("suspected gas attack"), reading("attack")
    assert long.id != short.id
    assert long.id in short.aliases
    assert short.id in long.aliases


def test_an_event_whose_earlier_mention_is_found_later_keeps_its_first_id_as_an_alias():
    late = Span(TEXT.rindex("attack"), TEXT.rindex("attack") + 6)
    both = reading("gas attack", "attack came")
    assert account_id("r", Span(late.start, late.end + 5)) in both.aliases


def test_words_that_point_back_are_seen():
    assert reading("attack came").points_back
    assert not reading("gas attack").points_back


def test_names_at_the_head_of_a_report_are_hints_of_where_its_event_was():
    text = "Kabkabiya: market struck. A raid killed nine people there. Planes came from Nyala."
    (account,) = accounts_of(report(text, [("nine people", False)]))
    assert account.place_hints == ("Kabkabiya",)  # the last sentence is neither the head nor the event's own


def test_peoples_and_days_are_no_places():
    text = "In Tuesday market talk. An Israeli raid killed nine people near Israeli lines on Monday."
    (account,) = accounts_of(report(text, [("nine people", False)]))
    assert account.place_hints == ()


def test_names_with_an_article_of_their_own_are_hints_too():
    text = "Raid on al-Bab market. A raid killed nine people."
    (account,) = accounts_of(report(text, [("nine people", False)]))
    assert account.place_hints == ("al-Bab",)


def test_what_is_only_planned_is_an_incident_that_says_so():
    planned = account("a", "one", status=Status.FUTURE)
    (incident,) = find_incidents_of([planned], {}).incidents
    assert (incident.status, to_form(incident)["status"]) == (Status.FUTURE, "future")
    (incident,) = find_incidents_of([planned, account("b", "two")], {}).incidents
    assert incident.status is Status.ACTUAL
