from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.data.books import findings_of, told, write_book

MONTHS = [f"2022-{month:02}" for month in range(1, 13)]


def rows(periods: Sequence[str], *, unit: str = "T2") -> str:
    """Return gdp for each period, rising by its own month, so that nothing else is found."""
    values = {period: 5 * (number + 1) for number, period in enumerate(sorted(periods))}
    return "unit,period,gdp\n" + "".join(f"{unit},{period},{values[period]}\n" for period in periods)


def notes(tmp_path: Path, text: str) -> list[str]:
    quarter = {
        "data/gdp.csv": "unit,period,gdp,gdp_growth\nT1,2023-Q4,90,6\nT2,2023-Q4,70,6\nP1,2023-Q4,30,7\n"
    }
    return told(write_book(tmp_path, {**quarter, "data/more.csv": text}))


def moved(month: int, to: int) -> list[str]:
    """Return the months with one of them put somewhere else."""
    periods = [period for number, period in enumerate(MONTHS, start=1) if number != month]
    periods.insert(to, MONTHS[month - 1])
    return periods


@pytest.mark.parametrize(
    ("periods", "findings"),
    [
        (MONTHS, []),
        (MONTHS[::-1], []),
        # March stands last, in line 13
        (moved(3, 11), ["QH446 data/more.csv!13:period"]),
        # May stands before April: April, in line 6, comes after it
        (moved(5, 3), ["QH446 data/more.csv!6:period"]),
        # newest first, and one month out of that order
        (moved(3, 11)[::-1], ["QH446 data/more.csv!3:period"]),
        # no order at all
        ([*MONTHS[::2], *MONTHS[1::2]][::-3] + MONTHS[:1], []),
    ],
)
def test_a_month_out_of_order_in_a_table_otherwise_in_order(
    periods: list[str], findings: list[str], tmp_path: Path
) -> None:
    assert notes(tmp_path, rows(list(dict.fromkeys(periods)))) == findings


def test_the_row_is_told_once_with_both_periods(tmp_path: Path) -> None:
    text = rows(moved(3, 11), unit="P1").replace("2022", "2021")
    (finding,) = findings_of(write_book(tmp_path, {"data/more.csv": text}))

    assert finding.message("en") == (
        "P1 has 2021-03 after 2021-12 here, in a table otherwise in order of time"
    )


def test_months_then_quarters_are_in_order(tmp_path: Path) -> None:
    text = rows(MONTHS) + "T2,2022-Q1,15\nT2,2022-Q2,30\nT2,2022-Q3,45\n"

    assert notes(tmp_path, text) == []


def test_a_revision_below_is_not_out_of_order(tmp_path: Path) -> None:
    lines = rows(MONTHS).replace("gdp\n", "gdp,known_on\n").splitlines()
    text = "\n".join([lines[0], *(f"{line}," for line in lines[1:]), "T2,2022-03,16,2022-12-31\n"])

    assert notes(tmp_path, text) == []


def test_figures_after_the_year_of_the_round_are_noted_once_a_table_and_year(tmp_path: Path) -> None:
    (finding,) = findings_of(
        write_book(
            tmp_path, {"data/more.csv": "unit,period,gdp\nT1,2023-11,88\nT1,2024-03,25\nT2,2024-03,26\n"}
        )
    )

    assert (finding.code, str(finding.where)) == ("QH447", "data/more.csv!3:period")
    assert finding.message("en") == (
        "figures of 2024 (2 in this table) lie after the round 2023, which does not look at them"
    )


def test_a_year_apart_from_the_others_is_noted(tmp_path: Path) -> None:
    # 2022 and 2023 are there; 2013 was meant to be 2023
    assert told(write_book(tmp_path, {"data/more.csv": "unit,period,gdp\nT1,2013-11,88\n"})) == [
        "QH448 data/more.csv!2:period"
    ]


def test_years_in_a_row_are_history(tmp_path: Path) -> None:
    text = "unit,period,gdp\n" + "".join(f"T1,{year}-Q4,{year - 1940}\n" for year in range(2012, 2022))

    assert told(write_book(tmp_path, {"data/more.csv": text})) == []


@pytest.mark.parametrize(
    ("years", "apart"),
    [
        # chosen years: none follows on another, and they are about as far from each other
        ((1995, 2005, 2014), []),
        ((2014, 2017, 2020, 2023), []),
        ((2019, 2021, 2023), []),
        # 2010 is 9 years off, the others 2 and 2; 2013 stands before two that follow on each other
        ((2010, 2019, 2021, 2023), [2010, 2019, 2021]),
        ((2013, 2022, 2023), [2013]),
        # of two years nobody knows how far they should be
        ((2013, 2023), [2013]),
    ],
)
def test_chosen_years_are_not_apart(tmp_path: Path, years: Sequence[int], apart: Sequence[int]) -> None:
    text = "unit,period,gdp,gdp_growth\n" + "".join(
        f"{unit},{year}-Q4,{90 + year % 5},6\n" for unit in ("T1", "T2", "P1") for year in years
    )

    lines = [2 + years.index(year) for year in apart]

    assert [one for one in told(write_book(tmp_path, {"data/gdp.csv": text})) if one[:5] == "QH448"] == [
        f"QH448 data/gdp.csv!{line}:period" for line in lines
    ]


def test_targets_of_another_year_are_noted(tmp_path: Path) -> None:
    text = "unit,indicator,period,target\n*,output,2023,85\n*,output,2022,80\nT1,output,2022,81\n"

    (finding,) = findings_of(write_book(tmp_path, {"targets.csv": text + "*,opening,2023,3月20日\n"}))

    assert (finding.code, str(finding.where)) == ("QH449", "targets.csv!3:period")
    assert finding.message("en") == (
        "targets of 2022 (2 rows of this table) are not of the year of the round 2023"
    )
