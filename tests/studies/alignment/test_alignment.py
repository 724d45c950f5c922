"""Two schemes side by side: who answers for what, weights, the district above; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.engine.books import book_of

from quanheng.data.book.book import Book
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.tree.scheme import Scheme
from quanheng.studies.alignment.form import AlignmentForm
from quanheng.studies.alignment.similarity import names_alike
from quanheng.studies.alignment.study import aligned, run
from quanheng.studies.read import settings_from
from quanheng.studies.study import Study

OURS = {
    "id": "ours",
    "round": "2023",
    "groups": {"towns": "Towns", "parks": "Parks"},
    "items": {
        "built": {"name": "Investment", "kind": "flow"},
        "speed": {"name": "Growth", "kind": "rate", "measured_in": "%"},
        "people": {},
        "parks_only": {},
    },
    "defaults": {"gaps": {"missing": "redistribute"}},
    "indicators": {
        "invest": {"name": "Investment", "measure": "built", "weight": 30, "rule": {"target": {"cap": 120}}},
        "pace": {
            "name": "Growth",
            "measure": "speed",
            "weight": 50,
            "rule": {"scale": {"worst": 0, "best": 10}},
        },
        "other": {
            "name": "Something else",
            "measure": "parks_only",
            "weight": 20,
            "rule": {"scale": {"worst": 0, "best": 10}},
        },
    },
    "marks": 100,
}
ABOVE = {
    "id": "above",
    "round": "2023",
    "items": {
        "built": {"kind": "flow"},
        "speed": {"kind": "rate", "measured_in": "%"},
        "births": {},
    },
    "indicators": {
        "whole": {
            "name": "Investment",
            "measure": "built",
            "weight": 60,
            "rule": {"bands": [[0, 0], [200, 100]]},
        },
        "growth": {
            "name": "Growth of output",
            "measure": "speed",
            "weight": 30,
            "rule": {"scale": {"worst": 0, "best": 10}},
        },
        "babies": {"measure": "births", "weight": 10, "rule": {"scale": {"worst": 0, "best": 1}}},
    },
}
FIGURES = {
    "built": [40.0, 60.0, 20.0],
    "speed": [4.0, 6.0, 8.0],
    "people": [1.0, 3.0, 4.0],
    "parks_only": [5.0, 5.0, 5.0],
}


def our_book() -> Book:
    units = ["A", "B", "C"]
    return book_of(
        scheme_from_mapping(OURS),
        units=pl.DataFrame({"unit": units, "name": units, "group": ["towns", "towns", "parks"]}),
        figures=[
            (item, unit, "2023", value)
            for item, values in FIGURES.items()
            for unit, value in zip(units, values, strict=True)
        ],
        targets=[("invest", "A", "2023", 50.0), ("invest", "B", "2023", 50.0), ("pace", "A", "2023", 6.0)],
    )


def above_scheme(**changes: object) -> Scheme:
    return scheme_from_mapping({**ABOVE, **changes})


def alignment(upper: Scheme | Book | None = None, **settings: object) -> Study:
    form = settings_from(settings, AlignmentForm)
    return aligned(our_book(), above_scheme() if upper is None else upper, form)


def codes_of(study: Study) -> set[str]:
    return {finding.code for finding in study.findings}


def rows_of(study: Study, table: str, key: str) -> Mapping[str, Mapping[str, Any]]:
    return {row[key]: row for row in study[table].rows(named=True)}


def test_names_are_as_alike_as_their_pairs_of_signs() -> None:
    # Gr ro ow wt th | Gr ro ow wt th ho of fo ou ut tp pu ut: 5 of 5 and 13
    assert names_alike(Text(en="Growth"), Text(en="Growth of output")) == pytest.approx(10 / 18)
    assert names_alike(Text(zh="一"), Text(zh="一")) == 0.0


def test_pairs_are_proposed_from_items_and_names_and_nothing_is_confirmed() -> None:
    study = alignment()

    rows = rows_of(study, "links", "upper")
    assert [rows[code]["lower"] for code in ("whole", "growth", "babies")] == ["invest", "pace", None]
    assert rows["growth"]["items_alike"] == 1.0
    assert rows["growth"]["likeness"] == pytest.approx((1 + 10 / 18) / 2)
    assert "QH792" in codes_of(study)
    assert any("Nothing of this map is confirmed" in text.en for text in study.sentences)


def test_a_map_confirms_and_leaves_others_to_proposals() -> None:
    links = [{"upper": "growth", "lower": ["pace", "other"]}, {"upper": "babies", "lower": []}]
    study = alignment(map=links)

    found = [(row["upper"], row["lower"], row["confirmed"]) for row in study["links"].rows(named=True)]
    assert found == [
        ("whole", "invest", False),
        ("growth", "pace", True),
        ("growth", "other", True),
        ("babies", None, True),
    ]
    assert "1 of 3 indicators above have nobody here" in study.sentences[0].en


def test_weights_stand_beside_each_other_by_group() -> None:
    study = alignment()

    rows = [row for row in study["weights"].rows(named=True) if row["group"] == "towns"]
    assert [(row["upper"], row["above"], row["ours"]) for row in rows] == [
        ("whole", pytest.approx(0.6), pytest.approx(0.3)),
        ("growth", pytest.approx(0.3), pytest.approx(0.5)),
        ("babies", pytest.approx(0.1), 0.0),
    ]
    idle = [(row["group"], row["lower"]) for row in study["serves_nothing"].rows(named=True)]
    assert idle == [("towns", "other"), ("parks", "other")]


def test_one_that_answers_for_two_is_parted_by_their_weights() -> None:
    links = [{"upper": "whole", "lower": ["pace"]}, {"upper": "growth", "lower": ["pace"]}]
    study = alignment(map=links)

    rows = [row for row in study["weights"].rows(named=True) if row["group"] == "parks"]
    assert [row["ours"] for row in rows][:2] == [pytest.approx(0.5 * 60 / 90), pytest.approx(0.5 * 30 / 90)]


def test_the_district_scores_above_what_its_units_add_up_to() -> None:
    study = alignment(totals=[{"item": "speed", "by": "weighted", "weight": "people"}])

    # built 40 + 60 + 20 = 120 of 200: 60 points. speed (4 + 18 + 32) / 8 = 6.75: 67.5 points
    # at the targets A builds 50: 130, 65 points; A grows by 6: (6 + 18 + 32) / 8 = 7: 70 points
    outlook = rows_of(study, "outlook", "upper")
    assert outlook["whole"]["points_now"] == pytest.approx(60)
    assert outlook["whole"]["points_then"] == pytest.approx(65)
    assert outlook["growth"]["points_now"] == pytest.approx(67.5)
    assert outlook["growth"]["points_then"] == pytest.approx(70)
    # weights 60 and 30 of the 90 that can be scored
    efforts = [(row["unit"], row["item"], row["gain"]) for row in study["effort"].rows(named=True)]
    assert efforts == [
        ("A", "built", pytest.approx(5 * 60 / 90)),
        ("A", "speed", pytest.approx(2.5 * 30 / 90)),
    ]
    assert "90.0% of the weight above can be scored" in study.sentences[-2].en
    assert {"QH794", "QH795"} <= codes_of(study)


def test_figures_of_the_district_and_its_targets_can_be_stated() -> None:
    scheme = above_scheme(
        indicators={
            "whole": {"measure": "built", "weight": 50, "rule": {"target": {"cap": 100}}},
            "babies": {"measure": "births", "weight": 50, "rule": {"scale": {"worst": 0, "best": 1}}},
        }
    )

    study = alignment(scheme, figures={"births": 0.5}, targets={"whole": 160})

    outlook = rows_of(study, "outlook", "upper")
    assert outlook["whole"]["points_now"] == pytest.approx(75)
    assert outlook["babies"]["points_now"] == pytest.approx(50)


def test_rules_that_look_at_peers_are_left_out_of_a_scheme_alone() -> None:
    indicators = {
        **ABOVE["indicators"],  # type: ignore[dict-item]  # a mapping of its own
        "growth": {"measure": "speed", "weight": 30, "rule": "percentile"},
    }

    study = alignment(above_scheme(indicators=indicators))

    assert "QH793" in codes_of(study)
    assert set(rows_of(study, "outlook", "upper")) == {"whole"}


def test_among_its_peers_the_district_has_a_place() -> None:
    units = ["X", "Y"]
    upper = book_of(
        above_scheme(),
        units=pl.DataFrame({"unit": units, "name": ["Ours", "Theirs"], "group": ["all", "all"]}),
        figures=[
            ("built", "X", "2023", 121.0),
            ("built", "Y", "2023", 125.0),
            ("speed", "X", "2023", 6.0),
            ("speed", "Y", "2023", 6.0),
            ("births", "X", "2023", 0.5),
            ("births", "Y", "2023", 0.5),
        ],
    )

    study = alignment(upper, district="Ours")

    assert "place 2 → 1" in study.sentences[-2].en
    # its own 121 is what counts above; ours say that it would rise by 10
    assert rows_of(study, "outlook", "upper")["whole"]["points_then"] == pytest.approx(131 / 2)


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"map": [{"upper": "hole", "lower": ["pace"]}]}, "QH790", "did you mean 'whole'"),
        ({"map": [{"upper": "whole", "lower": ["pac"]}]}, "QH790", "did you mean 'pace'"),
        ({"map": [{"upper": "whole"}, {"upper": "whole"}]}, "QH791", "mapped twice"),
        ({"totals": [{"item": "speed", "by": "weighted"}]}, "QH791", "is to be weighted"),
        ({"totals": [{"item": "bult"}]}, "QH790", "did you mean 'built'"),
        ({"figures": {"birth": 1}}, "QH790", "did you mean 'births'"),
        ({"targets": {"hole": 1}}, "QH790", "targets: indicator 'hole'"),
    ],
)
def test_what_names_nothing_is_refused(settings: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(FindingsError) as refused:
        alignment(**settings)

    assert code in refused.value.text("en")
    assert words in refused.value.text("en")


def test_a_scheme_of_several_groups_asks_for_one() -> None:
    upper = above_scheme(groups={"big": "Big", "small": "Small"})

    with pytest.raises(FindingsError, match="QH796"):
        alignment(upper)
    with pytest.raises(UsageError, match="no group above 'Bug'"):
        alignment(upper, upper_group="Bug")
    assert alignment(upper, upper_group="Big")["links"]["upper"].to_list() == ["whole", "growth", "babies"]


def test_a_book_above_asks_which_unit_is_the_district() -> None:
    with pytest.raises(UsageError, match="district"):
        alignment(our_book())


def test_other_rounds_and_other_items_are_told() -> None:
    scheme = above_scheme(
        round="2022",
        items={"x": {}},
        indicators={"i": {"measure": "x", "weight": 100, "rule": {"scale": {"worst": 0, "best": 1}}}},
    )

    study = alignment(scheme)

    assert {"QH798", "QH799"} <= codes_of(study)
    assert "outlook" not in [table.name for table in study.tables]


def test_without_targets_nothing_would_change() -> None:
    book = our_book()
    study = aligned(replace(book, targets=book.targets.head(0)), above_scheme(), AlignmentForm())

    assert "QH797" in codes_of(study)
    assert "No unit that falls short" in study.sentences[-1].en


def test_the_level_above_is_read_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name the scheme or the book"):
        run(our_book(), AlignmentForm())
    file = tmp_path / "above.yaml"
    file.write_text(
        "quanheng: 1\nid: above\ntitle: above\nround: 2023\nitems: {built: {}}\nindicators:\n"
        "  whole: {measure: built, weight: 100, rule: {bands: [[0, 0], [200, 100]]}}\n",
        encoding="utf-8",
    )

    study = run(our_book(), AlignmentForm(upper=str(file)))

    assert study["links"]["upper"].to_list() == ["whole"]
