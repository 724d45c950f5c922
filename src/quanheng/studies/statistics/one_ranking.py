"""What studies that order each group by itself say of a scheme in which all units stand in one ranking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.scheme.tree.scheme import Scheme

INSIDE_GROUPS: Final = Kind(
    code="QH646",
    severity="note",
    en="the places of this study are inside each group, and the scheme has one ranking over all",
    zh="本研究的位次是各组之内的，而方案为全部单位统一排名",
    hint_en="'quanheng study robustness' and 'whatif' look at the one ranking",
    hint_zh="统一排名的情形见 quanheng study robustness 和 quanheng whatif",
)


def inside_groups(scheme: Scheme) -> Iterator[Finding]:
    """Yield a QH646 where all units of `scheme` stand in one ranking."""
    if scheme.ranks_all:
        yield INSIDE_GROUPS.at(scheme.where)
