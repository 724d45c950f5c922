"""What can be wrong with what is asked on boards, beside what the core tells."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

DO_NOT_ADD_UP: Final = Kind(
    code="QH996",
    severity="error",
    en="the weights below {node} ({group}) add up to {sum}, not to {wanted}",
    zh="“{node}”之下（{group}）的权重合计为{sum}，应为{wanted}",
    hint_en="change another one as well, so that they add up",
    hint_zh="请同时调整其他权重，使合计相符",
)
SCORED_ANEW: Final = Kind(
    code="QH997",
    severity="error",
    en="the round was scored anew (run {run}) after this page was opened; nothing was computed",
    zh="打开本页之后已重新计分（第{run}次）；未作试算",
    hint_en="what was typed stands below; look at it and compute again",
    hint_zh="已填写的仍在下面，请核对后再次试算",
)
NOT_AS_SEEN: Final = Kind(
    code="QH998",
    severity="error",
    en="{item} is no longer accepted in the version that was shown; nothing was kept",
    zh="“{item}”已不是所显示的已通过版本；没有保存",
    hint_en="look at the figure as it stands now",
    hint_zh="请核对现在的数值",
)
