"""What it does to leave something out: an indicator, a dimension, or a unit whose values others look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from quanheng.data.book.spells import without_unit
from quanheng.engine.replicates.runs import Outcomes
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Indicator, Node
from quanheng.studies.columns import NUMBER, TEXT, WHOLE, Columns, table_of_columns
from quanheng.studies.robustness.form import LeftOut
from quanheng.studies.robustness.told.summary import Standing
from quanheng.studies.study import Table

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

MOST_UNITS_LEFT_OUT: Final = 500
"""To leave out a unit is a scoring: so many at most."""

LEFT_OUT: Final[Columns] = {
    "kind": (TEXT, Text(en="indicator, dimension or unit", zh="类别：指标、维度或单位")),
    "code": (TEXT, Text(en="what is left out", zh="代码：去掉的对象")),
    "name": (TEXT, Text(en="its name", zh="名称")),
    "name_en": (TEXT, Text(en="its name in English", zh="英文名称")),
    "mean_shift": (NUMBER, Text(en="by how many places others are off, on average", zh="平均位次变动")),
    "most": (WHOLE, Text(en="the greatest shift of a unit", zh="最大位次变动")),
    "unit": (TEXT, Text(en="the unit it is of", zh="变动最大的单位：代码")),
    "unit_name": (TEXT, Text(en="its name", zh="变动最大的单位名称")),
    "first": (TEXT, Text(en="who is first then", zh="届时的第一名")),
}


def _row(
    kind: str,
    code: str,
    name: Text,
    places: NDArray[np.int32],
    nominal: NDArray[np.int32],
    standing: Standing,
) -> dict[str, Any]:
    """Return a row of the table of what is left out; `places` are in the order of `standing`."""
    both = (places > 0) & (nominal > 0)
    off = np.where(both, np.abs(places.astype(np.int64) - nominal), 0)
    most = int(off.max(initial=0))
    firsts = [standing.codes[index] for index in np.flatnonzero(places == 1)]
    return {
        "kind": kind,
        "code": code,
        "name": name.in_language("zh") or code,
        "name_en": name.in_language("en") or code,
        "mean_shift": float(off.sum() / max(1, int(both.sum()))),
        "most": most,
        "unit": standing.codes[int(off.argmax())] if most else None,
        "unit_name": standing.names[int(off.argmax())] if most else None,
        "first": ", ".join(firsts) or None,
    }


def left_out_table(
    book: Book,
    kinds: Collection[LeftOut],
    gone: Sequence[Node],
    start: int,
    outcomes: Outcomes,
    standing: Standing,
) -> Table:
    """Return what it does to leave out each node, whose replicates begin at `start`, and each unit.

    Raises:
        UsageError: there are too many units to leave each of them out.
    """
    nominal = outcomes.places[-1, standing.columns]
    found: dict[str, list[Any]] = {name: [] for name in LEFT_OUT}
    for number, node in enumerate(gone):
        places = outcomes.places[start + number, standing.columns]
        kind = "indicator" if isinstance(node, Indicator) else "dimension"
        _add(found, _row(kind, node.code, node.name, places, nominal, standing))
    if "units" in kinds:
        for code, name in _units_in(book):
            places = _without(book, code, standing)
            rest = np.array([each != code for each in standing.codes])
            others = _again(nominal, rest, standing)
            _add(
                found,
                _row("unit", code, Text(zh=name, en=name), np.where(rest, places, 0), others, standing),
            )
    title = Text(en="What it does to leave something out", zh="去掉某项的影响")
    return table_of_columns("left_out", title, LEFT_OUT, found)


def _add(found: dict[str, list[Any]], row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        found[name].append(value)


def _units_in(book: Book) -> list[tuple[str, str]]:
    rows = [(str(code), str(name or code)) for code, name in book.units.select("unit", "name").rows()]
    if len(rows) > MOST_UNITS_LEFT_OUT:
        raise UsageError(
            f"leaving out each of {len(rows)} units is a scoring each: at most {MOST_UNITS_LEFT_OUT}",
            f"逐一去掉{len(rows)}个单位须各计分一次，最多{MOST_UNITS_LEFT_OUT}个",
        )
    return rows


def _without(book: Book, unit: str, standing: Standing) -> NDArray[np.int32]:
    """Return the places of all others in a book without a unit, 0 for itself, in the order of `standing`."""
    less = without_unit(book, unit)
    ranking = score(less).ranking
    places = dict(ranking.select("unit", "place").rows())
    return np.array([places.get(code) or 0 for code in standing.codes], dtype=np.int32)


def _again(nominal: NDArray[np.int32], rest: NDArray[np.bool_], standing: Standing) -> NDArray[np.int32]:
    """Return the nominal places of those that are left, as if the other one had never been ranked."""
    gone = int(np.flatnonzero(~rest)[0])
    group = standing.groups[gone]
    same = np.array([each == group for each in standing.groups])
    moved = (nominal > nominal[gone]) & same & (nominal[gone] > 0)
    return np.where(rest, nominal - moved, 0).astype(np.int32)
