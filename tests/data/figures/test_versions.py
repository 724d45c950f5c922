from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import GDP, findings_of, told, write_book
from tests.data.registers import csv, register

from quanheng.data.book import frames
from quanheng.data.book.book import Book
from quanheng.data.figures.figures import observations_of
from quanheng.data.figures.observations import read_observations
from quanheng.data.figures.versions import as_known, each_version
from quanheng.data.load import load
from quanheng.findings.collector import Collector

REVISED = """\
unit,period,known_on,gdp,gdp_growth
T1,2023-Q4,2024-03-01,91,
T1,2023-Q4,2024-12-20,92.5,6.4
T2,2022-Q4,2024-03-01,,3.5
"""
"""T1's fourth quarter is revised twice, its growth with the second; T2's growth of 2022 came late."""
DAY = dt.date


def values(book: Book, item: str = "gdp", unit: str = "T1", period: str = "2023-Q4") -> list[object]:
    frame = book.observations.to_native()
    return frame.filter(item=item, unit=unit, period=period)["value"].to_list()


def revised(tmp_path: Path, text: str = REVISED) -> Path:
    return write_book(tmp_path, {"data/revised.csv": text})


@pytest.mark.parametrize(
    ("as_of", "gdp", "growth"),
    [
        (DAY(2024, 2, 29), 90.0, 6.1),
        (DAY(2024, 3, 1), 91.0, 6.1),
        (DAY(2024, 12, 19), 91.0, 6.1),
        (DAY(2024, 12, 20), 92.5, 6.4),
        (None, 92.5, 6.4),
    ],
)
def test_a_book_is_as_it_was_known_on_a_day(
    as_of: dt.date | None, gdp: float, growth: float, tmp_path: Path
) -> None:
    book = load(revised(tmp_path), as_of=as_of)

    assert values(book) == [gdp]
    assert values(book, "gdp_growth") == [growth]
    assert book.as_of == as_of


def test_every_version_is_kept_with_its_day_and_place(tmp_path: Path) -> None:
    book = load(revised(tmp_path), as_of=DAY(2024, 2, 1))

    versions = book.versions.to_native()
    assert versions.schema == frames.VERSIONS
    assert versions.filter(item="gdp", unit="T1", period="2023-Q4").select(
        "value", "known_on", "cell"
    ).rows() == [
        (90.0, None, "4:gdp"),
        (91.0, DAY(2024, 3, 1), "2:gdp"),
        (92.5, DAY(2024, 12, 20), "3:gdp"),
    ]


def test_without_revisions_the_versions_are_the_observations(tmp_path: Path) -> None:
    book = load(write_book(tmp_path))

    versions = book.versions.to_native()
    assert versions["known_on"].null_count() == versions.height
    assert versions.drop("known_on").equals(book.observations.to_native())


def test_an_empty_cell_takes_nothing_back(tmp_path: Path) -> None:
    book = load(revised(tmp_path, "unit,period,known_on,gdp\nT1,2023-Q4,2024-03-01,\n"))

    assert values(book) == [90.0]


def test_a_figure_may_turn_out_not_to_apply(tmp_path: Path) -> None:
    book = load(revised(tmp_path, "unit,period,known_on,gdp\nT1,2023-Q4,2024-03-01,/\n"))

    frame = book.observations.to_native().filter(item="gdp", unit="T1", period="2023-Q4")
    assert frame.select("value", "state").rows() == [(None, "not_applicable")]


def test_what_is_first_known_late_is_missing_before(tmp_path: Path) -> None:
    late = "unit,period,known_on,gdp\nT1,2023-Q3,2023-11-01,70\n"

    assert values(load(revised(tmp_path, late), as_of=DAY(2023, 10, 31)), period="2023-Q3") == []
    assert values(load(revised(tmp_path, late)), period="2023-Q3") == [70.0]


def test_the_long_form_may_say_the_day_in_chinese(tmp_path: Path) -> None:
    long = "数据项,单位,期间,数值,发布日期\n地区生产总值,甲镇,2023年四季度,91,2024年3月1日\n"

    assert values(load(revised(tmp_path, long))) == [91.0]
    assert findings_of(revised(tmp_path, long)) == ()


def test_two_values_of_one_day_contradict_each_other(tmp_path: Path) -> None:
    text = "unit,period,known_on,gdp\nT1,2023-Q4,2024-03-01,91\nT1,2023-Q4,2024-03-01,92\n"

    assert told(revised(tmp_path, text)) == ["QH410 data/revised.csv!3:gdp"]


def test_the_same_value_on_another_day_is_no_repetition(tmp_path: Path) -> None:
    text = "unit,period,known_on,gdp\nT1,2023-Q4,2024-03-01,90\nT1,2023-Q4,2024-03-01,90\n"

    assert told(revised(tmp_path, text)) == ["QH411 data/revised.csv!3:gdp"]


def test_a_day_that_is_none_is_told_and_its_row_left_out(tmp_path: Path) -> None:
    text = "unit,period,known_on,gdp\nT1,2023-Q4,soon,91\n"

    assert told(revised(tmp_path, text)) == ["QH328 data/revised.csv!2:known_on"]


def test_what_is_wrong_with_a_figure_is_said_of_the_one_that_counts(tmp_path: Path) -> None:
    fallen = {"data/gdp.csv": GDP.replace("T1,2023-Q1,20,", "T1,2023-Q1,95,")}
    mended = {"data/revised.csv": "unit,period,known_on,gdp\nT1,2023-Q1,2023-06-01,25\n"}

    book = write_book(tmp_path, {**fallen, **mended})

    assert told(write_book(tmp_path / "fallen", fallen)) == ["QH416 data/gdp.csv!4:gdp"]
    assert told(book) == []
    early = load(book, as_of=DAY(2023, 5, 1))
    assert "QH416" in [finding.code for finding in early.findings]


TARGETS = """\
unit,indicator,period,target,set_on,reason
*,output,2023,85,,
*,output,2023,80,2023-07-01,年中调整
T2,output,2023,95,2023-05-01,并村
P1,output,2023,35,,
"""


@pytest.mark.parametrize(
    ("as_of", "targets"),
    [
        (DAY(2023, 4, 30), [("T1", 85.0), ("T2", 85.0), ("P1", 35.0)]),
        (DAY(2023, 6, 30), [("T1", 85.0), ("T2", 95.0), ("P1", 35.0)]),
        (None, [("T1", 80.0), ("T2", 95.0), ("P1", 35.0)]),
    ],
)
def test_targets_are_as_they_were_set_on_a_day(
    as_of: dt.date | None, targets: list[tuple[str, float]], tmp_path: Path
) -> None:
    book = load(write_book(tmp_path, {"targets.csv": TARGETS}), as_of=as_of)

    assert book.targets.to_native().select("unit", "target").rows() == targets
    assert book.targets.to_native().schema == frames.TARGETS


def test_the_versions_of_a_target_are_those_that_counted_for_the_unit(tmp_path: Path) -> None:
    book = load(write_book(tmp_path, {"targets.csv": TARGETS}))

    assert book.target_versions.select("unit", "target", "set_on", "reason").rows() == [
        ("T1", 85.0, None, None),
        ("T1", 80.0, DAY(2023, 7, 1), "年中调整"),
        ("T2", 85.0, None, None),
        ("T2", 95.0, DAY(2023, 5, 1), "并村"),
        ("P1", 35.0, None, None),
    ]
    assert findings_of(tmp_path / "book") == ()


def test_a_target_changed_without_a_reason_is_told_once(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"targets.csv": TARGETS.replace("年中调整", "")})

    (finding,) = findings_of(book)

    assert str(finding.where) == "targets.csv!3:target"
    assert finding.message("en") == (
        "the target of output for T1 in 2023 is changed on 2023-07-01 and no reason is given"
    )


def test_two_targets_of_one_day_contradict_each_other(tmp_path: Path) -> None:
    twice = TARGETS + "*,output,2023,81,2023-07-01,again\n"

    assert told(write_book(tmp_path, {"targets.csv": twice})) == ["QH420 targets.csv!6:target"]


def test_adjustments_after_the_day_are_not_known_yet(tmp_path: Path) -> None:
    book = write_book(tmp_path)

    early = load(book, as_of=DAY(2023, 4, 30)).adjustments["reason"].to_list()

    assert early == ["迟报", "事故"]
    assert load(book).adjustments["reason"].to_list() == ["现场会", "迟报", "事故"]


def test_a_figure_known_before_its_period_began_is_told(tmp_path: Path) -> None:
    text = "unit,period,known_on,gdp\nT1,2023-Q4,2023-09-30,91\nT2,2023-Q4,2023-10-01,102\n"

    assert told(revised(tmp_path, text)) == ["QH441 data/revised.csv!2:gdp"]


def test_the_order_of_files_does_not_matter_for_targets(tmp_path: Path) -> None:
    first = "unit,indicator,period,target,set_on,reason\n*,output,2023,85,,\n"
    later = "unit,indicator,period,target,set_on,reason\n*,output,2023,80,2023-07-01,年中调整\n"

    one = load(write_book(tmp_path / "one", {"targets.csv": first, "targets/later.csv": later}))
    other = load(write_book(tmp_path / "other", {"targets.csv": later, "targets/later.csv": first}))

    assert set(one.targets["target"]) == set(other.targets["target"]) == {80.0}
    assert one.target_versions["target"].to_list() == [85.0, 80.0] * 3
    assert other.target_versions["target"].to_list() == [85.0, 80.0] * 3


DAYS = st.none() | st.dates(DAY(2023, 1, 1), DAY(2023, 1, 9))
STATES = {0: "value", 1: "missing", 2: "not_applicable"}


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["T1", "T2"]), st.sampled_from(["2022-Q1", "2022-Q2"]), DAYS, st.integers(0, 2)
        ),
        max_size=12,
    ),
    as_of=DAYS,
)
def test_the_latest_thing_said_by_the_day_counts(
    rows: list[tuple[str, str, dt.date | None, int]], as_of: dt.date | None
) -> None:
    cells = {0: "{}", 1: "", 2: "/"}
    text = "unit,period,known_on,gdp\n" + "".join(
        f"{unit},{period},{day or ''},{cells[state].format(number)}\n"
        for number, (unit, period, day, state) in enumerate(rows)
    )
    figures = each_version(read_observations(csv(text), register(), collector=Collector()))

    found = observations_of(as_known(figures, as_of)).select("unit", "period", "state", "value").rows()

    expected = {}
    order = sorted(
        enumerate(rows), key=lambda row: (row[1][3] != 1, row[1][2] or DAY.min, row[1][3] == 0, -row[0])
    )
    for number, (unit, period, day, state) in order:  # what comes later in this order counts more
        if as_of is None or day is None or day <= as_of:
            expected[unit, period] = (STATES[state], float(number) if state == 0 else None)
    assert {(unit, period): (state, value) for unit, period, state, value in found} == expected
    assert len(found) == len(expected)
