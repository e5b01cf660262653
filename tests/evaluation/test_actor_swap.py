from __future__ import annotations

from evaluation.actor_swap import Changes, compare, swap

FORMS = [("the government", "the rebels"), ("government forces", "rebel forces")]


def test_sides_are_exchanged_both_ways_and_offsets_follow() -> None:
    text = "The government shelled Ardan. Two days later the rebels hit government forces near Ardan."
    swapped = swap(text, FORMS)
    assert swapped.text == "The rebels shelled Ardan. Two days later the government hit rebel forces near Ardan."
    for word in ("shelled", "later", "hit", "near"):
        at = swapped.place(text.index(word))
        assert swapped.text[at : at + len(word)] == word


def test_a_side_inside_a_longer_word_stays() -> None:
    assert swap("The governments met.", FORMS).text == "The governments met."


def test_a_changed_type_is_counted_once_and_a_kept_one_is_not() -> None:
    text = "The government shelled Ardan."
    swapped = swap(text, FORMS)

    def reading(of: str, kind: str) -> dict[str, object]:
        start = of.index("shelled")
        mention = {"trigger": [start, start + 7]}
        return {
            "id": "d",
            "text": of,
            "events": [{"type": kind, "status": "actual", "mentions": [mention]}],
            "claims": [],
        }

    changes = Changes()
    compare(reading(text, "shelling"), reading(swapped.text, "shelling"), swapped, changes)
    compare(reading(text, "shelling"), reading(swapped.text, "attack"), swapped, changes)
    assert (changes.compared["type"], changes.changed["type"]) == (2, 1)
    assert (changes.compared["status"], changes.changed["status"]) == (2, 0)
