from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import gathered
from tests.data.registers import csv, register, scheme

from quanheng.data.ledgers.keys import identity_of
from quanheng.data.ledgers.read import read_ledgers
from quanheng.findings.collector import Collector

SCHEME = scheme("""\
quanheng: 1
id: keys
title: keys
round: 2023
items: {n: {count: req}}
indicators: {x: {measure: n, weight: 100, rule: percentile}}
ledgers: {req: {key: no}}
""")
UNITS = "unit,name\nA,甲镇\nB,乙镇\n"


def found(*keys: str) -> list[str]:
    collector = Collector()
    text = "no,unit\n" + "".join(f"{key},A\n" for key in keys)
    read_ledgers({"req": csv(text)}, register(of=SCHEME, units=UNITS), collector=collector)
    return gathered(collector)


@pytest.mark.parametrize(
    ("one", "other"),
    [("001", "1"), ("1", "１"), ("7", "7.0"), ("a-01", "A-01"), ("A 1", "A1"), ("０12", "12")],
)
def test_two_keys_that_differ_in_spelling_only_are_told(one: str, other: str) -> None:
    assert found(one, "x", other) == ["QH484 a.csv!4:no"]


@pytest.mark.parametrize(
    ("one", "other"), [("1", "10"), ("A001", "A1"), ("1.1", "1.10"), ("0", "00x"), ("100", "1")]
)
def test_other_keys_are_other_records(one: str, other: str) -> None:
    assert found(one, other) == []


@pytest.mark.parametrize(
    ("keys", "findings"),
    [
        (("9.13202001234568e+17", "x"), ["QH482 a.csv!2:no"]),
        (("9.13E+17", "x"), ["QH482 a.csv!2:no"]),
        (("1E5", "2E3", "E+5"), []),
        (("913202001234568000", "x"), ["QH482 a.csv!2:no"]),
        (("913202001234568000", "913202001234567895"), ["QH483 a.csv!2:no"]),
        (("913202001234567895", "913202001234567896"), []),
        (("1234567890123450", "1234567890123461"), []),  # one key in ten of 16 digits ends in 0
        (("1234567890123450", "x"), []),
        (
            ("1234567890123450", "1234567890123460", "1234567890123470"),
            ["QH482 a.csv!2:no", "QH482 a.csv!3:no", "QH482 a.csv!4:no"],
        ),
        (("91320200123456X", "913202001234560"), []),
    ],
)
def test_keys_that_a_spreadsheet_cut_are_told(keys: tuple[str, ...], findings: list[str]) -> None:
    assert found(*keys) == findings


@given(
    st.lists(
        st.text("01.eaAＡ０ -", min_size=1, max_size=5).filter(lambda text: text == text.strip()), unique=True
    )
)
def test_keys_are_alike_exactly_when_their_identities_are(keys: list[str]) -> None:
    quoted = [f'"{key}"' for key in keys]
    identities = pl.DataFrame({"key": keys}, {"key": pl.String}).select(identity_of(pl.col("key")))["key"]
    alike = [finding for finding in found(*quoted) if "QH484" in finding]
    assert len(alike) == len(keys) - identities.n_unique()
