"""Policies for gaps and the treatment of outliers, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Strict, Tag, model_validator

from quanheng.scheme import kinds
from quanheng.scheme.forms import Form, Line, Number, Share, wrong
from quanheng.scheme.gaps.policies import Fills, FillStatistic, MissingWord, NotApplicableWord


class FillForm(Form):
    """A missing value is filled from the units that have one, `{fill: mean}`."""

    fill: FillStatistic
    """What it is filled with."""
    within: Line | None = None
    """The column of the units inside which the mean is taken; if not given, the group."""
    at: Fills = "value"
    """Fill the value before it is rated, or the points."""


def _missing_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#fill" if isinstance(value, Mapping | FillForm) else "#word"


MissingForm: TypeAlias = Annotated[
    Annotated[MissingWord, Tag("#word")] | Annotated[FillForm, Tag("#fill")],
    Discriminator(_missing_form),
]


class GapsForm(Form):
    """What happens where an indicator has no value."""

    missing: MissingForm | None = None
    """Was to be reported and is not."""
    not_applicable: NotApplicableWord | None = None
    """Does not apply to the unit."""


class AllGapsForm(GapsForm):
    """The same, with the bound that holds for the whole scheme."""

    at_least: Share | None = None
    """A unit whose available weight is under this share is listed but not ranked."""


class TreatForm(Form):
    """Outliers: the JRC/COINr procedure `{winsorise: 5, then: log}`, or `{quantiles: [5%, 95%]}`."""

    winsorise: Annotated[int, Strict(), Field(ge=0, le=100_000)] | None = None
    """The most values that are winsorised."""
    then: Literal["log", "none"] | None = None
    """What follows if that is not enough (log)."""
    skewness: Annotated[Number, Field(gt=0)] | None = None
    """The limit of |skewness| (2)."""
    kurtosis: Annotated[Number, Field(gt=0)] | None = None
    """The limit of kurtosis (3.5)."""
    quantiles: tuple[Share, Share] | None = None
    """Values outside these quantiles are set to them."""

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        if self.quantiles is None and self.winsorise is None:
            raise wrong(kinds.NOT_EXACTLY_ONE, count=0, forms="winsorise, quantiles")
        if self.quantiles is not None and len(self.model_fields_set) > 1:
            other = next(key for key in self.model_fields_set if key != "quantiles")
            raise wrong(kinds.KEYS_CLASH, key=other, other="quantiles")
        return self


def _treat_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#treat" if isinstance(value, Mapping | TreatForm) else "#word"


TreatmentForm: TypeAlias = Annotated[
    Annotated[Literal["log", "none"], Tag("#word")] | Annotated[TreatForm, Tag("#treat")],
    Discriminator(_treat_form),
]
"""How outliers are treated before rating; `none` where the default treats them."""
