"""Windows laid end to end give what windows in a grid give; a teacher that says the same costs nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is in contested[training]")
pytest.importorskip("safetensors", reason="safetensors is in contested[training]")

from training.corpus import example  # noqa: E402
from training.distil import Clock, Pool, Teacher, unlike  # noqa: E402
from training.encoder import Encoder  # noqa: E402
from training.losses import _apart, _choices_apart, _two_apart  # noqa: E402
from training.model import ReaderModel  # noqa: E402
from training.packing import Windows, pack  # noqa: E402
from training.train import tokenizer  # noqa: E402


def grids() -> list[Windows]:
    """Return grids of two shapes; the last windows of the first are shorter."""
    torch.manual_seed(3)
    first, second = torch.randint(1000, 20_000, (3, 24)), torch.randint(1000, 20_000, (1, 40))
    first[1, 17:] = 0
    first[2, 5:] = 0
    return [Windows(ids, (ids % 9 + 1) * (ids != 0), 0 * ids[:, 0]) for ids in (first, second)]


@torch.no_grad()
def test_windows_end_to_end_give_what_a_grid_gives() -> None:
    encoder = Encoder().eval()
    packing = pack(grids())
    packed = encoder.packed(packing)[packing.place]
    by_grid = torch.cat([encoder(part.ids, part.cases).flatten(0, 1) for part in grids()])
    real = torch.cat([(part.ids != 0).flatten() for part in grids()])
    assert torch.allclose(packed[real], by_grid[real], atol=1e-4)
    assert len(packing.ids) % 128 == 0


@torch.no_grad()
def test_a_window_sees_the_head_and_the_head_does_not_see_it() -> None:
    encoder = Encoder().eval()
    torch.manual_seed(8)
    head, own = torch.randint(1000, 20_000, (1, 5)), torch.randint(1000, 20_000, (1, 7))
    ones, nought = torch.ones_like, torch.zeros(1, dtype=torch.long)
    cells = torch.tensor([[0, 1, 2, 3, 4, -1]])
    parts = [Windows(head, ones(head), nought), Windows(own, ones(own), nought + 5, cells)]
    packing = pack(parts)
    packed = encoder.packed(packing)[packing.place]
    assert torch.allclose(packed[:5], encoder(head, ones(head))[0], atol=1e-4)
    alone = pack([parts[0], Windows(own, ones(own), nought + 5)])
    assert not torch.allclose(packed[5:], encoder.packed(alone)[alone.place][5:], atol=1e-2)
    nothing = pack([parts[0], Windows(own, ones(own), nought + 5, torch.full((1, 6), -1))])
    assert torch.allclose(encoder.packed(nothing)[nothing.place], encoder.packed(alone)[alone.place], atol=1e-4)
    assert packing.positions[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]


def test_a_teacher_that_says_the_same_costs_nothing() -> None:
    torch.manual_seed(4)
    logits, nothing = torch.randn(6), torch.randn(3)
    first, chosen = torch.tensor([0, 0, 0, 1, 2, 2]), torch.tensor([True, True, False])
    assert _choices_apart(logits, logits, first, nothing, nothing, chosen).item() == pytest.approx(0, abs=1e-6)
    assert _two_apart(logits, logits).item() == pytest.approx(0, abs=1e-6)
    labels = torch.randn(6, 4)
    assert _apart(labels, labels, torch.ones(6, dtype=torch.bool)).item() == pytest.approx(0, abs=1e-6)


def test_choices_are_held_against_the_teachers_share_of_each_candidate() -> None:
    # One span between two candidates and nothing: the teacher is sure of the first, the student of none of the three.
    first, chosen = torch.tensor([0, 0]), torch.tensor([True])
    sure, unsure = torch.tensor([30.0, 0.0]), torch.tensor([0.0, 0.0])
    none = torch.zeros(1)
    apart = _choices_apart(unsure, sure, first, none, none, chosen)
    assert apart.item() == pytest.approx(torch.tensor(3.0).log().item(), abs=1e-3)
    assert _choices_apart(unsure, sure, first, none, none, ~chosen).item() == 0


def test_a_teacher_keeps_its_vectors_of_a_text_and_reads_it_once() -> None:
    torch.manual_seed(5)
    texts = ["Rebels shelled the mill.", "The army, it said, took the bridge."]
    empty = {"events": [], "claims": [], "actors": [], "places": []}
    one, two = (
        example(empty | {"id": str(n), "text": t, "sentences": [[0, len(t)]]}, tokenizer()) for n, t in enumerate(texts)
    )
    teacher = Teacher(ReaderModel().eval(), 64)
    first = teacher.vectors([one, two])
    assert first.shape[0] == len(one.pieces) + len(two.pieces)
    teacher.model.encoder = None  # it is not asked again
    assert torch.equal(teacher.vectors([two, one]), torch.cat([first[len(one.pieces) :], first[: len(one.pieces)]]))


def test_vectors_that_give_the_teachers_cost_nothing_and_their_mean_alone_costs_all() -> None:
    torch.manual_seed(6)
    wanted = torch.randn(50, 8) + 3
    assert unlike(wanted, wanted).item() == 0
    assert unlike(wanted.mean(0).expand_as(wanted), wanted).item() == pytest.approx(1)


def test_no_text_is_drawn_twice_before_all_were_drawn_once(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    rows = [json.dumps({"id": f"r{i}", "text": f"The army shelled village {i} on Sunday."}) for i in range(6)]
    path.write_text("\n".join(rows[:4]), encoding="utf8")
    pool, tok, rng = Pool([], pieces=12, path=path), tokenizer(), random.Random(1)
    first = {e.id for e in pool.drawn(tok, rng)}
    path.write_text("\n".join(rows), encoding="utf8")  # two more came meanwhile
    second = {e.id for e in pool.drawn(tok, rng)}
    assert len(first) == 2
    assert not first & second
    assert {e.id for _ in range(2) for e in pool.drawn(tok, rng)} | first | second == {f"r{i}" for i in range(6)}
    assert sorted(pool.seen.values()) == [1, 1, 1, 1, 2, 2]


def test_a_clock_counts_epochs_or_minutes() -> None:
    clock = Clock(epochs=2, minutes=None)
    assert not clock.over()
    clock.begin(10)
    clock.pieces = 5
    assert clock.done() == 0.25
    clock.begin(10)
    clock.pieces = 10
    assert clock.over()
    clock = Clock(epochs=1, minutes=2.0)
    clock.start -= 60
    assert clock.done() == pytest.approx(0.5, abs=0.01)
