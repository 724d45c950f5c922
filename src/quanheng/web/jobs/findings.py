"""What can be wrong with work in the background, beside what the rules of runs tell."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

NO_LONGER_HELD: Final = Kind(
    code="QH979",
    severity="error",
    en="the job on {job!r} was stopped, or taken up by another process",
    zh="“{job}”的后台任务已取消，或已由其他进程接手",
    hint_en="nothing: what this process did is dropped",
    hint_zh="无需处理：本进程的结果不予保留",
)
UNKNOWN_KIND: Final = Kind(
    code="QH980",
    severity="error",
    en="nothing here does work of the kind {job!r}",
    zh="本系统没有“{job}”这类后台任务",
    hint_en="ask for it anew; the program was changed since it was asked for",
    hint_zh="程序已更新，请重新发起",
)
