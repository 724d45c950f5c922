"""Weight methods and aggregations as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from quanheng.scheme import kinds
from quanheng.scheme.forms import Code, Form, Line, Number, Share, wrong
from quanheng.scheme.weights.aggregation import AggregateWord
from quanheng.scheme.weights.methods import WeightWord


def _number_or_groups(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#groups" if isinstance(value, Mapping) else "#number"


_Weight: TypeAlias = Annotated[Number, Field(ge=0)]

WeightForm: TypeAlias = Annotated[
    Annotated[_Weight, Tag("#number")] | Annotated[dict[Code, _Weight], Field(min_length=1), Tag("#groups")],
    Discriminator(_number_or_groups),
]
"""One weight for all groups, or `{towns: 18, parks: 14}`."""


def _cell_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#text" if isinstance(value, str) else "#number"


class AhpForm(Form):
    """层次分析法: weights from a pairwise comparison matrix."""

    order: tuple[Code, ...] | None = None
    """The children the rows and columns stand for; if not given, in the order of the scheme."""
    matrix: tuple[
        tuple[
            Annotated[
                Annotated[Number, Tag("#number")] | Annotated[Line, Tag("#text")], Discriminator(_cell_form)
            ],
            ...,
        ],
        ...,
    ]
    """How many times more important the row is than the column: 1 to 9, or `1/3`."""


class BodForm(Form):
    """BOD: each unit gets the weights that show it best, within bounds."""

    least: Share = 0.0
    """The least part a child has in a unit's composite."""
    most: Share = 1.0
    """The greatest part a child has in a unit's composite."""


class ComputedForm(Form):
    """A weight method with parameters: exactly one of these."""

    ahp: AhpForm | None = None
    bod: BodForm | None = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read an empty `bod` as one without bounds."""
        if isinstance(value, Mapping) and "bod" in value and value["bod"] is None:
            return {**value, "bod": {}}
        return value

    @model_validator(mode="after")
    def _is_exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise wrong(kinds.NOT_EXACTLY_ONE, count=len(self.model_fields_set), forms="ahp, bod")
        return self


def _method_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#computed" if isinstance(value, Mapping | ComputedForm) else "#word"


WeightMethodForm: TypeAlias = Annotated[
    Annotated[WeightWord, Tag("#word")] | Annotated[ComputedForm, Tag("#computed")],
    Discriminator(_method_form),
]
"""How the children share their parent's weight."""


class PowerForm(Form):
    """幂平均, `{power: 2}`."""

    power: Number
    """The exponent, not 0."""


def _aggregate_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#power" if isinstance(value, Mapping | PowerForm) else "#word"


AggregateForm: TypeAlias = Annotated[
    Annotated[AggregateWord, Tag("#word")] | Annotated[PowerForm, Tag("#power")],
    Discriminator(_aggregate_form),
]
"""How the points of the children are joined."""
