"""Schemes, figures and words that several cases share."""

from __future__ import annotations

from tests.cases.case import BANDS, REDISTRIBUTE, scheme
from tests.data.books import Cell

OUTPUT = scheme(
    "v: {name: {zh: 产值, en: Output}, kind: flow}",
    f"leaf: {{measure: v, weight: 100, {BANDS}}}",
    further=REDISTRIBUTE,
)
RATE = scheme(
    "r: {name: Rate, measured_in: 百分点, kind: rate}", f"leaf: {{measure: r, weight: 100, {BANDS}}}"
)
ONE = scheme("x: {}", "p: {measure: x, weight: 100, rule: {scale: {}}}")
TAX = scheme(
    "x: {name: 税收, kind: cumulative, every: quarter}", "k: {weight: 100, measure: x, rule: {target: {}}}"
)
TARGET = "unit,indicator,period,target\n*,k,2023,100\n"
PLAIN = "unit\nA\nB\n"
TWO_RATES = scheme(
    "r: {measured_in: '%', kind: rate}, v: {}",
    f"leaf: {{measure: r, weight: 50, {BANDS}}}, l2: {{measure: v, weight: 50, {BANDS}}}",
    further=REDISTRIBUTE,
)
REVENUE = scheme(
    "rev: {kind: cumulative, every: quarter}",
    "leaf: {measure: 'MEASURE', weight: 100, rule: {bands: [[0, 0], [100, 100]]}}",
    round_="2023-Q1",
)
QUARTERS = "unit,period,rev\n" + "".join(
    f"{unit},{year}-Q{quarter},{first * quarter}\n"
    for unit in "AB"
    for year, first in ((2022, 50), (2023, 60))
    for quarter in range(1, 5)
)
LATE, OPEN = "late: {count: req, where: closed_on > period_end}", "open: {count: req, where: closed_on == ''}"
TWO_COUNTS = (
    "leaf: {measure: open, weight: 50, rule: {deduct: {each: 10}}}, "
    "leaf2: {measure: late, weight: 50, rule: {deduct: {each: 10}}}"
)
REQUESTS = "id,unit,closed_on\n1,A,\n2,A,\n3,B,2023-01-07\n"
HEADINGS = "单位,期间,地区生产总值,地区生产总值增速,诉求件数"
TOWNS: list[list[Cell]] = [["东港镇", "2023年6月", 54.6, 6.1, 120], ["西柳镇", "2023年6月", 40.2, 5.2, 98]]
SOUTH: list[Cell] = ["南岭镇", "2023年6月", 33.3, 7.4, 77]
IN_WAN: list[list[Cell]] = [["东港镇", "2023年6月", 546000, 6.1, 120], *TOWNS[1:], SOUTH]
ALL_IN_WAN: list[list[Cell]] = [[*row[:2], 10_000 * float(str(row[2])), *row[3:]] for row in (*TOWNS, SOUTH)]
ENDS_LATER = ("and 2023 ends later", "未到 2023 期末")
