"""The study of weights: every method side by side, and what it does to every place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.frame import columns as c
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.scheme.laws.rules import MARKS_AS_IN_THE_SCHEME
from quanheng.scheme.tree.scheme import Dimension
from quanheng.scheme.tree.uses import marked_by_formulas
from quanheng.studies.statistics.one_ranking import inside_groups
from quanheng.studies.study import Study
from quanheng.studies.variants.edits import counting_in
from quanheng.studies.weights.charts import charts_of
from quanheng.studies.weights.chosen import chosen_nodes, judged_nodes
from quanheng.studies.weights.effects import places_in
from quanheng.studies.weights.form import ALL_METHODS, WeightsForm
from quanheng.studies.weights.sensitivity import moved_by_steps
from quanheng.studies.weights.sentences import sentences_of
from quanheng.studies.weights.tables import tables_of
from quanheng.studies.weights.told_judgements import compared_in, contradictions, judgement_tables
from quanheng.studies.weights.weighed import own_weights, weighed_by

FORM: Final = WeightsForm

CONSTANT: Final = Kind(
    code="QH742",
    severity="note",
    en="all units of {group} have the same points for {child}: methods that go by points give it no weight",
    zh="{group}各单位的{child}得分都相同：按得分赋权的方法不给它权重",
    hint_en="an indicator that tells nobody apart is worth a look in the scheme itself",
    hint_zh="不能区分单位的指标，方案中是否需要，值得一看",
)
WATCHED: Final = Kind(
    code="QH745",
    severity="note",
    en="{child} weighs nothing in the scheme and stays out of every method",
    zh="{child}在方案中不计权重，各种方法都不计",
    hint_en="give it a weight in the scheme if it should take part",
    hint_zh="如应计入，请在方案中写明权重",
)


def run(book: Book, settings: WeightsForm) -> Study:
    """Return the study of `book`.

    Raises:
        FindingsError: the book cannot be scored, or judgements in the settings are no matrix of comparisons.
        UsageError: the settings name what is not there, or there is nothing to weigh.
    """
    nodes = chosen_nodes(book.scheme, settings)
    judged = judged_nodes(book.scheme, settings)
    result = score(book)
    weighed = [own_weights(result)]
    findings = [*inside_groups(result.scheme), *_watched(nodes), *_constant(result, nodes)]
    marked = [each.code for each in marked_by_formulas(book.scheme)]
    if marked:
        findings.append(MARKS_AS_IN_THE_SCHEME.at(nodes=", ".join(marked)))
    for word in ALL_METHODS:
        if word in settings.methods:
            one, told = weighed_by(word, book, nodes, judged, settings)
            findings += told
            if one is not None:
                weighed.append(one)
    compared = compared_in(judged, result.scheme.groups) if "ahp" in settings.methods else ()
    moved = moved_by_steps(book, judged) if compared else ()
    findings += contradictions(compared)
    found = [places_in(group, weighed, _names(result, group.code)) for group in result.scheme.groups]
    groups = [each for each in found if each is not None]
    return Study(
        name="weights",
        title=Text(
            en=f"Weights by every method: {result.scheme.title.in_language('en')} {result.round}",
            zh=f"各种赋权方法对照：{result.scheme.title.in_language('zh')} {result.round}",
        ),
        settings=settings,
        sentences=sentences_of(groups, compared, moved),
        tables=(*tables_of(groups, weighed, nodes), *judgement_tables(compared, moved)),
        charts=charts_of(groups, weighed, nodes, settings.most),
        findings=tuple(findings),
    )


def _names(result: Result, group: str) -> dict[str, str]:
    """Return the names of the units of a group, in the order of the ranking."""
    own = result.ranking.filter(nw.col(c.GROUP) == group)
    return dict(zip(own[c.UNIT].to_list(), own[c.NAME].to_list(), strict=True))


def _watched(nodes: Sequence[Dimension]) -> Iterator[Finding]:
    for node in nodes:
        for child in node.children:
            if not counting_in(child, node):
                yield WATCHED.at(child.where, child=child.name)


def _constant(result: Result, nodes: Sequence[Dimension]) -> Iterator[Finding]:
    for group in result.scheme.groups:
        rows = result.wide.filter(nw.col(c.GROUP) == group.code)
        for node in nodes:
            for child in node.children:
                if group.code not in counting_in(child, node) or c.points(child.code) not in rows.columns:
                    continue
                points = rows[c.points(child.code)].drop_nulls()
                if len(points) > 1 and points.min() == points.max():
                    yield CONSTANT.at(child.where, group=group.name, child=child.name)
