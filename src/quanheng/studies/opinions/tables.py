"""The tables of a study of opinions, each with what stands in its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import narwhals as nw

from quanheng.findings.text import Text
from quanheng.studies.columns import GROUP, NAME, NUMBER, TEXT, TRUTH, UNIT, WHOLE, Columns, table
from quanheng.studies.opinions.decision import Column
from quanheng.studies.opinions.form import OpinionsForm
from quanheng.studies.opinions.opinion import SCHEME, Opinion, Opinions
from quanheng.studies.opinions.tables_vikor import conditions_of, regrets_of
from quanheng.studies.study import Table

_METHOD: Final = (
    TEXT,
    Text(en="The method; `scheme` is the scheme's own result.", zh="方法：scheme 为方案自身。"),
)
_OWN: Final = (WHOLE, Text(en="The place in the scheme's own result.", zh="方案位次。"))
_DECIMALS: Final = 9


def tables_of(groups: Sequence[Opinions], settings: OpinionsForm) -> tuple[Table, ...]:
    """Return all tables, those that answer first."""
    names = _names(groups)
    tables = [
        _concordance(groups),
        _agreement(groups, names),
        _disagreement(groups, settings.most),
        _places(groups, names),
    ]
    if any(each.compromise is not None for each in groups):
        tables += [conditions_of(groups), regrets_of(groups)]
    return (*tables, _scores(groups, names), _criteria(groups), _methods(groups))


def _names(groups: Sequence[Opinions]) -> tuple[str, ...]:
    """Return the methods that have a say in some group, in their order, after the scheme."""
    order = [SCHEME, *[asked.method.name for each in groups[:1] for asked in each.asked]]
    said = {opinion.name for each in groups for opinion in each.opinions}
    return tuple(name for name in order if name in said)


def _concordance(groups: Sequence[Opinions]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "units": (WHOLE, Text(en="How many units are compared.", zh="单位数。")),
        "opinions": (
            WHOLE,
            Text(en="How many orders are compared, the scheme's among them.", zh="排序数：含方案。"),
        ),
        "kendall_w": (
            NUMBER,
            Text(
                en="Kendall's W of all orders, 1 where they agree; empty where nobody is told apart.",
                zh="肯德尔W：各排序完全一致为1；都分不出高下时为空。",
            ),
        ),
        "same_place": (
            WHOLE,
            Text(en="Units that have the same place everywhere.", zh="位次不变：各法位次都相同的单位数。"),
        ),
        "median_spread": (
            NUMBER,
            Text(
                en="The median of the places between a unit's best and worst.",
                zh="位次差中位数：最好与最差位次之差。",
            ),
        ),
    }
    rows = (
        (
            each.decision.group.code,
            len(each.decision.units),
            len(each.opinions),
            each.concordance,
            int((each.spread == 0).sum()),
            _median(sorted(each.spread.tolist())),
        )
        for each in groups
    )
    return table("concordance", Text(en="How far the methods agree", zh="各方法的一致程度"), columns, rows)


def _agreement(groups: Sequence[Opinions], names: Sequence[str]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "method": _METHOD}
    for name in names:
        columns[name] = (NUMBER, _correlation(groups, name))
    rows = []
    for each in groups:
        agreements = each.agreements()
        rows += [
            (each.decision.group.code, one.name, *[agreements.get((one.name, name)) for name in names])
            for one in each.opinions
        ]
    return table(
        "agreement", Text(en="Agreement of methods (Spearman)", zh="方法之间的斯皮尔曼相关"), columns, rows
    )


def _correlation(groups: Sequence[Opinions], name: str) -> Text:
    title = _title(groups, name)
    return Text(
        en=f"Spearman's correlation with {title.en}; empty where one tells nobody apart or is left out.",
        zh=f"与{title.zh}：斯皮尔曼相关；分不出高下或未采用时为空。",
    )


def _disagreement(groups: Sequence[Opinions], most: int) -> Table:
    columns: Columns = {
        "group": GROUP,
        "unit": UNIT,
        "name": NAME,
        "scheme": _OWN,
        "best": (WHOLE, Text(en="The best place under any method.", zh="最好位次。")),
        "best_under": (TEXT, Text(en="The methods that give it.", zh="最好位次来自：方法。")),
        "worst": (WHOLE, Text(en="The worst place under any method.", zh="最差位次。")),
        "worst_under": (TEXT, Text(en="The methods that give it.", zh="最差位次来自：方法。")),
        "spread": (WHOLE, Text(en="The places between.", zh="位次差。")),
    }
    rows = (
        (
            each.decision.group.code,
            each.decision.units[at],
            each.decision.names[at],
            int(each.decision.scheme_places[at]),
            int(each.best[at]),
            giving(each, at, int(each.best[at])),
            int(each.worst[at]),
            giving(each, at, int(each.worst[at])),
            int(each.spread[at]),
        )
        for each in groups
        for at in most_disputed(each, most)
    )
    return table(
        "disagreement",
        Text(en="Units on which the methods disagree most", zh="分歧最大的单位"),
        columns,
        rows,
    )


def most_disputed(opinions: Opinions, most: int) -> list[int]:
    """Return the positions of the units whose places differ most, at most so many."""
    spread = opinions.spread
    places = opinions.decision.scheme_places
    order = sorted(range(len(spread)), key=lambda at: (-int(spread[at]), int(places[at])))
    return [at for at in order[:most] if spread[at] > 0]


def giving(opinions: Opinions, unit: int, place: int) -> str:
    """Return the names of the methods that give a unit this place."""
    return ", ".join(each.name for each in opinions.opinions if each.places[unit] == place)


def _places(groups: Sequence[Opinions], names: Sequence[str]) -> Table:
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "unit": UNIT, "name": NAME}
    for name in names:
        columns[name] = _OWN if name == SCHEME else (WHOLE, _of(groups, name, Text(en="place", zh="位次")))
    columns["spread"] = (WHOLE, Text(en="Places between the best and the worst.", zh="位次差。"))
    rows = []
    for each in groups:
        own = {opinion.name: opinion.places for opinion in each.opinions}
        spread = each.spread
        for at in range(len(each.decision.units)):
            places = [int(own[name][at]) if name in own else None for name in names]
            rows.append(
                (
                    each.decision.group.code,
                    each.decision.units[at],
                    each.decision.names[at],
                    *places,
                    int(spread[at]),
                )
            )
    return table("places", Text(en="Places under each method", zh="各方法的位次"), columns, rows)


def _scores(groups: Sequence[Opinions], names: Sequence[str]) -> Table:
    methods = [name for name in names if name != SCHEME]
    columns: dict[str, tuple[nw.dtypes.DType, Text]] = {"group": GROUP, "unit": UNIT, "name": NAME}
    for name in methods:
        columns[name] = (NUMBER, _of(groups, name, Text(en="score", zh="得分")))
    rows = []
    for each in groups:
        own = {opinion.name: _as_published(opinion) for opinion in each.opinions}
        for at in range(len(each.decision.units)):
            scores = [float(own[name][at]) if name in own else None for name in methods]
            rows.append((each.decision.group.code, each.decision.units[at], each.decision.names[at], *scores))
    return table("scores", Text(en="Scores of each method", zh="各方法的得分"), columns, rows)


def _as_published(opinion: Opinion) -> Column:
    """Return the scores with the end that the method itself calls better."""
    is_less = opinion.method is not None and opinion.method.better == "less"
    rounded: Column = (-opinion.scores if is_less else opinion.scores).round(_DECIMALS) + 0.0
    return rounded


def _title(groups: Sequence[Opinions], name: str) -> Text:
    return next(opinion.title for each in groups for opinion in each.opinions if opinion.name == name)


def _of(groups: Sequence[Opinions], name: str, what: Text) -> Text:
    title = _title(groups, name)
    return Text(
        en=f"The {what.en} under {title.en}; empty where the method is left out.",
        zh=f"{title.zh}{what.zh}：未采用时为空。",
    )


def _criteria(groups: Sequence[Opinions]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "indicator": (TEXT, Text(en="The code of the indicator.", zh="指标代码。")),
        "weight": (
            NUMBER,
            Text(
                en="Its mean part of a unit's weight, gaps shared out.", zh="权重：各单位的平均，缺失已分摊。"
            ),
        ),
        "stands": (
            TEXT,
            Text(
                en="What stands for it: its measure or its points.",
                zh="采用：指标值（measure）或得分（points）。",
            ),
        ),
        "better": (
            TEXT,
            Text(en="Whether more or less of that is better.", zh="方向：多（more）或少（less）为优。"),
        ),
        "why": (TEXT, Text(en="What says so.", zh="依据：见方法说明。")),
        "gaps": (WHOLE, Text(en="Units that have none.", zh="缺失单位数。")),
        "least": (NUMBER, Text(en="The least value.", zh="最小值。")),
        "greatest": (NUMBER, Text(en="The greatest value.", zh="最大值。")),
        "counts": (
            TRUTH,
            Text(
                en="Whether it counts: not where all units are the same.", zh="是否计入：各单位都相同的不计。"
            ),
        ),
    }
    rows = [
        (
            each.decision.group.code,
            criterion.indicator.code,
            round(criterion.weight, _DECIMALS),
            "points" if criterion.direction is None else "measure",
            criterion.direction or "more",
            criterion.why,
            criterion.gaps,
            criterion.least,
            criterion.greatest,
            not criterion.is_constant,
        )
        for each in groups
        for criterion in each.decision.all_criteria
    ]
    return table("criteria", Text(en="What the methods look at", zh="各方法所看的数据"), columns, rows)


def _methods(groups: Sequence[Opinions]) -> Table:
    columns: Columns = {
        "group": GROUP,
        "method": _METHOD,
        "on": (
            TEXT,
            Text(
                en="What it looks at: `criteria` as that table says, or points.",
                zh="对象：criteria 表所列，或得分（points）。",
            ),
        ),
        "more": (TEXT, Text(en="How a criterion comes in of which more is better.", zh="正指标的规范化。")),
        "less": (TEXT, Text(en="How one comes in of which less is better.", zh="逆指标的规范化。")),
        "better": (
            TEXT,
            Text(en="Which end of its score is better.", zh="得分方向：多（more）或少（less）为优。"),
        ),
        "rescaled": (
            WHOLE,
            Text(en="Columns that were taken at 1 to 100.", zh="换算列数：换算到1至100的列。"),
        ),
        "left_out": (
            TEXT,
            Text(en="The finding that says why it is left out.", zh="未采用：说明原因的提示编号。"),
        ),
        "source": (TEXT, Text(en="Where it was published.", zh="出处。")),
    }
    rows = [
        (
            each.decision.group.code,
            asked.method.name,
            "criteria" if asked.method.looks_at == "measures" else "points",
            asked.method.more,
            asked.method.less,
            asked.method.better,
            asked.rescaled,
            ", ".join(dict.fromkeys(finding.code for finding in asked.refusals)) or None,
            asked.method.source,
        )
        for each in groups
        for asked in each.asked
    ]
    return table(
        "methods", Text(en="The methods: normalisation and direction", zh="方法：规范化与方向"), columns, rows
    )


def _median(ordered: Sequence[int]) -> float:
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2.0
