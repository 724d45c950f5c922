from __future__ import annotations

import pytest
from tests.engine.schemes import indicator, item, scheme_of, with_grades

from quanheng.engine.figures.looked_up.fetches import Fetch, fetches_by, fetches_in, fetches_of
from quanheng.findings.text import Text
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Call, Expression, Name
from quanheng.scheme.grades.grades import Adjustments, ComputedAdjustment, Limit
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.items.item import FromLedger, Item
from quanheng.scheme.ledgers.statistics import Count, Sum
from quanheng.scheme.rules.anchors import Constant, ItemAnchor
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.uses import counting_items


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("gdp", [("gdp", 0)]),
        ("growth(gdp)", [("gdp", 0), ("gdp", 12)]),
        ("change(share(gdp))", [("gdp", 0), ("gdp", 12)]),
        ("lag(gdp, 1y)", [("gdp", 12)]),
        ("lag(gdp, 3m)", [("gdp", 3)]),
        ("lag(growth(gdp), 3m)", [("gdp", 3), ("gdp", 15)]),
        ("growth(growth(gdp))", [("gdp", 0), ("gdp", 12), ("gdp", 24)]),
        (
            "change(lag(gdp, 1y) / population)",
            [("gdp", 12), ("population", 0), ("gdp", 24), ("population", 12)],
        ),
        (
            "where(place(gdp) <= 3 and not (tax > 1), max(a, b), -c)",
            [(n, 0) for n in ("gdp", "tax", "a", "b", "c")],
        ),
        ("completion(gdp)", [("gdp", 0)]),
        ("1 + 2", []),
    ],
)
def test_a_formula_looks_at_its_items_shifted_back(formula: str, expected: list[tuple[str, int]]) -> None:
    assert fetches_by(parse_formula(formula).tree) == tuple(Fetch(name, months) for name, months in expected)


def test_deeply_nested_growth_is_walked_once_a_shift() -> None:
    tree: Expression = Name("gdp")
    for _ in range(40):
        tree = Call("growth", (tree,))

    found = fetches_by(tree)

    assert sorted(found) == [Fetch("gdp", 12 * years) for years in range(41)]


def test_an_indicator_looks_at_measure_rule_and_coefficient() -> None:
    scaled = indicator(
        "i1", "gdp", rule=Scale(worst=Constant(0, "0"), best=ItemAnchor("plan")), coefficient="population"
    )
    compared = indicator("i2", "gdp", rule=Ratio(ref=ItemAnchor("plan")))
    met = indicator("i3", "gdp", rule=Met(condition=parse_formula("x >= target and lag(tax, 1y) > 0")))

    assert fetches_in(scaled) == (Fetch("gdp"), Fetch("plan"), Fetch("population"))
    assert fetches_in(compared) == (Fetch("gdp"), Fetch("plan"))
    assert fetches_in(met) == (Fetch("gdp"), Fetch("tax", 12))


def test_a_scheme_looks_at_what_adjustments_tiers_and_awards_use_too() -> None:
    scheme = with_grades(
        scheme_of([item(code) for code in "abcdefgh"], ["a"]),
        adjustments=Adjustments(
            bonus=Limit(when=parse_formula("b >= 8")),
            penalty=Limit(when=parse_formula("c > 0")),
            rules=(
                ComputedAdjustment(
                    name="extra", kind="bonus", marks=parse_formula("d"), when=parse_formula("e")
                ),
            ),
        ),
        tiers=(Tier(name="first", unless=parse_formula("veto or f > 1")),),
        awards=(
            Award(
                name="best",
                condition=parse_formula("tier == 'first' and g > 0"),
                by=parse_formula("growth(h)"),
            ),
        ),
    )

    assert fetches_of(scheme) == (
        *(Fetch(code) for code in "abcedfgh"),
        Fetch("h", 12),
    )


def test_names_that_are_no_items_are_not_fetched() -> None:
    assert fetches_of(scheme_of([item("gdp")], ["gdp + stranger"])) == (Fetch("gdp"),)


def test_only_an_item_that_counts_records_counts() -> None:
    due = Item(code="due", name=Text(), source=FromLedger(statistic=Count(), ledger="hazards"))
    paid = Item(
        code="paid", name=Text(), source=FromLedger(statistic=Sum(), ledger="projects", column="paid")
    )
    scheme = scheme_of([due, paid, item("gdp")], ["due", "paid", "gdp"])

    assert [name in counting_items(scheme) for name in ("due", "paid", "gdp", "stranger")] == [
        True,
        False,
        False,
        False,
    ]
