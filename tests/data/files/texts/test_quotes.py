from __future__ import annotations

import pytest
from tests.data.books import gathered

from quanheng.data.files.delimited import read_csv
from quanheng.findings.collector import Collector


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('unit,note,gdp\nA,"x,1\nB,y",2\nC,z,3\n', ["QH345 a.csv:2"]),
        ('unit,note,gdp\nA,"x,1\nB,y,2\nC,z",3\n', ["QH345 a.csv:2"]),
        ('unit,gdp\nA,"1\nB,2"\n', ["QH345 a.csv:2"]),
        ('"unit,gdp\nA",1\n', ["QH345 a.csv:1"]),
        ('unit,note,gdp\nA,"two\nlines",2\nB,"x,1\nC,y",2\n', ["QH345 a.csv:4"]),
        ('unit,note,gdp\nA,"two\nlines, and more",2\n', []),
        ('unit,note,gdp\nA,"x, 1\ny",2\n', []),
        ('unit,note\nA,"two\nlines"\n', []),
        ('note\n"two\nlines"\n', []),
    ],
)
def test_a_cell_of_whole_rows_is_told_where_its_mark_was_opened(text: str, found: list[str]) -> None:
    collector = Collector()
    read_csv(text.encode(), file="a.csv", collector=collector)

    assert gathered(collector) == found
