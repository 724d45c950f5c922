"""What is rounded, and with how many digits it is printed, as it is written."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Decimals, Form


class ByLevelForm(Form, zh="指标、维度、总分各保留几位小数；没有写的不修约。"):
    """Decimals of indicators, of dimensions and of the total apart; what is not named is not rounded."""

    indicators: Annotated[Decimals | None, Text(en="Of the indicators.", zh="指标。")] = None
    dimensions: Annotated[
        Decimals | None, Text(en="Of the dimensions below the total.", zh="总分以下的各维度。")
    ] = None
    total: Annotated[Decimals | None, Text(en="Of the total.", zh="总分。")] = None


class PrintForm(Form, zh="打印保留几位小数；位次和其后的计算不受影响。"):
    """The decimals that are printed; places and whatever follows do not look at them."""

    points: Annotated[Decimals | None, Text(en="Of points.", zh="得分（百分制）。")] = None
    scores: Annotated[Decimals | None, Text(en="Of the scores of nodes.", zh="各节点的得分。")] = None
    total: Annotated[Decimals | None, Text(en="Of the total.", zh="总分。")] = None


def _form_of(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#apart" if isinstance(value, Mapping | Form) else "#all"


DecimalsByLevel: TypeAlias = Annotated[
    Annotated[Decimals, Tag("#all")] | Annotated[ByLevelForm, Tag("#apart")], Discriminator(_form_of)
]
"""Decimals of all nodes, or of indicators, dimensions and the total apart."""
DecimalsPrinted: TypeAlias = Annotated[
    Annotated[Decimals, Tag("#all")] | Annotated[PrintForm, Tag("#apart")], Discriminator(_form_of)
]
"""Decimals of all that is printed, or of points, scores and the total apart."""


class RoundingForm(Form, zh="各环节保留的小数位；没有写的环节不修约。"):
    """Decimals at each stage; a stage that is not named is not rounded."""

    ratio: Annotated[Decimals | None, Text(en="The inner ratio of a scale.", zh="功效系数的比率。")] = None
    aggregate: Annotated[
        Decimals | None,
        Text(
            en="What a dimension makes of its children's points, before its coefficient and what follows.",
            zh="维度由下级合成的得分，在乘系数及其后计算之前。",
        ),
    ] = None
    points: Annotated[
        DecimalsByLevel | None,
        Text(
            en="The points; one number for all nodes, or `{indicators: 1, dimensions: 3}`.",
            zh="得分（百分制）；各节点相同，或写 `{indicators: 1, dimensions: 3}`。",
        ),
    ] = None
    scores: Annotated[
        DecimalsByLevel | None,
        Text(
            en="The score of each node; one number for all, or `{indicators: 2, dimensions: 1}`.",
            zh="各节点的得分；各节点相同，或写 `{indicators: 2, dimensions: 1}`。",
        ),
    ] = None
    total: Annotated[Decimals | None, Text(en="The total.", zh="总分。")] = None
    printed: Annotated[
        DecimalsPrinted | None,
        Text(
            en="The decimals that are printed, which decide no places: of all, or `{total: 1, scores: 2}`.",
            zh="打印的小数位，不影响位次：统一写一个数，或写 `{total: 1, scores: 2}`。",
        ),
    ] = Field(default=None, alias="print")


class NodeRoundingForm(Form, zh="本节点各环节保留的小数位；没有写的环节依方案。"):
    """Decimals at each stage of this node; for a stage that is not named the scheme's hold."""

    ratio: Annotated[Decimals | None, Text(en="The inner ratio of a scale.", zh="功效系数的比率。")] = None
    aggregate: Annotated[
        Decimals | None,
        Text(
            en="What the dimension makes of its children's points, before its coefficient and whatever "
            "follows.",
            zh="维度由下级合成的得分，在乘系数及其后计算之前。",
        ),
    ] = None
    points: Annotated[Decimals | None, Text(en="The points.", zh="得分（百分制）。")] = None
    scores: Annotated[Decimals | None, Text(en="The score.", zh="得分。")] = None
