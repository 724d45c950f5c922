"""Every committed scheme of a published method can be read, is compared with something and has its test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.try_published import SCHEMES, cases, published_of

import quanheng as qh

_OWN_TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


def test_there_are_cases() -> None:
    assert len(cases()) == len(list(SCHEMES.glob("*/published.yaml"))) >= 13


@pytest.mark.parametrize("case", cases())
def test_scheme_is_read_and_its_comparison_names_nodes_of_it(case: str) -> None:
    scheme = qh.read_scheme(SCHEMES / case / "scheme.yaml")
    nodes = {node.code for node in scheme.nodes}

    columns = published_of(case).columns

    assert columns
    assert {column.node for column in columns.values() if column.node} <= nodes


@pytest.mark.parametrize("case", cases())
def test_method_is_tried_with_invented_units(case: str) -> None:
    assert f'"{case}"' in _OWN_TESTS
