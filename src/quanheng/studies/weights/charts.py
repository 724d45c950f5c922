"""The charts of a study of weights: the weights, the agreement of the orders, the places that move most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Dimension
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import heat_map, place_map
from quanheng.studies.charts.labels import labels_of
from quanheng.studies.weights.effects import GroupPlaces
from quanheng.studies.weights.weighed import Weighed

_MOST_ROWS: Final = 80


def charts_of(
    groups: Sequence[GroupPlaces], weighed: Sequence[Weighed], nodes: Sequence[Dimension], most: int
) -> tuple[Chart, ...]:
    """Return the charts, three a group."""
    return tuple(
        chart for each in groups for chart in _of_group(each, weighed, nodes, most, several=len(groups) > 1)
    )


def _of_group(
    each: GroupPlaces, weighed: Sequence[Weighed], nodes: Sequence[Dimension], most: int, *, several: bool
) -> Iterator[Chart]:
    group = each.group
    end = f"_{group.code}" if several else ""
    en, zh = (
        (f", {group.name.in_language('en')}", f"（{group.name.in_language('zh')}）") if several else ("", "")
    )
    there = [other for other in weighed if other.name in each.places]
    rows = [
        {
            "row": child.name,
            "column": other.title,
            "value": other.parts.get((group.code, node.code, child.code)),
        }
        for node in nodes
        for child in node.children
        if group.code in child.groups
        for other in there
    ][: _MOST_ROWS * len(there)]
    yield Chart(
        name=f"weights{end}",
        title=Text(en=f"Weights by method{en}", zh=f"各种方法的权重{zh}"),
        sentence=Text(en="Parts of their dimension.", zh="占上级的比重。"),
        definition=heat_map(rows, Text(en="part", zh="占比")),
    )
    if len(there) == 1:
        return
    yield Chart(
        name=f"agreement{end}",
        title=Text(en=f"Agreement of weights{en}", zh=f"各种权重下排序的一致程度{zh}"),
        sentence=Text(en="Spearman's correlation of the orders.", zh="排序的斯皮尔曼相关。"),
        definition=heat_map(
            [
                {"row": one.title, "column": two.title, "value": each.correlation(one.name, two.name)}
                for one in there
                for two in there
            ],
            Text(en="Spearman", zh="斯皮尔曼"),
            diverging=True,
        ),
    )
    spread = each.spread
    order = sorted(range(len(each.units)), key=lambda at: (-int(spread[at]), at))
    moving = [at for at in order[:most] if spread[at] > 0]
    if not moving:
        return
    labels = labels_of(each.names, each.units)
    yield Chart(
        name=f"places{end}",
        title=Text(en=f"Places by method{en}", zh=f"各种权重下的位次{zh}"),
        sentence=Text(
            en=f"The {len(moving)} of {len(each.units)} units that move most.",
            zh=f"{len(each.units)}个单位中变动最大的{len(moving)}个。",
        ),
        definition=place_map(
            [
                {
                    "row": labels[at],
                    "column": other.title,
                    "value": int(each.places[other.name][at]),
                }
                for at in moving
                for other in there
            ],
            Text(en="place", zh="位次"),
            last=len(each.units),
        ),
    )
