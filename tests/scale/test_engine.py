from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from contested import pipeline
from contested.errors import InputError, ResourceError
from contested.pipeline.batches import Batch
from contested.types import Document, Span

pytest.importorskip("ray", reason="the extra `ray` is not installed")


def batches(*texts: str) -> list[Batch]:
    return [Batch((Document(f"d{n}", text, (Span(0, len(text)),)),)) for n, text in enumerate(texts)]


def lengths_unless_death(documents):
    """A task that processes of every kind can import; “die” is the end of the process."""
    if documents[0].text == "die":
        os._exit(1)
    return [len(d.text) for d in documents]


@pytest.fixture(scope="module", autouse=True)
def cluster():
    """A cluster of two readers on this machine, for all tests of this module."""
    import ray

    os.environ.setdefault("RAY_worker_niceness", "0")  # 15 by default: on a busy machine the readers would starve
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield
    ray.shutdown()


@pytest.mark.filterwarnings("default")  # Ray's own
def test_outcomes_come_in_order_and_a_reader_that_dies_loses_nothing(tmp_path):
    from contested.scale.engine import read_with_ray

    death = tmp_path / "died"

    def measure(documents):
        import os

        if documents[0].text == "die once" and not death.exists():
            death.touch()
            os._exit(1)
        return [len(d.text) for d in documents]

    texts = ["x" * n for n in range(1, 20)] + ["die once"] + ["y"] * 12
    done = list(read_with_ray(iter(batches(*texts)), measure, workers=2, block=3))
    assert [outcome for _, outcome in done] == [[len(text)] for text in texts]
    assert [batch.documents[0].id for batch, _ in done] == [f"d{n}" for n in range(len(texts))]
    assert death.exists()


@pytest.mark.filterwarnings("default")
def test_work_that_kills_every_reader_is_reported_and_everything_beside_it_is_read():
    from contested.scale.engine import read_with_ray

    texts = ["x"] * 5 + ["die"] + ["yy"] * 20
    done = list(read_with_ray(iter(batches(*texts)), lengths_unless_death, workers=2, block=1))
    assert [batch.documents[0].id for batch, _ in done] == [f"d{n}" for n in range(len(texts))]
    fault = done[5][1][0]
    assert fault.document == "d5"
    assert [outcome for n, (_, outcome) in enumerate(done) if n != 5] == [[len(t)] for t in texts if t != "die"]


@pytest.mark.filterwarnings("default")
def test_no_more_is_opened_than_the_readers_have_before_them():
    from contested.scale.engine import AHEAD, read_with_ray

    opened = []

    def opening():
        for batch in batches(*"abcdefghijklmnopqrstuvwxyz"):
            opened.append(batch)
            yield batch

    reading = read_with_ray(opening(), lambda documents: [d.text for d in documents], workers=2, block=2)
    assert next(reading)[1] == ["a"]
    assert len(opened) <= AHEAD * 2 * 2
    assert [outcome for _, outcome in reading] == [[letter] for letter in "bcdefghijklmnopqrstuvwxyz"]


@pytest.mark.filterwarnings("default")
def test_each_reader_is_one_process_from_first_to_last():
    from contested.scale.engine import read_with_ray

    def where(_documents):
        import os
        import time

        time.sleep(0.1)  # so long that both have begun before one has read all
        return [os.getpid()]

    pids = [outcome[0] for _, outcome in read_with_ray(iter(batches(*"x" * 60)), where, workers=2, block=1)]
    assert len(pids) == 60
    assert len(set(pids)) == 2


@pytest.mark.filterwarnings("default")
def test_readers_for_which_the_cluster_has_no_core_are_not_waited_for():
    from contested.scale.engine import read_with_ray

    def measure(documents):
        return [len(d.text) for d in documents]

    done = read_with_ray(iter(batches(*"x" * 40)), measure, workers=3, block=1)  # of a cluster with two cores
    assert [outcome for _, outcome in done] == [[1]] * 40


def test_a_cluster_that_does_not_answer_is_said_with_its_address(monkeypatch):
    import ray

    from contested.scale.engine import read_with_ray

    def unheard(**_settings):
        raise ConnectionError("connection timeout")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", unheard)
    with pytest.raises(InputError, match=r"no Ray cluster answers at ray://head:10001.*connection timeout"):
        list(read_with_ray(iter(batches("x")), len, address="ray://head:10001"))


@pytest.mark.filterwarnings("default")
def test_an_input_that_breaks_off_says_so():
    from contested.scale.engine import read_with_ray

    def opening():
        yield from batches("a", "b", "c")
        raise ResourceError("a disk is gone")

    with pytest.raises(ResourceError, match="a disk is gone"):
        list(read_with_ray(opening(), lambda documents: [len(d.text) for d in documents], workers=2, block=1))


@pytest.mark.filterwarnings("default")
def test_a_broken_table_on_the_cluster_stops_the_run():
    from contested.scale.engine import read_with_ray

    def fail(documents):
        raise ResourceError(f"a table is broken in process {os.getpid()}")

    with pytest.raises(ResourceError, match="a table is broken"):
        list(read_with_ray(iter(batches("x", "y")), fail, workers=1))


@pytest.mark.filterwarnings("default")
def test_a_cluster_reads_from_s3_and_writes_to_it_what_one_machine_writes(bucket):
    from contested.scale import ray_engine

    lines = [json.dumps({"id": f"r{n}", "text": f"Troops shelled the market on Sunday. Day {n}."}) for n in range(150)]
    bucket.pipe_file("news/in/reports.jsonl", "\n".join([*lines, "{broken"]).encode())
    code = partial(pipeline.archive, ["s3://news/in"], settings={"code": "test"}, part_batches=2)
    code("s3://news/local", engine=lambda batches, task, /: ((b, _by_our_reader(task)(b.documents)) for b in batches))
    code("s3://news/cluster", engine=lambda batches, task, /: ray_engine(workers=2)(batches, _by_our_reader(task)))
    there, here = (
        {name.removeprefix(f"news/{run}/"): bucket.cat_file(name) for name in bucket.find(f"news/{run}")}
        for run in ("cluster", "local")
    )
    assert len([name for name in here if name.startswith("claims/")]) > 1
    assert there == here


def _by_our_reader(task):
    """Return the same task, done by a reader of these tests, also where an actor does it."""
    home = str(Path(__file__).parents[2])

    def read(documents):
        import sys
        from unittest.mock import patch

        if home not in sys.path:
            sys.path.insert(0, home)
        from tests.pipeline.killed_add import CompanyReader

        with patch("contested.reader.load", CompanyReader):
            return task(documents)

    return read
