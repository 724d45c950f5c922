from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.books import all_findings_of, lines

from quanheng.data.load import load
from quanheng.data.tables.marks import USUAL_MARKS, sentinels_in

SCHEME = """\
quanheng: 1
id: x
title: x
round: 2023
items: {x: {}, day: {kind: date}}
gaps: {missing: zero}
indicators:
  p: {measure: x, weight: 50, rule: {scale: {}}}
  q: {measure: day, weight: 50, direction: less, rule: percentile}
"""


def book(folder: Path, values: list[str], *, stated: str = "", day: str = "2023-03-18") -> Path:
    (folder / "data").mkdir()
    (folder / "scheme.yaml").write_text(SCHEME + stated)
    rows = "".join(f'U{number},"{value}",{day}\n' for number, value in enumerate(values))
    (folder / "data" / "f.csv").write_text(f"unit,x,day\n{rows}")
    (folder / "units.csv").write_text("unit\n" + "".join(f"U{number}\n" for number in range(len(values))))
    return folder


def read(path: Path) -> list[tuple[float | None, str]]:
    rows = load(path).observations.rows(named=True)
    return [(row["value"], row["state"]) for row in rows if row["item"] == "x"]


def told(path: Path) -> list[str]:
    return [line for line in lines(all_findings_of(path)) if not line.startswith("QH415")]


@pytest.mark.parametrize("mark", [*USUAL_MARKS, "NA", "N.A.", "NaN", "NULL", "ｎａ", "未 报"])
def test_a_usual_mark_is_an_error_until_the_scheme_says_what_it_is(mark: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert told(book(tmp_path / "a", ["10", mark])) == ["QH371 data/f.csv!3:x"]

    path = book(tmp_path / "b", ["10", mark], stated=f"missing_marks: ['{mark}']\n")
    assert read(path) == [(10.0, "value"), (None, "missing")]
    assert told(path) == ["QH370 data/f.csv!3:x"]


def test_marks_of_a_file_are_one_finding_with_a_count_and_the_key_to_write(tmp_path: Path) -> None:
    path = book(tmp_path, ["10", "NA", "..", "n.a.", "NA"])

    (finding,) = [finding for finding in all_findings_of(path) if finding.code == "QH371"]

    assert finding.message("en").endswith("(4): NA, '..', n.a.")
    assert finding.hint("en").startswith("write missing_marks: [NA, '..', n.a.] into the scheme")
    assert "missing_marks: [NA, '..', n.a.]" in finding.hint("zh")


@pytest.mark.parametrize("written", ["-999", "-999.0", "-999.00", "－９９９"])
def test_a_stated_number_is_missing_however_it_is_written(written: str, tmp_path: Path) -> None:
    path = book(tmp_path, ["10", "12", written], stated="missing_marks: [-999]\n")

    assert read(path) == [(10.0, "value"), (12.0, "value"), (None, "missing")]
    assert told(path) == ["QH370 data/f.csv!4:x"]


def test_a_stated_mark_goes_before_not_applicable(tmp_path: Path) -> None:
    path = book(tmp_path, ["10", "-", "/"], stated="missing_marks: ['-']\n")

    assert read(path) == [(10.0, "value"), (None, "missing"), (None, "not_applicable")]
    assert told(path) == ["QH370 data/f.csv!3:x", "QH374 data/f.csv!4:x"]


def test_a_mark_may_stand_for_a_missing_date(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert told(book(tmp_path / "a", ["10"], day="NA"))[-1] == "QH371 data/f.csv!2:day"
    assert "QH370 data/f.csv!2:day" in told(
        book(tmp_path / "b", ["10"], day="NA", stated="missing_marks: NA\n")
    )


def test_what_a_file_says_goes_before_what_the_scheme_says(tmp_path: Path) -> None:
    stated = "missing_marks: [NA]\nfiles: {f.csv: {missing_marks: ['..']}}\n"

    assert told(book(tmp_path, ["10", "..", "NA"], stated=stated)) == [
        "QH370 data/f.csv!3:x",
        "QH371 data/f.csv!4:x",
    ]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (["10", "12", "11", "-999"], 1),
        (["5.1", "-3.2", "-99"], 1),
        (["5.1", "6.2", "9999"], 1),
        (["5.1", "6.2", "99"], 0),
        (["500", "620", "999"], 0),
        (["-400", "620", "-999"], 0),
        (["5", "6", "-998"], 0),
        (["-999", "-999"], 0),
    ],
)
def test_nines_far_from_all_others_look_like_a_mark(values: list[str], marks: int, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert told(book(tmp_path / "a", values)) == [f"QH375 data/f.csv!{len(values) + 1}:x"] * marks
    assert told(book(tmp_path / "b", values, stated="missing_marks: []\n")) == []


@given(st.lists(st.floats(-900, 900), min_size=1, max_size=8))
def test_no_figure_of_an_ordinary_size_looks_like_a_mark(numbers: list[float]) -> None:
    assert set(sentinels_in(pl.Series(numbers, dtype=pl.Float64))) <= {-99.0}


@pytest.mark.parametrize(
    ("policy", "below", "above"),
    [("limit", 5.0, 95.0), ("half", 2.5, 95.0), ("missing", None, None)],
)
@pytest.mark.parametrize(("less", "more"), [("<5", ">95"), ("≤5", "≥95"), ("<=5", ">=95"), ("＜ 5", "＞ 95")])
def test_figures_below_a_limit_are_read_by_the_policy(
    policy: str, below: float | None, above: float | None, less: str, more: str, tmp_path: Path
) -> None:
    path = book(tmp_path, ["10", less, more], stated=f"censored: {policy}\n")

    assert [value for value, _ in read(path)] == [10.0, below, above]
    assert told(path) == ["QH373 data/f.csv!3:x"]


def test_figures_below_a_limit_are_an_error_without_a_policy(tmp_path: Path) -> None:
    assert told(book(tmp_path, ["10", "<5", ">95"])) == ["QH372 data/f.csv!3:x"]


@pytest.mark.parametrize(("written", "value"), [("<-4", -4.0), ("<0", 0.0), ("<1,000", 500.0)])
def test_half_is_of_a_positive_limit_only(written: str, value: float, tmp_path: Path) -> None:
    path = book(tmp_path, ["10", written], stated="censored: half\n")

    assert read(path)[1] == (value, "value")


def test_cells_that_do_not_apply_are_counted_in_one_note_a_file(tmp_path: Path) -> None:
    path = book(tmp_path, ["10", "/", "—", "/"])

    (finding,) = [finding for finding in all_findings_of(path) if finding.code == "QH374"]

    assert str(finding.where) == "data/f.csv!3:x"
    assert "3" in finding.message("zh")
