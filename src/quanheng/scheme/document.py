"""The scheme as it is written: a mirror of the YAML file, one to one, unknown keys forbidden.

`read.py` makes a `Document` from text and keeps the lines, `settle.py` turns it into a `Scheme`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from quanheng.periods.every import Every
from quanheng.scheme.forms import (
    Code,
    Form,
    FormulaText,
    Label,
    Line,
    Number,
    PeriodText,
    SchemeId,
    Truth,
    shown,
)
from quanheng.scheme.gaps.form import AllGapsForm, GapsForm, TreatmentForm
from quanheng.scheme.grade_forms import (
    AdjustmentsForm,
    AwardForm,
    Codes,
    RoundingForm,
    TierForm,
    TiesForm,
)
from quanheng.scheme.ledger_forms import CampaignForm, LedgerForm
from quanheng.scheme.pace_forms import OwnPaceForm, PaceForm, ReviewsForm
from quanheng.scheme.places import Path
from quanheng.scheme.rule_forms import RuleForm
from quanheng.scheme.weights.form import AggregateForm, WeightForm, WeightMethodForm

VERSION: Final = 1
"""The version of the scheme language."""


class GroupForm(Form):
    """Units compared with each other."""

    name: Label | None = None
    """What it is called; if not given, its code."""
    marks: Annotated[Number, Field(gt=0)] | None = None
    """What the root is worth for it, if not the scheme's `marks`."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text, or a text in two languages, as the name."""
        if isinstance(value, Mapping) and value and set(value) <= {"zh", "en"}:
            return {"name": value}
        return _named(value)


class ItemForm(Form):
    """A figure: reported, counted or summed from a ledger, or an attribute of the units."""

    name: Label | None = None
    """What it is called; if not given, its code."""
    measured_in: Line | None = None
    """The unit of measurement; `'%'` makes a cell `6.1%` mean 6.1."""
    kind: Literal["cumulative", "flow", "stock", "rate", "date"] | None = None
    """How its values of several periods make the value of a round (stock)."""
    every: Every | None = None
    """How often it is reported (year)."""
    department: Line | None = Field(default=None, alias="from")
    """Who reports it."""
    scope: Line | None = None
    """口径: what it covers, such as 含开发区."""
    count: Code | None = None
    """A ledger whose records are counted."""
    sum: Line | None = None
    """`ledger.column` whose numbers are summed."""
    mean: Line | None = None
    """`ledger.column` whose numbers are averaged."""
    where: FormulaText | None = None
    """Which records of the ledger; its names are the columns, `period_start` and `period_end`."""
    by: Line | None = None
    """The column of the ledger that says whose record it is; if not given, the ledger's `unit`."""
    attribute: Line | None = None
    """A column of the units."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare text as the name."""
        return _named(value)


class NodeForm(Form):
    """A node of the tree: an indicator (with a measure) or a dimension (with children)."""

    name: Label | None = None
    """What it is called; if not given, its code."""
    weight: WeightForm | None = None
    """Marks, or a proportion; one for all groups or one for each."""
    groups: Codes | None = None
    """The groups it applies to; if not given, those of its weights or of its parent."""
    measure: FormulaText | None = None
    """The value that is rated, a formula over items."""
    rule: RuleForm | None = None
    """How the measure becomes points."""
    direction: Literal["more", "less"] | None = None
    """Which is better (more)."""
    gaps: GapsForm | None = None
    """What happens where there is no value."""
    treat: TreatmentForm | None = None
    """How outliers are treated before rating."""
    within: Literal["group", "all"] | None = None
    """Whose values count for what is observed: the group's or all units' (group)."""
    aggregate: AggregateForm | None = None
    """How the points of the children are joined."""
    weights: WeightMethodForm | None = None
    """How the children share its weight."""
    coefficient: FormulaText | None = None
    """难度系数: the points are multiplied by it."""
    pace: OwnPaceForm | None = None
    """What of its target is due by when, where it differs from the scheme's pace; `none` where nothing is."""
    note: Label | None = None
    """A remark for readers."""
    children: dict[Code, NodeForm] | None = None
    """The nodes below it."""

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare formula as the measure, and nothing as an empty node."""
        if value is None:
            return {}
        return {"measure": value} if _is_formula(value) else value


class DefaultsForm(Form):
    """For every indicator unless it says otherwise."""

    rule: RuleForm | None = None
    """How the measure becomes points."""
    direction: Literal["more", "less"] | None = None
    """Which is better."""
    gaps: AllGapsForm | None = None
    """What happens where there is no value."""
    treat: TreatmentForm | None = None
    """How outliers are treated before rating."""
    within: Literal["group", "all"] | None = None
    """Whose values count for what is observed."""


class Document(Form):
    """A scheme of quanheng: what is assessed and how it is scored."""

    quanheng: Annotated[Literal[1], BeforeValidator(lambda value: shown(value) if value is True else value)]
    """The version of this language."""
    id: SchemeId
    """The identity of the scheme."""
    title: Label
    """What it is called."""
    round: PeriodText
    """The period the result is for."""
    marks: Annotated[Number, Field(gt=0)] = 100.0
    """What the root is worth."""
    groups: dict[Code, GroupForm] = Field(default={})
    """Units compared with each other; without any, all units are one group."""
    items: dict[Code, ItemForm] = Field(default={})
    """The figures the formulas are about."""
    defaults: DefaultsForm | None = None
    """For every indicator unless it says otherwise."""
    gaps: AllGapsForm | None = None
    """The same as `gaps` under `defaults`."""
    aggregate: AggregateForm | None = None
    """How points are joined at every node that does not say otherwise (arithmetic)."""
    weights: WeightMethodForm | None = None
    """How weights are shared at every node that does not say otherwise (marks)."""
    indicators: Annotated[dict[Code, NodeForm], Field(min_length=1)]
    """The tree."""
    adjustments: AdjustmentsForm | None = None
    """加减分、一票否决."""
    rounding: RoundingForm | None = None
    """Decimals at each stage."""
    ties: TiesForm | None = None
    """What decides between equal totals."""
    tiers: tuple[TierForm, ...] = ()
    """The grades, best first."""
    awards: tuple[AwardForm, ...] = ()
    """The honours."""
    pace: PaceForm | None = None
    """序时进度: what share of a target is due by when."""
    reviews: ReviewsForm | None = None
    """季季评: reviews inside the year."""
    ledgers: dict[Code, LedgerForm] = Field(default={})
    """台账: whose records they hold, their dates, states and fields; a ledger may be used undeclared."""
    campaigns: dict[Code, CampaignForm] = Field(default={})
    """专项行动: tasks with milestones, and the indicators they should move."""
    workbook: Truth | None = None
    """Whether `results.xlsx` is written beside the tables; if not given, unless it would be too large."""


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


def _named(value: object) -> object:
    if value is None:
        return {}
    return {"name": value} if isinstance(value, str) else value


def _is_formula(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
