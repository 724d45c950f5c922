"""The groups and pools of units of a scheme, as they are written."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, FormulaText, Line, Name, Number, named


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
