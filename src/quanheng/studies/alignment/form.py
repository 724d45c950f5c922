"""The settings of the study `alignment`: the scheme above, the map between the two, how figures add up."""

from typing import Annotated, Literal

from pydantic import Field

from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, Number
from quanheng.studies.form import StudyForm


class LinkForm(Form, zh="上级一个指标由本级哪些指标承接。"):
    """Which indicators of ours answer for one of the level above."""

    upper: Annotated[str, Text(en="The indicator above, by code or name.", zh="上级指标（代码或名称）。")]
    lower: Annotated[
        tuple[str, ...],
        Text(
            en="Our indicators that answer for it; empty: none does, and that is confirmed.",
            zh="承接它的本级指标；写空表示确认无承接。",
        ),
    ] = ()


class TotalForm(Form, zh="上级一个数据项如何由各单位的数据得出。"):
    """How the district's figure of an item above is made of its units' figures."""

    item: Annotated[str, Text(en="The item above, by code.", zh="上级数据项（代码）。")]
    of: Annotated[
        str | None,
        Text(en="Our item; by default the one of the same code.", zh="本级数据项；默认代码相同者。"),
    ] = None
    by: Annotated[
        Literal["sum", "mean", "weighted"],
        Text(
            en="Added up, averaged, or averaged with the weights of `weight`.",
            zh="合计、平均，或以 `weight` 加权平均。",
        ),
    ] = "sum"
    weight: Annotated[
        str | None,
        Text(en="With `weighted`: our item whose figures are the weights.", zh="加权平均所用的本级数据项。"),
    ] = None


class AlignmentForm(StudyForm, zh="对标：上级方案、两级指标的对应、数据如何汇总。"):
    """Alignment: the scheme above, the map between both, how figures add up to the district's."""

    study: Annotated[Literal["alignment"], Text(en="Which study it is.", zh="哪一项研究。")] = "alignment"
    upper: Annotated[
        str | None,
        Text(
            en="The scheme (a YAML file) or the book above; on the command line it is the second argument.",
            zh="上级的方案（YAML 文件）或考核册；在命令行中是第二个参数。",
        ),
    ] = None
    upper_group: Annotated[
        str | None,
        Text(
            en="The group above that the district is in; needed where there are several.",
            zh="本地区在上级方案中的分组；有多个分组时须写。",
        ),
    ] = None
    district: Annotated[
        str | None,
        Text(
            en="Where the level above is a book: the district's unit in it, by code or name.",
            zh="上级为考核册时：本地区在其中的单位（代码或名称）。",
        ),
    ] = None
    map: Annotated[
        tuple[LinkForm, ...],
        Text(
            en="Who answers for what, confirmed; for others it is proposed.",
            zh="已确认的对应；未写的由程序建议。",
        ),
    ] = ()
    propose_from: Annotated[
        Annotated[Number, Field(gt=0, le=1)],
        Text(
            en="From which similarity on a pair is proposed.",
            zh="相似度达到多少才建议对应。",
        ),
    ] = 0.5
    totals: Annotated[
        tuple[TotalForm, ...],
        Text(
            en="How items above are made of the units' figures; for others it is assumed, and said.",
            zh="上级数据项如何由各单位得出；未写的按惯例假定并说明。",
        ),
    ] = ()
    targets: Annotated[
        dict[str, Number],
        Text(
            en="Targets of the district above, by indicator.",
            zh="上级给本地区下达的目标，按指标。",
        ),
    ] = Field(default_factory=dict)
    figures: Annotated[
        dict[str, Number],
        Text(
            en="Figures of the district that its units do not have, by item above.",
            zh="各单位没有的本地区数据，按上级数据项。",
        ),
    ] = Field(default_factory=dict)
