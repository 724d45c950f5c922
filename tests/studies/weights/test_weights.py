"""The study as a whole: each method as a scheme would have it, what stays out, judgements and their steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.studies.small_book import small_book

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.weights.methods import Equal
from quanheng.studies.study import Study
from quanheng.studies.variants.edits import with_method
from quanheng.studies.weights.chosen import chosen_nodes, judged_nodes
from quanheng.studies.weights.form import WeightsForm
from quanheng.studies.weights.sensitivity import moved_by_steps
from quanheng.studies.weights.weighed import judged_scheme
from quanheng.usecase.studies.lay import settings_text

_SCHEME = """
quanheng: 1
id: small
title: small
round: 2023
groups: {all: 各单位}
weights: relative
items: {a: {}, b: {}, c: {}, d: {}}
indicators:
  first: {measure: a, weight: 3, rule: given}
  second: {measure: b, weight: 1, rule: given}
  third: {measure: c, weight: 1, rule: given}
  watched: {measure: d, weight: 0, rule: given}
"""
_DATA = """unit,group,a,b,c,d
A,all,90,10,30,0
B,all,60,50,10,90
C,all,30,95,40,95
D,all,10,20,90,99
"""
_JUDGEMENTS = {
    "total": {"order": ["first", "second", "third"], "matrix": [[1, 3, "1/4"], ["1/3", 1, 2], [4, "1/2", 1]]}
}


def _rows(study: Study, table: str) -> list[dict[str, Any]]:
    return study[table].rows(named=True)


def test_equal_weights_by_hand_and_watched_indicators_stay_out(tmp_path: Path) -> None:
    """First, second, third weigh 3, 1, 1 in the scheme and 1, 1, 1 by the method; the fourth nothing."""
    study = qh.study.weights(small_book(tmp_path, _SCHEME, _DATA), {"methods": "equal"})

    assert [(row["child"], row["scheme"], row["equal"]) for row in _rows(study, "weights")] == [
        ("first", 0.6, pytest.approx(1 / 3)),
        ("second", 0.2, pytest.approx(1 / 3)),
        ("third", 0.2, pytest.approx(1 / 3)),
        ("watched", 0.0, None),
    ]
    scores = {row["unit"]: (row["scheme"], row["equal"]) for row in _rows(study, "scores")}
    assert scores == {
        "A": (62.0, pytest.approx(130 / 3)),
        "B": (48.0, pytest.approx(40.0)),
        "C": (45.0, pytest.approx(55.0)),
        "D": (28.0, pytest.approx(40.0)),
    }
    assert [(row["unit"], row["scheme"], row["equal"]) for row in _rows(study, "places")] == [
        ("A", 1, 2),
        ("B", 2, 3),
        ("C", 3, 1),
        ("D", 4, 3),
    ]
    (effect,) = _rows(study, "effects")
    assert (effect["moved"], effect["mean_shift"], effect["farthest"], effect["unit"]) == (4, 1.25, 2, "C")
    assert {finding.code for finding in study.findings} == {"QH745"}


@pytest.mark.parametrize("word", ["entropy", "critic", "std", "pca", "bod"])
def test_a_method_gives_what_a_scheme_with_that_method_gives(word: str, tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA)
    scheme = _SCHEME.replace("weights: relative", f"weights: {word}").replace(
        "  watched: {measure: d, weight: 0, rule: given}\n", ""
    )
    (tmp_path / "other").mkdir()
    written = qh.score(small_book(tmp_path / "other", scheme, _DATA)).ranking.to_native()

    study = qh.study.weights(book, {"methods": word})

    ours = study["scores"].to_native().sort("unit")
    assert ours[word].to_list() == pytest.approx(written.sort("unit")["score"].to_list())
    assert study["places"].to_native().sort("unit")[word].to_list() == written.sort("unit")["place"].to_list()


def test_judgements_by_hand_and_the_one_that_contradicts_most(tmp_path: Path) -> None:
    study = qh.study.weights(
        small_book(tmp_path, _SCHEME, _DATA), {"methods": "ahp", "judgements": _JUDGEMENTS}
    )

    (consistency,) = _rows(study, "consistency")
    assert consistency["contradicts"]
    assert consistency["ratio"] > 0.1
    rows = _rows(study, "judgements")
    (most,) = [row for row in rows if row["contradicts_most"]]
    assert most["ratio_mended"] == min(row["ratio_mended"] for row in rows)
    (finding,) = [finding for finding in study.findings if finding.code == "QH743"]
    assert f"{most['mended']:.4g}" in finding.text("en")
    weights = {row["child"]: row["ahp"] for row in _rows(study, "weights")}
    # the geometric means of the rows, which of three are the eigenvector
    raw = [(3 / 4) ** (1 / 3), (2 / 3) ** (1 / 3), 2 ** (1 / 3)]
    assert [weights[code] for code in ("first", "second", "third")] == pytest.approx(
        [each / sum(raw) for each in raw]
    )
    assert weights["watched"] == 0.0


def test_a_step_in_a_judgement_is_a_full_scoring_with_that_judgement(tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA)
    settings = WeightsForm.model_validate({"judgements": _JUDGEMENTS})
    judged = judged_nodes(book.scheme, settings)

    found = moved_by_steps(book, judged)

    before = _places(book, judged_scheme(book.scheme, judged))
    assert [(each.first, each.second, each.changed) for each in found] == [
        ("first", "second", 4.0),
        ("first", "second", 2.0),
        ("first", "third", pytest.approx(1 / 3)),
        ("first", "third", pytest.approx(1 / 5)),
        ("second", "third", 3.0),
        ("second", "third", 1.0),
    ]
    for each in found:
        matrix = [list(row) for row in judged[0].method.matrix]
        order = judged[0].method.order
        row, column = order.index(each.first), order.index(each.second)
        matrix[row][column], matrix[column][row] = each.changed, 1 / each.changed
        method = replace(judged[0].method, matrix=tuple(map(tuple, matrix)))
        after = _places(book, judged_scheme(book.scheme, [replace(judged[0], method=method)]))
        assert each.moved == sum(before[unit] != after[unit] for unit in before)
        if each.unit is not None:
            assert (each.before, each.after) == (before[each.unit], after[each.unit])


def _places(book: qh.Book, scheme: qh.Scheme) -> dict[str, int]:
    ranking = qh.score(replace(book, scheme=scheme)).ranking
    return dict(zip(ranking["unit"].to_list(), ranking["place"].to_list(), strict=True))


@pytest.mark.parametrize(
    ("judgements", "code"),
    [
        ({"total": {"order": ["first", "second"], "matrix": [[1, 2], ["1/2", 1]]}}, "QH246"),
        ({"total": {"order": ["first", "second", "third"], "matrix": [[1, 2], ["1/2", 1]]}}, "QH247"),
        ({"total": {"matrix": [[1, 2, 3], [2, 1, 1], ["1/3", 1, 1]]}}, "QH248"),
    ],
)
def test_judgements_that_are_no_matrix_of_comparisons_are_errors(
    judgements: dict[str, Any], code: str, tmp_path: Path
) -> None:
    with pytest.raises(qh.FindingsError, match=code):
        qh.study.weights(small_book(tmp_path, _SCHEME, _DATA), {"judgements": judgements})


def test_what_is_named_has_to_be_a_dimension(tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA)

    with pytest.raises(qh.UsageError, match="'first' is an indicator"):
        qh.study.weights(book, {"nodes": ["first"]})
    with pytest.raises(qh.UsageError, match="did you mean 'first'"):
        qh.study.weights(book, {"nodes": ["furst"]})
    with pytest.raises(qh.UsageError, match="nothing to weigh"):
        qh.study.weights(book, {"levels": [3]})


def test_a_method_that_cannot_be_had_is_left_out_by_name(tmp_path: Path) -> None:
    """Entropy cannot weigh negative points; nobody has judged; a least part of 40 % is too much for three."""
    scheme = _SCHEME.replace(
        "{measure: b, weight: 1, rule: given}", "{measure: b, weight: 1, rule: {zscore: {center: 0}}}"
    )

    study = qh.study.weights(
        small_book(tmp_path, scheme, _DATA),
        {"methods": ["entropy", "std", "bod", "ahp"], "bod": {"least": "40%"}},
    )

    codes = [finding.code for finding in study.findings]
    assert {"QH740", "QH744", "QH747"} <= set(codes)
    assert study["agreement"]["method"].to_list() == ["scheme", "std"]
    (refused,) = [finding for finding in study.findings if finding.code == "QH740"]
    assert refused.text("en").count("Entropy weights is left out")


def test_a_group_in_which_a_method_sees_no_difference_is_left_out_there(tmp_path: Path) -> None:
    scheme = _SCHEME.replace("groups: {all: 各单位}", "groups: {north: 北, south: 南}")
    data = _DATA.replace(",all,", ",north,") + "E,south,90,10,30,0\nF,south,90,10,30,7\n"

    study = qh.study.weights(small_book(tmp_path, scheme, data), {"methods": ["std", "equal"]})

    (told,) = [finding for finding in study.findings if finding.code == "QH741"]
    assert "in 南: 2 units have points for all children of" in told.text("en")
    south = [row for row in _rows(study, "places") if row["group"] == "south"]
    assert [(row["unit"], row["std"], row["equal"]) for row in south] == [("E", None, 1), ("F", None, 1)]
    assert {finding.code for finding in study.findings} >= {"QH742"}


def test_nodes_and_levels_choose_where_children_are_weighed_anew() -> None:
    scheme = qh.load(path_of_example("index-51")).scheme

    def codes(**settings: object) -> list[str]:
        return [node.code for node in chosen_nodes(scheme, WeightsForm.model_validate(settings))]

    assert codes(levels=1) == ["reach", "endurance"]
    assert codes(nodes="people", levels=[0]) == ["total", "people"]
    assert len(codes()) == 11


def test_a_watched_child_of_one_group_alone_is_left_out_there() -> None:
    leaf = {"measure": "x", "rule": "given"}
    scheme = scheme_from_mapping(
        {
            "groups": {"n": "N", "s": "S"},
            "weights": "relative",
            "items": {"x": {}},
            "indicators": {
                "one": {**leaf, "weight": 1},
                "two": {"weight": {"n": 0, "s": 1}, "children": {"deep": {**leaf, "weight": 1}}},
            },
            "ties": {"break_by": ["two"]},
        }
    )

    changed = with_method(scheme, ["total"], Equal())

    assert {node.code: node.groups for node in changed.nodes} == {
        "total": ("n", "s"),
        "one": ("n", "s"),
        "two": ("s",),
        "deep": ("s",),
    }


def test_the_scheme_s_own_judgements_are_studied_too(tmp_path: Path) -> None:
    matrix = "{ahp: {matrix: [[1, 2, 4], [1/2, 1, 2], [1/4, 1/2, 1]]}}"
    scheme = _SCHEME.replace("weights: relative", f"weights: {matrix}").replace(
        "  watched: {measure: d, weight: 0, rule: given}\n", ""
    )

    study = qh.study.weights(small_book(tmp_path, scheme, _DATA), {"methods": ["equal", "ahp"]})

    (consistency,) = _rows(study, "consistency")
    assert (consistency["ratio"], consistency["given"]) == (pytest.approx(0, abs=1e-9), False)
    assert len(_rows(study, "sensitivity")) == 6
    assert any(sentence.en.startswith("The judgements are consistent") for sentence in study.sentences)


def test_settings_written_out_give_the_same_again(tmp_path: Path) -> None:
    book = small_book(tmp_path, _SCHEME, _DATA)
    first = qh.study.weights(book, {"judgements": _JUDGEMENTS, "bod": {"least": "10%"}, "levels": 0})
    file = tmp_path / "study.yaml"
    file.write_text(settings_text(first), encoding="utf-8")

    again = qh.study.weights(book, file)

    assert again.settings == first.settings
    for one, two in zip(first.tables, again.tables, strict=True):
        assert one.rows.to_native().equals(two.rows.to_native(), null_equal=True)


@pytest.mark.parametrize("name", ["hdi-2022", "enterprises"])
def test_example_books_are_weighed_by_every_method(name: str) -> None:
    study = qh.study.weights(qh.load(path_of_example(name)))

    assert {finding.code for finding in study.findings} <= {"QH740", "QH741", "QH742", "QH744", "QH745"}
    assert {"equal", "std", "critic", "pca"} <= set(study["agreement"]["method"].to_list())
