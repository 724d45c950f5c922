"""Adjustments, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Code, Form, FormulaText, Line, Number


class CategoryForm(Form, zh="加分或扣分的一类，各有上限。"):
    """A category of bonus, or of penalty, marks, with a cap of its own."""

    name: Annotated[
        Line | None, Text(en="What it is called; the code if not given.", zh="名称；不写则为代码。")
    ] = None
    cap: Annotated[
        Annotated[Number, Field(ge=0)] | None,
        Text(
            en="The most marks of this category, over all nodes; it is taken before the cap over all.",
            zh="本类各节点合计的上限；先按本类上限，再按总的上限。",
        ),
    ] = None


class NodeLimitForm(Form, zh="一个节点及其以下各节点上加分或扣分的上限；只写一个数即为上限。"):
    """What caps the bonus, or the penalty, marks at a node and below it; a bare number is the cap."""

    cap: Annotated[
        Annotated[Number, Field(ge=0)] | None,
        Text(
            en="The most marks at the node and below it; it is taken after the caps below it and before those"
            " over all nodes.",
            zh="该节点及其以下各节点合计的上限；先按其下各节点的上限，再按本上限，最后按各节点合计的上限。",
        ),
    ] = None
    categories: Annotated[
        dict[Code, Annotated[Number, Field(ge=0)]],
        Text(
            en="The most marks of a category at the node and below it, by its code; taken before `cap`.",
            zh="该节点及其以下各节点上某一分类合计的上限，按分类代码列出；先按此上限，再按节点的上限。",
        ),
    ] = Field(default={})

    @classmethod
    def written_out(cls, value: object) -> object:
        """Read a bare number as the cap."""
        return value if isinstance(value, Mapping | Form) else {"cap": value}


class LimitForm(Form, zh="对一个单位全部加分或全部扣分的限制。"):
    """What holds for all bonus, or all penalty, marks of a unit."""

    cap: Annotated[
        Annotated[Number, Field(ge=0)] | None,
        Text(en="The most marks, over all nodes.", zh="各节点合计的上限。"),
    ] = None
    when: Annotated[
        FormulaText | None, Text(en="The condition without which none count.", zh="条件不成立则都不计。")
    ] = None
    categories: Annotated[
        dict[Code, CategoryForm],
        Text(
            en="Categories with caps of their own, by code; rows and rules name theirs in `category`.",
            zh="分类，各有上限，按代码列出；明细和规则以 category 写明属于哪一类。",
        ),
    ] = Field(default={})
    nodes: Annotated[
        dict[Code, NodeLimitForm],
        Text(
            en="Caps at nodes, each for all marks at the node and below it, by the code of the node.",
            zh="节点上的上限，各管该节点及其以下各节点的加减分，按节点代码列出。",
        ),
    ] = Field(default={})


class VetoForm(Form, zh="一票否决。"):
    """一票否决."""

    tier: Annotated[Line | None, Text(en="The tier of a vetoed unit.", zh="被否决单位的等次。")] = None


class AdjustmentRuleForm(Form, zh="由公式得出的加减分或否决。"):
    """Marks, or a veto, that follow from a formula."""

    name: Annotated[Line, Text(en="What it is called in the trace.", zh="计分依据中的名称。")]
    kind: Annotated[Literal["bonus", "penalty", "veto"], Text(en="What it does.", zh="作用。")]
    marks: Annotated[
        FormulaText | None,
        Text(en="The marks, 0 or more (bonus, penalty).", zh="分数，不小于 0（加分、扣分）。"),
    ] = None
    when: Annotated[
        FormulaText | None,
        Text(
            en="The condition without which it does not count; for a veto, "
            "the condition under which it falls.",
            zh="条件不成立则不计；对否决而言，条件成立则否决。",
        ),
    ] = None
    node: Annotated[
        Code | None,
        Text(en="The node it is added at; if not given, the total.", zh="计入哪个节点；不写则计入总分。"),
    ] = None
    category: Annotated[
        Code | None,
        Text(
            en="The category of its kind that it belongs to; if not given, only the cap over all holds.",
            zh="属于本类型的哪一分类；不写则只受总的上限限制。",
        ),
    ] = None


class AdjustmentsForm(Form, zh="加减分、一票否决。"):
    """加减分、一票否决."""

    bonus: LimitForm | None = None
    penalty: LimitForm | None = None
    veto: VetoForm | None = None
    rules: tuple[AdjustmentRuleForm, ...] = ()
