from __future__ import annotations

import pytest

from quanheng.data.files.texts.separators import Separated, separator_of
from quanheng.findings.finding import Location


def separator(text: str) -> str:
    found = separator_of(text, Location(file="a.csv"))
    return found.separator if isinstance(found, Separated) else found.code


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("unit,gdp\nT1,5\n", ","),
        ("unit;v\nA;6,125\nB;5,875\n", ";"),
        ("a title\nunit;v;w\nA;6,1;7,5\n", ";"),
        ("unit\tgdp\nT1\t1,234\n", "\t"),
        ("unit|gdp\nT1|5\n", "|"),
        ("unit,note\nT1,a;b\nT2,c;d\n", ","),
        ('unit,"a;b"\nT1,"c;d"\n', ","),
        ("sep=;\nunit,v;w\n", ";"),
        ('"sep=\t"\nunit\tv\n', "\t"),
        ("SEP=|\nunit|v\n", "|"),
        ("unit\nT1\n", ","),
        ("unit;gdp", ";"),
        ("unit,a;b\nT1,5;6\n", "QH344"),
    ],
)
def test_the_separator_is_what_stands_evenly_in_the_lines(text: str, taken: str) -> None:
    assert separator(text) == taken


def test_two_readings_are_both_shown() -> None:
    found = separator_of("unit;GDP, total\nA;6,1\n", Location(file="a.csv"))

    assert not isinstance(found, Separated)
    assert "by commas the heading begins 'unit;GDP', by semicolons 'unit'" in found.message("en")
