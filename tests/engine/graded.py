"""Small schemes and wide frames for tests of places, tiers, adjustments, history and awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.grades.grades import Adjustments
from quanheng.scheme.grades.quotas import Quota
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.items.item import Item
from quanheng.scheme.rounding.rounding import Rounding
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Scheme

FIRST_30 = Quota(share=0.3)
GRADES = (
    Tier(name="first", top=FIRST_30, at_least=85.0, unless=parse_formula("veto")),
    Tier(name="second", top=Quota(share=0.8)),
    Tier(name="third"),
)


def formula(text: str) -> Formula:
    return parse_formula(text)


def graded(
    *,
    groups: Sequence[str] = ("towns", "parks"),
    only_towns: Sequence[str] = ("safety",),
    adjustments: Adjustments | None = None,
    rounding: Rounding | None = None,
    ties: Sequence[str] = (),
    tiers: Sequence[Tier] = (),
    awards: Sequence[Award] = (),
) -> Scheme:
    """Items `growth` and `deaths`; nodes `economy` and `safety` below the root, `safety` only for towns."""
    nodes = [
        Indicator(
            code=code,
            name=Text(en=code),
            weights={group: 50.0 for group in groups if group == "towns" or code not in only_towns},
            measure=parse_formula("growth"),
            rule=Scale(),
        )
        for code in ("economy", "safety")
    ]
    root = Dimension(
        code=ROOT, name=Text(en="total"), weights=dict.fromkeys(groups, 100.0), children=tuple(nodes)
    )
    scheme = Scheme(
        id="test",
        title=Text(en="test"),
        round="2023",
        groups=tuple(Group(code=group, name=Text(en=group), marks=100.0) for group in groups),
        items=tuple(Item(code=code, name=Text(en=code)) for code in ("growth", "deaths")),
        root=root,
    )
    return replace(
        scheme,
        adjustments=adjustments or Adjustments(),
        rounding=rounding or Rounding(),
        ties=tuple(ties),
        tiers=tuple(tiers),
        awards=tuple(awards),
    )


def scored(
    totals: Sequence[float | None],
    *,
    group: str | Sequence[str] = "towns",
    ranked: Sequence[bool] | None = None,
    vetoed: Sequence[bool] | None = None,
) -> pl.DataFrame:
    """A wide frame of units u1, u2, … with a total each, all ranked and none vetoed unless said so."""
    count = len(totals)
    return pl.DataFrame(
        {
            "unit": [f"u{number}" for number in range(1, count + 1)],
            "name": [f"Unit {number}" for number in range(1, count + 1)],
            "group": [group] * count if isinstance(group, str) else list(group),
            "score|total": list(totals),
            "ranked": list(ranked or [True] * count),
            "vetoed": list(vetoed or [False] * count),
        },
        schema_overrides={"score|total": pl.Float64},
    )
