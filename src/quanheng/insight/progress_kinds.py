"""The findings about watching a year: QH580 to QH582."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_PACE: Final = Kind(
    code="QH580",
    severity="note",
    en="the scheme does not say by when how much of a target is due; an even pace is taken",
    zh="方案没有写明目标何时应达多少，按均匀进度计算",
    hint_en="write 'pace: {{curve: even}}' or another curve into the scheme",
    hint_zh="请在方案中写明 pace，如 pace: {{curve: even}}",
)
NO_TARGETS: Final = Kind(
    code="QH581",
    severity="warning",
    en="there is no target of the year {year}, so nothing is due of any",
    zh="没有 {year} 年的目标，无法计算应达进度",
    hint_en="add the targets of {year} to targets.csv, or ask for a period of {others}",
    hint_zh="请在目标表中补充 {year} 年的目标，或查看 {others} 的进度",
)
NOTHING_YET: Final = Kind(
    code="QH582",
    severity="warning",
    en="no figure ends in {month}; the last ones of the year are of {last}",
    zh="{month} 还没有任何数据，当年最新的数据截至 {last}",
    hint_en="ask for --at {last}, or hand in the figures of {month}",
    hint_zh="请用 --at {last} 查看，或补报 {month} 的数据",
)
