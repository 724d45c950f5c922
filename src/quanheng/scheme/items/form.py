"""The items of a scheme, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from quanheng.findings.text import Text
from quanheng.periods.every import EveryOfItem
from quanheng.scheme.fields.fields import Code, Form, FormulaText, Line, Name, QuotaText, Share, named


class MergedMeanForm(Form, zh="以另一数据项加权的平均。"):
    """The mean, weighted by another item."""

    mean: Annotated[Code, Text(en="The item that weighs.", zh="作权重的数据项。")]


def _merge_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#mean" if isinstance(value, Mapping | MergedMeanForm) else "#word"


MergeForm: TypeAlias = Annotated[
    Annotated[Literal["sum", "max", "min"], Tag("#word")] | Annotated[MergedMeanForm, Tag("#mean")],
    Discriminator(_merge_form),
]
"""What several units have together."""


class ItemForm(Form, zh="数据项：报送的数，由台账计数或合计的数，或单位的属性。"):
    """A figure: reported, counted or summed from a ledger, or an attribute of the units."""

    name: Name = None
    measured_in: Annotated[
        Line | None,
        Text(
            en="The unit of measurement; `'%'` makes a cell `6.1%` mean 6.1.",
            zh="计量单位；写 `'%'` 时，单元格 `6.1%` 就是 6.1。",
        ),
    ] = None
    kind: Annotated[
        Literal["cumulative", "flow", "stock", "rate", "date"] | None,
        Text(
            en="How its values of several periods make the value of a round (stock).",
            zh="各期的数如何成为考核期的数（存量）。",
        ),
    ] = None
    every: Annotated[
        EveryOfItem | None,
        Text(
            en="How often it is reported (year); of `day` and `hour` the round's readings make its value.",
            zh="报送周期（年）；按日（day）、小时（hour）的，由考核期内各次读数得出其数。",
        ),
    ] = None
    department: Annotated[Line | None, Text(en="Who reports it.", zh="由谁报送。")] = Field(
        default=None, alias="from"
    )
    scope: Annotated[
        Line | None, Text(en="口径: what it covers, such as 含开发区.", zh="口径：包括什么，例如“含开发区”。")
    ] = None
    count: Annotated[
        Code | None, Text(en="A ledger whose records are counted.", zh="对其事项计数的台账。")
    ] = None
    sum: Annotated[
        Line | None,
        Text(
            en="`ledger.column` whose numbers are summed, or `ledger.formula` over the columns of a record.",
            zh="求合计的“台账.列”，或“台账.公式”（以各列名计算每条事项的数）。",
        ),
    ] = None
    mean: Annotated[Line | None, Text(en="The same, averaged.", zh="求平均的“台账.列”或“台账.公式”。")] = None
    median: Annotated[
        Line | None, Text(en="The same, the number in the middle.", zh="求中位数的“台账.列”或“台账.公式”。")
    ] = None
    percentile: Annotated[
        Line | None,
        Text(
            en="The same, below which the part `at` of them lie: the 98th percentile of daily means.",
            zh="求百分位数（由 `at` 写明）的“台账.列”或“台账.公式”，如日均值第98百分位数。",
        ),
    ] = None
    at: Annotated[Share | None, Text(en="Of a `percentile`: which, `98%`.", zh="第几百分位，如 `98%`。")] = (
        None
    )
    max: Annotated[
        Line | None, Text(en="The same, the greatest.", zh="求最大值的“台账.列”或“台账.公式”。")
    ] = None
    min: Annotated[Line | None, Text(en="The same, the least.", zh="求最小值的“台账.列”或“台账.公式”。")] = (
        None
    )
    distinct: Annotated[
        Line | None,
        Text(en="`ledger.column` whose different values are counted.", zh="求不同取值个数的“台账.列”。"),
    ] = None
    trim: Annotated[
        QuotaText | None,
        Text(
            en="Of a `mean`: how many records are left out at either end, `1`, or which share, `10%`.",
            zh="求平均时两端各去掉几件（`1`），或多大比例（`10%`）。",
        ),
    ] = None
    where: Annotated[
        FormulaText | None,
        Text(
            en="Which records of the ledger; its names are the columns, `period_start` and `period_end`.",
            zh="台账的哪些事项；可用各列名，以及 `period_start`、`period_end`。",
        ),
    ] = None
    by: Annotated[
        Line | None,
        Text(
            en="The column of the ledger that says whose record it is; if not given, the ledger's `unit`.",
            zh="台账中写明所属单位的列；不写则用台账的 `unit`。",
        ),
    ] = None
    at_least: Annotated[
        Share | None,
        Text(
            en="Of readings by day or hour: which part of the round's there must be, `90%` (100 %).",
            zh="按日、小时的读数：考核期内至少须有的比例，如 `90%`（100%）。",
        ),
    ] = None
    attribute: Annotated[Line | None, Text(en="A column of the units.", zh="单位表的一列。")] = None
    merge: Annotated[
        MergeForm | None,
        Text(
            en="What a unit has with those that went into it (`into`): `sum`, `max`, `min`, or "
            "`{mean: item}`, weighted by another item.",
            zh="并入（into）后与原单位合并的数：合计 `sum`、最大 `max`、最小 `min`，"
            "或 `{mean: 数据项}`，以另一数据项加权平均。",
        ),
    ] = None
    formula: Annotated[
        FormulaText | None,
        Text(
            en="What it is computed from: a formula over other items, reported or computed.",
            zh="由其他数据项（报送的或计算的）计算得出的公式。",
        ),
    ] = None

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text as the name."""
        return named(value)
