"""`contested read`: claims of reports to the screen or a file; failures and the count of the run to stderr."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from contested import pipeline
from contested.cli.inputs import Inputs, input_options
from contested.cli.output import Counts, Format, Printed, Write, open_writer, print_report
from contested.errors import ContestedError, InputError

INTERRUPTED = 130  # what a shell expects of a program that the keyboard ended: 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE: the reader of our output, such as `head`, has seen enough


@dataclass
class Tally:
    """What a run has read so far, for its last line."""

    reports: int = 0
    claims: int = 0
    events: int = 0
    disputes: int = 0
    places: int = 0
    nil_places: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, counts: Counts) -> None:
        """Count one report."""
        self.reports += 1
        self.claims += counts.claims
        self.events += counts.events
        self.disputes += counts.disputes
        self.places += counts.places
        self.nil_places += counts.nil_places

    def add_failure(self, error: InputError) -> None:
        """Count one report that is not read, under the first words of its reason."""
        self.failures[error.message.partition(":")[0].partition(";")[0].strip()] += 1

    def summary(self) -> str:
        """Return the run in one line, and a line for each reason why something was not read."""
        line = (
            f"read {_count(self.reports, 'report')}: {_count(self.claims, 'claim')}, {_count(self.events, 'event')}, "
            f"{_count(self.disputes, 'dispute')}; {self.nil_places} of {_count(self.places, 'place')} not found (NIL)"
        )
        missing = sum(self.failures.values())
        if not missing:
            return line
        reasons = [f"  {number} × {reason}" for reason, number in sorted(self.failures.items())]
        return "\n".join([line, f"not read: {missing}", *reasons])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@input_options
@click.option(
    "--format", "form", type=click.Choice([f.value for f in Format]), default=Format.TABLE.value, show_default=True
)
@click.option("--explain", is_flag=True, help="Say which rule or model gave each value (the json forms always do).")
@click.option("--strict", is_flag=True, help="Stop at the first report that cannot be read.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, writable=True), help="File to write, instead of the screen."
)
def read(
    paths: tuple[str, ...],
    inputs: Inputs,
    form: str,
    explain: bool,
    strict: bool,
    output: str | None,
) -> None:
    """Read reports and print who says what happened, and where their sources contradict each other.

    PATH is a text, HTML, PDF, JSONL, CSV or Parquet file, a folder, a URL, or - for standard input. What cannot be
    read is named on stderr with its reason, the rest is read, and the program then ends with exit code 1.
    """
    tally = Tally()
    try:
        with _open_output(output) as file, open_writer(Format(form), file, explain=explain) as write:
            make = partial(print_report, form=Format(form))
            results = pipeline.read_as(make, paths, inputs.options, jobs=inputs.jobs, gazetteer=inputs.gazetteer)
            _write_all(results, strict, write, tally)
    except BrokenPipeError:
        _leave_pipe()
    except KeyboardInterrupt:
        click.echo(f"interrupted\n{tally.summary()}", err=True)
        sys.exit(INTERRUPTED)
    except ContestedError as error:
        click.echo(f"contested: {error}", err=True)
        sys.exit(1)
    click.echo(tally.summary(), err=True)
    if tally.failures:
        sys.exit(1)


def _write_all(results: Generator[Printed | InputError, None, None], strict: bool, write: Write, tally: Tally) -> None:
    with closing(results):
        for result in results:
            if isinstance(result, Printed):
                for warning in result.warnings:
                    click.echo(f"warning: {warning}", err=True)
                write(result.content)
                tally.add(result.counts)
            elif strict:
                raise result
            else:
                click.echo(f"not read: {result}", err=True)
                tally.add_failure(result)


@contextmanager
def _open_output(output: str | None) -> Iterator[TextIO]:
    """Give the file to write, or the screen; always UTF-8 where a form needs it, and with untranslated line ends."""
    if output is not None and output != "-":
        try:
            Path(output).absolute().parent.mkdir(parents=True, exist_ok=True)
            file = Path(output).open("w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
        except OSError as error:
            raise click.ClickException(f"cannot write {output}: {error.strerror}") from error
        with file:
            yield file
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        if not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        # half a surrogate pair in a text cannot be encoded; as \udc80 it is at least valid JSON
        sys.stdout.reconfigure(errors="backslashreplace")
    yield sys.stdout
    sys.stdout.flush()


def _leave_pipe() -> None:
    """End quietly when nobody reads our output any more; Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(PIPE_CLOSED)
