"""Both engines say the same of every example book and of a scheme with every rule (rounding §3)."""

from __future__ import annotations

import functools
import math
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from ruamel.yaml import YAML
from tests.engines import EngineUnderTest

from quanheng.data.load import load
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score, score_frame
from quanheng.scheme.files.read import scheme_from_mapping

BOOKS = Path(__file__).parents[2] / "books"

EVERY_RULE = """
groups: {north: North, south: South}
items: {x: {}, y: {}, z: {}, done: {}, due: {}}
gaps: {missing: redistribute}
aggregate: {power: 0.5}
indicators:
  values:
    weight: 70
    weights: relative
    aggregate: arithmetic
    children:
      scale: {measure: x, weight: 1, rule: {scale: {worst: q2.5, best: q90, base: 60, curve: exponential}}}
      against: {measure: x, weight: 1, rule: {scale: {worst: 0, best: {unit: u.7}, base: 40}}}
      overall: {measure: x, weight: 1, within: all, rule: {place: {first: 100, last: 50}}}
      target: {measure: y, weight: 1, direction: less, rule: {target: {cap: 130}}}
      bands: {measure: done / due, weight: 1, rule: {bands: [[0, 10], [0.5, 60], [1, 100]]}}
      steps: {measure: y, weight: 1, rule: {steps: [[2, 50], [4, 90]]}}
      place: {measure: share(x), weight: 1, rule: {place: {first: 100, step: 7, floor: 30}}}
      table: {measure: place(z), weight: 1, direction: less, rule: {place: {table: {1-3: 100, 4: 60}}}}
      percentile: {measure: z, weight: 1, rule: percentile}
      ratio: {measure: x, weight: 1, rule: {ratio: {ref: median, cap: 150}}}
      zscore: {measure: z, weight: 1, rule: {zscore: {center: 60, spread: 10}}}
      deduct: {measure: y, weight: 1, rule: {deduct: {each: 5, free: 1, floor: 20}}}
      ideal: {measure: z, weight: 1, rule: {ideal: {between: [3, 5]}}}
      met: {measure: x, weight: 1, rule: {met: x >= 3 and z > 2}}
      given: {measure: 10 * y, weight: 1, rule: {given: {}}}
  treated:
    weight: 30
    weights: critic
    aggregate: geometric
    children:
      outlying: {measure: x ** 3, treat: {winsorise: 2}, rule: {scale: {base: 20}}}
      limited: {measure: y, treat: {quantiles: [0.1, 0.9]}, rule: {scale: {base: 20}}}
      logged: {measure: z, treat: log, rule: {scale: {base: 20}}, gaps: {missing: {fill: median}}}
"""


def table() -> pl.DataFrame:
    count = 24
    return pl.DataFrame(
        {
            "unit": [f"u.{index}" for index in range(count)],
            "group": ["north" if index % 3 else "south" for index in range(count)],
            "x": [1.0 + (index * 37 % 23) / 7 for index in range(count)],
            "y": [0.5 + (index * 17 % 19) / 4 for index in range(count)],
            "z": [None if index == 11 else 1.0 + (index * 29 % 13) / 2 for index in range(count)],
            "done": [float(index % 5) for index in range(count)],
            "due": [0.0 if index % 5 == 0 else 5.0 for index in range(count)],
            "target|target": [3.0] * count,
        }
    )


@functools.cache
def on_polars(book: str) -> Result:
    return score(load(BOOKS / book), engine=polars_engine())


def assert_same(one: nw.DataFrame[pl.DataFrame], other: nw.DataFrame[pl.DataFrame]) -> None:
    assert one.columns == other.columns
    for column in one.columns:
        for left, right in zip(one[column].to_list(), other[column].to_list(), strict=True):
            if isinstance(left, float) and isinstance(right, float):
                assert math.isclose(left, right, rel_tol=0.0, abs_tol=1e-9), (column, left, right)
            else:
                assert left == right, column


@pytest.mark.parametrize("book", ["hdi-2022", "enterprises", "district-2023"])
def test_engines_agree_on_the_example_book(book: str, engine: EngineUnderTest) -> None:
    result = score(load(BOOKS / book), engine=engine.engine)

    known = on_polars(book)
    assert len(known.scores) > 0
    assert_same(result.scores, known.scores)
    assert_same(result.tiers, known.tiers)
    assert_same(result.awards, known.awards)
    assert_same(result.weights, known.weights)


def test_engines_agree_on_every_rule(engine: EngineUnderTest) -> None:
    scheme = scheme_from_mapping(YAML(typ="safe", pure=True).load(EVERY_RULE))
    expected = score_frame(polars_engine().lift(table()), scheme)

    result = score_frame(engine.lift(table()), scheme)

    assert_same(result.scores, expected.scores)
    assert_same(result.ranking, expected.ranking)
    assert result.wide[c.points("total")].null_count() == 0


def test_order_of_the_rows_does_not_matter(engine: EngineUnderTest) -> None:
    scheme = scheme_from_mapping(YAML(typ="safe", pure=True).load(EVERY_RULE))

    result = score_frame(engine.lift(table().reverse()), scheme)

    assert_same(result.ranking, score_frame(polars_engine().lift(table()), scheme).ranking)
