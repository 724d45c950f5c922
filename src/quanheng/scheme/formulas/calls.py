"""Calls in formulas: what stands in brackets as the part of the tree that it means."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind
from quanheng.scheme.formulas.tokens import FormulaError
from quanheng.scheme.formulas.tree import Call, Expression, Name, OfNode

FORMULA_NO_NODE: Final = Kind(
    code="QH282",
    severity="error",
    en="{function}() takes the code of one node, and a column of the units or none: {text}",
    zh="{function}() 的括号里写一个节点的编码，其后可写单位表的一列：{text}",
    hint_en="write the bare code of an indicator or dimension, as in points(economy), points(work, led_by)",
    hint_zh="括号里只写编码和列名，不加引号、不作运算",
)


def called(function: str, arguments: tuple[Expression, ...], text: str) -> Expression:
    """Return what `function(arguments)` means in the formula `text`.

    Raises:
        FormulaError: what is asked of a node names none.

    Examples:
        >>> called("points", (Name("economy"),), "points(economy)")
        OfNode(function='points', node='economy', by=None)
    """
    match function, arguments:
        case ("points" | "score" as of_node, (Name(node),)):
            return OfNode(of_node, node)
        case ("points" | "score" as of_node, (Name(node), Name(column))):
            return OfNode(of_node, node, column)
        case ("points" | "score", _):
            raise FormulaError(FORMULA_NO_NODE, function=function, text=text)
        case _:
            return Call(function, arguments)
