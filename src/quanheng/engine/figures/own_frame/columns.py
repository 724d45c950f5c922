"""Which column of a user's frame is what: who, when, items, targets, and the attributes that are left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from quanheng.engine.figures.looked_up.fetches import Fetch, fetches_of
from quanheng.engine.formulas.measures import needs_target
from quanheng.engine.frame import columns as c
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.items.item import FromUnits, Item
from quanheng.scheme.tree.pools import Alike, in_one_round
from quanheng.scheme.tree.scheme import Scheme

PERIODS: Final = ("period", "round")
"""The columns that can say when; the first of them that is there does."""


class FrameColumns(Value):
    """The columns of a frame by what they are.

    `items` gives the column of each fetch. A fetch of earlier months without a column of its own (`gdp@12`)
    is missing from it where the frame has periods: its figures stand in other rows. `targets` gives the
    column of an indicator's target, `flags` the columns that say where an item or a target does not apply,
    `attributes` the attribute that each other column is, `words` the attribute that a figure compares with
    words, and these.
    """

    name: str | None
    group: str | None
    period: str | None
    items: Mapping[Fetch, str]
    targets: Mapping[str, str]
    flags: tuple[str, ...]
    attributes: Mapping[str, str]
    words: Mapping[Fetch, tuple[str, tuple[str, ...]]]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers, each once."""
        return tuple(dict.fromkeys((*self.items.values(), *self.targets.values())))


def columns_of(names: Sequence[str], scheme: Scheme) -> FrameColumns:
    """Return what the columns `names` of a frame are in `scheme`."""
    present = frozenset(names)
    period = next((name for name in PERIODS if name in present), None)
    fetches = fetches_of(scheme)
    source_of = {item.code: item for item in scheme.items}
    items = {
        fetch: name
        for fetch in fetches
        if not _words_of(source_of[fetch.item])
        and (name := _column_of(fetch, source_of[fetch.item], present)) is not None
    }
    targets = {
        indicator.code: name
        for indicator in scheme.indicators
        for name in (c.target(indicator.code), f"{indicator.code}_target")
        if name in present and name not in source_of
    }
    of_units = {item.source.column for item in scheme.items if isinstance(item.source, FromUnits)}
    figures = {*items.values(), *targets.values()} - of_units
    possible = {
        *(c.item_na(fetch.item, fetch.months_before) for fetch in fetches),
        *(c.target_na(indicator.code) for indicator in scheme.indicators),
    }
    flags = tuple(name for name in names if name in possible)
    known = {c.UNIT, c.NAME, c.GROUP, period, *figures, *flags}
    attributes = {name: name.removeprefix(c.attribute("")) for name in names if name not in known}
    return FrameColumns(
        name=c.NAME if c.NAME in present else None,
        group=c.GROUP if c.GROUP in present else None,
        period=period,
        items=items,
        targets=targets,
        flags=flags,
        attributes=attributes,
        words={
            fetch: (column, words)
            for fetch in fetches
            if (words := _words_of(source_of[fetch.item]))
            and (column := _attribute_of(source_of[fetch.item], scheme, attributes.values())) is not None
        },
    )


def check_columns(names: Sequence[str], scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH506 for each column that is needed and not there, a QH568 for one that `own` takes off."""
    found = columns_of(names, scheme)
    if c.UNIT not in names:
        yield _no_column(c.UNIT, names, what=Text(en="every row", zh="每一行"))
    if found.group is None and len(scheme.groups) > 1:
        yield _no_column(c.GROUP, names, what=Text(en="a scheme of several groups", zh="有多个分组的方案"))
    known = {c.attribute(name) for name in found.attributes.values()}
    withins = (in_one_round(rated.within) for rated in scheme.all_rated)
    alike = dict.fromkeys(within.column for within in withins if isinstance(within, Alike))
    for column in alike:
        if c.attribute(column) not in known:
            what = Text(en="'within'", zh="比较范围（within）")
            yield _no_column(column, names, what=what)
    told: set[str] = set()
    item_of = {item.code: item for item in scheme.items}
    for fetch in fetches_of(scheme):
        if (
            fetch in found.items
            or fetch in found.words
            or (found.period is not None and Fetch(fetch.item) in found.items)
        ):
            continue
        column = fetch.item if found.period is not None else _wanted(fetch)
        source = item_of[fetch.item].source
        if isinstance(source, FromUnits) and source.words:
            column = source.column
        if column not in told:
            told.add(column)
            if fetch.exact and fetch.months_before:
                yield NO_STRETCH_BEFORE.at(item=fetch.item, column=column)
                continue
            yield _no_column(column, names, what=Text(en="the scheme", zh="方案"))
    for indicator in scheme.indicators:
        if needs_target(indicator) and indicator.code not in found.targets:
            column, code = f"{indicator.code}_target", indicator.code
            yield _no_column(column, names, what=Text(en=f"the indicator '{code}'", zh=f"指标“{code}”"))


def _column_of(fetch: Fetch, item: Item, present: frozenset[str]) -> str | None:
    choices = [_wanted(fetch)]
    if isinstance(item.source, FromUnits):  # the same in every round
        choices += [fetch.item, item.source.column, c.heading(item.source.column)]
    return next((name for name in choices if name in present), None)


def _words_of(item: Item) -> tuple[str, ...]:
    return item.source.words if isinstance(item.source, FromUnits) else ()


def _attribute_of(item: Item, scheme: Scheme, attributes: Collection[str]) -> str | None:
    """Return the attribute that is compared with words: it stands under its heading, or its item's code."""
    assert isinstance(item.source, FromUnits)  # noqa: S101 - narrows the type
    column = item.source.column
    codes = (each.code for each in scheme.items if each.source == FromUnits(column=column))
    return next((name for name in (column, c.heading(column), *codes) if name in attributes), None)


def _wanted(fetch: Fetch) -> str:
    return c.item(fetch.item, fetch.months_before).removeprefix(c.item(""))


NO_STRETCH_BEFORE: Final = Kind(
    code="QH568",
    severity="error",
    en="own({item}) takes off what {item} was before the round, and a frame of one round does not have it",
    zh="当期数（own({item})）要扣除本期之前的 {item}，而只含一个考核期的数据表没有该数值",
    hint_en="add a column 'period' with the rows of earlier periods, or a column {column!r} with that figure",
    hint_zh="请加期间列（period）并补上此前各期的行，或补充存放该数值的列“{column}”",
)
NO_SUCH_COLUMN: Final = Kind(
    code="QH506",
    severity="error",
    en="the frame has no column {column!r}, which {what} needs",
    zh="数据表没有“{column}”列，而{what}需要它",
    hint_en="add the column, empty if no unit has a value; {suggest}",
    hint_zh="请补充该列，所有单位都没有数值的可整列留空；{suggest}",
)


def _no_column(column: str, names: Sequence[str], *, what: Text) -> Finding:
    return NO_SUCH_COLUMN.at(column=column, what=what, **suggestion(column, names))
