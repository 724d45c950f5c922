"""A title is broken into lines of about the same width, where a person would break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.documents.widths import balanced, width


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于考核结果的通报", ("关于考核结果的通报",)),
        (
            "关于示例区2023年度高质量发展综合考核结果的通报",
            ("关于示例区2023年度高质量", "发展综合考核结果的通报"),
        ),
        (
            "关于印发《示例区2023年度综合考核实施办法》的通知及其他有关事项",
            ("关于印发《示例区2023年度综合考核", "实施办法》的通知及其他有关事项"),
        ),
        ("甲" * 21, ("甲" * 10, "甲" * 11)),
    ],
)
def test_titles_are_balanced(title: str, lines: tuple[str, ...]) -> None:
    assert balanced(title, 20) == lines


@given(st.text(alphabet="甲乙丙的考核，。《》（）2023ab ", min_size=1, max_size=90))
def test_no_line_is_too_wide_and_nothing_is_lost(title: str) -> None:
    lines = balanced(title, 20)

    assert all(width(line) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert len(lines) == 1 or min(map(width, lines)) > 2
