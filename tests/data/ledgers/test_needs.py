from __future__ import annotations

from itertools import permutations

import pytest
from tests.data.registers import scheme

from quanheng.data.ledgers.needs import needs_of

SCHEME = """\
quanheng: 1
id: records
title: records
round: 2023
items:
  first: {{count: log, where: "{condition}"}}
  second: {{sum: log.cost, by: owner}}
indicators: {{output: {{measure: first + second, weight: 100, rule: percentile}}}}
"""


@pytest.mark.parametrize(
    ("condition", "contents"),
    [
        ("due <= period_end", {"due": "date"}),
        ("closed <= due and due <= period_end", {"closed": "date", "due": "date"}),
        (
            "done <= closed and closed <= due and due >= 2023-01-01",
            {"done": "date", "closed": "date", "due": "date"},
        ),
        ("level == 'high' or level in ('low', 'none')", {"level": "text"}),
        ("not (days > 5)", {"days": "number"}),
        ("days > -5", {"days": "number"}),
        ("closed - due > 5", {}),
        ("cost > limit", {"limit": "number"}),
    ],
)
def test_what_a_column_is_compared_with_tells_what_it_holds(condition: str, contents: dict[str, str]) -> None:
    needs = needs_of(scheme(SCHEME.format(condition=condition)))["log"]

    assert needs.contents == {"cost": "number", **contents}


def test_the_columns_and_units_that_items_ask_for_are_known() -> None:
    needs = needs_of(scheme(SCHEME.format(condition="due <= period_end and level == 'x'")))["log"]

    assert {column: item.code for column, item in needs.columns.items()} == {
        "due": "first",
        "level": "first",
        "cost": "second",
    }
    assert needs.unit_columns == ("unit", "owner")


def contents_of(*conditions: str) -> tuple[dict[str, str], list[str]]:
    items = "".join(f'  n{number}: {{count: log, where: "{own}"}}\n' for number, own in enumerate(conditions))
    text = f"quanheng: 1\nid: a\ntitle: a\nround: 2023\nitems:\n{items}"
    needs = needs_of(scheme(f"{text}indicators: {{o: {{measure: n0, weight: 100, rule: percentile}}}}\n"))[
        "log"
    ]
    return dict(needs.contents), sorted(needs.contradicted)


@pytest.mark.parametrize(
    ("conditions", "contents", "contradicted"),
    [
        (("closed == ''", "closed > period_end"), {"closed": "date"}, []),
        (("closed != ''",), {}, []),
        (("days == ''", "days > limit", "limit < 5"), {"days": "number", "limit": "number"}, []),
        (("level == 'x'", "level > 5"), {}, ["level"]),
        (("closed > due", "due <= period_end", "closed == 'yes'"), {}, ["closed", "due"]),
        (("coalesce(closed, period_end) <= due + 5",), {"closed": "date"}, []),
        (("closed <= period_end + 30",), {"closed": "date"}, []),
        (("paid >= cost * 2",), {"paid": "number"}, []),
    ],
)
def test_the_order_of_the_items_says_nothing_of_what_a_column_holds(
    conditions: tuple[str, ...], contents: dict[str, str], contradicted: list[str]
) -> None:
    for order in permutations(conditions):
        assert contents_of(*order) == (contents, contradicted)
