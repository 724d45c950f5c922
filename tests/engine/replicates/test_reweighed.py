from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from quanheng.engine.replicates.reweighed import stated_otherwise
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme

OF_THE_DIMENSION: Mapping[str, Mapping[str, Any]] = {
    "least": {"gaps": {"at_least": "60%"}},
    "rounding": {"rounding": {"aggregate": 1}},
    "aggregate": {"aggregate": "geometric"},
    "rule": {"rule": "percentile"},
    "coefficient": {"coefficient": "y"},
}
OF_THE_INDICATOR: Mapping[str, Mapping[str, Any]] = {
    "rule": {"rule": {"bands": [[0, 0], [10, 100]]}},
    "gaps": {"gaps": {"missing": "zero"}},
    "measure": {"measure": "y"},
    "rounding": {"rounding": {"points": 1}},
    "direction": {"direction": "less"},
    "coefficient": {"coefficient": "y"},
}


def weighing(
    weight: float,
    *,
    dimension: Mapping[str, Any] | None = None,
    indicator: Mapping[str, Any] | None = None,
    top: Mapping[str, Any] | None = None,
) -> Scheme:
    """Return a scheme of one dimension with two indicators, of which the first has `weight`."""
    rated = {"measure": "x", "rule": {"scale": {"worst": "observed", "best": "observed"}}}
    return scheme_from_mapping(
        {
            "weights": "relative",
            "items": {"x": {}, "y": {}},
            "indicators": {
                "d": {
                    "weight": 1,
                    "children": {
                        "a": {**rated, "weight": weight, **(indicator or {})},
                        "b": {**rated, "weight": 1},
                    },
                    **(dimension or {}),
                },
                "c": {**rated, "measure": "y", "weight": 1},
            },
            **(top or {}),
        }
    )


def test_other_weights_alone_are_stated() -> None:
    assert stated_otherwise(weighing(3), weighing(1)) == {("d", "a"): {"all": 3.0}}


@pytest.mark.parametrize("parts", OF_THE_DIMENSION.values(), ids=OF_THE_DIMENSION)
def test_schemes_whose_dimensions_differ_elsewhere_are_not_weighed_anew(parts: Mapping[str, Any]) -> None:
    changed = weighing(3, dimension=parts)

    assert stated_otherwise(changed, weighing(1, dimension=parts)) == {("d", "a"): {"all": 3.0}}
    assert stated_otherwise(changed, weighing(1)) is None


@pytest.mark.parametrize("parts", OF_THE_INDICATOR.values(), ids=OF_THE_INDICATOR)
def test_schemes_whose_indicators_differ_elsewhere_are_not_weighed_anew(parts: Mapping[str, Any]) -> None:
    changed = weighing(3, indicator=parts)

    assert stated_otherwise(changed, weighing(1, indicator=parts)) == {("d", "a"): {"all": 3.0}}
    assert stated_otherwise(changed, weighing(1)) is None


def test_schemes_that_differ_beside_the_tree_are_not_weighed_anew() -> None:
    assert stated_otherwise(weighing(3, top={"rounding": {"total": 1}}), weighing(1)) is None
