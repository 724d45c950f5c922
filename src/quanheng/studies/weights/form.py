"""What a study of weights is asked with: which methods, below which dimensions, and judgements."""

from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Code, Codes
from quanheng.scheme.weights.form import AhpForm, BodForm
from quanheng.studies.form import StudyForm

MethodWord: TypeAlias = Literal["equal", "entropy", "critic", "std", "pca", "bod", "ahp"]

ALL_METHODS: Final[tuple[MethodWord, ...]] = get_args(MethodWord)
"""In the order of the tables."""


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str | int) and not isinstance(value, bool) else value


def _list_of(one: dict[str, object]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [one, {"type": "array", "items": one}]})


class WeightsForm(StudyForm, zh="各种赋权方法对照研究的设置。"):
    """The settings of a study of weights: the same scheme with its weights made otherwise."""

    study: Annotated[Literal["weights"], Text(en="Which study it is.", zh="哪一项研究。")] = "weights"
    methods: Annotated[
        tuple[MethodWord, ...],
        BeforeValidator(_as_list),
        Field(min_length=1),
        _list_of({"enum": list(ALL_METHODS)}),
        Text(en="The methods that are set beside the scheme's own weights.", zh="与方案权重对照的赋权方法。"),
    ] = ALL_METHODS
    levels: Annotated[
        tuple[Annotated[int, Field(ge=0)], ...],
        BeforeValidator(_as_list),
        _list_of({"type": "integer", "minimum": 0}),
        Text(
            en="The levels of the dimensions whose children are weighed anew; the root is 0.",
            zh="对哪几级的下级重新赋权；根为0级。",
        ),
    ] = ()
    nodes: Annotated[
        Codes,
        Text(
            en="Dimensions whose children are weighed anew; without levels and nodes, all.",
            zh="对哪些节点的下级重新赋权；levels 和 nodes 都不写则为全部。",
        ),
    ] = ()
    bod: Annotated[
        BodForm,
        Text(en="The bounds of benefit of the doubt: `least`, `most`.", zh="BOD 的上下限：`least`、`most`。"),
    ] = BodForm()
    judgements: Annotated[
        dict[Code, AhpForm],
        Text(
            en="By dimension, judgements that compare its children in pairs: `order`, `matrix` (AHP).",
            zh="按节点写出对其下级两两比较的判断：`order`、`matrix`（层次分析法）。",
        ),
    ] = {}  # noqa: RUF012  pydantic copies it for each form
    most: Annotated[
        int,
        Field(ge=1, le=1000),
        Text(en="Units that the chart of places shows.", zh="位次图列出的单位数。"),
    ] = 10
