"""What is added to a random scheme at its end, by draws of its own: no other part comes out differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

_LEAST: Final = (1, "40%", "75%", "100%")
_CAPS: Final = (0, 0.3, 1, 2)
_LEVELS: Final = ("indicators", "dimensions", "total")
Form = dict[str, Any]


def aside(rng: np.random.Generator) -> np.random.Generator:
    """Return a generator of its own, which takes no draw from `rng`."""
    return np.random.default_rng(rng.bit_generator.seed_seq.spawn(1)[0])  # type: ignore[attr-defined]  # it has one


def refine_rounding(scheme: Form, rng: np.random.Generator) -> None:
    """Let some stages have decimals by level, some nodes their own, and some schemes print fewer."""
    rounding: Form = scheme.get("rounding", {})
    for stage in ("points", "scores"):
        if stage in rounding and rng.random() < 0.4:
            rounding[stage] = {level: int(rng.integers(4)) for level in _LEVELS if rng.random() < 0.6}
    if rng.random() < 0.1:
        rounding["aggregate"] = int(rng.integers(4))
    if rng.random() < 0.2:
        rounding["print"] = int(rng.integers(3))
    if rounding:
        scheme["rounding"] = rounding
    for form in _nodes(scheme["indicators"]):
        chosen = "children" in form and rng.random() < 0.15
        if chosen and form.get("aggregate", scheme.get("aggregate")) != "copeland":
            form["gaps"] = {"at_least": _LEAST[int(rng.integers(len(_LEAST)))]}
        if rng.random() < 0.1:
            stages = ("ratio" if "measure" in form else "aggregate", "points", "scores")
            form["rounding"] = {stages[int(rng.integers(3))]: int(rng.integers(4))}


def require(scheme: Form, rng: np.random.Generator) -> None:
    """Let some schemes require some of their nodes, where units are not compared in pairs above them."""
    if rng.random() < 0.75:
        return
    _require_below(scheme["indicators"], scheme.get("aggregate"), scheme.get("aggregate"), rng)
    items = list(scheme["items"])
    if scheme.get("aggregate") != "copeland" and rng.random() < 0.3:
        scheme["gaps"] = {**scheme["gaps"], "where": f"{items[0]} > 1"}
    scheme["cap"] = [{"marks": "60%", "where": f"{items[-1]} > 2"}, {"marks": 45, "where": f"{items[0]} < 3"}]


def _require_below(forms: Form, here: object, everywhere: object, rng: np.random.Generator) -> None:
    for form in forms.values():
        if here != "copeland" and rng.random() < 0.2:
            form["gaps"] = {**form.get("gaps", {}), "required": True}
        _require_below(form.get("children", {}), form.get("aggregate", everywhere), everywhere, rng)


def sort_adjustments(scheme: Form, rows: Sequence[dict[str, str]], rng: np.random.Generator) -> None:
    """Give some schemes categories of marks with caps of their own, and some rules and rows one of them."""
    adjustments: Form = scheme.get("adjustments", {})
    for kind in ("bonus", "penalty"):
        if "adjustments" not in scheme or rng.random() < 0.5:
            continue
        caps = [{"cap": _CAPS[int(rng.integers(len(_CAPS)))]}, {}]
        count = int(rng.integers(1, 3))
        categories = {f"sort{number}": caps[int(rng.random() < 0.2)] for number in range(count)}
        adjustments.setdefault(kind, {})["categories"] = categories
        named = [None, *categories]
        for each in [*adjustments.get("rules", []), *rows]:
            chosen = named[int(rng.integers(len(named)))]
            if each["kind"] == kind and chosen is not None:
                each["category"] = chosen


def cap_nodes(scheme: Form, rng: np.random.Generator) -> None:
    """Give some schemes caps of marks at nodes, and in some of them of categories."""
    adjustments: Form = scheme.get("adjustments", {})
    codes = list(_codes(scheme["indicators"]))
    for kind in ("bonus", "penalty"):
        if "adjustments" not in scheme or rng.random() < 0.5:
            continue
        limit: Form = adjustments.setdefault(kind, {})
        found: Form = {}
        for code in codes:
            if rng.random() < 0.6:
                continue
            cap = _CAPS[int(rng.integers(len(_CAPS)))]
            categories = {
                category: _CAPS[int(rng.integers(len(_CAPS)))]
                for category in limit.get("categories", {})
                if rng.random() < 0.4
            }
            found[code] = {"cap": cap, "categories": categories} if categories else cap
        if found:
            limit["nodes"] = found


def _codes(forms: Form) -> Iterator[str]:
    for code, form in forms.items():
        yield code
        yield from _codes(form.get("children", {}))


def _nodes(forms: Form) -> Iterator[Form]:
    for form in forms.values():
        yield form
        yield from _nodes(form.get("children", {}))
