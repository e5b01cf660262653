"""`contested add`: reads reports into a store; failures and the count of the run to stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

import click

from contested import pipeline
from contested.cli.inputs import STORE, Inputs, input_options
from contested.cli.read import INTERRUPTED
from contested.cli.values import tidy
from contested.errors import ContestedError
from contested.store import Added, Store, open_store


@dataclass
class Tally:
    """What a run has brought so far, for the progress line and the last one."""

    total: Added = field(default_factory=Added)
    failures: Counter[str] = field(default_factory=Counter)

    def take(self, added: Added) -> None:
        """Count what one batch brought."""
        for error in added.failures:
            self.failures[error.message.partition(":")[0].partition(";")[0].strip()] += 1
        self.total += added

    @property
    def failed(self) -> int:
        """Return how many reports were not read."""
        return sum(self.failures.values())

    def line(self) -> str:
        """Return the run in one line."""
        t = self.total
        parts = [f"added {t.documents:,} reports: {t.claims:,} claims, {t.events:,} events"]
        if t.superseding:
            parts.append(f"{t.superseding:,} of them supersede an earlier text")
        if t.again:
            parts.append(f"{t.again:,} read again by another model")
        if t.known:
            parts.append(f"{t.known:,} were there already")
        return "; ".join(parts)

    def summary(self) -> str:
        """Return the run in one line, and a line for each reason why something was not read."""
        if not self.failed:
            return self.line()
        reasons = [f"  {number} × {reason}" for reason, number in sorted(self.failures.items())]
        return "\n".join([self.line(), f"not read: {self.failed}", *reasons])


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@STORE
@input_options
@click.option("--again", is_flag=True, help="Also read reports again that an earlier model has read.")
def add(
    paths: tuple[str, ...],
    url: str,
    inputs: Inputs,
    again: bool,
) -> None:
    """Read reports into a store, which keeps who says what, in which words, and every version of a report.

    Reports that are there already are passed over, so it can be run again at any time: also after it was interrupted or
    killed, when it goes on where it was. What cannot be read is kept with its reason; the program then ends with 1.
    """
    tally = Tally()
    with _ended(tally), open_store(url) as store, _progress(tally) as watch:
        read_into(store, paths, inputs, watch=watch, again=again)
    if tally.failed:
        sys.exit(1)


def read_into(
    store: Store, paths: Sequence[str], inputs: Inputs, *, watch: Callable[[Added], None], again: bool = False
) -> None:
    """Read the reports at `paths` into a store as a run of this version at this moment; `watch` sees every batch."""
    pipeline.add(
        paths,
        store,
        inputs.options,
        code=version("contested"),
        clock=lambda: datetime.now(UTC),
        watch=watch,
        jobs=inputs.jobs,
        gazetteer=inputs.gazetteer,
        again=again,
    )


@contextmanager
def _ended(tally: Tally) -> Iterator[None]:
    """Say at the end what was done, also when it was interrupted or could not go on."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"interrupted; run it again to go on\n{tally.summary()}", err=True)
        sys.exit(INTERRUPTED)
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    click.echo(tally.summary(), err=True)


@click.command()
@click.argument("folder")
@STORE
@click.option("--again", is_flag=True, help="Also take readings of reports that an earlier model has read.")
def load(folder: str, url: str, again: bool) -> None:
    """Load what `contested archive` coded into FOLDER (a path or an fsspec URL) into a store, in bulk.

    Nothing is read again: ids are those that `add` gives. Reports that are there already are passed over, so it can be
    run again at any time: after the archive has grown, or after it was interrupted.
    """
    tally = Tally()
    with _ended(tally), open_store(url) as store, _progress(tally) as watch:
        pipeline.load(
            folder,
            store,
            code=version("contested"),
            clock=lambda: datetime.now(UTC),
            watch=watch,
            again=again,
        )


@contextmanager
def _progress(tally: Tally) -> Iterator[Callable[[Added], None]]:
    """Give a function that counts a batch and shows how far the run is: on a terminal only, failures anywhere."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("opening …", total=None)

        def watch(added: Added) -> None:
            for error in added.failures:
                console.print(f"not read: {tidy(str(error))}", markup=False, soft_wrap=True)
            tally.take(added)
            failed = f" · {tally.failed:,} not read" if tally.failed else ""
            progress.update(task, description=f"{tally.line()}{failed}")

        yield watch
