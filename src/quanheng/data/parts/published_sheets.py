"""The sheets of a workbook that say what was published: they say the same as what lies frozen beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.data.files.contents import Contents, Copy
from quanheng.data.files.history.sheet import seal_on
from quanheng.data.parts.history import result_in
from quanheng.data.tables.table import ParquetFile
from quanheng.data.telling.names import Roster, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Text

_WORDS: Final = {
    "score": Text(zh="得分", en="score"),
    "place": Text(zh="位次", en="place"),
    "tier": Text(zh="等次", en="tier"),
}
_NOISE: Final = 1e-9
_SHOWN: Final = 5
_NOTHING: Final = "—"

OTHER_THAN_PUBLISHED: Final = Kind(
    code="QH494",
    severity="error",
    en="this sheet says otherwise than what was published and lies in {folder}: {what} is {said}, not {was}",
    zh="该工作表与已公布并封存于{folder}的结果不符：{what}为{said}，公布的是{was}",
    hint_en="restore the sheet, or delete it: the frozen folder counts; to correct it, publish it again",
    hint_zh="请恢复该表或将其删除：以封存的文件夹为准；确需更正的，注明原因重新公布",
)
NOT_BESIDE: Final = Kind(
    code="QH495",
    severity="warning",
    en="this sheet says that its result was published with the seal {seal}, but the frozen folder is not "
    "there: whether it was changed cannot be checked",
    zh="该表写明其结果已公布（封存码{seal}），但考核册旁没有封存的文件夹，无法核对是否被改动",
    hint_en="put the frozen folder beside the book again",
    hint_zh="请把封存的历史文件夹放回考核册旁",
)


def check_published_sheets(contents: Contents, units: Roster, collector: Collector) -> None:
    """Add an error where a sheet says otherwise than its frozen round, a warning where that is not there."""
    for copy in contents.copies:
        for finding in list(_differences(copy, contents, units))[:_SHOWN]:
            collector.add(finding)
    for raws in contents.history.values():
        for raw in raws:
            seal = None if isinstance(raw, ParquetFile) else seal_on(raw)
            if seal is not None:
                collector.add(NOT_BESIDE.at(raw.location, seal=seal))


def _differences(copy: Copy, contents: Contents, units: Roster) -> Iterator[Finding]:
    """Yield the cells that say otherwise: the seal, then scores, places and tiers unit by unit."""
    frozen = contents.history.get(copy.round)
    if not frozen:  # what is missing of it is told where it is read
        return
    folder = frozen[0].file.rpartition("/")[0]
    sheet = copy.sheet
    seal = None if isinstance(sheet, ParquetFile) else seal_on(sheet)
    if seal is not None and seal != copy.seal:
        what = Text(en="the seal", zh="封存码")
        yield OTHER_THAN_PUBLISHED.at(sheet.location, folder=folder, what=what, said=seal, was=copy.seal)
        return
    apart = Collector()  # what is odd in the frozen tables is told where they are read
    said, was = result_in((sheet,), units, apart), result_in(frozen, units, apart)
    there = [name for name in _WORDS if said[name].null_count() < said.height]
    both = said.join(was, on="unit", how="full", coalesce=True, suffix="_was", maintain_order="left_right")
    for row in both.iter_rows(named=True):
        for name in there:
            here, published = row[name], row[f"{name}_was"]
            if not _alike(here, published):
                word, unit = _WORDS[name], shown(row["unit"])
                facts = {"said": _text(here), "was": _text(published), "folder": folder}
                what = Text(en=f"the {word.en} of {unit}", zh=f"{unit}的{word.zh}")
                yield OTHER_THAN_PUBLISHED.at(sheet.location, what=what, **facts)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _NOISE
    return one == other


def _text(value: object) -> str:
    if value is None:
        return _NOTHING
    return f"{value:.12g}" if isinstance(value, float) else shown(str(value))
