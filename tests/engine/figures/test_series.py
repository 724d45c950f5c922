"""Figures over the months and quarters of a round: of which, what they give, where nothing (formulas k)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding, FindingsError
from quanheng.insight.progress.progress import progress_of
from quanheng.insight.records_behind import records_behind
from quanheng.periods.period import parse_period

MONTHS = [30.0, 36.0, 40.0, 20.0, 10.0, 50.0, 35.0, 34.0, 33.0, 32.0, 31.0, 60.0]
"""Invented readings: sorted 10 20 30 31 32 33 34 35 36 40 50 60."""


def book_in(
    folder: Path,
    formulas: Sequence[str],
    rows: Mapping[str, Sequence[object]],
    *,
    less: bool = True,
    item: str = "rate",
) -> Path:
    """Write a book with an indicator for each formula over the monthly item x."""
    (folder / "data").mkdir(parents=True)
    direction = "less" if less else "more"
    leaves = "".join(
        f"  k{n}: {{measure: '{text}', weight: 1, direction: {direction}, rule: percentile}}\n"
        for n, text in enumerate(formulas)
    )
    (folder / "scheme.yaml").write_text(
        "quanheng: 1\nid: invented\ntitle: An invented book\nround: 2023\nmarks: 100\nweights: relative\n"
        f"items:\n  x: {{kind: {item}, every: month}}\ngaps: {{missing: zero}}\nindicators:\n{leaves}",
        encoding="utf-8",
    )
    (folder / "units.csv").write_text("unit,name\n" + "".join(f"{u},{u}\n" for u in rows), encoding="utf-8")
    lines = [
        f"{unit},2023-{month:02},{value}\n"
        for unit, values in rows.items()
        for month, value in enumerate(values, 1)
        if value != "-"
    ]
    (folder / "data" / "x.csv").write_text("unit,period,x\n" + "".join(lines), encoding="utf-8")
    return folder


def measures(result: Result, unit: str = "A") -> list[float | None]:
    (row,) = [row for row in result.wide.rows(named=True) if row["unit"] == unit]
    return [row[f"measure|k{n}"] for n in range(len(result.scheme.indicators))]


def told(findings: Sequence[Finding], code: str) -> list[str]:
    return [finding.message("en") for finding in findings if finding.code == code]


WHOLE = {
    # above 35: 36, 40, 50, 60
    "months(x > 35)": 4,
    "share(months(x > 35))": 4 / 12,
    "sum(months(x))": 411,
    "mean(months(x))": 34.25,
    "max(months(x))": 60,
    "min(months(x))": 10,
    # between the sixth, 33, and the seventh, 34
    "median(months(x))": 33.5,
    # 1 + 11 * 0.9 = 10.9: from the tenth, 40, nine tenths of the way to 50
    "percentile(90%, months(x))": 49,
    "percentile(0%, months(x))": 10,
    "percentile(100%, months(x))": 60,
    # less is better: 10, 20, 30; the worst are 40, 50, 60
    "mean(best(3, months(x)))": 20,
    "mean(worst(3, months(x)))": 50,
    "max(best(1, months(x)))": 10,
    # October to December
    "mean(last(3, months(x)))": 41,
    "last(3, months(x > 31))": 2,
    # 31 and 60 are 45.5 on the mean, each 14.5 off: (14.5² + 14.5²) / 1
    "sd(last(2, months(x)))": (2 * 14.5**2) ** 0.5,
    # a rate of a quarter is that of its last month: 40, 50, 33, 60
    "max(quarters(x))": 60,
    "sum(quarters(x))": 183,
    "quarters(x >= 50) / 4": 0.5,
    "mean(months(x / 2))": 17.125,
    "x - mean(months(x))": 25.75,
    "months(x > lag(x, 1m))": None,
}


@pytest.mark.parametrize("formula", WHOLE)
def test_what_a_whole_year_gives(formula: str, tmp_path: Path) -> None:
    result = score(load(book_in(tmp_path / "b", [formula], {"A": MONTHS, "B": MONTHS})))

    (found,) = measures(result)

    meant = WHOLE[formula]
    # of January nobody knows the month before
    assert found == (None if meant is None else pytest.approx(meant, rel=1e-14))


def test_more_is_better_turns_the_best_around(tmp_path: Path) -> None:
    formulas = ["mean(best(3, months(x)))", "mean(worst(3, months(x)))"]

    result = score(load(book_in(tmp_path / "b", formulas, {"A": MONTHS}, less=False)))

    assert measures(result) == [50.0, 20.0]


NINE = [*MONTHS[:3], "-", "", "-", *MONTHS[6:]]
"""Without April to June: 30 36 40 35 34 33 32 31 60, which add up to 331."""


def test_nine_of_twelve_months(tmp_path: Path) -> None:
    formulas = {
        "months(x > 35)": None,
        "mean(months(x))": None,
        "mean(best(3, months(x)))": None,
        "months(x > 35, 9)": 3,
        "mean(months(x, 9))": 331 / 9,
        "mean(months(x, 75%))": 331 / 9,
        "share(months(x > 35, 9))": 3 / 9,
        "mean(best(3, months(x, 9)))": 31,
        "mean(months(x, 10))": None,
        "mean(months(x, 76%))": None,
        # of the last three none is missing
        "mean(last(3, months(x)))": 41,
        "sum(last(8, months(x, 6)))": 35 + 34 + 33 + 32 + 31 + 60,
    }
    book = load(book_in(tmp_path / "b", list(formulas), {"A": NINE, "B": MONTHS}))

    result = score(book)

    assert measures(result) == [None if one is None else pytest.approx(one) for one in formulas.values()]
    lacking = told(result.findings, "QH664")
    assert len(lacking) == 5
    assert lacking[0] == (
        "no figure of months(x > 35) where periods are missing: A; "
        "A has 9 of 12, without 2023-04, 2023-05, 2023-06"
    )
    assert len(told(result.findings, "QH665")) == 6


def test_months_that_do_not_apply_are_none_of_them(tmp_path: Path) -> None:
    heated = [30, 30, 30, *["/"] * 6, 40, 40, 40]
    rows: dict[str, list[object]] = {"A": [*heated], "B": ["/"] * 12, "C": [*MONTHS]}

    result = score(load(book_in(tmp_path / "b", ["mean(months(x))", "sd(best(1, months(x)))"], rows)))

    assert measures(result, "A") == [35.0, None]
    assert measures(result, "B") == [None, None]
    absent = {row["unit"]: (row["absence|k0"], row["absence|k1"]) for row in result.wide.rows(named=True)}
    # 2: does not apply; so does the deviation of one value
    assert absent == {"A": (0, 2), "B": (2, 2), "C": (0, 2)}


def test_what_cannot_be_computed_in_one_month_is_undefined(tmp_path: Path) -> None:
    book = load(book_in(tmp_path / "b", ["mean(months(1 / x))"], {"A": [0, *MONTHS[1:]], "B": [2] * 12}))

    with pytest.raises(FindingsError, match="A"):
        score(book)


def test_cumulative_figures_by_their_own_months(tmp_path: Path) -> None:
    total = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78]
    formulas = ["max(quarters(own(x)))", "mean(best(2, months(own(x))))", "months(x >= 45)"]

    result = score(load(book_in(tmp_path / "b", formulas, {"A": total}, less=False, item="cumulative")))

    # October to December: 10 + 11 + 12; the best months 12 and 11; to date 45 or more in four
    assert measures(result) == [33.0, 11.5, 4.0]


def test_shorter_rounds_and_rounds_before(tmp_path: Path) -> None:
    book = load(book_in(tmp_path / "b", ["mean(months(x))", "quarters(x > 35)"], {"A": MONTHS, "B": MONTHS}))

    # July to September: 35, 34, 33
    assert measures(score(book, round="2023-Q3")) == [34.0, 0.0]
    month = score(book, round="2023-06")
    assert measures(month) == [50.0, None]
    assert told(month.findings, "QH663") == [
        "no whole period of quarters(x > 35) lies in the round 2023-06: nobody has a figure"
    ]


def test_progress_is_of_the_months_since_january(tmp_path: Path) -> None:
    book = load(book_in(tmp_path / "b", ["mean(months(x))"], {"A": MONTHS, "B": MONTHS}))

    rows = progress_of(book, parse_period("2023-05")).rows

    # 30, 36, 40, 20, 10
    assert rows.filter(rows["unit"] == "A")["value"].to_list() == [pytest.approx(27.2)]


def test_an_explanation_shows_the_figure_and_its_cells(tmp_path: Path) -> None:
    formula = "mean(best(3, months(x))) / 10"
    book = load(book_in(tmp_path / "b", [formula], {"A": MONTHS, "B": MONTHS}))
    result = score(book)

    told_en, told_zh = str(result.explain("A")), result.explain("A").text("zh")

    assert "mean(best(3, months(20))) / 10 = 2" in told_en
    assert "x.csv!2:x; data/x.csv!3:x" in told_en
    assert "平均(最好(3, 各月(20))) / 10" in told_zh
    behind = records_behind(book, "A", book.scheme.indicators[0], round="2023")
    assert [(figure.how, len(figure.cells)) for figure in behind.figures if figure.cells is not None] == [
        ("periods", 12)
    ]


@given(
    values=st.lists(st.integers(min_value=-50, max_value=50), min_size=12, max_size=12),
    at=st.sampled_from([0, 10, 33, 50, 98, 100]),
    number=st.integers(min_value=1, max_value=12),
)
def test_figures_are_those_of_numpy(
    values: list[int], at: int, number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    formulas = [
        f"percentile({at}%, months(x))",
        f"sum(best({number}, months(x)))",
        f"mean(last({number}, months(x)))",
    ]
    folder = tmp_path_factory.mktemp("book") / "b"

    found = measures(score(load(book_in(folder, formulas, {"A": values}))))

    assert found == [
        pytest.approx(float(np.percentile(values, at)), abs=1e-9),
        pytest.approx(sum(sorted(values)[:number]), abs=1e-9),
        pytest.approx(float(np.mean(values[-number:])), abs=1e-9),
    ]
