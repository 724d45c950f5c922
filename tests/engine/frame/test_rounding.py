"""Rounding half-up: against hand-made lists, Python's decimal and LibreOffice's ROUND (rounding §1)."""

from __future__ import annotations

import csv
import decimal
import math
import shutil
import subprocess
from pathlib import Path

import narwhals as nw
import numpy as np
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import EngineUnderTest

from quanheng.engine.frame.rounding import comparable, half_up

HAND_MADE = [
    (2.675, 2, 2.68),
    (-2.5, 0, -3.0),
    (1.005, 2, 1.01),
    (0.285, 2, 0.29),
    (1.255, 2, 1.26),
    (8.345, 2, 8.35),
    (-1.005, 2, -1.01),
    (2.5, 0, 3.0),
    (0.5, 0, 1.0),
    (0.49, 0, 0.0),
    (84.995, 2, 85.0),
    (84.994999, 2, 84.99),
    (0.06135, 4, 0.0614),
    (150.0, 2, 150.0),
    (1250.0, -2, 1300.0),
    (-15.0, -1, -20.0),
    (1e300, 2, 1e300),
    (4503599627370497.5, 0, 4503599627370497.5),
]


def rounded(values: list[float | None], decimals: int) -> list[float | None]:
    frame = nw.from_native(pl.DataFrame({"x": values}, schema={"x": pl.Float64}))
    numbers: list[float | None] = frame.select(half_up(nw.col("x"), decimals))["x"].to_list()
    return numbers


def as_decimal(text: str, decimals: int) -> float:
    step = decimal.Decimal(1).scaleb(-decimals)
    with decimal.localcontext(prec=40):
        return float(decimal.Decimal(text).quantize(step, rounding=decimal.ROUND_HALF_UP))


@pytest.mark.parametrize(("value", "decimals", "expected"), HAND_MADE)
def test_half_up_rounds_as_by_hand(value: float, decimals: int, expected: float) -> None:
    assert rounded([value], decimals) == [expected]


def test_half_up_is_the_same_on_both_engines(engine: EngineUnderTest) -> None:
    frame = engine.lift(
        pl.DataFrame({"row": range(len(HAND_MADE)), "x": [value for value, _, _ in HAND_MADE]})
    )

    for decimals in (9, 2, 1, 0, -1):
        result = engine.collect(frame.with_columns(y=half_up(nw.col("x"), decimals))).sort("row")
        assert result["y"].to_list() == rounded([value for value, _, _ in HAND_MADE], decimals)


def test_half_up_leaves_absence_and_gives_no_negative_zero() -> None:
    result = rounded([None, -0.001, -0.0], 2)

    assert result == [None, 0.0, 0.0]
    assert [math.copysign(1, number) for number in result if number is not None] == [1.0, 1.0]


def test_half_up_absorbs_the_noise_of_a_long_sum() -> None:
    # 43 scores of 0.35 make 15.05; as a sum of doubles they make 15.04999999999999
    total = sum([0.35] * 43)

    assert total < 15.05
    assert rounded([total], 1) == [15.1]


@given(
    digits=st.integers(min_value=-(10**12) + 1, max_value=10**12 - 1),
    point=st.integers(min_value=0, max_value=12),
    decimals=st.integers(min_value=0, max_value=9),
)
def test_half_up_equals_decimal_rounding(digits: int, point: int, decimals: int) -> None:
    text = f"{digits}e-{point}"

    assert rounded([float(text)], decimals) == [as_decimal(text, decimals)]


@given(
    whole=st.integers(min_value=0, max_value=10**6),
    decimals=st.integers(min_value=0, max_value=5),
    sign=st.sampled_from(["", "-"]),
)
def test_half_up_takes_every_half_away_from_zero(whole: int, decimals: int, sign: str) -> None:
    text = f"{sign}{whole}.{'4' * (decimals - 1)}5" if decimals else f"{sign}{whole}.5"
    cut = max(decimals - 1, 0)

    assert rounded([float(text)], cut) == [as_decimal(text, cut)]


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=9))
def test_half_up_gives_the_double_nearest_to_the_decimal(digits: int, decimals: int) -> None:
    nearest = float(f"{digits}e-{decimals}")

    assert rounded([nearest, nearest * (1 + 2**-51)], decimals) == [nearest, nearest]


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=6))
def test_half_up_is_idempotent_and_near(value: float, decimals: int) -> None:
    [once] = rounded([value], decimals)

    assert once is not None
    assert rounded([once], decimals) == [once]
    assert abs(once - value) <= 0.5 * 10.0**-decimals + 4e-15 * abs(value)


def test_comparable_drops_noise_beyond_nine_decimals() -> None:
    frame = nw.from_native(pl.DataFrame({"x": [0.1 + 0.2, 0.3, 84.99999999999, 0.3000000011]}))

    assert frame.select(comparable(nw.col("x")))["x"].to_list() == [0.3, 0.3, 85.0, 0.300000001]


def test_half_up_equals_the_round_of_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("this test needs LibreOffice Calc: apt-get install libreoffice-calc-nogui")
    cases = sheet_cases()

    theirs = rounded_by_libreoffice(office, [formula for formula, _, _ in cases], tmp_path)

    ours = [rounded([value], decimals)[0] for _, value, decimals in cases]
    assert [row for row in zip(cases, theirs, ours, strict=True) if row[1] != row[2]] == []


def sheet_cases() -> list[tuple[str, float, int]]:
    """About 2,000 formulas: halves of every size, near halves, and products of weights and points."""
    random = np.random.default_rng(20231231)
    cases = []
    for decimals in range(5):
        for size in range(7):
            for whole in random.integers(0, 10**size, 24).tolist():
                tail = "".join(str(digit) for digit in random.integers(0, 10, decimals).tolist())
                sign = "-" if random.random() < 0.3 else ""
                cases += [
                    (f"{sign}{whole}.{tail}{end}", float(f"{sign}{whole}.{tail}{end}"), decimals)
                    for end in ("5", "4999")
                ]
        for _ in range(80):
            weight, points = int(random.integers(1, 80)) / 2, int(random.integers(0, 10001)) / 100
            cases.append((f"{weight}*{points}/100", weight * points / 100, decimals))
    return [(f"=ROUND({text},{decimals})", value, decimals) for text, value, decimals in cases]


def rounded_by_libreoffice(office: str, formulas: list[str], folder: Path) -> list[float]:
    with xlsxwriter.Workbook(folder / "cases.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, formula)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    # without this the values xlsxwriter put beside the formulas (all 0) would be believed
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>',
        encoding="utf-8",
    )
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            str(folder),
            str(folder / "cases.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    with (folder / "cases.csv").open(encoding="utf-8", newline="") as lines:
        return [float(row[0]) for row in csv.reader(lines)]
