"""A book with much of what the language learnt later is the same on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from polars.testing import assert_frame_equal
from tests.engines import EngineUnderTest

from quanheng.data.load import load
from quanheng.engine.results.score import score

SCHEME = """\
quanheng: 1
id: newer
title: An invented book
round: 2023
lowest_first: true
items:
  x: {kind: flow, every: month}
  y: {merge: sum}
  z: {}
  pm: {kind: rate, every: day, at_least: 1%}
  high: {count: days, where: pm > 50, at_least: 1%}
  kind: {attribute: kind}
defaults: {gaps: {missing: redistribute}}
indicators:
  months: {measure: 'months(x > 3, 2)', weight: 10, rule: given}
  best: {measure: 'mean(best(2, months(x, 2)))', weight: 10, direction: less, rule: given}
  texts:
    measure: "where(kind == 'town', y, 2 * y)"
    weight: 20
    rule: {scale: {worst: 0, best: observed}}
    # over
  capped:
    weight: 40
    cap: [{marks: 60%, where: z > 5}, 35]
    children:
      first: {measure: z, weight: 20, rule: percentile}
      needed: {measure: y, weight: 20, rule: place, gaps: {required: true}}
  air: {measure: pm + high, weight: 20, rule: {marks: 'max(marks - x / 10, 0)'}}
"""
UNITS = """\
unit,kind,from,to,into
A,town,,,
B,park,,,
C,town,,,
D,park,,2022-12-31,A
"""
FIGURES = """\
unit,period,y,z
A,2023,10,3
B,2023,7,8
C,2023,,6
A,2022,4,1
B,2022,9,2
C,2022,3,3
D,2022,5,4
D,2023,6,
"""
MONTHS = "unit,period,x\nA,2023-01,1\nA,2023-02,5\nA,2023-03,4\nB,2023-01,9\nB,2023-02,8\nC,2023-05,7\n"
DAYS = "unit,period,pm\n" + "".join(
    f"{unit},2023-03-{day:02},{10 * day + shift}\n" for shift, unit in enumerate("ABC") for day in range(1, 9)
)


# over several rounds nothing is compared between which units went into others
@pytest.mark.parametrize(
    ("scheme", "units"),
    [(SCHEME, UNITS), (SCHEME.replace("# over", "over: 2022..2023"), UNITS.replace(",2022-12-31,A", ",,"))],
    ids=["merged", "over"],
)
def test_a_book_with_newer_words_is_the_same(
    scheme: str, units: str, engine: EngineUnderTest, tmp_path: Path
) -> None:
    for name, text in {
        "scheme.yaml": scheme,
        "units.csv": units,
        "data/figures.csv": FIGURES,
        "data/months.csv": MONTHS,
        "data/days.csv": DAYS,
    }.items():
        (tmp_path / "b" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "b" / name).write_text(text, encoding="utf-8")
    book = load(tmp_path / "b")

    known, asked = score(book), score(book, engine=engine.engine)

    assert [str(each) for each in asked.findings] == [str(each) for each in known.findings]
    # C has not what is required of 'capped'; the eight days of A are 10 to 80, three of them above 50
    rows = {row["unit"]: row for row in asked.wide.rows(named=True)}
    assert rows["C"]["points|capped"] is None
    assert rows["A"]["measure|air"] == 48.0
    columns = sorted(known.wide.columns)
    assert_frame_equal(
        asked.wide.to_native().select(columns).sort("unit"),
        known.wide.to_native().select(columns).sort("unit"),
        abs_tol=1e-9,
        check_dtypes=False,  # of counts, which are no figures
    )
