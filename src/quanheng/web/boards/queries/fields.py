"""What can be typed to ask what would be: weights of the scheme, figures of units; and what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from quanheng.engine.figures.looked_up.fetches import fetches_of
from quanheng.engine.formulas.formula_text import number_text
from quanheng.engine.frame import columns as c
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.items.item import Item
from quanheng.scheme.tree.scheme import Dimension, Node, Scheme
from quanheng.scheme.tree.uses import items_of
from quanheng.studies.whatif.values import cell_of, plain_number
from quanheng.web.boards.findings import DO_NOT_ADD_UP

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame
    from quanheng.web.rounds.models import AskedUnit

_LONGEST: Final = 60
"""So much of what is typed into one field is looked at."""
_WEIGHT: Final = Text(en="weight", zh="权重")
_DECIMALS: Final = 9


class Typed(Value):
    """A field: what it is of, what stands in the round (`was`), and what was typed.

    `fault` says what is wrong with it; `at` names what it changes, as the core's questions do.
    """

    name: str
    label: Text
    was: str
    written: str
    at: tuple[str, str]
    fault: Text | None = None

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed than what stands in the round."""
        return self.written.strip() != self.was


class Part(Value):
    """The fields of a dimension, or of a unit."""

    key: str
    name: Text
    fields: tuple[Typed, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it was changed."""
        return any(field.is_changed for field in self.fields)


def weights_of(scheme: Scheme, typed: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the weights that are stated in `scheme`, below each dimension, with what was typed for them."""
    codes = [node.code for node in scheme.nodes]
    return tuple(
        Part(
            key=dimension.code,
            name=named(dimension),
            fields=tuple(_weights_below(dimension, scheme, codes, typed)),
        )
        for dimension in scheme.dimensions
        if dimension.method.is_stated and dimension.aggregate.shares_marks
    )


def _weights_below(
    dimension: Dimension, scheme: Scheme, codes: Sequence[str], typed: Mapping[str, str]
) -> Iterator[Typed]:
    for child in dimension.children:
        for number, group in enumerate(scheme.groups):
            if group.code not in child.weights:
                continue
            name = f"w{codes.index(child.code)}.{number}"
            was = number_text(child.weights[group.code])
            own = named(child)
            written = typed.get(name, was)[:_LONGEST]
            yield Typed(
                name=name,
                label=own if len(scheme.groups) == 1 else _both(own, _group_name(scheme, group.code)),
                was=was,
                written=written,
                at=(child.code, group.code),
                fault=None if written.strip() == was else _fault_of_weight(written),
            )


def figures_of(
    scheme: Scheme, grid: Frame, units: Sequence[AskedUnit], typed: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the figures of each of `units` that the round is scored by, with what was typed for them."""
    wanted = [str(unit.unit_id) for unit in units]
    found = grid.filter(nw.col(c.UNIT).is_in(wanted)).iter_rows(named=True)
    rows = {row[c.UNIT]: row for row in found}
    used = _items_by_group(scheme)
    known, fetched = frozenset[str]().union(*used.values()), _fetched(scheme)
    items = [
        (number, item)
        for number, item in enumerate(scheme.items)
        if c.item(item.code) in grid.columns and item.kind != "date" and item.code in fetched
    ]
    return tuple(
        Part(
            key=str(unit.pk),
            name=Text(zh=unit.unit.name),
            fields=tuple(
                _figure(f"f{number}.{unit.pk}", item, rows[unit.unit_id], typed)
                for number, item in items
                if item.code in used[unit.group] or item.code not in known
            ),
        )
        for unit in units
        if unit.unit_id in rows
    )


def _figure(name: str, item: Item, row: Mapping[str, Any], typed: Mapping[str, str]) -> Typed:
    value = row[c.item(item.code)]
    was = number_text(value) if value is not None else "/" if row.get(c.item_na(item.code)) else ""
    written = typed.get(name, was)[:_LONGEST]
    behind = f" ({item.measured_in})" if item.measured_in else ""
    zh, en = item.name.in_language("zh") or item.code, item.name.in_language("en") or item.code
    return Typed(
        name=name,
        label=Text(zh=f"{zh}{behind}", en=f"{en}{behind}"),
        was=was,
        written=written,
        at=(item.code, str(row[c.UNIT])),
        fault=None if written.strip() == was else _fault_of_figure(written, item),
    )


def _fetched(scheme: Scheme) -> frozenset[str]:
    """Return the items that are looked at in the round itself; others only month by month."""
    return frozenset(fetch.item for fetch in fetches_of(scheme))


def _items_by_group(scheme: Scheme) -> dict[str, frozenset[str]]:
    rated = (*scheme.indicators, *scheme.rated_nodes)
    return {
        group.code: frozenset(name for each in rated if group.code in each.groups for name in items_of(each))
        for group in scheme.groups
    }


def sums_that_are_off(scheme: Scheme, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield where marks that were typed do not add up to what their parent is worth.

    Weights of which only proportions count need no sum.
    """
    written = {field.at: field.written for part in parts for field in part.fields}
    for part in parts:
        dimension = scheme.node(part.key)
        if not part.is_changed or not isinstance(dimension, Dimension) or dimension.method.basis != "marks":
            continue
        for group in scheme.groups:
            own = [field for field in part.fields if field.at[1] == group.code]
            if not any(field.is_changed for field in own):
                continue
            was = sum(child.weights.get(group.code, 0.0) for child in dimension.children)
            worth = dimension.weights.get(group.code)
            parent = written.get((dimension.code, group.code))
            is_worth = worth is not None and round(worth - was, _DECIMALS) == 0
            wanted = plain_number(parent, _WEIGHT) if parent is not None and is_worth else was
            found = sum(plain_number(field.written, _WEIGHT) for field in own)
            if round(found - wanted, _DECIMALS):
                yield DO_NOT_ADD_UP.at(
                    node=part.name,
                    group=_group_name(scheme, group.code),
                    sum=number_text(round(found, _DECIMALS)),
                    wanted=number_text(round(wanted, _DECIMALS)),
                )


def named(node: Node) -> Text:
    """Return what a node is called; the root is the total where the scheme does not say."""
    if any((node.name.zh, node.name.en)):
        return node.name
    return Text(zh="总分", en="total") if node.code == ROOT else Text(zh=node.code)


def _group_name(scheme: Scheme, code: str) -> Text:
    name = next(group.name for group in scheme.groups if group.code == code)
    return name if any((name.zh, name.en)) else Text(zh="全部单位", en="all units")


def _both(node: Text, group: Text) -> Text:
    return Text(
        zh=f"{node.in_language('zh')}（{group.in_language('zh')}）",
        en=f"{node.in_language('en')} ({group.in_language('en')})",
    )


def _fault_of_weight(written: str) -> Text | None:
    try:
        plain_number(written, _WEIGHT)
    except UsageError as error:
        return Text(zh=error.text("zh"), en=error.text("en"))
    return None


def _fault_of_figure(written: str, item: Item) -> Text | None:
    try:
        cell_of(written, item)
    except FindingsError as refusal:
        told = refusal.findings[0]
        return Text(
            zh=f"{told.message('zh')}；{told.hint('zh')}", en=f"{told.message('en')}; {told.hint('en')}"
        )
    return None
