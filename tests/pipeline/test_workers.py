from __future__ import annotations

from contested.errors import InputError
from contested.pipeline.batches import BATCH_CHARACTERS, BATCH_DOCUMENTS, Batch, Fault, cut_into_batches
from contested.pipeline.workers import read_with_workers
from contested.types import Claims, Document
from tests.pipeline.tasks import die_of_poison, name_documents


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{number}", text, (), where=f"file:{number}") for number, text in enumerate(texts, start=1)]


def batches(*texts: str) -> list[Batch]:
    return [Batch((document,)) for document in documents(*texts)]


def test_results_come_in_the_order_of_the_input():
    done = list(read_with_workers(batches("x" * 20, "x", "x" * 10, "x", "x", "x"), 2, name_documents))
    assert [outcome[0].document.id for _, outcome in done] == ["d1", "d2", "d3", "d4", "d5", "d6"]


def test_a_batch_without_documents_keeps_its_place():
    lost = InputError("empty", "file:1")
    ((batch, outcome),) = read_with_workers([Batch((lost,))], 2, name_documents)
    assert batch.parts == (lost,)
    assert outcome == []


def test_a_document_that_kills_its_process_is_named_and_no_other_is_lost():
    wholesome = Batch(tuple(documents("one", "two", "poison", "four")))
    rest = batches("five", "six", "seven")
    done = [result for _, outcome in read_with_workers([wholesome, *rest], 2, die_of_poison) for result in outcome]
    assert [type(result) for result in done] == [Claims, Claims, Fault, Claims, Claims, Claims, Claims]
    error = done[2].to_error()
    assert error.where == "file:3"
    assert "'d3'" in str(error)
    assert "died" in str(error)


def test_a_pool_that_broke_is_replaced():
    parts = batches("poison", *["fine"] * 9)
    done = [result for _, outcome in read_with_workers(parts, 2, die_of_poison) for result in outcome]
    assert [isinstance(result, Fault) for result in done] == [True] + [False] * 9


def test_input_is_drawn_only_as_it_is_needed():
    """Memory stays bounded: a reader that stops early has not opened the whole input."""
    drawn = []

    def opened():
        for batch in batches(*["x"] * 100):
            drawn.append(batch)
            yield batch

    results = read_with_workers(opened(), 2, name_documents)
    next(results)
    results.close()
    assert len(drawn) <= 5


def test_batches_are_cut_by_number_and_by_length():
    many = list(cut_into_batches(documents(*["x"] * (2 * BATCH_DOCUMENTS + 3))))
    assert [len(batch.parts) for batch in many] == [BATCH_DOCUMENTS, BATCH_DOCUMENTS, 3]
    long = list(cut_into_batches(documents("x" * (BATCH_CHARACTERS - 1), "x" * 100_000, "x")))
    assert [len(batch.parts) for batch in long] == [2, 1]


def test_what_could_not_be_opened_stays_in_place():
    one, two = documents("a", "b")
    lost = InputError("empty", "file:9")
    (batch,) = cut_into_batches([one, lost, two])
    assert batch.parts == (one, lost, two)
    assert batch.documents == (one, two)
