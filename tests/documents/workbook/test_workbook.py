"""Workbooks recalculated by LibreOffice give the engine's numbers, from reported values alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import narwhals as nw
import polars as pl
import pytest
from tests.documents.cases import CASES, COMPARED
from tests.documents.libreoffice import POISON, Rows, poison, recalculated, sheets_of

from quanheng.data.load import load
from quanheng.documents.workbook.compose import composed
from quanheng.documents.workbook.draft.draft import GROUP_FIRST, GROUP_TEXTS, Draft
from quanheng.documents.workbook.formulas.cells import Shown
from quanheng.documents.workbook.formulas.rows import FIRST, HEAD_ROWS
from quanheng.documents.workbook.pages.all import pages_of
from quanheng.documents.workbook.pages.page import Page
from quanheng.documents.workbook.workbook import fits_workbook, workbook_note, write_results_xlsx
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language

TOLERANCE = 1e-9
_CODES = HEAD_ROWS - 2
_BOOKS: Final = Path(__file__).parents[3] / "books"
_EXAMPLES: Final = ("hdi-2022", "district-2023", "enterprises")
_NAMES: Final = [*(case.name for case in CASES), *_EXAMPLES]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    made = {case.name: case.scored(tmp_path_factory.mktemp(case.name)) for case in CASES}
    return made | {name: score(load(_BOOKS / name)) for name in _EXAMPLES}


@pytest.fixture(scope="module")
def workbooks(results: dict[str, Result], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workbooks")
    for name, result in results.items():
        write_results_xlsx(result, folder / f"{name}.xlsx", language=_language(name))
    return {name: folder / f"{name}.xlsx" for name in results}


@pytest.fixture(scope="module")
def computed(
    workbooks: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Rows]]:
    found = recalculated(list(workbooks.values()), tmp_path_factory.mktemp("office"))
    return {name: found[path.name] for name, path in workbooks.items()}


@pytest.mark.parametrize("name", _NAMES)
def test_every_formula_gives_the_number_of_the_engine(
    name: str, results: dict[str, Result], computed: dict[str, dict[str, Rows]]
) -> None:
    draft = composed(results[name], _language(name))

    wrong = [
        (place, read, meant)
        for place, read, meant in (
            *_unit_cells(draft, computed[name]),
            *_line_cells(draft, computed[name]),
            *page_cells(draft, computed[name], complete=False),
        )
        if not _equal(read, meant)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", _NAMES)
def test_scores_and_places_of_the_workbook_are_those_of_the_tables(
    name: str, results: dict[str, Result], computed: dict[str, dict[str, Rows]]
) -> None:
    sheets, words = computed[name], _SHEETS[_language(name)]
    scores, places = _by_code(sheets[words["scores"]]), _by_code(sheets[words["ranking"]], heading=1)

    for row in results[name].scores.iter_rows(named=True):
        assert _equal(scores[row["unit"]].get(row["node"], ""), _shown(row["score"])), row
        if row["node"] == "total":
            assert places[row["unit"]][words["place"]] == _shown(row["place"]), row
    for row in results[name].tiers.iter_rows(named=True):
        assert places[row["unit"]][words["tier"]] == (row["tier"] or ""), row


@pytest.mark.parametrize("name", _NAMES)
def test_a_viewer_that_does_not_compute_shows_the_numbers_of_the_engine(
    name: str, results: dict[str, Result], workbooks: dict[str, Path]
) -> None:
    draft, sheets = composed(results[name], _language(name)), sheets_of(workbooks[name])

    wrong = [
        (place, read, meant) for place, read, meant in _unit_cells(draft, sheets) if not _equal(read, meant)
    ]

    assert wrong == []


def test_a_changed_figure_changes_what_follows_from_it(tmp_path: Path) -> None:
    """An auditor who writes another reported figure gets what the engine would give."""
    before, after = COMPARED, replace(COMPARED, data=COMPARED.data.replace("c,2023,20,2", "c,2023,41,2"))
    workbook, edited = tmp_path / "before.xlsx", tmp_path / "edited.xlsx"
    result = before.scored(tmp_path)
    write_results_xlsx(result, workbook, language="en")
    place = f"D{composed(result, 'en').rows.row_of('c')}"
    _write_figure(workbook, edited, place=place, value="41", sheet="Reported values")

    sheets = recalculated([edited], tmp_path / "office")[edited.name]

    scores = _by_code(sheets["Scores"])
    meant = replace(after, name="after").scored(tmp_path).scores
    assert all(
        _equal(scores[row["unit"]][row["node"]], _shown(row["score"])) for row in meant.iter_rows(named=True)
    )
    assert _equal(_by_code(sheets["Ranking"], heading=1)["c"]["place"], 1.0)


def test_a_changed_month_changes_what_follows_from_it(tmp_path: Path) -> None:
    """The months stand on a sheet of their own, from which the figures over them are computed."""
    case = next(case for case in CASES if case.name == "over_months")
    after = replace(case, name="after", data=case.data.replace("a,2023-05,10,5", "a,2023-05,57,5"))
    result, workbook, edited = case.scored(tmp_path), tmp_path / "before.xlsx", tmp_path / "edited.xlsx"
    write_results_xlsx(result, workbook, language="en")
    draft = composed(result, "en")
    column = next(each for each in draft.columns["periods"] if each.code == "x@2023-05")
    place = f"{draft.addresses.columns[column.key][1]}{draft.rows.row_of('a')}"
    _write_figure(workbook, edited, place=place, value="57", sheet="Periods")

    sheets = recalculated([edited], tmp_path / "office")[edited.name]

    (tmp_path / "later").mkdir()
    meant = after.scored(tmp_path / "later").wide
    measures = _by_code(sheets["Measures"])
    looked = ["count", "nine", "part", "spread", "high", "top", "low", "worst", "either", "later"]
    for row in meant.select("unit", *(f"measure|{code}" for code in looked)).iter_rows(named=True):
        for code in looked:
            if row[f"measure|{code}"] is not None:
                assert _equal(measures[row["unit"]][code], _shown(row[f"measure|{code}"])), (row, code)


def test_a_changed_figure_changes_the_score_that_an_adjustment_asks_for(tmp_path: Path) -> None:
    """b has 27 marks of economy, 60 × 45 / 100; with a y of 50 it has 33, and gets what 30 marks give."""
    case = next(case for case in CASES if case.name == "nodes-in-conditions")
    after = replace(case, name="after", data=case.data.replace("b,2023,60,30,40", "b,2023,60,50,40"))
    result, workbook, edited = case.scored(tmp_path), tmp_path / "before.xlsx", tmp_path / "edited.xlsx"
    write_results_xlsx(result, workbook, language="en")
    draft = composed(result, "en")
    place = f"{draft.addresses.columns['item|y'][1]}{draft.rows.row_of('b')}"
    _write_figure(workbook, edited, place=place, value="50", sheet="Reported values")

    sheets = recalculated([edited], tmp_path / "office")[edited.name]

    assert _by_code(sheets_of(workbook)["Measures"])["b"]["economy"] == 27.0
    assert _equal(_by_code(sheets["Measures"])["b"]["economy"], 33.0)
    (tmp_path / "later").mkdir()
    scores = _by_code(sheets["Scores"])
    for row in after.scored(tmp_path / "later").scores.iter_rows(named=True):
        assert _equal(scores[row["unit"]][row["node"]], _shown(row["score"])), row


_LIVE: Final = (
    "over_months",
    "reviews-counted",
    "related",
    "named-nodes",
    "nodes-in-conditions",
    "units-gone",
)


@pytest.mark.parametrize("name", _LIVE)
def test_figures_of_periods_and_of_other_nodes_are_live(name: str, results: dict[str, Result]) -> None:
    columns = composed(results[name], "zh").columns

    found = [
        (column.code, column.role)
        for sheet in ("data", "measures")
        for column in columns[sheet]
        if "(" in column.code or column.key.startswith("node|")
    ]
    assert found
    assert {role for _, role in found} == {"live"}


@pytest.mark.parametrize("spell", ["2023-04-02,", ",2023-06-30"])
def test_of_units_that_come_or_go_inside_the_round_figures_of_periods_stay_as_they_are(
    spell: str, tmp_path: Path
) -> None:
    case = next(case for case in CASES if case.name == "units-gone")
    result = replace(case, units=f"{case.units}d,丁,{spell}\n").scored(tmp_path)

    columns = composed(result, "zh").columns["data"]

    assert {column.role for column in columns if "(" in column.code} == {"frozen"}


def test_poisoned_workbooks_show_nothing_that_was_computed(
    workbooks: dict[str, Path], tmp_path: Path
) -> None:
    """Without LibreOffice computing, the tests above read this number and fail."""
    poison(workbooks["gaps"], tmp_path / "poisoned.xlsx")

    scores = _by_code(sheets_of(tmp_path / "poisoned.xlsx")["得分"])
    assert {value for row in scores.values() for key, value in row.items() if key not in _WHO} == {POISON}


def test_texts_never_become_formulas(workbooks: dict[str, Path]) -> None:
    sheets = sheets_of(workbooks["adjusted"])

    with zipfile.ZipFile(workbooks["adjusted"]) as file:
        formulas = "".join(
            file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")
        )

    assert {row[1] for row in sheets["结果"][FIRST - 1 :]} == {
        f"{unit}=1+{number}" for number, unit in enumerate("abcdefgh")
    }
    assert "<f>先进</f>" not in formulas
    assert "HYPERLINK" not in formulas.replace('=HYPERLINK("x")', "")


def test_the_same_result_gives_the_same_bytes(
    results: dict[str, Result], workbooks: dict[str, Path], tmp_path: Path
) -> None:
    write_results_xlsx(results["gaps"], tmp_path / "again.xlsx", language=_language("gaps"))

    assert (tmp_path / "again.xlsx").read_bytes() == workbooks["gaps"].read_bytes()


def test_inputs_taken_from_the_engine_are_named(computed: dict[str, dict[str, Rows]]) -> None:
    guide = computed["computed"]["说明"]
    start = [row[0] for row in guide].index("取自引擎的输入") + 1

    named = {(row[0], str(row[1]).replace("　", "")) for row in guide[start:]}

    assert {("权重", "x1 · n1"), ("权重", "z3 · n3"), ("有效权重", "本单位权重：y4")} <= named
    assert not any(sheet in ("得分", "百分制得分", "计分", "指标值") for sheet, _ in named)


def test_a_workbook_of_too_many_units_is_refused_with_a_note(
    results: dict[str, Result], tmp_path: Path
) -> None:
    crowd = pl.LazyFrame({"unit": [f"u{number}" for number in range(20_001)]})
    result = replace(results["scales"], made=nw.from_native(crowd))

    with pytest.raises(FindingsError, match="20001 units and 11 nodes are too many"):
        write_results_xlsx(result, tmp_path / "crowd.xlsx")

    assert not fits_workbook(result)
    assert fits_workbook(results["scales"])
    assert not (tmp_path / "crowd.xlsx").exists()


def test_a_large_workbook_is_written_when_asked_for_if_its_sheets_have_room(
    results: dict[str, Result],
) -> None:
    crowd = pl.LazyFrame({"unit": pl.int_range(20_001, eager=True)})
    endless = pl.LazyFrame({"unit": pl.int_range(1_048_573, eager=True)})
    large, too_large = (replace(results["scales"], made=nw.from_native(frame)) for frame in (crowd, endless))

    note = workbook_note(too_large, large=True)

    assert workbook_note(large, large=True) is None
    assert note is not None
    assert (
        note.message("en") == "no results.xlsx can be written: its sheets have room for 1,048,572 units and "
        "2,000 nodes, here are 1048573 and 11"
    )


def _language(name: str) -> Language:
    return "en" if name in ("aimed", "means") else "zh"


def _unit_cells(draft: Draft, sheets: dict[str, Rows]) -> Iterator[tuple[str, object, Shown]]:
    """Yield the place, the number read and the engine's number of each formula with a row a unit."""
    for sheet, columns in draft.columns.items():
        rows = sheets[draft.say(f"sheet.{sheet}")]
        for index, column in enumerate(columns):
            if column.values is None or column.formula is None:
                continue
            for row, meant in zip(draft.rows.all, column.values, strict=True):
                if column.groups is None or draft.rows.group_of[row - FIRST] in column.groups:
                    yield f"{sheet} {column.key} row {row}", rows[row - 1][index], meant


def _line_cells(draft: Draft, sheets: dict[str, Rows]) -> Iterator[tuple[str, object, Shown]]:
    for sheet, lines in draft.lines.items():
        rows = sheets[draft.say(f"sheet.{sheet}")]
        for row, line in enumerate(lines, start=GROUP_FIRST - 1):
            for index, pool in enumerate(draft.pools, start=GROUP_TEXTS):
                if pool in line.values and line.formula is not None:
                    yield f"{sheet} {line.key} {pool}", rows[row][index], line.values[pool]


def page_cells(
    draft: Draft, sheets: dict[str, Rows], *, complete: bool
) -> Iterator[tuple[str, object, Shown]]:
    """Yield the place, what was read and what is meant of each formula on the pages for readers."""
    pages = pages_of(draft, complete=complete)
    listed: tuple[Page, ...] = (pages.contents, *pages.groups, *pages.units, *pages.evidence)
    for page in listed:
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell.formula is not None:
                    yield f"{page.name} {row + 1} {column + 1}", sheets[page.name][row][column], cell.value


def _by_code(rows: Rows, *, heading: int = _CODES) -> dict[str, dict[str, object]]:
    """Return what a sheet says of each unit, by the codes (or titles) above its columns."""
    return {
        str(row[0]): dict(zip([str(code) for code in rows[heading]], row, strict=True))
        for row in rows[FIRST - 1 :]
    }


def _equal(read: object, meant: Shown) -> bool:
    if isinstance(read, float) and isinstance(meant, float):
        return abs(read - meant) <= TOLERANCE * max(1.0, abs(meant))
    return read == ("" if meant is None else meant)


def _shown(value: object) -> Shown:
    return float(value) if isinstance(value, int | float) else ""


def _write_figure(source: Path, target: Path, *, place: str, value: str, sheet: str) -> None:
    """Write `value` into a cell of figures, as a person would."""
    number = list(sheets_of(source)).index(sheet) + 1
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            if entry == f"xl/worksheets/sheet{number}.xml":
                pattern = rf'(<c r="{place}"[^>]*><v>)[^<]*(</v>)'
                changed, count = re.subn(pattern, rf"\g<1>{value}\g<2>", text.decode())
                assert count == 1
                text = changed.encode()
            new.writestr(entry, text)


_WHO = ("unit", "name", "group")
_SHEETS: Final[dict[Language, dict[str, str]]] = {
    "zh": {"scores": "得分", "ranking": "结果", "place": "位次", "tier": "等次"},
    "en": {"scores": "Scores", "ranking": "Ranking", "place": "place", "tier": "tier"},
}
