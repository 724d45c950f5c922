from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.periods.period import parse_period
from quanheng.periods.spellings import LONGEST, spelled

_LETTERS = "0123456789年月季度半上下前至到末底第全个-—~/.QqHh一二三四十Jun "


@pytest.mark.parametrize(
    ("text", "since_january"),
    [
        ("1-9月", True),
        ("1-2月", True),
        ("1-6月", True),
        ("2023年1-12月", True),
        ("前三季度", True),
        ("前五个月", True),
        ("上半年", False),
        ("一季度", False),
        ("4-6月", False),
        ("2023", False),
        ("9月", False),
    ],
)
def test_what_counts_the_months_from_january_is_told_apart(text: str, *, since_january: bool) -> None:
    found = spelled(text)

    assert found is not None
    assert found.since_january is since_january


@given(text=st.text(alphabet=_LETTERS, max_size=LONGEST + 5))
def test_what_is_spelled_is_a_period_of_a_year(text: str) -> None:
    found = spelled(text)

    if found is not None and (found.year is None or found.year >= 1000):
        period = parse_period(text, year=2023)

        assert period.year == (found.year or 2023)
        assert (period.first_month, period.length_months) == (found.first_month, found.length_months)


@given(year=st.integers(1900, 2199), month=st.integers(1, 12))
def test_a_month_means_the_same_in_every_spelling(year: int, month: int) -> None:
    expected = parse_period(f"{year}-{month:02}")
    short = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"][month - 1]
    spellings = [
        f"{year}年{month}月",
        f"{year}{month:02}",
        f"{year}/{month}",
        f"{year}.{month:02}",
        f"{month}/{year}",
        f"{short} {year}",
    ]

    assert {parse_period(text) for text in spellings} == {expected}
    assert parse_period(f"{month}月", year=year) == expected
