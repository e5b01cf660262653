from __future__ import annotations

from contested.types import ActorKind, DisputeKind, EventType, Stance, Status
from tests.claims.reports import Report, found


def test_a_denial_of_a_claim():
    report = Report("Rebels said they had seized the base. The army denied the capture.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the base")
    report.event(EventType.TAKE_CONTROL, "capture", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said("The army", "denied", Stance.DENIES, "capture")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "The army")
    (dispute,) = report.claims().disputes
    assert (dispute.id, dispute.kind, dispute.rule) == ("D1", DisputeKind.DENIAL, "denial of a claim")
    assert [side.claim for side in dispute.sides] == ["C1", "C2"]
    assert [side.says for side in dispute.sides] == ["put forward", "denied"]
    assert [{s.of(report.text) for s in side.evidence} for side in dispute.sides] == [
        {"Rebels", "said", "seized"},
        {"The army", "denied", "capture"},
    ]
    assert dispute.why == (
        "“seized” (by they [Rebels], on the base): put forward by Rebels (“said”), denied by The army (“denied”)."
    )


def test_a_doubt_of_a_claim_and_a_repeated_doubt_is_one_dispute():
    report = Report(
        "The ministry said the corridor was open. Aid groups doubted the corridor. They questioned the corridor."
    )
    report.event(EventType.OPEN_ACCESS, "corridor")
    report.event(EventType.OPEN_ACCESS, "corridor#2", again=0)
    report.event(EventType.OPEN_ACCESS, "corridor#3", again=0)
    report.said("The ministry", "said", Stance.ASSERTS, "corridor")
    report.said("Aid groups", "doubted", Stance.DOUBTS, "corridor#2")
    report.said("They", "questioned", Stance.DOUBTS, "corridor#3")
    report.actor(ActorKind.NGO, "Aid groups", "They")
    assert found(report) == [(DisputeKind.DOUBT, "doubt of a claim")]


def test_a_denial_of_what_the_outlet_reports_itself():
    report = Report("Planes bombed the clinic. The air force denied the raid.")
    report.event(EventType.AIRSTRIKE, "bombed", by="Planes", on="the clinic")
    report.event(EventType.AIRSTRIKE, "raid", again=0)
    report.said("The air force", "denied", Stance.DENIES, "raid")
    (dispute,) = report.claims().disputes
    assert dispute.rule == "denial of the outlet's own report"
    assert dispute.sides[0].claim is None
    assert "reported by The Valley Post in its own voice" in dispute.why


def test_what_only_its_denier_speaks_of_is_no_dispute():
    report = Report("The army said its planes had not bombed the clinic.")
    report.event(EventType.AIRSTRIKE, "bombed", Status.NEGATED, by="its planes", on="the clinic")
    report.said("The army", "said", Stance.DENIES, "bombed")
    assert found(report) == []


def test_a_named_opponent_goes_before_an_unnamed_one():
    report = Report("The raid reportedly hit a school. Residents said the raid hit a school. The army denied the raid.")
    report.event(EventType.AIRSTRIKE, "raid", on="a school")
    report.event(EventType.AIRSTRIKE, "raid#2", again=0)
    report.event(EventType.AIRSTRIKE, "raid#3", again=0)
    report.said(None, "reportedly", Stance.ASSERTS, "raid")
    report.said("Residents", "said", Stance.ASSERTS, "raid#2")
    report.said("The army", "denied", Stance.DENIES, "raid#3")
    (dispute,) = report.claims().disputes
    assert [side.claim for side in dispute.sides] == ["C2", "C3"]


def test_two_sources_that_agree_are_no_dispute():
    report = Report("Rebels said they had seized the base. The army confirmed the capture.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the base")
    report.event(EventType.TAKE_CONTROL, "capture", again=0)
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said("The army", "confirmed", Stance.CONFIRMS, "capture")
    assert found(report) == []


def taken_and_repelled(
    *, second_source: str = "The army", same_speaker: bool = False, place: str = "Darvand#2"
) -> Report:
    report = Report(
        "Rebels said they seized the post near Darvand. The army said it repelled the rebels near Darvand, not Kelem."
    )
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the post", place="Darvand")
    report.event(EventType.REPEL, "repelled", by="it", on="the rebels", place=place)
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said("Rebels" if same_speaker else second_source, "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.REBEL, "Rebels", "they", "the rebels")
    report.actor(ActorKind.MILITARY, "The army", "it")
    return report


def test_taken_and_repelled_cannot_both_hold():
    (dispute,) = taken_and_repelled().claims().disputes
    assert (dispute.kind, dispute.rule) == (DisputeKind.OUTCOME, "gained or repelled")
    assert [side.event for side in dispute.sides] == ["E1", "E2"]
    assert "driven back" in dispute.why


def test_one_speaker_who_tells_both_tells_a_story():
    assert found(taken_and_repelled(same_speaker=True)) == []


def test_an_attack_repelled_by_others_elsewhere_is_another_affair():
    report = Report("Rebels said they had seized the post. Police said they repelled a gang at the prison.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the post")
    report.event(EventType.REPEL, "repelled", by="they#2", on="a gang")
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said("Police", "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.POLICE, "Police", "they#2")
    report.actor(ActorKind.CRIMINAL, "a gang")
    assert found(report) == []


def test_who_drives_an_attack_back_takes_nothing_from_himself():
    report = Report("A monitor said the army retook the post. The army said it repelled them.")
    report.event(EventType.TAKE_CONTROL, "retook", by="the army", on="the post")
    report.event(EventType.REPEL, "repelled", by="it", on="them")
    report.said("A monitor", "said", Stance.ASSERTS, "retook")
    report.said("The army", "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.NGO, "A monitor")
    report.actor(ActorKind.MILITARY, "the army", "The army", "it")
    report.actor(ActorKind.MILITARY, "them")  # a pronoun whose side nobody knows
    assert found(report) == []


def test_a_pronoun_that_nobody_traced_does_not_hide_a_contradiction():
    report = Report("A monitor said rebels seized the post. The army said it repelled them.")
    report.event(EventType.TAKE_CONTROL, "seized", by="rebels", on="the post")
    report.event(EventType.REPEL, "repelled", by="it", on="them")
    report.said("A monitor", "said", Stance.ASSERTS, "seized")
    report.said("The army", "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.NGO, "A monitor")
    report.actor(ActorKind.REBEL, "rebels")
    report.actor(ActorKind.MILITARY, "The army", "it")
    report.actor(ActorKind.MILITARY, "them")
    assert len(found(report)) == 1


def test_taken_on_sunday_and_repelled_last_month_are_two_affairs():
    report = Report("Rebels said they seized the post on Sunday. The army said it repelled the rebels on 2 April.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the post", time="Sunday")
    report.event(EventType.REPEL, "repelled", by="it", on="the rebels", time="2 April")
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said("The army", "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.REBEL, "Rebels", "they", "the rebels")
    report.actor(ActorKind.MILITARY, "The army", "it")
    assert found(report) == []


def test_open_and_closed_for_the_same_crossing():
    report = Report("Officials said the Kelem crossing was open. Traders said guards blocked the Kelem crossing.")
    report.event(EventType.OPEN_ACCESS, "open", on="the Kelem crossing")
    report.event(EventType.BLOCK_ACCESS, "blocked", by="guards", on="the Kelem crossing#2")
    report.said("Officials", "said", Stance.ASSERTS, "open")
    report.said("Traders", "said#2", Stance.ASSERTS, "blocked")
    report.actor(None, "the Kelem crossing", "the Kelem crossing#2")
    assert found(report) == [(DisputeKind.OUTCOME, "open or closed")]


def test_one_crossing_open_and_another_closed():
    report = Report("Officials said the Kelem crossing was open. Traders said guards blocked the northern highway.")
    report.event(EventType.OPEN_ACCESS, "open", on="the Kelem crossing")
    report.event(EventType.BLOCK_ACCESS, "blocked", by="guards", on="the northern highway")
    report.said("Officials", "said", Stance.ASSERTS, "open")
    report.said("Traders", "said#2", Stance.ASSERTS, "blocked")
    report.actor(None, "the Kelem crossing", "the northern highway")
    assert found(report) == []


def test_rebels_took_a_village_held_by_the_army_is_no_contradiction():
    report = Report("Rebels said they had seized army-held Darvand.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="@Darvand")
    report.event(EventType.HOLD, "army-held", by="army", place="Darvand")
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.actor(ActorKind.REBEL, "Rebels", "they")
    report.actor(ActorKind.MILITARY, "army")
    assert found(report) == []


def test_gains_told_and_gains_denied_in_other_words():
    report = Report("Rebels said they had captured two hills. The army denied that the rebels had advanced.")
    report.event(EventType.TAKE_CONTROL, "captured", by="they", on="two hills")
    report.event(EventType.ADVANCE, "advanced", by="the rebels")
    report.said("Rebels", "said", Stance.ASSERTS, "captured")
    report.said("The army", "denied", Stance.DENIES, "advanced")
    report.actor(ActorKind.REBEL, "Rebels", "they", "the rebels")
    assert found(report) == [(DisputeKind.OUTCOME, "told and denied in other words")]


def test_told_as_done_and_as_not_done():
    report = Report("Residents said planes bombed Darvand. The army said no plane had bombed Darvand.")
    report.event(EventType.AIRSTRIKE, "bombed", by="planes", on="@Darvand")
    report.event(EventType.AIRSTRIKE, "bombed#2", Status.NEGATED, by="no plane", on="@Darvand#2")
    report.said("Residents", "said", Stance.ASSERTS, "bombed")
    report.said("The army", "said#2", Stance.DENIES, "bombed#2")
    report.actor(ActorKind.MILITARY, "planes", "no plane")
    assert found(report) == [(DisputeKind.DENIAL, "said not to have happened")]


def test_responsibility_denied():
    report = Report(
        "Officials said the Falcon Front shelled the school. The Falcon Front denied a role in the shelling."
    )
    report.event(EventType.SHELLING, "shelled", by="the Falcon Front", on="the school")
    report.event(EventType.SHELLING, "shelling", again=0)
    report.said("Officials", "said", Stance.ASSERTS, "shelled")
    report.said("The Falcon Front", "denied", Stance.DISOWNS, "shelling")
    report.actor(ActorKind.REBEL, "the Falcon Front", "The Falcon Front")
    report.actor(ActorKind.GOVERNMENT, "Officials")
    (dispute,) = report.claims().disputes
    assert (dispute.kind, dispute.rule) == (DisputeKind.RESPONSIBILITY, "responsibility denied")
    assert [side.says for side in dispute.sides] == ["attributed to the Falcon Front", "disowned"]


def test_responsibility_denied_by_one_nobody_named():
    report = Report("Officials said bandits shelled the school. The Falcon Front denied a role in the shelling.")
    report.event(EventType.SHELLING, "shelled", by="bandits", on="the school")
    report.event(EventType.SHELLING, "shelling", again=0)
    report.said("Officials", "said", Stance.ASSERTS, "shelled")
    report.said("The Falcon Front", "denied", Stance.DISOWNS, "shelling")
    report.actor(ActorKind.CRIMINAL, "bandits")
    report.actor(ActorKind.REBEL, "The Falcon Front")
    assert found(report) == []


def test_each_side_accuses_the_other():
    report = Report("The army accused rebels of shelling the school. Rebels accused the army of the shelling.")
    report.event(EventType.ACCUSE, "accused", by="The army", on="rebels")
    report.event(EventType.SHELLING, "shelling", by="rebels", on="the school")
    report.event(EventType.ACCUSE, "accused#2", by="Rebels", on="the army")
    report.event(EventType.SHELLING, "shelling#2", again=1, by="the army")
    report.said("The army", "accused", Stance.ASSERTS, "shelling")
    report.said("Rebels", "accused#2", Stance.ASSERTS, "shelling#2")
    report.actor(ActorKind.MILITARY, "The army", "the army")
    report.actor(ActorKind.REBEL, "rebels", "Rebels")
    assert found(report) == [(DisputeKind.RESPONSIBILITY, "blaming each other")]


def test_two_groups_claim_one_attack():
    report = Report("The Falcon Front claimed the bombing. The Lion Brigade also claimed the bombing.")
    report.event(EventType.BOMBING, "bombing")
    report.event(EventType.BOMBING, "bombing#2", again=0)
    report.said("The Falcon Front", "claimed", Stance.ADMITS, "bombing")
    report.said("The Lion Brigade", "claimed#2", Stance.ADMITS, "bombing#2")
    report.actor(ActorKind.REBEL, "The Falcon Front")
    report.actor(ActorKind.MILITIA, "The Lion Brigade")
    assert found(report) == [(DisputeKind.RESPONSIBILITY, "two responsible")]


def test_disputes_are_numbered_in_the_order_of_the_text():
    report = Report("Rebels said they took the base. The army denied it. Medics said nine died. Police denied it.")
    report.event(EventType.TAKE_CONTROL, "took", by="they", on="the base")
    report.event(EventType.ATTACK, "died", killed="nine")
    report.said("Rebels", "said", Stance.ASSERTS, "took")
    report.said("The army", "denied", Stance.DENIES, "took")
    report.said("Medics", "said#2", Stance.ASSERTS, "died")
    report.said("Police", "denied#2", Stance.DENIES, "died")
    disputes = report.claims().disputes
    assert [(d.id, d.sides[0].event) for d in disputes] == [("D1", "E1"), ("D2", "E2")]


def test_what_could_not_be_verified_is_not_confirmed_and_not_contradicted():
    report = Report("Rebels said they had seized the base. The claim could not be independently verified.")
    report.event(EventType.TAKE_CONTROL, "seized", by="they", on="the base")
    report.said("Rebels", "said", Stance.ASSERTS, "seized")
    report.said(None, "could not be independently verified", Stance.DOUBTS, "seized")
    (dispute,) = report.claims().disputes
    assert (dispute.kind, dispute.rule) == (DisputeKind.DOUBT, "not confirmed: a claim")
    assert dispute.sides[1].says == "not confirmed"
    assert dispute.why.endswith(
        "put forward by Rebels (“said”), not confirmed, as the report remarks (“could not be independently verified”)."
    )


def against(text: str, cue: str, trigger: str, stance: Stance, status: Status = Status.ACTUAL) -> Report:
    report = Report(f"{text}")
    report.event(EventType.BATTLE, "attack", status)
    report.event(EventType.BATTLE, trigger, status, again=0)
    report.said("Radio", "said", Stance.ASSERTS, "attack")
    report.said("The ministry", cue, stance, trigger)
    report.actor(ActorKind.MEDIA, "Radio")
    report.actor(ActorKind.GOVERNMENT, "The ministry")
    return report


def test_a_doubt_about_how_many_or_who_leaves_the_event_standing():
    text = "Radio said an attack had begun. The ministry was unsure who led the attack."
    assert found(against(text, "unsure", "attack#2", Stance.DOUBTS)) == []
    text = "Radio said an attack had begun. The ministry was unsure about the attack."
    assert found(against(text, "unsure", "attack#2", Stance.DOUBTS)) == [(DisputeKind.DOUBT, "doubt of a claim")]


def test_a_denial_that_the_story_has_overtaken():
    text = "Radio said the attack began on Sunday. The ministry, after repeatedly denying the attack, went on air."
    assert found(against(text, "denying", "attack#2", Stance.DENIES)) == []


def test_who_says_what_an_attack_would_mean_does_not_say_that_it_comes():
    text = "Radio said an attack would be a disaster. The ministry denied any plan of attack."
    assert found(against(text, "denied", "attack#2", Stance.DENIES, Status.HYPOTHETICAL)) == []
    text = "Radio said an attack was planned. The ministry denied any plan of attack."
    (dispute,) = against(text, "denied", "attack#2", Stance.DENIES, Status.HYPOTHETICAL).claims().disputes
    assert dispute.rule == "denial of a claim"


def test_who_puts_forward_and_doubts_qualifies_their_own_word():
    report = Report("Radio said an attack had begun. The ministry said an attack was likely but doubted the attack.")
    report.event(EventType.BATTLE, "attack")
    report.event(EventType.BATTLE, "attack#2", again=0)
    report.event(EventType.BATTLE, "attack#3", again=0)
    report.said("Radio", "said", Stance.ASSERTS, "attack")
    report.said("The ministry", "said#2", Stance.ASSERTS, "attack#2")
    report.said("The ministry", "doubted", Stance.DOUBTS, "attack#3")
    assert found(report) == []


def test_a_launch_without_a_hit_is_no_denial_of_the_launch():
    report = Report("The Guard said it launched missiles at Kelem. Officials said no missile hit Kelem.")
    report.event(EventType.SHELLING, "launched", by="it", on="@Kelem")
    report.event(EventType.SHELLING, "hit", Status.NEGATED, on="@Kelem#2")
    report.said("The Guard", "said", Stance.ASSERTS, "launched")
    report.said("Officials", "said#2", Stance.DENIES, "hit")
    report.actor(ActorKind.MILITARY, "The Guard", "it")
    assert found(report) == []


def test_two_offices_of_one_side_tell_of_a_gain_and_of_pushing_back():
    report = Report("An army general said the rebels took the hill. The defence ministry said it repelled the rebels.")
    report.event(EventType.TAKE_CONTROL, "took", by="the rebels", on="the hill")
    report.event(EventType.REPEL, "repelled", by="it", on="the rebels#2")
    report.said("An army general", "said", Stance.ASSERTS, "took")
    report.said("The defence ministry", "said#2", Stance.ASSERTS, "repelled")
    report.actor(ActorKind.MILITARY, "An army general", "The defence ministry", "it")
    report.actor(ActorKind.REBEL, "the rebels", "the rebels#2")
    report.same_actor[0] = report.same_actor[0][:1]
    assert found(report) == []


def test_threats_are_no_blame():
    report = Report("Officials said rebels threatened attacks. Rebels warned of attacks, accusing officials of lies.")
    report.event(EventType.ATTACK, "attacks", Status.HYPOTHETICAL, by="rebels")
    report.event(EventType.ATTACK, "attacks#2", Status.HYPOTHETICAL, again=0)
    report.event(EventType.ACCUSE, "accusing", by="Rebels", on="officials")
    report.said("Officials", "said", Stance.ASSERTS, "attacks")
    report.said("Rebels", "warned", Stance.ASSERTS, "attacks#2")
    report.actor(ActorKind.GOVERNMENT, "Officials", "officials")
    report.actor(ActorKind.REBEL, "rebels", "Rebels")
    assert found(report) == []


def test_responsibility_denied_for_what_its_very_words_lay_on_somebody():
    report = Report(
        "A report blamed Northland for the strike. Asked about a strike by Northland jets, the pact denied."
    )
    report.event(EventType.AIRSTRIKE, "strike", by="Northland")
    report.event(EventType.AIRSTRIKE, "strike#2", again=0, by="Northland jets")
    report.said("A report", "blamed", Stance.ASSERTS, "strike")
    report.said("the pact", "denied", Stance.DISOWNS, "strike#2")
    report.actor(ActorKind.MILITARY, "Northland", "Northland jets")
    report.actor(ActorKind.IGO, "the pact")
    assert found(report) == [(DisputeKind.RESPONSIBILITY, "responsibility denied")]
