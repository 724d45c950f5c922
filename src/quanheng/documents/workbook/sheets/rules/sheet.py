"""The sheet of rules: for each indicator the value that is rated, the ratio, and the points of its rule."""

from __future__ import annotations

from quanheng.documents.workbook.draft.draft import Draft
from quanheng.documents.workbook.formulas.cells import Column
from quanheng.documents.workbook.sheets.data import add_identity
from quanheng.documents.workbook.sheets.rules.formulas import rule_formula
from quanheng.documents.workbook.sheets.rules.treated import add_treated
from quanheng.documents.workbook.sheets.statistics import add_statistics
from quanheng.documents.workbook.sheets.statistics_over import add_statistics_over, can_be_looked_up
from quanheng.engine.frame import columns as c
from quanheng.scheme.tree.pools import Over, in_words
from quanheng.scheme.tree.scheme import Indicator


def add_rules(draft: Draft) -> None:
    """Fill the sheet of rules and the statistics they look at."""
    add_identity(draft, "rules")
    for indicator in draft.scheme.indicators:
        add_treated(draft, indicator)
        add_rule(draft, indicator)


def _add_frozen(draft: Draft, indicator: Indicator, name: str) -> None:
    """Add the points of a rule whose pool is no range of rows, as the engine gives them."""
    assert not isinstance(indicator.within, str)  # noqa: S101 - narrows the type: groups are ranges of rows
    note = draft.say("rules.pool", pool=in_words(indicator.within).in_language(draft.language))
    draft.add(
        "rules",
        Column(
            key=c.rated(indicator.code),
            title=draft.say("rules.points", name=name),
            role="frozen",
            values=draft.facts.rated(indicator.code),
            note=note,
            code=indicator.code,
            groups=frozenset(indicator.groups),
        ),
    )


def add_rule(draft: Draft, indicator: Indicator) -> None:
    """Add the statistics, the ratio and the points of a rule to the sheet, beside what it rates."""
    name = draft.name_of(indicator)
    if isinstance(indicator.within, Over) and can_be_looked_up(indicator):
        add_statistics_over(draft, indicator)
    elif not isinstance(indicator.within, str):
        _add_frozen(draft, indicator, name)
        return
    else:
        add_statistics(draft, indicator)
    formula = rule_formula(draft, indicator)
    groups = frozenset(indicator.groups)
    note = indicator.rule.in_words(draft.language)
    if formula.ratio is not None:
        key, title = c.ratio(indicator.code), draft.say("rules.ratio", name=name)
        values = draft.facts.shown(key)
        draft.add(
            "rules",
            Column(
                key=key,
                title=title,
                role="live",
                values=values,
                formula=formula.ratio,
                note=note,
                code=indicator.code,
                groups=groups,
            ),
        )
    key, title = c.rated(indicator.code), draft.say("rules.points", name=name)
    draft.add(
        "rules",
        Column(
            key=key,
            title=title,
            role="live",
            values=draft.facts.rated(indicator.code),
            formula=formula.points,
            note=note,
            code=indicator.code,
            groups=groups,
        ),
    )
