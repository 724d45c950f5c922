"""Categories of marks with caps of their own (adjustments §2 c): hand-computed, and their laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.graded import formula, graded
from tests.engines import EngineUnderTest

import quanheng as qh
from quanheng.engine.frame.engines import polars_engine
from quanheng.engine.stages.adjustments.adjust import with_adjustments
from quanheng.engine.stages.adjustments.counted import counted_adjustments
from quanheng.scheme.grades.grades import Adjustments, Category, ComputedAdjustment, Limit
from quanheng.scheme.tree.scheme import Scheme

UNITS = pl.DataFrame(
    {"unit": ["a", "b"], "group": ["towns", "towns"], "item|growth": [8.2, 7.9], "item|deaths": [0.0, 1.0]}
)
PRAISE = Category(code="praise", name="Praise", cap=2.0)
PILOT = Category(code="pilot", name="Pilot", cap=3.0)
LIMIT = Limit(cap=4.0, categories=(PRAISE, PILOT))

Row = tuple[str, str, float, str, str | None]


def rows(*written: Row) -> nw.DataFrame[Any]:
    schema = {
        "unit": pl.String,
        "kind": pl.String,
        "marks": pl.Float64,
        "node": pl.String,
        "category": pl.String,
    }
    table = pl.DataFrame(list(written), schema=schema, orient="row")
    text = pl.lit(None, dtype=pl.String)
    return nw.from_native(
        table.with_columns(reason=pl.lit("said"), file=text, sheet=text, cell=text), eager_only=True
    )


def adjusted(engine: EngineUnderTest, scheme: Scheme, written: nw.DataFrame[Any]) -> pl.DataFrame:
    lifted = with_adjustments(engine.lift(UNITS), scheme, written, engine.engine)
    return engine.collect(lifted).sort("unit")


def test_the_caps_of_categories_hold_first_and_the_cap_over_all_for_what_they_leave(
    engine: EngineUnderTest,
) -> None:
    written = rows(
        ("a", "bonus", 3.0, "total", "praise"),
        ("a", "bonus", 1.0, "economy", "praise"),
        ("a", "bonus", 1.0, "total", "pilot"),
        ("a", "bonus", 5.0, "economy", None),
        ("b", "bonus", 9.0, "total", "praise"),
        ("b", "penalty", 9.0, "total", "praise"),
    )

    told = adjusted(engine, graded(adjustments=Adjustments(bonus=LIMIT)), written)

    # a: praise 4 > 2, halved: 1.5 and 0.5; with the pilot 2.5 at the total, with the rest 5.5 at economy
    assert told["uncapped|bonus|praise"].to_list() == [4.0, 9.0]
    assert told["uncapped|bonus|pilot"].to_list() == [1.0, 0.0]
    assert told["claim|total|bonus"].to_list() == [4.0, 9.0]
    assert told["kept|total|bonus"].to_list() == [2.5, 2.0]
    assert told["kept|economy|bonus"].to_list() == [5.5, 0.0]
    # 8 over all > 4: halved again; b has its 2 whole
    assert told["adjust|total|bonus"].to_list() == [1.25, 2.0]
    assert told["adjust|economy|bonus"].to_list() == [2.75, 0.0]
    # penalties have no categories: what a row says of one is nothing
    assert told["adjust|total|penalty"].to_list() == [0.0, 9.0]
    assert not [name for name in told.columns if name.startswith("kept|total|penalty")]


def test_a_rule_counts_in_its_category_and_a_gate_voids_all_of_them(engine: EngineUnderTest) -> None:
    rule = ComputedAdjustment(name="grown", kind="bonus", marks=formula("growth - 5"), category="praise")
    limit = Limit(when=formula("deaths < 1"), categories=(PRAISE,))

    told = adjusted(
        engine,
        graded(adjustments=Adjustments(bonus=limit, rules=(rule,))),
        rows(("a", "bonus", 1, "total", None)),
    )

    # growth - 5 is 3.2 and 2.9, of which 2 counts; a has 1 without a category beside it; b's gate fails
    assert told["adjust|total|bonus"].to_list() == [3.0, 0.0]


@pytest.mark.parametrize(("cap", "counts"), [(0.0, 0.0), (2.0, 2.0), (3.0, 3.0), (None, 3.0)])
def test_a_category_may_have_a_cap_of_nothing_or_none(
    engine: EngineUnderTest, cap: float | None, counts: float
) -> None:
    limit = Limit(categories=(Category(code="praise", name="praise", cap=cap),))

    told = adjusted(
        engine,
        graded(adjustments=Adjustments(bonus=limit)),
        rows(("a", "bonus", 3.0, "total", "praise")),
    )

    assert told["adjust|total|bonus"].to_list() == [counts, 0.0]


def test_each_row_says_which_caps_cut_it() -> None:
    written = rows(
        ("a", "bonus", 3.0, "total", "praise"),
        ("a", "bonus", 1.0, "total", "praise"),
        ("a", "bonus", 6.0, "total", None),
    )
    scheme, engine = graded(adjustments=Adjustments(bonus=LIMIT)), polars_engine()
    wide = engine.collect(with_adjustments(engine.lift(UNITS), scheme, written, engine))
    [row] = wide.filter(nw.col("unit") == "a").rows(named=True)

    told = counted_adjustments(scheme, row, written)

    # 2 of 4 for praise, and 4 of 2 + 6 over all: a quarter of the praise, a half of the rest
    assert [(each.asked, each.counted, each.gate) for each in told] == [
        (3.0, 0.75, "Praise Σ 4 > 2; Σ 8 > 4"),
        (1.0, 0.25, "Praise Σ 4 > 2; Σ 8 > 4"),
        (6.0, 3.0, "Σ 8 > 4"),
    ]


_MARKS = st.floats(0.0, 9.0)


@given(
    asked=st.lists(
        st.tuples(st.sampled_from(["total", "economy"]), _MARKS, st.sampled_from(["praise", "pilot", None])),
        min_size=1,
        max_size=6,
    )
)
def test_no_cap_is_passed_and_nothing_counts_more_than_was_asked(
    asked: list[tuple[str, float, str | None]],
) -> None:
    scheme, engine = graded(adjustments=Adjustments(bonus=LIMIT)), polars_engine()
    written = rows(*[("a", "bonus", marks, node, category) for node, marks, category in asked])
    wide = engine.collect(with_adjustments(engine.lift(UNITS), scheme, written, engine))
    [row] = wide.filter(nw.col("unit") == "a").rows(named=True)

    told = counted_adjustments(scheme, row, written)

    in_praise = sum(
        each.counted for each, (_, _, category) in zip(told, asked, strict=True) if category == "praise"
    )
    assert all(each.counted <= each.asked + 1e-9 for each in told)
    assert in_praise <= 2.0 + 1e-9
    assert sum(each.counted for each in told) <= 4.0 + 1e-9
    counting = sum(row[name] for name in row if name.startswith("adjust|"))
    assert sum(each.counted for each in told) == pytest.approx(counting)


SCHEME = """\
quanheng: 1
id: praised
title: Praised
round: 2023
items: {x: {}}
defaults: {rule: given}
indicators: {work: {measure: x, weight: 100}}
adjustments:
  bonus:
    cap: 5
    categories:
      innovation: {name: 创新, cap: 2}
      honours: {cap: 3}
  rules:
    - {name: model, kind: bonus, marks: x / 20, category: innovation}
"""
HEADING = "unit,kind,marks,reason,node,category\n"


def book(folder: Path, adjustments: str, scheme: str = SCHEME) -> Path:
    (folder / "data").mkdir()
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "units.csv").write_text("unit,name\na,A\nb,B\n", encoding="utf-8")
    (folder / "data" / "figures.csv").write_text("unit,period,x\na,2023,60\nb,2023,20\n", encoding="utf-8")
    (folder / "adjustments.csv").write_text(HEADING + adjustments, encoding="utf-8")
    return folder


def test_a_book_names_categories_by_code_or_name(tmp_path: Path) -> None:
    written = "a,bonus,1,first,,创新\na,bonus,9,medal,,honours\nb,bonus,1,thanks,,\n"

    result = qh.score(qh.load(book(tmp_path, written)))

    # a: innovation 1 + 60/20 = 4 -> 2, honours 9 -> 3, together 5; b: 20/20 + 1 = 2
    assert dict(result.wide.select("unit", "score|total").rows()) == {"a": 65.0, "b": 22.0}
    trace = result.engine.collect(result.trace).filter(nw.col("unit") == "a")
    stages = dict(trace.filter(nw.col("node") == "total").select("stage", "value").rows())
    assert stages["bonus in innovation before its cap"] == 4.0
    assert stages["bonus within categories"] == 5.0
    told = result.explain("a").text("en")
    assert "创新 Σ 4 > 2" in told
    assert "honours Σ 9 > 3" in told


def test_a_category_that_the_kind_has_not_is_a_finding(tmp_path: Path) -> None:
    written = "a,bonus,1,first,,inovation\na,penalty,1,late,,innovation\na,veto,,fraud,,innovation\n"

    with pytest.raises(qh.FindingsError) as raised:
        qh.load(book(tmp_path, written))

    assert [each.message("en") for each in raised.value.findings if each.code == "QH659"] == [
        "the scheme has no category 'inovation' of bonus; did you mean 'innovation'?",
        "the scheme has no category 'innovation' of penalty",
        "the scheme has no category 'innovation' of veto",
    ]
