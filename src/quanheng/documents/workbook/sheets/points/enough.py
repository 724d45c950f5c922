"""Whether enough of a dimension's children have values of their own for it to have points (absence §8)."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Column, Shown, number
from quanheng.documents.workbook.formulas.references import by_group, here
from quanheng.documents.workbook.sheets.nodes import has_points, weight_key
from quanheng.documents.workbook.sheets.points.finished import stated_away
from quanheng.documents.workbook.sheets.vocabulary import verdict, vocabulary
from quanheng.engine.frame import columns as c
from quanheng.scheme.gaps.policies import Least
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node


def enough_key(dimension: Dimension) -> str:
    """Return the key of the column that says whether enough of `dimension` is there."""
    return f"enough|{dimension.code}"


def enough_column(draft: Draft, dimension: Dimension, least: Least) -> Column:
    """Return whether enough of `dimension` is there for each unit: TRUE or FALSE."""
    own = "+".join(_own(draft, child, least) for child in dimension.children)
    if not least.asks_for_some:
        formula = "TRUE"
    elif least.count is not None:
        formula = f"({own})>={least.count}"
    else:
        every = "+".join(_applies(child) for child in dimension.children)
        formula = f"IF(({every})>0,ROUND(({own})/({every}),9),0)>={number(least.share or 0.0)}"
    required = [child for child in dimension.children if child.code in least.required]
    if least.condition is not None:
        words = vocabulary(draft, "in_force", judging=True)
        formula = f"AND({formula},N({verdict(least.condition.tree, words)})=1)"
    if required:
        formula = f"AND({','.join((formula, *(_is_there(draft, child) for child in required)))})"
    told = draft.say("ranking.comma").join(
        (
            *([least.in_words(draft.language)] if least.asks_for_some else ()),
            *map(draft.name_of, required),
            *([] if least.condition is None else [least.condition.text]),
        )
    )
    marks = draft.facts.numbers(c.points(dimension.code))
    values: list[Shown] = [1.0 if mark is not None else 0.0 for mark in marks]
    return Column(
        key=enough_key(dimension),
        title=draft.say("in_force.enough", name=draft.name_of(dimension), least=told),
        role="live",
        values=values,
        formula=f"IF({formula},1,0)",
        decimals=0,
    )


def _is_there(draft: Draft, child: Node) -> str:
    """Return whether a unit has points of its own at a required child, or nothing that applies to it."""
    there = has_points(draft, child)
    if isinstance(child, Indicator):
        away = stated_away(child)
        there = f"OR({away},AND({there},ISNUMBER({here(c.measure(child.code))})))"
    if set(draft.rows.groups) <= set(child.groups):
        return there
    return f"OR({there},NOT(ISNUMBER({by_group(weight_key(child.code))})))"


def _own(draft: Draft, child: Node, least: Least) -> str:
    """Return the weight of `child`, or 1, where it has points of the unit's own, else 0."""
    has = [has_points(draft, child), f"N({by_group(weight_key(child.code))})>0"]
    if isinstance(child, Indicator):
        has += [f"ISNUMBER({here(c.measure(child.code))})", f"NOT({stated_away(child)})"]
    return f"IF(AND({','.join(has)}),{_amount(child, least)},0)"


def _amount(child: Node, least: Least) -> str:
    return "1" if least.count is not None else by_group(weight_key(child.code))


def _applies(child: Node) -> str:
    weight = f"N({by_group(weight_key(child.code))})"
    return f"IF({stated_away(child)},0,{weight})" if isinstance(child, Indicator) else weight
