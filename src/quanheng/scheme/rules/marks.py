"""公式计分: the marks that a formula gives."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final

from quanheng.findings.text import Text
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    Call,
    Expression,
    Formula,
    Name,
    Negated,
    Number,
    names_in,
)
from quanheng.scheme.rules.entry import Written
from quanheng.scheme.rules.rule import Answers, Rule
from quanheng.scheme.tools.examples import rated
from quanheng.scheme.tools.tool import Option, Tool


class ByMarks(Rule):
    """公式计分: a formula over `x`, `target`, `marks` and items gives marks; points are 100 times their part.

    `marks` is what the indicator is worth by the scheme, in the group of the unit.
    """

    formula: Formula

    @property
    def follows_weight(self) -> bool:
        """Whether its points change with what the indicator is worth; not where its marks are a part of that.

        Examples:
            >>> from quanheng.scheme.formulas.parse import parse_formula
            >>> formulas = ("max(marks * (1 - 0.1 * x), 0)", "marks - 2 * x")
            >>> [ByMarks(formula=parse_formula(formula)).follows_weight for formula in formulas]
            [False, True]
        """
        return _power_of_marks(self.formula.tree) not in (1, _ANY)

    def _answers(self) -> Answers:
        return Answers(
            name="marks",
            roles=(),
            formulas=(self.formula,),
            statistics=(),
            shown=(),
            completes=False,
            divides_by_target=False,
            compares_values=True,
            base_points=0.0,
            fewest_points=-inf,
            thresholds=(),
            allowed=None,
            ranges=(),
            pairs=(),
            ends=None,
        )

    def _in_chinese(self) -> str:
        return f"公式计分：得 {self.formula.text} 分（按分值计）"


_ANY: Final = -1
"""The power of 0, which is as well 0 times any."""
_ALIKE: Final = ("max", "min", "abs", "sum", "mean")


def _power_of_marks(tree: Expression) -> int | None:
    """Return with which power of `marks` a formula grows: 1 if twice the marks give twice as much.

    None where it is none, or this does not see it.
    """
    match tree:
        case Number(value):
            return _ANY if value == 0.0 else 0
        case Name("marks"):
            return 1
        case Negated(operand):
            return _power_of_marks(operand)
        case Arithmetic("+" | "-", left, right):
            return _same((left, right))
        case Arithmetic("*", left, right):
            one, other = _power_of_marks(left), _power_of_marks(right)
            if one is None or other is None:
                return None
            return _ANY if _ANY in (one, other) else one + other
        case Arithmetic("/", left, right):
            one, other = _power_of_marks(left), _power_of_marks(right)
            if one is None or other is None or other == _ANY:
                return None
            return _ANY if one == _ANY else one - other if one >= other else None
        case Call(function, arguments) if function in _ALIKE:
            return _same(arguments)
        case Call("where", (condition, *others)) if _power_of_marks(condition) == 0:
            return _same(others)
        case _:
            return None if "marks" in names_in(tree) else 0


def _same(parts: Iterable[Expression]) -> int | None:
    powers = {_power_of_marks(part) for part in parts} - {_ANY}
    return _ANY if not powers else powers.pop() if len(powers) == 1 else None


def written() -> Written:
    """Return how the rule is written: `{marks: max(marks - 2 * x, 0)}`."""
    from quanheng.scheme.fields.fields import FormulaText
    from quanheng.scheme.fields.margin import Margin

    def settled(form: FormulaText, path: Path, margin: Margin) -> ByMarks:
        return ByMarks(formula=margin.formula(form, path))

    return Written(
        form=FormulaText,
        settled=settled,
        about=Text(
            en="公式计分: the marks that a formula over `x`, `target`, `marks` (what it is worth) and items "
            "gives.",
            zh="公式计分：由关于 `x`、`target`、`marks`（本指标分值）和数据项的公式直接得出分值。",
        ),
    )


TOOL: Final = Tool(
    name="by-formula",
    family="rules",
    title=Text(zh="公式计分", en="Marks by a formula"),
    written="rule: {marks: 'max(marks - 2 * x, 0)'}",
    formula=Text(
        en="p = 100·(marks of the formula) / (marks it is worth)",
        zh="p = 100·公式所得分值 / 本指标分值",
    ),
    note=Text(
        zh="得分不截断：要“扣完为止”写 max(…, 0)，要封顶写 min(…, marks)。只用于写明分值的节点；"
        "求和之下，分值即求和节点的分值。",
        en="Nothing is cut off: `max(…, 0)` says that no more than all can be taken, `min(…, marks)` that no "
        "more can be earned. It is for nodes whose marks are stated; below a sum these are the sum's.",
    ),
    use=Text(
        zh="方案直接用分值说话时使用：“每发现一起扣 2 分，扣完为止”“每超一个百分点加 0.5 分”。公式里可以用 "
        "x（指标值）、target（目标值）、marks（本指标分值）和数据项。",
        en="Where a scheme speaks in marks: “two marks off for each case, until none are left”, “half a mark "
        "for each point over”. The formula may use `x` (the measure), `target`, `marks` (what the indicator "
        "is worth) and items.",
    ),
    options=(
        Option(
            name="…", default="—", meaning=Text(zh="公式，结果为分值", en="the formula, which gives marks")
        ),
    ),
    examples=(
        rated(
            "{marks: 'max(marks - 20 * x, 0)'}",
            {"A": "0", "B": "2", "C": "9"},
            {"A": 100, "B": 60, "C": 0},
            shows=Text(
                zh="指标值 100 分：B 有 2 起，扣 40 分；C 扣完为止。",
                en="The indicator is worth 100 marks: B has two cases and loses 40; C has none left.",
            ),
        ),
    ),
)
