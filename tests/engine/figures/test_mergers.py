"""Units that went into others: what the whole has, before and after (units §4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.assessments import Assessment

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.each_round import score_panel
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.periods.stretch import stretch_of

UNITS = "unit,name,group,to,into\na,Ash,towns,,\nb,Birch,towns,2022-06-30,a\nc,Cedar,towns,,\n"
ITEMS = "{x: {merge: sum}, r: {kind: rate, merge: {mean: x}}, m: {merge: max}, t: {count: tasks}}"
DATA = """\
unit,period,x,r,m
a,2021,60,10,7
b,2021,40,20,9
c,2021,50,5,3
a,2022,120,15,8
c,2022,60,6,2
a,2023,150,16,6
c,2023,66,7,1
"""
LEDGER = (("tasks", "unit\na\nb\nb\nc\n"),)


def book(folder: Path, measure: str, *, data: str = DATA, items: str = ITEMS, more: str = "") -> Book:
    scheme = f"""\
groups: {{towns: {{}}}}
items: {items}
{more}
indicators:
  k: {{measure: "{measure}", weight: 100, rule: {{given: {{range: [-1000000, 1000000]}}}}}}
"""
    made = Assessment(name="merged", scheme=scheme, data=data, units=UNITS, ledgers=LEDGER)
    return made.loaded(folder)


def measures(of: Book, round: str) -> dict[str, float]:  # noqa: A002 - the word of the language
    return dict(score(of, round=round).wide.select("unit", "measure|k").rows())


def test_before_the_merger_there_are_two(tmp_path: Path) -> None:
    assert measures(book(tmp_path, "x"), "2021") == {"a": 60, "b": 40, "c": 50}


def test_growth_across_the_merger_is_of_the_whole(tmp_path: Path) -> None:
    # 120 after 60 + 40; 60 after 50
    found = measures(book(tmp_path, "growth(x)"), "2022")

    assert found == pytest.approx({"a": 0.2, "c": 0.2}) or found == pytest.approx({"a": 20, "c": 20})


def test_two_years_later_the_past_is_still_that_of_the_whole(tmp_path: Path) -> None:
    # 150 now, 60 and 40 then
    assert measures(book(tmp_path, "x - lag(x, 2y)"), "2023") == {"a": 50, "c": 16}


def test_a_mean_is_weighted_by_another_item(tmp_path: Path) -> None:
    # 10 weighs 60, 20 weighs 40
    assert measures(book(tmp_path, "lag(r, 1y)"), "2022") == {"a": 14, "c": 5}


def test_the_greatest_of_the_parts(tmp_path: Path) -> None:
    assert measures(book(tmp_path, "lag(m, 1y)"), "2022") == {"a": 9, "c": 3}


def test_records_go_along(tmp_path: Path) -> None:
    loaded = book(tmp_path, "t")

    assert measures(loaded, "2021") == {"a": 1, "b": 2, "c": 1}
    assert measures(loaded, "2022") == {"a": 3, "c": 1}


def test_a_part_that_is_missing_leaves_the_whole_open(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        measures(book(tmp_path, "lag(x, 1y)", data=DATA.replace("b,2021,40", "b,2021,")), "2022")

    told = [str(each) for each in error.value.findings if each.code == "QH541"]
    assert len(told) == 1
    assert "'a'" in told[0] or " a" in told[0]


def test_what_does_not_apply_to_a_part_leaves_the_other(tmp_path: Path) -> None:
    found = measures(book(tmp_path, "lag(x, 1y)", data=DATA.replace("b,2021,40", "b,2021,/")), "2022")

    assert found == {"a": 60, "c": 50}


def test_the_explanation_names_the_cells_of_both(tmp_path: Path) -> None:
    told = score(book(tmp_path, "x - lag(x, 1y)"), round="2022").explain("a", "k").text("en")

    assert "data/figures.csv!2:x + b: data/figures.csv!3:x" in told


def test_rounds_together_are_what_each_is_alone(tmp_path: Path) -> None:
    loaded = book(tmp_path, "x - lag(x, 1y)", data=DATA + "a,2020,50,1,1\nb,2020,30,1,1\nc,2020,20,1,1\n")
    years = ["2021", "2022", "2023"]

    panel = score_panel(loaded, years)
    together = score_rounds(loaded, {year: stretch_of(year) for year in years}, lenient=False)

    for year in years:
        alone = measures(loaded, year)
        assert dict(panel.results[year].wide.select("unit", "measure|k").rows()) == alone
        rows = together.wide.select("round", "unit", "measure|k").rows()
        assert {unit: value for of, unit, value in rows if of == year} == alone
    assert measures(loaded, "2021") == {"a": 10, "b": 10, "c": 30}
    assert measures(loaded, "2022") == {"a": 20, "c": 10}


def test_scored_again_the_whole_stays_what_it_is(tmp_path: Path) -> None:
    result = score(book(tmp_path, "x - lag(x, 1y)"), round="2022")
    assert result.book is not None

    assert measures(result.book, "2022") == {"a": 20, "c": 10}


@given(values=st.lists(st.integers(0, 10**6), min_size=3, max_size=3))
@settings(max_examples=10)
def test_a_sum_is_the_sum_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, values: list[int]
) -> None:
    first, second, third = values
    rows = [
        f"a,2021,{first}\n",
        f"b,2021,{second}\n",
        f"c,2021,{third}\n",
        "a,2022,1\nc,2022,1\na,2023,1\nc,2023,1\n",
    ]
    found = [
        measures(
            book(
                tmp_path_factory.mktemp("sum"),
                "lag(x, 1y)",
                data="unit,period,x\n" + "".join(order),
                items="{x: {merge: sum}, t: {count: tasks}}",
            ),
            "2022",
        )
        for order in (rows, rows[::-1])
    ]

    assert found == [{"a": first + second, "c": third}] * 2


def test_an_item_without_a_rule_is_told(tmp_path: Path) -> None:
    loaded = book(tmp_path, "x", items="{x: {}, r: {kind: rate, merge: {mean: x}}, m: {merge: max}}")

    told = [(each.code, each.facts["item"]) for each in loaded.findings if each.code == "QH678"]
    assert told == [("QH678", "x")]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ("{x: {}, r: {kind: rate, merge: sum}, m: {}}", "QH863"),
        ("{x: {}, r: {kind: rate, merge: {mean: y}}, m: {}}", "QH864"),
    ],
)
def test_misuse_is_told(tmp_path: Path, items: str, code: str) -> None:
    with pytest.raises(FindingsError) as error:
        book(tmp_path, "x", items=items)

    assert code in [each.code for each in error.value.findings]


def test_several_rounds_are_not_looked_at_together_across_a_merger(tmp_path: Path) -> None:
    loaded = book(tmp_path, "x", more="rule: {ratio: {ref: best}}\nover: 2021..2022")

    with pytest.raises(FindingsError) as error:
        score(load(loaded.path or tmp_path), round="2022")

    assert "QH866" in [each.code for each in error.value.findings]
