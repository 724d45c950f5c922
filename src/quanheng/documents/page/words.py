"""What a page says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.documents.page.embedding import Json
from quanheng.documents.page.words_of_views import VIEWS
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Scheme

MADE: Final = Text(
    zh="由 quanheng 权衡 {version} 生成 · 方案 {scheme} · 数据 {data}",
    en="made by quanheng {version} · scheme {scheme} · data {data}",
)

SEVERITIES: Final[Mapping[str, Text]] = {
    "error": Text(zh="错误", en="error"),
    "warning": Text(zh="警告", en="warning"),
    "note": Text(zh="提示", en="note"),
}

_PAGE: Final[Mapping[str, Text]] = {
    "skip": Text(zh="跳到正文", en="skip to the text"),
    "views": Text(zh="各视图", en="views"),
    "round.is": Text(zh="考核期 {round} · {units} 个单位", en="round {round} · {units} units"),
    "view.ranking": Text(zh="排名", en="Ranking"),
    "view.dimensions": Text(zh="分维度", en="By dimension"),
    "view.moves": Text(zh="位次变化", en="Moves"),
    "view.lights": Text(zh="红绿灯", en="Lights"),
    "view.unit": Text(zh="单位", en="One unit"),
    "view.compare": Text(zh="并列比较", en="Side by side"),
    "view.tree": Text(zh="方案", en="Scheme"),
    "view.about": Text(zh="方法与问题", en="Methods and findings"),
    "download.csv": Text(zh="下载所见（CSV）", en="Download what I see (csv)"),
    "download.svg": Text(zh="下载所见（SVG）", en="Download what I see (svg)"),
    "downloaded": Text(zh="已下载 {name}", en="{name} downloaded"),
    "as.table": Text(zh="以表格代替图", en="Table instead of chart"),
    "as.chart": Text(zh="以图代替表格", en="Chart instead of table"),
    "care.on": Text(zh="关怀版", en="Care mode"),
    "care.off": Text(zh="退出关怀版", en="Leave care mode"),
    "care.is.on": Text(zh="已进入关怀版", en="care mode is on"),
    "care.is.off": Text(zh="已退出关怀版", en="care mode is off"),
    "aloud": Text(zh="朗读", en="Read aloud"),
    "no.voices": Text(zh="此浏览器没有可用的朗读语音", en="this browser has no voice to read with"),
    "comma": Text(zh="、", en=", "),
    "stop": Text(zh="；", en="; "),
}
_THINGS: Final[Mapping[str, Text]] = {
    "unit": Text(zh="单位", en="unit"),
    "group": Text(zh="分组", en="group"),
    "all.groups": Text(zh="全部分组", en="all groups"),
    "place": Text(zh="位次", en="place"),
    "total": Text(zh="总分", en="total"),
    "tier": Text(zh="等次", en="tier"),
    "awards": Text(zh="奖项", en="awards"),
    "score": Text(zh="得分", en="score"),
    "points": Text(zh="得分（百分制）", en="points"),
    "weight": Text(zh="权重", en="weight"),
    "node": Text(zh="节点", en="node"),
    "indicator": Text(zh="指标", en="indicator"),
    "measure": Text(zh="指标值", en="measure"),
    "item": Text(zh="数据项", en="item"),
    "measured.in": Text(zh="计量单位", en="measured in"),
    "from": Text(zh="提供部门", en="from"),
    "direction": Text(zh="方向", en="direction"),
    "direction.more": Text(zh="越大越好", en="more is better"),
    "direction.less": Text(zh="越小越好", en="less is better"),
    "code": Text(zh="代码", en="code"),
    "severity": Text(zh="级别", en="level"),
    "where": Text(zh="位置", en="place in the book"),
    "message": Text(zh="内容", en="what was found"),
    "vetoed": Text(zh="一票否决", en="vetoed"),
    "unranked": Text(zh="不参加排名", en="not ranked"),
    "place.of": Text(zh="第 {place} 位，共 {of} 个", en="place {place} of {of}"),
    "and.up": Text(zh="，上升 {by} 位", en=", up {by}"),
    "and.down": Text(zh="，下降 {by} 位", en=", down {by}"),
    "and.same": Text(zh="，与上期持平", en=", as before"),
    "same": Text(zh="持平", en="same"),
    "joined.or.rated": Text(zh="合成方法或计分规则", en="how joined or rated"),
}

WORDS: Final[Mapping[str, Text]] = {**_PAGE, **_THINGS, **VIEWS}
"""The words of the page's script by their keys; `{…}` are gaps that it fills."""


def pair(text: Text, otherwise: str = "") -> list[Json]:
    """Return a text as a page holds it: Chinese, then English; `otherwise` where it says nothing.

    Examples:
        >>> pair(Text(zh="总分", en="total")), pair(Text(), "gdp")
        (['总分', 'total'], ['gdp', 'gdp'])
    """
    return [text.in_language("zh") or otherwise, text.in_language("en") or otherwise]


def words_for(scheme: Scheme) -> dict[str, Text]:
    """Return all words of the page, with what `scheme` calls a unit that is not ranked."""
    stated = scheme.unranked
    return {**WORDS, "unranked": stated} if stated.zh or stated.en else dict(WORDS)
