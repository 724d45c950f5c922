"""What a template must still say when it comes back: no figure is taken for another's, none left out unsaid.

Sheets are locked, and people unlock them: they sort one column alone, copy rows, put a column beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from quanheng.data.cells.addresses import Merge, letters_of
from quanheng.data.tables.headings import plain
from quanheng.data.tables.shape.merged import MERGED_VALUES
from quanheng.data.tables.table import Sheet
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.web.rounds.findings import NOT_IN_ROUND

HEAD: Final = 3
"""Rows above the figures: the key, the codes of the items, their names."""
LEFT: Final = 2
"""Columns before them: the code and the name of the unit."""
ITEM: Final = Text(zh="数据项", en="item")
UNIT: Final = Text(zh="单位", en="unit")
_NAMES_OF_ITEMS: Final = 2
_NAMES_OF_UNITS: Final = 1
_LISTED: Final = 10

TWICE_IN_TEMPLATE: Final = Kind(
    code="QH890",
    severity="error",
    en="the {what} {code!r} stands there more than once",
    zh="{what}{code!r}重复出现",
    hint_en="leave one row for each unit and one column for each item",
    hint_zh="每个单位只保留一行，每个数据项只保留一列",
)
NAMED_OTHERWISE: Final = Kind(
    code="QH891",
    severity="error",
    en="to the code {code!r} belongs {own!r}, and there stands {name!r}",
    zh="代码{code!r}对应的是{own!r}，此处写的是{name!r}",
    hint_en="correct the code or the name; if a row or column was sorted alone, all may be wrong: download "
    "the template again",
    hint_zh="请更正代码或名称；若曾单独排序某行或某列，其余也可能错位，请重新下载模板",
)
NO_CODE_BESIDE: Final = Kind(
    code="QH892",
    severity="warning",
    en="{number} cells belong to no item or no unit, for the code is missing, and were not read: {cells}",
    zh="{number} 个单元格所在的行或列没有代码，未读取：{cells}",
    hint_en="nothing, if they are remarks or totals; else restore the code as it was downloaded",
    hint_zh="如为说明或合计可忽略；否则请恢复下载时的代码",
)
OTHER_SHEET: Final = Kind(
    code="QH893",
    severity="warning",
    en="only the first sheet is read; this one was not",
    zh="只读取第一个工作表，本表未读取",
    hint_en="nothing, if it holds no figures; else put them into the first sheet",
    hint_zh="如不含填报数据可忽略；否则请填入第一个工作表",
)


class Named(Value):
    """What the codes along one side of a template stand for: the names of each, the first as it is told."""

    what: Text
    names: Mapping[str, tuple[str, ...]]


def check_template(
    sheets: Sequence[Sheet], rows: Sequence[Sequence[str]], items: Named, units: Named
) -> Iterator[Finding]:
    """Yield what is wrong with a template that came back, and what of it is not read.

    `rows` are the texts of its first sheet.
    """
    first = sheets[0]
    across = list(enumerate(rows[1]))[LEFT:]
    down = [(number, row[0]) for number, row in enumerate(rows)][HEAD:]
    yield from _along(items, across, first.location)
    yield from _along(units, down, first.location)
    for column, code in across:
        yield from _renamed(items, code, rows[_NAMES_OF_ITEMS][column], first, (_NAMES_OF_ITEMS, column))
    for row, code in down:
        yield from _renamed(units, code, rows[row][_NAMES_OF_UNITS], first, (row, _NAMES_OF_UNITS))
    for merge in first.merged:
        if _unites_figures(merge) and rows[merge.top][merge.left].strip():
            where = _at(first, (merge.top, merge.left))
            yield MERGED_VALUES.at(where, cells=merge)
    nameless = [
        _cell(row, column)
        for row, unit in down
        for column, item in across
        if not (unit.strip() and item.strip()) and rows[row][column].strip()
    ]
    if nameless:
        listed = "、".join(nameless[:_LISTED]) + ("…" if len(nameless) > _LISTED else "")
        yield NO_CODE_BESIDE.at(first.location, number=len(nameless), cells=listed)
    for sheet in sheets[1:]:
        yield OTHER_SHEET.at(sheet.location)


def _along(named: Named, codes: Iterable[tuple[int, str]], where: Location) -> Iterator[Finding]:
    """Yield the codes that are none of the round, or stand there twice."""
    often = Counter(code.strip() for _, code in codes if code.strip())
    for code, number in often.items():
        if code not in named.names:
            yield NOT_IN_ROUND.at(where, what=named.what, code=code)
        elif number > 1:
            yield TWICE_IN_TEMPLATE.at(where, what=named.what, code=code)


def _renamed(named: Named, code: str, name: str, sheet: Sheet, cell: tuple[int, int]) -> Iterator[Finding]:
    """Yield that beside a code stands a name that is not its own; without a name the code says enough."""
    own = named.names.get(code.strip(), ())
    if own and name.strip() and plain(name) not in map(plain, own):
        yield NAMED_OTHERWISE.at(_at(sheet, cell), code=code.strip(), own=own[0], name=name.strip())


def _unites_figures(merge: Merge) -> bool:
    return merge.bottom >= HEAD and merge.right >= LEFT


def _at(sheet: Sheet, cell: tuple[int, int]) -> Location:
    return Location(file=sheet.file, sheet=sheet.sheet, cell=_cell(*cell))


def _cell(row: int, column: int) -> str:
    return f"{letters_of(column)}{row + 1}"
