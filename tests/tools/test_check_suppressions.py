from __future__ import annotations

import pytest
from tools.check_suppressions import unjustified

# written in two parts, so that the check does not find these lines themselves
NOQA, TYPE = "# " + "noqa", "# " + "type: ignore"


@pytest.mark.parametrize(
    "line",
    [
        f"import rich  {NOQA}: PLC0415  rich is slow to import",
        f"import rich  {NOQA}: PLC0415, E402 - slow to import",
        f"x = y  {TYPE}[no-any-return]  # the library has no types",
        "x = 1  # a comment about noqa",
    ],
)
def test_suppression_with_rule_and_reason_passes(line: str) -> None:
    assert list(unjustified(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        f"import rich  {NOQA}",
        f"import rich  {NOQA}: PLC0415",
        f"x = y  {TYPE}",
        f"x = y  {TYPE}[no-any-return]",
        "if x:  # " + "pragma: no cover",
    ],
)
def test_suppression_without_rule_or_reason_is_named(line: str) -> None:
    assert list(unjustified(f"first\n{line}")) == [(2, line)]
