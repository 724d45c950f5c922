from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.findings.finding import Location
from quanheng.scheme.formulas.numbers import in_range
from quanheng.scheme.formulas.parse import MAX_DEPTH, MAX_HEIGHT, MAX_LENGTH, FormulaError, parse_formula
from quanheng.scheme.formulas.tree import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Day,
    Expression,
    Logic,
    LogicWord,
    Name,
    Negated,
    NodeFunction,
    Not,
    Number,
    OfNode,
    OfSeries,
    OfText,
    OneOf,
    Span,
    Words,
    parts_of,
)

A, B, C = Name("a"), Name("b"), Name("c")
_SPAN = "a span such as 1y is the second argument of lag and nothing else (character {}): {}"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("(a + b) * c", Arithmetic("*", Arithmetic("+", A, B), C)),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("a ** b ** c", Arithmetic("**", A, Arithmetic("**", B, C))),
        ("-a ** b", Negated(Arithmetic("**", A, B))),
        ("a ** -b", Arithmetic("**", A, Negated(B))),
        ("-a * b", Arithmetic("*", Negated(A), B)),
        ("+a", A),
        ("8%", Number(0.08)),
        ("12.5 %", Number(0.125)),
        ("1.5e3", Number(1500.0)),
        (".5", Number(0.5)),
        ("not a == b", Not(Comparison("==", A, B))),
        ("a or b and not c", Logic("or", A, Logic("and", B, Not(C)))),
        ("80 <= a < 90", Logic("and", Comparison("<=", Number(80), A), Comparison("<", A, Number(90)))),
        ("a in ('x', 'y',)", OneOf(A, (Words("x"), Words("y")))),
        ("a not in (1)", Not(OneOf(A, (Number(1),)))),
        ("a <= 2023-06-30", Comparison("<=", A, Day(dt.date(2023, 6, 30)))),
        ("lag(a, 1y)", Call("lag", (A, Span(12)))),
        ("lag(a, 2q)", Call("lag", (A, Span(6)))),
        ("round(a, -2)", Call("round", (A, Number(-2.0)))),
        # of the round and the two years before
        ("mean(a, 3y)", Call("mean", (A, Call("lag", (A, Span(12))), Call("lag", (A, Span(24)))))),
        ("sum(a, 2q)", Call("sum", (A, Call("lag", (A, Span(3)))))),
        ("change(share(a))", Call("change", (Call("share", (A,)),))),
        ("share", Name("share")),
        ("地区生产总值 / 人口", Arithmetic("/", Name("地区生产总值"), Name("人口"))),
        ("`金额（万元）` > 0", Comparison(">", Name("金额（万元）"), Number(0))),
        ("max（a，８％）", Call("max", (A, Number(0.08)))),
        ("a ≥ b", Comparison(">=", A, B)),
        ("a × b ÷ c", Arithmetic("/", Arithmetic("*", A, B), C)),
        ("a == “优，良”", Comparison("==", A, Words("优，良"))),
    ],
)
def test_formula_means(text: str, tree: Expression) -> None:
    assert parse_formula(text).tree == tree


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "QH160", "a formula is empty"),
        ("  ", "QH160", "a formula is empty"),
        ("a +", "QH165", "the formula ends too early: a +"),
        ("(a", "QH165", "the formula ends too early: (a"),
        ("a b", "QH164", "'b' (character 3) cannot stand there: a b"),
        ("a)", "QH164", "')' (character 2) cannot stand there: a)"),
        ("a not b", "QH164", "'b' (character 7) cannot stand there: a not b"),
        ("min(a, )", "QH164", "')' (character 8) cannot stand there: min(a, )"),
        ("a ? b", "QH163", "'?' (character 3) has no meaning in a formula: a ? b"),
        ("a % b", "QH163", "'%' (character 3) has no meaning in a formula: a % b"),
        ("``", "QH163", "'``' (character 1) has no meaning in a formula: ``"),
        ("'a", "QH166", "the quote at character 1 is not closed: 'a"),
        ("`a", "QH166", "the quote at character 1 is not closed: `a"),
        ("a = b", "QH167", "'=' (character 3) is not a sign of this language: a = b"),
        ("a && b", "QH167", "'&&' (character 3) is not a sign of this language: a && b"),
        ("3x", "QH168", "'3x' (character 1) is neither a number, a date nor a span: 3x"),
        (
            "a > 2023-02-30",
            "QH168",
            "'2023-02-30' (character 5) is neither a number, a date nor a span: a > 2023-02-30",
        ),
        (
            "a > 2023-6-1",
            "QH168",
            "'2023-6-1' (character 5) is neither a number, a date nor a span: a > 2023-6-1",
        ),
        ("1e999", "QH174", "'1e999' (character 1) is beyond the range of numbers: 1e999"),
        ("grwth(a)", "QH169", "there is no function 'grwth' (character 1): grwth(a)"),
        ("log(a, b)", "QH170", "log() has 2 argument(s), it takes 1 to 1: log(a, b)"),
        ("lag(a)", "QH170", "lag() has 1 argument(s), it takes 2 to 2: lag(a)"),
        (
            "lag(a, 1)",
            "QH171",
            "a span such as 1y is the second argument of lag and nothing else (character 8): lag(a, 1)",
        ),
        (
            "lag(a, 0y)",
            "QH171",
            "a span such as 1y is the second argument of lag and nothing else (character 8): lag(a, 0y)",
        ),
        (
            "a + 1y",
            "QH171",
            "a span such as 1y is the second argument of lag and nothing else (character 5): a + 1y",
        ),
    ],
)
def test_what_is_no_formula_is_said(text: str, code: str, says: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)

    finding = caught.value.finding(Location(file="scheme.yaml", line=3))
    assert (finding.code, finding.message("en")) == (code, says)
    assert finding.text("zh").startswith("scheme.yaml:3: 错误")


def test_unknown_function_is_met_with_the_nearest() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula("grwth(a)")

    assert caught.value.finding().hint("en") == "did you mean 'growth'?"
    assert caught.value.finding().hint("zh") == "是否应为“growth”？"


def test_limits_are_kept() -> None:
    assert parse_formula("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).tree == A
    parse_formula(" + ".join(["a"] * MAX_HEIGHT))
    for text in (
        "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
        "-" * 1000 + "a",
        "not " * 100 + "a",
        "a**" * 100 + "a",
        "(" * 1999,
        " + ".join(["a"] * (MAX_HEIGHT + 1)),
    ):
        with pytest.raises(FormulaError) as caught:
            parse_formula(text)
        assert caught.value.kind.code == "QH162"
    with pytest.raises(FormulaError) as caught:
        parse_formula("a" * (MAX_LENGTH + 1))
    assert caught.value.kind.code == "QH161"


_NAMES = st.sampled_from(["gdp", "人口", "share", "a_1"]).map(Name)
_OF_NODE: list[NodeFunction] = ["points", "score"]
_NUMBERS = st.floats(0, 1e6, allow_nan=False).filter(in_range).map(Number)


def _trees(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    arithmetic: list[ArithmeticSign] = ["+", "-", "*", "/", "**"]
    comparisons: list[ComparisonSign] = ["==", "!=", "<", "<=", ">", ">="]
    words: list[LogicWord] = ["and", "or"]
    return st.one_of(
        st.builds(Arithmetic, st.sampled_from(arithmetic), parts, parts),
        st.builds(Comparison, st.sampled_from(comparisons), parts, parts),
        st.builds(Logic, st.sampled_from(words), parts, parts),
        st.builds(Negated, parts),
        st.builds(Not, parts),
        st.builds(OneOf, parts, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(lambda a, b, c: Call("where", (a, b, c)), parts, parts, parts),
        st.builds(
            lambda left, right, number: _last_months(Comparison("<", left, right), number),
            parts.filter(_is_plain),
            parts.filter(_is_plain),
            st.integers(1, 12),
        ),
        st.builds(OfNode, st.sampled_from(_OF_NODE), st.sampled_from(["economy", "人口"])),
        st.builds(lambda part, months: Call("lag", (part, Span(months))), parts, st.integers(1, 99)),
    )


def _last_months(condition: Expression, number: int) -> OfSeries:
    text = " ".join(_written(condition).split())
    return OfSeries("share", "months", condition, chosen="last", number=number, text=text)


def _is_plain(tree: Expression) -> bool:
    return not any(isinstance(part, OfSeries) for part in parts_of(tree))


def _written(tree: Expression) -> str:
    """Write `tree` with a bracket around everything."""
    match tree:
        case Number(value):
            return repr(value)
        case Name(name):
            return name
        case Words(value):
            return f"'{value}'"
        case Day(value):
            return value.isoformat()
        case Span(months):
            return f"{months}m"
        case Negated(operand):
            return f"(-{_written(operand)})"
        case Not(operand):
            return f"(not {_written(operand)})"
        case Arithmetic(sign, left, right) | Comparison(sign, left, right) | Logic(sign, left, right):
            return f"({_written(left)} {sign} {_written(right)})"
        case OneOf(operand, choices):
            return f"({_written(operand)} in ({', '.join(map(_written, choices))}))"
        case OfText(code=code):
            return code
        case OfSeries():
            return tree.told_with(_written(tree.of))
        case OfNode(function, node):
            return f"{function}({node})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(_written, arguments))})"


@given(
    st.recursive(
        st.one_of(_NAMES, _NUMBERS, st.dates().map(Day), st.just(Words("优"))), _trees, max_leaves=12
    )
)
def test_a_tree_that_is_written_reads_as_itself(tree: Expression) -> None:
    assert parse_formula(_written(tree)).tree == tree


@given(st.text("ab12 .,()+-*/<>=!%'\"`，（）≥yn", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_formula_or_an_error_that_says_where(text: str) -> None:
    try:
        parse_formula(text)
    except FormulaError as error:
        said = error.finding().text("zh") + error.finding().text("en")
    else:
        said = "a formula"

    assert said
