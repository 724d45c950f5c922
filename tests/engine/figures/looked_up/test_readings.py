"""Items that are read by day or hour, and what is made of them (ledgers §7)."""

from __future__ import annotations

import calendar
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError

HEAD = "quanheng: 1\nid: air\ntitle: An invented book\nround: 2023\nweights: equal\n"
DEFAULTS = "defaults: {rule: percentile, gaps: {missing: zero}}\n"


def book_at(folder: Path, items: str, indicators: str, files: dict[str, str], units: str = "A,B") -> Path:
    (folder / "data").mkdir(parents=True)
    scheme = f"{HEAD}items:\n{items}{DEFAULTS}indicators:\n{indicators}"
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "units.csv").write_text("unit\n" + units.replace(",", "\n") + "\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def scored(folder: Path, items: str, measures: dict[str, str], files: dict[str, str]) -> Result:
    indicators = "".join(f"  {code}: {{measure: '{measure}'}}\n" for code, measure in measures.items())
    return score(load(book_at(folder, items, indicators, files)))


def measures_of(result: Result, unit: str = "A") -> dict[str, object]:
    row = next(row for row in result.wide.rows(named=True) if row["unit"] == unit)
    return {name.removeprefix("measure|"): row[name] for name in row if name.startswith("measure|")}


def year_of(values: list[float], year: int = 2023, unit: str = "A") -> str:
    """Return the rows of a year of readings, one a day from 1 January on."""
    first = dt.date(year, 1, 1)
    return "".join(f"{unit},{first + dt.timedelta(days=day)},{value}\n" for day, value in enumerate(values))


def codes(result: Result) -> set[str]:
    return {finding.code for finding in result.findings}


ITEMS = """\
  pm: {kind: rate, every: day, at_least: 90%}
  rain: {kind: flow, every: day}
  level: {kind: stock, every: day, at_least: 1%}
  good: {count: days, where: pm <= 75, at_least: 90%}
  worst: {max: days.pm, at_least: 90%}
  p50: {percentile: days.pm, at: 50%, at_least: 90%}
  wet: {sum: 'days.where(rain > 1, rain, 0)'}
"""
MEASURES = {
    **{code: code for code in ("pm", "rain", "level", "good", "worst", "p50", "wet")},
    "bad": "months(pm > 40)",
}


def test_a_year_of_readings_makes_figures_by_hand(tmp_path: Path) -> None:
    # A: 31 days of 10 and 334 of 50, one of which is 80; rain 1 a day, but 2 on 10 days; B: 300 days
    pm = [10.0] * 31 + [50.0] * 333 + [80.0]
    rain = [1.0] * 355 + [2.0] * 10
    first = dt.date(2023, 1, 1)
    rows = [
        f"{unit},{first + dt.timedelta(days=day)},{pm[day]},{rain[day]},{day}\n"
        for unit in "AB"
        for day in range(365 if unit == "A" else 300)
    ]
    files = {"data/air.csv": "unit,period,pm,rain,level\n" + "".join(rows)}

    result = scored(tmp_path / "b", ITEMS, MEASURES, files)

    assert measures_of(result) == {
        "pm": pytest.approx((31 * 10 + 333 * 50 + 80) / 365),
        "rain": 375.0,
        "level": 364.0,
        "good": 364.0,
        "worst": 80.0,
        "p50": 50.0,
        "wet": 20.0,
        "bad": 11.0,
    }
    # 300 of 365 are 82 %: too few but for the level, the latest that there is
    assert measures_of(result, "B") == {**dict.fromkeys(MEASURES), "level": 299.0}
    told = next(f for f in result.findings if f.code == "QH886" and "pm" in f.message("en"))
    assert "B has 300 of 365 by day, 329 are asked for" in told.message("en")


def test_long_and_wide_rows_and_chinese_days_say_the_same(tmp_path: Path) -> None:
    items = "  pm: {name: {zh: 细颗粒物}, kind: rate, every: day, at_least: 0%}\n"
    wide = {"data/air.csv": "单位,日期,细颗粒物\nA,2023年5月1日,10\nA,2023/5/2,20\nB,20230503,7\n"}
    long = {
        "data/air.csv": "item,unit,period,value\npm,A,2023-05-01,10\npm,A,2023-05-02,20\npm,B,2023-05-03,7\n"
    }

    results = [
        scored(tmp_path / str(number), items, {"pm": "pm"}, files)
        for number, files in enumerate((wide, long))
    ]

    assert [measures_of(result) for result in results] == [{"pm": 15.0}] * 2
    assert [measures_of(result, "B") for result in results] == [{"pm": 7.0}] * 2
    book = results[0].book
    assert book is not None
    (place,) = {row["source_row"] for row in book.ledgers["days"].rows(named=True) if row["unit"] == "B"}
    assert place == 4


def test_longer_periods_may_stand_beside_readings_in_the_long_form(tmp_path: Path) -> None:
    items = "  pm: {kind: rate, every: day, at_least: 0%}\n  gdp: {kind: flow}\n"
    files = {"data/all.csv": "item,unit,period,value\npm,A,2023-05-01,10\ngdp,A,2023,3\ngdp,B,2023,4\n"}

    result = scored(tmp_path / "b", items, {"pm": "pm", "gdp": "gdp"}, files)

    assert measures_of(result) == {"pm": 10.0, "gdp": 3.0}
    assert measures_of(result, "B") == {"pm": None, "gdp": 4.0}


@pytest.mark.parametrize("year", [2023, 2024])
def test_29_february_is_a_day_of_its_year(tmp_path: Path, year: int) -> None:
    items = "  rain: {kind: flow, every: day}\n"
    days = 366 if calendar.isleap(year) else 365
    files = {"data/rain.csv": "unit,period,rain\n" + year_of([1.0] * 365, year)}
    folder = book_at(tmp_path / "b", items, "  rain: {measure: rain}\n", files)

    result = score(load(folder), round=str(year))

    assert measures_of(result) == {"rain": 365.0 if days == 365 else None}


def test_a_year_before_is_made_of_its_own_readings(tmp_path: Path) -> None:
    items = "  rain: {kind: flow, every: day}\n"
    text = "unit,period,rain\n" + year_of([1.0] * 365, 2022) + year_of([2.0] * 365, 2023)

    result = scored(tmp_path / "b", items, {"more": "change(rain)"}, {"data/rain.csv": text})

    assert measures_of(result) == {"more": 365.0}


def test_hours_of_the_clock_belong_to_the_day_that_is_written(tmp_path: Path) -> None:
    # 24:00 of 31 December is of 2023; a day alone is its midnight
    items = "  o3: {kind: rate, every: hour, at_least: 0%}\n"
    items += "  noon: {mean: hours.o3, where: hour == 13, at_least: 0%}\n"
    items += "  last: {kind: stock, every: hour, at_least: 0%}\n"
    rows = "A,2023-05-01 13:00,100,1\nA,2023年5月1日 14时,50,2\nA,2023-12-31 24:00,30,3\nA,2024-01-01,900,4\n"

    result = scored(
        tmp_path / "b",
        items,
        {"o3": "o3", "noon": "noon", "last": "last"},
        {"data/o3.csv": "unit,period,o3,last\n" + rows},
    )

    assert measures_of(result) == {"o3": 60.0, "noon": 100.0, "last": 3.0}
    told = next(finding for finding in result.findings if finding.code == "QH669")
    assert "A has 3 of 8760 by hour" in told.message("en")


def test_one_midnight_under_two_names_is_told(tmp_path: Path) -> None:
    items = "  o3: {kind: rate, every: hour, at_least: 0%}\n"
    rows = "A,2023-05-01 24:00,100\nA,2023-05-02 00:00,100\nB,2023-05-01 24:00,1\n"

    book = load(
        book_at(
            tmp_path / "b",
            items,
            "  o3: {measure: o3}\n",
            {"data/o3.csv": "unit,period,o3\n" + rows},
        )
    )

    told = [finding for finding in book.findings if finding.code == "QH868"]
    assert [str(finding.where) for finding in told] == ["data/o3.csv!2:o3"]


@pytest.mark.parametrize(
    ("every", "rows", "code"),
    [
        ("day", "A,2023-05-01 13:00,1", "QH884"),
        ("hour", "A,2023-05-01 13:30,1", "QH884"),
        ("day", "A,2023-05-01,1\nA,2023-05-01,2", "QH410"),
        ("hour", "A,2023-10-29 02:00,1\nA,2023-10-29 02:00,2", "QH410"),
        ("day", "A,2023-05,1", "QH"),
        ("day", "A,2023-02-29,1", "QH"),
        ("day", "A,2023-05-01,x", "QH"),
    ],
)
def test_what_is_no_reading_is_an_error(tmp_path: Path, every: str, rows: str, code: str) -> None:
    items = f"  pm: {{kind: rate, every: {every}}}\n"
    folder = book_at(
        tmp_path / "b", items, "  pm: {measure: pm}\n", {"data/pm.csv": f"unit,period,pm\n{rows}\n"}
    )

    with pytest.raises(FindingsError) as raised:
        load(folder)

    errors = [finding for finding in raised.value.findings if finding.severity == "error"]
    assert [finding.where.file for finding in errors] == ["data/pm.csv"]
    assert errors[0].code.startswith(code)


@pytest.mark.parametrize(
    "text",
    [
        "item,period,A,B\npm,2023-05-01,1,2\n",  # turned
        "unit,period,pm,gdp\nA,2023-05-01,1,2\n",  # with figures of a year
        "unit,pm\nA,1\n",  # no day
        "unit,period,pm,o3\nA,2023-05-01,1,2\n",  # of an hour beside those of a day
    ],
)
def test_readings_that_cannot_be_told_apart_are_an_error(tmp_path: Path, text: str) -> None:
    items = "  pm: {kind: rate, every: day}\n  gdp: {kind: flow}\n  o3: {kind: rate, every: hour}\n"
    folder = book_at(tmp_path / "b", items, "  pm: {measure: pm}\n", {"data/pm.csv": text})

    with pytest.raises(FindingsError) as raised:
        load(folder)

    assert "QH885" in {finding.code for finding in raised.value.findings}


def test_a_later_version_counts_and_an_empty_cell_is_no_reading(tmp_path: Path) -> None:
    items = "  pm: {kind: rate, every: day, at_least: 0%}\n"
    text = "unit,period,pm,known_on\nA,2023-05-01,10,2023-06-01\nA,2023-05-01,30,2023-07-01\nA,2023-05-02,,\n"
    folder = book_at(tmp_path / "b", items, "  pm: {measure: pm}\n", {"data/pm.csv": text})

    assert measures_of(score(load(folder))) == {"pm": 30.0}
    assert measures_of(score(load(folder, as_of=dt.date(2023, 6, 30)))) == {"pm": 10.0}


def test_readings_as_a_day_that_does_not_apply_are_none(tmp_path: Path) -> None:
    items = "  pm: {kind: rate, every: day, at_least: 0%}\n"
    text = "unit,period,pm\nA,2023-05-01,10\nA,2023-05-02,/\nB,2023-05-02,/\n"

    result = scored(tmp_path / "b", items, {"pm": "pm"}, {"data/pm.csv": text})

    assert (measures_of(result), measures_of(result, "B")) == ({"pm": 10.0}, {"pm": None})


def test_a_ledger_cannot_stand_under_the_name_of_readings(tmp_path: Path) -> None:
    items = "  pm: {kind: rate, every: day}\n"
    files = {"data/pm.csv": "unit,period,pm\nA,2023-05-01,1\n", "ledgers/days.csv": "unit,x\nA,1\n"}
    folder = book_at(tmp_path / "b", items, "  pm: {measure: pm}\n", files)

    with pytest.raises(FindingsError) as raised:
        load(folder)

    assert [(f.code, f.where.file) for f in raised.value.findings if f.severity == "error"] == [
        ("QH882", "ledgers/days.csv")
    ]


def test_a_ledger_called_days_stays_one_where_nothing_is_read(tmp_path: Path) -> None:
    items = "  n: {count: days}\n"
    files = {"ledgers/days.csv": "unit,x\nA,1\nA,2\n"}

    assert measures_of(scored(tmp_path / "b", items, {"n": "n"}, files)) == {"n": 2.0}


@given(
    values=st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=90),
    share=st.integers(min_value=0, max_value=100),
)
def test_a_mean_is_there_just_if_enough_readings_are(
    values: list[int], share: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    items = f"  pm: {{kind: rate, every: day, at_least: {share}%}}\n"
    folder = tmp_path_factory.mktemp("air") / "b"
    text = "unit,period,pm\n" + year_of([float(value) for value in values])

    result = scored(folder, items, {"pm": "pm"}, {"data/pm.csv": text})

    is_enough = len(values) * 100 >= share * 365
    expected = pytest.approx(sum(values) / len(values)) if is_enough else None
    assert measures_of(result) == {"pm": expected}
