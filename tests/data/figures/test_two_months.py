"""January and February as one figure, beside months that stand apart; numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import quanheng as qh
from quanheng.findings.finding import FindingsError

SCHEME = """\
quanheng: 1
id: sales
title: 销售
round: {round}
items:
  x: {{name: 销售额, kind: flow, every: month}}
  r: {{name: 增速, kind: rate, every: month}}
gaps: {{missing: {missing}}}
indicators: {{p: {{measure: '{measure}', weight: 100, rule: given}}}}
"""


def scored(
    root: Path, figures: str, round_: str, measure: str = "x", *, missing: str = "redistribute"
) -> tuple[Mapping[str, float | None], list[str]]:
    """Return the points by unit and the codes of the findings that have to do with months."""
    scheme = SCHEME.format(round=round_, measure=measure, missing=missing)
    rows = "".join(f"{line}\n" for line in figures.split())
    files = {"scheme.yaml": scheme, "units.csv": "unit\nA\nB\n", "data/f.csv": f"unit,period,x\n{rows}"}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    result = qh.score(qh.load(root))
    codes = [found.code for found in result.findings if found.code in CODES]
    return dict(result.wide.select("unit", "points|p").rows()), codes


CODES = ("QH451", "QH452", "QH567", "QH357", "QH358")
APART = "A,2022-01,10 A,2022-02,20 A,2022-03,30 B,2022-01,8 B,2022-02,8 B,2022-03,9 "
TOGETHER = "A,2023年1-2月,36 A,2023-03,33 B,2023年1-2月,20 B,2023-03,9"


@pytest.mark.parametrize(
    ("round_", "measure", "points", "codes"),
    [
        # A grew from 10 and 20 to 36, B from 8 and 8 to 20
        ("2023-02", "100 * growth(x)", {"A": 20.0, "B": 25.0}, []),
        ("2023-02", "x", {"A": 36.0, "B": 20.0}, []),
        # the first quarter of A: 69, the year before 60
        ("2023-Q1", "x - lag(x, 1y)", {"A": 9.0, "B": 4.0}, []),
        # March is one month, the figure before it is of two
        ("2023-03", "x - lag(x, 1m)", {"A": None, "B": None}, ["QH567"]),
        # February is of two months, December would be of one
        ("2023-03", "100 * growth(x)", {"A": 10.0, "B": 0.0}, []),
    ],
)
def test_a_year_with_both_months_together_beside_one_with_the_months_apart(
    round_: str, measure: str, points: Mapping[str, float | None], codes: list[str], tmp_path: Path
) -> None:
    assert scored(tmp_path, APART + TOGETHER, round_, measure) == (points, codes)


@pytest.mark.parametrize(
    ("round_", "points"),
    [
        ("2023-02", {"A": 20.0, "B": None}),
        ("2023-01", {"A": 10.0, "B": None}),
        ("2023-Q1", {"A": 60.0, "B": 57.0}),
    ],
)
def test_one_unit_together_beside_another_apart(
    round_: str, points: Mapping[str, float | None], tmp_path: Path
) -> None:
    figures = "A,2023-01,10 A,2023-02,20 A,2023-03,30 B,2023年1-2月,32 B,2023-03,25"

    assert scored(tmp_path, figures, round_) == (points, ["QH452"])


def test_february_is_both_months_less_january(tmp_path: Path) -> None:
    figures = "A,2023-01,15.1 A,2023年1-2月,40.3 A,2023-03,5 B,2023-01,1 B,2023-02,2 B,2023-03,3"

    february, codes = scored(tmp_path / "month", figures, "2023-02")
    quarter, _ = scored(tmp_path / "quarter", figures, "2023-Q1")

    assert february == {"A": 25.2, "B": 2.0}
    assert quarter == {"A": 45.3, "B": 6.0}
    assert codes == ["QH452"]


def test_both_months_that_are_not_the_sum_of_the_two_are_an_error(tmp_path: Path) -> None:
    fit = "A,2023-01,10 A,2023-02,20 A,2023年1-2月,{} B,2023-01,1 B,2023-02,2"

    assert scored(tmp_path / "fit", fit.format(30), "2023-02")[0] == {"A": 20.0, "B": 2.0}
    with pytest.raises(FindingsError, match=r"QH451.*is 31, but the two months apart add up to 30"):
        scored(tmp_path / "off", fit.format(31), "2023-02")


def test_a_january_that_nobody_reports_any_more_is_told(tmp_path: Path) -> None:
    plain = TOGETHER.replace("2023年1-2月", "2023-02")

    assert scored(tmp_path, APART + plain, "2023-02", "100 * growth(x)") == (
        {"A": 20.0, "B": 25.0},
        ["QH357"],
    )


def test_a_february_alone_is_not_compared_with_two_months(tmp_path: Path) -> None:
    figures = "A,2022年1-2月,36 B,2022年1-2月,20 A,2023-01,10 A,2023-02,20 B,2023-01,8 B,2023-02,8"

    assert scored(tmp_path, figures, "2023-02", "growth(x)") == ({"A": None, "B": None}, ["QH567"])
    assert scored(tmp_path, figures, "2023-02", "x") == ({"A": 20.0, "B": 8.0}, [])


def test_a_rate_of_both_months_beside_one_of_february_is_told(tmp_path: Path) -> None:
    figures = "A,2022-01,5.1 A,2022-02,5.2 A,2023年1-2月,6 B,2023年1-2月,5"
    (tmp_path / "data").mkdir()
    (tmp_path / "scheme.yaml").write_text(
        SCHEME.format(round="2023-02", measure="r", missing="redistribute"), encoding="utf-8"
    )
    (tmp_path / "units.csv").write_text("unit\nA\nB\n", encoding="utf-8")
    rows = "".join(f"{line}\n" for line in figures.split())
    (tmp_path / "data" / "f.csv").write_text(f"unit,period,r\n{rows}", encoding="utf-8")

    assert "QH358" in [found.code for found in qh.load(tmp_path).findings]
