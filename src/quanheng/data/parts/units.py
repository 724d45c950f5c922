"""The units of a book: `unit,name,group` and any further columns, the attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.parts.unit_names import tell_look_alikes, tell_names, with_plain_names
from quanheng.data.tables.chosen import with_rows_chosen
from quanheng.data.tables.column_types import Content, typed_column
from quanheng.data.tables.cutting import cut_table
from quanheng.data.tables.headings import ALIAS, NOTE, UNITS, plain
from quanheng.data.tables.levels import NamesIn
from quanheng.data.tables.register import aliases_of
from quanheng.data.tables.rows import resolve
from quanheng.data.tables.strangers.rows import without_foot
from quanheng.data.tables.table import ROW, Raw, Table
from quanheng.data.telling import limits
from quanheng.data.telling.findings import EMPTY_KEY, NO_HEADING, TEXT_TOO_LONG, UNKNOWN_UNIT
from quanheng.data.telling.half_width import loose
from quanheng.data.telling.names import Nearness, shown
from quanheng.data.telling.names import roster_of as roster_of_names
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.scheme.formulas.tree import nodes_in
from quanheng.scheme.items.item import FromUnits
from quanheng.scheme.tree.named import formulas_over_nodes
from quanheng.scheme.tree.pools import Alike, in_one_round
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import used_items
from quanheng.scheme.weights.methods import ByAttribute

EVERYONE: Final = "*"
"""What stands for all units in the targets."""
_FEW: Final = 10_000
_AT: Final = "spell|row"


class Units(Value):
    """The units of a book, each once, and when they exist where that is said (`data/book/spells.py`)."""

    units: pl.DataFrame
    spells: pl.DataFrame | None = None


_TIMES: Final = ("from", "to", "into")


def _is_in_time(table: Table) -> bool:
    """Return whether the table says of any unit when it exists."""
    return any(table.has(key) and table.texts(key).null_count() < table.body.height for key in _TIMES)


def read_units(raws: Iterable[Raw], scheme: Scheme, *, collector: Collector) -> pl.DataFrame:
    """Return the units that `read_units_in_time` finds, each once."""
    return read_units_in_time(raws, scheme, collector=collector).units


def read_units_in_time(raws: Iterable[Raw], scheme: Scheme, *, collector: Collector) -> Units:
    """Return the units: unit, name, group, then the attributes under their own headings, one row a unit.

    Where rows say from when or to when they hold, a unit may have several: they are the spells.

    Without names the codes are the names; without groups every unit is of the scheme's group if it has one
    only. Told are units without a code or group, codes given twice, and unknown groups.
    """
    expected = {column: content for column, content, _ in _wanted(scheme)}
    for raw in raws:
        table = cut_table(raw, (UNITS,), collector=collector, reading=scheme.reading, names=NamesIn(expected))
        table = None if table is None else with_rows_chosen(table, collector)
        if table is not None:
            return _units_in(table, scheme, expected, collector)
    return Units(units=frames.empty(frames.UNITS))


UNKNOWN_ATTRIBUTE: Final = Kind(
    code="QH407",
    severity="error",
    en="the scheme uses the units' column {column!r}, which the units do not have{near}",
    zh="方案用到单位表的“{column}”列，但单位表没有{near}",
    hint_en="add the column to the units, or correct the scheme",
    hint_zh="请在单位表添加该列，或更正方案",
)
NAMES_NO_UNIT: Final = Kind(
    code="QH876",
    severity="error",
    en="the units' column {column!r} names {name!r}, which is no unit{near}",
    zh="单位表“{column}”列所写的“{name}”不是单位代码{near}",
    hint_en="write the code of a unit, or leave the cell empty",
    hint_zh="请填单位代码，或留空",
)
EMPTY_GROUP: Final = Kind(
    code="QH429",
    severity="warning",
    en="no unit belongs to the group {group!r}",
    zh="分组“{group}”没有单位",
    hint_en="add its units, or remove the group from the scheme",
    hint_zh="请补充单位，或从方案删除该分组",
)


def check_units(
    units: pl.DataFrame, scheme: Scheme, *, collector: Collector, spells: pl.DataFrame | None = None
) -> None:
    """Add findings for what the scheme says of units: columns and units they have not, groups without any."""
    near = Nearness(units.columns[len(frames.UNITS) :])
    for column, _, where in _wanted(scheme):
        if column not in units.columns:
            facts = {"column": shown(column), **near.facts(column)}
            collector.add(UNKNOWN_ATTRIBUTE.at(where, **facts))
    strangers = Nearness(units["unit"].head(_FEW))
    for indicator in scheme.all_rated:
        for unit in indicator.rule.units():
            if unit not in units["unit"]:
                facts = {"name": shown(unit), **strangers.facts(unit)}
                collector.add(UNKNOWN_UNIT.at(indicator.where, **facts))
    if _compares_texts(scheme):
        from quanheng.data.parts.unit_texts import check_words  # noqa: PLC0415  few schemes compare any

        check_words(units if spells is None else spells, scheme, collector)
    for column, where in dict.fromkeys(_relations(scheme)):
        if column in units.columns:
            named = units[column].cast(pl.String).drop_nulls().unique(maintain_order=True)
            for name in named.filter(~named.is_in(units["unit"].implode())):
                facts = {"column": shown(column), "name": shown(name), **strangers.facts(name)}
                collector.add(NAMES_NO_UNIT.at(where, **facts))
    inhabited = set((units if spells is None else spells)["group"].unique())
    for group in scheme.groups:
        if group.code not in inhabited:
            collector.add(EMPTY_GROUP.at(group.where, group=group.code))


def _wanted(scheme: Scheme) -> Iterator[tuple[str, Content, Location]]:
    """Yield the columns of the units that the scheme uses, what it expects of each, and where it says so."""
    compares = _compares_texts(scheme)
    used = used_items(scheme)
    for item in scheme.items:
        if isinstance(item.source, FromUnits):
            content: Content = "date" if item.kind == "date" else "number"
            if item.code not in used:  # that nothing uses it is told once, not cell by cell
                content = "anything"
            if compares:
                from quanheng.data.parts.unit_texts import content_of  # noqa: PLC0415  few schemes compare any

                content = content_of(item, scheme, used=used)
            yield item.source.column, content, item.where
    for indicator in scheme.all_rated:
        attribute = indicator.gaps.missing.attribute
        if attribute is not None:
            yield attribute, "anything", indicator.where
        within = in_one_round(indicator.within)
        if isinstance(within, Alike):
            yield within.column, "anything", indicator.where
    for dimension in scheme.dimensions:
        if isinstance(dimension.method, ByAttribute):
            yield dimension.method.attribute, "text", dimension.where
    for award in scheme.awards:
        if award.recipient is not None:
            yield award.recipient, "text", award.where
    for column, where in _relations(scheme):
        yield column, "text", where


def _relations(scheme: Scheme) -> Iterator[tuple[str, Location]]:
    """Yield the columns of the units that name other units, and where the scheme asks for these."""
    for formula in formulas_over_nodes(scheme):
        for part in nodes_in(formula.tree):
            if part.by is not None:
                yield part.by, formula.where


def _compares_texts(scheme: Scheme) -> bool:
    return any(isinstance(item.source, FromUnits) and item.source.words for item in scheme.items)


def _units_in(table: Table, scheme: Scheme, expected: Mapping[str, Content], collector: Collector) -> Units:
    table = _with_codes(with_plain_names(without_foot(table, collector)), collector)
    codes = table.texts("unit")
    names = table.texts("name")
    tell_names(table, collector)
    tell_look_alikes(table, collector)
    attributes = [
        typed_column(
            table, column, expected=_content(table.headings[column], expected), collector=collector
        ).alias(table.headings[column])
        for column in table.others
        if table.headings[column] not in frames.UNITS and plain(table.headings[column]) not in NOTE.spellings
    ]
    units = pl.DataFrame(
        {
            "unit": codes,
            "name": names.to_frame("name").select(pl.coalesce("name", pl.lit(codes))).to_series(),
            "group": _groups_of(table, scheme, collector),
        }
    ).with_columns(attributes)
    if not _is_in_time(table):
        _check_aliases(units, table, collector)
        return Units(units=units)
    from quanheng.data.book.spells import roster_of  # noqa: PLC0415  in most books no unit comes or goes
    from quanheng.data.parts.unit_spells import with_spells  # noqa: PLC0415  the same

    spells = with_spells(units, table, collector)
    numbered = spells.with_row_index(_AT)
    chosen = roster_of(numbered, parse_period(scheme.round).end)
    at = table.with_body(table.body[chosen[_AT].to_list()])
    units = chosen.select(units.columns)
    _check_aliases(units, at, collector)
    return Units(units=units, spells=spells)


def _content(heading: str, expected: Mapping[str, Content]) -> Content:
    """Return what an attribute holds: an alias is a text, also one of digits."""
    return "text" if plain(heading) in ALIAS.spellings else expected.get(heading, "anything")


ALIAS_TAKEN: Final = Kind(
    code="QH376",
    severity="error",
    en="the alias {alias!r} of {unit} means {other} too",
    zh="{unit} 的别名“{alias}”也指 {other}",
    hint_en="give each alias to one unit, and none that is another unit's code or name",
    hint_zh="请使每个别名只属于一个单位，且不与其他单位的代码、名称相同",
)


def _check_aliases(units: pl.DataFrame, table: Table, collector: Collector) -> None:
    """Add an error for each alias that is a code, a name or an alias of another unit."""
    aliases = aliases_of(units)
    if aliases is None:
        return
    numbered = units.with_row_index("index")
    spelled = pl.concat(
        [
            *(numbered.select("index", key=loose(pl.col(column))) for column in ("unit", "name")),
            aliases.select("index", key=loose(pl.col("alias"))),
        ]
    )
    taken = (
        aliases.with_columns(key=loose(pl.col("alias")))
        .join(spelled, on="key", suffix="_other", maintain_order="left")
        .filter(pl.col("index") != pl.col("index_other"))
        .unique(["index", "key"], keep="first", maintain_order=True)
    )
    rows = table.body[ROW]
    collector.tell(
        ALIAS_TAKEN,
        taken,
        lambda row: table.location(rows[row["index"]]),
        lambda row: {
            "alias": shown(row["alias"]),
            "unit": shown(units["unit"][row["index"]]),
            "other": shown(units["unit"][row["index_other"]]),
        },
    )


UNIT_TWICE: Final = Kind(
    code="QH408",
    severity="error",
    en="the unit {unit!r} is listed twice: also at {other}",
    zh="单位“{unit}”重复：另见 {other}",
    hint_en="give each unit one row and a code of its own",
    hint_zh="请使每个单位一行、代码唯一",
)
RESERVED_UNIT: Final = Kind(
    code="QH431",
    severity="error",
    en="{unit!r} cannot be the code of a unit",
    zh="“{unit}”不能作为单位代码",
    hint_en="choose another code; * stands for all units",
    hint_zh="请更换代码；* 表示全部单位",
)


def _with_codes(table: Table, collector: Collector) -> Table:
    """Return `table` with the rows whose code can be one and was not given before; others are told."""
    rows = table.body.select(ROW).with_columns(table.texts("unit").alias("unit"))
    code = pl.col("unit")
    heading = shown(table.headings[table.known["unit"]])
    wrong: tuple[tuple[Kind, pl.Expr], ...] = (
        (EMPTY_KEY, code.is_null()),
        (RESERVED_UNIT, code == EVERYONE),
        (TEXT_TOO_LONG, code.str.len_chars() > limits.NAME_LENGTH),
        # of one that says when it exists, several rows are looked at beside each other
        (UNIT_TWICE, pl.lit(not _is_in_time(table)) & code.is_not_null() & ~code.is_first_distinct()),
    )
    first = dict(
        rows.filter(code.is_duplicated()).unique("unit", keep="first").select("unit", ROW).iter_rows()
    )
    for kind, condition in wrong:
        told = rows.filter(condition)
        collector.tell(
            kind,
            told,
            lambda row: table.location_of(row[ROW], "unit"),
            lambda row: {
                "heading": heading,
                "most": limits.NAME_LENGTH,
                "unit": shown(row["unit"]),
                "other": table.location(first[row["unit"]]) if row["unit"] in first else "",
            },
        )
    bad = pl.any_horizontal(condition for _, condition in wrong).fill_null(value=True)
    return table.with_body(table.body.filter(~rows.select(bad).to_series()))


UNKNOWN_GROUP: Final = Kind(
    code="QH403",
    severity="error",
    en="the scheme has no group {name!r}{near}",
    zh="方案中没有分组“{name}”{near}",
    hint_en="correct the group, or add it to the scheme",
    hint_zh="请更正分组，或在方案中添加",
)


def _groups_of(table: Table, scheme: Scheme, collector: Collector) -> pl.Series:
    """Return each row's group; one that is unknown or not given is told."""
    codes = tuple(group.code for group in scheme.groups)
    only = codes[0] if len(codes) == 1 else None
    if not table.has("group"):
        if only is None:
            collector.add(
                NO_HEADING.at(Location(file=table.file, sheet=table.sheet), wanted="group", how=Text())
            )
        return pl.Series("group", [only], dtype=pl.String).new_from_index(0, table.body.height)
    if only is not None:
        column = pl.col(str(table.known["group"]))
        table = table.with_body(table.body.with_columns(column.cast(pl.String).fill_null(only)))
    roster = roster_of_names(codes, [(group.name.zh, group.name.en) for group in scheme.groups])
    index = resolve(table, "group", roster, unknown=UNKNOWN_GROUP, collector=collector)
    return roster.codes.gather(index)
