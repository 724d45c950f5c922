"""Why a unit has its score: the steps from the total down to source cells, read off the wide frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import fetches_in
from quanheng.engine.formulas.formula_text import in_numbers, number_text
from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.anchors import anchors_used
from quanheng.engine.results.explanation.asked import nodes_beside, nodes_of, over_units, told
from quanheng.engine.results.explanation.counting import chosen_of, lacking, unmet, wanting, weighed_by
from quanheng.engine.results.explanation.explained import Explained
from quanheng.engine.results.explanation.explanation import (
    Explanation,
    Figure,
    Marking,
    Part,
    Rating,
    Rounded,
    Standing,
    Step,
)
from quanheng.engine.results.explanation.fold import exact, folding_of
from quanheng.engine.results.explanation.reader import Evidence, Reader
from quanheng.engine.results.explanation.reviewed import reviewed_at
from quanheng.engine.stages.adjustments.counted import Counted
from quanheng.engine.stages.points.policies import gap_of
from quanheng.findings.errors import UsageError
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.periods.period import parse_period
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.items.item import why_missing
from quanheng.scheme.tree.scheme import Dimension, Indicator, Node, Scheme

_KNOWN = 10_000
"""Among how many units the nearest name is sought."""


def explain(evidence: Evidence, unit: str, node: str = ROOT) -> Explained:
    """Return why `unit` has its score at `node`; either is said by its code or its name.

    Raises:
        UsageError: there is no such unit or node, or the node does not stand in the unit's group; the
            message offers the nearest one.
    """
    row = _row_of(evidence, unit)
    scheme = evidence.scheme
    found = scheme.node(_code_of(scheme, node))
    if row[c.GROUP] not in found.groups:
        raise UsageError(
            f"{node!r} is not assessed in the group {row[c.GROUP]!r} of {unit!r}",
            f"“{unit}”所在分组“{row[c.GROUP]}”不考核“{node}”",
        )
    return _explained(Reader(evidence, row), found, scheme.level_of(node))


def _code_of(scheme: Scheme, node: str) -> str:
    """Return the code of the node that is called `node`; a code counts before a name."""
    codes = [known.code for known in scheme.nodes]
    if node in codes:
        return node
    called = [known.code for known in scheme.nodes if node and node in (known.name.zh, known.name.en)]
    if not called:
        raise no_such(Text(en="node", zh="节点"), node, (*codes, *_names_in(scheme)))
    if len(called) > 1:
        raise UsageError(
            f"{len(called)} nodes are called {node!r}: {', '.join(called)}; give the node's code",
            f"有{len(called)}个节点名为“{node}”：{'、'.join(called)}；请填写节点代码",
        )
    return called[0]


def _names_in(scheme: Scheme) -> Iterator[str]:
    return (name for node in scheme.nodes for name in (node.name.zh, node.name.en) if name)


def _explained(reader: Reader, node: Node, level: int) -> Explained:
    children = tuple(
        _explained(reader, child, level + 1)
        for child in (node.children if isinstance(node, Dimension) else ())
        if reader.group in child.groups
    )
    return Explained(
        unit=reader.unit,
        unit_name=str(reader.row[c.NAME]),
        group=reader.group,
        node=node.code,
        name=node.name,
        level=level,
        share=reader.number(c.share(node.code)),
        marks=reader.number(c.marks(node.code)),
        points=reader.number(c.points(node.code)),
        score=reader.number(c.score(node.code)),
        aggregate=node.aggregate if isinstance(node, Dimension) else None,
        rating=_rating_of(reader, node),
        markings=_markings(reader, node),
        parts=_parts(reader, node, children),
        rounding=_rounding(reader.scheme, node),
        standing=_standing(reader) if node.code == ROOT else None,
        children=children,
        fold=folding_of(reader) if node.code == ROOT else None,
        chosen=chosen_of(node, children),
        lacking=lacking(reader, node),
        wanting=tuple(wanting(reader, node)),
        weighed=weighed_by(reader, node),
        unmet=unmet(reader, node),
        ceilings=tuple(
            ceiling
            for index, ceiling in enumerate(node.bounds.ceilings)
            if reader.row.get(c.ceiling(node.code, index))
        ),
        asked=nodes_beside(reader, node),
        reviewed=tuple(reviewed_at(reader, node)),
        names=reader.evidence.names,
    )


def _parts(reader: Reader, node: Node, children: tuple[Explanation, ...]) -> tuple[Part, ...]:
    """Return amounts that add up to the score exactly; what no child or marking explains has its own line."""
    total = reader.number(c.score(node.code))
    if total is None:
        return ()
    folded = node.code == ROOT and reader.evidence.held is not None
    score = reader.number(c.OWN_TOTAL) if folded else total
    parts = [
        Part(source=child.node, marks=exact(child.score)) for child in children if child.score is not None
    ]
    adjustments: tuple[tuple[Step, int], ...] = (("bonus", 1), ("penalty", -1))
    for kind, sign in adjustments:
        amount = reader.number(c.adjust(node.code, kind))
        if amount:
            parts.append(Part.of_step(kind, sign * exact(amount)))
    if cut := reader.number(c.cut(node.code)):
        parts.append(Part.of_step("cut", exact(cut)))
    if isinstance(node, Indicator):
        earned = exact(
            (reader.number(c.marks(node.code)) or 0.0) * (reader.number(c.points(node.code)) or 0.0) / 100.0
        )
        adjusted = sum((part.marks for part in parts), Decimal(0))
        # the points of an adjusted node already follow from its adjusted score
        parts.insert(0, Part.of_step("marks × points ÷ 100", earned - adjusted))
    rest = exact(score) - sum((part.marks for part in parts), Decimal(0))
    if rest:
        parts.append(Part.of_step(_step_of_rest(node), rest))
    if folded and exact(total) != exact(score):
        parts.append(Part.of_step("fold", exact(total) - exact(score)))
    return tuple(parts)


def _step_of_rest(node: Node) -> Step:
    if isinstance(node, Dimension) and node.rule is not None:
        return "rule"
    if isinstance(node, Dimension) and not node.aggregate.adds_up:
        return "aggregation"
    if node.coefficient is not None:
        return "coefficient"
    return "rounding"


def _rating_of(reader: Reader, node: Node) -> Rating | None:
    """Return how a rule rated the measure of an indicator, or the joined points of a dimension."""
    if isinstance(node, Indicator):
        return _rating(reader, node)
    rated = node.as_rated
    return None if rated is None else _rating_of_joined(reader, rated)


def _rating_of_joined(reader: Reader, rated: Indicator) -> Rating:
    joined = reader.number(c.treated(rated.code))
    return Rating(
        formula=rated.measure.text,
        in_numbers=number_text(joined),
        measure=joined,
        figures=_figures(reader, rated),
        rule=rated.rule,
        direction=rated.direction,
        within=rated.within,
        target=None,
        target_cells=(),
        anchors=anchors_used(reader, rated),
        treated=None,
        treatment=None,
        ratio=reader.number(c.ratio(rated.code)),
        rated=reader.number(c.rated(rated.code)),
        coefficient=None,
        gap=None,
    )


def _rating(reader: Reader, indicator: Indicator) -> Rating:
    code = indicator.code
    measure = reader.number(c.measure(code))
    treated = reader.number(c.treated(code))
    absence = reader.row.get(c.absence(code))
    figures = _figures(reader, indicator)
    nodes = nodes_of(reader, indicator)
    lookup = {(figure.item, figure.months_before): figure for figure in figures}
    of_nodes = {used.text: told(used.value, away=used.not_applicable) for used in nodes}
    rated = reader.number(c.rated(code))
    gap = c.MISSING if absence == c.PRESENT and rated is None else absence
    return Rating(
        formula=indicator.measure.text,
        in_numbers=in_numbers(
            indicator.measure.tree,
            lambda of, months: (
                of_nodes.get(of) or _shown(lookup, of, months)
                if isinstance(of, str)
                else over_units(reader, indicator, of, months)
            ),
        ),
        measure=measure,
        figures=figures,
        rule=indicator.rule,
        within=indicator.within,
        computed=indicator.measure.computed,
        nodes=nodes,
        direction=indicator.direction,
        target=reader.number(c.target(code)),
        target_cells=_target_cells(reader, code),
        anchors=anchors_used(reader, indicator),
        treated=treated if treated != measure else None,
        treatment=reader.row.get(c.treatment(code)),
        ratio=reader.number(c.ratio(code)),
        rated=rated,
        coefficient=None if indicator.coefficient is None else indicator.coefficient.text,
        gap=None if gap in (None, c.PRESENT) else gap_of(indicator, int(gap)),
    )


def _shown(lookup: Mapping[tuple[str, int], Figure], name: str, months: int) -> str:
    figure = lookup.get((name, months))
    if figure is None:
        return name
    return told(figure.value, away=figure.not_applicable)


def _figures(reader: Reader, indicator: Indicator) -> tuple[Figure, ...]:
    items = {item.code: item for item in reader.scheme.items}
    return tuple(
        Figure(
            item=fetch.item,
            name=items[fetch.item].name,
            why=why_missing(items[fetch.item]),
            months_before=fetch.months_before,
            value=reader.number(c.item(fetch.item, fetch.months_before)),
            not_applicable=bool(reader.row.get(c.item_na(fetch.item, fetch.months_before))),
            cells=reader.cells.get((fetch.item, fetch.months_before), ()),
        )
        for fetch in fetches_in(indicator)
    )


def _target_cells(reader: Reader, indicator: str) -> tuple[str, ...]:
    book = reader.evidence.book
    if book is None or reader.row.get(c.target(indicator)) is None:
        return ()
    period = reader.evidence.round
    stated = book.target_source(indicator, reader.unit, period)
    if stated:
        return tuple(str(place) for place in stated)
    # it is what is due of the year's
    year = str(parse_period(period).year)
    return tuple(f"{year}: {place}" for place in book.target_source(indicator, reader.unit, year))


def _markings(reader: Reader, node: Node) -> tuple[Marking, ...]:
    return tuple(_marking(counted) for counted in reader.counted if counted.node == node.code)


def _marking(counted: Counted) -> Marking:
    return Marking(
        kind=counted.kind,
        reason=counted.reason,
        asked=counted.asked,
        counted=counted.counted,
        cells=counted.cells,
        gate=counted.gate,
    )


def _rounding(scheme: Scheme, node: Node) -> tuple[Rounded, ...]:
    rounding = node.rounding
    stages = [
        ("ratio", rounding.ratio),
        ("aggregate", rounding.aggregate),
        ("points", rounding.points),
        ("scores", rounding.scores),
    ]
    if node.code == ROOT:
        stages.append(("total", scheme.rounding.total))
    return tuple(Rounded(stage, decimals) for stage, decimals in stages if decimals is not None)


def _standing(reader: Reader) -> Standing:
    group = reader.evidence.ranking
    if not reader.evidence.scheme.ranks_all:
        group = group.filter(nw.col(c.GROUP) == reader.group)
    ranked = group.filter(~nw.col(c.PLACE).is_null())
    place = reader.row.get(c.PLACE)
    standing = Standing(
        place=None if place is None else int(place),
        of=len(ranked),
        tier=reader.row.get(c.TIER),
        unranked=reader.scheme.unranked,
    )
    if place is None:
        return standing
    ahead = ranked.filter(nw.col(c.PLACE) < place).sort(c.PLACE, c.UNIT, descending=[True, False]).head(1)
    score = reader.number(c.score(ROOT))
    for other in ahead.rows(named=True):
        return Standing(
            place=standing.place,
            of=standing.of,
            tier=standing.tier,
            next_unit=str(other[c.UNIT]),
            next_name=other.get(c.NAME),
            next_place=int(other[c.PLACE]),
            needed=float(exact(other["score"]) - exact(score)),
        )
    return standing


def _row_of(evidence: Evidence, unit: str) -> Mapping[str, Any]:
    called = (nw.col(c.UNIT) == unit) | (nw.col(c.NAME) == unit)
    found = evidence.engine.collect(evidence.plan.filter(called))
    if len(found) != 1:
        everyone = evidence.engine.collect(evidence.plan.select(c.UNIT, c.NAME).head(_KNOWN))
        known = [str(value) for row in everyone.rows() for value in row]
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} units are called {unit!r}; give the unit's code",
                f"有{len(found)}个单位名为“{unit}”；请填写单位代码",
            )
        raise no_such(Text(en="unit", zh="单位"), unit, known)
    return found.rows(named=True)[0]
