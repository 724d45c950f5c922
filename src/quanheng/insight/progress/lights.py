"""Green, yellow, red: the light of each value beside what is due (progress §2), always with words.

The conditions of the scheme come first (`scheme.pace.Lights`); of red, yellow, green the first that holds.
Where none is stated or holds, the completion of what is due decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import narwhals as nw

from quanheng.data.book.frames import Frame
from quanheng.engine.formulas.conditions import holds
from quanheng.engine.formulas.expressions import Scope
from quanheng.engine.formulas.operations import Compiled
from quanheng.engine.formulas.pooled import Wanted, with_pooled, without_shared
from quanheng.engine.frame.comparing import compared, settled_mean
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.insight.progress.completion import COMPLETION, DUE, TARGET, VALUE
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.pace.pace import Lights

Light: TypeAlias = Literal["green", "yellow", "red", "none", "not_due", "missing", "not_applicable"]

LIGHT: Final = "light"
WHY: Final = "why"
"""What set the light: one of the words below."""
GROWTH: Final = "growth"
AVERAGE: Final = "average"
YELLOW_UNDER: Final = "yellow_under"
RED_UNDER: Final = "red_under"
"""The parts of what is due under which a light is yellow, or red."""
ABSENT: Final = "absent"
"""Why there is no light: `not_due`, `missing` or `not_applicable`; null where there may be one."""

BY_CONDITION: Final = "condition"
BY_COMPLETION: Final = "completion"
BY_ABSENCE: Final = "absence"
WITHOUT_TARGET: Final = "no_target"


class Look(Value):
    """How a light is shown: a mark of its own shape, a colour, and words; the colour is never alone."""

    mark: str
    colour: str
    word: Text

    def words(self, language: Language) -> str:
        """Return the mark and the word."""
        return f"{self.mark} {self.word.in_language(language)}"


LOOKS: Final[Mapping[str, Look]] = {
    "green": Look(mark="●", colour="#1a7f37", word=Text(en="on pace", zh="正常")),
    "yellow": Look(mark="▲", colour="#b58100", word=Text(en="behind", zh="预警")),
    "red": Look(mark="■", colour="#c62828", word=Text(en="alarm", zh="告警")),
    "none": Look(mark="–", colour="#9e9e9e", word=Text(en="no target", zh="无目标")),
    "not_due": Look(mark="…", colour="#9e9e9e", word=Text(en="not due yet", zh="未到期")),
    "missing": Look(mark="○", colour="#6a1b9a", word=Text(en="not reported", zh="未报送")),
    "not_applicable": Look(mark="/", colour="#9e9e9e", word=Text(en="not applicable", zh="不适用")),
}
"""Every light, the best first among the three."""
BAD: Final = ("red", "yellow")
"""The lights that are raised when they repeat, the worse first."""


def with_lights(frame: Frame, conditions: Mapping[Lights, Sequence[str]] | None = None) -> Frame:
    """Add `light` and `why` to rows that have their completion.

    `frame` has the columns of `completion.py` with what it adds, and indicator, group, `yellow_under`,
    `red_under`, `absent`, `growth` (of the measure against the year before, null where nobody asks).
    `conditions` says which indicators' lights obey which conditions; `average` is the mean of `value` over
    the rows of one indicator and group.

    Examples:
        >>> import polars as pl
        >>> row = {"indicator": "gdp", "group": "towns", "value": 45.0, "target": 100.0, "due": 50.0}
        >>> row |= {"completion": 0.9, "yellow_under": 0.95, "red_under": 0.85, "absent": None}
        >>> frame = nw.from_native(pl.DataFrame([row], schema_overrides={"absent": pl.String}))
        >>> with_lights(frame).select(LIGHT, WHY).rows()
        [('yellow', 'completion')]
    """
    stated = {lights: codes for lights, codes in (conditions or {}).items() if lights != Lights()}
    if any(AVERAGE in _words(lights) for lights in stated):
        frame = frame.with_columns(settled_mean(nw.col(VALUE), over=("indicator", "group")).alias(AVERAGE))
    trees = [formula.tree for lights in stated for _, formula in conditions_of(lights)]
    shared, scopes = with_pooled(frame.lazy(), [Wanted(tree, "more") for tree in trees], _SCOPE)
    set_by_condition = _by_conditions(stated, scopes["more"])
    completion = nw.col(COMPLETION)
    by_completion = (
        nw.when(_under(completion, nw.col(RED_UNDER)))
        .then(nw.lit("red"))
        .otherwise(
            nw.when(_under(completion, nw.col(YELLOW_UNDER)))
            .then(nw.lit("yellow"))
            .otherwise(nw.lit("green"))
        )
    )
    reason = nw.coalesce(nw.col(ABSENT), nw.when(nw.col(VALUE).is_null()).then(nw.lit("missing")))
    absent, no_target = ~reason.is_null(), nw.col(COMPLETION).is_null()
    light = (
        nw.when(absent)
        .then(reason)
        .otherwise(
            nw.when(~set_by_condition.is_null())
            .then(set_by_condition)
            .otherwise(nw.when(no_target).then(nw.lit("none")).otherwise(by_completion))
        )
    )
    why = (
        nw.when(absent)
        .then(nw.lit(BY_ABSENCE))
        .otherwise(
            nw.when(~set_by_condition.is_null())
            .then(nw.lit(BY_CONDITION))
            .otherwise(nw.when(no_target).then(nw.lit(WITHOUT_TARGET)).otherwise(nw.lit(BY_COMPLETION)))
        )
    )
    return without_shared(shared.with_columns(light.alias(LIGHT), why.alias(WHY))).collect()


def needs_growth(lights: Lights) -> bool:
    """Return whether the conditions ask how the measure grew."""
    return GROWTH in _words(lights)


def conditions_of(lights: Lights) -> tuple[tuple[Light, Formula], ...]:
    """Return the conditions that are stated, in the order in which they are asked."""
    pairs: tuple[tuple[Light, Formula | None], ...] = (
        ("red", lights.red),
        ("yellow", lights.yellow),
        ("green", lights.green),
    )
    return tuple((light, formula) for light, formula in pairs if formula is not None)


def _words(lights: Lights) -> frozenset[str]:
    return frozenset(name for _, formula in conditions_of(lights) for name in names_in(formula.tree))


def _by_conditions(stated: Mapping[Lights, Sequence[str]], scope: Scope) -> nw.Expr:
    """Return the light that a condition sets; null where none does."""
    light = nw.lit(None, dtype=nw.String())
    for lights, codes in stated.items():
        here = nw.col("indicator").is_in(list(codes))
        for colour, formula in reversed(conditions_of(lights)):
            light = nw.when(here & holds(formula, scope)).then(nw.lit(colour)).otherwise(light)
    return light


def _under(completion: nw.Expr, limit: nw.Expr) -> nw.Expr:
    """Return whether the completion lies below the limit (comparing §2)."""
    return compared("<", completion, limit)


_SCOPE: Final = Scope(
    columns=frozenset(),
    items=frozenset(),
    names={word: Compiled(value=nw.col(word)) for word in (VALUE, TARGET, DUE, COMPLETION, GROWTH, AVERAGE)},
)
"""The words of a condition of lights, each a column."""
