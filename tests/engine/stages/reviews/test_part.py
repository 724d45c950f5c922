from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.engine.stages.reviews.part import is_review, review_part, reviews_in
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.periods.period import parse_period
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.grades.grades import Adjustments, ComputedAdjustment
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.items.item import FromLedger, FromUnits, Item, Reported, Source
from quanheng.scheme.ledgers.statistics import Count
from quanheng.scheme.pace.pace import Reviews
from quanheng.scheme.rules.given import Given
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Node, Scheme
from quanheng.scheme.weights.methods import BenefitOfTheDoubt, WeightMethod

ITEMS: Mapping[str, tuple[Every, Source]] = {
    "revenue": ("month", Reported()),
    "gdp": ("quarter", Reported()),
    "conduct": ("half", Reported()),
    "people": ("year", Reported()),
    "requests": ("year", FromLedger(statistic=Count(), ledger="requests")),
    "area": ("year", FromUnits(column="area")),
}

GROUPS = tuple(Group(code=group, name=Text(en=group), marks=100.0) for group in ("towns", "parks"))


def leaf(code: str, measure: str, weights: Mapping[str, float] | None = None) -> Indicator:
    return Indicator(
        code=code,
        name=Text(en=code),
        weights=weights or {"towns": 10.0, "parks": 10.0},
        measure=parse_formula(measure),
        rule=Given(low=0.0, high=100.0),
    )


def dimension(code: str, *children: Node, method: WeightMethod | None = None) -> Dimension:
    groups = {group for child in children for group in child.weights}
    weights = {group.code: 10.0 for group in GROUPS if group.code in groups}
    node = Dimension(code=code, name=Text(en=code), weights=weights, children=children)
    return node if method is None else replace(node, method=method)


def scheme(*children: Node, reviews: Reviews | None = None) -> Scheme:
    return Scheme(
        id="test",
        title=Text(en="test"),
        round="2023",
        groups=GROUPS,
        items=tuple(
            Item(code=code, name=Text(en=code), every=every, source=source)
            for code, (every, source) in ITEMS.items()
        ),
        root=dimension(ROOT, *children),
        reviews=reviews or Reviews(every="quarter"),
    )


WHOLE = (
    dimension("economy", leaf("output", "gdp"), leaf("income", "revenue"), leaf("wealth", "gdp / people")),
    dimension("order", leaf("manners", "conduct"), leaf("answers", "requests / area")),
    dimension("future", leaf("growing", "people")),
)


def codes(of: Scheme) -> list[str]:
    return [node.code for node in of.nodes]


def test_without_nodes_what_is_reported_often_enough_takes_part() -> None:
    part = review_part(scheme(*WHOLE)).scheme

    # "wealth" divides by yearly people, "manners" are marked twice a year; records and attributes are there
    assert codes(part) == [ROOT, "economy", "output", "income", "order", "answers"]


@pytest.mark.parametrize(
    ("every", "left"),
    [("month", ["income", "answers"]), ("half", ["output", "income", "manners", "answers"])],
)
def test_how_often_is_asked_of_every_figure(every: Every, left: list[str]) -> None:
    part = review_part(scheme(*WHOLE, reviews=Reviews(every=every))).scheme

    assert [indicator.code for indicator in part.indicators] == left


def test_named_nodes_take_part_with_all_below_them() -> None:
    reviews = Reviews(every="quarter", nodes=("economy", "manners"))

    part = review_part(scheme(*WHOLE, reviews=reviews)).scheme

    # yearly figures too: a stock reaches back
    assert codes(part) == [ROOT, "economy", "output", "income", "wealth", "order", "manners"]
    assert part.node("economy") == WHOLE[0]


def test_root_keeps_its_marks_and_every_group() -> None:
    only_parks = leaf("special", "gdp", {"parks": 10.0})
    whole = scheme(dimension("economy", only_parks, leaf("wealth", "people")))

    part = review_part(whole).scheme

    # no indicator is left for towns: they are listed without a total
    assert part.node("economy").weights == {"parks": 10.0}
    assert part.root.weights == {"towns": 10.0, "parks": 10.0}
    assert part.groups == whole.groups


def test_what_looks_at_nodes_left_out_is_left_out() -> None:
    formula = parse_formula
    rules = (
        ComputedAdjustment(name="at the root", kind="bonus", marks=formula("gdp")),
        ComputedAdjustment(name="at a part", kind="bonus", marks=formula("gdp"), node="economy"),
        ComputedAdjustment(name="elsewhere", kind="penalty", marks=formula("gdp"), node="future"),
        ComputedAdjustment(name="bar", kind="veto", when=formula("gdp > 1")),
    )
    whole = replace(
        scheme(*WHOLE),
        adjustments=Adjustments(rules=rules),
        ties=("future", "economy"),
        tiers=(Tier(name="first", unless=formula("future < 60")), Tier(name="rest", unless=formula("veto"))),
        awards=(
            Award(name="of the year"),
            Award(name="banner", every="quarter", condition=formula("economy > 80")),
            Award(name="looks ahead", every="quarter", by=formula("future")),
        ),
    )

    part = review_part(whole)

    assert [rule.name for rule in part.scheme.adjustments.rules] == ["at the root", "at a part", "bar"]
    assert part.scheme.ties == ("economy",)
    assert [tier.unless is None for tier in part.scheme.tiers] == [True, False]
    assert [award.name for award in part.scheme.awards] == ["banner"]
    assert [finding.code for finding in part.findings] == ["QH576"]


def test_bounds_of_weights_leave_room_for_fewer_children() -> None:
    doubt = dimension(
        "doubt",
        leaf("a", "gdp"),
        leaf("b", "revenue"),
        leaf("c", "people"),
        method=BenefitOfTheDoubt(most=0.4),
    )

    part = review_part(scheme(doubt)).scheme

    # two children at 40 % each make no whole
    assert part.dimensions[1].method == BenefitOfTheDoubt(most=0.5)


def test_nothing_to_review_is_an_error() -> None:
    with pytest.raises(FindingsError) as caught:
        review_part(scheme(WHOLE[2]))

    assert [finding.code for finding in caught.value.findings] == ["QH570"]


def test_scheme_without_reviews_is_its_own_part() -> None:
    whole = replace(scheme(*WHOLE), reviews=None)

    assert review_part(whole).scheme is whole
    assert not is_review(whole, "2023-Q3")


def test_reviews_have_the_length_that_is_stated() -> None:
    whole = scheme(*WHOLE)

    assert [is_review(whole, round_) for round_ in ("2023-Q3", "2023", "2023-H1", "2023-07")] == [
        True,
        False,
        False,
        False,
    ]
    assert [str(review) for review in reviews_in(parse_period("2023"), Reviews(every="half"))] == [
        "2023-H1",
        "2023-H2",
    ]
    assert reviews_in(parse_period("2023-Q1"), Reviews(every="quarter")) == ()


@given(st.sets(st.sampled_from([node.code for node in scheme(*WHOLE).nodes]), min_size=1))
def test_part_holds_what_is_named_and_what_stands_above_and_below(named: set[str]) -> None:
    whole = scheme(*WHOLE, reviews=Reviews(every="quarter", nodes=tuple(named)))

    part = review_part(whole).scheme

    left = {indicator.code for indicator in part.indicators}
    for indicator in whole.indicators:
        above, parent = {indicator.code}, whole.parent_of(indicator.code)
        while parent is not None:
            above, parent = above | {parent.code}, whole.parent_of(parent.code)
        assert (indicator.code in left) == bool(above & named)
