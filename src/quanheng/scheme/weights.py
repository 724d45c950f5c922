"""How children share their parent's marks, and how their points are joined. Closed unions of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

# --- weight methods ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marks:
    """分值: children's weights add up to their parent's; checked."""


@dataclass(frozen=True, slots=True)
class Relative:
    """相对权重: only the proportions of the children's weights count."""


@dataclass(frozen=True, slots=True)
class Equal:
    """等权."""


@dataclass(frozen=True, slots=True)
class Entropy:
    """熵权法: children whose points differ more between units weigh more (Shannon entropy)."""


@dataclass(frozen=True, slots=True)
class Critic:
    """CRITIC: contrast (standard deviation) times conflict (1 - correlation)."""


@dataclass(frozen=True, slots=True)
class StandardDeviation:
    """标准离差法: weights in proportion to the standard deviation of points."""


@dataclass(frozen=True, slots=True)
class PrincipalComponents:
    """主成分法: squared rotated loadings by explained variance, as in the OECD/JRC handbook."""


@dataclass(frozen=True, slots=True)
class Ahp:
    """层次分析法: principal eigenvector of a pairwise comparison matrix over `order` (child codes)."""

    order: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class BenefitOfTheDoubt:
    """BOD: each unit gets the weights that show it best (DEA); share bounds keep them from vanishing.

    `least` and `most` bound each child's part (0 to 1) of a unit's own composite.
    """

    least: float = 0.0
    most: float = 1.0


WeightMethod: TypeAlias = (
    Marks
    | Relative
    | Equal
    | Entropy
    | Critic
    | StandardDeviation
    | PrincipalComponents
    | Ahp
    | BenefitOfTheDoubt
)

# --- aggregation ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """算术平均: sum of w·p over sum of w."""


@dataclass(frozen=True, slots=True)
class Geometric:
    """几何平均: product of p^(w/sum w); a 0 gives 0."""


@dataclass(frozen=True, slots=True)
class Harmonic:
    """调和平均: sum of w over sum of w/p; a 0 gives 0."""


@dataclass(frozen=True, slots=True)
class Power:
    """幂平均: (sum of w·p^exponent / sum of w)^(1/exponent), exponent not 0."""

    exponent: float


@dataclass(frozen=True, slots=True)
class Minimum:
    """取最小值（短板）: the least of the children's points."""


@dataclass(frozen=True, slots=True)
class Copeland:
    """Copeland: in pairs, the unit better on more weight wins; 100·(wins - losses + n - 1)/(2(n - 1))."""


Aggregation: TypeAlias = Arithmetic | Geometric | Harmonic | Power | Minimum | Copeland
