"""The parts of formulas that are columns before the formulas are computed.

`share` and `place` look at other units. Other parts become columns because they are large: what looks at a
part more than once (a quotient, a growth, a condition) would repeat it, and parts nested in each other would
multiply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from quanheng.engine.formulas.expressions import Scope, Shared, SharedParts, compiled
from quanheng.engine.formulas.operations import Compiled, applicable_value
from quanheng.engine.formulas.pooled_columns import PooledColumn, with_pooled_columns
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.tables import names_in
from quanheng.findings.value import Value, field
from quanheng.scheme.formulas.cost import looked_at, times_of
from quanheng.scheme.formulas.functions import OVER_UNITS
from quanheng.scheme.formulas.tree import Call, Expression, Name
from quanheng.scheme.rules.anchors import Direction

_LARGE: Final = 64
"""A part of a formula that takes more steps than this becomes a column."""
POOLED: Final = "pooled|"
SHARED: Final = "shared|"


class Wanted(Value, kw_only=False):
    """A formula, the direction of the indicator it belongs to, and the indicator whose target it may look at.

    Places in it are counted in `direction`; where the indicator's own is another one, that is `own`. `names`
    are further names it may use; `times` is how often its value will be looked at.
    """

    tree: Expression
    direction: Direction
    indicator: str | None = None
    own: Direction | None = None
    names: Mapping[str, Compiled] = field(default_factory=dict)
    times: int = 1


class _Part(Value, kw_only=False):
    """A part of a formula that is to be a column, `months` before the round."""

    tree: Expression
    months: int
    level: int
    of: Wanted

    @property
    def is_pooled(self) -> bool:
        return _is_pooled(self.tree)


def with_pooled(
    frame: nw.LazyFrame[Any],
    formulas: Iterable[Wanted],
    scope: Scope,
    *,
    pool: Sequence[str] = (c.GROUP,),
) -> tuple[nw.LazyFrame[Any], dict[Direction, Scope]]:
    """Add a column for each `share` and `place` in `formulas`, and for their large parts, innermost first.

    `pool` names the columns whose values the units of a pool share: places are taken in it, shares are of
    all units that differ from each other only in their group.

    Returns the frame and, for each direction, the scope that knows these columns.
    """
    known = _Known(scope)
    for level in _levels(formulas, scope):
        # what a level shares looks only at levels before it
        shared = [column for part in level if not part.is_pooled for column in known.share(part)]
        columns = [column for part in level if part.is_pooled for column in known.pool(part)]
        frame = frame.with_columns(*shared) if shared else frame
        frame = with_pooled_columns(frame, columns, pool) if columns else frame
    return frame, {direction: known.scope(direction) for direction in known.pooled}


def pooled_columns(
    formulas: Iterable[Wanted], scope: Scope
) -> dict[Direction, Mapping[tuple[Call, int], str]]:
    """Return how `with_pooled` called the columns of the pooled calls in `formulas`, for whoever reads them.

    A call stands beside how many months before the round it is asked.
    """
    known = _Known(
        replace(scope, columns=frozenset(name for name in scope.columns if not name.startswith(POOLED)))
    )
    for level in _levels(formulas, scope):
        for part in level:
            if part.is_pooled:
                known.name(part)
    return dict(known.pooled)


def without_shared(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return `frame` without the columns of the large parts of formulas."""
    names = [name for name in names_in(frame) if name.startswith(SHARED)]
    return frame.drop(*names) if names else frame


class _Known:
    """The columns made so far, and how they are named."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._shared = SharedParts(scope.shared)
        self.pooled: dict[Direction, dict[tuple[Call, int], str]] = {"more": {}, "less": {}}
        self.pooled[scope.direction].update(scope.pooled)
        # formulas beside the measures come later: their columns are numbered on
        self._pooled_before = sum(name.startswith(POOLED) for name in scope.columns)
        self._number = sum(name.startswith(SHARED) for name in scope.columns)

    def scope(self, direction: Direction) -> Scope:
        return replace(self._scope, pooled=self.pooled[direction], shared=self._shared, direction=direction)

    def share(self, part: _Part) -> Iterator[nw.Expr]:
        """Yield the columns of a large part, and know them from now on."""
        meaning = self._meaning(part.tree, part)
        name = f"{SHARED}{self._number}"
        self._number += 1
        flags = {"not_applicable": meaning.not_applicable, "undefined": meaning.undefined}
        told = {word: flag for word, flag in flags.items() if flag is not None}
        columns = {word: nw.col(f"{name}|{word}") for word in told}
        kept = Compiled(
            value=nw.col(name),
            not_applicable=columns.get("not_applicable"),
            undefined=columns.get("undefined"),
            counts=meaning.counts,
        )
        self._shared[part.of.indicator, id(part.tree), part.months] = Shared(part.tree, kept)
        yield meaning.value.alias(name)
        yield from (flag.alias(f"{name}|{word}") for word, flag in told.items())

    def name(self, part: _Part) -> str:
        """Return the column of a pooled call, named when it is first asked for."""
        assert isinstance(part.tree, Call)  # noqa: S101 - narrows the type: only calls are pooled
        names = self.pooled[part.of.direction]
        new = f"{POOLED}{part.of.direction}|{self._pooled_before + len(names)}"
        return names.setdefault((part.tree, part.months), new)

    def pool(self, part: _Part) -> Iterator[PooledColumn]:
        """Yield the column of a pooled call, unless another formula has it, too."""
        assert isinstance(part.tree, Call)  # noqa: S101 - narrows the type: only calls are pooled
        names = self.pooled[part.of.direction]
        if (part.tree, part.months) not in names:
            inner = Compiled(value=nw.lit(1.0))  # of units(): one for each
            if part.tree.arguments:
                inner = self._meaning(part.tree.arguments[0], part)
            name = self.name(part)
            yield PooledColumn(
                call=part.tree,
                direction=part.of.direction,
                name=name,
                value=applicable_value(inner),
                not_applicable=inner.not_applicable,
                undefined=inner.undefined,
            )

    def _meaning(self, tree: Expression, part: _Part) -> Compiled:
        of = part.of
        scope = replace(
            self.scope(of.direction),
            indicator=of.indicator,
            direction=of.own or of.direction,
            names={**self._scope.names, **of.names},
        )
        return compiled(tree, scope, months=part.months)


def _is_pooled(tree: Expression) -> bool:
    return isinstance(tree, Call) and tree.function in _POOLED


_POOLED: Final = frozenset({"share", "place"}) | OVER_UNITS


def _levels(formulas: Iterable[Wanted], scope: Scope) -> list[list[_Part]]:
    """Return the parts that become columns by how deep they nest: a level needs only those before it."""
    levels: dict[int, list[_Part]] = {}
    for wanted in formulas:
        for part in _Walk(wanted, scope).parts():
            levels.setdefault(part.level, []).append(part)
    return [levels[level] for level in sorted(levels)]


class _Size(Value, kw_only=False):
    """How many steps a part takes, the columns in it being one each; and how deep these nest."""

    steps: int
    level: int
    named: bool
    """Whether every name in it means something by now."""


class _Walk:
    """Goes through one formula once, from the inside out, and finds the parts that become columns."""

    def __init__(self, wanted: Wanted, scope: Scope) -> None:
        self._wanted = wanted
        self._known = scope
        self._sizes: dict[tuple[int, int], _Size] = {}
        self._found: list[_Part] = []

    def parts(self) -> list[_Part]:
        """Return the parts, inner before outer."""
        tree = self._wanted.tree
        size = self._size(tree, 0)
        if self._wanted.times > 1 and size.named and size.steps * self._wanted.times > _LARGE:
            self._note(tree, 0, size)
        return self._found

    def _size(self, tree: Expression, months: int) -> _Size:
        key = (id(tree), months)
        if key not in self._sizes:
            self._sizes[key] = self._measured(tree, months)
        return self._sizes[key]

    def _measured(self, tree: Expression, months: int) -> _Size:
        if (self._wanted.indicator, id(tree), months) in self._known.shared:
            return _Size(1, 0, named=True)
        looks_at = list(looked_at(tree, months))
        size = self._added_up(tree, [self._size(part, at) for part, at in looks_at])
        if size.steps > _LARGE and times_of(tree) > 1:
            # what is looked at more than once is looked at as a column
            size = self._added_up(tree, [self._noted(part, at) for part, at in looks_at])
        if _is_pooled(tree) or (size.named and size.steps > _LARGE):
            return self._note(tree, months, size)
        return size

    def _added_up(self, tree: Expression, inside: Sequence[_Size]) -> _Size:
        return _Size(
            1 + times_of(tree) * sum(part.steps for part in inside),
            max((part.level for part in inside), default=0),
            all(part.named for part in inside) and self._is_known(tree),
        )

    def _noted(self, tree: Expression, months: int) -> _Size:
        """Return the size of a part that is a column from now on if it can be one and takes a step itself."""
        size = self._size(tree, months)
        if size.steps == 1 or not size.named:
            return size
        self._sizes[id(tree), months] = noted = self._note(tree, months, size)
        return noted

    def _note(self, tree: Expression, months: int, size: _Size) -> _Size:
        self._found.append(_Part(tree, months, size.level + 1, self._wanted))
        return _Size(1, size.level + 1, size.named)

    def _is_known(self, tree: Expression) -> bool:
        if not isinstance(tree, Name):
            return True
        known = self._known
        return tree.name in known.names or tree.name in self._wanted.names or tree.name in known.items
