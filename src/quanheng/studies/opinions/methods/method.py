"""What every method answers for itself, and when it is not defined on the data."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.rules.anchors import Direction
from quanheng.studies.opinions.decision import Decision
from quanheng.studies.opinions.form import Basis, MethodWord

Column: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]


class Method(Value):
    """A way to put units in order. It has no state but the numbers it was asked with."""

    name: ClassVar[MethodWord]
    title: ClassVar[Text]
    looks_at: ClassVar[Basis]
    more: ClassVar[str]
    """How a criterion of which more is better comes in."""
    less: ClassVar[str]
    """The same of one of which less is better."""
    better: ClassVar[Direction]
    """Which end of its scores is better."""
    source: ClassVar[str]

    @abstractmethod
    def scores(self, decision: Decision) -> Column:
        """Return the score of each unit of `decision`; the method is defined on it."""

    def refusals(self, decision: Decision) -> Iterator[Finding]:
        """Yield why the method is not defined on `decision`; nothing where it is."""
        del decision
        yield from ()


NEEDS_POSITIVE: Final = Kind(
    code="QH730",
    severity="warning",
    en="{method} is left out in {group}: it needs values {bound}, and {count} of {of} indicators have "
    "others: {indicators}",
    zh="{group}未采用{method}：它要求数值{bound}，而{of}个指标中有{count}个不是：{indicators}",
    hint_en="write 'rescale: true' in the study file to take such indicators at 1 to 100",
    hint_zh="可在研究文件中要求换算（rescale: true），把这些指标换算到1至100；否则不采用",
)
NO_COSTS: Final = Kind(
    code="QH731",
    severity="warning",
    en="{method} is left out in {group}: it divides by the sum of the indicators of which less is better, "
    "which is 0 for {count} units",
    zh="{group}未采用{method}：它要除以逆指标之和，而有{count}个单位的和为0",
    hint_en="write 'rescale: true' in the study file to take indicators with zeros at 1 to 100",
    hint_zh="可在研究文件中要求换算（rescale: true），把有0的指标换算到1至100",
)
TOO_MANY: Final = Kind(
    code="QH732",
    severity="warning",
    en="{method} is left out in {group}: it compares all pairs of units, and {count} units are over {most}",
    zh="{group}未采用{method}：它要两两比较，该组有{count}个单位，最多{most}个",
    hint_en="name the other methods under 'methods:' in the study file, or split the group",
    hint_zh="请在研究文件的方法（methods）中只写其他方法，或拆分该组",
)

ABOVE_ZERO: Final = Text(en="above 0", zh="大于0")
FROM_ZERO: Final = Text(en="of 0 or more", zh="不小于0")


def filled(values: Matrix, gap: float = 0.0) -> Matrix:
    """Return `values` with `gap` where a unit has none: its weight there is 0."""
    return np.where(np.isnan(values), gap, values)


def unit_range(decision: Decision) -> Matrix:
    """Return the values from 0, the worst that is observed, to 1, the best; NaN where there is none."""
    least, greatest = np.nanmin(decision.values, axis=0), np.nanmax(decision.values, axis=0)
    share = (decision.values - least) / (greatest - least)
    turned: Matrix = np.where(decision.benefit, share, 1.0 - share)
    return turned


def best_of(decision: Decision) -> Column:
    """Return the best value that is observed, by criterion."""
    most, least = np.nanmax(decision.values, axis=0), np.nanmin(decision.values, axis=0)
    best: Column = np.where(decision.benefit, most, least)
    return best


def outside(
    method: Method, decision: Decision, values: Matrix, names: tuple[Text, ...], *, zero_is_legal: bool
) -> Iterator[Finding]:
    """Yield that values are not above 0, or not from 0 on, with the indicators that have others."""
    with np.errstate(invalid="ignore"):
        wrong = (values < 0.0) if zero_is_legal else (values <= 0.0)
    having = [
        name for name, any_wrong in zip(names, np.any(wrong, axis=0).tolist(), strict=True) if any_wrong
    ]
    if having:
        yield NEEDS_POSITIVE.at(
            method=method.title,
            group=decision.group.name,
            bound=FROM_ZERO if zero_is_legal else ABOVE_ZERO,
            count=len(having),
            of=len(names),
            indicators=_listed(having),
        )


_MOST_NAMED: Final = 5


def _listed(names: list[Text]) -> Text:
    shown = names[:_MOST_NAMED]
    more = len(names) - len(shown)
    en = ", ".join(name.in_language("en") for name in shown) + (f" and {more} more" if more else "")
    zh = "、".join(name.in_language("zh") for name in shown) + (f"等{len(names)}个" if more else "")
    return Text(en=en, zh=zh)
