"""Files of several populations, of which the scheme chooses the rows; all figures are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.data.tables.chosen import with_rows_chosen
from quanheng.data.tables.table import Table
from quanheng.engine.results.score import score
from quanheng.findings.collector import Collector
from quanheng.findings.finding import FindingsError
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.reading.reading import FileReading

SCHEME = """\
quanheng: 1
id: populations
title: 规上企业
round: 2023
items: {{sales: {{}}, jobs: {{}}}}
indicators: {{p: {{measure: sales + jobs, weight: 100, rule: percentile}}}}
files: {{{files}}}
"""
NO_KND = (
    "the condition of the scheme asks for the column 'knd', which this table does not have; "
    "did you mean 'kind'?"
)
DATA = """\
unit,period,kind,size,sales,jobs
T1,2023,规上,3,10,1
T1,2023,规下,1,2,1
T1,2023,全部,,12,2
T2,2023,规上,4,20,3
T2,2023,规下,2,5,1
T2,2023,全部,,25,4
"""


def book(root: Path, files: str, data: str = DATA, **more: str) -> Path:
    return write(
        root,
        {
            "scheme.yaml": SCHEME.format(files=files),
            "units.csv": "unit,name\nT1,甲镇\nT2,乙镇\n",
            "data/a.csv": data,
            "ledgers/requests.csv": None,
            **more,
        },
    )


def values(root: Path, where: str, data: str = DATA) -> list[float | None]:
    return score(load(book(root, f'a.csv: {{where: "{where}"}}', data))).wide["measure|p"].to_list()


def errors(root: Path, files: str, data: str = DATA, **more: str) -> list[tuple[str, str]]:
    with pytest.raises(FindingsError) as caught:
        load(book(root, files, data, **more))
    return [(each.code, each.message("en")) for each in caught.value.findings if each.severity == "error"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("kind == '规上'", [11.0, 23.0]),
        ("'规上' == kind", [11.0, 23.0]),
        ("kind == '全部'", [14.0, 29.0]),
        ("kind in ('规上', '大型')", [11.0, 23.0]),
        ("size >= 3", [11.0, 23.0]),
        ("3 > size", [3.0, 6.0]),
        ("size == ''", [14.0, 29.0]),
        ("size in (1, 2)", [3.0, 6.0]),
        ("not (kind == '规上') and size != ''", [3.0, 6.0]),
        ("kind != '规上' and kind != '规下'", [14.0, 29.0]),
        ("sales > 9 and not (kind == '全部')", [11.0, 23.0]),
    ],
)
def test_only_the_rows_that_meet_the_condition_are_read(
    tmp_path: Path, where: str, expected: list[float]
) -> None:
    assert values(tmp_path, where) == expected


def test_figures_given_twice_are_told_among_the_rows_that_are_read(tmp_path: Path) -> None:
    again = DATA + "T2,2023,规上,4,21,3\n"

    codes = {code for code, _ in errors(tmp_path, "a.csv: {where: \"kind == '规上'\"}", again)}
    assert codes == {code for code, _ in errors(tmp_path / "all", "", DATA)}
    assert values(tmp_path, "kind == '规下'", again) == [3.0, 6.0]


def test_the_column_of_the_condition_is_no_stranger(tmp_path: Path) -> None:
    told = load(book(tmp_path, "a.csv: {where: \"kind == '规上' and size > 0\"}")).findings

    assert [each.code for each in told if "kind" in each.message("en") or "size" in each.message("en")] == []


@pytest.mark.parametrize(
    ("where", "code", "message"),
    [
        (
            "knd == '规上'",
            "QH697",
            NO_KND,
        ),
        ("kind == '规中'", "QH698", "no row of this table meets \"kind == '规中'\""),
        ("kind >= 3", "QH699", "'规上' is no number, and the condition 'kind >= 3' compares it with one"),
        ("kind", "QH696", "the rows of a file cannot be chosen by: kind"),
        ("sales > jobs", "QH696", "the rows of a file cannot be chosen by: sales > jobs"),
        ("kind <= '规上'", "QH696", "the rows of a file cannot be chosen by: kind <= '规上'"),
        ("sales + 1 > 3", "QH696", "the rows of a file cannot be chosen by: sales + 1 > 3"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_told(
    tmp_path: Path, where: str, code: str, message: str
) -> None:
    found = errors(tmp_path, f'a.csv: {{where: "{where}"}}')

    assert found[0] == (code, message)


def test_every_row_of_targets_and_adjustments_counts(tmp_path: Path) -> None:
    targets = "unit,indicator,period,target\n*,p,2023,5\n"
    files = "a.csv: {where: \"kind == '规上'\"}, targets.csv: {where: \"unit == 'T1'\"}"

    (found,) = errors(tmp_path, files, **{"targets.csv": targets})
    assert found == ("QH133", "'where' has no effect beside 'targets.csv'")


@given(st.lists(st.tuples(st.sampled_from(["x", "y", ""]), st.integers(0, 5)), min_size=1, max_size=12))
def test_every_row_meets_a_condition_or_its_opposite(rows: list[tuple[str, int]]) -> None:
    table = Table(
        file="data/a.csv",
        sheet=None,
        headings=("kind", "size"),
        known={},
        others=(0, 1),
        body=pl.DataFrame(
            {
                "row": list(range(2, len(rows) + 2)),
                "0": [kind or None for kind, _ in rows],
                "1": [str(size) for _, size in rows],
            },
            schema={"row": pl.UInt32, "0": pl.String, "1": pl.String},
        ),
    )

    def chosen(where: str) -> list[int]:
        own = FileReading(where=parse_formula(where))
        found = with_rows_chosen(replace(table, reading=own), Collector())
        return [] if found is None else found.body["row"].to_list()

    some = "kind == 'x' or size > 2"
    both = [*chosen(some), *chosen(f"not ({some})")]
    assert sorted(both) == table.body["row"].to_list()
    assert chosen(some) == [row for row, (kind, size) in enumerate(rows, 2) if kind == "x" or size > 2]


def test_records_of_a_ledger_may_be_chosen_by_their_file(tmp_path: Path) -> None:
    scheme = SCHEME.replace("{{sales: {{}}, jobs: {{}}}}", "{{n: {{count: visits}}}}").replace(
        "sales + jobs", "n"
    )
    path = write(
        tmp_path,
        {
            "scheme.yaml": scheme.format(files="visits.csv: {where: \"kind == 'site'\"}"),
            "units.csv": "unit,name\nT1,甲镇\nT2,乙镇\n",
            "ledgers/requests.csv": None,
            "ledgers/visits.csv": "unit,kind\nT1,site\nT1,desk\nT2,site\nT2,site\n",
        },
    )

    assert score(load(path)).wide["measure|p"].to_list() == [1.0, 2.0]


def test_units_may_be_chosen_too(tmp_path: Path) -> None:
    files = "a.csv: {where: \"kind == '规上'\"}, units.csv: {where: \"assessed == 'yes'\"}"
    units = "unit,name,assessed\nT1,甲镇,yes\nT2,乙镇,yes\nT9,丙镇,no\n"

    loaded = load(book(tmp_path, files, **{"units.csv": units}))
    assert loaded.units["unit"].to_list() == ["T1", "T2"]
