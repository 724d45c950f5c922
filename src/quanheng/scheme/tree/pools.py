"""Pools: the units whose values count for what is observed, by group, attribute or condition."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from quanheng.findings.finding import NOWHERE, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.formulas.tree import Formula
from quanheng.scheme.rules.pool import ValueOf
from quanheng.scheme.rules.rule import Rule

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


OneRound: TypeAlias = Literal["group", "all"] | Alike | Inside
"""Units of one round."""


class Over(Value):
    """The units of `within` in each of `rounds`: one frame of reference for all of them (observed §4)."""

    within: OneRound
    rounds: tuple[Period, ...]

    @property
    def text(self) -> str:
        """The rounds as they are written.

        Examples:
            >>> from quanheng.periods.span import periods_named
            >>> Over(within="all", rounds=periods_named("2016, 2018..2022")).text
            '2016, 2018..2022'
        """
        from quanheng.periods.span import text_of_periods  # noqa: PLC0415  few schemes look at several rounds

        return text_of_periods(self.rounds)


Within: TypeAlias = OneRound | Over
"""Whose values count for what is observed of an indicator."""


def observes(rule: Rule) -> bool:
    """Return whether `rule` looks at a pool of other units, and not just at units that it names."""
    return any(not isinstance(each, ValueOf) for each in rule.statistics())


def over_rounds(within: OneRound, rounds: str | None, rule: Rule | None) -> Within:
    """Return the units of `within` in the rounds that are named, if `rule` looks at other units."""
    if rounds is None or rounds == "none" or rule is None or not observes(rule):
        return within
    from quanheng.periods.span import periods_named  # noqa: PLC0415  the same

    return Over(within=within, rounds=periods_named(rounds))


def in_one_round(within: Within) -> OneRound:
    """Return which units of each round `within` looks at."""
    return within.within if isinstance(within, Over) else within


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
        case Over(within=inner) as over:
            there = in_words(inner)
            return Text(zh=f"{over.text} 各期{there.zh}", en=f"{there.en} in {over.text}")


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
