"""What can be wrong with the log."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

BROKEN: Final = Kind(
    code="QH945",
    severity="error",
    en="chain {chain!r}, entry {number}: {what}",
    zh="日志链{chain!r}第{number}条：{what}",
    hint_en="the database was changed past the site; compare with a backup, and with seals kept elsewhere",
    hint_zh="有人绕过站点改动了数据库；请与备份以及另处保存的封存文件核对",
)
SEAL_BROKEN: Final = Kind(
    code="QH946",
    severity="error",
    en="the log is not the one that was sealed: {what}",
    zh="日志与封存文件不符：{what}",
    hint_en="entries up to it were replaced or deleted, or the file was changed; compare with another copy",
    hint_zh="封存之前的记录被替换或删除，或封存文件本身被改动；请与另处的副本核对",
)
NO_SEAL: Final = Kind(
    code="QH947",
    severity="warning",
    en="there is no seal to compare with",
    zh="没有可核对的封存文件",
    hint_en="only a seal shows that a log was replaced as a whole; name a folder of copies with --seals",
    hint_zh="日志若被整体替换，只有对照封存文件才能发现；请用 --seals 指明存放副本的文件夹",
)
"""The seals are written once a day; a new site has none."""
