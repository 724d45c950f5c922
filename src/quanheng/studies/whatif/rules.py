"""A rule written for a question, read and checked as a scheme's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quanheng.findings.finding import FindingsError, has_errors
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.files.read import Written, document_from, settled_from
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.formulas.tree import nodes_in
from quanheng.scheme.items.item import FromUnits
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.tree.scheme import Indicator, Scheme

_ASKED: Final = "rule"
_STANDS_FOR_IT: Final = [f"asked_{number}" for number in range(1_000)]


def rule_from(written: object, indicator: Indicator, scheme: Scheme) -> AnyRule:
    """Return the rule that plain values, or a text of YAML, mean for an indicator of `scheme`.

    It is put into a scheme of this one indicator, so that all laws look at it that look at a scheme.

    Raises:
        FindingsError: it is no rule, or breaks a law; all of it together.
    """
    value = read_yaml(written, file=f"--rule {indicator.code}")[0] if isinstance(written, str) else written
    document = document_from(_small_scheme(value, indicator, scheme))
    settled, findings = settled_from(Written(document=document, locations=Locations()))
    if settled is None or has_errors(findings):
        raise FindingsError(findings)
    (found,) = settled.scheme.indicators
    return found.rule


def _small_scheme(rule: object, indicator: Indicator, scheme: Scheme) -> Mapping[str, Any]:
    items: dict[str, Any] = {
        item.code: {"attribute": item.source.column}
        if isinstance(item.source, FromUnits)
        else {
            "kind": item.kind,
            "every": item.every,
            **({"measured_in": item.measured_in} if item.measured_in else {}),
        }
        for item in scheme.stated_items
    }
    measure = indicator.measure.text
    if any(nodes_in(indicator.measure.tree)):
        # of the measure a rule sees the value alone; the nodes that it asks for are not in this scheme
        measure = next(code for code in _STANDS_FOR_IT if code not in items)
        items[measure] = {}
    node = {
        "measure": measure,
        "direction": indicator.direction,
        "weight": 1,
        _ASKED: rule,
    }
    return {
        "quanheng": 1,
        "id": scheme.id,
        "title": scheme.id,
        "round": scheme.round,
        "marks": 1,
        "items": items,
        "indicators": {indicator.code: node},
    }
