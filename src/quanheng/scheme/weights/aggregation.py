"""How the points of children are joined: a closed union of aggregations, each of which answers for itself.

What an aggregation computes stands in one table of the engine and one of the workbook; here stands what it
is.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value


class Joining(Value):
    """What every aggregation answers; one that does not is refused by the type checker."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The word of the scheme language, with the parameter if there is one."""

    @property
    @abstractmethod
    def words(self) -> Text:
        """What it is called, without its parameter."""

    @property
    @abstractmethod
    def adds_up(self) -> bool:
        """Whether the children's scores add up to their parent's."""

    @property
    @abstractmethod
    def shares_marks(self) -> bool:
        """Whether the children share the node's marks by their weights; if not, each is worth all of them."""

    @property
    @abstractmethod
    def zero_makes_zero(self) -> bool:
        """Whether a child at 0 makes the node 0, whatever its siblings have (points §4)."""

    @property
    @abstractmethod
    def refuses_negative(self) -> bool:
        """Whether a child below 0 leaves the node without points (points §4)."""

    @property
    @abstractmethod
    def in_pairs(self) -> bool:
        """Whether units are compared in pairs, so that points depend on who else takes part."""

    def in_words(self, language: Language) -> str:
        """Return what it is called, with its parameter."""
        return self.words.in_language(language)


class Arithmetic(Joining):
    """算术平均: sum of w·p over sum of w."""

    name: ClassVar[str] = "arithmetic"
    words: ClassVar[Text] = Text(zh="算术平均", en="arithmetic")
    adds_up: ClassVar[bool] = True
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False


class Geometric(Joining):
    """几何平均: product of p^(w/sum w); a 0 gives 0."""

    name: ClassVar[str] = "geometric"
    words: ClassVar[Text] = Text(zh="几何平均", en="geometric")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = True
    refuses_negative: ClassVar[bool] = True
    in_pairs: ClassVar[bool] = False


class Harmonic(Joining):
    """调和平均: sum of w over sum of w/p; a 0 gives 0."""

    name: ClassVar[str] = "harmonic"
    words: ClassVar[Text] = Text(zh="调和平均", en="harmonic")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = True
    refuses_negative: ClassVar[bool] = True
    in_pairs: ClassVar[bool] = False


class Power(Joining, kw_only=False):
    """幂平均: (sum of w·p^exponent / sum of w)^(1/exponent), exponent not 0."""

    exponent: float

    words: ClassVar[Text] = Text(zh="幂平均", en="power")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    refuses_negative: ClassVar[bool] = True
    in_pairs: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """The word of the scheme language and the exponent."""
        return f"power {self.exponent:g}"

    @property
    def zero_makes_zero(self) -> bool:
        """Whether the exponent is below 0; above it a 0 is taken as it is."""
        return self.exponent < 0

    def in_words(self, language: Language) -> str:
        """Return what it is called, with the exponent."""
        return f"{self.words.in_language(language)} {self.exponent:g}"


class Minimum(Joining):
    """取最小值（短板）: the least of the children's points."""

    name: ClassVar[str] = "min"
    words: ClassVar[Text] = Text(zh="取最小值", en="min")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False


class Maximum(Joining):
    """取最大值（择优）: the greatest of the children's points."""

    name: ClassVar[str] = "max"
    words: ClassVar[Text] = Text(zh="取最大值", en="max")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False


class Best(Joining, kw_only=False):
    """最好的几项: the mean of the `count` children with the most points, with their weights."""

    count: int

    words: ClassVar[Text] = Text(zh="取最好几项", en="best")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """The word of the scheme language and how many count."""
        return f"best {self.count}"

    def in_words(self, language: Language) -> str:
        """Return what it is called, with how many count."""
        return Text(zh=f"取最好{self.count}项", en=self.name).in_language(language)


class Last(Joining, kw_only=False):
    """最差的几项: the mean of the `count` children with the fewest points, with their weights."""

    count: int

    words: ClassVar[Text] = Text(zh="取最差几项", en="last")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """The word of the scheme language and how many count."""
        return f"last {self.count}"

    def in_words(self, language: Language) -> str:
        """Return what it is called, with how many count."""
        return Text(zh=f"取最差{self.count}项", en=self.name).in_language(language)


Choosing: TypeAlias = Best | Last
"""The aggregations in which some of the children count, by their points."""


def chosen(method: Choosing, points: Mapping[str, float]) -> tuple[str, ...]:
    """Return the children that count, of the `points` of those that may, in their order (points §7).

    Examples:
        >>> chosen(Best(2), {"a": 50.0, "b": 70.0, "c": 50.0}), chosen(Last(1), {"a": 50.0, "b": 70.0})
        (('a', 'b'), ('a',))
    """
    sign = -1.0 if isinstance(method, Best) else 1.0
    ordered = sorted(points, key=lambda child: sign * round(points[child], _DECIMALS))
    counting = set(ordered[: method.count])
    return tuple(child for child in points if child in counting)


_DECIMALS: Final = 9
"""Points are compared at so many (rounding §3)."""


class Product(Joining):
    """连乘: the children's points as shares of 100, multiplied; their weights play no part."""

    name: ClassVar[str] = "product"
    words: ClassVar[Text] = Text(zh="连乘", en="product")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = True
    in_pairs: ClassVar[bool] = False


class Sum(Joining):
    """求和: the sum of the children's points, each child being worth as much as the node."""

    name: ClassVar[str] = "sum"
    words: ClassVar[Text] = Text(zh="求和", en="sum")
    adds_up: ClassVar[bool] = True
    shares_marks: ClassVar[bool] = False
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = False


class Copeland(Joining):
    """Copeland: in pairs, the unit better on more weight wins; 100·(wins - losses + n - 1)/(2(n - 1))."""

    name: ClassVar[str] = "copeland"
    words: ClassVar[Text] = Text(zh="Copeland", en="copeland")
    adds_up: ClassVar[bool] = False
    shares_marks: ClassVar[bool] = True
    zero_makes_zero: ClassVar[bool] = False
    refuses_negative: ClassVar[bool] = False
    in_pairs: ClassVar[bool] = True


Aggregation: TypeAlias = (
    Arithmetic | Geometric | Harmonic | Power | Minimum | Maximum | Best | Last | Product | Sum | Copeland
)

AggregateWord: TypeAlias = Literal[
    "arithmetic", "geometric", "harmonic", "min", "max", "product", "sum", "copeland"
]
"""The aggregations that a scheme states in one word."""

_IN_ONE_WORD: Final[tuple[Aggregation, ...]] = (
    Arithmetic(),
    Geometric(),
    Harmonic(),
    Minimum(),
    Maximum(),
    Product(),
    Sum(),
    Copeland(),
)
AGGREGATIONS: Final[Mapping[str, Aggregation]] = {each.name: each for each in _IN_ONE_WORD}
"""The aggregation of each word."""
