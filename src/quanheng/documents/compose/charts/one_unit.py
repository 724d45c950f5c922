"""What one unit is measured against: its targets, and the median of its group, as charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any, Final

import narwhals as nw

from quanheng.documents.charts.against import Measured, against
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.charts.chart import Chart

FEWEST_FOR_MEDIAN: Final = 5
"""With fewer units in a group its median would tell a unit what another one has."""
_FULL: Final = 100.0
_LESS: Final = Text(zh="（少为优）", en=" (less is better)")


def pace_chart(rows: Iterable[Mapping[str, Any]], scheme: Scheme, *, title: Text) -> Chart | None:
    """Return how much of each target of the year a unit has, beside what is due by now and what is expected.

    `rows` are those of the table of progress with a forecast, of one unit, with the mark of the light
    and a `Text` as the name; None where no target is above 0.
    """
    less = {each.code for each in scheme.indicators if each.direction == "less"}
    measured = [
        Measured(
            code=row["indicator"],
            name=_called(row, _LESS if row["indicator"] in less else Text()),
            value=_share(row["value"], row["target"]),
            marks=(_share(row["due"], row["target"]), _share(row.get("expected"), row["target"])),
        )
        for row in rows
        if row["target"] is not None and row["target"] > 0 and row["value"] is not None
    ]
    if not measured:
        return None
    behind = sum(
        (each.value > each.marks[0]) if each.code in less else (each.value < each.marks[0])
        for each in measured
        if each.value is not None and each.marks[0] is not None
    )
    count = len(measured)
    return against(
        "pace",
        measured,
        (
            Text(zh="至今应完成", en="due by now"),
            Text(zh="全年预计", en="expected by the end"),
        ),
        what=Text(zh="已完成", en="done"),
        axis=Text(zh="占全年目标的%", en="% of the target of the year"),
        whole=_FULL,
        decimals=1,
        title=title,
        sentence=Text(
            zh=f"{count}项目标中{behind}项未达到至今应完成的数。",
            en=f"Of {count} targets, {behind} are short of what is due by now.",
        ),
    )


def profile_chart(result: Result, unit: str, *, title: Text) -> Chart | None:
    """Return the points of a unit at each top node beside the median of its group; None where it has none."""
    own = result.wide.filter(nw.col(c.UNIT) == unit)
    if not len(own):
        return None
    group = own[c.GROUP][0]
    peers = result.wide.filter(nw.col(c.GROUP) == group)
    measured = []
    for node in result.scheme.root.children:
        if node.weights.get(group):
            points = peers[c.points(node.code)].drop_nulls().to_list()
            middle = median(points) if len(points) >= FEWEST_FOR_MEDIAN else None
            value = own[c.points(node.code)][0]
            measured.append(Measured(code=node.code, name=node.name, value=value, marks=(middle,)))
    known = [each for each in measured if each.value is not None]
    if not known:
        return None
    return against(
        "profile",
        measured,
        (Text(zh="本组中位数", en="median of the group"),),
        what=Text(zh="本单位", en="own"),
        axis=Text(zh="得分率（0—100）", en="points (0 to 100)"),
        whole=_FULL,
        decimals=2,
        title=title,
        sentence=_compared(known),
    )


def _compared(known: list[Measured]) -> Text:
    pairs = [
        (each.value, each.marks[0]) for each in known if each.marks[0] is not None and each.value is not None
    ]
    if not pairs:
        most = FEWEST_FOR_MEDIAN
        return Text(
            zh=f"组内有得分的单位不足{most}个，不显示中位数。",
            en=f"The group has fewer than {most} units with points, so its median is not shown.",
        )
    above = sum(value > middle for value, middle in pairs)
    below = sum(value < middle for value, middle in pairs)
    return Text(
        zh=f"{len(pairs)}个方面中，高于本组中位数的{above}个，低于的{below}个。",
        en=f"Of {len(pairs)} dimensions, {above} are above the median of the group and {below} below it.",
    )


def _share(value: float | None, target: float) -> float | None:
    return None if value is None else _FULL * value / target


def _called(row: Mapping[str, Any], more: Text) -> Text:
    name, mark = row["indicator_name"], row["mark"]
    return Text(
        zh=f"{mark} {name.in_language('zh')}{more.zh}", en=f"{mark} {name.in_language('en')}{more.en}"
    )
