"""What is done to jobs, as the log and the pages call it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

ACTIONS: Final = {
    "job.begin": Text(zh="开始后台任务", en="begin a job"),
    "job.end": Text(zh="完成后台任务", en="end a job"),
    "job.take_up": Text(zh="后台任务重新排队", en="take a job up again"),
    "job.fail": Text(zh="后台任务失败", en="give a job up"),
    "job.stop": Text(zh="取消后台任务", en="stop a job"),
}
STATES: Final = {
    "waiting": Text(zh="排队", en="waiting"),
    "running": Text(zh="进行中", en="running"),
    "ended": Text(zh="已完成", en="ended"),
    "failed": Text(zh="失败", en="failed"),
    "stopped": Text(zh="已取消", en="stopped"),
}
"""The states of a run, said of any job."""
LOST: Final = Text(
    zh="已开始{count}次，每次执行的进程都中途消失（如内存不足或被终止）",
    en="begun {count} times, and each time its process was gone before the end (short of memory, or killed)",
)
BROKE: Final = Text(
    zh="程序出错：{error}；详情见服务器日志",
    en="the program broke off: {error}; the log of the server says more",
)
