from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.strategies import MISSING, NOT_APPLICABLE, WORDS, Written, written_numbers

from quanheng.data.cells.number_texts import settled_number, text_of_number, text_of_per_cent
from quanheng.data.cells.numbers import (
    IS_MISSING,
    IS_NOT_APPLICABLE,
    IS_UNREADABLE,
    IS_VALUE,
    read_figures,
    read_numbers,
)
from quanheng.scheme.formulas.numbers import in_range


def meaning(text: str | None) -> tuple[float | None, bool, int]:
    number, per_cent, state = read_numbers(pl.Series([text], dtype=pl.String)).row(0)
    return number, per_cent, state


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", 1234.5),
        ("1,234.5", 1234.5),
        ("１，２３４．５", 1234.5),
        ("1 234 567", 1234567.0),
        ("+3", 3.0),
        ("－３", -3.0),
        ("− 3", -3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1.2e3", 1200.0),
        ("　7 ", 7.0),
        ("-0", 0.0),
    ],
)
def test_a_number_is_understood(text: str, number: float) -> None:
    assert meaning(text) == (number, False, IS_VALUE)


@pytest.mark.parametrize("text", ["6.1%", "６．１％", " 6.1 % "])
def test_per_cent_is_kept_apart_from_the_number(text: str) -> None:
    assert meaning(text) == (6.1, True, IS_VALUE)


@pytest.mark.parametrize("text", [*MISSING, None])
def test_an_empty_cell_is_missing(text: str | None) -> None:
    assert meaning(text) == (None, False, IS_MISSING)


@pytest.mark.parametrize("text", NOT_APPLICABLE)
def test_a_cell_says_that_it_does_not_apply(text: str) -> None:
    assert meaning(text) == (None, False, IS_NOT_APPLICABLE)


@pytest.mark.parametrize("text", WORDS)
def test_anything_else_is_not_guessed_at(text: str) -> None:
    assert meaning(text) == (None, False, IS_UNREADABLE)


@given(written=st.lists(written_numbers(), max_size=20))
def test_numbers_are_read_however_they_are_written(written: list[Written]) -> None:
    read = read_numbers(pl.Series([one.text for one in written], dtype=pl.String))

    assert read["number"].to_list() == [one.number for one in written]
    assert set(read["state"]) <= {IS_VALUE}


@given(texts=st.lists(st.text(max_size=8) | st.none(), max_size=20))
def test_any_text_has_one_state_and_a_number_only_if_it_is_a_value(texts: list[str | None]) -> None:
    read = read_numbers(pl.Series(texts, dtype=pl.String))

    assert len(read) == len(texts)
    assert all((number is not None) == (state == IS_VALUE) for number, _, state in read.rows())
    assert all(math.isfinite(number) for number in read["number"].drop_nulls())


def test_stored_numbers_are_values_unless_nan_or_infinite() -> None:
    read = read_figures(pl.Series([1.5, None, math.nan, math.inf]))

    assert read["number"].to_list() == [1.5, None, None, None]
    assert read["state"].to_list() == [IS_VALUE, IS_MISSING, IS_MISSING, IS_UNREADABLE]


@given(number=st.floats(-9.99e14, 9.99e14).map(settled_number).filter(in_range))
def test_the_text_of_a_number_reads_back_as_it(number: float) -> None:
    assert meaning(text_of_number(number)) == (number, False, IS_VALUE)


def test_per_cent_is_written_without_the_noise_of_binary_fractions() -> None:
    assert [text_of_per_cent(number) for number in (0.061, 0.07, 1.0, -0.0005)] == [
        "6.1%",
        "7%",
        "100%",
        "-0.05%",
    ]
