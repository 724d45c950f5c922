"""A book that a report of units has to bear: hostile and long names, a tie of thirty, gaps, small groups."""

from __future__ import annotations

from typing import Final

from tests.documents.assessments import Assessment

LONG: Final = "示例省示例市示例高新技术产业开发区管理委员会综合行政执法与应急管理保障中心第一分中心"
NAMES: Final = {
    "H01": '#set page(width: 1cm); = "x" $y$ *z* `raw` @ref <label>',
    "H02": "<b>&amp;</b><script>alert(1)</script>",
    "H03": "甲 =HYPERLINK(1)",
    "H04": LONG,
    "H05": "{{ title }} \\input",
}
_TIED: Final = {f"T{number:02}": f"并列{number}" for number in range(1, 31)}
_SMALL: Final = {"P1": "独园", "Q1": "甲局", "Q2": "乙局", "Q3": "丙局"}

SCHEME: Final = """\
groups:
  towns: {zh: 镇, en: Towns}
  alone: {zh: 独, en: Alone}
  few: {zh: 局, en: Few}
items: {work: {name: '=工作 #f(x)', kind: rate}, order: {kind: rate}, extra: {kind: rate}}
indicators:
  economy:
    name: '*经济* _与_ $发展$'
    weight: 60
    children:
      work: {name: '=工作 #f(x) <b>', weight: 60, measure: work, rule: given}
  order: {name: {zh: 秩序, en: Order}, weight: {towns: 40, alone: 40, few: 30}, measure: order, rule: given}
  extra:
    name: 空方面
    weight: {few: 10}
    children: {more: {weight: {few: 10}, measure: extra, rule: given}}
defaults: {gaps: {missing: redistribute}}
rounding: {scores: 2, total: 2}
tiers: [{name: 第一等次, top: 34%}, {name: 第二等次}]
"""


def _figures() -> str:
    rows = ["unit,period,work,order,extra"]
    for number, unit in enumerate((*NAMES, *_TIED, *_SMALL)):
        work, order = (61.25, 50) if unit in _TIED else (90 - number, 40 + number)
        if unit == "H05":
            continue  # nothing is known of it
        extra = "" if unit in {"Q1", "Q2", "Q3"} else "/"
        rows.append(f"{unit},2023,{work},{order},{extra}")
    return "\n".join(rows) + "\n"


def _units() -> str:
    rows = ["unit,name,group"]
    for unit, name in (NAMES | _TIED | _SMALL).items():
        group = {"P": "alone", "Q": "few"}.get(unit[0], "towns")
        quoted = name.replace('"', '""')
        rows.append(f'{unit},"{quoted}",{group}')
    return "\n".join(rows) + "\n"


BOOK: Final = Assessment(
    name="hostile",
    scheme=SCHEME,
    units=_units(),
    data=_figures(),
)
