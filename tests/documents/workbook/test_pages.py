"""Pages for readers: computed by LibreOffice as the engine has it, whatever units and groups are called."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from tests.documents.assessments import Assessment
from tests.documents.cases import CASES
from tests.documents.libreoffice import Rows, recalculated, sheets_of
from tests.documents.subjects import BOOK
from tests.documents.workbook.test_workbook import _equal, page_cells

from quanheng.documents.workbook.compose import composed
from quanheng.documents.workbook.pages import all as pages_all
from quanheng.documents.workbook.pages import evidence
from quanheng.documents.workbook.pages.all import pages_of
from quanheng.documents.workbook.workbook import write_results_xlsx

HOSTILE: Final = (
    "[a]:b*c?/d\\e",
    "'quoted'",
    "甲" * 40,
    "甲" * 41,
    "a=1+1",
    'say "x"',
    "<b>&amp;",
    "3. x*y~z? (U9)",
    "History",
    "目录",
)
_CASES: Final = {case.name: case for case in CASES}


def crowd() -> Assessment:
    """Ten units in two groups of the same name, all with names that a sheet or a formula could fall over."""
    units = "unit,name,group,leader\n" + "".join(
        f'U{at},"{name.replace(chr(34), chr(34) * 2)}",{"towns" if at < 6 else "parks"},\n'
        for at, name in enumerate(HOSTILE)
    )
    data = "unit,period,work,order\n" + "".join(
        f"U{at},2023,{90 - at},{70 + at * at if at < 6 else 9 * at}\n" for at in range(10)
    )
    scheme = BOOK.scheme.replace("{zh: 镇, en: Towns}", "'=[镇]'").replace("{zh: 园区, en: Parks}", "'=[镇]'")
    return replace(BOOK, scheme=scheme, units=units, data=data, adjustments="")


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Rows]]:
    """All that LibreOffice computes here, in one call: it takes seconds to start."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("adjusted", "gaps", "means"):
        result = _CASES[name].scored(folder)
        write_results_xlsx(result, folder / f"{name}.xlsx", complete=True)
    result = crowd().scored(folder)
    write_results_xlsx(result, folder / "crowd.xlsx")
    write_results_xlsx(result, folder / "crowd-complete.xlsx", complete=True)
    for position in (5, 9):
        _choose(folder / "crowd.xlsx", folder / f"chosen-{position}.xlsx", position)
    return recalculated(sorted(folder.glob("*.xlsx")), tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", ["adjusted", "gaps", "means"])
def test_every_page_of_a_complete_workbook_is_computed(
    name: str, computed: dict[str, dict[str, Rows]], tmp_path: Path
) -> None:
    draft = composed(_CASES[name].scored(tmp_path), "zh")

    cells = list(page_cells(draft, computed[f"{name}.xlsx"], complete=True))

    assert len(cells) > 100
    assert [(place, read, meant) for place, read, meant in cells if not _equal(read, meant)] == []


def test_a_unit_is_above_the_mean_of_its_group_by_hand(computed: dict[str, dict[str, Rows]]) -> None:
    """Towns have 90 … 85 at work and 70, 71, 74, 79, 86, 95 at order: means of 87.5 and 475/6."""
    sheets = computed["crowd-complete.xlsx"]
    (page,) = (rows for rows in sheets.values() if rows[0][0] == "'quoted' (U1)")

    lines = {str(row[0]).strip("　"): row for row in page[6:]}

    work, order = lines["工作"], lines["秩序"]
    assert [work[at] for at in (2, 3, 4, 5, 6, 7)] == [60.0, 53.4, 89.0, 87.5, 1.5, "高于组均"]
    assert order[7] == "低于组均"
    assert order[6] == pytest.approx(71 - 475 / 6, abs=1e-9)
    assert page[3][:5] == ["U1", "=[镇]", 6.0, 81.8, "第二等次"]


@pytest.mark.parametrize("position", [5, 9])
def test_the_unit_that_is_chosen_is_looked_up(
    position: int, computed: dict[str, dict[str, Rows]], tmp_path: Path
) -> None:
    draft = composed(crowd().scored(tmp_path), "zh")
    unit = draft.rows.units[position]
    pages = pages_of(draft, complete=True).units
    (own,) = (page for page in pages if page.name and page.rows[3][0].value == unit)

    chosen = computed[f"chosen-{position}.xlsx"]["单位查询"]

    meant = {str(row[0].value).strip("　"): [cell.value for cell in row[2:8]] for row in own.rows[6:]}
    read = {str(row[0]).strip("　"): row[2:8] for row in chosen[6 : 6 + len(meant)]}
    assert [[_equal(a, b) for a, b in zip(read[node], meant[node], strict=True)] for node in meant] == [
        [True] * 6 for _ in meant
    ]
    assert chosen[3][0] == (draft.rows.names[position] or unit)
    assert chosen[3][2] == "=[镇]"


def test_links_lead_to_sheets_that_are_there(tmp_path: Path) -> None:
    write_results_xlsx(crowd().scored(tmp_path), tmp_path / "a.xlsx", complete=True)

    names = set(sheets_of(tmp_path / "a.xlsx"))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        parts = [file.read(name).decode() for name in file.namelist() if "worksheets/sheet" in name]
    places = [place for part in parts for place in re.findall(r'<hyperlink [^>]*location="([^"]*)"', part)]
    assert len(places) > 40
    led = {
        place.removesuffix("!A1")[1:-1].replace("''", "'").replace("&amp;", "&").replace("&lt;", "<")
        for place in places
    }
    assert {name.replace("&gt;", ">").replace("&quot;", '"') for name in led} <= names
    assert all(len(name) <= 31 for name in names)
    assert {"甲" * 31, "甲" * 27 + " (2)", "History (2)", "目录 (2)", "=［镇］", "=［镇］ (2)"} <= names


def test_tiers_have_colours_and_stand_there_as_words(tmp_path: Path) -> None:
    """A colour for each tier of the scheme, best first, in the ranking and on each group's page."""
    result = crowd().scored(tmp_path)
    write_results_xlsx(result, tmp_path / "a.xlsx")
    tiers = [tier.name for tier in result.scheme.tiers]

    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        parts = [file.read(name).decode() for name in file.namelist() if "worksheets/sheet" in name]
    coloured = [
        re.findall(r'<cfRule type="cellIs" dxfId="(\d+)"[^>]*><formula>"([^"]*)"</formula>', part)
        for part in parts
    ]
    of_tiers = [{name: look for look, name in rules if name in tiers} for rules in coloured]
    found = [rules for rules in of_tiers if rules]

    assert len(found) == 1 + len(result.scheme.groups)
    for rules in found:
        assert list(rules) == tiers
        assert len(set(rules.values())) == len(tiers)


def test_texts_on_pages_never_become_formulas(tmp_path: Path) -> None:
    write_results_xlsx(crowd().scored(tmp_path), tmp_path / "a.xlsx", complete=True)

    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        parts = [file.read(name).decode() for name in file.namelist() if "worksheets/sheet" in name]
    formulas = [text for part in parts for text in re.findall(r"<f[^>]*>([^<]*)</f>", part)]
    assert not [text for text in formulas if text.lstrip("=").startswith(("1+1", "[镇]"))]


def test_sheets_are_printed_with_their_headings_and_numbers(tmp_path: Path) -> None:
    write_results_xlsx(crowd().scored(tmp_path), tmp_path / "a.xlsx", complete=True)

    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        book = file.read("xl/workbook.xml").decode()
        parts = [file.read(name).decode() for name in file.namelist() if "worksheets/sheet" in name]
        charts = [name for name in file.namelist() if "charts/chart" in name]
    assert all("第 &amp;P 页，共 &amp;N 页" in part for part in parts)
    assert book.count("_xlnm.Print_Titles") >= len(parts) - 1
    assert len(charts) == 2 + len(HOSTILE)
    assert sum('<cfRule type="cellIs"' in part for part in parts) >= 2 + len(HOSTILE)


def test_many_units_have_one_page_and_a_long_trace_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = composed(crowd().scored(tmp_path), "zh")
    assert len(pages_of(draft, complete=True).units) == len(HOSTILE)
    assert len(pages_of(draft, complete=True).evidence) == 2

    monkeypatch.setattr(pages_all, "MOST_UNIT_PAGES", 9)
    monkeypatch.setattr(evidence, "MOST_STEPS", 10)
    pages = pages_of(draft, complete=True)

    assert [page.name for page in pages.units] == ["单位查询"]
    assert len(pages.evidence) == 1
    assert "trace.parquet" in str(pages.contents.rows[-1][1].value)


def _choose(source: Path, target: Path, position: int) -> None:
    """Choose a unit on the page of one, as a person does."""
    sheets = list(sheets_of(source))
    number = sheets.index("单位查询") + 1
    label = str(sheets_of(source)["单位查询"][5 + position][22])
    escaped = label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == f"xl/worksheets/sheet{number}.xml":
                text, count = re.subn(
                    r'(<c r="B4"[^>]*>)<is>.*?</is>',
                    lambda found: f'{found[1]}<is><t xml:space="preserve">{escaped}</t></is>',
                    content.decode(),
                )
                assert count == 1
                content = text.encode()
            new.writestr(entry, content)
