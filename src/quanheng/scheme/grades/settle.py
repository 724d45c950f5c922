"""Adjustments: from their forms to their values."""

from __future__ import annotations

from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.grades.form import (
    AdjustmentRuleForm,
    AdjustmentsForm,
    LimitForm,
)
from quanheng.scheme.grades.grades import Adjustments, Category, ComputedAdjustment, Limit, NodeLimit


def adjustments_of(form: AdjustmentsForm | None, margin: Margin) -> Adjustments:
    """Return the adjustments `form` means."""
    if form is None:
        return Adjustments()
    path: Path = ("adjustments",)
    return Adjustments(
        bonus=_limit(form.bonus, (*path, "bonus"), margin),
        penalty=_limit(form.penalty, (*path, "penalty"), margin),
        veto_tier=None if form.veto is None else form.veto.tier,
        rules=tuple(
            _computed(rule, (*path, "rules", index), margin) for index, rule in enumerate(form.rules)
        ),
    )


def _limit(form: LimitForm | None, path: Path, margin: Margin) -> Limit:
    if form is None:
        return Limit()
    categories = tuple(
        Category(
            code=code,
            name=each.name or code,
            cap=each.cap,
            where=margin.at((*path, "categories", code)),
        )
        for code, each in form.categories.items()
    )
    nodes = tuple(
        NodeLimit(
            node=code,
            cap=each.cap,
            categories=each.categories,
            where=margin.at((*path, "nodes", code)),
        )
        for code, each in form.nodes.items()
    )
    when = margin.formula_or_none(form.when, (*path, "when"))
    return Limit(cap=form.cap, when=when, categories=categories, nodes=nodes)


def _computed(form: AdjustmentRuleForm, path: Path, margin: Margin) -> ComputedAdjustment:
    if form.kind == "veto":
        if form.when is None:
            margin.note(KEY_NEEDS, path, key="kind: veto", other="when")
        for key in ("marks", "node", "category"):
            if getattr(form, key) is not None:
                margin.note(KEYS_CLASH, (*path, key), key=key, other="kind: veto")
    elif form.marks is None:
        margin.note(KEY_NEEDS, path, key=f"kind: {form.kind}", other="marks")
    return ComputedAdjustment(
        name=form.name,
        kind=form.kind,
        marks=margin.formula_or_none(form.marks, (*path, "marks")),
        when=margin.formula_or_none(form.when, (*path, "when")),
        node=form.node or ROOT,
        category=form.category,
        where=margin.at(path),
    )
