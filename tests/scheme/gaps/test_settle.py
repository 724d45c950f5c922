from __future__ import annotations

import pytest
from tests.scheme.written import indicator

from quanheng.scheme.gaps.treatment import AlwaysLog, QuantileLimits, Treatment, Winsorise


@pytest.mark.parametrize(
    ("written", "treatment"),
    [
        ("none", None),
        ("log", AlwaysLog()),
        ("{winsorise: 5}", Winsorise()),
        (
            "{winsorise: 2, then: none, skewness: 1.5, kurtosis: 3}",
            Winsorise(points=2, then="none", skewness=1.5, kurtosis=3.0),
        ),
        ("{quantiles: [5%, 0.95]}", QuantileLimits(low=0.05, high=0.95)),
    ],
)
def test_treatment_has_its_value(written: str, treatment: Treatment | None) -> None:
    assert indicator(f"measure: a\nrule: scale\ntreat: {written}").treat == treatment
