"""Schemes and measures for a round: `own(x)` written out for its months, the same object each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quanheng.engine.formulas.measures import Measure
from quanheng.engine.frame.again.replays import Origin, made_once
from quanheng.periods.every import MONTHS_A_YEAR
from quanheng.periods.stretch import Stretch
from quanheng.scheme.formulas.own import formula_for, has_own, with_own_parts
from quanheng.scheme.tree.in_force import has_spans, scheme_on
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import uses_of


def scheme_for(scheme: Scheme, of: Stretch) -> Scheme:
    """Return `scheme` as it is asked of the round `of`; the very same where nothing in it depends on it."""
    if made_once(Origin("has spans", scheme), lambda: has_spans(scheme)):
        whole, day = scheme, of.end
        codes = made_once(Origin("in force", whole, day), lambda: scheme_on(whole, day))
        in_force = Origin("nodes in force", whole, tuple(node.code for node in codes.nodes))
        scheme = made_once(in_force, lambda: codes)
    depends = Origin("own parts", scheme)
    if not made_once(depends, lambda: any(has_own(use.formula.tree) for use in uses_of(scheme))):
        return scheme
    place = Origin("own parts", scheme, (of.first % MONTHS_A_YEAR, of.length))
    return made_once(place, lambda: with_own_parts(scheme, of))


def rounds_by_scheme(scheme: Scheme, rounds: Mapping[str, Stretch]) -> tuple[dict[str, Stretch], ...]:
    """Return `rounds`, those apart of which the scheme asks different things."""
    found: list[tuple[Scheme, dict[str, Stretch]]] = []
    for name, stretch in rounds.items():
        asked = scheme_for(scheme, stretch)
        alike = next((group for known, group in found if known is asked or known == asked), None)
        if alike is None:
            found.append((asked, {name: stretch}))
        else:
            alike[name] = stretch
    return tuple(group for _, group in found)


def measures_for(measures: Iterable[Measure], of: Stretch) -> tuple[Measure, ...]:
    """Return `measures` as they are asked of the round `of`."""
    return tuple(replace(each, formula=formula_for(each.formula, of)) for each in measures)


def rounds_by_measures(
    measures: Sequence[Measure], rounds: Mapping[str, Stretch]
) -> tuple[tuple[tuple[Measure, ...], dict[str, Stretch]], ...]:
    """Return `rounds` with what is asked of them, those apart that are asked different things."""
    found: list[tuple[tuple[Measure, ...], dict[str, Stretch]]] = []
    for name, stretch in rounds.items():
        asked = measures_for(measures, stretch)
        alike = next((group for known, group in found if known == asked), None)
        if alike is None:
            found.append((asked, {name: stretch}))
        else:
            alike[name] = stretch
    return tuple(found)
