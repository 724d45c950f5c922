"""Between reference points, sectors, readiness less vulnerability: adaptation. Figures are invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.published.books import by_unit, invented, mean, places, rows_of, score_case, tree_of

_CASE = "nd-gain"


def _between(value: float | None, worst: float, best: float) -> float | None:
    """Return where `value` stands between the two points, 0 to 1."""
    return None if value is None else min(max((value - worst) / (best - worst), 0), 1)


def _made(nodes: Mapping[str, Any], own: Mapping[str, float | None]) -> float | None:
    """Return the mean of what is there of `nodes`, which are means themselves or indicators."""
    return mean(
        [
            _made(node["children"], own)
            if "children" in node
            else _between(own[node["measure"]], *(float(x) for x in node["rule"]["scale"].values()))
            for node in nodes.values()
        ]
    )


def test_adaptation_is_readiness_less_vulnerability(tmp_path: Path) -> None:
    tree = tree_of(_CASE)
    text = str(tree)
    items = sorted({word for word in text.replace("'", " ").split() if word.startswith("id_")})
    figures = invented(6, items, -5, 120, 3)
    for sector in ("food", "wate"):
        figures["u03"].update({item: None for item in items if sector in item})
    figures["u06"]["id_soci_02"] = None
    expected: dict[str, float | None] = {}
    for unit, own in figures.items():
        resilience, readiness = (_made(tree[node]["children"], own) for node in ("resilience", "readiness"))
        assert resilience is not None
        assert readiness is not None
        expected[unit] = (readiness - (1 - resilience) + 1) * 50

    got = by_unit(score_case(_CASE, tmp_path, {"data/input.csv": rows_of(figures)}))

    assert len(items) == 45
    assert {unit: row["score"] for unit, row in got.items()} == pytest.approx(expected, abs=1e-9)
    assert {unit: row["place"] for unit, row in got.items()} == places(expected)
