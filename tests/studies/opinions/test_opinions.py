"""The study as a whole: its data, what stays out and is said, its tables, its settings."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.studies.small_book import small_book

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.studies.opinions.form import ALL_METHODS
from quanheng.studies.study import Study
from quanheng.usecase.studies.lay import settings_text

_SCHEME = """
quanheng: 1
id: small
title: small
round: 2023
groups: {all: 各单位}
weights: relative
items: {a: {}, b: {}, same: {}}
indicators:
  gain: {measure: a, weight: 2, rule: {scale: {worst: 0, best: 10}}, gaps: {missing: redistribute}}
  cost: {measure: b, weight: 1, rule: {scale: {worst: observed, best: observed, base: 10}}, direction: less}
  flat: {measure: same, weight: 1, rule: given}
"""
_DATA = """unit,group,a,b,same
A,all,9,1,50
B,all,6,2,50
C,all,,3,50
D,all,2,9,50
"""


@pytest.fixture
def small(tmp_path: Path) -> Study:
    return qh.study.opinions(small_book(tmp_path, _SCHEME, _DATA))


def _rows(study: Study, table: str) -> list[dict[str, Any]]:
    return study[table].rows(named=True)


def test_criteria_state_what_stands_for_each_indicator(small: Study) -> None:
    """A unit without a gap weighs 2, 1, 1 of 4; C without the gain 0, 1, 1 of 2."""
    columns = ("indicator", "weight", "stands", "better", "why", "gaps", "counts")

    assert [tuple(row[column] for column in columns) for row in _rows(small, "criteria")] == [
        ("gain", 0.375, "measure", "more", "anchors", 1, True),
        ("cost", 0.3125, "measure", "less", "direction", 0, True),
        ("flat", 0.3125, "measure", "more", "points", 0, False),
    ]


def test_a_constant_indicator_and_gaps_are_told(small: Study) -> None:
    texts = {finding.code: finding.text("en") for finding in small.findings}

    assert "flat is the same for all units" in texts["QH733"]
    assert "1 units of 各单位 lack some of the criteria" in texts["QH734"]


def test_weights_of_gaps_go_where_the_scheme_sends_them(small: Study) -> None:
    """C is rated on cost alone: 2/8 of the way from the best; A and B on gain (2/3) and cost (1/3)."""
    by_unit = {row["unit"]: row for row in _rows(small, "scores")}

    assert by_unit["A"]["topsis_minmax"] == 1.0
    assert by_unit["D"]["topsis_minmax"] == 0.0
    assert by_unit["C"]["topsis_minmax"] == pytest.approx(0.75)
    near, far = math.hypot(2 / 3 * 3 / 7, 1 / 3 / 8), math.hypot(2 / 3 * 4 / 7, 1 / 3 * 7 / 8)
    assert by_unit["B"]["topsis_minmax"] == pytest.approx(far / (near + far))


def test_places_agreement_and_concordance_go_together(small: Study) -> None:
    places = small["places"].to_native()
    agreement = small["agreement"].to_native()
    (one,) = _rows(small, "concordance")

    assert places["scheme"].to_list() == sorted(places["scheme"].to_list())
    names = agreement["method"].to_list()
    assert names == ["scheme", *ALL_METHODS]
    matrix = agreement.select(names).to_numpy()
    assert (matrix == matrix.T).all()
    assert matrix.diagonal().tolist() == [1.0] * len(names)
    assert (one["units"], one["opinions"]) == (4, 12)
    assert 0.8 < one["kendall_w"] <= 1.0


def test_the_compromise_set_is_in_its_table_and_in_a_sentence(small: Study) -> None:
    (conditions,) = _rows(small, "vikor_conditions")
    members = [row["unit"] for row in _rows(small, "vikor") if row["in_set"]]

    assert conditions["first"] == members[0] == "A"
    assert conditions["compromise"] == len(members)
    assert conditions["needed"] == pytest.approx(1 / 3)
    assert any(sentence.en.startswith("VIKOR proposes A") for sentence in small.sentences)


def test_methods_not_defined_on_the_data_stay_out_by_name(tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA.replace("A,all,9,1", "A,all,-1,0"))

    study = qh.study.opinions(book)

    out = {row["method"]: row["left_out"] for row in _rows(study, "methods") if row["left_out"]}
    assert out == dict.fromkeys(["product", "copras", "aras", "geometric", "harmonic"], "QH730")
    assert "product" not in study["places"].columns
    assert any("left out: weighted product, COPRAS, ARAS" in sentence.en for sentence in study.sentences)

    rescaled = qh.study.opinions(book, {"rescale": True})
    counts = {row["method"]: row["rescaled"] for row in _rows(rescaled, "methods") if row["rescaled"]}
    assert counts == dict.fromkeys(["product", "copras", "aras", "geometric", "harmonic"], 2)
    assert not [row for row in _rows(rescaled, "methods") if row["left_out"]]


def test_a_policy_that_gives_points_makes_points_stand_for_the_indicator(tmp_path: Path) -> None:
    scheme = _SCHEME.replace("{missing: redistribute}", "{missing: zero}")

    study = qh.study.opinions(small_book(tmp_path, scheme, _DATA))

    gain = _rows(study, "criteria")[0]
    assert (gain["stands"], gain["why"], gain["gaps"], gain["least"]) == ("points", "policy", 0, 0.0)


def test_points_everywhere_if_the_settings_ask_for_them(tmp_path: Path) -> None:
    study = qh.study.opinions(small_book(tmp_path, _SCHEME, _DATA), {"basis": "points", "methods": "vikor"})

    assert {row["stands"] for row in _rows(study, "criteria")} == {"points"}
    assert study["agreement"]["method"].to_list() == ["scheme", "vikor"]


def test_groups_are_scored_apart_and_small_ones_left_out(tmp_path: Path) -> None:
    scheme = _SCHEME.replace("groups: {all: 各单位}", "groups: {north: 北, south: 南}")
    data = "unit,group,a,b,same\nA,north,9,1,50\nB,north,6,2,50\nC,south,1,3,50\n"

    study = qh.study.opinions(small_book(tmp_path, scheme, data))

    assert set(study["places"]["group"].to_list()) == {"north"}
    assert [finding.code for finding in study.findings if finding.severity == "warning"] == ["QH736"]


def test_nothing_to_put_in_order_is_refused(tmp_path: Path) -> None:
    data = "unit,group,a,b,same\nA,all,9,1,50\n"

    with pytest.raises(qh.UsageError, match="no group has two ranked units"):
        qh.study.opinions(small_book(tmp_path, _SCHEME, data))


def test_units_without_a_place_take_no_part(tmp_path: Path) -> None:
    scheme = _SCHEME.replace("weights: relative", "weights: relative\ngaps: {at_least: 80%}")

    study = qh.study.opinions(small_book(tmp_path, scheme, _DATA))

    assert study["places"]["unit"].to_list() == ["A", "B", "D"]
    assert "QH735" in {finding.code for finding in study.findings}


def test_thresholds_that_cross_are_an_error(tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA)

    with pytest.raises(qh.FindingsError, match="QH738"):
        qh.study.opinions(book, {"preference": "linear", "indifference": 0.5, "strict": 0.2})


def test_units_whose_name_is_the_same_stay_apart_in_the_chart(tmp_path: Path) -> None:
    small_book(tmp_path, _SCHEME, _DATA)
    units = tmp_path / "units.csv"
    text = units.read_text(encoding="utf-8")
    units.write_text(text.replace("B,B,", "B,same,").replace("C,C,", "C,same,"), encoding="utf-8")

    study = qh.study.opinions(qh.load(tmp_path))

    (chart,) = [chart for chart in study.charts if chart.name == "places"]
    assert {row["row"] for row in chart.definition["data"]["values"]} >= {"same (B)", "same (C)"}


@pytest.mark.parametrize("name", ["index-51", "district-2023", "enterprises", "hdi-2022"])
def test_example_books_have_no_empty_number_but_of_methods_left_out(name: str) -> None:
    study = qh.study.opinions(qh.load(path_of_example(name)))

    for table in study.tables:
        for column in table.rows.to_native().select(pl.selectors.float()).iter_columns():
            assert column.is_finite().all(), (table.name, column.name)
    out = {row["method"] for row in _rows(study, "methods") if row["left_out"]}
    places = study["places"].to_native()
    assert {column for column in places.columns if places[column].null_count()} <= out


def test_adjustments_that_the_methods_do_not_see_are_told() -> None:
    study = qh.study.opinions(qh.load(path_of_example("district-2023")), {"methods": ["arithmetic"]})

    told = [finding.text("en") for finding in study.findings if finding.code == "QH737"]
    assert any("bonus and penalty marks" in text for text in told)
    assert any("the year's reviews" in text for text in told)


def test_settings_written_out_give_the_same_again(tmp_path: Path) -> None:
    book = qh.load(path_of_example("index-51"))
    first = qh.study.opinions(book, {"preference": "linear", "strict": "50%", "most": 3})
    file = tmp_path / "study.yaml"
    file.write_text(settings_text(first), encoding="utf-8")

    again = qh.study.opinions(book, file)

    assert again.settings == first.settings
    for one, two in zip(first.tables, again.tables, strict=True):
        assert one.rows.to_native().equals(two.rows.to_native(), null_equal=True)
