from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import told, write_book
from tests.data.figures.test_laws_of_size import ITEMS, ONLY_UNITS, column
from tests.data.registers import csv, register, scheme

from quanheng.data.figures.observations import read_observations
from quanheng.data.figures.shifts import tell_of_many
from quanheng.findings.collector import Collector

UNITS = ONLY_UNITS["units.csv"] or ""
CODES = ("QH416", "QH417", "QH436", "QH454", "QH455")


def sizes(tmp_path: Path, *texts: str) -> list[str]:
    files = {f"data/f{number}.csv": text for number, text in enumerate(texts)}
    book = write_book(tmp_path, {**ONLY_UNITS, "data/opened.csv": None, "scheme.yaml": ITEMS, **files})
    return [line for line in told(book) if line.split()[0] in CODES]


@pytest.mark.parametrize(
    ("item", "values", "findings"),
    [
        ("gdp", (546000, 402000, 33.3, 35), ["QH454 data/f0.csv!2:gdp"]),
        ("gdp", (54.6, 40.2, 33.3, 350000, 380000), ["QH454 data/f0.csv!5:gdp"]),
        ("rate", (6.1, 0.058, 0.055, 5.9), ["QH454 data/f0.csv!2:rate"]),
        ("rate", (6.1, 0.058, 0.0, 0.055, 5.9), ["QH454 data/f0.csv!2:rate"]),
        ("rate", (6.1, 42000, 63500, 5.2, 5.9), ["QH454 data/f0.csv!3:rate"]),
        # one alone is told as such, and what is spread by nature is not told
        ("gdp", (546000, 40.2, 33.3, 35), ["QH436 data/f0.csv!2:gdp"]),
        ("gdp", (546000, 4020, 333, 35), []),
        ("gdp", (5460, 4020, 33.3, 35), []),
        ("rate", (6.1, 5.8, 0.9, 0.2), []),
        ("rate", (6.1, 5.8, -0.055, -0.06), []),
    ],
)
def test_two_bunches_far_apart_are_told_once(
    item: str, values: tuple[float, ...], findings: list[str], tmp_path: Path
) -> None:
    assert sizes(tmp_path, column(item, values)) == findings


@pytest.mark.parametrize(
    ("item", "before", "after", "findings"),
    [
        ("gdp", (40, 30, 20), (600000, 450000, 310000), ["QH455 data/f1.csv!2:gdp"]),
        ("rate", (6.1, 5.8, 5.5), (0.061, 0.06, 0.055), ["QH455 data/f1.csv!2:rate"]),
        ("rate", (6.1, 5.8, 5.5), (61000, 60000, 55000), ["QH455 data/f1.csv!2:rate"]),
        ("stock", (4000, 3000, 2000), (4.1, 3.2, 2.1), ["QH455 data/f1.csv!2:stock"]),
        # all grow much, or two do
        ("gdp", (4, 3, 2), (60, 45, 31), []),
        ("rate", (6.1, 5.8, 5.5), (0.3, 0.061, 0.9), []),
        ("gdp", (40, 30), (600000, 450000), []),
    ],
)
def test_a_period_that_is_off_the_one_before_for_all_is_told_once(
    item: str, before: tuple[float, ...], after: tuple[float, ...], findings: list[str], tmp_path: Path
) -> None:
    texts = column(item, before, "2023-Q3"), column(item, after)

    assert sizes(tmp_path, *texts) == findings


@given(
    st.lists(st.floats(10, 90), min_size=4, max_size=7),
    st.lists(st.floats(0.5, 2), min_size=7, max_size=7),
)
def test_figures_of_one_magnitude_are_not_doubted(values: list[float], growth: list[float]) -> None:
    own, collector = register(of=scheme(ITEMS), units=UNITS), Collector()
    later = tuple(value * factor for value, factor in zip(values, growth, strict=False))
    texts = column("stock", tuple(values), "2023-Q3"), column("stock", later)
    raws = [raw for number, text in enumerate(texts) for raw in csv(text, file=f"{number}.csv")]
    figures = read_observations(raws, own, collector=Collector())

    assert tell_of_many(figures, collector).is_empty()
    assert not collector.findings()
