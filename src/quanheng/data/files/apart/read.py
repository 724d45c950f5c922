"""Workbooks and Parquet files of strangers, read by the process apart; what they do to it is a finding."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

from quanheng.data.files.apart.process import FellError, Means, Why, ask, means_for
from quanheng.data.files.archives import ZIP_BOMB
from quanheng.data.files.magic import NOT_WHAT_IT_IS_CALLED
from quanheng.data.files.marks.read import SHEET_TOO_LARGE
from quanheng.data.telling import limits
from quanheng.data.telling.findings import NOT_A_WORKBOOK, NOT_PARQUET
from quanheng.data.telling.room import TOO_MUCH_ROOM, Room
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value

_MEBI: Final = 1024 * 1024

ENDED: Final = Kind(
    code="QH622",
    severity="error",
    en="the file broke the process that opened it: it is damaged, or made to do so",
    zh="打开该文件的进程被其中断：文件已损坏，或被恶意构造",
    hint_en="ask for a new copy; or open the file where it comes from and save it again",
    hint_zh="请索取新的副本；或在来源处打开后重新保存",
)
TOO_MUCH_MEMORY: Final = Kind(
    code="QH623",
    severity="error",
    en="reading the file takes more than the {most} MiB of memory that one of its size may take",
    zh="读取该文件所需内存超过这一大小的文件可用的 {most} MiB",
    hint_en="keep only the tables that are needed; hand in big tables as parquet",
    hint_zh="请只保留需要的表格；大表请用 parquet 格式",
)
TOO_MUCH_TIME: Final = Kind(
    code="QH624",
    severity="error",
    en="reading the file takes longer than the {most} seconds that one of its size may take",
    zh="读取该文件所需时间超过这一大小的文件可用的 {most} 秒",
    hint_en="keep only the tables that are needed; hand in big tables as parquet",
    hint_zh="请只保留需要的表格；大表请用 parquet 格式",
)
NO_PROCESS: Final = Kind(
    code="QH625",
    severity="error",
    en="workbooks and parquet files are opened in a process of their own, which could not be started",
    zh="工作簿和 parquet 文件在单独的进程中打开，但该进程无法启动",
    hint_en="let whoever looks after this computer allow a program to start another; or hand in csv files",
    hint_zh="请联系本机管理员，允许本程序启动另一进程；或改用 csv 文件",
)
_REFUSALS: Final = {
    kind.code: kind
    for kind in (
        NOT_A_WORKBOOK,
        NOT_PARQUET,
        NOT_WHAT_IT_IS_CALLED,
        SHEET_TOO_LARGE,
        TOO_MUCH_ROOM,
        ZIP_BOMB,
    )
}


class RefusedError(Exception):
    """The file is not read, for what the `finding` says."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__()
        self.finding = finding


class Sizes(Value):
    """What a Parquet file holds: rows, columns, and the bytes of its texts."""

    rows: int
    columns: int
    text: int


def told_of_workbook(content: bytes, where: Location, room: Room) -> Generator[Any, None, None]:
    """Yield what `tell_workbook` tells of the workbook `content`.

    Raises:
        RefusedError: it is not read, or not to its end.
    """
    request = {"what": "workbook", "size": len(content), "file": where.file, "room": room.memory}
    for told in _told(request, means_for(len(content)), where, content):
        if isinstance(told, dict) and "took" in told:
            room.take(told["took"])
        else:
            yield told


def sizes_of_parquet(path: Path, size: int, where: Location, room: Room) -> Sizes:
    """Return what the Parquet file at `path` of `size` bytes holds, read once from end to end.

    Raises:
        RefusedError: it cannot be read, or claims to hold far more than a file of its size does.
    """
    due = limits.ROOM_OF_PARQUET * size
    request = {"what": "parquet", "path": str(path.resolve()), "room": room.memory + due}
    told = Sizes(rows=0, columns=0, text=0)
    for answer in _told(request, means_for(size), where):
        told = Sizes(**answer)
    if (refusal := room.refuse_table(told.rows, told.text, due, where)) is not None:
        raise RefusedError(refusal)
    return told


def _told(
    request: dict[str, Any], means: Means, where: Location, content: bytes = b""
) -> Generator[Any, None, None]:
    refusal: Finding | None = None
    try:
        for told in ask(request, means, content):
            if isinstance(told, dict) and "refused" in told:
                facts = {key: _fact(value) for key, value in told.get("facts", {}).items()}
                refusal = _REFUSALS[told["refused"]].at(where, **facts)
            else:
                yield told
    except FellError as error:
        refusal = _finding(error.why, means, where)
    if refusal is not None:
        raise RefusedError(refusal)


def _fact(value: str | dict[str, str]) -> str | Text:
    return value if isinstance(value, str) else Text(**value)


def _finding(why: Why, means: Means, where: Location) -> Finding:
    match why:
        case "memory":
            return TOO_MUCH_MEMORY.at(where, most=means.memory // _MEBI)
        case "time":
            return TOO_MUCH_TIME.at(where, most=int(means.seconds))
        case "start":
            return NO_PROCESS.at(where)
        case "end":
            return ENDED.at(where)
