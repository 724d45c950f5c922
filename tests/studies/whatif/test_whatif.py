from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from tests.engine.books import book_of

import quanheng as qh
from quanheng.data.book.book import Book
from quanheng.studies.study import Study

SCHEME: Mapping[str, object] = {
    "id": "t",
    "title": "t",
    "quanheng": 1,
    "round": 2023,
    "items": {
        "done": {"name": {"zh": "办结率", "en": "Done"}, "kind": "rate", "measured_in": "%"},
        "built": {
            "name": {"zh": "建成数", "en": "Built"},
            "kind": "flow",
            "every": "quarter",
            "measured_in": "件",
        },
        "income": {"kind": "cumulative", "every": "month", "measured_in": "亿元"},
    },
    "indicators": {
        "work": {"name": {"zh": "工作", "en": "Work"}, "weight": 50, "measure": "done", "rule": "given"},
        "sites": {"weight": 30, "measure": "built", "rule": {"target": {"cap": 100}}},
        "money": {"weight": 20, "measure": "income", "rule": {"scale": {"worst": 0, "best": 40}}},
    },
    "rounding": {"total": 2},
    "tiers": [{"name": "gold", "top": 1}, {"name": "silver"}],
}
UNITS = pl.DataFrame({"unit": ["A", "B"], "name": ["Ai", "Bo"], "group": ["all", "all"]})
FIGURES = [
    *(("done", "A", "2023", 80.0), ("done", "B", "2023", 60.0)),
    *(("built", unit, f"2023-Q{quarter}", 5.0) for unit in "AB" for quarter in range(1, 5)),
    *(("income", unit, "2023-11", 18.0) for unit in "AB"),
    *(("income", unit, "2023-12", 20.0) for unit in "AB"),
]
TARGETS = [("sites", "A", "2023", 40.0), ("sites", "B", "2023", 20.0)]


@pytest.fixture
def book() -> Book:
    scheme = qh.read_scheme(SCHEME)
    units = UNITS.with_columns(group=pl.lit(scheme.groups[0].code))
    return book_of(scheme, units=units, figures=FIGURES, targets=TARGETS)


def total(study: Study, unit: str) -> tuple[float, float]:
    (row,) = (row for row in study["moves"].rows(named=True) if row["unit"] == unit)
    return row["score_before"], row["score_after"]


def by_change(study: Study, unit: str) -> dict[str, float]:
    return {row["cause"]: row["change"] for row in study["causes"].rows(named=True) if row["unit"] == unit}


def test_a_figure_of_the_round_is_what_the_rules_then_see(book: Book) -> None:
    # A: 0.5·80 + 0.3·50 + 0.2·50 = 65; B: 0.5·60 + 0.3·100 + 10 = 70
    study = qh.whatif(book, set={"built@A": 40})

    # the year's 20 become 40 of 40: all of it, not the last quarter only
    assert total(study, "A") == (65.0, 80.0)
    assert study["moves"].select("unit", "places_gained", "tier_after").rows() == [
        ("A", 1, "gold"),
        ("B", -1, "silver"),
    ]
    assert study.sentences[0].en == "If: Built of Ai = 40."
    assert study.sentences[1].en == "2 change their tier: Ai silver → gold, Bo gold → silver."


def test_a_figure_of_a_period_is_taken_as_if_it_had_been_reported(book: Book) -> None:
    study = qh.whatif(book, set={"built@A@2023-Q4": 15, "income@A@2023-12": 40})

    # 5 + 5 + 5 + 15 = 30 of 40; the latest of the cumulative item is that of December
    assert total(study, "A") == (65.0, 82.5)
    assert by_change(study, "A") == {"built@A@2023-Q4": 7.5, "income@A@2023-12": 10.0}


def test_a_period_that_the_round_does_not_look_at_changes_nothing_and_is_told(book: Book) -> None:
    study = qh.whatif(book, set={"income@A@2023-11": 30})

    assert len(study["moves"]) == 0
    assert [finding.code for finding in study.findings] == ["QH763"]


@pytest.mark.parametrize(
    ("written", "after"),
    [("90%", 70.0), ("９０", 70.0), (90.0, 70.0), ("1e2", 75.0), ("/", 50.0)],
)
def test_values_are_read_as_in_files(book: Book, written: float | str, after: float) -> None:
    study = qh.whatif(book, set={"办结率@Ai": written})

    assert total(study, "A")[1] == after


def test_a_value_may_have_the_unit_of_measurement_of_its_item(book: Book) -> None:
    assert total(qh.whatif(book, set={"built@A": "40件"}), "A")[1] == 80.0
    assert total(qh.whatif(book, set={"income@A": "1,000 亿元"}), "A")[1] == 75.0


@pytest.mark.parametrize("written", ["many", float("nan"), float("inf"), "1e999", True, "40 元"])
def test_what_is_no_figure_is_refused(book: Book, written: float | str) -> None:
    with pytest.raises(qh.FindingsError) as refused:
        qh.whatif(book, set={"built@A": written})

    assert [finding.code for finding in refused.value.findings] == ["QH760"]


def test_a_missing_figure_is_what_the_scheme_makes_of_it(book: Book) -> None:
    with pytest.raises(qh.FindingsError) as refused:
        qh.whatif(book, set={"done@A": None})

    assert [finding.code for finding in refused.value.findings] == ["QH761", "QH541"]


def test_weights_are_as_stated_and_siblings_keep_theirs(book: Book) -> None:
    study = qh.whatif(book, weight={"工作": "100", "sites": 0})

    # A: (100·80 + 20·50)/120 = 75; B: (100·60 + 20·50)/120 = 58.33
    assert total(study, "A") == (65.0, 75.0)
    assert total(study, "B") == (70.0, 58.33)


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), "much", None, True])
def test_a_weight_that_is_none_is_refused(book: Book, weight: float | str | None) -> None:
    with pytest.raises(qh.UsageError, match="0 or more"):
        qh.whatif(book, weight={"work": weight})


def test_weights_of_nothing_are_refused(book: Book) -> None:
    with pytest.raises(qh.UsageError, match="nothing has a weight"):
        qh.whatif(book, weight=dict.fromkeys(("work", "sites", "money"), 0))


def test_a_node_left_out_leaves_its_weight_to_its_siblings(book: Book) -> None:
    # A: (50·80 + 20·50)/70 = 71.43
    assert total(qh.whatif(book, without=["sites"]), "A") == (65.0, 71.43)


def test_a_rule_is_read_as_in_a_scheme_and_checked_by_its_laws(book: Book) -> None:
    assert total(qh.whatif(book, rule={"work": "percentile"}), "A")[1] == 75.0
    assert total(qh.whatif(book, rule={"work": "{bands: [[0, 0], [80, 100]]}"}), "A")[1] == 75.0
    with pytest.raises(qh.FindingsError) as refused:
        qh.whatif(book, rule={"work": {"bands": [[80, 0], [0, 100]]}})
    assert any(finding.severity == "error" for finding in refused.value.findings)
    with pytest.raises(qh.UsageError, match="has children"):
        qh.whatif(_with_dimension(book), rule={"all": "percentile"})


def _with_dimension(book: Book) -> Book:
    tree = {"all": {"weight": 100, "children": SCHEME["indicators"]}}
    return replace(book, scheme=qh.read_scheme({**SCHEME, "indicators": tree}))


def test_a_new_rule_that_lacks_a_target_is_refused_until_there_is_one(book: Book) -> None:
    with pytest.raises(qh.FindingsError) as refused:
        qh.whatif(book, rule={"work": "target"})
    assert refused.value.findings[0].code == "QH761"

    study = qh.whatif(book, rule={"work": "target"}, target={"work@A": 160, "work@B": 60})

    assert total(study, "A") == (65.0, 50.0)


def test_targets_are_those_of_the_round(book: Book) -> None:
    assert total(qh.whatif(book, target={"sites@Ai": 20}), "A") == (65.0, 80.0)


def test_parts_add_up_to_the_last_digit(book: Book) -> None:
    study = qh.whatif(
        book, set={"done@A": 91.3}, weight={"work": 57}, without=["money"], target={"sites@A": 33}
    )

    for row in study["moves"].rows(named=True):
        parts = [Decimal(str(part)) for part in by_change(study, row["unit"]).values()]
        assert sum(parts) == Decimal(str(row["change"]))


def test_many_changes_are_told_by_kind(book: Book) -> None:
    every: dict[Any, Any] = {f"{item}@{unit}": 30 for item in ("done", "built", "income") for unit in "AB"}
    study = qh.whatif(book, set=every, weight={"work": 60})

    assert [finding.code for finding in study.findings] == ["QH764"]
    assert set(by_change(study, "A")) == {"data", "weights"}


def test_computed_weights_become_stated_ones_and_that_is_told(book: Book) -> None:
    scheme = qh.read_scheme({**SCHEME, "weights": "equal"})

    study = qh.whatif(replace(book, scheme=scheme), weight={"work": 2})

    assert [finding.code for finding in study.findings] == ["QH765"]
    # A: (80 + 50 + 50)/3 = 60, then (2·80 + 50 + 50)/4 = 65
    assert total(study, "A") == (60.0, 65.0)


def test_what_cannot_be_scored_now_is_told_and_mended(book: Book) -> None:
    hole = replace(
        book, observations=book.observations.filter(~((nw.col("item") == "done") & (nw.col("unit") == "A")))
    )

    study = qh.whatif(hole, set={"done@A": 80})

    assert [finding.code for finding in study.findings] == ["QH762"]
    assert total(study, "A")[1] == 65.0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"set": {"don@A": 1}}, "did you mean 'done'"),
        ({"set": {"done@Aj": 1}}, "did you mean 'A'"),
        ({"set": {"done": 1}}, "ITEM@UNIT"),
        ({"weight": {"wrok": 1}}, "did you mean 'work'"),
        ({"weight": {"work@nobody": 1}}, "no group"),
        ({"without": ["wrok"]}, "did you mean 'work'"),
        ({"rule": {"wrok": "percentile"}}, "did you mean 'work'"),
        ({"target": {"site@A": 1}}, "did you mean 'sites'"),
        ({"target": {"sites@A": None}}, "has to be a number"),
        ({"without": ["work", "工作"]}, "twice"),
        ({}, "nothing is asked"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(book: Book, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(qh.UsageError, match=words):
        qh.whatif(book, **asked)


def test_the_book_stays_as_it_is(book: Book) -> None:
    before = qh.score(book).ranking.rows()
    qh.whatif(book, set={"done@A": 10}, weight={"work": 90}, without=["money"])

    assert qh.score(book).ranking.rows() == before


def test_it_agrees_with_a_book_that_says_so(book: Book) -> None:
    rows = [row if row[:3] != ("done", "A", "2023") else ("done", "A", "2023", 33.0) for row in FIGURES]
    units = UNITS.with_columns(group=pl.lit(book.scheme.groups[0].code))
    other = qh.score(book_of(book.scheme, units=units, figures=rows, targets=TARGETS))

    study = qh.whatif(book, set={"done@A": 33})

    (found,) = (row for row in other.ranking.rows(named=True) if row["unit"] == "A")
    assert total(study, "A")[1] == found["score"]


def test_another_scheme_scores_the_same_book(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    (folder / "data").mkdir(parents=True)
    text = (
        "quanheng: 1\nid: t\ntitle: t\nround: 2023\nitems: {x: {kind: rate}, y: {kind: rate}}\nindicators:\n"
    )
    first = (
        f"{text}  a: {{weight: 60, measure: x, rule: given}}\n  b: {{weight: 40, measure: y, rule: given}}\n"
    )
    (folder / "scheme.yaml").write_text(first, encoding="utf-8")
    (folder / "units.csv").write_text("unit,name\nA,Ai\nB,Bo\n", encoding="utf-8")
    (folder / "data" / "f.csv").write_text("unit,period,x,y\nA,2023,80,50\nB,2023,60,90\n", encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(first.replace("60", "30").replace("40", "70"), encoding="utf-8")

    study = qh.whatif(qh.load(folder), scheme=other, set={"x@A": 100})

    # A: 68, then 0.3·100 + 0.7·50 = 65; one after the other the scheme takes 9, the figure gives 6 or 12
    assert total(study, "A") == (68.0, 65.0)
    assert by_change(study, "A") == {"scheme": -12.0, "x@A": 9.0}


def test_a_book_of_no_file_cannot_be_read_by_another_scheme(book: Book) -> None:
    with pytest.raises(qh.UsageError, match="not loaded from files"):
        qh.whatif(book, scheme=SCHEME)


def test_what_is_told_of_outliers_is_told_only_if_it_is_news() -> None:
    book = qh.load(Path("books") / "index-51")

    study = qh.whatif(book, weight={"transport": 3})

    # the outliers of the book are as they were
    assert [finding.code for finding in study.findings] == ["QH765"]


def test_marks_by_a_formula_are_given_anew_under_other_weights() -> None:
    indicators: Any = SCHEME["indicators"]
    marked = {**indicators, "money": {"weight": 20, "measure": "income", "rule": {"marks": "x / 2"}}}
    scheme = qh.read_scheme({**SCHEME, "indicators": marked})
    units = UNITS.with_columns(group=pl.lit(scheme.groups[0].code))
    own = book_of(scheme, units=units, figures=FIGURES, targets=TARGETS)

    study = qh.whatif(own, weight={"work": 40, "money": 30})

    # the formula gives 10 marks, whether they are 10 of 20 or 10 of 30: 40 + 15 + 10, then 32 + 15 + 10
    assert total(study, "A") == (65.0, 57.0)
