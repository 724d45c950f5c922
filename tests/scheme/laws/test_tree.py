from __future__ import annotations

from tests.scheme.written import codes_in, findings_in

_ITEMS = "items: {a: }\ndefaults: {rule: percentile}\n"


def test_weights_that_do_not_add_up_are_found_for_each_group() -> None:
    found = findings_in("""
        groups: {towns: , parks: {marks: 120}}
        items: {a: }
        defaults: {rule: percentile}
        indicators:
          economy:
            weight: {towns: 60, parks: 90}
            children:
              one: {measure: a, weight: {towns: 30, parks: 45}}
              two: {measure: a, weight: {towns: 20, parks: 45}}
          safety: {measure: a, weight: 40}
        """)

    assert [(finding.code, finding.where.line, finding.message("en")) for finding in found] == [
        ("QH201", 8, "the weights under 'total' add up to 130 for 'parks', it is worth 120"),
        ("QH201", 9, "the weights under 'economy' add up to 50 for 'towns', it is worth 60"),
    ]
    assert found[1].message("zh") == "“economy”下各项权重（towns）合计50，应为60"


def test_weights_add_up_exactly_to_nine_decimals() -> None:
    thirds = ", ".join(f"i{n}: {{measure: a, weight: 33.333333333333336}}" for n in range(3))
    tenths = ", ".join(f"i{n}: {{measure: a, weight: 0.1}}" for n in range(10))

    assert codes_in(f"{_ITEMS}indicators: {{{thirds}}}") == []
    assert codes_in(f"marks: 1\n{_ITEMS}indicators: {{{tenths}}}") == []
    assert codes_in(f"marks: 1.000001\n{_ITEMS}indicators: {{{tenths}}}") == [("QH201", 8)]


def test_relative_weights_need_not_add_up() -> None:
    assert codes_in(f"{_ITEMS}weights: relative\nindicators: {{b: {{measure: a, weight: 7}}}}") == []


def test_weights_that_are_all_zero_are_found() -> None:
    found = codes_in(
        f"{_ITEMS}indicators: {{b: {{measure: a, weight: 100}},"
        " c: {weight: 0, children: {d: {measure: a, weight: 0}}}}"
    )

    assert found == [("QH209", 7)]


def test_weight_under_computed_weights_has_no_effect() -> None:
    found = findings_in(f"{_ITEMS}weights: entropy\nindicators:\n  b: {{measure: a, weight: 7}}\n  c: a\n")

    assert [(finding.code, finding.severity, finding.where.line) for finding in found] == [
        ("QH210", "note", 9)
    ]


def test_groups_without_indicators_and_nodes_without_groups_are_found() -> None:
    found = codes_in("""
        groups:
          towns:
          parks:
        items: {a: }
        defaults: {rule: percentile}
        indicators:
          outer: {children: {one: {measure: a, weight: 100, groups: towns}}}
          none: {measure: a, weight: 5, groups: []}
        """)

    assert found == [("QH206", 7), ("QH207", 12)]


def test_branch_with_a_weight_for_a_group_it_has_nothing_for_is_found() -> None:
    found = codes_in("""
        groups: {towns: , parks: }
        items: {a: }
        defaults: {rule: percentile}
        indicators:
          outer: {weight: 40, children: {one: {measure: a, weight: {towns: 40}}}}
          other: {measure: a, weight: 60}
        """)

    assert found == [("QH208", 9)]
