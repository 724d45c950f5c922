"""Tiers that differ from group to group, count from below, are rounded otherwise, or are lowered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import formula, graded, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.places.history import with_history
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.scheme.grades.quotas import Quota, QuotaRounding
from quanheng.scheme.grades.tiers import Lowering, Tier
from quanheng.scheme.tree.scheme import Scheme

TOWNS = ["towns"] * 4
PARKS = ["parks"] * 3


def tiers(engine: EngineUnderTest, frame: pl.DataFrame, scheme: Scheme) -> list[str | None]:
    placed = with_tiers(with_places(engine.lift(frame), scheme), scheme)
    found: list[str | None] = engine.collect(placed).sort("unit")["tier"].to_list()
    return found


def test_each_group_has_the_quota_that_is_stated_for_it(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 80.0, 70.0, 60.0, 99.0, 98.0, 97.0], group=TOWNS + PARKS)
    top = {"towns": Quota(count=2), "parks": Quota(share=0.3)}

    found = tiers(
        engine, frame, graded(tiers=(Tier(name="A", top=top, groups=("towns", "parks")), Tier(name="B")))
    )

    # two of the towns; of three parks floor(0.9 + 0.5) = 1
    assert found == ["A", "A", "B", "B", "A", "B", "B"]


def test_a_bound_of_a_group_is_asked_of_its_units_alone(engine: EngineUnderTest) -> None:
    frame = scored([3.0, 2.0, 2.5, 1.0, 2.0, 1.5, 3.0], group=TOWNS + PARKS)
    least = {"towns": 3.0, "parks": 2.0}

    scheme = graded(tiers=(Tier(name="A", at_least=least, groups=("towns", "parks")), Tier(name="B")))

    assert tiers(engine, frame, scheme) == ["A", "B", "B", "B", "A", "B", "A"]


def test_groups_may_have_tiers_of_other_names(engine: EngineUnderTest) -> None:
    frame = scored(
        [90.0, 80.0, 70.0, 60.0, 99.0, 98.0, 97.0],
        group=TOWNS + PARKS,
        vetoed=[False, False, True, False, False, True, False],
    )
    scheme = graded(
        tiers=(
            Tier(name="优秀", top=Quota(count=1), groups=("towns",)),
            Tier(name="A", top=Quota(count=1), groups=("parks",)),
            Tier(name="合格", groups=("towns",)),
            Tier(name="B", groups=("parks",)),
        )
    )

    # a vetoed unit gets the last tier of its own group
    assert tiers(engine, frame, scheme) == ["优秀", "合格", "合格", "合格", "A", "B", "B"]


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [("half", 2), ("down", 1), ("up", 2)],  # 0.3 of five is 1.5
)
def test_a_share_is_rounded_as_stated(
    engine: EngineUnderTest, rounding: QuotaRounding, expected: int
) -> None:
    frame = scored([90.0, 80.0, 70.0, 60.0, 50.0])
    scheme = graded(tiers=(Tier(name="A", top=Quota(share=0.3, rounding=rounding)), Tier(name="B")))

    assert tiers(engine, frame, scheme).count("A") == expected


def test_a_share_that_is_cut_is_that_of_the_decimal_and_at_least_one(engine: EngineUnderTest) -> None:
    # 0.29 * 100 is 28.999999999999996 in binary; 0.1 of two is 0.2
    many = graded(tiers=(Tier(name="A", top=Quota(share=0.29, rounding="down")), Tier(name="B")))
    few = graded(tiers=(Tier(name="A", top=Quota(share=0.1, rounding="down")), Tier(name="B")))

    assert tiers(engine, scored([float(number) for number in range(100)]), many).count("A") == 29
    assert tiers(engine, scored([2.0, 1.0]), few) == ["A", "B"]


@given(
    units=st.integers(min_value=1, max_value=40),
    percent=st.integers(min_value=1, max_value=100),
)
def test_cut_half_and_raised_admit_in_this_order(units: int, percent: int) -> None:
    engine = EngineUnderTest(polars_engine())
    frame = scored([float(number) for number in range(units)])
    exact = Fraction(percent * units, 100)

    counts = []
    for rounding in ("down", "half", "up"):
        top = Quota(share=percent / 100, rounding=rounding)
        counts.append(
            tiers(engine, frame, graded(tiers=(Tier(name="A", top=top), Tier(name="B")))).count("A")
        )

    assert counts == sorted(counts)
    assert counts[0] == max(1, exact.__floor__())
    assert counts[2] == max(1, exact.__ceil__())


def test_the_last_come_before_the_tiers_above_and_the_first_place_is_never_among_them(
    engine: EngineUnderTest,
) -> None:
    scheme = graded(
        tiers=(Tier(name="A", top=Quota(share=0.5)), Tier(name="B"), Tier(name="末位", last=Quota(count=2)))
    )

    # of four, two from below; equal on the last of them both enter; where all are first nobody is last
    assert tiers(engine, scored([90.0, 80.0, 70.0, 60.0]), scheme) == ["A", "A", "末位", "末位"]
    assert tiers(engine, scored([90.0, 70.0, 70.0, 70.0]), scheme) == ["A", "末位", "末位", "末位"]
    assert tiers(engine, scored([90.0, 90.0]), scheme) == ["A", "A"]


def test_who_may_enter_is_asked_beside_who_may_not(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 80.0, 70.0, 60.0]).with_columns(pl.Series("item|growth", [8.0, None, 8.0, 7.0]))
    scheme = graded(
        tiers=(Tier(name="A", condition=formula("growth >= 8"), unless=formula("place > 2")), Tier(name="B"))
    )

    # what was never reported does not hold
    assert tiers(engine, frame, scheme) == ["A", "B", "B", "B"]


def test_a_condition_lowers_by_so_many_tiers_or_to_one(engine: EngineUnderTest) -> None:
    frame = scored(
        [95.0, 94.0, 93.0, 92.0, 91.0, 40.0], vetoed=[False, False, False, False, True, False]
    ).with_columns(
        pl.Series("item|deaths", [0.0, 1.0, 2.0, None, 2.0, 2.0]),
        pl.Series("item|growth", [0.0, 0.0, -1.0, -1.0, 0.0, 0.0]),
    )
    scheme = replace(
        graded(
            tiers=(
                Tier(name="A", at_least=90.0),
                Tier(name="B", at_least=60.0),
                Tier(name="C", at_least=0.0),
                Tier(name="D"),
            )
        ),
        lower=(
            Lowering(condition=formula("deaths > 0"), by=1),
            Lowering(condition=formula("deaths > 1"), by=1),
            Lowering(condition=formula("growth < 0"), to="B"),
        ),
    )

    # u2 one lower; u3 two lower, which is below B; u4 to B; u5 is vetoed; u6 from C by two ends in the last
    assert tiers(engine, frame, scheme) == ["A", "B", "C", "B", "D", "D"]


def test_lowering_stays_within_the_tiers_of_the_group(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 80.0, 99.0, 98.0], group=["towns", "towns", "parks", "parks"]).with_columns(
        pl.Series("item|deaths", [1.0, 0.0, 1.0, 0.0])
    )
    scheme = replace(
        graded(
            tiers=(
                Tier(name="A", top=Quota(count=1)),
                Tier(name="良", groups=("towns",)),
                Tier(name="B", groups=("parks",)),
            )
        ),
        lower=(
            Lowering(condition=formula("deaths > 0"), by=3),
            Lowering(condition=formula("deaths > 0"), to="良"),
        ),
    )

    assert tiers(engine, frame, scheme) == ["良", "良", "B", "B"]


def test_streaks_are_those_of_the_first_tier_of_the_own_group(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 80.0, 99.0, 98.0], group=["towns", "towns", "parks", "parks"])
    scheme = graded(
        tiers=(
            Tier(name="优秀", top=Quota(count=1), groups=("towns",)),
            Tier(name="A", top=Quota(count=1), groups=("parks",)),
            Tier(name="rest"),
        )
    )
    history = pl.DataFrame(
        {
            "round": ["2022"] * 4 + ["2021"] * 4,
            "unit": ["u1", "u2", "u3", "u4"] * 2,
            "score": [1.0] * 8,
            "place": [1] * 8,
            # the park u3 was first of the towns' tier once, which is none of its own
            "tier": ["优秀", "rest", "A", "rest", "优秀", "优秀", "优秀", "A"],
        }
    )
    placed = with_tiers(with_places(engine.lift(frame), scheme), scheme)

    told = with_history(placed, scheme, nw.from_native(history), round="2023", engine=engine.engine)
    rows = engine.collect(told).sort("unit").select("tier", "first_tier_streak", "first_tier_count").rows()

    assert rows == [("优秀", 3, 3), ("rest", 0, 1), ("A", 2, 2), ("rest", 0, 1)]


def test_equal_totals_are_told_apart_by_the_nodes_of_the_group(engine: EngineUnderTest) -> None:
    frame = scored([80.0, 80.0, 80.0, 90.0, 90.0], group=["towns"] * 3 + ["parks"] * 2).with_columns(
        pl.Series("score|economy", [1.0, 2.0, 2.0, 5.0, 6.0]),
        pl.Series("score|safety", [9.0, 1.0, 3.0, 6.0, 5.0]),
    )
    scheme = replace(
        graded(only_towns=()), ties_by_group={"towns": ("economy", "safety"), "parks": ("safety",)}
    )

    placed = engine.collect(with_places(engine.lift(frame), scheme)).sort("unit")

    # towns: economy 1, 2, 2, then safety 1 < 3; parks: safety 6 before 5
    assert placed["place"].to_list() == [3, 2, 1, 1, 2]
