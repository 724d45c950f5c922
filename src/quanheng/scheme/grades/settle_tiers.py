"""Tiers, what lowers them, and awards: from their forms to their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.fields import share_of
from quanheng.scheme.fields.findings import KEY_NEEDS, KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.grades.quotas import ByGroup, Quota, groups_stated
from quanheng.scheme.grades.tiers import Award, Lowering, Tier
from quanheng.scheme.grades.tiers_form import AwardForm, LoweringForm, SharedForm, TierForm, TiesForm

GROUPS_OF_A_TIER_DIFFER: Final = Kind(
    code="QH190",
    severity="error",
    en="'{name}' names the group '{group}' in one of 'groups' and its quotas and bounds only",
    zh="“{name}”的适用分组、名额和下限对分组“{group}”的规定不一致",
    hint_en="state the quota and the bound for the same groups, and name these in 'groups' or leave it out",
    hint_zh="名额和下限应写明相同的分组；适用分组（groups）写这些分组，或者不写",
)


def ties_of(
    form: TiesForm | None, groups: Sequence[str], margin: Margin
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """Return the nodes that tell equal totals apart, of all groups, and of each group."""
    if form is None:
        return (), {}
    if not isinstance(form.break_by, Mapping):
        return form.break_by, {}
    for group in form.break_by:
        if group not in groups:
            margin.note_unknown_group(group, ("ties", "break_by", group), groups)
    return (), dict(form.break_by)


def tiers_of(forms: Sequence[TierForm], groups: Sequence[str], margin: Margin) -> tuple[Tier, ...]:
    """Return the tiers `forms` mean, in a scheme that declares `groups`."""
    return tuple(_tier(form, ("tiers", index), groups, margin) for index, form in enumerate(forms))


def lowerings_of(forms: Sequence[LoweringForm], margin: Margin) -> tuple[Lowering, ...]:
    """Return what lowers tiers."""
    return tuple(_lowering(form, ("lower", index), margin) for index, form in enumerate(forms))


def awards_of(forms: Sequence[AwardForm], groups: Sequence[str], margin: Margin) -> tuple[Award, ...]:
    """Return the awards `forms` mean, in a scheme that declares `groups`."""
    return tuple(_award(form, ("awards", index), groups, margin) for index, form in enumerate(forms))


def _tier(form: TierForm, path: Path, groups: Sequence[str], margin: Margin) -> Tier:
    stated = {"top": form.top, "last": form.last, "at_least": form.at_least, "at_most": form.at_most}
    named = {key: tuple(part) for key, part in stated.items() if isinstance(part, Mapping)}
    if form.groups is not None:
        named["groups"] = form.groups
    _check_groups(form.name, named, path, groups, margin)
    standing = form.groups if form.groups is not None else groups_stated(*stated.values())
    return Tier(
        name=form.name,
        top=_quotas(form.top),
        last=_quotas(form.last),
        at_least=dict(form.at_least) if isinstance(form.at_least, Mapping) else form.at_least,
        at_most=dict(form.at_most) if isinstance(form.at_most, Mapping) else form.at_most,
        groups=standing,
        condition=margin.formula_or_none(form.where, (*path, "where")),
        unless=margin.formula_or_none(form.unless, (*path, "unless")),
        where=margin.at(path),
    )


def _check_groups(
    name: str, named: Mapping[str, Sequence[str]], path: Path, groups: Sequence[str], margin: Margin
) -> None:
    """Note groups that are not known, and those that one part names and another does not."""
    for key, codes in named.items():
        for group in codes:
            if group not in groups:
                margin.note_unknown_group(group, (*path, key), groups)
    for group in dict.fromkeys(group for codes in named.values() for group in codes):
        missing = next((key for key, codes in named.items() if group not in codes), None)
        if missing is not None and group in groups:
            margin.note(GROUPS_OF_A_TIER_DIFFER, (*path, missing), name=name, group=group)


def _lowering(form: LoweringForm, path: Path, margin: Margin) -> Lowering:
    if form.by is not None and form.to is not None:
        margin.note(KEYS_CLASH, (*path, "by"), key="by", other="to")
    return Lowering(
        condition=margin.formula(form.when, (*path, "when")),
        by=None if form.to is not None else form.by or 1,
        to=form.to,
        where=margin.at(path),
    )


def _award(form: AwardForm, path: Path, groups: Sequence[str], margin: Margin) -> Award:
    quotas = form.take if form.last is None else form.last
    named: dict[str, Sequence[str]] = {"from": form.groups} if form.groups else {}
    if isinstance(quotas, Mapping):
        named["take" if form.last is None else "last"] = tuple(quotas)
    _check_groups(form.name, named, path, groups, margin)
    if form.by is not None and quotas is None:
        margin.note(KEY_NEEDS, (*path, "by"), key="by", other="take")
    if form.take is not None and form.last is not None:
        margin.note(KEYS_CLASH, (*path, "last"), key="last", other="take")
    return Award(
        name=form.name,
        groups=form.groups or groups_stated(quotas),
        take=_quotas(form.take),
        last=_quotas(form.last),
        condition=margin.formula_or_none(form.where, (*path, "where")),
        by=margin.formula_or_none(form.by, (*path, "by")),
        recipient=form.to,
        every=form.every,
        despite_veto=form.veto == "allowed",
        where=margin.at(path),
    )


def _quotas(form: ByGroup[int | str | SharedForm]) -> ByGroup[Quota]:
    if form is None:
        return None
    if isinstance(form, Mapping):
        return dict(_by_group(form))
    return _quota(form)


def _by_group(form: Mapping[str, int | str | SharedForm]) -> Iterator[tuple[str, Quota]]:
    for group, quota in form.items():
        yield group, _quota(quota)


def _quota(quota: int | str | SharedForm) -> Quota:
    if isinstance(quota, SharedForm):
        return Quota(share=quota.share, rounding=quota.rounding)
    return Quota(count=quota) if isinstance(quota, int) else Quota(share=share_of(quota))
