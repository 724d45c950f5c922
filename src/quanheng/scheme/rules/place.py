"""排序赋分: points by place, evenly, by a step, or from a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.told import told_key
from quanheng.scheme.rules.entry import Ruled, Written
from quanheng.scheme.rules.pool import COUNT, Rank
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class PlaceEvenly(Rule):
    """排序赋分: `first` points for place 1, `last` for place n, evenly between; n is the number placed.

    p = first - (first - last)·(place - 1)/(n - 1); n = 1 gives `first`.
    """

    first: float = 100.0
    last: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(COUNT, Rank()),
            shown=(Rank(), COUNT),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=min(self.first, self.last),
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"排序赋分：第1名{self.first:g}分，末名{self.last:g}分，其间等距"


class PlaceByStep(Rule):
    """排序赋分: `first` points for place 1, `step` fewer for each further place, not under `floor`."""

    first: float = 100.0
    step: float
    floor: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(Rank(),),
            shown=(Rank(),),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=min(self.first, self.floor),
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"排序赋分：第1名{self.first:g}分，每退1名减{self.step:g}分，不低于{self.floor:g}分"


class PlaceTable(Rule):
    """排序赋分: a table of (from place, to place, points); other places get `otherwise`."""

    table: tuple[tuple[int, int, float], ...]
    otherwise: float = 0.0

    def _answers(self) -> Answers:
        return Answers(
            name="place",
            roles=(),
            formulas=(),
            statistics=(Rank(),),
            shown=(Rank(),),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=min(self.otherwise, *(points for _, _, points in self.table)),
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        rows = (
            f"第{top}{'' if top == bottom else f'至{bottom}'}名{earned:g}分"
            for top, bottom, earned in self.table
        )
        return f"排序赋分：{'，'.join(rows)}，其余{self.otherwise:g}分"


def written() -> Written:
    """Return how the rule is written: `place`, `{place: {step: 5}}`, `{place: {table: {1-3: 100}}}`."""
    from pydantic import Field

    from quanheng.scheme.fields.fields import Form, Number, PlaceRange
    from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
    from quanheng.scheme.fields.margin import Margin

    class PlaceForm(Form, zh="排序赋分：按组内位次得分，等距、逐名递减或查表。"):
        """排序赋分: points by place in the group: evenly, by a step, or from a table."""

        first: Annotated[Number | None, Text(en="Points of place 1 (100).", zh="第 1 名的得分（100）。")] = (
            None
        )
        last: Annotated[
            Number | None,
            Text(en="Points of the last place (0); evenly between.", zh="末名的得分（0）；其间等距。"),
        ] = None
        step: Annotated[
            Annotated[Number, Field(gt=0)] | None,
            Text(en="Points fewer for each further place.", zh="每退一名少几分。"),
        ] = None
        floor: Annotated[
            Number | None,
            Text(en="With `step`: the fewest points (0).", zh="与 `step` 同用：最低得分（0）。"),
        ] = None
        table: Annotated[
            Annotated[dict[PlaceRange, Number], Field(min_length=1)] | None,
            Text(
                en="Points by place or range of places: `{1-3: 100, 4-6: 70}`.",
                zh="各名次或名次范围的得分：`{1-3: 100, 4-6: 70}`。",
            ),
        ] = None
        otherwise: Annotated[
            Number | None,
            Text(
                en="With `table`: points of all other places (0).",
                zh="与 `table` 同用：其余名次的得分（0）。",
            ),
        ] = None

        @classmethod
        def written_out(cls, value: object) -> object:
            """Read keys of the table that are numbers as text."""
            if isinstance(value, Mapping) and isinstance(value.get("table"), Mapping):
                return {**value, "table": {str(key): points for key, points in value["table"].items()}}
            return value

    def settled(form: PlaceForm, path: Path, margin: Margin) -> PlaceEvenly | PlaceByStep | PlaceTable:
        if form.table is not None:
            clash(form, ("first", "last", "step", "floor"), "table", path, margin)
            table = tuple(sorted((*_range(places), points) for places, points in form.table.items()))
            return PlaceTable(table=table, otherwise=form.otherwise or 0.0)
        if form.otherwise is not None:
            margin.note(KEY_NEEDS, (*path, "otherwise"), key="otherwise", other="table")
        first = 100.0 if form.first is None else form.first
        if form.step is not None:
            clash(form, ("last",), "step", path, margin)
            return PlaceByStep(first=first, step=form.step, floor=form.floor or 0.0)
        if form.floor is not None:
            margin.note(KEY_NEEDS, (*path, "floor"), key="floor", other="step")
        return PlaceEvenly(first=first, last=form.last or 0.0)

    def clash(form: PlaceForm, keys: Sequence[str], other: str, path: Path, margin: Margin) -> None:
        for key in keys:
            if getattr(form, key) is not None:
                margin.note(KEYS_CLASH, (*path, key), key=key, other=other)

    return Written(form=PlaceForm, settled=settled)


def _range(places: str) -> tuple[int, int]:
    first, _, last = places.partition("-")
    return int(first), int(last or first)


PLACES_OVERLAP: Final = Kind(
    code="QH241",
    severity="error",
    en="two rows of the place table of '{code}' contain the place {place}",
    zh="“{code}”的位次表中第{place}名出现两次",
    hint_en="let each place stand in one row",
    hint_zh="每个位次只写一次",
)
PLACES_NOT_FALLING: Final = Kind(
    code="QH242",
    severity="error",
    en="the first place of '{code}' gets {first} points, not more than the last with {last}",
    zh="“{code}”第一名得{first}分，不高于末位的{last}分",
    hint_en="let 'first' be above '{key}'",
    hint_zh="第一名得分（first）应大于{key}",
)


def check_places(ruled: Ruled) -> Iterator[Finding]:
    """Yield a QH241 where rows of a place table overlap, a QH242 where the first place gets no more."""
    match ruled.rule:
        case PlaceTable(table=table):
            for (_, last, _), (first, _, _) in pairwise(table):
                if first <= last:
                    yield PLACES_OVERLAP.at(ruled.where, code=ruled.code, place=first)
                    break
        case PlaceEvenly(first=first, last=least) | PlaceByStep(first=first, floor=least) if first <= least:
            key = "last" if isinstance(ruled.rule, PlaceEvenly) else "floor"
            facts = {"first": f"{first:.12g}", "last": f"{least:.12g}"}
            yield PLACES_NOT_FALLING.at(ruled.where, code=ruled.code, key=told_key(key, ("place",)), **facts)


TOOL: Final = Tool(
    name="place",
    family="rules",
    title=Text(zh="排序赋分", en="Points by place in the group"),
    written="rule: {place: {first: 100, last: 60}}",
    formula=Text(
        en="p = first − (first − last)·(place − 1)/(n − 1);  or p = max(floor, first − step·(place − "
        "1));  or a table",
        zh="p = first − (first − last)·(位次 − 1)/(n − 1)；  "
        "或 p = max(floor, first − step·(位次 − 1))；  或按分值表",
    ),
    note=Text(
        zh="位次用竞赛排名（1、2、2、4），只在组内有值的 n 个单位中排；n = 1 得 first。",
        en="Competition ranking (1, 2, 2, 4) among the n units of the group that have a value; n = 1 "
        "gives `first`.",
    ),
    use=Text(
        zh="只看先后、不看差距时使用：量纲和分布无关紧要，极端值也不影响他人。代价是差 0.01 与差一倍同"
        "样是一名。单位数不同的组之间，first/last 等距法自动可比。",
        en="Where only the order matters, not the distance: units of measurement, distribution and "
        "extreme values play no part. The price: a lead of 0.01 and a lead of double are both one "
        "place. Between groups of different size `first` and `last` stay comparable by themselves.",
    ),
    options=(
        Option(name="first", default="100", meaning=Text(zh="第一名的得分", en="the points of place 1")),
        Option(
            name="last",
            default="0",
            meaning=Text(
                zh="最后一名的得分，其余等距", en="the points of the last place, the others evenly between"
            ),
        ),
        Option(
            name="step",
            default="—",
            meaning=Text(
                zh="每后一名少几分（代替 last）",
                en="so many fewer for each further place, in place of `last`",
            ),
        ),
        Option(
            name="floor", default="0", meaning=Text(zh="按 step 递减的最低得分", en="where the steps stop")
        ),
        Option(
            name="table",
            default="—",
            meaning=Text(
                zh="名次或名次段与得分的对照表",
                en="points by place or range of places: `{1-3: 100, 4-6: 70}`",
            ),
        ),
        Option(
            name="otherwise",
            default="0",
            meaning=Text(zh="表外名次的得分", en="with `table`: the points of all other places"),
        ),
    ),
    examples=(
        rated(
            "{place: {first: 100, last: 60}}",
            {"A": "9", "B": "7", "C": "7", "D": "3", "E": "1"},
            {"A": 100, "B": 90, "C": 90, "D": 70, "E": 60},
            shows=Text(
                zh="B、C 并列第 2，各得 100 − 40·1/4 = 90；D 为第 4 名。",
                en="B and C share place 2: 100 − 40·1/4 = 90; D has place 4.",
            ),
        ),
        rated(
            "{place: {first: 100, step: 5, floor: 88}}",
            {"A": "9", "B": "7", "C": "5", "D": "3", "E": "1"},
            {"A": 100, "B": 95, "C": 90, "D": 88, "E": 88},
            shows=Text(
                zh="每后一名少 5 分，最低 88。", en="Five points fewer for each place, but not under 88."
            ),
        ),
        rated(
            "{place: {table: {1: 100, 2-3: 90, 4: 80}, otherwise: 60}}",
            {"A": "9", "B": "7", "C": "5", "D": "3", "E": "1"},
            {"A": 100, "B": 90, "C": 90, "D": 80, "E": 60},
            shows=Text(
                zh="第 1 名 100，第 2–3 名 90，第 4 名 80，其余 60。",
                en="Place 1 gets 100, places 2 and 3 get 90, place 4 gets 80, the rest 60.",
            ),
        ),
    ),
)
