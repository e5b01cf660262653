from __future__ import annotations

import pytest

from contested.claims.mending import mend
from contested.types import (
    ActorKind,
    ArgumentArc,
    Attribution,
    Document,
    Layer,
    Mention,
    Reading,
    Role,
    Span,
    Stance,
)

TEXT = "Troops left two years ago."


def reading(*spans: Span) -> Reading:
    mentions = tuple(Mention(f"m{n}", Layer.TIME, span) for n, span in enumerate(spans))
    return Reading("d", (), mentions, (), (), (), (), "by hand")


DOCUMENT = Document(id="d", text=TEXT, sentences=(Span(0, len(TEXT)),))


def test_parts_of_one_expression_share_its_span_and_keep_their_ids():
    mended = mend(DOCUMENT, reading(Span(12, 15), Span(22, 25)))
    assert [(m.id, m.span.of(TEXT)) for m in mended.mentions] == [("m0", "two years ago"), ("m1", "two years ago")]


def test_a_reading_without_cut_spans_is_returned_as_it_is():
    found = reading(Span(12, 25))
    assert mend(DOCUMENT, found) is found


def test_other_layers_are_left_alone():
    found = Reading("d", (), (Mention("m0", Layer.COUNT, Span(12, 15)),), (), (), (), (), "by hand")
    assert mend(DOCUMENT, found) is found


def document(text: str) -> Document:
    return Document(id="d", text=text, sentences=(Span(0, len(text)),))


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_a_verb_is_no_month():
    text = "Police said it may be the work of smugglers."
    verb = Mention("m0", Layer.TIME, at(text, "may"))
    arcs = (ArgumentArc("t0", "m0", Role.TIME),)
    mended = mend(document(text), Reading("d", (), (verb,), arcs, (), (), (), "by hand"))
    assert (mended.mentions, mended.arguments) == ((), ())
    month = Mention("m0", Layer.TIME, at("It began in May.", "May"))
    kept = Reading("d", (), (month,), arcs, (), (), (), "by hand")
    assert mend(document("It began in May."), kept) == kept


@pytest.mark.parametrize(
    ("text", "number", "read", "role"),
    [
        ("The mine killed 12 ferrymen.", "12 ferrymen", Role.WOUNDED, Role.KILLED),
        ("Officials said 12 ferrymen were injured.", "12 ferrymen", Role.KILLED, Role.WOUNDED),
        # the word behind a number outweighs the one before it
        ("Three Killed 12 Wounded in Ferry Blast", "12", Role.WOUNDED, Role.WOUNDED),
        # both at once: the reader's word stands
        ("The mine killed or wounded 12 ferrymen.", "12 ferrymen", Role.WOUNDED, Role.WOUNDED),
        ("The mine killed 12 ferrymen.", "12 ferrymen", Role.AFFECTED, Role.AFFECTED),
    ],
)
def test_the_words_beside_a_number_say_whether_it_counts_dead_or_wounded(text, number, read, role):
    count = Mention("m0", Layer.COUNT, at(text, number))
    found = Reading("d", (), (count,), (ArgumentArc("t0", "m0", read),), (), (), (), "by hand")
    assert [arc.role for arc in mend(document(text), found).arguments] == [role]


@pytest.mark.parametrize(
    ("text", "part", "role", "event"),
    [
        ("One guard is shot, and 90 pupils, including 12 girls, are abducted.", "12 girls", Role.ABDUCTED, "t1"),
        ("A guard is shot, 90 pupils, including six boys and 12 girls, are abducted.", "12 girls", Role.ABDUCTED, "t1"),
        # what has words of its own, or is told of others, is no part
        ("Gunmen seized 90 pupils, including some who hid, and 12 girls were killed.", "12 girls", Role.KILLED, "t0"),
        ("Gunmen seized 90 pupils including boys and shot 12 others there.", "12 others", Role.KILLED, "t0"),
        ("Gunmen seized 90 pupils. They shot all, including 12 girls.", "12 girls", Role.KILLED, "t0"),
    ],
)
def test_a_part_behind_including_shares_the_fate_and_the_event_of_the_whole(text, part, role, event):
    mentions = (Mention("m0", Layer.COUNT, at(text, "90 pupils")), Mention("m1", Layer.COUNT, at(text, part)))
    arcs = (ArgumentArc("t1", "m0", Role.ABDUCTED), ArgumentArc("t0", "m1", Role.KILLED))
    mended = mend(document(text), Reading("d", (), mentions, arcs, (), (), (), "by hand"))
    assert [(arc.trigger, arc.role) for arc in mended.arguments] == [("t1", Role.ABDUCTED), (event, role)]


def sources(text: str, *words: str) -> Reading:
    """A reading that takes all these words for one source, each with its own saying word."""
    named = tuple(Mention(f"m{n}", Layer.PARTICIPANT, at(text, w), ActorKind.NGO) for n, w in enumerate(words))
    said = tuple(Attribution(f"c{n}", f"m{n}", None, (), Stance.ASSERTS) for n in range(len(words)))
    return Reading("d", (), named, (), said, (), (tuple(m.id for m in named),), "by hand")


def test_two_bodies_of_the_register_are_two_sources():
    text = "UNICEF said six died while the Red Cross said nine did. It gave no names."
    mended = mend(document(text), sources(text, "UNICEF", "the Red Cross", "It"))
    assert mended.actor_groups == (("m0",), ("m1", "m2"))


def test_two_names_of_one_body_stay_one_source():
    text = "The UN children's fund UNICEF said six died. UNICEF gave no names."
    found = sources(text, "The UN children's fund UNICEF", "UNICEF")
    assert mend(document(text), found).actor_groups == found.actor_groups


def test_a_body_and_its_head_stay_one_source():
    text = "The White Helmets said six died. Raed al-Saleh gave no names."
    found = sources(text, "The White Helmets", "Raed al-Saleh")
    assert mend(document(text), found).actor_groups == found.actor_groups


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("The palace has not confirmed or denied the raid.", "denied", Stance.DOUBTS),
        ("The palace neither confirmed nor denied shelling the camp.", "denied", Stance.DOUBTS),
        ("The palace would not confirm the raid, nor deny it.", "deny", Stance.DOUBTS),
        ("The palace confirmed the raid and denied shelling the camp.", "denied", Stance.DENIES),
        ("The palace could not confirm it at first. It denied the raid.", "denied", Stance.DENIES),
    ],
)
def test_who_neither_confirms_nor_denies_has_not_denied(text, cue, stance):
    mention = Mention("m0", Layer.CUE, at(text, cue), stance=Stance.DENIES)
    said = Attribution("m0", None, None, (), Stance.DENIES)
    mended = mend(document(text), Reading("d", (), (mention,), (), (said,), (), (), "by hand"))
    assert (mended.attributions[0].stance, mended.mentions[0].stance) == (stance, stance)


def test_neither_confirmed_nor_denied_is_one_saying():
    text = "The palace has not confirmed or denied the raid."
    cues = [Mention(f"m{n}", Layer.CUE, at(text, words)) for n, words in enumerate(("has", "not confirmed", "denied"))]
    who = Mention("m3", Layer.PARTICIPANT, at(text, "The palace"), kind=ActorKind.GOVERNMENT)
    said = (
        Attribution("m0", None, None, (), Stance.ASSERTS),
        Attribution("m1", "m3", None, ("t0",), Stance.DOUBTS),
        Attribution("m2", None, None, (), Stance.DENIES),
    )
    mended = mend(document(text), Reading("d", (), (*cues, who), (), said, (), (), "by hand"))
    (doubt,) = mended.attributions
    assert (doubt.source, doubt.triggers, doubt.stance) == ("m3", ("t0",), Stance.DOUBTS)
    assert [m.span.of(text) for m in mended.mentions] == ["has not confirmed or denied", "The palace"]
