"""Findings as people read them: each with a place, nodes, items and units by name in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.telling.in_places import in_places
from quanheng.findings.finding import Finding
from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.scheme.tree.names import names_of
from quanheng.scheme.tree.scheme import Scheme

_NODES: Final = frozenset({"node", "indicator", "child", "children"})
_ITEMS: Final = frozenset({"item", "items"})
_UNITS: Final = frozenset({"unit"})
_BETWEEN: Final = linear(r", |、", why="one or two characters each")


def in_names(findings: Iterable[Finding], scheme: Scheme, units: pl.DataFrame) -> Iterator[Finding]:
    """Yield `findings`, each with a place; in Chinese they say names, in English codes.

    `units` has the columns unit and name. A fact that is no code, such as a word somebody wrote, stays.
    """
    told = tuple(in_places(findings, scheme))
    names = names_of(scheme)
    known = {
        **dict.fromkeys(_NODES, names.nodes),
        **dict.fromkeys(_ITEMS, names.items),
        **dict.fromkeys(_UNITS, _names_of_units(told, units)),
    }
    for finding in told:
        facts = {key: _named(fact, known.get(key, {})) for key, fact in finding.facts.items()}
        yield finding if facts == finding.facts else replace(finding, facts=facts)


def _named(fact: str | Text, names: Mapping[str, str]) -> str | Text:
    if isinstance(fact, Text) or not names:
        return fact
    codes = _BETWEEN.split(fact)
    told = [names.get(code, code) for code in codes]
    return fact if told == codes else Text(en=fact, zh="、".join(told))


def _names_of_units(findings: Iterable[Finding], units: pl.DataFrame) -> Mapping[str, str]:
    """Return the names of the units that `findings` speak of; of those alike each with its code."""
    codes = {str(fact) for found in findings for key, fact in found.facts.items() if key in _UNITS}
    named = units.filter(pl.col("unit").is_in(list(codes)) & (pl.col("name") != ""))
    alike = units.filter(pl.col("name").is_in(named["name"].implode())).group_by("name").len()
    several = set(alike.filter(pl.col("len") > 1)["name"])
    return {
        unit: f"{name} [{unit}]" if name in several else name
        for unit, name in named.select("unit", "name").iter_rows()
    }
