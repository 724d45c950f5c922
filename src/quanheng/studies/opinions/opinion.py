"""What each method says of a group, beside the scheme itself; which of them had to stay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.opinions.decision import Column, Decision
from quanheng.studies.opinions.form import OpinionsForm
from quanheng.studies.opinions.lifted import lifted
from quanheng.studies.opinions.methods.catalogue import methods_asked
from quanheng.studies.opinions.methods.method import Method
from quanheng.studies.opinions.methods.vikor import Compromise, Vikor
from quanheng.studies.statistics.ranks import Whole, kendall_w, mean_ranks, places_of, spearman

SCHEME: Final = "scheme"
"""The name under which the scheme's own result stands beside the methods."""


class Opinion(Value):
    """The scores, places and mean ranks that a method gives to the units of a group.

    `scores` are turned so that more is better; `method` is None for the scheme itself.
    """

    method: Method | None
    scores: Column
    places: Whole
    ranks: Column

    @property
    def name(self) -> str:
        """The word of the method, or `scheme`."""
        return SCHEME if self.method is None else self.method.name

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text(en="the scheme", zh="方案") if self.method is None else self.method.title


class Asked(Value):
    """A method in a group: how many of its columns were rescaled, and why it stays out, if it does."""

    method: Method
    rescaled: int
    refusals: tuple[Finding, ...]


class Opinions(Value):
    """All that is known of one group: `opinions` has the scheme's own first."""

    decision: Decision
    asked: tuple[Asked, ...]
    opinions: tuple[Opinion, ...]
    compromise: Compromise | None

    @property
    def concordance(self) -> float | None:
        """Kendall's W of the methods and the scheme."""
        return kendall_w([each.ranks for each in self.opinions])

    @property
    def spread(self) -> Whole:
        """By how many places the opinions on each unit differ."""
        return self.worst - self.best

    @property
    def best(self) -> Whole:
        """The best place that any opinion gives to each unit."""
        least: Whole = _stacked(self.opinions).min(axis=0)
        return least

    @property
    def worst(self) -> Whole:
        """The worst place that any opinion gives to each unit."""
        most: Whole = _stacked(self.opinions).max(axis=0)
        return most

    def agreements(self) -> dict[tuple[str, str], float | None]:
        """Return Spearman's correlation of each pair of opinions, in both orders, and 1 with itself."""
        found: dict[tuple[str, str], float | None] = {}
        for each in self.opinions:
            found[each.name, each.name] = spearman(each.ranks, each.ranks)
        for one, two in combinations(self.opinions, 2):
            found[one.name, two.name] = found[two.name, one.name] = spearman(one.ranks, two.ranks)
        return found


def _stacked(opinions: Sequence[Opinion]) -> Whole:
    return np.stack([each.places for each in opinions])


def opinions_on(decision: Decision, settings: OpinionsForm) -> Opinions:
    """Return what every method that is asked says of a group; one that is not defined on it stays out."""
    asked, opinions = [], [_opinion(None, -decision.scheme_places.astype(float))]
    compromise = None
    above_zero = lifted(decision) if settings.rescale else (decision, 0)
    for method in methods_asked(settings):
        data, rescaled = above_zero if any(True for _ in method.refusals(decision)) else (decision, 0)
        refusals = tuple(method.refusals(data))
        asked.append(Asked(method=method, rescaled=0 if refusals else rescaled, refusals=refusals))
        if refusals:
            continue
        if isinstance(method, Vikor):
            compromise = method.compromise(data)
        scores = method.scores(data)
        opinions.append(_opinion(method, scores if method.better == "more" else -scores))
    return Opinions(decision=decision, asked=tuple(asked), opinions=tuple(opinions), compromise=compromise)


def _opinion(method: Method | None, more_is_better: Column) -> Opinion:
    return Opinion(
        method=method,
        scores=more_is_better,
        places=places_of(more_is_better),
        ranks=mean_ranks(more_is_better),
    )


CONSTANT: Final = Kind(
    code="QH733",
    severity="note",
    en="{indicator} is the same for all units of {group}: it has no weight in the opinions",
    zh="{group}各单位的{indicator}都相同：各种方法中不计权重",
    hint_en="an indicator that tells nobody apart is worth a look in the scheme itself",
    hint_zh="不能区分单位的指标，方案中是否需要，值得一看",
)
GAPS: Final = Kind(
    code="QH734",
    severity="note",
    en="{count} units of {group} lack some of the criteria: their weight goes to the rest, as in the scheme",
    zh="{group}有{count}个单位缺少部分准则：权重由其余准则分担，与方案相同",
    hint_en="they are compared on fewer criteria than the others; 'criteria' says which have gaps",
    hint_zh="这些单位比较的准则较少；缺在哪里见准则表（criteria）",
)
UNITS_OUT: Final = Kind(
    code="QH735",
    severity="note",
    en="{count} units of {group} take no part: they have no place, or no value that tells units apart",
    zh="{group}有{count}个单位不参加比较：没有位次，或没有可以区分的数据",
    hint_en="see the result of the scheme itself for them",
    hint_zh="请看方案自身的结果",
)
ADJUSTED: Final = Kind(
    code="QH737",
    severity="note",
    en="the scheme's own places rest on more than the indicators ({what}); the methods know nothing of that",
    zh="方案的位次除指标外还受{what}影响，各种方法不计这些",
    hint_en="where places differ, look first whether that is why",
    hint_zh="位次不同时，请先看是否由此而来",
)


def notes_on(opinions: Opinions) -> Iterator[Finding]:
    """Yield which methods stay out, which indicators tell nobody apart, and who lacks values."""
    decision = opinions.decision
    group = decision.group.name
    for asked in opinions.asked:
        yield from asked.refusals
    for each in decision.all_criteria:
        if each.is_constant:
            yield CONSTANT.at(each.indicator.where, indicator=each.indicator.name, group=group)
    lacking = int(np.isnan(decision.values).any(axis=1).sum())
    if lacking:
        yield GAPS.at(group=group, count=lacking)
