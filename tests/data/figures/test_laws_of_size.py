from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import SCHEME, findings_of, told, write_book

from quanheng.data.figures.magnitudes import OF_RATES, off_columns

TOWNS = ("T1", "T2", "T3", "T4", "T5", "T6", "T7")
UNITS = "unit,name,group,area\n" + "".join(f"{town},镇{town},towns,1\n" for town in TOWNS)
ONLY_UNITS = {
    "units.csv": UNITS,
    "targets.csv": None,
    "adjustments.csv": None,
    "ledgers/hazards.csv": None,
    "history/2022.csv": None,
    "data/gdp.csv": None,
}
ITEMS = """\
quanheng: 1
id: sizes
title: Sizes
round: 2023
groups: {towns: 镇}
items:
  gdp: {measured_in: 亿元, kind: cumulative, every: quarter}
  rate: {measured_in: '%', kind: rate, every: quarter}
  stock: {kind: stock, every: quarter}
defaults: {rule: percentile}
indicators:
  one: {weight: 50, measure: gdp}
  two: {weight: 30, measure: rate}
  three: {weight: 20, measure: stock}
"""


def column(item: str, values: tuple[float, ...], period: str = "2023-Q4") -> str:
    rows = (f"{unit},{period},{value}\n" for unit, value in zip(TOWNS, values, strict=False))
    return f"unit,period,{item}\n" + "".join(rows)


def sizes(tmp_path: Path, *texts: str) -> list[str]:
    files = {f"data/f{number}.csv": text for number, text in enumerate(texts)}
    book = write_book(tmp_path, {**ONLY_UNITS, "data/opened.csv": None, "scheme.yaml": ITEMS, **files})
    return [line for line in told(book) if line.split()[0] in ("QH417", "QH434", "QH436")]


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("gdp", (546000, 40.2, 33.3)),
        ("gdp", (0.00402, 54.6, 33.3)),
        ("gdp", (520000, 3.1, 55, 17, 60)),
        ("gdp", (33000, 30, 31, 32, 34)),
        ("stock", (3300, 30, 31, 32, 34)),
        ("stock", (0.3, 30, 31, 32, 34)),
        ("stock", (300, 30, 31, 32, 34, 35)),
        ("rate", (0.074, 6.1, 5.2)),
        ("rate", (610, 6.1, 5.2)),
        ("rate", (61000, 6.1, 5.2)),
        ("rate", (-0.074, -6.1, -5.2)),
    ],
)
def test_a_figure_a_power_of_ten_off_its_column_is_told(
    item: str, values: tuple[float, ...], tmp_path: Path
) -> None:
    assert sizes(tmp_path, column(item, values)) == [f"QH436 data/f0.csv!2:{item}"]


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("gdp", (5460, 40.2, 33.3)),  # 136 times, but two others are few
        ("gdp", (546000, 40.2)),
        ("gdp", (546000, 612000, 40.2, 33.3)),  # not alone
        ("gdp", (21000, 1300, 400, 80, 11)),  # a skewed column
        ("stock", (200, 30, 31, 32, 34, 35)),  # 6 times
        ("stock", (350, 10, 31, 12, 34, 35)),  # the others are spread
        ("stock", (0, 30, 31, 32, 34, 35)),
        ("rate", (0.4, 6.1, 5.2)),
        ("rate", (0.074, 6.1, -5.2)),
        ("rate", (58, 6.1, 5.2, 5, 5.5, 6)),
    ],
)
def test_a_figure_that_may_well_be_so_is_not_told(
    item: str, values: tuple[float, ...], tmp_path: Path
) -> None:
    assert sizes(tmp_path, column(item, values)) == []


def test_the_finding_names_the_factor_and_the_likely_cause(tmp_path: Path) -> None:
    text = column("gdp", (546000, 40.2, 33.3)) + "T1,2023-Q3,300000\nT2,2023-Q3,30\nT3,2023-Q3,25\n"
    book = write_book(
        tmp_path, {**ONLY_UNITS, "data/opened.csv": None, "scheme.yaml": ITEMS, "data/f.csv": text}
    )
    (finding,) = [one for one in findings_of(book) if one.code == "QH436"]

    assert finding.message("en") == (
        "gdp of T1 in 2023-Q3 is 300000, about 10,000 times too large beside those of the other units, "
        "25 to 30; so in one more period"
    )
    assert finding.hint("en") == "check the figure; likely: 万元 instead of 亿元"
    assert finding.message("zh") == (
        "镇T1 的 gdp 在 2023-Q3 为 300000，与同组其他单位的 25 至 30 相比约大 10,000 倍；另有 1 期如此"
    )
    assert finding.hint("zh") == "请核对该数据；可能是按万元填报，而应为亿元"


def test_what_is_usual_for_the_unit_is_not_told(tmp_path: Path) -> None:
    small = (30.0, 31.0, 32.0, 34.0)
    own = column("stock", (3100, *small), "2022-Q4")

    assert sizes(tmp_path, column("stock", (3300, *small)), own) == []


def test_a_figure_off_its_own_series_is_told_once(tmp_path: Path) -> None:
    quarters = [f"T1,{year}-Q{quarter},{30 + quarter}\n" for year in (2021, 2022) for quarter in range(1, 5)]
    text = "unit,period,stock\n" + "".join(quarters) + "T1,2023-Q4,3400\n"

    assert sizes(tmp_path, text) == ["QH436 data/f0.csv!10:stock"]


def test_jumps_of_a_unit_are_one_finding(tmp_path: Path) -> None:
    rows = "T1,2022-Q1,1\nT1,2022-Q2,2\nT1,2023-Q1,31\nT1,2023-Q2,64\n"
    book = write_book(
        tmp_path,
        {
            **ONLY_UNITS,
            "data/opened.csv": None,
            "scheme.yaml": ITEMS,
            "data/f.csv": "unit,period,gdp\n" + rows,
        },
    )
    (finding,) = [one for one in findings_of(book) if one.code == "QH417"]

    assert str(finding.where) == "data/f.csv!4:gdp"
    assert finding.message("en") == (
        "gdp of T1 is 31 in 2023-Q1 and 1 in 2022-Q1, over tenfold apart; so in one more period"
    )


@pytest.mark.parametrize(
    ("measured_in", "values", "findings"),
    [
        ("件", ("6.1", "5.8%", "6.3"), ["QH434 data/f0.csv!3:rate"]),
        ("件", ("6.1%", "5.8", "6.3%"), ["QH434 data/f0.csv!2:rate"]),
        ("件", ("0.061", "5.8%", "0.063"), []),
        ("件", ("6.1%", "5.8%", "0"), []),
        ("%", ("6.1", "5.8%", "6.3"), []),
        ("百分点", ("6.1", "5.8%", "6.3"), []),
        ("元", ("6.1", "5.8％", "6.3"), ["QH434 data/f0.csv!3:rate"]),
    ],
)
def test_per_cent_beside_numbers_is_an_error_where_it_is_not_clear(
    measured_in: str, values: tuple[str, ...], findings: list[str], tmp_path: Path
) -> None:
    scheme = ITEMS.replace("rate: {measured_in: '%'", f"rate: {{measured_in: '{measured_in}'")
    text = "unit,rate\n" + "".join(f"{unit},{value}\n" for unit, value in zip(TOWNS, values, strict=False))
    book = write_book(
        tmp_path, {**ONLY_UNITS, "data/opened.csv": None, "scheme.yaml": scheme, "data/f0.csv": text}
    )

    assert [line for line in told(book) if line.split()[0] in ("QH434", "QH436")] == findings


@pytest.mark.parametrize(
    ("measured_in", "values", "findings"),
    [
        ("亿元", ("61%", "58%", "63%"), 1),
        ("亿元", ("0.61", "58%", "0.63"), 1),
        ("%", ("61%", "58%", "63%"), 0),
        ("比例", ("61%", "58%", "63%"), 0),
        ("", ("61%", "58%", "63%"), 0),
        ("亿元", ("61", "58%", "63"), 0),  # an error already
    ],
)
def test_per_cent_of_what_has_none_is_a_warning(
    measured_in: str, values: tuple[str, ...], findings: int, tmp_path: Path
) -> None:
    scheme = ITEMS.replace("rate: {measured_in: '%'", f"rate: {{measured_in: '{measured_in}'")
    text = "unit,rate\n" + "".join(f"{unit},{value}\n" for unit, value in zip(TOWNS, values, strict=False))
    book = write_book(
        tmp_path, {**ONLY_UNITS, "data/opened.csv": None, "scheme.yaml": scheme, "data/f0.csv": text}
    )

    assert len([line for line in told(book) if line.startswith("QH457")]) == findings


def test_per_cent_in_another_file_is_beside_numbers_too(tmp_path: Path) -> None:
    scheme = SCHEME.replace("  land:", "  part: {kind: rate}\n  land:").replace(
        "measure: gdp / land", "measure: part"
    )
    one, other = "unit,part\nT1,5.8%\n", "unit,part\nT2,6.1\nP1,6\n"
    book = write_book(tmp_path, {"scheme.yaml": scheme, "data/one.csv": one, "data/other.csv": other})

    (finding,) = [each for each in findings_of(book) if each.severity == "error"]

    assert finding.message("en") == (
        "part is 5.8% here and 6.1 at data/other.csv!2:part, and which is meant cannot be known "
        "(1 with %, 2 without)"
    )


@given(
    others=st.lists(st.floats(1.0, 9.0), min_size=2, max_size=8),
    own=st.floats(1.0, 9.0),
    shift=st.integers(-3, 3),
)
def test_a_column_that_lies_close_together_is_quiet_and_one_figure_in_wan_is_told(
    others: list[float], own: float, shift: int
) -> None:
    scaled = [value * 10.0**shift for value in (own, *others)]

    def off(first: float) -> list[tuple[float, int]]:
        frame = pl.DataFrame({"column": 1, "value": [first, *scaled[1:]]})
        return off_columns(frame, ["column"], "value").select("value", "power").rows()

    assert off(scaled[0]) == []
    low, high = min(others), max(others)
    if low / 1.9 < own < high * 1.9:
        assert off(scaled[0] * 1e4) == [(scaled[0] * 1e4, 4)]
        assert off(scaled[0] / 1e4) == [(scaled[0] / 1e4, -4)]


def test_who_lies_near_a_unit_of_another_group_is_not_off() -> None:
    rates = pl.DataFrame({"group": ["a", "a", "a", "b"], "item": 1, "rate": [0.07, 6.1, 5.8, 0.1]})

    assert off_columns(rates, ["item", "group"], "rate", factors=OF_RATES)["rate"].to_list() == [0.07]
    assert off_columns(rates, ["item", "group"], "rate", factors=OF_RATES, wider=["item"]).is_empty()
