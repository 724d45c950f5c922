from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pytest
from tests.engine.replicates.agreement import joined_by

import quanheng as qh
from quanheng.data.book.book import Book
from quanheng.engine.results.score import score
from quanheng.scheme.gaps.policies import POLICIES
from quanheng.scheme.tree.scheme import Indicator
from quanheng.scheme.weights.aggregation import Geometric
from quanheng.studies.robustness.form import RobustnessForm
from quanheng.studies.robustness.study import run_drawn
from quanheng.studies.study import Study
from quanheng.studies.variants.edits import with_indicators

SCHEME = """quanheng: 1
id: three
title: {en: Three towns, zh: 三镇}
round: 2023
weights: relative
rounding: {total: 2}
tiers: [{name: A, top: 1}, {name: B}]
items: {x: {name: {en: growth, zh: 增速}}, y: {name: {en: safety, zh: 安全}}, z: {name: {en: air, zh: 空气}}}
defaults: {rule: {scale: {worst: 0, best: 100}}, gaps: {missing: redistribute}}
indicators:
  growth: {measure: x, weight: 2}
  rest:
    weight: 2
    children:
      safety: {measure: y, weight: 1}
      air: {measure: z, weight: 1}
"""
UNITS = "unit,name\nA,甲镇\nB,乙镇\nC,丙镇\n"
FIGURES = "unit,x,y,z\nA,80,50,60\nB,60,70,65\nC,30,,20\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return written(tmp_path)


def written(folder: Path, figures: str = FIGURES, scheme: str = SCHEME, units: str = UNITS) -> Book:
    (folder / "data").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    (folder / "units.csv").write_text(units, encoding="utf-8")
    (folder / "data" / "2023.csv").write_text(figures, encoding="utf-8")
    return qh.load(folder)


def codes(study: Study) -> list[str]:
    return [finding.code for finding in study.findings]


def rows(study: Study, table: str) -> list[dict[str, Any]]:
    return study[table].rows(named=True)


def test_given_weight_sets_are_run_one_by_one_and_counted(book: Book) -> None:
    # growth alone: A 80, B 60, C 30; the rest alone: A 55, B 67.5, C 20
    draws = nw.from_dict({"weights": ["growth", "rest", "rest", "rest"]}, backend="polars")
    sets: Mapping[str, Any] = {"growth": {"growth": 1, "rest": 0}, "rest": {"growth": 0, "rest": 1}}
    settings = RobustnessForm.model_validate(
        {"causes": {"weights": {"sets": sets}}, "leave_out": [], "keep": True}
    )

    study = run_drawn(book, settings, draws)

    scores = {(row["replicate"], row["unit"]): row["score"] for row in rows(study, "replicates")}
    assert (scores[1, "A"], scores[2, "A"], scores[2, "B"], scores[4, "C"]) == (80.0, 55.0, 67.5, 20.0)
    chances = {(row["unit"], row["place"]): row["share"] for row in rows(study, "chances")}
    assert chances == {("A", 1): 0.25, ("A", 2): 0.75, ("B", 1): 0.75, ("B", 2): 0.25, ("C", 3): 1.0}
    tiers = {(row["unit"], row["tier"]): row["share"] for row in rows(study, "tiers")}
    assert (tiers["A", "A"], tiers["B", "A"], tiers["C", "B"]) == (0.25, 0.75, 1.0)


def test_leaving_out_gives_the_weight_to_the_siblings(book: Book) -> None:
    study = qh.study.robustness(book, {"runs": 8})
    left_out = {row["code"]: row for row in rows(study, "left_out")}

    # as it is: A 67.5, B 63.75, C 25; without growth B leads, 67.5 to 55; without air A does, 65 to 65
    assert left_out["growth"]["first"] == "B"
    assert (left_out["growth"]["mean_shift"], left_out["growth"]["most"]) == (pytest.approx(2 / 3), 1)
    assert left_out["safety"]["first"] == "A"
    assert left_out["air"]["first"] == "A, B"


def test_something_is_left_out_though_nothing_is_drawn(book: Book) -> None:
    study = qh.study.robustness(book, {"runs": 8, "causes": {}})

    assert len(study["sensitivity"]) == 0
    assert next(row["first"] for row in rows(study, "left_out") if row["code"] == "growth") == "B"


def test_without_settings_weights_means_and_policies_vary_and_it_says_so(book: Book) -> None:
    study = qh.study.robustness(book, {"runs": 8, "leave_out": []})

    assert isinstance(study.settings, RobustnessForm)
    causes = study.settings.causes
    assert causes is not None
    assert causes.weights is not None
    assert causes.aggregation is not None
    assert causes.gaps is not None
    assert causes.weights.change == 0.25
    assert causes.aggregation.choices == ("arithmetic", "geometric")
    assert causes.gaps.nodes == ("safety",)
    assert "weights (±25%), aggregation (2 choices), missing figures (5 choices)" in study.sentences[0].en
    assert "权重（±25%）" in study.sentences[0].zh


def with_zero(indicator: Indicator) -> Indicator:
    return replace(indicator, gaps=replace(indicator.gaps, missing=POLICIES["zero"]))


def test_every_replicate_of_choices_is_a_full_scoring(book: Book) -> None:
    settings = {
        "runs": 16,
        "leave_out": [],
        "keep": True,
        "causes": {
            "gaps": {"choices": ["zero"]},
            "aggregation": {"choices": ["geometric"], "nodes": "total"},
        },
    }
    study = qh.study.robustness(book, settings)
    kept = {(row["replicate"], row["unit"]): row["score"] for row in rows(study, "replicates")}
    tried = set()
    for row in rows(study, "draws"):
        scheme = book.scheme
        if row["gaps"] == "zero":
            scheme = with_indicators(scheme, with_zero)
        if row["aggregation"] == "geometric":
            scheme = joined_by(scheme, {"total": Geometric()})
        ranking = score(replace(book, scheme=scheme)).ranking
        for unit, total in ranking.select("unit", "score").iter_rows():
            assert kept[row["replicate"], unit] == total
        tried.add((row["gaps"], row["aggregation"]))
    assert tried == {("own", "own"), ("own", "geometric"), ("zero", "own"), ("zero", "geometric")}


def test_a_choice_with_which_the_book_cannot_be_scored_is_left_out_by_name(book: Book) -> None:
    study = qh.study.robustness(
        book, {"runs": 8, "causes": {"gaps": {"choices": ["error", "zero"]}, "weights": {"change": "10%"}}}
    )

    assert codes(study).count("QH703") == 1
    (told,) = [finding for finding in study.findings if finding.code == "QH703"]
    assert "error" in told.message("en")
    assert "缺数处理" in told.message("zh")


def test_geometric_means_over_zeros_are_not_taken_and_named(tmp_path: Path) -> None:
    book = written(tmp_path, figures=FIGURES.replace("C,30,,20", "C,0,5,20"))
    study = qh.study.robustness(book, {"runs": 8, "leave_out": []})

    (told,) = [finding for finding in study.findings if finding.code == "QH704"]
    assert "1 dimensions" in told.message("en")
    assert "total" in told.message("en")


def test_a_cause_with_nothing_to_choose_is_told(book: Book) -> None:
    causes = {"aggregation": {"choices": ["arithmetic"]}, "weights": {"change": "10%"}}

    assert "QH705" in codes(qh.study.robustness(book, {"runs": 8, "causes": causes}))


def test_an_aggregation_that_all_dimensions_have_is_a_choice_beside_another_one(book: Book) -> None:
    causes = {"aggregation": {"own": False, "choices": ["arithmetic", "geometric"]}}
    study = qh.study.robustness(book, {"runs": 32, "leave_out": [], "keep": True, "causes": causes})

    assert set(study["draws"]["aggregation"].to_list()) == {"arithmetic", "geometric"}
    scores = {row["score"] for row in rows(study, "replicates") if row["unit"] == "A"}
    # the rest is 55 or √(50·60); the total of 80 and that the mean or the root of the product
    assert sorted(scores) == [66.2, 67.5]


def test_weights_that_each_unit_has_of_its_own_do_not_vary(tmp_path: Path) -> None:
    scheme = SCHEME.replace(
        "    weight: 2\n    children",
        "    weight: 2\n    weights: {bod: {least: 20%, most: 80%}}\n    children",
    )
    book = written(tmp_path, scheme=scheme, figures=FIGURES.replace("C,30,,20", "C,30,10,20"))
    study = qh.study.robustness(book, {"runs": 8})

    assert "QH706" in codes(study)
    assert {row["code"] for row in rows(study, "left_out")} == {"rest", "growth"}


def test_marks_by_a_formula_are_given_anew_with_other_weights(tmp_path: Path) -> None:
    # half of x in marks: of 100, 90 and 10 these are 50, 45 and 5, whatever a is worth
    draws = nw.from_dict({"weights": ["swapped"]}, backend="polars")
    sets = {"swapped": {"a": 40, "b": 60}}
    settings = RobustnessForm.model_validate(
        {"causes": {"weights": {"sets": sets}}, "leave_out": ["indicators"], "keep": True}
    )
    study = run_drawn(
        written(tmp_path, scheme=MARKED, figures="unit,x\nA,100\nB,90\nC,10\n"), settings, draws
    )

    scores = {row["unit"]: row["score"] for row in rows(study, "replicates")}
    assert scores == {"A": 50.0 + 60.0, "B": 45.0 + 30.0, "C": 5.0 + 0.0}
    assert "QH709" in codes(study)
    # without a there are percentiles alone, without b the marks of all 100: the same order
    assert {row["code"]: row["first"] for row in rows(study, "left_out")} == {"a": "A", "b": "A"}


MARKED = """\
quanheng: 1
id: marked
title: Marked
round: 2023
items: {x: {}}
indicators:
  a: {measure: x, weight: 60, rule: {marks: x / 2}}
  b: {measure: x, weight: 40, rule: percentile}
"""
ASKING = """\
quanheng: 1
id: asking
title: Asking
round: 2023
weights: relative
items: {x: {}, y: {}, z: {}}
defaults: {rule: {scale: {worst: 0, best: 100}}}
indicators:
  both: {measure: z + points(rest), weight: 1}
  rest: {weight: 1, children: {d: {measure: x, weight: 1}, e: {measure: y, weight: 1}}}
"""


def test_what_formulas_ask_of_dimensions_follows_weights(tmp_path: Path) -> None:
    # of x alone the rest is 40 and 10, and both 0 + 40 and 10 + 10; of y alone 10 and 60, and 10 and 70
    book = written(
        tmp_path, scheme=ASKING, figures="unit,x,y,z\nA,40,10,0\nB,10,60,10\n", units="unit\nA\nB\n"
    )
    sets = {"x": {"d": 1, "e": 0}, "y": {"d": 0, "e": 1}, "own": {}}
    settings = RobustnessForm.model_validate(
        {"causes": {"weights": {"sets": sets}}, "leave_out": ["indicators"], "keep": True}
    )
    study = run_drawn(book, settings, nw.from_dict({"weights": ["x", "y", "own"]}, backend="polars"))

    scores = {(row["replicate"], row["unit"]): row["score"] for row in rows(study, "replicates")}
    assert [scores[at, "A"] for at in (1, 2, 3)] == [40.0, 10.0, 25.0]
    assert [scores[at, "B"] for at in (1, 2, 3)] == [15.0, 65.0, 40.0]
    # without e it is the first of these, where A leads; without both or d, B does
    assert {row["code"]: row["first"] for row in rows(study, "left_out")} == {"both": "B", "d": "B", "e": "A"}
    assert "QH709" in codes(study)


def test_aggregations_that_formulas_ask_after_are_scored_anew(tmp_path: Path) -> None:
    # geometric: the rest is 20 and 24.49, both 20 and 34.49
    book = written(
        tmp_path, scheme=ASKING, figures="unit,x,y,z\nA,40,10,0\nB,10,60,10\n", units="unit\nA\nB\n"
    )
    causes = {"aggregation": {"nodes": ["rest"], "choices": ["geometric"]}}
    settings = RobustnessForm.model_validate({"causes": causes, "leave_out": [], "keep": True, "runs": 4})
    study = run_drawn(book, settings)

    assert {round(row["score"], 2) for row in rows(study, "replicates")} == {25.0, 40.0, 20.0, 29.49}


def test_what_formulas_ask_for_is_not_left_out_beside_marks_by_a_formula(tmp_path: Path) -> None:
    marks = "  m: {measure: x, weight: 1, rule: {marks: x / 2}}\n"
    scheme = ASKING.replace("weights: relative\n", "").replace("weight: 1}", "weight: 50}")
    scheme = scheme.replace("rest: {weight: 1,", "rest: {weight: 49,").replace(
        "y, weight: 50", "y, weight: 24"
    )
    scheme = scheme.replace("x, weight: 50", "x, weight: 25") + marks
    study = qh.study.robustness(
        written(tmp_path, scheme=scheme, figures="unit,x,y,z\nA,40,10,0\nB,10,60,10\n", units="unit\nA\nB\n"),
        {"runs": 4},
    )

    assert "QH723" in codes(study)
    assert {row["code"] for row in rows(study, "left_out")} == {"both", "d", "e", "m"}


def test_too_few_replicates_are_told(book: Book) -> None:
    study = qh.study.robustness(book, {"runs": 4, "causes": {"weights": {"change": "90%"}}})

    assert "QH707" in codes(study)
    assert any("too few" in sentence.en for sentence in study.sentences)


def test_a_table_of_chances_that_would_be_too_long_is_left_out(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quanheng.studies.robustness.told.summary.MOST_CHANCES", 2)

    study = qh.study.robustness(book, {"runs": 8})

    assert "QH708" in codes(study)
    assert "chances" not in [table.name for table in study.tables]


def test_errors_of_figures_move_scores_as_far_as_they_say(book: Book) -> None:
    settings = {"runs": 512, "leave_out": [], "keep": True, "causes": {"noise": {"x": {"absolute": 2}}}}
    study = qh.study.robustness(book, settings)
    scores = [row["score"] for row in rows(study, "replicates") if row["unit"] == "A"]

    # growth is half of the total and a point is a unit of x: a standard deviation of 2 becomes 1
    assert np.mean(scores) == pytest.approx(67.5, abs=0.2)
    assert np.std(scores) == pytest.approx(1.0, abs=0.1)


def test_the_same_seed_gives_the_same_study_and_another_one_another(book: Book) -> None:
    settings = {"runs": 32, "causes": {"weights": {"change": "60%"}, "noise": {"x": {"relative": "10%"}}}}
    one, same, other = (qh.study.robustness(book, settings, seed=seed) for seed in (1, 1, 2))

    assert rows(one, "sensitivity") == rows(same, "sensitivity")
    assert rows(one, "sensitivity") != rows(other, "sensitivity")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"causes": {"weights": {"change": "25%", "nodes": "grwth"}}}, "growth"),
        ({"causes": {"noise": {"w": {"relative": "5%"}}}}, "w"),
        ({"causes": {"noise": {"x": "revisions"}}}, "ever revised"),
        ({"units": ["D"]}, "D"),
        ({"causes": {}, "leave_out": []}, "nothing may be otherwise"),
    ],
)
def test_what_the_book_does_not_have_is_refused(book: Book, settings: dict[str, Any], told: str) -> None:
    with pytest.raises(qh.UsageError, match=told):
        qh.study.robustness(book, settings)


@pytest.mark.parametrize(
    ("draws", "told"),
    [
        ({"weight|grwth": [1.0]}, "growth"),
        ({"weight|growth|towns": [1.0]}, "towns"),
        ({"weight|growth": [-1.0]}, "0 or more"),
        ({"gaps": ["zreo"]}, "zero"),
        ({"ruel": ["1"]}, "column of draws"),
    ],
)
def test_draws_that_name_what_is_not_there_are_refused(
    book: Book, draws: dict[str, list[Any]], told: str
) -> None:
    settings = RobustnessForm.model_validate({"causes": {"gaps": {"choices": ["zero"]}}})

    with pytest.raises(qh.UsageError, match=told):
        run_drawn(book, settings, nw.from_dict(draws, backend="polars"))


def test_one_unit_and_one_indicator_have_nothing_to_be_otherwise(tmp_path: Path) -> None:
    scheme = SCHEME[: SCHEME.index("  rest:")]
    book = written(tmp_path, "unit,x\nA,80\n", scheme, "unit,name\nA,甲镇\n")

    with pytest.raises(qh.UsageError, match="nothing may be otherwise"):
        qh.study.robustness(book)


def test_one_unit_is_always_first(tmp_path: Path) -> None:
    book = written(tmp_path, "unit,x,y,z\nA,80,50,60\n", units="unit,name\nA,甲镇\n")
    study = qh.study.robustness(book, {"runs": 8})

    assert [(row["low"], row["high"], row["level_with"]) for row in rows(study, "places")] == [(1, 1, 1)]
    assert any("None of this moved any place" in sentence.en for sentence in study.sentences)


def test_a_unit_that_is_left_out_takes_its_extremes_with_it(tmp_path: Path) -> None:
    scheme = SCHEME.replace("scale: {worst: 0, best: 100}", "scale: {}")
    book = written(tmp_path, FIGURES.replace("C,30,,20", "C,30,10,20"), scheme)
    study = qh.study.robustness(book, {"runs": 8, "leave_out": ["units"]})

    assert [(row["kind"], row["code"]) for row in rows(study, "left_out")] == [
        ("unit", "A"),
        ("unit", "B"),
        ("unit", "C"),
    ]
