"""Figures that a formula takes from records, from the book to the explanation and the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Language
from quanheng.scheme.files.read import read_scheme
from quanheng.scheme.files.sheet_writing import write_scheme_sheets
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.usecase.ledgers.records import records

SCHEME = """\
quanheng: 1
id: tickets
title: 招商
round: 2023
items: {{total: {{{item}}}}}
indicators: {{p: {{measure: total, weight: 100, rule: given}}}}
"""
TICKETS = "unit,invested,people\nT1,12,4\nT1,3,0\nT2,,5\n"


def book(root: Path, item: str, tickets: str = TICKETS) -> Path:
    return write(
        root,
        {
            "scheme.yaml": SCHEME.format(item=item),
            "units.csv": "unit,name\nT1,甲镇\nT2,乙镇\n",
            "ledgers/requests.csv": None,
            "ledgers/tickets.csv": tickets,
        },
    )


def found_in(root: Path, item: str, tickets: str = TICKETS) -> list[tuple[str, str]]:
    try:
        result = score(load(book(root, item, tickets)))
    except FindingsError as error:
        return [(each.code, each.message("en")) for each in error.findings]
    return [(each.code, each.message("en")) for each in result.findings]


def values(root: Path, item: str, tickets: str = TICKETS) -> list[float | None]:
    return score(load(book(root, item, tickets))).wide["measure|p"].to_list()


def test_records_show_what_each_adds(tmp_path: Path) -> None:
    (total,) = records(book(tmp_path, "sum: 'tickets.where(invested >= 10, 20, 10)'"), "T1", "p").figures

    assert (total.value, total.amount) == (30.0, "where(invested >= 10, 20, 10)")
    assert total.records is not None
    assert total.records["adds"].to_list() == [20.0, 10.0]


def test_records_that_a_trimmed_mean_leaves_out_add_nothing(tmp_path: Path) -> None:
    tickets = "unit,invested\n" + "".join(f"T1,{number}\n" for number in (9, 7, 8, 7))
    (total,) = records(book(tmp_path, "mean: tickets.invested, trim: 1", tickets), "T1", "p").figures

    # the 9 and one of the two 7 are left out
    assert total.value == 7.5
    assert total.records is not None
    assert sorted(total.records["adds"].to_list(), key=str) == [7.0, 8.0, None, None]


def test_a_number_that_is_undefined_is_an_error_that_names_its_record(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "mean: tickets.invested / people")

    told = "'invested / people' has no value for 1 records that make up the item 'total', such as"
    assert finding == ("QH691", f"{told} ledgers/tickets.csv!3")


def test_where_says_what_counts_instead(tmp_path: Path) -> None:
    item = "mean: 'tickets.where(people > 0, invested / people, 0)'"

    # T1: the mean of 12 / 4 and 0
    assert values(tmp_path, item, TICKETS.replace("T2,,5", "T2,10,5")) == [1.5, 2.0]


def test_a_record_without_a_number_adds_nothing_and_is_told(tmp_path: Path) -> None:
    assert values(tmp_path, "sum: tickets.invested * people") == [48.0, 0.0]
    assert (
        "QH505",
        "1 records that make up the item 'total' have no 'invested * people'; they add nothing",
    ) in (found_in(tmp_path, "sum: tickets.invested * people"))


def test_text_in_a_column_of_numbers_is_told_where_it_stands(tmp_path: Path) -> None:
    tickets = "unit,invested,people\nT1,about 12,4\nT2,3,2\n"

    (finding,) = found_in(tmp_path, "sum: tickets.invested * people", tickets)
    assert finding[0] == "QH327"


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert found_in(tmp_path, "sum: tickets.invested * factor") == [
        ("QH423", "the item 'total' uses the column 'factor', which the ledger 'tickets' does not have")
    ]


def test_the_heading_of_a_column_goes_before_a_formula(tmp_path: Path) -> None:
    tickets = "unit,投资-完成\nT1,5\nT2,6\n"

    assert values(tmp_path, "sum: tickets.投资-完成", tickets) == [5.0, 6.0]
    assert values(tmp_path, "sum: tickets.投资-完成", "unit,投资,完成\nT1,5,1\nT2,6,1\n") == [4.0, 5.0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "item",
    [
        "sum: 'tickets.where(invested >= 10, 20, 10)'",
        "mean: tickets.invested, trim: 1",
        "mean: tickets.invested, trim: 10%",
        "median: tickets.invested * people",
        "distinct: tickets.people",
    ],
)
def test_a_scheme_goes_to_sheets_and_back(item: str, language: Language) -> None:
    document = read_scheme(SCHEME.format(item=item)).document

    sheets = write_scheme_sheets(document, language=language)

    assert read_scheme_sheets(sheets, file="book.xlsx").document == document
