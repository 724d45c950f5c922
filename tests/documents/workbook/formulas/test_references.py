from __future__ import annotations

import pytest

from quanheng.documents.workbook.formulas.references import (
    EVERYONE,
    Addresses,
    across,
    block,
    by_group,
    fits_a_cell,
    group_span,
    here,
    in_row,
    whole_span,
)
from quanheng.documents.workbook.formulas.rows import Rows


@pytest.fixture
def addresses() -> Addresses:
    """Units a, b of towns in rows 5 and 6, c of parks in row 7."""
    rows = Rows(
        units=("a", "b", "c"),
        names=("A", "B", "C"),
        group_of=("towns", "towns", "parks"),
        groups={"towns": range(5, 7), "parks": range(7, 8)},
    )
    return Addresses(
        rows=rows,
        columns={"x": ("Points", "D"), "y": ("Points", "F"), "gdp": ("Data", "E")},
        cells={
            ("best", "towns"): ("Statistics", "E", 9),
            ("best", "parks"): ("Statistics", "F", 9),
            ("all", EVERYONE): ("Statistics", "G", 10),
        },
    )


@pytest.mark.parametrize(
    ("formula", "address"),
    [
        (here("x"), "$D6"),
        (here("gdp"), "'Data'!$E6"),
        (group_span("x"), "$D$5:$D$6"),
        (whole_span("gdp"), "'Data'!$E$5:$E$7"),
        (across("x", "y"), "$D6:$F6"),
        (block("x", "y"), "$D$5:$F$6"),
        (in_row("gdp", 7), "'Data'!$E$7"),
        (by_group("best"), "'Statistics'!$E$9"),
        (by_group("all"), "'Statistics'!$G$10"),
        (f"MAX({here('x')},{here('gdp')})-1", "MAX($D6,'Data'!$E6)-1"),
    ],
)
def test_references_become_addresses_as_the_sheet_sees_them(
    formula: str, address: str, addresses: Addresses
) -> None:
    assert "6".join(addresses.rendered(formula, group="towns", sheet="Points")) == address


def test_a_cell_of_a_group_sees_the_rows_of_its_group(addresses: Addresses) -> None:
    formula = f"MIN({group_span('x')})"

    rendered = [
        addresses.rendered_for(formula, group=group, sheet="Statistics")
        for group in ("towns", "parks", EVERYONE)
    ]

    assert rendered == ["MIN('Points'!$D$5:$D$6)", "MIN('Points'!$D$7:$D$7)", "MIN('Points'!$D$5:$D$7)"]


def test_a_formula_longer_than_excel_takes_does_not_fit() -> None:
    assert fits_a_cell("+".join(["1"] * 3_000))
    assert not fits_a_cell("+".join(["1"] * 5_000))
    assert not fits_a_cell("+".join([here("x")] * 300))
