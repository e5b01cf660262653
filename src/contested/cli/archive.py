"""`contested archive`: codes an archive of reports into Parquet parts; goes on where it was when it is run again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from contested import pipeline
from contested.cli.inputs import Inputs, input_options
from contested.cli.read import INTERRUPTED
from contested.errors import ContestedError
from contested.pipeline.archiving import PART_BATCHES, Progress
from contested.pipeline.stream import Engine
from contested.sources import count_reports
from contested.types import Device

_LOCAL, _RAY = "local", "ray"


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    help="Folder for the parts, or an fsspec URL (s3://…): a new one, or that of the same run interrupted.",
)
@click.option("--engine", type=click.Choice([_LOCAL, _RAY]), default=_LOCAL, show_default=True, help="Who reads.")
@click.option(
    "--address", help="Ray cluster to join, such as ray://head:10001 or auto.  [default: one on this machine]"
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Readers on the cluster.  [default: one for each of its cores]"
)
@click.option(
    "--device",
    type=click.Choice([d.value for d in Device]),
    default=Device.CPU.value,
    show_default=True,
    help="What the network runs on; gpu needs onnxruntime-gpu, and says so where it finds none.",
)
@click.option(
    "--part-batches",
    type=click.IntRange(min=1),
    default=PART_BATCHES,
    show_default=True,
    help="Batches a part, each of up to 32 reports: what a kill can cost.",
)
@input_options
def archive(
    paths: tuple[str, ...],
    folder: str,
    engine: str,
    address: str | None,
    workers: int | None,
    device: str,
    part_batches: int,
    inputs: Inputs,
) -> None:
    """Code an archive of reports, of any size, into Parquet files.

    PATH is what `read` takes: JSON Lines, Parquet, CSV, WARC, WACZ, a folder of them or of pages. The output folder
    gets three tables in numbered parts (documents, claims, unread), a ledger and, once the run is complete, a manifest.
    A run that was interrupted or killed goes on when the same command is given again, and ends with the same files.
    """
    if Path(folder).exists() and not Path(folder).is_dir():
        raise click.ClickException(f"expected a folder to write to, got a file: {folder}")
    total = count_reports(paths)
    try:
        with _progress(total) as watch:
            ledger = pipeline.archive(
                paths,
                folder,
                inputs.options,
                settings=_settings(inputs, Device(device)),
                watch=watch,
                jobs=inputs.jobs,
                gazetteer=inputs.gazetteer,
                device=Device(device),
                engine=_ray(address, workers) if engine == _RAY else None,
                part_batches=part_batches,
            )
    except KeyboardInterrupt:
        click.echo("interrupted; give the same command again to go on", err=True)
        sys.exit(INTERRUPTED)
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    documents, claims, unread = (sum(getattr(e, n) for e in ledger.entries) for n in ("documents", "claims", "unread"))
    click.echo(f"{folder}: {documents:,} reports, {claims:,} rows of claims in {len(ledger.entries):,} parts", err=True)
    if unread:
        click.echo(f"not read: {unread:,}; the table `unread` says why", err=True)
        sys.exit(1)


def _settings(inputs: Inputs, device: Device) -> dict[str, Any]:
    """Return what the parts depend on besides the input: the program, its weights, the options."""
    from contested.reader import load  # loads the network's runtime: only where something is read

    options = inputs.options
    given = {name: getattr(options, name) for name in options.__dataclass_fields__}
    reader = load() if device is Device.CPU else load(device=device)
    if reader.remark:
        click.echo(f"contested: {reader.remark}", err=True)
    return {
        "code": version("contested"),
        "model": reader.name,
        **({"device": device.value} if device is not Device.CPU and not reader.remark else {}),
        "gazetteer": str(inputs.gazetteer) if inputs.gazetteer else None,
        **{name: str(value) for name, value in given.items() if value is not None},
    }


def _ray(address: str | None, workers: int | None) -> Engine:
    from contested.scale import ray_engine  # needed by few runs

    return ray_engine(address, workers)


@contextmanager
def _progress(total: int | None) -> Iterator[Callable[[Progress], None]]:
    """Give a function that says how far the run is: a line that moves on a terminal, one a minute elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), BarColumn(24), TextColumn("{task.description}"))
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("opening …", total=total)
        pace = Pace(total)
        said = time.monotonic()

        def watch(progress: Progress) -> None:
            nonlocal said
            line = pace.line(progress, time.monotonic())
            bar.update(task, completed=progress.documents + progress.unread, description=line)
            if not console.is_terminal and time.monotonic() - said > _EVERY_S:
                said = time.monotonic()
                click.echo(line, err=True)

        yield watch


_EVERY_S = 60  # seconds between two lines in a log file
_OVER_S = 120  # seconds that the rate is taken over: long enough to be steady, short enough to follow the machine


class Pace:
    """How fast a run is and when it will be done, from what it did in the last two minutes."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._marks: list[tuple[float, int]] = []

    def line(self, progress: Progress, now: float) -> str:
        """Return the state of the run in one line. `now` in seconds, of any clock."""
        done = progress.documents + progress.unread
        self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[0][0] < now - _OVER_S:
            del self._marks[0]
        of = f" of {self._total:,}" if self._total else ""
        parts = [f"{done:,}{of} reports", f"{progress.claims:,} claims"]
        since, before = self._marks[0]
        seconds = now - since
        if seconds > 0 and done > before:
            rate = (done - before) / seconds
            parts.append(f"{rate:,.1f} a second")
            if self._total and self._total > done:
                parts.append(f"{_duration((self._total - done) / rate)} left")
        if progress.unread:
            parts.append(f"{progress.unread:,} not read")
        return " · ".join(parts)


def _duration(seconds: float) -> str:
    """Return a length of time in its two largest units."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
