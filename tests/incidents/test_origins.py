from datetime import date

from contested.incidents import Text, find_origins

STORY = (
    "Shells fell on the market of the river town on Monday morning while farmers were unloading their carts, and the "
    "mayor said that nine people had been killed and that the hospital had no more blood for those who were wounded."
)
OTHER = "Talks about the prisoners were put off once more because neither of the two sides had sent a list of names."
DAY = date(2020, 5, 1)


def origin(texts):
    return {id_: o.id for id_, o in find_origins(texts).items()}


def test_a_reprint_is_of_the_origin_that_came_out_first():
    texts = [
        Text("b", STORY + " Read more.", published=date(2020, 5, 2)),
        Text("a", STORY, published=DAY),
        Text("c", OTHER),
    ]
    assert origin(texts) == {"a": "a", "b": "a", "c": "c"}
    assert find_origins(texts)["b"].why


def test_a_common_credit_needs_shared_passages_too():
    own = "The mayor of another place spoke about the harvest, the mill, and a bridge that the flood had carried away."
    assert origin([Text("a", STORY, credit="Agency"), Text("b", own, credit="Agency")]) == {"a": "a", "b": "b"}


def test_a_text_that_comes_back_after_weeks_is_no_reprint():
    assert origin([Text("a", STORY, published=DAY), Text("b", STORY, published=date(2020, 7, 1))]) == {
        "a": "a",
        "b": "b",
    }


def test_texts_without_words_are_of_no_common_origin():
    assert origin([Text("a", ""), Text("b", "!")]) == {"a": "a", "b": "b"}
