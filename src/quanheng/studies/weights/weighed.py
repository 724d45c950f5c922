"""A book scored with its weights made by each method: scores, places, and the parts of each child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.engine.stages.weights.methods import pool_weights
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.tree.scheme import Dimension, Scheme
from quanheng.scheme.weights.methods import METHODS, BenefitOfTheDoubt, WeightMethod
from quanheng.studies.variants.edits import with_method, with_weights
from quanheng.studies.weights.chosen import Judged, judged_weights
from quanheng.studies.weights.form import MethodWord, WeightsForm

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

SCHEME: Final = "scheme"
"""The name under which the scheme's own weights stand beside the methods."""

Part = tuple[str, str, str]
"""A group, a dimension, a child of it."""


class Weighed(Value):
    """What comes of one method: by unit its score and place, by group, dimension and child its part.

    `out` are the groups in which the method cannot be had; nothing is known of them.
    """

    name: str
    title: Text
    scores: Mapping[str, float | None]
    places: Mapping[str, int | None]
    parts: Mapping[Part, float]
    out: frozenset[str] = frozenset()


CANNOT_BE_HAD: Final = Kind(
    code="QH740",
    severity="warning",
    en="{method} is left out: {reason}",
    zh="未采用{method}：{reason}",
    hint_en="{hint}",
    hint_zh="{hint}",
)
SEES_NO_DIFFERENCE: Final = Kind(
    code="QH741",
    severity="warning",
    en="{method} is left out in {group}: {count} units have points for all children of {node}, and it "
    "sees no difference between them",
    zh="{group}未采用{method}：{node}的下级指标齐全的单位有{count}个，该方法无从区分",
    hint_en="leave that dimension out with 'nodes:' in the study file, or report what is missing",
    hint_zh="可在研究文件的节点（nodes）中不列该节点，或补报缺失数据",
)
NO_JUDGEMENTS: Final = Kind(
    code="QH744",
    severity="note",
    en="AHP is left out: no judgements are given",
    zh="未采用层次分析法：没有给出判断",
    hint_en="write them under 'judgements:' in the study file, a matrix for each dimension",
    hint_zh="请在研究文件的判断（judgements）中按节点写出判断矩阵",
)
BOUNDS: Final = Kind(
    code="QH747",
    severity="warning",
    en="benefit of the doubt is left out: no weights of {count} children of {node} lie within its bounds",
    zh="未采用 BOD：{node}的{count}个下级无法都在上下限之内",
    hint_en="let least × children be at most 100 %, and most × children at least 100 %",
    hint_zh="最小占比×个数应不超过100%，最大占比×个数应不低于100%",
)

_EXACT: Final = 1e-9


def own_weights(result: Result) -> Weighed:
    """Return what the scheme's own weights give."""
    return _weighed(SCHEME, Text(en="the scheme", zh="方案"), result)


def weighed_by(
    word: MethodWord,
    book: Book,
    nodes: Sequence[Dimension],
    judged: Sequence[Judged],
    settings: WeightsForm,
) -> tuple[Weighed | None, tuple[Finding, ...]]:
    """Return what a method gives for the children of `nodes`, and why it, or a group, is left out.

    AHP weighs the children of the dimensions there are judgements about.
    """
    if word == "ahp":
        return _by_judgements(book, [each for each in judged if each.is_given])
    method = BenefitOfTheDoubt(settings.bod.least, settings.bod.most) if word == "bod" else METHODS[word]
    if isinstance(method, BenefitOfTheDoubt):
        beyond = tuple(_beyond(method, nodes))
        if beyond:
            return None, beyond
    return _scored(word, method, with_method(book.scheme, [each.code for each in nodes], method), book, nodes)


def _by_judgements(book: Book, judged: Sequence[Judged]) -> tuple[Weighed | None, tuple[Finding, ...]]:
    if not judged:
        return None, (NO_JUDGEMENTS.at(),)
    return _scored("ahp", judged[0].method, judged_scheme(book.scheme, judged), book, ())


def judged_scheme(scheme: Scheme, judged: Sequence[Judged]) -> Scheme:
    """Return `scheme` with the weights that the judgements give, as stated ones."""
    weights = {
        child: by_group
        for each in judged
        for child, by_group in judged_weights(each.method, each.dimension).items()
    }
    return with_weights(scheme, weights)


def _scored(
    word: str, method: WeightMethod, scheme: Scheme, book: Book, nodes: Sequence[Dimension]
) -> tuple[Weighed | None, tuple[Finding, ...]]:
    try:
        result = score(replace(book, scheme=scheme))
    except FindingsError as error:
        first = next(finding for finding in error.findings if finding.severity == "error")
        reason = Text(en=first.message("en"), zh=first.message("zh"))
        hint = Text(en=first.hint("en"), zh=first.hint("zh"))
        return None, (CANNOT_BE_HAD.at(first.where, method=method.title, reason=reason, hint=hint),)
    out, told = _alike(method, result, {each.code for each in nodes})
    weighed = _weighed(word, method.title, result, out)
    if out >= set(result.ranking[c.GROUP].to_list()):
        return None, told
    return weighed, told


def _beyond(method: BenefitOfTheDoubt, nodes: Sequence[Dimension]) -> Iterator[Finding]:
    for each in nodes:
        for count in sorted({sum(group in child.groups for child in each.children) for group in each.groups}):
            raised = method.with_children(max(1, count))
            if raised.least * count > 1.0 + _EXACT:
                yield BOUNDS.at(each.where, node=each.name, count=count)


def _alike(
    method: WeightMethod, result: Result, nodes: set[str]
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Return the groups in which a method that goes by points has nothing to go by, and tell of it."""
    out: set[str] = set()
    told = []
    if method.basis != "points":
        return frozenset(), ()
    names = {group.code: group.name for group in result.scheme.groups}
    for dimension in result.scheme.dimensions:
        if dimension.code not in nodes:
            continue
        for found in pool_weights(result.plan, dimension, result.engine):
            group = str(found.pool[0])
            several = sum(group in child.groups for child in dimension.children) > 1
            if several and not found.told_apart:
                out.add(group)
                told.append(
                    SEES_NO_DIFFERENCE.at(
                        dimension.where,
                        method=method.title,
                        group=names[group],
                        node=dimension.name,
                        count=found.units,
                    )
                )
    return frozenset(out), tuple(told)


def _weighed(name: str, title: Text, result: Result, out: frozenset[str] = frozenset()) -> Weighed:
    known = result.ranking.filter(~nw.col(c.GROUP).is_in(list(out))) if out else result.ranking
    units = known[c.UNIT].to_list()
    return Weighed(
        name=name,
        title=title,
        scores=dict(zip(units, known["score"].to_list(), strict=True)),
        places=dict(zip(units, known[c.PLACE].to_list(), strict=True)),
        parts={part: share for part, share in _parts(result).items() if part[0] not in out},
        out=out,
    )


def _parts(result: Result) -> dict[Part, float]:
    """Return what part of its dimension each child is; where each unit has its own, the mean of them."""
    found = {
        (str(group), str(parent), str(node)): float(share)
        for group, node, parent, share in result.weights.select("group", "node", "parent", "share").rows()
        if parent is not None and share is not None
    }
    for dimension in result.scheme.dimensions:
        if dimension.method.by_unit:
            columns = {child.code: c.unit_weight(dimension.code, child.code) for child in dimension.children}
            means = result.wide.group_by(c.GROUP).agg(nw.col(*columns.values()).mean())
            for row in means.rows(named=True):
                # where they are no shares, they are marks
                whole = 1.0
                if not dimension.method.against_best:
                    whole = sum(row[column] or 0.0 for column in columns.values()) or 1.0
                for child, column in columns.items():
                    if row[column] is not None:
                        found[str(row[c.GROUP]), dimension.code, child] = float(row[column]) / whole
    return found
