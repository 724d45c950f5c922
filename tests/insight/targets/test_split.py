from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.insight.targets.share_out import Among, ByAttribute, ByLastYear, Equally, Whole, share_out
from quanheng.insight.targets.split import Part, Split, is_to_date, split_targets
from quanheng.scheme.pace.pace import Curve, Even, Given, Seasonal

SCHEME = """
quanheng: 1
id: small
title: small
round: 2023
groups: {towns: 镇, parks: 园区}
items:
  invested: {kind: cumulative, every: quarter}
  jobs: {kind: flow, every: quarter}
  beds: {kind: stock, every: quarter}
  rate: {kind: rate, every: quarter}
  due: {count: tasks}
defaults: {gaps: {missing: redistribute}, rule: target}
indicators:
  invest: {measure: invested, weight: 20}
  work: {measure: completion(jobs), weight: 20}
  care: {measure: beds, weight: 20}
  speed: {measure: rate, weight: 20}
  tasks_done: {measure: due, weight: 20}
"""
UNITS = "unit,group,land\nA,towns,30\nB,towns,50\nC,parks,20\n"
TARGETS = "unit,indicator,period,target,floor,stretch\n"
DATA = """item,unit,period,value
invested,A,2021-Q1,20
invested,A,2021-Q2,50
invested,A,2021-Q3,70
invested,A,2021-Q4,100
invested,A,2022-Q1,40
invested,A,2022-Q2,70
invested,A,2022-Q3,110
invested,A,2022-Q4,200
invested,B,2022-Q4,50
invested,C,2022-Q4,70
jobs,A,2023-Q1,1
beds,A,2022-Q4,100
rate,A,2023-Q1,5
"""
TASKS = "unit,no\nA,1\n"


def book(folder: Path, targets: str, scheme: str = SCHEME, *, data: str = DATA) -> Book:
    for name, text in {
        "scheme.yaml": scheme,
        "units.csv": UNITS,
        "targets.csv": TARGETS + targets,
        "data/figures.csv": data,
        "ledgers/tasks.csv": TASKS,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def split(
    subject: Book, *, every: Part = "quarter", curve: Curve | None = None, decimals: int | None = None
) -> Split:
    known = set(subject.targets["indicator"].to_list())
    wanted = [one for one in subject.scheme.indicators if one.code in known]
    return split_targets(subject, wanted, year=2023, every=every, curve=curve, decimals=decimals)


def values(done: Split, unit: str = "A", column: str = "target") -> list[float | None]:
    return [row[column] for row in done.rows.rows(named=True) if row["unit"] == unit]


def test_a_cumulative_target_is_what_is_to_be_reached_by_then(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,invest,2023,10,9,11\n"))

    # a quarter of 10 is 2.5: parts 3 3 2 2 (the first two of equal remainders), to date 3 6 8 10
    assert values(done) == [3, 6, 8, 10]
    assert done.rows["period"].to_list() == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    # 9 in quarters 2.25: 3 2 2 2; 11 in quarters 2.75: 3 3 3 2
    assert values(done, column="floor") == [3, 5, 7, 9]
    assert values(done, column="stretch") == [3, 6, 9, 11]


def test_decimals_are_those_of_the_targets_or_as_asked(tmp_path: Path) -> None:
    subject = book(tmp_path, "A,invest,2023,10.2,,\n")

    # 10.2 / 4 = 2.55: in tenths 2.6 2.6 2.5 2.5; in hundredths exactly
    assert values(split(subject)) == pytest.approx([2.6, 5.2, 7.7, 10.2])
    assert values(split(subject, decimals=2)) == pytest.approx([2.55, 5.1, 7.65, 10.2])


def test_flows_and_counts_get_parts_that_add_up(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,work,2023,101,,\nA,tasks_done,2023,7,,\n"))

    # 101 / 4 = 25.25: 26 25 25 25; 7 / 4 = 1.75: 2 2 2 1
    assert values(done) == [26, 25, 25, 25, 2, 2, 2, 1]


def test_a_level_stays_and_a_stock_goes_from_where_it_stood(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,speed,2023,5.5,5,6\nA,care,2023,120,,140\n"))

    # beds: 100 at the end of 2022, to 120 by 5 a quarter; the stretch to 140 by 10 a quarter
    assert values(done) == [105, 110, 115, 120, 5.5, 5.5, 5.5, 5.5]
    assert values(done, column="stretch") == [110, 120, 130, 140, 6, 6, 6, 6]
    assert done.findings == ()


def test_a_stock_without_a_start_stays_a_level_and_a_note_says_so(tmp_path: Path) -> None:
    done = split(book(tmp_path, "B,care,2023,120,,\n"))

    assert values(done, "B") == [120, 120, 120, 120]
    assert [finding.code for finding in done.findings] == ["QH362"]


def test_a_given_curve_goes_along_straight_lines(tmp_path: Path) -> None:
    subject = book(tmp_path, "A,invest,2023,100,,\n")

    assert values(split(subject, curve=Given({"2023-Q1": 0.22, "2023-H1": 0.5}))) == [22, 50, 75, 100]


def test_a_seasonal_curve_is_the_mean_of_earlier_years(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,invest,2023,1000,,\n"), curve=Seasonal())

    # 2021: 20 % 50 % 70 %; 2022: 20 % 35 % 55 % (only A has the quarters): means 20 % 42.5 % 62.5 %
    assert values(done) == [200, 425, 625, 1000]


def test_without_history_a_seasonal_curve_is_even_and_a_warning_says_so(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,work,2023,100,,\n"), curve=Seasonal())

    assert values(done) == [25, 25, 25, 25]
    assert [finding.code for finding in done.findings] == ["QH363"]


def test_the_schemes_pace_is_the_curve_where_none_is_asked_for(tmp_path: Path) -> None:
    scheme = SCHEME + "pace: {curve: {2023-Q1: 40%}, at: {2023-H1: 60%}}\n"

    subject = book(tmp_path, "A,invest,2023,100,,\n", scheme)

    assert values(split(subject)) == [40, 60, 80, 100]
    assert values(split(subject, curve=Even())) == [25, 50, 75, 100]


def test_targets_of_longer_parts_follow_where_the_book_states_them(tmp_path: Path) -> None:
    stated = "A,invest,2023-H1,1,,\nA,work,2023-H1,1,,\nA,work,2023-Q4,1,,\n"
    done = split(book(tmp_path, "A,invest,2023,10,9,\nA,work,2023,101,,\n" + stated), every="quarter")

    rows = {(row["indicator"], row["period"]): row for row in done.rows.rows(named=True)}
    # to date 3 6 8 10, so 6 by June; of the flow 26 + 25 in the first half
    assert (rows["invest", "2023-H1"]["target"], rows["invest", "2023-H1"]["floor"]) == (6, 5)
    assert (rows["work", "2023-H1"]["target"], rows["work", "2023-H1"]["floor"]) == (51, None)
    assert len(rows) == 4 + 4 + 2


def test_what_does_not_apply_stays_so_in_every_part(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,invest,2023,100,,\nB,invest,2023,/,,\n"))

    assert values(done, "B") == [None] * 4
    assert [row["state"] for row in done.rows.rows(named=True) if row["unit"] == "B"] == [
        "not_applicable"
    ] * 4


def test_a_target_of_all_is_split_for_each_unit(tmp_path: Path) -> None:
    done = split(book(tmp_path, "*,invest,2023,12,,\nB,invest,2023,20,,\n"), every="month")

    assert values(done, "C") == list(range(1, 13))
    # 20 / 12 = 1.67: eight months of 2, four of 1
    assert values(done, "B") == [2, 4, 6, 8, 10, 12, 14, 16, 17, 18, 19, 20]


def test_a_target_finer_than_asked_is_told(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        split(book(tmp_path, "A,invest,2023,10.25,,\n"), decimals=1)

    assert [finding.code for finding in error.value.findings] == ["QH360"]


def test_targets_of_parts_are_no_reason_to_split_otherwise(tmp_path: Path) -> None:
    done = split(book(tmp_path, "A,invest,2023,100,,\nA,invest,2023-Q1,70,,\n"))

    assert values(done) == [25, 50, 75, 100]


@pytest.fixture(scope="module")
def with_two_targets(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book(tmp_path_factory.mktemp("book"), "A,invest,2023,1,,\nA,tasks_done,2023,1,,\n")


@settings(max_examples=20, deadline=None)
@given(target=st.integers(0, 10**7), decimals=st.integers(0, 3), first=st.integers(0, 100))
def test_parts_add_up_exactly(with_two_targets: Book, target: int, decimals: int, first: int) -> None:
    amount = nw.lit(target / 10**decimals).alias("target")
    subject = replace(with_two_targets, targets=with_two_targets.targets.with_columns(amount))

    done = split(subject, every="month", curve=Given({"2023-Q1": first / 100}), decimals=decimals)

    steps = [round((value or 0) * 10**decimals) for value in values(done)]
    assert steps[11] == target
    assert steps[:12] == sorted(steps[:12])
    assert sum(steps[12:]) == target


def test_only_what_is_summed_has_a_part_of_its_own(tmp_path: Path) -> None:
    scheme = book(tmp_path, "").scheme

    assert {one.code: is_to_date(one, scheme) for one in scheme.indicators} == {
        "invest": True,
        "work": False,
        "care": True,
        "speed": True,
        "tasks_done": False,
    }


def shared(
    subject: Book, indicator: str, amount: float, among: Among, group: str | None = None
) -> dict[str, float]:
    one = next(one for one in subject.scheme.indicators if one.code == indicator)
    rows = share_out(subject, one, Whole(amount=amount, among=among, group=group), year=2023)
    return dict(rows.select("unit", "target").rows())


def test_a_whole_is_shared_out_among_units(tmp_path: Path) -> None:
    subject = book(tmp_path, "")

    # 100 among three: 34 33 33; by land 30 50 20; by last year's 200 50 70: 62.5 15.6 21.9
    assert shared(subject, "invest", 100, Equally()) == {"A": 34, "B": 33, "C": 33}
    assert shared(subject, "invest", 100, ByAttribute(column="land")) == {"A": 30, "B": 50, "C": 20}
    assert shared(subject, "invest", 100, ByLastYear()) == {"A": 62, "B": 16, "C": 22}
    assert shared(subject, "invest", 10.5, ByLastYear(), "towns") == {"A": 8.4, "B": 2.1}


def test_a_unit_with_nothing_to_share_by_is_told(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        shared(book(tmp_path, ""), "care", 100, ByLastYear())

    assert [(finding.code, finding.facts["unit"]) for finding in error.value.findings] == [
        ("QH361", "B"),
        ("QH361", "C"),
    ]


def test_a_rate_has_no_parts_to_share_out(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a level"):
        shared(book(tmp_path, ""), "speed", 100, Equally())


def test_an_attribute_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are: land"):
        shared(book(tmp_path, ""), "invest", 100, ByAttribute(column="group"))


def test_seasons_that_fall_split_nothing(tmp_path: Path) -> None:
    # a loss in the third quarter: by the half (50/100 + 70/200)/2 = 0.425, by the third (40/100 + 60/200)/2
    losses = DATA.replace("2021-Q3,70", "2021-Q3,40").replace("2022-Q3,110", "2022-Q3,60")

    with pytest.raises(FindingsError) as raised:
        split(book(tmp_path, "A,invest,2023,1000,,\n", data=losses), curve=Seasonal())

    assert [finding.code for finding in raised.value.findings] == ["QH364"]


def test_a_year_with_losses_to_date_has_no_seasons(tmp_path: Path) -> None:
    # by the first quarter of 2021 there was a loss of 20: one year is left, which is too few to tell
    losses = DATA.replace("2021-Q1,20", "2021-Q1,-20")

    done = split(book(tmp_path, "A,invest,2023,1000,,\n", data=losses), curve=Seasonal())

    assert values(done)[0] == 250.0
    assert [finding.code for finding in done.findings] == ["QH363"]


def test_a_target_below_zero_is_split_like_its_size(tmp_path: Path) -> None:
    # of 100 by 37.2, 33, 26 and 3.8 %: 37 + 33 + 26 + 3, and the last step goes where 0.8 was cut
    curve = Given({"2023-Q1": 0.372, "2023-H1": 0.702, "2023-Q3": 0.962})

    done = split(book(tmp_path, "A,work,2023,-100,,\n"), curve=curve)

    assert values(done) == [-37.0, -33.0, -26.0, -4.0]
