from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from contested.actors.explain import explain
from contested.cli.actors import actors


def test_explanation_shows_all_that_bear_the_name() -> None:
    explanation = explain("SNA", countries=["SOM"], day=date(2020, 1, 1))
    assert {entry.name for entry in explanation.considered} >= {"Somali National Army", "Syrian National Army"}
    assert explanation.link.name == "Somali National Army"


def test_a_blank_name_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        explain("  ")


def test_command_shows_rule_and_reason() -> None:
    result = CliRunner().invoke(actors, ["explain", "the army", "--country", "syr", "--date", "2016-07-31"])
    assert result.exit_code == 0
    assert "Syrian Arab Army" in result.output
    assert "organ-in-context" in result.output


def test_command_refuses_an_unknown_country() -> None:
    result = CliRunner().invoke(actors, ["explain", "the army", "--country", "Syria"])
    assert result.exit_code == 2
    assert "expected an ISO3 code" in result.output


def test_markup_in_a_name_is_only_text() -> None:
    result = CliRunner().invoke(actors, ["explain", "[bold]Hamas[/bold]"])
    assert result.exit_code == 0
    assert "[bold]" in result.output
