"""Every rule that real offices use can be said: one scheme for each row, in `domain/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from quanheng.scheme.files.read import load_scheme, read_file, read_scheme
from quanheng.scheme.files.yaml_writing import write_scheme
from quanheng.scheme.rules.anchors import Constant, Statistic
from quanheng.scheme.rules.bands import Bands
from quanheng.scheme.rules.catalogue import AnyRule
from quanheng.scheme.rules.deduct import Deduct
from quanheng.scheme.rules.given import Given
from quanheng.scheme.rules.ideal import Ideal
from quanheng.scheme.rules.met import Met
from quanheng.scheme.rules.place import PlaceByStep, PlaceEvenly, PlaceTable
from quanheng.scheme.rules.ratio import Ratio
from quanheng.scheme.rules.scale import Scale
from quanheng.scheme.rules.steps import Steps
from quanheng.scheme.rules.target import Slope, Target
from quanheng.scheme.tree.scheme import Scheme

FOLDER = Path(__file__).parent / "domain"
ROWS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def row(name: str) -> Scheme:
    scheme, findings = load_scheme(FOLDER / f"{name}.yaml")

    assert [finding.text("en") for finding in findings] == []
    assert scheme is not None
    return scheme


@pytest.mark.parametrize("name", ROWS)
def test_row_loads_without_findings(name: str) -> None:
    assert row(name).id == name.replace("_", "-")


@pytest.mark.parametrize("name", ROWS)
def test_row_is_written_and_read_without_loss(name: str) -> None:
    document = read_file(FOLDER / f"{name}.yaml").document

    assert read_scheme(write_scheme(document)).document == document


def test_no_row_is_left_out() -> None:
    assert len(ROWS) == 17


@pytest.mark.parametrize(
    ("name", "indicator", "rule"),
    [
        (
            "efficacy_coefficient",
            "without_floor",
            Scale(worst=Constant(2.0, "2"), best=Constant(12.0, "12"), base=60.0, clamp="above"),
        ),
        ("met_or_nothing_then_places", "industry_place", PlaceByStep(step=5.0)),
        ("gated_bonus", "gdp", Scale(base=60.0)),
        (
            "marks_per_point",
            "income_reached",
            Target(
                base=100.0,
                over=Slope(per=0.01, amount=10.0, limit=120.0),
                short=Slope(per=0.01, amount=10.0, limit=0.0),
            ),
        ),
        (
            "base_80_per_cent",
            "revenue",
            Target(
                base=80.0,
                compare="difference",
                over=Slope(per=1.0, amount=5.0, limit=100.0),
                short=Slope(per=1.0, amount=5.0, limit=0.0),
            ),
        ),
        ("deduction_with_floor", "fine_dust_over", Deduct(each=5.0)),
        ("place_bands_by_difficulty", "economy", PlaceEvenly(first=600.0, last=500.0)),
        (
            "completion_with_bands",
            "plan",
            Bands(points=((0.0, 60.0), (1.0, 100.0), (1.3, 124.0), (1.7, 140.0))),
        ),
        (
            "completion_with_bands",
            "volume",
            PlaceTable(table=((1, 3, 700.0), (4, 6, 500.0), (7, 10, 300.0))),
        ),
        ("start_rate", "start_rate", Bands(points=((-0.2, 60.0), (0.0, 100.0), (0.2, 140.0)))),
        (
            "tiered_standards",
            "debt_ratio",
            Steps(steps=((50.0, 100.0), (55.0, 80.0), (65.0, 60.0), (80.0, 40.0)), otherwise=20.0),
        ),
        ("interval", "debt_ratio", Ideal(low=40.0, high=60.0)),
        ("enterprises_per_mu", "tax_per_mu", Ratio(ref=Statistic("mean"), cap=100.0)),
        (
            "citizens_hotline",
            "satisfied",
            Target(base=100.0, compare="difference", short=Slope(per=1.0, amount=2.0, limit=50.0)),
        ),
        ("hazards", "accidents", Deduct(each=20.0)),
        ("monthly_to_yearly", "year", Given()),
        ("missing_data", "nationally_missing", Scale(base=60.0)),
        ("grades_and_ties", "performance", Given()),
    ],
)
def test_row_has_its_rule(name: str, indicator: str, rule: AnyRule) -> None:
    found = {each.code: each.rule for each in row(name).indicators}

    assert found[indicator] == rule


def test_met_is_a_condition_over_the_measure_or_its_target() -> None:
    rules = {each.code: each.rule for each in row("met_or_nothing_then_places").indicators}

    conditions = {code: str(rule.condition) for code, rule in rules.items() if isinstance(rule, Met)}
    assert conditions == {"industry_reached": "x >= 8", "gdp_reached": "x >= target"}
