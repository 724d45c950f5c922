"""The charts of a result: what they show adds up, and nobody sees what is not for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.subjects import subject
from tests.documents.units.hostile import BOOK as HOSTILE

from quanheng.documents.compose.charts.kinds import DRAWINGS, Asked, ChartKind, charts_of
from quanheng.documents.compose.charts.made_of import made_of
from quanheng.documents.studied import Certainty, Robustness, Studies
from quanheng.documents.subject import Subject
from quanheng.engine.results.score import score
from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.weights.aggregation import Geometric
from quanheng.studies.charts.chart import Chart


def drawn(kind: ChartKind, asked: Asked) -> list[Chart]:
    return [made for made in charts_of(kind, asked) if isinstance(made, Chart)]


def told(kind: ChartKind, asked: Asked) -> list[str]:
    return [made.code for made in charts_of(kind, asked) if isinstance(made, Finding)]


def test_totals_are_made_of_dimensions_and_marks(tmp_path: Path) -> None:
    result = subject(tmp_path).result
    table = made_of(result, result.scheme.groups[0])

    # A: work 90·36 + order... economy 60 % of 90 = 54, order 40 % of 80 = 32, bonus 2
    assert [code for code, _ in table.parts] == ["economy", "order", "marks given"]
    assert {row[0]: row[2:] for row in table.rows.rows()} == {
        "A": (54.0, 32.0, 2.0, 0.0, 88.0),
        "B": (51.0, 24.0, 0.0, 0.0, 75.0),
        "C": (42.0, 38.0, 0.0, 0.0, 80.0),
    }


def test_the_waterfall_goes_from_the_mean_of_the_group_to_the_unit(tmp_path: Path) -> None:
    (chart,) = drawn("waterfall", Asked(subject=subject(tmp_path), units=["A"]))

    # means: economy 49, order 31.33, marks 0.67, total 81: +5, +0.67, +1.33 make 7
    assert [row[1:] for row in chart.cells.rows] == [
        *((None, 81.0), (5.0, 86.0), (0.67, 86.67), (1.33, 88.0), (None, 88.0)),
    ]
    assert chart.name == "waterfall-1-A"
    assert chart.sentence.zh.startswith("甲镇与本组平均分相比高7.00分，拉高最多的是经济（+5.00）")


def test_every_kind_is_drawn_for_the_office(tmp_path: Path) -> None:
    asked = Asked(subject=subject(tmp_path))

    assert [chart.name for chart in drawn("ranking_bars", asked)] == ["scores-towns-0"]
    assert [chart.name for chart in drawn("stacked_parts", asked)] == ["parts-towns-0"]
    assert [chart.name for chart in drawn("small_multiples", asked)] == [
        "dimensions-towns-0",
        "dimensions-parks-0",
    ]
    assert [chart.name for chart in drawn("moves", asked)] == ["moves-towns"]
    assert [chart.name for chart in drawn("scatter", asked)] == ["rounds-towns"]
    assert len(drawn("waterfall", asked)) == 4
    assert told("lights", asked) == ["QH832"]
    assert told("interval_dots", asked) == ["QH838"]


def test_intervals_come_from_the_study_beside_the_result(tmp_path: Path) -> None:
    own = subject(tmp_path)
    units = {
        code: Certainty(place=place, low=low, high=high)
        for code, place, low, high in (("A", 1, 1, 2), ("C", 2, 1, 3), ("B", 3, 3, 3), ("P", 1, 1, 1))
    }
    study = Robustness(level=0.9, replicates=10, varied=Text(en="weights"), units=units)
    (chart,) = drawn("interval_dots", Asked(subject=replace(own, studies=Studies(robustness=study))))

    assert list(chart.cells.rows) == [("A", "甲镇", 1, 1, 2), ("C", "丙镇", 2, 1, 3), ("B", "乙镇", 3, 3, 3)]
    assert chart.sentence.zh.startswith("3个单位中1个的位次确定；区间最宽的是丙镇（1—3位）；线段为90%")


@pytest.mark.parametrize(
    "kind", [kind for kind in DRAWINGS if kind not in {"ranking_bars", "interval_dots", "lights"}]
)
def test_the_public_sees_what_is_published_only(kind: ChartKind, tmp_path: Path) -> None:
    hidden = Asked(subject=subject(tmp_path, audience="public"))
    scheme = replace(hidden.subject.result.scheme, publish=frozenset(DRAWINGS[kind].parts))
    shown = Asked(subject=replace(hidden.subject, result=replace(hidden.subject.result, scheme=scheme)))

    assert (drawn(kind, hidden), told(kind, hidden)) == ([], ["QH830"])
    assert drawn(kind, shown)


def test_a_unit_sees_its_waterfall_and_no_other(tmp_path: Path) -> None:
    hostile = Subject(result=score(HOSTILE.loaded(tmp_path)), record={}, audience="unit")
    asked = Asked(subject=hostile, units=["T07"])

    (chart,) = drawn("waterfall", asked)
    assert not [name for name in ("并列8", "乙局") if name in repr(chart)]
    for kind in DRAWINGS:
        if kind != "waterfall":
            assert (drawn(kind, asked), told(kind, asked)) == ([], ["QH837"])


@pytest.mark.parametrize("kind", ["ranking_bars", "stacked_parts"])
def test_parts_of_one_chart_have_one_scale(
    kind: ChartKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quanheng.documents.compose.charts.scores.MOST", 2)

    charts = drawn(kind, Asked(subject=subject(tmp_path)))

    def domain(chart: Chart) -> list[float]:
        encoding = chart.definition.get("encoding") or chart.definition["layer"][0]["encoding"]
        reach: list[float] = encoding["x"]["scale"]["domain"]
        return reach

    # A has 88, of which 86 and 2; the second chart of the towns has one unit, and the same scale
    assert [len(chart.title.zh) > 0 for chart in charts] == [True, True]
    assert [domain(chart) for chart in charts] == [[0.0, 88.0], [0.0, 88.0]]


def test_a_mean_of_few_units_is_drawn_for_the_office_alone(tmp_path: Path) -> None:
    asked = Asked(subject=subject(tmp_path, audience="unit"), units=["B"])

    assert (drawn("waterfall", asked), told("waterfall", asked)) == ([], ["QH851"])
    assert drawn("waterfall", replace(asked, subject=replace(asked.subject, audience="internal")))


def test_what_is_no_sum_has_no_parts_and_what_is_not_known_is_said(tmp_path: Path) -> None:
    own = subject(tmp_path)
    root = replace(own.result.scheme.root, aggregate=Geometric())
    other = replace(own.result, scheme=replace(own.result.scheme, root=root))

    assert told("stacked_parts", Asked(subject=replace(own, result=other))) == ["QH833"]
    assert told("moves", Asked(subject=replace(own, moves=None))) == ["QH831"]
    assert told("scatter", Asked(subject=replace(own, moves=None))) == ["QH831"]
    assert told("waterfall", Asked(subject=own, units=["Z"])) == ["QH835"]


def test_too_many_places_have_no_slopes_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quanheng.documents.compose.charts.rounds.MOST", 2)
    found = list(charts_of("moves", Asked(subject=subject(tmp_path))))

    assert isinstance(found[0], Finding)
    assert found[0].code == "QH834"
    assert found[0].facts["group"] == Text(zh="镇", en="Towns")
