"""Ties, tiers, what lowers them, and awards, as they are written."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.scheme.fields.fields import Code, Codes, Form, FormulaText, Line, Number, QuotaText, Share
from quanheng.scheme.grades.quotas import QuotaRounding


class SharedForm(Form, zh="一个比例及其取整方法，`{share: 30%, round: down}`。"):
    """A share and how it is rounded, `{share: 30%, round: down}`."""

    share: Annotated[
        Annotated[Share, Field(gt=0)], Text(en="The share of the ranked units.", zh="占参加排名单位的比例。")
    ]
    rounding: Annotated[
        QuotaRounding,
        Text(
            en="Half-up, cut or raised to a whole number of at least 1 (half).",
            zh="四舍五入、舍去小数或有小数即进一，至少为 1（四舍五入）。",
        ),
    ] = Field(default="half", alias="round")


_SHARED: Final = frozenset({"share", "round"})


def _quota_form(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    if isinstance(value, SharedForm) or (isinstance(value, Mapping) and "share" in value):
        return "#shared" if isinstance(value, SharedForm) or value.keys() <= _SHARED else "#groups"
    return "#groups" if isinstance(value, Mapping) else "#quota"


QuotaForm: TypeAlias = Annotated[
    Annotated[QuotaText, Tag("#quota")] | Annotated[SharedForm, Tag("#shared")], Discriminator(_quota_form)
]
"""A count (`3`), a share (`30%`), or a share with its rounding."""
QuotasForm: TypeAlias = Annotated[
    Annotated[QuotaText, Tag("#quota")]
    | Annotated[SharedForm, Tag("#shared")]
    | Annotated[dict[Code, QuotaForm], Field(min_length=1), Tag("#groups")],
    Discriminator(_quota_form),
]
"""One quota for all groups, or `{towns: 3, parks: 30%}`."""


def _number_or_groups(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#groups" if isinstance(value, Mapping) else "#number"


def _codes_or_groups(value: Any) -> str:  # noqa: ANN401  # whatever a person wrote
    return "#groups" if isinstance(value, Mapping) else "#codes"


BoundForm: TypeAlias = Annotated[
    Annotated[Number, Tag("#number")] | Annotated[dict[Code, Number], Field(min_length=1), Tag("#groups")],
    Discriminator(_number_or_groups),
]
"""One number for all groups, or `{food: 3, drink: 2}`."""


TieNodesForm: TypeAlias = Annotated[
    Annotated[Codes, Tag("#codes")] | Annotated[dict[Code, Codes], Field(min_length=1), Tag("#groups")],
    Discriminator(_codes_or_groups),
]
"""Nodes for all groups, or `{towns: [economy, safety], parks: safety}`."""


class TiesForm(Form, zh="总分相同时比较什么。"):
    """What decides between equal totals."""

    break_by: Annotated[
        TieNodesForm,
        Text(
            en="Nodes, in order, the same for all groups or those of each; what is still equal shares the "
            "place.",
            zh="依次比较的节点，各组相同，或分组写；仍相同的并列。",
        ),
    ] = ()


class TierForm(Form, zh="等次。"):
    """A grade."""

    name: Annotated[Line, Text(en="What it is called.", zh="名称。")]
    top: Annotated[
        QuotasForm | None,
        Text(
            en="Down to this place: a count, or a share of the group; cumulative. One for all groups or one "
            "for each.",
            zh="到第几名为止：名额，或占本组的比例；累计。各组相同，或分组写。",
        ),
    ] = None
    last: Annotated[
        QuotasForm | None,
        Text(en="So many from below: a count, or a share of the group.", zh="末几名：名额，或占本组的比例。"),
    ] = None
    at_least: Annotated[
        BoundForm | None,
        Text(en="The least total; one for all groups or one for each.", zh="总分下限；各组相同，或分组写。"),
    ] = None
    at_most: Annotated[
        BoundForm | None,
        Text(
            en="The greatest total, where the lowest is first; one for all groups or one for each.",
            zh="总分上限，用于低分在前的方案；各组相同，或分组写。",
        ),
    ] = None
    groups: Annotated[
        Codes | None,
        Text(
            en="The groups it stands in; if not given, those that a quota or bound names, or all.",
            zh="设此等次的分组；不写则为分组写明名额或下限的各组，都没有分组写的为全部。",
        ),
    ] = None
    where: Annotated[FormulaText | None, Text(en="Who can enter it.", zh="谁可以进入。")] = None
    unless: Annotated[
        FormulaText | None,
        Text(
            en="A condition under which a unit does not enter, such as `veto`.",
            zh="不能进入的条件，例如 `veto`。",
        ),
    ] = None


class LoweringForm(Form, zh="降等：条件成立的单位降低等次。"):
    """降等: units for which the condition holds end in a lower tier."""

    when: Annotated[FormulaText, Text(en="The condition.", zh="条件。")]
    by: Annotated[
        Annotated[int, Field(ge=1, le=99)] | None,
        Text(en="So many tiers lower (1).", zh="降低几个等次（1）。"),
    ] = None
    to: Annotated[Line | None, Text(en="Instead: no higher than this tier.", zh="或者：不高于此等次。")] = (
        None
    )


class AwardForm(Form, zh="奖项。"):
    """An honour."""

    name: Annotated[Line, Text(en="What it is called.", zh="名称。")]
    groups: Annotated[
        Codes, Text(en="The groups it is given in; if not given, all.", zh="在哪些组评；不写则各组都评。")
    ] = Field(default=(), alias="from")
    take: Annotated[
        QuotasForm | None,
        Text(
            en="How many in each group: a count or a share, one for all groups or one for each; if not "
            "given, all for whom the condition holds.",
            zh="每组几个：名额或比例，各组相同或分组写；不写则符合条件的都有。",
        ),
    ] = None
    last: Annotated[
        QuotasForm | None,
        Text(
            en="How many from below of those for whom the condition holds, instead of `take`.",
            zh="符合条件者中的末几名，代替 `take`。",
        ),
    ] = None
    where: Annotated[FormulaText | None, Text(en="Who can have it.", zh="谁可以得。")] = None
    by: Annotated[
        FormulaText | None, Text(en="Greatest first; if not given, by place.", zh="由大到小；不写则按位次。")
    ] = None
    to: Annotated[
        Line | None,
        Text(en="The column of the units that names the person honoured.", zh="单位表中受奖人所在的列。"),
    ] = None
    every: Annotated[
        Every | None, Text(en="Only in rounds of this length.", zh="只在这种长度的考核期评。")
    ] = None
    veto: Annotated[
        Literal["allowed", "barred"], Text(en="Whether vetoed units take part.", zh="被否决的单位是否参评。")
    ] = "barred"
