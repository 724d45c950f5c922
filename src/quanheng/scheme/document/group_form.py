"""The groups and pools of units of a scheme, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from quanheng.findings.errors import DataError
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import (
    Form,
    FormulaText,
    Line,
    Name,
    Number,
    bad_form,
    named,
    text_of_number,
)


class GroupForm(Form, zh="相互比较的单位。"):
    """Units compared with each other."""

    name: Name = None
    marks: Annotated[
        Annotated[Number, Field(gt=0)] | None,
        Text(
            en="What the root is worth for it, if not the scheme's `marks`.",
            zh="该组的满分；不写则用方案的 `marks`。",
        ),
    ] = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text, or a text in two languages, as the name."""
        if isinstance(value, Mapping) and value and set(value) <= {"zh", "en"}:
            return {"name": value}
        return named(value)


WithinForm: TypeAlias = Line
"""Whose values count: a word, or the name of a pool, a group or a column of the units."""


NO_ROUNDS: Final = "none"
"""What says that only the round itself is looked at, where the defaults name several."""


def _rounds(value: str) -> str:
    """Return several rounds as they are written best: `2018..2022`."""
    if value == NO_ROUNDS:
        return value
    from quanheng.periods.span import periods_named, text_of_periods  # noqa: PLC0415  few schemes name several

    try:
        periods = periods_named(value)
    except DataError as error:
        raise bad_form(value, Text(en=str(error), zh="请写若干考核期，如 2018..2022")) from None
    if len({period.length_months for period in periods}) > 1:
        raise bad_form(value, Text(en="name rounds of one length", zh="请写长度相同的考核期"))
    return text_of_periods(periods)


OverForm: TypeAlias = Annotated[
    str,
    BeforeValidator(text_of_number),
    AfterValidator(_rounds),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["2018..2022"]}),
]
"""Several rounds, `2018..2022`, or `none`."""


class PoolForm(Form, zh="按条件确定的一批单位，供比较范围（within）使用。"):
    """Units for which a condition holds, for `within`."""

    name: Name = None
    where: Annotated[
        FormulaText,
        Text(
            en="Which units: a condition over items, attributes among them, and `group`.",
            zh="哪些单位：由数据项（含单位属性）和 `group` 组成的条件。",
        ),
    ]
