"""Whose values an indicator compares with a unit's: those of its pool."""

from __future__ import annotations

from pathlib import Path

from tests.documents.cases import BY_GROUP, ONE_RANKING, POOLS

from quanheng.studies.balance.model.frozen import Pool
from quanheng.studies.balance.plans.goals import next_tier, tier_goal


def test_rivals_are_the_other_units_of_the_pool(tmp_path: Path) -> None:
    result = POOLS.scored(tmp_path)
    pool = Pool(result.scheme, result.wide)
    by_code = {indicator.code: indicator for indicator in result.scheme.indicators}

    # large: a 10, e 60 (c has no figure); east: a 3, b 5; the group two but f: d 50, e 60
    assert sorted(pool.rivals(by_code["k"], "f")) == [10, 60]
    assert sorted(pool.rivals(by_code["l"], "f")) == [3, 5]
    assert sorted(pool.rivals(by_code["m"], "f")) == [50, 60]


def test_the_next_tier_is_one_of_the_group(tmp_path: Path) -> None:
    result = BY_GROUP.scored(tmp_path)
    pool = Pool(result.scheme, result.wide)
    names = [tier.name for tier in result.scheme.tiers]

    # j is among the last: above them stands C, which its group has, and 中 is none of its tiers
    found = next_tier(pool, "j")
    assert found is not None
    assert names[found] == "C"
    barred = tier_goal(pool, "j", "j", names.index("中"))
    assert getattr(getattr(barred, "kind", None), "code", None) == "QH787"


def test_the_total_for_a_tier_looks_at_the_ranking_that_the_quota_counts(tmp_path: Path) -> None:
    result = ONE_RANKING.scored(tmp_path)
    pool = Pool(result.scheme, result.wide)

    # 优 takes one of the three of its group, whose others have 78 and 30; 良 takes six of all ten, the
    # sixth of the nine others has 77
    first, second = tier_goal(pool, "h", "h", 0), tier_goal(pool, "g", "g", 1)
    assert first.total(pool) == 78  # type: ignore[union-attr]  # a goal, no finding
    assert second.total(pool) == 77  # type: ignore[union-attr]  # the same
