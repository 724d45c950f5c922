"""Small schemes for tests of the grid, written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.grades.grades import Adjustments
from quanheng.scheme.grades.tiers import Award, Tier
from quanheng.scheme.items.item import Item, ItemKind
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.tree.scheme import Dimension, Group, Indicator, Scheme

TOWNS = Group(code="towns", name=Text(zh="镇街", en="towns"), marks=100.0)
PARKS = Group(code="parks", name=Text(zh="园区", en="parks"), marks=100.0)


def indicator(code: str, measure: str, *, rule: AnyRule | None = None, coefficient: str = "") -> Indicator:
    return Indicator(
        code=code,
        name=Text(zh=code),
        weights={"towns": 10.0, "parks": 10.0},
        measure=parse_formula(measure),
        rule=rule or Scale(),
        coefficient=parse_formula(coefficient) if coefficient else None,
    )


def scheme_of(
    items: Iterable[Item],
    measures: Iterable[str | Indicator],
    *,
    round: str = "2023",  # noqa: A002  the word of the language
    groups: tuple[Group, ...] = (TOWNS, PARKS),
) -> Scheme:
    """A scheme with an indicator `i1`, `i2`, … for each measure."""
    indicators = tuple(
        indicator(f"i{number}", measure) if isinstance(measure, str) else measure
        for number, measure in enumerate(measures, start=1)
    )
    root = Dimension(
        code=ROOT, name=Text(zh="总分"), weights={"towns": 100.0, "parks": 100.0}, children=indicators
    )
    return Scheme(id="test", title=Text(zh="测试"), round=round, groups=groups, items=tuple(items), root=root)


def with_grades(
    scheme: Scheme, *, adjustments: Adjustments, tiers: tuple[Tier, ...], awards: tuple[Award, ...]
) -> Scheme:
    return replace(scheme, adjustments=adjustments, tiers=tiers, awards=awards)


def item(code: str, kind: ItemKind = "stock", every: Every = "year") -> Item:
    return Item(code=code, name=Text(zh=code), kind=kind, every=every)
