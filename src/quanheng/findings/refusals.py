"""Why the computer would not read or write a file, in words of both languages; its own are in one only."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

from quanheng.findings.text import Text

_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已存在同名文件",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件过大",
    errno.EROFS: "磁盘只能读取，不能写入",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "文件正被其他程序使用",
    errno.ETXTBSY: "文件正被其他程序使用",
    errno.EMFILE: "打开的文件过多",
    errno.ELOOP: "链接循环",
    errno.EIO: "读写出错",
}


def reason_of(error: OSError) -> Text:
    """Return why the computer refused.

    Examples:
        >>> reason_of(FileNotFoundError(2, "No such file or directory"))
        Text(zh='文件或文件夹不存在', en='No such file or directory')
        >>> reason_of(OSError(5000, "Something rare")).zh
        '操作系统错误 5000'
    """
    en = error.strerror or str(error) or type(error).__name__
    number = error.errno
    return Text(
        en=en, zh="操作系统错误" if number is None else _REASONS.get(number, f"操作系统错误 {number}")
    )
