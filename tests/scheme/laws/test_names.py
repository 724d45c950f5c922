"""The laws of names: none looks like another one, and none is a device."""

from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in

_BODY = "indicators:\n  one: {measure: a, weight: 100, rule: given}\n"


def test_codes_that_look_alike_are_told_with_both_places() -> None:
    body = f"{_BODY}items:\n  a: {{}}\n  \u0430: {{}}\n"
    (found,) = (found for found in findings_in(body) if found.code == "QH644")

    assert found.where.line == 9
    assert "s.yaml:8" in found.message("en")
    assert "\u0430 U+0430" in found.message("zh")


def test_names_that_look_alike_are_told() -> None:
    items = "items: {a: {name: \u5de5\u4e1a}, b: {name: \u30a8\u4e1a}}\n"

    assert ("QH644", 7) in codes_in(f"{_BODY}{items}")


@pytest.mark.parametrize("code", ["con", "LPT1"])
def test_a_ledger_is_no_device(code: str) -> None:
    assert codes_in(f"{_BODY}items: {{a: {{count: {code}}}}}\n") == [("QH645", 7)]


def test_a_ledger_may_begin_as_one() -> None:
    assert codes_in(f"{_BODY}items: {{a: {{count: console}}}}\n") == []
