"""The findings about reviews inside the year and about marks that get lost: QH57x."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NOTHING_TO_REVIEW: Final = Kind(
    code="QH570",
    severity="error",
    en="no indicator is left for a review: none has figures that are all reported every {every} or oftener",
    zh="季季评（every: {every}）没有可评的指标：没有任何指标的全部数据按此频度或更高频度报送",
    hint_en="name the nodes of a review under 'reviews: {{nodes: […]}}', or correct 'every' of the items",
    hint_zh="请在 reviews: {{nodes: […]}} 中写明参评的节点，或更正数据项的 every",
)
REVIEW_FAILS: Final = Kind(
    code="QH571",
    severity="error",
    en="the review {round}, which is folded into the year, cannot be scored; its errors follow ({count})",
    zh="计入全年的{round}季季评无法计分：有{count}个错误，列于其后",
    hint_en="try 'quanheng score BOOK --round {round}'; a review that lies in history/ is taken from there",
    hint_zh="可用 quanheng score 考核册 --round {round} 查看；已存入 history/ 的季季评按其中的结果计",
)
REVIEW_NOT_HELD: Final = Kind(
    code="QH572",
    severity="note",
    en="reviews without any figure do not count in the year: {rounds}",
    zh="以下各期没有数据，其季季评不计入全年：{rounds}",
    hint_en="report the figures of a review that was held",
    hint_zh="已考评的，请补报该期数据",
)
REVIEW_AS_PUBLISHED: Final = Kind(
    code="QH573",
    severity="note",
    en="reviews that lie in history/ count in the year as they were published, not computed anew: {rounds}",
    zh="以下各期季季评按 history/ 中已公布的结果计入全年，不重新计算：{rounds}",
    hint_en="take one out of history/ to have it computed from the figures as they are now",
    hint_zh="如需按现有数据重新计算，请将其移出 history/",
)
ADJUSTMENT_LOST: Final = Kind(
    code="QH574",
    severity="warning",
    en="the bonus or penalty of {unit!r} at {node!r} is lost: the node has no score for this unit",
    zh="{unit!r}在{node!r}上的加减分未计入：该单位在此节点没有得分",
    hint_en="give the marks at a node above, or report what is missing",
    hint_zh="请改在上级节点加减分，或补报缺失数据",
)
ADJUSTMENT_OUTSIDE_REVIEW: Final = Kind(
    code="QH575",
    severity="note",
    en="the adjustment of {unit!r} at {node!r} does not count in {round}: the node takes no part in it",
    zh="{unit!r}在{node!r}上的加减分不计入{round}：该节点不参加季季评",
    hint_en="it counts in the year; write 'total' as its node if it is to count here",
    hint_zh="全年考核时计入；如需在本期计入，节点请填 total",
)
AWARD_WITHOUT_ITS_NODE: Final = Kind(
    code="QH576",
    severity="warning",
    en="the award {award!r} is not given: it looks at a node that takes no part in the review",
    zh="奖项“{award}”未评：所看的节点不参加季季评",
    hint_en="name the node under 'reviews: {{nodes: […]}}', or let the award look at another one",
    hint_zh="请把该节点写入 reviews: {{nodes: […]}}，或改用其他节点",
)
ROUND_BEFORE_FAILS: Final = Kind(
    code="QH578",
    severity="error",
    en="the round {round}, with which {now} is to be compared, cannot be scored; its errors follow ({count})",
    zh="用来与{now}比较的{round}无法计分，其错误列于其后（{count}个）",
    hint_en="report what is missing of that round, or name another one with --before",
    hint_zh="请补报该期缺失的数据，或用 --before 另选一期",
)
FRAME_WITHOUT_REVIEWS: Final = Kind(
    code="QH577",
    severity="note",
    en="a frame holds one round and no reviews: the totals are the year's own, nothing is folded in",
    zh="数据表只含一个考核期，没有季季评：总分为全年自身得分，未折入季季评",
    hint_en="score a book to have the reviews folded into the year",
    hint_zh="如需折入季季评，请用考核册计分",
)
