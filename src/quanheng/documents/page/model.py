"""The data of a page: units, nodes, scores, places, weights, as `assets/basics/model.js` takes them.

Columns have one value a unit, units sorted by code; texts in both languages are pairs, Chinese first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from quanheng.documents.page.embedding import Json
from quanheng.documents.page.lights import lights_of
from quanheng.documents.page.methods import how, methods_of
from quanheng.documents.page.moves import causes_of
from quanheng.documents.page.scoring import numbers_of, scoring_of
from quanheng.documents.page.shown import Shown, decimals_of
from quanheng.documents.page.spread import spreads_of, stats_of
from quanheng.documents.page.traces import traces_of
from quanheng.documents.page.words import MADE, pair, words_for
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.findings.text import Text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Group, Node
from quanheng.version import VERSION


def model_of(shown: Shown) -> dict[str, Json]:
    """Return everything that a page holds."""
    result, scheme = shown.result, shown.result.scheme
    wanted = shown.scores_again
    scoring = scoring_of(result, shown.book) if wanted else _NOT_SHOWN
    return {
        "id": scheme.id,
        "title": pair(scheme.title, scheme.id),
        "round": result.round,
        "language": shown.language,
        "count": shown.count,
        "alone": shown.unit is not None,
        "groups": [_group(shown, group) for group in scheme.groups],
        "ranksAll": scheme.ranks_all,
        "nodes": [_node(shown, node) for node in shown.nodes],
        "units": _units(shown),
        "order": shown.order,
        "scores": _values(shown, c.score),
        "points": _values(shown, c.points) if len(shown.nodes) > 1 else {},
        **_weights(shown),
        "stats": stats_of(shown) if len(shown.nodes) > 1 and "total" in shown.parts else None,
        "spreads": spreads_of(shown) if shown.unit is not None else None,
        "awards": list(_awards(shown)),
        "moves": causes_of(shown),
        "traces": traces_of(shown) if shown.explains else None,
        "lights": None if shown.progress is None else lights_of(shown, shown.progress),
        "scoring": None if isinstance(scoring, Text) else scoring,
        "scoringOff": pair(scoring) if isinstance(scoring, Text) else None,
        "left": pair(_LARGE) if shown.is_large else None,
        "methods": list(methods_of(shown)),
        "made": pair(made(shown)),
        "words": {key: pair(text) for key, text in words_for(scheme).items()},
    }


_NOT_SHOWN: Final = Text(
    zh="本页未公开各节点得分，故不提供权重试算",
    en="the scores that weights would be tried on are not part of this page",
)
_LARGE: Final = Text(
    zh="单位超过 2000 个：本页只含排名和各维度得分，不含计分依据；依据见 trace.parquet",
    en="there are more than 2,000 units: this page holds the ranking and the dimensions, not how each score"
    " came about; that stands in trace.parquet",
)


def made(shown: Shown) -> Text:
    """Return what the page was made of and by."""
    result = shown.result
    facts = {
        "version": VERSION,
        "scheme": result.scheme.hash[:_DIGITS] or "—",
        "data": "—" if result.book is None else result.book.hash_for(result.round)[:_DIGITS],
    }
    return Text(zh=MADE.zh.format(**facts), en=MADE.en.format(**facts))


_DIGITS: Final = 12


def _group(shown: Shown, group: Group) -> dict[str, Json]:
    """Return a group, with how many units it has and how many of them have a place, shown or not."""
    ranking = shown.result.ranking
    own = ranking.filter(nw.col(c.GROUP) == group.code)
    places = (ranking if shown.result.scheme.ranks_all else own)[c.PLACE]
    return {
        "code": group.code,
        "name": pair(group.name, group.code),
        "marks": group.marks,
        "units": len(own),
        "placed": len(places.drop_nulls()) if "place" in shown.parts else 0,
    }


def _node(shown: Shown, node: Node) -> dict[str, Json]:
    scheme = shown.result.scheme
    groups = [group.code for group in scheme.groups]
    parent = scheme.parent_of(node.code)
    return {
        "code": node.code,
        "name": pair(_TOTAL if node.code == ROOT else node.name, node.code),
        "parent": None if parent is None else parent.code,
        "level": scheme.level_of(node.code),
        "dimension": isinstance(node, Dimension),
        "groups": [groups.index(code) for code in groups if code in node.groups],
        "adds": isinstance(node, Dimension) and node.adds_up and not node.bounds,
        "decimals": decimals_of(shown, node),
        "how": pair(how(node)),
    }


_TOTAL: Final = Text(zh="总分", en="total")


def _units(shown: Shown) -> dict[str, Json]:
    groups = [group.code for group in shown.result.scheme.groups]
    standing = {str(row[c.UNIT]): row for row in shown.result.ranking.iter_rows(named=True)}
    codes = [str(code) for code in shown.column(c.UNIT)]
    has_tiers, has_places = shown.has_tiers, "place" in shown.parts
    shows_vetoes = has_tiers and "adjustments" in shown.parts
    moves = (
        {"place", "moves"} <= shown.parts
        and c.LAST_PLACE in shown.wide.columns
        and _any(shown.column(c.LAST_PLACE))
    )
    return {
        "codes": codes,
        "names": [str(name or "") for name in shown.column(c.NAME)],
        "groups": [groups.index(str(code)) for code in shown.column(c.GROUP)],
        "places": [_whole(standing[code][c.PLACE]) if has_places else None for code in codes],
        "tiers": [standing[code][c.TIER] for code in codes] if has_tiers else None,
        "vetoed": [bool(flag) for flag in shown.column(c.VETOED)] if shows_vetoes else None,
        "hasTotal": "total" in shown.parts,
        "last": [_whole(place) for place in shown.column(c.LAST_PLACE)] if moves else None,
        **_certainty(shown, codes),
        "lastScores": _numbers(shown.column(c.LAST_SCORE)) if moves and "total" in shown.parts else None,
    }


def _certainty(shown: Shown, codes: Sequence[str]) -> dict[str, Json]:
    """Return the interval of each unit's place, and a number for those of a group that are not told apart."""
    if shown.robustness is None or not {"place", "intervals"} <= shown.parts:
        return {"intervals": None, "level": None}
    known = [shown.robustness.units.get(code) for code in codes]
    return {
        "intervals": [
            None if one is None or one.low is None or one.high is None else [one.low, one.high]
            for one in known
        ],
        "level": [None if one is None else one.level_with for one in known],
        "share": shown.robustness.level,
        "varied": pair(shown.robustness.varied),
    }


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _any(values: list[Any]) -> bool:
    return any(value is not None for value in values)


def _values(shown: Shown, column: Any) -> dict[str, Json]:  # noqa: ANN401  `c.score` or `c.points`
    """Return what units have at each node, without the noise beyond nine decimals."""
    nodes = [node for node in shown.nodes if node.code != ROOT or "total" in shown.parts]
    if not nodes:
        return {}
    names = [column(node.code) for node in nodes]
    clean = shown.wide.select(*[comparable(nw.col(name).cast(nw.Float64())).alias(name) for name in names])
    return {node.code: _numbers(clean[name].to_list()) for node, name in zip(nodes, names, strict=True)}


def _numbers(values: list[Any]) -> list[Json]:
    return numbers_of([float("nan") if value is None else float(value) for value in values])


def _weights(shown: Shown) -> dict[str, Json]:
    """Return the weight of each node in each group, and what part of its parent that is."""
    if len(shown.nodes) == 1:
        return {"weights": {}, "shares": None}
    groups = [group.code for group in shown.result.scheme.groups]
    weights: dict[str, list[Json]] = {node.code: [None] * len(groups) for node in shown.nodes}
    shares: dict[str, list[Json]] = {node.code: [None] * len(groups) for node in shown.nodes}
    table = shown.result.weights.select("group", "node", "weight", "share")
    for group, node, weight, share in table.iter_rows():
        if node in weights:
            weights[node][groups.index(group)] = weight
            shares[node][groups.index(group)] = share
    return {"weights": weights, "shares": shares}


def _awards(shown: Shown) -> Iterator[Mapping[str, Json]]:
    """Yield who got which award, by code: the order in which they are given tells who was better."""
    if "awards" not in shown.parts:
        return
    index = {str(code): number for number, code in enumerate(shown.column(c.UNIT))}
    given: dict[str, set[int]] = {}
    for award, unit in shown.result.awards.select("award", "unit").iter_rows():
        if str(unit) in index:
            given.setdefault(str(award), set()).add(index[str(unit)])
    for award, units in given.items():
        for unit in sorted(units):
            yield {"name": award, "unit": unit}
