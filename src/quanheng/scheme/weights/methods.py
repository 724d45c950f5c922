"""How children share their parent's marks: a closed union of methods, each of which answers for itself.

What a method computes stands in the engine (`engine/stages/weights/methods.py`); here stands what it is.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Final, Literal, Self, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value

Basis: TypeAlias = Literal[
    "marks", "proportions", "nothing", "attribute", "judgements", "points", "own points"
]
"""What weights rest on.

`marks` and `proportions` are written in the scheme, as marks that add up or as they come; `nothing`: all
children weigh the same; `attribute`: those of the unit's value of an attribute; `judgements` compare the
children; `points` are those of the units of a pool;
`own points`: each unit has weights of its own, and its points are set against the best with these.
"""


class Method(Value):
    """What every weight method answers; a method that does not is refused by the type checker."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The word of the scheme language."""

    @property
    @abstractmethod
    def title(self) -> Text:
        """What it is called."""

    @property
    @abstractmethod
    def basis(self) -> Basis:
        """What its weights rest on."""

    @property
    def is_stated(self) -> bool:
        """Whether the weights written at the children count."""
        return self.basis in {"marks", "proportions"}

    @property
    def is_computed(self) -> bool:
        """Whether weights are computed, from points or from judgements."""
        return self.basis in {"judgements", "points", "own points"}

    @property
    def by_unit(self) -> bool:
        """Whether weights differ from unit to unit."""
        return self.basis in {"attribute", "own points"}

    @property
    def against_best(self) -> bool:
        """Whether points are set against the best that a unit reaches with the same weights."""
        return self.basis == "own points"

    @property
    def is_inherited(self) -> bool:
        """Whether nodes that state no method take it over from the top of the scheme.

        Judgements are about the children of one node, and bounds of a unit's own weights about their number.
        """
        return self.basis not in {"attribute", "judgements", "own points"}

    def with_children(self, fewest: int) -> Self:
        """Return the method for a node that is left with `fewest` children in some group."""
        del fewest
        return self


class Marks(Method):
    """分值: children's weights add up to their parent's; checked."""

    name: ClassVar[str] = "marks"
    title: ClassVar[Text] = Text(zh="分值", en="Marks")
    basis: ClassVar[Basis] = "marks"


class Relative(Method):
    """相对权重: only the proportions of the children's weights count."""

    name: ClassVar[str] = "relative"
    title: ClassVar[Text] = Text(zh="相对权重", en="Relative weights")
    basis: ClassVar[Basis] = "proportions"


class Equal(Method):
    """等权."""

    name: ClassVar[str] = "equal"
    title: ClassVar[Text] = Text(zh="等权", en="Equal weights")
    basis: ClassVar[Basis] = "nothing"


class Entropy(Method):
    """熵权法: children whose points differ more between units weigh more (Shannon entropy)."""

    name: ClassVar[str] = "entropy"
    title: ClassVar[Text] = Text(zh="熵权法", en="Entropy weights")
    basis: ClassVar[Basis] = "points"


class Critic(Method):
    """CRITIC: contrast (standard deviation of points scaled to 0-1) times conflict (1 - correlation)."""

    name: ClassVar[str] = "critic"
    title: ClassVar[Text] = Text(zh="CRITIC 法", en="CRITIC")
    basis: ClassVar[Basis] = "points"


class StandardDeviation(Method):
    """标准离差法: weights in proportion to the standard deviation of points."""

    name: ClassVar[str] = "std"
    title: ClassVar[Text] = Text(zh="标准离差法", en="Weights by standard deviation")
    basis: ClassVar[Basis] = "points"


class PrincipalComponents(Method):
    """主成分法: squared rotated loadings by explained variance, as in the OECD/JRC handbook."""

    name: ClassVar[str] = "pca"
    title: ClassVar[Text] = Text(zh="主成分法", en="Principal components")
    basis: ClassVar[Basis] = "points"


class Ahp(Method, kw_only=False):
    """层次分析法: principal eigenvector of a pairwise comparison matrix over `order` (child codes)."""

    order: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]

    name: ClassVar[str] = "ahp"
    title: ClassVar[Text] = Text(zh="层次分析法", en="Analytic hierarchy process")
    basis: ClassVar[Basis] = "judgements"


class ByAttribute(Method, kw_only=False):
    """一镇一策: the weights of the children for each value of an attribute of the units.

    `of` has the weight of each child by the value; one that is not named there weighs nothing. `as_marks`
    says that they are marks, which add up to the node's.
    """

    attribute: str
    of: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    as_marks: bool = True

    name: ClassVar[str] = "by"
    title: ClassVar[Text] = Text(zh="按单位属性", en="By an attribute of the unit")
    basis: ClassVar[Basis] = "attribute"

    def weights(self) -> dict[str, dict[str, float]]:
        """Return the weight of each child, by the value."""
        return {value: dict(weights) for value, weights in self.of}


class BenefitOfTheDoubt(Method, kw_only=False):
    """BOD: each unit gets the weights that show it best (DEA); share bounds keep them from vanishing.

    `least` and `most` bound each child's part (0 to 1) of a unit's own composite.
    """

    least: float = 0.0
    most: float = 1.0

    name: ClassVar[str] = "bod"
    title: ClassVar[Text] = Text(zh="BOD（各取所长）", en="Benefit of the doubt")
    basis: ClassVar[Basis] = "own points"

    def with_children(self, fewest: int) -> Self:
        """Return the method for fewer children: a `most` too little for them is raised to equal parts."""
        return replace(self, most=max(self.most, 1.0 / fewest))


WeightMethod: TypeAlias = (
    Marks
    | Relative
    | Equal
    | Entropy
    | Critic
    | StandardDeviation
    | PrincipalComponents
    | Ahp
    | ByAttribute
    | BenefitOfTheDoubt
)

WeightWord: TypeAlias = Literal["marks", "relative", "equal", "entropy", "critic", "std", "pca", "bod"]
"""The methods that a scheme can state in one word."""

_IN_ONE_WORD: Final[tuple[WeightMethod, ...]] = (
    Marks(),
    Relative(),
    Equal(),
    Entropy(),
    Critic(),
    StandardDeviation(),
    PrincipalComponents(),
    BenefitOfTheDoubt(),
)
METHODS: Final[Mapping[str, WeightMethod]] = {method.name: method for method in _IN_ONE_WORD}
"""The method of each word."""
