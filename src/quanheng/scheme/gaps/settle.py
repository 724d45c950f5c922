"""Policies for gaps and treatments of outliers: from their forms to their values."""

from __future__ import annotations

from collections.abc import Sequence

from quanheng.scheme.gaps.form import FillForm, GapsForm, MissingForm, TreatmentForm
from quanheng.scheme.gaps.policies import (
    NOT_APPLICABLE_POLICIES,
    POLICIES,
    Fill,
    Gaps,
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
