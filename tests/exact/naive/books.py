"""A book as plain mappings, and the places where its formulas are worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

from tests.exact.naive.formulas import Outcome, Place
from tests.exact.naive.numerals import Value, cell, number

ROOT: Final = "total"
Form: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A scheme as its YAML document, and what was reported as texts of cells."""

    scheme: Form
    units: Mapping[str, Mapping[str, str]]
    """The attributes of each unit, its group among them."""
    figures: Mapping[tuple[str, str, int], str]
    """The cell of a unit and an item, so many months before the round."""
    monthly: Mapping[tuple[str, str, int], str] = field(default_factory=dict)
    """The cell of a unit and an item in a month of the round, 1 to 12."""
    targets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The cell of a unit (or `*`) and an indicator."""
    adjustments: Sequence[Mapping[str, str]] = ()
    whole: Book | None = None
    """The book that this is a part of, a node alone."""

    def groups(self) -> dict[str, list[str]]:
        """Return the units of each group, in the order of the scheme."""
        found: dict[str, list[str]] = {group: [] for group in self.scheme.get("groups", {"": {}})}
        for unit in self.units:
            found[self.group(unit)].append(unit)
        return found

    def group(self, unit: str) -> str:
        return self.units[unit]["group"] if "groups" in self.scheme else ""

    def target(self, unit: str, indicator: str) -> Value:
        everybody = self.targets.get(("*", indicator), "")
        return cell(self.targets.get((unit, indicator), everybody))


@dataclass(frozen=True)
class Node:
    """An indicator or a dimension, with the groups it stands in and its weight there."""

    code: str
    form: Form
    parent: str
    children: tuple[str, ...]
    weights: Mapping[str, Fraction]

    @property
    def is_leaf(self) -> bool:
        return "measure" in self.form


def tree_of(book: Book) -> dict[str, Node]:
    """Return the nodes of a scheme by code, children before their parents."""
    scheme = book.scheme
    groups = scheme.get("groups", {"": {}})
    marks = {
        group: number(str((form or {}).get("marks", scheme.get("marks", 100))))
        for group, form in groups.items()
    }
    found: dict[str, Node] = {}
    top = {
        "children": scheme["indicators"],
        **{key: scheme[key] for key in ("weights", "aggregate") if key in scheme},
    }
    _grow(found, ROOT, top, "", marks)
    return found


def _grow(found: dict[str, Node], code: str, form: Form, parent: str, above: Mapping[str, Fraction]) -> None:
    weights = _weights(form, above) if parent else dict(above)
    children: Form = form.get("children", {})
    for child, written in children.items():
        _grow(found, child, written, code, weights)
    below = [found[child].weights for child in children]
    if children:
        weights = {
            group: weight for group, weight in weights.items() if any(group in child for child in below)
        }
        if parent and "weight" not in form:
            weights = {
                group: sum((child.get(group, Fraction(0)) for child in below), Fraction(0))
                for group in weights
            }
    found[code] = Node(code, form, parent, tuple(children), weights)


def _weights(form: Form, above: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the weight in each group that the node stands in; 0 where none is written."""
    written = form.get("weight", 0)
    if isinstance(written, Mapping):
        return {group: number(written[group]) for group in above if group in written}
    named = form.get("groups", list(above))
    named = [named] if isinstance(named, str) else named
    return {group: number(written) for group in above if group in named}


def _of_unit(written: str) -> Outcome:
    """Return what stands in an attribute of the units: a number, or a text."""
    try:
        return cell(written)
    except ValueError:
        return written


@dataclass(frozen=True)
class Seat(Place):
    """Where a formula is worked out for one unit."""

    book: Book
    unit: str
    direction: str = "more"
    months: int = 0
    month: int = 0
    """The month of the round that is looked at; 0: the round."""
    words: Mapping[str, Outcome] = field(default_factory=dict)
    edges: set[str] = field(default_factory=set)
    """What was met on the way."""
    binary: bool = False
    """Whether figures are binary floating-point numbers, to see where these part from what is on paper."""

    def note(self, edge: str) -> None:
        self.edges.add(edge)

    def look_up(self, name: str) -> Outcome:
        if name in self.words:
            return self.words[name]
        form = self.book.scheme["items"].get(name)
        assert form is not None, name
        if "formula" in form:
            from tests.exact.naive.formulas import evaluate, parse  # noqa: PLC0415  they look up names here

            return evaluate(parse(form["formula"]), self)
        if "attribute" in form:
            return _of_unit(self.book.units[self.unit][form["attribute"]])
        if form.get("every") == "month":
            value = cell(self.book.monthly[self.unit, name, self.month])
        else:
            value = cell(self.book.figures.get((self.unit, name, self.months), ""))
        return cast(Fraction, float(value)) if self.binary and isinstance(value, Fraction) else value

    def of_node(self, function: str, node: str, by: str | None = None) -> Value:
        from tests.exact.naive.named import mean_of_node, of_node  # noqa: PLC0415  it works out formulas

        if by is not None:
            return mean_of_node(self.book, function, node, by, self.unit)
        return of_node(self.book, function, node, self.unit)

    def in_month(self, month: int) -> Seat:
        return replace(self, month=month)

    def earlier(self, months: int) -> Seat:
        return replace(self, months=self.months + months)

    def everybody(self) -> Sequence[Seat]:
        return [replace(self, unit=unit) for unit in self.book.units]

    def group(self) -> Sequence[Seat]:
        group = self.book.group(self.unit)
        return [replace(self, unit=unit) for unit in self.book.units if self.book.group(unit) == group]
