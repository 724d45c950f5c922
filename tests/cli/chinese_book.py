"""A small book with everything a command tells about, in Chinese down to its codes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_SCHEME: Final = """\
quanheng: 1
id: 考核
title: 镇街考核
round: 2023
groups: {镇: {name: 镇}, 园区: {name: 园区}}
items:
  产值: {name: 产值, measured_in: 亿元, kind: cumulative, every: quarter}
  产值增速: {name: 产值增速, measured_in: '%', kind: rate, every: quarter}
  办结数: {name: 办结数, count: 诉求, where: 办结日 <= period_end}
  受理数: {name: 受理数, count: 诉求, where: 受理日 <= period_end}
ledgers:
  诉求:
    name: 群众诉求
    key: 编号
    owner: 责任人
    opened: 受理日
    due: 应办日
    closed: 办结日
    states: {column: 状态, first: 受理, done: [办结], moves: {受理: [办结], 办结: []}}
campaigns:
  攻坚:
    name: 办理攻坚
    ledger: 诉求
    from: 2023-01-01
    to: 2023-12-31
    milestones: [{name: 过半, by: 2023-06-30, done: 50%}, {name: 收官, by: 2023-12-31, done: 100%}]
    indicators: [产出]
defaults: {gaps: {missing: redistribute}}
indicators:
  产出: {name: 产出, weight: 50, measure: 产值, rule: {target: {cap: 110}}}
  增长: {name: 增长, weight: 30, measure: 产值增速, rule: percentile}
  办理: {name: 办理, weight: 20, measure: 办结数 / 受理数, rule: {bands: [[0, 0], [1, 100]]}}
adjustments: {bonus: {cap: 5}}
rounding: {total: 2}
tiers: [{name: 优秀, top: 50%, unless: veto}, {name: 合格}]
awards: [{name: 进步奖, by: 增长, take: 1, where: place > 1}]
pace: {when: {red: growth < 0, yellow: value < average}}
reviews: {every: quarter, fold: {reviews: 40%, year: 60%}}
"""
_FILES: Final = {
    "scheme.yaml": _SCHEME,
    "units.csv": "单位,名称,分组\n甲,甲镇,镇\n乙,乙镇,镇\n丙,丙园,园区\n丁,丁园,园区\n",
    "targets.csv": "单位,指标,期间,目标,下达日期,事由\n甲,产出,2023,95,,\n甲,产出,2023,98,2023-05-01,加压\n"
    "乙,产出,2023,64,,\n丙,产出,2023,33,,\n丁,产出,2023,22,,\n",
    "adjustments.csv": "单位,类型,分值,事由\n甲,加分,2,表彰\n乙,扣分,1,\n",
    "ledgers/诉求.csv": "编号,单位,责任人,受理日,应办日,办结日,状态\n"
    "001,甲,李,2023-01-02,2023-02-01,2023-01-20,办结\n"
    "002,甲,王,2023-03-02,2023-04-01,,受理\n003,乙,赵,2023-01-05,2023-02-01,2023-03-20,办结\n"
    "004,丙,钱,2023-01-05,2023-02-01,2023-01-20,办结\n005,丁,孙,2023-01-05,2023-02-01,2023-01-20,办结\n",
    "arrivals.csv": "编号,办结日,状态\n002,2023-04-20,办结\n",
}
_YEARS: Final = {"甲": (80, 100), "乙": (60, 66), "丙": (30, 36), "丁": (20, 19)}
_SHARES: Final = (0.2, 0.45, 0.7, 1.0)


def lay_chinese_book(folder: Path) -> None:
    """Lay the book into `folder`, and beside it `arrivals.csv`, a record that arrives."""
    figures = "".join(
        f"{unit},{year}-Q{quarter},{whole * share:.2f},{growth:.1f}\n"
        for unit, (before, now) in _YEARS.items()
        for year, whole, growth in (
            (2021, before * 0.9, 5.0),
            (2022, before, 5.0),
            (2023, now, (now / before - 1) * 100),
        )
        for quarter, share in enumerate(_SHARES, start=1)
    )
    for name, text in {**_FILES, "data/产值.csv": f"单位,期间,产值,产值增速\n{figures}"}.items():
        path = folder.parent / name if name == "arrivals.csv" else folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
