"""A block that is pasted into a grid: what changes, cell by cell, before it is taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.web.rounds.domain.figures import item_of
from quanheng.web.rounds.domain.values import outside
from quanheng.web.rounds.models import AskedItem, AskedUnit
from quanheng.web.rounds.queries.grid import Box, Grid
from quanheng.web.rounds.queries.parts import MOST
from quanheng.web.rounds.reading import Meant, decimals_of, meaning_of

_LETTERS: Final = 1_000_000


class Change(Value):
    """What a paste does to a cell: the text that stands there, the one that comes, and how it is read."""

    box: Box
    item: AskedItem
    unit: AskedUnit
    before: str
    meant: Meant

    @property
    def own_decimals(self) -> int | None:
        """The decimals of the item's figure before; None where there is none."""
        last = self.box.earlier.last
        return None if last is None or last.nature != "value" else decimals_of(last.written)

    @property
    def has_fewer(self) -> bool:
        """Whether fewer decimals come than the item's figure had before: a spreadsheet may show fewer."""
        own = self.own_decimals
        return own is not None and self.meant.nature == "value" and self.meant.decimals < own


class Preview(Value):
    """What a block does: the changes, how many cells stay as they are, and what is left out."""

    changes: tuple[Change, ...]
    same: int
    left_out: tuple[Finding, ...]


def rows_of_block(block: str) -> list[list[str]]:
    r"""Return the cells of what a spreadsheet copies: tabs between them, line breaks in quotation marks.

    Examples:
        >>> rows_of_block('1,234.5\t"two\nlines"\r\n/\t\r\n')
        [['1,234.5', 'two\nlines'], ['/', '']]
        >>> rows_of_block("1\n\n2\n")
        [['1'], [''], ['2']]
    """
    text = block[:_LETTERS].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]


def preview_of(
    grid: Grid, rows: Sequence[Sequence[str]], at: tuple[int, int], now: Mapping[str, str]
) -> Preview:
    """Return what a block does to a grid with its first cell `at`; `now` has the texts that stand there.

    A cell outside of the grid, or one that the reader cannot write to now, is named and left out.
    """
    columns = {item.pk: number for number, item in enumerate(grid.items)}
    lines = {unit.pk: number for number, unit in enumerate(grid.units)}
    if at not in grid.boxes:
        return Preview(changes=(), same=0, left_out=())
    left, top = columns[at[0]], lines[at[1]]
    wanted: dict[int, list[tuple[AskedUnit, Box, str]]] = {}
    left_out: list[Finding] = []
    for down, row in enumerate(rows[:MOST]):
        for right, text in enumerate(row[:MOST]):
            item = grid.items[left + right] if left + right < len(grid.items) else None
            unit = grid.units[top + down] if top + down < len(grid.units) else None
            box = grid.boxes.get((item.pk, unit.pk)) if item and unit else None
            if item and unit and box and not box.refused:
                wanted.setdefault(left + right, []).append((unit, box, text))
            elif text.strip():
                left_out.append(outside(_named(item, unit, down, right)))
    changes: list[Change] = []
    same = 0
    for column, cells in sorted(wanted.items()):
        for change in _changes(grid.items[column], cells, now):
            if change.before.strip() == change.meant.written.strip():
                same += 1
            else:
                changes.append(change)
    changes.sort(key=lambda change: (lines[change.unit.pk], columns[change.item.pk]))
    return Preview(changes=tuple(changes), same=same, left_out=tuple(left_out))


def _changes(
    item: AskedItem, cells: Sequence[tuple[AskedUnit, Box, str]], now: Mapping[str, str]
) -> Iterator[Change]:
    year = parse_period(item.period).year
    read = meaning_of([text for _, _, text in cells], item_of(item), year)
    for (unit, box, _), meant in zip(cells, read, strict=True):
        yield Change(box=box, item=item, unit=unit, before=now.get(box.name, ""), meant=meant)


def _named(item: AskedItem | None, unit: AskedUnit | None, down: int, right: int) -> Text:
    if item is None or unit is None:
        return Text(
            zh=f"粘贴内容第{down + 1}行第{right + 1}列", en=f"row {down + 1}, column {right + 1} of the paste"
        )
    return Text(
        zh=f"{unit.unit.name}·{item.name.in_language('zh')}",
        en=f"{unit.unit.name}, {item.name.in_language('en')}",
    )
