from __future__ import annotations

import pytest
from tests.scheme.written import scheme_text

from quanheng.findings.finding import FindingsError
from quanheng.scheme.document.document import Document
from quanheng.scheme.document.refusals import keys_at
from quanheng.scheme.files.read import read_scheme


def found_in(body: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(FindingsError) as caught:
        read_scheme(scheme_text(body), file="s.yaml")
    return [(each.code, each.where.line, each.message("en")) for each in caught.value.findings]


@pytest.mark.parametrize(
    ("keys", "code", "says"),
    [
        ("{mesure: a}", "QH120", "'mesure' is not known here"),
        ("{measure: a, rule: {scale: {besst: 1}}}", "QH120", "'besst' is not known here"),
        (
            "{measure: max(a, b)}",
            "QH137",
            "'b)' is not known here; it looks like the rest of a formula cut at a comma",
        ),
        ("{rule: {ratio: {cap: 3}}}", "QH121", "'ref' is missing"),
        ("{weight: '３'}", "QH122", "'weight' is a number, not '３'"),
        ("{weight: {g: yes}}", "QH122", "'g' is a number, not 'yes'"),
        ("{weight: true}", "QH122", "'weight' is a number, not true"),
        ("{weight: .nan}", "QH122", "'weight' is a number, not '.nan'"),
        ("{name: 3}", "QH123", "'name' is a text, not 3"),
        ("{name: ''}", "QH123", "'name' is a text, not ''"),
        ("{children: [a]}", "QH124", "under 'children' stand keys with values, not […]"),
        ("{rule: {bands: 3}}", "QH125", "'bands' is a list, not 3"),
        ("{rule: {target: {met_only: 1}}}", "QH126", "'met_only' is true or false, not 1"),
        ("{direction: mroe}", "QH127", "'direction' cannot be 'mroe'"),
        ("{rule: percentil}", "QH127", "'rule' cannot be 'percentil'"),
        ("{rule: {zscore: {ddof: 2}}}", "QH127", "'ddof' cannot be 2"),
        ("{weight: -1}", "QH128", "'weight' is -1, it must be ≥ 0"),
        ("{rule: {scale: {base: 100}}}", "QH128", "'base' is 100, it must be < 100"),
        ("{rule: {scale: {round_ratio: 20}}}", "QH128", "'round_ratio' is 20, it must be ≤ 12"),
        ("{rule: ratio}", "QH129", "'rule' cannot be 'ratio'"),
        ("{rule: {bands: [[1, 2, 3], [2, 3]]}}", "QH129", "'bands[1]' cannot be […]"),
        ("{rule: {bands: [[1], [2, 3]]}}", "QH129", "'bands[1]' cannot be […]"),
        ("{rule: {bands: [[1, 2]]}}", "QH129", "'bands' cannot be […]"),
        ("{rule: {place: {table: {3-1: 5}}}}", "QH129", "'3-1' cannot be '3-1'"),
        ("{rule: {}}", "QH130", "'rule' names 0 of its forms, it has exactly one"),
        ("{rule: {given: , scale: }}", "QH130", "'rule' names 2 of its forms, it has exactly one"),
        ("{weights: {}}", "QH130", "'weights' names 0 of its forms, it has exactly one"),
        ("{treat: {skewness: 2}}", "QH130", "'treat' names 0 of its forms, it has exactly one"),
        (
            "{treat: {quantiles: [0, 1], winsorise: 5}}",
            "QH133",
            "'winsorise' has no effect beside 'quantiles'",
        ),
        ("{weight: {1st: 3}}", "QH131", "'1st' cannot be a code"),
        ("{groups: ['a|b']}", "QH131", "'a|b' cannot be a code"),
    ],
)
def test_what_is_wrong_with_a_node_is_said_with_its_line(keys: str, code: str, says: str) -> None:
    assert found_in(f"indicators:\n  one: {keys}\n") == [(code, 6, says)]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("tiers: [{name: 甲, top: 0}]", "QH129", 5),
        ("tiers: [{name: 甲, top: 2.5}]", "QH129", 5),
        ("tiers: [{name: 甲, top: -3%}]", "QH129", 5),
        ("tiers:\n  - name: 甲\n  - top: 3\n", "QH121", 7),
        ("rounding: {total: 1.5}", "QH122", 5),
        ("pace: {yellow: 120%}", "QH128", 5),
        ("pace: {at: {2023-13: 50%}}", "QH129", 5),
        ("groups: {'': x}", "QH131", 5),
        ("items: {ａ: x}", "QH131", 5),
        ("marks: 0", "QH128", 5),
        ("defaults: {gaps: {at_least: 2}}", "QH128", 5),
        ("name: 方案", "QH120", 5),
    ],
)
def test_what_is_wrong_elsewhere_is_said_with_its_line(body: str, code: str, line: int) -> None:
    found = found_in(f"{body}\nindicators: {{one: {{measure: a}}}}\n")

    assert [(each[0], each[1]) for each in found] == [(code, line)]


def test_no_indicators_are_a_finding() -> None:
    assert found_in("") == [("QH121", None, "'indicators' is missing")]
    assert found_in("indicators: {}") == [("QH129", 5, "'indicators' cannot be {…}")]


def test_many_findings_are_cut() -> None:
    found = found_in("indicators:\n" + "".join(f"  i{n}: {{weigth: 1}}\n" for n in range(300)))

    assert [code for code, _, _ in found] == ["QH120"] * 200 + ["QH136"]


def test_keys_are_known_at_every_path() -> None:
    assert keys_at(Document, ("indicators", "a", "children", "b", "rule", "scale", "worst")) == (
        "unit",
        "item",
    )
    assert keys_at(Document, ("tiers", 0)) == (
        "name",
        "top",
        "last",
        "at_least",
        "at_most",
        "groups",
        "where",
        "unless",
    )
    assert keys_at(Document, ("nothing", "of", "this")) == ()
