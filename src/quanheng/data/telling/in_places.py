"""Findings that nobody gave a place: they stand in the scheme, where it speaks of what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from quanheng.findings.finding import Finding, Location
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Scheme


def in_places(findings: Iterable[Finding], scheme: Scheme) -> Iterator[Finding]:
    """Yield `findings`, each with a place: of a node, an item, a group or a ledger its own in `scheme`.

    What is about none of these is about the round, or all of it: the line that states the round.
    """
    places: Mapping[str, Mapping[str, Location]] | None = None
    for finding in findings:
        if finding.where.file:
            yield finding
            continue
        places = _places(scheme) if places is None else places
        yield replace(finding, where=_place(finding, places) or scheme.where)


def _places(scheme: Scheme) -> Mapping[str, Mapping[str, Location]]:
    """Return by the names of facts where the scheme speaks of what they name."""
    nodes = {node.code: node.where for node in scheme.nodes}
    items = {item.code: item.where for item in scheme.items}
    return {
        "node": nodes,
        "indicator": nodes,
        "child": nodes,
        "item": items,
        "group": {group.code: group.where for group in scheme.groups},
        "ledger": {ledger.code: ledger.where for ledger in scheme.ledgers},
    }


def _place(finding: Finding, places: Mapping[str, Mapping[str, Location]]) -> Location | None:
    facts = ((key, finding.facts[key]) for key in places if key in finding.facts)
    codes = ((key, fact.en if isinstance(fact, Text) else fact) for key, fact in facts)
    found = (places[key].get(code) for key, code in codes)
    return next((where for where in found if where is not None and where.file), None)
