from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.files.marks.scales import divisor_between, divisor_of, scales_of


@pytest.mark.parametrize(
    ("code", "divisor"),
    [
        ("0,", 1_000),
        ("#,##0,", 1_000),
        ("0.0,", 1_000),
        ("0,.0", 1_000),
        ("0.0,,", 1_000_000),
        ('#,##0,,"百万"', 1_000_000),
        ("0!.0,", 10_000),
        ("0\\.0,", 10_000),
        ('0"."0,', 10_000),
        ("#!.0000", 10_000),
        ('0!.0,"万元"', 10_000),
        ("0!.00,,", 100_000_000),
        ("[Red]0.0,", 1_000),
        ("_ * #,##0,_ ", 1_000),
        ("General", 1),
        ("0", 1),
        ("#,##0", 1),
        ("#,##0.00_);(#,##0.00)", 1),
        ("_ * #,##0.00_ ;_ * -#,##0.00_ ", 1),
        ("0.0%", 1),
        ("0.00E+00", 1),
        ("yyyy-mm-dd", 1),
        ("[$-804]yyyy年m月d日, aaaa", 1),
        ('0"万"0000', 1),
        ("h:mm:ss.0", 1),
        ("@", 1),
        (",", 1),
    ],
)
def test_a_format_divides_by_its_commas_and_by_a_point_that_is_only_written(code: str, divisor: int) -> None:
    assert divisor_of(scales_of(code), 12_345) == divisor


def test_a_section_counts_for_its_numbers_only() -> None:
    negative = scales_of("0;0,")
    large = scales_of("[>=10000]0!.0,;0")

    assert [divisor_of(negative, number) for number in (12_000, -12_000)] == [1, 1_000]
    assert [divisor_of(large, number) for number in (12_000, 10_000, 9_999)] == [10_000, 10_000, 1]


@given(st.text('0#?,.;!\\"[]<>=%_*- aE年', max_size=40), st.floats(-1e12, 1e12))
def test_any_format_has_some_divisor(code: str, number: float) -> None:
    assert divisor_of(scales_of(code), number) >= 1


@pytest.mark.parametrize(
    ("number", "shown", "divisor"),
    [
        (12_345, "12", 1_000),
        (12_345, "12.3", 1_000),
        (12_345, "1.2", 10_000),
        (-12_345, "-1.2", 10_000),
        (12_345_678, "12,346 千", 1_000),
        (12_345, "12,345", 1),
        (12_345, "12345.00", 1),
        (0.4, "0", 1),
        (0.061, "6.1", 1),
        (12_345, "￥12", 1),
    ],
)
def test_what_is_shown_tells_the_divisor(number: float, shown: str, divisor: int) -> None:
    assert divisor_between(number, shown) == divisor
