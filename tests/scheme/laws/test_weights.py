from __future__ import annotations

import pytest
from tests.scheme.written import codes_in, findings_in, scheme

from quanheng.findings.finding import FindingsError
from quanheng.scheme.laws.weights import consistency_ratio
from quanheng.scheme.weights.aggregation import Power
from quanheng.scheme.weights.methods import Ahp, BenefitOfTheDoubt

_BODY = """
    items: {{a: }}
    defaults: {{rule: {{scale: {{base: 60}}}}}}
    weights: {}
    indicators: {{one: a, two: a, three: a}}
"""


def test_consistency_ratio_is_saatys() -> None:
    # λmax = 3.0092 for this matrix: CI = 0.0046, CR = 0.0046 / 0.58
    matrix = ((1.0, 2.0, 3.0), (1 / 2, 1.0, 2.0), (1 / 3, 1 / 2, 1.0))

    assert round(consistency_ratio(matrix), 4) == 0.0079


def test_matrix_that_contradicts_itself_is_found() -> None:
    (found,) = findings_in(_BODY.format("{ahp: {matrix: [[1, 9, 1/9], [1/9, 1, 9], [9, 1/9, 1]]}}"))

    assert (found.code, found.where.line) == ("QH249", 7)
    assert float(str(found.facts["ratio"])) > 0.1


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("{ahp: {matrix: [[1, 2], [1/2, 1]]}}", "QH247"),
        ("{ahp: {matrix: [[1, 2, 3], [1/2, 1, 2], [1/3, 1/2]]}}", "QH247"),
        ("{ahp: {order: [one, two], matrix: [[1, 2], [1/2, 1]]}}", "QH246"),
        ("{ahp: {order: [one, two, two], matrix: [[1, 2, 3], [1/2, 1, 2], [1/3, 1/2, 1]]}}", "QH246"),
        ("{ahp: {matrix: [[1, 2, 3], [1/2, 1, 2], [1/3, 2, 1]]}}", "QH248"),
        ("{ahp: {matrix: [[2, 2, 3], [1/2, 1, 2], [1/3, 1/2, 1]]}}", "QH248"),
        ("{ahp: {matrix: [[1, 0, 3], [1/2, 1, 2], [1/3, 1/2, 1]]}}", "QH248"),
        ("{ahp: {matrix: [[1, 2, 3], [1/2, 1, 2], [1/3, a, 1]]}}", "QH172"),
        ("{bod: {least: 40%}}", "QH250"),
        ("{bod: {most: 30%}}", "QH250"),
    ],
)
def test_methods_that_cannot_be_are_found(method: str, code: str) -> None:
    assert code in [found for found, _ in codes_in(_BODY.format(method))]


def test_methods_have_their_values() -> None:
    ahp = scheme(
        _BODY.format("{ahp: {order: [three, one, two], matrix: [[1, 2, 4], [0.5, 1, 2], [1/4, 1/2, 1]]}}")
    )
    bod = scheme(_BODY.format("{bod: {least: 10%, most: 60%}}"))
    word = scheme(_BODY.format("bod"))

    assert ahp.root.method == Ahp(
        order=("three", "one", "two"), matrix=((1.0, 2.0, 4.0), (0.5, 1.0, 2.0), (0.25, 0.5, 1.0))
    )
    assert bod.root.method == BenefitOfTheDoubt(least=0.1, most=0.6)
    assert word.root.method == BenefitOfTheDoubt()


def test_too_large_a_matrix_is_found() -> None:
    ones = "[" + ", ".join(["[" + ", ".join(["1"] * 16) + "]"] * 16) + "]"
    children = ", ".join(f"i{n}: a" for n in range(16))
    method = f"weights: {{ahp: {{matrix: {ones}}}}}"

    found = codes_in(f"items: {{a: }}\ndefaults: {{rule: scale}}\n{method}\nindicators: {{{children}}}")

    assert found == [("QH212", 7)]


def test_power_mean_needs_an_exponent() -> None:
    assert codes_in(_BODY.format("equal") + "    aggregate: {power: 0}\n") == [("QH245", 9)]
    assert scheme(_BODY.format("equal") + "    aggregate: {power: 0.5}\n").root.aggregate == Power(0.5)


_SUM = """\
items: {x: {}}
indicators:
  added:
    weight: 100
    aggregate: sum
    children:
      first: {measure: x, rule: given}
      second: {measure: x, rule: given}
"""


def test_children_of_a_sum_have_no_weights() -> None:
    assert codes_in(_SUM) == []
    assert codes_in(_SUM.replace("first: {", "first: {weight: 50, ")) == [("QH290", 11)]
    relative = _SUM.replace("aggregate: sum", "aggregate: sum\n    weights: relative")
    assert codes_in(relative) == [("QH290", 10)]


def test_a_product_refuses_points_below_0_but_not_0() -> None:
    below = _SUM.replace("sum", "product\n    weights: equal")
    assert codes_in(below) == []
    negative = "rule: {deduct: {from: 10, each: 1, floor: -5}}"
    assert codes_in(below.replace("rule: given}", negative + "}", 1)) == [("QH237", 7)]


def test_a_choice_leaves_some_children_out() -> None:
    choice = _SUM.replace("sum", "{best: 1}\n    weights: equal")
    assert codes_in(choice) == []
    assert codes_in(choice.replace("best: 1", "last: 2")) == [("QH291", 9)]
    for wrong in ("best: 1, power: 2", "best: 0", "best: 1.5"):
        with pytest.raises(FindingsError):
            codes_in(choice.replace("best: 1", wrong))


def test_children_to_choose_from_weigh_the_same() -> None:
    choice = _SUM.replace("sum", "{last: 1}").replace("first: {", "first: {weight: 40, ")
    assert codes_in(choice.replace("second: {", "second: {weight: 60, ")) == [("QH292", 9)]
    # one that weighs nothing is shown beside the others
    beside = choice.replace("weight: 40", "weight: 100").replace("second: {", "second: {weight: 0, ")
    assert codes_in(beside) == []
