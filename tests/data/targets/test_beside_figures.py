from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.books import told, write_book
from tests.data.figures.test_laws_of_size import ITEMS, ONLY_UNITS, column

SCHEME = ITEMS.replace("defaults: {rule: percentile}", "defaults: {rule: target}")


@pytest.mark.parametrize(
    ("item", "indicator", "targets", "findings"),
    [
        ("gdp", "one", (560000, 410000, 340000), 1),
        ("gdp", "one", (0.0056, 0.0041, 0.0034), 1),
        ("rate", "two", (0.06, 0.05, 0.06), 1),
        ("rate", "two", (600, 500, 550), 1),
        ("gdp", "one", (560000, 410000, 34), 1),
        # sound ones; one that is off others is told otherwise; too few
        ("gdp", "one", (56, 41, 34), 0),
        ("gdp", "one", (600, 420, 350), 0),
        ("rate", "two", (6, 5, 5.5), 0),
        ("rate", "two", (0.6, 0.5, 0.6), 0),
        ("gdp", "one", (560000,), 0),
        ("gdp", "one", (560000, 41, 34), 0),
    ],
)
def test_targets_that_are_all_off_the_figures_are_told_once(
    item: str, indicator: str, targets: tuple[float, ...], findings: int, tmp_path: Path
) -> None:
    rows = "".join(f"T{number},{indicator},{target}\n" for number, target in enumerate(targets, 1))
    data = column(item, (54.6, 40.2, 33.3) if item == "gdp" else (6.1, 5.8, 5.5))
    files = {
        "scheme.yaml": SCHEME,
        "targets.csv": f"unit,indicator,target\n{rows}",
        "data/f.csv": data,
        "data/opened.csv": None,
    }

    book = write_book(tmp_path, {**ONLY_UNITS, **files})

    assert [line for line in told(book) if "QH456" in line] == ["QH456 targets.csv!2:target"] * findings


def test_targets_of_the_year_that_are_off_beside_sound_ones_of_a_quarter_are_told(tmp_path: Path) -> None:
    files = {
        "scheme.yaml": SCHEME,
        "targets.csv": "unit,indicator,period,target\nT1,one,2023-Q1,14\nT2,one,2023-Q1,10\n"
        "T1,one,2023,560000\nT2,one,2023,410000\n",
        "data/f.csv": column("gdp", (54.6, 40.2, 33.3)),
        "data/opened.csv": None,
    }

    found = told(write_book(tmp_path, {**ONLY_UNITS, **files}))

    assert [line for line in found if "QH456" in line] == ["QH456 targets.csv!4:target"]


def test_targets_in_per_cent_of_what_has_none_are_told(tmp_path: Path) -> None:
    files = {
        "scheme.yaml": SCHEME,
        "targets.csv": "unit,indicator,target\nT1,one,56%\nT2,one,41%\nT1,two,6%\n",
        "data/f.csv": column("gdp", (54.6, 40.2, 33.3)),
        "data/opened.csv": None,
    }

    found = told(write_book(tmp_path, {**ONLY_UNITS, **files}))

    assert [line for line in found if "QH458" in line] == ["QH458 targets.csv!2:target"]


def test_a_year_of_targets_beside_a_month_is_sound(tmp_path: Path) -> None:
    files = {
        "scheme.yaml": SCHEME,
        "targets.csv": "unit,indicator,target\nT1,one,1200\nT2,one,900\n",
        "data/f.csv": column("gdp", (2, 1.1), "2023-Q1"),
        "data/opened.csv": None,
    }

    assert not [line for line in told(write_book(tmp_path, {**ONLY_UNITS, **files})) if "QH456" in line]
