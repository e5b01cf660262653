"""Who states a number where its own saying names nobody."""

from dataclasses import replace

import pytest

from contested.incidents import accounts_of
from contested.types import Role, Stance
from tests.incidents.reports_made import report


def speakers(claims):
    (account,) = accounts_of(claims)
    return [t.speaker.name for t in account.totals(Role.KILLED)]


def test_a_named_source_outweighs_a_nearer_word_that_nobody_is_named_with():
    claims = report(
        "The Hiran Watch group said the raid, believed to be by jets, killed nine people.",
        [("nine people", False)],
        claims=[("The Hiran Watch group", "said"), (None, "believed")],
        actors=[("The Hiran Watch group", "ngo", "Hiran Watch")],
    )
    assert speakers(claims) == ["Hiran Watch"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Somali Red Crescent, a group working in camps, said the suspected raid killed nine people.", "Red Crescent"),
        ("Nine people died in the suspected raid, according to the Somali Red Crescent.", "Red Crescent"),
        ("Nine people died in the suspected raid as was reported by the Somali Red Crescent.", "Red Crescent"),
    ],
)
def test_else_the_sentence_itself_says_who_speaks(text, name):
    number = "nine people" if "nine people" in text else "Nine people"
    (found,) = speakers(report(text, [(number, False)], claims=[(None, "suspected")]))
    assert name in found


def test_a_sentence_that_names_nobody_stays_so():
    claims = report("It said the suspected raid killed nine people.", [("nine people", False)], [(None, "suspected")])
    assert speakers(claims) == ["a source that is not named"]


def test_the_outlets_own_number_stays_its_own():
    claims = report("The army said nothing about it. A raid killed nine people.", [("nine people", False)])
    assert speakers(claims) == ["Post"]


GROUP, CLINIC = ("The Hiran Watch group", "ngo", "Hiran Watch"), ("the Jowhar clinic", "ngo", "Jowhar clinic")


def test_who_says_a_number_right_before_it_gives_it():
    text = "The Hiran Watch group said the raid killed six people while the Jowhar clinic said that nine people died."
    claims = report(
        text,
        [("six people", False), ("nine people", False)],
        claims=[("The Hiran Watch group", "said"), ("the Jowhar clinic", "said that")],
        actors=[GROUP, CLINIC],
    )
    first, second = claims.claims
    claims = replace(claims, claims=(first, replace(second, events=())))  # the reader put it to no event
    assert [name.split()[0] for name in speakers(claims)] == ["Hiran", "Jowhar"]


def test_who_gave_a_toll_gives_it_also_where_the_reader_found_the_number():
    text = "The Hiran Watch group said the raid killed six people. The Jowhar clinic gave a higher toll of nine."
    claims = report(
        text,
        [("six people", False), ("nine", False)],
        claims=[("The Hiran Watch group", "said")],
        actors=[GROUP],
    )
    first, second = speakers(claims)
    assert first == "Hiran Watch"
    assert "Jowhar" in second


def test_it_is_the_source_named_last_before():
    text = "The Hiran Watch group said a raid hit a bridge. It reported nine people killed in the raid."
    claims = report(
        text,
        [("nine people", False)],
        claims=[("The Hiran Watch group", "said"), ("It", "reported")],
        actors=[GROUP, ("It", "ngo", "It")],
    )
    assert speakers(claims) == ["Hiran Watch"]


@pytest.mark.parametrize("other", [False, True])
def test_a_monitor_is_the_one_that_the_report_names(other):
    text = "A monitor said a raid killed nine people. UNHCR said it had no staff there. Human Rights Watch said so too."
    named = [("Human Rights Watch", "ngo", "Human Rights Watch"), ("UNHCR", "ngo", "UNHCR")]
    claims = report(
        text,
        [("nine people", False)],
        claims=[("A monitor", "said"), ("Human Rights Watch", "said so"), *([("UNHCR", "said it")] * other)],
        actors=[("A monitor", "ngo", "monitors"), *named],
    )
    assert speakers(claims) == ["Human Rights Watch"]


@pytest.mark.parametrize(("cue", "stance"), [("denied", "denies"), ("claimed", "admits")])
def test_who_denies_a_raid_or_claims_it_does_not_count_its_dead(cue, stance):
    text = f"The Hiran Watch group {cue} the raid that killed nine people."
    claims = report(text, [("nine people", False)], claims=[("The Hiran Watch group", cue)], actors=[GROUP])
    said = tuple(replace(c, stance=Stance(stance)) for c in claims.claims)
    assert speakers(replace(claims, claims=said)) == ["Post"]


def test_who_gives_another_number_in_a_later_sentence_does_not_give_this_one():
    claims = report(
        "A raid killed nine people in Rih. The Hiran Watch group said that 14 people died.",
        [("nine people", False), ("14 people", False)],
        claims=[("The Hiran Watch group", "said that")],
        actors=[GROUP],
    )
    assert speakers(claims) == ["Post", "Hiran Watch"]


@pytest.mark.parametrize(
    ("text", "who", "body"),
    [
        ("The raid killed nine people, Somali army spokesman Ali Warsame said.", "Ali Warsame", "Somali"),
        (
            "The raid killed nine people, Somali army spokesman Ali Warsame said.",
            "Somali army spokesman Ali Warsame",
            "Somali",
        ),
        ("Ali Warsame, a spokesman for al-Shabaab, said the raid killed nine people.", "Ali Warsame", "Shabaab"),
        ("Ali Warsame, its spokesman, said the raid killed nine people.", "Ali Warsame", None),
        ("Ali Warsame, an elder, said the raid killed nine people.", "Ali Warsame", None),
    ],
)
def test_a_spokesman_speaks_for_his_body(text, who, body):
    claims = report(text, [("nine people", False)], claims=[(who, "said")], actors=[(who, "military", "Ali Warsame")])
    (account,) = accounts_of(claims)
    (speaker,) = {s.speaker for s in account.sayings if s.speaker.is_named}
    assert (body or "nobody") in (speaker.body.name if speaker.body else "nobody")


@pytest.mark.parametrize(
    ("text", "of_part"),
    [
        ("The army denied killing civilians in the raid on Marka.", True),
        ("The army denied that the raid on Marka killed civilians.", True),
        ("The army denied that its men were near the well at the time of the raid.", True),
        ("The army denied the raid on Marka.", False),
        ("The army denied that it carried out the raid on Marka.", False),
        ("The army denied the raid that killed two people in Marka.", False),
    ],
)
def test_a_denial_of_a_part_leaves_the_event_standing(text, of_part):
    claims = report(text, [], claims=[("The army", "denied")], actors=[("The army", "military", "army")])
    claims = replace(claims, claims=tuple(replace(c, stance=Stance.DENIES) for c in claims.claims))
    (account,) = accounts_of(claims)
    assert [s.of_part for s in account.sayings if s.stance is Stance.DENIES] == [of_part]
