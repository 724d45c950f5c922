"""Laws of the categories of bonus and penalty marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.scheme.grades.grades import ADJUSTMENTS
from quanheng.scheme.tree.settle import Settled

UNKNOWN_CATEGORY: Final = Kind(
    code="QH660",
    severity="error",
    en="the rule '{name}' names the category '{category}', which {kind} has not",
    zh="规则“{name}”写了分类“{category}”，{kind}没有这一分类",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)
CATEGORY_TWICE: Final = Kind(
    code="QH661",
    severity="error",
    en="two categories of {kind} are called '{name}'",
    zh="{kind}有两个分类名为“{name}”",
    hint_en="rename one of the two: rows name a category by its name or its code",
    hint_zh="请改其中一个的名称：明细按名称或代码写明分类",
)
CATEGORY_OVER_ALL: Final = Kind(
    code="QH662",
    severity="warning",
    en="the category '{name}' of {kind} has a cap of {cap}, above the cap of {all} over all",
    zh="{kind}的分类“{name}”上限为{cap}，高于总的上限{all}",
    hint_en="lower it, or leave it out: the cap over all holds anyway",
    hint_zh="请调低或删去：总的上限仍然有效",
)


def check_categories(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with categories: QH660 in rules, QH661 their names, QH662 their caps."""
    adjustments = settled.scheme.adjustments
    for rule in adjustments.rules:
        codes = [each.code for each in adjustments.categories_of(rule.kind)]
        if rule.kind != "veto" and rule.category is not None and rule.category not in codes:
            yield UNKNOWN_CATEGORY.at(
                rule.where,
                name=rule.name,
                category=rule.category,
                kind=ADJUSTMENTS[rule.kind],
                **suggestion(rule.category, codes),
            )
    for kind, limit in (("bonus", adjustments.bonus), ("penalty", adjustments.penalty)):
        seen: set[str] = set()
        for each in limit.categories:
            if seen & {each.name, each.code}:
                yield CATEGORY_TWICE.at(each.where, kind=ADJUSTMENTS[kind], name=each.name)
            seen |= {each.name, each.code}
            if each.cap is not None and limit.cap is not None and each.cap > limit.cap:
                yield CATEGORY_OVER_ALL.at(
                    each.where,
                    kind=ADJUSTMENTS[kind],
                    name=each.name,
                    cap=f"{each.cap:g}",
                    all=f"{limit.cap:g}",
                )
