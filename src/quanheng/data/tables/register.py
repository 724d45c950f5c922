"""What data may refer to: units, items, indicators and nodes, by code or by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from quanheng.data.tables.headings import ALIAS, plain
from quanheng.data.telling.names import Roster, roster_of
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import Period
from quanheng.periods.widths import to_half_width
from quanheng.scheme.items.item import FromLedger, FromPeriods, Item, Reported
from quanheng.scheme.tree.scheme import Scheme

PER_CENT: Final = frozenset(
    {"%", "百分比", "百分点", "个百分点", "percent", "per cent", "percentage point", "percentage points"}
)
"""How a measuring unit says that a figure counts hundredths."""
_BETWEEN_ALIASES: Final = r"[;；、\n]"


class Register(Value):
    """The scheme with the units of a book: whatever a row of data may name.

    `units` is the frame of the book's units. The rosters find a code from a text.
    """

    scheme: Scheme
    round: Period
    units: pl.DataFrame
    unit_roster: Roster
    item_roster: Roster
    indicator_roster: Roster
    node_roster: Roster

    def item(self, index: int) -> Item:
        """Return the item at `index` of the roster of items."""
        return self.scheme.items[index]


def register_of(scheme: Scheme, round_: Period, units: pl.DataFrame) -> Register:
    """Return the register of `scheme` and the book's `units` (unit, name, …)."""
    return Register(
        scheme=scheme,
        round=round_,
        units=units,
        unit_roster=Roster(table=units.select(code="unit", name="name"), aliases=aliases_of(units)),
        item_roster=_roster((item.code, item.name) for item in scheme.items),
        indicator_roster=_roster((indicator.code, indicator.name) for indicator in scheme.indicators),
        node_roster=_roster((node.code, node.name) for node in scheme.nodes),
    )


def aliases_of(units: pl.DataFrame) -> pl.DataFrame | None:
    """Return the further names of `units`: the index of the unit and one alias a row; None without any."""
    column = next((name for name in units.columns if plain(name) in ALIAS.spellings), None)
    if column is None:
        return None
    return (
        units.with_row_index("index")
        .select("index", alias=pl.col(column).cast(pl.String).str.replace_all(_BETWEEN_ALIASES, ";"))
        .with_columns(pl.col("alias").str.split(";"))
        .explode("alias")
        .with_columns(pl.col("alias").str.strip_chars())
        .filter(pl.col("alias") != "")
    )


def group_names(register: Register) -> tuple[str, ...]:
    """Return what the groups of units are called, if there are several."""
    groups = register.scheme.groups
    return tuple(
        name for group in groups for name in (group.code, group.name.zh, group.name.en) if len(groups) > 1
    )


def in_per_cent(item: Item) -> bool:
    """Return whether the item's figures are per cent, so that `6.1%` in a cell means 6.1."""
    return to_half_width(item.measured_in).strip().lower() in PER_CENT


def is_amount(item: Item) -> bool:
    """Return whether the item is measured in what has no per cent: money, people, hectares."""
    written = to_half_width(item.measured_in).strip().lower()
    return written not in PER_CENT and written not in _FRACTIONS


_FRACTIONS: Final = frozenset(
    {"", "1", "比", "比例", "比率", "占比", "小数", "系数", "倍", "ratio", "share", "fraction"}
)
"""How people write that a figure is a part of something or a multiple: 5.8% of it is 0.058."""


def source_text(item: Item) -> str:
    """Return where the scheme takes an item from that is not reported, in words for a finding."""
    match item.source:
        case FromLedger(ledger=ledger):
            return f"ledgers/{ledger}"
        case FromPeriods():
            return "scheme.yaml"
        case Reported():
            return "data"
        case _:
            return "units"


def _roster(named: Iterable[tuple[str, Text]]) -> Roster:
    pairs = tuple(named)
    return roster_of([code for code, _ in pairs], [(name.zh, name.en) for _, name in pairs])
