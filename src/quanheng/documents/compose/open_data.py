"""Open data: what the public may see of a result as one table that programs read, and what its columns mean.

A row a unit, figures as they are shown elsewhere; nothing is in it that the scheme does not publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from quanheng.documents.compose.numbers import decimals_of_scores, decimals_of_totals
from quanheng.documents.compose.standings import in_order
from quanheng.documents.subject import Subject
from quanheng.engine.frame import columns as c
from quanheng.findings.printing import printed
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Node

Holds: TypeAlias = Literal["text", "number", "whole"]


class OpenColumn(Value):
    """A column of open data: its name, what it holds, what it means."""

    name: str
    holds: Holds
    meaning: Text


class OpenData(Value):
    """The table; each row has a value, or None, for every column."""

    columns: tuple[OpenColumn, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]


_UNIT = OpenColumn(name="unit", holds="text", meaning=Text(zh="单位代码", en="code of the unit"))
_NAME = OpenColumn(name="name", holds="text", meaning=Text(zh="单位名称", en="name of the unit"))
_GROUP = OpenColumn(name="group", holds="text", meaning=Text(zh="分组代码", en="code of the group"))
_PLACE = OpenColumn(name="place", holds="whole", meaning=Text(zh="位次", en="place in the group"))
_PLACE_OF_ALL = OpenColumn(name="place", holds="whole", meaning=Text(zh="位次（统一排序）", en="place"))
_TOTAL = OpenColumn(name="total", holds="number", meaning=Text(zh="总分", en="total score"))
_TIER = OpenColumn(name="tier", holds="text", meaning=Text(zh="等次", en="tier"))


def open_data(subject: Subject) -> OpenData:
    """Return what `subject` shows its audience: who stands where, and the scores of nodes that are shown.

    The column of a node is called `score_` and the node's code. Units stand in the order in which documents
    name them: it tells no more than the columns do.
    """
    nodes = tuple(_nodes(subject))
    columns = tuple(_standing(subject))
    return OpenData(columns=(*columns, *map(_of_node, nodes)), rows=tuple(_rows(subject, columns, nodes)))


def _standing(subject: Subject) -> Iterator[OpenColumn]:
    scheme = subject.result.scheme
    yield from (_UNIT, _NAME)
    if len(scheme.groups) > 1:
        yield _GROUP
    if subject.shows("place"):
        yield _PLACE_OF_ALL if scheme.ranks_all else _PLACE
    if subject.shows("total"):
        yield _TOTAL
    if subject.shows("tier") and scheme.tiers:
        yield _TIER


def _nodes(subject: Subject) -> Iterator[Node]:
    scheme = subject.result.scheme
    if subject.shows("dimensions"):
        yield from scheme.root.children
    if subject.shows("indicators"):
        named = {node.code for node in scheme.root.children} if subject.shows("dimensions") else set()
        yield from (each for each in scheme.indicators if each.code not in named)


def _of_node(node: Node) -> OpenColumn:
    name = node.name
    meaning = Text(zh=f"得分：{name.zh or node.code}", en=f"score: {name.en or node.code}")
    return OpenColumn(name=f"score_{node.code}", holds="number", meaning=meaning)


def _rows(
    subject: Subject, columns: Sequence[OpenColumn], nodes: Sequence[Node]
) -> Iterator[tuple[str | float | int | None, ...]]:
    scheme = subject.result.scheme
    wide = {row[c.UNIT]: row for row in subject.result.wide.rows(named=True)} if nodes else {}
    totals, scores = decimals_of_totals(scheme), decimals_of_scores(scheme)
    ranking = subject.result.ranking.rows(named=True)
    for row in in_order(subject, ranking):
        told: dict[str, Any] = {**row, "total": _rounded(row["score"], totals)}
        own = wide.get(row["unit"], {})
        yield (
            *(told[column.name] for column in columns),
            *(_rounded(own[c.score(node.code)], scores) for node in nodes),
        )


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else float(printed(value, decimals))
