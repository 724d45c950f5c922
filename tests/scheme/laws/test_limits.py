from __future__ import annotations

import pytest
from tests.scheme.written import findings_in

from quanheng.scheme.laws.limits import (
    MAX_CAMPAIGNS,
    MAX_GROUPS,
    MAX_INDICATORS,
    MAX_ITEMS,
    MAX_LEDGERS,
    MAX_PARTS,
)

_ONE = "indicators: {one: {measure: a, weight: 100, rule: scale}}\n"


def _many(letter: str, count: int, value: str = "") -> str:
    return "".join(f"  {letter}{number}: {value}\n" for number in range(count))


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        (
            f"items: {{a: }}\nindicators:\n{_many('i', MAX_INDICATORS + 1, 'a')}",
            6,
            "there are 5001 indicators, more than 5000",
        ),
        (f"{_ONE}items:\n{_many('a', MAX_ITEMS + 1)}", 6, "there are 10001 items, more than 10000"),
        (f"{_ONE}ledgers:\n{_many('l', MAX_LEDGERS + 1)}", 6, "there are 201 ledgers, more than 200"),
        (
            f"{_ONE}campaigns:\n{_many('c', MAX_CAMPAIGNS + 1, '{ledger: a}')}",
            6,
            "there are 201 campaigns, more than 200",
        ),
        (
            f"{_ONE}ledgers:\n  a:\n    fields:\n{_many('      f', MAX_PARTS + 1)}",
            8,
            "there are 501 fields, more than 500",
        ),
        (f"{_ONE}groups:\n{_many('g', MAX_GROUPS + 1)}", 6, "there are 201 groups, more than 200"),
    ],
)
def test_sizes_have_limits(body: str, line: int, says: str) -> None:
    (found,) = findings_in(body)

    assert (found.code, found.where.line, found.message("en")) == ("QH212", line, says)
