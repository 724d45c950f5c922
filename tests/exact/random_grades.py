"""Tiers, awards and ties of a random book, by group and from below; drawn apart from the rest of the book."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import numpy as np
from tests.exact.random_figures import Form


def regraded(stated: Mapping[str, Any], seed: int) -> Form:
    """Return a scheme, of which some have other tiers, awards and ties."""
    scheme: Form = deepcopy(dict(stated))
    draw = np.random.default_rng([seed, 7])
    groups = list(scheme.get("groups", {}))
    tiers: list[Form] = scheme.get("tiers", [])
    nodes = list(scheme["indicators"])
    if tiers and draw.random() < 0.5:
        _regrade_tiers(tiers, groups, nodes, draw)
    if tiers and draw.random() < 0.25:
        scheme["lower"] = [{"when": f"{nodes[0]} < 20"}, {"when": "place > 2", "to": "second"}]
    if groups and "ties" in scheme and draw.random() < 0.4:
        broken = draw.permutation(nodes)
        scheme["ties"] = {
            "break_by": {
                group: [str(node) for node in np.roll(broken, at)][:2] for at, group in enumerate(groups)
            }
        }
    if groups and not any(scheme["groups"].values()) and draw.random() < 0.3:
        scheme["ranking"] = "all"
    if draw.random() < 0.15:
        _turn(scheme)
    for award in scheme.get("awards", []):
        if "take" in award and draw.random() < 0.3:
            award["last"] = award.pop("take")
        elif "take" in award and groups and "from" not in award and draw.random() < 0.4:
            award["take"] = {group: int(draw.integers(1, 3)) for group in groups}
    return scheme


def _regrade_tiers(tiers: list[Form], groups: list[str], nodes: list[str], draw: np.random.Generator) -> None:
    shares = [{"share": "30%", "round": "down"}, {"share": 0.45, "round": "up"}, "50%", 1]
    match int(draw.integers(0, 5 if groups else 3)):
        case 0:
            tiers[0]["top"] = shares[int(draw.integers(0, 2))]
        case 1:
            tiers[0]["where"] = f"{nodes[0]} > 10"
        case 2:
            tiers.append({"name": "last", "last": shares[int(draw.integers(0, 4))]})
        case 3:
            tiers[0]["top"] = {group: shares[int(draw.integers(0, 4))] for group in groups}
            tiers[1]["at_least"] = {group: 40 + 10 * at for at, group in enumerate(groups)}
            if "at_least" in tiers[0]:
                del tiers[0]["at_least"]
        case _:
            tiers[0]["groups"] = groups[:1]


def _turn(scheme: Form) -> None:
    """Let the lowest total be first, where nothing in the scheme takes more for better."""
    text = str(scheme)
    if "'worst'" in text or "'zero'" in text or scheme.get("adjustments", {}).get("rules"):
        return
    scheme["lowest_first"] = True
    for tier in scheme.get("tiers", []):
        if "at_least" in tier:
            least = tier.pop("at_least")
            turned = {group: 110 - each for group, each in least.items()} if isinstance(least, dict) else None
            tier["at_most"] = 110 - least if turned is None else turned
