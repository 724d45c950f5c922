"""The scheme as it is written: a mirror of the YAML file, one to one, unknown keys forbidden.

`read.py` makes a `Document` from text and keeps the lines, `settle.py` turns it into a `Scheme`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from quanheng.findings.text import Text
from quanheng.scheme.document.group_form import GroupForm, OverForm, PoolForm, WithinForm
from quanheng.scheme.document.node_form import DefaultsForm, NodeForm
from quanheng.scheme.document.published import Part
from quanheng.scheme.fields.fields import (
    Code,
    Form,
    Label,
    Number,
    PeriodText,
    SchemeId,
    Truth,
    shown,
)
from quanheng.scheme.fields.late import Late
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.gaps.form import AllGapsForm
from quanheng.scheme.grades.form import AdjustmentsForm
from quanheng.scheme.grades.tiers_form import AwardForm, LoweringForm, TierForm, TiesForm
from quanheng.scheme.items.form import ItemForm
from quanheng.scheme.ledgers.form import CampaignForm, LedgerForm
from quanheng.scheme.pace.form import PaceForm, ReviewsForm
from quanheng.scheme.reading.form import Censored, Files, Ignored, MissingMarks, ReadingForm, UnitHeading
from quanheng.scheme.rounding.form import RoundingForm
from quanheng.scheme.rules.forms import RuleForm
from quanheng.scheme.weights.form import AggregateForm, BoundForm, CapsForm, WeightMethodForm

VERSION: Final = 1
"""The version of the scheme language."""


class Document(Form):
    """A scheme of quanheng: what is assessed and how it is scored."""

    quanheng: Annotated[
        Literal[1],
        BeforeValidator(lambda value: shown(value) if value is True else value),
        Text(en="The version of this language.", zh="本语言的版本。"),
    ]
    id: Annotated[SchemeId, Text(en="The identity of the scheme.", zh="方案编号。")]
    title: Annotated[Label, Text(en="What it is called.", zh="名称。")]
    round: Annotated[PeriodText, Text(en="The period the result is for.", zh="考核期。")]
    marks: Annotated[Number, Field(gt=0), Text(en="What the root is worth.", zh="满分。")] = 100.0
    groups: Annotated[
        dict[Code, GroupForm],
        Text(
            en="Units compared with each other; without any, all units are one group.",
            zh="相互比较的单位；不分组则全部单位为一组。",
        ),
    ] = Field(default={})
    items: Annotated[
        dict[Code, ItemForm], Text(en="The figures the formulas are about.", zh="公式所用的数据项。")
    ] = Field(default={})
    pools: Annotated[
        dict[Code, PoolForm],
        Text(
            en="Units that others are compared with (`within`), by a condition.",
            zh="供比较的单位范围（用于 `within`），按条件确定。",
        ),
    ] = Field(default={})
    defaults: Annotated[
        DefaultsForm | None,
        Text(en="For every indicator unless it says otherwise.", zh="各指标的默认值，指标另写的除外。"),
    ] = None
    gaps: Annotated[
        Late[AllGapsForm] | None,
        Text(en="The same as `gaps` under `defaults`.", zh="同 `defaults` 下的 `gaps`。"),
    ] = None
    aggregate: Annotated[
        AggregateForm | None,
        Text(
            en="How points are joined at every node that does not say otherwise (arithmetic).",
            zh="各节点合成得分的方法，节点另写的除外（算术平均）。",
        ),
    ] = None
    rule: Annotated[
        RuleForm | None,
        Text(
            en="How the joined points of the top nodes become those of the total (as they are).",
            zh="总分：下级合成得分如何成为总得分（不写则照用合成得分）。",
        ),
    ] = None
    direction: Annotated[
        Literal["more", "less"] | None,
        Text(
            en="Which joined points are better for the rule of the total (more).",
            zh="总分规则以何为优（多为优）。",
        ),
    ] = None
    within: Annotated[
        WithinForm | None,
        Text(
            en="Whose joined points the rule of the total looks at: the group's or all units' (group).",
            zh="总分规则看哪些单位：本组的，或全部的（本组）。",
        ),
    ] = None
    floor: Annotated[BoundForm | None, Text(en="The fewest marks the total is.", zh="总分的下限（分）。")] = (
        None
    )
    cap: Annotated[
        CapsForm | None,
        Text(
            en="The most marks the total is; one for all groups, one for each, or under a condition.",
            zh="总分的上限（分）；各组相同，或分组写，或附条件。",
        ),
    ] = None
    over: Annotated[
        OverForm | None,
        Text(
            en="Rounds whose joined points count together for the rule of the total.",
            zh="总分规则合看哪些考核期。",
        ),
    ] = None
    weights: Annotated[
        WeightMethodForm | None,
        Text(
            en="How weights are shared at every node that does not say otherwise (marks).",
            zh="各节点分配权重的方法，节点另写的除外（分值）。",
        ),
    ] = None
    indicators: Annotated[dict[Code, NodeForm], Field(min_length=1), Text(en="The tree.", zh="指标体系。")]
    adjustments: Annotated[
        Late[AdjustmentsForm] | None, Text(en="加减分、一票否决.", zh="加减分、一票否决。")
    ] = None
    rounding: Annotated[
        Late[RoundingForm] | None, Text(en="Decimals at each stage.", zh="各环节保留的小数位。")
    ] = None
    ranking: Annotated[
        Literal["group", "all"],
        Text(
            en="Whose totals a place is taken among: the group's, or all units' in one ranking.",
            zh="位次在哪些单位中排：本组，或全部单位统一排名。",
        ),
    ] = "group"
    lowest_first: Annotated[
        Truth,
        Text(
            en="Whether the least total is the best, as in an index of pollution.",
            zh="是否低分在前：总分以少为优，例如空气质量指数。",
        ),
    ] = False
    ties: Annotated[
        Late[TiesForm] | None, Text(en="What decides between equal totals.", zh="总分相同时比较什么。")
    ] = None
    tiers: Annotated[
        tuple[Late[TierForm], ...], Text(en="The grades, best first.", zh="等次，从高到低。")
    ] = ()
    lower: Annotated[
        tuple[Late[LoweringForm], ...],
        Text(en="What lowers the tier of a unit.", zh="降等：什么情形降低单位的等次。"),
    ] = ()
    awards: Annotated[tuple[Late[AwardForm], ...], Text(en="The honours.", zh="奖项。")] = ()
    pace: Annotated[
        Late[PaceForm] | None,
        Text(en="序时进度: what share of a target is due by when.", zh="序时进度：目标在何时应完成多少。"),
    ] = None
    reviews: Annotated[
        Late[ReviewsForm] | None, Text(en="季季评: reviews inside the year.", zh="季季评：年内的评议。")
    ] = None
    publish: Annotated[
        tuple[Part, ...] | None,
        Field(min_length=1),
        Text(
            en="What documents for the public show (total, place, tier, awards).",
            zh="对外公布的文书可写哪些内容（总分、位次、等次、奖项）。",
        ),
    ] = None
    ledgers: Annotated[
        dict[Code, Late[LedgerForm]],
        Text(
            en="台账: whose records they hold, their dates, states and fields; "
            "a ledger may be used undeclared.",
            zh="台账：事项属于谁，其日期、状态和字段；台账不声明也可使用。",
        ),
    ] = Field(default={})
    campaigns: Annotated[
        dict[Code, Late[CampaignForm]],
        Text(
            en="专项行动: tasks with milestones, and the indicators they should move.",
            zh="专项行动：带阶段目标的任务，及其应带动的指标。",
        ),
    ] = Field(default={})
    ignore: Ignored = None
    missing_marks: MissingMarks = None
    censored: Censored = None
    unit_heading: UnitHeading = None
    files: Files = Field(default={})
    workbook: Annotated[
        Truth | None,
        Text(
            en="Whether `results.xlsx` is written beside the tables; if not given, "
            "unless it would be too large.",
            zh="是否在各表之外生成审计工作簿 `results.xlsx`；不写则在规模不过大时生成。",
        ),
    ] = None


def reading_in(document: Document) -> ReadingForm:
    """Return what the document says of how all files are read."""
    return ReadingForm(**{key: getattr(document, key) for key in ReadingForm.model_fields})


def nodes_of(document: Document) -> Iterator[tuple[Path, str, NodeForm]]:
    """Yield the path, the code and the form of every node, parents first."""
    yield from _nodes(("indicators",), document.indicators)


def hash_of(document: Document) -> str:
    """Return the sha256 of the document's canonical JSON: equal documents have equal hashes.

    The order of nodes, items and groups counts, since it is the order of the result; that of other keys
    does not.
    """
    plain = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(_with_order(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _nodes(above: Path, nodes: Mapping[str, NodeForm]) -> Iterator[tuple[Path, str, NodeForm]]:
    for code, node in nodes.items():
        path = (*above, code)
        yield path, code, node
        yield from _nodes((*path, "children"), node.children or {})


_ORDERED = frozenset({"indicators", "children", "items", "groups", "ledgers", "fields", "moves", "campaigns"})


def _with_order(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        return {
            key: [[code, _with_order(each)] for code, each in part.items()]
            if key in _ORDERED and isinstance(part, dict)
            else _with_order(part)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_with_order(part) for part in value]
    return value + 0.0 if isinstance(value, float) else value  # -0 is equal to 0, and is written otherwise
