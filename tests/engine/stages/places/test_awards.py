from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import formula, graded, scored
from tests.engines import EngineUnderTest

from quanheng.engine.formulas.measures import with_formulas
from quanheng.engine.frame.engines import Engine, polars_engine
from quanheng.engine.stages.places.awards import AWARDS, awards_given
from quanheng.engine.stages.places.places import with_places
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Award

FRAME = scored(
    [95.0, 90.0, 90.0, 80.0, 70.0, 99.0, 60.0, None],
    group=["towns"] * 5 + ["parks"] * 2 + ["towns"],
    vetoed=[False, True, False, False, False, False, False, False],
).with_columns(
    pl.Series("item|growth", [8.0, 9.0, 7.5, 7.5, None, 6.0, 6.5, 9.9]),
    pl.Series("item|growth@12", [4.0, 9.0, 5.0, 7.0, 1.0, 6.0, 6.5, 9.9]),
    pl.Series("tier", ["A", "fail", "A", "B", "B", "A", "B", None]),
    pl.Series("place_gain", [0, 3, 2, None, 4, 0, 2, 5]),
    pl.Series("attribute|leader", ["Li", "Wang", None, "Zhao", "Qian", "Sun", "Zhou", "Wu"]),
)


def given_to(engine: Engine, *awards: Award, round_of: str = "2023") -> list[tuple[Any, ...]]:
    scheme = graded(awards=awards)
    placed = with_places(engine.lift(FRAME), scheme)
    table = awards_given(placed, scheme, round=round_of, engine=engine)
    assert table.columns == list(AWARDS)
    return table.select("award", "group", "unit", "standing").rows()


def test_an_award_without_a_number_goes_to_all_that_satisfy(engine: EngineUnderTest) -> None:
    moved = Award(name="moved up", condition=formula("place_gain >= 2"))

    # u2 is vetoed, u8 not placed; groups stand in the order of the scheme, units by place
    assert given_to(engine.engine, moved) == [
        ("moved up", "towns", "u3", 1),
        ("moved up", "towns", "u5", 2),
        ("moved up", "parks", "u7", 1),
    ]


def test_an_award_filters_first_and_then_takes_the_first_of_each_group(engine: EngineUnderTest) -> None:
    best = Award(name="best", take=Quota(count=2))

    assert given_to(engine.engine, best) == [
        ("best", "towns", "u1", 1),
        ("best", "towns", "u3", 2),
        ("best", "parks", "u6", 1),
        ("best", "parks", "u7", 2),
    ]


def test_a_share_is_one_of_all_ranked_units_of_the_group(engine: EngineUnderTest) -> None:
    # five towns are placed: floor(0.3·5 + 0.5) = 2, of two parks 1 (floor(0.6 + 0.5))
    share = Award(name="share", take=Quota(share=0.3), condition=formula("tier != 'fail'"))

    assert [row[2] for row in given_to(engine.engine, share)] == ["u1", "u3", "u6"]


def test_units_equal_on_the_last_place_all_get_it(engine: EngineUnderTest) -> None:
    growing = Award(name="growth", take=Quota(count=2), by=formula("growth"), groups=("towns",))

    # u5 has no growth, u2 is vetoed; u3 and u4 share the second place
    assert given_to(engine.engine, growing) == [
        ("growth", "towns", "u1", 1),
        ("growth", "towns", "u3", 2),
        ("growth", "towns", "u4", 2),
    ]


def test_a_veto_bars_unless_the_award_says_otherwise(engine: EngineUnderTest) -> None:
    despite = Award(name="growth", take=Quota(count=1), by=formula("growth"), despite_veto=True)

    assert [row[2] for row in given_to(engine.engine, despite)] == ["u2", "u7"]


def test_awards_may_look_back_and_at_others(engine: EngineUnderTest) -> None:
    faster = Award(name="faster", by=formula("growth(growth)"), take=Quota(count=1), groups=("towns",))
    largest = Award(name="largest", condition=formula("share(growth) > 16%"))

    # growth of growth: u1 1.0, u3 0.5, u4 0.07; shares of 54.4: u2 0.165 (vetoed), u8 0.18 (not placed)
    assert given_to(engine.engine, faster, largest) == [("faster", "towns", "u1", 1)]


def test_an_award_of_another_length_of_round_is_not_given(engine: EngineUnderTest) -> None:
    quarterly = Award(name="quarter", take=Quota(count=1), every="quarter", groups=("towns",))

    assert given_to(engine.engine, quarterly) == []
    assert given_to(engine.engine, quarterly, round_of="2023-Q3") == [("quarter", "towns", "u1", 1)]


def test_an_award_names_who_receives_it_and_why(engine: EngineUnderTest) -> None:
    awards = (
        Award(name="team", take=Quota(count=1), groups=("parks",)),
        Award(
            name="leader",
            take=Quota(share=0.2),
            by=formula("growth"),
            recipient="leader",
            condition=formula("tier == 'A'"),
            groups=("towns",),
        ),
        Award(name="all", recipient="deputy", groups=("parks",), condition=formula("place > 1")),
    )
    scheme = graded(awards=awards)

    table = awards_given(with_places(engine.lift(FRAME), scheme), scheme, round="2023", engine=engine.engine)

    columns = ("award", "name", "recipient", "place", "score", "by", "reason_zh", "reason_en")
    assert table.select(*columns).rows() == [
        (
            "team",
            "Unit 6",
            "Unit 6",
            1,
            99.0,
            None,
            "位次第 1 名；符合条件者中第 1 名；取前 1 名",
            "place 1; number 1 of those who qualify; taken are the first 1",
        ),
        (
            "leader",
            "Unit 1",
            "Li",
            1,
            95.0,
            8.0,
            "按 growth 排第 1 名；取前 20%；等次为'A'（等次 == 'A'）",
            "number 1 by growth; taken are the first 20%; tier is 'A' (tier == 'A')",
        ),
        # nobody stands in a column that the units do not have
        (
            "all",
            "Unit 7",
            None,
            2,
            60.0,
            None,
            "位次第 2 名；位次高于1（位次 > 1）",
            "place 2; place more than 1 (place > 1)",
        ),
    ]


def test_the_columns_that_stood_for_other_formulas_do_not_disturb(engine: EngineUnderTest) -> None:
    large = formula("share(growth) > 14%")
    scheme = graded(awards=(Award(name="large", condition=large),))
    frame = with_places(engine.lift(FRAME), scheme)

    # as the measures leave it: a column of shares, under the name the award's own will have
    measured, _ = with_formulas(frame, scheme, [formula("share(lag(growth, 1y)) + share(growth)")])

    assert "pooled|more|0" in measured.collect_schema().names()
    assert awards_given(measured, scheme, round="2023", engine=engine.engine).select("unit").rows() == [
        ("u1",)
    ]


@given(
    totals=st.lists(st.integers(min_value=0, max_value=9).map(float), min_size=1, max_size=20),
    take=st.integers(min_value=1, max_value=8),
)
def test_no_one_left_out_is_ahead_of_one_honoured(totals: list[float], take: int) -> None:
    engine = polars_engine()
    scheme = graded(awards=(Award(name="best", take=Quota(count=take)),))
    frame = with_places(engine.lift(scored(totals)), scheme)

    table = awards_given(frame, scheme, round="2023", engine=engine)

    honoured = set(table["unit"].to_list())
    scores = {f"u{number}": total for number, total in enumerate(totals, start=1)}
    threshold = sorted(totals, reverse=True)[min(take, len(totals)) - 1]
    assert honoured == {unit for unit, total in scores.items() if total >= threshold}
