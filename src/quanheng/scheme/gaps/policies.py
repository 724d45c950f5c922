"""What happens where a measure has no value (absence §3, §4, §7): policies, each of which answers for itself.

What a policy puts in the place of a measure stands in one table of the engine and one of the workbook; here
stands what it is.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias, assert_never

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import Formula

Fills: TypeAlias = Literal["value", "points"]
"""What a policy fills: the value before it is rated, or the points."""


FillStatistic: TypeAlias = Literal["mean", "median"]
"""What gaps are filled with, of the units that have a value."""


class Least(Value):
    """How many of a dimension's children, or what share of their weight, must have a value of its own.

    The children that are `required` must each have one, whatever they weigh.
    """

    count: int | None = None
    share: float | None = None
    required: tuple[str, ...] = ()
    condition: Formula | None = None
    """What has to hold for the dimension to have points."""

    @property
    def asks_for_some(self) -> bool:
        """Whether a number or a share of the children is asked for."""
        return self.count is not None or self.share is not None

    @property
    def traced(self) -> str:
        """Return it as the trace gives it.

        Examples:
            >>> Least(share=0.6, required=("gdp",)).traced
            'at_least 60%, required gdp'
        """
        asked = [f"at_least {self.in_words('en')}"] if self.asks_for_some else []
        where = [] if self.condition is None else [f"where {self.condition.text}"]
        return ", ".join((*asked, *(f"required {code}" for code in self.required), *where))

    def in_words(self, language: Language) -> str:
        """Return it as people write it.

        Examples:
            >>> Least(count=3).in_words("en"), Least(share=0.6).in_words("zh")
            ('3', '60%')
        """
        return Text(
            zh=f"{self.count}项" if self.share is None else f"{100 * self.share:.12g}%",
            en=f"{self.count}" if self.share is None else f"{100 * self.share:.12g}%",
        ).in_language(language)


class Policy(Value):
    """What every policy answers; a policy that does not is refused by the type checker."""

    @property
    @abstractmethod
    def name(self) -> str:
        """How the trace gives it: the word of the scheme language, with its parameters."""

    @property
    @abstractmethod
    def words(self) -> Text:
        """What is done, in words."""

    @property
    @abstractmethod
    def is_error(self) -> bool:
        """Whether a gap is a finding and nothing is scored."""

    @property
    @abstractmethod
    def fills(self) -> Fills | None:
        """What it fills; None where the gap stays one."""

    @property
    @abstractmethod
    def takes_from_others(self) -> bool:
        """Whether it looks at the units that have a value: without any, nothing is filled."""

    @property
    @abstractmethod
    def attribute(self) -> str | None:
        """The column of the units that says whom else it looks at; None where the pool says it."""

    @property
    @abstractmethod
    def needs_base(self) -> bool:
        """Whether it gives what the rule has as its base."""

    @property
    @abstractmethod
    def points(self) -> float | None:
        """The points it gives to whatever unit by whatever rule; None where they depend on these."""

    def in_words(self, language: Language) -> str:
        """Return what is done about a gap."""
        return self.words.in_language(language)


class MissingIsError(Policy):
    """`error`: a missing measure is a finding and nothing is scored (the default)."""

    name: ClassVar[str] = "error"
    words: ClassVar[Text] = Text(zh="视为错误", en="error")
    is_error: ClassVar[bool] = True
    fills: ClassVar[Fills | None] = None
    takes_from_others: ClassVar[bool] = False
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = None


class MissingIsZero(Policy):
    """`zero`: no points."""

    name: ClassVar[str] = "zero"
    words: ClassVar[Text] = Text(zh="计0分", en="zero")
    is_error: ClassVar[bool] = False
    fills: ClassVar[Fills | None] = "points"
    takes_from_others: ClassVar[bool] = False
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = 0.0


class MissingIsWorst(Policy):
    """`worst`: the lowest points that any unit of the group got from the rule."""

    name: ClassVar[str] = "worst"
    words: ClassVar[Text] = Text(zh="按最低分", en="worst")
    is_error: ClassVar[bool] = False
    fills: ClassVar[Fills | None] = "points"
    takes_from_others: ClassVar[bool] = True
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = None


class MissingRedistributed(Policy):
    """`redistribute`: the weight goes to the siblings in proportion, else to the parent's siblings."""

    name: ClassVar[str] = "redistribute"
    words: ClassVar[Text] = Text(zh="权重移给同级", en="redistribute")
    is_error: ClassVar[bool] = False
    fills: ClassVar[Fills | None] = None
    takes_from_others: ClassVar[bool] = False
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = None


class MissingIsNeutral(Policy):
    """`neutral`: the points of the rule's `base` (0 for a rule without one)."""

    name: ClassVar[str] = "neutral"
    words: ClassVar[Text] = Text(zh="按基础分", en="neutral")
    is_error: ClassVar[bool] = False
    fills: ClassVar[Fills | None] = "points"
    takes_from_others: ClassVar[bool] = False
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = True
    points: ClassVar[float | None] = None


class Fill(Policy):
    """`{fill: mean|median, within: <attribute>, at: value|points}`: filled from the units that have a value.

    `within` names a column of the units; None is the unit's group.
    """

    statistic: FillStatistic
    within: str | None = None
    at: Fills = "value"

    is_error: ClassVar[bool] = False
    takes_from_others: ClassVar[bool] = True
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = None

    @property
    def name(self) -> str:
        """How the trace gives it."""
        return f"fill {self.statistic} within {self.within or 'group'} at {self.at}"

    @property
    def words(self) -> Text:
        """With what is filled, and what."""
        among = "本组" if self.within in {None, "group"} else f"“{self.within}”相同的单位"
        statistic = {"mean": "平均值", "median": "中位数"}[self.statistic]
        filled = {"value": "指标值", "points": "得分"}[self.at]
        return Text(zh=f"以{among}的{statistic}填补{filled}", en=self.name)

    @property
    def fills(self) -> Fills:
        """The value, or the points."""
        return self.at

    @property
    def attribute(self) -> str | None:
        """The column of the units, None for the group."""
        return self.within


class FullPoints(Policy):
    """`full`: all points, where an indicator does not apply to the unit."""

    name: ClassVar[str] = "full"
    words: ClassVar[Text] = Text(zh="计满分", en="full")
    is_error: ClassVar[bool] = False
    fills: ClassVar[Fills | None] = "points"
    takes_from_others: ClassVar[bool] = False
    attribute: ClassVar[str | None] = None
    needs_base: ClassVar[bool] = False
    points: ClassVar[float | None] = 100.0


MissingPolicy: TypeAlias = (
    MissingIsError | MissingIsZero | MissingIsWorst | MissingRedistributed | MissingIsNeutral | Fill
)
"""What happens where a measure was to be reported and is not."""
NotApplicablePolicy: TypeAlias = MissingRedistributed | FullPoints
"""What happens where an indicator does not apply to a unit."""

MissingWord: TypeAlias = Literal["error", "zero", "worst", "redistribute", "neutral"]
"""The policies that a scheme states in one word."""
NotApplicableWord: TypeAlias = Literal["redistribute", "full"]
"""The same for what does not apply."""

_IN_ONE_WORD: Final[tuple[MissingPolicy, ...]] = (
    MissingIsError(),
    MissingIsZero(),
    MissingIsWorst(),
    MissingRedistributed(),
    MissingIsNeutral(),
)
_NOT_APPLICABLE: Final[tuple[NotApplicablePolicy, ...]] = (MissingRedistributed(), FullPoints())
POLICIES: Final[Mapping[str, MissingPolicy]] = {policy.name: policy for policy in _IN_ONE_WORD}
"""The policy of each word."""
NOT_APPLICABLE_POLICIES: Final[Mapping[str, NotApplicablePolicy]] = {
    policy.name: policy for policy in _NOT_APPLICABLE
}
"""The same for what does not apply."""

Reason: TypeAlias = Literal["missing", "not_applicable", "undefined"]
"""Why a measure has no value."""


class Gap(Value, kw_only=False):
    """A measure without a value: why, and what the scheme does about it.

    Examples:
        >>> gap = Gap("missing", Fill(statistic="mean", at="points"))
        >>> gap.name, gap.in_words("zh")
        ('missing: fill mean within group at points', '缺失，以本组的平均值填补得分')
    """

    reason: Reason
    policy: MissingPolicy | NotApplicablePolicy

    @property
    def name(self) -> str:
        """How the trace gives it."""
        return f"{self.reason}: {self.policy.name}"

    def in_words(self, language: Language) -> str:
        """Return why there is no value and what is done about it."""
        if language == "zh":
            return f"{_REASONS[self.reason]}，{self.policy.in_words(language)}"
        return f"{self.reason}: {self.policy.in_words(language)}"


class Gaps(Value):
    """The policies for one indicator."""

    missing: MissingPolicy = MissingIsError()
    not_applicable: NotApplicablePolicy = MissingRedistributed()

    def gap(self, reason: Reason) -> Gap:
        """Return what is done about a measure that has no value for this reason."""
        match reason:
            case "missing":
                return Gap(reason, self.missing)
            case "not_applicable":
                return Gap(reason, self.not_applicable)
            case "undefined":
                return Gap(reason, MissingIsError())
            case _:
                assert_never(reason)


_REASONS: Final[Mapping[Reason, str]] = {
    "missing": "缺失",
    "not_applicable": "不适用",
    "undefined": "无法计算",
}
