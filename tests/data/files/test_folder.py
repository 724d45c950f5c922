from __future__ import annotations

from pathlib import Path

from tests.data.books import FILES, HISTORY, TARGETS, UNITS, findings_of, sheet_of, told, workbook, write_book

from quanheng.data.load import load


def test_every_table_may_be_csv_xlsx_or_parquet(tmp_path: Path) -> None:
    sheets = {name: workbook({"a": sheet_of(FILES[name])}) for name in FILES if name.endswith(".csv")}
    changed: dict[str, str | bytes | None] = {
        **dict.fromkeys(sheets),
        **{name.replace(".csv", ".xlsx"): content for name, content in sheets.items()},
    }
    book = load(write_book(tmp_path / "xlsx", changed))
    same = load(write_book(tmp_path / "csv"))

    columns = ["item", "unit", "period", "value", "state"]
    assert book.observations.select(columns).rows() == same.observations.select(columns).rows()
    assert book.units.rows() == same.units.rows()
    assert book.history.rows() == same.history.rows()
    assert (
        book.adjustments.drop("file", "sheet", "cell").rows()
        == same.adjustments.drop("file", "sheet", "cell").rows()
    )


def test_a_result_folder_of_an_earlier_round_is_history(tmp_path: Path) -> None:
    scores = (
        "unit,name,group,node,parent,level,marks,points,score,place\nT1,甲镇,towns,total,,0,100,88,88,1\n"
    )
    changed = {
        "history/2022.csv": None,
        "history/2022/scores.csv": scores,
        "history/2022/tiers.csv": "unit,name,group,place,tier\nT1,甲镇,towns,1,A\n",
        "history/2022/awards.csv": "award,unit\n",
        "history/2022/result.json": "{}",
    }

    book = load(write_book(tmp_path, changed))

    assert book.history.rows() == [("2022", "T1", 88.0, 1, "A")]
    assert findings_of(tmp_path / "book") == ()


def test_what_is_here_twice_is_told(tmp_path: Path) -> None:
    changed: dict[str, str | bytes | None] = {
        "targets.xlsx": workbook({"a": sheet_of(TARGETS)}),
        "history/2022/scores.csv": "unit,node,score\nT1,total,5\n",
    }

    assert told(write_book(tmp_path, changed)) == ["QH319 targets.xlsx", "QH319 history/2022"]


def test_tables_beside_the_book_are_noted_and_other_files_are_not(tmp_path: Path) -> None:
    changed = {
        "target.csv": TARGETS,
        "README.md": "read me",
        "results/2023/scores.csv": "x",
        "data/notes.md": "",
    }

    assert told(write_book(tmp_path, changed)) == ["QH318 target.csv"]


def test_a_sheet_that_only_explains_is_no_table(tmp_path: Path) -> None:
    rows = sheet_of(FILES["data/gdp.csv"])
    content = workbook({"填表说明": [["请按季度填报"], ["单位为亿元"]], "数据": rows})

    assert told(write_book(tmp_path / "one", {"data/gdp.csv": None, "data/gdp.xlsx": content})) == [
        "QH336 data/gdp.xlsx!填表说明"
    ]
    alone = workbook({"填表说明": [["请按季度填报"]]})
    assert told(write_book(tmp_path / "two", {"data/more.xlsx": alone})) == ["QH320 data/more.xlsx!填表说明"]


def test_targets_may_stand_in_several_files(tmp_path: Path) -> None:
    further = {"targets/parks.csv": "unit,indicator,period,target\nP1,parking,2023,33\n"}
    again = {"targets/again.csv": "unit,indicator,period,target\nP1,output,2023,36\n"}

    book = load(write_book(tmp_path / "one", further))

    assert book.target_source("parking", "P1", "2023")[0].file == "targets/parks.csv"
    assert "targets/parks.csv" in told(write_book(tmp_path / "two", {"targets/parks.csv": "x,y\n"}))[0]
    assert told(write_book(tmp_path / "three", again)) == ["QH420 targets/again.csv!2:target"]


def test_a_scheme_may_end_in_yml(tmp_path: Path) -> None:
    changed = {"scheme.yaml": None, "scheme.yml": FILES["scheme.yaml"]}

    assert told(write_book(tmp_path, changed)) == []


def test_findings_of_the_scheme_and_of_files_are_told_together(tmp_path: Path) -> None:
    changed = {
        "scheme.yaml": "quanheng: 1\n",
        "units.csv": UNITS,
        "data/a.csv": "",
        "history/2021.csv": HISTORY,
    }

    found = told(write_book(tmp_path, changed))

    assert "QH307 data/a.csv" in found
    assert any(line.startswith("QH1") for line in found)
