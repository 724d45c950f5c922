"""`where` says of which something is meant, `when` that something happens: who writes the other is told."""

from __future__ import annotations

from typing import Any

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping

CONDITION = "x > 1"
LEAF = {"measure": "x", "rule": "given", "weight": 100}
HAPPENS: dict[str, Any] = {
    "a rule": {"adjustments": {"rules": [{"name": "r", "kind": "bonus", "marks": 1, "where": CONDITION}]}},
    "a gate": {"adjustments": {"bonus": {"where": CONDITION}}},
    "a lowering": {"tiers": [{"name": "a"}], "lower": [{"where": CONDITION}]},
}
IS_MEANT: dict[str, Any] = {
    "a tier": {"tiers": [{"name": "a", "top": 1, "when": CONDITION}, {"name": "b"}]},
    "an award": {"awards": [{"name": "a", "when": CONDITION}]},
    "a cap": {"cap": {"marks": 5, "when": CONDITION}},
    "one of several caps": {"cap": [50, {"marks": 5, "when": CONDITION}]},
    "gaps": {"gaps": {"when": CONDITION}},
    "records": {"ledgers": {"l": {}}, "items": {"x": {"count": "l", "when": "a > 1"}}},
}


@pytest.mark.parametrize("form", HAPPENS.values(), ids=HAPPENS)
def test_what_happens_to_units_has_a_when(form: dict[str, Any]) -> None:
    assert ("QH120", "did you mean 'when'?") in told(form)


@pytest.mark.parametrize("form", IS_MEANT.values(), ids=IS_MEANT)
def test_what_says_of_which_has_a_where(form: dict[str, Any]) -> None:
    assert ("QH120", "did you mean 'where'?") in told(form)


def told(form: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the codes and hints of what is wrong with a scheme."""
    with pytest.raises(FindingsError) as error:
        scheme_from_mapping({"items": {"x": {}}, "indicators": {"leaf": LEAF}, **form})
    return [(finding.code, finding.hint("en")) for finding in error.value.findings]
