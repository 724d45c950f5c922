from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.books import Written
from tests.engine.schemes import indicator, item
from tests.insight.histories import history_book

from quanheng.data.book.book import Book
from quanheng.insight.unusual.landings import landings_of, thresholds_of
from quanheng.insight.unusual.unusual import false_alarms, unusual
from quanheng.periods.period import parse_period
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.percentile import Percentile
from quanheng.scheme.rules.steps import Steps

SEASON = (1.0, 1.2, 0.9, 1.4)
UNITS = tuple(f"U{number:02}" for number in range(12))


def growing(odd: dict[tuple[str, str], float] | None = None) -> Book:
    """Twelve units whose quarters grow by about 10 % a year for six years; `odd` replaces figures."""
    generator = np.random.default_rng(11)
    figures: list[tuple[str, str, str, Written]] = []
    for unit in UNITS:
        level = generator.uniform(20, 90)
        for year in range(2018, 2024):
            to_date = 0.0
            for quarter, part in enumerate(SEASON, start=1):
                grown = level * part * 1.1 ** (year - 2018) * np.exp(generator.normal(0, 0.02))
                to_date += float(np.round(grown, 3))
                period = f"{year}-Q{quarter}"
                figures.append(("gdp", unit, period, (odd or {}).get((unit, period), to_date)))
    return history_book([item("gdp", "cumulative", "quarter")], ["growth(gdp)"], units=UNITS, figures=figures)


def test_an_ordinary_quarter_shows_nothing() -> None:
    found = unusual(growing(), "2023-Q3")

    assert found.findings == ()
    assert len(found.reports) == 0
    assert found.figures == 12
    assert found.looked == {"magnitude": 12, "fall": 12, "jump": 12, "against": 12, "copy": 24, "landing": 0}


def test_a_jump_is_told_with_its_evidence() -> None:
    book = growing()
    figures = book.observations.filter(book.observations["unit"] == "U03")
    q2, before = (
        float(figures.filter(figures["period"] == period)["value"][0]) for period in ("2023-Q2", "2022-Q2")
    )
    q3_before = float(figures.filter(figures["period"] == "2022-Q3")["value"][0])
    # the third quarter alone is twice that of the year before
    odd = q2 + 2 * (q3_before - before)
    found = unusual(growing({("U03", "2023-Q3"): odd}), "2023-Q3")
    row = found.reports.rows(named=True)[0]

    assert (row["sign"], row["unit"], row["code"], row["period"]) == ("jump", "U03", "gdp", "2023-Q3")
    assert row["value"] == pytest.approx(2 * (q3_before - before))
    assert (row["earlier"], row["before"]) == ("2022-Q3", pytest.approx(q3_before - before))
    assert row["change"] == pytest.approx(np.log(2))
    assert row["usual"] == pytest.approx(np.log(1.1), abs=0.02)
    text = found.findings[0].text("en")
    assert "QH590" in text
    assert "+100.0%" in text
    assert "QH590" in found.findings[0].text("zh")
    assert str(found.findings[0].where).startswith("data/a.csv")


def test_a_figure_carried_forward_is_told_as_a_copy() -> None:
    book = growing()
    figures = book.observations.filter(book.observations["unit"] == "U05")
    q2 = float(figures.filter(figures["period"] == "2023-Q2")["value"][0])
    found = unusual(growing({("U05", "2023-Q3"): q2}), "2023-Q3")

    assert "copy" in found.reports["sign"].to_list()
    assert set(found.reports["unit"].to_list()) == {"U05"}
    assert found.only(["U01"]).findings == ()
    assert len(found.only(["U05"]).reports) == len(found.findings)
    described = found.described("zh")
    assert described["finding"].to_list() == [finding.code for finding in found.findings]


def test_a_fall_comes_first() -> None:
    found = unusual(growing({("U05", "2023-Q3"): 20.0}), "2023-Q3")

    assert found.reports["sign"][0] == "fall"
    assert found.findings[0].code == "QH591"


def test_a_figure_of_another_magnitude_is_told_once_and_without_history() -> None:
    values = {"东港镇": 546000.0, "西柳镇": 40.2, "南岭镇": 33.3}
    figures: list[tuple[str, str, str, Written]] = [
        ("gdp", unit, "2023-06", value) for unit, value in values.items()
    ]
    book = history_book([item("gdp", "cumulative", "month")], ["gdp"], units=tuple(values), figures=figures)
    found = unusual(book, "2023-06")

    assert found.reports.select("sign", "unit", "value", "earlier", "strength").rows() == [
        ("magnitude", "东港镇", 546000.0, None, 4.0)
    ]
    assert [finding.code for finding in found.findings] == ["QH436"]
    assert "about 10,000 times too large" in found.findings[0].message("en")


def test_other_signs_of_a_figure_of_another_magnitude_are_not_told() -> None:
    found = unusual(growing({("U05", "2023-Q3"): 0.02}), "2023-Q3")

    assert found.reports.select("sign", "unit").rows() == [("magnitude", "U05")]


def test_alarms_are_counted_before_the_period_only() -> None:
    # the odd figure of 2022 lies before 2023-Q3, that of 2023-Q3 does not
    book = growing({("U05", "2022-Q3"): 1.0, ("U06", "2023-Q3"): 1.0})
    alarms = {row["sign"]: row for row in false_alarms(book, "2023-Q3").iter_rows(named=True)}

    # twelve units, three comparisons a year in five years, one in 2023
    assert (alarms["fall"]["looked"], alarms["fall"]["seen"]) == (12 * 16, 1)
    assert alarms["fall"]["rate"] == pytest.approx(1 / 192)
    assert alarms["landing"]["rate"] is None


def test_landing_on_targets_is_told_of_measures() -> None:
    jobs = item("jobs", "flow", "quarter")
    figures, targets = [], []
    for number, unit in enumerate(UNITS):
        for quarter in (1, 2, 3):
            period = f"2023-Q{quarter}"
            reported = 100.0 if unit == "U04" else 100.0 + 3 * number + quarter
            figures.append(("jobs", unit, period, reported))
            targets.append(("i1", unit, period, 100.0))
    book = history_book(
        [jobs], [indicator("i1", "jobs", rule=Percentile())], units=UNITS, figures=figures, targets=targets
    )
    found = unusual(book, "2023-Q3")

    # the year to date: 300 of the 100 + 100 + 100 that are due by then
    assert found.reports.select("sign", "unit", "code", "value", "before").rows() == [
        ("landing", "U04", "i1", 300.0, 300.0)
    ]
    assert "3 of 3 times" in found.findings[0].message("en")


def test_thresholds_of_a_level_are_aims_at_any_time() -> None:
    rate = item("rate", "rate", "quarter")
    steps = Steps(steps=((0.0, 50.0), (95.0, 80.0)))
    figures = [
        ("rate", unit, f"2023-Q{quarter}", 95.0 if unit == "U02" else 90.0 + number / 4 + quarter)
        for number, unit in enumerate(UNITS)
        for quarter in (1, 2, 3)
    ]
    book = history_book([rate], [indicator("i1", "rate", rule=steps)], units=UNITS, figures=figures)
    (landed,) = landings_of(book, until=parse_period("2023-Q3"))

    assert np.argwhere(landed.sign.seen).tolist() == [[2, 2]]
    assert "threshold 95" in unusual(book, "2023-Q3").findings[-1].message("en")


def test_thresholds_of_rules_without_zero() -> None:
    bands = replace(indicator("i1", "x"), rule=Bands(points=((0.0, 0.0), (0.8, 60.0), (1.0, 100.0))))

    assert thresholds_of(bands) == (0.8, 1.0)
    assert thresholds_of(replace(bands, rule=Percentile())) == ()
