"""A case: a small book that went wrong once, and what is right for it in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Words: TypeAlias = tuple[str, str]
"""What a finding says in English, and in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The files of a book; the codes that scoring it tells, in their order, and words of them; the scores.

    `scores` is None where nothing is scored.
    """

    name: str
    files: Mapping[str, str | bytes]
    codes: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()
    scores: Mapping[str, float] | None = None

    def written(self, root: Path) -> Path:
        """Write the book below `root` and return its folder."""
        for name, content in self.files.items():
            path = root / self.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root / self.name


def scheme(items: str, indicators: str, *, round_: str = "2023", further: str = "") -> str:
    """Return the text of a scheme."""
    head = f"quanheng: 1\nid: t\ntitle: T\nround: {round_}\n"
    return f"{head}items: {{{items}}}\nindicators: {{{indicators}}}\n{further}"


BANDS = "rule: {bands: [[0, 0], [10, 100]]}"
REDISTRIBUTE = "gaps: {missing: redistribute}\n"
AB = "unit,name\nA,AA\nB,BB\n"
ABC = "unit,name\nA,AA\nB,BB\nC,CC\n"
DISTRICT = {
    "scheme.yaml": scheme(
        "gdp: {name: 地区生产总值, measured_in: 亿元, kind: cumulative, every: month}, "
        "growth: {name: 地区生产总值增速, measured_in: '%', kind: rate, every: month}, "
        "cases: {name: 诉求件数, measured_in: 件, kind: flow, every: month}",
        "a: {name: 总量, weight: 40, measure: gdp, rule: percentile}, "
        "b: {name: 增速, weight: 30, measure: growth, rule: percentile}, "
        "c: {name: 诉求, weight: 30, measure: cases, direction: less, rule: percentile}",
        round_="2023-06",
        further=REDISTRIBUTE,
    ),
    "units.csv": "单位代码,名称\nT1,东港镇\nT2,西柳镇\nT3,南岭镇\n",
}
"""Three towns: the total 54.6, 40.2, 33.3, the growth 6.1, 5.2, 7.4, and 120, 98, 77 cases."""
DISTRICT_SCORES = {"T1": 55.0, "T2": 35.0, "T3": 60.0}
"""40 · (100, 50, 0) % of the total, 30 · (50, 0, 100) % of the growth, 30 · (0, 50, 100) % of the cases."""
