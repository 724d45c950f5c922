"""What a reader of a result should know of targets that were not stated for its round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import narwhals as nw

from quanheng.data.book.book import Book
from quanheng.engine.figures.targets.due import due_targets
from quanheng.engine.formulas.measures import needs_target
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.periods.stretch import Stretch

NO_SEASON: Final = Kind(
    code="QH561",
    severity="warning",
    en="{node!r} has fewer than two earlier years to tell its pace by {round}: it is even for {count} units",
    zh="“{node}”截至{round}的往年数据不足两年，{count}个单位按均匀进度计算",
    hint_en="add figures of earlier years, by month or quarter, or state a curve",
    hint_zh="请补充往年各月（季）的数据，或写明进度曲线（curve）",
)
NO_START: Final = Kind(
    code="QH562",
    severity="warning",
    en="{count} units have no value of {node!r} at the year's start: all of the target is due by {round}",
    zh="“{node}”有{count}个单位没有年初值，截至{round}按全部目标要求",
    hint_en="add the figures of the year before",
    hint_zh="请补充上年的数据",
)

_KINDS: Final[Mapping[str, Kind]] = {"no_history": NO_SEASON, "no_start": NO_START}


DUE_AS_TARGET: Final = Kind(
    code="QH560",
    severity="note",
    en="{node!r} has no target of its own in {round} ({count} units): what is due of the year's counts",
    zh="“{node}”没有{round}的目标（{count}个单位），按年度目标的序时进度计算应达数",
    hint_en="state targets for {round}, or write 'pace: none' if the year's is for the year only",
    hint_zh="请填写{round}的目标；只按全年考核的，请在指标的序时进度写“年内不要求”（pace: none）",
)


def check_goals(book: Book, stretch: Stretch) -> Iterator[Finding]:
    """Yield a QH560 for each indicator whose targets are by pace; QH561, QH562 for makeshifts.

    Nothing is looked at where no indicator that is rated by a target has a pace.
    """
    rated = [each for each in book.scheme.indicators if each.pace is not None and needs_target(each)]
    if not rated:
        return
    own = book.targets.filter(nw.col("period") == str(stretch)).select(c.UNIT, "indicator")
    due = due_targets(book, {str(stretch): stretch}, indicators=[each.code for each in rated])
    made = due.join(own, on=[c.UNIT, "indicator"], how="anti").group_by("indicator", "basis").agg(nw.len())
    counts = {(code, basis): count for code, basis, count in made.select("indicator", "basis", "len").rows()}
    for indicator in rated:
        found = {basis: count for (code, basis), count in counts.items() if code == indicator.code}
        if found:
            facts = {"node": indicator.code, "round": stretch}
            yield DUE_AS_TARGET.at(indicator.where, count=sum(found.values()), **facts)
            for basis, kind in _KINDS.items():
                if basis in found:
                    yield kind.at(indicator.where, count=found[basis], **facts)
