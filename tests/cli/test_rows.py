from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.claims.writing import safe_cell
from contested.cli.rows import load_columns


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_starts_a_formula_is_made_plain(start):
    assert safe_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("number", [-1, -2.5, 0, "-1", "-2.5"])
def test_negative_numbers_stay_numbers(number):
    assert safe_cell(number) == number


@given(st.text(max_size=20))
def test_no_cell_starts_a_formula_unless_it_is_a_number(text):
    cell = str(safe_cell(text))
    assert not cell.startswith(("=", "+", "@", "\t", "\r"))
    assert not cell.startswith("-") or float(cell) <= 0
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == f"'{text}"


def test_every_column_is_described_once():
    assert len(load_columns()) == len(set(load_columns()))
