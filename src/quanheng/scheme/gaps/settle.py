"""Policies for gaps and treatments of outliers: from their forms to their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.fields import share_of
from quanheng.scheme.fields.findings import KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.gaps.form import (
    AllGapsForm,
    FillForm,
    GapsForm,
    MissingForm,
    NodeGapsForm,
    TreatmentForm,
)
from quanheng.scheme.gaps.policies import (
    NOT_APPLICABLE_POLICIES,
    POLICIES,
    Fill,
    Gaps,
    Least,
    MissingIsError,
    MissingPolicy,
)
from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Treatment, Winsorise

AnyGapsForm: TypeAlias = NodeGapsForm | AllGapsForm | None
"""What may be asked for at a dimension, or at the top."""


def gaps_of(forms: Sequence[GapsForm | None]) -> Gaps:
    """Return the policies of the first of `forms` that states each."""
    given = [form for form in forms if form is not None]
    missing = next((form.missing for form in given if form.missing is not None), None)
    not_applicable = next((form.not_applicable for form in given if form.not_applicable is not None), None)
    return Gaps(
        missing=MissingIsError() if missing is None else _missing(missing),
        not_applicable=NOT_APPLICABLE_POLICIES[not_applicable or "redistribute"],
    )


NEVER_ENOUGH: Final = Kind(
    code="QH658",
    severity="error",
    en="'{code}' needs {count} of its children and has {children}",
    zh="“{code}”要求至少{count}项下级有数据，而它只有{children}项下级",
    hint_en="write at most {children}, or a share such as 60%",
    hint_zh="请写不超过{children}的数，或写比例，如60%",
)


REQUIRED_NOT_HERE: Final = Kind(
    code="QH870",
    severity="error",
    en="'{code}' cannot be required: the node above is made by '{key}' of units against each other",
    zh="“{code}”不能设为必备（required）：其上级由单位之间相互比较得出（{key}）",
    hint_en="join the children by a mean, with stated weights, or leave out 'required'",
    hint_zh="请改用写明权重的平均方法合成下级，或删去必备（required）",
)


def least_of(
    form: AnyGapsForm,
    children: Mapping[str, NodeGapsForm | None],
    path: Path,
    margin: Margin,
    *,
    beside: str | None,
) -> Least | None:
    """Return how much of a dimension has to be there; policies for gaps stand at its indicators.

    `children` are the forms of those below it, which stand at `path`. `beside` names the key of the dimension
    beside which nothing can be asked for, if there is one.
    """
    required = tuple(child for child, own in children.items() if own is not None and own.required is True)
    for child in required if beside is not None else ():
        margin.note(REQUIRED_NOT_HERE, (*path, child, "gaps", "required"), code=child, key=beside)
    at = (*path[:-1], "gaps")
    stated = None if form is None else form.where
    condition = margin.formula_or_none(stated, (*at, "where"))
    if beside is not None and condition is not None:
        margin.note(KEYS_CLASH, (*at, "where"), key="where", other=beside)
    asked = Least(required=required, condition=condition) if required or condition is not None else None
    if not isinstance(form, NodeGapsForm):
        return asked
    for key in ("missing", "not_applicable"):
        if getattr(form, key) is not None:
            margin.note(KEYS_CLASH, (*at, key), key=key, other="children")
    least, where = form.at_least, (*at, "at_least")
    if least is None:
        return asked
    if beside is not None:
        margin.note(KEYS_CLASH, where, key="at_least", other=beside)
    if not isinstance(least, int):
        return Least(share=share_of(least), required=required, condition=condition)
    if least > len(children):
        margin.note(NEVER_ENOUGH, where, code=path[-2], count=least, children=len(children))
    return Least(count=least, required=required, condition=condition)


def where_of(forms: Sequence[AllGapsForm | None]) -> AllGapsForm | None:
    """Return the first of `forms` that states a condition of the total."""
    return next((form for form in forms if form is not None and form.where is not None), None)


def treatment_of(forms: Sequence[TreatmentForm | None]) -> Treatment | None:
    """Return the treatment the first of `forms` that is given means; `none` means no treatment."""
    form = next((form for form in forms if form is not None), "none")
    if form == "log":
        return AlwaysLog()
    if isinstance(form, str):
        return None
    if form.quantiles is not None:
        return QuantileLimits(low=form.quantiles[0], high=form.quantiles[1])
    return Winsorise(
        points=form.winsorise or 0,
        then=form.then or "log",
        skewness=2.0 if form.skewness is None else form.skewness,
        kurtosis=3.5 if form.kurtosis is None else form.kurtosis,
    )


def _missing(form: MissingForm) -> MissingPolicy:
    if isinstance(form, FillForm):
        return Fill(statistic=form.fill, within=form.within, at=form.at)
    return POLICIES[form]
