from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.data.books import write_book

from quanheng.data.load import load
from quanheng.engine.figures.reach import latest_short
from quanheng.engine.results.score import score, score_frame
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Text
from quanheng.periods.every import Every
from quanheng.periods.period import parse_period
from quanheng.periods.stretch import Stretch
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.items.item import Item, ItemKind

SCHEME = """\
quanheng: 1
id: reach
title: Reach
round: 2023
items: {{x: {{name: 税收, kind: {kind}, every: quarter}}}}
gaps: {{missing: {missing}}}
indicators: {{k: {{weight: 100, measure: "{measure}", rule: percentile}}}}
"""
EMPTY = dict.fromkeys(
    (
        "data/gdp.csv",
        "data/opened.csv",
        "targets.csv",
        "adjustments.csv",
        "ledgers/hazards.csv",
        "history/2022.csv",
    )
)
YEARS = "unit,period,x\n" + "".join(
    f"{unit},{year}-Q{quarter},{quarter * size}\n"
    for unit in "AB"
    for year, size in ((2022, 50), (2023, 60))
    for quarter in range(1, 5)
)


def findings(
    tmp_path: Path,
    data: str,
    *,
    kind: str = "cumulative",
    missing: str = "redistribute",
    measure: str = "x",
    of: str = "2023",
) -> list[Finding]:
    scheme = SCHEME.format(kind=kind, missing=missing, measure=measure)
    files = {**EMPTY, "scheme.yaml": scheme, "units.csv": "unit\nA\nB\n", "data/f.csv": data}
    book = load(write_book(tmp_path, files))
    try:
        return list(score(book, round=of).findings)
    except FindingsError as error:
        return list(error.findings)


HALF = "unit,period,x\nA,2023-Q1,25\nB,2023-Q1,24\nA,2023-Q2,50\nB,2023-Q2,51\n"


@pytest.mark.parametrize("kind", ["cumulative", "rate", "stock", "flow"])
def test_half_a_year_that_everybody_reported_is_told(kind: str, tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, HALF, kind=kind)

    assert (finding.code, finding.severity) == ("QH565", "warning")
    assert finding.message("en").startswith("x goes up to 2023-Q2 only, and 2023 ends later: ")
    assert finding.message("zh").startswith("税收 只报到 2023-Q2，未到 2023 期末：")


@pytest.mark.parametrize("kind", ["cumulative", "rate", "stock", "flow"])
def test_it_is_the_only_error_where_a_gap_is_one(kind: str, tmp_path: Path) -> None:
    told = findings(tmp_path, HALF, kind=kind, missing="error")

    assert [(one.code, one.severity) for one in told] == [("QH566", "error")]
    assert "{missing: …}" in told[0].hint("en")


def test_what_goes_to_the_end_of_the_round_is_quiet(tmp_path: Path) -> None:
    assert findings(tmp_path, HALF, missing="error", of="2023-H1") == []
    assert findings(tmp_path, YEARS, missing="error") == []


def test_half_a_year_before_is_told_too(tmp_path: Path) -> None:
    rows = HALF.replace("2023", "2022") + "A,2023,60\nB,2023,70\n"
    (finding,) = findings(tmp_path, rows, measure="growth(x)")

    assert finding.facts["round"] == "2022"


@pytest.mark.parametrize(
    ("kind", "every", "round_", "reported", "latest"),
    [
        ("cumulative", "quarter", "2023-08", ("2023-Q2",), None),
        ("cumulative", "month", "2023-Q3", ("2023-08",), "2023-08"),
        ("cumulative", "year", "2023-Q3", (), None),
        ("stock", "year", "2023-Q3", ("2022",), None),
        ("stock", "quarter", "2023", ("2023-Q3",), "2023-Q3"),
        ("rate", "month", "2023", ("2023-12",), None),
        ("flow", "month", "2023-Q1", ("2023-01", "2023-02"), "2023-02"),
        ("flow", "month", "2023-Q1", ("2023-Q1",), None),
        ("date", "month", "2023", ("2023-03",), None),
    ],
)
def test_how_far_an_item_goes_is_held_against_when_it_was_last_due(
    kind: ItemKind, every: Every, round_: str, reported: tuple[str, ...], latest: str | None
) -> None:
    item = Item(code="x", name=Text(), kind=kind, every=every)
    found = latest_short(item, Stretch.of(parse_period(round_)), [parse_period(one) for one in reported])

    assert (None if found is None else str(found)) == latest


@pytest.mark.parametrize(
    ("measure", "of", "crosses"),
    [
        ("x - lag(x, 3m)", "2023-Q1", True),
        ("x - lag(x, 3m)", "2023-Q2", False),
        ("x - lag(x, 3m)", "2023", False),
        ("x / lag(x, 1y)", "2023-Q1", False),
        ("x / lag(x, 15m)", "2023-Q1", True),
        ("x / lag(x - lag(x, 3m), 1y)", "2023-Q3", False),
        ("x / lag(x - lag(x, 6m), 1y)", "2023-Q2", True),
    ],
)
def test_a_lag_that_crosses_the_year_of_a_cumulative_item_is_an_error(
    measure: str, of: str, *, crosses: bool, tmp_path: Path
) -> None:
    earlier = YEARS + YEARS.replace("2022", "2020").replace("2023", "2021").split("\n", 1)[1]
    told = findings(tmp_path, earlier, measure=measure, of=of)

    assert [one.code for one in told if one.code == "QH564"] == (["QH564"] if crosses else [])


def test_a_flow_may_look_back_across_the_year(tmp_path: Path) -> None:
    assert findings(tmp_path, YEARS, kind="flow", measure="x - lag(x, 3m)", of="2023-Q1") == []


def test_a_lag_across_the_year_is_an_error_in_a_frame_with_periods() -> None:
    scheme = scheme_from_mapping(
        {
            "round": "2023-Q1",
            "items": {"x": {"kind": "cumulative", "every": "quarter"}},
            "indicators": {"k": {"weight": 100, "measure": "x - lag(x, 3m)", "rule": "percentile"}},
        }
    )
    frame = pl.DataFrame({"unit": ["A", "A"], "period": ["2022-Q4", "2023-Q1"], "x": [200.0, 60.0]})

    with pytest.raises(FindingsError, match="QH564"):
        score_frame(frame, scheme)
