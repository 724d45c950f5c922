"""Pools: the units whose values count for what is observed, by group, attribute or condition."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas.tree import Formula

if TYPE_CHECKING:
    from quanheng.scheme.document.document import Document


class Alike(Value):
    """The units that have the unit's own value of an attribute."""

    column: str


class Inside(Value, aside=("where",)):
    """The units for which a condition holds, such as those of a named pool or another group.

    A unit outside is compared with their figures.
    """

    code: str
    name: Text
    condition: Formula
    where: Location = NOWHERE


Within: TypeAlias = Literal["group", "all"] | Alike | Inside
"""Whose values count for what is observed of an indicator."""


def in_words(within: Within) -> Text:
    """Return whose values count, as texts say it.

    Examples:
        >>> in_words("all").en, in_words(Alike(column="region")).en
        ('all units', "units of the same 'region'")
    """
    match within:
        case "group":
            return Text(zh="本组", en="the group")
        case "all":
            return Text(zh="全部单位", en="all units")
        case Alike(column=column):
            return Text(zh=f"“{column}”相同的单位", en=f"units of the same '{column}'")
        case Inside(code=code, name=name):
            zh, en = name.in_language("zh") or code, name.in_language("en") or code
            return Text(zh=f"“{zh}”的单位", en=f"units of '{en}'")


POOL_CALLED_OTHERWISE: Final = Kind(
    code="QH195",
    severity="error",
    en="the pool '{code}' is called like a group, or like a word of 'within'",
    zh="比较范围“{code}”与分组或“本组”“全部”（group, all）同名",
    hint_en="give the pool another code",
    hint_zh="请为该比较范围另取编码",
)


def pools_of(document: Document, groups: Collection[str], margin: Margin) -> Iterator[tuple[str, Inside]]:
    """Yield the pools that `document` defines, with their codes."""
    for code, form in document.pools.items():
        if code in {"group", "all", *groups}:
            margin.note(POOL_CALLED_OTHERWISE, ("pools", code), code=code)
        yield (
            code,
            Inside(
                code=code,
                name=text_of(form.name, code),
                condition=margin.formula(form.where, ("pools", code, "where")),
                where=margin.at(("pools", code)),
            ),
        )
