from __future__ import annotations

import pytest
from tests.data.books import SCHEME

from quanheng.scheme.files.read import read_scheme, scheme_from
from quanheng.scheme.files.sheet_writing import write_scheme_sheets
from quanheng.scheme.files.sheets import read_scheme_sheets
from quanheng.scheme.files.yaml_writing import write_scheme
from quanheng.scheme.reading.reading import AS_USUAL, FileReading, Reading

STATED = """\
ignore: [region, 备注]
missing_marks: [NA, .., -999, null, 0.5]
censored: half
unit_heading: FIPS
files:
  data/f.csv: {missing_marks: []}
"""


def reading(stated: str) -> Reading:
    scheme, findings = scheme_from(read_scheme(SCHEME + stated))
    assert scheme is not None
    assert findings == ()
    return scheme.reading


def test_how_files_are_read_is_settled_for_all_and_for_one() -> None:
    everywhere = FileReading(
        ignore=("region", "备注"),
        missing_marks=("NA", "..", "-999", "null", "0.5"),
        censored="half",
        unit_heading=("FIPS",),
    )
    own = FileReading(ignore=("region", "备注"), missing_marks=(), censored="half", unit_heading=("FIPS",))

    assert reading(STATED) == Reading(everywhere=everywhere, files={"data/f.csv": own})
    assert reading("") == AS_USUAL


@pytest.mark.parametrize("written", ["NA、..；未报", "['NA', '..', 未报]"])
def test_a_cell_of_a_workbook_may_list_marks_with_chinese_commas(written: str) -> None:
    assert reading(f"missing_marks: {written}\n").everywhere.missing_marks == ("NA", "..", "未报")


def test_what_is_written_is_read_again_alike() -> None:
    document = read_scheme(SCHEME + STATED).document

    assert read_scheme(write_scheme(document)).document == document
    assert read_scheme_sheets(write_scheme_sheets(document), file="a.xlsx").document == document


def test_a_scheme_that_says_nothing_of_files_is_the_same_as_before() -> None:
    assert "files" not in write_scheme(read_scheme(SCHEME).document)
