"""Studies and what-if of invented books with newer words of the language, beside full scorings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.studies.small_book import small_book

import quanheng as qh
from quanheng.findings.finding import FindingsError
from quanheng.studies.catalogue import STUDIES
from quanheng.studies.read import settings_from
from quanheng.studies.study import Study

DATA = "unit,group,x,y,z A,all,80,50,60 B,all,60,70,65 C,all,30,20,20 D,all,50,90,10"
Form = dict[str, Any]
LESS: Form = {"marks": "max(marks - x / 4, 0)"}


def scheme(growth: Form, rest: Form, **more: Any) -> str:  # noqa: ANN401  keys of a scheme
    form = {
        "quanheng": 1,
        "id": "invented",
        "title": "An invented book",
        "round": 2023,
        "groups": {"all": {}},
        "items": {"x": {}, "y": {}, "z": {}},
        "defaults": {"rule": "given", "gaps": {"missing": "redistribute"}},
        "indicators": {"growth": {"measure": "x", **growth}, "rest": rest},
        **more,
    }
    return yaml.safe_dump(form, sort_keys=False)


def of_marks(growth: float, rule: Form | str = "given", **more: Any) -> str:  # noqa: ANN401  keys of a scheme
    half = (100 - growth) / 2
    children = {"safety": {"measure": "y", "weight": half}, "air": {"measure": "z", "weight": half}}
    rest = {"weight": 100 - growth, "children": children}
    return scheme({"weight": growth, "rule": rule}, rest, **more)


def summed(growth: float) -> str:
    taken = {"measure": "z", "rule": {"marks": "min(0 - z / 5, marks)"}}
    rest = {
        "weight": 100 - growth,
        "aggregate": "sum",
        "children": {"safety": {"measure": "y"}, "air": taken},
    }
    return scheme({"weight": growth, "rule": LESS}, rest)


def totals(book: qh.Book) -> dict[str, float]:
    return {row["unit"]: round(row["score"], 6) for row in qh.score(book).ranking.rows(named=True)}


def after(study: qh.Study, book: qh.Book) -> dict[str, float]:
    moved = {row["unit"]: row["score_after"] for row in study["moves"].rows(named=True)}
    return {unit: round(moved.get(unit, total), 6) for unit, total in totals(book).items()}


def written(tmp_path: Path, name: str, text: str, data: str = DATA) -> qh.Book:
    (tmp_path / name).mkdir()
    return small_book(tmp_path / name, text, data)


def test_other_weights_are_marks_where_formulas_give_marks(tmp_path: Path) -> None:
    book = written(tmp_path, "before", of_marks(40, LESS))

    study = qh.whatif(book, weight={"growth": 90})

    # 90 beside 60 are 60 marks of 100: A has 60 - 80 / 4 = 40, and 40 · 55 %
    assert after(study, book)["A"] == 62.0
    assert after(study, book) == totals(written(tmp_path, "after", of_marks(60, LESS)))


def test_other_weights_of_a_sum_in_which_a_formula_gives_marks(tmp_path: Path) -> None:
    book = written(tmp_path, "before", summed(40))

    study = qh.whatif(book, weight={"growth": 50, "rest": 50})

    # A: 50 - 20 = 30; half of 50 marks less 12
    assert after(study, book)["A"] == 43.0
    assert after(study, book) == totals(written(tmp_path, "after", summed(50)))


def test_what_is_left_of_a_node_that_goes_is_marks(tmp_path: Path) -> None:
    book = written(tmp_path, "before", of_marks(40, LESS))

    # growth alone is worth 100 marks: 100 - 80 / 4
    assert after(qh.whatif(book, without=["rest"]), book)["A"] == 80.0


def test_rule_of_marks_where_no_marks_are_stated_is_refused(tmp_path: Path) -> None:
    leaf = {"measure": "y", "weight": 1}
    book = written(tmp_path, "relative", scheme({"weight": 2}, leaf, weights="relative"))

    with pytest.raises(FindingsError) as error:
        qh.whatif(book, rule={"growth": {"marks": "marks - x / 10"}})

    assert [finding.code for finding in error.value.findings] == ["QH178"]


def test_no_marks_where_a_formula_gives_a_part_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        qh.whatif(written(tmp_path, "marks", of_marks(40, LESS)), weight={"growth": 0})

    assert [finding.code for finding in error.value.findings] == ["QH178"]


def test_node_that_formulas_ask_for_cannot_be_left_out(tmp_path: Path) -> None:
    text = of_marks(40, cap={"marks": 50, "where": "points(growth) > 70"})

    with pytest.raises(FindingsError) as error:
        qh.whatif(written(tmp_path, "asked", text), without=["growth"])

    assert [finding.code for finding in error.value.findings] == ["QH188"]


def test_rule_of_a_measure_that_asks_for_a_node(tmp_path: Path) -> None:
    def asking(rule: str) -> str:
        rest = {"measure": "y", "weight": 60}
        return scheme({"weight": 40, "measure": "points(rest) / 2", "rule": rule}, rest)

    book = written(tmp_path, "before", asking("given"))

    study = qh.whatif(book, rule={"growth": "percentile"})

    assert after(study, book) == totals(written(tmp_path, "after", asking("percentile")))


def test_unit_that_went_into_another_is_named_with_a_period(tmp_path: Path) -> None:
    rest = {"measure": "y", "weight": 60}
    text = scheme({"weight": 40}, rest, items={"x": {"merge": "sum"}, "y": {"merge": "max"}})
    data = "unit,group,x,y A,all,30,50 B,all,60,70 D,all,20,40"
    folder = tmp_path / "merged"
    folder.mkdir()
    small_book(folder, text, data)
    units = "unit,name,group,to,into\nA,A,all,,\nB,B,all,,\nD,D,all,2022-12-31,A\n"
    (folder / "units.csv").write_text(units, encoding="utf-8")
    book = qh.load(folder)

    # 40 % of 30 + 40, and 60 % of 50
    assert after(qh.whatif(book, set={"x@D@2023": 40}), book)["A"] == 58.0
    with pytest.raises(qh.UsageError, match="takes no part in the round"):
        qh.whatif(book, set={"x@D": 40})


def test_marks_given_to_one_indicator_and_taken_from_another_alike(tmp_path: Path) -> None:
    rules = [
        {"name": "one", "kind": "bonus", "marks": 2, "node": "growth"},
        {"name": "two", "kind": "bonus", "marks": 1, "node": "other"},
        {"name": "three", "kind": "penalty", "marks": 3, "node": "growth"},
    ]
    more = {"adjustments": {"rules": rules}}

    def weighing(growth: float) -> str:
        nodes = {
            "growth": {"measure": "x", "weight": growth},
            "other": {"measure": "y", "weight": 100 - growth},
        }
        return scheme({}, {}, **more, indicators=nodes)

    book = written(tmp_path, "before", weighing(40))

    study = qh.whatif(book, weight={"growth": 50, "other": 50})

    assert after(study, book)["A"] == 65.0  # 40 - 1, 25 + 1
    assert after(study, book) == totals(written(tmp_path, "after", weighing(50)))


def test_audit_draws_curves_of_marks_and_weights_tell_what_they_look_at(tmp_path: Path) -> None:
    book = written(tmp_path, "book", of_marks(40, LESS))

    assert qh.study.audit(book).sentences
    assert "QH189" in {each.code for each in qh.study.weights(book, {"methods": ["equal"]}).findings}


def test_computed_weights_leave_what_a_sum_is_worth_in_the_scheme(tmp_path: Path) -> None:
    book = written(tmp_path, "sum", summed(40))

    places = qh.study.weights(book, {"methods": ["equal"], "nodes": ["total"]})["scores"]

    # A: growth has 20 of 40 marks, 50 points; the sum 50 - 20 points, 12 of its 60 marks being taken
    row = next(row for row in places.rows(named=True) if row["unit"] == "A")
    assert row["equal"] == pytest.approx(40.0)


def test_benefit_of_the_doubt_below_a_dimension_with_a_rule(tmp_path: Path) -> None:
    book = written(tmp_path, "rule", ruled())

    study = qh.study.weights(book, {"methods": ["bod"]})

    assert "bod" in study["scores"].columns


def ruled() -> str:
    children = {"safety": {"measure": "y"}, "air": {"measure": "z"}}
    rest = {"rule": {"scale": {"worst": "observed", "best": "observed"}}, "children": children}
    return scheme({}, rest, weights="equal")


@pytest.mark.parametrize("study", ["audit", "opinions"])
def test_lowest_first_is_refused_in_words(study: str, tmp_path: Path) -> None:
    book = written(tmp_path, "lowest", of_marks(40, lowest_first=True))

    with pytest.raises(qh.UsageError, match="lowest first"):
        getattr(qh.study, study)(book)


def test_lowest_total_is_first_in_replicates(tmp_path: Path) -> None:
    book = written(tmp_path, "lowest", of_marks(40, lowest_first=True))

    weights = {"causes": {"weights": {"change": "10%"}}, "runs": 16}
    places = qh.study.robustness(book, weights)["places"].rows(named=True)

    best = min(totals(book).items(), key=lambda each: each[1])[0]
    assert [row["unit"] for row in places if row["nominal"] == 1] == [best]
    assert all(row["low"] <= row["nominal"] <= row["high"] for row in places)


def study_of(book: qh.Book, name: str, **settings: Any) -> Study:  # noqa: ANN401  keys of a study
    entry = STUDIES[name]
    return entry.run(book, settings_from(settings, entry.form))


def by_month(folder: Path, growth: str, **more: Any) -> qh.Book:  # noqa: ANN401  keys of a scheme
    """Return a book of two years with an item `m` by month and another one, `z`, by year."""
    rest = {"weight": 60, "children": {"air": {"measure": "z", "weight": 60}}}
    items = {"m": {"kind": "rate", "every": "month"}, "z": {}}
    months = [
        f"{unit},{year}-{month:02},{40 + (7 * number + 11 * month + year) % 50}"
        for number, unit in enumerate("ABC")
        for year in (2022, 2023)
        for month in range(1, 13)
    ]
    years = [f"{unit},{year},{value + year % 5}" for unit, value in OF_YEARS for year in (2022, 2023)]
    (folder / "data").mkdir(parents=True)
    for name, lines in {
        "scheme.yaml": [scheme({"weight": 40, "measure": growth}, rest, items=items, **more)],
        "units.csv": ["unit", "A", "B", "C"],
        "data/m.csv": ["unit,period,m", *months],
        "data/z.csv": ["unit,period,z", *years],
    }.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return qh.load(folder)


OF_YEARS = [("A", 50), ("B", 59), ("C", 68)]
OF_MONTHS = "100 - 5 * months(m > 60)"
CAPPED: Form = {
    "bonus": {"nodes": {"rest": 2}},
    "rules": [
        {"name": "r", "kind": "bonus", "marks": "z / 40", "node": "rest"},
        {"name": "a", "kind": "bonus", "marks": "z / 50", "node": "air"},
    ],
}
COUNTED: Form = {
    "reviews": {"every": "quarter"},
    "awards": [{"name": "Flag", "every": "quarter", "take": 1}],
    "adjustments": {"rules": [{"name": "f", "kind": "bonus", "marks": "reviews(award == 'Flag')"}]},
}


@pytest.mark.parametrize(
    ("growth", "more"),
    [
        (OF_MONTHS, {}),
        ("mean(months(m))", {"adjustments": CAPPED}),
        ("where(points(air) > 60, mean(months(m)), 20)", {}),
        ("mean(months(m))", {"cap": {"marks": 60, "where": "points(air) > 60"}}),
    ],
    ids=["months", "caps of nodes", "a node in a measure", "a node in a condition"],
)
def test_what_moved_a_unit_adds_up(growth: str, more: Form, tmp_path: Path) -> None:
    book = by_month(tmp_path / "book", growth, **more)

    moves = qh.moves(book, before="2022").moves

    for row in moves.totals.rows(named=True):
        causes = moves.causes.filter(moves.causes["unit"] == row["unit"])
        assert causes["change"].sum() == pytest.approx(row["change"])
        assert row["change"] == pytest.approx(
            totals(book)[row["unit"]]
            - dict(qh.score(book, round="2022").ranking.select("unit", "score").rows())[row["unit"]]
        )


@pytest.mark.parametrize(
    ("growth", "more"),
    [(OF_MONTHS, {}), ("mean(months(m))", {"adjustments": CAPPED})],
    ids=["months", "caps of nodes"],
)
def test_a_plan_reaches_what_a_scoring_gives(growth: str, more: Form, tmp_path: Path) -> None:
    book = by_month(tmp_path / "book", growth, **more)
    goal = totals(book)["A"] + 1.5

    study = study_of(
        book,
        "balance",
        levers=[{"unit": "A", "item": "z", "up": 20, "cost": 1}],
        reach=[{"unit": "A", "score": goal}],
    )

    (reached,) = study["levers"]["after"].to_list()
    moved = after(qh.whatif(book, set={"z@A": reached}), book)
    assert moved["A"] == pytest.approx(goal, abs=1e-5)


def test_a_measure_that_asks_for_a_node_has_no_plan(tmp_path: Path) -> None:
    book = by_month(tmp_path / "book", "where(points(air) > 60, mean(months(m)), 20)")

    with pytest.raises(FindingsError) as error:
        study_of(
            book,
            "balance",
            levers=[{"unit": "A", "item": "z", "up": 20, "cost": 1}],
            reach=[{"unit": "A", "score": 99}],
        )

    assert {finding.code for finding in error.value.findings} == {"QH773"}


def test_errors_of_an_item_that_is_looked_at_month_by_month_are_told(tmp_path: Path) -> None:
    causes = {"noise": {"m": {"relative": "5%"}}}
    both = by_month(tmp_path / "both", "m / 2 + mean(months(m)) / 2")

    told = study_of(both, "robustness", causes=causes, runs=64).findings

    assert [finding.message("en") for finding in told if finding.code == "QH689"] == [
        "errors of m do not reach mean(months(m)): what is made of months or quarters stays as it is"
    ]
    with pytest.raises(qh.UsageError, match="month by month"):
        study_of(by_month(tmp_path / "alone", OF_MONTHS), "robustness", causes=causes, runs=64)


def test_backtest_counts_the_months_of_each_round(tmp_path: Path) -> None:
    book = by_month(tmp_path / "book", OF_MONTHS)

    places = study_of(book, "backtest")["places"]

    for of in ("2022", "2023"):
        ranked = dict(qh.score(book, round=of).ranking.select("unit", "place").rows())
        own = places.filter(places["round"] == of)
        assert dict(own.select("unit", "place").rows()) == ranked
