"""序时进度 and 季季评, pace and reviews, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Strict, Tag

from quanheng.periods.every import Every
from quanheng.scheme.forms import Form, FormulaText, PeriodText, Share
from quanheng.scheme.grade_forms import Codes

Whole: TypeAlias = Annotated[int, Strict()]


class SeasonalForm(Form):
    """As earlier years went, `{seasonal: 3}`."""

    seasonal: Annotated[Whole, Field(ge=1, le=50)]
    """The most years that are looked at."""


def _curve_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, SeasonalForm) or (isinstance(value, Mapping) and "seasonal" in value):
        return "#seasonal"
    return "#given" if isinstance(value, Mapping) else "#word"


CurveForm: TypeAlias = Annotated[
    Annotated[Literal["even", "seasonal"], Tag("#word")]
    | Annotated[SeasonalForm, Tag("#seasonal")]
    | Annotated[dict[PeriodText, Share], Field(min_length=1), Tag("#given")],
    Discriminator(_curve_form),
]
"""How the year's target is spread: `even`, `seasonal`, or the share due by the end of each period."""


class LightsForm(Form):
    """Conditions that set a light before the completion of what is due does."""

    red: FormulaText | None = None
    """When the light is red, 告警."""
    yellow: FormulaText | None = None
    """When it is yellow, 关注."""
    green: FormulaText | None = None
    """When it is green, 正常."""


class PaceForm(Form):
    """序时进度: what share of a target is due by when, and how its completion is judged."""

    curve: CurveForm | None = None
    """How the year's target is spread (even)."""
    at: dict[PeriodText, Share] = Field(default={})
    """The share due by the end of a period, where it differs from the curve."""
    yellow: Share | None = None
    """Under this part of what is due, an indicator is yellow (95%)."""
    red: Share | None = None
    """Under this part of what is due, an indicator is red (85%)."""
    when: LightsForm | None = None
    """Conditions that set a light before that; the first of red, yellow, green that holds counts."""
    repeat: Annotated[Whole, Field(ge=1, le=100)] | None = None
    """So many of the same yellow or red light in a row are raised (2)."""
    due_soon: Annotated[Whole, Field(ge=0, le=366)] | None = None
    """A record is due soon so many days before its due date (14)."""
    every: Every | None = None
    """How often lights are given (month)."""


class IndicatorPaceForm(PaceForm):
    """The pace of one indicator; what it does not say is as the scheme's."""

    target: Literal["accumulates", "level", "from_start"] | None = None
    """What is due of the target during the year; if not given, as the measure's items say."""


def _pace_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#pace" if isinstance(value, Mapping | IndicatorPaceForm) else "#word"


OwnPaceForm: TypeAlias = Annotated[
    Annotated[Literal["none"], Tag("#word")] | Annotated[IndicatorPaceForm, Tag("#pace")],
    Discriminator(_pace_form),
]
"""The pace of one indicator, or `none` where nothing is due of it during the year."""


class FoldForm(Form):
    """How the year's result is made of the reviews and the year."""

    reviews: Share
    """The part of the reviews' mean."""
    year: Share
    """The part of the year."""


class ReviewsForm(Form):
    """季季评: reviews inside the year."""

    every: Literal["half", "quarter", "month"]
    """How often."""
    nodes: Codes = ()
    """What is reviewed, with all below it; if not given, the indicators with figures for each review."""
    through: Literal["half", "quarter"] | None = None
    """The mean over the year is a mean of the means of these periods, where they are longer than `every`."""
    fold: FoldForm | None = None
    """How they enter the year's result."""
