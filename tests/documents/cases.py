"""The books whose workbooks are recalculated: every rule, policy, mean, treatment and adjustment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tests.documents.assessments import Assessment


def _items(*codes: str) -> str:
    return "items:\n" + "".join(f"  {code}: {{name: {code}}}\n" for code in codes)


def _leaves(indicators: Sequence[str]) -> str:
    """Return a flat tree of equal marks from the texts of its indicators, without their weights."""
    part = 100 / len(indicators)
    lines = [f"  i{index}: {{weight: {part!r}, {text}}}\n" for index, text in enumerate(indicators)]
    return "indicators:\n" + "".join(lines)


def _flat(
    name: str, indicators: Sequence[str], data: str, *, more: str = "", targets: str = ""
) -> Assessment:
    items = _items(*data.splitlines()[0].split(",")[2:])
    scheme = f"{more}weights: relative\n{items}{_leaves(indicators)}"
    return Assessment(name=name, scheme=scheme, data=data, targets=targets)


def _slopes(over: str, short: str, *, compare: str = "ratio") -> str:
    """Return an indicator rated by a target with a base of 80, more and less by these slopes."""
    rule = f"compare: {compare}, base: 80, over: {{per: {over}}}, short: {{per: {short}}}"
    return f"measure: x, rule: {{target: {{{rule}}}}}"


FIGURES = """\
unit,period,x,y,z
a,2023,10,3,0.5
b,2023,20,1,0.25
c,2023,20,2,0.125
d,2023,35.5,0,0.9
e,2023,7.25,4,1.1
f,2023,18,1,0.3
"""
TARGETS = """\
unit,indicator,period,target
*,i0,2023,18
a,i0,2023,12.5
*,i1,2023,18
*,i2,2023,18
*,i3,2023,18
*,i4,2023,18
*,i5,2023,2
*,i6,2023,20
"""

SCALES = _flat(
    "scales",
    [
        "measure: x, rule: {scale: {worst: observed, best: observed, base: 60}}",
        "measure: x, direction: less, rule: {scale: {worst: observed, best: observed}}",
        "measure: x, rule: {scale: {worst: q10, best: q90, base: 40, clamp: none}}",
        "measure: x, rule: {scale: {worst: 5, best: 30, clamp: below, round_ratio: 2}}",
        "measure: x, rule: {scale: {worst: 15, best: 40, clamp: above}}",
        "measure: log(x), rule: {scale: {worst: log(5), best: log(40)}}",
        "measure: x, rule: {scale: {worst: 0, best: {unit: d}, base: 60, curve: exponential}}",
        "measure: x, rule: {scale: {worst: 0, best: {item: z}}}",
        "measure: x - x, rule: {scale: {worst: observed, best: observed, base: 50}}",
        "measure: y, within: all, rule: {scale: {worst: observed, best: observed}}",
    ],
    FIGURES,
    more="rounding: {ratio: 4}\n",
)
AIMED = _flat(
    "aimed",
    [
        "measure: x, rule: {target: {met_only: true}}",
        "measure: x, rule: {target: {floor: 20, cap: 110}}",
        _slopes("1%, add: 0.5, up_to: 100", "1%, take: 1, down_to: 40"),
        _slopes("4%, add: 1, up_to: 100, whole: true", "10%, take: 3, down_to: 0, whole: true"),
        "measure: x, rule: {scale: {worst: 0, best: target}}",
        "measure: y, direction: less, rule: {target: {cap: 120}}",
        _slopes("0.5, add: 1, up_to: 100", "0.5, take: 1, down_to: 0", compare="difference"),
    ],
    FIGURES,
    targets=TARGETS,
    more="rounding: {points: 2, scores: 2, total: 1}\n",
)
TABLES = _flat(
    "tables",
    [
        "measure: x, rule: {bands: [[5, 0], [10, 60], [20, 80], [40, 100]]}",
        "measure: z, rule: {bands: [[0.2, 100], [0.8, 60], [1, 70]]}",
        "measure: x, rule: {bands: [[0, 0], [20, 60], [20, 80], [40, 100]]}",
        "measure: x, direction: less, rule: {bands: [[10, 100], [10, 90], [20, 60], [20, 40], [35.5, 0]]}",
        "measure: x, rule: {steps: {table: [[10, 60], [18, 80], [30, 100]], strict: true}}",
        "measure: x, rule: {steps: {table: [[10, 60], [18, 80], [30, 100]], otherwise: 20}}",
        "measure: y, direction: less, rule: {steps: [[0, 100], [1, 80], [3, 40]]}",
        "measure: 106.3 - 106 + y - y, rule: {steps: [[0.3, 100]]}",
        "measure: 106.3 - 106 + y - y, direction: less, rule: {steps: [[0.2999999999999, 100], [0.3, 50]]}",
        "measure: x, rule: {met: 106.3 - 106 + y - y >= 0.3 and -x != -20}",
        "measure: x, rule: {deduct: {from: 90, each: 2.5, free: 12, floor: 30}}",
        "measure: x, rule: {ideal: {between: [15, 20]}}",
        "measure: x, rule: {ideal: {between: [15, 20], width: 8}}",
        "measure: x, rule: {met: x >= 18 and y < 3 or z > 1}",
        "measure: 100 * z, rule: {given: {range: [0, 120]}}",
    ],
    FIGURES,
)
COMPARED = _flat(
    "compared",
    [
        "measure: x, rule: {place: {first: 100, last: 50}}",
        "measure: x * 0.1 / 0.1, direction: less, rule: {place: {first: 100, step: 7, floor: 70}}",
        "measure: x, rule: {place: {table: {1-1: 100, 2-4: 80, 6-6: 10}, otherwise: 5}}",
        "measure: y, within: all, rule: {place: {first: 90, last: 10}}",
        "measure: x, rule: percentile",
        "measure: x / 3, direction: less, rule: percentile",
        "measure: x, rule: {percentile: {strict: false, among: all}}",
        "measure: y, rule: {percentile: {strict: false, among: all, zeros: apart}}",
        "measure: y / 3, direction: less, rule: {percentile: {strict: false, zeros: apart}}",
        "measure: x, within: all, rule: {percentile: {among: exclusive}}",
        "measure: x, rule: {ratio: {ref: best}}",
        "measure: x, rule: {ratio: {ref: mean, cap: 120}}",
        "measure: x, rule: {ratio: {ref: median}}",
        "measure: x, rule: {ratio: {ref: 25, cap: 100}}",
        "measure: z, rule: {ratio: {ref: {item: x}, cap: 2}}, gaps: {missing: zero}",
        "measure: y, direction: less, rule: {ratio: {ref: mean, cap: 200}}",
        "measure: x, rule: {zscore: {center: 70, spread: 12}}",
        "measure: z, direction: less, rule: {zscore: {ddof: 0}}",
        "measure: y - y, rule: zscore",
        "measure: x, rule: {zscore: {cap: 1}}",
        "measure: x, direction: less, rule: {zscore: {cap: {at: 0.5, where: y < 2 and x > 8}}}",
    ],
    FIGURES,
)

BY_MARKS = Assessment(
    name="by_marks",
    scheme="""\
defaults: {gaps: {missing: redistribute}}
items:
  x: {name: 件数}
  y: {name: 其他}
indicators:
  first: {weight: 60, measure: x, rule: {marks: 'max(marks - 2.5 * x, 0)'}}
  second: {weight: 30, measure: x / y, rule: {marks: 'marks * x / 20 + 1 / (y - 2)'}}
  third: {weight: 10, measure: y, rule: {marks: 'min(y / 2 + 1, marks)'}}
""",
    data="""\
unit,period,x,y
a,2023,10,3
b,2023,20,4
c,2023,30,1
d,2023,,5
""",
)
MARKS_ABOVE = Assessment(
    name="marks_above",
    scheme="""\
defaults: {rule: given}
rule: {marks: 'min(x, 90) + 2'}
items:
  x: {name: 件数}
  y: {name: 其他}
indicators:
  work:
    weight: 40
    rule: {marks: 'max(marks - (100 - x) / 5 - y, 0)'}
    children: {first: {weight: 10, measure: x}, second: {weight: 30, measure: 2 * x}}
  extra:
    weight: 60
    aggregate: sum
    children:
      bonus: {measure: y, rule: {marks: 'min(3 * x, marks / 5)'}}
      penalty: {measure: x, rule: {marks: -0.5 * x}}
""",
    data="unit,period,x,y\na,2023,10,3\nb,2023,20,4\nc,2023,30,1\nd,2023,50,5\n",
)
MEASURES = Assessment(
    name="measures",
    scheme="""\
gaps: {missing: redistribute, not_applicable: redistribute}
defaults: {rule: {scale: {worst: observed, best: observed}}}
weights: relative
items:
  gdp: {name: 产值, kind: cumulative}
  area: {name: 面积}
  spent: {name: 支出, kind: flow}
  due: {count: hazards, where: due_on <= period_end}
  closed: {count: hazards, where: closed_on <= due_on}
  opened: {name: 开采日, kind: date}
indicators:
  growth: {weight: 1, measure: growth(gdp)}
  change: {weight: 1, measure: change(share(gdp))}
  late: {weight: 1, measure: 'lag(gdp, 1y) * 2 - gdp'}
  place: {weight: 1, measure: 10 - place(gdp / area), direction: less}
  rate: {weight: 1, measure: 100 * (closed / due)}
  nested: {weight: 1, measure: gdp / (area / (spent + 1)) + spent * 0 / (spent * 0)}
  either: {weight: 1, measure: 'coalesce(spent, area / 2, 7)'}
  none: {weight: 1, measure: 'coalesce(spent, area)'}
  chosen: {weight: 1, measure: 'where(spent > 2 or gdp > 30, spent * 2, area)'}
  both: {weight: 1, measure: 'where(gdp > 20 and not (spent > 3), 1, 0)', rule: {scale: {worst: 0, best: 1}}}
  least: {weight: 1, measure: 'min(gdp, area, spent) + max(gdp, area) - mean(gdp, area) + sum(gdp, 1)'}
  power: {weight: 1, measure: -gdp ** 2 + gdp ** 0.5 - 2 ** 3 ** 2}
  logs: {weight: 1, measure: log(gdp + 1) / log(10)}
  done: {weight: 1, measure: completion(gdp), rule: {bands: [[0.5, 0], [1.5, 100]]}}
  days: {weight: 1, measure: change(opened), direction: less}
  twice: {weight: 1, measure: share(place(share(gdp)))}
""",
    data="""\
unit,period,gdp,area,spent,opened
a,2022,10,,1,2022-03-20
a,2023,12.5,5,2,2023-03-14
b,2022,20,,/,2022-03-25
b,2023,23,4,/,2023-03-29
c,2022,30,,,2022-03-11
c,2023,31.5,9,,2023-03-11
d,2022,,,3,
d,2023,40,/,3.5,2023-03-18
e,2022,16,,0,2022-03-18
e,2023,17,8,0,2023-03-18
""",
    targets="unit,indicator,period,target\n*,done,2023,20\nb,done,2023,/\n",
    ledgers=(
        (
            "hazards",
            """\
unit,due_on,closed_on
a,2023-02-01,2023-01-15
a,2023-03-01,2023-04-15
b,2023-05-01,2023-05-01
c,2023-05-01,
d,2023-06-01,2023-05-31
d,2023-07-01,2023-06-30
""",
        ),
    ),
)

BELOW_ZERO = _flat(
    "below_zero",
    [
        "measure: x, rule: {target: {floor: -500, cap: 500}}",
        "measure: x, direction: less, rule: {target: {floor: -500, cap: 500}}",
        "measure: x, rule: {target: {met_only: true}}",
        "measure: x, direction: less, rule: {target: {met_only: true}}",
        "measure: completion(x), rule: {bands: [[-5, 0], [5, 100]]}",
        "measure: completion(x), direction: less, rule: {bands: [[-5, 0], [5, 100]]}",
        "measure: y, rule: {ratio: {ref: {item: plan}}}",
        "measure: y, direction: less, rule: {ratio: {ref: mean, cap: 150}}",
        "measure: y, rule: {scale: {worst: 0, best: {item: plan}}}, gaps: {not_applicable: full}",
        "measure: y, rule: {met: y > 2 or plan > 3}",
        "measure: 'where(y > 2 or plan > 3, y, 7)', rule: {bands: [[0, 0], [10, 100]]}",
        "measure: share(x) + share(none), rule: {bands: [[-5, 0], [5, 100]]}",
        "measure: growth(x), rule: {bands: [[-5, 0], [5, 100]]}",
    ],
    """\
unit,period,x,y,plan,none
a,2022,-100,,,
a,2023,-50,0,0,0
b,2022,-100,,,
b,2023,-150,3,/,0
c,2022,40,,,
c,2023,-100,2,/,0
d,2022,-20,,,
d,2023,900,5,4,0
""",
    more="gaps: {at_least: 10%}\n",
    targets="unit,indicator,period,target\n"
    + "".join(f"*,i{index},2023,-100\na,i{index},2023,60\n" for index in (0, 1, 4, 5))
    + "*,i2,2023,-100\nd,i2,2023,0\n*,i3,2023,-100\nd,i3,2023,0\n",
)
EQUAL_ON_PAPER = _flat(
    "equal_on_paper",
    [
        "measure: x + y, rule: {scale: {worst: observed, best: observed, base: 60}}",
        "measure: x + y, rule: {place: {first: 100, step: 10, floor: 0}}",
        "measure: x + y, rule: percentile",
        "measure: x + y, rule: {zscore: {center: 50, spread: 10}}",
        "measure: x + y, rule: {ideal: {between: [0, 0.3], width: 1}}",
        "measure: x + y, rule: {met: x <= 0.3}",
        "measure: x - y, rule: {met: x >= -0.1}",
        "measure: x + y, rule: {steps: [[0.3, 80], [1, 100]]}",
        "measure: x + y, rule: {given: {range: [0, 3.3]}}",
        "measure: u / v, rule: {scale: {worst: observed, best: observed}}",
        "measure: u / v, rule: {place: {first: 100, step: 10, floor: 0}}",
        "measure: u / v, rule: percentile",
        "measure: u / v, rule: {met: 'x in (3, 7)'}",
        "measure: 'where(u / v == 3, 100, 0)', rule: given",
        "measure: (u - v) / v, rule: {met: x == 2}",
        "measure: growth(x), rule: {place: {first: 100, step: 10, floor: 0}}",
        "measure: x, rule: {target: {met_only: true, compare: difference}}",
    ],
    # a, b and c add up to 0.3; u / v is 3; x has grown by a tenth
    """\
unit,period,x,y,u,v
a,2022,0.1,,,
a,2023,0.11,0.19,0.3,0.1
b,2022,0.2,,,
b,2023,0.22,0.08,3,1
c,2022,0.25,,,
c,2023,0.275,0.025,0.6,0.2
d,2022,2,,,
d,2023,3,0.3,0.1,0.1
""",
    targets="unit,indicator,period,target\na,i16,2023,0.11\nb,i16,2023,0.23\nc,i16,2023,0.275\nd,i16,2023,3\n",
)
LOST = Assessment(
    name="lost",
    scheme="""\
rounding: {points: 1, scores: 2}
gaps: {missing: redistribute}
items:
  x: {name: x}
  y: {name: y}
  hard: {name: hard}
  days: {mean: cases.days}
defaults: {rule: given}
indicators:
  first: {weight: 40, measure: x}
  second: {weight: 40, measure: y}
  quick: {weight: 20, measure: days, rule: {scale: {worst: 10, best: 0}}}
  shown:
    weight: 0
    coefficient: hard
    weights: relative
    children:
      sx: {weight: 1, measure: x}
      sh: {weight: 2, measure: 50 * hard}
adjustments: {bonus: {cap: 3}}
""",
    data="unit,period,x,y,hard\na,2023,60,,1.1\nb,2023,60,40,1\nc,2023,71,33,0.9\n",
    adjustments="unit,kind,marks,node\n"
    + "".join(f"{unit},bonus,2,first\n{unit},bonus,4,second\n" for unit in "ab"),
    ledgers=(("cases", "unit,days\na,2\na,4.5\nb,\n"),),
)
GAPPED = """\
unit,period,x,y,k
a,2023,10,3,1
b,2023,,1,1.02
c,2023,20,,1
d,2023,/,5,0.95
e,2023,40,/,1.1
f,2023,,,1
g,2023,16,2,1
"""
_POLICIES = (
    "missing: zero, not_applicable: full",
    "missing: worst",
    "missing: redistribute",
    "missing: neutral",
    "missing: {fill: mean}",
    "missing: {fill: median, at: points}, not_applicable: full",
    "missing: {fill: mean, within: region, at: value}",
    "missing: {fill: median, within: region, at: points}",
)
GAPS = Assessment(
    name="gaps",
    scheme="weights: relative\nrounding: {points: 3, scores: 2, total: 2}\ngaps: {at_least: 60%}\n"
    + _items("x", "y", "k")
    + "defaults: {rule: {scale: {worst: observed, best: observed, base: 30}}}\nindicators:\n"
    + "".join(
        f"  d{index}:\n    weight: {index + 1}\n    children:\n"
        f"      x{index}: {{weight: 2, measure: x, gaps: {{{policy}}}, coefficient: k}}\n"
        f"      y{index}: {{weight: 1, measure: 2 * y, gaps: {{{policy}}}}}\n"
        for index, policy in enumerate(_POLICIES)
    ),
    data=GAPPED,
    units="unit,name,region\na,A,east\nb,B,east\nc,C,East\nd,D,west\ne,E,west\nf,F,west\ng,G,east\n",
)

LONG_TAIL = "unit,period,x,w\n" + "".join(
    f"u{index},2023,{value},{value / 3!r}\n"
    for index, value in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 500, 4000])
)
TREATED = _flat(
    "treated",
    [
        "measure: x, treat: {winsorise: 2, then: log}",
        "measure: x, treat: {winsorise: 1, then: log}",
        "measure: x, treat: {winsorise: 5, then: none}, rule: {place: {first: 100, last: 0}}",
        "measure: w, treat: {quantiles: [10%, 90%]}, within: all",
        "measure: w, treat: log, rule: {zscore: {}}",
        "measure: w, treat: {quantiles: [5%, 80%]}, gaps: {missing: {fill: mean}}",
    ],
    LONG_TAIL + "last,2023,5,\n",
    more="defaults: {rule: {scale: {worst: observed, best: observed}}, gaps: {missing: redistribute}}\n",
)

_MEANS = ("arithmetic", "geometric", "harmonic", "{power: 2}", "{power: -1.5}", "min", "copeland")
MEANS = Assessment(
    name="means",
    scheme="groups: {big: 大, small: {name: 小, marks: 120}}\nweights: relative\naggregate: geometric\n"
    "gaps: {missing: redistribute}\n"
    + _items("x", "y", "z")
    + "defaults: {rule: {scale: {worst: 0, best: 50, clamp: none}}}\nindicators:\n"
    + "".join(
        f"  n{index}:\n    weight: {{big: {index + 1}, small: {7 - index}}}\n"
        f"    aggregate: {mean}\n    children:\n"
        f"      x{index}: {{weight: 3, measure: x}}\n"
        f"      y{index}: {{weight: {{big: 2, small: 1}}, measure: y * 10}}\n"
        f"      z{index}: {{weight: {{big: 1}}, measure: z * 40}}\n"
        for index, mean in enumerate(_MEANS)
    ),
    units="unit,name,group\na,A,big\nb,B,big\nc,C,big\nd,D,small\ne,E,big\nf,F,small\ng,G,small\n",
    data=FIGURES.replace("c,2023,20,2,0.125", "c,2023,,2,0.125").replace("f,2023,18,1", "f,2023,,1")
    + "g,2023,,,\n",
)
COMPUTED = Assessment(
    name="computed",
    scheme="defaults: {rule: {scale: {worst: 0, best: 60}}}\n"
    + _items("x", "y", "z")
    + "indicators:\n"
    + "".join(
        f"  n{index}:\n    weight: 20\n    weights: {method}\n    children:\n"
        f"      x{index}: {{measure: x}}\n      y{index}: {{measure: y}}\n      z{index}: {{measure: z}}\n"
        for index, method in enumerate(
            ("equal", "entropy", "critic", "std", "{bod: {least: 10%, most: 70%}}")
        )
    ),
    data=FIGURES,
)

ADJUSTED = Assessment(
    name="adjusted",
    scheme="""\
marks: 100
groups: {one: 甲组, two: 乙组}
rounding: {points: 2, scores: 2, total: 1}
ties: {break_by: [economy, x]}
items: {x: x, y: y, accidents: accidents, bonus: bonus}
defaults: {rule: {scale: {worst: 0, best: 40}}}
indicators:
  economy:
    weight: 60
    children:
      x: {weight: 40, measure: x}
      y: {weight: 20, measure: y * 10}
  safety:
    weight: 40
    aggregate: harmonic
    coefficient: 1 + y / 100
    children:
      xx: {weight: 30, measure: 40 - x}
      yy: {weight: 10, measure: y * 8, direction: less, rule: {scale: {worst: 40, best: 0, base: 10}}}
adjustments:
  bonus: {cap: 3, when: x >= 8}
  penalty: {cap: 4}
  veto: {tier: 不合格}
  rules:
    - {name: 创新, kind: bonus, marks: bonus / 2 - 1, when: y > 1 or accidents < 1}
    - {name: 事故, kind: penalty, marks: accidents * 1.25, node: safety}
    - {name: 重大, kind: veto, when: accidents >= 3}
tiers:
  - {name: 优, top: 30%, at_least: 30, unless: veto or safety < 8}
  - {name: 良, top: 2}
  - {name: 中}
awards:
  - {name: =先进, take: 1}
gaps: {missing: redistribute}
""",
    units="unit,name,group\n"
    + "".join(
        f"{unit},{unit}=1+{index},{'one' if index < 5 else 'two'}\n" for index, unit in enumerate("abcdefgh")
    ),
    data="""\
unit,period,x,y,accidents,bonus
a,2023,10,3,0,9
b,2023,20,1,1,4
c,2023,20,1,,0
d,2023,35.5,0,2,8
e,2023,7.25,4,3,8
f,2023,18,1,0,1
g,2023,18,1,0,1
h,2023,18,1,0,1
""",
    adjustments="""\
unit,kind,marks,reason,node
a,bonus,2,好,total
a,bonus,1,好,x
b,penalty,3,差,total
b,penalty,2.5,差,safety
b,bonus,0.5,=HYPERLINK("x"),economy
d,penalty,1,差,yy
f,veto,0,-1+1,
E,bonus,9,other,total
""".replace("E,bonus,9,other,total\n", ""),
)

CORNERS = Assessment(
    name="corners",
    scheme="""\
marks: 1000
groups: {one: 甲组, two: 乙组, alone: 单独, nobody: 无}
rounding: {ratio: 3, scores: 1}
weights: relative
items: {x: x, y: y}
defaults:
  rule: {scale: {worst: observed, best: observed}}
  gaps: {missing: redistribute, not_applicable: redistribute}
indicators:
  deep:
    weight: {one: 5, two: 3, alone: 1, nobody: 1}
    coefficient: '1 + coalesce(y, 2) / 50'
    children:
      deeper:
        weight: 2
        aggregate: copeland
        floor: 10
        cap: 90
        children:
          p: {weight: 2, measure: x, within: all, rule: {place: {first: 100, last: 1}}}
          q: {weight: 1, measure: y, within: all, direction: less, rule: zscore}
          r: {weight: 1.5, measure: x * y}
      beside: {weight: 0, measure: x, floor: 3}
      lone: {weight: {one: 1}, measure: y}
  zeros:
    weight: 2
    cap: {two: 60, alone: 20}
    aggregate: harmonic
    coefficient: 'where(coalesce(x, 20) > 15, 0.9, 1.1)'
    children:
      h: {weight: 1, measure: x}
      g: {weight: 1, measure: y, within: all}
  chosen:
    weight: 1
    aggregate: max
    children:
      u: {weight: 0, measure: 2 * x}
      v: {weight: 3, measure: x, floor: {one: 30}, cap: 50}
      w: {weight: 1, measure: y, coefficient: 1.1}
  two_of_three:
    weight: 1
    aggregate: {best: 2}
    children:
      b1: {weight: 0, measure: 2 * x}
      b2: {weight: 2, measure: x}
      b3: {weight: 1, measure: x}
      b4: {weight: 2, measure: y, groups: [one, two], direction: less}
      b5: {aggregate: {last: 1}, weight: 1, children: {b6: y, b7: x}, weights: equal}
  bonus:
    weight: 1
    aggregate: sum
    children:
      s: {measure: x}
      t: {measure: y, groups: [one, two], coefficient: 0.3}
      k: {aggregate: product, children: {k1: {weight: 1, measure: y}, k2: {weight: 2, measure: x * y}}}
  flat:
    weight: 1
    aggregate: min
    children:
      m: {weight: 0, measure: x}
      n: {weight: 3, measure: y + 1, rule: {met: 'place(x) <= 2 and x / y > 5 or target > 3'}}
      o: {weight: 1, measure: y, rule: {scale: {worst: 0, best: {unit: zz}}}, gaps: {missing: neutral}}
adjustments:
  penalty: {when: y >= 0}
  rules:
    - {name: late, kind: penalty, marks: 'where(x < 10, 3.333, 0)', node: deeper}
    - {name: more, kind: bonus, marks: y * 1.05, node: beside}
tiers:
  - {name: '"A"', top: 50%, at_least: 300, unless: x < 8 or place > 3}
  - {name: B, unless: not (deep >= 1) or veto}
""",
    units="unit,name,group\n"
    "a,A,one\nb,B,one\nc,C,one\nd,D,two\ne,E,two\nf,F,alone\nzz,Z,two\nempty,Nothing,two\n",
    data="""\
unit,period,x,y
a,2023,10,3
b,2023,20,1
c,2023,,2
d,2023,35.5,/
e,2023,7.25,4
f,2023,18,1
zz,2023,18,8
empty,2023,,
""",
    targets="unit,indicator,period,target\n*,n,2023,2\nb,n,2023,4\nd,n,2023,/\n",
)

BY_GROUP = Assessment(
    name="by_group",
    scheme="""\
groups: {one: {name: 甲组}, two: {name: 乙组}}
items: {x: {}, y: {}, deaths: {}}
defaults: {rule: given}
indicators:
  economy: {weight: 60, measure: x}
  safety: {weight: 40, measure: y}
adjustments: {rules: [{name: 重大, kind: veto, when: deaths > 4}]}
ties: {break_by: {one: [safety, economy], two: economy}}
tiers:
  - {name: 优, top: {one: {share: 45%, round: down}, two: {share: 45%, round: up}}, where: x > 10}
  - {name: 良, at_least: {one: 60, two: 50}, unless: y < 5}
  - {name: 中, groups: one}
  - {name: C, groups: two}
  - {name: 末, last: {one: 1, two: 10%}}
lower:
  - {when: deaths > 0}
  - {when: safety < 10, to: 良}
awards:
  - {name: 奖, take: {one: 2, two: {share: 30%, round: up}}}
  - {name: 约谈, last: 2, where: score < 70, by: x}
""",
    units="unit,name,group\n"
    + "".join(f"{unit},{unit},{'one' if unit < 'f' else 'two'}\n" for unit in "abcdefghij"),
    data="""\
unit,period,x,y,deaths
a,2023,90,60,0
b,2023,80,75,0
c,2023,70,90,1
d,2023,60,20,0
e,2023,40,40,0
f,2023,100,70,2
g,2023,90,85,0
h,2023,80,80,0
i,2023,60,50,5
j,2023,30,40,0
""",
)

POOLS = Assessment(
    name="pools",
    scheme="""\
groups: {one: {name: 甲组}, two: {name: 乙组}}
items: {x: {}, y: {}, size: {attribute: size}}
pools: {large: {name: 规上, where: size >= 10}}
defaults: {gaps: {missing: worst}}
indicators:
  k: {weight: 40, measure: x, rule: {scale: {worst: observed, best: observed, base: 60}}, within: large}
  l: {weight: 30, measure: y, rule: {place: {first: 100, last: 60}}, within: region}
  m: {weight: 20, measure: x, rule: {ratio: {ref: mean}}, within: two}
  n: {weight: 10, measure: y, rule: percentile}
""",
    units="unit,name,group,region,size\n"
    "a,a,one,east,10\nb,b,one,east,2\nc,c,one,west,30\nd,d,two,west,1\ne,e,two,west,50\nf,f,two,east,4\n",
    data="""\
unit,period,x,y
a,2023,10,3
b,2023,20,5
c,2023,,9
d,2023,50,1
e,2023,60,9
f,2023,40,4
""",
)
ONE_RANKING = Assessment(
    name="one_ranking",
    scheme="""\
groups: {one: {name: 甲类}, two: {name: 乙类}, three: {name: 丙类}}
items: {x: {}, y: {}, z: {}}
defaults: {rule: given}
ranking: all
indicators:
  economy: {weight: {one: 60, two: 40, three: 100}, measure: x}
  safety: {weight: {one: 40, two: 10}, measure: y}
  future: {weight: {two: 50}, measure: z}
ties: {break_by: economy}
tiers:
  - {name: 优, top: {one: 1, two: 30%, three: {share: 50%, round: down}}}
  - {name: 良, top: 60%}
  - {name: 中}
  - {name: 末, last: 1}
awards: [{name: 奖, take: 2}, {name: 组奖, take: {one: 1, three: 1}}]
""",
    units="unit,name,group\n"
    + "".join(f"{unit},{unit},one\n" for unit in "abcd")
    + "".join(f"{unit},{unit},two\n" for unit in "efg")
    + "".join(f"{unit},{unit},three\n" for unit in "hij"),
    data="""\
unit,period,x,y,z
a,2023,90,60,
b,2023,80,75,
c,2023,70,90,
d,2023,60,20,
e,2023,40,40,90
f,2023,100,70,60
g,2023,90,80,66
h,2023,77,,
i,2023,78,,
j,2023,30,,
""",
)

_FOLDED_TREE = """\
items:
  done: {name: done, kind: rate, every: month}
  survey: {name: survey, kind: rate, every: year}
defaults: {rule: given, gaps: {missing: redistribute}}
indicators:
  work: {weight: 60, measure: done}
  people: {weight: 40, measure: survey}
adjustments:
  rules: [{name: late, kind: penalty, marks: 'where(survey < 70, 3.333, 0)'}]
tiers: [{name: A, top: 40%, at_least: 70}, {name: B}]
"""
_FOLDED_FIGURES = """\
unit,period,done,survey
a,2023-02,80.3,
a,2023-03,90.1,
a,2023-06,70.7,
a,2023-12,100,
a,2023,,60.5
b,2023-03,90.1,
b,2023-12,71.3,
b,2023,,90.9
c,2023-06,66.6,
c,2023,,75.2
d,2023,,88.8
"""
FOLDED = Assessment(
    name="folded",
    scheme=_FOLDED_TREE
    + "reviews: {every: quarter, nodes: [work], fold: {reviews: 40%, year: 60%}}\n"
    + "rounding: {points: 2, scores: 2, total: 2}\n",
    data=_FOLDED_FIGURES,
)
FOLDED_EACH = Assessment(
    name="folded-each",
    scheme=_FOLDED_TREE
    + "reviews: {every: quarter, nodes: [work],"
    + " fold: {reviews: {Q1: 10%, Q2: 10%, Q3: 20%, Q4: 30%}, year: 30%}}\n"
    + "rounding: {points: 2, scores: 2, total: 2}\n",
    data=_FOLDED_FIGURES,
)
FOLDED_TWICE = Assessment(
    name="folded-twice",
    scheme=_FOLDED_TREE
    + "reviews: {every: month, nodes: [work], through: quarter, fold: {reviews: 100%, year: 0%}}\n",
    data=_FOLDED_FIGURES,
)
NODES_IN_CONDITIONS = Assessment(
    name="nodes-in-conditions",
    scheme="""\
items: {x: {}, y: {}, z: {}}
gaps: {missing: redistribute}
cap: {marks: 70, where: points(people) < 45}
adjustments:
  bonus: {cap: 3, when: points(people) > 20}
  rules:
    - {name: enough, kind: bonus, marks: 2, when: score(economy) >= 30}
    - {name: part, kind: bonus, marks: points(px) / 40}
    - {name: low, kind: penalty, marks: 5, when: points(px) < 60}
indicators:
  economy:
    weight: 60
    coefficient: where(points(raw) >= 50, 1.1, 1)
    gaps: {where: points(raw) > 10}
    children:
      px: {measure: x, weight: 30, rule: given}
      py: {measure: y, weight: 30, rule: given}
  people:
    weight: 30
    children:
      pz: {measure: z, weight: 30, rule: given}
  raw: {measure: x - y / 2, weight: 10, rule: given}
""",
    data="""\
unit,period,x,y,z
a,2023,90,80,70
b,2023,60,30,40
c,2023,50,90,30
d,2023,40,70,10
e,2023,,70,50
f,2023,70,,46
g,2023,70,60,
""",
)
"""Coefficients, conditions, caps and adjustments that ask for what other nodes have."""
REVIEWS_COUNTED = Assessment(
    name="reviews-counted",
    scheme="""\
items: {x: {kind: rate, every: quarter}}
gaps: {missing: redistribute}
reviews: {every: quarter}
cap: {marks: 80, where: "last(2, reviews(place_from_below == 1)) == 2"}
tiers: [{name: first, top: 2, unless: reviews(place == 1) < 1}, {name: rest}]
awards: [{name: Flag, every: quarter, take: 1}]
adjustments:
  bonus: {cap: 1, when: "min(reviews(score, 2)) > 20"}
  rules:
    - {name: flags, kind: bonus, marks: "0.5 * reviews(award == 'Flag')"}
    - {name: last, kind: penalty, marks: 3, when: "reviews(place_from_below <= 1) >= 3"}
    - {name: new, kind: penalty, marks: "mean(reviews(score, 50%)) / 100"}
indicators:
  k: {measure: x, weight: 100, rule: given}
""",
    data="""\
unit,period,x
a,2023-Q1,80
a,2023-Q2,90
a,2023-Q3,70
a,2023-Q4,95
b,2023-Q1,85
b,2023-Q2,95
b,2023-Q3,75
b,2023-Q4,96
c,2023-Q1,70
c,2023-Q2,60
c,2023-Q3,60
c,2023-Q4,90
d,2023-Q2,75
d,2023-Q4,99
e,2023-Q4,91
""",
)
"""Results of the reviews of a year in caps, tiers, gates and computed marks; some units were in few."""
OWN_PARTS = Assessment(
    name="own-parts",
    scheme="items: {x: {name: x, kind: cumulative, every: half}}\ngaps: {missing: redistribute}\n"
    + _leaves(
        [
            "measure: own(x), rule: percentile",
            'measure: "lag(own(x), 6m)", rule: percentile',
            'measure: "growth(own(x)) + lag(own(x), 6m) / x", rule: percentile',
        ]
    ),
    data="""\
unit,period,x
a,2022-H1,5
a,2022,12
a,2023-H1,8
a,2023,20
b,2022-H1,6
b,2022,13
b,2023-H1,7
b,2023,18
c,2022,13
c,2023-H1,7
c,2023,19
""",
)

HALVES = replace(
    _flat(
        "halves",
        [
            "measure: x, rule: {scale: {worst: 106, best: 107}}",
            "measure: x, rule: {scale: {worst: observed, best: observed, round_ratio: 1}}",
            "measure: x, rule: {bands: [[106, 0], [107, 100]]}",
            "measure: x, rule: {ideal: {between: [100, 106], width: 1}}",
            "measure: x, rule: {deduct: {each: 10, free: 106}}",
            _slopes("0.1, add: 1, up_to: 110, whole: true", "0.1, take: 1, down_to: 0", compare="difference"),
            "measure: y, rule: {steps: [[0, 100]]}, direction: less, gaps: {missing: {fill: mean}}",
            "measure: y, rule: {met: x <= 0}, gaps: {missing: {fill: mean, within: side}}",
        ],
        """\
unit,period,x,y
a,2023,106.345,0.1
b,2023,106.355,0.2
c,2023,106,-0.3
d,2023,107,
e,2023,106.7,0
""",
        more="rounding: {points: 0}\n",
        targets="unit,indicator,period,target\n*,i5,2023,106\n",
    ),
    units="unit,side\na,north\nb,north\nc,north\nd,north\ne,south\n",
)
"""Halves that binary differences fall short of, and sums that are 0 on paper."""
ROUNDED_APART = Assessment(
    name="rounded_apart",
    scheme="""\
rounding:
  points: {indicators: 1}
  scores: {indicators: 2, dimensions: 1}
  total: 2
  print: {total: 1, points: 0}
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}, z: {}}
indicators:
  mean:
    weight: 40
    aggregate: geometric
    rounding: {aggregate: 0, points: 3}
    children:
      mean_x: {measure: x, weight: 10}
      mean_y: {measure: 20 * y, weight: 30, coefficient: 1.1}
  sum:
    weight: 60
    children:
      sum_x: {measure: 2 * x, weight: 45, rounding: {points: 0, scores: 3}}
      sum_z: {measure: 70 * z, weight: 15}
adjustments: {bonus: {cap: 5}, rules: [{name: more, kind: bonus, marks: z / 3, node: sum}]}
""",
    data=FIGURES,
)
"""Decimals by level and by node, and what is only printed."""
NODE_RULES: Final = Assessment(
    name="node-rules",
    scheme="""\
items: {x: {}, y: {}, z: {}, spread: {formula: z / (y + 1)}, twice: {formula: spread * 2}}
weights: equal
gaps: {missing: redistribute}
rule: {scale: {worst: 0, best: observed}}
rounding: {points: 3}
indicators:
  both:
    weights: equal
    rule: percentile
    children:
      px: {measure: x + twice, rule: percentile}
      py: {measure: y, rule: {scale: {worst: 0, best: 10}}}
  other:
    weights: equal
    rule: {zscore: {center: 50, spread: 10}}
    direction: less
    coefficient: where(x > 2, 1.1, 1)
    children:
      pz: {measure: z, rule: {scale: {worst: 0, best: 10}}}
      py2: {measure: y, rule: {scale: {worst: 0, best: 10}}}
  least:
    weights: equal
    aggregate: min
    rule: {place: {first: 100, last: 40}}
    within: all
    children:
      pz3: {measure: twice + spread, rule: {scale: {worst: 0, best: 10}}}
      py3: {measure: y, rule: {scale: {worst: 0, best: 10}}}
""",
    data="""\
unit,period,x,y,z
a,2023,1,4,5
b,2023,2,3,7
c,2023,4,1,3
d,2023,5,,5
e,2023,7,2,9
f,2023,3,3,3
""",
)
"""Rules on dimensions and on the total."""
ENOUGH = Assessment(
    name="enough",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}, z: {}}
indicators:
  counted:
    weight: 40
    gaps: {at_least: 2}
    children:
      counted_x: {measure: x, weight: 10}
      counted_y: {measure: 20 * y, weight: 20}
      counted_z: {measure: 70 * z, weight: 10, gaps: {missing: {fill: mean}}}
  shared:
    weight: 40
    gaps: {at_least: 60%}
    children:
      shared_x: {measure: x, weight: 24}
      shared_y: {measure: 10 * y / y, weight: 16}
  rest: {measure: x + z, weight: 20}
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,20,,").replace("c,2023,20,2", "c,2023,,2")
    + "g,2023,,,\n",
)
"""Dimensions that have no points where too little of them is there, by count and by share."""
REQUIRED: Final = Assessment(
    name="required",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
gaps: {called: {zh: 不参评, en: not assessed}, where: x / z < 100}
items: {x: {}, y: {}, z: {}}
indicators:
  work:
    weight: 60
    gaps: {where: x > 8}
    children:
      work_x: {measure: x, weight: 20}
      work_y: {measure: 20 * y, weight: 40, gaps: {required: true}}
  must: {measure: z, weight: 0, gaps: {required: true, missing: zero}}
  rest: {measure: x, weight: 40, gaps: {required: true}}
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,20,,0.25").replace("c,2023,20,2", "c,2023,,2")
    + "g,2023,30,2,\n",
)
"""Units without what is required, below a dimension and at the top."""
CEILINGS: Final = Assessment(
    name="ceilings",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}, z: {}}
floor: 2
cap: {marks: 11, where: y > 1}
indicators:
  work:
    weight: 60
    cap: [{marks: 10%, where: x < 30}, {marks: 5, where: z > 0.3}, 40]
    children:
      work_x: {measure: x, weight: 40, cap: {marks: 7.5, where: y / z > 6}}
      work_y: {measure: 20 * y, weight: 20}
  rest: {measure: x, weight: 40}
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,20,,0.25").replace("c,2023,20,2", "c,2023,,2"),
)
"""Caps under conditions: of the total, of a dimension, of an indicator, in marks and as a share."""
LOWEST_FIRST: Final = Assessment(
    name="lowest-first",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
lowest_first: true
items: {x: {}, y: {}}
indicators:
  first: {measure: x, weight: 50}
  second: {measure: 20 * y, weight: 50}
ties: {break_by: [second]}
tiers: [{name: 优, at_most: 25, top: 40%}, {name: 良, at_most: 40}, {name: 差}]
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,20,,0.25") + "g,2023,60,,\nh,2023,20,1,\n",
)
"""The least total first, with ties, a unit without a score at them, and tiers with bounds from above."""
RELATED: Final = Assessment(
    name="related",
    scheme="""\
groups: {towns: {}, lead: {}}
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}}
indicators:
  work:
    groups: [towns]
    weight: 100
    children:
      work_x: {measure: x, weight: 60}
      work_y: {measure: 20 * y, weight: 40}
  of_towns: {groups: [lead], measure: "points(work, led_by) / 2 + y", weight: 70}
  own: {groups: [lead], measure: x, weight: 30}
""",
    units="""\
unit,name,group,led_by
a,甲镇,towns,d
b,乙镇,towns,d
c,丙镇,towns,e
d,丁局,lead,
e,戊局,lead,
f,己局,lead,
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,20,,0.25"),
)
"""Departments that get the mean of their towns."""
RANKED_ONLY: Final = Assessment(
    name="ranked-only",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
gaps: {at_least: 60%}
rule: {scale: {worst: observed, best: observed}}
items: {x: {}, y: {}}
indicators:
  first: {measure: x, weight: 50}
  second: {measure: 20 * y, weight: 50}
""",
    data=FIGURES.replace("b,2023,20,1,0.25", "b,2023,90,,0.25"),
)
"""A rule of the total that looks at ranked units alone."""
CATEGORIES = Assessment(
    name="categories",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}, z: {}}
indicators:
  work: {measure: x, weight: 60}
  rest: {measure: y, weight: 40}
adjustments:
  bonus:
    cap: 5
    categories: {praise: {name: 表扬, cap: 2}, pilot: {cap: 3}, named: {}}
  penalty:
    categories: {late: {name: 迟报, cap: 1.5}}
  rules:
    - {name: 创新, kind: bonus, marks: x / 10, category: pilot}
    - {name: 其他, kind: bonus, marks: z, node: work}
    - {name: 迟, kind: penalty, marks: y / 2, when: x > 10, category: late}
""",
    data=FIGURES,
    adjustments="""\
unit,kind,marks,reason,node,category
a,bonus,3,好,,表扬
a,bonus,1,好,work,praise
a,bonus,4,好,rest,
b,bonus,1,好,rest,named
b,bonus,9,好,rest,pilot
c,penalty,3,差,work,late
c,penalty,2,差,work,
d,bonus,9,好,rest,praise
""",
)
"""Categories of bonus and penalty marks with caps of their own."""
NODE_CAPS = Assessment(
    name="node-caps",
    scheme="""\
defaults: {rule: given, gaps: {missing: redistribute}}
items: {x: {}, y: {}, z: {}}
indicators:
  work:
    weight: 60
    children:
      most: {weight: 60, children: {first: {measure: x, weight: 40}, second: {measure: z, weight: 20}}}
  rest: {measure: y, weight: 40}
adjustments:
  bonus:
    cap: 5
    categories: {praise: {name: 表扬, cap: 3}, pilot: {}}
    nodes:
      work: {cap: 4, categories: {praise: 2, pilot: 2.5}}
      most: 3
      first: {categories: {praise: 1}}
  penalty:
    nodes: {most: 1.5, rest: 0}
  rules:
    - {name: 创新, kind: bonus, marks: x / 10, category: pilot, node: first}
    - {name: 其他, kind: bonus, marks: z, node: work}
    - {name: 迟, kind: penalty, marks: y / 2, when: x > 10, node: second}
""",
    data=FIGURES,
    adjustments="""\
unit,kind,marks,reason,node,category
a,bonus,3,好,first,表扬
a,bonus,2,好,work,praise
a,bonus,4,好,rest,
b,bonus,1,好,most,praise
b,bonus,9,好,second,pilot
c,penalty,3,差,most,
c,penalty,2,差,rest,
d,bonus,9,好,,praise
e,bonus,1,好,work,
""",
)
"""Caps of bonus and penalty marks at nodes, some below others."""
NAMED_NODES: Final = Assessment(
    name="named-nodes",
    scheme="""\
items: {x: {}, y: {}, z: {}, good: {formula: "where(points(bad) < 45, y, 0)"}}
weights: equal
gaps: {missing: redistribute}
rounding: {points: 2}
indicators:
  bad:
    weights: equal
    children:
      px: {measure: x, rule: {scale: {worst: 0, best: 10}}}
      pz: {measure: z, rule: {scale: {worst: 0, best: 12}}}
  pg: {measure: good, rule: {scale: {worst: 0, best: 5}}}
  pp: {measure: points(pg) + points(px) / 2, rule: {scale: {worst: 0, best: 150}}}
  ps: {measure: score(bad) * y, rule: {scale: {}}}
""",
    data="""\
unit,period,x,y,z
a,2023,1,4,5
b,2023,2,3,7
c,2023,4,1,3
d,2023,5,,5
e,2023,/,2,/
f,2023,,3,3
g,2023,,3,/
""",
)
"""Measures that ask for the points and the score of other nodes, which may be absent."""
UNITS_GONE: Final = Assessment(
    name="units-gone",
    scheme="""\
items: {x: {every: quarter}}
gaps: {missing: redistribute}
indicators:
  most: {measure: max(quarters(x)), weight: 60, rule: {scale: {}}}
  beside: {measure: sum(quarters(x / mean(units(x)))), weight: 40, rule: {scale: {}}}
""",
    units="unit,name,from,to\na,甲,,\nb,乙,2022-03-01,\nc,丙,,2022-12-31\n",
    data="unit,period,x\n"
    + "".join(
        f"{unit},{year}-Q{quarter},{number + quarter * quarter}\n"
        for year in (2022, 2023)
        for number, unit in enumerate("abc" if year == 2022 else "ab")
        for quarter in (1, 2, 3, 4)
    ),
)
"""Quarters of units of which one came and one went, both before the round."""
OVER_MONTHS = Assessment(
    name="over_months",
    scheme="""\
marks: 100
weights: equal
items:
  x: {kind: rate, every: month}
  y: {kind: rate, every: month}
  area: {attribute: area}
  sort: {attribute: sort}
gaps: {missing: zero}
indicators:
  count: {measure: months(x > 35) / 12, rule: percentile}
  best: {measure: "mean(best(3, months(x))) + y", direction: less, rule: {scale: {}}}
  nine: {measure: "x / mean(months(x, 9))", rule: {ratio: {ref: mean}}}
  part: {measure: "where(share(last(3, months(x > 31))) > 0.5, 1, 0)", rule: {met: x > 0}}
  above: {measure: "max(months(y)) - mean(units(max(quarters(y))))", rule: percentile}
  none: {measure: "y / months(y > 100)", rule: percentile}
  spread: {measure: "sd(months(x, 9)) + median(months(y)) / 7", rule: percentile}
  high: {measure: "percentile(90%, months(x, 50%))", rule: percentile}
  top: {measure: "percentile(80%, best(3, months(x)))", rule: percentile}
  low: {measure: "percentile(25%, worst(5, months(x, 6)))", rule: percentile}
  worst: {measure: "min(worst(4, months(x * 2 - y, 6)))", rule: percentile}
  shares: {measure: "sum(quarters(y / mean(units(y))))", rule: percentile}
  either: {measure: "months(x > 35 or y < 4)", rule: percentile}
  later: {measure: "mean(last(2, months(where(y > 6, x, y))))", rule: percentile}
  sized: {measure: "months(x / area > 3 and sort == 'town', 9)", rule: percentile}
""",
    data="""\
unit,period,x,y
a,2023-01,30,1
a,2023-02,36,2
a,2023-03,40,3
a,2023-04,20,4
a,2023-05,10,5
a,2023-06,50,6
a,2023-07,35,7
a,2023-08,34,8
a,2023-09,33,9
a,2023-10,32,10
a,2023-11,31,11
a,2023-12,60,12
b,2023-01,31,1
b,2023-02,37,2
b,2023-03,41,3
b,2023-04,,4
b,2023-05,,5
b,2023-06,,6
b,2023-07,36,7
b,2023-08,35,8
b,2023-09,34,9
b,2023-10,33,10
b,2023-11,32,11
b,2023-12,61,12
c,2023-01,/,1
c,2023-02,/,2
c,2023-03,/,3
c,2023-04,/,4
c,2023-05,/,5
c,2023-06,/,6
c,2023-07,/,7
c,2023-08,/,8
c,2023-09,/,9
c,2023-10,/,10
c,2023-11,/,11
c,2023-12,/,12
d,2023-01,33,1
d,2023-02,39,2
d,2023-03,43,0
d,2023-04,23,4
d,2023-05,13,5
d,2023-06,53,6
d,2023-07,38,7
d,2023-08,37,8
d,2023-09,36,9
d,2023-10,35,10
d,2023-11,34,11
d,2023-12,63,12
""",
    units="unit,name,area,sort\na,甲,10,town\nb,乙,9,town\nc,丙,8,park\nd,丁,11,town\n",
)
"""Figures over the months and quarters of the round, which may be absent; one divides by a count of none.
Whatever can be asked of periods is asked."""
OVER_ROUNDS = Assessment(
    name="over_rounds",
    scheme="""\
groups: {one: {name: 甲组}, two: {name: 乙组}}
items: {x: {}, y: {}}
weights: equal
rule: {scale: {worst: 0, best: observed}}
over: 2021..2023
indicators:
  k: {measure: x, rule: {scale: {worst: observed, best: q90, base: 60}}, over: 2021..2023}
  l: {measure: y, rule: {zscore: {center: 50, spread: 10}}, within: all, over: 2021..2022}
  m: {measure: x, rule: {place: {first: 100, last: 10}}, within: all, over: 2021..2023}
  n: {measure: y, rule: {ratio: {ref: mean}}, over: 2022..2025}
""",
    data="""\
unit,period,x,y
a,2021,10,30
b,2021,15,40
c,2021,95,10
d,2021,50,20
a,2022,20,35
b,2022,10,25
c,2022,70,15
d,2022,60,25
a,2023,30,45
b,2023,25,50
c,2023,80,20
d,2023,40,30
""",
    units="unit,name,group\na,甲一,one\nb,甲二,one\nc,乙一,two\nd,乙二,two\n",
)
"""Compared over several rounds: anchors as values with whose they are, live points; places as points."""
OF_TEXTS = Assessment(
    name="of_texts",
    scheme="""\
marks: 100
weights: equal
items: {x: {}, kind: {attribute: type}}
gaps: {missing: zero}
indicators:
  one: {measure: "where(kind == 'Town', x * 2, x)", rule: percentile}
  star: {measure: "where(kind != 'T*', x, -x)", rule: percentile}
  some: {measure: x, rule: {met: "kind in ('山区', 'Town') and x > 5 or kind not in ('town', '.+')"}}
  bands: {measure: x, coefficient: "coalesce(where(kind == '山区', 1.2, 1), 1)", rule: given}
tiers: [{name: A, top: 50%, unless: kind == 'town'}, {name: B}]
""",
    units="""\
unit,name,type
a,A,Town
b,B,town
c,C,山区
d,D,
e,E,T*
f,F,.+
""",
    data="""\
unit,period,x
a,2023,4
b,2023,6
c,2023,8
d,2023,9
e,2023,
f,2023,12
""",
)
"""Conditions over texts that differ in capitals, and that spreadsheets would take for patterns."""
CASES: Final = (
    *(SCALES, AIMED, TABLES, COMPARED, BY_MARKS, MARKS_ABOVE, MEASURES),
    *(
        BELOW_ZERO,
        EQUAL_ON_PAPER,
        LOST,
        GAPS,
        TREATED,
        MEANS,
        COMPUTED,
        ADJUSTED,
        CORNERS,
        FOLDED,
        FOLDED_TWICE,
        FOLDED_EACH,
        REVIEWS_COUNTED,
        OWN_PARTS,
        HALVES,
        BY_GROUP,
        ONE_RANKING,
        POOLS,
        ROUNDED_APART,
        NODE_RULES,
        NAMED_NODES,
        NODES_IN_CONDITIONS,
        ENOUGH,
        REQUIRED,
        RANKED_ONLY,
        CEILINGS,
        LOWEST_FIRST,
        RELATED,
        CATEGORIES,
        NODE_CAPS,
        OVER_MONTHS,
        UNITS_GONE,
        OVER_ROUNDS,
        OF_TEXTS,
    ),
)
