"""The tables of a study of weights, each with what stands in its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals as nw
import numpy as np

from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Dimension
from quanheng.studies.columns import GROUP, NAME, NUMBER, TEXT, UNIT, WHOLE, Columns, table
from quanheng.studies.study import Table
from quanheng.studies.weights.effects import GroupPlaces
from quanheng.studies.weights.weighed import SCHEME, Weighed

_DECIMALS: Final = 9
_METHOD: Final = (
    TEXT,
    Text(en="The method; `scheme` is the scheme's own weights.", zh="方法：scheme 为方案权重。"),
)
_NODE: Final = (TEXT, Text(en="The dimension whose children are weighed.", zh="节点：对其下级赋权。"))


def tables_of(
    groups: Sequence[GroupPlaces], weighed: Sequence[Weighed], nodes: Sequence[Dimension]
) -> tuple[Table, ...]:
    """Return the tables about all methods, those that answer first."""
    return (
        _effects(groups),
        _agreement(groups, weighed),
        _places(groups, weighed),
        _parts(weighed, nodes),
        _scores(groups, weighed),
    )


def _effects(groups: Sequence[GroupPlaces]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "method": _METHOD,
        "units": (
            WHOLE,
            Text(en="Units that have a place under every method.", zh="单位数：各方法下都有位次的。"),
        ),
        "moved": (
            WHOLE,
            Text(en="Units whose place is another than in the scheme.", zh="变动单位数：与方案位次不同。"),
        ),
        "mean_shift": (NUMBER, Text(en="By how many places a unit moves on average.", zh="平均变动位次。")),
        "farthest": (
            WHOLE,
            Text(en="By how many places the unit moves that moves farthest.", zh="最大变动位次。"),
        ),
        "unit": (TEXT, Text(en="That unit; empty where none moves.", zh="变动最大的单位：无变动时为空。")),
        "before": (WHOLE, Text(en="Its place in the scheme.", zh="原位次：方案中。")),
        "after": (WHOLE, Text(en="Its place under the method.", zh="新位次：该方法下。")),
        "spearman": (
            NUMBER,
            Text(
                en="Spearman's correlation with the scheme; empty where one tells nobody apart.",
                zh="与方案的斯皮尔曼相关：分不出高下时为空。",
            ),
        ),
    }
    rows = []
    for each in groups:
        for name in each.others:
            shift, far = np.abs(each.shift(name)), each.farthest(name)
            rows.append(
                (
                    each.group.code,
                    name,
                    len(each.units),
                    int((shift > 0).sum()),
                    round(float(shift.mean()), _DECIMALS),
                    int(shift.max()),
                    None if far is None else each.units[far],
                    None if far is None else int(each.places[SCHEME][far]),
                    None if far is None else int(each.places[name][far]),
                    each.correlation(SCHEME, name),
                )
            )
    return table(
        "effects",
        Text(en="What each method does to the places", zh="各种赋权方法对位次的影响"),
        columns,
        rows,
    )


def _agreement(groups: Sequence[GroupPlaces], weighed: Sequence[Weighed]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "method": _METHOD}
    for other in weighed:
        columns[other.name] = (
            NUMBER,
            Text(
                en=f"Spearman's correlation with {other.title.en}; empty where there is none.",
                zh=f"与{other.title.zh}：斯皮尔曼相关；没有时为空。",
            ),
        )
    rows = [
        (
            each.group.code,
            name,
            *[each.correlation(name, other.name) if other.name in each.places else None for other in weighed],
        )
        for each in groups
        for name in each.places
    ]
    title = Text(en="Agreement of weights (Spearman)", zh="各种权重下排序的斯皮尔曼相关")
    return table("agreement", title, columns, rows)


def _places(groups: Sequence[GroupPlaces], weighed: Sequence[Weighed]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "unit": UNIT, "name": NAME}
    for other in weighed:
        columns[other.name] = (WHOLE, _of(other, Text(en="place", zh="位次")))
    columns["spread"] = (WHOLE, Text(en="Places between the best and the worst.", zh="位次差。"))
    rows = []
    for each in groups:
        spread = each.spread
        for at, (unit, name) in enumerate(zip(each.units, each.names, strict=True)):
            places = [int(each.places[o.name][at]) if o.name in each.places else None for o in weighed]
            rows.append((each.group.code, unit, name, *places, int(spread[at])))
    return table("places", Text(en="Places by each method", zh="各种权重下的位次"), columns, rows)


def _scores(groups: Sequence[GroupPlaces], weighed: Sequence[Weighed]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "unit": UNIT, "name": NAME}
    for other in weighed:
        columns[other.name] = (NUMBER, _of(other, Text(en="score", zh="得分")))
    rows = [
        (
            each.group.code,
            unit,
            name,
            *[o.scores.get(unit) if o.name in each.places else None for o in weighed],
        )
        for each in groups
        for unit, name in zip(each.units, each.names, strict=True)
    ]
    return table("scores", Text(en="Scores by each method", zh="各种权重下的得分"), columns, rows)


def _parts(weighed: Sequence[Weighed], nodes: Sequence[Dimension]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {
        "group": GROUP,
        "node": _NODE,
        "child": (TEXT, Text(en="The child.", zh="下级。")),
    }
    for other in weighed:
        columns[other.name] = (NUMBER, _of(other, Text(en="part of the dimension", zh="占比")))
    rows = []
    for node in nodes:
        for group in node.groups:
            for child in node.children:
                key = (group, node.code, child.code)
                parts = [_rounded(o.parts.get(key)) for o in weighed]
                if any(part is not None for part in parts):
                    rows.append((group, node.code, child.code, *parts))
    return table("weights", Text(en="Weights by each method", zh="各种方法的权重"), columns, rows)


def _of(other: Weighed, what: Text) -> Text:
    return Text(
        en=f"The {what.en} by {other.title.en}; empty where it is left out.",
        zh=f"{other.title.zh}{what.zh}：未采用时为空。",
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
