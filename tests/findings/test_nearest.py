from __future__ import annotations

from quanheng.findings.nearest import suggestion


def test_nearest_is_found_among_few_and_among_many() -> None:
    few = ["gdp", "gdp_growth", "population"]
    many = [*few, *(f"item_{number}" for number in range(5_000))]

    assert suggestion("gdp_grwth", few) == suggestion("gdp_grwth", many)
    assert suggestion("gdp_grwth", many)["suggest"].zh == "是否应为“gdp_growth”？"


def test_what_there_is_is_told_where_nothing_is_near() -> None:
    assert suggestion("zzz", [])["suggest"].en == "none is declared; remove it"
    assert suggestion("zzz", [f"i{number}" for number in range(14)])["suggest"].en == (
        "known here: i0, i1, i10, i11, i12, i13, i2, i3, i4, i5, i6, i7 and 2 more"
    )
