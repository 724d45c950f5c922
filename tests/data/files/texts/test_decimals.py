from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import gathered

from quanheng.data.cells.numbers import read_numbers
from quanheng.data.files.delimited import read_csv
from quanheng.findings.collector import Collector


def read(text: str) -> tuple[list[float | None], list[str]]:
    """Return the numbers of the last column below its heading, and what is told but for how it was read."""
    collector = Collector()
    sheet = read_csv(text.encode(), file="a.csv", collector=collector)
    found = [line for line in gathered(collector) if not line.startswith("QH349")]
    return ([] if sheet is None else read_numbers(sheet.cells[1:, -1])["number"].to_list()), found


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["12,5", "6,125"], [12.5, 6.125]),
        (["0,784", "-0,5", "+3,0"], [0.784, -0.5, 3.0]),
        (["1.234,5", "1.234", "7"], [1234.5, 1234.0, 7.0]),
        (["1 234,5", "1\u00a0234,25", "1\u202f234,5"], [1234.5, 1234.25, 1234.5]),
        (["6,1%", "5,75 %"], [6.1, 5.75]),
        (["1234,567", "3,14159"], [1234.567, 3.14159]),
        (["1.234.567", "6,5"], [1234567.0, 6.5]),
        (["2023,5", "/"], [2023.5, None]),
    ],
)
def test_decimal_commas_are_read_where_one_is_sure(cells: list[str], numbers: list[float | None]) -> None:
    text = "unit;v\n" + "".join(f"T{number};{cell}\n" for number, cell in enumerate(cells))

    read_back, found = read(text)

    assert read_back == numbers
    assert [line.partition(":")[0] for line in found] == ["QH346 a.csv"]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["12.5", "6,125"], [12.5, 6125.0]),
        (["1,234.5"], [1234.5]),
        (["1,234,567", "6.125"], [1234567.0, 6.125]),
        (["5", "1234"], [5.0, 1234.0]),
    ],
)
def test_a_decimal_point_stays_where_one_is_sure(
    cells: list[str], numbers: list[float], separator: str
) -> None:
    text = f"unit{separator}v\n" + "".join(f"T{separator}{cell}\n" for cell in cells)

    assert read(text) == (numbers, [])


@pytest.mark.parametrize(
    "text",
    [
        "unit;v\nA;6,125\nB;5,875\nC;6,310\n",
        "unit;v\nA;6.125\n",
        "unit;v;w\nA;12,5;12.5\n",
        "unit;v\nA;1.234,5\nB;1,234.5\n",
    ],
)
def test_what_may_be_either_is_told_and_not_read(text: str) -> None:
    assert read(text) == ([], ["QH347 a.csv:2"])


def test_both_readings_are_shown() -> None:
    collector = Collector()
    read_csv(b"unit;v\nA;6,125\n", file="a.csv", collector=collector)

    assert "'6,125' may be 6.125 or 6125" in collector.findings()[-1].message("en")


@pytest.mark.parametrize(
    "text",
    [
        "unit;period;v\nA;2023.06;12,5\n",  # a period is no number
        "unit;on;v\nA;18.03.2023;12,5\n",
        "unit;v;note\nA;12,5;see 3.1\nB;3,5;as above\n",
    ],
)
def test_periods_dates_and_remarks_say_nothing_of_numbers(text: str) -> None:
    assert [line.partition(":")[0] for line in read(text)[1]] == ["QH346 a.csv"]


def test_between_commas_a_comma_is_one_of_thousands() -> None:
    assert read('unit,v\nA,"6,125"\nB,"0,784"\n') == ([6125.0, None], [])


@given(st.lists(st.decimals(-99_999, 99_999, places=2), min_size=1, max_size=8))
def test_a_german_file_reads_as_its_english_twin(numbers: list[object]) -> None:
    english = "unit;v\n" + "".join(f"T;{number}\n" for number in numbers)
    german = english.replace(".", ",")

    assert read(german)[0] == read(english)[0]


@pytest.mark.parametrize("separator", ["\t", "|"])
def test_a_lone_comma_between_tabs_or_bars_is_one_of_thousands_and_told(separator: str) -> None:
    text = f"unit{separator}v\nA{separator}6,125\nB{separator}5,875\n"

    assert read(text) == ([6125.0, 5875.0], ["QH379 a.csv:2"])


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
@pytest.mark.parametrize("sure", ["0,784", "6,1"])
def test_a_sure_decimal_comma_in_another_column_makes_all_of_the_file_so(separator: str, sure: str) -> None:
    text = "unit,r,v\nA,x,6.125\nB,x,5.875\n".replace(",", separator).replace(".", ",").replace("x", sure)

    numbers, found = read(text)

    assert numbers == [6.125, 5.875]
    assert [line[:5] for line in found] == ["QH346"]
