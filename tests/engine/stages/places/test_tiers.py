from __future__ import annotations

import math
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import GRADES, formula, graded, scored
from tests.engines import EngineUnderTest

from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.scheme.grades.grades import Adjustments
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Tier
from quanheng.scheme.tree.scheme import Scheme


def tiers(engine: EngineUnderTest, frame: pl.DataFrame, scheme: Scheme) -> list[str | None]:
    lifted = engine.lift(frame)
    placed = with_tiers(with_places(lifted, scheme), scheme)
    found: list[str | None] = engine.collect(placed).sort("unit")["tier"].to_list()
    return found


def test_tiers_follow_quota_threshold_and_veto(engine: EngineUnderTest) -> None:
    # ten units at most are u1..u9 here, so that sorting by unit keeps the order
    frame = scored(
        [95.0, 92.0, 90.0, 88.0, 80.0, 75.0, 70.0, 60.0, None],
        vetoed=[False, True, False, False, False, False, False, True, False],
    )

    found = tiers(engine, frame, graded(tiers=GRADES))

    # eight placed: first up to floor(2.4 + 0.5) = 2, second up to floor(6.4 + 0.5) = 6. u2 is barred and
    # nobody moves up for it: it gets the last tier. u9 has no total, so no tier.
    assert found == ["first", "third", "second", "second", "second", "second", "third", "third", None]


def test_a_tier_needs_its_threshold_whatever_the_place(engine: EngineUnderTest) -> None:
    frame = scored([84.99, 80.0, 70.0, 60.0])

    assert tiers(engine, frame, graded(tiers=GRADES)) == ["second", "second", "second", "third"]


def test_a_threshold_does_not_see_binary_noise(engine: EngineUnderTest) -> None:
    frame = scored([84.99999999999999, 84.999])

    found = tiers(engine, frame, graded(tiers=(Tier(name="A", at_least=85.0), Tier(name="B"))))

    assert found == ["A", "B"]


def test_units_equal_on_the_last_place_all_enter(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 90.0, 90.0, 50.0])

    found = tiers(engine, frame, graded(tiers=(Tier(name="A", top=Quota(count=1)), Tier(name="B"))))

    assert found == ["A", "A", "A", "B"]


def test_each_group_has_its_own_quota(engine: EngineUnderTest) -> None:
    frame = scored([90.0, 80.0, 70.0, 20.0, 10.0], group=["towns", "towns", "towns", "parks", "parks"])

    found = tiers(engine, frame, graded(tiers=(Tier(name="A", top=Quota(share=0.5)), Tier(name="B"))))

    # floor(1.5 + 0.5) = 2 of three towns, floor(1 + 0.5) = 1 of two parks
    assert found == ["A", "A", "B", "A", "B"]


def test_the_tier_of_a_veto_may_lie_outside_the_list(engine: EngineUnderTest) -> None:
    frame = scored([95.0, 90.0, 85.0], vetoed=[True, False, False], ranked=[False, True, True])
    scheme = graded(tiers=GRADES, adjustments=Adjustments(veto_tier="fail"))

    # of two placed units one enters the first tier; the vetoed one has no place and yet its tier
    assert tiers(engine, frame, scheme) == ["fail", "first", "second"]


def test_without_tiers_only_a_veto_gives_one(engine: EngineUnderTest) -> None:
    frame = scored([95.0, 90.0], vetoed=[True, False])

    assert tiers(engine, frame, graded()) == [None, None]
    assert tiers(engine, frame, graded(adjustments=Adjustments(veto_tier="fail"))) == ["fail", None]


def test_unless_speaks_of_items_scores_and_places(engine: EngineUnderTest) -> None:
    frame = scored([95.0, 94.0, 93.0, 92.0]).with_columns(
        pl.Series("item|deaths", [1.0, 0.0, None, 0.0]),
        pl.Series("score|economy", [50.0, 50.0, 50.0, 20.0]),
    )
    top = Tier(name="A", unless=formula("deaths > 0 or economy < 30 and place > 3"))

    # what was never reported bars nobody
    assert tiers(engine, frame, graded(tiers=(top,))) == [None, "A", "A", None]


@given(
    totals=st.lists(st.integers(min_value=0, max_value=30).map(float), min_size=1, max_size=30),
    percent=st.integers(min_value=1, max_value=100),
)
def test_a_tier_takes_its_quota_and_what_is_tied_on_it(totals: list[float], percent: int) -> None:
    engine = EngineUnderTest(polars_engine())
    scheme = graded(tiers=(Tier(name="A", top=Quota(share=percent / 100)), Tier(name="B")))

    found = engine.collect(with_tiers(with_places(engine.lift(scored(totals)), scheme), scheme))

    inside = found.filter(tier="A")
    admitted = max(1, math.floor(Fraction(percent * len(totals), 100) + Fraction(1, 2)))
    assert inside["place"].max() == max(place for place in found["place"] if place <= admitted)
    assert len(inside) >= min(admitted, len(totals))
    last = inside["place"].max()
    assert len(inside.filter(inside["place"] != last)) < admitted
    assert sorted(found["tier"].unique()) in (["A"], ["A", "B"])
