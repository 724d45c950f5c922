"""What every rule answers for itself; one that does not is refused by the type checker.

A rule is a frozen value. What it does to a measure stands elsewhere, once an engine: as columns in
`engine/stages/points/points.py`, as formulas of a workbook in `documents/workbook/sheets/rules/formulas.py`.
All others ask the value.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import fields

from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula, names_in
from quanheng.scheme.rules.anchors import (
    Anchor,
    Answering,
    Direction,
    ItemAnchor,
    LookedUp,
    Role,
    TargetAnchor,
    UnitAnchor,
)
from quanheng.scheme.rules.pool import Plain, PoolStatistic


class Stated(Value, kw_only=False):
    """A range as it is written under `key`, which may have the lower bound above the upper one."""

    key: str
    low: float
    high: float
    may_be_a_point: bool = False


class Answers(Value):
    """What is asked of a rule. Nothing has a default: a new rule has to say all of it."""

    name: str
    """Its word in the scheme language."""
    roles: tuple[Role, ...]
    """The anchors it compares a measure with."""
    formulas: tuple[Formula, ...]
    """Conditions over `x`, `target` and items."""
    statistics: tuple[PoolStatistic, ...]
    """What it looks at in the pool beside its anchors."""
    shown: tuple[PoolStatistic, ...]
    """Those of `statistics` that an explanation shows, in this order."""
    completes: bool
    """Whether it rates how much of a target is done, whatever its anchors and formulas say."""
    divides_by_target: bool
    """Whether it divides by the target, which then must not be 0."""
    compares_values: bool
    """Whether its points hang on which of two values is greater: then computed ones are settled first
    (comparing §1)."""
    base_points: float
    """The points that say neither well nor badly, for gaps that are neutral."""
    fewest_points: float
    """The fewest points it can give, minus infinity where nothing bounds them."""
    thresholds: tuple[float, ...]
    """The stated values of the measure at which the points change their course."""
    allowed: tuple[float, float] | None
    """The range in which a measure must lie, if there is one."""
    ranges: tuple[Stated, ...]
    """The ranges that its numbers state."""
    pairs: tuple[tuple[float, float], ...]
    """Its table of `[x, points]`, x rising, if it has one."""
    ends: tuple[Anchor, Anchor] | None
    """The worst and the best between which it tells units apart: where they are equal all get 100
    (observed §2)."""


class Compared(Value, kw_only=False):
    """What a measure was compared with; `by_anchor` says that the scheme names it as an anchor."""

    role: str
    looked_up: LookedUp
    by_anchor: bool


class Rule(Value):
    """How a measure `x` becomes points.

    Every rule knows only its own numbers. The indicator's direction decides where the best end lies for
    anchors that are observed; stated anchors carry their own direction.
    """

    @abstractmethod
    def _answers(self) -> Answers:
        """Return what is asked of the rule."""

    @abstractmethod
    def _in_chinese(self) -> str:
        """Return the rule's name and its numbers, in the words that offices use."""

    @property
    def name(self) -> str:
        """Its word in the scheme language."""
        return self._answers().name

    @property
    def needs_target(self) -> bool:
        """Whether nothing can be rated without a target."""
        answers = self._answers()
        return (
            answers.completes
            or any(isinstance(role.anchor, TargetAnchor) for role in answers.roles)
            or any("target" in names_in(formula.tree) for formula in answers.formulas)
        )

    @property
    def divides_by_target(self) -> bool:
        """Whether it divides by the target, which then must not be 0."""
        return self._answers().divides_by_target

    @property
    def compares_values(self) -> bool:
        """Whether its points hang on which of two values is greater."""
        return self._answers().compares_values

    @property
    def base_points(self) -> float:
        """The points that say neither well nor badly, for gaps that are neutral."""
        return self._answers().base_points

    @property
    def fewest_points(self) -> float:
        """The fewest points it can give, minus infinity where nothing bounds them."""
        return self._answers().fewest_points

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The stated values of the measure at which the points change their course."""
        return self._answers().thresholds

    @property
    def allowed(self) -> tuple[float, float] | None:
        """The range in which a measure must lie, if there is one."""
        return self._answers().allowed

    @property
    def ranges(self) -> tuple[Stated, ...]:
        """The ranges that its numbers state."""
        return self._answers().ranges

    @property
    def pairs(self) -> tuple[tuple[float, float], ...]:
        """Its table of `[x, points]`, x rising, if it has one."""
        return self._answers().pairs

    @property
    def ends(self) -> tuple[Anchor, Anchor] | None:
        """The worst and the best between which it tells units apart, if it does so."""
        return self._answers().ends

    def formulas(self) -> tuple[Formula, ...]:
        """Return its conditions over `x`, `target` and items."""
        return self._answers().formulas

    def items(self) -> tuple[str, ...]:
        """Return the items that its anchors name, in the order in which they are written."""
        anchors = (role.anchor for role in self._answers().roles)
        return tuple(anchor.item for anchor in anchors if isinstance(anchor, ItemAnchor))

    def units(self) -> tuple[str, ...]:
        """Return the units that its anchors name, in the order in which they are written."""
        anchors = (role.anchor for role in self._answers().roles)
        return tuple(anchor.unit for anchor in anchors if isinstance(anchor, UnitAnchor))

    def statistics(self) -> tuple[PoolStatistic, ...]:
        """Return all that it looks at in the pool, each once, those without numbers of their own first."""
        answers = self._answers()
        of_anchors = (statistic for role in answers.roles for statistic in role.statistics())
        found = dict.fromkeys((*of_anchors, *answers.statistics))
        return tuple(sorted(found, key=lambda statistic: not isinstance(statistic, Plain)))

    def compared(self, direction: Direction) -> tuple[Compared, ...]:
        """Return what a measure of this direction is compared with, as an explanation shows it."""
        answers = self._answers()
        anchors = [Compared(role.name, role.looked_up(direction), by_anchor=True) for role in answers.roles]
        return (*anchors, *(Compared(each.role, each, by_anchor=False) for each in answers.shown))

    def in_words(self, language: Language) -> str:
        """Return its name and its numbers in one line: in English with the words of the scheme language."""
        return self._in_chinese() if language == "zh" else self._as_written()

    def _as_written(self) -> str:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        given = {name: value for name, value in values.items() if value is not None and value is not False}
        numbers = ", ".join(f"{name} {_number(value)}" for name, value in given.items())
        return f"{self.name}: {numbers}" if numbers else self.name


def _number(value: object) -> str:
    match value:
        case Answering():
            return value.in_words("en")
        case Formula(text):
            return f"({text})"
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{value:g}"
        case tuple():
            return " ".join(_number(part) for part in value)
        case _:
            return str(value)
