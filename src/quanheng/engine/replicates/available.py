"""How much of a unit's weight has a value of its own in a replicate, and if that is enough (absence §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np

from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.engine.replicates.arrays import Array, Flags, elementwise, filled, known, quotient
from quanheng.engine.replicates.base import Base, Edge
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Dimension, Indicator, Scheme


class Trees(Protocol):
    """What is looked at of the nodes of some replicates."""

    @property
    def base(self) -> Base:
        """What the replicates have in common."""

    @property
    def scheme(self) -> Scheme:
        """How their points are joined."""

    @property
    def weights(self) -> Mapping[Edge, Array]:
        """The weights of children that do not weigh what they do in the base."""

    @property
    def scores(self) -> Mapping[str, Array]:
        """The scores of the nodes."""


def ranked(trees: Trees) -> Flags:
    """Return which units are ranked: those that have a total, and enough of their weight available."""
    has_total = known(trees.scores[ROOT])
    return has_total if trees.scheme.at_least <= 0.0 else has_total & has_enough(trees)


def has_enough(trees: Trees) -> Flags:
    """Return which units have enough of their weight available."""
    return np.asarray(elementwise(_available(trees), comparable) >= trees.scheme.at_least, dtype=np.bool_)


def _available(trees: Trees) -> Array:
    every = apart = own = np.zeros((1, 1))
    for indicator, weight in _leaves(trees.scheme.root, _parts(trees), None):
        absence = trees.base.absence[indicator.code]
        is_by_unit = weight.shape[1] == 1 or _differs_by_unit(trees)
        of_unit = filled(weight if is_by_unit else weight[:, trees.base.group])
        every = every + np.where(absence >= 0, of_unit, 0.0)
        apart = apart + np.where(absence == c.NOT_APPLICABLE, of_unit, 0.0)
        own = own + np.where(absence == c.PRESENT, of_unit, 0.0)
    applicable = every - apart
    return np.where(applicable > 0.0, quotient(own, applicable), 0.0)


def _parts(trees: Trees) -> Mapping[tuple[str, str], Array]:
    """Return what part of its dimension each child is in each group, `(replicates, groups)`."""
    return {
        (dimension.code, child): part
        for dimension in trees.scheme.dimensions
        for child, part in _parts_of(dimension, trees)
    }


def _parts_of(dimension: Dimension, trees: Trees) -> Iterator[tuple[str, Array]]:
    weights = {child.code: _weight(dimension, child.code, trees) for child in dimension.children}
    whole: Array = np.zeros((1, 1))
    for weight in weights.values():
        whole = whole + filled(weight)
    for child, weight in weights.items():
        part = np.where(whole > 0.0, quotient(weight, whole), 0.0)
        yield child, np.where(known(weight), part, np.nan)


def _differs_by_unit(trees: Trees) -> bool:
    """Return whether weights were computed in each of several copies: they are columns, a number a unit."""
    return any(parent not in trees.base.benchmark for parent, _ in trees.base.by_unit)


def _weight(dimension: Dimension, child: str, trees: Trees) -> Array:
    """Return the weight by group, or where some differ by unit, by unit."""
    by_group = _by_group(dimension, child, trees)
    is_column = (dimension.code, child) in trees.base.by_unit and dimension.code not in trees.base.benchmark
    return by_group[:, trees.base.group] if _differs_by_unit(trees) and not is_column else by_group


def _by_group(dimension: Dimension, child: str, trees: Trees) -> Array:
    """Return the weight by group; 1 where each unit has its own, as a table of weights has it."""
    if dimension.code in trees.base.benchmark:
        groups = next(node.groups for node in dimension.children if node.code == child)
        return np.array([[1.0 if each.code in groups else np.nan for each in trees.scheme.groups]])
    return trees.weights.get((dimension.code, child), trees.base.weights[dimension.code, child])


def _leaves(
    dimension: Dimension, parts: Mapping[tuple[str, str], Array], above: Array | None
) -> Iterator[tuple[Indicator, Array]]:
    """Yield each indicator with its part of the whole."""
    for child in dimension.children:
        part = parts[dimension.code, child.code]
        # a group that the nodes above do not have is taken as the whole
        whole = part if above is None else np.where(known(above), above, 1.0) * part
        if isinstance(child, Indicator):
            yield child, whole
        else:
            yield from _leaves(child, parts, whole)
