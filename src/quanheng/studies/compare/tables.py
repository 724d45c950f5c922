"""The tables of a comparison: the moves, their causes, and the causes over all units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw
import polars as pl

from quanheng.engine.frame import columns as c
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table, table_of_columns
from quanheng.studies.compare.causes import PUBLISHED, TOGETHER
from quanheng.studies.compare.divide import PLACE_DECIMALS, Divided
from quanheng.studies.study import Table

_WHO: Final[Columns] = {
    "group": (TEXT, Text(en="the unit's group, on the later side", zh="分组：单位后一方所在的组")),
    "unit": (TEXT, Text(en="the unit's code", zh="单位代码")),
    "name": (TEXT, Text(en="its name", zh="单位名称")),
}
_MOVES: Final[Columns] = {
    **_WHO,
    "score_before": (NUMBER, Text(en="its total before", zh="前得分")),
    "score_after": (NUMBER, Text(en="its total after", zh="后得分")),
    "change": (
        NUMBER,
        Text(en="after less before; null where one side has no total", zh="增减：后减前；一方无得分则为空"),
    ),
    "place_before": (WHOLE, Text(en="its place before", zh="前位次")),
    "place_after": (WHOLE, Text(en="its place after", zh="后位次")),
    "places_gained": (WHOLE, Text(en="places gained, below 0 where lost", zh="位次升降：上升为正")),
    "tier_before": (TEXT, Text(en="its tier before", zh="前等次")),
    "tier_after": (TEXT, Text(en="its tier after", zh="后等次")),
}
_CAUSES: Final[Columns] = {
    **_WHO,
    "cause": (TEXT, Text(en="what moved it", zh="原因")),
    "change": (
        NUMBER,
        Text(en="marks it brought; of a unit they add up to its change", zh="增减：各原因之和即该单位的增减"),
    ),
    "places": (
        NUMBER,
        Text(
            en="places it gained; of a unit they add up; null where a side gave no place",
            zh="位次升降：各原因之和即该单位的位次升降；一方无位次则为空",
        ),
    ),
}
_OVERALL: Final[Columns] = {
    "group": _WHO["group"],
    "cause": _CAUSES["cause"],
    "units": (WHOLE, Text(en="units whose total it moved", zh="影响单位数")),
    "mean": (
        NUMBER,
        Text(en="marks it moved a unit by, on average, up or down", zh="平均影响：得分增减绝对值的平均"),
    ),
    "net": (NUMBER, Text(en="the same with signs", zh="平均增减：计正负")),
    "largest": (NUMBER, Text(en="the largest move it made", zh="最大影响")),
    "places": (NUMBER, Text(en="places it moved a unit by, on average, up or down", zh="平均位次影响")),
}
_MIXTURES: Final[Columns] = {
    "group": _WHO["group"],
    "unit": _WHO["unit"],
    "after": (
        TEXT,
        Text(en="the causes that are as after; all others are as before", zh="取后一方的原因：其余取前一方"),
    ),
    "score": (NUMBER, Text(en="the unit's total then", zh="此时得分")),
    "place": (WHOLE, Text(en="its place then", zh="此时位次")),
}


class Counted(Value):
    """The total, place and tier of each unit of one side that count: as published, else as computed."""

    scores: Mapping[str, float | None]
    places: Mapping[str, int | None]
    tiers: Mapping[str, str | None]


class Found(Value):
    """What the tables are made of: both rankings, what groups and causes are called, the moves."""

    rankings: tuple[nw.DataFrame[Any], nw.DataFrame[Any]]
    groups: Mapping[str, Text]
    names: Mapping[str, Text]
    counted: tuple[Counted, Counted]
    divided: Divided

    @property
    def decimals(self) -> int:
        """The decimals of scores."""
        return self.divided.decimals

    def steps(self, side: int, unit: str) -> int | None:
        """Return the total of a unit that counts, in steps of the last decimal."""
        return _steps(self.counted[side].scores.get(unit), self.decimals)

    def places_of(self, unit: str) -> tuple[int | None, int | None]:
        """Return its places before and after."""
        before, after = (side.places.get(unit) for side in self.counted)
        return before, after


def who(found: Found) -> Iterator[tuple[str, str, str]]:
    """Yield group, unit and name of every unit of either side, as the later ranking has them, then others."""
    earlier, later = found.rankings
    columns = (c.GROUP, c.UNIT, c.NAME)
    yield from later.select(*columns).iter_rows()
    strangers = earlier.filter(~nw.col(c.UNIT).is_in(later[c.UNIT].to_list()))
    yield from strangers.select(*columns).iter_rows()


def moves_table(found: Found) -> Table:
    """Return a row for each unit of either side."""
    rows = []
    for group, unit, name in who(found):
        before, after = (found.steps(side, unit) for side in (0, 1))
        change = None if before is None or after is None else after - before
        was, now = found.places_of(unit)
        gained = None if was is None or now is None else was - now
        scores = [_number(value, found.decimals) for value in (before, after, change)]
        tiers = [side.tiers.get(unit) for side in found.counted]
        rows.append((group, unit, name, *scores, was, now, gained, *tiers))
    decimals = dict.fromkeys(("score_before", "score_after", "change"), found.decimals)
    title = Text(en="Who moved, and how far", zh="各单位变动")
    return table("moves", title, _MOVES, rows, decimals=decimals, words=_words(found))


def causes_table(found: Found) -> Table:
    """Return a row for each unit and cause."""
    title = Text(en="What moved them", zh="变动原因")
    decimals = {"change": found.decimals, "places": PLACE_DECIMALS}
    return table("causes", title, _CAUSES, _cause_rows(found), decimals=decimals, words=_words(found))


def _cause_rows(found: Found) -> Iterator[tuple[object, ...]]:
    divided = found.divided
    number = {unit: index for index, unit in enumerate(divided.units)}
    for group, unit, name in who(found):
        if unit not in number:
            continue
        at = number[unit]
        known = None not in found.places_of(unit)
        for cause, marks, places in causes_of(found, unit, at):
            moved = _number(places, PLACE_DECIMALS) if known else None
            yield group, unit, name, cause, _number(marks, divided.decimals), moved


def causes_of(found: Found, unit: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Yield each cause of a unit with the steps of its total and of its place that it is worth."""
    divided = found.divided
    marks, places = _whole_move(found, unit)
    if unit in divided.undivided:
        yield TOGETHER, marks, places
        return
    for index, cause in enumerate(divided.causes):
        own, gained = int(divided.scores[index, at]), int(divided.places[index, at])
        marks, places = marks - own, places - gained
        yield cause, own, gained
    if marks or places:
        yield PUBLISHED, marks, places


def _whole_move(found: Found, unit: str) -> tuple[int, int]:
    before, after = (found.steps(side, unit) or 0 for side in (0, 1))
    was, now = found.places_of(unit)
    places = 0 if was is None or now is None else was - now
    return after - before, places * 10**PLACE_DECIMALS


def overall_table(causes: Table) -> Table:
    """Return what each cause did to all units of a group, from the table of causes."""
    rows = causes.rows.to_native()
    size = pl.col("change").abs()
    summed = rows.group_by("group", "cause", maintain_order=True).agg(
        (size > 0).sum().cast(pl.Int64).alias("units"),
        size.mean().alias("mean"),
        pl.col("change").mean().alias("net"),
        pl.col("change").get(size.arg_max()).alias("largest"),
        pl.col("places").abs().mean().alias("places"),
    )
    title = Text(en="The causes over all units", zh="各原因的总体影响")
    cells = summed.to_dict(as_series=False)
    return table_of_columns("overall", title, _OVERALL, cells, words=causes.words)


def mixtures_table(found: Found) -> Table:
    """Return the score and place of each unit in each set of causes."""
    divided = found.divided
    groups = {unit: group for group, unit, _ in who(found)}
    scores, places = divided.values
    rows = [
        (
            groups[unit],
            unit,
            _set_name(subset, divided.causes),
            scores[subset][at],
            _place(places[subset][at]),
        )
        for at, unit in enumerate(divided.units)
        for subset in range(len(scores))
    ]
    title = Text(en="Every mixture of the two sides", zh="两方的各种混合情形")
    return table("mixtures", title, _MIXTURES, rows, words=_words(found))


def _set_name(subset: int, causes: Sequence[str]) -> str:
    return "+".join(cause for index, cause in enumerate(causes) if subset >> index & 1)


def _place(value: float | None) -> int | None:
    return None if value is None else int(value)


def _steps(value: float | None, decimals: int) -> int | None:
    return None if value is None else round(value * 10**decimals)


def _number(steps: int | None, decimals: int) -> float | None:
    """Return the double nearest to the decimal number."""
    return None if steps is None else steps / 10**decimals


def _words(found: Found) -> dict[str, Mapping[str, Text]]:
    """Return what the codes of causes and groups are called."""
    return {"group": found.groups, "cause": found.names}


def groups_in(*schemes: Scheme) -> Mapping[str, Text]:
    """Return what the groups of schemes are called."""
    groups = {group.code: group.name for scheme in schemes for group in scheme.groups}
    return {code: name if name.in_language("en") else Text(en=code) for code, name in groups.items()}
