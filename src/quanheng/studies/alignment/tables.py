"""The tables and charts of an alignment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Indicator, Scheme
from quanheng.studies.alignment.effort import Outlook
from quanheng.studies.alignment.links import Link
from quanheng.studies.alignment.weights import Pull, Shares
from quanheng.studies.charts.chart import Chart
from quanheng.studies.charts.kinds import bars, heat_map
from quanheng.studies.columns import NUMBER, TEXT, TRUTH, Columns, table_of_rows
from quanheng.studies.study import Table

_SHOWN: Final = 20

_LINKS: Final[Columns] = {
    "upper": (TEXT, Text(en="the indicator above", zh="上级指标")),
    "upper_name": (TEXT, Text(en="its name", zh="上级指标名称")),
    "lower": (TEXT, Text(en="ours that answers for it; null: none does", zh="承接的本级指标（空：无承接）")),
    "lower_name": (TEXT, Text(en="its name", zh="本级指标名称")),
    "confirmed": (
        TRUTH,
        Text(en="whether a file says so; else it is proposed", zh="是否已确认（否则为建议）"),
    ),
    "likeness": (NUMBER, Text(en="mean of both likenesses, 0 to 1", zh="相似度（两项平均）")),
    "items_alike": (NUMBER, Text(en="share of items that both measures use", zh="共用数据项比例")),
    "names_alike": (NUMBER, Text(en="how alike the names are", zh="名称相似度")),
}
_WEIGHTS: Final[Columns] = {
    "upper": (TEXT, Text(en="the indicator above", zh="上级指标")),
    "upper_name": (TEXT, Text(en="its name", zh="上级指标名称")),
    "group": (TEXT, Text(en="code of our group", zh="本级分组")),
    "above": (NUMBER, Text(en="its part of the total above", zh="在上级总分中的比重")),
    "ours": (
        NUMBER,
        Text(en="part of our total of those that answer for it", zh="承接指标在本级总分中的比重"),
    ),
    "difference": (NUMBER, Text(en="ours less above", zh="本级减上级")),
    "lower": (TEXT, Text(en="those that answer for it in the group", zh="该组承接的指标")),
}
_IDLE: Final[Columns] = {
    "group": (TEXT, Text(en="code of our group", zh="本级分组")),
    "lower": (TEXT, Text(en="an indicator of ours that answers for none above", zh="不承接上级的本级指标")),
    "lower_name": (TEXT, Text(en="its name", zh="名称")),
    "share": (NUMBER, Text(en="its part of our total", zh="在本级总分中的比重")),
}
_OUTLOOK: Final[Columns] = {
    "upper": (TEXT, Text(en="the indicator above", zh="上级指标")),
    "upper_name": (TEXT, Text(en="its name", zh="名称")),
    "points_now": (NUMBER, Text(en="the district's points today", zh="本地区现得分率")),
    "points_then": (
        NUMBER,
        Text(en="its points with all units at their targets", zh="各单位达标时的得分率"),
    ),
}
_EFFORT: Final[Columns] = {
    "unit": (TEXT, Text(en="code of the unit", zh="单位代码")),
    "name": (TEXT, Text(en="name of the unit", zh="单位")),
    "group": (TEXT, Text(en="code of its group", zh="分组")),
    "item": (TEXT, Text(en="the item", zh="数据项")),
    "before": (NUMBER, Text(en="the figure of the round", zh="现值")),
    "after": (NUMBER, Text(en="its target", zh="目标值")),
    "gain": (
        NUMBER,
        Text(en="what that alone adds to the district's total above", zh="仅此一项使本地区上级总分增加"),
    ),
}


def name_of(indicator: Indicator) -> str:
    """Return what an indicator is called, in Chinese if it has such a name: what stands in tables."""
    return called(indicator).zh


def called(indicator: Indicator) -> Text:
    """Return what an indicator is called, in either language by the other name or the code if it has none."""
    name, code = indicator.name, indicator.code
    return Text(en=name.en or name.zh or code, zh=name.zh or name.en or code)


def _words(indicators: Iterable[Indicator]) -> Mapping[str, Text]:
    return {name_of(each): called(each) for each in indicators}


def links_table(links: Sequence[Link]) -> Table:
    """Return a row for each pair, and for each indicator above that nobody answers for."""
    rows = [
        {
            "upper": link.upper.code,
            "upper_name": name_of(link.upper),
            "lower": None if link.lower is None else link.lower.code,
            "lower_name": None if link.lower is None else name_of(link.lower),
            "confirmed": link.confirmed,
            "likeness": None if link.likeness is None else link.likeness.whole,
            "items_alike": None if link.likeness is None else link.likeness.items,
            "names_alike": None if link.likeness is None else link.likeness.names,
        }
        for link in links
    ]
    words = {
        "upper_name": _words(link.upper for link in links),
        "lower_name": _words(link.lower for link in links if link.lower is not None),
    }
    title = Text(en="Who answers for what", zh="指标对应")
    return table_of_rows("links", title, _LINKS, rows, words=words)


def weights_table(pulls: Sequence[Pull], above: Scheme) -> Table:
    """Return a row for each indicator above and group of ours."""
    names = {indicator.code: name_of(indicator) for indicator in above.indicators}
    rows = [
        {
            "upper": pull.upper,
            "upper_name": names[pull.upper],
            "group": pull.group,
            "above": pull.above,
            "ours": pull.ours,
            "difference": pull.difference,
            "lower": " ".join(pull.lower) or None,
        }
        for pull in pulls
    ]
    words = {"upper_name": _words(above.indicators)}
    title = Text(en="Weights above and here", zh="权重对照")
    return table_of_rows("weights", title, _WEIGHTS, rows, words=words)


def idle_table(idle: Sequence[tuple[str, Indicator]], shares: Mapping[str, Shares]) -> Table:
    """Return a row for each of ours that answers for none above, in each group it counts in."""
    rows = [
        {"group": group, "lower": own.code, "lower_name": name_of(own), "share": shares[group].get(own.code)}
        for group, own in idle
    ]
    words = {"lower_name": _words(own for _, own in idle)}
    title = Text(en="What serves nothing above", zh="不承接上级的本级指标")
    return table_of_rows("serves_nothing", title, _IDLE, rows, words=words)


def outlook_table(outlook: Outlook, above: Scheme) -> Table:
    """Return a row for each indicator above that could be scored."""
    names = {indicator.code: name_of(indicator) for indicator in above.indicators}
    rows = [
        {"upper": code, "upper_name": names[code], "points_now": now, "points_then": then}
        for code, (now, then) in outlook.points.items()
    ]
    words = {"upper_name": _words(above.indicators)}
    title = Text(en="The district above", zh="本地区在上级的得分")
    return table_of_rows("outlook", title, _OUTLOOK, rows, words=words)


def effort_table(outlook: Outlook, names: Mapping[str, str], groups: Mapping[str, str]) -> Table:
    """Return a row for each figure that falls short of its target, the one that is worth most above first."""
    rows = [
        {
            "unit": effort.unit,
            "name": names[effort.unit],
            "group": groups[effort.unit],
            "item": effort.item,
            "before": effort.before,
            "after": effort.after,
            "gain": effort.gain,
        }
        for effort in outlook.efforts
    ]
    return table_of_rows(
        "effort", Text(en="Whose effort is worth most above", zh="谁的努力对上级最值"), _EFFORT, rows
    )


def weights_chart(pulls: Sequence[Pull], above: Scheme, sentence: Text) -> Chart:
    """Return weights above and in each group of ours as a heat map."""
    names = {indicator.code: called(indicator) for indicator in above.indicators}
    rows: list[dict[str, Any]] = []
    for upper in dict.fromkeys(pull.upper for pull in pulls):
        own = [pull for pull in pulls if pull.upper == upper]
        heading = Text(en="above", zh="上级")
        rows.append({"row": names[upper], "column": heading, "value": own[0].above})
        rows += [{"row": names[upper], "column": pull.group, "value": pull.ours} for pull in own]
    title = Text(en="Weights above and here", zh="权重对照")
    chart = heat_map(rows, Text(en="part of the total", zh="占总分比重"), decimals=3, most=_most(rows))
    return Chart(name="weights", title=title, sentence=sentence, definition=chart)


def _most(rows: Sequence[Mapping[str, Any]]) -> float:
    return max((row["value"] for row in rows if row["value"] is not None), default=1.0) or 1.0


def _label(unit: str, item: Text) -> Text:
    return Text(en=f"{unit} {item.en or item.zh}", zh=f"{unit} {item.zh or item.en}")


def effort_chart(
    outlook: Outlook, names: Mapping[str, str], items: Mapping[str, Text], sentence: Text
) -> Chart:
    """Return what the efforts that are worth most add above, as bars."""
    rows = [
        {"name": _label(names[effort.unit], items[effort.item]), "value": effort.gain}
        for effort in outlook.efforts[:_SHOWN]
        if effort.gain != 0.0
    ]
    heading = Text(en="gain of the district's total above", zh="本地区上级总分增加")
    title = Text(en="Whose effort is worth most above", zh="谁的努力对上级最值")
    return Chart(name="effort", title=title, sentence=sentence, definition=bars(rows, heading))
