"""Laws of what items of units that went into another make together (`merge`, units §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.settle import Settled

ADDS_NOTHING_UP: Final = Kind(
    code="QH863",
    severity="error",
    en="'{item}' is of the kind {kind}, whose values of two units do not add up",
    zh="“{item}”的类型为 {kind}，两个单位的数不能相加",
    hint_en="write 'merge: {{mean: …}}' with the item that weighs, or max or min",
    hint_zh="请写加权平均（merge: {{mean: …}}），或最大（max）、最小（min）",
)
WEIGHS_BY_NOTHING: Final = Kind(
    code="QH864",
    severity="error",
    en="'{item}' is merged by a mean that '{by}' weighs, which is no reported item",
    zh="“{item}”以“{by}”加权合并，而“{by}”不是报送的数据项",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_merge(settled: Settled) -> Iterator[Finding]:
    """Yield what is wrong with how items of merged units are put together."""
    items = settled.scheme.items
    known = [item.code for item in items if isinstance(item.source, Reported)]
    for item in items:
        if item.merge is None:
            continue
        where = settled.locations.of("items", item.code, "merge")
        if item.merge.how == "sum" and item.kind in ("rate", "date"):
            yield ADDS_NOTHING_UP.at(where, item=item.code, kind=item.kind)
        by = item.merge.by
        if by is not None and (by not in known or by == item.code):
            yield WEIGHS_BY_NOTHING.at(where, item=item.code, by=by, **suggestion(by, known))


MERGE_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_merge,)
