from __future__ import annotations

import pytest

from quanheng.findings.errors import DataError
from quanheng.scheme.files.read import read_scheme, scheme_from
from quanheng.scheme.tree.rounds import round_named
from quanheng.scheme.tree.scheme import Scheme

SCHEME = """\
quanheng: 1
id: t
title: t
round: 2023
items: {{x: {{kind: {kind}}}}}
indicators: {{a: {{weight: 100, measure: x, rule: percentile}}}}
"""


def scheme(kind: str) -> Scheme:
    found, _ = scheme_from(read_scheme(SCHEME.format(kind=kind)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (None, "2023"),
        ("2023Q2", "2023-Q2"),
        ("2023年二季度", "2023-Q2"),
        ("二季度", "2023-Q2"),
        ("Q2", "2023-Q2"),
        ("上半年", "2023-H1"),
        ("1-6月", "2023-H1"),
        ("2022年6月", "2022-06"),
        ("6月", "2023-06"),
        ("2023.6", "2023-06"),
    ],
)
def test_a_round_has_one_name_whatever_its_spelling(text: str | None, canonical: str) -> None:
    assert round_named(scheme("flow"), text) == canonical


def test_what_counts_from_january_is_a_round_only_without_flows() -> None:
    assert round_named(scheme("cumulative"), "前三季度") == "2023-Q3"
    with pytest.raises(DataError, match="counts from January"):
        round_named(scheme("flow"), "前三季度")


@pytest.mark.parametrize("text", ["", "soon", "6.1", "23-06", "2023.1"])
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        round_named(scheme("flow"), text)
