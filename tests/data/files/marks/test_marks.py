from __future__ import annotations

import pytest

from quanheng.data.files.marks.marks import per_cent_of


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0%", "scaled"),
        ("0.00%", "scaled"),
        ("[Red]0.0%;[Blue]-0.0%", "scaled"),
        ('0.0%" 同比"', "scaled"),
        ("0.0;-0.0%", "scaled"),
        ('0.0"%"', "written"),
        (r"0.0\%", "written"),
        ("0.0!%", "written"),
        ('0.0" %";-0.0" %"', "written"),
        ('"%"0', ""),
        ("0_%", ""),
        ("0*%", ""),
        ("General", ""),
        ("yyyy-mm-dd", ""),
        ('0"%', "written"),
        ("", ""),
        ("%" * 5_000, "scaled"),
    ],
)
def test_a_format_shows_per_cent_only_where_the_sign_is_none_of_its_letters(code: str, shown: str) -> None:
    assert per_cent_of(code) == shown
