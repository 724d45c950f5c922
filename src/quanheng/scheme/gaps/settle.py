"""Policies for gaps and treatments of outliers: from their forms to their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quanheng.findings.finding import Kind
from quanheng.scheme.fields.fields import share_of
from quanheng.scheme.fields.findings import KEYS_CLASH
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.margin import Margin
from quanheng.scheme.gaps.form import FillForm, GapsForm, MissingForm, NodeGapsForm, TreatmentForm
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


def least_of(
    form: NodeGapsForm | None, code: str, children: int, path: Path, margin: Margin, *, beside: str | None
) -> Least | None:
    """Return how much of a dimension has to be there; policies for gaps stand at its indicators.

    `beside` names the key of the dimension beside which nothing can be asked for, if there is one.
    """
    if form is None:
        return None
    for key in ("missing", "not_applicable"):
        if getattr(form, key) is not None:
            margin.note(KEYS_CLASH, (*path, "gaps", key), key=key, other="children")
    stated, where = form.at_least, (*path, "gaps", "at_least")
    if stated is None:
        return None
    if beside is not None:
        margin.note(KEYS_CLASH, where, key="at_least", other=beside)
    if not isinstance(stated, int):
        return Least(share=share_of(stated))
    if stated > children:
        margin.note(NEVER_ENOUGH, where, code=code, count=stated, children=children)
    return Least(count=stated)


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
