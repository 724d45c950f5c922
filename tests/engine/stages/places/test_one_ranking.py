"""All units in one ranking, whatever their groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
from tests.engine.graded import formula, graded, scored
from tests.engines import EngineUnderTest

from quanheng.engine.stages.places.awards import awards_given
from quanheng.engine.stages.places.places import with_places
from quanheng.engine.stages.places.tiers import with_tiers
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.tree.scheme import Scheme

FRAME = scored(
    [90.0, 80.0, 70.0, 95.0, 80.0, None],
    group=["towns"] * 3 + ["parks"] * 3,
    ranked=[True] * 5 + [False],
).with_columns(pl.Series("score|economy", [1.0, 3.0, 1.0, 1.0, 2.0, 1.0]))
BOTH: Mapping[str, Quota] = {"towns": Quota(count=2), "parks": Quota(count=1)}


def in_one(scheme: Scheme) -> Scheme:
    return replace(scheme, ranking="all")


def standing(engine: EngineUnderTest, scheme: Scheme) -> list[tuple[int | None, int, str | None]]:
    placed = with_tiers(with_places(engine.lift(FRAME), scheme), scheme)
    found: list[tuple[int | None, int, str | None]] = (
        engine.collect(placed).sort("unit").select("place", "placed", "tier").rows()
    )
    return found


def test_places_and_a_quota_stated_once_count_among_all(engine: EngineUnderTest) -> None:
    scheme = in_one(graded(tiers=(Tier(name="A", top=Quota(share=0.4)), Tier(name="B"))))

    # 95 90 80 80 70: two of five
    assert standing(engine, scheme) == [
        (2, 5, "A"),
        (3, 5, "B"),
        (5, 5, "B"),
        (1, 5, "A"),
        (3, 5, "B"),
        (None, 5, None),
    ]


def test_ties_are_broken_among_all(engine: EngineUnderTest) -> None:
    places = [place for place, _, _ in standing(engine, in_one(graded(ties=("economy",))))]

    assert places == [2, 3, 5, 1, 4, None]


def test_quotas_by_group_count_inside_the_group(engine: EngineUnderTest) -> None:
    tiers = (
        Tier(name="A", top=BOTH, groups=("towns", "parks")),
        Tier(name="B"),
        Tier(name="last", last=BOTH, groups=("towns", "parks")),
    )

    # the last two of three towns are u2 and u3; of two parks the last is u5; from below goes first
    assert [tier for *_, tier in standing(engine, in_one(graded(tiers=tiers)))] == [
        "A",
        "last",
        "last",
        "A",
        "last",
        None,
    ]


def test_awards_take_among_all_or_inside_the_group(engine: EngineUnderTest) -> None:
    scheme = in_one(
        graded(
            awards=(
                Award(name="best", take=Quota(count=2)),
                Award(name="of each", take=BOTH, groups=("towns", "parks")),
                Award(name="behind", last=Quota(count=1), condition=formula("score < 85")),
            )
        )
    )
    frame = FRAME.with_columns(pl.lit("A").alias("tier"))
    placed = with_places(engine.lift(frame), scheme)

    table = awards_given(placed, scheme, round="2023", engine=engine.engine)

    assert table.select("award", "unit", "standing").rows() == [
        ("best", "u4", 1),
        ("best", "u1", 2),
        ("of each", "u1", 1),
        ("of each", "u4", 1),
        ("of each", "u2", 2),
        ("behind", "u3", 1),
    ]
