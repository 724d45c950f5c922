"""Adjustments, rounding, tiers and awards: from their forms to their values."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.fields import share_of
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.grades.form import (
    AdjustmentRuleForm,
    AdjustmentsForm,
    AwardForm,
    LimitForm,
    RoundingForm,
    TierForm,
)
from quanheng.scheme.grades.grades import Adjustments, Award, ComputedAdjustment, Limit, Quota, Rounding, Tier


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


def rounding_of(form: RoundingForm | None) -> Rounding:
    """Return the rounding `form` means."""
    if form is None:
        return Rounding()
    return Rounding(ratio=form.ratio, points=form.points, scores=form.scores, total=form.total)


def tiers_of(forms: Sequence[TierForm], margin: Margin) -> tuple[Tier, ...]:
    """Return the tiers `forms` mean."""
    return tuple(
        Tier(
            name=form.name,
            top=_quota(form.top),
            at_least=form.at_least,
            unless=margin.formula_or_none(form.unless, ("tiers", index, "unless")),
            where=margin.at(("tiers", index)),
        )
        for index, form in enumerate(forms)
    )


def awards_of(forms: Sequence[AwardForm], groups: Sequence[str], margin: Margin) -> tuple[Award, ...]:
    """Return the awards `forms` mean, in a scheme that declares `groups`."""
    return tuple(_award(form, ("awards", index), groups, margin) for index, form in enumerate(forms))


def _award(form: AwardForm, path: Path, groups: Sequence[str], margin: Margin) -> Award:
    for group in form.groups:
        if group not in groups:
            margin.note_unknown_group(group, (*path, "from"), groups)
    if form.by is not None and form.take is None:
        margin.note(KEY_NEEDS, (*path, "by"), key="by", other="take")
    return Award(
        name=form.name,
        groups=form.groups,
        take=_quota(form.take),
        condition=margin.formula_or_none(form.where, (*path, "where")),
        by=margin.formula_or_none(form.by, (*path, "by")),
        recipient=form.to,
        every=form.every,
        despite_veto=form.veto == "allowed",
        where=margin.at(path),
    )


def _limit(form: LimitForm | None, path: Path, margin: Margin) -> Limit:
    if form is None:
        return Limit()
    return Limit(cap=form.cap, when=margin.formula_or_none(form.when, (*path, "when")))


def _computed(form: AdjustmentRuleForm, path: Path, margin: Margin) -> ComputedAdjustment:
    if form.kind == "veto":
        if form.when is None:
            margin.note(KEY_NEEDS, path, key="kind: veto", other="when")
        for key in ("marks", "node"):
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
        where=margin.at(path),
    )


def _quota(quota: int | str | None) -> Quota | None:
    if quota is None:
        return None
    return Quota(count=quota) if isinstance(quota, int) else Quota(share=share_of(quota))
